// The page of a form: sections, the bar of saving, findings, conflicts; changes go to the model and the outbox.
// What sends and keeps is given to it, so that the same view serves with a server, without a link, and as a file.
// @ts-check
import { deciding, explaining } from "./beside.js";
import { told } from "./control.js";
import { fill, h, icon, idOf, notice } from "./dom.js";
import { count } from "./figures.js";
import { NOT_FILLED, isExplained, judge, together } from "./judge.js";
import { cellKey, cellName, isSame } from "./model.js";
import { Offers, offering, offeringAll } from "./offers.js";
import { notices, panel } from "./panel.js";
import { list } from "./rows.js";
import { section } from "./section.js";
import { EMPTY, PERSONAL, TOTAL, keyOf } from "./shapes.js";
import { REVIEW } from "./walk.js";

/** @typedef {import("./control.js").Control} Control */
/** @typedef {import("./dom.js").Words} Words */
/** @typedef {import("./model.js").CellKey} CellKey */
/** @typedef {import("./model.js").Model} Model */
/** @typedef {import("./outbox.js").Outbox} Outbox */
/** @typedef {import("./send.js").Standing} Standing */
/** @typedef {import("./shapes.js").Cell} Cell */
/** @typedef {import("./shapes.js").Finding} Finding */
/** @typedef {import("./shapes.js").Question} Question */
/**
 * @typedef {object} Place  a cell on the page
 * @property {CellKey} key
 * @property {Question} question
 * @property {HTMLElement} box
 * @property {HTMLElement} said
 * @property {(cell: Cell) => void} show
 * @property {Control} [control]
 * @property {HTMLElement} [mark]
 * @property {(why: string) => void} [skip]  hides the field and says why; an empty text shows it
 * @property {string} [label]
 * @property {HTMLElement} [offered]  where stands what other sources offer
 * @property {HTMLElement} [line]  where cells of a grid are told; hidden while nothing is
 */
/** @typedef {{code: string, rule: string, severity: string, message: string, remedy: string, name: string}} Told */
/** @typedef {{keep: () => Promise<unknown>, send: () => void, leave?: () => void, review?: (view: View) => void}} Doors  `leave` takes the place of looking the form over, `review` lays it over on the device */

const SOON = 250;

export class View {
  /**
   * @param {HTMLElement} root @param {Model} model @param {Outbox} outbox @param {Words} words
   * @param {{tasks: string, tasksName: string, look?: string, login: string, told: Told[], closed?: string, periods?: [string, string], offers?: import("./shapes.js").Offered}} site  without `tasks` nothing leads away
   * @param {Doors} doors
   */
  constructor(root, model, outbox, words, site, doors) {
    this.root = root;
    this.model = model;
    this.outbox = outbox;
    this.words = words;
    this.site = site;
    this.doors = doors;
    this.asked = model.asked;
    this.isReadonly = model.held.readonly;
    /** @type {Map<string, string[]>} rows that were added and hold nothing yet */
    this.freshRows = new Map();
    /** @type {Map<string, Place>} */
    this.places = new Map();
    /** @type {{name: string, codes: string[], list: string}[]} */
    this.sections = [
      ...this.asked.sections.map(({ name, questions }) => ({ name, codes: questions, list: "" })),
      ...Object.entries(this.asked.lists).filter(([code]) => model.concerns(code)).map(([code, one]) => ({ name: one.name, codes: [], list: code })),
    ];
    this.at = 0;
    this.offers = new Offers(site.offers);
    /** @type {Map<string, string>} the origin of each cell that was taken over here, as long as nobody types over it */
    this.taken = new Map();
    /** @type {Set<string>} cells that were changed here since the page was opened */
    this.touched = new Set();
    /** @type {Map<string, {text: string, fault: string}>} what was typed and is no answer, by cell: it stays on the device */
    this.unread = new Map();
    /** @type {Standing} */
    this.standing = "idle";
    /** Whether the newest change is still being written to the disk; until then nothing says that it is there. */
    this.isWriting = false;
    /** Whether the device could not take the newest change. */
    this.isFull = false;
    /** Whether the form is to be looked over as soon as nothing waits here. */
    this.isLeaving = false;
    /** @type {[string, string][]} what else is to be told above the form: a heading and its text */
    this.told = [];
    this.storedAt = "";
    /** What the notices say. */
    this.said = "";
    this.settled = model.settled();
    /** @type {Finding[]} */
    this.findings = [];
    /** @type {Finding[]} with what is not filled in yet */
    this.judged = [];
    this.timer = 0;
    this.frame();
  }

