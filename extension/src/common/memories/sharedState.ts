import type { PrivacyRules } from "recollect-wasm";

/**
 * What a window says, for programs that work in its folders without it: whether anything may be
 * stored of them. It stands in `recording/<name>.json` beside the memories while there is something
 * to say, and outlives the window, as a private session does.
 */
export interface SharedState {
  /** Addresses of the window's folders. */
  readonly folders: readonly string[];
  readonly isPrivate: boolean;
  readonly isPaused: boolean;
  /** Whether the folders are not trusted. */
  readonly isRestricted: boolean;
  /** Those of the folders of which the user has nothing captured. */
  readonly uncaptured?: readonly string[];
}

/** The folder of these files, beside that of the memories. */
export const SHARED_FOLDER = "recording";

/** The file with the user's privacy rules, which hold in every folder. */
export const RULES_FILE = "rules.json";

/** Why nothing that nobody asked for is stored of a folder, or `undefined` if it may be. */
export function reasonNotToStore(
  states: readonly SharedState[],
  addresses: readonly string[],
): "private" | "paused" | "restricted" | "uncaptured" | undefined {
  const isHere = (folders: readonly string[]): boolean =>
    folders.some((folder) => addresses.some((address) => isIn(address, folder)));
  const here = states.filter(({ folders }) => isHere(folders));
  if (here.some(({ isPrivate }) => isPrivate)) return "private";
  if (here.some(({ isPaused }) => isPaused)) return "paused";
  if (here.some(({ isRestricted }) => isRestricted)) return "restricted";
  return here.some(({ uncaptured = [] }) => isHere(uncaptured)) ? "uncaptured" : undefined;
}

/** Whether a window has something to say. */
export function isWorthSaying({
  folders,
  isPrivate,
  isPaused,
  isRestricted,
  uncaptured = [],
}: SharedState): boolean {
  const isSaid = isPrivate || isPaused || isRestricted || uncaptured.length > 0;
  return folders.length > 0 && isSaid;
}

/** What a file says, or `undefined` if it is none of ours. */
export function parseState(text: string): SharedState | undefined {
  const value = parsed(text);
  if (value === undefined || !Array.isArray(value["folders"])) return undefined;
  const texts = (list: unknown): string[] =>
    Array.isArray(list) ? (list as unknown[]).filter((one) => typeof one === "string") : [];
  const is = (name: keyof SharedState): boolean => value[name] === true;
  return {
    ...{ folders: texts(value["folders"]), uncaptured: texts(value["uncaptured"]) },
    ...{ isPrivate: is("isPrivate"), isPaused: is("isPaused"), isRestricted: is("isRestricted") },
  };
}

/** The user's rules, as the editor has written them. */
export function parseRules(text: string): PrivacyRules {
  const value = parsed(text) ?? {};
  const texts = (name: string): string[] => {
    const list = value[name];
    return Array.isArray(list) ? (list as unknown[]).filter((one) => typeof one === "string") : [];
  };
  return {
    patterns: texts("patterns"),
    excludedPaths: texts("excludedPaths"),
    hasPersonalData: value["hasPersonalData"] === true,
  };
}

function parsed(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    // An object has only string keys that matter here, and the values stay unknown.
    return typeof value === "object" && value !== null
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

/** Whether an address is a folder or lies in it, whatever the letter case of a drive. */
function isIn(address: string, folder: string): boolean {
  const [inner, outer] = [plain(address), plain(folder)];
  return inner === outer || inner.startsWith(`${outer}/`);
}

function plain(address: string): string {
  const path = address.replace(/\/$/, "");
  return path
    .replace(/^file:\/\/\/[a-z](?=:|%3a)/i, (start) => start.toLowerCase())
    .replace(/%3a/i, ":");
}
