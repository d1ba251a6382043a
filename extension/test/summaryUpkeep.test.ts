import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { SUMMARY_TIMING, SummaryUpkeep } from "../src/common/capture/SummaryUpkeep.js";

const MINUTE = 60_000;

/** The minutes at which a summary is written while work goes on as told. */
function writtenAt(work: (upkeep: SummaryUpkeep, minute: number) => void, minutes: number) {
  mock.timers.enable({ apis: ["setTimeout", "Date"] });
  try {
    const written: number[] = [];
    const upkeep = new SummaryUpkeep({
      refresh: (key) => {
        assert.equal(key, "s");
        written.push(Date.now() / MINUTE);
        return Promise.resolve();
      },
    });
    for (let minute = 0; minute < minutes; minute += 0.5) {
      work(upkeep, minute);
      mock.timers.tick(MINUTE / 2);
    }
    return written;
  } finally {
    mock.timers.reset();
  }
}

test("a summary is written after a pause, and not where nothing was recorded", () => {
  const work = (upkeep: SummaryUpkeep, minute: number) => {
    if (minute === 0 || minute === 30) upkeep.noted("s", ["code_edit"]);
  };
  assert.deepEqual(writtenAt(work, 60), [1, 31]);
});

test("whoever works without a pause has a summary four times an hour", () => {
  const work = (upkeep: SummaryUpkeep) => upkeep.noted("s", ["code_edit"]);
  const written = writtenAt(work, 60);
  assert.deepEqual(written, [15, 30, 45, 60]);
  assert.equal(SUMMARY_TIMING.longestMs, 15 * MINUTE);
});

test("many short pauses write no more than one summary in five minutes", () => {
  const work = (upkeep: SummaryUpkeep, minute: number) => {
    if (minute % 2 === 0) upkeep.noted("s", ["file_save"]);
  };
  const written = writtenAt(work, 60);
  for (const [index, at] of written.entries())
    assert.ok(index === 0 || at - (written[index - 1] ?? 0) >= 5, String(written));
});

test("a commit is told of at once", () => {
  const work = (upkeep: SummaryUpkeep, minute: number) => {
    if (minute === 0) upkeep.noted("s", ["code_edit"]);
    if (minute === 2) upkeep.noted("s", ["git_commit"]);
  };
  const written = writtenAt(work, 10);
  assert.equal(written.length, 2);
  assert.ok((written[1] ?? 0) < 2.6, String(written));
});

test("what is asked for is written now, once", async () => {
  let count = 0;
  const upkeep = new SummaryUpkeep({
    refresh: () => {
      count += 1;
      return Promise.resolve();
    },
  });
  await upkeep.now();
  upkeep.noted("s", ["code_edit"]);
  await upkeep.now();
  await upkeep.now();
  assert.equal(count, 1);
  upkeep.noted("s", ["code_edit"]);
  upkeep.stop();
  await upkeep.now();
  assert.equal(count, 1);
});
