import { Decompress } from "fzstd";
import { toTranslate } from "../Localize.js";
import type { ImportInput } from "./Importer.js";

/** Longest line that is kept; the rest of a longer one is passed over. */
const MAX_LINE = 16 * 1024 * 1024;

/** Largest file that is unpacked; what is in it is read a line at a time. */
const MAX_PACKED_BYTES = 64 * 1024 * 1024;

/** Bytes that are unpacked at once. */
const PART = 64 * 1024;

/** How a file was packed. */
type Packing = "gzip" | "zstd";

/**
 * The lines of a packed file, one at a time; `undefined` stands for one that is too long. Of a
 * damaged file it gives what comes before the damage, which is named.
 */
export async function* packedLines(
  { file, files, onSkipped }: ImportInput,
  packing: Packing,
): AsyncIterable<string | undefined> {
  const problem = (reason: string): void => {
    onSkipped({ path: file.path, line: 0, reason });
  };
  const packed = await files.bytes(file.path, MAX_PACKED_BYTES);
  if (packed === undefined) {
    problem(toTranslate("the file is too large, or is gone"));
    return;
  }
  try {
    yield* linesOf(packing === "gzip" ? gunzipped(packed) : unzstd(packed));
  } catch {
    problem(toTranslate("it cannot be unpacked, or only its beginning"));
  }
}

async function* linesOf(parts: AsyncIterable<Uint8Array>): AsyncIterable<string | undefined> {
  const decoder = new TextDecoder();
  let line = "";
  let isTooLong = false;
  for await (const bytes of parts) {
    for (const [place, part] of decoder.decode(bytes, { stream: true }).split("\n").entries()) {
      if (place > 0) {
        yield isTooLong ? undefined : line;
        line = "";
        isTooLong = false;
      }
      isTooLong ||= line.length + part.length > MAX_LINE;
      line = isTooLong ? "" : line + part;
    }
  }
  line += decoder.decode();
  if (isTooLong || line !== "") yield isTooLong ? undefined : line;
}

async function* gunzipped(packed: Uint8Array): AsyncIterable<Uint8Array> {
  const stream: ReadableStream<Uint8Array> = new Blob([new Uint8Array(packed)])
    .stream()
    .pipeThrough(new DecompressionStream("gzip"));
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

/** Not every host has this in its own streams. */
async function* unzstd(packed: Uint8Array): AsyncIterable<Uint8Array> {
  let parts: Uint8Array[] = [];
  const stream = new Decompress((part) => {
    parts.push(part);
  });
  for (let at = 0; at < packed.length; at += PART) {
    stream.push(packed.subarray(at, at + PART), at + PART >= packed.length);
    yield* parts;
    parts = [];
  }
}
