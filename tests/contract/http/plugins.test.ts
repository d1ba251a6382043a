/** The calls that today's plugins for OpenCode and OpenClaw make, replayed; `npm run soak` records them. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { callsOf, checkKept, type Plugin } from "../../clients/calls.js";
import { openHandler } from "./openFolder.js";

for (const plugin of ["opencode", "openclaw"] satisfies Plugin[]) {
  test(`what the plugin for ${plugin} tells is recorded, and what it asks is found`, async () => {
    await using open = await openHandler({ isLikeToday: true });
    await open.memories.open();
    const asked: string[] = [];
    for (const { method, path, body, status } of await callsOf(plugin)) {
      const response = await open.send(method, path, body);
      const text = await response.text();
      assert.equal(response.status, status, `${method} ${path}: ${text}`);
      if (method === "GET") asked.push(text);
    }
    assert.ok(asked.length > 0);
    for (const text of asked) assert.match(text, /kettle/);
    await checkKept(open.send, plugin);
  });
}
