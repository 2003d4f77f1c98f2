// The bundles that lie on this device for work without a link: in the cache, sealed where a PIN is set.
// Pages keep them, for the key is theirs; the worker only gives what lies there.
// @ts-check
import { PAGES } from "./device.js";

/** @typedef {import("./vault.js").Vault} Vault */

/** The header of a bundle that lies sealed: `iv`, then what is sealed. */
const SEALED = "x-sidara-segel";
const IV = 12;
const NAME = /\/(isi\/[^/]+\/[^/]+\/[^/]+|periksa\/[^/]+\/[^/]+\/[^/]+\/[^/]+)\/paket\.json$/;

export class Bundles {
  /** @param {Vault} vault */
  constructor(vault) {
    this.vault = vault;
  }

  /** Gives a bundle from the server, which is kept, else as it lies here. @param {string} address  of the form @returns {Promise<any>} `null` where there is none @throws without a link */
  async read(address) {
    const name = `${address}/paket.json`;
    const answer = await fetch(name, { headers: { accept: "application/json" } });
    if (!answer.ok || answer.redirected) return null;
    if (answer.headers.has(SEALED)) return this.opened(name, answer).catch(() => null);
    await this.keep(name, answer.clone()).catch(() => undefined);
    return answer.json();
  }

  /** Brings a bundle anew. @param {string} address  of the form */
  async renew(address) {
    const name = `${address}/paket.json`;
    const answer = await fetch(name, { cache: "reload" });
    if (answer.ok && !answer.redirected) await this.keep(name, answer);
  }

  /** Lays a bundle on the device. @param {string} name  its address @param {Response} answer  as the server gave it */
  async keep(name, answer) {
    if (!("caches" in window) || answer.headers.has(SEALED)) return;
    const pages = await caches.open(PAGES);
    if (this.vault.open) {
      const { iv, data } = await this.vault.sealed(name, await answer.json());
      await pages.put(name, new Response(new Blob([new Uint8Array(iv), new Uint8Array(data)]), { headers: { [SEALED]: "1" } }));
    } else if (!(await this.vault.door().catch(() => undefined))) await pages.put(name, answer);
  }

  /** Seals what lies here in the clear. */
  async sealAll() {
    await this.each(async (name, answer, pages) => {
      if (!answer.headers.has(SEALED)) await this.keep(name, answer).catch(() => pages.delete(name, { ignoreVary: true }));
    });
  }

  /** Lays what is sealed in the clear again. */
  async unsealAll() {
    await this.each(async (name, answer, pages) => {
      if (!answer.headers.has(SEALED)) return;
      const plain = await this.opened(name, answer).then((bundle) => new Response(JSON.stringify(bundle), { headers: { "content-type": "application/json" } }), () => null);
      await (plain ? pages.put(name, plain) : pages.delete(name, { ignoreVary: true }));
    });
  }

  /** Takes all bundles off the device. */
  async drop() {
    await this.each(async (name, _, pages) => void (await pages.delete(name, { ignoreVary: true })));
  }

  /** @param {(name: string, answer: Response, pages: Cache) => Promise<void>} work */
  async each(work) {
    if (!("caches" in window)) return;
    const pages = await caches.open(PAGES);
    for (const request of await pages.keys()) {
      const { pathname } = new URL(request.url);
      const answer = NAME.test(pathname) ? await pages.match(request) : undefined;
      if (answer) await work(pathname, answer, pages);
    }
  }

  /** @param {string} name @param {Response} answer */
  async opened(name, answer) {
    const bytes = new Uint8Array(await answer.arrayBuffer());
    return this.vault.opened(name, { iv: bytes.slice(0, IV), data: bytes.slice(IV) });
  }
}
