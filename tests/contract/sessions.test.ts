/**
 * Sessions as TypeScript sees them. What counts and when one ends is tested in the core.
 */
import assert from "node:assert/strict";
import { before, test } from "node:test";

import type { NewRecord } from "recollect-wasm";

import { NOW, flush, inSession, load, open, throws } from "./module.js";

const MINUTE = 60_000;

before(load);

const origin = inSession("abc123");

const morning: NewRecord[] = [
  { kind: "session", origin, source: "claude-code", user: "me", ide: "vscode" },
  { kind: "prompt", origin, number: 1, text: "Stop the retries after five attempts" },
  { kind: "event", origin, type: "test_run", metadata: { exitCode: 1 } },
  { kind: "event", origin, type: "code_edit", file: "src/retry.ts" },
  { kind: "event", origin, type: "test_run", metadata: { exitCode: 0 } },
];

test("a session is listed, told, ended once and summed up", () => {
  const memory = open();
  memory.capture(morning, NOW);
  flush(memory);
  const { sessions, total } = memory.sessions({ project: "app", limit: 5 }, NOW + MINUTE);
  assert.equal(total, 1);
  const [session] = sessions;
  assert.ok(session);
  assert.equal(session.key, "abc123");
  assert.equal(session.source, "claude-code");
  assert.equal(session.title, "Stop the retries after five attempts");
  assert.equal(session.endedAt, undefined);
  assert.deepEqual(session.project, origin.project);
  const { sectors, ...counts } = session.statistics;
  assert.equal(
    Object.values(sectors).reduce((sum, count) => sum + count, 0),
    3,
  );
  assert.deepEqual(counts, {
    totalEvents: 3,
    uniqueFiles: 1,
    files: ["src/retry.ts"],
    durationMs: 0,
    edits: 1,
    testsRun: 2,
    testsFailed: 1,
    commits: 0,
    prompts: 1,
    observations: 0,
  });

  const ended = memory.endSession("abc123", NOW + MINUTE);
  assert.ok(ended.isNew && ended.summary !== undefined);
  assert.equal(ended.endedAt, NOW + MINUTE);
  assert.equal(ended.statistics.durationMs, MINUTE);
  assert.equal(memory.endSession("abc123", NOW + 2 * MINUTE).isNew, false);
  flush(memory);
  const { session: told, summary } = memory.session("abc123", NOW + 2 * MINUTE);
  assert.equal(told.endedAt, NOW + MINUTE);
  assert.equal(summary?.id, ended.summary);
  assert.equal(summary.summary?.request, "Stop the retries after five attempts");
  memory.free();
});

test("a session that is not there is not found, and what is asked wrongly is refused", () => {
  const memory = open();
  throws("NotFound", /^session/, () => memory.session("other", NOW));
  throws("NotFound", /^session/, () => memory.endSession("other", NOW));
  throws("NotFound", /^session/, () => memory.changeSession("other", { isPinned: true }, NOW));
  throws("InvalidInput", /limit/, () => memory.sessions({ limit: 0 }, NOW));
  assert.deepEqual(memory.sessions({}, NOW), { sessions: [], total: 0 });
  memory.free();
});

test("a session is pinned, archived and titled", () => {
  const memory = open();
  memory.capture(morning, NOW);
  flush(memory);
  memory.changeSession("abc123", { title: "Retries", isPinned: true, isArchived: true }, NOW);
  flush(memory);
  assert.equal(memory.sessions({ isArchived: false }, NOW).total, 0);
  const { session } = memory.session("abc123", NOW);
  assert.ok(session.isPinned && session.isArchived);
  assert.equal(session.title, "Retries");
  memory.free();
});

test("a summary can be asked for while the session goes on", () => {
  const memory = open();
  memory.capture(morning, NOW);
  const told = memory.summariseSession("abc123", "Next step: remove the old queue.", NOW);
  assert.equal(told?.status, "pending");
  flush(memory);
  assert.equal(memory.summariseSession("abc123", undefined, NOW), undefined);
  const { summary } = memory.session("abc123", NOW);
  assert.match(summary?.summary?.nextSteps ?? "", /old queue/);
  memory.free();
});

test("a session tells what it used, and the size of that as JSON", () => {
  const memory = open();
  const files = Array.from({ length: 300 }, (_, number): NewRecord => {
    const item = { file: { path: `src/"ä"/component-${number}.ts`, importance: number % 2 } };
    return { kind: "context", origin, item };
  });
  memory.append(
    [
      { kind: "context", origin, item: { search: { query: "back\\slash\n\u0001" } } },
      { kind: "context", origin, item: { memory: { id: "mem_1", key: "architecture" } } },
      { kind: "context", origin, item: { decision: { text: "Use JWT" } } },
      ...files,
    ],
    NOW,
  );
  flush(memory);
  const { context } = memory.session("abc123", NOW);
  const { files: kept, searches, decisions, memories } = context;
  const lists = JSON.stringify({ files: kept, searches, decisions, memories });
  assert.equal(context.compressedBytes, Buffer.byteLength(lists));
  assert.ok(context.isCompressed && context.sizeBytes > 32 * 1024);
  assert.ok(context.compressedBytes <= 32 * 1024);
  assert.equal(decisions[0]?.text, "Use JWT");
  memory.free();
});
