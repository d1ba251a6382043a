import { execFile } from "node:child_process";
import { realpath } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, isAbsolute, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Project } from "recollect-wasm";
import { findPlace, type FoundPlace, type PlaceHost } from "../../common/git/findPlace.js";
import type { GitFolder } from "../../common/git/gitFolder.js";
import type { RootCommits } from "../../common/git/RootCommits.js";
import type { Memories } from "../../common/memories/Memories.js";
import { repositoryReader, systemPath, uriPath } from "./repositoryReader.js";

/** Files that tell of a repository are small; anything larger is none of them. */
const MAX_BYTES = 1024 * 1024;

/** How long git may take to tell where a history begins. */
const GIT_LIMIT_MS = 3_000;

const run = promisify(execFile);

/** The project of a folder on this machine, as an editor that has the folder open names it. */
export async function projectOfFolder(
  memories: Pick<Memories, "projectAt">,
  folder: string,
  known?: RootCommits,
): Promise<Project> {
  return memories.projectAt((await placeOfFolder(folder, known)).place);
}

/** Where a folder is that a client names; one of another machine is known by its address alone. */
export async function placeOfFolder(folder: string, known?: RootCommits): Promise<FoundPlace> {
  const path = pathOf(folder);
  const alone: FoundPlace = { place: { folder, otherFolders: [] }, roots: [], prefix: "" };
  if (path === undefined) return alone;
  try {
    return await findPlace(host, uriPath(path), known);
  } catch {
    // A folder that cannot be read is known by its address.
    return alone;
  }
}

/**
 * The path of a folder on this machine, if that is what a path or a URI names. A path that does not
 * say where it begins is none: it is the client's, and this process may be anywhere.
 */
export function pathOf(folder: string): string | undefined {
  const told = folder.trim();
  if (told === "~" || /^~[\\/]/.test(told)) return join(homedir(), told.slice(1));
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(told)) {
    if (!/^file:/i.test(told)) return undefined;
    try {
      const path = fileURLToPath(told);
      return isOfThisSystem(path) ? resolve(path) : undefined;
    } catch {
      return undefined;
    }
  }
  if (process.platform === "win32") {
    // As Git Bash writes a drive.
    const [, drive, rest] = /^\/([a-z])(\/.*)?$/i.exec(told) ?? [];
    if (drive !== undefined) return resolve(`${drive}:${rest ?? "/"}`);
  }
  return isOfThisSystem(told) ? resolve(told) : undefined;
}

function isOfThisSystem(path: string): boolean {
  if (process.platform === "win32") return /^[a-z]:[\\/]/i.test(path) || /^[\\/]{2}/.test(path);
  return isAbsolute(path) && !/^\/[a-z]:(?:\/|$)/i.test(path) && !path.startsWith("//");
}

const reader = repositoryReader(MAX_BYTES);

const host: PlaceHost = {
  reader,
  addressOf: (path) => systemPath(path),
  async realPath(path) {
    return uriPath(await nearestReal(systemPath(path)));
  },
  rootCommit,
  configs: userConfigs().map(uriPath),
};

/** The path without links; of what is gone, as much as there is. */
async function nearestReal(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch {
    const above = dirname(path);
    if (above === path) return path;
    return join(await nearestReal(above), path.slice(above.length));
  }
}

function userConfigs(env = process.env): string[] {
  const told = env["GIT_CONFIG_GLOBAL"];
  if (told !== undefined && told !== "") return isAbsolute(told) ? [told] : [];
  const folder = env["XDG_CONFIG_HOME"] ?? join(homedir(), ".config");
  return [join(homedir(), ".gitconfig"), join(folder, "git", "config")].filter(isAbsolute);
}

/**
 * What git runs with. The repository is anybody's, and one that names a command as its transport
 * and lacks an object would have git run it.
 */
const GIT_ENVIRONMENT = {
  GIT_ALLOW_PROTOCOL: "none",
  GIT_NO_LAZY_FETCH: "1",
  GIT_OPTIONAL_LOCKS: "0",
  GIT_TERMINAL_PROMPT: "0",
  LC_ALL: "C",
};

/** Asks git, which knows more shapes of a repository than its files tell us. */
async function rootCommit({ gitFolder, commonFolder }: GitFolder): Promise<string | undefined> {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !name.startsWith("GIT_")),
  );
  // The main working tree's history first, so that the others agree with it.
  for (const folder of new Set([commonFolder, gitFolder])) {
    try {
      const { stdout } = await run(
        "git",
        [
          ...["--git-dir", systemPath(folder), "rev-list", "--first-parent", "--max-parents=0"],
          ...["HEAD", "--"],
        ],
        { env: { ...env, ...GIT_ENVIRONMENT }, timeout: GIT_LIMIT_MS },
      );
      const [hash] = stdout.trim().split("\n");
      if (hash !== undefined && /^[0-9a-f]{40,64}$/.test(hash)) return hash;
    } catch {
      // There is no git, or no commit.
    }
  }
  return undefined;
}
