import assert from "node:assert/strict";
import { test } from "node:test";
import { parseTime } from "../src/common/text/relativeTime.js";

/** A Saturday, at noon. */
const now = new Date(2026, 0, 31, 12).getTime();
const HOUR = 3_600_000;

test("ages, dates and words tell when a time begins", () => {
  const cases: [string, Date | number][] = [
    ["12h", now - 12 * HOUR],
    ["2w", now - 14 * 24 * HOUR],
    ["2026-01-30", new Date(2026, 0, 30)],
    ["2026-01-30T10:00", new Date(2026, 0, 30, 10)],
    ["2025", new Date(2025, 0, 1)],
    ["now", now],
    ["Today", new Date(2026, 0, 31)],
    ["yesterday", new Date(2026, 0, 30)],
    ["this week", new Date(2026, 0, 26)],
    ["last week", new Date(2026, 0, 19)],
    ["last_month", new Date(2025, 11, 1)],
    ["this quarter", new Date(2026, 0, 1)],
    ["last quarter", new Date(2025, 9, 1)],
    ["last year", new Date(2025, 0, 1)],
    ["3 days ago", now - 3 * 24 * HOUR],
    ["a month ago", new Date(2025, 11, 31, 12)],
    ["the last 2 hours", now - 2 * HOUR],
    ["in the past day", now - 24 * HOUR],
    ["Monday", new Date(2026, 0, 26)],
    ["last saturday", new Date(2026, 0, 24)],
    ["on friday", new Date(2026, 0, 30)],
    ["January", new Date(2026, 0, 1)],
    ["in july", new Date(2025, 6, 1)],
    ["Sep 2024", new Date(2024, 8, 1)],
  ];
  for (const [text, expected] of cases) assert.equal(parseTime(text, now), Number(expected), text);
});

test("what tells no time is none", () => {
  for (const text of ["", "7", "d", "soon", "2026-13-45", "last", "day", "ma", "99999 days ago"])
    assert.equal(parseTime(text, now), undefined, text);
});
