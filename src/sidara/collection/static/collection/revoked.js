// The page of log-in on a device that was revoked: takes off what lies here of that account and leaves only what was not
// sent, which goes up after the next log-in; says so, and tells the server that it is done.
// @ts-check
import { PAGES, keptOwner, whileFree } from "./device.js";
import { fill } from "./dom.js";
import { Drafts, waits } from "./keep.js";
import { lean } from "./meeting.js";
import { Outbox } from "./outbox.js";
import { Vault } from "./vault.js";
import { told } from "./watch.js";

/** How long other tabs are waited for, which write down what stands in a field and close their form, milliseconds. */
const OTHERS = 10_000;

const place = document.getElementById("dicabut");
if (place) void start(place);

/** @param {HTMLElement} place */
async function start(place) {
  /** @type {Record<string, string>} */
  const words = JSON.parse(place.dataset.kata ?? "{}");
  const said = /** @type {HTMLElement} */ (place.querySelector("[role=status]"));
  const owners = /** @type {HTMLElement[]} */ ([...place.querySelectorAll("[data-pemilik]")]).map((one) => one.dataset.pemilik ?? "");
  /** @type {Record<string, number>} */
  const left = {};
  try {
    for (const owner of owners) left[owner] = await cleared(owner);
  } catch {
    said.textContent = words.emptiedPartly;
    return;
  }
  const total = Object.values(left).reduce((sum, n) => sum + n, 0);
  said.textContent = total ? fill(words.emptiedLeft, { n: total }) : words.emptiedNone;
  const token = /** @type {HTMLInputElement | null} */ (document.querySelector("[name=csrfmiddlewaretoken]"))?.value ?? "";
  const headers = { "content-type": "application/json", "x-csrftoken": token };
  await fetch(place.dataset.perangkat ?? "", { method: "POST", headers, body: JSON.stringify({ left }) }).catch(() => undefined);
  place.dataset.siap = "ya";
}

/**
 * Takes off pages, bundles and what was sent; what was not sent stays, without what else the form held.
 * @param {string} owner @returns {Promise<number>} how many cells wait here unsent
 */
async function cleared(owner) {
  const vault = new Vault(owner);
  vault.forget();
  told(owner, true);
  if ("caches" in window && [owner, ""].includes(await keptOwner())) await caches.delete(PAGES);
  const drafts = new Drafts(owner);
  let left = 0;
  for (const submission of await drafts.names()) {
    const leave = async () => {
      const draft = await drafts.read(submission);
      if (!draft) return;
      if (!waits(draft)) return drafts.remove(submission);
      await drafts.put(lean(draft));
      left += new Outbox(draft.outbox).size + (draft.outbox.refused?.length ?? 0) + (draft.decisions ?? []).filter(({ isDone }) => !isDone).length;
    };
    await whileFree(drafts.key(submission), leave, OTHERS);
  }
  return left + (await vault.emptied());
}
