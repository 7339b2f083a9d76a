/* Sends what this phone has kept: in order, one at a time, once its owner is signed in.

   Every change is told as a "kept" event on the document:
   {state: "sent" | "refused" | "no signal" | "signed out" | "looked", item, at}. */

const sender = (() => {
  const READY = "/tally/ready/";
  const SEND = "/tally/send/";
  const PATIENCE = 8000;
  const AGAIN = 20000;
  const OLD_DAYS = 14;
  let again;

  const tell = (detail) => document.dispatchEvent(new CustomEvent("kept", { detail }));

  const isOld = (item) => Date.now() - Date.parse(item.recorded_at) > OLD_DAYS * 86400000;

  const canGo = (item) => !item.errors && (!isOld(item) || item.mayBeSent);

  /* Who is signed in, with a fresh token; null for nobody. Fails without a signal. */
  async function ready(query = "", patience = PATIENCE) {
    const answer = await fetch(READY + query, {
      redirect: "manual",
      cache: "no-store",
      signal: AbortSignal.timeout(patience),
    });
    if (answer.type === "opaqueredirect" || answer.status === 403) return null;
    if (!answer.ok) throw new Error(`The server answered ${answer.status}.`);
    const now = await answer.json();
    await phone.remember(now.owner);
    return now;
  }

  async function send(item, csrf) {
    const body = new URLSearchParams({ owner: item.owner, kind: item.kind, recorded_at: item.recorded_at });
    for (const [name, value] of item.values) body.append(name, value);
    const answer = await fetch(SEND, {
      method: "POST",
      redirect: "manual",
      headers: { "X-CSRFToken": csrf },
      body,
      signal: AbortSignal.timeout(PATIENCE),
    });
    if (answer.status === 422) {
      item.errors = Object.values((await answer.json()).errors).flat();
      await phone.change(item);
      tell({ state: "refused", item });
      return;
    }
    if (!answer.ok) throw new Error(`The server answered ${answer.status}.`);
    const { saved, at } = await answer.json();
    await phone.drop(item.number);
    tell({ state: "sent", item, saved, at });
  }

  async function sendAll() {
    const now = await ready();
    if (!now) return tell({ state: "signed out" });
    for (const item of await phone.waiting(now.owner)) {
      if (!isOld(item) || item.mayBeSent) await send(item, now.csrf);
    }
    tell({ state: "looked" });
  }

  /* One page at a time sends; the others leave it to that one. */
  async function look() {
    clearTimeout(again);
    await navigator.locks.request("eitrack-send", { ifAvailable: true }, async (lock) => {
      try {
        if (lock) await sendAll();
      } catch {
        tell({ state: "no signal" });
      }
    });
    if ((await phone.waiting(await phone.owner())).some(canGo)) again = setTimeout(look, AGAIN);
  }

  addEventListener("online", look);
  addEventListener("offline", () => tell({ state: "no signal" }));
  document.addEventListener("visibilitychange", () => document.hidden || look());
  return { ready, look, isOld };
})();
