// Evaluates bound expressions on the device, exactly as the server does: see `script.py`, `record.py`.
// Numbers are ratios of BigInt, never binary floats; null is what is not known; nothing is executed
// that does not stand in this file.
// @ts-check

/** @typedef {{n: bigint, d: bigint}} Ratio  a number, `d` positive, in lowest terms */
/** @typedef {Ratio | string | boolean | number | null} Value  a JavaScript number is a day since 1970 */
/** @typedef {{state: string, value: string | boolean | null}} Cell */
/** @typedef {{key: string, state: string, kind: string, readsZero: boolean}} Slot */
/** @typedef {[string, ...any[]]} Program */
/**
 * @typedef {object} Bound
 * @property {Program} root
 * @property {Slot[]} cells
 * @property {Record<string, Slot[]>} lists
 * @property {Record<string, string>} context
 */
/**
 * @typedef {object} Subject
 * @property {Record<string, Cell>} cells
 * @property {Record<string, Record<string, Cell>[] | null>} lists
 * @property {Record<string, Record<string, string>>} tables
 * @property {Record<string, string | null>} context
 */
/**
 * @typedef {object} Scope  what names, lists and tables mean while a program runs
 * @property {Map<string, Value>} values
 * @property {Map<string, Map<string, Value>[] | null>} rows
 * @property {Record<string, Record<string, string>>} tables
 */
/** @typedef {(scope: Scope) => Value} Evaluator */

const ZERO = { n: 0n, d: 1n };
const FIRST_YEAR = 1n;
const LAST_YEAR = 9999n;

/** @param {bigint} value */
const size = (value) => (value < 0n ? -value : value);

/** @param {bigint} one @param {bigint} other @returns {bigint} */
function divisor(one, other) {
  while (other) [one, other] = [other, one % other];
  return one;
}

/** @param {bigint} n @param {bigint} d @returns {Ratio} */
function ratio(n, d) {
  if (d < 0n) [n, d] = [-n, -d];
  const common = divisor(size(n), d) || 1n;
  return { n: n / common, d: d / common };
}

/**
 * Reads `12`, `-0.75` or `3/4`.
 * @param {string} text
 * @returns {Ratio}
 */
export function number(text) {
  const [above, below] = text.split("/");
  if (below !== undefined) return ratio(BigInt(above), BigInt(below));
  const [whole, decimals = ""] = above.split(".");
  return ratio(BigInt(whole + decimals), 10n ** BigInt(decimals.length));
}

/**
 * Gives the whole number of a ratio, `null` where it is none.
 * @param {Ratio} value
 */
const integer = (value) => (value.d === 1n ? value.n : null);

/** @param {bigint} year @param {bigint} month */
function lastDay(year, month) {
  if (month === 2n) return year % 4n === 0n && (year % 100n !== 0n || year % 400n === 0n) ? 29n : 28n;
  return [4n, 6n, 9n, 11n].includes(month) ? 30n : 31n;
}

/**
 * Gives the day since 1970 in the Gregorian calendar; `null` where it has none.
 * @param {bigint | null} year @param {bigint | null} month @param {bigint | null} day
 * @returns {number | null}
 */
function dayOf(year, month, day) {
  if (year === null || month === null || day === null) return null;
  if (year < FIRST_YEAR || year > LAST_YEAR || month < 1n || month > 12n) return null;
  if (day < 1n || day > lastDay(year, month)) return null;
  const moment = new Date(0);
  moment.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  return Math.round(moment.getTime() / 86_400_000);
}

/** @param {string} text  as 2026-11-24 */
export function day(text) {
  const [year, month, date] = text.split("-").map(BigInt);
  return dayOf(year, month, date);
}

/**
 * Writes a day as 2026-11-24.
 * @param {number} value
 */
export const dayText = (value) => {
  const moment = new Date(value * 86_400_000);
  const parts = [moment.getUTCMonth() + 1, moment.getUTCDate()].map((part) => String(part).padStart(2, "0"));
  return [String(moment.getUTCFullYear()).padStart(4, "0"), ...parts].join("-");
};

/**
 * Goes on by months; a day that the month lacks becomes its last.
 * @param {number} start @param {Ratio} months
 */
