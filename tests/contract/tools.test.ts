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

test("a command that worked is one memory of its own type, however often it runs", () => {
  const memory = open();
  const use = {
    ...{ name: "Bash", cwd: "/w/app/lib", roots: ["/w/app"] },
    input: { command: "cargo test -p parser", description: "Check the parser only" },
    response: { stdout: "12 passed", stderr: "", exitCode: 0 },
  };
  assert.equal(memory.commandWorked(use, origin, NOW).status, "pending");
  flush(memory);
  const nothing = { status: "skipped", reason: "nothing" };
  assert.deepEqual(memory.commandWorked(use, origin, NOW + 1), nothing);
  const failed = { ...use, cwd: "/w/app", response: { stdout: "", stderr: "no", exitCode: 1 } };
  assert.deepEqual(memory.commandWorked(failed, origin, NOW + 1), nothing);
  const { hits } = memory.search({ text: "check parser", types: ["command"] });
  assert.deepEqual(
    hits.map(({ title, type, session }) => ({ title, type, session })),
    [
      {
        title: "Check the parser only: `cargo test -p parser`",
        type: "command",
        session: undefined,
      },
    ],
  );
  memory.free();
});
