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
const day = 24 * 3_600_000;

test("a search has defaults", () => {
  assert.deepEqual(searchInput({ query: "retry" }, now), { query: "retry", limit: 20, offset: 0 });
});

test("a search takes every filter", () => {
  const input = {
    query: "retry",
    type: "Bugfix",
    project: "all",
    since: "7d",
    before: "2026-01-30",
    limit: 5,
    offset: 10,
  };
  assert.deepEqual(searchInput(input, now), {
    query: "retry",
    type: "bugfix",
    project: "all",
    since: now - 7 * day,
    before: new Date(2026, 0, 30).getTime(),
    limit: 5,
    offset: 10,
  });
});

test("a timeline is around one thing, by default around now", () => {
  assert.deepEqual(timelineInput({}, now).anchor, { at: now });
  assert.deepEqual(timelineInput({ id: "x", before: 0 }, now), {
    anchor: { id: "x" },
    before: 0,
    after: 10,
  });
  assert.throws(() => timelineInput({ id: "x", session: "y" }, now), /only one/);
});

test("a search without words needs something else to choose by", () => {
  assert.deepEqual(searchInput({ file: "lib/route.js", sort: "Newest", since: "yesterday" }, now), {
    file: "lib/route.js",
    since: new Date(2026, 0, 30).getTime(),
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

test("what cannot be used is refused with a sentence that names the field", () => {
  const cases: [() => unknown, RegExp][] = [
    [() => searchInput({}, now), /query is missing/],
    [() => searchInput({ query: " " }, now), /query is missing/],
    [() => searchInput({ project: "all" }, now), /query is missing/],
    [() => searchInput({ query: "x", sort: "random" }, now), /sort must be one of/],
    [() => contextInput({ files: Array.from({ length: 21 }, () => "x") }), /more than 20 paths/],
    [() => searchInput("retry", now), /JSON object/],
    [() => searchInput({ query: 7 }, now), /query must be a string/],
    [() => searchInput({ query: "x", type: "bug" }, now), /type must be one of/],
    [() => searchInput({ query: "x", since: "soon" }, now), /since must be a date/],
    [
      () => searchInput({ query: "x", limit: 1000 }, now),
      /limit must be a whole number from 1 to 100/,
    ],
    [() => getInput({ ids: [] }), /ids is empty/],
    [() => getInput({ ids: [1] }), /ids must be a list of strings/],
    [() => rememberInput({ text: "" }), /text is empty/],
    [() => forgetInput({}), /ids is empty/],
    [() => forgetInput({ ids: Array.from({ length: 21 }, () => "x") }), /Ask the user/],
  ];
  for (const [run, message] of cases) {
    assert.throws(run, (error) => error instanceof ToolInputError && message.test(error.message));
  }
});
