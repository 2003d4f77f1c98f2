// Puts the programs of a bundle together: a part becomes a function of a subject, and says what it misses.
// @ts-check
import { prepare } from "../../../expressions/static/expressions/runtime.js";
import { keyOf } from "./shapes.js";

/** @typedef {import("../../../expressions/static/expressions/runtime.js").Value} Value */
/** @typedef {import("./shapes.js").Asked} Asked */
/** @typedef {import("./shapes.js").Part} Part */
/** @typedef {{variable: string, breakdown: string, period: string, list: string, key: string, state: string, kind: string, readsZero: boolean}} Slot */
/** @typedef {{state: string, value: string | boolean | null}} Reading */
/**
 * @typedef {object} Subject
 * @property {Record<string, Reading>} cells
 * @property {Record<string, Record<string, Reading>[] | null>} lists
 * @property {Record<string, Record<string, string>>} tables
 * @property {Record<string, string | null>} context
 */
/**
 * @typedef {object} Compiled
 * @property {Slot[]} slots
 * @property {(subject: Subject) => Value} value
 * @property {(subject: Subject) => string} missing
 */

const CONTEXT = {
  "period_year()": "number",
  "period_start()": "day",
  "today()": "day",
  "region_code()": "text",
  "region_kind()": "text",
};
/** @type {[string, string][]} */
const CONTEXT_WORDS = [
  ["today()", "hari ini"],
  ["region_code()", "kode wilayah"],
  ["region_kind()", "jenis wilayah"],
];
const MOST_REASONS = 8;

/** Compiles the parts of a bundle, each once. */
export class Programs {
  /** @param {Asked} asked */
  constructor(asked) {
    this.asked = asked;
    /** @type {Slot[]} */
    this.slots = asked.slots.map(([variable, breakdown, period, kind, zero, list]) => {
      const key = list ? `${list}.${variable}` : keyOf(variable, breakdown, period);
      return { variable, breakdown, period, list, key, state: `state(${key})`, kind, readsZero: zero === 1 };
    });
    /** @type {WeakMap<Part, Compiled>} */
    this.made = new WeakMap();
  }

  /**
   * @param {Part} part
   * @returns {Compiled}
   */
  of(part) {
    let found = this.made.get(part);
    if (!found) {
      found = this.compile(part);
      this.made.set(part, found);
    }
    return found;
  }

  /**
   * @param {Part} part
   * @returns {Compiled}
   */
  compile(part) {
    const slots = part.s.map((number) => this.slots[number]);
    const root = named(this.asked.programs[part.p], slots);
    /** @type {Record<string, Slot[]>} */
    const lists = {};
    for (const name of part.l ?? []) lists[name] = slots.filter((slot) => slot.list === name);
    const cells = slots.filter((slot) => !slot.list);
    /** @type {((subject: any) => Value) | undefined} */
    let evaluate;
    return {
      slots,
      value: (subject) => {
        evaluate ??= prepare({ root, cells, lists, context: CONTEXT });
        return evaluate(subject);
      },
      missing: (subject) => missing(part, root, cells, lists, subject),
    };
  }
}

/**
 * Puts the names of slots into the shape of a program.
 * @param {any} shape @param {Slot[]} slots
 * @returns {any}
 */
function named(shape, slots) {
  if (!Array.isArray(shape)) return shape;
  if (shape[0] === "@") return ["name", slots[shape[1]].key];
  if (shape[0] === "$") return ["name", slots[shape[1]].state];
  return shape.map((one) => named(one, slots));
}

/** @param {any} node @returns {Generator<any[]>} */
function* walk(node) {
  if (!Array.isArray(node)) return;
  yield node;
  for (const one of node) yield* walk(one);
}

/** @param {Reading | undefined} cell @param {Slot} slot */
const isNull = (cell, slot) => {
  const state = cell?.state ?? "belum_diisi";
  return !(state === "nilai" || (state === "tidak_ada" && slot.readsZero));
};

/** @param {Reading | undefined} cell */
const stateWords = (cell) => (cell?.state ?? "belum_diisi").replace("_", " ");

/** @param {Slot} slot */
const slotWords = (slot) =>
  slot.variable + (slot.breakdown ? `, rincian ${slot.breakdown}` : "") + (slot.period ? `, periode ${slot.period}` : "");

/**
 * Says why a result is null, in the same words as `expressions.subject.missing`.
 * @param {Part} part @param {any} root @param {Slot[]} cells @param {Record<string, Slot[]>} lists @param {Subject} subject
 */
function missing(part, root, cells, lists, subject) {
  const said = [...(part.n ?? [])];
  const nodes = [...walk(root)];
  const read = new Set(nodes.filter((node) => node[0] === "name").map((node) => node[1]));
  const summands = nodes.filter((node) => node[0] === "sum_rows").flatMap((node) => [...walk(node[2])]);
  const summed = new Set(summands.filter((node) => node[0] === "name").map((node) => node[1]));
  for (const slot of cells) {
    const cell = subject.cells[slot.key];
    if (isNull(cell, slot)) said.push(`${slotWords(slot)} ${stateWords(cell)}`);
  }
  for (const [name, slots] of Object.entries(lists)) {
    const rows = subject.lists[name];
    if (!rows) said.push(`daftar ${name} belum diisi`);
    for (const [number, row] of (rows ?? []).entries())
      for (const slot of slots)
        if (summed.has(slot.key) && isNull(row[slot.key], slot))
          said.push(`${slotWords(slot)} baris ${number + 1} daftar ${name} ${stateWords(row[slot.key])}`);
  }
  for (const [name, words] of CONTEXT_WORDS)
    if (read.has(name) && (subject.context[name] ?? null) === null) said.push(`${words} tidak diketahui`);
  for (const name of part.t ?? []) said.push(`tabel ${name} mungkin tidak memuat barisnya`);
  const once = [...new Set(said)];
  const reasons = once.length ? once : ["pembagian dengan nol atau bagian yang memang kosong"];
  const rest = reasons.length - MOST_REASONS;
  return reasons.slice(0, MOST_REASONS).join("; ") + (rest > 0 ? `; dan ${rest} lagi` : "");
}
