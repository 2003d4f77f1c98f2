// What a verifier decided about cells of a submission: kept on the device, carried out once, in the order in which it was
// decided. Pure but for what it is given. A decision keeps its id until it is answered, so a cut link does nothing twice.
// @ts-check
import { uuid7 } from "../../../collection/static/collection/outbox.js";

/** @typedef {import("../../../collection/static/collection/device.js").Session} Session */
/** @typedef {import("../../../collection/static/collection/dom.js").Words} Words */
/** @typedef {{code: string, message: string, remedy: string}} Fault */
/** @typedef {"accept" | "return" | "return-whole"} Act */
/**
 * @typedef {object} What  what is decided, before it is a decision
 * @property {Act} act
 * @property {string[]} cells  as the page names them; none for the whole form
 * @property {string} reason  that was chosen @property {string} note  that was written
 * @property {string} due  until when it is to be mended
 * @property {number} revision  of the submission that was seen
 */
/**
 * @typedef {What & {id: string, at: string, isOnline: boolean, isSent: boolean, isDone: boolean, faults: Fault[]}} Decision
 *   `id` of its message, `at` by the device's clock; `isOnline`: there was a link when it was decided; `isSent`: it may have arrived, so it is not taken back any more
 */
/** @typedef {"done" | "refused" | "offline" | "login" | "gone"} Ending */
/**
 * @typedef {object} Wires  what carrying out needs of its surroundings
 * @property {() => Promise<Session | null>} session  who is logged in; throws without a link
 * @property {(session: Session) => boolean} isMine  whether it is who decided
 * @property {(body: string) => Promise<Response>} post
 * @property {(decision: Decision) => Promise<boolean>} keep  writes it to the disk; whether it still stands and lies there
 */

/** Letters of a reason that somebody can work with; the server asks for as many. */
const SHORTEST_REASON = 5;

/** @param {What} what @param {boolean} isOnline  whether there is a link now @returns {Decision} */
export function decided(what, isOnline) {
  const id = uuid7(Date.now(), crypto.getRandomValues(new Uint8Array(10)));
  return { ...what, id, at: new Date().toISOString(), isOnline, isSent: false, isDone: false, faults: [] };
}

/** @param {Pick<Decision, "isDone" | "faults">} one */
export const isWaiting = (one) => !one.isDone && !one.faults.length;

/** @param {Decision} one  whether nothing of it can have reached the server yet */
export const isRevocable = (one) => isWaiting(one) && !one.isSent;

/** @param {What} what @param {string} today  as `2026-07-03` @param {Words} words @returns {string} what is missing before it can be kept; empty where nothing is */
export function missing({ act, cells, reason, note, due }, today, words) {
  if (act !== "return-whole" && !cells.length) return words.noneTicked;
  if (act === "accept") return "";
  if (`${reason === words.otherReason ? "" : reason} ${note}`.trim().length < SHORTEST_REASON) return words.noReason;
  return due && due >= today ? "" : words.noDay;
}

/** @param {Decision[]} decisions @returns {{cells: Map<string, Decision>, whole: Decision | null}} what is decided already, so that nobody decides it twice */
export function standing(decisions) {
  const cells = new Map();
  let whole = null;
  for (const one of decisions.filter(({ faults }) => !faults.length)) {
    if (one.act === "return-whole") whole = one;
    for (const cell of one.cells) cells.set(cell, one);
  }
  return { cells, whole };
}

/**
 * @param {{submission: string, decisions: Decision[]}[]} records
 * @returns {{submission: string, decision: Decision}[]} what waits of all, in the order in which it was decided
 */
export const ordered = (records) =>
  records
    .flatMap(({ submission, decisions }) => decisions.filter(isWaiting).map((decision) => ({ submission, decision })))
    .sort((one, other) => (one.decision.id < other.decision.id ? -1 : 1));

/**
 * Carries a decision out: the server decides whether what was seen is what stands there.
 * @param {Decision} decision @param {Words} words @param {Wires} wires @returns {Promise<Ending>}
 */
export async function carriedOut(decision, words, wires) {
  /** @param {Decision} changed @param {Ending} ending */
  const ended = async (changed, ending) => {
    await wires.keep(changed);
    return ending;
  };
  let session;
  try {
    session = await wires.session();
  } catch {
    return "offline";
  }
  if (!session || !wires.isMine(session)) return "login";
  const sent = { ...decision, isSent: true };
  if (!(await wires.keep(sent))) return "gone";
  let answer;
  try {
    answer = await wires.post(JSON.stringify(messageOf(sent)));
  } catch {
    return "offline";
  }
  if (answer.redirected || answer.status === 401) return "login";
  if (answer.status >= 500 || answer.status === 429) return "offline";
  if (!answer.ok) return ended({ ...sent, faults: [{ code: "VERIFY_REFUSED", message: words.notTaken, remedy: words.notTakenRemedy }] }, "refused");
  try {
    const told = await answer.json();
    return told.done ? await ended({ ...sent, isDone: true }, "done") : await ended({ ...sent, faults: told.faults }, "refused");
  } catch {
    return "offline";
  }
}

/** @param {Decision} one  as it is sent */
const messageOf = ({ id, at, isOnline, act, cells, reason, note, due, revision }) => ({ message_id: id, claimed_at: at, online: isOnline, act, cells, reason, note, due, revision });
