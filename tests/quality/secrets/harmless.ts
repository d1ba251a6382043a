/** Lines that hold no secret: this repository's files and history, and messages of other histories. */
import { spawnSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";

const ROOT = join(import.meta.dirname, "../../..");

/** Where secrets are made on purpose: to show that they are found, and in examples of addresses. */
const MADE =
  /(^|\/)(tests?|cases|fixtures|privacy|fuzz|node_modules)\/|secrets?[/.]|\.test\.|project\.rs$|[gG]it[^/]*$|project\/[^/]*$/;
const BINARY = /\.(gz|png|wasm|br|vsix|seg|ico|woff2?)$/;

/** Lines of the files that git keeps here, but of those that make secrets. */
export function sourceLines(): string[] {
  const files = git("ls-files").split("\n");
  return files
    .filter((file) => file !== "" && !BINARY.test(file) && !MADE.test(file))
    .flatMap((file) => {
      try {
        return readFileSync(join(ROOT, file), "utf8").split("\n");
      } catch {
        return []; // Removed and not yet committed.
      }
    });
}

/** Subjects and bodies of this repository's commits. */
export function historyLines(): string[] {
  return [...new Set(git("log", "--format=%s%n%b").split("\n"))];
}

/** Messages and paths of the histories in a folder, of which nothing is committed. */
export function foreignLines(folder: string): string[] {
  const lines = new Set<string>();
  for (const name of readdirSync(folder)) {
    if (!name.endsWith(".jsonl.gz")) continue;
    const text = gunzipSync(readFileSync(join(folder, name))).toString("utf8");
    for (const line of text.split("\n")) {
      if (line === "") continue;
      const commit = JSON.parse(line) as {
        subject: string;
        body: string;
        files: { path: string }[];
      };
      for (const one of [commit.subject, ...commit.body.split("\n")]) lines.add(one);
      for (const { path } of commit.files) lines.add(path);
    }
  }
  return [...lines];
}

function git(...args: string[]): string {
  const { status, stdout } = spawnSync("git", args, {
    cwd: ROOT,
    encoding: "utf8",
    maxBuffer: 256 * 1024 * 1024,
  });
  return status === 0 ? stdout : "";
}
