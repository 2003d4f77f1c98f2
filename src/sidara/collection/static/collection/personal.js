// Texts that look as if they named a person: an NIK or KK (16 digits) or a telephone number; as `kernel.personal`.
// Cases shared with Python: `tests/collection/test_device_personal.py`.
// @ts-check

const PROVINCE = ["1[1-9]", "21", "3[1-6]", "5[1-3]", "6[1-5]", "7[1-6]", "8[12]", "9[1-7]"];
const DAY = ["0[1-9]", "[12][0-9]", "3[01]", "4[1-9]", "[56][0-9]", "7[01]"];
const MONTH = ["0[1-9]", "1[0-2]"];
const DIGIT = "[0-9]";

/** Sixteen digits built as an NIK (women: day + 40), with that sign between any two of them. @param {string} sign */
function divided(sign) {
  const between = `${sign}?`;
  const pair = (/** @type {string[]} */ choices) => `(?:${choices.map((one) => one.replace(/^(\[[^\]]+\]|[0-9])/, (first) => first + between)).join("|")})`;
  return [pair(PROVINCE), ...Array(4).fill(DIGIT), pair(DAY), pair(MONTH), ...Array(6).fill(DIGIT)].join(between);
}

const GROUPED = "[0-9]{2}[ .-]?[0-9]{2}[ .-]?[0-9]{2}[ .-]?[0-9]{6}[ .-]?[0-9]{4}";
const TELEPHONE = "(?:\\+?62\\)?[ .-]?\\(?0?\\)?[ .-]?|0)8[0-9]{1,2}\\)?(?:[ .-]?[0-9]{3,4}){2}[0-9]{0,2}";
const alone = (/** @type {string} */ digits) => new RegExp(`(?:^|[^0-9])(?:${digits})(?:$|[^0-9])`);
const NIK = alone([GROUPED, ...[" ", "[.]", "-"].map(divided)].join("|"));
const PHONE = alone(TELEPHONE);
const FIGURE = /[0-9]+(?:\.[0-9]+)*/g;
/** A number in groups of three with points is an amount, whatever stands in it, unless it begins as a telephone number abroad does. */
const AMOUNT = /^[1-9][0-9]{0,2}(?:\.[0-9]{3}){1,4}$/;

/**
 * Says what a text looks as if it held, in Indonesian; empty: neither.
 * @param {string | null | undefined} text
 */
export function looksLike(text) {
  const written = plain(text ?? "").replace(FIGURE, (one, at, whole) => (AMOUNT.test(one) && !(whole[at - 1] === "+" && one.startsWith("62.")) ? "#" : one));
  return NIK.test(written) ? "NIK" : PHONE.test(written) ? "nomor telepon" : "";
}

/** Writes digits, spaces and dashes of every script as plain ones. @param {string} text */
const plain = (text) => (/^[\0-\x7f]*$/.test(text) ? text : [...text].map(plainSign).join(""));

/** @param {string} sign */
function plainSign(sign) {
  const made = sign.normalize("NFKC");
  if (/^[0-9]$/.test(made)) return made;
  if (/\p{Nd}/u.test(sign)) return digitOf(sign);
  if (/\p{Zs}/u.test(sign)) return " ";
  if (/\p{Pd}|\u2212/u.test(sign)) return "-";
  return made.length === 1 ? made : sign;
}

/** The digits of a script stand together, from zero on. @param {string} sign */
function digitOf(sign) {
  const at = sign.codePointAt(0) ?? 0;
  let before = 0;
  while (before < 10 && /\p{Nd}/u.test(String.fromCodePoint(at - before - 1))) before += 1;
  return String(before % 10);
}
