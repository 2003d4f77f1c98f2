// What is filled in, as it stands: own cells and rows, and what follows from them (totals, derived, not asked).
// Pure: no page, no network, no storage. `settled()` gives what `dictionary.core.derived` and `skipped` give.
// @ts-check
import { fixed } from "./figures.js";
import { Programs } from "./programs.js";
import { EMPTY, TOTAL, keyOf } from "./shapes.js";

/** @typedef {import("../../../expressions/static/expressions/runtime.js").Value} Value */
/** @typedef {import("./programs.js").Reading} Reading */
/** @typedef {import("./programs.js").Subject} Subject */
/** @typedef {import("./shapes.js").Asked} Asked */
/** @typedef {import("./shapes.js").Cell} Cell */
/** @typedef {import("./shapes.js").Derived} Derived */
/** @typedef {import("./shapes.js").Held} Held */
/** @typedef {import("./shapes.js").Part} Part */
/** @typedef {import("./shapes.js").Question} Question */
/** @typedef {import("./shapes.js").Row} Row */
/** @typedef {import("./shapes.js").Rows} Rows */
/** @typedef {{row: string, variable: string, breakdown: string}} CellKey */
/**
 * @typedef {object} Settled  everything with what follows from it
 * @property {Record<string, Cell>} cells  by the key of a slot
 * @property {Record<string, Rows | null>} lists  by `list@period`; only rows that are there
 * @property {Record<string, string>} undecided  empty cells of which nobody can tell yet whether they are asked, with the question that is to be answered first
 */

/** @param {CellKey} key */
export const cellName = (key) => `${key.row}/${key.variable}/${key.breakdown || TOTAL}`;

/** @param {string} name @returns {CellKey} */
export function cellKey(name) {
  const [row, variable, breakdown] = name.split("/");
  return { row, variable, breakdown };
}

/** @param {Cell | undefined} one @param {Cell | undefined} other */
export const isSame = (one, other) =>
  (one ?? EMPTY).state === (other ?? EMPTY).state &&
  composed(one?.value) === composed(other?.value) &&
  (composed(one?.explanation) ?? "") === (composed(other?.explanation) ?? "");

/** @param {string | null | undefined} text  as the server stores it: signs that are typed in two are one */
const composed = (text) => text?.normalize("NFC") ?? null;

const GONE = "dihapus";

export class Model {
  /** @param {Asked} asked @param {Held} held */
  constructor(asked, held) {
    this.asked = asked;
    this.held = held;
    this.programs = new Programs(asked);
    /** @type {Map<string, Cell>} own cells by name, rows of lists included */
    this.own = new Map();
    for (const [row, variable, breakdown, state, value, explanation] of held.own)
      this.own.set(cellName({ row, variable, breakdown }), { state, value, explanation });
  }

  /** @param {CellKey} key @returns {Cell} */
  cell(key) {
    return this.own.get(cellName(key)) ?? EMPTY;
  }

  /** @param {CellKey} key @param {Cell} cell */
  put(key, cell) {
    this.own.set(cellName(key), cell);
  }

  /** Whether something is asked here: what is for villages only does not concern a kelurahan. @param {string} code */
  concerns(code) {
    const { questions, lists } = this.asked;
    const one = questions[code] ?? lists[code] ?? Object.values(lists).find((list) => code in list.columns);
    return !(one?.villages && this.held.region.kind === "kelurahan");
  }

  /** @param {CellKey} key @returns {Question | undefined} */
  question(key) {
    if (!key.row) return this.asked.questions[key.variable];
    return Object.values(this.asked.lists).find((list) => key.variable in list.columns)?.columns[key.variable];
  }

  /** @param {string} variable @param {string} breakdown @returns {Cell} the cell of the period before */
  before(variable, breakdown) {
    const [state, value] = this.held.cells[keyOf(variable, breakdown, this.asked.before)] ?? [EMPTY.state, null];
    return { state, value };
  }

  /**
   * Gives the own rows of a list in the order in which they were made (ids count up with time).
   * @param {string} list @param {{removed?: boolean}} [options]
   * @returns {Row[]}
   */
  rows(list, { removed = false } = {}) {
    const { columns } = this.asked.lists[list];
    /** @type {Map<string, Row>} */
    const found = new Map();
    for (const [name, cell] of this.own) {
      const key = cellKey(name);
      if (!key.row || (key.variable !== list && !(key.variable in columns))) continue;
      const row = found.get(key.row) ?? { id: key.row, state: "", cells: {} };
      if (key.variable in columns) row.cells[key.variable] = cell;
      if (cell.state !== EMPTY.state && row.state !== GONE) row.state = "ada";
      if (key.variable === list && cell.value === GONE) row.state = GONE;
      found.set(key.row, row);
    }
    return [...found.values()]
      .filter(({ state }) => state === "ada" || (removed && state === GONE))
      .sort((one, other) => (one.id < other.id ? -1 : 1));
  }

