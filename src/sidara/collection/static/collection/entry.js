// The page of a form on the web: loads the bundle and the draft, keeps every change on the device, sends it.
// Without a link the service worker gives the same page for every form, and the bundle that lies on the device.
// @ts-check
import { isWaiting } from "./acting.js";
import { Bundles } from "./bundles.js";
import { closedOn } from "./days.js";
import { Acts } from "./deciding.js";
import { alone, isLoggedIn, leftIfRevoked, ownPages, poster, registered, session } from "./device.js";
import { fill, h } from "./dom.js";
import { SealedDrafts } from "./drafts.js";
import { passed } from "./gate.js";
import { submissionOf } from "./keep.js";
import { Model, cellKey } from "./model.js";
import { Outbox, cellsOf } from "./outbox.js";
import { review } from "./review.js";
import { Sender } from "./send.js";
import { Vault } from "./vault.js";
import { View } from "./view.js";
import { REVIEW, firstOpen, sectionOf, toCell } from "./walk.js";
import { watched } from "./watch.js";

/** @typedef {import("./keep.js").Draft} Draft */
/** @typedef {import("./shapes.js").Cell} Cell */
/** @typedef {import("./shapes.js").Held} Held */
/** @typedef {{asked: import("./shapes.js").Asked, held: Held, words: Record<string, string>, told: any[], sends?: boolean, periods?: [string, string], offers?: import("./shapes.js").Offered, days?: import("./days.js").Days}} Bundle */

/** How often a link is looked for where a page needs one, milliseconds. */
const AGAIN = 3000;
const ENTRY = /^(?:\/en)?\/(?:isi|kirim)\/[^/]+\/([^/]+)\/[^/]+$/;
const root = document.getElementById("isian");
const plain = document.getElementById("tanpa-skrip");
if (root && plain) void start(root, plain);

/** @param {HTMLElement} place @param {HTMLElement} fallback */
async function start(place, fallback) {
  const given = /** @type {Record<string, string>} */ ({ ...place.dataset });
  const asked = window.location.pathname;
  const village = ENTRY.exec(asked)?.[1];
  void registered();
  if (!village) {
    awaited();
    return;
  }
  const address = asked.replace("/kirim/", "/isi/");
  if (address !== asked) window.history.replaceState(null, "", `${address}#${REVIEW}`); // Looked over here, for the page of the server did not come.
  const vault = new Vault(given.pemilik);
  let settled = async () => true;
  watched(vault, () => settled());
  await passed(vault, fallback, JSON.parse(given.kataPin));
  await ownPages(given.pemilik);
  const bundles = new Bundles(vault);
  /** @type {Bundle | null} */
  const bundle = await bundles.read(address).catch(() => null);
  if (!bundle) return; // What the page says without script stands there.
  const submission = submissionOf(address);
  const drafts = new SealedDrafts(vault);
  const isAlone = await alone(drafts.key(submission));
  if (isAlone) await drafts.seal(submission).catch(() => undefined);
  const draft = await drafts.read(submission).catch(() => undefined);
  const { words } = bundle;
  const period = bundle.periods?.[0] ?? bundle.asked.period; // A bundle of an older version has no words for it.
  sayExample(bundle.held, words);
  const held = isAlone ? newest(bundle.held, draft) : { ...newest(bundle.held, draft), readonly: true };
  const outbox = new Outbox(draft?.outbox ?? null);
  const model = new Model(bundle.asked, held);
  /** @type {Map<string, Cell>} what the server was last seen to hold */
  let known = new Map(model.own);
  if (draft) outbox.moved(held, seenIn(draft));
  else outbox.revision = held.revision;
  outbox.over(model.own);

  const labels = { ...draft?.labels };
  let writes = 0;
  const keep = async () => {
    if (!isAlone) return false;
    const number = (writes += 1);
    view.isWriting = true;
    let isFull = false;
    try {
      await drafts.write(submission, record());
    } catch {
      isFull = true;
    }
    if (number === writes) view.wrote(isFull);
    return !isFull;
  };
  /** @returns {Omit<Draft, "key" | "savedAt">} */
  const record = () => {
    const kept = outbox.kept();
    for (const name of [...outbox.waiting.keys(), ...outbox.refused.keys()]) {
      const key = cellKey(name);
      labels[key.variable] = model.question(key)?.name ?? bundle.asked.lists[key.variable]?.name ?? labels[key.variable] ?? key.variable;
    }
    const { own, conflicts, locked } = model.held;
    const title = `${bundle.asked.name}, ${period}`;
    return { outbox: kept, section: view.at, state: { own, conflicts, locked }, author: given.nama, version: bundle.asked.number, labels, title, unread: [...view.unread], act: acts ? acts.written() : draft?.act };
  };
  const isMine = (/** @type {{owner: string}} */ { owner }) => owner === given.pemilik;
  const post = poster(`${address}/simpan`, { token: given.sandi }, isMine);
  const sender = new Sender(outbox, {
    keep,
    post,
    isIn: () => isLoggedIn(isMine),
    isUrgent: () => view.isLeaving || isWaiting(acts?.current),
    fault: { code: "CELL_NOT_TAKEN", message: words.notTaken, remedy: words.notTakenRemedy },
    dropped: () => view.settle(),
    say: (standing) => {
      view.standing = standing;
      view.tellStanding();
      if (standing === "login") look();
      if (standing === "idle" && !outbox.size) {
        if (view.isLeaving && !view.unreadNames.length) window.location.assign(view.site.look ?? "");
        else void acts?.run();
      } else if (standing === "offline") view.stay();
    },
    take: (answer) => {
      tellOrigins(view, answer.faults);
      outbox.answered(answer, known);
      model.held = answer.held;
      known = cellsOf(answer.held);
      model.own = new Map(known);
      outbox.over(model.own);
      tellGone(view, labels);
      view.storedAt = new Date().toLocaleTimeString("id-ID", { hour: "2-digit", minute: "2-digit", timeZone: "Asia/Jakarta" });
      view.renew();
    },
  });
  const site = { tasks: `${given.tugas}?desa=${village}`, tasksName: given.tugasNama, look: address.replace("/isi/", "/kirim/"), login: `${given.masuk}?next=${encodeURIComponent(address)}`, told: bundle.told ?? [], periods: bundle.periods, offers: bundle.offers, closed: closedOn(bundle.days, new Date()) };
  const send = () => void (isAlone && sender.run());
  /** Whether the device was revoked meanwhile: what is on the screen is written down before the page is left. */
  const look = () => void leftIfRevoked(given.pemilik, site.login, () => settled());
  const looking = bundle.sends && isAlone ? { review: (/** @type {View} */ one) => acts && review(one, acts) } : {};
  const view = new View(place, model, outbox, words, site, { keep, send, ...looking });
  /** @type {Acts | null} */
  let acts = null;
  if (isAlone) acts = new Acts(draft?.act ?? null, view, { address, owner: given.pemilik, token: given.sandi, keep, send, renew: () => bundles.renew(address) });
  if (site.closed && !held.readonly) view.told.push([site.closed, words.closedText]);
  if (!isAlone) view.told.push([words.elsewhere, words.elsewhereText]);
  if (draft?.version && draft.version !== bundle.asked.number && outbox.size + outbox.refused.size)
    view.told.push([words.changed, words.changedText]);
  tellGone(view, labels);
  view.takeUp(draft?.unread);
  document.title = document.title.replace(given.judul ?? "\u0000", () => `${bundle.asked.name}, ${period}`);
  fallback.remove();
  const open = () => view.open(sectionOf(window.location) ?? view.at);
  view.open(sectionOf(window.location) ?? draft?.section ?? firstOpen(view));
  toCell(window.location.hash);
  window.addEventListener("hashchange", () => {
    open();
    view.title.focus();
    window.scrollTo(0, 0);
    void keep();
  });
  listen(view, send, keep);
  settled = async () => {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur(); // What stands in a field is a change once it is left.
    return !isAlone || keep();
  };
  place.dataset.siap = "ya";
  window.addEventListener("online", look);
  window.addEventListener("focus", look);
  look();
  send();
}

