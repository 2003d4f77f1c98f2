/**
 * Show what a change does as soon as a field is left; the button works as without script.
 * The answer is the same partial that the page shows; the address becomes the one that can be shared.
 * @param {HTMLFormElement} form with `data-andai` = address of the result
 * @param {ParentNode} page holds `[data-hasil]` for the result and `[data-kabar]` for what is read aloud
 */
export function answerWhileChanging(form, page) {
  const place = page.querySelector("[data-hasil]");
  const aloud = page.querySelector("[data-kabar]");
  if (!(place instanceof HTMLElement) || !(aloud instanceof HTMLElement)) return;
  let asked = new AbortController();

  form.addEventListener("change", async () => {
    asked.abort();
    asked = new AbortController();
    const query = new URLSearchParams(/** @type {any} */ (new FormData(form)));
    try {
      const answer = await fetch(`${form.dataset.andai}?${query}`, { signal: asked.signal });
      if (!answer.ok) return;
      place.innerHTML = await answer.text();
      const address = place.querySelector("[data-alamat]");
      const short = address instanceof HTMLElement ? address.dataset.alamat : "";
      window.history.replaceState(null, "", `?${short}`);
      aloud.textContent = place.querySelector("h2")?.textContent?.trim() ?? "";
    } catch {
      // Interrupted by the next change, or without a connection: the button still works.
    }
  });
}
