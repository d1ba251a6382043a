import assert from "node:assert/strict";
import { test } from "node:test";
import { cut } from "../src/common/text/cut.js";
import { EditTally, editSentence, touchedSymbols } from "../src/common/capture/EditTally.js";
import { ErrorWatch, type FileError } from "../src/common/capture/ErrorWatch.js";
import { headMoves, isSwitch, type HeadCommit } from "../src/common/capture/headMoves.js";
import { runTypeOf } from "../src/common/capture/runs.js";

test("edits add up, and touched lines move with lines that come or go above them", () => {
  const tally = new EditTally();
  tally.add({ startLine: 20, endLine: 20, removed: 0, text: "let x" });
  tally.add({ startLine: 3, endLine: 3, removed: 0, text: "a\nb\nc\n" });
  tally.add({ startLine: 10, endLine: 12, removed: 40, text: "" });
  const { sum } = tally;
  assert.deepEqual(
    [sum.charactersAdded, sum.charactersRemoved, sum.linesAdded, sum.linesRemoved],
    [11, 40, 3, 2],
  );
  assert.deepEqual(sum.ranges, [
    { first: 3, last: 6 },
    { first: 10, last: 10 },
    { first: 21, last: 21 },
  ]);
});

test("an edit touches the innermost symbols that its lines lie in", () => {
  const method = (name: string, first: number, last: number) => ({
    ...{ name, isFunction: true, children: [] },
    range: { first, last },
  });
  const store = {
    ...{ name: "Store", isFunction: false, range: { first: 0, last: 30 } },
    children: [method("open", 2, 9), method("close", 11, 20)],
  };
  const names = (first: number, last: number) =>
    touchedSymbols([store, method("main", 40, 50)], [{ first, last }]).map(({ name }) => name);
  assert.deepEqual(names(4, 4), ["open"]);
  assert.deepEqual(names(4, 12), ["open", "close"]);
  assert.deepEqual(names(25, 42), ["Store", "main"]);
  assert.deepEqual(names(35, 36), []);
});

test("an edit is told in lines, or in characters where no line came or went", () => {
  const tally = new EditTally();
  tally.add({ startLine: 1, endLine: 1, removed: 2, text: "abc" });
  assert.equal(editSentence(tally.sum, ["open"]), "3 characters added, 2 removed in open");
  tally.add({ startLine: 1, endLine: 1, removed: 0, text: "\n" });
  assert.equal(editSentence(tally.sum, []), "1 line added, 0 removed");
});

const wrong: FileError = { message: "Type 'x' is wrong", line: 4, source: "ts", code: "2345" };

test("an error appears once, wherever it moves, and is fixed by a change", () => {
  const watch = new ErrorWatch();
  assert.deepEqual(watch.look("a.ts", [wrong], true, 100).appeared, [wrong]);
  assert.deepEqual(watch.look("a.ts", [{ ...wrong, line: 9 }], true, 200).appeared, []);
  watch.noteChange(250);
  const { cleared } = watch.look("a.ts", [], true, 300);
  assert.deepEqual(cleared, [{ ...wrong, durationMs: 200 }]);
  assert.deepEqual(watch.look("a.ts", [], true, 400), { appeared: [], cleared: [] });
});

test("an error that goes without a change, or with its file, was not fixed", () => {
  const watch = new ErrorWatch();
  watch.noteChange(50);
  watch.look("a.ts", [wrong], true, 100);
  assert.deepEqual(watch.look("a.ts", [], true, 200).cleared, []);
  watch.look("a.ts", [wrong], true, 300);
  watch.noteChange(350);
  assert.deepEqual(watch.look("a.ts", [], false, 400).cleared, []);
});

const commit = (hash: string, at: number, ...parents: string[]): HeadCommit => ({
  hash,
  at,
  parents,
});

test("how HEAD moved tells commits, merges, rebases and resets apart", () => {
  const now = 10_000_000;
  const types = (reached: HeadCommit[], lost = 0) =>
    headMoves(reached[0]?.hash ?? "z", reached, lost, now).map((move) => move.type);
  assert.deepEqual(types([commit("b", now, "a")]), ["git_commit"]);
  assert.deepEqual(types([commit("c", now, "b"), commit("b", now - 1_000, "a")]), [
    "git_commit",
    "git_commit",
  ]);
  const amended = headMoves("b2", [commit("b2", now, "a")], 1, now);
  assert.deepEqual(amended, [{ type: "git_commit", commit: "b2", isAmended: true }]);
  assert.deepEqual(types([commit("m", now, "a", "x"), commit("x", now - 5, "a")]), ["git_merge"]);
  // Made yesterday by somebody else, and pulled.
  assert.deepEqual(types([commit("y", 5, "x"), commit("x", 4, "a")]), ["git_merge"]);
  assert.deepEqual(types([commit("y", now, "x"), commit("x", now, "o")], 2), ["git_rebase"]);
  assert.deepEqual(types([], 3), ["git_reset"]);
});

test("another branch at the same commit is a switch", () => {
  assert.ok(isSwitch({ branch: "main", commit: "a" }, { branch: "topic", commit: "a" }));
  assert.ok(isSwitch({ branch: "main", commit: "a" }, { commit: "a" }));
  assert.ok(!isSwitch({ branch: "main", commit: "a" }, { branch: "main", commit: "b" }));
});

test("commands that run tests or builds are known by their names", () => {
  const cases: [command: string, type: string | undefined][] = [
    ["npm test", "test_run"],
    ["npm run test:unit -- --watch", "test_run"],
    ["CI=1 cargo test -p core", "test_run"],
    ["cargo nextest run", "test_run"],
    ["go test ./...", "test_run"],
    ["npx vitest run", "test_run"],
    ["python -m pytest -q", "test_run"],
    ["npm run build && npm test", "test_run"],
    ["make", "build"],
    ["npm run build", "build"],
    ["cargo build --release", "build"],
    ["npx tsc -p .", "build"],
    ["test", undefined],
    ["test -f x && echo yes", undefined],
    ["git commit -m test", undefined],
    ["cat tests/a.ts", undefined],
    ["ls", undefined],
    ["", undefined],
  ];
  for (const [command, type] of cases) assert.equal(runTypeOf(command), type, command);
});

test("a long text is cut between words, since half a secret is not known as one", () => {
  assert.equal(cut("one two", 7), "one two");
  assert.equal(cut("one two three", 9), "one two…");
  assert.equal(cut("x".repeat(20), 9), "…");
});
