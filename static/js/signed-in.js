/* Back shows nothing of somebody who has signed out, and gives what was typed only to who typed it.

   The page says for which sign-in it was made, a cookie which one holds now. Runs before the page
   is drawn: a page that does not belong to the sign-in is asked for again, unseen. */

(() => {
  const page = document.documentElement;
  const mark = page.dataset.signedIn;
  const [visit] = performance.getEntriesByType("navigation");

  function isTheirs() {
    return document.cookie.split("; ").includes(`signed_in=${mark}`);
  }

  function show(isShown) {
    page.style.visibility = isShown ? "" : "hidden";
  }

  function reset() {
    for (const form of document.forms) form.reset();
  }

  // Asked for once: what the server has just sent is shown, whatever the cookie says.
  if (!isTheirs() && visit?.type !== "reload") {
    show(false);
    location.reload();
  }

  // Browsers put what was typed back into a form at the same address, whoever is signed in now.
  const typed = history.state?.signedIn;
  if (typed && typed !== mark) addEventListener("pageshow", reset);
  history.replaceState({ ...history.state, signedIn: mark }, "");

  // A page that stays in memory is left unseen, so that it is not drawn before it is looked at.
  // Meanwhile its fields are plain ones: WebKit would empty those that take no suggestions.
  let without = [];
  addEventListener("pagehide", () => {
    show(false);
    without = [...document.querySelectorAll("[autocomplete=off]")];
    for (const field of without) field.removeAttribute("autocomplete");
  });
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    if (!isTheirs()) {
      location.reload();
      return;
    }
    for (const field of without) field.setAttribute("autocomplete", "off");
    show(true);
  });
})();
