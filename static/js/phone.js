/* What is kept on this phone until the server has it: numbers, codes and days, in IndexedDB.

   "waiting"  records not yet acknowledged, in the order they were made
   "running"  the tally that is being counted, one for each owner
   "device"   whose phone this is, by an opaque word, and when they signed in (as a digest)

   The connection can die while the page lives, as WebKit's does when the phone was put away. So
   what fails or has no answer is tried once more on a new one; all that is written may be written
   twice. What fails then too is the caller's to tell: nothing here fails in silence. */

const phone = (() => {
  const NAME = "eitrack";
  const COOKIE = "kept_on_phone";
  const PATIENCE = 2500;
  const FAILS = "The storage of this phone does not answer.";
  let opened = null;

  function open() {
    opened ||= new Promise((resolve, reject) => {
      const request = indexedDB.open(NAME, 1);
      request.onupgradeneeded = () => {
        request.result.createObjectStore("waiting", { keyPath: "number", autoIncrement: true });
        request.result.createObjectStore("running", { keyPath: "owner" });
        request.result.createObjectStore("device", { keyPath: "what" });
      };
      request.onsuccess = () => {
        request.result.onclose = leave;
        resolve(request.result);
      };
      request.onerror = () => reject(request.error);
    });
    return opened;
  }

  function leave() {
    if (opened) opened.then((base) => base.close()).catch(() => {});
    opened = null;
  }

  function inTime(work) {
    let clock;
    const late = new Promise((resolve, reject) => {
      clock = setTimeout(() => reject(new Error(FAILS)), PATIENCE);
    });
    return Promise.race([work, late]).finally(() => clearTimeout(clock));
  }

  /* What `act` asks of the stores, once all of it is on the disk, not merely asked for. */
  async function ask(names, mode, act) {
    const change = (await open()).transaction(names, mode, { durability: "strict" });
    const done = new Promise((resolve, reject) => {
      change.oncomplete = resolve;
      change.onerror = change.onabort = () => reject(change.error || new Error(FAILS));
    });
    const request = act(...names.map((name) => change.objectStore(name)));
    await done;
    return request && request.result;
  }

  async function withStores(names, mode, act) {
    try {
      return await inTime(ask(names, mode, act));
    } catch {
      leave();
      return inTime(ask(names, mode, act));
    }
  }

  const read = (name, act) => withStores([name], "readonly", act);
  const write = (names, act) => withStores(names, "readwrite", act);

  /* Pages of the server see by this that something waits here; it says no more than that. */
  async function tellPages() {
    const some = (await read("waiting", (store) => store.count())) > 0;
    document.cookie = `${COOKIE}=1; path=/; samesite=lax; max-age=${some ? 60 * 86400 : 0}`;
  }

  async function writeWaiting(act, more = []) {
    await write(["waiting", ...more], act);
    await tellPages().catch(() => {});
  }

  /* Changes with every sign-in and sign-out, and can be read without a signal. */
  async function mark() {
    const cookie = document.cookie.split("; ").find((pair) => pair.startsWith("csrftoken="));
    if (!cookie) return null;
    const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(cookie));
    return Array.from(new Uint8Array(digest).slice(0, 12), (byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  return {
    async remember(owner) {
      const device = { what: "owner", owner, mark: await mark() };
      await write(["device"], (store) => store.put(device));
    },
    /* Who signed in here last, as far as the phone can know; null when it was somebody else. */
    async owner() {
      const device = await read("device", (store) => store.get("owner"));
      return device && device.mark && device.mark === (await mark()) ? device.owner : null;
    },
    async waiting(owner) {
      return (await read("waiting", (store) => store.getAll())).filter((item) => item.owner === owner);
    },
    item: (number) => read("waiting", (store) => store.get(number)),
    /* One more record that waits; with it, in one step, the tally that is counted after it. */
    async keep(owner, kind, values, next) {
      // Numbered here and by the clock, so that kept twice it is there once, in its turn.
      const number = Date.now() * 1000 + Math.floor(Math.random() * 1000);
      const item = { number, owner, kind, values, recorded_at: new Date().toISOString() };
      await writeWaiting((waiting, running) => {
        waiting.put(item);
        if (running) running.put(next);
      }, next ? ["running"] : []);
      return item;
    },
    change: (item) => writeWaiting((store) => store.put(item)),
    drop: (number) => writeWaiting((store) => store.delete(number)),
    running: (owner) => read("running", (store) => store.get(owner)),
    setRunning: (tally) => write(["running"], (store) => store.put(tally)),
    async purge(owner) {
      const numbers = (await this.waiting(owner)).map((item) => item.number);
      await writeWaiting((waiting, running, device) => {
        for (const number of numbers) waiting.delete(number);
        running.delete(owner);
        device.clear();
      }, ["running", "device"]);
    },
    /* Ask the browser not to forget; answers what is to be said of how long it remembers. */
    async lasting(asks = false) {
      const words = "A private window forgets it when it is closed";
      const store = navigator.storage || {};
      const answer = asks && store.persist ? store.persist() : store.persisted && store.persisted();
      const isSafe = await Promise.resolve(answer).catch(() => false);
      return isSafe ? `${words}.` : `${words}, Safari after seven days without a visit.`;
    },
  };
})();
