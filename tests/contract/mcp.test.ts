/** The command line's server of the Model Context Protocol, asked by the protocol's own client. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { ListRootsRequestSchema, McpError } from "@modelcontextprotocol/sdk/types.js";
import { TOOLS } from "../../extension/src/common/tools/contributions.js";
import { cli, Server } from "./http/Server.js";

let folder: string;
let workspace: string;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "recollect-mcp-"));
  workspace = await mkdtemp(join(tmpdir(), "recollect-work-"));
});

after(async () => {
  await rm(folder, { recursive: true, force: true });
  await rm(workspace, { recursive: true, force: true });
});

/** A client of its own process of the server. */
async function connected(work: (client: Client) => Promise<void>, roots?: string): Promise<void> {
  const capabilities = roots === undefined ? {} : { roots: {} };
  const client = new Client({ name: "test", version: "1" }, { capabilities });
  if (roots !== undefined)
    client.setRequestHandler(ListRootsRequestSchema, () => ({ roots: [{ uri: roots }] }));
  const args = [cli, "mcp", "--storage", folder];
  const transport = new StdioClientTransport({
    ...{ command: process.execPath, args, stderr: "inherit" },
    cwd: roots === undefined ? workspace : tmpdir(),
  });
  await client.connect(transport);
  try {
    await work(client);
  } finally {
    await client.close();
  }
}

/** The text that a tool gives. */
async function call(client: Client, name: string, input: Record<string, unknown>): Promise<string> {
  const { content, isError } = await client.callTool({ name, arguments: input });
  const [first] = content as { type: string; text: string }[];
  assert.equal(first?.type, "text");
  assert.equal(isError, false, first.text);
  return first.text;
}

test("the tools are listed as the editor has them, and each answers", async () => {
  await connected(async (client) => {
    const { tools } = await client.listTools();
    assert.deepEqual(
      tools.map(({ name }) => name),
      [...TOOLS],
    );
    for (const { description, inputSchema, annotations } of tools) {
      assert.match(description ?? "", /^[A-Z][a-z]+s .*Use it /);
      assert.equal(inputSchema.type, "object");
      assert.doesNotMatch(annotations?.title ?? "%", /%/);
    }
    const writing = tools.filter(({ annotations }) => annotations?.readOnlyHint === false);
    assert.deepEqual(
      writing.map(({ name }) => name),
      ["recollect_memory_remember", "recollect_memory_forget"],
    );

    const text = "We deploy from the harbour branch";
    const type = "decision";
    assert.match(await call(client, "recollect_memory_remember", { text, type }), /^Remembered/);
    const found = await call(client, "recollect_memory_search", { query: "harbour" });
    const [id = ""] = /^[0-9a-f-]{8,}(?= \| )/m.exec(found) ?? [];
    assert.match(found, /\| decision \| We deploy from the harbour branch$/m);
    const ids = [id];
    assert.match(await call(client, "recollect_memory_get", { ids }), /<recollect-context>/);
    assert.match(await call(client, "recollect_memory_timeline", { id }), /^> /m);
    assert.match(await call(client, "recollect_memory_context", {}), /^Decisions: m1\./);
    assert.match(await call(client, "recollect_memory_patterns", {}), /^Nothing is known to recur/);
    assert.match(await call(client, "recollect_memory_forget", { ids }), /^Forgot 1 /);
    const gone = await call(client, "recollect_memory_search", { query: "harbour" });
    assert.match(gone, /^No memory matches/);
  });
});

test("memories and sessions are resources, and a prompt tells what to know", async () => {
  const sessionKey = "agents/1 ü";
  await using server = await Server.start([], { folder });
  await server.send("POST", "/api/sessions/init", {
    claudeSessionId: sessionKey,
    project: workspace,
    prompt: "Paint the buoy",
    cwd: workspace,
  });
  await connected(async (client) => {
    await call(client, "recollect_memory_remember", { text: "The buoy is red", type: "decision" });
    const { resources } = await client.listResources();
    const memory = resources.find(({ name }) => name === "The buoy is red");
    const session = resources.find(({ uri }) => uri.startsWith("recollect://session/"));
    assert.ok(memory !== undefined && session !== undefined, JSON.stringify(resources));
    for (const { uri } of [memory, session]) {
      const { contents } = await client.readResource({ uri });
      assert.match(JSON.stringify(contents), /buoy/);
    }
    assert.equal((await client.listResourceTemplates()).resourceTemplates.length, 2);

    const { prompts } = await client.listPrompts();
    const [{ name } = { name: "" }] = prompts;
    const { messages } = await client.getPrompt({ name, arguments: { files: "a.ts, b.ts" } });
    assert.match(JSON.stringify(messages), /What do I need to know/);
    const whole = await client.getPrompt({ name });
    assert.match(JSON.stringify(whole.messages), /The buoy is red/);
  });
});

test("the project is that of the client's folder", async () => {
  await connected(async (client) => {
    await call(client, "recollect_memory_remember", { text: "A lantern of the folder told" });
    const found = await call(client, "recollect_memory_search", { query: "lantern" });
    assert.match(found, /^id \| when \| type \| title$/m);
  }, `file://${workspace}`);
  await connected(async (client) => {
    const found = await call(client, "recollect_memory_search", { query: "lantern" });
    assert.match(found, /^id \| when \| type \| title$/m);
  });
});

