/** Uses of tools as TypeScript sees them. */
import assert from "node:assert/strict";
import { before, test } from "node:test";

import { NOW, flush, inSession, load, open, throws } from "./module.js";

before(load);

const origin = inSession("abc");

test("a use of a tool is remembered by rules, or skipped", () => {
  const memory = open();
  const use = {
    name: "Bash",
    input: { command: "npm install zod" },
    response: { stdout: "added 1 package", stderr: "" },
  };
  assert.equal(memory.observe(use, origin, NOW).status, "pending");
  const nothing = memory.observe({ ...use, input: { command: "pwd" } }, origin, NOW);
  assert.deepEqual(nothing, { status: "skipped", reason: "nothing" });
  flush(memory);
  const { hits } = memory.search({ text: "zod" });
  assert.equal(hits[0]?.title, "Added the dependency `zod`");
  assert.equal(hits[0].provenance, "tool");

  const text = "<private>the merger</private>";
  memory.append([{ kind: "prompt", origin, number: 1, text }], NOW);
  assert.equal(memory.promptPrivacy("abc"), true);
  assert.deepEqual(memory.observe(use, origin, NOW), { status: "skipped", reason: "private" });
  assert.equal(flush(memory).size, 0);

  const wrong = (value: unknown) => value as never;
  throws("InvalidInput", /^missing field `name`/, () => memory.observe(wrong({}), origin, NOW));
  throws("InvalidInput", /cwd/, () => memory.observe({ ...use, cwd: wrong(1) }, origin, NOW));
  throws("InvalidInput", /origin|project/, () => memory.observe(use, wrong({}), NOW));
  memory.free();
});
