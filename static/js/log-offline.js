/* A log form that meets no signal is kept on this phone, and sent later. Where nothing can be kept
   the form stays, as every form does. */

(() => {
  const form = document.querySelector("form[data-kept-kind]");
  const make = (tag, textContent, more = {}) => Object.assign(document.createElement(tag), { textContent, ...more });

  phone.remember(form.dataset.owner).catch(() => {});

  /* What was kept, where the form stood: what is true of it now. */
  function tell(item, texts, lasting) {
    const note = make("div", "", { className: "notice", tabIndex: -1 });
    note.setAttribute("role", "status");
    const state = make("p", "No signal. Kept on this phone. It is sent by itself when there is a signal.");
    const how = make("p", `Until then it is only here. ${lasting}`);
    const link = make("a", "See what is waiting", { className: "button-quiet", href: "/tally/" });
    note.append(state, how);
    for (const { type, value } of texts) {
      if (!value.trim() || type === "checkbox" || type === "hidden") continue;
      note.append(make("p", `The note is not kept on the phone. Add it to the record when there is a signal. It says: ${value}`));
    }
    note.append(link);
    document.addEventListener("kept", ({ detail }) => {
      if (!detail.item || detail.item.number !== item.number) return;
      how.remove();
      if (detail.state === "sent") {
        state.textContent = `Sent ${detail.at}.`;
        Object.assign(link, { textContent: "Open the record", href: `/activities/${detail.saved}/` });
      } else {
        state.textContent = `Not saved: ${detail.item.errors.join(" ")} It is still on this phone.`;
        link.textContent = "Mend it";
      }
    });
    form.replaceWith(note);
    note.focus();
  }

  async function keep() {
    const { owner, keptKind } = form.dataset;
    // Free text never stays on a device, nor what only this visit may use.
    const texts = [...form.querySelectorAll("[data-not-kept]")];
    const leftOut = new Set(["csrfmiddlewaretoken", "form_owner", "kept_form", ...texts.map((text) => text.name)]);
    const values = [...new FormData(form)].filter(([name, value]) => !leftOut.has(name) && value !== "");
    const item = await phone.keep(owner, keptKind, values);
    tell(item, texts, await phone.lasting());
    phone.lasting(true);
    sender.look();
  }

  let isKeeping = false;
  let cannotKeep = false;
  form.addEventListener("no-signal", async (event) => {
    if (cannotKeep) return;
    event.preventDefault();
    if (isKeeping) return;
    isKeeping = true;
    cannotKeep = !(await keep().then(() => true, () => false));
    isKeeping = false;
    // Not kept: the form asks once more, and says what every form says.
    if (cannotKeep) await signalFirst.send(form);
    cannotKeep = false;
  });
})();
