/**
 * Put a button beside each example that copies it; only where the browser lets a page write to the clipboard.
 * @param {Document} page
 * @param {Clipboard | undefined} clipboard
 */
export function offerCopies(page, clipboard) {
  if (!clipboard) return;
  for (const example of page.querySelectorAll("pre[data-salin]")) {
    if (!(example instanceof HTMLElement)) continue;
    const { salin = "", tersalin = "" } = example.dataset;
    const button = page.createElement("button");
    button.type = "button";
    button.className = "btn btn-link";
    button.textContent = salin;
    button.setAttribute("aria-live", "polite");
    button.addEventListener("click", async () => {
      await clipboard.writeText(example.textContent ?? "");
      button.textContent = tersalin;
    });
    example.previousElementSibling?.append(button);
  }
}
