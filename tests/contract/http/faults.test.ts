/** Faults that others have had, and what must hold of any endpoint. */
import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import {
  NotRecordingError,
  WriteGuard,
} from "../../../extension/src/common/memories/WriteGuard.js";
import { gitRepository } from "../../../extension/src/node/git/gitRepository.js";
import { openHandler, type OpenHandler, requestOf } from "./openFolder.js";
import { repositories } from "./repositories.js";

type Json = Record<string, unknown>;

async function get(open: OpenHandler, path: string): Promise<Json> {
  const response = await open.send("GET", path);
  const text = await response.text();
  assert.equal(response.status, 200, `${path} gave ${response.status}: ${text}`);
  return JSON.parse(text) as Json;
}

async function post(open: OpenHandler, path: string, body: object): Promise<Json> {
  const response = await open.send("POST", path, body);
  const text = await response.text();
  assert.equal(response.status, 200, `${path} gave ${response.status}: ${text}`);
  return JSON.parse(text) as Json;
}

function found(answer: Json): number {
  return lengths(answer).reduce((sum, length) => sum + length, 0);
}

/** How many observations, sessions and prompts were found. */
function lengths({ observations, sessions, prompts }: Json): number[] {
  return [observations, sessions, prompts].map((list) => (list as unknown[]).length);
}

/** A line that names what the file is called for. */
function nameIn(file: string): string {
  return `const ${/(\w+)\.ts$/.exec(file)?.[1] ?? "it"}Size = 2;`;
}

const edit = (session: string, file: string, more: object = {}): object => ({
  claudeSessionId: session,
  tool_name: "Edit",
  tool_input: { file_path: file, old_string: "const a = 1;", new_string: nameIn(file) },
  tool_response: {},
  cwd: "/home/somebody/shop",
  ...more,
});

async function aDay(open: OpenHandler): Promise<void> {
  const session = { claudeSessionId: "s", cwd: "/home/somebody/shop" };
  await post(open, "/api/sessions/init", { ...session, prompt: "Mend the kettle" });
  await post(open, "/api/sessions/observations", edit("s", "/home/somebody/shop/kettle.ts"));
  await post(open, "/api/sessions/observations", edit("s", "/home/somebody/shop/stove.ts"));
  await post(open, "/api/sessions/summarize", {
    ...session,
    last_assistant_message: "The kettle boils.",
  });
}

test("type=all and comma lists find what each of them would", async () => {
  await using open = await openHandler();
  await aDay(open);
  assert.equal(found(await get(open, "/api/search?query=kettle&type=all")), 3);
  assert.equal(found(await get(open, "/api/search?query=kettle")), 3);
  const two = await get(open, "/api/search?query=kettle&type=observations,prompts");
  assert.deepEqual(lengths(two), [1, 0, 1]);
});

test("a filter alone is a search", async () => {
  await using open = await openHandler();
  await aDay(open);
  for (const filter of [
    "project=shop",
    "obs_type=change,bugfix,feature,refactor,discovery,decision",
    "files=kettle.ts",
    "dateStart=2020-01-01",
    "type=prompts",
  ]) {
    assert.ok(found(await get(open, `/api/search?${filter}`)) > 0, filter);
  }
});

test("the limit is for the whole answer", async () => {
  await using open = await openHandler();
  await aDay(open);
  assert.equal(found(await get(open, "/api/search?limit=2")), 2);
  assert.equal(found(await get(open, "/api/search?limit=2&offset=2")), 2);
  assert.equal(found(await get(open, "/api/search?limit=2&offset=4")), 0);
});

test("limits and dates that mean nothing are refused, and epochs work", async () => {
  await using open = await openHandler();
  await aDay(open);
  for (const wrong of [
    "limit=-1",
    "limit=0",
    "limit=abc",
    "limit=1.5",
    "limit=1e3",
    "offset=-1",
    "dateStart=yesterday",
    "dateEnd=2026-02-30",
    "dateStart=-1",
  ]) {
    const response = await open.send("GET", `/api/search?query=kettle&${wrong}`);
    const { error } = (await response.json()) as { error: string };
    assert.equal(response.status, 400, wrong);
    assert.ok(error.startsWith(wrong.split("=")[0] ?? ""), error);
  }
  const now = Date.now();
  assert.equal(found(await get(open, `/api/search?dateStart=${now - 60_000}`)), 4);
  // A plus that was not escaped.
  for (const [time, count] of [
    ["2020-01-01T00:00:00+02:00", 4],
    ["2120-01-01T00:00+0200", 0],
  ] as const) {
    assert.equal(found(await get(open, `/api/search?dateStart=${time}`)), count);
    assert.equal(found(await get(open, `/api/search?query=since:${time}`)), count);
  }
  assert.equal(found(await get(open, `/api/search?dateStart=${now + 60_000}`)), 0);
  assert.equal(found(await get(open, `/api/search?dateEnd=${Math.floor(now / 1000) - 60}`)), 0);
});

