/** What a socket brings with it: ports, bodies of any size and speed, and pages that ask. */
import assert from "node:assert/strict";
import { Agent, request as httpRequest } from "node:http";
import { connect } from "node:net";
import { once } from "node:events";
import { test } from "node:test";
import { listen } from "../../../extension/src/node/cli/webServer.js";
import { freePort } from "./freePort.js";
import { openHandler } from "./openFolder.js";
import { Server } from "./Server.js";

test("the port is what CLAUDE_MEM_WORKER_PORT says, and any that is free for 0", async () => {
  const port = await freePort();
  await using named = await Server.start([], { env: { CLAUDE_MEM_WORKER_PORT: String(port) } });
  assert.equal(named.origin, `http://127.0.0.1:${port}`);
  const stats = await (await named.send("GET", "/api/stats")).json();
  assert.equal((stats as { worker: { port: number } }).worker.port, port);
  await using any = await Server.start();
  assert.notEqual(any.origin, named.origin);
});

/** Sends so many bytes, in parts of 64 KiB, and gives what is answered meanwhile. */
function sendBytes(
  server: Server,
  bytes: number,
  agent: Agent,
  headers: Record<string, string> = {},
): Promise<{ status: number; text: string }> {
  const { port } = new URL(server.origin);
  const part = Buffer.alloc(65_536, "x");
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest(
      {
        ...{ host: "127.0.0.1", port, path: "/memory/add", method: "POST", agent },
        headers: { Authorization: `Bearer ${server.token ?? ""}`, ...headers },
      },
      (response) => {
        let text = "";
        response.setEncoding("utf8").on("data", (more: string) => (text += more));
        response.on("end", () => resolve({ status: response.statusCode ?? 0, text }));
      },
    );
    outgoing.on("error", reject);
    let sent = 0;
    const more = (): void => {
      while (sent < bytes) {
        sent += part.length;
        if (outgoing.write(part)) continue;
        outgoing.once("drain", more);
        return;
      }
      outgoing.end();
    };
    more();
  });
}

test("a huge body is 413, whether it says its length or not, and the connection goes on", async () => {
  await using server = await Server.start();
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  try {
    const size = 272 * 65_536;
    for (const headers of [{ "Content-Length": String(size) }, {}] as Record<string, string>[]) {
      const { status, text } = await sendBytes(server, size, agent, headers);
      assert.equal(status, 413);
      assert.match(text, /^\{"error":"the body must be at most 16777216 bytes"\}$/);
    }
    const wrong = await sendBytes(server, size, agent, { Authorization: "Bearer wrong" });
    assert.equal(wrong.status, 401);
    // Nothing of the bodies before stands in the way.
    const start = Date.now();
    assert.equal((await sendBytes(server, 0, agent)).status, 400);
    assert.ok(Date.now() - start < 2_000, "the next request waited");
    assert.equal((await sendBytes(server, 1_000 * 65_536, agent)).status, 413);
  } finally {
    agent.destroy();
  }
  assert.deepEqual(server.errors, []);
});

test("a body that never ends is refused after a while, and one that breaks off is no fault", async () => {
  await using open = await openHandler({ bodyLimitMs: 200 });
  const server = await listen(0, open.handler);
  try {
    const begin = `POST /memory/add HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100\r\n\r\n{"content"`;
    const hanging = connect(server.port, "127.0.0.1");
    hanging.write(begin);
    let answer = "";
    hanging.setEncoding("utf8").on("data", (more: string) => (answer += more));
    await once(hanging, "close");
    assert.match(answer, /^HTTP\/1\.1 408 /);
    assert.match(answer, /\{"error":"the body must arrive within 0\.2 seconds"\}/);

    const breaking = connect(server.port, "127.0.0.1");
    breaking.write(begin);
    await new Promise((resolve) => setTimeout(resolve, 50));
    breaking.destroy();
    const { status } = await fetch(`http://127.0.0.1:${server.port}/api/stats`);
    assert.equal(status, 200);
    await new Promise((resolve) => setTimeout(resolve, 300));
  } finally {
    await server.close();
  }
  assert.deepEqual(await (await open.send("GET", "/memory/all")).json(), { items: [] });
  assert.deepEqual(open.errors, []);
});

test("answers are shared with the editor's pages when a token is given, and with nobody else", async () => {
  const editors = [
    "vscode-webview://0a1b2c3d",
    "https://vscode.dev",
    "https://insiders.vscode.dev",
    "https://github.dev",
    "https://0a1b2c3d.vscode-cdn.net",
  ];
  const others = [
    "https://example.com",
    "https://vscode.dev.example.com",
    "http://vscode.dev",
    "vscode-webview://a.example.com",
    "http://localhost:1",
    "null",
  ];
  await using server = await Server.start();
  await using open = await Server.start(["--no-token", "--let-every-local-program-read-and-write"]);
  const ask = async (
    { origin }: Server,
    from: string,
    token?: string,
  ): Promise<[number, string | null]> => {
    const { port } = new URL(origin);
    const query = token === undefined ? "" : `?token=${token}`;
    return new Promise((resolve, reject) => {
      httpRequest(
        { host: "127.0.0.1", port, path: `/api/projects${query}`, headers: { Origin: from } },
        (response) => {
          response.resume();
          const shared = response.headers["access-control-allow-origin"] ?? null;
          resolve([response.statusCode ?? 0, shared]);
        },
      )
        .on("error", reject)
        .end();
    });
  };
  for (const origin of editors) {
    assert.deepEqual(await ask(server, origin, server.token), [200, origin]);
    // Such a page may learn that its token is wrong.
    assert.deepEqual(await ask(server, origin), [401, origin]);
    assert.deepEqual(await ask(open, origin), [403, null]);
  }
  for (const origin of others) {
    assert.deepEqual(await ask(server, origin, server.token), [403, null]);
    assert.deepEqual(await ask(open, origin), [403, null]);
  }
});
