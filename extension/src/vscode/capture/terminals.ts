import * as vscode from "vscode";
import { endingOf, outcomeOf, runTypeOf } from "../../common/capture/runs.js";
import type { Happening } from "../../common/capture/Happening.js";
import type { CaptureSink } from "./CaptureSink.js";
import { placeOfFolder, type Place } from "./place.js";

/** Longest command line that is kept. */
const MAX_COMMAND = 2_000;

/** Processes of tasks that are remembered. */
const MAX_PROCESSES = 64;

/** Commands that are run in a terminal, as far as its shell tells where each begins and ends. */
export function listenToTerminals(sink: CaptureSink): vscode.Disposable {
  const begun = new WeakMap<vscode.TerminalShellExecution, number>();
  /** What began while nothing was captured is not told of when it ends. */
  const passedOver = new WeakSet<vscode.TerminalShellExecution>();
  let processesOfTasks: number[] = [];
  return vscode.Disposable.from(
    vscode.window.onDidStartTerminalShellExecution(({ execution, shellIntegration }) => {
      begun.set(execution, Date.now());
      const place = placeIn(execution.cwd ?? shellIntegration.cwd);
      if (place === undefined || !sink.isOn("terminal", place.folder)) passedOver.add(execution);
    }),
    // A task's command is told by the task.
    vscode.tasks.onDidStartTaskProcess(({ processId }) => {
      processesOfTasks = [...processesOfTasks.slice(1 - MAX_PROCESSES), processId];
    }),
    vscode.window.onDidEndTerminalShellExecution(async (event) => {
      const ran = happeningOf(event, begun.get(event.execution));
      if (ran === undefined || passedOver.has(event.execution)) return;
      if (!sink.isOn("terminal", ran.place.folder)) return;
      const processId = await event.terminal.processId;
      if (processId !== undefined && processesOfTasks.includes(processId)) return;
      sink.take(ran.place.folder, ran.happening);
    }),
  );
}

function happeningOf(
  { execution, exitCode, shellIntegration }: vscode.TerminalShellExecutionEndEvent,
  since: number | undefined,
): { place: Place; happening: Omit<Happening, "folder"> } | undefined {
  const { commandLine, cwd } = execution;
  const place = placeIn(cwd ?? shellIntegration.cwd);
  if (place === undefined) return undefined;
  // What was only read off the screen may be anything that stood there. A command that begins
  // with a blank is one that shells keep out of their history.
  const { value, confidence } = commandLine;
  const command = value.trim();
  if (confidence === vscode.TerminalShellExecutionCommandLineConfidence.Low) return undefined;
  if (command === "" || value.startsWith(" ")) return undefined;
  const at = Date.now();
  // How a run ended that tells no exit code is not known, so it neither passed nor failed.
  const type = (exitCode === undefined ? undefined : runTypeOf(command)) ?? "terminal_command";
  const happening = {
    ...({ source: "terminal", type, at, cwd: place.path } as const),
    content: command,
    ending: `\n\n${endingOf(exitCode)}`,
    maxLength: MAX_COMMAND,
    naming: { command },
    metadata: {
      ...outcomeOf(type, exitCode),
      ...(since === undefined ? {} : { durationMs: at - since }),
    },
  };
  return { place, happening };
}

/** What is run elsewhere is not captured; a shell that does not say where it is, is in the first folder. */
function placeIn(cwd: vscode.Uri | undefined): Place | undefined {
  if (cwd !== undefined) return placeOfFolder(cwd);
  const folder = vscode.workspace.workspaceFolders?.[0];
  return folder === undefined ? undefined : { folder, path: "" };
}
