/** How much may be told, and in whose words it is said that it was too much. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { openHandler } from "./openFolder.js";

const many = (count: number): string[] => Array.from({ length: count }, (_, index) => `t${index}`);
const named = (count: number): object => Object.fromEntries(many(count).map((name) => [name, 1]));
const nested = (depth: number): string => `${"[".repeat(depth)}${"]".repeat(depth)}`;
const LONG = "word ".repeat(14_000);
const PRIVATE = "<private>x</private>";

test("what is too much or says nothing is refused by the name that the client gave it", async () => {
  await using open = await openHandler();
  const id = (
    (await (await open.send("POST", "/memory/add", { content: "a" })).json()) as {
      id: string;
    }
  ).id;
  const cases: [method: string, path: string, body: unknown, status: number, field: string][] = [
    ["POST", "/memory/add", { content: LONG }, 413, "content"],
    ["POST", "/memory/add", { content: "a", tags: many(33) }, 400, "tags"],
    ["POST", "/memory/add", { content: "a", tags: ["x".repeat(65)] }, 413, "tags"],
    ["POST", "/memory/add", { content: "a", metadata: named(129) }, 400, "metadata"],
    [
      "POST",
      "/memory/add",
      { content: "a", metadata: { project: PRIVATE } },
      400,
      "metadata.project",
    ],
    ["PATCH", `/memory/${id}`, { content: LONG }, 413, "content"],
    ["PATCH", `/memory/${id}`, { tags: many(33) }, 400, "tags"],
    ["POST", "/api/memory/save", { text: LONG }, 413, "text"],
    ["POST", "/api/sessions/init", { claudeSessionId: "s", prompt: 7 }, 400, "prompt"],
    [
      "POST",
      "/api/sessions/init",
      { claudeSessionId: "й".repeat(300), prompt: "a" },
      400,
      "claudeSessionId",
    ],
    [
      "POST",
      "/api/sessions/init",
      { claudeSessionId: "s", prompt: "a", cwd: `/${"a/".repeat(2_000)}` },
      413,
      "cwd",
    ],
    ["POST", "/api/ide/events", { event_type: "й".repeat(300) }, 400, "event_type"],
    ["POST", "/api/ide/events", { event_type: "build", metadata: named(65) }, 400, "metadata"],
    [
      "POST",
      "/api/ide/events",
      { event_type: "build", session_id: "new", metadata: named(65) },
      400,
      "metadata",
    ],
    [
      "POST",
      "/api/ide/events",
      {
        event_type: "build",
        session_id: "new",
        metadata: { a: "b".repeat(65_000) },
        content: "c".repeat(5_000),
      },
      413,
      "metadata",
    ],
    [
      "POST",
      "/api/ide/events",
      `{"event_type":"build","session_id":"new","metadata":{"a":${nested(20)}}}`,
      400,
      "metadata",
    ],
    ["POST", "/sessions/new/context", { file_path: "a.ts", decision: " " }, 400, "decision"],
    ["POST", "/api/ide/session/start", { project_name: PRIVATE }, 400, "project_name"],
    ["POST", "/sessions/s/context", { decision: LONG }, 413, "decision"],
    ["POST", "/sessions/s/context", { decision: "" }, 400, "decision"],
    ["POST", "/sessions/s/context", { search_query: " " }, 400, "search_query"],
    ["POST", "/projects/p/memories", { key: "k", value: LONG }, 413, "value"],
    [
      "POST",
      "/projects/p/memories",
      { key: "k", value: "v", metadata: named(65) },
      400,
      "metadata",
    ],
    ["POST", "/memory/add", `{"content":"a","metadata":{"a":${nested(1e5)}}}`, 400, "the body"],
    [
      "POST",
      "/projects/p/memories",
      `{"key":"k","value":"v","metadata":{"a":${nested(20)}}}`,
      400,
      "metadata",
    ],
    [
      "POST",
      "/api/sessions/observations",
      `{"claudeSessionId":"s","tool_name":"a","tool_input":${nested(1e6)}}`,
      400,
      "the body",
    ],
  ];
  const contents = async (): Promise<unknown> => {
    const { total } = await open.memories.sessions({});
    return { ...(await open.memories.stats()), total };
  };
  const before = await contents();
  for (const [method, path, body, status, field] of cases) {
    const response = await open.send(method, path, body);
    const { error } = (await response.json()) as { error: string };
    const about = `${path} ${JSON.stringify(body).slice(0, 60)}: ${error}`;
    assert.equal(response.status, status, about);
    assert.ok(error.startsWith(`${field} `) || error.startsWith(`${field}:`), about);
  }
  assert.deepEqual(await contents(), before);
  assert.deepEqual(open.errors, []);
});

test("brackets inside of texts are no depth", async () => {
  await using open = await openHandler();
  const content = `"[[{\\ ${"[".repeat(500)}`;
  const response = await open.send("POST", "/memory/add", { content });
  assert.equal(response.status, 200);
});

test("a prompt that is too long for a memory is kept to the end of a word", async () => {
  await using open = await openHandler();
  const prompt = "Mend the kettle and the stove, ".repeat(20_000);
  const session = { claudeSessionId: "s", cwd: "/home/somebody/shop" };
  const init = await open.send("POST", "/api/sessions/init", { ...session, prompt });
  assert.equal(init.status, 200);
  const message = "It boils and burns. ".repeat(20_000);
  const summary = { ...session, last_user_message: prompt, last_assistant_message: message };
  assert.equal((await open.send("POST", "/api/sessions/summarize", summary)).status, 200);
  const { items } = (await (await open.send("GET", "/api/prompts")).json()) as {
    items: { prompt_text: string }[];
  };
  const [{ prompt_text: kept } = { prompt_text: "" }] = items;
  assert.ok(kept.length > 50_000 && kept.length <= 65_536, `${kept.length}`);
  assert.match(kept, /(Mend|the|kettle|and|stove,) …$/);
});

test("a long prompt that is private as a whole stays so", async () => {
  await using open = await openHandler();
  const prompt = `<private>${"nobody knows ".repeat(20_000)}</private>`;
  const session = { claudeSessionId: "s", cwd: "/home/somebody/shop" };
  const init = await open.send("POST", "/api/sessions/init", { ...session, prompt });
  assert.equal(((await init.json()) as { reason?: string }).reason, "private");
  assert.equal((await open.memories.stats()).byKind["prompt"], undefined);
});

test("an event that is too long is cut, after what is private was taken out", async () => {
  await using open = await openHandler();
  const secret = `ghp_${"aB3dE5gH7j".repeat(4).slice(0, 36)}`;
  // Wherever the cut falls, no part of the secret is kept.
  for (const words of [11_900, 12_270, 12_275, 12_280, 13_100]) {
    const content = `${"word ".repeat(words)}${secret} ${LONG}<private>hidden ${LONG}`;
    const response = await open.send("POST", "/api/ide/events", { event_type: "build", content });
    assert.equal(response.status, 200);
    const { memory_id } = (await response.json()) as { memory_id: string };
    const kept = await (await open.send("GET", `/memory/${memory_id}`)).text();
    assert.match(kept, /word word/);
    assert.doesNotMatch(kept, /ghp_|hidden/);
  }
  const content = `<private>${LONG}</private>`;
  const event = { event_type: "build", content };
  const response = await open.send("POST", "/api/ide/events", event);
  assert.equal(response.status, 200, await response.text());
});