test("a day that ends a range belongs to it", async () => {
  await using open = await openHandler();
  await aDay(open);
  const day = new Date().toISOString().slice(0, 10);
  assert.equal(found(await get(open, `/api/search?dateStart=${day}&dateEnd=${day}`)), 4);
});

test("the context holds what was saved by hand, and no clock of its own", async () => {
  await using open = await openHandler();
  await aDay(open);
  await post(open, "/api/memory/save", {
    text: "The cellar key is under the mat",
    project: "shop",
  });
  const inject = async (): Promise<string> =>
    (await open.send("GET", "/api/context/inject?project=shop")).text();
  const first = await inject();
  assert.match(first, /cellar key/);
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  assert.equal(await inject(), first);
  const recent = await get(open, "/api/context/recent?project=shop");
  assert.match(JSON.stringify(recent), /cellar key/);
  await post(open, "/api/memory/save", { text: "The attic is locked", project: "shop" });
  assert.notEqual(await inject(), first);
});

test("what a prompt keeps private is known before anything follows from it", async () => {
  await using open = await openHandler();
  const cwd = "/home/somebody/shop";
  const init = (key: string, prompt: string): Promise<Json> =>
    post(open, "/api/sessions/init", { contentSessionId: key, prompt, cwd });
  const observe = (key: string): Promise<Json> =>
    post(open, "/api/sessions/observations", edit(key, "/home/somebody/shop/a.ts"));
  const summarise = (key: string): Promise<Json> =>
    post(open, "/api/sessions/summarize", {
      claudeSessionId: key,
      last_assistant_message: "Done.",
    });
  const skipped = { status: "skipped", reason: "private" };

  assert.equal((await init("private", "<private>who am I?</private>"))["reason"], "private");
  assert.deepEqual(await observe("private"), skipped);
  assert.deepEqual(await summarise("private"), skipped);
  await init("public", "What is <private>not</private> known?");
  assert.deepEqual(await observe("public"), { status: "queued" });
  assert.deepEqual(await observe("unheard of"), { status: "queued" });
  // The next prompt is no secret.
  await init("private", "And now?");
  assert.deepEqual(await observe("private"), { status: "queued" });
  const last = await post(open, "/api/sessions/summarize", {
    contentSessionId: "only told at the end",
    last_user_message: "<private>all of it</private>",
    last_assistant_message: "Done.",
  });
  assert.deepEqual(last, skipped);
  const everything = JSON.stringify(await get(open, "/api/prompts"));
  assert.doesNotMatch(everything, /who am I|not known|all of it/);
});

test("what is saved passes the same filter as everything else", async () => {
  await using open = await openHandler();
  const token = ["ghp", "16C7e42F292c6912E7710c838347Ae178B4a"].join("_");
  const text = `The token is ${token} and <private>the rest</private> is public`;
  await post(open, "/api/memory/save", { text });
  await post(open, "/memory/add", { content: text });
  await post(open, "/api/ide/events", { event_type: "build", content: text });
  await post(open, "/projects/p/memories", { key: "k", value: text });
  await post(
    open,
    "/api/sessions/observations",
    edit("s", "/a.ts", { tool_input: { command: text } }),
  );
  const shown = await Promise.all(
    ["/memory/all", "/api/search?format=full", "/projects/p/memories", "/api/observations"].map(
      async (path) => JSON.stringify(await get(open, path)),
    ),
  );
  assert.match(shown.join("\n"), /The token is/);
  assert.doesNotMatch(shown.join("\n"), /16C7e42F|the rest/);
});

test("what is recalled is not stored again", async () => {
  await using open = await openHandler();
  await aDay(open);
  const context = await (await open.send("GET", "/api/context/inject")).text();
  await post(open, "/api/memory/save", { text: `Remember this. ${context} And that.` });
  const { observations } = await get(
    open,
    "/api/search?query=remember&type=observations&format=full",
  );
  assert.deepEqual((observations as Json[]).length, 1);
  assert.doesNotMatch(JSON.stringify(observations), /kettle/);
});

