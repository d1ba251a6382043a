import type { HalfLives, PrivacyRules } from "recollect-wasm";
import * as vscode from "vscode";
import { halfLivesOf } from "../common/memories/halfLives.js";
import { isSwitchedOn } from "./captureSettings.js";
import type { RewriteSettings } from "../common/rewrite/Rewriter.js";

/** The user's settings, read at the moment of use. */
export interface Settings {
  /** How many of the newest commits are learned. */
  readonly maxCommits: number;
  /** Whether new commits are learned without somebody asking. */
  readonly learnsAutomatically: boolean;
  /** How many memories the chat lists and gives to the model. */
  readonly maxMemories: number;
  /** Budget in tokens for the memories given to the model. */
  readonly maxContextTokens: number;
}

/** Reads the settings that hold for a folder, or for the window. Values outside of their range are moved into it. */
export function readSettings(folder?: vscode.Uri): Settings {
  const configuration = vscode.workspace.getConfiguration("recollect", folder ?? null);
  return {
    maxCommits: integer(configuration, "git.maxCommits", 20_000, 1, 20_000),
    learnsAutomatically: isSwitchedOn(configuration, "git.learnAutomatically"),
    maxMemories: integer(configuration, "chat.maxMemories", 8, 1, 50),
    maxContextTokens: integer(configuration, "chat.maxContextTokens", 3_000, 200, 32_000),
  };
}

/** Where hosting services are. No folder can decide that: a sign-in goes there. */
export function readServiceSettings(): {
  readonly githubApi: string;
  readonly enterpriseUri: string;
} {
  return {
    githubApi: ofUser("recollect.learning", "githubApi"),
    enterpriseUri: ofUser("github-enterprise", "uri"),
  };
}

/** A text that the user has set, whatever a workspace says. */
function ofUser(section: string, key: string): string {
  const value = vscode.workspace.getConfiguration(section, null).inspect(key)?.globalValue;
  return typeof value === "string" ? value : "";
}

/** Whether what assistants want remembered waits for approval. No folder can decide that. */
export function isAskingToKeep(): boolean {
  return vscode.workspace.getConfiguration("recollect.assistants").get("keep") === "ask";
}

/** What a language model may do in the background, and which one. */
export interface RewriteChoice extends RewriteSettings {
  /** Id or family; empty for any. */
  readonly model: string;
}

/** Reads what the user allows; no folder can allow more. */
export function readRewriteSettings(): RewriteChoice {
  const configuration = vscode.workspace.getConfiguration("recollect.rewrite");
  const model: unknown = configuration.get("model");
  return {
    isEnabled: configuration.get("enabled") === true,
    dailyTokens: integer(configuration, "dailyTokens", 20_000, 1_000, 1_000_000),
    model: typeof model === "string" ? model.trim() : "",
  };
}

/** Where the model is that tells what texts mean, and what it is told before questions; no folder can choose it. */
export interface ModelChoice {
  readonly folder: string;
  /** What stands before questions, where the user says it and not the model's own files. */
  readonly questionPrefix: string | undefined;
}

/** Reads which model the user has chosen, if any. */
export function readModelChoice(): ModelChoice | undefined {
  const configuration = vscode.workspace.getConfiguration("recollect.search");
  const folder: unknown = configuration.get("model");
  if (typeof folder !== "string" || folder.trim() === "") return undefined;
  const prefix: unknown = configuration.get("modelQuestionPrefix");
  const isTold = typeof prefix === "string" && prefix !== "";
  return { folder: folder.trim(), questionPrefix: isTold ? prefix : undefined };
}

/** What the user wants kept out. No folder can change it, or it could switch the user's rules off. */
export function readPrivacyRules(): PrivacyRules {
  const configuration = vscode.workspace.getConfiguration("recollect.privacy");
  return {
    patterns: texts(configuration, "patterns"),
    excludedPaths: texts(configuration, "excludedPaths"),
    hasPersonalData: configuration.get("personalData") === true,
  };
}

/** How fast memories fade, in days. Values outside of their range are moved into it. */
export function readHalfLives(): HalfLives {
  const configuration = vscode.workspace.getConfiguration("recollect.salience.halfLife");
  return halfLivesOf((sector) => configuration.get(sector));
}

function texts(configuration: vscode.WorkspaceConfiguration, key: string): string[] {
  const value: unknown = configuration.get(key);
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}

function integer(
  configuration: vscode.WorkspaceConfiguration,
  key: string,
  byDefault: number,
  min: number,
  max: number,
): number {
  const value: unknown = configuration.get(key);
  if (typeof value !== "number" || !Number.isFinite(value)) return byDefault;
  return Math.min(max, Math.max(min, Math.round(value)));
}
