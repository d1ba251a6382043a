import { describe } from "../common/Log.js";
import type { HttpMemories } from "./HttpMemories.js";
import { Refusal } from "./Refusal.js";

/** A question whether the memories are open may wait so long for a yes, in milliseconds. */
const PATIENCE_MS = 250;

/** What is answered while nothing else is. */
const INITIALIZING = {
  status: "initializing",
  message: "the memories are still being opened; ask again in a moment",
};

/** Whether the memories are open, which the first request begins to do. */
export class Readiness {
  readonly #memories: Pick<HttpMemories, "open">;

  constructor(memories: Pick<HttpMemories, "open">) {
    this.#memories = memories;
  }

  /** Resolves once they are open; what could not be opened is refused for now. */
  async wait(): Promise<void> {
    try {
      await this.#memories.open();
    } catch (error) {
      throw new Refusal(503, `the memories are not ready: ${describe(error)}`, 1);
    }
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
      const isLate = (await Promise.race([this.wait(), late])) === "late";
      if (!isLate) return Response.json({ status: "ready" });
    } finally {
      clearTimeout(timer);
    }
    return Response.json(INITIALIZING, { status: 503, headers: { "Retry-After": "1" } });
  }
}

/** Whether a request is answered before the memories are open: it does not ask for any. */
export function isOpen({ url }: Request): boolean {
  const { pathname } = new URL(url);
  return (
    ["/api/health", "/api/readiness", "/health"].includes(pathname) ||
    pathname.startsWith("/viewer.")
  );
}