test("an id or a name that a client leaves empty is one that it does not know", async () => {
  await using open = await openHandler();
  const cases: [path: string, body: object][] = [
    ["/api/sessions/init", { claudeSessionId: "s", prompt: "a", project: "", platformSource: "" }],
    ["/api/sessions/observations", { ...edit("s", "/home/somebody/a.ts"), platformSource: "" }],
    ["/api/memory/save", { text: "a", project: "" }],
    ["/api/ide/session/start", { user_id: "", project_name: "", ide_name: "" }],
    ["/api/ide/events", { event_type: "build", session_id: "" }],
    ["/api/ide/context", { query: "a", session_id: "", file_path: "" }],
  ];
  for (const [path, body] of cases) await post(open, path, body);
  const needed = { claudeSessionId: "", prompt: "a" };
  assert.equal((await open.send("POST", "/api/sessions/init", needed)).status, 400);
});

test("a body that is no JSON, too large or too deep is refused", async () => {
  await using open = await openHandler();
  const path = "/api/sessions/observations";
  for (const body of ["", "{", "null", "[]", "7", '"text"']) {
    const response = await open.send("POST", path, body);
    assert.equal(response.status, 400, body);
    assert.match(((await response.json()) as { error: string }).error, /^the body/);
  }
  const large = await open.send(
    "POST",
    path,
    edit("s", "/a.ts", { tool_response: "x".repeat(17e6) }),
  );
  assert.equal(large.status, 413);
  const deep = `{"event_type":"build","metadata":{"a":${"[".repeat(1e5)}${"]".repeat(1e5)}}}`;
  const nested = await open.send("POST", "/api/ide/events", deep);
  assert.equal(nested.status, 400, await nested.text());
  const long = await open.send("POST", "/api/memory/save", { text: "word ".repeat(20_000) });
  assert.equal(long.status, 413);
  assert.deepEqual(await get(open, "/memory/all"), { items: [] });
  assert.deepEqual(open.errors, []);
});

test("memories that cannot be opened are not ready yet, and health says the rest", async () => {
  await using open = await openHandler({}, { readModule: () => Promise.reject(new Error("gone")) });
  const response = await open.send("GET", "/api/stats");
  assert.equal(response.status, 503);
  assert.equal(response.headers.get("Retry-After"), "1");
  assert.match(((await response.json()) as { error: string }).error, /not ready/);
  assert.equal((await open.send("GET", "/api/health")).status, 200);
});

test("what the user has switched off is skipped by hooks and refused to others", async () => {
  const guard = {
    admit(): void {
      throw new NotRecordingError("paused");
    },
  };
  await using open = await openHandler({}, { guard });
  const skipped = { status: "skipped", reason: "paused" };
  assert.deepEqual(await post(open, "/api/sessions/observations", edit("s", "/a.ts")), skipped);
  const init = { claudeSessionId: "s", prompt: "Mend the kettle" };
  assert.deepEqual(await post(open, "/api/sessions/init", init), {
    ...{ sessionDbId: 0, promptNumber: 0 },
    ...{ skipped: true, reason: "paused" },
  });
  const end = { claudeSessionId: "s", last_assistant_message: "Done." };
  assert.deepEqual(await post(open, "/api/sessions/summarize", end), skipped);
  assert.equal((await open.send("POST", "/memory/add", { content: "a" })).status, 403);
});

test("a store that cannot write says so, and that it is worth trying again", async () => {
  const store = {
    list: async () => [],
    read: async () => undefined,
    putNew: () => Promise.reject(new Error("no space left")),
    delete: async () => undefined,
  };
  await using open = await openHandler({}, { store, retryDelaysMs: [1e6] });
  const response = await open.send("POST", "/memory/add", { content: "a" });
  assert.equal(response.status, 503);
  assert.equal(response.headers.get("Retry-After"), "5");
});

test("requests to one new session begin it once", async () => {
  await using open = await openHandler();
  const files = Array.from({ length: 20 }, (_, index) => `/home/somebody/shop/${index}.ts`);
  await Promise.all(
    files.map((file) => post(open, "/api/sessions/observations", edit("together", file))),
  );
  const { sessions } = await open.memories.sessions({});
  assert.deepEqual(
    sessions.map(({ key }) => key),
    ["together"],
  );
  assert.equal(((await get(open, "/api/observations"))["items"] as unknown[]).length, 20);
});

