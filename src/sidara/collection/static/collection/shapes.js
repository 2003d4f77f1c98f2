// The shapes of what a device holds: the bundle of a form as `core/bundle.py` writes it, cells, findings.
// @ts-check

/** @typedef {{p: number, s: number[], l?: string[], t?: string[], n?: string[]}} Part  a bound expression */
/** @typedef {[string, string, string, string, number, string]} SlotRow  variable, breakdown, period, kind, zero, list */
/** @typedef {{state: string, value: string | null, explanation?: string, origin?: string}} Cell  `value` is canonical text; `origin` the source it was taken over from */
/** @typedef {{origins: [string, string][], cells: [string, string, string, [number, string, string | null][]][]}} Offered  reference and words of sources; row, variable, breakdown and what is offered: number of the source, state, value */
/** @typedef {[string[], [Part, string][]]} Template  texts and, between them, figures with the item they are shown as */
/** @typedef {{code: string, label: string}} Option */
/**
 * @typedef {object} Question  a question or a column of a list; what is empty is absent
 * @property {string} name
 * @property {string} question
 * @property {string} [definition]
 * @property {string} [reason]
 * @property {string} [example]
 * @property {string} [evidence]
 * @property {string} [unit]
 * @property {string} type
 * @property {number} [decimals]
 * @property {boolean} [required]
 * @property {boolean} [derived]
 * @property {[string, string][]} [options]
 * @property {string[]} [breakdowns]
 * @property {string} [by]
 * @property {boolean} [total]
 * @property {boolean} [villages]
 * @property {Record<string, Part> | Part} [relevance]
 */
/**
 * @typedef {object} OwnList
 * @property {string} name
 * @property {string} hint
 * @property {boolean} required
 * @property {boolean} villages
 * @property {string} label
 * @property {Record<string, Question>} columns
 */
/** @typedef {{a: string, b?: string, at: string, d: number, h: Part, by?: [string, string], sum?: boolean}} Derived */
/**
 * @typedef {object} Task  a rule at the period, in one category
 * @property {string} c
 * @property {string} k
 * @property {string} v
 * @property {string} a
 * @property {string} [b]
 * @property {string} [l]
 * @property {Part} [w]
 * @property {Part} h
 * @property {string | Template} [m]
 * @property {string | Template} [r]
 */
/** @typedef {{n: string, f: string, s: string, t: string, u: string, d?: number, l?: string, o?: Record<string, string>}} Item */
/**
 * @typedef {object} Asked
 * @property {number} format
 * @property {string} form
 * @property {string} name
 * @property {string} hint
 * @property {number} number
 * @property {string} version
 * @property {string} rules
 * @property {string} period
 * @property {string} before
 * @property {{name: string, questions: string[]}[]} sections
 * @property {Record<string, Question>} questions
 * @property {Record<string, OwnList>} lists
 * @property {Record<string, {name: string, labels: Record<string, string>}>} classifications
 * @property {Record<string, Item>} items
 * @property {Record<string, string>} forms
 * @property {Record<string, [string, string]>} list_names
 * @property {Record<string, Record<string, string>>} list_periods
 * @property {Record<string, Derived[]>} rows
 * @property {Derived[]} derived
 * @property {Task[]} tasks
 * @property {any[]} programs
 * @property {SlotRow[]} slots
 */
/** @typedef {{id: string, state: string, cells: Record<string, Cell>}} Row  `state`: `ada` or `dihapus` */
/** @typedef {{state: string, rows: Row[]}} Rows  `state` is that of the list itself */
/**
 * @typedef {object} Held
 * @property {{code: string, name: string, kind: string, under: string}} region
 * @property {string} [dataset]  where it is kept: that of an example village is simulated
 * @property {string} today
 * @property {number} revision
 * @property {[string, string, string, string, string | null, string][]} own  row, variable, breakdown, state, value, explanation
 * @property {[string, string, string, [string, string | null, string][]][]} conflicts
 * @property {[string, string, string][]} locked
 * @property {string[]} [closed]  lists that take no new rows
 * @property {Record<string, [string, string | null]>} cells  of other periods and forms, by the key of a slot
 * @property {Record<string, Rows>} lists  by `list@period`
 * @property {Record<string, Record<string, Record<string, string>>>} tables  by year
 * @property {boolean} readonly
 */
/**
 * @typedef {object} Place
 * @property {string} form
 * @property {string} section
 * @property {string} row
 * @property {string} variable
 * @property {string} label
 * @property {string} breakdown
 * @property {string} category
 * @property {string} period
 * @property {string} region
 */
/**
 * @typedef {object} Finding
 * @property {string} code
 * @property {string} rule
 * @property {string} severity
 * @property {string} message
 * @property {string} remedy
 * @property {Place} place
 * @property {Place[]} cells
 * @property {(string | null)[]} figures
 * @property {string} rowId  of a list, empty elsewhere
 */

export const EMPTY = Object.freeze({ state: "belum_diisi", value: null });
export const TOTAL = "_T";
/** The code of a text that looks personal: it is stored, and warned about. */
export const PERSONAL = "TEXT_PERSONAL";

/**
 * Gives the key of a cell as expressions name it.
 * @param {string} variable @param {string} breakdown @param {string} period
 */
export function keyOf(variable, breakdown, period) {
  const part = breakdown && breakdown !== TOTAL ? `|${breakdown}` : "";
  return `${variable}${part}@${period}`;
}