/** Loads a page that needs a link, in whose place this one stands, once there is one. */
function awaited() {
  setInterval(async () => {
    if ((await session().catch(() => undefined)) !== undefined) window.location.reload();
  }, AGAIN);
}

/**
 * Says that a village is an example where the page does not: the one that lies on the device is for every village.
 * @param {Held} held @param {Record<string, string>} words
 */
function sayExample(held, words) {
  if (!held.dataset?.startsWith("simulated:") || document.querySelector(".simulasi")) return;
  const said = h("div", { class: "container" }, h("b", {}, "SIMULASI"), h("span", {}, words.simulationText));
  document.querySelector("header")?.before(h("aside", { class: "simulasi", "aria-label": words.simulation }, said));
}

/** @param {View} view @param {() => void} send @param {() => Promise<unknown>} keep */
function listen(view, send, keep) {
  window.addEventListener("online", send);
  window.addEventListener("focus", () => view.outbox.size && send());
  window.addEventListener("offline", () => {
    view.standing = "offline";
    view.tellStanding();
  });
  window.addEventListener("pagehide", () => void keep());
  window.addEventListener("beforeunload", (event) => {
    if (view.isFull && (view.outbox.size || view.unread.size)) event.preventDefault();
  });
  const worker = navigator.serviceWorker;
  if (!worker?.controller) return;
  worker.addEventListener("controllerchange", () => {
    view.told.push([view.words.updated, view.words.updatedText]);
    view.tellStanding();
  });
}

/**
 * Gives what the server held last: the bundle on the device may be older than the last answer to a message.
 * @param {Held} held @param {Draft | undefined} draft @returns {Held}
 */
const newest = (held, draft) =>
  draft?.state && draft.outbox.revision > held.revision ? { ...held, ...draft.state, revision: draft.outbox.revision } : held;

/** @param {Draft & {seen?: [string, Cell][]}} draft  drafts of the first version kept `seen` */
const seenIn = (draft) => (draft.state ? cellsOf(draft.state) : new Map(draft.seen ?? []));

/**
 * Tells what waits here for questions that the form no longer asks.
 * @param {View} view @param {Record<string, string>} labels
 */
function tellGone(view, labels) {
  const { words, outbox, model } = view;
  const gone = [...outbox.waiting.keys(), ...(outbox.sending?.cells ?? []).map(([name]) => name), ...outbox.refused.keys()]
    .map((name) => ({ key: cellKey(name), cell: model.cell(cellKey(name)) }))
    .filter(({ key }) => !model.question(key) && !(key.variable in model.asked.lists))
    .map(({ key, cell }) => `${labels[key.variable] ?? key.variable}: ${cell.value ?? cell.state}`);
  view.told = view.told.filter(([heading]) => heading !== words.gone);
  if (gone.length) view.told.push([words.gone, fill(words.goneText, { cells: gone.join("; ") })]);
}

/**
 * Tells which answers of the message that was sent are stored without their source: it says something else by now.
 * @param {View} view @param {import("./outbox.js").Fault[]} faults
 */
function tellOrigins(view, faults) {
  const gone = faults.filter(({ code }) => code === "ORIGIN_GONE");
  for (const { index } of gone) view.taken.delete(view.outbox.sending?.cells[index]?.[0] ?? "");
  if (gone.length) view.told.push([view.words.originGone, gone.map(({ message }) => message).join(" ")]);
}
