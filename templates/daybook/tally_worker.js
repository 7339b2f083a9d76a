/* Keeps two pages for when there is no signal: the tally, and the one that leads there from Today
   and Week. They carry nobody's name; of all other pages nothing is kept. */

const CACHE = "tally-{{ version }}";
const PAGE = "{{ page }}";
const NO_SIGNAL = "{{ no_signal }}";
const FILES = [{% for file in files %}"{{ file }}"{% if not forloop.last %}, {% endif %}{% endfor %}];
const PATIENCE = 4000;

// Tally, Today and Week have a worker each; the first to come keeps the pages for all of them.
self.addEventListener("install", (event) =>
  event.waitUntil(navigator.locks.request("tally-keep", keep).then(() => self.skipWaiting())),
);

self.addEventListener("activate", (event) => event.waitUntil(begin()));

self.addEventListener("fetch", (event) => {
  const { pathname, origin } = new URL(event.request.url);
  if (event.request.method !== "GET" || origin !== self.location.origin) return;
  if (event.request.mode !== "navigate") {
    if (FILES.includes(pathname)) event.respondWith(file(event.request, pathname));
  } else if (pathname === PAGE) {
    event.respondWith(page(event));
  } else if (pathname !== NO_SIGNAL) {
    event.respondWith(answerTo(event).catch((error) => keptPage(NO_SIGNAL).then((kept) => kept || Promise.reject(error))));
  }
});

const keptPage = async (name) => (await caches.open(CACHE)).match(name, { ignoreVary: true });

async function keep() {
  if (await keptPage(PAGE)) return;
  const cache = await caches.open(CACHE);
  const answers = await Promise.all([NO_SIGNAL, PAGE].map((name) => fetch(name, { redirect: "error", cache: "no-store" })));
  if (!answers.every((answer) => answer.ok)) throw new Error("The tally cannot be kept now.");
  await cache.addAll(FILES);
  await cache.put(NO_SIGNAL, answers[0]);
  await cache.put(PAGE, answers[1]);
}

async function begin() {
  // The page is on its way while the worker wakes up, so that it costs no time.
  if (self.registration.navigationPreload) await self.registration.navigationPreload.enable();
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith("tally-") && name !== CACHE).map((name) => caches.delete(name)));
  await self.clients.claim();
}

const answerTo = async (event) => (await event.preloadResponse) || fetch(event.request);

/* The page from the server, so that its lists are fresh; the kept one when that takes too long. */
async function page(event) {
  const kept = await keptPage(PAGE);
  try {
    const answer = await (kept ? Promise.race([answerTo(event), tooLate()]) : answerTo(event));
    if (answer.status >= 500 && kept) return kept;
    if (answer.ok && answer.type === "basic" && !answer.redirected) await (await caches.open(CACHE)).put(PAGE, answer.clone());
    return answer;
  } catch (error) {
    if (kept) return kept;
    throw error;
  }
}

const file = async (request, pathname) => (await keptPage(pathname)) || fetch(request);

function tooLate() {
  return new Promise((resolve, reject) => setTimeout(() => reject(new Error("No answer in time.")), PATIENCE));
}