  frame() {
    const { words, site, asked, model } = this;
    this.status = h("p", { role: "status", class: "keadaan" });
    this.notice = h("div");
    this.nav = h("nav", { "aria-label": words.sections });
    this.panel = h("div");
    this.title = h("h1", { tabindex: "-1" });
    this.body = h("div");
    this.bar = h("div");
    this.foot = h("div", { class: "container" });
    this.root.replaceChildren(
      h("section", { class: "palang", "aria-label": words.state }, h("div", { class: "container" }, h("span", { class: "palang__judul" }, h("span", { lang: "id" }, asked.name), `, ${site.periods?.[0] ?? asked.period}`), this.status)),
      h("div", { class: "container" },
        h("div", { class: "judul" }, h("p", { class: "judul__atas" }, site.tasks ? h("a", { href: site.tasks }, site.tasksName) : site.tasksName, `, ${model.held.region.name}`), this.title),
        this.notice,
        h("div", { class: "isi-tata" }, this.nav, h("form", { novalidate: true, onsubmit: (/** @type {Event} */ event) => event.preventDefault() }, this.panel, this.body))),
      h("div", { class: "kaki-aksi" }, this.foot),
    );
    this.body.addEventListener("input", (/** @type {Event} */ event) => this.typing(event, false));
    this.body.addEventListener("change", (/** @type {Event} */ event) => this.typing(event, true));
  }

  /** @param {Place} place */
  register(place) {
    this.places.set(cellName(place.key), place);
  }

  /** Whether the form is looked over: the page after the last section. */
  get isReviewing() {
    return this.at === this.sections.length;
  }

  /** The cells whose text is no answer, of those that are asked. */
  get unreadNames() {
    return [...this.unread.keys()].filter((name) => this.cellOf(cellKey(name)).state !== "tidak_berlaku" && !(name in this.settled.undecided));
  }

  /** Takes up what was typed before the page was left and is no answer. @param {[string, {text: string, fault: string}][] | undefined} unread */
  takeUp(unread) {
    for (const [name, one] of unread ?? []) if (this.model.question(cellKey(name)) && this.isOpen(cellKey(name))) this.unread.set(name, one);
  }

  /** @param {CellKey} key */
  isOpen(key) {
    const name = cellName(key);
    return !this.isReadonly && !this.model.held.locked.some(([row, variable, breakdown]) => cellName({ row, variable, breakdown }) === name);
  }

  /** @param {number} at */
  open(at) {
    this.at = Math.max(0, Math.min(at, this.sections.length - (this.doors.review ? 0 : 1)));
    this.places.clear();
    this.body.replaceChildren();
    if (this.isReviewing) {
      this.title.replaceChildren(this.words.look);
      this.settle();
      return;
    }
    const { name, codes, list: own } = this.sections[this.at];
    this.title.replaceChildren(...parts(fill(this.words.section, { n: this.at + 1, name: "\u0000" }), h("span", { lang: "id" }, name)));
    delete this.bar.dataset.isi;
    this.body.replaceChildren(this.bar, own ? list(this, own) : section(this, codes));
    for (const [name, place] of this.places) {
      place.show(this.cellOf(place.key));
      const unread = this.unread.get(name);
      if (unread) place.control?.write?.(unread.text);
    }
    this.settle();
  }

  /** @param {CellKey} key what the cell says, computed ones included */
  cellOf(key) {
    if (!key.row) return this.settled.cells[keyOf(key.variable, key.breakdown, this.asked.period)] ?? EMPTY;
    for (const code of Object.keys(this.asked.lists)) {
      const row = this.settled.lists[`${code}@${this.asked.period}`]?.rows.find(({ id }) => id === key.row);
      if (row && key.variable in this.asked.lists[code].columns) return row.cells[key.variable] ?? EMPTY;
    }
    return this.model.cell(key);
  }

  /** @param {Event} event @param {boolean} isDone */
  typing(event, isDone) {
    const target = /** @type {Node} */ (event.target);
    const place = [...this.places.values()].find(({ control }) => control?.element.contains(target));
    if (!place?.control) return;
    const found = place.control.read();
    if ("cell" in found) this.edit(place, found.cell, isDone);
    else {
      this.unread.set(cellName(place.key), found);
      if (isDone) {
        this.settle();
        void this.doors.keep();
      }
    }
    if (isDone && "cell" in found) place.control.show(found.cell);
  }

