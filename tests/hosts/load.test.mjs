// Many clients of `serve` at once, while an editor's window captures and remembers in the same folder.

import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { startServe } from "./serve.mjs";
import { Session } from "./session.mjs";

const CONNECTIONS = 16;
const REQUESTS = 1_000;

/** How many the window remembers at a time. */
const AT_ONCE = 10;

/** How many it remembers, and turns of requests that add memories: a minute has a limit of these. */
const MOST_BY_WINDOW = 50;
const ADDING_TURNS = 15;

/** How long what one process wrote may take to be found by the other. */
const FOUND_MS = 20_000;

describe("serve beside an editor's window", () => {
  /** @type {Session} */
  let session;
  let serve;
  /** Ids that were acknowledged, by the window and by `serve`. */
  const byWindow = [];
  const byServe = [];

  before(async () => {
    session = await Session.open("workspace");
    const storage = join(session.dataDir, "User", "globalStorage", "recollect.recollect");
    serve = await startServe(storage);
  });

  after(async () => {
    await serve?.stop();
    await session?.close();
  });

  /** Works in the window until it is over: edits a file and remembers texts. */
  const workInWindow = async (test) => {
    let lines = 0;
    while (!test.isOver) {
      const texts = Array.from(
        { length: AT_ONCE },
        (_, index) => `the window wrote number ${byWindow.length + index}`,
      );
      if (byWindow.length < MOST_BY_WINDOW)
        byWindow.push(...(await session.request({ do: "rememberEach", texts })));
      const text = `line ${(lines += 1)}\n`;
      await session.request({ do: "insert", path: "README.md", line: 0, text });
    }
  };

  /** Waits until the window finds all of these. */
  const foundByWindow = async (ids) => {
    for (const end = Date.now() + FOUND_MS; ;) {
      const { length } = await session.request({ do: "getMemories", ids });
      if (length === ids.length) return;
      if (Date.now() > end) assert.fail(`the window finds ${length} of ${ids.length}`);
      await new Promise((settle) => setTimeout(settle, 200));
    }
  };

  it("answers 1,000 mixed requests from 16 connections without an error", async () => {
    const test = { isOver: false };
    const working = workInWindow(test);
    let next = 0;
    const statuses = new Map();
    const connection = async () => {
      while (next < REQUESTS) {
        const [method, path, body] = requestOf(next++);
        const response = await serve.send(method, path, body);
        const text = await response.text();
        statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1);
        assert.equal(response.status, 200, `${method} ${path} gave ${text}`);
        if (path === "/memory/add") byServe.push(JSON.parse(text).id);
        if (path === "/api/ide/events") byServe.push(JSON.parse(text).memory_id);
      }
    };
    try {
      await Promise.all(Array.from({ length: CONNECTIONS }, connection));
    } finally {
      test.isOver = true;
      await working;
    }
    assert.deepEqual([...statuses], [[200, REQUESTS]]);
    assert.deepEqual(serve.errors, []);
    assert.equal(byServe.length, (REQUESTS / 10) * 3);
    assert.ok(byWindow.length >= AT_ONCE, "the window wrote nothing meanwhile");
  });

  it("finds every acknowledged write in both, and what the window captured", async () => {
    for (const id of [...byWindow, ...byServe]) {
      assert.equal((await serve.send("GET", `/memory/${id}`)).status, 200, id);
    }
    await foundByWindow([...byWindow, ...byServe]);
    for (const end = Date.now() + FOUND_MS; ;) {
      const query = { query: "README", file_path: "README.md" };
      const { total } = await (await serve.send("POST", "/api/ide/context", query)).json();
      if (total > 0) break;
      assert.ok(Date.now() < end, "nothing was captured");
      await new Promise((settle) => setTimeout(settle, 500));
    }
  });

  it("finds them after a reload of the window, and in a server that starts anew", async () => {
    await session.request({ do: "runCommand", id: "workbench.action.files.saveAll" });
    await session.reload();
    await foundByWindow([...byWindow, ...byServe]);
    await serve.stop();
    const storage = join(session.dataDir, "User", "globalStorage", "recollect.recollect");
    serve = await startServe(storage);
    for (const id of [...byWindow, ...byServe]) {
      assert.equal((await serve.send("GET", `/memory/${id}`)).status, 200, id);
    }
    assert.deepEqual(serve.errors, []);
  });
});

/** Half of them write: memories, events, tool uses, facts and prompts, in ten sessions. */
function requestOf(number) {
  const turn = Math.floor(number / 10);
  const session = `session ${turn % 10}`;
  switch (number % 10) {
    case 0:
    case 1:
      return turn < ADDING_TURNS
        ? ["POST", "/memory/add", { content: `client wrote number ${number}` }]
        : ["POST", "/api/ide/events", { event_type: "build", session_id: session }];
    case 2: {
      const event = { event_type: "code_edit", file_path: `src/${turn}.ts`, session_id: session };
      return ["POST", "/api/ide/events", event];
    }
    case 3: {
      const change = { old_string: "const a = 1;", new_string: `const kettle${turn} = 2;` };
      return [
        "POST",
        "/api/sessions/observations",
        {
          ...{ claudeSessionId: session, tool_name: "Edit", tool_response: {} },
          tool_input: { file_path: `/home/somebody/shop/${turn}.ts`, ...change },
          cwd: "/home/somebody/shop",
        },
      ];
    }
    case 4:
      return turn < ADDING_TURNS
        ? ["POST", "/projects/shop/memories", { key: `key ${turn % 7}`, value: `${turn}` }]
        : ["GET", "/api/stats"];
    case 5:
      return ["GET", "/api/search?query=wrote&limit=10"];
    case 6:
      return ["GET", "/api/observations?limit=5"];
    case 7:
      return ["GET", "/api/context/inject?project=shop"];
    case 8:
      return ["POST", "/memory/query", { query: "kettle", k: 5 }];
    default:
      return ["GET", "/api/timeline?anchor=2026-01-01&depth_after=5"];
  }
}
