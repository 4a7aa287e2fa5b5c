// Takes the officer off the page: after a minute, when nobody looks, and when the case is no longer theirs to see.
(() => {
  "use strict";
  const t = (english, spanish) => document.documentElement.lang === "es" ? spanish : english;
  const main = document.getElementById("main");
  const rest = document.getElementById("hidden-again");
  const back = main.dataset.back;
  const shownAt = Date.now();
  const LONGEST = 60_000, ASK_EVERY = 5_000, UNANSWERED = 12_000;
  let heldAt = shownAt, askedAt = shownAt, hidden = false;

  const hide = () => {
    if (hidden) return;
    hidden = true;
    clearInterval(ticking);
    main.replaceChildren(rest.content);
    rest.remove();
    document.title = t("Hidden · PeerSupport", "Oculto · PeerSupport");
    main.querySelector("h1").focus();
  };

  const ask = async () => {
    askedAt = Date.now();
    try {
      const answer = await fetch(main.dataset.held, { cache: "no-store", redirect: "manual", signal: AbortSignal.timeout(ASK_EVERY) });
      // The records out of reach for a moment is not "no": but it must not last.
      if (answer.status === 204) heldAt = askedAt;
      else if (answer.status < 500) hide();
    } catch { /* no connection: see UNANSWERED */ }
  };

  const ticking = setInterval(() => {
    const now = Date.now();
    if (now - shownAt >= LONGEST || now - heldAt >= UNANSWERED) hide();
    else if (now - askedAt >= ASK_EVERY) ask();
  }, 1_000);

  for (const place of main.querySelectorAll("[data-without-script]")) place.remove();
  // A reload must not send the password again: it asks for this address instead, which shows nothing.
  history.replaceState(null, "", "/reveal");
  document.addEventListener("visibilitychange", () => { if (document.hidden) hide(); });
  addEventListener("pagehide", hide);
  addEventListener("freeze", hide);
  addEventListener("pageshow", (event) => { if (event.persisted) { hide(); location.replace(back); } });
  main.querySelector("[data-hide]").addEventListener("click", (event) => { event.preventDefault(); hide(); });
})();
