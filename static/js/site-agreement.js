/* The log form follows its site: another one chosen, what is agreed there and the fields that may be
   asked are fetched, with everything typed. Without a network the form stays as it is. */

(() => {
  const form = document.querySelector(".log-form");
  const button = form && form.querySelector("button[name=look]");
  if (!button) return;
  button.hidden = true;

  function keyOf(part) {
    const legend = part.querySelector(".fold-legend");
    if (legend) return legend.textContent;
    const control = part.matches("[name]") ? part : part.querySelector("[name]");
    return control ? control.name : part.className;
  }

  // What other scripts have dressed up stays, and so does the field that is being changed.
  function stays(part, active) {
    if (part.contains(active) || part.querySelector("[data-quick-values], .quick-days")) return true;
    return part.matches("button, .save-bar") || (part.type === "hidden" && part.name !== "reason_filled_in");
  }

  // Not `children`: a form answers that with its field of this name.
  const partsOf = (whole) => [...whole.querySelectorAll(":scope > *")];

  const asText = (values) => new URLSearchParams(values).toString();

  async function follow() {
    const sent = new FormData(form);
    const asked = new FormData(form);
    asked.append("look", "site");
    const answer = await fetch(form.action, { method: "POST", body: asked });
    if (!answer.ok || answer.redirected) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector(".log-form");
    const site = form.elements.site.closest(".field");
    if (!fresh) return;
    // Typed meanwhile: ask again, so that none of it is lost.
    if (asText(sent) !== asText(new FormData(form))) return follow();
    const before = new Map(partsOf(form).map((part) => [keyOf(part), part]));
    const active = document.activeElement;
    let last = null;
    for (const part of partsOf(fresh)) {
      const key = keyOf(part);
      const old = before.get(key);
      before.delete(key);
      if (old && (old === site || stays(old, active))) {
        last = old;
        continue;
      }
      if (old && old.open) part.open = true;
      if (old) old.replaceWith(part);
      else if (last) last.after(part);
      else form.prepend(part);
      last = part;
    }
    for (const part of before.values()) {
      if (part !== site && !stays(part, active)) part.remove();
    }
    const words = "#id_site_helptext";
    const [old, now] = [form.querySelector(words), fresh.querySelector(words) || page.querySelector(words)];
    if (old) old.remove();
    if (now) form.elements.site.before(now);
    form.elements.site.setAttribute("aria-describedby", now ? "id_site_helptext" : "");
  }

  form.addEventListener("change", (event) => {
    if (["site", "elsewhere_kind", "elsewhere_agency", "placement", "date"].includes(event.target.name)) {
      follow().catch(() => {});
    }
  });
})();
