// The page of evidence: a chosen file goes out in parts, and the page tells in words how far it is. Without this script,
// or where a browser makes no hashes, the form sends the file at once, as ever.
// @ts-check
import { fill, notice } from "./dom.js";
import { Sending, hashOf } from "./parts.js";

/** @typedef {import("./parts.js").State} State */

/** How long a request may take: on a link that stalls nothing else ends it. */
const STALLED = 90_000;
const PAUSES = [1, 2, 5, 10, 30].map((seconds) => seconds * 1000);
const KILO = 1000;
/** What an answer to who is not logged in, or may no longer, has. */
const OUT = [401, 403, 404];
/** The ids under which this page began files, by their hash. @type {Map<string, string>} */
const begun = new Map();

/** What sends one file: it can be stopped, and waits for the link. */
class Desk {
  /** @param {HTMLFormElement} form */
  constructor(form) {
    this.form = form;
    this.place = /** @type {HTMLElement} */ (form.querySelector("[data-kemajuan]"));
    this.words = this.place.dataset;
    this.bar = /** @type {HTMLProgressElement} */ (this.place.querySelector("progress"));
    this.aloud = /** @type {HTMLElement} */ (this.place.querySelector("[role=status]"));
    this.button = /** @type {HTMLButtonElement} */ (this.place.querySelector("button"));
    this.figures = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 0 });
    this.ending = new AbortController();
    /** @type {() => void} */
    this.wake = () => undefined;
    this.isStopped = false;
    this.last = { size: 0, received: 0 };
  }

  /** @param {string} what  which words @param {{size: number, received: number} | null} [state] */
  say(what, state) {
    if (state) this.last = state;
    const { size, received } = this.last;
    this.place.hidden = false;
    this.bar.value = size ? received / size : 0;
    this.aloud.textContent = fill(this.words[what] ?? "", {
      come: this.figures.format(Math.floor(received / KILO)),
      size: this.figures.format(Math.ceil(size / KILO)),
    });
  }

  /** Locks the form while a file goes out. @param {boolean} isBusy */
  lock(isBusy) {
    for (const one of Array.from(this.form.elements))
      if (one !== this.button && "disabled" in one) one.disabled = isBusy;
    this.button.hidden = !isBusy;
  }

  /** @param {any} problem */
  refuse(problem) {
    this.place.hidden = true;
    const told = (problem?.findings ?? []).map((/** @type {any} */ one) => `${one.message} ${one.remedy}`).join(" ");
    const made = notice(this.words.tolak ?? "", told, true);
    made.setAttribute("role", "alert");
    made.dataset.tolakan = "";
    this.form.before(made);
  }

  /** @param {string} address @param {RequestInit} asked */
  async fetch(address, asked) {
    const timer = setTimeout(() => this.ending.abort(), STALLED);
    try {
      return await fetch(address, { ...asked, signal: this.ending.signal });
    } finally {
      clearTimeout(timer);
      if (this.ending.signal.aborted) this.ending = new AbortController();
    }
  }

  /** @param {number} milliseconds */
  rest(milliseconds) {
    return new Promise((resolve) => {
      const timer = setTimeout(done, milliseconds);
      addEventListener("online", done);
      this.wake = done;
      function done() {
        clearTimeout(timer);
        removeEventListener("online", done);
        resolve(undefined);
      }
    });
  }
}

