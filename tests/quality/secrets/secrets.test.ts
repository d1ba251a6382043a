/** How many secrets the built module finds, against what was recorded and what is wanted. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { measureSecrets } from "./measure.js";
import { baselineOf, listedServices, readSecretBaseline, services } from "./report.js";

/** Least shares, in percent, and most wrong marks in 1,000 lines. */
const MARKED = 95;
const NAMED = 90;
const WRONG = 0.05;

const measured = await measureSecrets();
const now = baselineOf(measured);
const recorded = readSecretBaseline();

for (const [kind, least] of [
  ["marked", MARKED],
  ["named", NAMED],
] as const) {
  test(`secrets are found no less often than recorded: ${kind}`, () => {
    for (const [place, found] of Object.entries(now[kind])) {
      assert.ok(found >= least, `${place}: ${found} % found`);
      assert.ok(found >= (recorded[kind][place] ?? 0), `${place}: ${found} % found`);
    }
  });
}

test("no rule finds less than recorded", () => {
  for (const [rule, found] of Object.entries(recorded.rules)) {
    assert.ok((now.rules[rule] ?? 0) >= found, `${rule}: ${now.rules[rule]} % found`);
  }
});

test("harmless lines stay as they are", () => {
  for (const [corpus, found] of Object.entries(now.wrong)) {
    assert.ok(found <= WRONG, `${corpus}: ${measured.wrong[corpus]?.marked.join("\n")}`);
  }
});

test("the README lists the services of the table", () => {
  assert.equal(listedServices(), `${services()}.`);
});
