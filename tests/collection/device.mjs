// A device without a page: reads bundles line by line, answers with what its modules make of them.
import { createInterface } from "node:readline";
import { formatNumber, typed } from "../../src/sidara/collection/static/collection/figures.js";
import { judge } from "../../src/sidara/collection/static/collection/judge.js";
import { Model } from "../../src/sidara/collection/static/collection/model.js";
import { Outbox, cellsOf } from "../../src/sidara/collection/static/collection/outbox.js";
import { Sender } from "../../src/sidara/collection/static/collection/send.js";
import * as seal from "../../src/sidara/collection/static/collection/seal.js";
import { opened, parts, written } from "../../src/sidara/collection/static/collection/result.js";
import { number } from "../../src/sidara/expressions/static/expressions/runtime.js";

/** A copy with one bit turned, if any. */
const turned = (bytes, bit) => {
  const made = new Uint8Array(bytes);
  if (bit !== undefined) made[Math.floor(bit / 8) % made.length] ^= 1 << bit % 8;
  return made;
};

const answers = {
  judge: ({ asked, held }) => {
    const model = new Model(asked, held);
    const settled = model.settled();
    return { ...judge(model, settled), settled };
  },
  number: ({ text, decimals, language }) => formatNumber(number(text), decimals, language),
  answered: ({ kept, answer, seen }) => {
    const outbox = new Outbox(kept);
    outbox.answered(answer, cellsOf(seen));
    const own = cellsOf(answer.held);
    outbox.over(own);
    return { ...outbox.kept(), shown: [...own] };
  },
  result: ({ result, seed }) => {
    const text = written(result, seed);
    return { text, parts: parts(text), again: opened(text, result.claims, seed) };
  },
  // Types cells and sends them once over a real connection; gives what lies on the disk then, as a page that is opened again finds it.
  send: async ({ outbox: kept, state, changes, address, headers }) => {
    const outbox = new Outbox(kept);
    let held = state;
    for (const [key, cell] of changes) outbox.changed(key, cell, new Date().toISOString());
    let disk = { outbox: structuredClone(outbox.kept()), state: held };
    const said = [];
    const taken = [];
    const sender = new Sender(outbox, {
      isOnce: true,
      post: (body) => fetch(address, { method: "POST", headers: { "content-type": "application/json", ...headers }, body }),
      keep: async () => {
        disk = { outbox: structuredClone(outbox.kept()), state: held };
      },
      say: (standing) => said.push(standing),
      take: (answer) => {
        outbox.answered(answer, cellsOf(held));
        held = answer.held;
        taken.push(answer);
      },
    });
    await sender.run();
    return { ...disk, said, taken };
  },
  // Seals a value by a PIN, and tries to open it: by a PIN, under a name, after a bit of the record or of the lock was turned.
  seal: async ({ pin, name, value, tries, rounds }) => {
    const { lock, key } = await seal.locked(pin, rounds);
    const kept = await seal.sealed(key, name, value);
    const text = new TextDecoder("latin1").decode(kept.data);
    const found = [];
    for (const one of tries) {
      const moved = one.pin === undefined ? lock : await seal.relocked(key, one.newPin ?? pin, rounds);
      const by = { ...moved, wrapped: turned(moved.wrapped, one.lockBit) };
      const again = await seal.unlocked(by, one.pin ?? pin);
      if (!again) found.push("locked");
      else found.push(await seal.opened(again, one.name ?? name, { ...kept, data: turned(kept.data, one.bit) }).then((value) => ({ value }), () => "changed"));
    }
    return { found, text, sizes: [lock.salt.length, kept.iv.length, kept.data.length] };
  },
  pin: ({ pins, wrong }) => ({ good: pins.map(seal.isGoodPin), pauses: wrong.map(seal.pauseAfter) }),
  typed: ({ question, text }) => typed(question, text),
};

for await (const line of createInterface({ input: process.stdin })) {
  const { what, ...given } = JSON.parse(line);
  console.log(JSON.stringify(await answers[what](given)));
}
