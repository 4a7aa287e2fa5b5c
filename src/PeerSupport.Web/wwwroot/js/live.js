// The circuit of a live page: connects, and on a lost connection says so quietly, retries quickly, and loses nothing typed.
(() => {
  const t = (english, spanish) => document.documentElement.lang === "es" ? spanish : english;
  const main = document.getElementById("main");
  const place = document.createElement("div");
  place.setAttribute("role", "status");
  main.prepend(place);

  let since = null;     // when the connection was lost
  let retrying = false;
  let wake = null;      // ends the current pause at once
  let dirty = false;

  document.addEventListener("input", event => { if (event.target.form?.method === "post") dirty = true; });
  document.addEventListener("submit", () => { dirty = false; });

  const clock = time => time.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });

  const stopped = t("This page no longer updates.", "Esta página ya no se actualiza.");
  const reload = t("Reload the page", "Volver a cargar la página");

  function say(strong, rest, link) {
    const banner = document.createElement("div");
    banner.className = "banner lamp lost";
    banner.innerHTML = '<svg class="i" viewBox="0 0 24 24" aria-hidden="true"><circle cx="12" cy="12" r="9"/><path d="M12 11v5M12 7.6v.1"/></svg><p><strong></strong> <span></span></p>';
    banner.querySelector("strong").textContent = strong;
    banner.querySelector("span").textContent = rest;
    if (link) {
      const again = document.createElement("a");
      again.href = location.href;
      again.textContent = link;
      banner.querySelector("p").append(" ", again);
    }
    place.replaceChildren(banner);
  }

  // The server has forgotten this page's circuit, or the session is over. Reload, unless that would lose what was typed.
  function startOver() {
    if (!dirty) location.reload();
    else say(stopped, t("What you typed is still here: send it, or copy it first.", "Lo que escribió sigue aquí: envíelo, o cópielo antes."), reload);
  }

  const pause = ms => new Promise(done => {
    const timer = setTimeout(done, ms);
    wake = () => { clearTimeout(timer); done(); };
  });

  async function signedOut() {
    try {
      return (await fetch("/_blazor/negotiate?negotiateVersion=1", { method: "POST", cache: "no-store" })).status === 401;
    } catch {
      return false;
    }
  }

  async function reconnect() {
    if (retrying) return;
    retrying = true;
    for (let attempt = 0; ; attempt++) {
      try {
        if (await Blazor.reconnect()) break;
        return startOver();
      } catch {
        if (await signedOut()) return startOver();
      }
      await pause(Math.min(5000, 1000 * (attempt + 1)));
    }
    retrying = false;
    since = null;
    place.replaceChildren();
  }

  const nudge = () => wake?.();
  addEventListener("online", nudge);
  addEventListener("pageshow", nudge);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) nudge(); });

  const broken = document.getElementById("blazor-error-ui");
  const opened = Date.now();
  new MutationObserver(() => {
    // Something failed on the server's side of this page. Once is mended by a reload; a second time is said.
    if (Date.now() - opened > 10000) startOver();
    else say(stopped, t("Something went wrong on our side.", "Algo falló de nuestro lado."), reload);
  }).observe(broken, { attributes: true, attributeFilter: ["style"] });

  Blazor.start({
    circuit: {
      configureSignalR: builder => builder.withServerTimeout(12000).withKeepAliveInterval(5000),
      reconnectionHandler: {
        onConnectionDown: () => {
          since ??= new Date();
          say(t(`No connection since ${clock(since)}.`, `Sin conexión desde las ${clock(since)}.`), t("What you see is from then. Trying again; nothing you typed is lost.", "Lo que ve es de esa hora. Lo seguimos intentando; nada de lo que escribió se ha perdido."));
          reconnect();
        },
        onConnectionUp: () => {}
      }
    },
    ssr: { disableDomPreservation: true }
  }).catch(() => {
    // Never connected: the page is plain HTML and works as it stands.
    say(t("This page does not update by itself right now.", "En este momento esta página no se actualiza sola."), t("What you see is from when it was opened.", "Lo que ve es de cuando se abrió."), reload);
  });
})();