/** @param {HTMLFormElement} form @param {File} file */
async function send(form, file) {
  const asked = new FormData(form);
  asked.delete("berkas");
  for (const old of document.querySelectorAll("[data-tolakan]")) old.remove();
  const desk = new Desk(form);
  const text = (/** @type {string} */ name) => String(asked.get(name) ?? "");
  desk.lock(true);
  desk.say("siap", { size: file.size, received: 0 });
  addEventListener("beforeunload", stay);
  try {
    const most = Number(form.dataset.most);
    /** @type {Uint8Array<ArrayBuffer>} */
    let bytes;
    try {
      bytes = new Uint8Array(file.size > most ? new ArrayBuffer(0) : await file.arrayBuffer());
    } catch {
      return desk.say("baca");
    }
    const sha256 = await hashOf(bytes);
    const id = idOf(sha256);
    const [row, variable, ...parts] = text("sel").split("|");
    const cell = variable ? { row, variable, breakdown: parts.join("|") || undefined } : {};
    const said = { name: file.name.slice(0, 255), size: file.size, sha256, caption: text("keterangan"), keep_place: text("tempat") === "ya", ...cell };
    const sending = new Sending(bytes, said, {
      put: (address, body, headers) =>
        desk.fetch(`${form.dataset.unggah}/${id}${address}`, {
          method: "PUT",
          body,
          headers: { ...headers, "x-csrftoken": text("csrfmiddlewaretoken"), "accept-language": document.documentElement.lang },
        }),
      say: (standing, state) => desk.say(standing === "sending" ? "kirim" : "putus", state),
      rest: (milliseconds) => desk.rest(milliseconds),
    });
    desk.button.onclick = () => {
      sending.stop();
      desk.isStopped = true;
      desk.ending.abort();
      desk.wake();
    };
    const done = await sending.run();
    if (done.end === "refused") {
      begun.delete(sha256);
      return desk.refuse(done.problem);
    }
    if (done.end === "login") return desk.say("masuk");
    if (done.end === "stopped") return desk.say("henti");
    asked.set("unggahan", id);
    if (await finish(desk, asked)) begun.delete(sha256);
  } finally {
    removeEventListener("beforeunload", stay);
    if (form.isConnected) desk.lock(false);
  }
}

/** Lets the server look into what came, and shows its page; whether it did. @param {Desk} desk @param {FormData} asked */
async function finish(desk, asked) {
  const address = desk.form.action;
  for (let failed = 0; !desk.isStopped; failed += 1) {
    desk.say("periksa", { ...desk.last, received: desk.last.size });
    try {
      const answer = await desk.fetch(address, { method: "POST", body: asked });
      const isThere = new URL(answer.url).pathname === new URL(address).pathname;
      if (!isThere || OUT.includes(answer.status)) {
        desk.say("masuk");
        return false;
      }
      if (answer.ok) {
        show(await answer.text());
        return true;
      }
    } catch {
      // The link broke; what is said twice is done once.
    }
    desk.say("putus");
    await desk.rest(PAUSES[Math.min(failed, PAUSES.length - 1)]);
  }
  desk.say("henti");
  return false;
}

/** Takes the page of an answer in place of this one. @param {string} text */
function show(text) {
  const made = new DOMParser().parseFromString(text, "text/html").querySelector("main");
  const old = document.querySelector("main");
  if (!made || !old) return location.reload();
  old.replaceWith(made);
  begin();
  const told = made.querySelector(".alert") ?? made.querySelector("#bukti");
  if (!(told instanceof HTMLElement)) return undefined;
  told.tabIndex = -1;
  return told.focus();
}

/** The id under which a file is under way already, else a new one. @param {string} sha256 */
function idOf(sha256) {
  const held = document.querySelector(`[data-unggahan][data-sha256="${sha256}"]`);
  const id = (held instanceof HTMLElement && held.dataset.unggahan) || begun.get(sha256) || crypto.randomUUID();
  begun.set(sha256, id);
  return id;
}

/** @param {BeforeUnloadEvent} event */
const stay = (event) => event.preventDefault();

function begin() {
  const form = document.querySelector("form[data-unggah]");
  if (!(form instanceof HTMLFormElement) || !globalThis.crypto?.subtle) return;
  form.addEventListener("submit", (event) => {
    const input = form.elements.namedItem("berkas");
    const file = input instanceof HTMLInputElement ? input.files?.[0] : undefined;
    if (!file) return;
    event.preventDefault();
    void send(form, file);
  });
}

begin();
