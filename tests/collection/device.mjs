// A device without a page: reads bundles line by line, answers with what its modules make of them.
import { createInterface } from "node:readline";
import { isAsSeen } from "../../src/sidara/collection/static/collection/acting.js";
import { closedOn } from "../../src/sidara/collection/static/collection/days.js";
import { Acts } from "../../src/sidara/collection/static/collection/deciding.js";
import { formatNumber, typed } from "../../src/sidara/collection/static/collection/figures.js";
import { read } from "../../src/sidara/collection/static/collection/block.js";
import { faultWords } from "../../src/sidara/collection/static/collection/control.js";
import { isBlocking, isExplained, judge, together as whole } from "../../src/sidara/collection/static/collection/judge.js";
import { lean, together } from "../../src/sidara/collection/static/collection/meeting.js";
import { Model } from "../../src/sidara/collection/static/collection/model.js";
import { Sending, hashOf } from "../../src/sidara/collection/static/collection/parts.js";
import { looksLike } from "../../src/sidara/collection/static/collection/personal.js";
import { Outbox, cellsOf } from "../../src/sidara/collection/static/collection/outbox.js";
import { Sender } from "../../src/sidara/collection/static/collection/send.js";
import * as seal from "../../src/sidara/collection/static/collection/seal.js";
import { opened, parts, written } from "../../src/sidara/collection/static/collection/result.js";
import { sectionOf } from "../../src/sidara/collection/static/collection/walk.js";
import { number } from "../../src/sidara/expressions/static/expressions/runtime.js";
import { carriedOut, missing, ordered, standing } from "../../src/sidara/verification/static/verification/decisions.js";

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
  // Carries a verifier's decision out, and gives what lay on the disk after each writing.
  decision: async ({ decision, address, headers, session, owner }) => {
    const kept = [];
    const wires = {
      session: async () => (await fetch(session, { headers })).json(),
      isMine: (one) => one.owner === owner,
      post: (body) => fetch(address, { method: "POST", headers, body, redirect: "manual" }),
      keep: async (one) => Boolean(kept.push(one)),
    };
    const ending = await carriedOut(decision, { notTaken: "tidak", notTakenRemedy: "muat" }, wires);
    return { ending, kept };
  },
  missing: ({ given, today, words }) => given.map((one) => missing(one, today, words)),
  ordered: ({ records }) => ordered(records).map(({ submission, decision }) => [submission, decision.id]),
  standing: ({ decisions }) => {
    const { cells, whole } = standing(decisions);
    return { cells: [...cells].map(([cell, { id }]) => [cell, id]), whole: whole?.id ?? null };
  },
  closed: ({ days, now }) => ({ said: closedOn(days, new Date(now)) }),
  section: ({ address }) => ({ at: sectionOf(new URL(address)) ?? null }),
  // Counts each section and list, tells what is found and what is undecided, as the page of a form does.
  counted: ({ asked, held }) => {
    const model = new Model(asked, held);
    const settled = model.settled();
    const told = whole(model, judge(model, settled).findings).filter(({ severity }) => severity !== "not_evaluated");
    return {
      sections: asked.sections.map(({ questions }) => model.progress(settled, questions)),
      lists: Object.keys(asked.lists).map((code) => model.progress(settled, [], [code])),
      undecided: settled.undecided,
      told: told.map((one) => ({ ...one, isExplained: isExplained(model, one), isBlocking: isBlocking(model, one) })),
    };
  },
  looks: ({ texts }) => texts.map(looksLike),
  // Says of each text why it is no answer; empty where it is one.
  faults: ({ question, texts, words }) => texts.map((text) => {
    const { fault } = read(question, text);
    return fault ? faultWords(question, fault, words) : "";
  }),
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
      fault: { code: "CELL_NOT_TAKEN", message: "x", remedy: "y" },
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
  // Sends a file in parts once over a real connection, and keeps it; gives how it ended and what was answered.
  upload: async ({ base64, id, address, headers, said }) => {
    const bytes = new Uint8Array(Buffer.from(base64, "base64"));
    const sending = new Sending(bytes, { ...said, size: bytes.length, sha256: await hashOf(bytes) }, {
      isOnce: true,
      put: (below, body, more) => fetch(`${address}/${id}${below}`, { method: "PUT", body, headers: { ...headers, ...more } }),
      say: () => undefined,
      rest: async () => undefined,
    });
    const ended = await sending.run();
    return { ...ended, state: sending.state, length: sending.length };
  },
  // Sends what waits to a server that answers a message with `status` where it is too long or holds an odd value; opened again before every run.
  unfit: async ({ kept, odd, status, most, runs, isIn }) => {
    const [stored, lengths, said] = [{}, [], []];
    const held = { revision: kept.revision, own: [], conflicts: [], locked: [] };
    let disk = kept;
    for (let run = 0; run < runs; run += 1) {
      const outbox = new Outbox(disk);
      const sender = new Sender(outbox, {
        isOnce: true,
        fault: { code: "CELL_NOT_TAKEN", message: "x", remedy: "y" },
        isIn: async () => isIn,
        post: async (body) => {
          const { cells } = JSON.parse(body);
          const length = new TextEncoder().encode(body).length;
          if (cells.some(({ value }) => value === odd) || length > most) return new Response("{}", { status });
          lengths.push(length);
          for (const { variable, value } of cells) stored[variable] = value;
          held.revision += 1;
          return new Response(JSON.stringify({ refused: [], faults: [], held }));
        },
        keep: async () => {
          disk = structuredClone(outbox.kept());
        },
        say: (standing) => said.push(standing),
        take: (answer) => outbox.answered(answer, new Map()),
      });
      await sender.run();
    }
    return { ...disk, stored, lengths, said };
  },
  // Types a cell after the other to a server that asks for a wait; the clock stands still, but for the time that a timer waits for.
  paced: async ({ wait, changes, isUrgent }) => {
    const outbox = new Outbox(null);
    const held = { revision: 0, own: [], conflicts: [], locked: [] };
    const [messages, said, timers, real] = [[], [], [], globalThis.setTimeout];
    let clock = 1000;
    Object.defineProperty(performance, "now", { value: () => clock, configurable: true });
    globalThis.setTimeout = (go, pause) => timers.push([go, pause]);
    const sender = new Sender(outbox, {
      fault: { code: "CELL_NOT_TAKEN", message: "x", remedy: "y" },
      isUrgent: () => isUrgent,
      post: async (body) => {
        messages.push(JSON.parse(body).cells.map(({ variable }) => variable));
        held.revision += 1;
        return new Response(JSON.stringify({ refused: [], faults: [], held, wait }));
      },
      keep: async () => undefined,
      say: (standing) => said.push(standing),
      take: (answer) => outbox.answered(answer, new Map()),
    });
    try {
      for (const variable of changes) {
        outbox.changed({ row: "", variable, breakdown: "_T" }, { state: "nilai", value: "1" }, "2026-07-01T00:00:00.000Z");
        await sender.run();
      }
      const [go, pause] = timers.at(-1) ?? [() => undefined, 0];
      clock += pause;
      await go();
      while (sender.isRunning) await new Promise((resolve) => real(resolve));
      return { messages, said, pause, left: outbox.size };
    } finally {
      globalThis.setTimeout = real;
      delete performance.now;
    }
  },
  // Decides on sending, then tries to carry it out; `disk` says which writings succeed, then the last one again; `revokes` at which it is taken back.
  decide: async ({ words, cells, disk, runs, revokes }) => {
    const [written, real] = [[], globalThis.fetch];
    let posts = 0;
    globalThis.window = globalThis;
    globalThis.fetch = async (address, { method } = {}) => {
      if (method === "POST") posts += 1;
      return new Response(JSON.stringify(method === "POST" ? { done: true, faults: [] } : { owner: "a", token: "t", name: "" }));
    };
    const own = new Map(cells);
    const rows = cells.map(([name, { state, value, explanation }]) => [...name.split("/"), state, value, explanation]);
    const view = { isReadonly: false, model: { own, held: { own: rows, conflicts: [] } }, outbox: new Outbox(), words, told: [], at: 0, open: () => undefined };
    view.outbox.revision = 3;
    const keep = async () => {
      written.push(structuredClone(acts.written()));
      if (written.length === revokes) await acts.revoke();
      return disk[Math.min(written.length, disk.length) - 1];
    };
    const acts = new Acts(null, view, { address: "/isi/F/1/2026", owner: "a", token: "t", keep, send: () => undefined, renew: async () => undefined });
    await acts.decide();
    for (let run = 0; run < runs; run += 1) await acts.run();
    clearTimeout(acts.timer);
    globalThis.fetch = real;
    return { posts, written, act: acts.act(), told: view.told, isReadonly: view.isReadonly };
  },
  asSeen: ({ act, held }) => isAsSeen(act, held),
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
  lean: ({ draft }) => lean(draft),
  together: ({ drafts: [one, other] }) => [together(one, other), together(other, one)],
  typed: ({ question, text }) => typed(question, text),
};

for await (const line of createInterface({ input: process.stdin })) {
  const { what, ...given } = JSON.parse(line);
  console.log(JSON.stringify(await answers[what](given)));
}
