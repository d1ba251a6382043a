// The editor's own agent is told of the skill: a model that knows nothing but what it is told then asks
// the memory first where work is to go on, and leaves it alone otherwise.

import assert from "node:assert/strict";
import { after, before, it } from "node:test";
import { inEachHost } from "./eachHost.mjs";
import { Session } from "./session.mjs";
import { makeShop } from "./shopRepository.mjs";
import { MODEL_NAME } from "./testModel.mjs";

/** How long the agent, which is part of the editor, may take to start, and to answer. */
const LIMIT_MS = 120_000;

/** The agent, as an extension. */
const AGENT = "GitHub.copilot-chat";

/** Work that goes on. */
const CONTINUE = [
  "Continue where we left off.",
  "Pick up yesterday's work.",
  "Go on with what we were doing.",
  "Resume the work on the cart.",
  "Carry on from the last session.",
  "What is left to do from last time?",
  "Let's keep going with the unfinished change.",
  "Finish what we started on Friday.",
  "Mach dort weiter, wo wir gestern aufgehört haben.",
  "Where were we? Please continue.",
];

/** What memories of a project have nothing to say about, some of it in words of work that goes on. */
const UNRELATED = [
  "Write a haiku about rain.",
  "What is the capital of France?",
  "How do I continue a loop in Python?",
  'Translate "good morning" into Spanish.',
  "Create a new TypeScript project from scratch.",
  "Which HTTP status means that a page is gone?",
  "How do I pick a random element of a list?",
  "What is a session cookie?",
  "How do I resume a stopped process in bash?",
  "Schreib ein Gedicht über den Herbst.",
];

inEachHost("the editor's agent and the skill", (kind, host) => {
  // The agent reaches only models and tools of its own extension host, which is Node.
  if (host === "worker") return;
  /** @type {Session} */
  let session;

  before(async () => {
    session = await Session.open(kind, { "chat.disableAIFeatures": true }, makeShop);
    // The agent starts only where AI features are switched on while the window is there.
    await session.request({
      ...{ do: "setting", section: "chat", name: "disableAIFeatures", value: false },
    });
    await until(() => session.request({ do: "isActive", id: AGENT }));
    await session.request({ do: "followSkills" });
    await session.workbench.openChat({ model: MODEL_NAME });
  });

  after(() => session?.close());

  /** The tools that the model calls for a prompt in a conversation of its own. */
  async function toolsFor(prompt) {
    const { workbench } = session;
    await session.request({ do: "runCommand", id: "workbench.action.chat.newChat" });
    await workbench.lastResponse().waitFor({ state: "detached" });
    await session.request({ do: "takeSteps" });
    await workbench.ask(prompt, { timeoutMs: LIMIT_MS });
    const steps = await session.request({ do: "takeSteps" });
    return steps.flatMap(({ tool }) => tool ?? []);
  }

  it("memory is asked first where work is to go on", async () => {
    const called = {};
    for (const prompt of CONTINUE) called[prompt] = await toolsFor(prompt);
    await session.workbench.screenshot("skill-continue");
    const expected = ["read_file", "recollect_memory_context"];
    assert.deepEqual(called, Object.fromEntries(CONTINUE.map((prompt) => [prompt, expected])));
    // What the tool gives reaches the model, and its answer the reader.
    assert.match(await session.workbench.lastResponse().innerText(), /It said: /);
  });

  it("memory is left alone where nothing of it can help", async () => {
    const asked = [];
    for (const prompt of UNRELATED) {
      const tools = await toolsFor(prompt);
      if (tools.some((name) => name.startsWith("recollect_"))) asked.push(prompt);
    }
    assert.deepEqual(asked, []);
  });
});

/** Asks until the answer is yes. */
async function until(isSo) {
  for (const end = Date.now() + LIMIT_MS; Date.now() < end;) {
    if (await isSo()) return;
    await new Promise((settle) => setTimeout(settle, 200));
  }
  throw new Error(`The editor's agent has not started within ${LIMIT_MS / 1000} s.`);
}
