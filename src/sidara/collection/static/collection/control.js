// One control for one cell: a text field, radios, boxes or a choice; reads and shows a cell.
// @ts-check
import { read } from "./block.js";
import { grouped, isNumber } from "./figures.js";
import { fill, h, idOf } from "./dom.js";
import { EMPTY } from "./shapes.js";

/** @typedef {import("./shapes.js").Cell} Cell */
/** @typedef {import("./shapes.js").Question} Question */
/** @typedef {import("./dom.js").Words} Words */
/** @typedef {{cell: Cell} | {fault: string, text: string}} Reading  `text` is no answer */
/**
 * @typedef {object} Control
 * @property {HTMLElement} element
 * @property {HTMLElement} focus  what takes the focus
 * @property {() => Reading} read
 * @property {(cell: Cell) => void} show
 * @property {(text: string) => void} [write]  puts a text back that is no answer
 */

const FEW_OPTIONS = 6;
const STATES = ["tidak_ada", "tidak_tahu"];

/** @param {Question} question @param {Cell} cell @param {Words} words */
export function shown(question, cell, words) {
  if (cell.state !== "nilai") return { tidak_ada: words.stateNone, tidak_tahu: words.stateUnknown }[cell.state] ?? "";
  const value = cell.value ?? "";
  if (isNumber(question.type)) {
    const text = question.unit === "tahun" ? value.replace(".", ",") : grouped(value, "id").replace("\u2212", "-");
    return text;
  }
  return value;
}

/**
 * Writes a cell for reading: labels of options, words of states.
 * @param {Question} question @param {Cell} cell @param {Words} words
 */
export function told(question, cell, words) {
  if (cell.state === EMPTY.state) return words.stateEmpty;
  if (cell.state === "tidak_berlaku") return words.stateSkipped;
  if (cell.state !== "nilai") return shown(question, cell, words);
  if (question.type === "ya_tidak") return cell.value === "true" ? words.yes : words.no;
  const labels = new Map(question.options ?? []);
  if (labels.size) return (cell.value ?? "").split(" ").map((code) => labels.get(code) ?? code).join(", ");
  return shown(question, cell, words);
}

/**
 * Says why a text is no answer to a question.
 * @param {Question} question @param {string} fault @param {Words} words
 */
export function faultWords(question, fault, words) {
  const decimals = question.decimals ?? 0;
  const whole = isNumber(question.type) && !decimals ? words[`fault-${fault}-bulat`] : undefined;
  return fill(whole ?? words[`fault-${fault}`] ?? "", { n: decimals });
}

/**
 * @param {Question} question @param {string} name  of the cell @param {string} label @param {Words} words
 * @param {{isOpen: boolean, isGrid?: boolean}} options
 * @returns {Control}
 */
export function control(question, name, label, words, { isOpen, isGrid = false }) {
  const id = idOf(name);
  if (question.type === "ya_tidak" || (question.type === "pilihan" && (question.options ?? []).length <= FEW_OPTIONS))
    return radios(question, id, label, words, isOpen);
  if (question.type === "pilihan") return choice(question, id, words, isOpen);
  if (question.type === "pilihan_jamak") return boxes(question, id, label, words, isOpen);
  return field(question, id, label, words, isOpen, isGrid);
}

/**
 * @param {Question} question @param {string} id @param {string} label @param {Words} words @param {boolean} isOpen @param {boolean} isGrid
 * @returns {Control}
 */
