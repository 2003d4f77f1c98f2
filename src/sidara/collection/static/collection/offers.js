// What other sources offer for cells that nobody filled in: beside the box, for a whole section, for rows of a list.
// Nothing is taken by itself. A cell that is taken over carries where it came from; typing over it drops that.
// @ts-check
import { told } from "./control.js";
import { fill, h } from "./dom.js";
import { count } from "./figures.js";
import { cellKey, cellName } from "./model.js";
import { EMPTY, TOTAL } from "./shapes.js";

/** @typedef {import("./shapes.js").Cell} Cell */
/** @typedef {import("./shapes.js").Offered} Offered */
/** @typedef {import("./view.js").Place} Place */
/** @typedef {import("./view.js").View} View */
/** @typedef {{cell: Cell, words: string}} Offer  `cell` names its origin */

const BEFORE = "period:";

export class Offers {
  /** @param {Offered | undefined} given  a bundle of an older version has none */
  constructor(given) {
    /** @type {Map<string, string>} the words of each origin */
    this.origins = new Map(given?.origins ?? []);
    const references = [...this.origins.keys()];
    /** @type {Map<string, Offer[]>} by the name of the cell */
    this.cells = new Map((given?.cells ?? []).map(([row, variable, breakdown, offers]) => [
      cellName({ row, variable, breakdown }),
      offers.map(([at, state, value]) => ({ cell: { state, value, origin: references[at] }, words: this.origins.get(references[at]) ?? "" })),
    ]));
  }

  /** @param {string} name  of a cell */
  of(name) {
    return this.cells.get(name) ?? [];
  }
}

/** Whether all sources say the same. @param {Offer[]} offers */
const isAgreed = (offers) => new Set(offers.map(({ cell }) => JSON.stringify([cell.state, cell.value]))).size === 1;

/** Whether nobody filled a cell in, and it may be filled in. @param {View} view @param {string} name */
function isFree(view, name) {
  const key = cellKey(name);
  const isSkipped = name in view.settled.undecided || view.cellOf(key).state === "tidak_berlaku";
  return view.isOpen(key) && view.model.cell(key).state === EMPTY.state && !view.unread.has(name) && !isSkipped;
}

/** Shows beside a cell what is offered for it, or where it was taken from. @param {View} view @param {Place} place */
export function offering(view, place) {
  const box = place.offered;
  const name = cellName(place.key);
  const offers = view.offers.of(name);
  if (!box || !offers.length) return;
  const from = view.offers.origins.get(view.taken.get(name) ?? view.model.cell(place.key).origin ?? "") ?? "";
  const shown = from || (isFree(view, name) ? "offers" : "");
  if (box.dataset.isi === shown) return;
  box.dataset.isi = shown;
  if (shown !== "offers") box.replaceChildren(...(from ? [h("small", { lang: "id" }, from)] : []));
  else box.replaceChildren(...(isAgreed(offers) ? [] : [h("strong", {}, view.words.offersDiffer)]), ...offers.map((one) => choice(view, place, one, offers.length === 1)));
}

/** @param {View} view @param {Place} place @param {Offer} offer @param {boolean} isOnly */
function choice(view, place, offer, isOnly) {
  const { words } = view;
  const value = told(place.question, offer.cell, words);
  const isShort = isOnly && Boolean(place.line) && (offer.cell.origin ?? "").startsWith(BEFORE); // The value stands just above.
  const take = () => {
    view.edit(place, offer.cell, true);
    place.control?.focus.focus();
  };
  const says = fill(words.offerTake, { value });
  const label = [says, offer.words, place.label ?? place.question.question].join(", ");
  const button = h("button", { type: "button", class: "tawaran__ambil", "aria-label": label, onclick: take }, isShort ? words.offerShort : says);
  return h("span", { class: "tawaran__satu", lang: "id" }, button, isShort ? null : h("small", {}, offer.words));
}

