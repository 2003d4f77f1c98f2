// The drafts of one person on this device, sealed where a PIN is set and open: `Drafts` of keep.js otherwise. What lies
// in the clear beside a lock (a form was open in another tab while the PIN was set) is taken along wherever it is met.
// @ts-check
import { whileFree } from "./device.js";
import { Drafts, waits } from "./keep.js";
import { together } from "./meeting.js";

/** @typedef {import("./keep.js").Draft} Draft */
/** @typedef {import("./keep.js").Waiting} Waiting */
/** @typedef {import("./vault.js").Vault} Vault */

export class SealedDrafts {
  /** @param {Vault} vault */
  constructor(vault) {
    this.vault = vault;
    this.plain = new Drafts(vault.owner);
    /** What is being written: sealing takes its time, and a later draft must not come before an earlier one. */
    this.line = Promise.resolve();
  }

  /** @param {string} submission @returns {Promise<Draft | undefined>} */
  async read(submission) {
    const [sealed, plain] = await Promise.all([this.vault.read(this.key(submission)), this.plain.read(submission)]);
    return together(sealed, plain);
  }

  /** @param {string} submission @param {Omit<Draft, "key" | "savedAt">} draft @returns {Promise<void>} once it is on the disk */
  write(submission, draft) {
    const record = { ...draft, key: this.key(submission), savedAt: new Date().toISOString() };
    const written = this.line.then(() => this.put(submission, record));
    this.line = written.catch(() => undefined);
    return written;
  }

  /** @param {string} submission @param {Draft} record */
  async put(submission, record) {
    if (!(await this.vault.put(record))) return this.plain.put(record);
    await this.plain.remove(submission);
  }

  /** @returns {Promise<Waiting[]>} what waits here or was not stored: the own, and what others left in the clear */
  async waiting() {
    const every = await this.plain.waiting();
    if (!this.vault.open) return every;
    const { owner } = this.vault;
    const own = [];
    for (const submission of new Set([...(await this.vault.names()), ...(await this.plain.names())])) {
      const draft = await this.read(submission).catch(() => undefined);
      if (draft && waits(draft)) own.push({ owner, submission, draft });
    }
    return [...own, ...every.filter((one) => one.owner !== owner)];
  }

  /** Seals one form that lies in the clear; call it while no other tab has it. @param {string} submission */
  async seal(submission) {
    if (!this.vault.open || !(await this.plain.read(submission))) return;
    const draft = await this.read(submission);
    if (draft) await this.put(submission, draft);
  }

  /** Seals what lies in the clear. @param {number} [patience]  how long another tab is waited for @returns {Promise<number>} how many forms stay so: open in another tab, or the device is full */
  async sealAll(patience = 0) {
    return this.each(await this.plain.names(), (submission) => this.seal(submission), patience);
  }

  /** Lays what is sealed in the clear again. @param {number} patience @returns {Promise<number>} how many forms stay sealed */
  async unsealAll(patience) {
    const unseal = async (/** @type {string} */ submission) => {
      const draft = await this.read(submission);
      if (draft) await this.plain.put(draft);
      await this.vault.remove(this.key(submission));
    };
    return this.each(await this.vault.names(), unseal, patience);
  }

  /** @param {string[]} submissions @param {(submission: string) => Promise<void>} move @param {number} patience */
  async each(submissions, move, patience) {
    let left = submissions.length;
    for (const submission of submissions) {
      const moved = async () => {
        await move(submission);
        left -= 1;
      };
      await whileFree(this.key(submission), moved, patience).catch(() => undefined);
    }
    return left;
  }

  /** @param {string} submission */
  key(submission) {
    return this.plain.key(submission);
  }
}
