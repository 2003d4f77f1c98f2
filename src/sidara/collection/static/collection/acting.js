// The act of sending that an operator decided without a link: it waits on the device and is carried out once.
// Pure but for what it is given. It keeps its id until it is answered, so a cut link sends nothing twice.
// @ts-check
import { isSame } from "./model.js";
import { cellsOf, uuid7 } from "./outbox.js";
import { EMPTY } from "./shapes.js";

/** @typedef {import("./device.js").Session} Session */
/** @typedef {import("./dom.js").Words} Words */
/** @typedef {import("./outbox.js").Outbox} Outbox */
/** @typedef {import("./shapes.js").Cell} Cell */
/** @typedef {import("./shapes.js").Held} Held */
/** @typedef {{code: string, message: string, remedy: string}} Fault */
/**
 * @typedef {object} Act
 * @property {string} id  of its message
 * @property {string} at  when it was decided, by the device's clock
 * @property {[string, Cell][]} cells  what the operator looked over
 * @property {number} revision  at which it was sent first; 0 while it was not: then it can be taken back
 * @property {Fault[]} faults  what held it back
 * @property {boolean} isDone
 */
/** @typedef {"done" | "refused" | "offline" | "login"} Ending */
/**
 * @typedef {object} Wires  what carrying out needs of its surroundings
 * @property {() => Promise<Session | null>} session  who is logged in; throws without a link
 * @property {(session: Session) => boolean} isMine  whether it is who decided
 * @property {(body: string) => Promise<Response>} post
 * @property {(act: Act) => Promise<boolean>} keep  writes the act to the disk; whether it still stands and lies there
 */

/** @param {Map<string, Cell>} cells  as they were looked over @returns {Act} */
export function decided(cells) {
  const id = uuid7(Date.now(), crypto.getRandomValues(new Uint8Array(10)));
  return { id, at: new Date().toISOString(), cells: [...cells], revision: 0, faults: [], isDone: false };
}

/** @param {Act | null | undefined} act */
export const isWaiting = (act) => Boolean(act && !act.isDone && !act.faults.length);

/** @param {Act | null | undefined} act  whether nothing of it can have reached the server yet */
export const isRevocable = (act) => isWaiting(act) && act?.revision === 0;

/**
 * Carries the act out after the last cell was taken: the server decides. Nothing is sent where what it holds is not
 * what was looked over.
 * @param {Act} act @param {Pick<Held, "own" | "conflicts">} held  as the server was last seen @param {Outbox} outbox @param {Words} words @param {Wires} wires
 * @returns {Promise<Ending>}
 */
export async function carriedOut(act, held, outbox, words, wires) {
  /** @param {Act} changed @param {Ending} ending */
  const ended = async (changed, ending) => {
    await wires.keep(changed);
    return ending;
  };
  /** @param {Fault[]} faults */
  const refused = (faults) => ended({ ...act, faults }, "refused");
  let session;
  try {
    session = await wires.session();
  } catch {
    return "offline";
  }
  if (!session || !wires.isMine(session)) return "login";
  if (!act.revision) {
    if (outbox.refused.size) return refused([{ code: "CELLS_REFUSED", message: words.actCells, remedy: words.actCellsRemedy }]);
    if (!isAsSeen(act, held)) return refused([{ code: "SEND_MOVED", message: words.actMoved, remedy: words.actMovedRemedy }]);
    act = { ...act, revision: outbox.revision };
    if (!(await wires.keep(act))) return "offline";
  }
  let answer;
  try {
    answer = await wires.post(JSON.stringify({ message_id: act.id, revision: act.revision, claimed_at: act.at }));
  } catch {
    return "offline";
  }
  if (answer.redirected || answer.status === 401) return "login";
  if (answer.status >= 500 || answer.status === 429) return "offline";
  if (!answer.ok) return refused([{ code: "SEND_REFUSED", message: words.actRefused, remedy: words.actRefusedRemedy }]);
  try {
    const told = await answer.json();
    if (told.done) return ended({ ...act, isDone: true }, "done");
    return refused(told.faults);
  } catch {
    return "offline";
  }
}

/** @param {Act} act @param {Pick<Held, "own">} held  whether the server holds just what was looked over */
export function isAsSeen(act, held) {
  const now = cellsOf(held);
  const seen = new Map(act.cells);
  return [...new Set([...now.keys(), ...seen.keys()])].every((name) => isSame(now.get(name) ?? EMPTY, seen.get(name) ?? EMPTY));
}
