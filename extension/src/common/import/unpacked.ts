/** Longest line that is kept; the rest of a longer one is passed over. */
const MAX_LINE = 16 * 1024 * 1024;

/** The lines of a text that was packed with gzip, one at a time; `undefined` stands for one that is too long. */
export async function* unpackedLines(packed: Uint8Array): AsyncIterable<string | undefined> {
  const stream: ReadableStream<Uint8Array> = new Blob([new Uint8Array(packed)])
    .stream()
    .pipeThrough(new DecompressionStream("gzip"));
  const decoder = new TextDecoder();
  const reader = stream.getReader();
  let line = "";
  let isTooLong = false;
  for (;;) {
    const { done, value } = await reader.read();
    const parts = (done ? decoder.decode() : decoder.decode(value, { stream: true })).split("\n");
    for (const [place, part] of parts.entries()) {
      if (place > 0) {
        yield isTooLong ? undefined : line;
        line = "";
        isTooLong = false;
      }
      isTooLong ||= line.length + part.length > MAX_LINE;
      line = isTooLong ? "" : line + part;
    }
    if (done) break;
  }
  if (isTooLong || line !== "") yield isTooLong ? undefined : line;
}