function later(start, months) {
  const count = integer(months);
  if (count === null) return null;
  const [year, month, date] = dayText(start).split("-").map(BigInt);
  const total = year * 12n + month - 1n + count;
  if (total < FIRST_YEAR * 12n || total > LAST_YEAR * 12n + 11n) return null;
  const last = lastDay(total / 12n, (total % 12n) + 1n);
  return dayOf(total / 12n, (total % 12n) + 1n, date < last ? date : last);
}

/**
 * Puts two numbers or two days in order: below 0, 0, above 0.
 * @param {any} one @param {any} other
 */
function order(one, other) {
  if (typeof one === "number") return one - other;
  const difference = one.n * other.d - other.n * one.d;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** @param {any} one @param {any} other */
const isEqual = (one, other) =>
  one !== null && typeof one === "object" ? one.n === other.n && one.d === other.d : one === other;

/** @param {Ratio} a @param {Ratio} b */
const add = (a, b) => ratio(a.n * b.d + b.n * a.d, a.d * b.d);
/** @param {Ratio} a @param {Ratio} b */
const multiply = (a, b) => ratio(a.n * b.n, a.d * b.d);
/** @param {Ratio} a @param {Ratio} b */
const divide = (a, b) => (b.n === 0n ? null : ratio(a.n * b.d, a.d * b.n));
/** @param {Ratio} value */
const negate = (value) => ({ n: -value.n, d: value.d });
/** @param {Ratio} value */
const absolute = (value) => ({ n: size(value.n), d: value.d });

/** @param {Ratio} value @param {Ratio} places */
function round(value, places) {
  const scale = 10n ** places.n;
  const whole = (2n * size(value.n) * scale + value.d) / (2n * value.d);
  return ratio(value.n < 0n ? -whole : whole, scale);
}

/** @param {Ratio} a @param {Ratio} b */
function modulo(a, b) {
  if (b.n === 0n) return null;
  const rest = (size(a.n) * b.d) % (size(b.n) * a.d);
  return ratio(a.n < 0n ? -rest : rest, a.d * b.d);
}

/** @param {Ratio} a @param {Ratio} b @param {Ratio} most @param {Ratio} percent */
function near(a, b, most, percent) {
  const distance = absolute(add(a, negate(b)));
  const share = multiply(percent, absolute(b));
  return order(distance, most) <= 0 || order(multiply({ n: 100n, d: 1n }, distance), share) <= 0;
}

/**
 * Operations in which one null makes the whole null.
 * @type {Record<string, (...values: any[]) => Value>}
 */
const STRICT = {
  "+": add,
  "-": (a, b) => add(a, negate(b)),
  "*": multiply,
  "/": divide,
  negate,
  "=": isEqual,
  "<>": (a, b) => !isEqual(a, b),
  "<": (a, b) => order(a, b) < 0,
  "<=": (a, b) => order(a, b) <= 0,
  ">": (a, b) => order(a, b) > 0,
  ">=": (a, b) => order(a, b) >= 0,
  not: (value) => !value,
  abs: absolute,
  round,
  mod: modulo,
  min_of: (...values) => values.reduce((least, value) => (order(value, least) < 0 ? value : least)),
  max_of: (...values) => values.reduce((most, value) => (order(value, most) > 0 ? value : most)),
  near,
  date: (year, month, date) => dayOf(integer(year), integer(month), integer(date)),
  add_months: later,
  add_years: (start, years) => later(start, multiply(years, { n: 12n, d: 1n })),
  has: (chosen, option) => ` ${chosen} `.includes(` ${option} `),
};

/**
 * Operations that look at nulls themselves.
 * @type {Record<string, (values: Value[]) => Value>}
 */
const LOOSE = {
  and: (values) => (values.includes(false) ? false : values.includes(null) ? null : true),
  or: (values) => (values.includes(true) ? true : values.includes(null) ? null : false),
  in: ([value, ...options]) =>
    LOOSE.or(options.map((option) => (value === null || option === null ? null : isEqual(value, option)))),
  "is null": ([value]) => value === null,
  coalesce: (values) => values.find((value) => value !== null) ?? null,
};

/**
 * Sums over the rows for which the condition is true; null where one of them is not known.
 * @param {string} list @param {Evaluator} summand @param {Evaluator} condition
 * @returns {Evaluator}
 */
const overRows = (list, summand, condition) => (scope) => {
  const rows = scope.rows.get(list);
  if (!rows) return null;
  /** @type {Ratio} */
  let total = ZERO;
  for (const row of rows) {
    const inside = { ...scope, values: new Map([...scope.values, ...row]) };
    if (condition(inside) !== true) continue;
    const value = summand(inside);
    if (value === null) return null;
    total = add(total, /** @type {Ratio} */ (value));
  }
  return total;
};

/**
 * @param {Program} program
 * @returns {Evaluator}
 */
function evaluator([word, ...rest]) {
  switch (word) {
    case "null":
      return () => null;
    case "number": {
      const value = number(rest[0]);
      return () => value;
    }
    case "text":
    case "truth":
    case "day":
      return () => rest[0];
    case "name":
      return (scope) => named(scope, rest[0]);
    case "case":
      return choice(rest.map(evaluator));
    case "lookup": {
      const [[, table], key] = [rest[0], evaluator(rest[1])];
      return (scope) => found(scope.tables[table] ?? {}, key(scope));
    }
    case "count_rows":
      return overRows(rest[0][1], () => ({ n: 1n, d: 1n }), evaluator(rest[1]));
    case "sum_rows":
      return overRows(rest[0][1], evaluator(rest[1]), evaluator(rest[2]));
  }
  const parts = rest.map(evaluator);
  const loose = LOOSE[word];
  if (loose) return (scope) => loose(parts.map((part) => part(scope)));
  const strict = STRICT[word];
  if (!strict) throw new Error(`unknown operation ${word}`);
  return (scope) => {
    const values = parts.map((part) => part(scope));
    return values.includes(null) ? null : strict(...values);
  };
}

/** @param {Scope} scope @param {string} name */
function named(scope, name) {
  const value = scope.values.get(name);
  if (value === undefined) throw new Error(`unknown name ${name}`);
  return value;
}

/** @param {Record<string, string>} table @param {Value} key */
const found = (table, key) =>
  typeof key === "string" && Object.hasOwn(table, key) ? number(table[key]) : null;

/**
 * @param {Evaluator[]} parts
 * @returns {Evaluator}
 */
function choice(parts) {
  return (scope) => {
    for (let at = 0; at + 1 < parts.length; at += 2) {
      if (parts[at](scope) === true) return parts[at + 1](scope);
    }
    return parts[parts.length - 1](scope);
  };
}

/**
 * Gives what stands in a cell, as its kind.
 * @param {string | boolean | null} value @param {string} kind
 * @returns {Value}
 */
function read(value, kind) {
  if (value === null || typeof value === "boolean") return value;
  if (kind === "number") return number(value);
  return kind === "day" ? day(value) : value;
}

/**
 * Reads cells by their state: what does not exist is 0 where it adds up, anything else without value null.
 * @param {Slot[]} slots @param {Record<string, Cell>} cells
 * @returns {Map<string, Value>}
 */
function readings(slots, cells) {
  const values = new Map();
  for (const slot of slots) {
    const cell = cells[slot.key] ?? { state: "belum_diisi", value: null };
    const isZero = cell.state === "tidak_ada" && slot.readsZero;
    values.set(slot.key, isZero ? ZERO : cell.state === "nilai" ? read(cell.value, slot.kind) : null);
    values.set(slot.state, cell.state);
  }
  return values;
}

/**
 * Gives the function of a bound expression: from a subject to true, false, text, day, number or null.
 * @param {Bound} bound
 * @returns {(subject: Subject) => Value}
 */
export function prepare(bound) {
  const evaluate = evaluator(bound.root);
  return (subject) => {
    const values = readings(bound.cells, subject.cells);
    for (const [name, kind] of Object.entries(bound.context)) {
      values.set(name, read(subject.context[name] ?? null, kind));
    }
    /** @type {Scope["rows"]} */
    const rows = new Map();
    for (const [name, slots] of Object.entries(bound.lists)) {
      rows.set(name, subject.lists[name]?.map((row) => readings(slots, row)) ?? null);
    }
    return evaluate({ values, rows, tables: subject.tables });
  };
}

/**
 * Writes a value as JSON can carry it: numbers as `{"number": "3/4"}`, days as `{"day": "2026-11-24"}`.
 * @param {Value} value
 * @returns {string | boolean | null | {number: string} | {day: string}}
 */
export function written(value) {
  if (typeof value === "number") return { day: dayText(value) };
  return value !== null && typeof value === "object" ? { number: `${value.n}/${value.d}` } : value;
}
