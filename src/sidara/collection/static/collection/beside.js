// What stands beside a cell: the explanation of what is doubtful, the choice between two answers.
// @ts-check
import { told } from "./control.js";
import { fill, h, icon, idOf } from "./dom.js";
import { cellName } from "./model.js";

/** @typedef {import("./shapes.js").Cell} Cell */
/** @typedef {import("./view.js").Place} Place */
/** @typedef {import("./view.js").View} View */

/** @param {View} view @param {Place} place @param {string} name @param {string} explanation */
export function explaining(view, place, name, explanation) {
  const id = `${idOf(name)}-jelas`;
  const box = h("textarea", { id, class: "form-control", rows: 2, "aria-describedby": `${id}-b`, disabled: !view.isOpen(place.key) });
  box.value = explanation;
  const take = () => {
    const cell = view.model.cell(place.key);
    const explanation = box.value.trim().normalize("NFC");
    if (explanation !== (cell.explanation ?? "")) view.change(place.key, { ...cell, explanation });
  };
  box.addEventListener("input", (/** @type {Event} */ event) => (event.stopPropagation(), take()));
  box.addEventListener("change", (/** @type {Event} */ event) => {
    event.stopPropagation();
    take();
    view.settle();
    view.send();
  });
  const label = place.label ? `${view.words.explain}: ${place.label}` : view.words.explain;
  return h("div", { class: "jawab" }, h("label", { class: "form-label", for: id }, label), h("p", { class: "form-text", id: `${id}-b` }, view.words.explainHelp), box);
}

/** @param {View} view @param {Place} place @param {[string, string | null, string][]} sent */
export function deciding(view, place, sent) {
  const { words } = view;
  /** @param {Cell} cell */
  const take = (cell) => () => {
    view.outbox.decided(place.key, cell, new Date().toISOString());
    view.model.put(place.key, cell);
    view.unread.delete(cellName(place.key));
    void view.doors.keep();
    place.show(cell);
    view.settle();
    view.send();
  };
  const stored = view.model.cell(place.key);
  const others = sent.map(([state, value, explanation]) => ({ state, value, explanation }));
  const choices = [stored, ...others].map((cell) => h("button", { type: "button", class: "btn btn-outline", onclick: take(cell) }, fill(words.conflictTake, { value: told(place.question, cell, words) })));
  return h("div", { class: "jawab", role: "group", "aria-label": words.conflict }, h("p", { class: "warning-feedback" }, icon("alert-triangle"), h("span", {}, `${place.label ? `${place.label}: ` : ""}${words.conflict}. ${words.conflictText}`)),
    h("p", {}, fill(words.conflictStored, { value: told(place.question, stored, words) })), ...others.map((cell) => h("p", {}, fill(words.conflictSent, { value: told(place.question, cell, words) }))), view.isReadonly ? null : h("p", { class: "tombol-baris" }, ...choices));
}
