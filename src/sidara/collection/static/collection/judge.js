// Judges a form by the rules of its bundle: the same findings, word for word, as `checks.core.judge`.
// @ts-check
import { figure } from "./figures.js";
import { cellKey } from "./model.js";
import { looksLike } from "./personal.js";
import { EMPTY, PERSONAL, TOTAL, keyOf } from "./shapes.js";

/** @typedef {import("./model.js").Model} Model */
/** @typedef {import("./model.js").Settled} Settled */
/** @typedef {import("./programs.js").Subject} Subject */
/** @typedef {import("./programs.js").Slot} Slot */
/** @typedef {import("./shapes.js").Finding} Finding */
/** @typedef {import("./shapes.js").Place} Place */
/** @typedef {import("./shapes.js").Row} Row */
/** @typedef {import("./shapes.js").Task} Task */
/** @typedef {import("./shapes.js").Template} Template */
/** @typedef {{subject: Subject, row?: Row, number: number}} Stand */
/** @typedef {{findings: Finding[], passed: number, notConcerned: number}} Judgement */

const COMPLETE = "Lengkapi isian yang disebut; aturan ini dinilai kembali sesudahnya.";

/**
 * @param {Model} model @param {Settled} settled
 * @returns {Judgement}
 */
export function judge(model, settled) {
  const judging = new Judging(model, settled);
  for (const task of model.asked.tasks) for (const stand of judging.stands(task)) judging.at(task, stand);
  return judging.judgement;
}

/** Codes of what is asked and not given yet: open work, no fault of what is there; as `collection.core.judged`. */
export const NOT_FILLED = ["REQUIRED_EMPTY", "LIST_EMPTY"];

const PERSONAL_REMEDY = "Hapus data pribadi warga; sebut jabatan atau tempatnya saja.";

/**
 * Gives what a form says besides its rules: lists that nobody filled in, `tidak_tahu` without a reason, texts that look
 * personal; and leaves out what does not concern a kelurahan, as `collection.core.judging` does.
 * @param {Model} model @param {Finding[]} findings
 * @returns {Finding[]}
 */
export function together(model, findings) {
  const told = findings.filter(({ place }) => model.concerns(place.variable));
  const judging = new Judging(model, { cells: {}, lists: {}, undecided: {} });
  for (const [code, list] of Object.entries(model.asked.lists))
    if (list.required && model.concerns(code) && !model.listing(code))
      told.push(judging.own("LIST_EMPTY", "error", { row: "", variable: code, breakdown: TOTAL }, list.name,
        `Daftar ${list.name.toLowerCase()} belum diisi.`, "Isi barisnya, atau nyatakan tidak ada."));
  const gone = new Set(Object.keys(model.asked.lists).flatMap((code) => model.rows(code, { removed: true })).filter(({ state }) => state === "dihapus").map(({ id }) => id));
  for (const [name, cell] of [...model.own].sort(([one], [other]) => (one < other ? -1 : 1))) {
    const key = cellKey(name);
    const question = model.question(key);
    if (cell.state === "tidak_tahu" && !cell.explanation && question?.required)
      told.push(judging.own("REASON_MISSING", "warning", key, question.name,
        `${question.name} dinyatakan tidak tahu tanpa alasan.`,
        "Tulis pada penjelasan mengapa tidak diketahui, atau isi jawabannya."));
    const asked = question ?? model.asked.lists[key.variable];
    if (asked && model.concerns(key.variable) && !gone.has(key.row))
      for (const [named, text] of textsOf(asked.name, cell, question?.type === "teks")) {
        const what = looksLike(text);
        if (what) told.push(judging.own(PERSONAL, "warning", key, asked.name, `${named} memuat angka yang tampak seperti ${what}.`, PERSONAL_REMEDY));
      }
  }
  return told;
}

/** Gives the texts that somebody wrote at a cell, with what they are called. @param {string} name @param {import("./shapes.js").Cell} cell @param {boolean} isText @returns {[string, string][]} */
const textsOf = (name, cell, isText) => [[`Penjelasan ${name}`, cell.explanation ?? ""], [name, isText ? (cell.value ?? "") : ""]];

/**
 * Whether somebody explained one of the cells of this form that a finding names.
 * @param {Model} model @param {Finding} finding
 */
export function isExplained(model, finding) {
  if (finding.code === PERSONAL) {
    const { explanation } = model.cell({ row: finding.rowId, variable: finding.place.variable, breakdown: finding.place.breakdown });
    return Boolean(explanation) && !looksLike(explanation);
  }
  return finding.cells.some(({ variable, breakdown, period }) => {
    if (period !== model.asked.period) return false;
    const row = model.asked.items[variable]?.l ? finding.rowId : "";
    return Boolean(model.cell({ row, variable, breakdown }).explanation);
  });
}

/**
 * Whether a finding holds back sending: an error, or a warning that nobody explained.
 * @param {Model} model @param {Finding} finding
 */
export const isBlocking = (model, finding) =>
  finding.severity === "error" || (finding.severity === "warning" && !isExplained(model, finding));

class Judging {
  /** @param {Model} model @param {Settled} settled */
  constructor(model, settled) {
    this.model = model;
    this.settled = settled;
    /** @type {Judgement} */
    this.judgement = { findings: [], passed: 0, notConcerned: 0 };
    this.subject = model.subject(settled, model.asked.period, { today: model.held.today });
    /** @type {Map<Row, Stand>} */
    this.inRows = new Map();
  }

