/** The compatible endpoints through `serve`, and who it lets in. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { chmod, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { request as httpRequest } from "node:http";
import { join } from "node:path";
import { describe, test } from "node:test";
import { promisify } from "node:util";
import { carryOut } from "./Case.js";
import { contract } from "./cases.js";
import { cli, Server } from "./Server.js";

const run = promisify(execFile);

for (const [system, cases] of Object.entries(contract)) {
  describe(`${system}, through a socket`, { concurrency: 2 }, () => {
    for (const { name, steps } of cases) {
      test(name, async () => {
        await using server = await Server.start();
        await carryOut(steps, server.send);
        assert.deepEqual(server.errors, []);
      });
    }
  });
}

describe("who is let in", () => {
  /** The status of a request with these headers, which `fetch` would not send. */
  const status = (server: Server, path: string, headers: Record<string, string>): Promise<number> =>
    new Promise((resolve, reject) => {
      const { port } = new URL(server.origin);
      httpRequest({ host: "127.0.0.1", port, path, headers }, (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      })
        .on("error", reject)
        .end();
    });

  test("only who has the token, in a header or in the address", async () => {
    await using server = await Server.start();
    const token = server.token ?? "";
    assert.match(token, /^[\w-]{32}$/);
    assert.equal(await status(server, "/api/stats", {}), 401);
    assert.equal(await status(server, "/api/stats?token=wrong", {}), 401);
    assert.equal(await status(server, "/api/stats", { Authorization: "Bearer wrong" }), 401);
    assert.equal(await status(server, "/api/stats", { Authorization: `Bearer ${token}` }), 200);
    assert.equal(await status(server, "/api/stats", { "X-Recollect-Token": token }), 200);
    assert.equal(await status(server, `/api/stats?token=${token}`, {}), 200);
    assert.equal(await status(server, `/?token=${token}`, {}), 200);
    // OpenMemory's clients have a key, and an address may hold a user's name.
    assert.equal(await status(server, "/api/stats", { "x-api-key": token }), 200);
    assert.equal(await status(server, "/api/stats", { "X-API-Key": "wrong" }), 401);
    const basic = (text: string): Record<string, string> => ({
      Authorization: `Basic ${Buffer.from(text).toString("base64")}`,
    });
    assert.equal(await status(server, "/api/stats", basic(`${token}:`)), 200);
    assert.equal(await status(server, "/api/stats", basic(`recollect:${token}`)), 200);
    for (const text of ["", ":", "wrong:", `${token}x:`, `a:b:${token}`]) {
      assert.equal(await status(server, "/api/stats", basic(text)), 401, text);
    }
    // One that is wrong does not take away what another header shows.
    const both = { Authorization: "Bearer its-own", "X-API-Key": token };
    assert.equal(await status(server, "/api/stats", both), 200);
    const refused = await fetch(`${server.origin}/api/stats`);
    assert.equal(refused.headers.get("X-Content-Type-Options"), "nosniff");
    assert.equal(refused.headers.get("Cache-Control"), "no-store");
  });

  test("the token stays the same, in a file that its user alone can read", async () => {
    await using server = await Server.start();
    const path = join(server.folder, "serve.token");
    assert.equal((await readFile(path, "utf8")).trim(), server.token);
    assert.equal((await stat(path)).mode & 0o077, 0);
    await server.stop();
    await using again = await Server.start([], { folder: server.folder });
    assert.equal(again.token, server.token);
    await again.stop();
    const start = (): Promise<unknown> =>
      run(process.execPath, [cli, "serve", "--storage", server.folder, "--port", "0"]);
    await chmod(path, 0o644);
    await assert.rejects(start(), { code: 2, stderr: /can be read by other users/ });
    await chmod(path, 0o600);
    await writeFile(path, "short\n");
    await assert.rejects(start(), { code: 2, stderr: /holds no token/ });
    await rm(path);
    await symlink(join(server.folder, "elsewhere"), path);
    await assert.rejects(start(), { code: 2, stderr: /cannot be read/ });
  });

  test("no page of another address, whatever name it gives this machine", async () => {
    await using server = await Server.start();
    const { port } = new URL(server.origin);
    const path = `/api/stats?token=${server.token ?? ""}`;
    const cases: [Record<string, string>, number][] = [
      [{ Host: `evil.example:${port}` }, 403],
      [{ Host: "127.0.0.1:1" }, 403],
      [{ Host: `localhost:${port}` }, 200],
      [{ Origin: "https://evil.example" }, 403],
      [{ Origin: "null" }, 403],
      [{ Origin: `http://127.0.0.1:${port}` }, 200],
      [{ Origin: "http://127.0.0.1:1" }, 403],
      [{ Origin: "https://vscode.dev" }, 200],
      [{ Origin: "https://vscode.dev.evil.example" }, 403],
      [{ Origin: "vscode-webview://0a1b2c" }, 200],
      [{ "Sec-Fetch-Site": "cross-site" }, 403],
      [{ "Sec-Fetch-Site": "same-origin" }, 200],
    ];
    for (const [headers, expected] of cases) {
      assert.equal(await status(server, path, headers), expected, JSON.stringify(headers));
    }
  });

  test("a web editor's page may read answers, and ask whether it may", async () => {
    await using server = await Server.start();
    const origin = "https://vscode.dev";
    const asked = await fetch(`${server.origin}/api/stats`, {
      method: "OPTIONS",
      headers: { Origin: origin, "Access-Control-Request-Method": "GET" },
    });
    assert.equal(asked.status, 204);
    assert.equal(asked.headers.get("Access-Control-Allow-Origin"), origin);
    const read = await fetch(`${server.origin}/api/stats`, {
      headers: { Origin: origin, Authorization: `Bearer ${server.token ?? ""}` },
    });
    assert.equal(read.headers.get("Access-Control-Allow-Origin"), origin);
    const refused = await fetch(`${server.origin}/api/stats`, { headers: { Origin: origin } });
    assert.equal(refused.status, 401);
  });

  test("everybody on this machine, once the risk is named, and still no page", async () => {
    const without = ["--no-token", "--let-every-local-program-read-and-write"];
    await using server = await Server.start(without);
    assert.equal(server.token, undefined);
    assert.equal(await status(server, "/api/stats", {}), 200);
    assert.equal(await status(server, "/api/stats", { Origin: "https://vscode.dev" }), 403);
    const alone = run(process.execPath, [cli, "serve", "--no-token", "--storage", server.folder]);
    await assert.rejects(alone, { code: 2, stderr: /every program of this machine/ });
  });
});