  /** @param {Place} place @param {Cell} cell @param {boolean} isDone */
  edit(place, cell, isDone) {
    const old = this.model.cell(place.key);
    const next = { ...cell, explanation: old.explanation ?? "" };
    const wasUnread = this.unread.delete(cellName(place.key));
    const isChanged = !isSame(old, next);
    if (isChanged) this.change(place.key, next);
    else if (wasUnread) void this.doors.keep();
    if ((isChanged || wasUnread) && !place.control?.element.contains(document.activeElement)) place.show(next);
    if (isDone) {
      this.settle();
      this.send();
    } else this.soon();
  }

  /** @param {CellKey} key @param {Cell} cell */
  change(key, cell) {
    this.model.put(key, cell);
    this.outbox.changed(key, cell, new Date().toISOString());
    this.touched.add(cellName(key));
    if (cell.origin) this.taken.set(cellName(key), cell.origin);
    else this.taken.delete(cellName(key));
    void this.doors.keep();
  }

  /** @param {CellKey} key @param {Cell} cell  of a list or a row itself: the list is laid out anew */
  editList(key, cell) {
    this.change(key, cell);
    if (key.row) for (const name of this.unread.keys()) if (cellKey(name).row === key.row) this.unread.delete(name); // Its row was taken away or brought back.
    this.open(this.at);
    this.send();
  }

