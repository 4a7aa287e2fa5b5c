// Passkeys. Nothing starts by itself: only a press of a button asks the device. Loaded after the forms it serves.
(() => {
  "use strict";
  const t = (english, spanish) => document.documentElement.lang === "es" ? spanish : english;
  const toBytes = text => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), c => c.charCodeAt(0));
  const toText = buffer => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const key = descriptor => ({ ...descriptor, id: toBytes(descriptor.id) });

  async function assert(options) {
    const made = await navigator.credentials.get({ publicKey: {
      ...options,
      challenge: toBytes(options.challenge),
      allowCredentials: (options.allowCredentials ?? []).map(key),
    } });
    return answer(made, {
      authenticatorData: toText(made.response.authenticatorData),
      signature: toText(made.response.signature),
      userHandle: made.response.userHandle ? toText(made.response.userHandle) : undefined,
    });
  }

  async function create(options) {
    const made = await navigator.credentials.create({ publicKey: {
      ...options,
      challenge: toBytes(options.challenge),
      user: { ...options.user, id: toBytes(options.user.id) },
      excludeCredentials: (options.excludeCredentials ?? []).map(key),
    } });
    return answer(made, {
      attestationObject: toText(made.response.attestationObject),
      transports: made.response.getTransports?.() ?? [],
    });
  }

  const answer = (made, response) => JSON.stringify({
    id: made.id,
    rawId: toText(made.rawId),
    type: made.type,
    authenticatorAttachment: made.authenticatorAttachment ?? undefined,
    clientExtensionResults: {},
    response: { ...response, clientDataJSON: toText(made.response.clientDataJSON) },
  });

  // The form says where its challenge comes from, or (a new passkey) carries it.
  async function fill(form) {
    if (form.dataset.passkeyOptions) {
      form.elements.attestation.value = await create(JSON.parse(form.dataset.passkeyOptions));
      return;
    }
    const asked = await fetch(form.dataset.passkey, { method: "POST", credentials: "same-origin" });
    if (asked.status === 401) {
      location.reload(); // the session is over: the page says so and leads to signing in
      return new Promise(() => {});
    }
    if (!asked.ok) throw new Error("no challenge");
    const { challenge, options } = await asked.json();
    form.elements.assertion.value = await assert(options);
    form.elements.challenge.value = challenge;
  }

  async function start(form) {
    const problem = form.querySelector("[data-passkey-problem]");
    problem.textContent = "";
    try {
      await fill(form);
    } catch (refused) {
      // Cancelled, timed out, no passkey here, or no connection. Nothing was sent.
      problem.textContent = refused?.name === "InvalidStateError"
        ? t("This device already has a passkey for your account.", "Este dispositivo ya tiene una llave de acceso para su cuenta.")
        : t("The passkey was not used. Try again, or use your password.", "No se usó la llave de acceso. Inténtelo de nuevo o use su contraseña.");
      return;
    }
    form.submit();
  }

  if (!window.PublicKeyCredential || !navigator.credentials) return;
  for (const form of document.querySelectorAll("form[data-passkey], form[data-passkey-options]")) {
    if (!form.querySelector("[data-passkey-problem]")) continue; // nothing to press yet
    form.hidden = false;
    const only = form.querySelector("[data-passkey-only]");
    if (only) only.hidden = false;
    const button = form.querySelector("[data-passkey-start]");
    if (button) button.addEventListener("click", () => start(form));
    else form.addEventListener("submit", pressed => { pressed.preventDefault(); start(form); });
  }
  for (const details of document.querySelectorAll("details[data-fold]")) details.open = false;
})();
