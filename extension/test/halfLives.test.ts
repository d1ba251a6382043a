import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { HalfLives } from "recollect-wasm";
import { HALF_LIFE_RANGE_DAYS, halfLivesOf } from "../src/common/memories/halfLives.js";
import { openMemories, origin } from "./openMemories.js";
import { temporaryFolder } from "./temporaryFolder.js";

/** As the README says. */
const DOCUMENTED_DAYS = {
  episodic: 46,
  semantic: 139,
  procedural: 87,
  emotional: 35,
  reflective: 693,
} as const satisfies Required<HalfLives>;

interface Setting {
  readonly type: string;
  readonly default: number;
  readonly minimum: number;
  readonly maximum: number;
  readonly scope: string;
}

test("the manifest has the half-lives of the module, for the user alone", () => {
  const text = readFileSync(join(import.meta.dirname, "..", "package.json"), "utf8");
  // The manifest is this project's own; its shape is what is looked at here.
  const { contributes } = JSON.parse(text) as {
    contributes: { configuration: { properties: Record<string, Setting> }[] };
  };
  const prefix = "recollect.salience.halfLife.";
  const found = contributes.configuration
    .flatMap(({ properties }) => Object.entries(properties))
    .filter(([name]) => name.startsWith(prefix));
  const days = found.map(([name, setting]) => [name.slice(prefix.length), setting.default]);
  assert.deepEqual(Object.fromEntries(days), DOCUMENTED_DAYS);
  for (const [name, { type, minimum: min, maximum: max, scope }] of found) {
    assert.deepEqual([type, scope], ["number", "application"], name);
    assert.deepEqual({ min, max }, HALF_LIFE_RANGE_DAYS, name);
  }
});

test("a setting that is no number or out of range does no harm", () => {
  const set: Record<string, unknown> = { episodic: "soon", semantic: 0, procedural: 1e9 };
  assert.deepEqual(
    halfLivesOf((sector) => set[sector]),
    { semantic: 1, procedural: 3_650 },
  );
});

test("half-lives hold in every window as soon as they are set", async () => {
  const folder = await temporaryFolder();
  let halfLives: HalfLives = {};
  const windows = [0, 1].map(() => openMemories(folder, { halfLives: () => halfLives }));
  const [ours] = windows;
  const at = Date.now() - 10 * 86_400_000;
  const appended = await ours?.append([
    { kind: "observation", origin, at, type: "decision", title: "Tabs it is" },
  ]);
  const [first] = appended ?? [];
  assert.equal(first?.status, "pending");
  const { id } = first;
  const salience = async (): Promise<(number | undefined)[]> =>
    Promise.all(windows.map(async (window) => (await window.seen([id]))[0]?.salience));
  const [before = 0, there = 0] = await salience();
  assert.ok(before > 0 && Math.abs(before - there) < 1e-6);
  halfLives = DOCUMENTED_DAYS;
  const [unchanged = 0] = await salience();
  assert.ok(Math.abs(unchanged - before) < 1e-6);
  halfLives = halfLivesOf(() => 10);
  const [after = 0, thereToo = 0] = await salience();
  assert.ok(after < before * 0.8, `${after} of ${before}`);
  assert.ok(Math.abs(after - thereToo) < 1e-6);
  await Promise.all(windows.map((window) => window.dispose()));
});
