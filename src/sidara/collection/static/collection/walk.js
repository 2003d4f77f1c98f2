// Where to go in a form: the section of an address, the first one that is not done, where it is looked over.
// @ts-check

/** The hash of the page on which a form is looked over without a link. */
export const REVIEW = "periksa";

/** @param {string} hash */
export function sectionOf(hash) {
  if (hash === `#${REVIEW}`) return Infinity;
  const found = /^#bagian-(\d+)$/.exec(hash);
  return found ? Number(found[1]) - 1 : undefined;
}

/** @param {import("./view.js").View} view  the first section in which something that is required is missing */
export function firstOpen(view) {
  const at = view.sections.findIndex(({ codes, list }) => view.model.progress(view.settled, codes, list ? [list] : []).missing);
  return Math.max(0, at);
}
