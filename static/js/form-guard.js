/* A form is sent once: after the first submit its button rests and says "Saving…". */

const resting = new Map();

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  const button = event.submitter || form.querySelector("button[type=submit], button:not([type])");
  if (!button) return;
  // After this turn, so that the button's own name and value still travel.
  setTimeout(() => {
    resting.set(button, button.textContent);
    button.textContent = button.dataset.saving || "Saving…";
    button.disabled = true;
  });
});

// Back to a page the browser kept: it must be possible to send again.
window.addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  for (const [button, words] of resting) {
    button.textContent = words;
    button.disabled = false;
  }
  resting.clear();
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});
