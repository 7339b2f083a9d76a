/* Usual values as buttons beside a number: <input data-quick-values="15,30,60">. */

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
