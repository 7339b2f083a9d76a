/* Sends what this phone has kept: in order, one at a time, once its owner is signed in.

   Every change is told as a "kept" event on the document, {state, item}:
   "sent" and "refused" of one item, sent with `is_mended` where the log form has mended it
   meanwhile; then how a look went: "looked", "signed out", "no signal",
   "no answer" (the server is there and does not take it), "not kept" (the phone's storage fails),
   "elsewhere" (another page sends). */

const sender = (() => {
  const READY = "/tally/ready/";
  const SEND = "/tally/send/";
  const PATIENCE = 8000;
  const AGAIN = 20000;
  const OLD_DAYS = 14;
  let again;

  /* What goes wrong between phone and server; its message is the state that is told. */
  class WireError extends Error {}

  const tell = (detail) => document.dispatchEvent(new CustomEvent("kept", { detail }));

  const isOld = (item) => Date.now() - Date.parse(item.recorded_at) > OLD_DAYS * 86400000;
  const isHeld = (item) => isOld(item) && !item.mayBeSent;
  const lockOf = (number) => `eitrack-item-${number}`;

  /* The server's answer, as its status and what it says; asked for no longer than `patience`. */
  async function ask(address, patience, options) {
    try {
      const signal = AbortSignal.timeout(patience);
      const answer = await fetch(address, { redirect: "manual", cache: "no-store", signal, ...options });
      const says = answer.ok || answer.status === 422 ? await answer.json() : null;
      return { isRedirect: answer.type === "opaqueredirect", status: answer.status, says };
    } catch {
      throw new WireError("no signal");
    }
  }

  /* Who is signed in, with a fresh token; null for nobody. Fails without a signal. */
  async function ready(query = "", patience = PATIENCE) {
    const { isRedirect, status, says: now } = await ask(READY + query, patience);
    if (isRedirect || status === 403) return null;
    if (!now) throw new WireError("no answer");
    // Worth knowing for when the signal goes, and no reason to stop when it cannot be kept.
    await phone.remember(now.owner).catch(() => {});
    return now;
  }

  /* The record that the item became, or null with `item.errors` where it was refused. */
  async function post(item, csrf) {
    const body = new URLSearchParams({ owner: item.owner, kind: item.kind, recorded_at: item.recorded_at });
    for (const [name, value] of item.values) body.append(name, value);
    if (item.errors) body.append("refused", "1");
    const headers = { "X-CSRFToken": csrf };
    const { status, says } = await ask(SEND, PATIENCE, { method: "POST", headers, body });
    if (!says) throw new WireError("no answer");
    if (status !== 422) return says;
    item.errors = Object.values(says.errors).flat();
    return null;
  }

  async function send(number, csrf) {
    const item = await phone.item(number);
    if (!item || isHeld(item)) return;
    const saved = await post(item, csrf);
    if (saved) await phone.drop(number);
    else await phone.change(item);
    tell(saved ? { state: "sent", item, ...saved } : { state: "refused", item });
  }

  async function sendAll() {
    const now = await ready();
    if (!now) return "signed out";
    for (const { number } of await phone.waiting(now.owner)) {
      await navigator.locks.request(lockOf(number), { ifAvailable: true }, (free) => free && send(number, now.csrf));
    }
    return "looked";
  }

  async function hasMore() {
    return (await phone.waiting(await phone.owner())).some((item) => !item.errors && !isHeld(item));
  }

  let looking = null;
  let isAskedAgain = false;

  /* Asked for while it looks, it looks once more: what came meanwhile may have been passed. */
  function look() {
    isAskedAgain = looking !== null;
    looking ??= lookUntilNoneAsks().finally(() => (looking = null));
    return looking;
  }

  async function lookUntilNoneAsks() {
    do {
      isAskedAgain = false;
      await lookOnce();
    } while (isAskedAgain);
  }

  /* One page at a time sends; the others leave it to that one. */
  async function lookOnce() {
    clearTimeout(again);
    let state = "elsewhere";
    await navigator.locks.request("eitrack-send", { ifAvailable: true }, async (free) => {
      if (!free) return;
      state = await sendAll().catch((error) => (error instanceof WireError ? error.message : "not kept"));
    });
    tell({ state });
    if (state.startsWith("no ") || (await hasMore().catch(() => false))) again = setTimeout(look, AGAIN);
  }

  /* Who has an item open holds it, and no page sends it: how to let go of it, or null when it is
     on its way. It is let go of by itself when the page ends. */
  const hold = (number) =>
    new Promise((resolve) => {
      navigator.locks.request(lockOf(number), { ifAvailable: true }, (free) =>
        free ? new Promise((letGo) => resolve(letGo)) : resolve(null),
      );
    });

  addEventListener("online", look);
  addEventListener("offline", () => tell({ state: "no signal" }));
  addEventListener("pageshow", (event) => event.persisted && look());
  document.addEventListener("visibilitychange", () => document.hidden || look());
  return { ready, look, hold, isHeld };
})();
