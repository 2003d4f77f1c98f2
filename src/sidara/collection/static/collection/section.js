// A section as it is filled in: questions alone, questions by category as a grid, rows of lists.
// @ts-check
import { control, told } from "./control.js";
import { fill, h, icon, idOf } from "./dom.js";
import { grid } from "./grid.js";
import { cellName } from "./model.js";
import { EMPTY, TOTAL } from "./shapes.js";

/** @typedef {import("./model.js").CellKey} CellKey */
/** @typedef {import("./shapes.js").Question} Question */
/** @typedef {import("./view.js").View} View */
/** @typedef {import("./view.js").Place} Place */

const TYPED = ["bulat", "desimal", "uang", "persen", "teks", "tanggal", "titik", "berkas"];

/**
 * @param {View} view @param {string[]} codes  of the questions of the section
 * @returns {HTMLElement}
 */
export function section(view, codes) {
  const made = h("div");
  for (const group of grouped(view, codes)) made.append(group.length > 1 || isBroken(view, group[0]) ? grid(view, group) : alone(view, group[0]));
  return made;
}

/** @param {View} view @param {string} code */
const isBroken = (view, code) => (view.asked.questions[code].breakdowns ?? []).some((one) => one !== TOTAL);

/**
 * Puts questions together that stand by each other and are broken down by the same categories.
 * @param {View} view @param {string[]} codes @returns {string[][]}
 */
function grouped(view, codes) {
  /** @type {string[][]} */
  const groups = [];
  for (const code of codes.filter((one) => view.model.concerns(one))) {
    const last = groups.at(-1);
    const by = view.asked.questions[code].by;
    const joins = by && last && view.asked.questions[last[0]].by === by && isBroken(view, code) && isBroken(view, last[0]);
    if (joins) last.push(code);
    else groups.push([code]);
  }
  return groups;
}

/** @param {View} view @param {string} code */
function alone(view, code) {
  const question = view.asked.questions[code];
  const key = { row: "", variable: code, breakdown: TOTAL };
  return block(view, key, question, question.question);
}

/**
 * Lays out one question: its words, its control, the period before, its state, what is said of it.
 * @param {View} view @param {CellKey} key @param {Question} question @param {string} heading
 */
export function block(view, key, question, heading) {
  const { words } = view;
  const name = cellName(key);
  const id = idOf(name);
  if (question.derived) {
    const output = h("output", { id, class: "angka" });
    view.register({ key, question, box: output, said: h("div"), show: (cell) => {
      output.textContent = cell.state === EMPTY.state ? words.notYet : told(question, cell, words);
    } });
    return h("div", { class: "isian", "data-sel": name }, h("p", { class: "form-label", lang: "id" }, heading), h("p", {}, output, " ", h("small", {}, `(${words.computed})`)));
  }
  const own = control(question, name, heading, words, { isOpen: view.isOpen(key) });
  const isGroup = own.element.getAttribute("role") !== null;
  const required = requiredMark(view, question);
  const title = h(isGroup ? "p" : "label", { class: "form-label", for: isGroup ? null : id, lang: "id" }, heading, required);
  const said = h("div", { id: `${id}-kata` });
  const mark = h("span", { class: "sel-keadaan" });
  const skip = h("p", { class: "kisi__tak", hidden: true });
  const hasUnit = question.unit && !["kategori", "ya/tidak", "teks", "tanggal", "titik", "berkas"].includes(question.unit);
  const body = hasUnit && !isGroup ? h("div", { class: "satuan" }, own.element, h("span", { lang: "id" }, question.unit)) : own.element;
  const states = TYPED.includes(question.type) && view.isOpen(key) ? stateChoice(view, heading) : null;
  const offered = h("span", { class: "tawaran" });
  const box = h("div", { class: "isian", "data-sel": name }, title, help(view, question), skip, body, before(view, key, question), offered, states && h("p", { class: "kisi-alat" }, states), mark, said);
  /** @type {Place} */
  const place = { key, question, control: own, box, said, mark, offered, show: (cell) => {
    own.show(cell);
    if (states) states.value = ["tidak_ada", "tidak_tahu"].includes(cell.state) ? cell.state : "";
  }, skip: (why) => {
    skip.textContent = why;
    skip.hidden = !why;
    for (const one of [body, required, states?.parentElement]) if (one) one.hidden = Boolean(why);
  } };
  states?.addEventListener("change", () => view.edit(place, states.value ? { state: states.value, value: null } : { ...EMPTY }, true));
  view.register(place);
  return box;
}

/** Marks what must be filled in. @param {View} view @param {Question | undefined} question @returns {HTMLElement | null} */
export const requiredMark = (view, question) => (question?.required && !question.derived ? h("small", {}, ` (${view.words.required})`) : null);

/**
 * @param {View} view @param {string} label
 * @returns {HTMLSelectElement}
 */
export function stateChoice(view, label) {
  const { words } = view;
  return h("select", { class: "form-control", "aria-label": `${words.state}: ${label}` },
    h("option", { value: "" }, words.stateValue),
    h("option", { value: "tidak_ada" }, words.stateNone),
    h("option", { value: "tidak_tahu" }, words.stateUnknown));
}

/** @param {View} view @param {Question} question */
export function help(view, question) {
  const { words } = view;
  const told = /** @type {[string, string | undefined][]} */ ([
    [words.definition, question.definition],
    [words.reason, question.reason],
    [words.example, question.example],
    [words.unit, question.unit],
    [words.evidence, question.evidence],
  ]).filter(([, text]) => text);
  if (!told.length) return null;
  const list = h("dl", {}, ...told.flatMap(([name, text]) => [h("dt", {}, name), h("dd", { lang: "id" }, text)]));
  return h("details", { class: "lipat" }, h("summary", {}, icon("chevron-right"), h("span", {}, words.help)), h("div", { class: "bantu" }, list));
}

/** @param {View} view @param {CellKey} key @param {Question} question */
export function before(view, key, question) {
  if (key.row) return null;
  const cell = view.model.before(key.variable, key.breakdown);
  const period = view.site.periods?.[1] ?? view.asked.before;
  const text = cell.state === EMPTY.state
    ? fill(view.words.beforeNone, { period })
    : fill(view.words.before, { period, value: told(question, cell, view.words) });
  return h("span", { class: "kisi__lalu" }, text);
}
