/* On pages of the server: what waits on this phone is sent from here too, and says so. */

(() => {
  const line = document.querySelector("[data-kept-line]");
  if (!line) return;

  async function show() {
    const owner = await phone.owner();
    const waiting = owner ? (await phone.waiting(owner)).length : 0;
    line.querySelector("b").textContent = waiting;
    line.hidden = !waiting;
  }

  document.addEventListener("kept", () => show().catch(() => {}));
  sender.look();
})();
