// Figures as people write them, and what people type as figures: `1.432`, `12,5`, `24 November 2026`.
// Cases shared with Python: `tests/kernel/cases/number.txt`, `tests/collection/cases/typed.txt`.
// @ts-check
import { dayText } from "../../../expressions/static/expressions/runtime.js";

/** @typedef {import("../../../expressions/static/expressions/runtime.js").Ratio} Ratio */
/** @typedef {import("../../../expressions/static/expressions/runtime.js").Value} Value */
/** @typedef {import("./shapes.js").Item} Item */
/** @typedef {import("./shapes.js").Question} Question */
/** @typedef {"id" | "en"} Language */

const UNKNOWN = "(belum diketahui)";
const MOST_DECIMALS = 4;
const MINUS = "\u2212";
const MONTHS = {
  id: "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember".split(" "),
  en: "January February March April May June July August September October November December".split(" "),
};

/** @param {bigint} value */
const size = (value) => (value < 0n ? -value : value);

/**
 * Rounds half away from zero and writes plain digits: `-12.50`.
 * @param {Ratio} value @param {number} decimals
 */
export function fixed(value, decimals) {
  const scale = 10n ** BigInt(decimals);
  const whole = (2n * size(value.n) * scale + value.d) / (2n * value.d);
  const digits = String(whole).padStart(decimals + 1, "0");
  const at = digits.length - decimals;
  const text = decimals ? `${digits.slice(0, at)}.${digits.slice(at)}` : digits;
  return value.n < 0n && whole ? `-${text}` : text;
}

/**
 * Writes a number in the style of a language.
 * @param {Ratio} value @param {number} decimals @param {Language} [language]
 */
export function formatNumber(value, decimals, language = "id") {
  return grouped(fixed(value, decimals), language);
}

/**
 * Groups the thousands of plain digits: `-1234.5` becomes `−1.234,5`.
 * @param {string} plain @param {Language} [language]
 */
export function grouped(plain, language = "id") {
  const [thousand, point] = language === "id" ? [".", ","] : [",", "."];
  const [whole, behind] = plain.replace("-", "").split(".");
  const text = whole.replace(/\B(?=(\d{3})+$)/g, thousand) + (behind ? point + behind : "");
  return plain.startsWith("-") ? MINUS + text : text;
}

/**
 * Writes a day (`2026-11-24`) in words.
 * @param {string} text @param {Language} [language]
 */
export function formatDate(text, language = "id") {
  const [year, month, day] = text.split("-").map(Number);
  return `${day} ${MONTHS[language][month - 1]} ${year}`;
}

/** @param {Ratio} value @param {number} decimals */
const fits = (value, decimals) => (value.n * 10n ** BigInt(decimals)) % value.d === 0n;

/**
 * Writes a value of a message as its item is shown, as `checks.core.figures` does.
 * @param {Value} value @param {Item | undefined} item
 */
export function figure(value, item) {
  if (value === null) return UNKNOWN;
  if (typeof value === "boolean") return value ? "ya" : "tidak";
  if (typeof value === "number") return formatDate(dayText(value));
  if (typeof value === "string") return labels(value, item);
  if (item && item.u === "tahun" && isNumber(item.t)) return value.d === 1n ? String(value.n) : `${value.n}/${value.d}`;
  const own = item?.d ?? 0;
  if (item && fits(value, own)) return formatNumber(value, own);
  let decimals = 0;
  while (decimals < MOST_DECIMALS && !fits(value, decimals)) decimals += 1;
  return formatNumber(value, decimals);
}

/** @param {string} codes @param {Item | undefined} item */
function labels(codes, item) {
  const options = item?.o ?? {};
  if (item?.t === "pilihan_jamak") return codes.split(" ").filter(Boolean).map((code) => options[code] ?? code).join(", ");
  return options[codes] ?? codes;
}

/** @param {string} type */
export const isNumber = (type) => ["bulat", "desimal", "uang", "persen"].includes(type);

const MOST_DIGITS = 18;

/**
 * Reads what somebody typed into a question: a canonical value, or why it is none.
 * @param {Question} question @param {string} text
 * @returns {{value: string} | {fault: "angka" | "desimal" | "panjang" | "tanggal" | "pilihan"}}
 */
export function typed(question, text) {
  const given = text.trim().normalize("NFC");
  if (isNumber(question.type)) return typedNumber(question, given);
  if (question.type === "tanggal") return /^\d{4}-\d{2}-\d{2}$/.test(given) ? { value: given } : { fault: "tanggal" };
  if (question.type === "ya_tidak") {
    const truth = { ya: "true", true: "true", tidak: "false", false: "false" }[given.toLowerCase()];
    return truth ? { value: truth } : { fault: "pilihan" };
  }
  if (question.type === "pilihan" || question.type === "pilihan_jamak") return chosen(question, given);
  return { value: given };
}

/** @param {Question} question @param {string} given */
function chosen(question, given) {
  const options = question.options ?? [];
  const parts = question.type === "pilihan" ? [given] : given.split(" ").filter(Boolean);
  const codes = parts.map((part) => options.find(([code, label]) => code === part || label.toLowerCase() === part.toLowerCase())?.[0]);
  if (!codes.length || codes.some((code) => code === undefined)) return /** @type {const} */ ({ fault: "pilihan" });
  return { value: options.filter(([code]) => codes.includes(code)).map(([code]) => code).join(" ") };
}

/**
 * A point parts thousands where three digits follow each one, else decimals; a comma always parts decimals.
 * @param {Question} question @param {string} given
 */
function typedNumber(question, given) {
  let text = given.replace(/^Rp\.?\s*/i, "").replace(/[\s\u00a0]/g, "").replace(/^[\u2212\u2013-]/, "-");
  if (/^-?\d{1,3}(\.\d{3})+(,\d+)?$/.test(text)) text = text.replaceAll(".", "");
  text = text.replace(",", ".");
  if (!/^-?\d+(\.\d+)?$/.test(text)) return /** @type {const} */ ({ fault: "angka" });
  const isNegative = text.startsWith("-");
  const [whole, behind = ""] = text.replace("-", "").split(".");
  const digits = whole.replace(/^0+(?=\d)/, "");
  const rest = behind.replace(/0+$/, "");
  if (rest.length > (question.decimals ?? 0)) return /** @type {const} */ ({ fault: "desimal" });
  if (digits.length + rest.length > MOST_DIGITS) return /** @type {const} */ ({ fault: "panjang" });
  const value = rest ? `${digits}.${rest}` : digits;
  return { value: isNegative && /[1-9]/.test(value) ? `-${value}` : value };
}

/** @param {number} value  a count, written as people do */
export const count = (value) => formatNumber({ n: BigInt(value), d: 1n }, 0);
