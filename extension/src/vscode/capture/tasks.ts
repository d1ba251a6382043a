import * as vscode from "vscode";
import { endingOf, outcomeOf, runTypeOf } from "../../common/capture/runs.js";
import type { CaptureSink } from "./CaptureSink.js";

/** Tasks that run to their end: tests, builds and others, with exit code and duration. */
export function listenToTasks(sink: CaptureSink): vscode.Disposable {
  const begun = new WeakMap<vscode.TaskExecution, number>();
  /** What began while nothing was captured is not told of when it ends. */
  const passedOver = new WeakSet<vscode.TaskExecution>();
  return vscode.Disposable.from(
    vscode.tasks.onDidStartTaskProcess(({ execution }) => {
      begun.set(execution, Date.now());
      const folder = folderOf(execution.task);
      if (folder === undefined || !sink.isOn("tasks", folder)) passedOver.add(execution);
    }),
    vscode.tasks.onDidEndTaskProcess(({ execution, exitCode }) => {
      const { task } = execution;
      const folder = folderOf(task);
      if (folder === undefined || passedOver.has(execution) || !sink.isOn("tasks", folder)) return;
      const at = Date.now();
      const since = begun.get(execution);
      // How a run ended that was stopped is not known, so it neither passed nor failed.
      const type = exitCode === undefined ? "task" : typeOf(task);
      sink.take(folder, {
        source: "tasks",
        type,
        at,
        content: `${task.name}\n\n${endingOf(exitCode)}`,
        naming: { task: task.name },
        metadata: {
          taskSource: task.source,
          ...outcomeOf(type, exitCode),
          ...(since === undefined ? {} : { durationMs: at - since }),
        },
      });
    }),
  );
}

function folderOf({ scope }: vscode.Task): vscode.WorkspaceFolder | undefined {
  return typeof scope === "object" ? scope : vscode.workspace.workspaceFolders?.[0];
}

/** The group that the task was given decides; of others its name. */
function typeOf({ group, name, source }: vscode.Task): string {
  if (group?.id === vscode.TaskGroup.Test.id) return "test_run";
  if (group?.id === vscode.TaskGroup.Build.id) return "build";
  return runTypeOf(name) ?? runTypeOf(`${source} ${name}`) ?? "task";
}
