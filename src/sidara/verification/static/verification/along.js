// The queue of a verifier: taken along onto the device, what was decided there, what became of it.
// @ts-check
import { PAGES, leftIfRevoked, ownPages, registered, renewed } from "../../../collection/static/collection/device.js";
import { fill, h, notice } from "../../../collection/static/collection/dom.js";
import { passed } from "../../../collection/static/collection/gate.js";
import { PinSection } from "../../../collection/static/collection/pin.js";
import { watched } from "../../../collection/static/collection/watch.js";
import { isWaiting } from "./decisions.js";
import { Desk, OWN } from "./desk.js";

const AGAIN = 60_000;
/** Characters that are taken along at most; what is beyond waits for a link. */
const MOST = 20_000_000;

/** @param {HTMLElement} place */
async function start(place) {
  const desk = new Desk(/** @type {Record<string, string>} */ ({ ...place.dataset }));
  const queue = new Queue(place, desk);
  await ownPages(desk.owner);
  const registering = registered();
  watched(desk.vault, async () => true);
  await passed(desk.vault, /** @type {HTMLElement} */ (document.querySelector("main > .container")), desk.words);
  const pin = document.getElementById("pin");
  if (pin) new PinSection(pin, desk).show();
  if (desk.vault.open) {
    await desk.drafts.sealAll();
    await desk.bundles.sealAll();
  }
  const again = async () => {
    void leftIfRevoked(desk.owner, desk.given.masuk);
    await desk.send();
    await queue.tell();
  };
  window.addEventListener("online", () => void again());
  window.addEventListener("offline", () => void queue.tell());
  window.addEventListener("focus", () => void again());
  setInterval(() => void again(), AGAIN);
  queue.registration = await registering;
  await queue.tell();
  await again();
}

class Queue {
  /** @param {HTMLElement} place @param {Desk} desk */
  constructor(place, desk) {
    this.place = place;
    this.desk = desk;
    /** @type {ServiceWorkerRegistration | null} */
    this.registration = null;
    this.rows = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[data-kiriman]")]);
    this.standing = h("div");
    this.ready = h("p", { class: "small muted", role: "status" });
    this.button = h("button", { type: "button", class: "btn btn-outline", onclick: () => void this.take() }, desk.words.take);
    place.replaceChildren(this.standing, h("p", { class: "tombol-baris" }, this.button), this.ready);
    this.button.hidden = true;
  }

  /** Lays the queue on the device: shell, this page, and each submission of it. */
  async take() {
    const { desk } = this;
    const { words } = desk;
    this.button.disabled = true;
    void navigator.storage?.persist?.();
    let [size, isFull] = [0, false];
    try {
      const pages = await caches.open(PAGES);
      for (const address of [desk.given.cangkang, window.location.href]) {
        const answer = await fetch(address, { cache: "reload" });
        if (answer.ok && !answer.redirected) await pages.put(address, answer);
      }
      for (const [at, address] of this.addresses().entries()) {
        const answer = await fetch(`${address}/paket.json`, { cache: "reload" });
        if (!answer.ok || answer.redirected) continue;
        size += (await answer.clone().text()).length;
        if (size > MOST) break;
        await desk.bundles.keep(`${address}/paket.json`, answer);
        this.ready.textContent = fill(words.bringing, { n: at + 1, all: this.rows.length });
      }
      await this.tidy();
    } catch (fault) {
      isFull = fault instanceof DOMException && fault.name === "QuotaExceededError";
    }
    this.button.disabled = false;
    await this.tell();
    if (isFull) this.ready.textContent = words.bringFull;
    if (this.registration) await renewed(this.registration);
  }

  addresses() {
    return this.rows.map((one) => one.dataset.kiriman ?? "");
  }

  /** Takes off what waits no more, unless something is decided of it. */
  async tidy() {
    const wanted = new Set([...this.addresses(), ...(await this.desk.kept()).map(({ submission }) => submission)]);
    await this.desk.bundles.each(async (name, _, pages) => {
      const address = name.replace(/\/paket\.json$/, "");
      if (address.startsWith(OWN) && !wanted.has(address)) await pages.delete(name, { ignoreVary: true });
    });
  }

  /** Says what lies here, what waits, and what became of what was sent. */
  async tell() {
    const { desk } = this;
    const { words } = desk;
    const kept = await desk.kept();
    let here = 0;
    for (const row of this.rows) {
      const address = row.dataset.kiriman ?? "";
      const isHere = await desk.isHere(address);
      here += Number(isHere);
      const own = kept.find(({ submission }) => submission === address)?.decisions ?? [];
      const waiting = own.filter(isWaiting).length;
      const done = desk.results.filter((one) => one.submission === address && one.ending === "done").length;
      const mark = row.querySelector("[data-perangkat]");
      if (mark) mark.textContent = [waiting && fill(words.waitsHere, { n: waiting }), done && fill(words.sentNow, { n: done }), !isHere && !navigator.onLine && words.notHere].filter(Boolean).join(", ");
    }
    const total = kept.reduce((sum, { decisions }) => sum + decisions.filter(isWaiting).length, 0);
    const notices = [];
    if (desk.ending === "login" && total) notices.push(notice(fill(words.waiting, { n: total }), words.loginText, false, h("p", {}, h("a", { href: desk.given.masuk }, words.loginLink))));
    else if (total) notices.push(notice(fill(words.waiting, { n: total }), navigator.onLine ? words.waitingText : words.offlineText));
    else if (!navigator.onLine) notices.push(notice(words.offline, words.offlineQueue));
    const done = desk.results.filter(({ ending }) => ending === "done").length;
    if (done) notices.push(notice(fill(words.sent, { n: done }), words.sentText, false, h("p", {}, h("a", { href: window.location.href }, words.renew))));
    for (const { submission, title, decisions } of kept) {
      const refused = decisions.filter(({ faults }) => faults.length);
      if (!refused.length) continue;
      const why = refused.flatMap(({ faults }) => faults).map(({ message, remedy }) => h("li", {}, `${message} ${remedy}`));
      notices.push(notice(`${words.refused}: ${title}`, words.refusedText, true, h("ul", { lang: "id" }, ...why), h("p", {}, h("a", { href: pageOf(submission) }, fill(words.open, { form: title })))));
    }
    for (const [name, n] of await desk.others()) notices.push(notice(fill(words.other, { n, name }), fill(words.otherText, { name })));
    this.standing.replaceChildren(...notices);
    const isAble = "serviceWorker" in navigator && "caches" in window;
    this.button.hidden = !isAble || !this.rows.length || !navigator.onLine;
    if (!isAble) this.ready.textContent = words.unable;
    else if (this.rows.length) this.ready.textContent = here ? fill(words.ready, { n: here, all: this.rows.length }) : words.takeText;
  }
}

/** @param {string} submission  its address on the device @returns {string} that of its page */
const pageOf = (submission) => submission.replace(/\/([^/]+)$/, "?langkah=$1");

const root = document.getElementById("antrean-perangkat");
if (root) void start(root);
