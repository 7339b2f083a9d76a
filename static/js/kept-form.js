/* A record that waits, open to be mended: each valid change is kept at once. Until the form is
   closed, or the page ends, no page sends the record. */

const keptForm = (() => {
  // [field, label, least, most]: of those that the record has.
  const NUMBERS = [
    ["begun_by_family", "Begun by a family", 0, 999],
    ["begun_by_worker", "Begun by you", 0, 999],
    ["conversations", "Conversations", 0, 999],
    ["attendance", "How many", 0, 999],
    ["adults", "Adults", 0, 999],
    ["children", "Children", 0, 999],
    ["contact_minutes", "Minutes", 0, 960],
  ];
  const make = (tag, textContent, more = {}) => Object.assign(document.createElement(tag), { textContent, ...more });

  function labelled(words, control, value) {
    control.value = value;
    const label = make("label", words);
    label.append(control);
    return label;
  }

  function controls(item) {
    const values = new Map(item.values);
    // Adults and children, where both are counted, add up to how many there were.
    const isSplit = values.has("adults") && values.has("children");
    const found = NUMBERS.filter(([name]) => values.has(name) && !(isSplit && name === "attendance")).map(
      ([name, words, min, max]) =>
        labelled(words, make("input", "", { name, type: "number", min, max, step: 1, required: true, inputMode: "numeric" }), values.get(name)),
    );
    if (values.has("starts_at")) {
      found.push(labelled("Start", make("input", "", { name: "starts_at", type: "time", required: true }), values.get("starts_at").slice(0, 5)));
    }
    const sites = document.getElementById("tally-site").cloneNode(true);
    sites.removeAttribute("id");
    Object.assign(sites, { name: "site", required: true });
    if (sites.querySelector(`option[value="${CSS.escape(values.get("site"))}"]`)) {
      found.push(labelled("Site", sites, values.get("site")));
    }
    return found;
  }

  function mended(item, form) {
    const values = new Map(item.values);
    for (const [name, value] of new FormData(form)) values.set(name, value);
    if (values.has("adults") && values.has("children") && values.has("attendance")) {
      values.set("attendance", String(Number(values.get("adults")) + Number(values.get("children"))));
    }
    const { errors, ...rest } = item;
    return { ...rest, values: [...values] };
  }

  /* `whenChanged` gets the record as it is kept now; `whenDone` closes the form. */
  function keptForm(item, whenChanged, whenDone) {
    const form = make("form", "", { className: "kept-form" });
    const said = make("p", "It is not sent while it is open here.", { className: "kept-state" });
    said.setAttribute("role", "status");
    form.append(...controls(item), said, make("button", "Done", { type: "submit", className: "button-quiet" }));
    let now = item;
    let turn = Promise.resolve();
    form.addEventListener("change", () => {
      if (!form.checkValidity()) return;
      turn = turn.then(async () => {
        const next = mended(now, form);
        try {
          await phone.change(next);
          now = next;
          said.textContent = "Kept.";
          whenChanged(now);
        } catch {
          said.textContent = "Not kept: the storage of this phone fails. Try again.";
        }
      });
    });
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      await turn;
      whenDone();
    });
    return form;
  }

  return keptForm;
})();
