/** What today's clients of claude-mem need beyond the shapes of answers. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { carryOut } from "./Case.js";
import { aDay } from "./claudeMem.js";
import { endpoints } from "./endpoints.js";
import { openHandler, type OpenHandler } from "./openFolder.js";

async function json(open: OpenHandler, path: string): Promise<Record<string, unknown>> {
  return (await (await open.send("GET", path)).json()) as Record<string, unknown>;
}

test("readiness is 503 while the memories are opened, and health answers all the same", async () => {
  let begin = (): void => undefined;
  const begun = new Promise<void>((resolve) => (begin = resolve));
  const readModule = async (): Promise<Uint8Array> => {
    await begun;
    throw new Error("gone");
  };
  await using open = await openHandler({}, { readModule });
  const startedAt = performance.now();
  const waiting = await open.send("GET", "/api/readiness");
  assert.equal(waiting.status, 503);
  assert.equal(waiting.headers.get("Retry-After"), "1");
  assert.match(await waiting.text(), /"status":"initializing"/);
  assert.ok(performance.now() - startedAt < 2_000, "a hook that waits long gives up");
  assert.deepEqual(await json(open, "/api/health"), { status: "ok" });
  begin();
  assert.equal((await open.send("GET", "/api/readiness")).status, 503, "it could not be opened");
  await using other = await openHandler();
  await other.memories.open();
  assert.equal((await other.send("GET", "/api/readiness")).status, 200);
});

test("every answer is of the type it names, and nobody keeps it", async () => {
  await using open = await openHandler();
  const asked = [...Object.keys(endpoints), "GET /viewer.js", "GET /viewer.css", "GET /nowhere"];
  for (const name of [...asked, "POST /memory/add"]) {
    const [method = "", path = ""] = name.split(" ");
    const body = method === "GET" || method === "DELETE" ? undefined : "{";
    const response = await open.send(method, path.replaceAll(/:\w+/g, "1"), body);
    assert.equal(response.headers.get("X-Content-Type-Options"), "nosniff", name);
    assert.match(response.headers.get("Cache-Control") ?? "", /no-store/, name);
    await response.body?.cancel();
  }
});

test("like claude-mem, a timeline is an object, and a search's type may be one of observations", async () => {
  await using open = await openHandler({ isLikeToday: true });
  await carryOut(aDay, open.send);
  const { observations } = await json(open, "/api/search?query=retry&type=observations");
  const [{ id, obs_type } = { id: 0, obs_type: "" }] = observations as {
    id: number;
    obs_type: string;
  }[];
  const around = await json(open, `/api/timeline?anchor=${id}&depth_before=1&depth_after=1`);
  assert.equal(around["anchor"], id);
  assert.equal((around["timeline"] as unknown[]).length, 3);
  const [{ type, text } = { type: "", text: "" }] = around["content"] as {
    type: string;
    text: string;
  }[];
  assert.equal(type, "text");
  assert.match(text, new RegExp(`#${id}`));
  const byType = await json(open, `/api/search?query=retry&type=${obs_type}`);
  assert.equal((byType["observations"] as unknown[]).length, 1);
  const byOther = await json(open, "/api/search?query=retry&type=nosuchtype");
  assert.equal((byOther["observations"] as unknown[]).length, 0);
});

test("the stream names the projects at its beginning, and gives what it tells under both names", async () => {
  await using open = await openHandler();
  await open.send("POST", "/api/memory/save", { text: "The kettle is blue", project: "kitchen" });
  const stream = await open.send("GET", "/stream");
  await carryOut(aDay, open.send);
  open.handler.close();
  const events = [...(await stream.text()).matchAll(/^data: (.*)$/gm)].map(
    ([, data]) => JSON.parse(data ?? "") as Record<string, Record<string, unknown>>,
  );
  const told = (type: string): Record<string, Record<string, unknown>>[] =>
    events.filter((event) => (event["type"] as unknown) === type);
  assert.deepEqual(told("initial_load")[0]?.["projects"], ["kitchen"]);
  assert.deepEqual(
    told("new_observation").map(({ observation }) => observation),
    told("observation_created").map(({ observation }) => observation),
  );
  assert.deepEqual(told("new_summary")[0]?.["summary"], told("summary_created")[0]?.["summary"]);
  const { observation } = told("new_observation")[0] ?? {};
  for (const field of ["narrative", "type", "files_read", "files_modified"]) {
    assert.equal(typeof observation?.[field], "string", field);
  }
  const { summary } = told("new_summary")[0] ?? {};
  assert.match(String(summary?.["request"]), /retries/);
  for (const field of ["completed", "next_steps"]) {
    assert.equal(typeof summary?.[field], "string", field);
  }
  const [prompt] = told("new_prompt");
  assert.equal(prompt?.["prompt"]?.["prompt_text"], prompt?.["prompt_text"]);
});

test("the injected context holds as many observations as were asked for", async () => {
  for (const contextObservations of [1, 3, 60]) {
    await using open = await openHandler({ contextObservations });
    for (let index = 0; index < 61; index += 1) {
      const text = `The kettle number ${index} is blue`;
      await open.send("POST", "/api/memory/save", { text, project: "shop" });
    }
    const injected = await (await open.send("GET", "/api/context/inject?project=shop")).text();
    assert.equal(injected.match(/^\[m\d+\]/gm)?.length, contextObservations);
  }
});

test("a session that is summed up and ends tells of one summary", async () => {
  await using open = await openHandler();
  const stream = await open.send("GET", "/stream");
  await carryOut(aDay, open.send);
  await open.send("POST", "/api/sessions/complete", { claudeSessionId: "abc123" });
  open.handler.close();
  assert.equal((await stream.text()).match(/"type":"summary_created"/g)?.length, 1);
});

test("equal requests have equal ranks", async () => {
  await using open = await openHandler();
  await carryOut(aDay, open.send);
  const path = "/api/search?query=retry%20retries&format=full";
  const first = await json(open, path);
  await new Promise((resolve) => setTimeout(resolve, 30));
  assert.deepEqual(await json(open, path), first);
});

test("a search gives the newest or the oldest first, page by page", async () => {
  await using open = await openHandler();
  for (let index = 0; index < 7; index += 1) {
    const text = `The kettle number ${index} is blue`;
    await open.send("POST", "/api/memory/save", { text, project: "shop" });
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  const numbers = async (query: string): Promise<number[]> => {
    const { observations } = await json(open, `/api/search?${query}`);
    return (observations as { title: string }[]).map(({ title }) =>
      Number(/number (\d)/.exec(title)?.[1]),
    );
  };
  for (const words of ["query=kettle&", "project=shop&", "query=kettle&type=observations&"]) {
    assert.deepEqual(await numbers(`${words}orderBy=date_asc`), [0, 1, 2, 3, 4, 5, 6]);
    assert.deepEqual(await numbers(`${words}orderBy=date_desc`), [6, 5, 4, 3, 2, 1, 0]);
    assert.deepEqual(await numbers(`${words}orderBy=date_asc&limit=3`), [0, 1, 2]);
    assert.deepEqual(await numbers(`${words}orderBy=date_asc&limit=3&offset=3`), [3, 4, 5]);
    assert.deepEqual(await numbers(`${words}orderBy=date_asc&limit=3&offset=6`), [6]);
    assert.deepEqual(await numbers(`${words}orderBy=date_asc&limit=3&offset=7`), []);
    assert.deepEqual(await numbers(`${words}orderBy=date_asc&offset=1000`), []);
  }
  assert.deepEqual(await numbers("query=teapot&orderBy=date_asc"), []);
});
