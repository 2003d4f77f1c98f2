// The form as one file: opened from a stick or a message, without a server and without a link. What is filled in
// stays in the browser where it keeps something for files, else on the screen; the result file brings it in.
// @ts-check
import { encode } from "uqr";
import { alone } from "./device.js";
import { fill, h } from "./dom.js";
import { formatNumber } from "./figures.js";
import { Drafts } from "./keep.js";
import { Model, cellKey } from "./model.js";
import { Outbox } from "./outbox.js";
import { called } from "./panel.js";
import { opened, parts, written } from "./result.js";
import { View } from "./view.js";
import { firstOpen, sectionOf } from "./walk.js";

/** @typedef {import("./keep.js").Draft} Draft */
/** @typedef {import("./result.js").Claims} Claims */
/** @typedef {{asked: import("./shapes.js").Asked, held: import("./shapes.js").Held, words: Record<string, string>, told: any[], periods?: [string, string], offers?: import("./shapes.js").Offered, claims: Claims, seed: string}} Bundle */

const root = document.getElementById("isian");
const foot = document.getElementById("hasil");
const bundle = document.getElementById("paket")?.textContent;
if (root && foot && bundle) void start(root, foot, JSON.parse(bundle));

/** @param {HTMLElement} place @param {HTMLElement} end @param {Bundle} given */
async function start(place, end, given) {
  const { asked, held, words, claims } = given;
  const submission = `/${claims.form}/${claims.region}/${claims.period}`;
  const { drafts, draft } = await kept(claims.uid, submission);
  const isAlone = !drafts || (await alone(drafts.key(submission)));
  const outbox = new Outbox(draft?.outbox ?? null);
  outbox.revision = claims.base;
  const model = new Model(asked, isAlone ? held : { ...held, readonly: true });
  outbox.over(model.own);
  let writes = 0;
  const keep = async () => {
    if (!isAlone) return;
    const number = (writes += 1);
    result.isSaved = false;
    if (!drafts) view.told = [];
    view.isWriting = true;
    let isFull = true;
    try {
      if (drafts) {
        await drafts.write(submission, record());
        isFull = false;
      }
    } catch {
      // The page says so; what is typed stays on the screen.
    }
    if (number === writes) view.wrote(isFull);
  };
  /** @returns {Omit<Draft, "key" | "savedAt">} */
  const record = () => {
    const { own, conflicts, locked } = held;
    return { outbox: outbox.kept(), section: view.at, state: { own, conflicts, locked }, author: result.filler, version: asked.number, labels: {}, unread: [...view.unread] };
  };
  const site = { tasks: "", tasksName: words.file, look: "#hasil", login: "", told: given.told ?? [], periods: given.periods, offers: given.offers };
  const view = new View(place, model, outbox, words, site, { keep, send: () => undefined, leave: () => result.show() });
  const result = new Carried(end, view, given, keep, draft?.author ?? "");
  if (!isAlone) view.told.push([words.elsewhere, words.elsewhereText]);
  else if (held.readonly) view.told.push([words.locked, words.lockedText]);
  else if (!drafts) view.told.push([words.full, words.fullText]);
  view.takeUp(draft?.unread);
  view.open(sectionOf(window.location) ?? draft?.section ?? firstOpen(view));
  window.addEventListener("hashchange", () => {
    const at = sectionOf(window.location);
    if (at === undefined) return;
    view.open(at);
    view.title.focus();
    window.scrollTo(0, 0);
  });
  window.addEventListener("beforeunload", (event) => {
    if ((!drafts || view.isFull) && (outbox.size || view.unread.size) && !result.isSaved) event.preventDefault();
  });
  place.dataset.siap = "ya";
}

/**
 * Gives where drafts are kept and the one of this file; nothing where the browser keeps none for files.
 * @param {string} uid @param {string} submission @returns {Promise<{drafts?: Drafts, draft?: Draft}>}
 */
async function kept(uid, submission) {
  try {
    const drafts = new Drafts(`bawa-${uid}`);
    return { drafts, draft: await drafts.read(submission) };
  } catch {
    return {};
  }
}

