// The section of the page of tasks about the PIN of this device: offered, set, changed, taken off, locked at once.
// @ts-check
import { renewed } from "./device.js";
import { fill, h } from "./dom.js";
import { Trying, pinField } from "./gate.js";
import { SHORTEST, isGoodPin, isPossible } from "./seal.js";
import { told } from "./watch.js";

/** @typedef {import("./bundles.js").Bundles} Bundles */
/** @typedef {import("./dom.js").Words} Words */
/** @typedef {import("./drafts.js").SealedDrafts} SealedDrafts */
/** @typedef {import("./vault.js").Vault} Vault */
/** @typedef {{vault: Vault, drafts: SealedDrafts, bundles: Bundles, words: Words}} Around */

/** How long a worker is waited for that may be an older one, milliseconds. */
const PATIENCE = 10_000;
/** How long other tabs are waited for, which close their form when they are told, milliseconds. */
const OTHERS = 3000;

export class PinSection {
  /** @param {HTMLElement} place @param {Around} around */
  constructor(place, around) {
    this.around = around;
    this.body = h("div");
    this.status = h("p", { role: "status" });
    place.replaceChildren(
      h("section", { class: "bagian", "aria-labelledby": "pin-judul" }, h("h2", { class: "gambar__judul", id: "pin-judul", tabindex: "-1" }, around.words.pinHeading), this.status, this.body),
    );
  }

  /** Says how it stands, and what can be done. @param {string} [said]  what was done */
  show(said = "") {
    const { vault, words } = this.around;
    this.status.textContent = said;
    if (!isPossible()) return this.body.replaceChildren(h("p", {}, words.pinUnable));
    if (!vault.open) return this.body.replaceChildren(h("p", {}, words.pinOffer), this.buttons([words.pinSet, () => this.toSet()]));
    this.body.replaceChildren(
      h("p", {}, words.pinSealed),
      this.buttons([words.pinLock, () => this.lock()], [words.pinChange, () => this.toChange()], [words.pinOff, () => this.toTakeOff()]),
    );
  }

  /** Does what a form asked for; the heading has the focus then. @param {string} said */
  done(said) {
    this.show(said);
    document.getElementById("pin-judul")?.focus({ preventScroll: true });
  }

  lock() {
    const { vault } = this.around;
    told(vault.owner, true);
    vault.forget();
    window.location.reload();
  }

  toSet() {
    const { vault, drafts, bundles, words } = this.around;
    const fields = newFields(words);
    this.form(fields, words.pinSet, async (form) => {
      const pin = chosen(form, words);
      if (!pin) return;
      this.status.textContent = words.pinWorking;
      if (!(await isSealing())) {
        this.done(words.pinOld);
        return;
      }
      if (!(await vault.make(pin))) {
        window.location.reload(); // Another tab was faster; it is its PIN that opens.
        return;
      }
      told(vault.owner, false);
      const left = await drafts.sealAll(OTHERS);
      await bundles.sealAll();
      this.done(left ? fill(words.pinPartly, { n: left }) : words.pinDone);
    });
  }

  toChange() {
    const { vault, words } = this.around;
    this.form([pinField("pin-sekarang", words.pinNow), ...newFields(words)], words.pinChange, async (form, trying) => {
      const pin = chosen(form, words);
      if (!pin || !(await trying.made())) return;
      await vault.renew(pin);
      this.done(words.pinChanged);
    });
  }

  toTakeOff() {
    const { vault, drafts, bundles, words } = this.around;
    this.form([h("p", {}, words.pinOffText), pinField("pin-sekarang", words.pinNow)], words.pinOff, async (_, trying) => {
      if (!(await trying.made())) return;
      this.status.textContent = words.pinWorking;
      told(vault.owner, true);
      const left = await drafts.unsealAll(OTHERS);
      if (!left) await bundles.unsealAll();
      const isOff = !left && (await vault.ended());
      if (!isOff) {
        await drafts.sealAll();
        this.done(words.pinBusy);
        return;
      }
      told(vault.owner, true);
      this.done(words.pinOffDone);
    });
  }

  /**
   * @param {HTMLElement[]} fields @param {string} name  of the button
   * @param {(form: HTMLFormElement, trying: Trying) => Promise<void>} work  what sending the form does
   */
  form(fields, name, work) {
    const { vault, words } = this.around;
    const submit = h("button", { type: "submit", class: "btn btn-primary" }, name);
    const cancel = h("button", { type: "button", class: "btn btn-outline", onclick: () => this.done("") }, words.pinCancel);
    /** @type {HTMLFormElement} */
    const form = h("form", { class: "lembar", novalidate: true }, ...fields, h("div", { class: "tombol-baris" }, submit, cancel));
    const trying = new Trying(form, vault, words);
    let isRunning = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      if (isRunning) return;
      isRunning = true;
      await work(form, trying).catch(() => this.done(words.full));
      isRunning = false;
    });
    this.status.textContent = "";
    this.body.replaceChildren(form);
    form.querySelector("input")?.focus();
  }

  /** @param {...[string, () => void]} given */
  buttons(...given) {
    return h("p", { class: "tombol-baris" }, ...given.map(([name, onclick]) => h("button", { type: "button", class: "btn btn-outline", onclick }, name)));
  }
}

/** @param {Words} words */
const newFields = (words) => [pinField("pin-baru", words.pinNew, fill(words.pinHint, { n: SHORTEST })), pinField("pin-ulang", words.pinRepeat)];

/** @param {HTMLFormElement} form @param {Words} words @returns {string} the new PIN; empty where it cannot be taken, which is said */
function chosen(form, words) {
  const [first, again] = ["pin-baru", "pin-ulang"].map((id) => /** @type {HTMLInputElement} */ (form.querySelector(`#${id}`)));
  const isGood = isGoodPin(first.value);
  const isSame = first.value === again.value;
  const faults = /** @type {[HTMLInputElement, string][]} */ ([
    [first, isGood ? "" : words.pinWeak],
    [again, isGood && !isSame ? words.pinDiffers : ""],
  ]);
  for (const [field, text] of faults) {
    if (text) field.setAttribute("aria-invalid", "true");
    else field.removeAttribute("aria-invalid");
    const said = form.querySelector(`#${field.id}-galat`);
    if (said) said.textContent = text;
  }
  faults.find(([, text]) => text)?.[0].focus();
  return isGood && isSame ? first.value : "";
}

/** Whether the worker is one that keeps no bundle in the clear; an older one is asked to go first. */
async function isSealing() {
  if (!navigator.serviceWorker) return true;
  const registration = await navigator.serviceWorker.getRegistration();
  if (!registration?.active || (await answers(registration.active))) return true;
  await renewed(registration);
  return Boolean(registration.active && (await answers(registration.active)));
}

/** @param {ServiceWorker} worker @returns {Promise<boolean>} */
function answers(worker) {
  const { port1, port2 } = new MessageChannel();
  return new Promise((take) => {
    const timer = setTimeout(() => take(false), PATIENCE);
    port1.onmessage = () => {
      clearTimeout(timer);
      take(true);
    };
    worker.postMessage("segel", [port2]);
  });
}
