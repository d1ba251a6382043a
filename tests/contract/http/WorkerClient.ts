import { eventSource, type EventSource } from "./published.js";

/** An event of the stream, as the guide lists them. */
export interface WorkerEvent {
  readonly type: string;
  readonly [field: string]: unknown;
}

interface Queued {
  readonly status: string;
  readonly reason?: string;
}

/** Where the worker listens: `CLAUDE_MEM_WORKER_PORT`, else 37700 and the user's number modulo 100. */
function workerPort(): number {
  const given = Number(process.env["CLAUDE_MEM_WORKER_PORT"]);
  return given > 0 ? given : 37_700 + ((process.getuid?.() ?? 0) % 100);
}

/**
 * The client of claude-mem's integration guide: the methods, addresses, headers, bodies and limits
 * of time that its `WorkerClient` has. It knows no token.
 */
export class WorkerClient {
  readonly #base: string;

  constructor(port: number = workerPort()) {
    this.#base = `http://127.0.0.1:${port}`;
  }

  async isHealthy(): Promise<boolean> {
    try {
      const signal = AbortSignal.timeout(2_000);
      return (await fetch(`${this.#base}/api/health`, { signal })).ok;
    } catch {
      return false;
    }
  }

  queueObservation(data: {
    claudeSessionId: string;
    tool_name: string;
    tool_input: unknown;
    tool_response: unknown;
    cwd?: string;
  }): Promise<Queued> {
    return this.#post("/api/sessions/observations", data) as Promise<Queued>;
  }

  queueSummarize(data: {
    claudeSessionId: string;
    last_user_message?: string;
    last_assistant_message?: string;
  }): Promise<Queued> {
    return this.#post("/api/sessions/summarize", data) as Promise<Queued>;
  }

  async completeSession(claudeSessionId: string): Promise<void> {
    await this.#post("/api/sessions/complete", { claudeSessionId });
  }

  async search(parameters: {
    query?: string;
    type?: "observations" | "sessions" | "prompts";
    format?: "index" | "full";
    limit?: number;
    project?: string;
  }): Promise<Record<string, Record<string, unknown>[]>> {
    const given = Object.entries(parameters).map(([name, value]) => [name, String(value)]);
    const query = new URLSearchParams(Object.fromEntries(given) as Record<string, string>);
    const response = await fetch(`${this.#base}/api/search?${query.toString()}`, {
      signal: AbortSignal.timeout(10_000),
    });
    return (await answerOf(response)) as Record<string, Record<string, unknown>[]>;
  }

  /** Only events without a name reach the listener, which reads each as JSON. */
  connectSSE(onEvent: (event: WorkerEvent) => void): EventSource {
    const source = eventSource(`${this.#base}/stream`);
    source.onmessage = ({ data }) => onEvent(JSON.parse(data) as WorkerEvent);
    return source;
  }

  async #post(path: string, body: object): Promise<unknown> {
    const response = await fetch(`${this.#base}${path}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(5_000),
    });
    return answerOf(response);
  }
}

async function answerOf(response: Response): Promise<unknown> {
  if (!response.ok) throw new Error(`the worker answered ${response.statusText}`);
  return response.json();
}
