// Keeps what is typed in the database, sealed, and lets the form leave the page only when it will arrive.
// Nothing is kept in this browser.
(() => {
  "use strict";
  const t = (english, spanish) => document.documentElement.lang === "es" ? spanish : english;
  const form = document.querySelector("[data-post-case]");
  const status = document.querySelector("[data-draft-said]");
  const alertBox = document.querySelector("[data-post-said]");
  const { draft } = form.dataset;
  const AFTER = 2_000, PATIENCE = 10_000;
  let timer, saving = null, again = false, leaving = false;

  const notSaved = (why) => ({ again: true, said: t(`Not saved: ${why} It stays on this page.`, `No se guardó: ${why} Queda en esta página.`) });

  const post = async (keepalive) => {
    try {
      const answer = await fetch(draft, { method: "POST", body: new URLSearchParams(new FormData(form)), keepalive, redirect: "manual", signal: AbortSignal.timeout(PATIENCE) });
      if (answer.ok) {
        const { savedAt } = await answer.json();
        return { said: t(`Saved as a sealed draft ${savedAt}`, `Guardado como borrador sellado ${savedAt}`) };
      }
      if (answer.status === 422) return { said: (await answer.json()).problem };
      if (answer.status === 401) return notSaved(t("you have been signed out.", "se cerró su sesión."));
      return notSaved(t("we cannot reach our records.", "no podemos llegar a nuestros registros."));
    } catch {
      return notSaved(t("no connection.", "no hay conexión."));
    }
  };

  const save = async (keepalive = false) => {
    clearTimeout(timer);
    timer = undefined;
    if (!draft || leaving) return;
    if (saving) { again = true; return; }
    saving = post(keepalive);
    const outcome = await saving;
    status.textContent = outcome.said;
    saving = null;
    if (again) { again = false; await save(); }
    else if (outcome.again && !timer) timer = setTimeout(save, PATIENCE);
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
        ? t("You have been signed out, so nothing was posted. What you typed is still here: sign in again in another tab, come back, and press the button again.",
          "Se cerró su sesión, así que no se publicó nada. Lo que escribió sigue aquí: inicie sesión en otra pestaña, vuelva y pulse el botón otra vez.")
        : t("We cannot reach our records right now. Nothing was posted; what you typed is still here.",
          "En este momento no podemos llegar a nuestros registros. No se publicó nada; lo que escribió sigue aquí."));
    } catch {
      refuse(t("No connection, so nothing was posted. What you typed is still here.", "No hay conexión, así que no se publicó nada. Lo que escribió sigue aquí."));
    }
  };

  for (const which of [form, document.getElementById("discard")])
    which.addEventListener("submit", (event) => { event.preventDefault(); leave(which); });
})();
