import * as vscode from "vscode";
import type { RecollectApi, WholeMemory } from "../../../../extension/api.js";

/** What an endpoint answered. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** Asks an endpoint in process, through what Recollect gives to other extensions. */
export async function ask(method: string, path: string, body: unknown): Promise<Answer> {
  const request = new Request(`http://recollect${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const response = await (await api()).fetch(request);
  return { status: response.status, body: await response.json() };
}

/** Remembers one text after the other, and gives the ids that were acknowledged. */
export async function rememberEach(texts: readonly string[]): Promise<string[]> {
  const recollect = await api();
  const ids: string[] = [];
  for (const text of texts) {
    const remembered = await recollect.remember({ text });
    if (remembered.status !== "remembered") throw new Error("it was skipped");
    ids.push(remembered.id);
  }
  return ids;
}

/** Memories by their ids. */
export async function getMemories(ids: readonly string[]): Promise<WholeMemory[]> {
  return (await api()).get(ids);
}

async function api(): Promise<RecollectApi> {
  const recollect = vscode.extensions.getExtension<RecollectApi>("recollect.recollect");
  if (recollect === undefined) throw new Error("Recollect is not in this host");
  return recollect.activate();
}
