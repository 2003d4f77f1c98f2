/**
 * Count villages as they are chosen on the map and move between cells by arrow keys; tapping works without.
 * @param {HTMLElement} place a fieldset with boxes `.heks` and `[data-terpilih]` for the count somewhere in its form
 */
export function countWhileChoosing(place) {
  const form = place.closest("form");
  const count = form?.querySelector("[data-terpilih]");
  const boxes = () => /** @type {HTMLInputElement[]} */ ([...place.querySelectorAll("input.heks")]);
  const told = () => {
    if (!form || !count) return;
    const chosen = new Set(new FormData(form).getAll("desa"));
    count.textContent = String(chosen.size);
  };
  place.addEventListener("change", told);
  place.addEventListener("keydown", (event) => {
    const from = event.target;
    const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (!(from instanceof HTMLInputElement) || !way) return;
    const here = from.getBoundingClientRect();
    const near = boxes()
      .filter((one) => one !== from)
      .map((one) => ({ one, at: one.getBoundingClientRect() }))
      .map(({ one, at }) => ({ one, x: at.x - here.x, y: at.y - here.y }))
      .filter(({ x, y }) => x * (way[0] ?? 0) + y * (way[1] ?? 0) > 1)
      .sort((a, b) => far(a, way) - far(b, way));
    if (!near[0]) return;
    event.preventDefault();
    near[0].one.focus();
  });
  told();
}

/**
 * @param {{x: number, y: number}} to how far a cell lies
 * @param {number[]} way the direction that is asked for
 */
function far(to, way) {
  const aside = way[0] ? Math.abs(to.y) : Math.abs(to.x);
  return Math.hypot(to.x, to.y) + 2 * aside;
}
