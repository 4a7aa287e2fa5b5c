// Looks whether somebody has answered, so that nobody has to reload while they talk to a person. Without it there is a link.
(() => {
  "use strict";
  const t = (english, spanish) => document.documentElement.lang === "es" ? spanish : english;
  const place = document.querySelector("[data-alarm=open]");
  if (!place) return;
  const EVERY = 4_000, WAIT = 8_000;
  let failed = 0;

  const done = (said) => {
    place.textContent = said;
    const banner = place.closest(".banner");
    banner.classList.replace("lamp", "ok");
    banner.querySelector("[data-again]")?.remove();
  };

  const look = async () => {
    try {
      const answer = await fetch("/hand-on/alarm", { cache: "no-store", redirect: "manual", signal: AbortSignal.timeout(WAIT) });
      if (!answer.ok) throw new Error();
      const { said, answered } = await answer.json();
      failed = 0;
      if (answered) return done(said);
      if (place.textContent !== said) place.textContent = said;
    } catch {
      // Said once it is no hiccup; the alert itself goes on without this page.
      if (++failed === 3) place.textContent = t("We cannot look whether somebody answered right now. The alert goes on. Call as well.", "En este momento no podemos ver si alguien respondió. La alerta sigue. Llame también.");
    }
    setTimeout(look, EVERY);
  };

  setTimeout(look, EVERY);
  addEventListener("pageshow", (event) => { if (event.persisted) look(); });
})();
