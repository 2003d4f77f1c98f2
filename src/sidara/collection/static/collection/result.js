// The result of a form that was taken away: one line of ASCII, signed with the key of its file. Pure.
// The line is the mark, the signature and the body; as QR codes it is cut into parts that may come in any order.
// Ed25519 is computed here, for a page that was opened from a disk may have no `crypto.subtle`.
// @ts-check
import { getPublicKey, hashes, sign, verify } from "@noble/ed25519";
import { sha512 } from "@noble/hashes/sha2.js";
import { cellKey, cellName } from "./model.js";

/** @typedef {import("./shapes.js").Cell} Cell */
/** @typedef {{uid: string, form: string, number: number, digest: string, region: string, period: string, base: number}} Claims */
/** @typedef {{claims: Claims, filler: string, at: string, cells: [string, Cell][]}} Result  cells by name */

hashes.sha512 = /** @type {any} */ (sha512);

const MARK = "SIDARA-HASIL-1";
const PART = "SIDARA-QR-1";
/** Letters of a part: a code that a telephone reads from the screen of another. */
const LONGEST_PART = 560;
const MOST_PARTS = 8;

/** @param {Result} result @param {string} seed  the private key, hexadecimal @returns {string} */
export function written({ claims, filler, at, cells }, seed) {
  const rows = cells.map(([name, cell]) => {
    const { row, variable, breakdown } = cellKey(name);
    return [row, variable, breakdown, cell.state, cell.value ?? "", cell.explanation ?? "", ...(cell.origin ? [cell.origin] : [])];
  });
  const body = JSON.stringify({ claims, filler, at, cells: rows }).replace(/[\u007f-\uffff]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`);
  return `${MARK} ${text64(sign(bytesOf(body), unhex(seed)))} ${body}`;
}

/**
 * Reads a result back that this file made; `null` where it is of another file, or was changed.
 * @param {string} text @param {Claims} claims @param {string} seed @returns {Result | null}
 */
export function opened(text, claims, seed) {
  const [mark, signature = "", ...rest] = text.trim().split(" ");
  const body = rest.join(" ");
  try {
    if (mark !== MARK || !verify(bytes64(signature), bytesOf(body), getPublicKey(unhex(seed)))) return null;
    const found = JSON.parse(body);
    if (found.claims.uid !== claims.uid) return null;
    const cells = found.cells.map((/** @type {string[]} */ [row, variable, breakdown, state, value, explanation, origin]) => [
      cellName({ row, variable, breakdown }),
      { state, value: value || null, explanation, ...(origin ? { origin } : {}) },
    ]);
    return { ...found, cells };
  } catch {
    return null;
  }
}

/**
 * Cuts a result into the texts of QR codes; `null` where there would be too many.
 * @param {string} text @returns {string[] | null}
 */
export function parts(text) {
  const count = Math.ceil(text.length / LONGEST_PART);
  if (count > MOST_PARTS) return null;
  const tag = [...sha512(bytesOf(text)).slice(0, 4)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return Array.from({ length: count }, (_, at) => `${PART}|${at + 1}/${count}|${tag}|${text.slice(at * LONGEST_PART, (at + 1) * LONGEST_PART)}|`);
}

/** @param {string} text */
const bytesOf = (text) => new TextEncoder().encode(text);

/** @param {string} text */
const unhex = (text) => Uint8Array.from(text.match(/../g) ?? [], (two) => Number.parseInt(two, 16));

/** @param {Uint8Array} bytes */
const text64 = (bytes) => btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

/** @param {string} text */
const bytes64 = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));
