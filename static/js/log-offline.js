/* A log form that meets no network is kept on this phone, and sent later. */

(() => {
  const form = document.querySelector("form[data-kept-kind]");
  const QUICK = 4000;
  let isAsking = false;
  let mayPass = false;

  phone.remember(form.dataset.owner);

  async function hasNetwork() {
    if (!navigator.onLine) return false;
    return sender.ready("", QUICK).then(() => true, () => false);
  }

  async function keep() {
    const { owner, keptKind } = form.dataset;
    // Free text never stays on a device, nor what only this visit may use.
    const texts = [...form.querySelectorAll("[data-not-kept]")];
    const leftOut = new Set(["csrfmiddlewaretoken", "form_owner", "kept_form", ...texts.map((text) => text.name)]);
    const values = [...new FormData(form)].filter(([name, value]) => !leftOut.has(name) && value !== "");
    await phone.keep(owner, keptKind, values);
    const waiting = (await phone.waiting(owner)).length;
    const note = document.createElement("div");
    note.className = "notice";
    note.tabIndex = -1;
    note.setAttribute("role", "status");
    const text = Object.assign(document.createElement("p"), {
      textContent: `No signal. Kept on this phone, ${waiting} waiting. It is sent by itself when there is a signal.`,
    });
    const link = Object.assign(document.createElement("a"), {
      className: "button-quiet",
      href: "/tally/",
      textContent: "See what is waiting",
    });
    note.append(text);
    for (const { type, value } of texts) {
      if (!value.trim() || type === "checkbox" || type === "hidden") continue;
      const words = `The note is not kept on the phone. Add it to the record when there is a signal. It says: ${value}`;
      note.append(Object.assign(document.createElement("p"), { textContent: words }));
    }
    note.append(link);
    form.replaceWith(note);
    note.focus();
    sender.look();
  }

  // Before form-guard.js: a form that waits for an answer here has not been sent.
  document.addEventListener(
    "submit",
    async (event) => {
      if (event.target !== form || mayPass) return;
      event.preventDefault();
      if (isAsking) return;
      isAsking = true;
      try {
        if (await hasNetwork()) {
          mayPass = true;
          form.requestSubmit(event.submitter);
        } else {
          await keep();
        }
      } finally {
        isAsking = false;
      }
    },
    true,
  );
  addEventListener("pageshow", (event) => {
    if (event.persisted) mayPass = false;
  });
})();
