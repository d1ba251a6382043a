import type { Place } from "recollect-wasm";
import type { FolderReader } from "./FolderReader.js";
import { chooseRemote, readGitConfig, type RemoteConfig } from "./gitConfig.js";
import { findGitFolder, readText, type GitFolder } from "./gitFolder.js";
import { GitObjects } from "./GitObjects.js";
import { readHead } from "./gitRefs.js";
import { RootCommits, type Beginning } from "./RootCommits.js";
import { withoutEnd } from "../text/withoutEnd.js";

/** What finding out where a folder belongs needs of its host. Paths are those of URIs. */
export interface PlaceHost {
  readonly reader: FolderReader;
  /** A path as the module knows it: with the machine, where that is another one. */
  addressOf(path: string): string;
  /** The path without symbolic links, where the host can tell. */
  realPath?(path: string): Promise<string>;
  /** The commit that the history begins with, where the host has a quicker way than the files. */
  rootCommit?(git: GitFolder): Promise<string | undefined>;
  /** Config files of the user. */
  readonly configs?: readonly string[];
}

/** Where a folder is. */
export interface FoundPlace {
  readonly place: Place;
  /** The root of the working tree, in every spelling; none outside a repository. */
  readonly roots: readonly string[];
  /** Path of the folder below that root; empty for the root itself and outside a repository. */
  readonly prefix: string;
}

/** Commits looked at on the way to the first. */
const MAX_COMMITS = 20_000;

/** Finds out where a folder belongs, by the files of its repository. */
export async function findPlace(
  host: PlaceHost,
  folder: string,
  known = new RootCommits(),
): Promise<FoundPlace> {
  const real = (await host.realPath?.(folder).catch(() => undefined)) ?? folder;
  const [told, address] = [folder, real].map((path) => host.addressOf(path)) as [string, string];
  const git =
    (await findGitFolder(host.reader, real)) ??
    (real === folder ? undefined : await findGitFolder(host.reader, folder));
  const others = told === address ? [] : [address];
  if (git === undefined) {
    return { place: { folder: told, otherFolders: others }, roots: [], prefix: "" };
  }
  const root = host.addressOf(git.root);
  const roots = [root];
  const prefix = below(git.root, real) ?? "";
  // The same root by the way that was told.
  if (folder !== real && (prefix === "" || folder.endsWith(`/${prefix}`))) {
    roots.push(host.addressOf(prefix === "" ? folder : folder.slice(0, -prefix.length - 1)));
  }
  const remote = await remoteOf(host, git);
  const rootCommit = await rootCommitOf(host, git, known);
  return {
    place: {
      folder: told,
      otherFolders: [...new Set([...others, ...roots])],
      repository: {
        home: host.addressOf(homeOf(git)),
        ...(remote === undefined ? {} : { remote }),
        ...(rootCommit === undefined ? {} : { rootCommit }),
      },
    },
    roots,
    prefix,
  };
}

/** The path of a folder below another, if it lies there. */
function below(root: string, folder: string): string | undefined {
  const path = withoutEnd(folder, "/");
  if (path === root) return "";
  return path.startsWith(`${root}/`) ? path.slice(root.length + 1) : undefined;
}

/** Where the main working tree is, or the folder of the data of a repository that has none. */
function homeOf({ root, gitFolder, commonFolder }: GitFolder): string {
  // A submodule keeps its data inside the repository around it.
  if (/\/modules\//.test(commonFolder) && gitFolder === commonFolder) return root;
  const slash = commonFolder.lastIndexOf("/");
  // `.git`, and what people call `.bare` beside their working trees.
  return slash > 0 && commonFolder[slash + 1] === "." ? commonFolder.slice(0, slash) : commonFolder;
}

async function remoteOf(host: PlaceHost, { commonFolder }: GitFolder): Promise<string | undefined> {
  const text = await readText(host.reader, `${commonFolder}/config`);
  if (text === undefined) return undefined;
  const config = readGitConfig(text);
  if (config.urls.size === 0) return undefined;
  const more: RemoteConfig[] = [];
  for (const path of host.configs ?? []) {
    const users = await readText(host.reader, path).catch(() => undefined);
    if (users !== undefined) more.push(readGitConfig(users));
  }
  return chooseRemote(config, more);
}

async function rootCommitOf(
  host: PlaceHost,
  git: GitFolder,
  known: RootCommits,
): Promise<string | undefined> {
  const { commonFolder } = git;
  return known.find(commonFolder, async () => {
    // The history of a shallow clone begins somewhere in its middle.
    if ((await readText(host.reader, `${commonFolder}/shallow`)) !== undefined) return undefined;
    const told = await host.rootCommit?.(git).catch(() => undefined);
    return told === undefined ? walkToRoot(host.reader, git) : { hash: told };
  });
}

/** Follows first parents through the objects. */
async function walkToRoot(
  reader: FolderReader,
  { gitFolder, commonFolder }: GitFolder,
): Promise<Beginning> {
  const objects = new GitObjects(reader, commonFolder);
  // That of the main working tree, so that the others agree with it.
  let hash = await readHead(reader, { gitFolder: commonFolder, commonFolder });
  hash ??= await readHead(reader, { gitFolder, commonFolder });
  if (hash === undefined) return "empty";
  for (let count = 0; count < MAX_COMMITS; count += 1) {
    const commit = await objects.commit(hash);
    if (commit === undefined) return undefined;
    const [parent] = commit.parents;
    if (parent === undefined) return { hash };
    hash = parent;
  }
  return undefined;
}