test("a folder may be a path, an address, of another machine or none at all", async () => {
  await using server = await Server.start();
  const folders: [cwd: string, project: string][] = [
    ["/home/somebody/shop", "shop"],
    ["file:///home/somebody/stall", "stall"],
    ["file://elsewhere/share/cellar", "cellar"],
    ["vscode-vfs://github/somebody/attic", "attic"],
    ["C:\\Users\\somebody\\barn", "barn"],
    ["\\\\nas01\\team\\loft", "loft"],
    ["~/hut", "hut"],
    ["~somebody/hall", "hall"],
    ["tower", "tower"],
    ["/home/\ud800/half", "half"],
    ["/home/\u0000/null", "null"],
    ["file:///%zz/odd", "odd"],
  ];
  for (const [cwd, project] of folders) {
    const body = { claudeSessionId: cwd, prompt: "Where is this?", cwd };
    const response = await server.send("POST", "/api/sessions/init", body);
    assert.equal(response.status, 200, `${cwd}: ${await response.text()}`);
    const { items } = (await (await server.send("GET", "/api/prompts?limit=1")).json()) as {
      items: { project: string }[];
    };
    assert.equal(items[0]?.project, project, cwd);
  }
  assert.deepEqual(server.errors, []);
});

describe("how it ends", () => {
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    test(`${signal} ends it with 0, open streams and all, and what was kept is there again`, async () => {
      await using server = await Server.start();
      const stream = await server.send("GET", "/stream");
      await server.send("POST", "/memory/add", { content: "the kettle is blue" });
      assert.equal(await server.stop(signal), 0);
      await stream.text().catch(() => undefined);
      await using again = await Server.start([], { folder: server.folder });
      const found = await again.send("GET", "/api/search?query=kettle&format=text");
      assert.match(await found.text(), /kettle is blue/);
    });
  }

  test("what clients have set outlives it", async () => {
    await using server = await Server.start();
    const settings = { sidebarOpen: false, selectedProject: "shop" };
    await server.send("POST", "/api/settings", settings);
    await server.send("POST", "/api/mcp/toggle", { enabled: false });
    await server.stop();
    await using again = await Server.start([], { folder: server.folder });
    assert.deepEqual(await (await again.send("GET", "/api/settings")).json(), settings);
    const status = await again.send("GET", "/api/mcp/status");
    assert.deepEqual(await status.json(), { enabled: false });
  });

  test("a port that is taken is said", async () => {
    await using server = await Server.start();
    const { port } = new URL(server.origin);
    const second = run(process.execPath, [
      cli,
      "serve",
      "--storage",
      server.folder,
      "--port",
      port,
    ]);
    await assert.rejects(second, { code: 1, stderr: /EADDRINUSE/ });
  });
});
