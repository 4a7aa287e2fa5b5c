// Registers this browser for alerts. Nothing starts by itself: only a press of a button asks the device.
(() => {
  "use strict";
  const place = document.querySelector("[data-push]");
  if (!place) return;
  const $ = (selector) => place.querySelector(selector);
  const say = (what) => { for (const line of place.querySelectorAll("[data-push-says]")) line.hidden = line.dataset.pushSays !== what; };
  const toBytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
  // A browser can say by which key and under which address it was turned on; whether the server knows both is told here.
  const ours = (subscription) => {
    const key = subscription.options?.applicationServerKey;
    return !key || String(new Uint8Array(key)) === String(toBytes(place.dataset.push));
  };
  const known = async (subscription) => {
    const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(new URL(subscription.endpoint).href));
    const mark = btoa(String.fromCharCode(...new Uint8Array(digest))).replace(/\+/g, "-").replace(/\//g, "_").slice(0, 22);
    return place.dataset.pushKnown.split(" ").includes(mark);
  };
  const on = $("[data-push-on]"), off = $("[data-push-off]");
  place.hidden = false;
  if (!("serviceWorker" in navigator) || !("PushManager" in window)) {
    on.hidden = true;
    say("none");
    return;
  }

  // The address goes to our server in a form's body, never in an address.
  const send = (button, subscription) => {
    button.form.querySelector("[data-push-endpoint]").value = subscription.endpoint;
    button.form.submit();
  };
  // The words of an alert are in the language of the page on which it was turned on, or seen last.
  const worker = () => navigator.serviceWorker.register(`/sw.js?${document.documentElement.lang}`, { scope: "/" }).then(() => navigator.serviceWorker.ready);

  on.addEventListener("click", async () => {
    try {
      const registration = await worker();
      const old = await registration.pushManager.getSubscription();
      if (old) $("[data-push-replaces]").value = old.endpoint;
      if (old && !ours(old)) await old.unsubscribe(); // a browser keeps one key at a time
      send(on, await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: toBytes(place.dataset.push) }));
    } catch {
      say("denied");
    }
  });
  off.addEventListener("click", async () => {
    const subscription = await (await worker()).pushManager.getSubscription();
    if (!subscription) { off.hidden = true; return; }
    await subscription.unsubscribe();
    send(off, subscription);
  });
  navigator.serviceWorker.getRegistration("/").then((registration) => registration?.pushManager.getSubscription()).then(async (subscription) => {
    off.hidden = !subscription;
    if (!subscription) return;
    if (!ours(subscription)) say("other-key");
    else if (!await known(subscription)) say("renewed");
    await worker();
  });
})();
