// Small tools for building the page: elements, icons, words with their figures.
// @ts-check

/** @typedef {Record<string, string>} Words */

/**
 * Makes an element. Attributes that are `null` or `false` are left out, `true` stands alone; `on…` listens.
 * @param {string} tag @param {Record<string, any>} [attributes] @param {...(Node | string | null | undefined | false)} children
 * @returns {any}
 */
export function h(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else made.setAttribute(name, value === true ? "" : String(value));
  }
  made.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return made;
}

/** @param {string} name */
export function icon(name) {
  const space = "http://www.w3.org/2000/svg";
  const made = document.createElementNS(space, "svg");
  made.setAttribute("class", "ikon");
  made.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(space, "use");
  use.setAttribute("href", `#i-${name}`);
  made.append(use);
  return made;
}

/**
 * Makes a notice: a heading, its text, and what more belongs to it.
 * @param {string} heading @param {string} text @param {boolean} [isDanger] @param {...(Node | null | false)} more
 */
export const notice = (heading, text, isDanger = false, ...more) =>
  h("div", { class: isDanger ? "alert alert-danger" : "alert", role: "status" }, icon("info-circle"), h("h2", {}, heading), h("p", {}, text), ...more);

/**
 * Fills a sentence with its figures.
 * @param {string} sentence @param {Record<string, string | number>} [figures]
 */
export const fill = (sentence, figures = {}) =>
  sentence.replace(/\{(\w+)\}/g, (whole, name) => (name in figures ? String(figures[name]) : whole));

/** @param {string} name  of a cell, for the id of its field */
export const idOf = (name) => `sel-${name.replace(/[/:|]/g, "-")}`;
