/* Another series chosen: place, type, start and length follow it, as far as nobody has typed them;
   a home visit is at home. What was typed stays, and the form asks about it when it is saved. */

(() => {
  const form = document.querySelector(".log-form");
  // On a page that came back everything counts as typed.
  if (!form || document.querySelector(".error-summary")) return;
  const FOLLOWING = ["activity_type", "site", "elsewhere_kind", "starts_at", "contact_minutes"];
  const filledIn = new Map();
  for (const name of FOLLOWING) if (form.elements[name]) filledIn.set(name, form.elements[name].value);

  async function follow(chosen) {
    const asked = new FormData(form);
    asked.append("look", chosen);
    const answer = await fetch(form.action, { method: "POST", body: asked });
    if (!answer.ok || answer.redirected) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector(".log-form");
    // Chosen otherwise meanwhile: that choice is asked for on its own.
    if (!fresh || form.elements[chosen].value !== asked.get(chosen)) return;
    let isWhole = true;
    for (const [name, value] of filledIn) {
      const [control, now] = [form.elements[name], fresh.elements[name]];
      if (!control || !now || control.value === now.value) continue;
      if (control.value !== value) {
        isWhole = false;
        continue;
      }
      control.value = now.value;
      filledIn.set(name, now.value);
      control.dispatchEvent(new Event("input", { bubbles: true }));
      control.dispatchEvent(new Event("change", { bubbles: true }));
    }
    const marker = `${chosen}_filled_in`;
    if (isWhole && fresh.elements[marker]) form.elements[marker].value = fresh.elements[marker].value;
  }

  form.addEventListener("change", (event) => {
    const { name } = event.target;
    if (form.elements[`${name}_filled_in`]) follow(name).catch(() => {});
  });
})();
