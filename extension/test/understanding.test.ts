import assert from "node:assert/strict";
import { test } from "node:test";
import { noteSentences } from "../src/common/recall/understanding.js";
import { plainWords as l10n } from "./plainWords.js";

test("who wrote what fits is told with numbers, and of many the first alone", () => {
  const author = (name: string, memories: number): { name: string; memories: number } => ({
    ...{ name, memories },
  });
  const said = (authors: { name: string; memories: number }[]): string[] =>
    noteSentences({ notes: [{ kind: "authors", authors }], understood: [] }, l10n);
  assert.deepEqual(said([author("Ann", 3), author("Bo", 1)]), ["By Ann (3), Bo (1)."]);
  const many = [6, 5, 4, 3, 2, 1].map((count) => author(`P${count}`, count));
  assert.deepEqual(said([...many, author("Q", 1)]), [
    "By P6 (6), P5 (5), P4 (4), P3 (3), P2 (2) and 2 others.",
  ]);
  const [one] = said(many);
  assert.match(one ?? "", /and 1 other\.$/);
});

test("files are told with how often they changed, the first alone", () => {
  const files = Array.from({ length: 12 }, (_, at) => ({
    name: `src/${at}.ts`,
    memories: 20 - at,
  }));
  const [said] = noteSentences({ notes: [{ kind: "files", files }], understood: [] }, l10n);
  assert.match(said ?? "", /^Files, by how often they changed: src\/0\.ts \(20\), /);
  assert.equal(said?.match(/\(/g)?.length, 8);
});
