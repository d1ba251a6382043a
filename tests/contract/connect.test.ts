/** Connecting agents: their own files get hooks and a server, and are as before once that is undone. */
import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import {
  chmod,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  symlink,
  writeFile,
} from "node:fs/promises";
import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, test } from "node:test";
import { promisify } from "node:util";
import { parse } from "jsonc-parser";
import { CONNECTED } from "../../extension/src/common/agents/connectedAgents.js";
import { cli } from "./http/Server.js";

const run = promisify(execFile);

let home: string;
let storage: string;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "recollect-home-"));
  storage = join(home, "the storage");
});

afterEach(() => rm(home, { recursive: true, force: true }));

const SETTINGS = `// What I like.
{
\t"theme": "dark", // always
\t"hooks": {
\t\t"SessionStart": [
\t\t\t{ "hooks": [{ "type": "command", "command": "mine" }] }
\t\t],
\t\t"sessionStart": [{ "command": "mine" }]
\t},
\t"mcpServers": { "other": { "command": "x" } }
}
`;

/** Files of each agent, with what a user may have in them. */
const files: Record<string, [string, string][]> = {
  "claude-code": [
    [".claude/settings.json", SETTINGS],
    [".claude.json", '{"projects":{},"mcpServers":{}}'],
  ],
  codex: [
    [".codex/hooks.json", SETTINGS.replaceAll("\n", "\r\n")],
    [".codex/config.toml", 'model = "x"\n\n[mcp_servers.other]\ncommand = "y"'],
  ],
  cursor: [
    [".cursor/hooks.json", `{\n  "version": 1,\n  "hooks": {}\n}`],
    [".cursor/mcp.json", "{}"],
  ],
  gemini: [[".gemini/settings.json", SETTINGS]],
  copilot: [
    [".copilot/hooks/recollect.json", ""],
    [".copilot/mcp-config.json", "\ufeff{}\n"],
  ],
  devin: [
    [".config/devin/config.json", SETTINGS],
    [".config/devin/mcp_config.json", '{\n  "mcpServers": {}\n}\n'],
  ],
  opencode: [
    [
      ".config/opencode/opencode.jsonc",
      '{\n  // mine\n  "mcp": { "other": { "type": "local", "command": ["x"] } },\n}\n',
    ],
  ],
  cline: [[".cline/data/settings/cline_mcp_settings.json", '{"mcpServers":{}}']],
  zed: [[".config/zed/settings.json", '// mine\n{\n  "theme": "One Dark", // always\n}\n']],
};

async function connect(...args: string[]): Promise<string> {
  const env = { PATH: process.env["PATH"], HOME: home };
  const command = [cli, "connect", ...args, "--storage", storage];
  return (await run(process.execPath, command, { env })).stdout;
}

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(home, path)), { recursive: true });
  await writeFile(join(home, path), text);
}

/** Everything below the home folder but the storage, by path. */
async function everything(): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const item of await readdir(home, { recursive: true, withFileTypes: true })) {
    const path = join(item.parentPath, item.name);
    if (path.startsWith(storage)) continue;
    found[path] = item.isFile() ? (await readFile(path)).toString("hex") : "";
  }
  return found;
}

test("what is connected is in each file beside what was there, and undone byte for byte", async () => {
  for (const agent of CONNECTED) {
    for (const [path, text] of files[agent] ?? []) await write(path, text);
    const before = await everything();
    await connect(agent);
    for (const [path, text] of files[agent] ?? []) {
      const after = await readFile(join(home, path), "utf8");
      assert.match(after, /recollect\.cjs/, path);
      for (const line of text.split(/\r?\n/).filter((one) => /mine|other|theme|always/.test(one)))
        assert.ok(after.includes(line.trim().replace(/[\]}, ]*$/, "")), `${path}: ${line}`);
      if (path.endsWith(".toml")) continue;
      const errors: unknown[] = [];
      const settings = parse(after.replace(/^\ufeff/, ""), errors as never, {
        allowTrailingComma: true,
      }) as Record<string, object>;
      assert.deepEqual(errors, [], path);
      const keys = ["hooks", "mcpServers", "mcp", "context_servers"];
      assert.ok(
        keys.some((key) => key in settings),
        path,
      );
    }
    const connected = await everything();
    await connect(agent);
    assert.deepEqual(await everything(), connected, `${agent} is connected once`);
    await connect(agent, "--undo");
    assert.deepEqual(await everything(), before, agent);
    assert.match(await connect(agent, "--undo"), /is not connected/);
  }
});

