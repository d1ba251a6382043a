/** What holds of every request, not only of those somebody thought of. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Draw, endpoints, type Endpoint } from "./endpoints.js";
import { openHandler, type OpenHandler } from "./openFolder.js";

const SEED = Number(process.env["RECOLLECT_SEED"] ?? 20_261_121);
const ROUNDS = 12;

function valuesFor({ fields }: Endpoint, draw: Draw): Record<string, unknown> {
  const drawn = Object.entries(fields).filter(
    ([, { isRequired }]) => isRequired === true || draw.below(2) === 0,
  );
  return Object.fromEntries(drawn.map(([name, { right }]) => [name, right(draw)]));
}

async function ask(
  open: OpenHandler,
  { method, path, isAddress }: Endpoint,
  values: Record<string, unknown>,
): Promise<{ status: number; text: string; about: string }> {
  const query = new URLSearchParams(values as Record<string, string>).toString();
  const response = isAddress
    ? await open.send(method, `${path}?${query}`)
    : await open.send(method, path, values);
  const text = await response.text();
  const about = `${method} ${path} ${JSON.stringify(values).slice(0, 300)} gave ${response.status}: ${text.slice(0, 300)}`;
  return { status: response.status, text, about };
}

test("a right request is never a fault of the server", async () => {
  await using open = await openHandler();
  const draw = new Draw(SEED);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const endpoint of endpoints) {
      const { status, about } = await ask(open, endpoint, valuesFor(endpoint, draw));
      assert.ok(status < 500, about);
      // A text may be too much for a label or a title, and nothing else is wrong with it.
      assert.ok(status === 200 || status === 400 || status === 413, about);
    }
  }
  assert.deepEqual(open.errors, []);
});

test("a wrong request is refused with the field's name, and changes nothing", async () => {
  await using open = await openHandler();
  const draw = new Draw(SEED);
  await open.send("POST", "/memory/add", { content: "what is there" });
  const before = await contents(open);
  for (const endpoint of endpoints) {
    for (const [name, field] of Object.entries(endpoint.fields)) {
      const missing = field.isRequired === true ? [undefined] : [];
      for (const wrong of [...field.wrong, ...missing]) {
        const values = { ...valuesFor(endpoint, draw), [name]: wrong };
        // Only this field is to be wrong.
        for (const other of Object.keys(values)) {
          if (other !== name && endpoint.fields[other]?.isRequired !== true) {
            Reflect.deleteProperty(values, other);
          }
        }
        if (wrong === undefined) Reflect.deleteProperty(values, name);
        const { status, text, about } = await ask(open, endpoint, values);
        assert.ok(status >= 400 && status < 500, about);
        const { error } = JSON.parse(text) as { error: string };
        assert.ok(error.startsWith(name) || error.startsWith("the body"), about);
      }
    }
  }
  assert.deepEqual(await contents(open), before);
  assert.deepEqual(open.errors, []);
});

async function contents(open: OpenHandler): Promise<unknown> {
  const stats = await open.memories.stats();
  const { total } = await open.memories.sessions({});
  const settings: unknown = await (await open.send("GET", "/api/settings")).json();
  const tools: unknown = await (await open.send("GET", "/api/mcp/status")).json();
  return { ...stats, total, settings, tools };
}
