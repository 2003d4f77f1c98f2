// Where to go in a form: the section of an address, the first one that is not done, where it is looked over.
// @ts-check

/** The hash of the page on which a form is looked over without a link. */
export const REVIEW = "periksa";
/** How the hash of a cell begins: the id of its field. */
const CELL = "#sel-";

/**
 * Gives the section of an address: that of its hash, or of its query where the hash names a cell.
 * @param {{hash: string, search: string}} address
 */
export function sectionOf({ hash, search }) {
  if (hash === `#${REVIEW}`) return Infinity;
  const found = /^#bagian-(\d+)$/.exec(hash)?.[1] ?? (hash.startsWith(CELL) && new URLSearchParams(search).get("bagian"));
  return Number(found) > 0 ? Number(found) - 1 : undefined;
}

/** Goes to the field that an address names, once its section is laid out. @param {string} hash */
export function toCell(hash) {
  const field = hash.startsWith(CELL) ? document.getElementById(hash.slice(1)) : null;
  field?.scrollIntoView({ block: "center" });
  field?.focus({ preventScroll: true });
}

/** @param {import("./view.js").View} view  the first section in which something that is required is missing */
export function firstOpen(view) {
  const at = view.sections.findIndex(({ codes, list }) => view.model.progress(view.settled, codes, list ? [list] : []).missing);
  return Math.max(0, at);
}
