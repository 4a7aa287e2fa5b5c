// Woken by a push that carries nothing. The words are constant and stand here, in the language of the person's own pages. Keeps no page and
// no data: without a connection there is nothing to show.
"use strict";
const spanish = () => (self.location.search.slice(1) || self.navigator.language || "").toLowerCase().startsWith("es");
const words = {
  notice: () => spanish() ? "A un colega le vendría bien el apoyo de un compañero. Inicie sesión para verlo." : "A colleague could use a peer. Sign in to see it.",
  covered: () => spanish() ? "Ya está cubierto, gracias. Nadie está esperando." : "Covered, thank you. Nobody is waiting.",
  lost: () => spanish() ? "Los avisos ya no llegan a este navegador. Inicie sesión y actívelos otra vez." : "Alerts do not reach this browser any more. Sign in and turn them on again.",
  practice: () => spanish() ? "PRÁCTICA, la que usted pidió. Ábrala y acéptela." : "PRACTICE, as you asked. Open it and accept.",
};

// Which of them: known only to a device that is signed in, and any other says that somebody could use a peer. Nobody can
// call a push back, so this is where one that comes after an accept learns of it. Never waited for long.
const which = async () => {
  try {
    const answer = await fetch("/me/woken", { credentials: "same-origin", redirect: "error", cache: "no-store", signal: AbortSignal.timeout(1500) });
    const word = answer.ok ? await answer.text() : "notice";
    return Object.hasOwn(words, word) ? word : "notice";
  } catch {
    return "notice";
  }
};

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("push", (event) => event.waitUntil((async () => {
  const word = await which();
  await self.registration.showNotification("PeerSupport", {
    body: words[word](),
    tag: word === "practice" ? "practice" : "notice", // "covered" takes the place of the notice
    renotify: word !== "covered",
    silent: word === "covered",
    icon: "/icon-192.png",
    data: word === "practice" ? "/me/practice" : "/",
  });
})()));

// The browser has another address for alerts, or is to get one: the old one is dead. Under the site's key of now, and with a
// form token of our own site like any form. Where nobody is signed in, or the old address is not known, our server cannot know
// whose browser this is: then it says so here, and /me says it too (js/push.js).
const renew = async (old) => {
  const ask = { credentials: "same-origin", redirect: "error", cache: "no-store" };
  const answer = await fetch("/me/push", ask);
  if (!old || !answer.ok) throw new Error("not ours to renew");
  const { key, field, token } = await answer.json();
  const bytes = Uint8Array.from(atob(key.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
  const { endpoint } = await self.registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytes });
  const told = await fetch("/me/push", { ...ask, method: "POST", body: new URLSearchParams({ [field]: token, old: old.endpoint, new: endpoint }) });
  if (!told.ok) throw new Error("not taken");
};
self.addEventListener("pushsubscriptionchange", (event) => event.waitUntil(renew(event.oldSubscription).catch(() =>
  self.registration.showNotification("PeerSupport", { body: words.lost(), tag: "lost", icon: "/icon-192.png", data: "/me" }).catch(() => {}))));

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(self.clients.openWindow(event.notification.data));
});
