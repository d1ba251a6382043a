import type { FolderReader } from "./FolderReader.js";
import { withoutEnd } from "../text/withoutEnd.js";

/** Where a repository keeps its data. */
export interface GitFolder {
  /** Folder of the working tree. */
  readonly root: string;
  /** Folder with this working tree's HEAD. */
  readonly gitFolder: string;
  /** Folder with objects, refs and config; another one than `gitFolder` in a linked working tree. */
  readonly commonFolder: string;
}

/** Folders looked at above the one that is open. */
const MAX_LEVELS_UP = 16;

/** The repository a folder belongs to, or `undefined` if there is none to be read. */
export async function findGitFolder(
  reader: FolderReader,
  folder: string,
): Promise<GitFolder | undefined> {
  let root = withoutEnd(folder, "/");
  for (let level = 0; level <= MAX_LEVELS_UP && root !== ""; level += 1) {
    const found = await gitFolderIn(reader, root);
    if (found !== undefined) return found;
    root = root.slice(0, root.lastIndexOf("/"));
  }
  return undefined;
}

/** What the line of a `.git` file begins with that names the folder. */
const GIT_FOLDER = "gitdir:";

/** The ref that the text of `HEAD` names, or `undefined` where it is a commit. */
export function refIn(head: string): string | undefined {
  return head.startsWith("ref:") ? head.slice("ref:".length).trim() || undefined : undefined;
}

async function gitFolderIn(reader: FolderReader, root: string): Promise<GitFolder | undefined> {
  const dotGit = `${root}/.git`;
  if ((await reader.list(dotGit)) !== undefined) {
    // An empty folder of that name is no repository, and git looks further up.
    const isOne = (await reader.read(`${dotGit}/HEAD`)) !== undefined;
    return isOne ? { root, gitFolder: dotGit, commonFolder: dotGit } : undefined;
  }
  // In a linked working tree or a submodule, `.git` is a file that names the folder.
  const lines = ((await readText(reader, dotGit)) ?? "").split("\n");
  const target = lines
    .find((line) => line.startsWith(GIT_FOLDER))
    ?.slice(GIT_FOLDER.length)
    .trim();
  if (target === undefined || target === "") return bareIn(reader, root);
  const gitFolder = resolvePath(root, target);
  const common = await readText(reader, `${gitFolder}/commondir`);
  return {
    root,
    gitFolder,
    commonFolder: common === undefined ? gitFolder : resolvePath(gitFolder, common.trim()),
  };
}

/** The repository that a folder itself is, without a working tree. */
async function bareIn(reader: FolderReader, root: string): Promise<GitFolder | undefined> {
  const head = await readText(reader, `${root}/HEAD`);
  if (head === undefined || !/^(?:ref:|[0-9a-f]{40})/.test(head)) return undefined;
  if ((await reader.list(`${root}/objects`)) === undefined) return undefined;
  return { root, gitFolder: root, commonFolder: root };
}

/** The file's text, or `undefined` if there is none. */
export async function readText(reader: FolderReader, path: string): Promise<string | undefined> {
  const bytes = await reader.read(path);
  return bytes === undefined ? undefined : new TextDecoder().decode(bytes);
}

/** A path as git writes it, which may be relative or begin with a drive, as a URI's path. */
function resolvePath(base: string, path: string): string {
  const slashed = path.replaceAll("\\", "/");
  if (/^[A-Za-z]:\//.test(slashed)) return `/${slashed}`;
  const parts = slashed.startsWith("/") ? [] : base.split("/").filter((part) => part !== "");
  for (const part of slashed.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return `/${parts.join("/")}`;
}
