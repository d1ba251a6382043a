import * as vscode from "vscode";
import type { Project } from "recollect-wasm";
import type { FolderReader } from "../../common/git/FolderReader.js";
import { readText } from "../../common/git/gitFolder.js";
import type { FoundPlace } from "../../common/git/findPlace.js";
import { GitHubRepository } from "../../common/git/hosted/GitHubRepository.js";
import {
  hostedAddress,
  pathInside,
  serviceAddress,
  type HostedAddress,
  type ServiceAddress,
} from "../../common/git/hosted/hostedAddress.js";
import type { Left } from "../../common/git/hosted/HostedRepository.js";
import { HostedHistory } from "../../common/git/hosted/HostedHistory.js";
import { HostingRequests } from "../../common/git/hosted/HostingRequests.js";
import { KeptHosted } from "../../common/git/hosted/KeptHosted.js";
import { learnDecided } from "../../common/import/learnDecided.js";
import { readMailmap, type Mailmap } from "../../common/git/mailmap.js";
import type { Memories } from "../../common/memories/Memories.js";
import type { KeptValues } from "../../common/storage/Keyring.js";
import type { OpenedHistory } from "../Host.js";
import { readServiceSettings } from "../settings.js";
import { folderReader } from "../storage/fileSystem.js";

/** A repository that the window shows without having it: a hosting service does. */
export interface Hosted {
  readonly address: HostedAddress;
  readonly service: ServiceAddress;
  /** What is kept of it, the user's yes as well. */
  readonly kept: KeptHosted;
  /** As people name it. */
  readonly title: string;
}

/** Private repositories can be read by this one alone, though it would allow more. */
const SCOPES = ["repo"];

/** The repository that a folder shows of a hosting service, as its address tells; asks nobody. */
export function hostedRepository(folder: vscode.Uri, kept: KeptValues): Hosted | undefined {
  const address = hostedAddress(folder);
  const service = address && serviceAddress(address.service, readServiceSettings());
  if (address === undefined || service === undefined) return undefined;
  const title = `${address.owner}/${address.name}`;
  return { address, service, title, kept: new KeptHosted(kept, `${service.host}/${title}`) };
}

/** Where a folder of a hosting service is: in the project that a clone of its repository has. */
export function hostedPlace(folder: vscode.Uri): FoundPlace | undefined {
  const address = hostedAddress(folder);
  const service = address && serviceAddress(address.service, readServiceSettings());
  if (address === undefined || service === undefined) return undefined;
  const { owner, name } = address;
  const root = folder.with({ path: `/${owner}/${name}` }).toString();
  return {
    place: {
      ...{ folder: folder.toString(), otherFolders: [root] },
      repository: { home: root, remote: `https://${service.host}/${owner}/${name}.git` },
    },
    ...{ roots: [root], prefix: pathInside(folder) },
  };
}

/** The user's sign-in, asked for only if that is wished; nothing if there is none. */
export async function signIn(
  { signIn: provider }: ServiceAddress,
  how: "silently" | "asking" | "anew",
): Promise<string | undefined> {
  const options: vscode.AuthenticationGetSessionOptions =
    how === "silently"
      ? { silent: true }
      : how === "asking"
        ? { createIfNone: true }
        : { forceNewSession: true };
  try {
    return (await vscode.authentication.getSession(provider, SCOPES, options))?.accessToken;
  } catch {
    // The user said no, or the editor has no such sign-in; what it says is not for the log.
    return undefined;
  }
}

interface Options {
  readonly memories: Memories;
  readonly project: () => Promise<Project>;
  readonly kept: KeptValues;
  /** Calls back with when the service takes requests again, if it wants none before. */
  readonly onLeft: (until: number) => void;
}

/** The history of a folder's repository at a hosting service, if the user said yes to it. */
export function openHostedHistory(
  folder: vscode.Uri,
  { memories, project, kept, onLeft }: Options,
): OpenedHistory | undefined {
  // In Restricted Mode nothing is read of the project.
  if (!vscode.workspace.isTrusted) return undefined;
  const hosted = hostedRepository(folder, kept);
  if (hosted === undefined || hosted.kept.notes.history !== true) return undefined;
  const { address, service } = hosted;
  const root = folder.with({ path: `/${address.owner}/${address.name}` });
  const reader = folderReader(vscode.workspace.fs, folder);
  const requests = new HostingRequests(service.base, {
    fetch: (to, init) => fetch(to, init),
    // It may have been taken back meanwhile.
    token: async () =>
      hosted.kept.notes.history === true ? signIn(service, "silently") : undefined,
    now: Date.now,
    wait,
  });
  let mailmap: Promise<Mailmap> | undefined;
  const repository = new GitHubRepository(requests, address, () => {
    mailmap ??= mailmapIn(reader, root.path);
    return mailmap;
  });
  const rest = ({ until }: Left): void => {
    if (until !== undefined) onLeft(until);
  };
  return {
    ...{ key: root.toString(), root },
    history: new HostedHistory(repository, {
      ...{ kept: hosted.kept, ref: address.ref, now: Date.now, onLeft: rest },
      known: async () => memories.knownCommits(await project()),
    }),
    learnDecided: async (options) => {
      if (hosted.kept.notes.decided !== true) return undefined;
      const named = { memories, project: await project(), kept: hosted.kept, now: Date.now };
      const result = await learnDecided(repository, { ...options, ...named });
      if (result.left !== undefined) rest(result.left);
      return result;
    },
  };
}

/** Whether a folder is one that a hosting service may show. */
export function isHosted(folder: vscode.Uri): boolean {
  return hostedAddress(folder) !== undefined;
}

async function mailmapIn(reader: FolderReader, root: string): Promise<Mailmap> {
  const text = await readText(reader, `${root}/.mailmap`).catch(() => undefined);
  return readMailmap(text ?? "");
}

function wait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((settle) => {
    const timer = setTimeout(settle, ms);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      settle();
    });
  });
}
