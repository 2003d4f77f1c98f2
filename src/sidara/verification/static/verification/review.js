// One submission before a verifier: his buttons decide on the device, and what was decided is sent when there is a link.
// Without one the page is laid out from what was taken along (`luring/periksa`); it is the same page.
// @ts-check
import { leftIfRevoked, ownPages } from "../../../collection/static/collection/device.js";
import { fill, h, notice } from "../../../collection/static/collection/dom.js";
import { passed } from "../../../collection/static/collection/gate.js";
import { submissionOf } from "../../../collection/static/collection/keep.js";
import { watched } from "../../../collection/static/collection/watch.js";
import { decided, isRevocable, isWaiting, missing, standing } from "./decisions.js";
import { Desk } from "./desk.js";

/** @typedef {import("./decisions.js").Act} Act */
/** @typedef {import("./decisions.js").Decision} Decision */

const AGAIN = 30_000;
/** @type {Record<string, Act>} what the buttons of the page decide */
const ACTS = { tenang: "accept", terpilih: "accept", kembalikan: "return", "kembalikan-semua": "return-whole" };

/** @param {HTMLElement} place */
async function start(place) {
  const desk = new Desk(/** @type {Record<string, string>} */ ({ ...place.dataset }));
  await ownPages(desk.owner);
  watched(desk.vault, async () => true);
  await passed(desk.vault, container(), desk.words);
  const page = new Review(desk);
  if (desk.given.cangkang && !(await page.lay())) return;
  await page.listen();
  window.addEventListener("online", () => void page.send());
  window.addEventListener("offline", () => void page.tell());
  setInterval(() => void page.send(), AGAIN);
  await page.send();
  void leftIfRevoked(desk.owner, desk.given.masuk);
}

const container = () => /** @type {HTMLElement} */ (document.querySelector("main > .container"));

class Review {
  /** @param {Desk} desk */
  constructor(desk) {
    this.desk = desk;
    const step = new URLSearchParams(window.location.search).get("langkah") || desk.given.langkah;
    /** Under which address it is asked for and kept: the same in each language. */
    this.submission = submissionOf(`${window.location.pathname}/${step}`);
    this.standing = h("div", { id: "putusan" });
    /** @type {HTMLFormElement | null} */
    this.form = null;
    this.problem = "";
  }

  /** Lays the page out from what was taken along. @returns {Promise<boolean>} whether it lies here */
  async lay() {
    const found = await this.desk.bundles.read(this.submission).catch(() => null);
    if (!found) return false;
    const made = new DOMParser().parseFromString(found.html, "text/html").querySelector(".container");
    if (!made) return false;
    container().replaceWith(document.adoptNode(made));
    document.title = found.title;
    return true;
  }

  async listen() {
    this.form = document.querySelector("form[data-putusan]");
    container().querySelector(".judul")?.after(this.standing);
    this.form?.addEventListener("submit", (event) => void this.pressed(event));
    document.documentElement.dataset.siap = "ya";
    await this.tell();
  }

  /** @param {SubmitEvent} event */
  async pressed(event) {
    const button = /** @type {HTMLButtonElement | null} */ (event.submitter);
    const act = ACTS[button?.value ?? ""];
    if (button?.value && !act) return;
    event.preventDefault();
    if (!act || !this.form) return;
    const given = new FormData(this.form);
    const text = (/** @type {string} */ name) => String(given.get(name) ?? "");
    const quiet = /** @type {NodeListOf<HTMLInputElement>} */ (this.form.querySelectorAll("[data-tenang] input[name=sel]:enabled"));
    const cells = act === "return-whole" ? [] : button?.value === "tenang" ? [...quiet].map(({ value }) => value) : given.getAll("sel").map(String);
    const what = { act, cells, reason: act === "accept" ? "" : text("alasan"), note: act === "accept" ? "" : text("catatan"), due: act === "accept" ? "" : text("tanggal"), revision: Number(text("revisi")) };
    this.problem = missing(what, today(), this.desk.words);
    if (this.problem) {
      await this.tell();
      this.standing.scrollIntoView({ block: "center" });
      return;
    }
    const made = decided(what, navigator.onLine);
    const title = document.title.replace(/ – SIDARA.*$/, "");
    if (!(await this.desk.decide(this.submission, made, title))) {
      this.problem = this.desk.words.full;
      await this.tell();
      return;
    }
    const note = /** @type {HTMLTextAreaElement | null} */ (this.form.querySelector("[name=catatan]"));
    if (note && act !== "accept") note.value = "";
    await this.tell();
    await this.send();
  }

