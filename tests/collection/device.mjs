// A device without a page: reads bundles line by line, answers with what its modules make of them.
import { createInterface } from "node:readline";
import { formatNumber, typed } from "../../src/sidara/collection/static/collection/figures.js";
import { judge } from "../../src/sidara/collection/static/collection/judge.js";
import { Model } from "../../src/sidara/collection/static/collection/model.js";
import { Outbox, cellsOf } from "../../src/sidara/collection/static/collection/outbox.js";
import { opened, parts, written } from "../../src/sidara/collection/static/collection/result.js";
import { number } from "../../src/sidara/expressions/static/expressions/runtime.js";

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
  typed: ({ question, text }) => typed(question, text),
};

for await (const line of createInterface({ input: process.stdin })) {
  const { what, ...given } = JSON.parse(line);
  console.log(JSON.stringify(answers[what](given)));
}
