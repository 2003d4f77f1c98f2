// Seals what lies on a device by a PIN: a random key for the contents (AES-256-GCM), wrapped by one that follows from the
// PIN (PBKDF2, AES-KW). Pure but for `crypto.subtle`, which only pages with https (or localhost) have. ADR 0021.
// @ts-check

/**
 * @typedef {object} Lock  what lies beside the sealed records; opens nothing without the PIN
 * @property {1} version
 * @property {number} rounds  of PBKDF2-HMAC-SHA-256
 * @property {Uint8Array} salt
 * @property {Uint8Array} wrapped  the key of the contents
 */
/** @typedef {{iv: Uint8Array, data: Uint8Array}} Sealed */

/** Rounds of a new lock: as OWASP asks of PBKDF2-HMAC-SHA-256 (Password Storage Cheat Sheet, 2023). */
export const ROUNDS = 600_000;
/** Fewest digits of a PIN. */
export const SHORTEST = 6;
/** Seconds to wait before the next try, by the number of wrong ones; the last one from there on. */
const PAUSES = [0, 0, 0, 5, 30, 60, 300];

/** Whether this page can seal at all. */
export const isPossible = () => Boolean(globalThis.crypto?.subtle);

/** @param {string} pin  whether it can be taken: digits, enough of them, neither all the same nor counted up or down */
export function isGoodPin(pin) {
  if (!/^\d+$/.test(pin) || pin.length < SHORTEST) return false;
  const steps = new Set([...pin].slice(1).map((digit, at) => (Number(digit) - Number(pin[at]) + 10) % 10));
  return steps.size > 1 || ![0, 1, 9].includes([...steps][0]);
}

/** @param {number} wrong  tries in a row that failed @returns {number} seconds until the next one */
export const pauseAfter = (wrong) => PAUSES[Math.min(Math.max(wrong, 0), PAUSES.length - 1)];

/** @param {string} pin @param {number} [rounds] @returns {Promise<{lock: Lock, key: CryptoKey}>} a new key, and the lock that keeps it */
export async function locked(pin, rounds = ROUNDS) {
  const key = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, true, ["encrypt", "decrypt"]);
  return { key, lock: await relocked(key, pin, rounds) };
}

/** @param {CryptoKey} key @param {string} pin @param {number} [rounds] @returns {Promise<Lock>} another PIN for the same contents */
export async function relocked(key, pin, rounds = ROUNDS) {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const wrapped = await crypto.subtle.wrapKey("raw", key, await wrapping(pin, salt, rounds), "AES-KW");
  return { version: 1, rounds, salt, wrapped: new Uint8Array(wrapped) };
}

/** @param {Lock} lock @param {string} pin @returns {Promise<CryptoKey | null>} the key of the contents; `null` for a wrong PIN or a damaged lock */
export async function unlocked({ wrapped, rounds, salt }, pin) {
  const by = await wrapping(pin, salt, rounds);
  try {
    return await crypto.subtle.unwrapKey("raw", bytes(wrapped), by, "AES-KW", "AES-GCM", true, ["encrypt", "decrypt"]);
  } catch {
    return null;
  }
}

/**
 * Seals a value under its name: laid under another name it does not open.
 * @param {CryptoKey} key @param {string} name @param {unknown} value  as JSON holds it @returns {Promise<Sealed>}
 */
export async function sealed(key, name, value) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const plain = new TextEncoder().encode(JSON.stringify(value));
  const data = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: new TextEncoder().encode(name) }, key, plain);
  return { iv, data: new Uint8Array(data) };
}

/** @param {CryptoKey} key @param {string} name @param {Sealed} found @returns {Promise<any>} the value @throws where it is not what was sealed */
export async function opened(key, name, { iv, data }) {
  const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv: bytes(iv), additionalData: new TextEncoder().encode(name) }, key, bytes(data));
  return JSON.parse(new TextDecoder().decode(plain));
}

/** @param {string} pin @param {Uint8Array} salt @param {number} rounds */
async function wrapping(pin, salt, rounds) {
  const base = await crypto.subtle.importKey("raw", new TextEncoder().encode(pin), "PBKDF2", false, ["deriveKey"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt: bytes(salt), iterations: rounds };
  return crypto.subtle.deriveKey(how, base, { name: "AES-KW", length: 256 }, false, ["wrapKey", "unwrapKey"]);
}

/** @param {Uint8Array} given @returns {Uint8Array<ArrayBuffer>} */
const bytes = (given) => new Uint8Array(given);