test("names, texts and schemas of the tools are those that the editor is given", async () => {
  const text = await readFile(join(dirname(dirname(cli)), "package.json"), "utf8");
  const { contributes } = JSON.parse(text) as {
    contributes: {
      languageModelTools: { name: string; modelDescription: string; inputSchema: object }[];
    };
  };
  await connected(async (client) => {
    const { tools } = await client.listTools();
    assert.deepEqual(
      tools.map(({ name, description, inputSchema }) => ({ name, description, inputSchema })),
      contributes.languageModelTools.map(
        ({ name, modelDescription: description, inputSchema }) => ({
          ...{ name, description, inputSchema },
        }),
      ),
    );
  });
});

test("the project follows the client to another folder", { timeout: 120_000 }, async () => {
  const other = await mkdtemp(join(tmpdir(), "recollect-other-"));
  let roots = [{ uri: pathToFileURL(other).href }];
  let asked = 0;
  const client = new Client(
    { name: "test", version: "1" },
    { capabilities: { roots: { listChanged: true } } },
  );
  client.setRequestHandler(ListRootsRequestSchema, () => {
    asked += 1;
    return { roots };
  });
  const args = [cli, "mcp", "--storage", folder];
  await client.connect(
    new StdioClientTransport({ ...{ command: process.execPath, args }, cwd: tmpdir() }),
  );
  await call(client, "recollect_memory_remember", { text: "A sextant of the other folder" });
  roots = [{ uri: pathToFileURL(workspace).href }];
  await client.sendRootsListChanged();
  while (asked < 2) await new Promise((resolve) => setTimeout(resolve, 10));
  const found = await call(client, "recollect_memory_search", { query: "sextant" });
  assert.match(found, /^Nothing in this project; these are from other projects\.$/m);
  await client.close();
  await rm(other, { recursive: true, force: true });
});

test("of a folder whose window is private or paused nothing is kept, and what is known is told", async () => {
  const recording = join(folder, "recording");
  await mkdir(recording, { recursive: true });
  for (const state of ["isPrivate", "isPaused"]) {
    const told = { folders: [pathToFileURL(workspace).href], [state]: true };
    await writeFile(join(recording, "a.json"), JSON.stringify(told));
    await connected(async (client) => {
      const { content, isError } = await client.callTool({
        ...{ name: "recollect_memory_remember", arguments: { text: "The narwhal sings" } },
      });
      assert.equal(isError, true, state);
      assert.match(JSON.stringify(content), state === "isPrivate" ? /private/ : /paused/);
      await call(client, "recollect_memory_context", {});
      const found = await call(client, "recollect_memory_search", { query: "narwhal" });
      assert.match(found, /^No memory matches/);
    });
  }
  await rm(join(recording, "a.json"));
});

test("a failure of a tool is told to the model, an error of the protocol to the client", async () => {
  await connected(async (client) => {
    const { content, isError } = await client.callTool({
      ...{ name: "recollect_memory_search", arguments: { query: 7 } },
    });
    assert.equal(isError, true);
    assert.match(JSON.stringify(content), /query must be a string/);
    const completion = {
      ref: { type: "ref/prompt" as const, name: "x" },
      argument: { name: "a", value: "b" },
    };
    const cases: [() => Promise<unknown>, number][] = [
      [() => client.callTool({ name: "recollect_fly", arguments: {} }), -32_602],
      [() => client.getPrompt({ name: "constructor" }), -32_602],
      [() => client.readResource({ uri: "recollect://memory/ffffffff" }), -32_002],
      [() => client.readResource({ uri: "recollect://memory/%ff" }), -32_002],
      [() => client.readResource({ uri: "file:///etc/passwd" }), -32_002],
      [() => client.readResource({ uri: "recollect://session/none" }), -32_002],
      [() => client.complete(completion), -32_601],
    ];
    for (const [ask, code] of cases)
      await assert.rejects(ask, (error) => error instanceof McpError && error.code === code);
    // It goes on answering.
    await client.ping();
  });
});

test("a request that the client takes back keeps nobody waiting, and others are answered", async () => {
  await connected(async (client) => {
    const taken = new AbortController();
    const search = { name: "recollect_memory_search", arguments: { query: "harbour" } };
    const asked = client.callTool(search, undefined, { signal: taken.signal });
    const other = call(client, "recollect_memory_context", {});
    taken.abort("not needed any more");
    await assert.rejects(asked);
    assert.notEqual(await other, "");
    assert.notEqual(await call(client, search.name, search.arguments), "");
  });
});

test("what is no message is passed over, and the end of the input ends the server", async () => {
  const server = spawn(process.execPath, [cli, "mcp", "--storage", folder], {
    cwd: workspace,
    stdio: ["pipe", "pipe", "pipe"],
  });
  let output = "";
  server.stdout.on("data", (bytes: Buffer) => (output += bytes.toString()));
  let problems = "";
  server.stderr.on("data", (bytes: Buffer) => (problems += bytes.toString()));
  const initialize = {
    ...{ jsonrpc: "2.0", id: 1, method: "initialize" },
    params: {
      protocolVersion: "2025-06-18",
      capabilities: {},
      clientInfo: { name: "x", version: "1" },
    },
  };
  server.stdin.write('no JSON at all: swordfish\n{"jsonrpc":"1.0"}\n');
  server.stdin.write(`${JSON.stringify(initialize)}\n`);
  while (!output.includes("\n")) await new Promise((resolve) => setTimeout(resolve, 10));
  assert.equal((JSON.parse(output) as { id: number }).id, 1);
  server.stdin.end();
  const code = await new Promise((resolve) => server.once("exit", resolve));
  assert.equal(code, 0);
  assert.match(problems, /protocol/);
  assert.doesNotMatch(problems, /swordfish/);
});