  /** Sends what waits; what is done is shown by the page as it stands then. */
  async send() {
    const { desk } = this;
    const before = desk.results.length;
    await desk.send();
    const own = desk.results.slice(before).filter(({ submission }) => submission === this.submission);
    if (own.some(({ ending }) => ending === "done") && navigator.onLine) {
      window.location.reload();
      return;
    }
    await this.tell();
  }

  /** Says what is decided and waits, and what could not be done; marks the cells of it. */
  async tell() {
    const { desk } = this;
    const { words } = desk;
    const decisions = await desk.decisions(this.submission).catch(() => /** @type {Decision[]} */ ([]));
    const notices = decisions.filter((one) => !one.isDone).map((one) => this.told(one));
    if (this.problem) notices.unshift(notice(words.notYet, this.problem, true));
    if (desk.ending === "login" && decisions.some(isWaiting)) notices.push(notice(words.login, words.loginText, false, h("p", {}, h("a", { href: desk.given.masuk }, words.loginLink))));
    else if (!navigator.onLine) notices.push(notice(words.offline, words.offlineText));
    this.standing.replaceChildren(...notices);
    this.mark(decisions);
  }

  /** @param {Decision} one */
  told(one) {
    const { words } = this.desk;
    const drop = (/** @type {string} */ label) =>
      h("p", { class: "tombol-baris mb0" }, h("button", { type: "button", class: "btn btn-outline", onclick: () => void this.drop(one) }, label));
    const named = fill(words[one.act], { n: one.cells.length });
    if (one.faults.length) {
      const why = one.faults.map(({ message, remedy }) => h("li", {}, `${message} ${remedy}`));
      return notice(`${words.refused}: ${named}`, words.refusedText, true, h("ul", { lang: "id" }, ...why), drop(words.dismiss));
    }
    return notice(`${named}: ${words.waits}`, one.isSent ? words.waitsSent : words.waitsText, false, isRevocable(one) && drop(words.revoke));
  }

  /** @param {Decision} one */
  async drop(one) {
    await this.desk.drop(this.submission, ({ id, faults, ...rest }) => id === one.id && (faults.length > 0 || isRevocable({ ...rest, id, faults })));
    await this.tell();
  }

  /** Locks the cells of what is decided, so that nobody decides them twice. @param {Decision[]} decisions */
  mark(decisions) {
    const { words } = this.desk;
    const { cells, whole } = standing(decisions);
    const boxes = /** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll("form[data-putusan] input[name=sel]"));
    for (const box of boxes) {
      const one = whole ?? cells.get(box.value);
      box.disabled = Boolean(one);
      box.checked &&= !one;
      const label = box.closest("label");
      label?.querySelector(".tanda")?.remove();
      if (one) label?.append(" ", h("span", { class: "tanda tanda--kabar" }, one.act === "accept" ? words.accepted : words.returned));
    }
    const left = document.querySelectorAll("[data-tenang] input[name=sel]:enabled").length;
    const quiet = /** @type {HTMLButtonElement | null} */ (document.querySelector("form[data-putusan] button[value=tenang]"));
    if (quiet) {
      quiet.textContent = fill(words.acceptQuiet, { n: left });
      quiet.hidden = !left;
    }
    for (const button of /** @type {NodeListOf<HTMLButtonElement>} */ (document.querySelectorAll("form[data-putusan] button[name=aksi]"))) {
      if (ACTS[button.value]) button.disabled = Boolean(whole);
    }
  }
}

/** @returns {string} the day of this device, as `2026-07-03` */
const today = () => {
  const now = new Date();
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
};

const root = document.getElementById("pemeriksa");
if (root) void start(root);
