import * as vscode from "vscode";
import { WorkspaceSegmentStore } from "../../../../extension/src/vscode/storage/WorkspaceSegmentStore.js";
import { testSegmentStore } from "../../../../extension/test/segmentStore.acceptance.js";

/** One case of the suite; `problem` is absent if it passed. */
export interface CaseResult {
  readonly name: string;
  readonly problem?: string;
}

/** Runs the acceptance suite of the segment store through this host's file service, each case in a new folder. */
export async function runSegmentStoreSuite(storage: vscode.Uri): Promise<CaseResult[]> {
  const cases: [name: string, run: () => Promise<void>][] = [];
  let opened = 0;
  const open = async () => {
    const folder = vscode.Uri.joinPath(storage, `suite-${Date.now()}-${(opened += 1)}`);
    const store = () => new WorkspaceSegmentStore(vscode.workspace.fs, folder);
    return { store: store(), other: store() };
  };
  testSegmentStore("workspace.fs", open, (name, run) => cases.push([name, run]));

  const results: CaseResult[] = [];
  for (const [name, run] of cases) {
    try {
      await run();
      results.push({ name });
    } catch (error) {
      results.push({ name, problem: error instanceof Error ? error.message : String(error) });
    }
  }
  return results;
}
