/** What holds of every request, not only of those somebody thought of. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { gitRepository } from "../../../extension/src/node/git/gitRepository.js";
import { endpoints, type Endpoint } from "./endpoints.js";
import { Draw, type Field, type Known } from "./fields.js";
import { openHandler, type OpenHandler } from "./openFolder.js";
import { repositories } from "./repositories.js";

const SEED = Number(process.env["RECOLLECT_SEED"] ?? 20_261_121);
const ROUNDS = 12;

type Values = Record<string, unknown>;

test("every endpoint is in the table", async () => {
  await using open = await openHandler();
  const answered = open.handler.endpoints.filter((name) => !name.startsWith("GET /viewer."));
  assert.deepEqual(Object.keys(endpoints).sort(), [...new Set(answered)].sort());
});

test("a right request is never a fault of the server", async () => {
  const { clone, end } = await repositories();
  try {
    await using open = await openHandler({ repository: () => gitRepository(clone) });
    const draw = new Draw(SEED);
    for (let round = 0; round < ROUNDS; round += 1) {
      const known = await knownIn(open);
      for (const [name, endpoint] of Object.entries(endpoints)) {
        const places = rightOf(endpoint.places ?? {}, draw, known);
        const { status, about } = await ask(
          open,
          ...[name, endpoint, places, rightOf(endpoint.fields ?? {}, draw, known)],
        );
        assert.equal(status, 200, about);
      }
    }
    assert.deepEqual(open.errors, []);
  } finally {
    await end();
  }
});

test("a wrong request is refused with the field's name, and changes nothing", async () => {
  const { clone, end } = await repositories();
  try {
    await using open = await openHandler({ repository: () => gitRepository(clone) });
    const draw = new Draw(SEED);
    const known = await knownIn(open);
    const before = await contents(open);
    const refused = async (
      name: string,
      endpoint: Endpoint,
      places: Values,
      values: Values,
      says: string,
    ): Promise<void> => {
      const { status, text, about } = await ask(open, name, endpoint, places, values);
      assert.ok(status >= 400 && status < 500, about);
      const { error } = JSON.parse(text) as { error: string };
      assert.ok(error.startsWith(says) || error.startsWith("the body"), about);
    };
    for (const [name, endpoint] of Object.entries(endpoints)) {
      const { fields = {}, places = {} } = endpoint;
      const rightPlaces = rightOf(places, draw, known);
      // Only one field is to be wrong.
      const needed = Object.fromEntries(
        Object.entries(fields).filter(([, { isRequired }]) => isRequired),
      );
      const right = rightOf(needed, draw, known);
      for (const [field, { wrong, isRequired, says = field }] of Object.entries(fields)) {
        for (const value of wrong) {
          await refused(name, endpoint, rightPlaces, { ...right, [field]: value }, says);
        }
        if (isRequired !== true) continue;
        const without = Object.entries(right).filter(([other]) => other !== field);
        await refused(name, endpoint, rightPlaces, Object.fromEntries(without), says);
      }
      for (const [field, { wrong, says = field }] of Object.entries(places)) {
        for (const value of wrong) {
          await refused(name, endpoint, { ...rightPlaces, [field]: value }, right, says);
        }
      }
    }
    assert.deepEqual(await contents(open), before);
    assert.deepEqual(open.errors, []);
  } finally {
    await end();
  }
});

test("a body that is no JSON object is refused wherever there are fields", async () => {
  await using open = await openHandler();
  const draw = new Draw(SEED);
  const known = await knownIn(open);
  const before = await contents(open);
  for (const [name, endpoint] of Object.entries(endpoints)) {
    if (name.startsWith("GET ") || endpoint.fields === undefined) continue;
    const places = rightOf(endpoint.places ?? {}, draw, known);
    for (const body of ["{", "[]", "null", "7", '"a"', "\u0000", "{'a':1}"]) {
      const [method, path] = addressOf(name, places);
      const response = await open.send(method, path, body);
      const { error } = (await response.json()) as { error: string };
      assert.equal(response.status, 400, `${name} ${body}`);
      assert.match(error, /^the body/, `${name} ${body}`);
    }
  }
  assert.deepEqual(await contents(open), before);
});

/** Right values of all fields that are required, and of some of the others. */
function rightOf(fields: Readonly<Record<string, Field>>, draw: Draw, known: Known): Values {
  const drawn = Object.entries(fields).filter(
    ([, { isRequired }]) => isRequired === true || draw.below(2) === 0,
  );
  return Object.fromEntries(drawn.map(([name, { right }]) => [name, right(draw, known)]));
}

function addressOf(name: string, places: Values): [method: string, path: string] {
  const [method = "", path = ""] = name.split(" ");
  const filled = path.replace(/:(\w+)/g, (_, one: string) =>
    encodeURIComponent(String(places[one])),
  );
  return [method, filled];
}

async function ask(
  open: OpenHandler,
  name: string,
  endpoint: Endpoint,
  places: Values,
  values: Values,
): Promise<{ status: number; text: string; about: string }> {
  const [method, path] = addressOf(name, places);
  const query = new URLSearchParams(values as Record<string, string>).toString();
  const response =
    method === "GET"
      ? await open.send(method, `${path}?${query}`)
      : await open.send(method, path, values);
  const text = await textOf(response, endpoint.isStream);
  const about = `${method} ${path} ${JSON.stringify(values).slice(0, 300)} gave ${response.status}: ${text.slice(0, 300)}`;
  return { status: response.status, text, about };
}

/** The whole text, or the beginning of one that goes on for ever. */
async function textOf(response: Response, isStream = false): Promise<string> {
  if (!isStream) return response.text();
  const reader = response.body?.getReader();
  const first = await reader?.read();
  await reader?.cancel();
  return new TextDecoder().decode(first?.value as Uint8Array | undefined);
}

/** Something of every kind that can be asked for by its id. */
async function knownIn(open: OpenHandler): Promise<Known> {
  const json = async (path: string, body?: object): Promise<Values> => {
    const response = await open.send(body === undefined ? "GET" : "POST", path, body);
    assert.equal(response.status, 200, path);
    return (await response.json()) as Values;
  };
  const { sessionDbId } = await json("/api/sessions/init", {
    claudeSessionId: "known",
    prompt: "What is there?",
  });
  const { session_id } = await json("/api/ide/session/start", {});
  const memory = await json("/memory/add", { content: "what is there" });
  const spare = await json("/memory/add", { content: "what is to go" });
  const newest = async (path: string): Promise<number> => {
    const { items } = await json(`${path}?limit=1`);
    return (items as { id: number }[])[0]?.id ?? 0;
  };
  return {
    session: Number(sessionDbId),
    observation: await newest("/api/observations"),
    prompt: await newest("/api/prompts"),
    key: String(session_id),
    memory: String(memory["id"]),
    spare: String(spare["id"]),
  };
}

async function contents(open: OpenHandler): Promise<unknown> {
  const stats = await open.memories.stats();
  const { total } = await open.memories.sessions({});
  const settings: unknown = await (await open.send("GET", "/api/settings")).json();
  const tools: unknown = await (await open.send("GET", "/api/mcp/status")).json();
  return { ...stats, total, settings, tools };
}
