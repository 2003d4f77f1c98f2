// The page of a form on the web: loads the bundle and the draft, keeps every change on the device, sends it.
// @ts-check
import { Drafts } from "./keep.js";
import { Model, cellName } from "./model.js";
import { Outbox } from "./outbox.js";
import { Sender } from "./send.js";
import { View } from "./view.js";

/** @typedef {import("./shapes.js").Cell} Cell */
/** @typedef {import("./shapes.js").Held} Held */

const root = document.getElementById("isian");
const plain = document.getElementById("tanpa-skrip");
if (root && plain) void start(root, plain);

/** @param {HTMLElement} place @param {HTMLElement} fallback */
async function start(place, fallback) {
  const given = /** @type {Record<string, string>} */ ({ ...place.dataset });
  /** @type {{asked: import("./shapes.js").Asked, held: Held, words: Record<string, string>, told: any[]}} */
  let bundle;
  try {
    const answer = await fetch(given.paket, { headers: { accept: "application/json" } });
    if (!answer.ok || answer.redirected) return;
    bundle = await answer.json();
  } catch {
    return; // The page without script stands there and works.
  }
  const drafts = new Drafts(given.pemilik);
  const draft = await drafts.read(given.kunci).catch(() => undefined);
  const outbox = new Outbox(draft?.outbox ?? null);
  const model = new Model(bundle.asked, bundle.held);
  const seen = new Map(model.own);
  if (draft) outbox.moved(bundle.held, new Map(draft.seen ?? []));
  else outbox.revision = bundle.held.revision;
  outbox.over(model.own);

  /** @type {Map<string, Cell>} what the server was last seen to hold */
  let known = seen;
  const keep = async () => {
    try {
      await drafts.write(given.kunci, outbox.kept(), view.at, [...known]);
      if (view.standing === "full") say("idle");
    } catch {
      say("full");
    }
  };
  /** @param {import("./view.js").View["standing"]} standing */
  const say = (standing) => {
    if (view.standing === "full" && standing === "idle" && outbox.size) return;
    view.standing = standing;
    view.tellStanding();
  };
  const sender = new Sender(outbox, {
    keep,
    say,
    post: (body) =>
      fetch(given.simpan, {
        method: "POST",
        headers: { "content-type": "application/json", "x-csrftoken": given.sandi },
        body,
      }),
    take: (answer) => {
      outbox.answered(answer, known);
      model.held = answer.held;
      known = cellsOf(answer.held);
      model.own = new Map(known);
      outbox.over(model.own);
      view.sentAt = new Date().toLocaleTimeString("id-ID", { hour: "2-digit", minute: "2-digit", timeZone: "Asia/Jakarta" });
      view.renew();
    },
  });
  const site = { tasks: given.tugas, tasksName: given.tugasNama, look: given.kirim ?? "", login: given.masuk, told: bundle.told ?? [] };
  const view = new View(place, model, outbox, bundle.words, site, { keep, send: () => void sender.run() });
  fallback.remove();
  const open = () => view.open(sectionOf(window.location.hash) ?? view.at);
  view.open(sectionOf(window.location.hash) ?? draft?.section ?? firstOpen(view));
  window.addEventListener("hashchange", () => {
    open();
    view.title.focus();
    window.scrollTo(0, 0);
    void keep();
  });
  window.addEventListener("online", () => void sender.run());
  window.addEventListener("offline", () => say("offline"));
  window.addEventListener("pagehide", () => void keep());
  place.dataset.siap = "ya";
  void sender.run();
}

/** @param {string} hash */
function sectionOf(hash) {
  const found = /^#bagian-(\d+)$/.exec(hash);
  return found ? Number(found[1]) - 1 : undefined;
}

/** @param {View} view  the first section in which something that is required is missing */
function firstOpen(view) {
  const at = view.sections.findIndex(({ codes, list }) => view.model.progress(view.settled, codes, list ? [list] : []).missing);
  return Math.max(0, at);
}

/** @param {Held} held */
const cellsOf = (held) =>
  new Map(held.own.map(([row, variable, breakdown, state, value, explanation]) => [cellName({ row, variable, breakdown }), { state, value, explanation }]));

