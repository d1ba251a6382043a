/**
 * How long texts that were made to hold the thread do so: prints JSON.
 *
 * Each shape goes, as the longest text that is kept, through every way in and out of the module and
 * of the extension; an import takes a megabyte of it. What counts is the longest time at once.
 *
 * `hostile.ts "one letter" import` tries the shapes and ways whose names begin so.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import init, {
  Recollect,
  indexedText,
  inspectSegment,
  projectOf,
  stripPrivate,
  type Hit,
  type Memory,
  type NewRecord,
  type Origin,
} from "recollect-wasm";
import { AnswerReader } from "../../extension/src/common/recall/answer.js";
import { Exclusions, type Verdict } from "../../extension/src/common/capture/Exclusions.js";
import { withoutExcluded } from "../../extension/src/common/capture/fileNames.js";
import { headLogEntries } from "../../extension/src/common/capture/headLog.js";
import { readGitConfig } from "../../extension/src/common/git/gitConfig.js";
import {
  codeBlock,
  escapeHeading,
  escapeLine,
  inlineCode,
} from "../../extension/src/common/text/markdown.js";
import { Memories } from "../../extension/src/common/memories/Memories.js";
import { oneLine, visible } from "../../extension/src/common/text/plainText.js";
import { hitsMarkdown, memoryMarkdown } from "../../extension/src/common/recall/present.js";
import { keyInCode } from "../../extension/src/common/storage/recoveryCode.js";
import { readRewritings } from "../../extension/src/common/rewrite/rewriting.js";
import { rememberInput } from "../../extension/src/common/tools/toolInput.js";
import { CHUNK_BYTES } from "../../extension/src/common/memories/transfer.js";
import { createHandler } from "../../extension/src/http/createHandler.js";
import { FileSegmentStore } from "../../extension/src/node/FileSegmentStore.js";
import { builtModule } from "./builtModule.js";
import { busyUntil, workOf } from "./busy.js";
import { NOW } from "./corpus.js";
import { SHAPES } from "./hostileShapes.js";

/** The longest time of a way, over all shapes. */
export interface HostileFigures {
  shapes: number;
  bytes: number;
  importBytes: number;
  limitMs: number;
  ways: { way: string; longest: number; shape: string; over: number }[];
}

/** A text as long as a field of a record may be in UTF-8, and what an import gives the module at once. */
const BYTES = 64_000;
const IMPORT_BYTES = CHUNK_BYTES;

/** Characters that a short field may have, whatever they are. */
const SHORT = 160;

/** From here on the editor is felt to stand still, in milliseconds. */
const LIMIT_MS = 100;

/** What took longer than this is tried again, since another process may have had the processor. */
const SURE_MS = 25;
const TRIES = 3;

const project = { id: "example.org/team/project", name: "project" };
const origin: Origin = { project, provenance: "tool", session: "s" };
const l10n = { t: (message: string, ...values: unknown[]) => [message, ...values].join(" ") };
const presentation = { l10n, link: (id: string) => `command:${id}` };
const exclusions = new Exclusions(
  {
    prefix: "",
    read: async () => undefined,
    readOwn: async () => undefined,
    isFile: async () => true,
  },
  { own: ["notes/**"], hidden: ["**/.git"], hiddenBeside: [] },
);
const silent = { debug() {}, info() {}, warn() {}, error() {} };

const files = {
  root: "/h",
  verdict: async (path: string): Promise<Verdict> => await exclusions.verdict(path),
  isFile: async () => true,
};

type Way = (text: string, core: Recollect) => unknown;

/** Uses of tools, with the text where a tool has one. */
const uses: Readonly<Record<string, (text: string) => [string, unknown, unknown]>> = {
  "a command": (text) => ["Bash", { command: text }, { stdout: "ok" }],
  "a command's output": (text) => ["Bash", { command: "npm test" }, { stdout: text, stderr: text }],
  "a command's failure": (text) => ["Bash", { command: "cargo build" }, { error: text }],
  "an edit": (text) => ["Edit", { file_path: "/h/a.ts", old_string: "a", new_string: text }, {}],
  "an edit's old text": (text) => [
    "Edit",
    { file_path: "/h/a.ts", old_string: text, new_string: "a" },
    {},
  ],
  "a patch": (text) => ["apply_patch", { input: `*** Begin Patch\n${text}` }, {}],
  "a written file": (text) => ["Write", { file_path: "/h/a.rs", content: text }, {}],
  "a file that was read": (text) => ["Read", { file_path: "/h/a.md" }, text],
  "a path": (text) => ["Read", { file_path: text }, "a"],
  "a search": (text) => ["Grep", { pattern: text, path: text }, text],
  "a page": (text) => ["WebFetch", { url: text, prompt: text }, text],
  "a task": (text) => ["Task", { description: text, prompt: text }, text],
  "any tool": (text) => ["mcp__a__b", { a: text, b: [text] }, [{ type: "text", text }]],
  "a name of a tool": (text) => [text, { a: 1 }, "a"],
};

