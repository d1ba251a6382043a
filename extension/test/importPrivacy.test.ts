import assert from "node:assert/strict";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { IMPORTERS } from "../src/common/import/importers.js";
import { takeIn } from "../src/common/import/takeIn.js";
import { nodeImportFiles } from "../src/node/import/nodeImportFiles.js";
import { openMemories, origin } from "./openMemories.js";
import { temporaryFolder } from "./temporaryFolder.js";

const AT = "2026-01-05T10:00:00.000Z";
const MS = Date.parse(AT);

/** The files of a format in which somebody said something. */
type Made = (said: string) => Readonly<Record<string, unknown>> | Promise<Record<string, Buffer>>;

const MADE: Readonly<Record<string, Made>> = {
  "claude-code": (said) => ({
    "s1.jsonl": [
      {
        ...{ type: "user", uuid: "u1", sessionId: "s1", cwd: "/srv/shop", timestamp: AT },
        message: { role: "user", content: said },
      },
      {
        ...{ type: "assistant", uuid: "u2", sessionId: "s1", cwd: "/srv/shop", timestamp: AT },
        message: { role: "assistant", content: [{ type: "text", text: `We decided: ${said}` }] },
      },
    ],
  }),
  "claude-memory": (said) => ({ "shop/memory/MEMORY.md": `# Kept\n\n${said}\n` }),
  codex: (said) => ({
    "sessions/rollout-1.jsonl": [
      { timestamp: AT, type: "session_meta", payload: { id: "t1", cwd: "/srv/shop" } },
      ...["user", "assistant"].map((role) => ({
        ...{ timestamp: AT, type: "response_item" },
        payload: { type: "message", role, content: [{ type: "input_text", text: said }] },
      })),
    ],
  }),
  "codex-memory": (said) => ({ "MEMORY.md": `# Kept\n\n${said}\n` }),
  "copilot-cli": async (said) => ({
    "session-store.db": await patched("copilot-cli/session-store.db", said),
    "session-state/c9/events.jsonl": Buffer.from(
      [
        { type: "session.start", id: "e0", timestamp: AT, data: { sessionId: "c9" } },
        { type: "user.message", id: "e1", timestamp: AT, data: { content: said } },
        { type: "assistant.message", id: "e2", timestamp: AT, data: { content: said } },
      ]
        .map((line) => JSON.stringify(line))
        .join("\n"),
    ),
  }),
  gemini: (said) => ({
    "tmp/shop/chats/session-1.jsonl": [
      { sessionId: "g1", kind: "main" },
      { id: "m1", timestamp: AT, type: "user", content: said },
      { id: "m2", timestamp: AT, type: "gemini", content: said },
    ],
  }),
  cursor: async (said) => ({
    "globalStorage/state.vscdb": await patched("cursor/globalStorage/state.vscdb", said),
  }),
  "cursor-agent": (said) => ({
    "shop/agent-transcripts/c1/c1.jsonl": [
      { role: "user", message: { content: [{ type: "text", text: said }] } },
      { role: "assistant", message: { content: [{ type: "text", text: said }] } },
    ],
  }),
  opencode: async (said) => ({ "opencode.db": await patched("opencode/opencode.db", said) }),
  "editor-chat": (said) => ({
    "workspaceStorage/w/chatSessions/v1.json": {
      ...{ version: 3, sessionId: "v1" },
      requests: [
        { requestId: "r1", timestamp: MS, message: { text: said }, response: [{ value: said }] },
      ],
    },
  }),
  "editor-memory": (said) => ({
    "globalStorage/github.copilot-chat/memory-tool/memories/kept.md": said,
  }),
  decisions: (said) => ({ "AGENTS.md": `# Kept\n\n${said}\n` }),
  "claude-mem": (said) => ({
    "export.json": {
      prompts: [{ content_session_id: "s1", prompt_text: said, created_at_epoch: MS }],
      observations: [{ title: said, narrative: said, facts: "[]", created_at_epoch: MS }],
      summaries: [{ memory_session_id: "s1", learned: said, created_at_epoch: MS }],
    },
  }),
  mem0: (said) => ({ "all.json": { results: [{ id: "1", memory: said, updated_at: AT }] } }),
  openmemory: (said) => ({ "all.jsonl": [{ id: "1", content: said, created_at: MS }] }),
  "basic-memory": (said) => ({ "note.md": `---\ntitle: Kept\n---\n${said}\n` }),
};

/** A database that was made here, with a text in the place of one of its own. */
async function patched(path: string, said: string): Promise<Buffer> {
  const bytes = await readFile(join(import.meta.dirname, "fixtures", path));
  const at = bytes.indexOf("PLANTED".padEnd(100, "."));
  assert.ok(at > 0 && said.length <= 100);
  bytes.write(said.padEnd(100, "."), at, "latin1");
  return bytes;
}

test("every format is among those that are looked at here", () => {
  assert.deepEqual(Object.keys(MADE).sort(), IMPORTERS.map(({ kind }) => kind).sort());
});

for (const importer of IMPORTERS) {
  test(`private tags and secrets that ${importer.title} tells are in no file`, async () => {
    const root = await temporaryFolder();
    const source = await temporaryFolder();
    const hidden = ["wood", "pecker"].join("");
    const secret = ["ghp", "A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r8"].join("_");
    const said = `Logs in <private>${hidden}</private> by ${secret} again`;
    const files = MADE[importer.kind];
    assert.ok(files);
    const made = Object.entries(await Promise.resolve(files(said)));
    for (const [path, content] of made) {
      await mkdir(dirname(join(source, path)), { recursive: true });
      await writeFile(join(source, path), bytesOf(content));
    }
    const memories = openMemories(root);
    const where = importer.kind === "claude-mem" ? join(source, "export.json") : source;
    const taken = await takeIn(importer, await importer.find(nodeImportFiles, where), {
      ...{ files: nodeImportFiles, memories, signal: new AbortController().signal },
      placeOf: () => Promise.resolve({ project: origin.project, roots: [] }),
    });
    assert.ok(taken.added > 0, "something is taken in");
    await memories.dispose();
    const entries = await readdir(root, { recursive: true, withFileTypes: true });
    const texts = await Promise.all(
      entries
        .filter((entry) => entry.isFile())
        .map(({ parentPath, name }) => readFile(join(parentPath, name), "latin1")),
    );
    const whole = texts.join("\n");
    assert.match(whole, /Logs in/, "what stands beside it is kept");
    for (const planted of [hidden, secret]) assert.ok(!whole.includes(planted));
  });
}

function bytesOf(content: unknown): string | Buffer {
  if (typeof content === "string" || Buffer.isBuffer(content)) return content;
  if (!Array.isArray(content)) return JSON.stringify(content);
  return content.map((line) => JSON.stringify(line)).join("\n");
}
