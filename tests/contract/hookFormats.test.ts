/** Whole sessions of every agent whose hooks are understood, through the command that agents start. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { placeOfFolder } from "../../extension/src/node/git/gitProject.js";
import { openMemories } from "../../extension/test/openMemories.js";
import { dependencyOf, FILE, type Format, FORMATS, type Moment } from "./hookPayloads.js";
import { Hooks } from "./Hooks.js";

const DECISION = "Rivet the hull from inside";

let hooks: Hooks;

before(async () => {
  hooks = await Hooks.make();
  const memories = openMemories(hooks.storage);
  const { place } = await placeOfFolder(hooks.workspace);
  const origin = { project: await memories.projectAt(place), provenance: "user" as const };
  const decision = { kind: "observation", type: "decision", title: DECISION } as const;
  await memories.append([{ ...decision, origin, filesModified: [FILE] }]);
  await memories.dispose();
});

after(() => hooks.remove());

/** What a moment's answer holds for the model, which must be all that stands in it. */
function contextIn(output: string, { answer }: Format, event: string): string {
  const told: unknown = JSON.parse(output);
  const texts: string[] = [];
  JSON.stringify(told, (key, value: unknown) => {
    if (/additional_?context/i.test(key) && typeof value === "string") texts.push(value);
    return value;
  });
  const [context = ""] = texts;
  assert.deepEqual(told, answer(event, context));
  return context;
}

async function tell(format: Format, { event, payload, says }: Moment): Promise<void> {
  const where = `${format.name} ${event}`;
  const args = format.isTold ? ["--agent", format.agent, "--event", event] : [];
  const output = await hooks.run(payload, args, format.env?.(hooks.workspace));
  if (says === "nothing") {
    assert.equal(output, format.silence, where);
    return;
  }
  const context = contextIn(output, format, event);
  if (says === "start") assert.match(context, new RegExp(`Decisions[^]*${DECISION}`), where);
  else
    assert.match(context, new RegExp(`^Recalled data about ${FILE}, .*${DECISION}$`, "m"), where);
  if (says === "file") assert.ok(context.split("\n").length <= 3, where);
}

for (const format of FORMATS) {
  test(`a session of the format ${format.name} is told what to know, and kept`, async () => {
    for (const moment of format.moments(format.name, hooks.workspace)) await tell(format, moment);
    const memories = openMemories(hooks.storage);
    const { sessions } = await memories.sessions({});
    const session = sessions.find(({ key }) => key === format.name);
    assert.equal(session?.source, format.agent);
    assert.equal(session.statistics.prompts, 1);
    assert.equal(session.endedAt !== undefined, format.hasEnd);
    const name = dependencyOf(format.name);
    const { hits } = await memories.search({ text: name, session: format.name, limit: 50 });
    assert.ok(
      hits.some(({ title, type }) => type === "change" && title.includes(`\`${name}\``)),
      JSON.stringify(hits.map(({ title }) => title)),
    );
    await memories.dispose();
  });
}

test("no format is failed by what is damaged, half, huge or another's", async () => {
  for (const format of FORMATS) {
    const [moment] = format.moments("odd", hooks.workspace).slice(-1);
    assert.ok(moment !== undefined);
    const whole = JSON.stringify(moment.payload);
    const args = ["--agent", format.agent, "--event", moment.event];
    const inputs = [
      "",
      "\0\u0007",
      "null",
      "[[]]",
      whole.slice(0, whole.length / 2),
      `${whole}${whole}`,
      JSON.stringify({ ...moment.payload, session_id: 7, sessionId: null, conversation_id: {} }),
      `${"[".repeat(60_000)}${"]".repeat(60_000)}`,
    ];
    for (const input of inputs) assert.equal(await hooks.run(input, args), format.silence);
  }
  // An editor that nobody knows, and one that is known by its own program alone.
  const foreign = { agent_action_name: "pre_write_code", trajectory_id: "t", tool_info: {} };
  assert.equal(await hooks.run(foreign), "");
  assert.equal(await hooks.run({ event_type: "Stop", working_directory: "/w" }), "");
  const log = await readFile(join(hooks.storage, "hooks.log"), "utf8");
  assert.match(log, /is no JSON/);
});

test("what is larger than a mebibyte is answered, and what is kept of it is small", async () => {
  const command = "npm install anchor-chain";
  const payload = {
    ...{ session_id: "large", transcript_path: "/t", cwd: hooks.workspace },
    ...{ hook_event_name: "PostToolUse", tool_name: "Bash", tool_use_id: "large" },
    tool_input: { command },
    tool_response: { stdout: "anchor ".repeat(400_000), stderr: "" },
  };
  assert.equal(await hooks.run(payload), "");
  const memories = openMemories(hooks.storage);
  const { hits } = await memories.search({ text: "anchor-chain", session: "large" });
  const [memory] = await memories.get(hits.map(({ id }) => id));
  assert.match(memory?.title ?? "", /`anchor-chain`/);
  assert.ok((memory?.text.length ?? 0) < 4_096);
  await memories.dispose();
});
