/* Says two minutes before that a session ends, and hides the page once it has ended.

   The page says how long the session lasts if nothing more is used, the server how long it really
   does: another page may have used it. What was typed stays behind the dialog; sent after the end,
   the server keeps it, and gives it back once its owner has signed in. */

(() => {
  const WARNING = 120;
  const NO_ANSWER_AGAIN = 30;
  const seconds = Number(document.documentElement.dataset.signedInSeconds);
  if (!seconds) return;

  let timer, dialog, typed;
  let endsAt = Date.now() + seconds * 1000;
  const left = () => Math.round((endsAt - Date.now()) / 1000);

  /* The seconds that are left, or null without a signal. */
  async function ask(method) {
    const [, token] = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/) || [];
    try {
      const headers = { "X-CSRFToken": token || "" };
      const answer = await fetch("/account/stay/", { method, headers, cache: "no-store" });
      return answer.ok ? (await answer.json()).seconds : null;
    } catch {
      return null;
    }
  }

  function wait(forSeconds) {
    clearTimeout(timer);
    timer = setTimeout(look, Math.max(forSeconds, 1) * 1000);
  }

  async function look(method = "GET") {
    if (left() > WARNING && method === "GET") {
      wait(left() - WARNING);
      return;
    }
    const now = await ask(method);
    if (now === null) {
      wait(NO_ANSWER_AGAIN);
      return;
    }
    endsAt = Date.now() + now * 1000;
    if (now > WARNING) {
      dialog?.close();
      wait(now - WARNING);
    } else if (now > 0) {
      const minutes = Math.max(1, Math.round(now / 60));
      say(
        `You will be signed out in ${minutes === 1 ? "a minute" : `${minutes} minutes`}`,
        "Nothing was used here for a while.",
        "Stay signed in",
        () => look("POST"),
      );
      wait(Math.min(now, 60));
    } else {
      document.documentElement.classList.add("is-signed-out");
      say(
        "You were signed out",
        typed?.isConnected ? "What you typed is kept when you sign in again now." : "Sign in again to go on.",
        "Sign in",
        signIn,
      );
    }
  }

  function signIn() {
    if (typed?.isConnected) typed.submit();
    else location.assign(location.pathname + location.search);
  }

  function say(heading, text, action, act) {
    if (!dialog) {
      dialog = document.createElement("dialog");
      dialog.className = "session-end";
      dialog.setAttribute("aria-labelledby", "session-end");
      dialog.append(
        Object.assign(document.createElement("h2"), { id: "session-end" }),
        document.createElement("p"),
        Object.assign(document.createElement("button"), { type: "button", className: "button" }),
      );
      document.body.append(dialog);
      dialog.addEventListener("cancel", (event) => {
        event.preventDefault();
        dialog.querySelector("button").click();
      });
    }
    dialog.querySelector("h2").textContent = heading;
    dialog.querySelector("p").textContent = text;
    const button = dialog.querySelector("button");
    button.textContent = action;
    button.onclick = act;
    if (!dialog.open) dialog.showModal();
  }

  document.addEventListener("input", ({ target }) => {
    if (target.form?.method === "post") typed = target.form;
  });
  // A computer that slept, or a page that Back brought out of memory, has missed its time.
  document.addEventListener("visibilitychange", () => !document.hidden && look());
  addEventListener("pageshow", ({ persisted }) => persisted && look());
  wait(seconds - WARNING);
})();
