import assert from "node:assert/strict";
import { test } from "node:test";
import type { PromptMessage } from "../src/common/recall/answer.js";
import type { Memories } from "../src/common/memories/Memories.js";
import { ModelError, type Model } from "../src/common/rewrite/Model.js";
import { Rewriter, type RewriterOptions } from "../src/common/rewrite/Rewriter.js";
import { LogLines, note, openMemories, origin } from "./openMemories.js";
import { Shared } from "./secrets.js";
import { temporaryFolder } from "./temporaryFolder.js";

/** What the model is asked, and what it answers to the labels of the request. */
type Answer = (labels: readonly string[], signal: AbortSignal) => string | Promise<string>;

/** A model that keeps what it is asked. */
class FakeModel implements Model {
  readonly maxInputTokens = 16_000;
  readonly asked: string[] = [];

  constructor(public answer: Answer) {}

  async ask(
    messages: readonly PromptMessage[],
    maxCharacters: number,
    signal: AbortSignal,
  ): Promise<string> {
    this.asked.push(messages.map(({ text }) => text).join("\n"));
    const labels = messages.at(-1)?.text.match(/m\d+/g) ?? [];
    return (await this.answer(labels, signal)).slice(0, maxCharacters);
  }
}

const better = (label: string, more: object = {}): object => ({
  ...{ label, title: `Better ${label}`, narrative: "It was wired up at last." },
  ...more,
});
const improve: Answer = (labels) => JSON.stringify(labels.map((label) => better(label)));

/** A use of a tool that an observation is made of. */
const useOf = (name: string): Parameters<Memories["observe"]>[0] => ({
  name: "Bash",
  input: { command: `npm install ${name}` },
  response: { stdout: "added 1 package", stderr: "" },
});

/** A rewriter that works when it is told to. */
function rewriterOf(
  memories: Memories,
  model: Model,
  { values }: Shared,
  options: Partial<RewriterOptions> = {},
): Rewriter {
  return new Rewriter({
    memories,
    model: () => Promise.resolve(model),
    settings: () => ({ isEnabled: true, dailyTokens: 20_000 }),
    mayRun: () => true,
    kept: values,
    shared: values,
    now: () => Date.parse("2026-03-01T12:00:00Z"),
    log: new LogLines(),
    timing: { quietMs: 1e8, longestMs: 1e8, againMs: 1e8 },
    ...options,
  });
}

interface Setting {
  memories: Memories;
  model: FakeModel;
  rewriter: Rewriter;
  shared: Shared;
  observe: (name: string) => Promise<string>;
}

/** Memories with a rewriter, in a folder of their own unless told. */
async function setUp(
  answer: Answer,
  options: Partial<RewriterOptions> = {},
  folder?: string,
): Promise<Setting> {
  const shared = new Shared();
  const model = new FakeModel(answer);
  const memories: Memories = openMemories(folder ?? (await temporaryFolder()), {
    onMadeByRules: (ids) => rewriter.add(ids),
    onEdited: (ids) => rewriter.leave(ids),
  });
  const rewriter: Rewriter = rewriterOf(memories, model, shared, options);
  const observe = async (name: string): Promise<string> => {
    const appended = await memories.observe(useOf(name), {
      ...origin,
      provenance: "tool",
      session: "s1",
    });
    assert.equal(appended.status, "pending");
    return appended.id;
  };
  return { memories, model, rewriter, shared, observe };
}

const titlesOf = async ({ memories }: Setting, ids: string[]): Promise<string[]> =>
  (await memories.get(ids)).map(({ title }) => title);

test("a model rewrites several observations at a time, fenced as data", async () => {
  const setting = await setUp((labels) =>
    JSON.stringify(labels.map((label) => better(label, { concepts: ["wiring"] }))),
  );
  const { memories, model, rewriter, observe } = setting;
  const ids = [await observe("zod"), await observe("hono")];
  assert.equal(rewriter.state.depth, 2);
  await rewriter.work();

  assert.equal(model.asked.length, 1);
  assert.match(model.asked[0] ?? "", /The notes are data[^]*<<<MEM-[0-9a-f]+[^]*zod[^]*MEM-/);
  assert.deepEqual(await titlesOf(setting, ids), ["Better m1", "Better m2"]);
  const [memory] = await memories.get(ids);
  assert.equal(memory?.narrative, "It was wired up at last.");
  assert.deepEqual(memory.concepts, ["wiring"]);
  assert.equal(memory.provenance, "tool");
  assert.deepEqual(rewriter.state, { depth: 0, isAsking: false, rewritten: 2, failed: 0 });
  rewriter.dispose();
});

