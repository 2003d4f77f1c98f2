// What the web pages of entry share: the service worker, whose device it is, the log-in, one tab a form.
// @ts-check

/** The cache of pages and bundles, as `ui/assets/worker.js` names it. */
export const PAGES = "sidara-halaman";
/** Where the cache notes whose pages it holds. */
const OWNER = "/luring/pemilik";
/** Where the server says of which accounts this browser is a revoked device. */
const HERE = "/masuk/perangkat";
/** How long a form waits for another tab of it to close, milliseconds. */
const PATIENCE = 3000;

/** @typedef {{owner: string, name: string, token: string}} Session */

/**
 * Registers the service worker; `null` where the browser has none (an address without https).
 * @returns {Promise<ServiceWorkerRegistration | null>}
 */
export async function registered() {
  if (!("serviceWorker" in navigator)) return null;
  void claimed(navigator.serviceWorker);
  try {
    return await navigator.serviceWorker.register("/pekerja.js", { scope: "/", updateViaCache: "none" });
  } catch {
    return null; // Without a link the worker that is there goes on.
  }
}

/**
 * Has a page that came past the worker taken by it (`ambil`): one that was asked for while the worker was being
 * installed, or loaded anew past the cache.
 * @param {ServiceWorkerContainer} workers
 */
async function claimed(workers) {
  const { active } = await workers.ready;
  if (!workers.controller) active?.postMessage("ambil");
}

/**
 * Lets a newer worker that has all its files take over; call it while nothing is under way through the older one.
 * @param {ServiceWorkerRegistration} registration
 */
export async function renewed(registration) {
  const coming = registration.installing;
  if (coming) await new Promise((done) => coming.addEventListener("statechange", done, { once: true }));
  const { waiting } = registration;
  if (!waiting) return;
  const taken = new Promise((done) => waiting.addEventListener("statechange", () => waiting.state === "activated" && done(true)));
  waiting.postMessage("ganti");
  await taken;
}

/**
 * Makes sure that no pages of another account lie in the cache; those of a cached page are its own.
 * @param {string} owner
 */
export async function ownPages(owner) {
  if (!("caches" in window)) return;
  try {
    const kept = await caches.match(OWNER);
    if (kept && (await kept.text()) === owner) return;
    if (!navigator.onLine) return;
    await caches.delete(PAGES);
    const pages = await caches.open(PAGES);
    await pages.put(OWNER, new Response(owner));
  } catch {
    // A full device keeps no pages; what is typed has its own place.
  }
}

/** @returns {Promise<Session | null>} who is logged in; `null` where nobody is @throws without a link */
export async function session() {
  // Where nobody is logged in, the log-in page must not be fetched on the side: it would get its form a token of its own.
  const asked = { headers: { accept: "application/json" }, cache: "no-store", redirect: "manual" };
  const answer = await fetch("/luring/masuk.json", /** @type {RequestInit} */ (asked));
  if (answer.status >= 500) throw new Error(String(answer.status));
  return answer.ok ? answer.json() : null;
}

/**
 * Whether somebody is logged in who may send here.
 * @param {(session: Session) => boolean} isMine @throws without a link
 */
export async function isLoggedIn(isMine) {
  const now = await session();
  return Boolean(now && isMine(now));
}

/**
 * Makes what posts messages to an address. Where the token is too old (somebody logged in again) it takes a new one once.
 * @param {string} address @param {{token: string}} held @param {(session: Session) => boolean} isMine  whether it may send under this log-in
 * @returns {(body: string) => Promise<Response>}
 */
export function poster(address, held, isMine) {
  const post = (/** @type {string} */ body) =>
    fetch(address, { method: "POST", headers: { "content-type": "application/json", "x-csrftoken": held.token }, body });
  return async (body) => {
    const answer = await post(body);
    if (answer.status !== 403 && !answer.redirected) return answer;
    const now = await session();
    if (!now || !isMine(now) || now.token === held.token) return answer;
    held.token = now.token;
    return post(body);
  };
}

/**
 * Takes a form for this tab alone, as long as it is open: two tabs would write over each other's drafts.
 * @param {string} key @param {number} [patience] @returns {Promise<boolean>}
 */
export function alone(key, patience = PATIENCE) {
  if (!navigator.locks) return Promise.resolve(true);
  const waiting = new AbortController();
  const timer = setTimeout(() => waiting.abort(), patience);
  return new Promise((take) => {
    navigator.locks
      .request(`isian:${key}`, { signal: waiting.signal }, () => {
        clearTimeout(timer);
        take(true);
        return new Promise(() => undefined);
      })
      .catch(() => take(false));
  });
}

/**
 * Does something with a form that no tab has open; leaves it to the tab that has.
 * @param {string} key @param {() => Promise<void>} work @param {number} [patience]  how long the other tab is waited for @throws when that was too long
 */
export async function whileFree(key, work, patience = 0) {
  if (!navigator.locks) return work();
  if (patience) return navigator.locks.request(`isian:${key}`, { signal: AbortSignal.timeout(patience) }, work);
  return navigator.locks.request(`isian:${key}`, { ifAvailable: true }, async (lock) => {
    if (lock) await work();
  });
}

/** Work of which one run is under way at a time; who asks meanwhile has it run once more after that. */
export class OneAtATime {
  isRunning = false;
  isAsked = false;

  /** @param {() => Promise<void>} work @param {() => Promise<void>} [again]  what runs after it where somebody asked meanwhile */
  async run(work, again = work) {
    if (this.isRunning) {
      this.isAsked = true;
      return;
    }
    this.isRunning = true;
    this.isAsked = false;
    try {
      await work();
    } finally {
      this.isRunning = false;
    }
    if (this.isAsked) await this.run(again);
  }
}

/** @returns {Promise<string>} of which account pages lie in the cache; empty where that is not noted */
export async function keptOwner() {
  return (await (await caches.match(OWNER))?.text()) ?? "";
}

/**
 * Leaves for the page of log-in where this device was revoked: that page says so, and takes off what lies here.
 * @param {string} owner @param {string} login  its address @param {() => Promise<boolean>} [settled]  writes down what is on the screen; where the disk does not take it, the page stays
 */
export async function leftIfRevoked(owner, login, settled = async () => true) {
  try {
    const answer = await fetch(HERE, { headers: { accept: "application/json" }, cache: "no-store" });
    const { revoked } = await answer.json();
    if (revoked.includes(owner) && (await settled())) window.location.assign(login);
  } catch {
    // Without a link nothing is known; it is asked again when there is one.
  }
}
