/** Where entry keeps the open key of a sealed device in a tab, and how its tabs tell each other (`collection/static/collection`). */
const MEMORY = "sidara-kunci";
const CHANNEL = "sidara-segel";

/**
 * Lets every tab forget the key of a sealed device as somebody logs out.
 * @param {HTMLFormElement} form
 */
export function lockOnLeaving(form) {
  form.addEventListener("submit", () => {
    try {
      sessionStorage.removeItem(MEMORY);
      new BroadcastChannel(CHANNEL).postMessage({ owner: "", isLocking: true });
    } catch {
      // A browser that keeps nothing has nothing to forget.
    }
  });
}