/** The names of cells of the open section that can be taken over at once. @param {View} view */
function easy(view) {
  const { codes = [], list: own = "" } = view.sections[view.at] ?? {};
  const columns = own ? view.asked.lists[own].columns : {};
  const gone = own ? new Set(view.model.rows(own, { removed: true }).filter(({ state }) => state !== "ada").map(({ id }) => id)) : new Set();
  if (own && isEmpty(view, own)) return [];
  return [...view.offers.cells].filter(([name, offers]) => {
    const key = cellKey(name);
    const isHere = key.row ? key.variable in columns && !gone.has(key.row) : codes.includes(key.variable);
    return isHere && isAgreed(offers) && isFree(view, name);
  }).map(([name]) => name);
}

/** @param {View} view @param {string} code  of a list */
const isEmpty = (view, code) => view.model.cell({ row: "", variable: code, breakdown: TOTAL }).state === "tidak_ada";

/** Offers above the section to take over all empty cells whose sources agree. @param {View} view @param {HTMLElement} bar */
export function offeringAll(view, bar) {
  const names = view.isReadonly ? [] : easy(view);
  if (bar.dataset.isi === String(names.length)) return;
  bar.dataset.isi = String(names.length);
  const { words } = view;
  const rows = new Set(names.map((name) => cellKey(name).row)).size;
  const says = view.sections[view.at]?.list ? fill(words.offerAllRows, { n: count(rows) }) : fill(words.offerAll, { n: count(names.length) });
  const button = () => h("button", { type: "button", class: "btn btn-outline", onclick: () => takeAll(view, easy(view)) }, says);
  bar.replaceChildren(...(names.length ? [h("div", { class: "tawaran-semua" }, button(), h("p", { class: "form-text" }, words.offerAllText))] : []));
}

/** @param {View} view @param {string[]} names */
function takeAll(view, names) {
  for (const name of names) view.change(cellKey(name), { ...view.offers.of(name)[0].cell, explanation: view.model.cell(cellKey(name)).explanation ?? "" });
  view.open(view.at);
  view.send();
  view.title.focus();
}

/**
 * Lists the rows that a list may take over: those of the period before that are not here.
 * @param {View} view @param {string} code @returns {HTMLElement | null}
 */
export function offeredRows(view, code) {
  const { words, asked } = view;
  const { label, columns } = asked.lists[code];
  if (view.isReadonly || isEmpty(view, code)) return null;
  const known = new Set(view.model.rows(code, { removed: true }).map(({ id }) => id));
  /** @type {Map<string, string[]>} */
  const rows = new Map();
  for (const name of view.offers.cells.keys()) {
    const key = cellKey(name);
    if (key.row && key.variable in columns && !known.has(key.row)) rows.set(key.row, [...(rows.get(key.row) ?? []), name]);
  }
  if (!rows.size) return null;
  const items = [...rows].map(([id, names]) => {
    const cells = names.map((name) => ({ column: cellKey(name).variable, offer: view.offers.of(name)[0] }));
    const named = cells.find(({ column }) => column === label) ?? cells[0];
    const title = told(columns[named.column], named.offer.cell, words);
    const rest = cells.filter((one) => one !== named).map(({ column, offer }) => `${columns[column].name}: ${told(columns[column], offer.cell, words)}`);
    const take = h("button", { type: "button", class: "btn btn-outline", "aria-label": `${words.offerRow}: ${title}`, onclick: () => takeAll(view, names) }, words.offerRow);
    return h("li", { "data-tawaran": id }, h("strong", { lang: "id" }, title), h("p", { class: "hal__kata", lang: "id" }, [...rest, named.offer.words].join("; ")), take);
  });
  return h("section", { class: "tawaran-baris" }, h("h2", { class: "gambar__judul" }, fill(words.offerRows, { n: count(rows.size) })), h("ul", { class: "hal" }, ...items));
}