  /** @param {Task} task @returns {Stand[]} */
  stands(task) {
    if (!task.l) return [{ subject: this.subject, number: 0 }];
    return this.rowsOf(task.l).map((row, at) => {
      let stand = this.inRows.get(row);
      if (!stand) {
        const subject = this.model.subject(this.settled, this.model.asked.period, { row, today: this.model.held.today });
        this.inRows.set(row, (stand = { subject, row, number: at + 1 }));
      }
      return stand;
    });
  }

  /** @param {string} list */
  rowsOf(list) {
    const when = this.model.asked.list_periods[this.model.asked.period]?.[list] ?? this.model.asked.period;
    return this.settled.lists[`${list}@${when}`]?.rows ?? [];
  }

  /** @param {Task} task @param {Stand} stand */
  at(task, stand) {
    if (task.w) {
      const when = this.model.programs.of(task.w);
      const isAsked = when.value(stand.subject);
      if (isAsked === false) {
        this.judgement.notConcerned += 1;
        return;
      }
      if (isAsked === null) {
        this.open(task, stand, when.missing(stand.subject));
        return;
      }
    }
    const holds = this.model.programs.of(task.h);
    const value = holds.value(stand.subject);
    if (value === true) this.judgement.passed += 1;
    else if (value === false) this.fail(task, stand);
    else this.open(task, stand, holds.missing(stand.subject));
  }

  /**
   * @param {string} code @param {string} severity @param {import("./model.js").CellKey} key @param {string} label
   * @param {string} message @param {string} remedy
   * @returns {Finding}
   */
  own(code, severity, key, label, message, remedy) {
    const place = { ...this.place(key.variable, key.breakdown, this.model.asked.period, { subject: this.subject, number: 0 }), label };
    return { code, rule: code, severity, message, remedy, place, cells: [place], figures: [null], rowId: key.row };
  }

  /** @param {Task} task @param {Stand} stand */
  fail(task, stand) {
    const cells = this.cells(task, stand);
    this.judgement.findings.push({
      code: task.k,
      rule: task.c,
      severity: task.v,
      message: this.filled(task.m, stand),
      remedy: this.filled(task.r, stand),
      place: cells[0],
      cells,
      figures: cells.map((place) => this.figure(place, stand)),
      rowId: stand.row?.id ?? "",
    });
  }

  /** @param {Task} task @param {Stand} stand @param {string} reason */
  open(task, stand, reason) {
    const { period } = this.model.asked;
    const own = keyOf(task.a, task.b ?? "", period);
    if (stand.subject.cells[own].state === "tidak_berlaku") {
      this.judgement.notConcerned += 1;
      return;
    }
    const cells = this.cells(task, stand);
    this.judgement.findings.push({
      code: task.k,
      rule: task.c,
      severity: "not_evaluated",
      message: `Tidak dinilai: ${this.named(reason)}.`,
      remedy: COMPLETE,
      place: cells[0],
      cells,
      figures: cells.map((place) => this.figure(place, stand)),
      rowId: stand.row?.id ?? "",
    });
  }

  /** @param {string | Template | undefined} template @param {Stand} stand */
  filled(template, stand) {
    if (!template || typeof template === "string") return template ?? "";
    const [texts, parts] = template;
    const shown = parts.map(([part, item]) =>
      figure(this.model.programs.of(part).value(stand.subject), this.model.asked.items[item]),
    );
    return texts.map((text, at) => text + (shown[at] ?? "")).join("");
  }

  /** @param {Task} task @param {Stand} stand @returns {Place[]} */
  cells(task, stand) {
    const { period } = this.model.asked;
    const parts = task.w ? [task.h, task.w] : [task.h];
    const slots = parts.flatMap((part) => this.model.programs.of(part).slots);
    const made = [this.place(task.a, task.b ?? "", period, stand)];
    for (const slot of slots)
      if (!slot.list || stand.number) made.push(this.place(slot.variable, slot.breakdown, slot.period || period, stand));
    const seen = new Set();
    return made.filter((place) => {
      const key = JSON.stringify(place);
      return !seen.has(key) && seen.add(key);
    });
  }

  /** @param {string} variable @param {string} breakdown @param {string} period @param {Stand} stand @returns {Place} */
  place(variable, breakdown, period, stand) {
    const { items, forms, classifications } = this.model.asked;
    const item = items[variable];
    const [classification, code] = breakdown && breakdown !== TOTAL ? breakdown.split(":") : ["", ""];
    return {
      form: item ? (forms[item.f] ?? item.f) : "",
      section: item?.s ?? "",
      row: item?.l && stand.number ? this.rowWords(item.l, stand) : "",
      variable,
      label: item?.n ?? "",
      breakdown: breakdown || TOTAL,
      category: code ? (classifications[classification]?.labels[code] ?? code) : "",
      period,
      region: this.model.held.region.code,
    };
  }

  /** @param {string} list @param {Stand} stand */
  rowWords(list, stand) {
    const { list_names: names, items } = this.model.asked;
    const [name, column] = names[list] ?? [list, ""];
    const cell = this.rowsOf(list)[stand.number - 1]?.cells[column] ?? EMPTY;
    const own = cell.state === "nilai" ? (cell.value ?? "") : "";
    const label = items[column]?.o?.[own] ?? own;
    return `baris ${stand.number} ${name}${label ? ` (${label})` : ""}`;
  }

  /** @param {Place} place @param {Stand} stand */
  figure(place, stand) {
    const { state, value } = stand.subject.cells[keyOf(place.variable, place.breakdown, place.period)];
    return state === "nilai" && value !== null ? String(value) : null;
  }

  /** @param {string} reason */
  named(reason) {
    return reason.replace(/\b[A-Z]{3}_\d{3}\b/g, (code) => {
      const item = this.model.asked.items[code];
      return item ? `${item.n} (${code})` : code;
    });
  }
}
