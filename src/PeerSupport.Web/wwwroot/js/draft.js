// Keeps what is typed in the database, sealed, and lets the form leave the page only when it will arrive.
// Nothing is kept in this browser.
(() => {
  "use strict";
  const form = document.querySelector("[data-post-case]");
  const status = document.querySelector("[data-draft-said]");
  const alertBox = document.querySelector("[data-post-said]");
  const { draft } = form.dataset;
  const AFTER = 2_000, PATIENCE = 10_000;
  let timer, saving = null, again = false, leaving = false;

  const post = async (keepalive) => {
    try {
      const answer = await fetch(draft, { method: "POST", body: new URLSearchParams(new FormData(form)), keepalive, redirect: "manual", signal: AbortSignal.timeout(PATIENCE) });
      if (answer.ok) return `Saved as a sealed draft ${(await answer.json()).savedAt}`;
      if (answer.status === 422) return (await answer.json()).problem;
      if (answer.status === 401) return "Not saved: you have been signed out. It stays on this page.";
      return "Not saved: we cannot reach our records. It stays on this page.";
    } catch {
      return "Not saved: no connection. It stays on this page.";
    }
  };

  const save = async (keepalive = false) => {
    clearTimeout(timer);
    timer = undefined;
    if (!draft || leaving) return;
    if (saving) { again = true; return; }
    saving = post(keepalive);
    status.textContent = await saving;
    saving = null;
    if (again) { again = false; await save(); }
    else if (status.textContent.startsWith("Not saved") && !timer) timer = setTimeout(save, PATIENCE);
  };

  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(save, AFTER);
  });
  document.addEventListener("visibilitychange", () => { if (document.hidden && timer) save(true); });
  addEventListener("online", () => { if (timer) save(); });
  addEventListener("pageshow", (event) => { if (event.persisted) leaving = false; });

  const refuse = (sentence) => {
    leaving = false;
    alertBox.querySelector("p").textContent = sentence;
    alertBox.hidden = false;
    alertBox.scrollIntoView({ block: "center" });
    timer = setTimeout(save, AFTER);
  };

  const leave = async (which) => {
    if (leaving) return;
    leaving = true; // no draft may be saved behind a post: the post burns it
    clearTimeout(timer);
    alertBox.hidden = true;
    await saving;
    try {
      const answer = await fetch("/cases/draft", { cache: "no-store", redirect: "manual", signal: AbortSignal.timeout(PATIENCE) });
      if (answer.status === 204) { which.submit(); return; }
      refuse(answer.status === 401
        ? "You have been signed out, so nothing was posted. What you typed is still here: sign in again in another tab, come back, and press the button again."
        : "We cannot reach our records right now. Nothing was posted; what you typed is still here.");
    } catch {
      refuse("No connection, so nothing was posted. What you typed is still here.");
    }
  };

  for (const which of [form, document.getElementById("discard")])
    which.addEventListener("submit", (event) => { event.preventDefault(); leave(which); });
})();
