/* Usual values as buttons beside a number: <input data-quick-values="15,30,60">; and days beside a
   date, which the server sends as submit buttons: here they are set at once, also without signal. */

for (const input of document.querySelectorAll("input[data-quick-values]")) {
  const label = input.labels[0] ? input.labels[0].textContent.trim() : "";
  const row = document.createElement("div");
  row.className = "with-quick-values";
  const buttons = document.createElement("div");
  buttons.className = "quick-values";
  buttons.setAttribute("role", "group");
  buttons.setAttribute("aria-label", `Usual values: ${label}`);
  for (const value of input.dataset.quickValues.split(",").map((text) => text.trim()).filter(Boolean)) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = value;
    button.addEventListener("click", () => {
      input.value = value;
      input.dispatchEvent(new Event("input", { bubbles: true }));
      input.dispatchEvent(new Event("change", { bubbles: true }));
    });
    buttons.append(button);
  }
  const show = () => {
    for (const button of buttons.children) {
      button.setAttribute("aria-pressed", String(button.textContent === input.value));
    }
  };
  input.addEventListener("input", show);
  show();
  input.before(row);
  row.append(input, buttons);
}

for (const days of document.querySelectorAll(".quick-days")) {
  const { date, starts_at: start, guessed_start: guessed } = days.closest("form").elements;
  const today = days.querySelector("button").value;
  const show = () => {
    for (const button of days.children) {
      button.setAttribute("aria-pressed", String(button.value === date.value));
    }
  };
  days.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    event.preventDefault();
    date.value = button.value;
    // The start that was filled in for somebody who has just finished belongs to today alone.
    if (guessed && start) {
      if (button.value !== today && start.value === guessed.value) start.value = "";
      else if (button.value === today && !start.value) start.value = guessed.value;
    }
    date.dispatchEvent(new Event("input", { bubbles: true }));
    date.dispatchEvent(new Event("change", { bubbles: true }));
  });
  date.addEventListener("input", show);
  show();
}
