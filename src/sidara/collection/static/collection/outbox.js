// What waits to be sent: cells changed here, each with the revision on which it was changed. Pure.
// A message keeps its id until it is answered, so a cut link loses and doubles nothing (`services.save_cells`).
// @ts-check
import { cellKey, cellName, isSame } from "./model.js";
import { EMPTY, PERSONAL } from "./shapes.js";

/** @typedef {import("./model.js").CellKey} CellKey */
/** @typedef {import("./shapes.js").Cell} Cell */
/** @typedef {import("./shapes.js").Held} Held */
/** @typedef {{cell: Cell, base: number, at: string}} Waiting  `at`: when it was changed, by the device's clock */
/** @typedef {{id: string, base: number, claimed: string, cells: [string, Cell][]}} Message */
/** @typedef {{index: number, code: string, severity?: string, message: string, remedy: string}} Fault  a warning says that the cell is stored */
/** @typedef {{refused: Fault[], faults: Fault[], held: Held}} Answer  `index` counts the cells of the message */
/** @typedef {{revision: number, waiting: [string, Waiting][], sending: Message | null, refused: [string, Fault & {cell: Cell}][]}} Kept */

/** Most cells of one message: a short one comes through a weak link. */
export const MOST_CELLS = 200;
/** Most bytes of the cells of one message, as they are sent: well below what the server takes (`web.entry_views.LONGEST_BODY`). */
export const MOST_BYTES = 200_000;
/** Refusals of a whole message after which its cells are sent again: the server lost a revision, or knows the message. */
const AGAIN = ["BASE_UNKNOWN", "MESSAGE_REUSED"];

export class Outbox {
  /** @param {Kept | null} [kept]  as `kept()` gave it */
  constructor(kept = null) {
    /** @type {number} the revision that is seen here */
    this.revision = kept?.revision ?? 0;
    /** @type {Map<string, Waiting>} */
    this.waiting = new Map(kept?.waiting ?? []);
    /** @type {Message | null} */
    this.sending = kept?.sending ?? null;
    /** @type {Map<string, Fault & {cell: Cell}>} cells that the server could not store, with their content */
    // A text that looks personal is stored; an older version kept it as if it were not.
    this.refused = new Map((kept?.refused ?? []).filter(([, { code }]) => code !== PERSONAL));
  }

  /** @returns {Kept} everything, as plain values */
  kept() {
    return {
      revision: this.revision,
      waiting: [...this.waiting],
      sending: this.sending,
      refused: [...this.refused],
    };
  }

  /** How many cells are here only. */
  get size() {
    const names = new Set([...this.waiting.keys(), ...(this.sending?.cells ?? []).map(([name]) => name)]);
    return names.size;
  }

  /** @param {string} name  whether the cell is here only */
  has(name) {
    return this.waiting.has(name) || Boolean(this.sending?.cells.some(([own]) => own === name));
  }

  /** @param {CellKey} key @param {Cell} cell @param {string} at */
  changed(key, cell, at) {
    const name = cellName(key);
    const before = this.waiting.get(name);
    this.waiting.set(name, { cell, base: before?.base ?? this.revision, at });
    this.refused.delete(name);
  }

  /**
   * Decides a conflict: whoever does has seen both sides as they are now.
   * @param {CellKey} key @param {Cell} cell @param {string} at
   */
  decided(key, cell, at) {
    this.waiting.delete(cellName(key));
    this.changed(key, cell, at);
  }

  /**
   * Gives the message to send: the one that was not answered yet, else a new one of what waits longest and has its base.
   * @param {() => string} newId
   * @returns {Message | null}
   */
  next(newId) {
    if (this.sending || !this.waiting.size) return this.sending;
    const [{ base }] = this.waiting.values();
    let bytes = 0;
    const chosen = [...this.waiting]
      .filter(([, one]) => one.base === base)
      .slice(0, MOST_CELLS)
      .filter(([name, { cell }], at) => (bytes += bytesOf(name, cell)) <= MOST_BYTES || at === 0);
    const claimed = chosen.map(([, one]) => one.at).sort().at(-1) ?? "";
    this.sending = { id: newId(), base, claimed, cells: chosen.map(([name, one]) => [name, one.cell]) };
    for (const [name] of chosen) this.waiting.delete(name);
    return this.sending;
  }

  /**
   * Takes the answer to the message that was sent.
   * @param {Answer} answer @param {Map<string, Cell>} seen  the own cells as they were seen here before
   */
  answered(answer, seen) {
    const sent = this.sending;
    if (!sent) return;
    this.sending = null;
    if (answer.refused.length) {
      this.returned(sent, answer.refused, answer.held);
      this.moved(answer.held, seen);
      return;
    }
    for (const fault of answer.faults) {
      const [name, cell] = sent.cells[fault.index] ?? [];
      const isTaken = fault.code === "CELL_CONFLICT" || (fault.severity ?? "error") !== "error";
      if (name && cell && !isTaken && !this.waiting.has(name)) this.refused.set(name, { ...fault, cell });
    }
    this.moved(answer.held, seen, new Set(sent.cells.map(([name]) => name)));
  }

