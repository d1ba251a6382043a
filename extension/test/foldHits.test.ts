import assert from "node:assert/strict";
import { test } from "node:test";
import type { Hit } from "recollect-wasm";
import { foldHits } from "../src/common/recall/foldHits.js";
import { hitsMarkdown, type Presentation } from "../src/common/recall/present.js";

const presentation: Presentation = {
  l10n: {
    t: (message, ...args) =>
      message.replace(/\{(\d+)\}/g, (_, index: string) => String(args[Number(index)])),
  },
  link: (id) => `open:${id}`,
};

function hit(title: string, more: Partial<Hit> = {}): Hit {
  return {
    ...{ id: title, kind: "observation", type: "change", title, preview: title },
    ...{ at: new Date(2025, 4, 3).getTime(), project: { id: "p", name: "project" } },
    ...{ provenance: "file", trust: "high", isPinned: false, sectors: [], tokens: 1 },
    ...more,
  };
}

function folded(titles: readonly string[]): number[][] {
  const hits = titles.map((title, index) => hit(title, { id: String(index) }));
  return foldHits(hits).map((group) => group.hits.map(({ id }) => Number(id)));
}

test("titles that differ in numbers and versions alone are one", () => {
  assert.deepEqual(folded(["Release 1.2.0", "Release 1.2.1", "Fix it", "Release 2.0.0-rc.1"]), [
    [0, 1, 3],
    [2],
  ]);
  assert.deepEqual(
    folded([
      "deps: bump trio-typing from 0.5.0 to 0.5.1",
      "deps: bump twine from 3.4.1 to 3.4.2",
      "deps: Bump mkdocs-material from v7.1.8 to v7.2.6",
    ]),
    [[0, 1, 2]],
  );
  assert.deepEqual(folded(["deps: send@0.18.0", "deps: qs@6.13.0", "deps: send@~1.0.0"]), [
    [0, 1, 2],
  ]);
  assert.deepEqual(folded(["build #1a2b3c4", "build #5d6e7f8", "build #9abcde0"]), [[0, 1, 2]]);
});

test("two that are alike, other words, and mere numbers stay apart", () => {
  assert.equal(folded(["Release 1.2.0", "Release 1.2.1", "Fix it"]).length, 3);
  assert.equal(folded(["Fix the router", "Fix the reply", "Fix the cache"]).length, 3);
  assert.equal(folded(["1.2.0", "1.2.1", "1.2.2"]).length, 3);
  const sessions = [1, 2, 3].map((n) => hit("Changed a.js.", { id: String(n), kind: "summary" }));
  assert.equal(foldHits(sessions).length, 3);
});

test("a list shows a group as one line, and numbers that are those of the hits", () => {
  const bump = (n: number, month: number): Hit =>
    hit(`Bump twine from 3.${n} to 3.${n + 1}`, {
      id: `bump${n}`,
      at: new Date(2025, month, 3).getTime(),
    });
  const hits = [hit("Use `tabs`"), bump(1, 9), bump(2, 6), bump(3, 4), hit("Fix it")];
  assert.deepEqual(hitsMarkdown(hits, presentation).split("\n"), [
    "1. [Use `tabs`](open:Use `tabs`) · `change` · 2025-05-03 · project",
    "2. [Bump twine from 3\\.1 to 3\\.2](open:bump1) · `change` · **3 alike**, May to October 2025 · project",
    // A list with another sign begins with its own number.
    "5) [Fix it](open:Fix it) · `change` · 2025-05-03 · project",
  ]);
  const here = hits[0]?.project.id;
  assert.doesNotMatch(hitsMarkdown(hits, presentation, here), /· project/);
});

test("an author stands once, beside the date", () => {
  const preview = "Commit 1a2b3c4 by Ada It hung.";
  assert.deepEqual(
    hitsMarkdown([hit("Fix it", { preview, author: "Ada" })], presentation).split("\n"),
    ["1. [Fix it](open:Fix it) · `change` · 2025-05-03 · Ada · project  ", "   It hung\\."],
  );
  const alone = hit("Fix it", { preview: "Commit 1a2b3c4 by Ada", author: "Ada" });
  assert.doesNotMatch(hitsMarkdown([alone], presentation), /by Ada/);
});

test("a preview is shown where it says more than the title", () => {
  const shown = (title: string, preview: string, kind: Hit["kind"] = "observation"): string =>
    hitsMarkdown([hit(title, { preview, kind })], presentation)
      .split("\n")
      .slice(1)
      .join("\n");
  assert.equal(shown("Use tabs", "Use tabs"), "");
  assert.equal(shown("Use tabs everywhere.", "Use tabs everywhere"), "");
  assert.equal(shown("Ran npm test: failed", "npm test failed", "event"), "");
  assert.equal(shown("Use tabs", "- Because `gofmt` does."), "   Because `gofmt` does\\.");
  assert.equal(shown("Fix it", "Commit 1a2b3c4 by Ada It hung."), "   by Ada It hung\\.");
  assert.equal(shown("Fix it", "Commit 1a2b3c4"), "");
  const summary = "**Learned.** It broke. **Completed.** - Changed a.js. - Committed “B”.";
  assert.equal(shown("Changed a.js.", summary, "summary"), "   It broke\\. Committed “B”\\.");
  assert.equal(shown("A", "**Learned.** - One. - Two."), "   Learned\\. One\\. Two\\.");
});