  soon() {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.settle(), SOON);
  }

  send() {
    this.doors.send();
  }

  /** Takes a new state of the server under what is here only. */
  renew() {
    const isListing = Boolean(this.sections[this.at]?.list);
    this.settled = this.model.settled();
    if (isListing && !this.body.contains(document.activeElement)) {
      this.open(this.at);
      return;
    }
    for (const [name, place] of this.places)
      if (!place.control?.element.contains(document.activeElement) && !this.unread.has(name)) place.show(this.cellOf(place.key));
    this.settle();
  }

  /** Computes, judges, and tells. */
  settle() {
    window.clearTimeout(this.timer);
    this.settled = this.model.settled();
    this.judged = together(this.model, judge(this.model, this.settled).findings).filter(({ severity }) => severity !== "not_evaluated");
    this.findings = this.judged.filter(({ code }) => !NOT_FILLED.includes(code));
    for (const place of this.places.values()) this.update(place);
    offeringAll(this, this.bar);
    this.tellStanding();
    this.tellSections();
    if (this.isReviewing) this.panel.replaceChildren();
    else panel(this);
  }

  /** @param {Place} place */
  update(place) {
    const name = cellName(place.key);
    const cell = this.cellOf(place.key);
    const first = this.settled.undecided[name];
    const isSkipped = cell.state === "tidak_berlaku" && this.model.cell(place.key).state === EMPTY.state;
    place.skip?.(isSkipped ? this.words.stateSkipped : first ? fill(this.words.stateUndecided, { name: first }) : "");
    const isSum = place.question.total && (place.key.breakdown || TOTAL) === TOTAL && this.model.cell(place.key).state === EMPTY.state;
    const isTyping = place.control?.element.contains(document.activeElement);
    if (place.question.derived || (isSum && !isTyping && !this.unread.has(name))) place.show(cell);
    const own = this.findings.filter((one) => one.severity !== "info" && this.nameOf(one) === name);
    const error = this.faultAt(place, name);
    const isBad = Boolean(error) || own.some(({ severity }) => severity === "error");
    const field = place.control?.focus;
    if (field) {
      field.classList.toggle("is-invalid", isBad);
      field.classList.toggle("is-warning", !isBad && own.some((one) => !isExplained(this.model, one)));
      if (isBad) field.setAttribute("aria-invalid", "true");
      else field.removeAttribute("aria-invalid");
    }
    if (place.mark && !this.isWriting) place.mark.textContent = this.outbox.has(name) ? (this.isFull ? this.words.cellScreen : this.words.cellHere) : this.touched.has(name) && !error ? this.words.cellStored : "";
    this.tellAt(place, name, own, error);
    offering(this, place);
  }

  /** Says why what stands in a field is not stored; empty where nothing keeps it from it. @param {Place} place @param {string} name */
  faultAt(place, name) {
    const { words } = this;
    const unread = this.unread.get(name);
    const refused = this.outbox.refused.get(name);
    if (!unread) return refused ? fill(words.notStored, { message: refused.message }) : "";
    const held = this.model.cell(place.key);
    if (held.state === EMPTY.state) return fill(words.notStored, { message: unread.fault });
    return fill(words.notStoredHeld, { message: unread.fault, value: told(place.question, held, words) });
  }

  /** @param {Place} place @param {string} name @param {Finding[]} own @param {string} error */
  tellAt(place, name, own, error) {
    const id = `${idOf(name)}-kata`;
    const label = place.label ? `${place.label}: ` : "";
    const messages = own.map((one) => message(one.severity === "error" ? "invalid" : "warning", `${label}${one.message} ${one.severity === "error" || one.code === PERSONAL ? one.remedy : ""}`.trim()));
    if (error) messages.unshift(message("invalid", `${label}${error}`));
    const needsWords = own.some(({ severity }) => severity === "warning");
    const explanation = this.model.cell(place.key).explanation ?? "";
    const box = place.said.querySelector("textarea");
    const keeps = box && box === document.activeElement;
    if (keeps && needsWords) return;
    const children = [...messages];
    if ((needsWords || explanation) && place.control) children.push(explaining(this, place, name, explanation));
    const conflict = this.model.held.conflicts.find(([row, variable, breakdown]) => cellName({ row, variable, breakdown }) === name);
    if (conflict && !this.outbox.has(name)) children.push(deciding(this, place, conflict[3]));
    place.said.id = id;
    place.said.replaceChildren(...children);
    if (place.line) place.line.hidden = !place.line.querySelector("td > div > *");
    if (place.control) {
      if (children.length) place.control.focus.setAttribute("aria-describedby", id);
      else place.control.focus.removeAttribute("aria-describedby");
    }
  }

  /** @param {Finding} finding the cell of this form at which it is told: its own, or one that it names and somebody asks */
  nameOf(finding) {
    const own = finding.cells.find(({ variable, breakdown, period }) => {
      const item = this.asked.items[variable];
      const question = item?.l ? this.asked.lists[item.l]?.columns[variable] : this.asked.questions[variable];
      const isThere = item?.l || (question?.breakdowns ?? []).includes(breakdown);
      return period === this.asked.period && question && !question.derived && isThere;
    });
    const place = own ?? finding.place;
    const row = this.asked.items[place.variable]?.l ? finding.rowId : finding.rule === "REASON_MISSING" ? finding.rowId : "";
    return cellName({ row, variable: place.variable, breakdown: place.breakdown });
  }

  /** Takes what became of writing the newest change to the disk. @param {boolean} isFull */
  wrote(isFull) {
    this.isWriting = false;
    this.isFull = isFull;
    for (const place of this.places.values()) this.update(place);
    this.tellStanding();
  }

  tellStanding() {
    const { words, outbox } = this;
    const waiting = outbox.size;
    const unsaved = this.unreadNames.length + outbox.refused.size;
    const stored = this.storedAt ? fill(words.storedAt, { time: this.storedAt }) : outbox.revision ? words.stored : words.storedNone;
    const still = unsaved ? fill(words.unsaved, { n: count(unsaved) }) : stored;
    const here = fill(this.isFull ? words.screen : words.here, { n: count(waiting) });
    const text = waiting ? [here, unsaved && still].filter(Boolean).join(", ") : still;
    if (!this.isWriting && this.status.textContent !== text) this.status.replaceChildren(text);
    if (this.isWriting && waiting && this.status.textContent === still) this.status.replaceChildren("\u00a0"); // Not so any more, and not on the disk yet.
    this.tellNotices(notices(this));
    if (this.isReviewing) this.doors.review?.(this);
  }

  /** Lays the notices out anew only where they say something else: the page must not move under a hand. @param {[string, string, boolean][]} shown */
  tellNotices(shown) {
    const said = JSON.stringify(shown);
    if (said === this.said) return;
    this.said = said;
    const login = () => h("p", {}, h("a", { href: this.site.login }, this.words.loginLink));
    this.notice.replaceChildren(...shown.map(([heading, text, isDanger]) => notice(heading, text, isDanger, heading === this.words.login && login())));
  }

  /** Looks the form over once the server has all of it, or here where there is no link: what is on this device only would not be sent up. @param {Event} event */
  leave(event) {
    const [unread] = this.unreadNames;
    if (unread !== undefined) {
      event.preventDefault();
      this.goTo(unread);
      return;
    }
    if (this.doors.leave) {
      event.preventDefault();
      this.doors.leave();
      return;
    }
    if (this.doors.review && (this.standing === "offline" || !navigator.onLine)) {
      event.preventDefault();
      window.location.hash = REVIEW;
      return;
    }
    if (!this.outbox.size || this.isReadonly) return;
    event.preventDefault();
    if (!this.isLeaving) this.told.push([this.words.leaving, this.words.leavingText]);
    this.isLeaving = true;
    this.tellStanding();
    this.send();
  }

  /** Looks the form over here: what was to go up first cannot. */
  stay() {
    if (!this.isLeaving || !this.doors.review) return;
    this.isLeaving = false;
    this.told = this.told.filter(([heading]) => heading !== this.words.leaving);
    window.location.hash = REVIEW;
  }

  /** Counts what is filled. Links stay the same while one types: the click that leaves a field must find its target. */
  tellSections() {
    const { words } = this;
    if (this.nav.dataset.bagian !== String(this.at)) this.layOutSections();
    const counts = this.sections.map(({ codes, list: own }) => this.model.progress(this.settled, codes, own ? [own] : []));
    for (const link of this.nav.querySelectorAll(".bab a")) {
      const { filled, asked } = counts[Number(link.getAttribute("data-ke"))];
      tell(link.querySelector(".angka"), fill(words.filled, { filled: count(filled), asked: count(asked) }));
    }
    const now = counts[this.at];
    if (!now) {
      tell(this.nav.querySelector("summary span"), words.look);
      return;
    }
    tell(this.nav.querySelector("summary span"), fill(words.sectionOf, { n: this.at + 1, all: this.sections.length, filled: count(now.filled), asked: count(now.asked) }));
    tell(this.foot.querySelector("span"), now.missing ? fill(words.missing, { n: count(now.missing) }) : now.required ? words.complete : words.noneRequired);
  }

  layOutSections() {
    const { words } = this;
    const items = () => h("ol", { class: "bab" }, ...this.sections.map(({ name }, at) => h("li", {},
      h("a", { href: `#bagian-${at + 1}`, "data-ke": at, "aria-current": at === this.at ? "step" : null }, h("span", { lang: "id" }, `${at + 1}. ${name}`), h("span", { class: "angka" })))));
    const wasOpen = this.nav.querySelector("details")?.open ?? false;
    const holdsFocus = this.nav.contains(document.activeElement) ? document.activeElement?.getAttribute("href") : null;
    this.nav.replaceChildren(h("div", { class: "hanya-l" }, items()), h("details", { class: "lipat hanya-s", open: wasOpen }, h("summary", {}, icon("chevron-right"), h("span")), items()));
    this.nav.dataset.bagian = String(this.at);
    if (holdsFocus) /** @type {HTMLElement | null} */ (this.nav.querySelector(`[href="${holdsFocus}"]`))?.focus();
    const step = (/** @type {number} */ at, /** @type {string} */ kind) => this.sections[at] && h("a", { class: `btn ${kind}`, href: `#bagian-${at + 1}` }, fill(words.next, { n: at + 1 }));
    const look = this.site.look && this.at === this.sections.length - 1 && h("a", { class: "btn btn-primary", href: this.site.look, onclick: (/** @type {Event} */ event) => this.leave(event) }, words.look);
    this.foot.replaceChildren(...[step(this.at - 1, "btn-outline"), h("span", { class: "small muted" }), step(this.at + 1, "btn-primary"), look].filter(Boolean));
  }

  /** @param {string} name  of a cell, in whatever section it stands */
  goTo(name) {
    const key = cellKey(name);
    const item = this.asked.items[key.variable];
    const at = this.sections.findIndex(({ codes, list: own }) => codes.includes(key.variable) || (own && (own === key.variable || own === item?.l)));
    if (at >= 0 && at !== this.at) {
      window.history.pushState(null, "", `#bagian-${at + 1}`);
      this.open(at);
    }
    const place = this.places.get(name);
    const target = place?.control?.focus ?? this.title;
    target.scrollIntoView({ block: "center" });
    target.focus({ preventScroll: true });
  }
}

/** @param {string} kind @param {string} text */
const message = (kind, text) => h("p", { class: `${kind}-feedback`, lang: "id" }, icon("alert-triangle"), h("span", {}, text));

/** @param {Element | null} place @param {string} text */
const tell = (place, text) => {
  if (place && place.textContent !== text) place.textContent = text;
};

/** @param {string} sentence  with a gap @param {Node} inner */
const parts = (sentence, inner) => {
  const [first, last = ""] = sentence.split("\u0000");
  return [first, inner, last];
};

