// The page of tasks: brings the open forms onto the device, says what waits there, and sends it.
// @ts-check
import { PAGES, ownPages, poster, registered, renewed, whileFree } from "./device.js";
import { fill, h, notice } from "./dom.js";
import { Drafts, submissionOf } from "./keep.js";
import { Outbox, cellsOf } from "./outbox.js";
import { Sender } from "./send.js";

/** @typedef {Awaited<ReturnType<Drafts["waiting"]>>[number]} Waiting */
/** @typedef {import("./dom.js").Words} Words */

const AGAIN = 60_000;

/** @param {HTMLElement} place */
async function start(place) {
  const board = new Board(place);
  await ownPages(board.given.pemilik);
  const again = () => void board.send();
  window.addEventListener("offline", () => void board.tell());
  window.addEventListener("focus", again);
  setInterval(again, AGAIN);
  window.addEventListener("online", again);
  const registration = await registered();
  window.addEventListener("online", () => {
    void registration?.update().catch(() => undefined);
    void board.bring(registration);
  });
  await board.tell();
  again();
  await board.bring(registration);
}

class Board {
  /** @param {HTMLElement} place */
  constructor(place) {
    this.given = /** @type {Record<string, string>} */ ({ ...place.dataset });
    /** @type {Words} */
    this.words = JSON.parse(this.given.kata);
    this.drafts = new Drafts(this.given.pemilik);
    this.held = { token: this.given.sandi };
    this.isSending = false;
    this.isBringing = false;
    /** Whether sending was asked for again while it ran. */
    this.isAsked = false;
    this.needsLogin = false;
    this.forms = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[data-formulir]")]);
    this.ready = h("p", { class: "small muted", role: "status" });
    this.standing = h("div");
    place.replaceChildren(this.standing, this.ready);
  }

  /** Brings form, rules and last values of every task onto the device. @param {ServiceWorkerRegistration | null} registration */
  async bring(registration) {
    const { words } = this;
    if (!registration || !("caches" in window)) {
      if (!("serviceWorker" in navigator)) this.ready.textContent = words.unable;
      else if (!navigator.onLine) await this.count();
      return;
    }
    if (this.isBringing) return;
    this.isBringing = true;
    let isWhole = false;
    try {
      isWhole = await this.bringAll();
    } finally {
      this.isBringing = false;
    }
    await renewed(registration);
    if (isWhole) registration.active?.postMessage("rapikan");
  }

  /** Brings shell, tasks and forms; says whether all of them came. */
  async bringAll() {
    const { words } = this;
    void navigator.storage?.persist?.();
    const addresses = [this.given.cangkang, window.location.href, ...this.forms.map((one) => `${one.dataset.formulir}/paket.json`)];
    let done = 0;
    for (const address of addresses) {
      try {
        const answer = await fetch(address, { cache: "reload" });
        if (!answer.ok || answer.redirected) continue;
        await (await caches.open(PAGES)).put(address, answer);
        done += 1;
        this.ready.textContent = fill(words.bringing, { n: Math.max(0, done - 2), all: this.forms.length });
      } catch (fault) {
        if (fault instanceof DOMException && fault.name === "QuotaExceededError") {
          this.ready.textContent = words.bringFull;
          return false;
        }
      }
    }
    await this.count();
    return done === addresses.length;
  }

  /** Says how many forms lie on the device. */
  async count() {
    let n = 0;
    for (const one of this.forms) if (await caches.match(`${one.dataset.formulir}/paket.json`, { ignoreVary: true })) n += 1;
    this.ready.textContent = fill(this.words.ready, { n, all: this.forms.length });
  }

  /** Says what waits on this device, of this account and of others. */
  async tell() {
    const waiting = await this.drafts.waiting().catch(() => []);
    const own = waiting.filter(({ owner }) => owner === this.given.pemilik);
    for (const form of this.forms) {
      const here = own.find(({ submission }) => submission === submissionOf(form.dataset.formulir ?? ""));
      const mark = form.querySelector("[data-perangkat]");
      if (mark) mark.textContent = here ? fill(this.words.here, { n: sizeOf(here) }) : "";
    }
    const shown = new Set(this.forms.map((one) => submissionOf(one.dataset.formulir ?? "")));
    const notices = [];
    const total = own.reduce((sum, one) => sum + sizeOf(one), 0);
    const text = this.needsLogin ? this.words.loginText : navigator.onLine ? this.words.waitingText : this.words.offlineText;
    if (total) {
      const hidden = own.filter(({ submission }) => !shown.has(submission));
      const links = hidden.length ? h("ul", {}, ...hidden.map(({ submission }) => h("li", {}, h("a", { href: submission }, submission)))) : null;
      const login = this.needsLogin ? h("p", {}, h("a", { href: this.given.masuk }, this.words.loginLink)) : null;
      notices.push(notice(fill(this.words.waiting, { n: total, forms: own.length }), text, false, links, login));
    } else if (!navigator.onLine) notices.push(notice(this.words.offline, this.words.offlineTasks));
    for (const [author, drafts] of byAuthor(waiting.filter(({ owner }) => owner !== this.given.pemilik))) {
      const n = drafts.reduce((sum, one) => sum + sizeOf(one), 0);
      const take = h("button", { type: "button", class: "btn btn-outline", onclick: () => void this.send(drafts) }, fill(this.words.otherSend, { name: author }));
      notices.push(notice(fill(this.words.other, { n, name: author }), this.words.otherText, false, h("p", { class: "tombol-baris" }, take)));
    }
    this.standing.replaceChildren(...notices);
  }

  /** Sends what waits, form by form; one that is open elsewhere is sent there. @param {Waiting[]} [chosen]  of others, else the own */
  async send(chosen) {
    if (this.isSending) {
      this.isAsked = true;
      return;
    }
    this.isSending = true;
    this.isAsked = false;
    try {
      const every = chosen ?? (await this.drafts.waiting().catch(() => [])).filter(({ owner }) => owner === this.given.pemilik);
      for (const one of every) await whileFree(`${one.owner}/${one.submission}`, () => this.one(one));
    } finally {
      this.isSending = false;
      await this.tell();
    }
    if (this.isAsked) await this.send();
  }

  /** @param {Waiting} waiting */
  async one({ owner, submission }) {
    const drafts = new Drafts(owner);
    const draft = await drafts.read(submission);
    if (!draft) return;
    const outbox = new Outbox(draft.outbox);
    let { state } = draft;
    const sender = new Sender(outbox, {
      isOnce: true,
      filler: owner === this.given.pemilik ? "" : draft.author,
      keep: () => drafts.write(submission, { ...draft, outbox: outbox.kept(), state }),
      post: poster(`${submission}/simpan`, this.held, (session) => session.owner === this.given.pemilik),
      say: (standing) => {
        this.needsLogin = standing === "login";
      },
      take: (answer) => {
        outbox.answered(answer, cellsOf(state ?? { own: [] }));
        const { own, conflicts, locked } = answer.held;
        state = { own, conflicts, locked };
      },
    });
    await sender.run();
  }
}

/** @param {Waiting} waiting */
const sizeOf = ({ draft }) => new Outbox(draft.outbox).size;

/** @param {Waiting[]} waiting @returns {Map<string, Waiting[]>} */
function byAuthor(waiting) {
  /** @type {Map<string, Waiting[]>} */
  const found = new Map();
  for (const one of waiting) found.set(one.draft.author, [...(found.get(one.draft.author) ?? []), one]);
  return found;
}

const root = document.getElementById("perangkat");
if (root) void start(root);
