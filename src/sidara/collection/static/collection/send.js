// Sends what waits: one message at a time, again after a break, with pauses that grow, and as slowly as a server
// in a crowd asks for; nothing else.
// @ts-check
import { uuid7, written } from "./outbox.js";

/** @typedef {import("./outbox.js").Answer} Answer */
/** @typedef {import("./outbox.js").Outbox} Outbox */
/** @typedef {"idle" | "busy" | "offline" | "login" | "denied" | "refused"} Standing  how the last try ended; a new try changes nothing until it ends */
/**
 * @typedef {object} Wires  what a sender needs of its surroundings
 * @property {(body: string) => Promise<Response>} post
 * @property {() => Promise<unknown>} keep  writes the outbox to the disk
 * @property {(answer: Answer & Record<string, any>) => void} take  its `wait`: seconds for which the server asks before the next message
 * @property {() => boolean} [isUrgent]  whether somebody looks at the page until all is sent, so that no wait is kept
 * @property {(standing: Standing) => void} say
 * @property {{code: string, message: string, remedy: string}} fault  what is said of a cell that the server cannot take
 * @property {() => void} [dropped]  a cell has got that fault
 * @property {() => Promise<boolean>} [isIn]  whether who sends is logged in, so that a refusal is no lost log-in
 * @property {boolean} [isOnce]  whether a broken link ends it, without another try later
 * @property {string} [filler]  who filled it in, where another one sends it
 */

/** Answers that lie in the message, not in its address: less of it may be taken. */
const UNFIT = [400, 413, 422];
/** An answer of a server that failed over the message: less of it may be taken, and it may be taken later. */
const FAILED = 500;
const PAUSES = [1, 2, 5, 10, 30, 60].map((seconds) => seconds * 1000);

export class Sender {
  /** @param {Outbox} outbox @param {Wires} wires */
  constructor(outbox, wires) {
    this.outbox = outbox;
    this.wires = wires;
    this.isRunning = false;
    this.failed = 0;
    /** When the next message may go, by the clock of the page. */
    this.notBefore = 0;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
  }

  /** Sends until nothing waits. A call while it runs is taken up by the running one. */
  async run() {
    clearTimeout(this.timer);
    if (this.isRunning) return;
    this.isRunning = true;
    try {
      while (await this.one());
    } finally {
      this.isRunning = false;
    }
  }

  /** Sends one message; whether another should follow at once. */
  async one() {
    const left = this.notBefore - performance.now();
    if (left > 0 && this.outbox.size && !this.wires.isOnce && !this.wires.isUrgent?.()) return this.later("busy", left);
    const message = this.outbox.next(newId);
    if (!message) {
      this.wires.say("idle");
      return false;
    }
    await this.wires.keep();
    let answer;
    try {
      answer = await this.wires.post(JSON.stringify(written(message, this.wires.filler)));
    } catch {
      return this.again("offline");
    }
    if (answer.status === 403 && (await this.isIn())) return this.stop("denied");
    if (answer.redirected || answer.status === 401 || answer.status === 403) return this.stop("login");
    if (UNFIT.includes(answer.status)) return this.smaller();
    if (answer.status === FAILED) {
      if (!this.outbox.cut(newId)) this.outbox.putBehind();
      await this.wires.keep();
    }
    if (answer.status >= 500 || answer.status === 429) return this.again("offline");
    if (!answer.ok) return this.stop("refused");
    try {
      const told = await answer.json();
      this.notBefore = performance.now() + (told.wait ?? 0) * 1000;
      this.wires.take(told);
    } catch {
      return this.again("offline");
    }
    this.failed = 0;
    await this.wires.keep();
    return true;
  }

  /** Sends less at once; a cell that is not taken alone is told, and what else waits goes on. */
  async smaller() {
    if (!this.outbox.cut(newId)) {
      this.outbox.drop(this.wires.fault);
      this.wires.dropped?.();
    }
    await this.wires.keep();
    return true;
  }

  async isIn() {
    try {
      return Boolean(await this.wires.isIn?.());
    } catch {
      return false;
    }
  }

  /** Goes on after a break, the longer the more have come one after the other. @param {Standing} standing */
  again(standing) {
    const pause = PAUSES[Math.min(this.failed, PAUSES.length - 1)];
    this.failed += 1;
    return this.later(standing, pause);
  }

  /** @param {Standing} standing @param {number} pause  milliseconds */
  later(standing, pause) {
    this.wires.say(standing);
    if (!this.wires.isOnce) this.timer = setTimeout(() => void this.run(), pause);
    return false;
  }

  /** @param {Standing} standing */
  stop(standing) {
    this.wires.say(standing);
    return false;
  }
}

const newId = () => uuid7(Date.now(), crypto.getRandomValues(new Uint8Array(10)));
