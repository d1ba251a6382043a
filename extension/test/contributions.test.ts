import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import {
  CHAT_COMMANDS,
  CHAT_PARTICIPANT,
  COMMANDS,
  TOOLS,
} from "../src/common/tools/contributions.js";

interface Manifest {
  readonly capabilities: {
    readonly virtualWorkspaces: { supported: unknown; description: string };
    readonly untrustedWorkspaces: { supported: unknown; restrictedConfigurations: string[] };
  };
  readonly version: string;
  readonly contributes: Record<ChatFiles, { path: string }[]> & {
    readonly commands: { command: string; category: string; title: string }[];
    readonly menus: Record<string, { command: string; when?: string }[]>;
    readonly chatParticipants: { id: string; commands: { name: string }[] }[];
    readonly languageModelTools: {
      name: string;
      toolReferenceName: string;
      modelDescription: string;
      inputSchema: { required?: string[]; properties: object };
    }[];
    readonly configuration: {
      title: string;
      order: number;
      properties: Record<string, Setting>;
    }[];
    readonly walkthroughs: {
      steps: { description: string; media: { svg: string }; completionEvents: string[] }[];
    }[];
  };
}

interface Setting {
  readonly default: unknown;
  readonly order: number;
  readonly scope?: string;
  readonly markdownDescription: string;
}

type ChatFiles = "chatPlugins" | "chatSkills" | "chatInstructions" | "chatPromptFiles";

const text = readFileSync(join(import.meta.dirname, "..", "package.json"), "utf8");
// The manifest is this project's own; its shape is what the tests below look at.
const { capabilities, contributes, version } = JSON.parse(text) as Manifest;
const words = JSON.parse(
  readFileSync(join(import.meta.dirname, "..", "package.nls.json"), "utf8"),
) as Record<string, string>;

const settings = contributes.configuration.flatMap(({ properties }) => Object.entries(properties));

test("the manifest names the commands that exist, and only those", () => {
  assert.deepEqual(contributes.commands.map(({ command }) => command).sort(), [...COMMANDS].sort());
});

test("the palette finds every command by memory", () => {
  for (const { command, category, title } of contributes.commands)
    assert.match(`${category}: ${words[title.slice(1, -1)] ?? title}`, /memory/i, command);
});

test("the palette offers Unlock only while a key is missing", () => {
  const unlock = contributes.menus.commandPalette?.find(
    ({ command }) => command === "recollect.unlock",
  );
  assert.equal(unlock?.when, "recollect.encryption == locked || recollect.isKeyMissing");
});

test("menus name only commands that exist", () => {
  const named = Object.values(contributes.menus).flatMap((items) =>
    items.map(({ command }) => command),
  );
  const known: readonly string[] = COMMANDS;
  assert.deepEqual(
    named.filter((command) => !known.includes(command)),
    [],
  );
});

test("the manifest names the tools that exist, and only those", () => {
  assert.deepEqual(
    contributes.languageModelTools.map(({ name }) => name),
    [...TOOLS],
  );
});

test("a tool's description starts with a verb and says when to use it", () => {
  for (const { name, modelDescription } of contributes.languageModelTools) {
    assert.match(modelDescription, /^[A-Z][a-z]+s /, name);
    assert.match(modelDescription, /Use it /, name);
  }
});

test("what a tool requires is described", () => {
  for (const { name, inputSchema } of contributes.languageModelTools) {
    for (const field of inputSchema.required ?? [])
      assert.ok(field in inputSchema.properties, `${name}: ${field}`);
  }
});

test("the manifest names the chat commands that exist, and only those", () => {
  const [participant, ...others] = contributes.chatParticipants;
  assert.deepEqual(others, []);
  assert.equal(participant?.id, CHAT_PARTICIPANT);
  assert.deepEqual(
    participant.commands.map(({ name }) => name),
    [...CHAT_COMMANDS],
  );
});

test("every word of the manifest is there, and none is left over", () => {
  const used = [...text.matchAll(/"%([\w.]+)%"/g)].map(([, key]) => key);
  assert.deepEqual([...new Set(used)].sort(), Object.keys(words).sort());
});

