/**
 * Open what is folded before printing, and fold it again afterwards: paper cannot be tapped.
 * @param {Window} view
 */
export function openForPrint(view) {
  /** @type {HTMLDetailsElement[]} */
  let opened = [];
  view.addEventListener("beforeprint", () => {
    opened = [...view.document.querySelectorAll("details:not([open]):not(.menu)")].filter(
      (part) => part instanceof HTMLDetailsElement,
    );
    for (const part of opened) part.open = true;
  });
  view.addEventListener("afterprint", () => {
    for (const part of opened) part.open = false;
  });
}
