/** The compatible endpoints through the handler, without a socket. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { carryOut } from "./Case.js";
import { contract } from "./cases.js";
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
