// Registers this browser for alerts. Nothing starts by itself: only a press of a button asks the device.
(() => {
  "use strict";
  const place = document.querySelector("[data-push]");
  if (!place) return;
  const $ = (selector) => place.querySelector(selector);
  const say = (what) => { for (const line of place.querySelectorAll("[data-push-says]")) line.hidden = line.dataset.pushSays !== what; };
  const toBytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
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
  navigator.serviceWorker.getRegistration("/").then((registration) => registration?.pushManager.getSubscription()).then((subscription) => {
    off.hidden = !subscription;
    return subscription && worker();
  });
})();
