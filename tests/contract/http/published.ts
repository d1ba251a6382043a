/** Clients that others wrote, unmodified, from a package of their own. */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const folder = join(import.meta.dirname, "../../clients");
const require = createRequire(join(folder, "package.json"));

/** As much as is used here of openmemory-js. */
export interface OpenMemoryClient {
  health(): Promise<{ ok: boolean }>;
  getSectors(): Promise<{ sectors: object; stats: object[] }>;
  add(content: string, options?: object): Promise<{ id: string; primary_sector: string }>;
  query(query: string, options?: object): Promise<{ matches: { id: string; score: number }[] }>;
  querySector(query: string, sector: string): Promise<{ matches: object[] }>;
  getAll(options?: object): Promise<{ items: { id: string; content: string }[] }>;
  getBySector(sector: string): Promise<{ items: object[] }>;
  getUserMemories(
    user: string,
    options?: object,
  ): Promise<{ user_id: string; items: { content: string }[] }>;
  getUserSummary(user: string): Promise<{ user_id: string; summary: string; updated_at: number }>;
  regenerateUserSummary(user: string): Promise<{ ok: boolean; summary: string }>;
  getStats(): Promise<{ stats: object[] }>;
  reinforce(id: string, boost?: number): Promise<{ ok: boolean }>;
  update(id: string, options: object): Promise<{ id: string; updated: boolean }>;
  delete(id: string): Promise<{ ok: boolean }>;
  ideStoreEvent(event: object): Promise<{ success: boolean; memory_id: string }>;
  ideQueryContext(
    query: string,
    options?: object,
  ): Promise<{ total: number; memories: { content: string; score: number }[] }>;
  ideStartSession(session?: object): Promise<{ session_id: string; started_at: number }>;
  ideEndSession(id: string): Promise<{
    ended_at: number;
    statistics: { total_events: number; unique_files: number; files: string[]; sectors: object };
  }>;
  ideGetPatterns(id: string): Promise<{ pattern_count: number; patterns: object[] }>;
}

/** A stream as browsers read it. */
export interface EventSource {
  onmessage: ((event: { data: string }) => void) | null;
  onerror: ((event: unknown) => void) | null;
  onopen: (() => void) | null;
  close(): void;
}

/** Installs the clients, once and after a change of the lock file. */
export function installClients(): void {
  const stamp = join(folder, "node_modules/.recollect-installed");
  const lock = readFileSync(join(folder, "package-lock.json"));
  const wanted = createHash("sha256").update(lock).digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  // A call from an npm script brings that script's configuration along, such as the root's folder.
  const env = Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^npm_(?:config_(?:local_)?prefix|package_|lifecycle_)/i.test(name),
    ),
  );
  const args = ["ci", "--no-audit", "--no-fund", "--loglevel=error", "--ignore-scripts"];
  const { status } = spawnSync("npm", args, {
    cwd: folder,
    env,
    stdio: ["ignore", "ignore", "inherit"],
  });
  if (status !== 0) throw new Error("npm ci failed in tests/clients");
  writeFileSync(stamp, wanted);
}

export function openMemoryClient(baseUrl: string, apiKey: string): OpenMemoryClient {
  const { OpenMemory } = require("openmemory-js") as {
    OpenMemory: new (options: object) => OpenMemoryClient;
  };
  return new OpenMemory({ baseUrl, apiKey });
}

export function eventSource(url: string): EventSource {
  const { EventSource } = require("eventsource") as {
    EventSource: new (url: string) => EventSource;
  };
  return new EventSource(url);
}
