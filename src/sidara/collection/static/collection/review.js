// Looking a form over on the device: what is missing, wrong and doubtful by the device's own engine, and the act of
// sending, which waits here until the server has every cell.
// @ts-check
import { isRevocable, isWaiting } from "./acting.js";
import { fill, h, notice } from "./dom.js";
import { NOT_FILLED, isBlocking, isExplained } from "./judge.js";
import { cellName } from "./model.js";
import { called } from "./panel.js";

/** @typedef {import("./acting.js").Act} Act */
/** @typedef {import("./shapes.js").Finding} Finding */
/** @typedef {import("./view.js").View} View */
/** @typedef {{act: () => Act | null, decide: () => Promise<void>, revoke: () => Promise<void>}} Acts */
/** @typedef {{name: string, text: string, more: string, said?: string}} Item  `said`: what explains it */

/** @param {View} view @param {Acts} acts  lays the review out anew where it says something else */
export function review(view, acts) {
  const lists = things(view);
  const act = acts.act();
  const isBegun = view.outbox.revision > 0 || view.outbox.size > 0;
  const made = JSON.stringify([lists, act, view.outbox.size, view.isReadonly, isBegun]);
  if (view.body.dataset.isi === made && view.body.firstElementChild) return;
  const hadFocus = view.body.contains(document.activeElement);
  const { words } = view;
  const holding = lists.missing.length + lists.faults.length + lists.doubts.filter(({ said }) => !said).length + lists.conflicts.length + lists.refused.length + lists.unread.length;
  view.body.replaceChildren(
    h("p", { class: "lead" }, holding ? fill(words.holding, { n: holding }) : !isBegun ? words.notBegun : view.site.closed ? words.wholeButClosed : words.readyToSend),
    acting(view, acts, act, holding ? words.actMend : isBegun ? (view.site.closed ?? "") : words.notBegunText),
    ...[
      part(view, "kurang", words.reviewMissing, lists.missing),
      part(view, "betulkan", words.reviewFaults, [...lists.unread, ...lists.refused, ...lists.faults]),
      part(view, "ragu", words.reviewDoubts, lists.doubts),
      part(view, "dua", words.conflict, lists.conflicts),
      part(view, "peladen", words.reviewTold, lists.told),
    ].filter(Boolean),
  );
  view.body.dataset.isi = made;
  if (hadFocus) view.title.focus({ preventScroll: true });
}

/** @param {View} view @param {Acts} acts @param {Act | null} act @param {string} first  what is to be done before it can be sent */
function acting(view, acts, act, first) {
  const { words } = view;
  const place = h("section", { class: "bagian", "aria-labelledby": "tindakan" }, h("h2", { class: "gambar__judul", id: "tindakan" }, words.actTitle));
  if (act?.isDone) place.append(h("p", {}, h("a", { href: view.site.look }, words.actDoneLink)));
  else if (isWaiting(act)) {
    if (isRevocable(act)) place.append(h("p", {}, words.actRevokeText), h("p", { class: "tombol-baris" }, h("button", { type: "button", class: "btn btn-outline", onclick: () => void acts.revoke() }, words.actRevoke)));
    else place.append(h("p", {}, words.actUnderWay));
  } else {
    if (act?.faults.length)
      place.append(notice(words.actHeld, words.actHeldText, true, h("ul", { lang: "id" }, ...act.faults.map(({ message, remedy }) => h("li", {}, `${message} ${remedy}`)))));
    if (view.isReadonly) place.append(h("p", {}, words.readonlyText));
    else if (first) place.append(h("p", {}, first));
    else
      place.append(h("p", {}, words.actStatement), h("p", {}, words.actLater),
        h("p", { class: "tombol-baris" }, h("button", { type: "button", class: "btn btn-primary btn-lg", onclick: () => void acts.decide() }, words.actSend)));
  }
  return place;
}

/** @param {View} view @param {string} id @param {string} title @param {Item[]} items */
const part = (view, id, title, items) =>
  items.length ? h("section", { class: "bagian", "aria-labelledby": id }, h("h2", { class: "gambar__judul", id }, `${title} (${items.length})`),
    h("ul", { class: "hal", lang: "id" }, ...items.map(({ name, text, more }) => h("li", {}, name ? h("a", { href: "#", onclick: (/** @type {Event} */ event) => (event.preventDefault(), view.goTo(name)) }, text) : text, more && h("p", { class: "hal__kata" }, more))))) : null;

/** @param {View} view */
function things(view) {
  const { model, words, outbox } = view;
  /** @type {Record<"missing" | "faults" | "doubts", Item[]>} */
  const { missing, faults, doubts } = { missing: [], faults: [], doubts: [] };
  for (const one of view.judged) {
    const name = view.nameOf(one);
    const said = isExplained(model, one) ? explanation(view, one) : "";
    const place = one.place.category && NOT_FILLED.includes(one.code) ? `${one.place.category}: ` : one.place.row ? `${one.place.row}: ` : "";
    const item = { name, text: `${place}${one.message}`, more: said ? fill(words.explained, { text: said }) : one.remedy, said };
    if (NOT_FILLED.includes(one.code)) {
      if (isBlocking(model, one)) missing.push(item);
    } else if (one.severity === "error") faults.push(item);
    else if (one.severity === "warning") doubts.push(item);
  }
  const conflicts = model.held.conflicts.map(([row, variable, breakdown]) => cellName({ row, variable, breakdown })).filter((name) => !outbox.has(name))
    .map((name) => ({ name, text: called(view, name), more: words.conflictText }));
  const refused = [...outbox.refused].map(([name, { message, remedy }]) => ({ name, text: `${called(view, name)}: ${message}`, more: remedy }));
  const unread = view.unreadNames.map((name) => ({ name, text: `${called(view, name)}: ${view.unread.get(name)?.fault}`, more: words.unreadRemedy }));
  const told = view.site.told.map(({ message, remedy }) => ({ name: "", text: message, more: remedy }));
  return { missing, faults, doubts, conflicts, refused, told, unread };
}

/** @param {View} view @param {Finding} finding */
function explanation(view, finding) {
  for (const { variable, breakdown } of finding.cells) {
    const row = view.asked.items[variable]?.l ? finding.rowId : "";
    const said = view.model.cell({ row, variable, breakdown }).explanation;
    if (said) return said;
  }
  return "";
}
