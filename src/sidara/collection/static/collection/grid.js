// Questions by category as a grid that works like a spreadsheet: arrows, Enter, Tab, a block from Excel.
// @ts-check
import { laidOver, readBlock } from "./block.js";
import { control, told } from "./control.js";
import { fill, h } from "./dom.js";
import { cellName } from "./model.js";
import { before, help, requiredMark, stateChoice } from "./section.js";
import { EMPTY, TOTAL } from "./shapes.js";

/** @typedef {import("./model.js").CellKey} CellKey */
/** @typedef {import("./block.js").Laid} Laid */
/** @typedef {import("./view.js").View} View */
/** @typedef {import("./view.js").Place} Place */
/** @typedef {{label: string, code?: string}} Head */

/**
 * Lays out questions that are broken down by the same categories: the longer side goes down.
 * @param {View} view @param {string[]} codes
 * @returns {HTMLElement}
 */
export function grid(view, codes) {
  const { asked, words } = view;
  const by = asked.questions[codes[0]].by ?? "";
  const labels = asked.classifications[by].labels;
  /** @type {Head[]} */
  const categories = Object.entries(labels).map(([code, label]) => ({ code: `${by}:${code}`, label }));
  if (codes.some((code) => asked.questions[code].total)) categories.push({ code: TOTAL, label: words.total });
  const questions = codes.map((code) => ({ code, label: asked.questions[code].name }));
  const isTurned = codes.length >= categories.length;
  const [down, across] = isTurned ? [questions, categories] : [categories, questions];
  /** @param {Head} line @param {Head} column @returns {CellKey | null} */
  const keyAt = (line, column) => {
    const [variable, breakdown] = isTurned ? [line.code ?? "", column.code ?? ""] : [column.code ?? "", line.code ?? ""];
    const question = asked.questions[variable];
    const isThere = question.derived ? breakdown !== TOTAL || question.total : question.breakdowns?.includes(breakdown);
    return isThere ? { row: "", variable, breakdown } : null;
  };
  return new Grid(view, down, across, keyAt, isTurned ? words.category : asked.classifications[by].name, codes).element;
}

class Grid {
  /**
   * @param {View} view @param {Head[]} down @param {Head[]} across
   * @param {(line: Head, column: Head) => CellKey | null} keyAt @param {string} corner @param {string[]} codes
   */
  constructor(view, down, across, keyAt, corner, codes) {
    this.view = view;
    this.across = across;
    this.down = down;
    this.keys = down.map((line) => across.map((column) => keyAt(line, column)));
    /** @type {(Place | null)[][]} */
    this.places = this.keys.map((row) => row.map(() => null));
    this.preview = h("div", { "aria-live": "polite" });
    this.states = stateChoice(view, view.words.category);
    const { words, asked } = view;
    const head = h("thead", {}, h("tr", {}, h("th", { scope: "col" }, corner), ...across.map((one) => h("th", { scope: "col", lang: "id" }, one.label, this.unitOf(one), this.requiredOf(one)))));
    const lines = down.flatMap((line, at) => {
      const below = h("tr", { class: "kisi__kata", hidden: true }, h("td", { colspan: across.length + 1 }));
      const cells = across.map((column, right) => this.cell(line, column, at, right, below));
      return [h("tr", {}, h("th", { scope: "row", lang: "id" }, line.label, this.unitOf(line), this.requiredOf(line), this.helpOf(line)), ...cells), below];
    });
    const table = h("table", { class: "kisi", onkeydown: (/** @type {KeyboardEvent} */ event) => this.move(event), onpaste: (/** @type {ClipboardEvent} */ event) => this.paste(event), onfocusin: (/** @type {FocusEvent} */ event) => this.focused(event) },
      h("caption", { class: "visually-hidden" }, codes.map((code) => asked.questions[code].name).join(", ")), head, h("tbody", {}, ...lines));
    this.states.disabled = true;
    this.states.addEventListener("change", () => this.stateChosen());
    const helps = down[0].code?.includes(":") || down.at(-1)?.code === TOTAL ? h("div", {}, ...codes.map((code) => h("div", {}, h("p", { class: "form-label", lang: "id" }, asked.questions[code].question), help(view, asked.questions[code])))) : null;
    this.element = h("div", { class: "bagian" }, helps, table,
      view.isReadonly ? null : h("p", { class: "kisi-alat" }, h("span", {}, words.gridHelp), this.states), this.preview);
    /** @type {Place | null} */
    this.current = null;
  }

