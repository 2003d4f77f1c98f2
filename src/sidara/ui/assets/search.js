const PAUSE_MS = 180;
const SHORTEST = 3;

/**
 * Show candidates under the search field while typing; Enter and the button work as without script.
 * The answer is the same partial that the search page shows, so nothing is built here.
 * @param {HTMLFormElement} form with `data-saran` = address of the candidates and an element `[data-calon]`
 */
export function suggestWhileTyping(form) {
  const field = form.querySelector("input[type=search]");
  const place = form.querySelector("[data-calon]");
  if (!(field instanceof HTMLInputElement) || !(place instanceof HTMLElement)) return;
  const address = String(form.dataset.saran);
  let timer = 0;
  let asked = new AbortController();

  const ask = async () => {
    asked.abort();
    const text = field.value.trim();
    if (text.length < SHORTEST) {
      place.replaceChildren();
      return;
    }
    asked = new AbortController();
    try {
      const answer = await fetch(`${address}?${new URLSearchParams({ q: text })}`, { signal: asked.signal });
      if (answer.ok) place.innerHTML = await answer.text();
    } catch {
      // Interrupted by the next letter, or without a connection: the form itself still works.
    }
  };

  field.addEventListener("input", () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(ask, PAUSE_MS);
  });
  form.addEventListener("keydown", (event) => {
    const links = [...place.querySelectorAll("a")];
    const here = links.indexOf(/** @type {HTMLAnchorElement} */ (document.activeElement));
    if (event.key === "Escape") {
      place.replaceChildren();
      field.focus();
    } else if (event.key === "ArrowDown" && links.length) {
      event.preventDefault();
      links[Math.min(here + 1, links.length - 1)].focus();
    } else if (event.key === "ArrowUp" && here >= 0) {
      event.preventDefault();
      (here === 0 ? field : links[here - 1]).focus();
    }
  });
}
