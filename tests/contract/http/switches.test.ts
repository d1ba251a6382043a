/** That the user's switches and the limit hold for every endpoint that writes. */
import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import {
  unswitchedGuard,
  WRITES_PER_MINUTE,
} from "../../../extension/src/common/memories/WriteGuard.js";
import { FileSegmentStore } from "../../../extension/src/node/FileSegmentStore.js";
import { openHandler, type OpenHandler } from "./openFolder.js";

/** Names and contents of all files under a folder. */
async function written(folder: string): Promise<string> {
  let all = "";
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    all += `${path}\n${await readFile(path, "latin1")}\n`;
  }
  return all;
}

/** What was there before the switch was turned: a session that goes on, and a memory. */
interface Before {
  readonly id: string;
  readonly number: number;
  readonly ideSession: string;
}

async function answer(open: OpenHandler, method: string, path: string, body?: unknown) {
  const response = await open.send(method, path, body);
  const text = await response.text();
  return { status: response.status, text, body: JSON.parse(text) as Record<string, unknown> };
}

async function begun(open: OpenHandler): Promise<Before> {
  const saved = await answer(open, "POST", "/memory/add", { content: "The kettle is blue" });
  const init = { claudeSessionId: "known", prompt: "Mend the kettle", project: "shop" };
  const session = await answer(open, "POST", "/api/sessions/init", init);
  const ide = await answer(open, "POST", "/api/ide/session/start", { project_name: "shop" });
  return {
    id: String(saved.body["id"]),
    number: Number(session.body["sessionDbId"]),
    ideSession: String(ide.body["session_id"]),
  };
}

/** Every call that writes memories, with a text of its own. */
function calls({ id, number, ideSession }: Before): [string, string, unknown?][] {
  let count = 0;
  const mark = (): string => `marked${(count += 1)}x`;
  const edit = () => ({
    tool_name: "Edit",
    tool_input: {
      file_path: `/h/${mark()}.ts`,
      old_string: "a",
      new_string: `const ${mark()} = 1`,
    },
    tool_response: { success: true },
    cwd: "/h",
  });
  const last = () => ({ last_assistant_message: `We decided to use ${mark()} since it is fast.` });
  return [
    ["POST", "/api/memory/save", { text: mark() }],
    ["POST", "/api/sessions/init", { claudeSessionId: "known", prompt: mark() }],
    ["POST", "/api/sessions/init", { claudeSessionId: mark(), prompt: mark(), project: mark() }],
    ["POST", "/api/sessions/init", { claudeSessionId: mark() }],
    ["POST", "/api/sessions/observations", { claudeSessionId: "known", ...edit() }],
    ["POST", "/api/sessions/observations", { claudeSessionId: mark(), ...edit() }],
    ["POST", "/api/sessions/summarize", { claudeSessionId: "known", ...last() }],
    ["POST", "/api/sessions/summarize", { claudeSessionId: mark(), ...last() }],
    ["POST", `/sessions/${number}/init`, { userPrompt: mark() }],
    ["POST", `/sessions/${number}/observations`, edit()],
    ["POST", `/sessions/${number}/summarize`, last()],
    ["POST", `/sessions/${number}/complete`],
    ["POST", "/api/sessions/complete", { claudeSessionId: "known" }],
    ["POST", "/api/sessions/session-end", { claudeSessionId: "known" }],
    ["POST", "/memory/add", { content: mark(), tags: [mark()] }],
    ["POST", "/memory/reinforce", { id }],
    ["PATCH", `/memory/${id}`, { content: mark() }],
    ["PATCH", `/memory/${id}`, { tags: [mark()] }],
    ["PATCH", `/memory/${id}`, { metadata: { a: mark() } }],
    ["DELETE", `/memory/${id}`],
    ["POST", "/api/ide/events", { event_type: mark(), content: mark(), session_id: ideSession }],
    ["POST", "/api/ide/events", { event_type: mark(), content: mark() }],
    ["POST", "/api/ide/session/start", { project_name: mark() }],
    ["POST", "/api/ide/session/end", { session_id: ideSession }],
    ["POST", "/projects/shop/memories", { key: mark(), value: mark() }],
    ["POST", "/projects/shop/memories", { key: mark(), value: mark(), ttl_seconds: 60 }],
  ];
}

