import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { isServerOffered } from "../src/common/agents/OwnProgram.js";
import { agentConnector, refreshLauncher } from "../src/node/agentConnector.js";
import { temporaryFolder } from "./temporaryFolder.js";

const run = promisify(execFile);

/** Everything below a folder, by path. */
async function everything(folder: string): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const item of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(item.parentPath, item.name);
    found[path] = item.isFile() ? (await readFile(path)).toString("hex") : "";
  }
  return found;
}

test("an editor lists the agents, shows the change, writes it, and takes it out byte for byte", async () => {
  const own = await temporaryFolder();
  const [home, storage] = [join(own, "home"), join(own, "storage")];
  const installed = { folder: own, program: "/gone/editor", isEditor: true };
  await mkdir(join(home, ".gemini"), { recursive: true });
  await writeFile(join(home, ".gemini/settings.json"), '{\n\t"theme": "dark" // mine\n}\n');
  const connector = agentConnector(storage, installed, home);
  const stateOf = async (name: string): Promise<object | undefined> =>
    (await connector.list()).find(({ agent }) => agent === name);
  assert.deepEqual(await stateOf("gemini"), {
    ...{ agent: "gemini", isInstalled: true, isConnected: false },
  });
  const before = await everything(home);
  const shown = await connector.preview("gemini", false);
  assert.match(shown.join("\n"), /settings\.json[^]*\+ .*bin.recollect/);
  assert.deepEqual(await everything(home), before);
  assert.match((await connector.connect("gemini")).join("\n"), /settings\.json: changed/);
  const text = await readFile(join(home, ".gemini/settings.json"), "utf8");
  const added = shown.filter((one) => one.startsWith("  + ")).map((one) => one.slice(4));
  const kept = text.split("\n").filter((line) => !added.includes(line));
  // The comma that now follows the last entry is a change too, and is shown.
  assert.deepEqual(kept, ["{", "}", ""]);
  assert.ok(shown.includes('  - \t"theme": "dark" // mine'), shown.join("\n"));
  const out = await connector.preview("gemini", true);
  assert.ok(added.every((line) => out.includes(`  - ${line}`)));
  assert.match(JSON.stringify(await stateOf("gemini")), /"isConnected":true/);
  await connector.undo("gemini");
  assert.deepEqual(await everything(home), before);
});

test(
  "what is started works without the editor's old program and without Node on PATH",
  { skip: process.platform === "win32" },
  async () => {
    const own = await temporaryFolder();
    const storage = join(own, "the 'storage'");
    const home = join(own, "home");
    await mkdir(join(own, "dist"), { recursive: true });
    const program =
      "console.log([process.env.ELECTRON_RUN_AS_NODE, ...process.argv.slice(2)].join());";
    await writeFile(join(own, "dist/cli.js"), program);
    const installed = { folder: own, program: process.execPath, isEditor: true };
    await agentConnector(storage, installed, home).connect("cursor");
    const hooks = await readFile(join(home, ".cursor/hooks.json"), "utf8");
    const { hooks: events } = JSON.parse(hooks) as { hooks: Record<string, { command: string }[]> };
    const [{ command } = { command: "" }] = events["stop"] ?? [];
    const bare = { env: { PATH: "/usr/bin:/bin" } };
    const { stdout } = await run("/bin/sh", ["-c", command], bare);
    assert.match(stdout, /^1,hook,--agent,cursor,--event,stop,--storage,/);

    // An update took the program away, and the next start of the editor tells of the new one.
    await refreshLauncher(storage, { ...installed, program: "/gone/editor" });
    const nothing = { env: { PATH: own } };
    assert.equal((await run("/bin/sh", ["-c", command], nothing)).stdout, "");
    await refreshLauncher(storage, installed);
    assert.match((await run("/bin/sh", ["-c", command], bare)).stdout, /^1,hook/);
  },
);

test("an editor is offered the server only where the plugin's own does not start", () => {
  const cases: [isNodeOnPath: boolean, takesPlugins: boolean, areToolsOn: boolean, boolean][] = [
    [true, true, true, false],
    [false, true, true, true],
    [true, false, true, true],
    [false, false, false, false],
  ];
  for (const [isNodeOnPath, takesPlugins, areToolsOn, isOffered] of cases)
    assert.equal(isServerOffered({ isNodeOnPath }, takesPlugins, areToolsOn), isOffered);
});

test("a format that is not known is left alone, and it is said which", async () => {
  const own = await temporaryFolder();
  const home = join(own, "home");
  const installed = { folder: own, program: process.execPath, isEditor: true };
  const connector = agentConnector(join(own, "storage"), installed, home);
  const cases: ["cursor" | "gemini", string, string, RegExp][] = [
    ["cursor", ".cursor/hooks.json", '{"version":2,"hooks":{}}', /its version is 2, and only 1/],
    ["gemini", ".gemini/settings.json", '{"hooks":[]}', /hooks has another form/],
    ["gemini", ".gemini/settings.json", '{"hooks":{"SessionStart":{}}}', /SessionStart is no list/],
    ["gemini", ".gemini/settings.json", '{"mcpServers":7}', /mcpServers has another form/],
  ];
  for (const [agent, path, text, problem] of cases) {
    await mkdir(join(home, path, ".."), { recursive: true });
    await writeFile(join(home, path), text);
    await assert.rejects(connector.connect(agent), problem);
    assert.equal(await readFile(join(home, path), "utf8"), text);
  }
});
