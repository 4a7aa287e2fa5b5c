// The preview shows what the lists say, at once. It reads coded fields only; nothing typed comes here.
(() => {
  "use strict";
  const t = (english, spanish) => document.documentElement.lang === "es" ? spanish : english;
  const form = document.querySelector("[data-post-case]");
  const $ = (selector) => form.querySelector(selector);
  const RARE_BELOW = 5;
  const chosen = (name) => [...form.querySelectorAll(`[name=${name}]:checked`)];
  const words = (input) => input.closest("label").textContent.trim();

  for (const place of form.querySelectorAll("[data-without-script]")) place.remove();

  const preview = () => {
    const type = $("#type").selectedOptions[0];
    const category = type?.parentElement.label ?? "";
    const byType = chosen("level")[0]?.value !== "Category";
    const picked = Boolean(type?.value);
    $("[data-seen=situation]").textContent = !picked ? t("No situation chosen yet", "Todavía no se eligió la situación") : byType ? type.textContent : category;
    $("[data-seen=category]").textContent = picked && byType ? category : "";
    const urgency = chosen("urgency")[0];
    const chips = [...chosen("urgency"), ...chosen("tags")].map((input) => {
      const chip = document.createElement("span");
      chip.className = input === urgency && urgency.value !== "NextDays" ? "chip lamp" : "chip";
      chip.textContent = words(input);
      return chip;
    });
    $("[data-seen=chips]").replaceChildren(...chips);
    warn(type, byType, picked && type.dataset.lately !== undefined);
  };

  // What peers would see is rare lately. The form carries which warning was on the screen, or else it comes back once.
  const warn = (type, byType, known) => {
    const ofType = known ? Number(type.dataset.lately) : 0;
    const ofCategory = known ? [...type.parentElement.children].reduce((sum, one) => sum + Number(one.dataset.lately), 0) : 0;
    const count = byType ? ofType : ofCategory;
    const rare = known && count < RARE_BELOW;
    $("[data-rare]").hidden = !rare;
    $("[data-rare-what]").textContent = byType ? t("type", "este tipo") : t("category", "esta categoría");
    $("[data-rare-count]").textContent = count === 0 ? t("none", "ninguno") : count;
    $("[data-rare-type]").hidden = !byType;
    $("[data-rare-both]").hidden = ofCategory >= RARE_BELOW;
    $("[data-rare-category]").hidden = byType;
    $("[data-warned]").value = rare ? `${type.value}-${byType ? "Type" : "Category"}` : "";
  };

  // Who must not get it: words that name one peer become that peer.
  const field = $("#not"), kept = $("[data-kept]"), list = document.getElementById("peers"), said = $("[data-picked]");
  const audience = () => {
    const count = [...list.options].filter((peer) => peer.dataset.available === "1").length;
    const place = $("[data-audience]");
    if (list.options.length + kept.children.length > 0)
      place.textContent = count === 0 ? t("nobody: no peer is on duty and free", "nadie: ningún compañero está de servicio y libre")
        : t(`${count} ${count === 1 ? "peer" : "peers"} on duty and free`, `${count} ${count === 1 ? "compañero de servicio y libre" : "compañeros de servicio y libres"}`);
  };
  const changed = () => { audience(); form.dispatchEvent(new Event("input", { bubbles: true })); };
  const removable = (item) => { item.querySelector("[data-remove]").hidden = false; };
  const pick = (option) => {
    const item = document.getElementById("kept").content.firstElementChild.cloneNode(true);
    const at = option.value.indexOf(", ");
    item.querySelector("input").value = option.dataset.id;
    item.dataset.available = option.dataset.available;
    item.dataset.unit = option.dataset.unit ?? "";
    for (const place of item.querySelectorAll("[data-name]")) place.textContent = ` ${option.value.slice(0, at)}`;
    item.querySelector("[data-agency]").textContent = option.value.slice(at + 2);
    removable(item);
    kept.append(item);
    option.remove();
    field.value = "";
    field.removeAttribute("aria-invalid");
    said.textContent = t(`${option.value} does not get it.`, `${option.value} no lo recibe.`);
    changed();
    return item;
  };
  const free = (item) => {
    const option = document.createElement("option");
    option.value = `${item.querySelector("[data-name]").textContent.trim()}, ${item.querySelector("[data-agency]").textContent}`;
    option.dataset.id = item.querySelector("input").value;
    option.dataset.available = item.dataset.available;
    option.dataset.unit = item.dataset.unit;
    list.append(option);
    item.remove();
    return option;
  };
  const matches = (text) => {
    const wanted = text.trim().toLowerCase();
    if (!wanted) return [];
    const all = [...list.options];
    const exact = all.filter((peer) => peer.value.toLowerCase() === wanted || peer.value.toLowerCase().startsWith(`${wanted}, `));
    return exact.length ? exact : all.filter((peer) => peer.value.toLowerCase().includes(wanted));
  };
  const settle = () => {
    const found = matches(field.value);
    if (found.length === 1) pick(found[0]);
    else said.textContent = field.value.trim() === "" ? "" : found.length
      ? t(`${found.length} peers match. Type more, or pick one from the list.`, `Coinciden ${found.length} compañeros. Escriba más o elija uno de la lista.`)
      : t("No peer matches. Pick one from the list.", "Ningún compañero coincide. Elija uno de la lista.");
  };
  field.addEventListener("input", () => {
    const option = [...list.options].find((peer) => peer.value === field.value);
    if (option) pick(option);
  });
  field.addEventListener("change", settle);
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.ctrlKey) { event.preventDefault(); settle(); }
  });
  kept.addEventListener("click", (event) => {
    const item = event.target.closest("[data-remove]")?.closest("li");
    if (!item) return;
    const option = free(item);
    said.textContent = t(`${option.value} may get it again.`, `${option.value} puede recibirlo otra vez.`);
    field.focus();
    changed();
  });

  // The officer's unit picks who is too near, and says why. The choice stays on this screen; the server made the lists.
  const unit = form.querySelector("[data-officer-unit]");
  if (unit) {
    const reasons = { same: t("same unit", "misma unidad"), above: t("above in the chain of command", "arriba en la cadena de mando"), below: t("below in the chain of command", "abajo en la cadena de mando") };
    unit.hidden = false;
    unit.querySelector("select").addEventListener("change", (event) => {
      for (const item of [...kept.children].filter((one) => one.dataset.suggested)) free(item);
      let count = 0;
      const chosenUnit = event.target.selectedOptions[0].dataset;
      for (const [relation, why] of Object.entries(reasons))
        for (const near of (chosenUnit[relation] ?? "").split(" ").filter(Boolean))
          for (const option of [...list.options].filter((peer) => peer.dataset.unit === near)) {
            const item = pick(option);
            item.dataset.suggested = "1";
            item.querySelector("[data-why]").textContent = why;
            count++;
          }
      const found = count === 0 ? t("No peer is too near.", "Ningún compañero está demasiado cerca.") : t(`${count} ${count === 1 ? "peer does" : "peers do"} not get it.`, `${count} ${count === 1 ? "compañero no lo recibe" : "compañeros no lo reciben"}.`);
      // Whoever has no unit is never found by it: that nobody is too near must not be said of them.
      const agency = event.target.selectedOptions[0].parentElement.label;
      const unknown = [...list.options].filter((peer) => agency && !peer.dataset.unit && peer.value.endsWith(`, ${agency}`)).length;
      said.textContent = unknown === 0 ? found : `${found} ${t(
        `${unknown} ${unknown === 1 ? "peer of this agency has" : "peers of this agency have"} no unit recorded: pick by name whoever is too near.`,
        `${unknown} ${unknown === 1 ? "compañero de esta agencia no tiene" : "compañeros de esta agencia no tienen"} unidad registrada: elija por nombre a quien esté demasiado cerca.`)}`;
      changed();
    });
  }

  form.addEventListener("change", preview);
  $("[data-coarser]").addEventListener("click", (event) => {
    event.preventDefault();
    $("#l2").click();
    $("#l2").focus();
  });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); form.requestSubmit(); }
  });
  for (const item of kept.children) removable(item);
  preview(); // a browser may have kept choices from before a reload
  audience();
})();
