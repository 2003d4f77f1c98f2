// What lies sealed on this device, and the key of it: a database of its own, so that an older version of the app, which
// knows nothing of a PIN, neither blocks it nor writes over it. ADR 0021.
// @ts-check
import { openDB } from "idb";
import { ofOwner } from "./keep.js";
import { Outbox } from "./outbox.js";
import { locked, opened, pauseAfter, relocked, sealed, unlocked } from "./seal.js";

/** @typedef {import("./keep.js").Draft} Draft */
/**
 * @typedef {object} Door  the lock of one account, with the tries that failed; nothing of it opens without the PIN
 * @property {string} owner
 * @property {string} id  of the key: another PIN keeps it
 * @property {import("./seal.js").Lock} lock
 * @property {number} wrong  tries in a row that failed
 * @property {number} nextAt  when the next try may be made, by the device's clock
 */
/** @typedef {{key: string, iv: Uint8Array, data: Uint8Array, size: number, isDeciding: boolean, author: string, savedAt: string}} Record  `size`: cells that are here only; `isDeciding`: a decision waits */
/** @typedef {{owner: string, id: string, key: string}} Memory */

const NAME = "sidara-tersegel";
/** Where this tab keeps the open key, and since when it is out of sight. */
const MEMORY = "sidara-kunci";
const LEFT = "sidara-ditinggal";
/** How long a page may be out of sight before the key is forgotten, milliseconds. */
export const AWAY = 600_000;

export class Vault {
  /** @param {string} owner  an id of the account */
  constructor(owner) {
    this.owner = owner;
    /** @type {{id: string, key: CryptoKey} | null} */
    this.open = null;
    /** Whether this page forgot the key: what is still under way must not come to lie in the clear. */
    this.isShut = false;
    this.base = openDB(NAME, 1, {
      upgrade: (base) => {
        base.createObjectStore("draf", { keyPath: "key" });
        base.createObjectStore("kunci", { keyPath: "owner" });
      },
    });
  }

  /** @returns {Promise<Door | undefined>} */
  async door() {
    return (await this.base).get("kunci", this.owner);
  }

  /** Takes the key that this tab remembers. @returns {Promise<"none" | "locked" | "open">} */
  async recalled() {
    const door = await this.door();
    const kept = remembered();
    if (door && kept && kept.owner === this.owner && kept.id === door.id && !isLeft()) {
      const raw = Uint8Array.from(atob(kept.key), (letter) => letter.charCodeAt(0));
      this.open = { id: door.id, key: await crypto.subtle.importKey("raw", raw, "AES-GCM", true, ["encrypt", "decrypt"]) };
      noted(document.hidden);
      return "open";
    }
    this.forget();
    return door ? "locked" : "none";
  }

  /** Makes a lock. @param {string} pin @returns {Promise<boolean>} whether there was none yet */
  async make(pin) {
    const { lock, key } = await locked(pin);
    const id = crypto.randomUUID();
    const change = (await this.base).transaction("kunci", "readwrite", { durability: "strict" });
    const isFirst = !(await change.store.get(this.owner));
    await Promise.all([isFirst && change.store.put({ owner: this.owner, id, lock, wrong: 0, nextAt: 0 }), change.done]);
    if (isFirst) await this.remember(id, key);
    return isFirst;
  }

  /**
   * Tries a PIN. A try counts before it is made: closing the page gives none for nothing.
   * @param {string} pin @returns {Promise<{isRight: boolean, wait: number}>} `wait`: seconds until the next try
   */
  async tries(pin) {
    let wait = 0;
    const door = await this.altered((one) => {
      wait = waitOf(one);
      if (wait) return one;
      const wrong = one.wrong + 1;
      return { ...one, wrong, nextAt: Date.now() + pauseAfter(wrong) * 1000 };
    });
    if (!door || wait) return { isRight: false, wait };
    const key = await unlocked(door.lock, pin);
    if (!key) return { isRight: false, wait: waitOf(door) };
    await this.altered((one) => ({ ...one, wrong: 0, nextAt: 0 }));
    await this.remember(door.id, key);
    return { isRight: true, wait: 0 };
  }

  /** Gives the open key another PIN. @param {string} pin */
  async renew(pin) {
    const { open } = this;
    if (!open) return;
    const lock = await relocked(open.key, pin);
    await this.altered((one) => (one.id === open.id ? { ...one, lock } : one));
  }

  /** Takes the lock away once nothing lies sealed under it. @returns {Promise<boolean>} */
  async ended() {
    const change = (await this.base).transaction(["draf", "kunci"], "readwrite", { durability: "strict" });
    const left = await change.objectStore("draf").count(ofOwner(this.owner));
    await Promise.all([!left && change.objectStore("kunci").delete(this.owner), change.done]);
    if (!left) this.forget();
    this.isShut &&= Boolean(left);
    return !left;
  }

  /** Drops everything that lies sealed here for this account, and its lock. */
  async drop() {
    const change = (await this.base).transaction(["draf", "kunci"], "readwrite", { durability: "strict" });
    await Promise.all([change.objectStore("draf").delete(ofOwner(this.owner)), change.objectStore("kunci").delete(this.owner), change.done]);
    this.forget();
  }

  forget() {
    this.isShut ||= Boolean(this.open);
    this.open = null;
    try {
      sessionStorage.removeItem(MEMORY);
      sessionStorage.removeItem(LEFT);
    } catch {
      // A browser that keeps nothing has nothing to forget.
    }
  }

