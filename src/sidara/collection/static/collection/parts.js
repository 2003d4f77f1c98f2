// Sends a file in parts: what has come stays with the server, so that after a broken link, another page or another day
// only what is missing goes out. Knows no page.
// @ts-check

/** @typedef {{low: number, high: number}} Gap  from byte `low` up to, but without, `high` */
/** @typedef {{size: number, received: number, gaps: Gap[], part: number, grain: number}} State  what the server has of a file */
/** @typedef {"sending" | "offline"} Standing */
/** @typedef {{end: "whole" | "stopped" | "offline" | "login"} | {end: "refused", problem: any}} End */
/**
 * @typedef {object} Wires  what sending needs of its surroundings
 * @property {(address: string, body: any, headers: Record<string, string>) => Promise<Response>} put  to an address below that of the file
 * @property {(standing: Standing, state: State | null) => void} say
 * @property {(milliseconds: number) => Promise<unknown>} rest  ends earlier where the link comes back
 * @property {boolean} [isOnce]  whether a broken link ends it
 */

const PAUSES = [1, 2, 5, 10, 30, 60].map((seconds) => seconds * 1000);
/** How often in a row a server may say that a part, or the whole, came wrong. */
const TRIES = 5;
const GONE = 404;
const AGAIN = ["UPLOAD_PART_BROKEN", "UPLOAD_PART_WRONG"];

/** @param {BufferSource} bytes */
const sha256 = async (bytes) => new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));

/** The SHA-256 of bytes as the server writes it. @param {BufferSource} bytes */
export const hashOf = async (bytes) => Array.from(await sha256(bytes), (one) => one.toString(16).padStart(2, "0")).join("");

/** The same as a header says it (RFC 9530). @param {BufferSource} bytes */
const digestOf = async (bytes) => `sha-256=:${btoa(String.fromCharCode(...(await sha256(bytes))))}:`;

export class Sending {
  /** @param {Uint8Array<ArrayBuffer>} bytes @param {Record<string, unknown>} said  what the server is told of the file @param {Wires} wires */
  constructor(bytes, said, wires) {
    this.bytes = bytes;
    this.said = said;
    this.wires = wires;
    this.isStopped = false;
    /** @type {State | null} */
    this.state = null;
    /** Bytes of the next part; less after a break, more after what came through. */
    this.length = 0;
    this.failed = 0;
    this.wrong = 0;
  }

  stop() {
    this.isStopped = true;
  }

  /** Sends until the server has all of it. @returns {Promise<End>} */
  async run() {
    for (;;) {
      const gap = this.state?.gaps[0];
      if (this.state && !gap) return { end: "whole" };
      const ended = this.judged(await (gap ? this.part(gap) : this.begin()));
      if (ended) return ended;
      if (this.isStopped) return { end: "stopped" };
      if (this.failed) {
        if (this.wires.isOnce) return { end: "offline" };
        this.wires.say("offline", this.state);
        await this.wires.rest(PAUSES[Math.min(this.failed - 1, PAUSES.length - 1)]);
      } else this.wires.say("sending", this.state);
    }
  }

  /** Says what the file is; the server tells what it lacks. */
  begin() {
    return this.ask("", JSON.stringify(this.said), { "content-type": "application/json" });
  }

  /** @param {Gap} gap */
  async part({ low, high }) {
    const bytes = this.bytes.slice(low, Math.min(high, low + this.length));
    return this.ask(`/parts/${low}`, bytes, { "content-type": "application/octet-stream", "content-digest": await digestOf(bytes) });
  }

  /** @param {string} address @param {any} body @param {Record<string, string>} headers @returns {Promise<{status: number, told: any} | null>} `null` where the link broke */
  async ask(address, body, headers) {
    try {
      const answer = await this.wires.put(address, body, headers);
      if (answer.redirected) return { status: 401, told: null };
      return { status: answer.status, told: await answer.json() };
    } catch {
      return null;
    }
  }

  /** Takes an answer in; gives how it ends, if it does. @param {{status: number, told: any} | null} answer @returns {End | null} */
  judged(answer) {
    if (!answer || answer.status >= 500 || answer.status === 429) return this.broken();
    const { status, told } = answer;
    if (status === 401 || status === 403) return { end: "login" };
    if (status === 200) {
      if (this.state) this.wrong = 0;
      this.length = Math.min(told.part, this.state ? this.length + told.grain : told.part);
      this.failed = 0;
      this.state = told;
      return null;
    }
    this.wrong += 1;
    if ((status !== GONE && !AGAIN.includes(told.code)) || !this.state || this.wrong > TRIES) return { end: "refused", problem: told };
    this.state = null;
    return null;
  }

  /** Notes a break: the next part is smaller, on the grid of the server. */
  broken() {
    this.failed += 1;
    if (this.state) this.length = Math.max(this.state.grain, Math.floor(this.length / 2 / this.state.grain) * this.state.grain);
    return null;
  }
}