/** What is appended, with the text in each field. */
const records: Readonly<Record<string, (text: string) => NewRecord>> = {
  "a prompt": (text) => ({ kind: "prompt", origin, number: 1, text }),
  "an observation": (text) => ({
    kind: "observation",
    origin,
    type: "discovery",
    title: text.slice(0, SHORT),
    narrative: text.slice(SHORT),
  }),
  "lists of an observation": (text) => ({
    kind: "observation",
    origin,
    type: "discovery",
    title: "a",
    facts: pieces(text).slice(0, 50),
    concepts: pieces(text)
      .slice(0, 20)
      .map((piece) => piece.slice(0, 20)),
    filesRead: pieces(text).slice(50, 150),
  }),
  "a summary": (text) => ({ kind: "summary", origin, request: "a", learned: text }),
  "an event": (text) => ({ kind: "event", origin, type: "build", content: text }),
  "an event's file": (text) => ({ kind: "event", origin, type: "build", file: text }),
  "an event's type": (text) => ({ kind: "event", origin, type: text.slice(0, SHORT) }),
  "an event's metadata": (text) => ({
    kind: "event",
    origin,
    type: "build",
    metadata: { a: text.slice(0, 20_000), b: { c: pieces(text).slice(100) } },
  }),
  "a fact": (text) => ({ kind: "fact", origin, key: "k", value: text }),
  "a fact's key": (text) => ({ kind: "fact", origin, key: text.slice(0, SHORT), value: text }),
  "an origin": (text) => ({
    kind: "prompt",
    number: 1,
    text: "a",
    origin: {
      ...origin,
      session: text.slice(0, SHORT),
      workspace: text.slice(0, 20_000),
      project: { id: text.slice(0, SHORT), name: text.slice(0, SHORT) },
    },
  }),
};

/** Ways into the module; all that is pending becomes part of the index in the same turn. */
const into: Readonly<Record<string, Way>> = {
  "remember a note": (text, core) => core.remember({ text, origin }, NOW),
  ...named("append ", records, (make) => (text, core) => core.append([make(text)], NOW)),
  ...named("observe ", uses, (make) => (text, core) => {
    const [name, input, response] = make(text);
    return core.observe({ name, input, response, cwd: "/h", prompt: text }, origin, NOW);
  }),
  "learn a commit": (text, core) =>
    core.learn(
      project,
      [{ hash: "a".repeat(40), message: text, at: NOW, files: pieces(text) }],
      NOW,
    ),
  "learn a commit's body": (text, core) =>
    core.learn(
      project,
      [{ hash: "b".repeat(40), message: `fix: a\n\n${text}`, at: NOW, files: [] }],
      NOW,
    ),
  "sum up a session": (text, core) => {
    core.append([{ kind: "prompt", origin, number: 1, text: "a" }], NOW);
    flush(core);
    return core.summariseSession("s", text, NOW);
  },
  "import lines": (text, core) => core.importLines(lines(text), "low", NOW),
  "import what is no record": (text, core) => core.importLines(text, "low", NOW),
};

/** Ways out: the store holds the text, and it is what is asked for. */
const outOf: Readonly<Record<string, Way>> = {
  search: (text, core) => core.search({ text }),
  "search a beginning": (text, core) => core.search({ text: text.slice(0, 2_000) }),
  "search by filter": (text, core) => core.search({ text: "a", projects: [text], files: [text] }),
  recent: (_, core) => core.recent({}),
  context: (_, core) => core.context({ ids: idsOf(core), maxTokens: 8_000 }, NOW),
  "look up by id": (_, core) => core.get(idsOf(core), NOW),
  sessions: (_, core) => core.sessions({}, NOW),
  session: (_, core) => core.session("s", NOW),
  patterns: (_, core) => core.patterns({}, NOW),
  "forget by text": (text, core) => core.select({ text }, NOW),
  settle: (_, core) => core.settle(),
  "export lines": (text, core) => core.exportLines(new TextEncoder().encode(text)),
  "inspect a file": (text) =>
    inspectSegment("0123456789-abcdefgh-0000.seg", new TextEncoder().encode(text)),
  "ingest a file": (text, core) =>
    core.ingest("0123456789-abcdefgh-0000.seg", new TextEncoder().encode(text), NOW),
  "strip private parts": (text) => stripPrivate(text),
  "words of the index": (text) => indexedText(text),
  "the project of a remote": (text) => projectOf(text, text),
  "privacy rules": (text, core) => core.setPrivacyRules({ excludedPaths: [text], patterns: [] }),
};