  /**
   * Cuts the message that the server cannot take: its first half is sent next under another id, the other half
   * waits. What was changed since is not sent in its old state.
   * @param {() => string} newId @returns {boolean} whether there was something to cut
   */
  cut(newId) {
    const sent = this.sending;
    if (!sent || sent.cells.length < 2) return false;
    const cells = sent.cells.filter(([name]) => !this.waiting.has(name));
    const half = Math.ceil(cells.length / 2);
    this.sending = half ? { ...sent, id: newId(), cells: cells.slice(0, half) } : null;
    for (const [name, cell] of cells.slice(half)) this.waiting.set(name, { cell, base: sent.base, at: sent.claimed });
    return true;
  }

  /** Puts the message behind all else that waits. */
  putBehind() {
    const sent = this.sending;
    this.sending = null;
    for (const [name, cell] of sent?.cells ?? []) if (!this.waiting.has(name)) this.waiting.set(name, { cell, base: sent?.base ?? 0, at: sent?.claimed ?? "" });
  }

  /** Takes the message out of what waits: its cells stay on the page with a fault. @param {Omit<Fault, "index">} fault */
  drop(fault) {
    const sent = this.sending;
    this.sending = null;
    for (const [name, cell] of sent?.cells ?? []) if (!this.waiting.has(name)) this.refused.set(name, { ...fault, index: 0, cell });
  }

  /**
   * Takes back the cells of a message that was refused as a whole; nothing of it is let go.
   * @param {Message} sent @param {Fault[]} faults @param {Held} held
   */
  returned(sent, faults, held) {
    const now = cellsOf(held);
    for (const [index, [name, cell]] of sent.cells.entries()) {
      if (this.waiting.has(name) || isSame(now.get(name), cell)) continue;
      const fault = faults.find((one) => one.index === index) ?? faults[0];
      if (AGAIN.includes(fault.code)) this.waiting.set(name, { cell, base: 0, at: sent.claimed });
      else this.refused.set(name, { ...fault, cell });
    }
  }

  /**
   * Takes a newer state of the server: what waits here and was not changed there stands on it now; what was
   * changed on both sides keeps its base, so that the server sees the conflict and keeps both.
   * @param {Held} held @param {Map<string, Cell>} seen @param {Set<string>} [own]  cells whose change is ours
   */
  moved(held, seen, own = new Set()) {
    const now = cellsOf(held);
    const conflicts = new Set(held.conflicts.map(([row, variable, breakdown]) => cellName({ row, variable, breakdown })));
    for (const [name, one] of this.waiting) {
      const isForeign = !own.has(name) && !isSame(now.get(name) ?? EMPTY, seen.get(name) ?? EMPTY);
      if (!isForeign && !(own.has(name) && conflicts.has(name))) one.base = held.revision;
    }
    this.revision = held.revision;
  }

  /**
   * Lays what is here only over the cells of the server.
   * @param {Map<string, Cell>} cells
   */
  over(cells) {
    for (const [name, { cell }] of this.refused) cells.set(name, cell);
    for (const [name, cell] of this.sending?.cells ?? []) cells.set(name, cell);
    for (const [name, { cell }] of this.waiting) cells.set(name, cell);
  }
}

/**
 * Gives the own cells of a form by their names.
 * @param {Pick<Held, "own">} held @returns {Map<string, Cell>}
 */
export const cellsOf = (held) =>
  new Map(held.own.map(([row, variable, breakdown, state, value, explanation]) => [cellName({ row, variable, breakdown }), { state, value, explanation }]));

/**
 * Writes a message as the server takes it.
 * @param {Message} message @param {string} [filler]  who filled it in, where another one sends it
 */
export const written = (message, filler = "") => ({
  message_id: message.id,
  base: message.base,
  claimed_at: message.claimed,
  ...(filler ? { filler } : {}),
  cells: message.cells.map(([name, cell]) => cellWritten(name, cell)),
});

/** @param {string} name @param {Cell} cell */
const cellWritten = (name, cell) => ({ ...cellKey(name), state: cell.state, value: cell.value ?? "", explanation: cell.explanation ?? "", ...(cell.origin ? { origin: cell.origin } : {}) });

const bytes = new TextEncoder();

/** @param {string} name @param {Cell} cell  how long it is as it is sent */
const bytesOf = (name, cell) => bytes.encode(JSON.stringify(cellWritten(name, cell))).length + 1;

/**
 * Makes a UUID of version 7 (RFC 9562): ids made later sort later; works without `crypto.subtle`.
 * @param {number} now  milliseconds @param {Uint8Array} random  ten bytes
 */
export function uuid7(now, random) {
  const time = now.toString(16).padStart(12, "0").slice(-12);
  const bytes = [...random].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const variant = ((random[2] & 0x3f) | 0x80).toString(16).padStart(2, "0");
  return `${time.slice(0, 8)}-${time.slice(8)}-7${bytes.slice(1, 4)}-${variant}${bytes.slice(6, 8)}-${bytes.slice(8, 20)}`;
}
