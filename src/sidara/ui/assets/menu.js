/**
 * Close the phone menu by Escape (focus goes back to its button) or by a click elsewhere.
 * @param {Document} page
 */
export function closeMenuOutside(page) {
  const menu = page.querySelector("details.menu");
  if (!(menu instanceof HTMLDetailsElement)) return;
  page.addEventListener("click", (event) => {
    if (event.target instanceof Node && !menu.contains(event.target)) menu.open = false;
  });
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary")?.focus();
  });
}