  /** Whether this tab still remembers the key. */
  get isRemembered() {
    return remembered()?.id === this.open?.id;
  }

  /** @param {string} name @param {unknown} value @returns {Promise<import("./seal.js").Sealed>} */
  async sealed(name, value) {
    if (!this.open) throw new Error("locked");
    return sealed(this.open.key, name, value);
  }

  /** @param {string} name @param {import("./seal.js").Sealed} found @returns {Promise<any>} */
  async opened(name, found) {
    if (!this.open) throw new Error("locked");
    return opened(this.open.key, name, found);
  }

  /**
   * Seals a draft. @param {Draft} draft
   * @returns {Promise<boolean>} whether it lies sealed; `false` where there is no lock (any more) @throws where the key is forgotten, or the lock another one by now
   */
  async put(draft) {
    const { open } = this;
    if (this.isShut) throw new Error("locked");
    if (!open) return false;
    const size = new Outbox(draft.outbox).size + draft.outbox.refused.length;
    const isDeciding = Boolean((draft.act && !draft.act.isDone) || draft.decisions?.some(({ isDone }) => !isDone));
    const { key, author, savedAt } = draft;
    /** @type {Record} */
    const record = { key, size, isDeciding, author, savedAt, ...(await this.sealed(key, draft)) };
    const change = (await this.base).transaction(["draf", "kunci"], "readwrite", { durability: "strict" });
    /** @type {Door | undefined} */
    const door = await change.objectStore("kunci").get(this.owner);
    const isOwn = door?.id === open.id;
    await Promise.all([isOwn && change.objectStore("draf").put(record), change.done]);
    if (door && !isOwn) throw new Error("another lock");
    return isOwn;
  }

  /** @param {string} key @returns {Promise<Draft | undefined>} @throws where it does not open */
  async read(key) {
    if (!this.open) return undefined;
    /** @type {Record | undefined} */
    const found = await (await this.base).get("draf", key);
    return found && this.opened(key, found);
  }

  /** @param {string} key */
  async remove(key) {
    await (await this.base).delete("draf", key);
  }

  /** @returns {Promise<string[]>} the forms of which something of this account lies sealed here */
  async names() {
    const keys = await (await this.base).getAllKeys("draf", ofOwner(this.owner));
    return keys.map((key) => String(key).slice(this.owner.length + 1));
  }

  /** What a forgotten PIN would cost, as it stands in clear figures. */
  async atStake() {
    /** @type {Record[]} */
    const own = await (await this.base).getAll("draf", ofOwner(this.owner));
    return { cells: own.reduce((sum, { size }) => sum + size, 0), acts: own.filter(({ isDeciding }) => isDeciding).length };
  }

  /** Drops what lies sealed here of this account and was sent. @returns {Promise<number>} how many cells wait sealed */
  async emptied() {
    const change = (await this.base).transaction("draf", "readwrite", { durability: "strict" });
    /** @type {Record[]} */
    const own = await change.store.getAll(ofOwner(this.owner));
    await Promise.all([...own.filter(({ size, isDeciding }) => !size && !isDeciding).map(({ key }) => change.store.delete(key)), change.done]);
    return own.reduce((sum, { size }) => sum + size, 0);
  }

  /** @returns {Promise<Map<string, number>>} how many cells of other accounts, or submissions with decisions, lie sealed here, by the name of who typed them */
  async others() {
    /** @type {Record[]} */
    const every = await (await this.base).getAll("draf");
    /** @type {Map<string, number>} */
    const found = new Map();
    for (const { key, size, isDeciding, author } of every) {
      const left = size || Number(isDeciding);
      if (left && !key.startsWith(`${this.owner}/`)) found.set(author, (found.get(author) ?? 0) + left);
    }
    return found;
  }

  /** @param {string} id @param {CryptoKey} key */
  async remember(id, key) {
    this.open = { id, key };
    const raw = String.fromCharCode(...new Uint8Array(await crypto.subtle.exportKey("raw", key)));
    sessionStorage.setItem(MEMORY, JSON.stringify({ owner: this.owner, id, key: btoa(raw) }));
    sessionStorage.removeItem(LEFT);
  }

  /** Writes the lock anew, in one transaction. @param {(door: Door) => Door} by @returns {Promise<Door | undefined>} */
  async altered(by) {
    const change = (await this.base).transaction("kunci", "readwrite", { durability: "strict" });
    /** @type {Door | undefined} */
    const door = await change.store.get(this.owner);
    const made = door && by(door);
    await Promise.all([made && change.store.put(made), change.done]);
    return made;
  }
}

/** @param {Pick<Door, "wrong" | "nextAt">} door @returns {number} seconds until the next try; a clock that was turned back makes nobody wait longer */
export const waitOf = ({ wrong, nextAt }) => Math.max(0, Math.min(Math.ceil((nextAt - Date.now()) / 1000), pauseAfter(wrong)));

/** @returns {Memory | null} */
function remembered() {
  try {
    return JSON.parse(sessionStorage.getItem(MEMORY) ?? "null");
  } catch {
    return null;
  }
}

/** Notes that the page goes out of sight, or that it is back. @param {boolean} isHidden */
export function noted(isHidden) {
  if (isHidden) sessionStorage.setItem(LEFT, String(Date.now()));
  else sessionStorage.removeItem(LEFT);
}

/** Whether the page was out of sight too long. */
export const isLeft = () => Date.now() - Number(sessionStorage.getItem(LEFT) ?? Infinity) >= AWAY;