  /** @param {Head} head */
  unitOf(head) {
    const unit = this.view.asked.questions[head.code ?? ""]?.unit;
    return unit ? h("small", { class: "muted" }, ` (${unit})`) : null;
  }

  /** @param {Head} head */
  requiredOf(head) {
    return requiredMark(this.view, this.view.asked.questions[head.code ?? ""]);
  }

  /** @param {Head} head */
  helpOf(head) {
    const question = this.view.asked.questions[head.code ?? ""];
    return question ? help(this.view, question) : null;
  }

  /** @param {Head} line @param {Head} column @param {number} at @param {number} right @param {HTMLElement} below  the line below, where cells of this one are told */
  cell(line, column, at, right, below) {
    const key = this.keys[at][right];
    if (!key) return h("td", { class: "kisi__tak" });
    const { view } = this;
    const question = view.asked.questions[key.variable];
    const name = cellName(key);
    const label = `${line.label}, ${column.label}`;
    const small = h("span", { class: "kisi__lab", "aria-hidden": true, lang: "id" }, column.label, this.requiredOf(column));
    if (question.derived) {
      const output = h("output", { class: "angka" });
      view.register({ key, question, box: output, said: h("div"), show: (cell) => {
        output.textContent = cell.state === EMPTY.state ? view.words.notYet : told(question, cell, view.words);
      } });
      return h("td", { class: "kisi__jumlah" }, small, output);
    }
    const own = control({ ...question, type: question.type }, name, label, view.words, { isOpen: view.isOpen(key), isGrid: true });
    if (question.required && own.write) own.focus.setAttribute("aria-required", "true");
    const said = h("div", { lang: "id" });
    below.firstElementChild?.append(said);
    const mark = h("span", { class: "sel-keadaan" });
    const skip = h("span", { class: "kisi__tak", hidden: true });
    const offered = h("span", { class: "tawaran" });
    const box = h("td", { "data-sel": name }, small, own.element, skip, before(view, key, question), offered, mark);
    /** @type {Place} */
    const place = { key, question, control: own, box, said, mark, offered, label, line: below, show: own.show, skip: (why) => {
      skip.textContent = why;
      skip.hidden = !why;
      own.element.hidden = Boolean(why);
    } };
    this.places[at][right] = place;
    view.register(place);
    return box;
  }

  /** @param {EventTarget | null} target @returns {[number, number] | null} */
  where(target) {
    for (const [line, row] of this.places.entries())
      for (const [column, place] of row.entries())
        if (place?.control && target instanceof Node && place.control.element.contains(target)) return [line, column];
    return null;
  }

  /** @param {FocusEvent} event */
  focused(event) {
    const at = this.where(event.target);
    if (!at) return;
    this.current = this.places[at[0]][at[1]];
    if (event.target instanceof HTMLInputElement) event.target.select();
    const cell = this.current && this.view.model.cell(this.current.key);
    this.states.disabled = !this.current || !this.view.isOpen(this.current.key);
    this.states.value = cell && ["tidak_ada", "tidak_tahu"].includes(cell.state) ? cell.state : "";
    this.states.setAttribute("aria-label", `${this.view.words.state}: ${this.current?.label ?? ""}`);
  }

  stateChosen() {
    if (this.current) this.view.edit(this.current, this.states.value ? { state: this.states.value, value: null } : { ...EMPTY }, true);
  }

