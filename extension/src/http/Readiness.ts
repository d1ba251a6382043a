import { atMost } from "../common/text/atMost.js";
import { describe } from "../common/Log.js";
import type { HttpMemories } from "./HttpMemories.js";
import { Refusal } from "./Refusal.js";

/** A question whether the memories are open may wait so long for a yes, in milliseconds. */
const PATIENCE_MS = 250;

/** How long a request waits while a large store is read, in milliseconds. */
const READING_PATIENCE_MS = 5_000;

/** How long one waits for the first of it: a folder of another machine may never answer. */
const OPENING_PATIENCE_MS = 30_000;

/** When a request that has waited so long may come again, in seconds. */
const RETRY_AFTER_S = 2;

/** Searches, which are of use although something may be missing; their answers say so. */
const SEARCHES =
  /^(?:GET \/api\/(?:search(?:\/.*)?|decisions|changes|how-it-works)|POST \/(?:memory\/query|api\/ide\/context))$/;

/** What asks for no memories, so that none can be missing. */
const OTHERS = /^[A-Z]+ \/(?:stream|api\/(?:settings|mcp\/.*|branch\/.*|processing-status))?$/;

/** What is answered while nothing else is. */
const INITIALIZING = {
  status: "initializing",
  message: "the memories are still being opened; ask again in a moment",
};

type Opening = Pick<HttpMemories, "loadedPercent" | "open" | "readAll">;

/** Whether the memories are open and read, which the first request begins to do. */
export class Readiness {
  readonly #memories: Opening;
  readonly #patienceMs: number;

  readonly #openingPatienceMs: number;

  constructor(
    memories: Opening,
    patienceMs = READING_PATIENCE_MS,
    openingPatienceMs = OPENING_PATIENCE_MS,
  ) {
    this.#memories = memories;
    this.#patienceMs = patienceMs;
    this.#openingPatienceMs = openingPatienceMs;
  }

  /**
   * Resolves once a request can be answered. While files are read, an answer that something is not
   * there could be wrong: a session would begin again, and a list would be empty.
   * What could not be opened, or read in time, is refused for now.
   */
  async wait(request: Request): Promise<void> {
    const state = { isOpen: false };
    const opening = this.#open().then(() => (state.isOpen = true));
    await atMost(opening, this.#openingPatienceMs);
    if (!state.isOpen) throw new Refusal(503, INITIALIZING.message, RETRY_AFTER_S);
    if (this.#memories.loadedPercent === undefined) return;
    const asked = endpointOf(request);
    if (!SEARCHES.test(asked) && !OTHERS.test(asked)) await this.#read();
  }

  /** The answer to a request, which says that something may be missing if that is so. */
  async answered(request: Request, answer: () => Promise<Response>): Promise<Response> {
    const percent = this.#memories.loadedPercent;
    const response = await answer();
    const isWhole = percent === undefined || !response.ok || !SEARCHES.test(endpointOf(request));
    return isWhole ? response : partial(response, percent);
  }

  async #open(): Promise<void> {
    try {
      await this.#memories.open();
    } catch (error) {
      throw new Refusal(503, `the memories are not ready: ${describe(error)}`, 1);
    }
  }

  async #read(): Promise<void> {
    await atMost(this.#memories.readAll(), this.#patienceMs);
    const percent = this.#memories.loadedPercent;
    if (percent === undefined) return;
    throw new Refusal(503, `the memories are still being read: ${percent} %`, RETRY_AFTER_S);
  }

  /**
   * What claude-mem's hooks ask before they send anything: 200 if they may, else 503 at once, since
   * they ask again by themselves and give up on an answer that takes long.
   */
  async answer(): Promise<Response> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<"late">((resolve) => {
      timer = setTimeout(() => resolve("late"), PATIENCE_MS);
    });
    try {
      const ready = this.#open().then(() => this.#read());
      // Who has been answered does not hear of a failure.
      ready.catch(() => undefined);
      const isLate = (await Promise.race([ready, late])) === "late";
      if (!isLate) return Response.json({ status: "ready" });
    } finally {
      clearTimeout(timer);
    }
    return Response.json(INITIALIZING, { status: 503, headers: { "Retry-After": "1" } });
  }
}

/** What a request asks, such as `GET /api/search`. */
function endpointOf({ method, url }: Request): string {
  return `${method} ${new URL(url).pathname}`;
}

/** An answer of which something may be missing. */
async function partial(response: Response, percent: number): Promise<Response> {
  const headers = new Headers(response.headers);
  headers.set("X-Recollect-Loaded", String(percent));
  const text = await response.text();
  const isJson = headers.get("Content-Type")?.startsWith("application/json") === true;
  const value: unknown = isJson ? JSON.parse(text) : undefined;
  const body =
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? JSON.stringify({ ...value, partial: true, loaded_percent: percent })
      : isJson
        ? text
        : `${text}\nThe memories are still being read (${percent} %): there may be more.\n`;
  headers.delete("Content-Length");
  return new Response(body, { status: response.status, headers });
}

/** Whether a request is answered before the memories are open: it does not ask for any. */
export function isOpen({ url }: Request): boolean {
  const { pathname } = new URL(url);
  return (
    ["/api/health", "/api/readiness", "/health"].includes(pathname) ||
    pathname.startsWith("/viewer.")
  );
}