/** What the extension does with texts itself. */
const inTypeScript: Readonly<Record<string, (text: string) => unknown>> = {
  "plain text": (text) => [visible(text), oneLine(text)],
  Markdown: (text) => [
    escapeLine(text),
    escapeLine(text, text.length),
    escapeHeading(text),
    codeBlock(text),
    inlineCode(text),
  ],
  "the document of a memory": (text) => memoryMarkdown(memoryOf(text), l10n),
  "a list of memories": (text) => hitsMarkdown([memoryOf(text)], presentation),
  "an answer that cites": (text) => fragments(text),
  "an answer that rewrites": (text) => rewritten(text),
  "the input of a tool": (text) => attempt(() => rememberInput({ text, file: text })),
  "a config of git": (text) => [readGitConfig(text), readGitConfig(`[remote "a"]\nurl = ${text}`)],
  "a log of git": (text) => [
    headLogEntries(text),
    headLogEntries(`${"a".repeat(40)} ${"b".repeat(40)} ${text}`),
  ],
};

await init({ module_or_path: await builtModule() });
const [onlyShape = "", onlyWay = ""] = process.argv.slice(2);
const shapes = SHAPES.filter(({ name }) => name.startsWith(onlyShape));
const worst = new Map<string, { longest: number; shape: string; over: number }>();

for (const { name, make } of shapes) {
  console.error(name);
  const text = cutTo(make(BYTES), BYTES);
  const large = cutTo(make(IMPORT_BYTES), IMPORT_BYTES);
  for (const [way, run] of Object.entries(into)) {
    const given = way.startsWith("import ") ? large : text;
    await measure(way, name, () =>
      inStore((core) =>
        timed(() => {
          run(given, core);
          flush(core);
        }),
      ),
    );
  }
  for (const [way, run] of Object.entries(outOf)) {
    await measure(way, name, () =>
      inStore((core) => {
        attempt(() => core.remember({ text, origin }, NOW));
        attempt(() => core.append([{ kind: "event", origin, type: "build", content: text }], NOW));
        flush(core);
        return timed(() => run(text, core));
      }),
    );
  }
  for (const [way, run] of Object.entries(inTypeScript)) {
    await measure(way, name, () => timed(() => run(text)));
  }
  await measure("names of excluded files", name, () => longest(withoutExcluded(text, "a", files)));
  await measure("a recovery code", name, () => longest(keyInCode(text)));
  await measure("requests", name, () => requests(text));
}

const figures: HostileFigures = {
  shapes: shapes.length,
  bytes: BYTES,
  importBytes: IMPORT_BYTES,
  limitMs: LIMIT_MS,
  ways: [...worst].map(([way, found]) => ({ way, ...found })),
};
console.log(JSON.stringify(figures));

/** The beginning of a text that has so many bytes; halves of characters count as three. */
function cutTo(text: string, bytes: number): string {
  const encoder = new TextEncoder();
  const { read } = encoder.encodeInto(text, new Uint8Array(bytes));
  return text.slice(0, read);
}

/** Keeps the longest time of a way; the shortest of some tries is what the text itself costs. */
async function measure(
  way: string,
  shape: string,
  run: () => number | Promise<number>,
): Promise<void> {
  if (!way.startsWith(onlyWay)) return;
  let took = await run();
  for (let tries = 1; tries < TRIES && took > SURE_MS; tries += 1)
    took = Math.min(took, await run());
  const before = worst.get(way) ?? { longest: -1, shape: "", over: 0 };
  const over = before.over + (took > LIMIT_MS ? 1 : 0);
  if (took > LIMIT_MS) console.error(`  ${took.toFixed(0)} ms: ${way}`);
  worst.set(way, took > before.longest ? { longest: took, shape, over } : { ...before, over });
}

/** Calls with a store of its own. */
function inStore(run: (core: Recollect) => number): number {
  const core = new Recollect(new Uint8Array(32).fill(7), "0.0.0");
  try {
    return run(core);
  } finally {
    core.free();
  }
}

/** Milliseconds of a call, which may refuse the text. */
function timed(run: () => unknown): number {
  return workOf(() => attempt(run));
}

function attempt(run: () => unknown): void {
  try {
    run();
  } catch (error) {
    // A trap is no refusal.
    if (error instanceof Error && error.name === "RuntimeError") throw error;
  }
}

