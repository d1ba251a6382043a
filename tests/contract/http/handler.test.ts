/** The compatible endpoints through the handler, without a socket. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { carryOut } from "./Case.js";
import { contract } from "./cases.js";
import { endpoints } from "./endpoints.js";
import { openHandler } from "./openFolder.js";

for (const [system, cases] of Object.entries(contract)) {
  describe(`${system}, in process`, () => {
    for (const { name, steps } of cases) {
      test(name, async () => {
        await using open = await openHandler();
        await carryOut(steps, open.send);
        assert.deepEqual(open.errors, []);
      });
    }
  });
}

test("what a language model is to rewrite counts as queued", async () => {
  await using open = await openHandler({ rewriting: () => ({ depth: 3, isAsking: true }) });
  const response = await open.send("GET", "/api/processing-status", undefined);
  assert.deepEqual(await response.json(), { isProcessing: true, queueDepth: 3 });
});

/** Endpoints that need more than a step: a stream that is read, a repository of their own. */
const ELSEWHERE = /^GET \/stream$|\/api\/branch\//;

test("the contract asks every endpoint", () => {
  const asked = Object.values(contract)
    .flat()
    .flatMap(({ steps }) => steps)
    .map(({ request: [method, path] }) => `${method} ${path.replace(/\?.*/, "")}`);
  const unasked = Object.keys(endpoints).filter((name) => {
    const pattern = new RegExp(`^${name.replace(/:\w+/g, "[^/]+")}$`);
    return !ELSEWHERE.test(name) && !asked.some((one) => pattern.test(one));
  });
  assert.deepEqual(unasked, []);
});
