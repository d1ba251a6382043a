import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

/** Answers requests of the web's own kind. */
export type Fetch = (request: Request) => Promise<Response>;

/** A server on the loopback address. */
export interface WebServer {
  readonly port: number;
  close(): Promise<void>;
}

/** A client that says nothing for so long is gone. */
const HEADERS_LIMIT_MS = 10_000;
const REQUEST_LIMIT_MS = 60_000;

/** How long a client may still send what was not read of its request. */
const LINGER_MS = 1_000;

/** Listens on 127.0.0.1; port 0 takes any that is free. */
export async function listen(port: number, fetch: Fetch): Promise<WebServer> {
  const server = createServer(
    { headersTimeout: HEADERS_LIMIT_MS, requestTimeout: REQUEST_LIMIT_MS },
    (incoming, outgoing) => {
      answer(incoming, outgoing, fetch).catch(() => outgoing.destroy());
    },
  );
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  // Only a name of a pipe would be a text.
  const address = server.address() as AddressInfo;
  return { port: address.port, close: () => close(server) };
}

async function answer(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  fetch: Fetch,
): Promise<void> {
  const ending = new AbortController();
  outgoing.once("close", () => ending.abort());
  const request = requestOf(incoming, ending.signal);
  if (request === undefined) {
    outgoing.writeHead(400, {
      "Content-Type": "application/json",
      "X-Content-Type-Options": "nosniff",
      "Cache-Control": "no-store",
    });
    outgoing.end(JSON.stringify({ error: "the address is not valid" }));
    return;
  }
  const response = await fetch(request);
  outgoing.once("finish", () => takeTheRest(incoming));
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  outgoing.flushHeaders();
  if (response.body === null || incoming.method === "HEAD") {
    outgoing.end();
    return;
  }
  // A client that goes away is no fault, and ends the stream at its source.
  await pipeline(Readable.fromWeb(response.body), outgoing, { signal: ending.signal }).catch(
    () => undefined,
  );
}

function requestOf(incoming: IncomingMessage, signal: AbortSignal): Request | undefined {
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) {
    for (const one of [value ?? []].flat()) headers.append(name, one);
  }
  const method = incoming.method ?? "GET";
  const hasBody = method !== "GET" && method !== "HEAD";
  try {
    const url = new URL(incoming.url ?? "/", "http://127.0.0.1");
    return new Request(url, {
      method,
      headers,
      signal,
      ...(hasBody ? { body: bodyOf(incoming), duplex: "half" } : {}),
    });
  } catch {
    return undefined;
  }
}

/** The body, of which no more is read than somebody asks for. */
function bodyOf(incoming: IncomingMessage): ReadableStream<Uint8Array> {
  const chunks = incoming.iterator({ destroyOnReturn: false }) as AsyncIterator<Buffer>;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const next = await chunks.next();
        if (next.done === true) controller.close();
        else controller.enqueue(next.value);
      },
      cancel: () => void chunks.return?.(),
    },
    { highWaterMark: 0 },
  );
}

/**
 * Takes what was not read of a request that has its answer. The client's next request on the same
 * connection would wait behind it, and a client that is cut off at once may lose the answer.
 */
function takeTheRest(incoming: IncomingMessage): void {
  if (incoming.complete) return;
  const timer = setTimeout(() => incoming.destroy(), LINGER_MS);
  incoming.once("close", () => clearTimeout(timer));
  incoming.resume();
}

async function close(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  server.closeIdleConnections();
  // What is being answered gets a moment; a stream never ends by itself.
  const timer = setTimeout(() => server.closeAllConnections(), 1_000);
  await closed;
  clearTimeout(timer);
}