  /** @param {KeyboardEvent} event */
  move(event) {
    const at = this.where(event.target);
    const input = event.target;
    if (!at || !(input instanceof HTMLInputElement) || input.type === "radio" || input.type === "checkbox") return;
    const step = stepOf(event, input);
    if (!step) return;
    for (let [line, column] = [at[0] + step[0], at[1] + step[1]]; this.places[line] && column >= 0 && column < this.across.length; line += step[0], column += step[1]) {
      const focus = this.places[line][column]?.control?.focus;
      if (focus && !focus.hidden && !(/** @type {HTMLInputElement} */ (focus).disabled)) {
        event.preventDefault();
        focus.focus();
        return;
      }
    }
    if (event.key === "Enter") event.preventDefault();
  }

  /** @param {ClipboardEvent} event */
  paste(event) {
    const text = event.clipboardData?.getData("text/plain") ?? "";
    const at = this.where(event.target);
    if (!at || !/[\t\n]/.test(text.replace(/\n$/, "")) || this.view.isReadonly) return;
    event.preventDefault();
    const open = this.keys.map((row) => row.map((key) => (key && !this.view.asked.questions[key.variable].derived && this.view.isOpen(key) ? key : null)));
    this.show(laidOver(readBlock(text), open, at[0], at[1], (key) => this.view.asked.questions[key.variable]));
  }

  /** @param {Laid[]} laid */
  show(laid) {
    const { words } = this.view;
    const good = laid.filter(({ cell }) => cell);
    const rows = laid.map((one) => h("tr", {}, h("td", { lang: "id" }, `${this.down[one.line]?.label ?? "?"}, ${this.across[one.column]?.label ?? "?"}`), h("td", {}, one.text), h("td", {}, one.fault ? words[`block-${one.fault}`] : words.pasteGood)));
    const heads = [words.pasteCell, words.pasteGiven, words.pasteVerdict].map((text) => h("th", { scope: "col" }, text));
    const take = h("button", { type: "button", class: "btn btn-primary", onclick: () => this.take(good) }, fill(words.pasteTake, { n: good.length }));
    const drop = h("button", { type: "button", class: "btn btn-outline", onclick: () => this.preview.replaceChildren() }, words.pasteDrop);
    this.preview.replaceChildren(h("div", { class: "lembar" }, h("h3", {}, words.paste), h("p", {}, fill(words.pasteText, { good: good.length, bad: laid.length - good.length })),
      h("table", { class: "table" }, h("thead", {}, h("tr", {}, ...heads)), h("tbody", {}, ...rows)), h("p", { class: "tombol-baris" }, good.length ? take : null, drop)));
    (good.length ? take : drop).focus();
  }

  /** @param {Laid[]} good */
  take(good) {
    for (const { line, column, cell } of good) {
      const place = this.places[line][column];
      if (place && cell) this.view.edit(place, cell, false);
    }
    this.preview.replaceChildren();
    this.view.settle();
    this.view.send();
    const first = good[0] && this.places[good[0].line][good[0].column];
    first?.control?.focus.focus();
  }
}

/**
 * Says which way a key leads; left and right only where the text ends, so that it can be edited.
 * @param {KeyboardEvent} event @param {HTMLInputElement} input
 * @returns {[number, number] | null}
 */
function stepOf(event, input) {
  if (event.altKey || event.ctrlKey || event.metaKey) return null;
  const isWhole = input.selectionStart === 0 && input.selectionEnd === input.value.length;
  switch (event.key) {
    case "Enter":
      return event.shiftKey ? [-1, 0] : [1, 0];
    case "ArrowDown":
      return [1, 0];
    case "ArrowUp":
      return [-1, 0];
    case "ArrowLeft":
      return isWhole || input.selectionEnd === 0 ? [0, -1] : null;
    case "ArrowRight":
      return isWhole || input.selectionStart === input.value.length ? [0, 1] : null;
    default:
      return null;
  }
}
