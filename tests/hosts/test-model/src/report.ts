import * as vscode from "vscode";

/** Where this extension runs, and whether Recollect runs in the same extension host. */
export interface Report {
  readonly host: "node" | "worker";
  /** Differs with every start of the extension host. */
  readonly start: string;
  /** The process that this runs in, if that is one of its own. */
  readonly pid?: number;
  /** Recollect in this very host; absent if it runs in another one. */
  readonly recollect?: { readonly isActive: boolean; readonly kind: "ui" | "workspace" };
  readonly tools: readonly string[];
}

const start = crypto.randomUUID();

export function report(): Report {
  // A worker has no process; bundlers are told nothing about one here.
  const { process } = globalThis as { process?: { pid: number } };
  const recollect = vscode.extensions.getExtension("recollect.recollect");
  return {
    host: process === undefined ? "worker" : "node",
    start,
    ...(process === undefined ? {} : { pid: process.pid }),
    ...(recollect === undefined
      ? {}
      : {
          recollect: {
            isActive: recollect.isActive,
            kind: recollect.extensionKind === vscode.ExtensionKind.UI ? "ui" : "workspace",
          },
        }),
    tools: vscode.lm.tools.map(({ name }) => name),
  };
}