/** Endpoints that change something, but no memory: what they say and choose is the user's or git's. */
const WITHOUT_MEMORIES = new Set([
  "POST /api/observations/batch",
  "POST /api/settings",
  "POST /api/mcp/toggle",
  "POST /api/branch/switch",
  "POST /api/branch/update",
  "POST /api/ide/context",
  "POST /memory/query",
  "POST /sessions/:id/context",
  "POST /users/:user_id/summary/regenerate",
]);

for (const [name, reason] of [
  ["a paused workspace", "paused"],
  ["a private session", "private"],
] as const) {
  test(`in ${name} no endpoint writes anything, and its answer says why`, async () => {
    const folder = await mkdtemp(join(tmpdir(), "recollect-switches-"));
    const guard = unswitchedGuard();
    const store = new FileSegmentStore(join(folder, "mem1"));
    let before: string;
    {
      await using open = await openHandler({}, { store, guard });
      const there = await begun(open);
      await open.memories.readAll();
      before = await written(folder);
      await (reason === "paused" ? guard.setPaused(true) : guard.setPrivate(true));
      for (const [method, path, body] of calls(there)) {
        const { status, text } = await answer(open, method, path, body);
        const what = `${method} ${path}: ${status} ${text}`;
        assert.ok(status === 403 || text.includes('"skipped"'), what);
        assert.match(text, reason === "paused" ? /paused/ : /private/, what);
        assert.equal(await written(folder), before, what);
      }
      // A look-up counts no use either.
      await answer(open, "GET", "/projects/shop/memories");
      await answer(open, "POST", "/memory/query", { query: "kettle" });
      const left = await answer(open, "GET", `/memory/${there.id}`);
      assert.equal(left.body["content"], "The kettle is blue");
    }
    // Nothing waited for the end either.
    assert.equal(await written(folder), before);
    await rm(folder, { recursive: true, force: true });
  });
}

test("the table holds every endpoint that writes", async () => {
  await using open = await openHandler();
  const called = calls({ id: ":id", number: 7, ideSession: "" }).map(
    ([method, path]) =>
      `${method} ${path.replace("/7/", "/:sessionDbId/").replace("/shop/", "/:id/")}`,
  );
  const known = new Set([...called, ...WITHOUT_MEMORIES]);
  const writing = open.handler.endpoints.filter((endpoint) => !/^(GET|ALL|HEAD) /.test(endpoint));
  assert.deepEqual(
    writing.filter((endpoint) => !known.has(endpoint)),
    [],
  );
});

test("the first save above the limit of a minute is refused, and those before it stand", async () => {
  await using open = await openHandler({}, { guard: unswitchedGuard() });
  const save = (number: number) => {
    const text = `The kettle number${number} is blue`;
    const ways: [string, unknown][] = [
      ["/memory/add", { content: text }],
      ["/api/memory/save", { text }],
      ["/projects/shop/memories", { key: `kettle${number}`, value: text }],
    ];
    const [path, body] = ways[number % ways.length] as [string, unknown];
    return answer(open, "POST", path, body);
  };
  for (let number = 1; number <= WRITES_PER_MINUTE; number += 1) {
    const { status, text } = await save(number);
    assert.equal(status, 200, `${number}: ${text}`);
  }
  for (const number of [61, 62, 63]) {
    const { status, text } = await save(number);
    assert.equal(status, 429, text);
    assert.match(text, /more than 60 writes/);
  }
  const { body } = await answer(open, "GET", "/memory/all?l=200");
  const all =
    JSON.stringify(body) + (await answer(open, "GET", "/projects/shop/memories?limit=100")).text;
  for (let number = 1; number <= 63; number += 1) {
    assert.equal(all.includes(`number${number} `), number <= WRITES_PER_MINUTE, String(number));
  }
});
