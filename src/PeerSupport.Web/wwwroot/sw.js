// Woken by a push that carries nothing. The words are constant and stand here, in the device's language. Keeps no page and
// no data: without a connection there is nothing to show.
"use strict";
const spanish = () => (self.navigator.language || "").toLowerCase().startsWith("es");
const words = {
  notice: () => spanish() ? "A un colega le vendría bien el apoyo de un compañero. Inicie sesión para verlo." : "A colleague could use a peer. Sign in to see it.",
  practice: () => spanish() ? "PRÁCTICA, la que usted pidió. Ábrala y acéptela." : "PRACTICE, as you asked. Open it and accept.",
};

// Whether the owner asked for practice: known only to a device that is signed in. Never waited for long.
const isPractice = async () => {
  try {
    const answer = await fetch("/me/practice/waiting", { credentials: "same-origin", redirect: "error", cache: "no-store", signal: AbortSignal.timeout(1500) });
    return answer.status === 204;
  } catch {
    return false;
  }
};

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("push", (event) => event.waitUntil((async () => {
  const practice = await isPractice();
  await self.registration.showNotification("PeerSupport", {
    body: practice ? words.practice() : words.notice(),
    tag: practice ? "practice" : "notice",
    renotify: true,
    icon: "/icon-192.png",
    data: practice ? "/me/practice" : "/",
  });
})()));
self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(self.clients.openWindow(event.notification.data));
});
