/* Keeps one page, the tally, for when there is no signal: it carries nobody's name. */

const CACHE = "tally-{{ version }}";
const PAGE = "{{ page }}";
const FILES = [{% for file in files %}"{{ file }}"{% if not forloop.last %}, {% endif %}{% endfor %}];
const PATIENCE = 4000;

self.addEventListener("install", (event) => event.waitUntil(keep().then(() => self.skipWaiting())));

self.addEventListener("activate", (event) => event.waitUntil(forgetOlder().then(() => self.clients.claim())));

self.addEventListener("fetch", (event) => {
  const { pathname, origin } = new URL(event.request.url);
  if (event.request.method !== "GET" || origin !== self.location.origin) return;
  if (event.request.mode === "navigate" && pathname === PAGE) event.respondWith(page(event.request));
  else if (FILES.includes(pathname)) event.respondWith(file(event.request, pathname));
});

async function keep() {
  const cache = await caches.open(CACHE);
  const answer = await fetch(PAGE, { redirect: "error", cache: "no-store" });
  if (!answer.ok) throw new Error("The tally cannot be kept now.");
  await cache.addAll(FILES);
  await cache.put(PAGE, answer);
}

async function forgetOlder() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith("tally-") && name !== CACHE).map((name) => caches.delete(name)));
}

/* The page from the server, so that its lists are fresh; the kept one when that takes too long. */
async function page(request) {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(PAGE, { ignoreVary: true });
  try {
    const answer = await (kept ? Promise.race([fetch(request), tooLate()]) : fetch(request));
    if (answer.status >= 500 && kept) return kept;
    if (answer.ok && answer.type === "basic" && !answer.redirected) await cache.put(PAGE, answer.clone());
    return answer;
  } catch (error) {
    if (kept) return kept;
    throw error;
  }
}

async function file(request, pathname) {
  const kept = await (await caches.open(CACHE)).match(pathname, { ignoreVary: true });
  return kept || fetch(request);
}

function tooLate() {
  return new Promise((resolve, reject) => setTimeout(() => reject(new Error("No answer in time.")), PATIENCE));
}
