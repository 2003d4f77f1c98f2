/** So often, in milliseconds, a reader sees that the answer still comes. */
const STEP = 1000;

/**
 * Say under a form that its answer is on the way, and since how many seconds; what is sent twice goes once.
 * @param {HTMLFormElement} form
 * @param {HTMLElement} place its line for that: words in `data-menunggu`, the unit of time in `data-detik`
 * @param {Window} view
 */
export function tellWhileWaiting(form, place, view) {
  let sent = "";
  let clock = 0;
  const rest = () => {
    view.clearInterval(clock);
    place.replaceChildren();
    sent = "";
  };
  form.addEventListener("submit", (event) => {
    const asked = [...new FormData(form, event.submitter)]
      .map(([name, value]) => `${name}=${typeof value === "string" ? value : value.name}`)
      .join("&");
    if (event.defaultPrevented) return;
    if (asked === sent) return event.preventDefault();
    rest();
    sent = asked;
    const { menunggu = "", detik = "" } = place.dataset;
    const passed = view.document.createElement("span");
    passed.setAttribute("aria-hidden", "true");
    place.append(menunggu, passed);
    const began = Date.now();
    clock = view.setInterval(() => {
      passed.textContent = ` ${Math.round((Date.now() - began) / STEP)} ${detik}`;
    }, STEP);
  });
  view.addEventListener("pageshow", rest);
}
