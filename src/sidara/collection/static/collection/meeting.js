// Puts two drafts of one form together: one that lies sealed, one that was written beside it in the clear (by an older
// version of the app, or in the moment of a kill). Nothing that waits in either is let go. Pure.
// @ts-check
import { cellName } from "./model.js";
import { Outbox } from "./outbox.js";

/** @typedef {import("./keep.js").Decided} Decided */
/** @typedef {import("./keep.js").Draft} Draft */
/** @typedef {import("./keep.js").State} State */
/** @typedef {import("./outbox.js").Kept} Kept */

/** @type {State} what a draft of the first version saw */
const UNSEEN = { own: [], conflicts: [], locked: [] };

/**
 * Gives the newer one, with what waits in the older one only. The same draft twice (a move that was cut off) is one.
 * @param {Draft | undefined} one @param {Draft | undefined} other @returns {Draft | undefined}
 */
export function together(one, other) {
  if (!one || !other || one.savedAt === other.savedAt) return one ?? other;
  const [newer, older] = one.savedAt > other.savedAt ? [one, other] : [other, one];
  const { outbox, added } = joined(newer.outbox, older.outbox);
  const act = newer.act ?? older.act;
  const labels = { ...older.labels, ...newer.labels };
  const state = newer.state ?? UNSEEN;
  const decisions = newer.decisions || older.decisions ? { decisions: both(newer.decisions ?? [], older.decisions ?? []) } : {};
  return { ...newer, ...decisions, outbox, labels, state: { ...state, own: seen(state, older.state ?? UNSEEN, added) }, ...(act ? { act } : {}) };
}

/**
 * Gives the decisions of both, each once, in their order; one that was answered in either is answered.
 * @param {Decided[]} newer @param {Decided[]} older @returns {Decided[]}
 */
function both(newer, older) {
  const every = new Map([...older, ...newer].map((one) => [one.id, one]));
  for (const one of older) if (one.isDone || one.faults.length) every.set(one.id, one);
  return [...every.values()].sort((one, other) => (one.id < other.id ? -1 : 1));
}

/** @param {Kept} newer @param {Kept} older @returns {{outbox: Kept, added: Set<string>}} `added`: the cells that only the older one has */
function joined(newer, older) {
  const [made, before] = [new Outbox(structuredClone(newer)), new Outbox(structuredClone(older))];
  const isHere = (/** @type {string} */ name) => made.has(name) || made.refused.has(name);
  const added = new Set([...before.waiting.keys(), ...(before.sending?.cells ?? []).map(([name]) => name), ...before.refused.keys()].filter((name) => !isHere(name)));
  // One message at a time, and none that would lay an older cell over a newer one: else its cells are sent under a new id.
  if (!made.sending && before.sending?.cells.every(([name]) => added.has(name))) made.sending = before.sending;
  else before.putBehind();
  for (const [name, waiting] of before.waiting) if (added.has(name)) made.waiting.set(name, waiting);
  for (const [name, refused] of before.refused) if (added.has(name) && !made.has(name)) made.refused.set(name, refused);
  return { outbox: made.kept(), added };
}

/**
 * Gives a draft with what waits in it and nothing else of the form: of what the server was seen to hold only those cells,
 * by which a conflict is known. A decision to send keeps what was looked over.
 * @param {Draft} draft @returns {Draft}
 */
export function lean(draft) {
  if (draft.act && !draft.act.isDone) return draft;
  const outbox = new Outbox(draft.outbox);
  const own = (draft.state ?? UNSEEN).own.filter((row) => outbox.has(nameOf(row)) || outbox.refused.has(nameOf(row)));
  return { ...draft, state: { own, conflicts: [], locked: [] } };
}

/**
 * The own cells as they were seen: those that come from the older draft as it saw them, so that what somebody changed
 * since is still met as a conflict.
 * @param {State} newer @param {State} older @param {Set<string>} added @returns {State["own"]}
 */
const seen = (newer, older, added) => [...newer.own.filter((row) => !added.has(nameOf(row))), ...older.own.filter((row) => added.has(nameOf(row)))];

/** @param {State["own"][number]} row */
const nameOf = ([row, variable, breakdown]) => cellName({ row, variable, breakdown });