test("a session that was forgotten begins anew", async () => {
  await using open = await openHandler();
  await aDay(open);
  await open.memories.forget({ isEverything: true });
  await post(open, "/api/sessions/observations", edit("s", "/home/somebody/shop/new.ts"));
  const { items } = await get(open, "/api/observations");
  assert.equal((items as Json[]).length, 1);
  const { sessions } = await open.memories.sessions({});
  assert.equal(sessions.length, 1);
  assert.ok(sessions[0]?.id);
});

test("a stream of a request that breaks off does not stay", async () => {
  await using open = await openHandler();
  const response = await open.handler(requestOf("http://recollect/stream", "GET", undefined));
  const reader = response.body?.getReader();
  await reader?.read();
  const clients = async (): Promise<unknown> =>
    ((await get(open, "/api/stats"))["worker"] as Json)["sseClients"];
  assert.equal(await clients(), 1);
  await reader?.cancel();
  assert.equal(await clients(), 0);
});

test("a value whose time is over is gone, and what was asked for last comes first", async () => {
  await using open = await openHandler();
  const path = "/projects/p/memories";
  for (const key of ["first", "second", "third"]) await post(open, path, { key, value: key });
  await post(open, path, { key: "short", value: "short", ttl_seconds: 1 });
  assert.equal((await get(open, path))["count"], 4);
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  await get(open, `${path}?key=first`);
  const { memories } = await get(open, path);
  const keys = (memories as Json[]).map(({ memory_key }) => memory_key);
  assert.equal(keys.length, 3);
  assert.equal(keys[0], "first");
  assert.equal((await open.send("GET", `${path}?key=short`)).status, 404);
});

test("a text that was cut in the middle of a character is kept", async () => {
  await using open = await openHandler();
  const body = String.raw`{"content":"The kettle \ud83e\uded6 is \\ud800 blue \ud83e","metadata":{"\udc00":1}}`;
  const response = await open.send("POST", "/memory/add", body);
  assert.equal(response.status, 200, await response.text());
  const { items } = await get(open, "/memory/all");
  const [{ content } = {}] = items as Json[];
  assert.equal(content, "The kettle \u{1fad6} is \\ud800 blue \ufffd");
});

test("the stream keeps the order of requests, however long it takes to tell of one", async () => {
  await using open = await openHandler();
  const aliases = open.memories.aliases.bind(open.memories);
  open.memories.aliases = async (ids) => {
    await new Promise((resolve) => setTimeout(resolve, 50));
    return aliases(ids);
  };
  const stream = await open.send("GET", "/stream");
  await aDay(open);
  open.handler.close();
  const types = [...(await stream.text()).matchAll(/^data: \{"type":"(\w+)"/gm)].map(
    ([, type]) => type,
  );
  assert.deepEqual(
    types.filter((type) => type !== "processing_status"),
    [
      "initial_load",
      ...["session_started", "new_prompt"],
      ...["observation_queued", "observation_created", "new_observation"],
      ...["observation_queued", "observation_created", "new_observation"],
      ...["summarize_queued", "summary_created", "new_summary"],
    ],
  );
});

test("an error has the status of an error, and says what it is", async () => {
  const { clone, end } = await repositories();
  await writeFile(join(clone, "a.txt"), "changed\n");
  const guard = new WriteGuard({ get: () => undefined, update: async () => undefined });
  await using open = await openHandler({ repository: () => gitRepository(clone) }, { guard });
  const errors: [method: string, path: string, body: unknown, status: number][] = [
    ["GET", "/api/search?limit=abc", undefined, 400],
    ["GET", "/api/observation/7", undefined, 404],
    ["GET", "/api/nothing", undefined, 404],
    ["POST", "/api/stats", {}, 404],
    ["GET", "/sessions/nobody/context", undefined, 404],
    ["POST", "/api/branch/switch", { branch: "main" }, 409],
    ["POST", "/memory/add", { content: "word ".repeat(20_000) }, 413],
  ];
  for (const [method, path, body, status] of errors) {
    const response = await open.send(method, path, body);
    assert.equal(response.status, status, path);
    const answer = (await response.json()) as Json;
    assert.deepEqual(Object.keys(answer), ["error"], path);
    assert.equal(typeof answer["error"], "string", path);
  }
  const statuses = new Set<number>();
  for (let number = 0; number < 61; number += 1) {
    statuses.add((await open.send("POST", "/memory/add", { content: `${number}` })).status);
  }
  assert.deepEqual([...statuses], [200, 429]);
  const refused = await open.send("POST", "/memory/add", { content: "one more" });
  assert.equal(refused.headers.get("Retry-After"), "60");
  await end();
});
