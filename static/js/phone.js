/* What is kept on this phone until the server has it: numbers, codes and days, in IndexedDB.

   "waiting"  records not yet acknowledged, in the order they were made
   "running"  the tally that is being counted, one for each owner
   "device"   whose phone this is, by an opaque word, and when they signed in (as a digest) */

const phone = (() => {
  const NAME = "eitrack";
  const COOKIE = "kept_on_phone";
  let opened;

  const finished = (request) =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });

  function open() {
    if (!opened) {
      const request = indexedDB.open(NAME, 1);
      request.onupgradeneeded = () => {
        request.result.createObjectStore("waiting", { keyPath: "number", autoIncrement: true });
        request.result.createObjectStore("running", { keyPath: "owner" });
        request.result.createObjectStore("device", { keyPath: "what" });
      };
      opened = finished(request);
    }
    return opened;
  }

  async function read(name, method, ...words) {
    return finished((await open()).transaction(name).objectStore(name)[method](...words));
  }

  /* Resolves once the change is on the disk, not merely asked for. */
  async function write(name, method, ...words) {
    const change = (await open()).transaction(name, "readwrite", { durability: "strict" });
    const request = change.objectStore(name)[method](...words);
    await new Promise((resolve, reject) => {
      change.oncomplete = resolve;
      change.onerror = change.onabort = () => reject(change.error);
    });
    return request.result;
  }

  /* Pages of the server see by this that something waits here; it says no more than that. */
  async function tellPages() {
    const some = (await read("waiting", "count")) > 0;
    document.cookie = `${COOKIE}=1; path=/; samesite=lax; max-age=${some ? 60 * 86400 : 0}`;
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
      await write("device", "put", { what: "owner", owner, mark: await mark() });
    },
    /* Who signed in here last, as far as the phone can know; null when it was somebody else. */
    async owner() {
      const device = await read("device", "get", "owner");
      return device && device.mark && device.mark === (await mark()) ? device.owner : null;
    },
    async waiting(owner) {
      return (await read("waiting", "getAll")).filter((item) => item.owner === owner);
    },
    async keep(owner, kind, values) {
      const item = { owner, kind, values, recorded_at: new Date().toISOString() };
      await write("waiting", "add", item);
      await tellPages();
    },
    change: (item) => write("waiting", "put", item),
    async drop(number) {
      await write("waiting", "delete", number);
      await tellPages();
    },
    running: (owner) => read("running", "get", owner),
    setRunning: (tally) => write("running", "put", tally),
    async purge(owner) {
      for (const item of await this.waiting(owner)) await write("waiting", "delete", item.number);
      await write("running", "delete", owner);
      await write("device", "clear");
      await tellPages();
    },
  };
})();
