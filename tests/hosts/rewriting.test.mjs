// A language model rewrites what rules made, in a real VS Code, in both kinds of extension host.

import assert from "node:assert/strict";
import { after, before, it } from "node:test";
import { inEachHost } from "./eachHost.mjs";
import { Session } from "./session.mjs";

/** Rewriting begins 10 s after the last new memory. */
const REWRITTEN_MS = 60_000;

inEachHost("rewriting", suite);

function suite(kind) {
  /** @type {Session} */
  let session;

  before(async () => {
    session = await Session.open(kind, { "recollect.rewrite.enabled": true });
  });

  after(() => session?.close());

  /** What an endpoint answers that must not fail. */
  const ask = async (path, body) => {
    const method = body === undefined ? "GET" : "POST";
    const answer = await session.request({ do: "ask", method, path, body });
    assert.equal(answer.status, 200, JSON.stringify(answer));
    return answer.body;
  };
  const search = (query) =>
    session.request({
      do: "invokeTool",
      name: "recollect_memory_search",
      input: { query, project: "all" },
    });
  const waiting = async () => (await ask("/api/processing-status")).queueDepth;

  /** Tells of a tool's use as a client does, which becomes an observation. */
  const use = (dependency) =>
    ask("/api/sessions/observations", {
      claudeSessionId: "rewriting",
      tool_name: "Bash",
      tool_input: { command: `npm install ${dependency}` },
      tool_response: { stdout: "added 1 package", stderr: "" },
      cwd: session.repository,
    });

  /** The title of the one memory that a word finds. */
  const titleOf = async (word) => /\| ([^|\n]*)$/.exec((await search(word)).trim())?.[1];

  /** Waits until something is so. */
  const until = async (what, isSo) => {
    for (const end = Date.now() + REWRITTEN_MS; !(await isSo());) {
      if (Date.now() > end) assert.fail(`${what} did not come about`);
      await new Promise((settle) => setTimeout(settle, 250));
    }
  };

  it("an observation is told in the model's words, from data in a fence", async () => {
    await use("zanthoxylum");
    const title = await titleOf("zanthoxylum");
    assert.match(title, /zanthoxylum/);
    assert.equal(await waiting(), 1);
    const isRewritten = async () =>
      (await search("zanthoxylum")).includes(`In other words: ${title}`);
    await until("a rewritten memory", isRewritten);
    // Its facts are the model's too.
    assert.equal(await titleOf("otherwise"), `In other words: ${title}`);
    const [instructions, data] = await session.request({ do: "receivedMessages" });
    assert.doesNotMatch(instructions, /zanthoxylum/);
    assert.match(data, /<<<MEM-[0-9a-f]+\n[^]*zanthoxylum[^]*MEM-[0-9a-f]+>>>/);
    assert.equal(await waiting(), 0);
  });

  it("an answer of another shape, or none, leaves what the rules made", async () => {
    await session.request({ do: "answerWith", text: "I would rather talk about the weather." });
    await use("quillwort");
    await until("an answer", async () => (await waiting()) === 0);
    assert.match(await titleOf("quillwort"), /^(?!In other words).*quillwort/);
    await session.request({ do: "answerWith" });
    await session.request({ do: "refuseRequests", because: "not today" });
    await use("sedge");
    await until("a refusal", async () => (await waiting()) === 0);
    assert.match(await titleOf("sedge"), /^(?!In other words).*sedge/);
    await session.request({ do: "answerRequests" });
  });

  it("what waits can be left as it is, and nothing waits once it is switched off", async () => {
    await use("bulrush");
    assert.equal(await waiting(), 1);
    await session.workbench.runCommand("Memory: Status and Switches…");
    await session.workbench.quickPickRow(/language model (is to rewrite|rewrites)/).waitFor();
    await session.workbench.closeQuickInput();
    await session.workbench.runCommand("Memory: Stop Rewriting Memories");
    await until("an empty queue", async () => (await waiting()) === 0);
    assert.match(await titleOf("bulrush"), /^(?!In other words).*bulrush/);
    const setting = { section: "recollect.rewrite", name: "enabled", value: false };
    await session.request({ do: "setting", ...setting });
    await use("cattail");
    assert.equal(await waiting(), 0);
  });
}
