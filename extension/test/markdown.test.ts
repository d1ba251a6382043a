import assert from "node:assert/strict";
import { test } from "node:test";
import {
  codeBlock,
  escapeHeading,
  escapeLine,
  inlineCode,
  titleLine,
} from "../src/common/text/markdown.js";

test("stored text cannot become markup", () => {
  const cases: [string, string][] = [
    ["[click](command:evil)", "\\[click\\]\\(command&#58;evil\\)"],
    ["![x](https://host/?q)", "\\!\\[x\\]\\(https&#58;//host/?q\\)"],
    ["<img src=x onerror=y>", "&lt;img src=x onerror=y&gt;"],
    ["a | b", "a \\| b"],
    ["**bold** _it_ `code`", "\\*\\*bold\\*\\* \\_it\\_ \\`code\\`"],
    ["&lt;", "&amp;lt;"],
    ["# heading", "\\# heading"],
    ["\\[x]", "\\\\\\[x\\]"],
    ["$(gear)", "\\$\\(gear\\)"],
  ];
  for (const [stored, shown] of cases) assert.equal(escapeLine(stored), shown);
});

test("stored text stays on its line", () => {
  assert.equal(escapeLine("one\n\n# two\r\nthree"), "one \\# two three");
});

test("a long text is cut at whole characters", () => {
  assert.equal(escapeLine("😀😀😀😀", 3), "😀😀…");
});

test("characters that hide or reorder text are dropped", () => {
  assert.equal(escapeLine("a\u202eb\u200bc\u{e0041}d\u0007e"), "abcde");
});

test("code keeps backticks of any length inside", () => {
  assert.equal(inlineCode("a `b` c"), "``a `b` c``");
  assert.equal(inlineCode("`b`"), "`` `b` ``");
  assert.equal(codeBlock("x\n```\ny"), "````text\nx\n```\ny\n````");
});

test("code in a title is code, and nothing else in it is markup", () => {
  assert.equal(titleLine("Deprecate `res.clearCookie`"), "Deprecate `res.clearCookie`");
  assert.equal(titleLine("``a b`` *c*"), "`a b` \\*c\\*");
  assert.equal(titleLine("`[x](command:y)` [z](y)"), "`[x](command:y)` \\[z\\]\\(y\\)");
  assert.equal(titleLine("a ` b"), "a \\` b");
  assert.equal(titleLine("` ` and ``"), "\\` \\` and \\`\\`");
  // Cut in the middle of code, it is none.
  assert.equal(titleLine("run `npm test`", 8), "run \\`np…");
});

test("a heading stays readable and holds neither links nor HTML", () => {
  assert.equal(
    escapeHeading("fix: get_user_id() <b> [x](y)"),
    "fix: get_user_id() \\<b> \\[x\\](y)",
  );
});