test("every setting has a default", () => {
  for (const [name, setting] of settings) {
    assert.notEqual(setting.default, undefined, name);
  }
});

test("in Restricted Mode a folder sets nothing", () => {
  const byFolder = settings
    .filter(([, { scope }]) => scope !== "application" && scope !== "machine")
    .map(([name]) => name);
  const { supported, restrictedConfigurations } = capabilities.untrustedWorkspaces;
  assert.equal(supported, "limited");
  assert.deepEqual([...restrictedConfigurations].sort(), byFolder.sort());
});

test("folders that are no files are supported, and it is said what differs there", () => {
  assert.equal(capabilities.virtualWorkspaces.supported, true);
  assert.match(capabilities.virtualWorkspaces.description, /^%.+%$/);
});

test("skills, instructions and prompts are there, say when they are for, and name tools that exist", () => {
  const { chatSkills, chatInstructions, chatPromptFiles } = contributes;
  const names: string[] = contributes.languageModelTools.map(
    ({ toolReferenceName }) => toolReferenceName,
  );
  for (const { path } of [...chatSkills, ...chatInstructions, ...chatPromptFiles]) {
    const file = readFileSync(join(import.meta.dirname, "..", path), "utf8");
    const [, front = "", body = ""] = /^---\n([^]*?)\n---\n\n([^]+)$/.exec(file) ?? [];
    assert.match(front, /^description: \S.{20,}$/m, path);
    for (const [, tool = ""] of body.matchAll(/`(recollect_memory_[a-z]+)`/g))
      assert.ok((TOOLS as readonly string[]).includes(tool), `${path}: ${tool}`);
    for (const [, tool = ""] of (/^tools: (.*)$/m.exec(front)?.[1] ?? "").matchAll(/"(\w+)"/g))
      assert.ok(names.includes(tool), `${path}: ${tool}`);
    const [, folder, stem] = /([^/]+)\/([^/.]+)(?:\.\w+)?\.md$/.exec(path) ?? [];
    const name = stem === "SKILL" ? folder : path.endsWith(".prompt.md") ? stem : "Recollect";
    assert.equal(/^name: (.*)$/m.exec(front)?.[1], name, path);
    // About four characters a token: all of it is read by a model.
    assert.ok(file.length < 1_800, `${path}: ${file.length}`);
  }
});

test("the plugin has the extension's version, and its parts are where they are looked for", () => {
  const [{ path } = { path: "" }, ...others] = contributes.chatPlugins;
  assert.deepEqual(others, []);
  const at = (name: string): string => join(import.meta.dirname, "..", path, name);
  const plugin = JSON.parse(readFileSync(at(".plugin/plugin.json"), "utf8")) as Manifest;
  assert.equal(plugin.version, version);
  for (const { path: skill } of contributes.chatSkills)
    assert.ok(existsSync(at(skill.replace(`${path}/`, ""))), skill);
});

test("settings stand in five categories, each with its order", () => {
  assert.deepEqual(
    contributes.configuration.map(({ order }) => order),
    [1, 2, 3, 4, 5],
  );
  for (const { title, properties } of contributes.configuration) {
    const orders = Object.values(properties).map(({ order }) => order);
    assert.deepEqual(
      orders,
      orders.map((_, index) => index + 1),
      title,
    );
  }
});

test("the first steps have pictures, and lead to commands that exist", () => {
  const known: readonly string[] = COMMANDS;
  const steps = contributes.walkthroughs.flatMap(({ steps }) => steps);
  assert.equal(steps.length, 5);
  for (const { description, media, completionEvents } of steps) {
    assert.ok(existsSync(join(import.meta.dirname, "..", media.svg)), media.svg);
    const named = [
      ...(words[description.slice(1, -1)] ?? "").matchAll(/\(command:([\w.]+)\)/g),
      ...completionEvents.join(" ").matchAll(/onCommand:([\w.]+)/g),
    ].map(([, command]) => command ?? "");
    assert.deepEqual(
      named.filter((command) => !known.includes(command)),
      [],
    );
    assert.notEqual(named.length, 0);
  }
});
