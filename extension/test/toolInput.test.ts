import assert from "node:assert/strict";
import { test } from "node:test";
import {
  contextInput,
  forgetInput,
  getInput,
  rememberInput,
  searchInput,
  timelineInput,
  ToolInputError,
} from "../src/common/tools/toolInput.js";

const now = new Date(2026, 0, 31, 12).getTime();

/** Times as the memories read them; the core's tests say which those are. */
const period = async (text: string) => {
  switch (text) {
    case "yesterday":
      return { since: 100, before: 200 };
    case "before July":
      return { before: 300 };
    default:
      return undefined;
  }
};

test("a search has defaults", async () => {
  assert.deepEqual(await searchInput({ query: "retry" }, period), {
    query: "retry",
    limit: 20,
    offset: 0,
  });
});

test("a search takes every filter", async () => {
  const input = {
    query: "retry",
    type: "Bugfix",
    project: "all",
    since: "yesterday",
    before: "before July",
    limit: 5,
    offset: 10,
  };
  assert.deepEqual(await searchInput(input, period), {
    query: "retry",
    type: "bugfix",
    project: "all",
    since: 100,
    before: 300,
    limit: 5,
    offset: 10,
  });
});

test("a timeline is around one thing, by default around now", async () => {
  const read = (input: object) => timelineInput(input, now, period);
  assert.deepEqual((await read({})).anchor, { at: now });
  assert.deepEqual((await read({ at: "yesterday" })).anchor, { at: 100 });
  assert.deepEqual(await read({ id: "x", before: 0 }), {
    anchor: { id: "x" },
    before: 0,
    after: 10,
  });
  await assert.rejects(read({ id: "x", session: "y" }), /only one/);
});

test("a search without words needs something else to choose by", async () => {
  const input = { file: "lib/route.js", sort: "Newest", since: "yesterday" };
  assert.deepEqual(await searchInput(input, period), {
    file: "lib/route.js",
    since: 100,
    sort: "newest",
    limit: 20,
    offset: 0,
  });
});

test("what one should know is asked of the files that are named", () => {
  assert.deepEqual(contextInput({}), { maxTokens: 1_500 });
  const input = { files: ["a.ts", " "], maxTokens: 300 };
  assert.deepEqual(contextInput(input), { files: ["a.ts"], maxTokens: 300 });
});

test("what cannot be used is refused with a sentence that names the field", async () => {
  const cases: [() => unknown, RegExp][] = [
    [() => searchInput({}, period), /query is missing/],
    [() => searchInput({ query: " " }, period), /query is missing/],
    [() => searchInput({ project: "all" }, period), /query is missing/],
    [() => searchInput({ query: "x", sort: "random" }, period), /sort must be one of/],
    [() => contextInput({ files: Array.from({ length: 21 }, () => "x") }), /more than 20 paths/],
    [() => searchInput("retry", period), /JSON object/],
    [() => searchInput({ query: 7 }, period), /query must be a string/],
    [() => searchInput({ query: "x", type: "bug" }, period), /type must be one of/],
    [() => searchInput({ query: "x", since: "soon" }, period), /since must be a date/],
    [
      () => searchInput({ query: "x", limit: 1000 }, period),
      /limit must be a whole number from 1 to 100/,
    ],
    [() => getInput({ ids: [] }), /ids is empty/],
    [() => getInput({ ids: [1] }), /ids must be a list of strings/],
    [() => rememberInput({ text: "" }), /text is empty/],
    [() => forgetInput({}), /ids is empty/],
    [() => forgetInput({ ids: Array.from({ length: 21 }, () => "x") }), /Ask the user/],
  ];
  for (const [run, message] of cases) {
    const read = async () => run();
    await assert.rejects(
      read,
      (error) => error instanceof ToolInputError && message.test(error.message),
    );
  }
});