/** What is carried away: the result file, the QR codes, and the way back from a result file. */
class Carried {
  /** @param {HTMLElement} place @param {View} view @param {Bundle} given @param {() => Promise<void>} keep @param {string} filler */
  constructor(place, view, given, keep, filler) {
    this.view = view;
    this.given = given;
    this.keep = keep;
    this.isSaved = false;
    const { words } = given;
    this.heading = h("h2", { class: "gambar__judul", tabindex: "-1", id: "hasil-judul" }, words.result);
    this.name = h("input", { class: "form-control", type: "text", id: "pengisi", maxlength: 200, autocomplete: "name", "aria-describedby": "pengisi-kata" });
    this.name.value = filler;
    this.name.addEventListener("input", () => void keep()); // As answers are: a page that is closed loses no letter.
    this.fault = h("p", { class: "invalid-feedback", id: "pengisi-kata" });
    this.said = h("p", { role: "status" });
    this.shown = h("div", { class: "kode-qr" });
    const file = h("input", { class: "form-control", type: "file", id: "buka-hasil", accept: ".txt" });
    file.addEventListener("change", () => void this.open(file));
    if (view.isReadonly) return;
    place.replaceChildren(h("section", { class: "bagian", "aria-labelledby": "hasil-judul" }, this.heading, h("div", { class: "lembar baca" },
      h("p", {}, words.resultText),
      h("div", { class: "isian" }, h("label", { class: "form-label", for: "pengisi" }, words.filler), this.name, this.fault),
      h("p", { class: "tombol-baris" },
        h("button", { type: "button", class: "btn btn-primary", onclick: () => this.save() }, words.save),
        h("button", { type: "button", class: "btn btn-outline", onclick: () => this.codes() }, words.codes)),
      this.said, this.shown,
      h("div", { class: "isian" }, h("label", { class: "form-label", for: "buka-hasil" }, words.openResult), file))));
  }

  get filler() {
    return this.name.value.trim();
  }

  show() {
    this.heading.scrollIntoView({ block: "center" });
    this.heading.focus({ preventScroll: true });
  }

  /** @returns {string} the result; empty, and told, where something is missing for it */
  text() {
    const { words, claims, seed } = this.given;
    const cells = /** @type {[string, import("./shapes.js").Cell][]} */ ([...this.view.outbox.waiting].map(([name, { cell }]) => [name, cell]));
    this.fault.textContent = this.filler ? "" : words.fillerMissing;
    this.name.classList.toggle("is-invalid", !this.filler);
    this.said.textContent = "";
    this.shown.replaceChildren();
    if (!this.filler) this.name.focus();
    else if (!cells.length) this.say(words.nothing);
    return this.filler && cells.length ? written({ claims, filler: this.filler, at: new Date().toISOString(), cells }, seed) : "";
  }

  /** Says what came of it, and which boxes are not in it. @param {string} sentence */
  say(sentence) {
    const { view, given: { words } } = this;
    const unread = view.unreadNames;
    const left = unread.length && fill(words.notCarried, { n: count(unread.length), cells: unread.map((name) => called(view, name)).join("; ") });
    this.said.textContent = [sentence, left].filter(Boolean).join(" ");
  }

  save() {
    const text = this.text();
    if (!text) return;
    const { claims, words } = this.given;
    const name = `hasil-${claims.form}-${claims.region}-${claims.period}.txt`;
    const address = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
    h("a", { href: address, download: name }).click();
    window.setTimeout(() => URL.revokeObjectURL(address), 60_000);
    this.isSaved = true;
    this.say(fill(words.saved, { name, n: count(this.view.outbox.size) }));
  }

  codes() {
    const text = this.text();
    if (!text) return;
    const { words } = this.given;
    const all = parts(text);
    this.say(all ? words.codesText : words.codesLong);
    const figures = (all ?? []).map((part, at) => h("figure", {}, drawn(part), h("figcaption", {}, fill(words.codeOf, { n: at + 1, all: all?.length ?? 0 }))));
    this.shown.replaceChildren(...figures);
  }

  /** @param {HTMLInputElement} file  what was carried away before is laid over what stands here */
  async open(file) {
    const { words, claims, seed } = this.given;
    const text = await file.files?.[0]?.text().catch(() => "");
    file.value = "";
    const found = opened(text ?? "", claims, seed);
    if (!found) {
      this.said.textContent = words.openedNot;
      return;
    }
    this.name.value ||= found.filler;
    for (const [name, cell] of found.cells) this.view.change(cellKey(name), cell);
    this.view.renew();
    await this.keep();
    this.said.textContent = fill(words.opened, { n: count(found.cells.length) });
  }
}

/** @param {string} text @returns {SVGElement} a QR code; its caption names it */
function drawn(text) {
  const { size, data } = encode(text, { ecc: "M", border: 4 });
  const path = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : []))).join("");
  const space = "http://www.w3.org/2000/svg";
  const made = document.createElementNS(space, "svg");
  made.setAttribute("viewBox", `0 0 ${size} ${size}`);
  made.setAttribute("shape-rendering", "crispEdges");
  made.setAttribute("aria-hidden", "true");
  const ground = document.createElementNS(space, "rect");
  for (const [name, value] of [["width", size], ["height", size], ["fill", "#fff"]]) ground.setAttribute(String(name), String(value));
  const dark = document.createElementNS(space, "path");
  dark.setAttribute("d", path);
  made.append(ground, dark);
  return made;
}

/** @param {number} value */
const count = (value) => formatNumber({ n: BigInt(value), d: 1n }, 0);