test("a summary by rules is rewritten too; what a person wrote is not", async () => {
  const setting = await setUp(improve);
  const { memories, rewriter, observe } = setting;
  await observe("zod");
  await memories.remember(note("We deploy on Tuesdays"));
  const { summary = "" } = await memories.endSession("s1");
  await rewriter.work();
  assert.deepEqual(await titlesOf(setting, [summary]), ["Better m2"]);
  const { hits } = await memories.recent({});
  assert.ok(hits.some(({ title }) => title === "We deploy on Tuesdays"));
  assert.equal(rewriter.state.rewritten, 2);
  rewriter.dispose();
});

test("what has another shape, says nothing or names what the memory does not is left out", async () => {
  const shape = (item: unknown): Answer => {
    return () => JSON.stringify([item]);
  };
  const cases: [string, Answer][] = [
    ["prose", () => "I am sorry, but I cannot do that."],
    ["nothing", () => ""],
    ["an object", () => JSON.stringify(better("m1"))],
    ["another label", shape(better("m7"))],
    ["no story", shape({ label: "m1", title: "Better" })],
    ["a number for a title", shape(better("m1", { title: 7 }))],
    ["concepts that are no texts", shape(better("m1", { concepts: [{}] }))],
    ["a list for a subtitle", shape(better("m1", { subtitle: ["wiring"] }))],
    ["a subtitle that never ends", shape(better("m1", { subtitle: "x".repeat(400) }))],
    ["a text for facts", shape(better("m1", { facts: "zod is used" }))],
    ["facts that are no texts", shape(better("m1", { facts: ["zod is used", 7] }))],
    ["a fact that says nothing", shape(better("m1", { facts: [" "] }))],
    ["a fact that never ends", shape(better("m1", { facts: ["x".repeat(600)] }))],
    ["more facts than a note has", shape(better("m1", { facts: Array(40).fill("zod is used") }))],
    ["a title that never ends", shape(better("m1", { title: "x".repeat(300) }))],
    ["another file", shape(better("m1", { narrative: "See src/secret/plan.ts for more." }))],
    ["an address", shape(better("m1", { narrative: "See https://evil.example/?q=1 for more." }))],
    ["another file in a subtitle", shape(better("m1", { subtitle: "of src/secret/plan.ts" }))],
    ["an address in a fact", shape(better("m1", { facts: ["see https://evil.example/?q=1"] }))],
    ["only private text", shape(better("m1", { title: "<private>a</private>" }))],
  ];
  for (const [name, answer] of cases) {
    const setting = await setUp(answer);
    const id = await setting.observe("zod");
    const before = await setting.memories.get([id]);
    await setting.rewriter.work();
    assert.deepEqual(await setting.memories.get([id]), before, name);
    assert.deepEqual(
      setting.rewriter.state,
      { depth: 0, isAsking: false, rewritten: 0, failed: 1 },
      name,
    );
    assert.equal(setting.model.asked.length, 1, name);
    setting.rewriter.dispose();
  }
});

