/** claude-mem as its package brings it: its hook commands, and its MCP server's. */
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { createInterface } from "node:readline";

/** Exactly these are fetched: what is tested is what was read. */
const PACKAGES = [
  {
    name: "claude-mem",
    version: "13.25.3",
    integrity:
      "sha512-Hqa33Vv8YJ5fnaHzZc3HC3JihHagHji5O9R66ZBIKn3DDPOlaDfI5X2oxuSdtp7kRMsEpMc2p7wMXPEe0kZG9g==",
  },
] as const;

const BUN = "bun@1.4.5";

/** Where the set-up's tools are too; nothing of it belongs to the repository. */
const cache = join(
  process.env["RECOLLECT_TOOLS"] ??
    join(process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "recollect"),
  "clients",
);

/** What was installed. */
export interface Installed {
  /** The folder of the whole package, with its plugins for other hosts. */
  readonly package: string;
  /** The folder that holds the hooks and the scripts. */
  readonly plugin: string;
  /** The folder with the program `bun`. */
  readonly bun: string;
}

/** Installs both, once; some hundred megabytes. */
export function install(): Installed {
  const folder = installPackage();
  const bun = join(cache, BUN);
  if (!existsSync(bun)) {
    inNewFolder(bun, (folder) => {
      npm(folder, ["install", "--prefix", folder, "--no-audit", "--no-fund", "--save-exact", BUN]);
    });
  }
  return {
    package: folder,
    plugin: join(folder, "plugin"),
    bun: join(bun, "node_modules/.bin"),
  };
}

/** Fetches the package alone, once; its folder. */
export function installPackage(): string {
  mkdirSync(cache, { recursive: true });
  const [{ name, version, integrity }] = PACKAGES;
  const client = join(cache, `${name}-${version}`);
  if (!existsSync(client)) {
    inNewFolder(client, (folder) => {
      const packed = npm(folder, ["pack", "--json", `${name}@${version}`]);
      const [told] = JSON.parse(packed) as [{ filename: string; integrity: string }];
      assert.equal(told.integrity, integrity, `${name} is not what was read`);
      const archive = spawnSync("tar", ["-xzf", told.filename], { cwd: folder, stdio: "inherit" });
      assert.equal(archive.status, 0, "tar failed");
    });
  }
  return join(client, "package");
}

/** Fills a folder that has its name only once it is whole. */
function inNewFolder(path: string, fill: (folder: string) => void): void {
  const folder = mkdtempSync(`${path}.`);
  try {
    fill(folder);
    renameSync(folder, path);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function npm(cwd: string, args: readonly string[]): string {
  // A call from an npm script brings that script's configuration along, such as the root's folder.
  const env = Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^npm_(?:config_(?:local_)?prefix|package_|lifecycle_)/i.test(name),
    ),
  );
  const { status, stdout } = spawnSync("npm", [...args, "--loglevel=error"], {
    cwd,
    env,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  assert.equal(status, 0, `npm ${args.join(" ")} failed`);
  return stdout;
}

/** What a program said before it ended. */
export interface Said {
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
}

/** A user of claude-mem, with a home of their own. */
export class User {
  constructor(
    readonly installed: Installed,
    readonly home: string,
    readonly folder: string,
  ) {}

  /** The commands that its `hooks.json` names for an event, each given the event. */
  async hook(event: string, told: object): Promise<Said[]> {
    const file = join(this.installed.plugin, "hooks/hooks.json");
    const { hooks } = JSON.parse(readFileSync(file, "utf8")) as {
      hooks: Record<string, { hooks: { command: string }[] }[]>;
    };
    const said: Said[] = [];
    for (const { command } of (hooks[event] ?? []).flatMap((matched) => matched.hooks)) {
      said.push(await this.#run("bash", ["-c", command], JSON.stringify(told)));
    }
    assert.ok(said.length > 0, `no hook for ${event}`);
    return said;
  }

  /** The answers of its MCP server's tools, one after the other, the server run by `program`. */
  async tools<Result>(
    program: "bun" | "node",
    use: (tool: (name: string, args: object) => Promise<string>) => Promise<Result>,
  ): Promise<Result> {
    const file = join(this.installed.plugin, ".mcp.json");
    const { mcpServers } = JSON.parse(readFileSync(file, "utf8")) as {
      mcpServers: Record<string, { args: string[] }>;
    };
    const [server] = Object.values(mcpServers);
    assert.ok(server);
    const child = spawn(program, server.args, {
      cwd: this.folder,
      env: this.#environment(),
      stdio: ["pipe", "pipe", "ignore"],
    });
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    let id = 0;
    const ask = async (method: string, params: object): Promise<object> => {
      id += 1;
      child.stdin.write(`${JSON.stringify({ jsonrpc: "2.0", id, method, params })}\n`);
      for (;;) {
        const { value, done } = (await lines.next()) as { value: string; done?: boolean };
        assert.ok(done !== true, "the MCP server ended");
        const answer = JSON.parse(value) as { id?: number; result?: object };
        if (answer.id === id) return answer.result ?? assert.fail(value);
      }
    };
    const timer = setTimeout(() => child.kill(), 60_000);
    try {
      const clientInfo = { name: "a client", version: "1" };
      const protocolVersion = "2024-11-05";
      await ask("initialize", { protocolVersion, capabilities: {}, clientInfo });
      child.stdin.write('{"jsonrpc":"2.0","method":"notifications/initialized"}\n');
      return await use(async (name, args) => {
        const result = await ask("tools/call", { name, arguments: args });
        const { content, isError } = result as { content: { text: string }[]; isError?: boolean };
        const text = content.map((part) => part.text).join("\n");
        assert.notEqual(isError, true, text);
        return text;
      });
    } finally {
      clearTimeout(timer);
      child.stdin.end();
      child.kill();
    }
  }

  #environment(): NodeJS.ProcessEnv {
    const { PATH = "", TMPDIR } = process.env;
    return {
      ...(TMPDIR === undefined ? {} : { TMPDIR }),
      PATH: [this.installed.bun, PATH].join(delimiter),
      HOME: this.home,
      CLAUDE_PLUGIN_ROOT: this.installed.plugin,
      // Nobody who tests here wants to be counted by it.
      DO_NOT_TRACK: "1",
      CLAUDE_MEM_TELEMETRY: "0",
    };
  }

  async #run(program: string, args: readonly string[], input: string): Promise<Said> {
    const child = spawn(program, args, { cwd: this.folder, env: this.#environment() });
    const timer = setTimeout(() => child.kill(), 60_000);
    let output = "";
    let errors = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (errors += text));
    child.stdin.on("error", () => undefined).end(input);
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once("error", reject);
      child.once("close", resolve);
    });
    clearTimeout(timer);
    return { code, output, errors };
  }
}
