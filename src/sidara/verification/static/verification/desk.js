// The desk of a verifier on this device: what he took along, what he decided, and sending it in order, once.
// @ts-check
import { Bundles } from "../../../collection/static/collection/bundles.js";
import { OneAtATime, poster, session, whileFree } from "../../../collection/static/collection/device.js";
import { SealedDrafts } from "../../../collection/static/collection/drafts.js";
import { Vault } from "../../../collection/static/collection/vault.js";
import { carriedOut, ordered } from "./decisions.js";

/** @typedef {import("../../../collection/static/collection/dom.js").Words} Words */
/** @typedef {import("../../../collection/static/collection/keep.js").Waiting} Waiting */
/** @typedef {import("./decisions.js").Decision} Decision */
/** @typedef {import("./decisions.js").Ending} Ending */
/** @typedef {{submission: string, title: string, decisions: Decision[]}} Kept */
/** @typedef {{submission: string, title: string, decision: Decision, ending: Ending}} Result */

/** How the addresses of verifying begin. */
export const OWN = "/periksa/";
/** How long another tab is waited for that writes the same record, milliseconds. */
const PATIENCE = 10_000;

export class Desk {
  /** @param {Record<string, string>} given  what the page says of who works here */
  constructor(given) {
    this.given = given;
    this.owner = given.pemilik;
    /** @type {Words} */
    this.words = JSON.parse(given.kata);
    this.vault = new Vault(this.owner);
    this.drafts = new SealedDrafts(this.vault);
    this.bundles = new Bundles(this.vault);
    this.login = { token: given.sandi };
    this.sending = new OneAtATime();
    /** @type {Ending | "idle"} how the last try ended */
    this.ending = "idle";
    /** @type {Result[]} what was answered since the page was opened */
    this.results = [];
  }

  /** @returns {Promise<Kept[]>} what this person decided here and is not done, or was not possible */
  async kept() {
    const every = await this.drafts.waiting().catch(() => []);
    return every.filter(({ owner, submission }) => owner === this.owner && submission.startsWith(OWN)).map(keptOf);
  }

  /** @returns {Promise<Map<string, number>>} how many decisions others left here, by their names; only they can send them */
  async others() {
    const found = await this.vault.others().catch(() => new Map());
    for (const { owner, submission, draft } of await this.drafts.waiting().catch(() => [])) {
      if (owner === this.owner || !submission.startsWith(OWN)) continue;
      found.set(draft.author, (found.get(draft.author) ?? 0) + (draft.decisions ?? []).filter(({ isDone }) => !isDone).length);
    }
    return found;
  }

  /** @param {string} submission @returns {Promise<Decision[]>} */
  async decisions(submission) {
    return decisionsOf(await this.drafts.read(submission));
  }

  /**
   * Writes the decisions about a submission anew, as the only one who does.
   * @param {string} submission @param {(before: Decision[]) => Decision[]} change @param {string} [title]
   * @returns {Promise<boolean>} whether they lie on the disk
   */
  async alter(submission, change, title) {
    try {
      await whileFree(`${this.owner}/${submission}`, async () => {
        const before = await this.drafts.read(submission);
        const decisions = change(decisionsOf(before));
        const state = { own: [], conflicts: [], locked: [] };
        const outbox = { revision: 0, waiting: [], sending: null, refused: [] };
        await this.drafts.write(submission, { outbox, section: 0, state, author: this.given.nama, version: 0, labels: {}, title: title ?? before?.title ?? submission, decisions });
      }, PATIENCE);
      return true;
    } catch {
      return false;
    }
  }

  /** Keeps a decision; what was refused of that submission before is over by it. @param {string} submission @param {Decision} decision @param {string} title */
  decide(submission, decision, title) {
    return this.alter(submission, (before) => [...before.filter(({ faults }) => !faults.length), decision], title);
  }

  /** Takes a decision back, or off the list. @param {string} submission @param {(one: Decision) => boolean} isIt */
  drop(submission, isIt) {
    return this.alter(submission, (before) => before.filter((one) => !isIt(one)));
  }

  /** Sends what waits, in the order in which it was decided; one tab at a time. */
  send() {
    return this.sending.run(async () => {
      try {
        if (this.vault.open) await this.drafts.sealAll();
        await whileFree(`${this.owner}/periksa`, () => this.sendAll(), PATIENCE);
      } catch {
        // Another tab is sending.
      }
    });
  }

  async sendAll() {
    const kept = await this.kept();
    const touched = new Set();
    this.ending = "idle";
    for (const { submission, decision } of ordered(kept)) {
      const ending = await this.one(submission, decision);
      this.ending = ending;
      if (ending === "offline" || ending === "login") break;
      touched.add(submission);
      const title = kept.find((one) => one.submission === submission)?.title ?? submission;
      if (ending !== "gone") this.results.push({ submission, title, decision, ending });
    }
    for (const submission of touched) await this.renew(submission);
  }

  /** @param {string} submission @param {Decision} decision @returns {Promise<Ending>} */
  async one(submission, decision) {
    const isMine = (/** @type {{owner: string}} */ { owner }) => owner === this.owner;
    return carriedOut(decision, this.words, {
      session,
      isMine,
      post: poster(`${submission}/antrean`, this.login, isMine),
      keep: async (now) => {
        let stands = false;
        const isKept = await this.alter(submission, (before) => {
          stands = before.some(({ id }) => id === now.id);
          return before.map((one) => (one.id === now.id ? now : one));
        });
        return stands && isKept;
      },
    });
  }

  /** Brings a submission anew where it was taken along; what is done of it needs no mark then. @param {string} submission */
  async renew(submission) {
    try {
      if (await this.isHere(submission)) await this.bundles.renew(submission);
      await this.drop(submission, ({ isDone }) => isDone);
    } catch {
      // The marks stay until it can be brought.
    }
  }

  /** @param {string} submission */
  async isHere(submission) {
    return "caches" in window && Boolean(await caches.match(`${submission}/paket.json`, { ignoreVary: true }));
  }
}

/** @param {Waiting} waiting @returns {Kept} */
const keptOf = ({ submission, draft }) => ({ submission, title: draft.title ?? submission, decisions: decisionsOf(draft) });

/** @param {import("../../../collection/static/collection/keep.js").Draft | undefined} draft @returns {Decision[]} */
const decisionsOf = (draft) => /** @type {any} */ (draft?.decisions ?? []);
