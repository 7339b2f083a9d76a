/* Asks the browser for a passkey and sends what it answers; the form is hidden where it cannot. */

// The library before it in the bundle ends without a semicolon.
;(() => {
  const WORDS = {
    InvalidStateError: "This passkey is here already.",
    NotAllowedError: "No passkey was used. Press the button to try again.",
    SecurityError: "Passkeys work only at this site’s own https address.",
  };
  const form = document.querySelector("form[data-passkey]");
  if (!form || !window.PublicKeyCredential) {
    return;
  }
  form.hidden = false;
  document.querySelectorAll("[data-without-script]").forEach((each) => each.remove());

  async function options() {
    const written = document.getElementById("passkey-options");
    if (written) {
      return JSON.parse(written.textContent);
    }
    const response = await fetch(form.action, { headers: { Accept: "application/json" } });
    return response.json();
  }

  async function create(asked) {
    const alone = form.elements.passwordless?.checked ?? false;
    const chosen = asked.publicKey.authenticatorSelection;
    chosen.residentKey = alone ? "required" : "discouraged";
    chosen.requireResidentKey = alone;
    if (alone) {
      chosen.userVerification = "required";
    }
    return window.webauthnJSON.create(asked);
  }

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const problem = form.querySelector("[data-passkey-problem]");
    problem.hidden = true;
    try {
      const asked = await options();
      const credential =
        form.dataset.passkey === "create"
          ? await create(asked.creation_options)
          : await window.webauthnJSON.get(asked.request_options);
      form.elements.credential.value = JSON.stringify(credential);
      form.submit();
    } catch (error) {
      problem.textContent = WORDS[error.name] ?? "That did not work. Try again.";
      problem.hidden = false;
    }
  });
})();
