/* Signing out with something still on the phone warns first, then throws it away. */

(async () => {
  const form = document.querySelector("main form[action$='/account/logout/']");
  const now = await sender.ready().catch(() => null);
  // A storage that fails is no reason to stay signed in.
  const owner = now ? now.owner : await phone.owner().catch(() => null);
  const waiting = owner ? (await phone.waiting(owner).catch(() => [])).length : 0;

  if (waiting) {
    const warning = document.createElement("div");
    warning.className = "error-summary";
    warning.setAttribute("role", "alert");
    const records = waiting === 1 ? "1 record is" : `${waiting} records are`;
    const heading = Object.assign(document.createElement("h2"), {
      textContent: `${records} still on this phone`,
    });
    const link = Object.assign(document.createElement("a"), {
      href: "/tally/",
      textContent: "See what is waiting, and send it",
    });
    warning.append(heading, "Signing out throws away what has not been sent. ", link);
    form.before(warning);
    form.querySelector("button").textContent = "Sign out and throw it away";
  }

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    await phone.purge(owner).catch(() => {});
    form.submit();
  });
})();
