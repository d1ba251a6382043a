/** Clients that nobody here wrote, against `serve`. */
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { eventSource, installClients, openMemoryClient } from "./published.js";
import { Server } from "./Server.js";

before(installClients);

test("openmemory-js: a session of an editor", async () => {
  await using server = await Server.start();
  const client = openMemoryClient(server.origin, server.token ?? "");
  const session = await client.ideStartSession({
    user_id: "developer_123",
    project_name: "my-app",
    ide_name: "vscode",
  });
  const events: [string, string | undefined, string][] = [
    ["file_open", "src/App.tsx", "Opening main app file"],
    ["code_edit", "src/App.tsx", "Added new useState hook"],
    ["file_save", "src/App.tsx", "Saved changes"],
    ["debug_start", undefined, "Started debugger"],
    ["file_open", "src/api/users.ts", "Checking API implementation"],
    ["code_edit", "src/api/users.ts", "Fixed authentication bug"],
    ["test_run", undefined, "Running unit tests"],
  ];
  for (const [event_type, file_path, content] of events) {
    const stored = await client.ideStoreEvent({
      event_type,
      file_path,
      content,
      session_id: session.session_id,
      metadata: { project: "my-app" },
    });
    assert.equal(stored.success, true);
  }
  const options = { k: 5, session_id: session.session_id };
  const context = await client.ideQueryContext("authentication", options);
  assert.match(context.memories[0]?.content ?? "", /Fixed authentication bug/);
  const inFolder = await client.ideQueryContext("API", { k: 5, file_path: "src/api" });
  assert.ok(inFolder.memories.every(({ content }) => content.includes("src/api")));
  assert.equal((await client.ideGetPatterns(session.session_id)).pattern_count, 0);
  const ended = await client.ideEndSession(session.session_id);
  assert.equal(ended.statistics.total_events, 7);
  assert.equal(ended.statistics.unique_files, 2);
  assert.deepEqual(ended.statistics.files, ["src/App.tsx", "src/api/users.ts"]);
  assert.ok(ended.ended_at >= session.started_at);
});

test("openmemory-js: memories", async () => {
  await using server = await Server.start();
  const client = openMemoryClient(server.origin, server.token ?? "");
  assert.equal((await client.health()).ok, true);
  assert.equal((await client.getSectors()).stats.length, 5);
  const added = await client.add("User prefers dark mode", {
    tags: ["preferences"],
    metadata: { importance: 2 },
  });
  const { matches } = await client.query("dark mode", { k: 5 });
  assert.deepEqual(
    matches.map(({ id }) => id),
    [added.id],
  );
  const ofSector = await client.querySector("dark mode", added.primary_sector);
  assert.equal(ofSector.matches.length, 1);
  assert.equal((await client.getBySector(added.primary_sector)).items.length, 1);
  assert.equal((await client.getStats()).stats.length, 5);
  const ofUser = await client.getUserMemories("user_1", { limit: 5 });
  assert.equal(ofUser.user_id, "user_1");
  assert.equal(ofUser.items.length, 1);
  const { summary } = await client.getUserSummary("user_1");
  assert.match(summary, /User prefers dark mode/);
  assert.equal((await client.regenerateUserSummary("user_1")).summary, summary);
  assert.equal((await client.reinforce(added.id, 0.3)).ok, true);
  const update = { content: "User prefers light mode" };
  assert.deepEqual(await client.update(added.id, update), { id: added.id, updated: true });
  const { items } = await client.getAll({ limit: 10, offset: 0 });
  assert.deepEqual(
    items.map(({ content }) => content),
    ["User prefers light mode"],
  );
  assert.equal((await client.delete(added.id)).ok, true);
  assert.equal((await client.getAll()).items.length, 0);
  await assert.rejects(client.delete(added.id), /404/);
});

test("an EventSource receives the seven events of a session in order", async () => {
  await using server = await Server.start();
  const source = eventSource(`${server.origin}/stream?token=${server.token ?? ""}`);
  try {
    const types: string[] = [];
    const last = new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`only ${types.join(", ")}`)), 10_000);
      source.onmessage = ({ data }) => {
        const event = JSON.parse(data) as { type: string; isProcessing?: boolean };
        types.push(event.type);
        const isLast = types.includes("summary_created") && event.isProcessing === false;
        if (!isLast) return;
        clearTimeout(timer);
        resolve();
      };
    });
    await new Promise<void>((resolve) => {
      source.onopen = resolve;
    });
    const session = { claudeSessionId: "s", cwd: "/home/somebody/shop" };
    await server.send("POST", "/api/sessions/init", { ...session, prompt: "Mend the kettle" });
    await server.send("POST", "/api/sessions/observations", {
      ...session,
      tool_name: "Edit",
      tool_input: {
        file_path: "/home/somebody/shop/a.ts",
        old_string: "a",
        new_string: "const b = 1;",
      },
      tool_response: {},
    });
    await server.send("POST", "/api/sessions/summarize", {
      ...session,
      last_assistant_message: "It boils.",
    });
    await last;
    assert.deepEqual(types, [
      "processing_status",
      "initial_load",
      "session_started",
      "new_prompt",
      "observation_queued",
      "processing_status",
      "observation_created",
      "new_observation",
      "processing_status",
      "summarize_queued",
      "processing_status",
      "summary_created",
      "new_summary",
      "processing_status",
    ]);
  } finally {
    source.close();
  }
});
