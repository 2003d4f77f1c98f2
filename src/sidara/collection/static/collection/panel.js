// What is told above a form: how sending stands, and what is to be mended.
// @ts-check
import { fill, h, icon, idOf } from "./dom.js";
import { count } from "./figures.js";
import { isExplained } from "./judge.js";
import { cellKey, cellName } from "./model.js";
import { TOTAL } from "./shapes.js";

/** @typedef {import("./view.js").View} View */

/**
 * Gives the notices: heading, text, whether it is a danger.
 * @param {View} view @returns {[string, string, boolean][]}
 */
export function notices(view) {
  const { words, standing } = view;
  const kinds = /** @type {Record<string, [string, string]>} */ ({
    busy: [words.busy, words.busyText],
    offline: [words.offline, words.offlineText],
    login: [words.login, words.loginText],
    denied: [words.denied, words.deniedText],
    refused: [words.refused, words.refusedText],
  });
  /** @type {[string, string, boolean][]} */
  const shown = view.told.map(([heading, text]) => [heading, text, false]);
  if (view.isReadonly && !shown.length) shown.push([words.readonly, words.readonlyText, false]);
  else if (kinds[standing]?.[0] && (!view.isReadonly || standing === "login")) shown.push([...kinds[standing], false]);
  if (view.isFull && view.outbox.size) shown.unshift([words.full, words.fullText, true]);
  return shown;
}

/** Names a cell in words: its row, its question, its category. @param {View} view @param {string} name */
export function called(view, name) {
  const { asked, model, words } = view;
  const key = cellKey(name);
  const [by, code] = key.breakdown === TOTAL ? ["", ""] : key.breakdown.split(":");
  const own = key.row ? Object.keys(asked.lists).find((list) => key.variable in asked.lists[list].columns) : undefined;
  const at = own ? model.rows(own).findIndex(({ id }) => id === key.row) : -1;
  const question = model.question(key)?.name ?? asked.lists[key.variable]?.name ?? key.variable;
  return [at >= 0 && fill(words.rowOf, { n: at + 1 }), question, code && (asked.classifications[by]?.labels[code] ?? code)].filter(Boolean).join(", ");
}

/** Lists above the form what is to be mended in it. @param {View} view */
export function panel(view) {
  const { words } = view;
  const errors = view.findings.filter(({ severity }) => severity === "error");
  const warnings = view.findings.filter((one) => one.severity === "warning" && !isExplained(view.model, one));
  const conflicts = view.model.held.conflicts.filter(([row, variable, breakdown]) => !view.outbox.has(cellName({ row, variable, breakdown })));
  const refused = [...view.outbox.refused];
  const unread = view.unreadNames;
  const head = [
    unread.length && fill(words.unsaved, { n: count(unread.length) }),
    refused.length && fill(words.refusedCells, { n: count(refused.length) }),
    errors.length && fill(words.errors, { n: count(errors.length) }),
    warnings.length && fill(words.warnings, { n: count(warnings.length) }),
    conflicts.length && fill(words.conflicts, { n: count(conflicts.length) }),
  ].filter(Boolean);
  if (!head.length) {
    view.panel.replaceChildren();
    return;
  }
  /** @param {string} name @param {string} text */
  const jump = (name, text) => h("li", { lang: "id" }, h("a", { href: `#${idOf(name)}`, onclick: (/** @type {Event} */ event) => (event.preventDefault(), view.goTo(name)) }, text));
  const items = [...errors, ...warnings].map((one) => jump(view.nameOf(one), `${one.place.row ? `${one.place.row}: ` : ""}${one.message}`));
  items.unshift(...refused.map(([name, { message }]) => jump(name, `${called(view, name)}: ${message}`)));
  items.unshift(...unread.map((name) => jump(name, `${called(view, name)}: ${view.unread.get(name)?.fault}`)));
  items.push(...conflicts.map(([row, variable, breakdown]) => jump(cellName({ row, variable, breakdown }), `${called(view, cellName({ row, variable, breakdown }))}: ${words.conflict}`)));
  items.push(...view.site.told.map((one) => h("li", { lang: "id" }, one.message)));
  const kind = errors.length || refused.length || unread.length ? "danger" : "warning";
  view.panel.replaceChildren(h("div", { class: `alert alert-${kind}`, role: "group", "aria-labelledby": "temuan" }, icon("alert-triangle"), h("h2", { id: "temuan" }, head.join(", ")), h("ul", {}, ...items)));
}