test("each agent finds the entry where it looks for it, in its own form", async () => {
  const script = join(storage, "bin/recollect.cjs");
  const server = { command: process.execPath, args: [script, "mcp"] };
  const command = [process.execPath, script, "mcp"];
  const local = { type: "local", command, enabled: true };
  const open = ".config/opencode/opencode.json";
  const cases: { agent: string; before?: string; path: string; holds: object }[] = [
    {
      agent: "zed",
      path: ".config/zed/settings.json",
      holds: { context_servers: { recollect: server } },
    },
    {
      ...{ agent: "cline", path: ".cline/data/settings/cline_mcp_settings.json" },
      holds: { mcpServers: { recollect: server } },
    },
    { agent: "opencode", path: open, holds: { mcp: { recollect: local } } },
    // Its second version has another form, and reads no file that mixes both.
    {
      ...{ agent: "opencode", path: open, before: '{"mcp":{"servers":{}}}' },
      holds: { mcp: { servers: { recollect: local } } },
    },
    // A server that somebody has called so.
    {
      ...{ agent: "opencode", path: open, before: '{"mcp":{"servers":{"type":"remote"}}}' },
      holds: { mcp: { servers: { type: "remote" }, recollect: local } },
    },
    // The former name, and the former place.
    {
      ...{ agent: "windsurf", path: ".codeium/windsurf/mcp_config.json", before: "{}" },
      holds: { mcpServers: { recollect: server } },
    },
  ];
  for (const { agent, before, path, holds } of cases) {
    if (before !== undefined) await write(path, before);
    const were = await everything();
    await connect(agent);
    assert.deepEqual(JSON.parse(await readFile(join(home, path), "utf8")), holds, agent);
    await connect(agent, "--undo");
    assert.deepEqual(await everything(), were, agent);
    if (before !== undefined) await rm(dirname(join(home, path)), { recursive: true });
  }
});

test("a session of Codex that ends is given no more time than Codex allows", async () => {
  await connect("codex");
  const { hooks } = JSON.parse(await readFile(join(home, ".codex/hooks.json"), "utf8")) as {
    hooks: Record<string, { matcher?: string; hooks: { timeout: number }[] }[]>;
  };
  assert.equal(hooks["SessionEnd"]?.[0]?.hooks[0]?.timeout, 3);
  assert.match(hooks["PreToolUse"]?.[0]?.matcher ?? "", /apply_patch/);
});

test("where there was nothing, nothing is left", async () => {
  await mkdir(storage);
  const before = await everything();
  for (const agent of CONNECTED) {
    const shown = await connect(agent, "--dry-run");
    assert.match(shown, /there is none yet[^]*\+ .*recollect\.cjs/, agent);
    assert.deepEqual(await everything(), before, "only shown");
    await connect(agent);
    await connect(agent, "--undo");
    assert.deepEqual(await everything(), before, agent);
  }
});

test("what was changed meanwhile stays, and what was written anew loses ours alone", async () => {
  await write(".gemini/settings.json", SETTINGS);
  await connect("gemini");
  const file = join(home, ".gemini/settings.json");
  const connected = await readFile(file, "utf8");
  await writeFile(file, connected.replace('"dark"', '"very light"'));
  await connect("gemini", "--undo");
  assert.equal(await readFile(file, "utf8"), SETTINGS.replace('"dark"', '"very light"'));

  await connect("gemini");
  const value: unknown = parse(await readFile(file, "utf8"));
  await writeFile(file, JSON.stringify(value));
  await connect("gemini", "--undo");
  const left = await readFile(file, "utf8");
  assert.doesNotMatch(left, /recollect/);
  assert.deepEqual(
    JSON.parse(left),
    parse(SETTINGS.replace("very light", "dark").replace("dark", "very light")),
  );
});

test("a file that cannot be changed is left alone, and none of the others is", async () => {
  await write(".claude.json", '{"mcpServers":{"recollect":{"command":"mine"}}}');
  await write(".claude/settings.json", "{}");
  const before = await everything();
  await assert.rejects(connect("claude-code"), {
    code: 2,
    stderr: /left alone: it has mcpServers/,
  });
  assert.deepEqual(await everything(), before);
  await write(".gemini/settings.json", "{ broken");
  await assert.rejects(connect("gemini"), { code: 2, stderr: /left alone: it is no JSON/ });
  await assert.rejects(connect("emacs"), { code: 2, stderr: /one of claude-code/ });
});

