// What other extensions do with Recollect: the sample of the test extension, in both extension hosts.

import assert from "node:assert/strict";
import { after, before, it } from "node:test";
import { inEachHost } from "./eachHost.mjs";
import { Session } from "./session.mjs";

inEachHost("another extension", (kind) => {
  /** @type {Session} */
  let session;

  before(async () => {
    session = await Session.open(kind);
  });

  after(() => session?.close());

  it("remembers, finds, hears of changes and asks the endpoints without a socket", async () => {
    const text = "The sample extension prefers kettles";
    const did = await session.request({ do: "useRecollect", text });
    assert.equal(did.version, 1);
    assert.ok(did.found.includes(did.remembered));
    assert.deepEqual(did.concepts, ["sample"]);
    assert.equal(did.told, true);
    assert.match(did.context, /^<recollect-context>[^]*prefers kettles/);
    assert.ok(did.around >= 1);
    assert.deepEqual(did.health, { status: "ok" });
    assert.equal(did.stored.content, text);
    assert.equal(did.events.success, true);
    assert.ok(did.sessions >= 1);
    assert.equal(did.patterns, 0);
    assert.equal(did.wrong, 400);
  });

  it("switches the memory tools off and on", async () => {
    const ask = (method, path, body) => session.request({ do: "ask", method, path, body });
    const toggle = async (enabled) => (await ask("POST", "/api/mcp/toggle", { enabled })).body;
    const isOn = async () => (await ask("GET", "/api/mcp/status")).body.enabled;
    const search = () =>
      session
        .request({ do: "invokeTool", name: "recollect_memory_search", input: { query: "kettles" } })
        .catch(({ message }) => message);
    assert.equal(await isOn(), true);
    assert.deepEqual(await toggle(false), { success: true, enabled: false });
    assert.equal(await isOn(), false);
    assert.match(await search(), /tools are switched off/);
    assert.deepEqual(await toggle(true), { success: true, enabled: true });
    assert.match(await search(), /prefers kettles/);
  });
});