  /**
   * Gives what a list says: its rows, declared empty, or `null` while nobody has filled it in.
   * @param {string} list
   * @returns {Rows | null}
   */
  listing(list) {
    const rows = this.rows(list);
    if (rows.length) return { state: "nilai", rows };
    const own = this.own.get(cellName({ row: "", variable: list, breakdown: TOTAL }));
    return own?.state === "tidak_ada" ? { state: "tidak_ada", rows: [] } : null;
  }

  /** Computes everything that follows from what is filled in. @returns {Settled} */
  settled() {
    const { asked, held } = this;
    /** @type {Record<string, Cell>} */
    const cells = {};
    for (const [key, [state, value]] of Object.entries(held.cells)) cells[key] = { state, value };
    for (const [name, cell] of this.own) {
      const { row, variable, breakdown } = cellKey(name);
      if (!row) cells[keyOf(variable, breakdown, asked.period)] = cell;
    }
    /** @type {Record<string, Rows | null>} */
    const lists = {};
    for (const [name, rows] of Object.entries(held.lists)) lists[name] = copied(rows);
    for (const list of Object.keys(asked.lists)) {
      const own = this.listing(list);
      lists[`${list}@${asked.period}`] = own && copied(own);
    }
    /** @type {Settled} */
    const settled = { cells, lists, undecided: {} };
    for (const [name, columns] of Object.entries(asked.rows)) this.computeRows(settled, name, columns);
    for (const one of asked.derived) {
      const key = keyOf(one.a, one.b ?? "", one.at);
      if (one.sum && (cells[key] ?? EMPTY).state !== EMPTY.state) continue;
      const value = this.programs.of(one.h).value(this.subject(settled, one.at, { only: one.by }));
      const cell = derivedCell(value, one.d);
      if (cell.state === "nilai") cells[key] = cell;
    }
    this.skip(settled);
    return settled;
  }

  /** @param {Settled} settled @param {string} name @param {Derived[]} columns */
  computeRows(settled, name, columns) {
    for (const row of settled.lists[name]?.rows ?? [])
      for (const column of columns) {
        const subject = this.subject(settled, column.at, { row });
        row.cells[column.a] = derivedCell(this.programs.of(column.h).value(subject), column.d);
      }
  }

  /**
   * Says `tidak_berlaku` of what is not asked of this village, where nothing was filled in, and what is undecided.
   * @param {Settled} settled
   */
  skip(settled) {
    const { asked } = this;
    const subject = this.subject(settled, asked.period);
    /** @type {[CellKey, Part, string, Row | undefined][]} */
    const open = [];
    for (const [code, question] of Object.entries(asked.questions)) {
      if (!question.relevance || question.derived) continue;
      const parts = /** @type {Record<string, Part>} */ (question.relevance);
      for (const breakdown of question.breakdowns ?? []) {
        const key = keyOf(code, breakdown, asked.period);
        const part = parts[""] ?? parts[breakdown];
        if ((settled.cells[key] ?? EMPTY).state !== EMPTY.state) continue;
        const isAsked = this.programs.of(part).value(subject);
        if (isAsked === false) settled.cells[key] = { state: "tidak_berlaku", value: null };
        else if (isAsked === null) open.push([{ row: "", variable: code, breakdown }, part, "", undefined]);
      }
    }
    for (const [code, list] of Object.entries(asked.lists))
      for (const row of settled.lists[`${code}@${asked.period}`]?.rows ?? []) {
        const inside = this.subject(settled, asked.period, { row });
        for (const [name, column] of Object.entries(list.columns)) {
          if (!column.relevance || (row.cells[name] ?? EMPTY).state !== EMPTY.state) continue;
          const part = /** @type {Part} */ (column.relevance);
          const isAsked = this.programs.of(part).value(inside);
          if (isAsked === false) row.cells[name] = { state: "tidak_berlaku", value: null };
          else if (isAsked === null) open.push([{ row: row.id, variable: name, breakdown: TOTAL }, part, code, row]);
        }
      }
    for (const [key, part, list, row] of open) {
      const first = this.hangsOn(settled, part, list, row);
      if (first) settled.undecided[cellName(key)] = first;
    }
  }

  /**
   * Gives the question of this form that is not answered yet and on which a condition hangs, if there is one.
   * @param {Settled} settled @param {Part} part @param {string} list @param {Row | undefined} row
   */
  hangsOn(settled, part, list, row) {
    const { asked } = this;
    for (const { variable, breakdown, period, list: summed } of this.programs.of(part).slots) {
      if (summed || (period && period !== asked.period)) continue;
      const column = list ? asked.lists[list].columns[variable] : undefined;
      const question = column ?? asked.questions[variable];
      const isGivenHere = column || question?.breakdowns?.includes(breakdown || TOTAL);
      if (!question || question.derived || !isGivenHere || !this.concerns(variable)) continue;
      const cell = column ? row?.cells[variable] : settled.cells[keyOf(variable, breakdown, asked.period)];
      if ((cell ?? EMPTY).state === EMPTY.state) return question.name;
    }
    return "";
  }

