// The gate of a sealed device: nothing of it is shown before the PIN. A forgotten one tells first what it would cost.
// @ts-check
import { Bundles } from "./bundles.js";
import { fill, h } from "./dom.js";
import { waitOf } from "./vault.js";
import { told } from "./watch.js";

/** @typedef {import("./dom.js").Words} Words */
/** @typedef {import("./vault.js").Vault} Vault */

/**
 * Shows the gate where the device is locked, and comes back when it is open.
 * @param {Vault} vault @param {HTMLElement} covered  what is not shown before @param {Words} words
 */
export async function passed(vault, covered, words) {
  const standing = await vault.recalled().catch(() => "none");
  if (standing !== "locked") return;
  covered.hidden = true;
  const place = h("div", { class: "container" });
  covered.before(place);
  await new Promise((open) => void new Gate(place, vault, words, () => open(true)).ask());
  place.remove();
  covered.hidden = false;
  document.getElementById("isi")?.focus({ preventScroll: true });
}

class Gate {
  /** @param {HTMLElement} place @param {Vault} vault @param {Words} words @param {() => void} open */
  constructor(place, vault, words, open) {
    this.place = place;
    this.vault = vault;
    this.words = words;
    this.open = open;
  }

  async ask() {
    const { vault, words } = this;
    const field = pinField("pin-gerbang", words.pinLabel);
    const button = h("button", { type: "submit", class: "btn btn-primary" }, words.pinOpen);
    const forgot = h("button", { type: "button", class: "btn btn-link", onclick: () => void this.forgotten() }, words.pinForgot);
    const form = h("form", { class: "lembar", novalidate: true }, field, h("div", { class: "tombol-baris" }, button, forgot));
    const trying = new Trying(form, vault, words);
    form.addEventListener("submit", async (/** @type {Event} */ event) => {
      event.preventDefault();
      if (await trying.made()) this.open();
    });
    this.place.replaceChildren(h("div", { class: "judul" }, h("h1", {}, words.pinTitle), h("p", { class: "lead" }, words.pinText)), form);
    field.querySelector("input")?.focus();
    const door = await vault.door();
    if (door && waitOf(door)) trying.waits(waitOf(door));
  }

  async forgotten() {
    const { vault, words } = this;
    const { cells, acts } = await vault.atStake();
    const isCostly = cells + acts > 0;
    const sure = h("input", { type: "checkbox", id: "pin-mengerti" });
    const fault = h("p", { class: "galat", role: "alert" });
    const drop = h("button", { type: "submit", class: "btn btn-primary" }, isCostly ? words.pinDrop : words.pinDropNone);
    const back = h("button", { type: "button", class: "btn btn-outline", onclick: () => void this.ask() }, words.pinBack);
    const costs = [
      h("p", {}, h("b", {}, fill(words.pinLost, { n: cells }))),
      acts ? h("p", {}, fill(words.pinLostActs, { n: acts })) : null,
      h("div", { class: "jawaban" }, h("label", { for: "pin-mengerti" }, sure, words.pinLostSure)),
    ];
    const form = h("form", { class: "lembar", novalidate: true }, ...(isCostly ? costs : [h("p", {}, words.pinLostNone)]), fault, h("div", { class: "tombol-baris" }, drop, back));
    form.addEventListener("submit", async (/** @type {Event} */ event) => {
      event.preventDefault();
      if (isCostly && !sure.checked) {
        fault.textContent = words.pinLostTick;
        sure.focus();
        return;
      }
      await vault.drop();
      await new Bundles(vault).drop();
      told(vault.owner, true);
      window.location.reload();
    });
    const title = h("h1", { tabindex: "-1" }, words.pinForgot);
    this.place.replaceChildren(h("div", { class: "judul" }, title, h("p", { class: "lead" }, words.pinForgotText)), form);
    title.focus();
  }
}

/** The try of a PIN in a form that has one field for it: says what is wrong, and how long to wait. */
export class Trying {
  /** @param {HTMLFormElement} form @param {Vault} vault @param {Words} words */
  constructor(form, vault, words) {
    this.field = /** @type {HTMLInputElement} */ (form.querySelector("input"));
    this.button = /** @type {HTMLButtonElement} */ (form.querySelector("[type=submit]"));
    this.fault = /** @type {HTMLElement} */ (form.querySelector(".galat"));
    this.vault = vault;
    this.words = words;
  }

  /** @returns {Promise<boolean>} whether the PIN is right */
  async made() {
    const { field, button, words } = this;
    if (button.disabled) return false;
    const name = button.textContent;
    button.disabled = true;
    button.textContent = words.pinOpening;
    const { isRight, wait } = await this.vault.tries(field.value);
    button.textContent = name;
    button.disabled = false;
    if (isRight) return true;
    if (!(await this.vault.door())) window.location.reload(); // It was taken off or dropped in another tab.
    field.value = "";
    field.setAttribute("aria-invalid", "true");
    if (wait) this.waits(wait);
    else this.say(words.pinWrong);
    field.focus();
    return false;
  }

  /** Lets nobody try for a while. @param {number} seconds */
  waits(seconds) {
    const { button, words } = this;
    const until = Date.now() + seconds * 1000;
    button.disabled = true;
    this.say(fill(words.pinWait, { n: seconds }));
    const rest = h("span", { "aria-hidden": "true" });
    this.fault.append(" ", rest);
    const timer = window.setInterval(() => {
      const left = Math.ceil((until - Date.now()) / 1000);
      rest.textContent = `(${left})`;
      if (left > 0) return;
      window.clearInterval(timer);
      button.disabled = false;
      this.say(words.pinAgainNow);
    }, 1000);
  }

  /** @param {string} text */
  say(text) {
    this.fault.replaceChildren(text);
  }
}

/** @param {string} id @param {string} label @param {string} [hint] @returns {HTMLElement} a field for a PIN, with room for a fault */
export function pinField(id, label, hint = "") {
  const described = [hint && `${id}-bantu`, `${id}-galat`].filter(Boolean).join(" ");
  return h("div", { class: "isian isian--pendek" }, h("label", { for: id }, label),
    hint && h("p", { class: "form-text", id: `${id}-bantu` }, hint),
    h("p", { class: "galat", id: `${id}-galat`, role: "alert" }),
    h("input", { class: "form-control", id, type: "password", inputmode: "numeric", autocomplete: "off", "aria-describedby": described }));
}