/** The longest time at once until a promise settles. */
async function longest(done: Promise<unknown>): Promise<number> {
  return (await busyUntil(done.then(settled, settled))).most;
}

function settled(): void {}

function flush(core: Recollect): void {
  for (let file = core.nextFlush(NOW); file !== undefined; file = core.nextFlush(NOW)) {
    core.flushed(file.name);
    file.free();
  }
}

function named<From>(
  prefix: string,
  cases: Readonly<Record<string, From>>,
  make: (one: From) => Way,
): Record<string, Way> {
  return Object.fromEntries(
    Object.entries(cases).map(([name, one]) => [`${prefix}${name}`, make(one)]),
  );
}

function idsOf(core: Recollect): string[] {
  return core.recent({}).hits.map(({ id }) => id);
}

/** A text in many parts, as lists of files and labels have them. */
function pieces(text: string): string[] {
  const parts: string[] = [];
  for (let at = 0; at < text.length && parts.length < 200; at += 300) {
    parts.push(text.slice(at, at + 300));
  }
  return parts;
}

/** An export whose records hold the text, as large as one import takes at once. */
function lines(text: string): string {
  const made: string[] = [];
  const each = 60_000;
  for (let at = 0; at < text.length; at += each) {
    const part = text.slice(at, at + each);
    const id = `01999999-9999-7999-8999-${made.length.toString(16).padStart(12, "0")}`;
    const stamp = `0199999999${(made.length + 16).toString(16)}-0000-abcdefgh`;
    const body = { id, k: "prompt", h: stamp, at: NOW, project, src: "user", n: 1, text: part };
    made.push(JSON.stringify(body));
  }
  return made.join("\n");
}

function memoryOf(text: string): Memory & Hit {
  const lists = pieces(text);
  return {
    ...{ id: "01999999-9999-7999-8999-999999999999", kind: "observation", type: "discovery" },
    ...{ title: text, text, subtitle: text, facts: lists, concepts: lists },
    ...{ filesRead: lists, filesModified: lists, project: { id: text, name: text }, at: NOW },
    ...{ trust: "low", provenance: "tool", snippet: text, preview: text, sectors: [], score: 1 },
    // What is shown reads no more than this of a memory.
  } as unknown as Memory & Hit;
}

/** Reads an answer in fragments of some characters, as a model sends them. */
function fragments(text: string): void {
  const reader = new AnswerReader([]);
  for (let at = 0; at < text.length; at += 7) reader.push(text.slice(at, at + 7));
  reader.push(text);
  reader.end();
}

function rewritten(text: string): void {
  const memory = memoryOf(text);
  const block = { text, citations: [{ label: "m1", id: memory.id, title: "a" }] };
  readRewritings(text, block, [memory]);
  readRewritings(`\`\`\`${text}`, block, [memory]);
  const item = {
    label: "m1",
    title: "a",
    narrative: text.slice(0, 4_000),
    facts: [text.slice(0, 500)],
  };
  readRewritings(JSON.stringify([item]), block, [memory]);
}

/** Requests of clients that hold the text, over memories of their own. */
async function requests(text: string): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), "recollect-bench-"));
  const store = new FileSegmentStore(join(folder, "mem1"));
  const memories = new Memories({ store, readModule: builtModule, app: "0.0.0", log: silent });
  await memories.open();
  const handler = createHandler(memories, { version: "0.0.0" });
  let most = 0;
  const ask = async (method: string, path: string, body?: unknown): Promise<void> => {
    const content = body === undefined ? {} : { body: JSON.stringify(body) };
    const headers = { "content-type": "application/json" };
    const request = new Request(`http://h${path}`, { method, headers, ...content });
    const answered = async (): Promise<string> => (await handler(request)).text();
    most = Math.max(most, await longest(answered()));
  };
  const query = encodeURIComponent(text.slice(0, 8_000).replace(/\p{Surrogate}/gu, "?"));
  await ask("POST", "/api/sessions/init", { contentSessionId: "s", project: "p", prompt: text });
  await ask("POST", "/api/sessions/observations", {
    contentSessionId: "s",
    tool_name: "Bash",
    tool_input: { command: text },
    tool_response: text,
    cwd: text,
  });
  await ask("POST", "/api/sessions/summarize", {
    contentSessionId: "s",
    last_assistant_message: text,
  });
  await ask("POST", "/memory/add", { content: text, tags: [text], metadata: { text } });
  await ask("POST", "/memory/query", { query: text });
  await ask("GET", `/api/search?query=${query}`);
  await ask("GET", "/api/context/inject?project=p");
  await ask("GET", "/api/observations");
  await memories.dispose();
  await rm(folder, { recursive: true, force: true });
  return most;
}
