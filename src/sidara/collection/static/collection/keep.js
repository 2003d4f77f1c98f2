// Keeps what was typed on this device: one record a form, village and period, in IndexedDB.
// @ts-check
import { openDB } from "idb";

/** @typedef {import("./outbox.js").Kept} Kept */
/** @typedef {{key: string, outbox: Kept, section: number, seen: [string, import("./shapes.js").Cell][], savedAt: string}} Draft */

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

  /**
   * @param {string} submission @param {Kept} outbox @param {number} section
   * @param {[string, import("./shapes.js").Cell][]} seen  what the server was last seen to hold
   */
  async write(submission, outbox, section, seen) {
    const draft = { key: this.key(submission), outbox, section, seen, savedAt: new Date().toISOString() };
    const change = (await this.base).transaction("draf", "readwrite", { durability: "strict" });
    await change.store.put(draft);
    await change.done;
  }

  /** @returns {Promise<Draft[]>} the drafts of this person */
  async all() {
    const every = await (await this.base).getAll("draf");
    return every.filter(({ key }) => key.startsWith(`${this.owner}/`));
  }

  /** @param {string} submission */
  key(submission) {
    return `${this.owner}/${submission}`;
  }
}
