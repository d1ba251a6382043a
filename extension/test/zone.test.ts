import assert from "node:assert/strict";
import { after, test } from "node:test";

import { zoneChanges, zoneKey } from "../src/common/memories/zone.js";
import { endOf, isoDate, startOf } from "../src/http/time.js";

const HOUR = 3_600_000;
const before = process.env["TZ"];
after(() => {
  if (before === undefined) delete process.env["TZ"];
  else process.env["TZ"] = before;
});

test("the changes of the clock are those of the zone", () => {
  process.env["TZ"] = "Europe/Berlin";
  const changes = zoneChanges();
  const at = changes.indexOf(Date.parse("2026-03-29T01:00:00Z"));
  assert.deepEqual(
    [...changes.slice(at, at + 4)],
    [Date.parse("2026-03-29T01:00:00Z"), 120, Date.parse("2026-10-25T01:00:00Z"), 60],
  );
  const berlin = zoneKey();
  process.env["TZ"] = "America/Los_Angeles";
  assert.notEqual(zoneKey(), berlin);
  process.env["TZ"] = "Asia/Kolkata";
  assert.equal(zoneChanges().at(-1), 330);
  process.env["TZ"] = "UTC";
  assert.deepEqual([...zoneChanges()], [0, 0]);
});

test("a day of a parameter is the user's, however long it is", () => {
  process.env["TZ"] = "Europe/Berlin";
  for (const [day, start, hours] of [
    ["2026-01-31", "2026-01-30T23:00:00Z", 24],
    ["2026-03-29", "2026-03-28T23:00:00Z", 23],
    ["2026-10-25", "2026-10-24T22:00:00Z", 25],
  ] as const) {
    assert.equal(startOf("dateStart", day), Date.parse(start));
    assert.equal(endOf("dateEnd", day) - startOf("dateStart", day), hours * HOUR);
  }
  assert.equal(isoDate(Date.parse("2026-01-31T23:30:00Z")), "2026-02-01");
  assert.equal(startOf("dateStart", "2026-01-31T10:00"), Date.parse("2026-01-31T09:00:00Z"));
  for (const wrong of ["2026-02-30", "2026-13-01", "2026-1-1", "banana", "", "2026-01-01T25:00"]) {
    assert.throws(() => startOf("dateStart", wrong), wrong);
  }
});

test("a plus that was not escaped is one", () => {
  const at = Date.parse("2025-12-31T23:00:00Z");
  for (const text of [
    "2026-01-01T00:00:00+01:00",
    "2026-01-01T00:00:00 01:00",
    "2026-01-01T00:00 01:00",
    "2026-01-01T00:00:00.000 0100",
    "2026-01-01 00:00:00 01:00",
    "2025-12-31T22:00:00-01:00",
    "2025-12-31T23:00:00Z",
    String(at),
    String(at / 1000),
  ]) {
    assert.equal(startOf("dateStart", text), at, text);
    assert.equal(endOf("dateEnd", text), at + 1, text);
  }
});
