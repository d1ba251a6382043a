import { badField, Refusal } from "./Refusal.js";

/** Largest body that is read, in bytes. */
export const MAX_BODY_BYTES = 16 * 1024 * 1024;

/** How long a body may take to arrive, in milliseconds, unless told. */
export const BODY_LIMIT_MS = 30_000;

/** The request with all of its body, which is not read further or longer than it may be. */
export async function wholeRequest(request: Request, limitMs: number): Promise<Request> {
  if (request.body === null) return request;
  const tooLarge = new Refusal(413, `the body must be at most ${MAX_BODY_BYTES} bytes`);
  if (Number(request.headers.get("Content-Length") ?? 0) > MAX_BODY_BYTES) throw tooLarge;
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  // The two hosts' types of a body differ in what they call its chunks.
  const body = request.body as ReadableStream<Uint8Array<ArrayBuffer>>;
  const reader = body.getReader();
  const late = lateness(limitMs);
  try {
    for (;;) {
      const { done, value } = await Promise.race([reader.read(), late.refusal]);
      if (done) break;
      length += value.byteLength;
      if (length > MAX_BODY_BYTES) throw tooLarge;
      parts.push(value);
    }
  } catch (error) {
    reader.cancel().catch(() => undefined);
    // Whoever sends it has gone, which is no fault of ours, or sends something else than bytes.
    throw error instanceof Refusal ? error : badField("the body", "sent to its end");
  } finally {
    late.end();
  }
  return new Request(request.url, {
    method: request.method,
    headers: request.headers,
    body: new Blob(parts),
    signal: request.signal,
  });
}

/** Refuses a body after a while. */
function lateness(limitMs: number): { refusal: Promise<never>; end: () => void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const refusal = new Promise<never>((_, reject) => {
    const refused = new Refusal(408, `the body must arrive within ${limitMs / 1000} seconds`);
    timer = setTimeout(() => reject(refused), limitMs);
  });
  return { refusal, end: () => clearTimeout(timer) };
}
