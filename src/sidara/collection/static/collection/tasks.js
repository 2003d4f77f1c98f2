// The page of tasks: brings the open forms onto the device, says what waits there, and sends it.
// @ts-check
import { carriedOut, isWaiting } from "./acting.js";
import { Bundles } from "./bundles.js";
import { OneAtATime, PAGES, isLoggedIn, leftIfRevoked, ownPages, poster, registered, renewed, session, whileFree } from "./device.js";
import { fill, h, notice } from "./dom.js";
import { SealedDrafts } from "./drafts.js";
import { passed } from "./gate.js";
import { Drafts, submissionOf } from "./keep.js";
import { cellKey } from "./model.js";
import { Outbox, cellsOf } from "./outbox.js";
import { PinSection } from "./pin.js";
import { Sender } from "./send.js";
import { Vault } from "./vault.js";
import { watched } from "./watch.js";

/** @typedef {import("./keep.js").Waiting} Waiting */
/** @typedef {import("./dom.js").Words} Words */
/** @typedef {import("./send.js").Standing} Standing */

const AGAIN = 60_000;
/** Most cells that are named of one form. */
const MOST_TOLD = 10;

/** @param {HTMLElement} place */
async function start(place) {
  const board = new Board(place);
  const { vault, drafts, bundles, words } = board;
  await ownPages(vault.owner);
  const registering = registered();
  watched(vault, async () => true);
  await passed(vault, /** @type {HTMLElement} */ (place.closest("main > .container")), words);
  const pin = document.getElementById("pin");
  if (pin) new PinSection(pin, { vault, drafts, bundles, words }).show();
  if (vault.open) {
    await drafts.sealAll();
    await bundles.sealAll();
  }
  const again = () => {
    void leftIfRevoked(vault.owner, board.given.masuk);
    void board.send();
  };
  window.addEventListener("offline", () => void board.tell());
  window.addEventListener("focus", again);
  setInterval(again, AGAIN);
  window.addEventListener("online", again);
  const registration = await registering;
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
    this.vault = new Vault(this.given.pemilik);
    this.drafts = new SealedDrafts(this.vault);
    this.bundles = new Bundles(this.vault);
    this.login = { token: this.given.sandi };
    this.sending = new OneAtATime();
    this.isBringing = false;
    this.needsLogin = false;
    /** Whether the device is too full to note what was sent. */
    this.isFull = false;
    /** @type {Map<string, Standing>} how the last try ended, form by form */
    this.standings = new Map();
    /** @type {Set<string>} forms that were sent up from here since the page was opened */
    this.sent = new Set();
    /** Forms that are filled in on a device; who types from paper has none. */
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
        if (address.endsWith("/paket.json")) await this.bundles.keep(address, answer);
        else await (await caches.open(PAGES)).put(address, answer);
        done += 1;
        if (this.forms.length) this.ready.textContent = fill(words.bringing, { n: Math.max(0, done - 2), all: this.forms.length });
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

  /** Says how many forms lie on the device; nothing to who fills in none on it. */
  async count() {
    if (!this.forms.length) return;
    let n = 0;
    for (const one of this.forms) if (await caches.match(`${one.dataset.formulir}/paket.json`, { ignoreVary: true })) n += 1;
    this.ready.textContent = fill(this.words.ready, { n, all: this.forms.length });
  }

  /** Says what waits on this device, of this account and of others. */
  async tell() {
    const { words } = this;
    const waiting = await this.drafts.waiting().catch(() => []);
    const sealed = await this.vault.others().catch(() => new Map());
    const own = waiting.filter(({ owner, draft }) => owner === this.given.pemilik && !draft.decisions);
    for (const form of this.forms) {
      const name = submissionOf(form.dataset.formulir ?? "");
      const here = own.find(({ submission }) => submission === name);
      const mark = form.querySelector("[data-perangkat]");
      if (mark) mark.textContent = this.mark(name, here);
      // What the server said when the page came, and what to go on with, hold no longer once the form was sent here.
      const isSent = here ? isWaiting(here.draft.act) : this.sent.has(name);
      form.querySelector("[data-peladen]")?.toggleAttribute("hidden", isSent);
      document.querySelector(`[data-lanjut="${form.dataset.formulir}"]`)?.toggleAttribute("hidden", isSent);
    }
    const shown = new Set(this.forms.map((one) => submissionOf(one.dataset.formulir ?? "")));
    const notices = [];
    const unsent = own.filter((one) => sizeOf(one));
    const total = unsent.reduce((sum, one) => sum + sizeOf(one), 0);
    const text = this.needsLogin ? this.words.loginText : navigator.onLine ? this.words.waitingText : this.words.offlineText;
    if (total) {
      const hidden = unsent.filter(({ submission }) => !shown.has(submission));
      const links = hidden.length ? h("ul", {}, ...hidden.map(({ submission, draft }) => h("li", {}, h("a", { href: submission, lang: "id" }, draft.title ?? submission)))) : null;
      const login = this.needsLogin ? h("p", {}, h("a", { href: this.given.masuk }, this.words.loginLink)) : null;
      notices.push(notice(fill(this.words.waiting, { n: total, forms: unsent.length }), text, false, links, login));
    } else if (!navigator.onLine) notices.push(notice(this.words.offline, this.words.offlineTasks));
    else if (this.needsLogin && own.some(({ draft }) => isWaiting(draft.act))) notices.push(notice(this.words.actWaiting, this.words.loginText, false, h("p", {}, h("a", { href: this.given.masuk }, this.words.loginLink))));
    if (this.isFull) notices.push(notice(this.words.full, this.words.fullTasks, true));
    notices.push(...own.flatMap((one) => this.stuck(one)));
    notices.push(...own.filter(({ draft }) => draft.act?.faults.length).map((one) => this.held(one)));
    for (const [author, drafts] of byAuthor(waiting.filter((one) => one.owner !== this.given.pemilik && sizeOf(one)))) {
      const n = drafts.reduce((sum, one) => sum + sizeOf(one), 0);
      const take = h("button", { type: "button", class: "btn btn-outline", onclick: () => void this.send(drafts) }, fill(this.words.otherSend, { name: author }));
      notices.push(notice(fill(this.words.other, { n, name: author }), this.words.otherText, false, h("p", { class: "tombol-baris" }, take)));
    }
    for (const [name, n] of sealed) notices.push(notice(fill(words.pinOther, { n, name }), fill(words.pinOtherText, { name })));
    this.standing.replaceChildren(...notices);
  }

  /** @param {string} submission @param {Waiting | undefined} here */
  mark(submission, here) {
    const { words } = this;
    if (!here) return this.sent.has(submission) ? words.actDone : "";
    const size = sizeOf(here);
    const cells = size ? fill(words.here, { n: size }) : "";
    const refused = here.draft.outbox.refused?.length ? fill(words.refusedCells, { n: here.draft.outbox.refused.length }) : "";
    return [cells, refused, isWaiting(here.draft.act) && words.actWaiting, here.draft.act?.faults.length && words.actHeld].filter(Boolean).join(", ");
  }

  /** What the server does not take of a form: all of it, or cells, and why. @param {Waiting} waiting */
  stuck({ submission, draft }) {
    const { words } = this;
    const name = draft.title ?? submission;
    const link = () => h("p", {}, h("a", { href: submission }, fill(words.refusedLink, { form: name })));
    const standing = this.standings.get(submission);
    const told = [];
    if (standing === "refused") told.push(notice(`${words.refused}: ${name}`, words.refusedText, true, link()));
    if (standing === "denied") told.push(notice(`${words.denied}: ${name}`, words.deniedText, true));
    const cells = draft.outbox.refused ?? [];
    if (!cells.length) return told;
    const why = cells.slice(0, MOST_TOLD).map(([at, { message, remedy }]) => h("li", {}, `${draft.labels?.[cellKey(at).variable] ?? cellKey(at).variable}: ${message} ${remedy}`));
    return [...told, notice(`${fill(words.refusedCells, { n: cells.length })}: ${name}`, words.refusedCellsText, true, h("ul", { lang: "id" }, ...why), link())];
  }

  /** What the server refused to send up, and why. @param {Waiting} waiting */
  held({ submission, draft }) {
    const { words } = this;
    const why = (draft.act?.faults ?? []).map(({ message, remedy }) => h("li", {}, `${message} ${remedy}`));
    const name = draft.title ?? submission;
    return notice(`${words.actHeld}: ${name}`, words.actHeldText, true, h("ul", { lang: "id" }, ...why), h("p", {}, h("a", { href: `${submission}#periksa` }, fill(words.actMendLink, { form: name }))));
  }

  /** Sends what waits, form by form; one that is open elsewhere is sent there. @param {Waiting[]} [chosen]  of others, else the own */
  send(chosen) {
    return this.sending.run(() => this.sendThese(chosen), () => this.sendThese());
  }

  /** @param {Waiting[]} [chosen] */
  async sendThese(chosen) {
    try {
      if (this.vault.open) await this.drafts.sealAll();
      const every = chosen ?? (await this.drafts.waiting().catch(() => [])).filter(({ owner, draft }) => owner === this.given.pemilik && !draft.decisions);
      this.isFull = false;
      for (const one of every) {
        // One that cannot be read keeps no other one from being sent.
        await whileFree(`${one.owner}/${one.submission}`, () => this.one(one)).catch(() => this.ended(one.submission, "refused"));
      }
    } finally {
      await this.tell();
    }
  }

  /** @param {string} submission @param {Standing} standing */
  ended(submission, standing) {
    this.standings.set(submission, standing);
    this.needsLogin = standing === "login";
  }

  /** @param {Waiting} waiting */
  async one({ owner, submission }) {
    const drafts = owner === this.given.pemilik ? this.drafts : new Drafts(owner);
    const draft = await drafts.read(submission);
    if (!draft) return;
    const outbox = new Outbox(draft.outbox);
    let { state, act } = draft;
    const keep = async () => {
      try {
        await drafts.write(submission, { ...draft, outbox: outbox.kept(), state, act });
        return true;
      } catch {
        this.isFull = true;
        return false;
      }
    };
    const isMine = (/** @type {{owner: string}} */ one) => one.owner === this.given.pemilik;
    const sender = new Sender(outbox, {
      isOnce: true,
      filler: owner === this.given.pemilik ? "" : draft.author,
      keep,
      post: poster(`${submission}/simpan`, this.login, isMine),
      isIn: () => isLoggedIn(isMine),
      fault: { code: "CELL_NOT_TAKEN", message: this.words.notTaken, remedy: this.words.notTakenRemedy },
      say: (standing) => this.ended(submission, standing),
      take: (answer) => {
        outbox.answered(answer, cellsOf(state ?? { own: [] }));
        const { own, conflicts, locked } = answer.held;
        state = { own, conflicts, locked };
      },
    });
    await sender.run();
    if (outbox.size || !act || !isWaiting(act) || owner !== this.given.pemilik) return;
    const ending = await carriedOut(act, state, outbox, this.words, {
      session,
      isMine,
      post: poster(`${submission.replace("/isi/", "/kirim/")}/antrean`, this.login, isMine),
      keep: (now) => {
        act = now;
        return keep();
      },
    });
    this.needsLogin = ending === "login";
    if (ending !== "done") return;
    this.sent.add(submission);
    await this.bundles.renew(submission).catch(() => undefined);
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