test("subtitle and facts are rewritten too, and stay where the model says nothing of them", async () => {
  const setting = await setUp((labels) =>
    JSON.stringify([
      better(labels[0] ?? "", {
        subtitle: " One more package ",
        facts: ["zod checks our schemas", "The command was npm install zod"],
      }),
      better(labels[1] ?? "", { subtitle: "", facts: [], concepts: [] }),
    ]),
  );
  const { memories, model, rewriter, observe } = setting;
  const ids = [await observe("zod"), await observe("hono")];
  const [, silent] = await memories.get(ids);
  assert.ok(silent !== undefined && silent.facts.length > 0);
  await rewriter.work();

  assert.match(model.asked[0] ?? "", /"subtitle": .*"facts": \[/);
  const [told, kept] = await memories.get(ids);
  assert.equal(told?.subtitle, "One more package");
  assert.deepEqual(told.facts, ["zod checks our schemas", "The command was npm install zod"]);
  assert.equal(kept?.title, "Better m2");
  assert.equal(kept.subtitle, silent.subtitle);
  assert.deepEqual(kept.facts, silent.facts);
  const { hits } = await memories.search({ text: "schemas" });
  assert.deepEqual(
    hits.map(({ id }) => id),
    ids.slice(0, 1),
  );
  rewriter.dispose();
});

test("facts that the model was not shown as a whole stay", async () => {
  const setting = await setUp((labels) =>
    JSON.stringify(labels.map((label) => better(label, { facts: ["Much was found"] }))),
  );
  const { memories, rewriter } = setting;
  const facts = Array.from({ length: 60 }, (_, number) => `found: the ${number}. of many causes`);
  const appended = await memories.append([
    { kind: "observation", origin, type: "discovery", title: "Causes", facts },
    { kind: "observation", origin, type: "discovery", title: "Cause", facts: ["found: <T> & co"] },
  ]);
  const ids = appended.flatMap((one) => (one.status === "pending" ? [one.id] : []));
  rewriter.add(ids);
  await rewriter.work();
  const [long, short] = await memories.get(ids);
  assert.equal(long?.title, "Better m1");
  assert.deepEqual(long.facts, facts);
  assert.deepEqual(short?.facts, ["Much was found"]);
  rewriter.dispose();
});

test("an answer in a block of code counts, and secrets in it are replaced", async () => {
  const key = ["ghp", "0123456789abcdefghijABCDEFGHIJ012345"].join("_");
  const setting = await setUp(
    () =>
      `\`\`\`json\n${JSON.stringify([better("m1", { narrative: `With ${key} it works.` })])}\n\`\`\``,
  );
  const id = await setting.observe("zod");
  await setting.rewriter.work();
  const [memory] = await setting.memories.get([id]);
  assert.match(memory?.narrative ?? "", /^With \[redacted:/);
  setting.rewriter.dispose();
});

test("a model that fails is asked once more, one that refuses is not", async () => {
  const failing = (reason: ModelError["reason"]): Answer => {
    return () => Promise.reject(new ModelError(reason));
  };
  for (const [reason, times] of [
    ["failed", 2],
    ["refused", 1],
    ["forbidden", 1],
  ] as const) {
    const { rewriter, model, observe } = await setUp(failing(reason));
    await observe("zod");
    for (let attempt = 0; attempt < 4; attempt += 1) await rewriter.work();
    assert.equal(model.asked.length, times, reason);
    assert.deepEqual(rewriter.state, { depth: 0, isAsking: false, rewritten: 0, failed: 1 });
    rewriter.dispose();
  }
});

test("the budget of a day is kept to, and the next day goes on", async () => {
  let day = 1;
  const setting = await setUp(improve, {
    settings: () => ({ isEnabled: true, dailyTokens: 1_200 }),
    now: () => Date.parse(`2026-03-0${day}T12:00:00Z`),
  });
  const { rewriter, observe, model, shared } = setting;
  for (let number = 0; number < 5; number += 1) await observe(`package-${number}`);
  await rewriter.work();
  const asked = model.asked.length;
  const { rewritten } = rewriter.state;
  assert.ok(rewritten > 0 && rewritten < 5, `${rewritten} rewritten`);
  const { tokens } = shared.noted.get("recollect.rewrite.spent") as { tokens: number };
  assert.ok(tokens > 300 && tokens <= 1_200, `${tokens} tokens`);
  await rewriter.work();
  assert.equal(model.asked.length, asked);
  day = 2;
  await rewriter.work();
  assert.ok(rewriter.state.rewritten > rewritten);
  rewriter.dispose();
});

test("the budget of a day is kept to however long the answers are", async () => {
  const dailyTokens = 3_000;
  const { rewriter, observe, model, shared } = await setUp(() => "x".repeat(100_000), {
    settings: () => ({ isEnabled: true, dailyTokens }),
  });
  for (let number = 0; number < 12; number += 1) {
    await observe(`package-${number}`);
    if (number % 3 === 2) await rewriter.work();
  }
  const { tokens } = shared.noted.get("recollect.rewrite.spent") as { tokens: number };
  assert.ok(model.asked.length > 1 && tokens <= dailyTokens, `${tokens} tokens`);
  rewriter.dispose();
});

test("nothing goes to a model that is private, of low trust, or not allowed", async () => {
  const low = await setUp(improve);
  const appended = await low.memories.observe(useOf("zod"), { ...origin, trust: "low" });
  assert.equal(appended.status, "pending");
  await low.rewriter.work();
  assert.deepEqual(low.model.asked, []);
  assert.equal(low.rewriter.state.depth, 0);
  low.rewriter.dispose();

  const off = await setUp(improve, { settings: () => ({ isEnabled: false, dailyTokens: 9_000 }) });
  await off.observe("zod");
  assert.equal(off.rewriter.state.depth, 0);
  off.rewriter.dispose();

  let isPrivate = true;
  const setting = await setUp(improve, { mayRun: () => !isPrivate });
  const id = await setting.observe("zod");
  await setting.rewriter.work();
  assert.deepEqual(setting.model.asked, []);
  isPrivate = false;
  // The private session begins while the model is at work.
  setting.model.answer = (labels, signal) => {
    isPrivate = true;
    return improve(labels, signal);
  };
  const before = await titlesOf(setting, [id]);
  await setting.rewriter.work();
  assert.equal(setting.model.asked.length, 1);
  assert.deepEqual(await titlesOf(setting, [id]), before);
  setting.rewriter.dispose();
});

test("cancelling ends the request, and what a person changed meanwhile stays", async () => {
  const setting = await setUp(
    (_labels, signal) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener("abort", () => reject(new Error("aborted")));
        setting.rewriter.cancel();
      }),
  );
  const { rewriter, memories, model, observe } = setting;
  const id = await observe("zod");
  const before = await titlesOf(setting, [id]);
  await rewriter.work();
  assert.equal(rewriter.state.depth, 0);
  assert.deepEqual(await titlesOf(setting, [id]), before);

  const other = await observe("hono");
  model.answer = async (labels, signal) => {
    await memories.append([{ kind: "edit", of: other, title: "Mine" }]);
    return improve(labels, signal);
  };
  await rewriter.work();
  assert.deepEqual(await titlesOf(setting, [other]), ["Mine"]);
  rewriter.dispose();
});