  /**
   * Gives what a program reads at a period, in a row of a list where one is given.
   * @param {Settled} settled @param {string} at
   * @param {{row?: Row, only?: [string, string], today?: string | null}} [more]  `only`: column and option of its rows
   * @returns {Subject}
   */
  subject(settled, at, { row, only, today = null } = {}) {
    const { held, asked } = this;
    const cells = new Proxy({}, { get: (_, key) => this.reading(inRow(settled, row, at, String(key)), String(key)) });
    /** @type {Subject["lists"]} */
    const lists = {};
    for (const [list, when] of Object.entries(asked.list_periods[at] ?? {})) {
      const found = settled.lists[`${list}@${when}`];
      const kept = only ? found?.rows.filter((one) => one.cells[only[0]]?.value === only[1]) : found?.rows;
      lists[list] = kept?.map((one) => this.rowReadings(list, one)) ?? null;
    }
    const context = { "today()": today, "region_code()": held.region.code, "region_kind()": held.region.kind };
    return { cells, lists, tables: held.tables[at.slice(0, 4)] ?? {}, context };
  }

  /** @param {string} list @param {Row} row */
  rowReadings(list, row) {
    /** @type {Record<string, Reading>} */
    const made = {};
    for (const [code, cell] of Object.entries(row.cells)) made[`${list}.${code}`] = this.reading(cell, code);
    return made;
  }

  /** @param {Cell | undefined} cell @param {string} key  whose first part is the code @returns {Reading} */
  reading(cell, key) {
    if (!cell || cell.state !== "nilai") return { state: cell?.state ?? EMPTY.state, value: null };
    const isTruth = this.asked.items[key.slice(0, 7)]?.t === "ya_tidak";
    return { state: cell.state, value: isTruth ? cell.value === "true" : cell.value };
  }

  /**
   * Counts what a section (or everything) asks and what is filled: a list by the cells of its rows, as one while it has none.
   * @param {Settled} settled @param {string[]} codes @param {string[]} [lists]
   */
  progress(settled, codes, lists = []) {
    const counted = { asked: 0, filled: 0, required: 0, missing: 0 };
    /** @param {boolean} isFilled @param {boolean} isRequired */
    const count = (isFilled, isRequired) => {
      counted.asked += 1;
      counted.filled += Number(isFilled);
      counted.required += Number(isRequired);
      counted.missing += Number(isRequired && !isFilled);
    };
    /** @param {CellKey} key @param {Cell | undefined} cell @param {Question} question */
    const take = (key, cell = EMPTY, question) => {
      if (cell.state !== "tidak_berlaku" && !(cellName(key) in settled.undecided)) count(cell.state !== EMPTY.state, question.required === true);
    };
    for (const code of codes) {
      const question = this.asked.questions[code];
      if (question.derived || !this.concerns(code)) continue;
      for (const breakdown of question.breakdowns ?? [])
        take({ row: "", variable: code, breakdown }, settled.cells[keyOf(code, breakdown, this.asked.period)], question);
    }
    for (const list of lists.filter((code) => this.concerns(code))) {
      const rows = settled.lists[`${list}@${this.asked.period}`]?.rows ?? [];
      if (!rows.length) count(this.listing(list) !== null, this.asked.lists[list].required);
      for (const row of rows)
        for (const [variable, column] of Object.entries(this.asked.lists[list].columns))
          if (!column.derived) take({ row: row.id, variable, breakdown: TOTAL }, row.cells[variable], column);
    }
    return counted;
  }
}

/** @param {Settled} settled @param {Row | undefined} row @param {string} at @param {string} key */
function inRow(settled, row, at, key) {
  if (row && key.endsWith(`@${at}`)) {
    const own = row.cells[key.slice(0, -at.length - 1)];
    if (own) return own;
  }
  return settled.cells[key];
}

/** @param {Rows} rows @returns {Rows | null} */
const copied = (rows) =>
  rows.state === "nilai" || rows.state === "tidak_ada"
    ? { state: rows.state, rows: rows.rows.map((row) => ({ ...row, cells: { ...row.cells } })) }
    : null;

/** @param {Value} value @param {number} decimals @returns {Cell} */
function derivedCell(value, decimals) {
  if (value === null) return EMPTY;
  if (typeof value === "boolean") return { state: "nilai", value: value ? "true" : "false" };
  if (typeof value === "object") return { state: "nilai", value: fixed(value, decimals) };
  return { state: "nilai", value: String(value) };
}
