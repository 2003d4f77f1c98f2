// A block of cells as it comes from a spreadsheet (tabs and lines), laid over a grid from one of its cells on.
// @ts-check
import { typed } from "./figures.js";

/** @typedef {import("./model.js").CellKey} CellKey */
/** @typedef {import("./shapes.js").Cell} Cell */
/** @typedef {import("./shapes.js").Question} Question */
/** @typedef {"angka" | "desimal" | "panjang" | "tanggal" | "pilihan" | "luar" | "tertutup"} BlockFault */
/** @typedef {{text: string, line: number, column: number, key: CellKey | null, cell: Cell | null, fault: BlockFault | null}} Laid */

/** Words that people write for a state. */
const STATES = { "tidak ada": "tidak_ada", "tidak tahu": "tidak_tahu", "tidak berlaku": "tidak_berlaku" };

/**
 * Reads tabs and lines; quotes around a cell (as spreadsheets write them) are taken off.
 * @param {string} text
 * @returns {string[][]}
 */
export function readBlock(text) {
  /** @type {string[][]} */
  const rows = [[]];
  let cell = "";
  let isQuoted = false;
  const given = text.replace(/\r\n?/g, "\n").replace(/\n$/, "");
  for (let at = 0; at < given.length; at += 1) {
    const sign = given[at];
    if (isQuoted) {
      if (sign !== '"') cell += sign;
      else if (given[at + 1] === '"') cell += given[(at += 1)];
      else isQuoted = false;
    } else if (sign === '"' && cell === "") isQuoted = true;
    else if (sign === "\t" || sign === "\n") {
      rows[rows.length - 1].push(cell.trim());
      cell = "";
      if (sign === "\n") rows.push([]);
    } else cell += sign;
  }
  rows[rows.length - 1].push(cell.trim());
  return rows;
}

/**
 * Lays a block over a grid. Empty cells are left out: they change nothing.
 * @param {string[][]} block
 * @param {(CellKey | null)[][]} grid  cells by line and column; `null` = nothing is filled in there
 * @param {number} line @param {number} column  where the block begins
 * @param {(key: CellKey) => Question | undefined} questionOf
 * @returns {Laid[]}
 */
export function laidOver(block, grid, line, column, questionOf) {
  /** @type {Laid[]} */
  const laid = [];
  for (const [down, row] of block.entries())
    for (const [right, text] of row.entries()) {
      if (text === "") continue;
      const at = { text, line: line + down, column: column + right };
      const key = grid[at.line]?.[at.column];
      const question = key && questionOf(key);
      if (key === undefined) laid.push({ ...at, key: null, cell: null, fault: "luar" });
      else if (!key || !question) laid.push({ ...at, key: null, cell: null, fault: "tertutup" });
      else laid.push({ ...at, key, ...read(question, text) });
    }
  return laid;
}

/**
 * @param {Question} question @param {string} text
 * @returns {{cell: Cell | null, fault: BlockFault | null}}
 */
export function read(question, text) {
  const state = STATES[/** @type {keyof typeof STATES} */ (text.toLowerCase())];
  if (state && question.type !== "ya_tidak") return { cell: { state, value: null }, fault: null };
  const found = typed(question, text);
  if ("fault" in found) return { cell: null, fault: found.fault };
  return { cell: { state: "nilai", value: found.value }, fault: null };
}
