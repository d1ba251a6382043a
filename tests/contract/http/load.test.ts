/** Many clients at once, while another process writes into the same folder. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { Memories } from "../../../extension/src/common/memories/Memories.js";
import { FileSegmentStore } from "../../../extension/src/node/FileSegmentStore.js";
import { Server } from "./Server.js";

const CONNECTIONS = 16;
const REQUESTS = 1_000;

/** Memories that are added; of those a minute has a limit, which events have not. */
const ADDED = 50;

test("1,000 mixed requests from 16 connections while another process writes", async () => {
  await using server = await Server.start();
  const ignore = (): void => undefined;
  const other = new Memories({
    store: new FileSegmentStore(join(server.folder, "mem1")),
    quarantine: new FileSegmentStore(join(server.folder, "mem1"), "bad"),
    readModule: () => readFile(join(import.meta.dirname, "../../../pkg/recollect_wasm_bg.wasm")),
    app: "0.0.0-test",
    log: { debug: ignore, info: ignore, warn: ignore, error: ignore },
  });
  const over = new AbortController();
  let written = 0;
  const writing = (async () => {
    while (!over.signal.aborted) {
      const project = { id: "elsewhere", name: "elsewhere" };
      await other.remember({
        text: `window wrote number ${written}`,
        origin: { project, provenance: "user" },
      });
      written += 1;
    }
  })();

  const acknowledged: string[] = [];
  const statuses = new Map<number, number>();
  let next = 0;
  const one = async (number: number): Promise<void> => {
    const [method, path, body] = requestOf(number);
    const response = await server.send(method, path, body);
    const text = await response.text();
    statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1);
    assert.equal(response.status, 200, `${method} ${path} gave ${text}`);
    if (path === "/memory/add") acknowledged.push((JSON.parse(text) as { id: string }).id);
    if (path === "/api/ide/events")
      acknowledged.push((JSON.parse(text) as { memory_id: string }).memory_id);
  };
  await Promise.all(
    Array.from({ length: CONNECTIONS }, async () => {
      while (next < REQUESTS) await one(next++);
    }),
  );
  over.abort();
  await writing;
  assert.deepEqual([...statuses], [[200, REQUESTS]]);
  assert.deepEqual(server.errors, []);

  // Everything that was acknowledged is found here, there and by whoever starts anew.
  assert.equal(acknowledged.length, REQUESTS / 5);
  await other.refreshNow();
  assert.equal((await other.get(acknowledged)).length, acknowledged.length);
  await server.stop();
  await using again = await Server.start([], { folder: server.folder });
  for (const id of acknowledged) {
    assert.equal((await again.send("GET", `/memory/${id}`)).status, 200);
  }
  const stats = (await (await again.send("GET", "/api/stats")).json()) as {
    database: { observations: number };
  };
  assert.equal(stats.database.observations, ADDED + REQUESTS / 5 + written);
  await other.dispose();
});

/** Two of five write, in ten sessions. */
function requestOf(number: number): [string, string, unknown?] {
  const turn = Math.floor(number / 5);
  switch (number % 5) {
    case 0:
      return turn < ADDED
        ? ["POST", "/memory/add", { content: `client wrote number ${turn}` }]
        : ["POST", "/api/ide/events", { event_type: "build", content: `client built ${turn}` }];
    case 1:
      return [
        "POST",
        "/api/sessions/observations",
        {
          claudeSessionId: `session ${turn % 10}`,
          tool_name: "Edit",
          tool_input: {
            file_path: `/home/somebody/shop/file${turn}.ts`,
            old_string: "const a = 1;",
            new_string: `const kettle${turn} = 2;`,
          },
          tool_response: {},
          cwd: "/home/somebody/shop",
        },
      ];
    case 2:
      return ["GET", "/api/search?query=wrote&limit=10"];
    case 3:
      return ["GET", "/api/observations?limit=5"];
    default:
      return ["GET", "/api/context/inject?project=shop"];
  }
}
