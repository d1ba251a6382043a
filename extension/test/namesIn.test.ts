import assert from "node:assert/strict";
import { test } from "node:test";
import { namesIn } from "../src/common/rewrite/namesIn.js";

const cases: readonly [string, readonly string[]][] = [
  ["wired it up in src/app/main.ts.", ["src/app/main.ts"]],
  ["see (docs/http.md), and README.md!", ["docs/http.md", "README.md"]],
  ["C:\\work\\a_file.rs and ./x/yy.tar.gz", ["\\work\\a_file.rs", "./x/yy.tar.gz"]],
  ["look at https://example.org/a?b=c.md now", ["https://example.org/a?b=c.md"]],
  ["config.ts,see:git+ssh://host/x", ["config.ts", "git+ssh://host/x"]],
  ["nothing here: a.b 1.25 … v2.", []],
  ["请看config.ts的内容", ["config.ts"]],
  ["no scheme ://there and 12://neither", []],
  ["only a scheme http://", []],
];

test("the names of files and the addresses of a text are found", () => {
  for (const [text, names] of cases) assert.deepEqual(namesIn(text), names, text);
});

test("a text of one long run is looked through once", () => {
  // A way that begins anew at each sign would take hours for these.
  const runs = ["a", "a.", "a-", "/", "a/", "..", "a://", "://", ".aa", "aa.b_", "é."];
  for (const run of runs) namesIn(run.repeat(200_000));
});
