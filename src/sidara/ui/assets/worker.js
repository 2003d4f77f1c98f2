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
const ENTRY = /^(\/en)?\/isi\/[^/]+\/[^/]+\/[^/]+$/;
const BUNDLE = /^(\/en)?\/isi\/[^/]+\/[^/]+\/[^/]+\/paket\.json$/;
const SHELL = /^(\/en)?\/luring$/;

worker.addEventListener("install", (/** @type {any} */ event) => event.waitUntil(install()));
worker.addEventListener("activate", (/** @type {any} */ event) => event.waitUntil(activate()));
worker.addEventListener("fetch", (/** @type {any} */ event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== worker.location.origin) return;
  if (request.method === "POST" && url.pathname.endsWith(own.leave)) event.waitUntil(caches.delete(PAGES));
  if (request.method !== "GET") return;
  if (url.pathname.startsWith("/static/")) event.respondWith(asset(request));
  else if (BUNDLE.test(url.pathname) || SHELL.test(url.pathname) || TASKS.test(url.pathname)) event.respondWith(fresh(request, url));
  else if (request.mode === "navigate") event.respondWith(page(request, url));
});

async function install() {
  const cache = await caches.open(ASSETS);
  for (const name of own.assets) if (!(await cache.match(name))) await cache.add(name);
  await worker.skipWaiting();
}

async function activate() {
  await worker.clients.claim();
  const pages = await caches.open(PAGES);
  let isRenewed = true;
  for (const { url } of await pages.keys()) {
    const { pathname } = new URL(url);
    if (!SHELL.test(pathname) && !TASKS.test(pathname)) continue;
    try {
      const answer = await fetch(url, { credentials: "same-origin" });
      if (isGood(answer)) await pages.put(url, answer);
      else isRenewed = false;
    } catch {
      isRenewed = false;
    }
  }
  if (isRenewed) await prune(pages);
}

/** Drops the assets of older versions once no kept page asks for them. @param {Cache} pages */
async function prune(pages) {
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
 * Asks the server and keeps the answer; without a link, or with one that does not answer, gives what was kept.
 * @param {Request} request @param {URL} url
 */
async function fresh(request, url) {
  const pages = await caches.open(PAGES);
  const kept = await pages.match(request.url, { ignoreVary: true, ignoreSearch: TASKS.test(url.pathname) && !url.search });
  try {
    const answer = await asked(request, Boolean(kept));
    if (answer.status >= 500 && kept) return kept;
    if (isGood(answer)) await pages.put(request.url, answer.clone()).catch(() => undefined);
    return answer;
  } catch (fault) {
    if (kept) return kept;
    if (request.mode === "navigate") return shell(url, fault);
    throw fault;
  }
}

/** @param {Request} request @param {URL} url */
async function page(request, url) {
  const isEntry = ENTRY.test(url.pathname);
  try {
    const answer = await asked(request, isEntry);
    return answer.status >= 500 && isEntry ? await shell(url, answer) : answer;
  } catch (fault) {
    return shell(url, fault);
  }
}

/** The page that lays out any form from its kept bundle. @param {URL} url @param {unknown} otherwise */
async function shell(url, otherwise) {
  const name = url.pathname.startsWith("/en/") ? "/en/luring" : "/luring";
  const kept = await caches.match(name, { ignoreVary: true });
  if (kept) return kept;
  if (otherwise instanceof Response) return otherwise;
  throw otherwise;
}

/** @param {Request} request @param {boolean} isKept  whether there is something else to give */
function asked(request, isKept) {
  if (!isKept) return fetch(request);
  return Promise.race([
    fetch(request),
    new Promise((_, refuse) => void setTimeout(() => refuse(new Error("slow")), PATIENCE)),
  ]);
}
