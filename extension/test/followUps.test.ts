import assert from "node:assert/strict";
import { test } from "node:test";
import type { Commit } from "recollect-wasm";
import type { Localize } from "../src/common/Localize.js";
import { followUps } from "../src/common/recall/followUps.js";
import { chips, noteSentences } from "../src/common/recall/understanding.js";
import { openMemories, origin } from "./openMemories.js";
import { temporaryFolder } from "./temporaryFolder.js";

const DAY = 86_400_000;
const NOW = Date.UTC(2026, 7, 14, 10);

const l10n: Localize = {
  t: (message, ...args) =>
    message.replace(/\{(\d)\}/g, (_, place: string) => String(args[Number(place)] ?? "")),
};

async function asked() {
  const memories = openMemories(await temporaryFolder());
  const commits = [
    {
      days: 40,
      author: "Ann Bell",
      message: "fix: round prices up",
      file: "src/price.ts",
    },
    { days: 5, author: "Bo Chen", message: "feat: two coupons in a cart", file: "src/cart.ts" },
  ];
  await memories.learn(
    origin.project,
    commits.map(({ days, author, message, file }, index): Commit => {
      const hash = `${index + 1}`.repeat(40);
      const tags = index === 1 ? ["v2.1.0"] : [];
      return { hash, author, message, at: NOW - days * DAY, files: [file], tags };
    }),
  );
  const ask = (text: string, more: object = {}) =>
    memories.ask({ text, now: NOW, projects: [origin.project.id], format: "full", ...more });
  return ask;
}

test("an answer leads to questions about its files, people, versions and commits", async () => {
  const ask = await asked();
  const prompts = async (text: string) => {
    const answer = await ask(text);
    return followUps({ hits: answer.hits, answer }, l10n).map(({ prompt }) => prompt);
  };
  assert.deepEqual(await prompts("why are prices rounded up?"), [
    "What changed in src/price.ts?",
    "What did Ann Bell do?",
    "1111111111",
  ]);
  assert.deepEqual(await prompts("when did v2.1.0 come out?"), [
    "What did Bo Chen do?",
    "What broke in v2.1.0?",
    "2222222222",
  ]);
  // What was asked about is not asked again.
  assert.deepEqual(await prompts("what did Bo Chen do in src/cart.ts?"), ["2222222222"]);
  assert.deepEqual(await prompts("what happened in 2019?"), ["What happened on 2026-07-05?"]);
});

test("a question that is offered is understood", async () => {
  const ask = await asked();
  const aspects = async (text: string) => {
    const answer = await ask(text);
    const questions = followUps({ hits: answer.hits, answer }, l10n);
    const answers = await Promise.all(questions.map(({ prompt }) => ask(prompt)));
    return answers.map(({ understood }) => understood.map(({ aspect }) => aspect));
  };
  assert.deepEqual(await aspects("why are prices rounded up?"), [["file"], ["person"], ["number"]]);
  assert.deepEqual((await aspects("when did v2.1.0 come out?"))[1], ["version", "kind"]);
});

test("what was understood is shown as chips, also what was taken off", async () => {
  const ask = await asked();
  const text = "what did Ann Bell do with prices last month?";
  const { understood } = await ask(text);
  const without = understood.filter(({ aspect }) => aspect === "time");
  const answer = await ask(text, { without: ["time"] });
  assert.deepEqual(
    chips(answer, without, l10n).map(({ label, isLeftOut }) => [label, isLeftOut]),
    [
      ["by Ann Bell", false],
      ["last month (2026-07-01 to 2026-07-31)", true],
      ["about “prices”", false],
    ],
  );
});

test("which part left nothing is said by its name, with what remains", async () => {
  const ask = await asked();
  const answer = await ask("what did Ann Bell do in src/cart.ts?");
  assert.deepEqual(noteSentences(answer, l10n), [
    "Nothing for “file src/cart.ts”; without it 1.",
    "Nothing for “by Ann Bell”; without it 1.",
  ]);
});
