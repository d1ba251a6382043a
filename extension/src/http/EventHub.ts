import type { ObservationRow, SessionSummaryRow, UserPromptRow } from "./shapes.js";

/** What the stream tells: as claude-mem's guide publishes it, and under the names of today. */
export type StreamEvent =
  | { type: "processing_status"; isProcessing: boolean; queueDepth: number }
  | { type: "session_started"; sessionDbId: number; project: string }
  | { type: "observation_queued"; sessionDbId: number }
  | { type: "summarize_queued" }
  | { type: "observation_created"; observation: ObservationRow }
  | { type: "summary_created"; summary: SessionSummaryRow }
  | {
      type: "new_prompt";
      id: number;
      claude_session_id: string;
      project: string;
      prompt_number: number;
      prompt_text: string;
      created_at_epoch: number;
      prompt: UserPromptRow;
    }
  | { type: "new_observation"; observation: ObservationRow; timestamp: number }
  | { type: "new_summary"; summary: SessionSummaryRow; timestamp: number }
  | { type: "initial_load"; projects: string[]; timestamp: number };

/** A line without meaning keeps proxies from closing a quiet connection. */
const KEEP_ALIVE_MS = 15_000;

/** A client that has so many events unread is gone or stuck, and is dropped. */
const MAX_UNREAD = 1_000;

/** A client comes again after this long when its connection breaks. */
const RETRY_MS = 5_000;

type Client = ReadableStreamDefaultController<Uint8Array>;

/** Sends events to every client of the stream. */
export class EventHub {
  readonly #clients = new Set<Client>();
  readonly #encoder = new TextEncoder();
  #keepAlive: ReturnType<typeof setInterval> | undefined;
  #queued = 0;

  get clients(): number {
    return this.#clients.size;
  }

  /** Requests whose records are not written yet. */
  get queued(): number {
    return this.#queued;
  }

  send(event: StreamEvent): void {
    this.#write(told(event));
  }

  /** Carries out work that the stream shows as processing. */
  async processing<Result>(work: () => Promise<Result>): Promise<Result> {
    this.#queued += 1;
    this.#sendStatus();
    try {
      return await work();
    } finally {
      this.#queued -= 1;
      this.#sendStatus();
    }
  }

  /** A stream for one more client; it begins with the processing status and the projects. */
  stream(projects: string[]): Response {
    let own: Client | undefined;
    const body = new ReadableStream<Uint8Array>(
      {
        start: (client) => {
          own = client;
          this.#clients.add(client);
          client.enqueue(this.#encoder.encode(`retry: ${RETRY_MS}\n\n`));
          const load = {
            type: "initial_load",
            projects,
            timestamp: Date.now(),
          } satisfies StreamEvent;
          for (const event of [this.#status(), load])
            client.enqueue(this.#encoder.encode(told(event)));
          this.#keepAlive ??= setInterval(() => this.#write(": still here\n\n"), KEEP_ALIVE_MS);
        },
        cancel: () => this.#drop(own),
      },
      { highWaterMark: MAX_UNREAD },
    );
    return new Response(body, {
      headers: {
        "Content-Type": "text/event-stream; charset=utf-8",
        "Cache-Control": "no-cache, no-store",
        "X-Accel-Buffering": "no",
      },
    });
  }

  /** Ends all streams. */
  close(): void {
    for (const client of [...this.#clients]) {
      this.#drop(client);
      client.close();
    }
  }

  #status(): StreamEvent {
    return {
      type: "processing_status",
      isProcessing: this.#queued > 0,
      queueDepth: this.#queued,
    };
  }

  #sendStatus(): void {
    this.send(this.#status());
  }

  #write(text: string): void {
    if (this.#clients.size === 0) return;
    const bytes = this.#encoder.encode(text);
    for (const client of [...this.#clients]) {
      if ((client.desiredSize ?? 0) > 0) {
        client.enqueue(bytes);
        continue;
      }
      this.#drop(client);
      client.close();
    }
  }

  #drop(client: Client | undefined): void {
    if (client !== undefined) this.#clients.delete(client);
    if (this.#clients.size > 0) return;
    clearInterval(this.#keepAlive);
    this.#keepAlive = undefined;
  }
}

/** An event without a name, since the published clients listen to `message`. */
function told(event: StreamEvent): string {
  return `data: ${JSON.stringify(event)}\n\n`;
}
