// A list as it is filled in: a row each with its columns; rows are marked as removed, never deleted.
// @ts-check
import { told } from "./control.js";
import { fill, h } from "./dom.js";
import { offeredRows } from "./offers.js";
import { uuid7 } from "./outbox.js";
import { block } from "./section.js";
import { EMPTY, TOTAL } from "./shapes.js";

/** @typedef {import("./view.js").View} View */
/** @typedef {import("./shapes.js").Row} Row */

/**
 * @param {View} view @param {string} code
 * @returns {HTMLElement}
 */
export function list(view, code) {
  const own = view.asked.lists[code];
  const { words } = view;
  const all = view.model.rows(code, { removed: true });
  const there = all.filter(({ state }) => state === "ada");
  const gone = all.filter(({ state }) => state !== "ada");
  const fresh = (view.freshRows.get(code) ?? []).filter((id) => !all.some((row) => row.id === id));
  const made = h("div", {}, h("p", { lang: "id" }, own.hint));
  const isEmpty = view.model.cell({ row: "", variable: code, breakdown: TOTAL }).state === "tidak_ada";
  [...there.map(({ id }) => id), ...fresh].forEach((id, at) => made.append(row(view, code, id, at + 1)));
  if (!there.length && !fresh.length) made.append(h("p", { class: "muted" }, isEmpty ? words.listIsEmpty : words.rowsNone));
  if (!view.isReadonly && !view.model.held.closed?.includes(code)) made.append(actions(view, code, !there.length, isEmpty));
  const offered = offeredRows(view, code);
  if (offered) made.append(offered);
  if (gone.length) made.append(removed(view, code, gone));
  return made;
}

/** @param {View} view @param {string} code @param {string} id @param {number} number */
function row(view, code, id, number) {
  const own = view.asked.lists[code];
  const columns = Object.entries(own.columns).map(([name, column]) => block(view, { row: id, variable: name, breakdown: TOTAL }, column, column.question));
  const remove = () => view.editList({ row: id, variable: code, breakdown: TOTAL }, { state: "nilai", value: "dihapus" });
  return h("fieldset", { class: "baris-daftar", "data-baris": id }, h("legend", {}, fill(view.words.rowOf, { n: number })), ...columns,
    !view.isOpen({ row: id, variable: code, breakdown: TOTAL }) ? null : h("button", { type: "button", class: "btn btn-outline", onclick: remove }, `${view.words.rowRemove} (${number})`));
}

/** @param {View} view @param {string} code @param {boolean} canBeEmpty @param {boolean} isEmpty */
function actions(view, code, canBeEmpty, isEmpty) {
  const { words } = view;
  const add = () => {
    const id = uuid7(Date.now(), crypto.getRandomValues(new Uint8Array(10)));
    view.freshRows.set(code, [...(view.freshRows.get(code) ?? []), id]);
    view.open(view.at);
    /** @type {HTMLElement | null} */ (document.querySelector(`[data-baris="${id}"] input, [data-baris="${id}"] textarea, [data-baris="${id}"] select`))?.focus();
  };
  const declare = () => view.editList({ row: "", variable: code, breakdown: TOTAL }, isEmpty ? { ...EMPTY } : { state: "tidak_ada", value: null });
  return h("p", { class: "tombol-baris" }, h("button", { type: "button", class: "btn btn-primary", onclick: add }, words.rowNew),
    canBeEmpty ? h("button", { type: "button", class: "btn btn-outline", onclick: declare }, isEmpty ? words.listNotEmpty : words.listEmpty) : null);
}

/** @param {View} view @param {string} code @param {Row[]} gone */
function removed(view, code, gone) {
  const { label, columns } = view.asked.lists[code];
  const items = gone.map(({ id, cells }) => {
    const restore = () => view.editList({ row: id, variable: code, breakdown: TOTAL }, { state: "nilai", value: "ada" });
    return h("li", {}, h("span", { lang: "id" }, told(columns[label], cells[label] ?? EMPTY, view.words)), " ",
      !view.isOpen({ row: id, variable: code, breakdown: TOTAL }) ? null : h("button", { type: "button", class: "btn btn-outline", onclick: restore }, view.words.rowRestore));
  });
  return h("details", { class: "lipat" }, h("summary", {}, fill(view.words.rowRemoved, { n: gone.length })), h("ul", { class: "daftar" }, ...items));
}
