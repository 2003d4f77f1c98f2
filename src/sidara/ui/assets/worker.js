// The service worker: gives the pages of entry without a link. It only keeps files; what people type lies in IndexedDB.
// `self.sidara` (assets with their hashed names, version, addresses) is written before this script by `web/offline_views.py`.
// Assets are named by their content, so old and new ones lie side by side and an update breaks no open page.
// @ts-check

/** @type {any} */
const worker = self;
/** @type {{version: string, assets: string[], leave: string}} */
const own = worker.sidara;
const ASSETS = "sidara-aset";
const PAGES = "sidara-halaman";
/** How long an answer is waited for where one is kept. */
const PATIENCE = 6000;
const TASKS = /^(\/en)?\/tugas$/;
const ENTRY = /^(\/en)?\/(isi|kirim)\/[^/]+\/[^/]+\/[^/]+$/;
const REVIEW = /^(\/en)?\/periksa\/[^/]+\/[^/]+\/[^/]+$/;
const QUEUE = /^(\/en)?\/periksa$/;
const BUNDLE = /^(\/en)?\/(isi\/[^/]+\/[^/]+\/[^/]+|periksa\/[^/]+\/[^/]+\/[^/]+\/[^/]+)\/paket\.json$/;
const SHELL = /^(\/en)?\/luring(\/periksa)?$/;

worker.addEventListener("install", (/** @type {any} */ event) => event.waitUntil(install()));
worker.addEventListener("activate", (/** @type {any} */ event) => event.waitUntil(worker.clients.claim()));
worker.addEventListener("message", (/** @type {any} */ event) => {
  if (event.data === "rapikan") event.waitUntil(prune());
  if (event.data === "ganti") event.waitUntil(worker.skipWaiting());
  if (event.data === "ambil") event.waitUntil(worker.clients.claim());
  if (event.data === "segel") event.ports[0].postMessage("ya");
});
worker.addEventListener("fetch", (/** @type {any} */ event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== worker.location.origin) return;
  if (request.method === "POST" && url.pathname.endsWith(own.leave)) event.waitUntil(caches.delete(PAGES));
  if (request.method !== "GET") return;
  if (url.pathname.startsWith("/static/")) event.respondWith(asset(request));
  else if (BUNDLE.test(url.pathname) || SHELL.test(url.pathname) || TASKS.test(url.pathname) || QUEUE.test(url.pathname)) event.respondWith(fresh(event, url));
  else if (request.mode === "navigate") event.respondWith(page(request, url));
});

/** A newer worker waits until the page of tasks calls it (`ganti`) or no page is open: a page asked of a worker that is just leaving never comes. */
async function install() {
  const cache = await caches.open(ASSETS);
  for (const name of own.assets) if (!(await cache.match(name))) await cache.add(name);
}

/** Drops the assets of older versions that no kept page asks for; the page of tasks asks for it when it has renewed them. */
async function prune() {
  const pages = await caches.open(PAGES);
  const texts = await Promise.all((await pages.matchAll()).map((one) => one.text()));
  const cache = await caches.open(ASSETS);
  for (const request of await cache.keys()) {
    const { pathname } = new URL(request.url);
    if (!own.assets.includes(pathname) && !texts.some((text) => text.includes(pathname))) await cache.delete(request);
  }
}

/** @param {Response} answer */
const isGood = (answer) => answer.ok && !answer.redirected && answer.type === "basic";

/** @param {Request} request */
async function asset(request) {
  return (await caches.match(request.url, { ignoreVary: true })) ?? fetch(request);
}

/**
 * Asks the server and keeps the answer; without a link, or with a slow one, gives what was kept. A slow answer is
 * still kept when it comes. A bundle is kept by the page that asked: where a PIN is set it lies sealed, and only pages
 * have the key (`collection/static/collection/bundles.js`); they ask by `segel` whether this worker knows. Who asks with `reload` waits for the server, so that requests do not pile up.
 * @param {any} event @param {URL} url
 */
async function fresh(event, url) {
  const { request } = event;
  const pages = await caches.open(PAGES);
  const isAny = QUEUE.test(url.pathname) || (TASKS.test(url.pathname) && !url.search);
  const kept = (await pages.match(request.url, { ignoreVary: true })) ?? (isAny ? await pages.match(request.url, { ignoreVary: true, ignoreSearch: true }) : undefined);
  const asking = fetch(request).then(async (answer) => {
    if (isGood(answer) && !BUNDLE.test(url.pathname)) await pages.put(request.url, answer.clone()).catch(() => undefined);
    return answer;
  });
  event.waitUntil(asking.catch(() => undefined));
  try {
    const answer = await (kept && request.cache !== "reload" ? inTime(asking) : asking);
    return answer.status >= 500 && kept ? kept : answer;
  } catch (fault) {
    if (kept) return kept;
    if (request.mode === "navigate") return shell(url, fault);
    throw fault;
  }
}

/** @param {Request} request @param {URL} url */
async function page(request, url) {
  const isEntry = ENTRY.test(url.pathname) || REVIEW.test(url.pathname);
  const ending = new AbortController();
  try {
    const asking = fetch(request, { signal: ending.signal });
    const answer = await (isEntry ? inTime(asking) : asking);
    return answer.status >= 500 && isEntry ? await shell(url, answer) : answer;
  } catch (fault) {
    ending.abort();
    return shell(url, fault);
  }
}

/** @template T @param {Promise<T>} asking @returns {Promise<T>} the same, given up after a while */
const inTime = (asking) =>
  Promise.race([asking, new Promise((_, refuse) => void setTimeout(() => refuse(new Error("slow")), PATIENCE))]);

/** The page that lays out any form, or any submission before a verifier, from its kept bundle. @param {URL} url @param {unknown} otherwise */
async function shell(url, otherwise) {
  const name = `${url.pathname.startsWith("/en/") ? "/en" : ""}/luring${REVIEW.test(url.pathname) ? "/periksa" : ""}`;
  const kept = await caches.match(name, { ignoreVary: true });
  if (kept) return kept;
  if (otherwise instanceof Response) return otherwise;
  throw otherwise;
}
