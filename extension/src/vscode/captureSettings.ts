import * as vscode from "vscode";
import { SOURCES, type Source } from "../common/capture/Happening.js";
import type { Globs } from "../common/capture/Exclusions.js";

/** What may be captured in a folder, read at the moment of use. */
export interface CaptureSettings extends Globs {
  /** Sources that are listened to. */
  readonly sources: ReadonlySet<Source>;
  /** Whether the text of changed lines is kept. */
  readonly hasChangedText: boolean;
  /** How long nothing changes in a file before its edits count as one. */
  readonly editPauseMs: number;
}

/**
 * Reads the settings that hold for a folder, or for the window.
 *
 * What makes more be kept is the user's alone: a folder can switch off and exclude, never the reverse.
 */
export function readCaptureSettings(folder?: vscode.Uri): CaptureSettings {
  const configuration = vscode.workspace.getConfiguration("recollect.capture", folder ?? null);
  const isOn = isSwitchedOn(configuration, "enabled");
  const sources = SOURCES.filter((source) => isOn && isSwitchedOn(configuration, source));
  const seconds: unknown = configuration.get("editPauseSeconds");
  return {
    sources: new Set(sources),
    hasChangedText: configuration.inspect("changedText")?.globalValue === true,
    editPauseMs:
      1_000 * (typeof seconds === "number" && seconds > 0 ? Math.min(60, Math.max(1, seconds)) : 2),
    own: [
      ...everyText(configuration, "exclude"),
      ...everyText(vscode.workspace.getConfiguration("recollect.privacy"), "excludedPaths"),
    ],
    ...hiddenGlobs(folder),
  };
}

/** Whether a change of the settings matters to {@link readCaptureSettings}. */
export function affectsCapture(event: vscode.ConfigurationChangeEvent): boolean {
  return [
    "recollect.capture",
    "recollect.privacy.excludedPaths",
    "files.exclude",
    "search.exclude",
  ].some((section) => event.affectsConfiguration(section));
}

/** Whether the user has something on; a folder can switch it off and never on. */
export function isSwitchedOn(configuration: vscode.WorkspaceConfiguration, key: string): boolean {
  const values = configuration.inspect(key);
  const byUser = values?.globalValue ?? values?.defaultValue;
  return (
    byUser === true && values?.workspaceValue !== false && values?.workspaceFolderValue !== false
  );
}

/** The texts of a list on every level, since a more special level would else replace the user's own. */
function everyText(configuration: vscode.WorkspaceConfiguration, key: string): string[] {
  const values = configuration.inspect(key);
  const lists: unknown[] = [
    values?.globalValue,
    values?.workspaceValue,
    values?.workspaceFolderValue,
  ];
  return lists
    .flatMap((list): unknown[] => (Array.isArray(list) ? list : []))
    .filter((text): text is string => typeof text === "string");
}

/** What the editor is told to hide, always or beside another file. */
function hiddenGlobs(folder?: vscode.Uri): Pick<Globs, "hidden" | "hiddenBeside"> {
  const entries = ["files", "search"].flatMap((section) => {
    const globs: unknown = vscode.workspace
      .getConfiguration(section, folder ?? null)
      .get("exclude");
    return typeof globs === "object" && globs !== null ? Object.entries(globs) : [];
  });
  return {
    hidden: entries.filter(([, value]) => value === true).map(([glob]) => glob),
    hiddenBeside: entries.flatMap(([glob, value]: [string, unknown]) => {
      if (typeof value !== "object" || value === null || !("when" in value)) return [];
      return typeof value.when === "string" ? [{ glob, sibling: value.when }] : [];
    }),
  };
}