test("a file behind a link is changed where it is", async () => {
  await write("dotfiles/mcp.json", '{"mcpServers":{}}');
  await mkdir(join(home, ".cursor"));
  await symlink(join(home, "dotfiles/mcp.json"), join(home, ".cursor/mcp.json"));
  await connect("cursor");
  assert.match(await readFile(join(home, "dotfiles/mcp.json"), "utf8"), /recollect/);
  assert.ok((await lstat(join(home, ".cursor/mcp.json"))).isSymbolicLink());
  await connect("cursor", "--undo");
  assert.equal(await readFile(join(home, "dotfiles/mcp.json"), "utf8"), '{"mcpServers":{}}');
});

test("whatever a file's line ends, mark, comments and mode are, undoing gives the same bytes", async () => {
  const forms: [string, string][] = [
    ["no line end", '{"mcpServers":{"a":{}}}'],
    ["empty lines", '\n\n{\n  "a": 1\n}\n\n\n'],
    ["Windows", '\ufeff{\r\n\t"a": [ 1 ],\r\n\t"mcpServers": {\r\n\t}\r\n}\r\n'],
    ["commas", '{\n  "a": [1, 2,],\n  "mcpServers": { "b": {}, },\n}\n'],
    [
      "comments",
      '/* a */ { // b\n  /* c */ "mcpServers" /* d */ : { /* e */ } // f\n  // g\n} // h',
    ],
    ["letters", '{ "größe": "\u{1f33f}", "x": "\\u00e9" }\n'],
    ["nothing", ""],
    ["space", " \r\n"],
  ];
  for (const [name, text] of forms) {
    for (const path of [".gemini/settings.json", ".cursor/hooks.json", ".cursor/mcp.json"])
      await write(path, text);
    await chmod(join(home, ".gemini/settings.json"), 0o444);
    const before = await everything();
    for (const agent of ["gemini", "cursor"]) await connect(agent);
    const after = await readFile(join(home, ".gemini/settings.json"), "utf8");
    assert.match(after, /recollect\.cjs/, name);
    for (const agent of ["gemini", "cursor"]) await connect(agent, "--undo");
    assert.deepEqual(await everything(), before, name);
    const { mode } = await lstat(join(home, ".gemini/settings.json"));
    assert.equal(mode & 0o777, 0o444, name);
    await rm(join(home, ".gemini"), { recursive: true });
    await rm(join(home, ".cursor"), { recursive: true });
  }
});

test("where one of an agent's files cannot be written the others are as before", async (t) => {
  await write(".codex/hooks.json", SETTINGS);
  await symlink("/gone/config.toml", join(home, ".codex/config.toml"));
  const before = await everything();
  await assert.rejects(connect("codex"), {
    code: 2,
    stderr: /left alone: it is a link to nothing/,
  });
  assert.deepEqual(await everything(), before);
  // Nobody can make a file in that folder, whoever runs this.
  if (!existsSync("/proc/version")) return t.skip("no such folder here");
  await rm(join(home, ".codex/config.toml"));
  await symlink("/proc/version", join(home, ".codex/config.toml"));
  const linked = await everything();
  await assert.rejects(connect("codex"), {
    code: 2,
    stderr: /cannot be written .*nothing is conn/,
  });
  assert.deepEqual(await everything(), linked);
  assert.match(await connect("codex", "--undo"), /is not connected/);
});

test("the command that is written runs the hook, and fails no agent once the extension is gone", async () => {
  await connect("claude-code");
  const settings = JSON.parse(await readFile(join(home, ".claude/settings.json"), "utf8")) as {
    hooks: Record<string, { matcher?: string; hooks: { command: string; timeout: number }[] }[]>;
  };
  const [group] = settings.hooks["PreToolUse"] ?? [];
  const [entry] = group?.hooks ?? [];
  assert.ok(entry !== undefined && entry.timeout === 10 && group?.matcher?.includes("Edit"));
  const answer = (): Promise<{ code: number | null; output: string }> =>
    new Promise((resolve) => {
      const env = { ...process.env, HOME: home, RECOLLECT_HOOKS_SECONDS: "0" };
      const child = spawn("sh", ["-c", entry.command], { env });
      let output = "";
      child.stdout.on("data", (part: Buffer) => (output += part.toString()));
      child.stdin.on("error", () => undefined);
      child.stdin.end("no JSON");
      child.once("close", (code) => resolve({ code, output }));
    });
  assert.deepEqual(await answer(), { code: 0, output: "" });
  assert.match(
    await readFile(join(storage, "hooks.log"), "utf8"),
    /claude-code PreToolUse .*no JSON/,
  );

  const launcher = join(storage, "bin/recollect.cjs");
  const text = await readFile(launcher, "utf8");
  await writeFile(launcher, text.replace(/const installed = .*;/, 'const installed = "/gone/x";'));
  assert.deepEqual(await answer(), { code: 0, output: "" });
});
