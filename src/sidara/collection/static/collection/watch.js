// Forgets the key of a sealed device in time: after a while out of sight, and when another tab locks, sets or takes off
// the PIN. What is on the screen is written down first, then the page is loaded anew and shows the gate.
// @ts-check
import { AWAY, isLeft, noted } from "./vault.js";

/** @typedef {import("./vault.js").Vault} Vault */
/** @typedef {{owner: string, isLocking: boolean}} Told  `owner`: whose; of everybody where it is empty */

/** How tabs tell each other; `ui/assets/leave.js` names it, too. */
const CHANNEL = "sidara-segel";
/** @type {BroadcastChannel | undefined} */
let channel;

/** Tells the other tabs of this account. @param {string} owner @param {boolean} isLocking  whether they forget the key, too */
export function told(owner, isLocking) {
  channel ??= new BroadcastChannel(CHANNEL);
  channel.postMessage({ owner, isLocking });
}

/**
 * Call it before the gate, which goes when another tab takes the PIN off.
 * @param {Vault} vault
 * @param {() => Promise<boolean>} settled  writes down what is on the screen; where the disk does not take it, the page stays
 */
export function watched(vault, settled) {
  const main = document.querySelector("main");
  /** @param {boolean} isLocking */
  const anew = async (isLocking) => {
    if (main && isLocking) main.hidden = true;
    if (!(await settled())) {
      if (main) main.hidden = false;
      return;
    }
    if (isLocking) vault.forget();
    window.location.reload();
  };
  channel ??= new BroadcastChannel(CHANNEL);
  channel.onmessage = ({ data }) => {
    const { owner, isLocking } = /** @type {Told} */ (data);
    if (owner === vault.owner || (!owner && vault.open)) void anew(isLocking);
  };
  /** @type {number | undefined} */
  let timer;
  document.addEventListener("visibilitychange", () => {
    window.clearTimeout(timer);
    if (!vault.open) return;
    if (document.hidden) {
      noted(true);
      timer = window.setTimeout(() => void anew(true), AWAY);
    } else if (isLeft()) void anew(true);
    else noted(false);
  });
  window.addEventListener("pageshow", ({ persisted }) => {
    if (persisted && vault.open && (!vault.isRemembered || isLeft())) void anew(true);
  });
}
