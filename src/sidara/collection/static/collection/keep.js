// Keeps what was typed on this device: one record a form, village and period, in IndexedDB.
// @ts-check
import { openDB } from "idb";

/** @typedef {import("./outbox.js").Kept} Kept */
/** @typedef {import("./shapes.js").Held} Held */
/**
 * @typedef {object} State  the own cells as the server was last seen to hold them
 * @property {Held["own"]} own
 * @property {Held["conflicts"]} conflicts
 * @property {Held["locked"]} locked
 */
/**
 * @typedef {object} Draft
 * @property {string} key
 * @property {Kept} outbox  with the revision of `state`
 * @property {number} section
 * @property {State} state
 * @property {string} savedAt
 * @property {string} author  the name of who typed it
 * @property {number} version  the number of the form's version
 * @property {import("./acting.js").Act | null} [act]  the act of sending that waits here, or what came of it
 * @property {string} [title]  name and period of the form
 * @property {[string, {text: string, fault: string}][]} [unread]  what was typed and is no answer, by cell
 * @property {Decided[]} [decisions]  of a verifier about a submission: such a record has no cells
 * @property {Record<string, string>} labels  names of the questions that wait, by code: a later version may not have them
 */
/** @typedef {{id: string, isDone: boolean, faults: any[]} & Record<string, any>} Decided  by the id of its message; `faults`: why it could not be done */
/** @typedef {{owner: string, submission: string, draft: Draft}} Waiting */

const NAME = "sidara-isian";

/** The drafts of one person on this device; every call waits until the record is on the disk. */
export class Drafts {
  /** @param {string} owner  whose drafts: an id of the account, so that a shared computer mixes nobody's */
  constructor(owner) {
    this.owner = owner;
    this.base = openDB(NAME, 1, { upgrade: (base) => void base.createObjectStore("draf", { keyPath: "key" }) });
  }

  /** @param {string} submission @returns {Promise<Draft | undefined>} */
  async read(submission) {
    return (await this.base).get("draf", this.key(submission));
  }

  /** @param {string} submission @param {Omit<Draft, "key" | "savedAt">} draft */
  async write(submission, draft) {
    await this.put({ ...draft, key: this.key(submission), savedAt: new Date().toISOString() });
  }

  /** @param {Draft} record */
  async put(record) {
    const change = (await this.base).transaction("draf", "readwrite", { durability: "strict" });
    // A full device refuses the record or the whole change; neither may go unheard.
    await Promise.all([change.store.put(record), change.done]);
  }

  /** @param {string} submission */
  async remove(submission) {
    await (await this.base).delete("draf", this.key(submission));
  }

  /** @returns {Promise<string[]>} the forms of which something of this person lies here */
  async names() {
    const keys = await (await this.base).getAllKeys("draf", ofOwner(this.owner));
    return keys.map((key) => String(key).slice(this.owner.length + 1));
  }

  /** @returns {Promise<Waiting[]>} what waits on this device or was not stored, of everybody */
  async waiting() {
    /** @type {Draft[]} */
    const every = await (await this.base).getAll("draf");
    return every.filter(waits).map((draft) => {
      const at = draft.key.indexOf("/");
      return { owner: draft.key.slice(0, at), submission: draft.key.slice(at + 1), draft };
    });
  }

  /** @param {string} submission  the address of the form without its language, from `/` on */
  key(submission) {
    return `${this.owner}/${submission}`;
  }
}

/** @param {string} owner  the keys of all records of a person, `/` being followed by `0` */
export const ofOwner = (owner) => IDBKeyRange.bound(`${owner}/`, `${owner}0`, false, true);

/** @param {Draft} draft  whether something of it is not on the server */
export const waits = ({ outbox, act, decisions }) =>
  Boolean(outbox?.waiting?.length || outbox?.sending || outbox?.refused?.length || (act && !act.isDone) || decisions?.some(({ isDone }) => !isDone));

/** @param {string} address @returns {string} the address of a form without host and language */
export const submissionOf = (address) => new URL(address, "http://sidara").pathname.replace(/^\/en(?=\/)/, "");