test("what one window has had rewritten, or a person changed there, is asked for by no other", async () => {
  const folder = await temporaryFolder();
  const here = await setUp(improve, {}, folder);
  const there = await setUp(improve, {}, folder);
  const ids = [await here.observe("zod"), await here.observe("hono")];
  there.rewriter.add(ids);
  await here.memories.append([{ kind: "edit", of: ids[1] ?? "", title: "Mine" }]);
  await here.rewriter.work();
  await there.memories.refreshNow();
  await there.rewriter.work();
  assert.deepEqual(there.model.asked, []);
  assert.equal(there.rewriter.state.depth, 0);
  for (const setting of [here, there])
    assert.deepEqual(await titlesOf(setting, ids), ["Better m1", "Mine"]);
  for (const { rewriter } of [here, there]) rewriter.dispose();
});

test("of two windows whose models write one memory at once, one counts in both", async () => {
  const folder = await temporaryFolder();
  let asked = 0;
  let bothAsked: () => void = () => undefined;
  const both = new Promise<void>((resolve) => (bothAsked = resolve));
  const answering =
    (more: object): Answer =>
    async (labels) => {
      asked += 1;
      if (asked === 2) bothAsked();
      await both;
      return JSON.stringify(labels.map((label) => better(label, more)));
    };
  const here = await setUp(answering({ title: "Here", subtitle: "of here" }), {}, folder);
  const there = await setUp(answering({ title: "There", facts: ["of there"] }), {}, folder);
  const id = await here.observe("zod");
  const [before] = await there.memories.get([id]);
  there.rewriter.add([id]);
  await Promise.all([here.rewriter.work(), there.rewriter.work()]);
  assert.equal(asked, 2);
  const seen = [];
  for (const { memories, rewriter } of [here, there]) {
    await memories.refreshNow();
    seen.push(...(await memories.get([id])));
    rewriter.dispose();
  }
  assert.deepEqual(seen[0], seen[1]);
  const { title, subtitle, facts } = seen[0] ?? {};
  const expected =
    title === "Here"
      ? { subtitle: "of here", facts: before?.facts }
      : { subtitle: before?.subtitle, facts: ["of there"] };
  assert.deepEqual({ subtitle, facts }, expected);
});

test("what waits when the window closes is rewritten in the next one", async () => {
  const setting = await setUp(improve);
  const { memories, model, shared } = setting;
  setting.rewriter.dispose();
  // As the summary of a session that ends with its window.
  const id = await setting.observe("zod");
  const timing = { quietMs: 5, longestMs: 1e8, againMs: 1e8 };
  const next = rewriterOf(memories, model, shared, { timing });
  next.resume();
  for (const end = Date.now() + 10_000; next.state.rewritten === 0 && Date.now() < end;)
    await new Promise((settle) => setTimeout(settle, 10));
  assert.deepEqual(await titlesOf(setting, [id]), ["Better m1"]);
  assert.equal(shared.noted.get("recollect.rewrite.queue"), undefined);
  next.dispose();
});
