/* A form meets the server before it is sent: without a signal it stays as it is, with all that was
   typed, and says so. A page that can do better hears "no-signal" from the form and prevents it. */

const signalFirst = (() => {
  // A weak signal is slow, not absent: who presses again is given longer.
  const PATIENCE = 8000;
  const MORE_PATIENCE = 30000;
  const LOOK_AGAIN = 5000;
  const SLOW = 700;
  const asking = new WeakSet();
  const without = new WeakSet();
  let isPassing = false;

  async function isThere(patience) {
    try {
      const answer = await fetch("/signal/", { cache: "no-store", signal: AbortSignal.timeout(patience) });
      return answer.status < 500;
    } catch {
      return false;
    }
  }

  const noticeOf = (form) => form.querySelector(".signal-notice");

  /* Beside the button, where whoever pressed it looks. */
  function say(form, words) {
    if (!noticeOf(form)) {
      const notice = Object.assign(document.createElement("p"), { className: "notice signal-notice" });
      notice.setAttribute("role", "alert");
      (form.querySelector(".save-bar, .form-actions") || form).prepend(notice);
    }
    noticeOf(form).textContent = words;
  }

  function unsay(form) {
    without.delete(form);
    if (noticeOf(form)) noticeOf(form).remove();
  }

  /* What is said goes when it is no longer true. */
  async function watch(form, name) {
    while (without.has(form)) {
      await new Promise((go) => setTimeout(go, LOOK_AGAIN));
      if (!(await isThere(PATIENCE)) || !without.has(form)) continue;
      without.delete(form);
      say(form, `The signal is back. Press ${name} again.`);
    }
  }

  async function send(form, submitter) {
    if (asking.has(form)) return;
    asking.add(form);
    await meet(form, submitter).finally(() => asking.delete(form));
  }

  async function meet(form, submitter) {
    const words = (submitter || form.querySelector("button")).textContent.trim();
    const name = words.startsWith("Save") ? "Save" : `“${words}”`;
    const slow = setTimeout(() => say(form, "Looking for a signal…"), SLOW);
    const isBack = await isThere(without.has(form) ? MORE_PATIENCE : PATIENCE);
    clearTimeout(slow);
    if (isBack) {
      unsay(form);
      isPassing = true;
      form.requestSubmit(submitter && submitter.form === form ? submitter : undefined);
      isPassing = false;
    } else if (form.dispatchEvent(new CustomEvent("no-signal", { bubbles: true, cancelable: true }))) {
      const isWatched = without.has(form);
      without.add(form);
      say(form, `No signal. Nothing is lost: press ${name} again when it is back.`);
      if (!isWatched) watch(form, name);
    }
  }

  // Before form-guard.js: a form that waits for an answer here has not been sent.
  document.addEventListener(
    "submit",
    (event) => {
      if (event.target.getAttribute("method") !== "post" || isPassing) return;
      event.preventDefault();
      send(event.target, event.submitter);
    },
    true,
  );
  return { send };
})();