function field(question, id, label, words, isOpen, isGrid) {
  const isLong = question.type === "teks" && !isGrid;
  const input = h(isLong ? "textarea" : "input", {
    id,
    class: isGrid ? "" : `form-control${isNumber(question.type) ? " angka" : ""}`,
    inputmode: isNumber(question.type) ? ((question.decimals ?? 0) ? "decimal" : "numeric") : null,
    rows: isLong ? 2 : null,
    placeholder: question.type === "tanggal" ? "2026-11-24" : null,
    autocomplete: "off",
    "aria-label": isGrid ? label : null,
    disabled: !isOpen,
  });
  return {
    element: input,
    focus: input,
    read: () => {
      const text = input.value.trim();
      if (!text) return { cell: { state: EMPTY.state, value: null } };
      const found = read(question, text);
      return found.cell ? { cell: found.cell } : { fault: faultWords(question, found.fault ?? "", words), text };
    },
    show: (cell) => {
      input.value = shown(question, cell, words);
    },
    write: (text) => {
      input.value = text;
    },
  };
}

/** @param {Question} question @param {Words} words @returns {[string, string][]} */
function answers(question, words) {
  /** @type {[string, string][]} */
  const own = question.type === "ya_tidak" ? [["true", words.yes], ["false", words.no]] : (question.options ?? []);
  return [...own, ["=tidak_ada", words.stateNone], ["=tidak_tahu", words.stateUnknown]];
}

/** @param {string} value @returns {Cell} */
const answered = (value) => {
  if (!value) return { state: EMPTY.state, value: null };
  return value.startsWith("=") ? { state: value.slice(1), value: null } : { state: "nilai", value };
};

/** @param {Cell} cell */
const answerOf = (cell) => (STATES.includes(cell.state) ? `=${cell.state}` : cell.state === "nilai" ? (cell.value ?? "") : "");

/**
 * @param {Question} question @param {string} id @param {string} label @param {Words} words @param {boolean} isOpen
 * @returns {Control}
 */
function radios(question, id, label, words, isOpen) {
  const inputs = answers(question, words).map(([value, text], at) => {
    const input = h("input", { type: "radio", name: id, id: at ? null : id, value, disabled: !isOpen });
    return { input, element: h("label", {}, input, text) };
  });
  const element = h("div", { class: "jawaban", role: "radiogroup", "aria-label": label }, ...inputs.map((one) => one.element));
  return {
    element,
    focus: inputs[0].input,
    read: () => ({ cell: answered(inputs.find(({ input }) => input.checked)?.input.value ?? "") }),
    show: (cell) => inputs.forEach(({ input }) => (input.checked = input.value === answerOf(cell))),
  };
}

/**
 * @param {Question} question @param {string} id @param {Words} words @param {boolean} isOpen
 * @returns {Control}
 */
function choice(question, id, words, isOpen) {
  const options = answers(question, words).map(([value, text]) => h("option", { value }, text));
  const select = h("select", { id, class: "form-control", disabled: !isOpen }, h("option", { value: "" }, words.choose), ...options);
  return {
    element: select,
    focus: select,
    read: () => ({ cell: answered(select.value) }),
    show: (cell) => {
      select.value = answerOf(cell);
    },
  };
}

/**
 * @param {Question} question @param {string} id @param {string} label @param {Words} words @param {boolean} isOpen
 * @returns {Control}
 */
function boxes(question, id, label, words, isOpen) {
  const inputs = answers(question, words).map(([value, text], at) => {
    const input = h("input", { type: "checkbox", id: at ? null : id, value, disabled: !isOpen });
    return { input, element: h("label", {}, input, text) };
  });
  const element = h("div", { class: "jawaban", role: "group", "aria-label": label }, ...inputs.map((one) => one.element));
  element.addEventListener("change", (/** @type {Event} */ event) => {
    const changed = /** @type {HTMLInputElement} */ (event.target);
    if (!changed.checked) return;
    const isState = changed.value.startsWith("=");
    for (const { input } of inputs)
      if (input !== changed && (isState || input.value.startsWith("="))) input.checked = false;
  }, { capture: true });
  return {
    element,
    focus: inputs[0].input,
    read: () => ({ cell: answered(inputs.filter(({ input }) => input.checked).map(({ input }) => input.value).join(" ")) }),
    show: (cell) => {
      const chosen = answerOf(cell).split(" ");
      inputs.forEach(({ input }) => (input.checked = chosen.includes(input.value)));
    },
  };
}
