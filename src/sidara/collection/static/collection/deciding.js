// The act of sending on the page of a form: decided, taken back, carried out as soon as nothing waits; and told.
// @ts-check
import { carriedOut, decided, isRevocable, isWaiting } from "./acting.js";
import { poster, session } from "./device.js";

/** @typedef {import("./acting.js").Act} Act */
/** @typedef {import("./acting.js").Ending} Ending */
/** @typedef {import("./view.js").View} View */
/**
 * @typedef {object} Around
 * @property {string} address  of the form
 * @property {string} owner
 * @property {string} token
 * @property {() => Promise<boolean>} keep  writes the draft with the act; whether the disk has it
 * @property {() => void} send  sends what waits, the act after it
 * @property {() => Promise<void>} renew  brings the bundle of the form anew
 */

const AGAIN = 30_000;

export class Acts {
  /** @param {Act | null} act @param {View} view @param {Around} around */
  constructor(act, view, around) {
    this.view = view;
    this.around = around;
    this.isLocked = view.isReadonly;
    /** Sent, and open again: it was withdrawn or given back since. */
    this.current = act?.isDone && !view.isReadonly ? null : act;
    /** @type {Act | null} what is being written to the disk: until it lies there, nothing is sent by it */
    this.coming = null;
    /** Whether the disk did not take the last decision. */
    this.isFull = false;
    this.isRunning = false;
    this.timer = 0;
    this.post = poster(`${around.address.replace("/isi/", "/kirim/")}/antrean`, { token: around.token }, (one) => this.isMine(one));
    this.tell();
  }

  /** @param {{owner: string}} session */
  isMine({ owner }) {
    return owner === this.around.owner;
  }

  act() {
    return this.current;
  }

  /** What a draft is written with. */
  written() {
    return this.coming ?? this.current;
  }

  async decide() {
    if (this.coming) return;
    const act = decided(this.view.model.own);
    this.coming = act;
    this.tell();
    const isKept = await this.around.keep();
    this.coming = null;
    this.isFull = !isKept;
    if (isKept) this.current = act;
    else await this.around.keep(); // Another writing may have taken it along.
    this.show();
    this.around.send();
  }

  async revoke() {
    if (!isRevocable(this.current)) return;
    this.current = this.coming = null;
    this.show();
    await this.around.keep();
  }

  /** Carries the act out, now that the server has every cell. */
  async run() {
    window.clearTimeout(this.timer);
    const { view, current } = this;
    if (this.isRunning || !current || !isWaiting(current)) return;
    this.isRunning = true;
    /** @type {Ending} */
    let ending;
    try {
      ending = await carriedOut(current, view.model.held, view.outbox, view.words, {
        session,
        isMine: (one) => this.isMine(one),
        post: this.post,
        keep: (act) => this.keep(act),
      });
    } finally {
      this.isRunning = false;
    }
    if (ending === "offline" && isWaiting(this.current)) this.timer = window.setTimeout(this.around.send, AGAIN);
    if (ending === "done") await this.around.renew().catch(() => undefined);
    view.standing = ending === "login" || ending === "offline" ? ending : "idle";
    this.show();
  }

  /**
   * Takes what became of the act, unless it was taken back meanwhile. What the server said of it is so whether the
   * disk has it or not; that it is about to be sent must lie there.
   * @param {Act} act
   */
  async keep(act) {
    if (this.current?.id !== act.id) return false;
    this.coming = act;
    const isKept = await this.around.keep();
    if (this.coming !== act) return false;
    this.coming = null;
    if (isKept || !isWaiting(act)) this.current = act;
    return isKept;
  }

  show() {
    this.tell();
    this.view.open(this.view.at);
  }

  /** Puts what is to be told above the form, and locks it while the act waits. */
  tell() {
    const { view, current, isLocked } = this;
    const { words } = view;
    view.isReadonly = isLocked || isWaiting(this.coming) || isWaiting(current) || Boolean(current?.isDone);
    view.told = view.told.filter(([heading]) => ![words.actWaiting, words.actHeld, words.actDone, words.full].includes(heading));
    if (current?.isDone) view.told.push([words.actDone, words.actDoneText]);
    else if (current?.faults.length) view.told.push([words.actHeld, current.faults.map(({ message, remedy }) => `${message} ${remedy}`).join(" ")]);
    else if (current) view.told.push([words.actWaiting, words.actWaitingText]);
    else if (this.isFull) view.told.push([words.full, words.actFullText]);
  }
}
