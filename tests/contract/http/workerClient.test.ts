/** What the section on testing of claude-mem's guide asserts of its client, against `serve`. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { freePort } from "./freePort.js";
import { installClients } from "./published.js";
import { Server } from "./Server.js";
import { WorkerClient, type WorkerEvent } from "./WorkerClient.js";

const PORT = "CLAUDE_MEM_WORKER_PORT";
const WITHOUT_TOKEN = ["--no-token", "--let-every-local-program-read-and-write"];

describe("the guide's client", () => {
  let server: Server;
  let client: WorkerClient;
  const portBefore = process.env[PORT];

  before(async () => {
    installClients();
    // Client and server find each other through the environment, as the guide has it.
    const port = String(await freePort());
    process.env[PORT] = port;
    server = await Server.start(WITHOUT_TOKEN, { env: { [PORT]: port } });
    client = new WorkerClient();
  });

  after(async () => {
    if (portBefore === undefined) Reflect.deleteProperty(process.env, PORT);
    else process.env[PORT] = portBefore;
    await server[Symbol.asyncDispose]();
  });

  test("should check worker health", async () => {
    assert.equal(await client.isHealthy(), true);
    assert.equal(await new WorkerClient(await freePort()).isHealthy(), false);
  });

  test("should queue observation", async () => {
    const result = await client.queueObservation({
      claudeSessionId: "test-123",
      tool_name: "Bash",
      tool_input: { command: "ls" },
      tool_response: { stdout: "file1.txt" },
      cwd: "/tmp",
    });
    assert.equal(result.status, "queued");
  });

  test("should search observations", async () => {
    const results = await client.search({ query: "test", limit: 5 });
    assert.ok(Object.hasOwn(results, "observations"));
  });

  test("should respond to health check, by the name localhost too", async () => {
    const response = await fetch(`http://localhost:${process.env[PORT] ?? ""}/api/health`);
    assert.equal(response.ok, true);
  });

  test("its checklist: a session from the first observation to the end, and what is told of it", async () => {
    const events: WorkerEvent[] = [];
    const told = (type: string): WorkerEvent | undefined =>
      events.find((event) => event.type === type);
    const source = client.connectSSE((event) => events.push(event));
    try {
      await eventually(() => told("processing_status"));
      const session = { claudeSessionId: "checklist", cwd: "/home/somebody/shop" };
      const queued = await client.queueObservation({
        ...session,
        tool_name: "Edit",
        tool_input: {
          file_path: "/home/somebody/shop/kettle.ts",
          old_string: "const heat = 1;",
          new_string: "const kettleHeat = 2; // <private>for the neighbours</private>",
        },
        tool_response: { success: true },
      });
      assert.equal(queued.status, "queued");
      const summarised = await client.queueSummarize({
        claudeSessionId: "checklist",
        last_user_message: "Mend the kettle",
        last_assistant_message: "The kettle boils again.",
      });
      assert.equal(summarised.status, "queued");
      await client.completeSession("checklist");

      for (const [type, list] of [
        ["observations", "observations"],
        ["sessions", "sessions"],
        ["prompts", "prompts"],
      ] as const) {
        const found = await client.search({ query: "kettle", type, format: "full" });
        assert.equal(found[list]?.length, 1, type);
        assert.equal(found[list][0]?.["project"], "shop");
        assert.doesNotMatch(JSON.stringify(found), /neighbours/);
      }
      const observed = await eventually(() => told("observation_created"));
      assert.equal((observed["observation"] as { project: string }).project, "shop");
      await eventually(() => told("summary_created"));
      await eventually(() => told("new_prompt"));
    } finally {
      source.close();
    }
  });

  test("its checklist: a prompt that is private as a whole is skipped", async () => {
    const skipped = await client.queueSummarize({
      claudeSessionId: "secret",
      last_user_message: "<private>the cellar key is under the mat</private>",
    });
    assert.deepEqual(skipped, { status: "skipped", reason: "private" });
    const { prompts } = await client.search({ query: "cellar", type: "prompts" });
    assert.deepEqual(prompts, []);
  });

  test("its errors: a refusal is one, and nothing of it is kept", async () => {
    await assert.rejects(
      client.queueObservation({
        claudeSessionId: "",
        tool_name: "Bash",
        tool_input: {},
        tool_response: {},
      }),
      /Bad Request/,
    );
    await assert.rejects(client.search({ limit: -1 }), /Bad Request/);
  });
});

/** What is there a little later, at most. */
async function eventually<Value>(look: () => Value | undefined): Promise<Value> {
  for (const end = Date.now() + 10_000; Date.now() < end;) {
    const value = look();
    if (value !== undefined) return value;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error("it did not come");
}
