import { HostingFailure } from "./HostedRepository.js";

/** What requests need of their host. */
export interface RequestPorts {
  /** The host's own `fetch`; tests give a stand-in. */
  readonly fetch: (address: string, init: RequestInit) => Promise<Response>;
  /** The user's sign-in, without asking for it; nothing if there is none. */
  readonly token: () => Promise<string | undefined>;
  readonly now: () => number;
  /** Waits before a request is tried again. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** What was asked for, or that it is as it was. */
export type Answer =
  | { readonly isUnchanged: true }
  | {
      readonly isUnchanged: false;
      readonly body: unknown;
      readonly etag: string | undefined;
      /** Number of the last page, where there is one behind this. */
      readonly lastPage: number | undefined;
      readonly hasMore: boolean;
    };

/** How long one request may take, and how much of an answer is read. */
const TIMEOUT_MS = 30_000;
const MAX_ANSWER_BYTES = 32 * 1024 * 1024;

/** Waits before what failed at the service is asked again. */
const AGAIN_MS = [1_000, 4_000];

/** How long to rest where a service that asks for it does not say how long, and at most. */
const REST_MS = 60_000;
const MAX_REST_MS = 24 * 60 * 60_000;

/**
 * Requests to one hosting service, one after the other, that read and nothing else.
 *
 * The sign-in goes to that address alone: an answer that leads elsewhere is a failure, and pages are
 * asked for by their number, never by an address that the service gives.
 */
export class HostingRequests {
  readonly #base: string;
  readonly #ports: RequestPorts;
  #remaining: number | undefined;

  constructor(base: string, ports: RequestPorts) {
    this.#base = base;
    this.#ports = ports;
  }

  /** How many requests are left, as the last answer said. */
  get remaining(): number | undefined {
    return this.#remaining;
  }

  async get(
    path: string,
    query: Readonly<Record<string, string | number | undefined>>,
    { etag, signal }: { readonly etag?: string | undefined; readonly signal: AbortSignal },
  ): Promise<Answer> {
    const parameters = new URLSearchParams();
    for (const [name, value] of Object.entries(query))
      if (value !== undefined) parameters.set(name, String(value));
    const address = `${this.#base}${path}?${parameters.toString()}`;
    for (let count = 0; ; count += 1) {
      try {
        return await this.#once(address, etag, signal);
      } catch (error) {
        const again = AGAIN_MS[count];
        const isWorthIt = error instanceof HostingFailure && error.left.reason === "server";
        if (signal.aborted || !isWorthIt || again === undefined) throw error;
        await this.#ports.wait(again, signal);
      }
    }
  }

  async #once(address: string, etag: string | undefined, signal: AbortSignal): Promise<Answer> {
    signal.throwIfAborted();
    const token = await this.#ports.token();
    if (token === undefined) throw new HostingFailure({ reason: "sign-in" });
    const response = await this.#ports
      .fetch(address, {
        headers: {
          Accept: "application/vnd.github+json",
          Authorization: `Bearer ${token}`,
          ...(etag === undefined ? {} : { "If-None-Match": etag }),
        },
        ...{
          cache: "no-store",
          credentials: "omit",
          redirect: "error",
          referrerPolicy: "no-referrer",
        },
        signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
      })
      .catch(() => {
        signal.throwIfAborted();
        // What a network says may hold the address, and whatever stands in it.
        throw new HostingFailure({ reason: "server" });
      });
    const remaining = numberIn(response, "x-ratelimit-remaining");
    if (remaining !== undefined) this.#remaining = remaining;
    if (response.status === 304) return { isUnchanged: true };
    if (response.status !== 200) throw this.#failure(response);
    const links = (response.headers.get("link") ?? "").split(",");
    const last = links.find((link) => link.includes('rel="last"'));
    const lastPage = Number(/[?&]page=(\d{1,9})/.exec(last ?? "")?.[1] ?? Number.NaN);
    return {
      isUnchanged: false,
      body: await bodyOf(response, signal),
      etag: response.headers.get("etag") ?? undefined,
      lastPage: Number.isNaN(lastPage) ? undefined : lastPage,
      hasMore: links.some((link) => link.includes('rel="next"')),
    };
  }

  #failure(response: Response): HostingFailure {
    const { status } = response;
    // Nobody reads it.
    response.body?.cancel().catch(() => undefined);
    if (status === 401) return new HostingFailure({ reason: "sign-in" }, status);
    if (status === 404 || status === 409 || status === 410 || status === 422)
      return new HostingFailure({ reason: "missing" }, status);
    const now = this.#ports.now();
    const after = numberIn(response, "retry-after");
    const reset = numberIn(response, "x-ratelimit-reset");
    const isOut = numberIn(response, "x-ratelimit-remaining") === 0;
    if (status === 429 || (status === 403 && (isOut || after !== undefined))) {
      const until =
        after !== undefined
          ? now + after * 1_000
          : isOut && reset !== undefined
            ? reset * 1_000
            : now + REST_MS;
      const rested = Math.min(Math.max(until, now), now + MAX_REST_MS);
      return new HostingFailure({ reason: "limit", until: rested }, status);
    }
    return new HostingFailure({ reason: status === 403 ? "refused" : "server" }, status);
  }
}

function numberIn({ headers }: Response, name: string): number | undefined {
  const text = headers.get(name);
  return text !== null && /^\d{1,12}$/.test(text.trim()) ? Number(text) : undefined;
}

/** The JSON of an answer, of which no more is read than may be. */
async function bodyOf(response: Response, signal: AbortSignal): Promise<unknown> {
  try {
    const decoder = new TextDecoder();
    let text = "";
    let bytes = 0;
    const reader: ReadableStreamDefaultReader<Uint8Array> | undefined = response.body?.getReader();
    for (let part = await reader?.read(); part?.value !== undefined; part = await reader?.read()) {
      bytes += part.value.length;
      if (bytes > MAX_ANSWER_BYTES) {
        await reader?.cancel();
        throw new HostingFailure({ reason: "server" });
      }
      text += decoder.decode(part.value, { stream: true });
    }
    return JSON.parse(text + decoder.decode()) as unknown;
  } catch {
    signal.throwIfAborted();
    throw new HostingFailure({ reason: "server" }, response.status);
  }
}
