/**
 * Forgetting, export, import, images and the order of files, over the built module.
 */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { before, test } from "node:test";
import { fileURLToPath } from "node:url";

import init, {
  Recollect,
  cacheSchema,
  inspectSegment,
  type ErrorName,
  type ImageReader,
  type NewRecord,
} from "recollect-wasm";

const NOW = 1_790_000_000_000;
const project = { id: "example.org/owner/app", name: "app" };

before(async () => {
  const wasm = new URL("../../pkg/recollect_wasm_bg.wasm", import.meta.url);
  await init({ module_or_path: await readFile(fileURLToPath(wasm)) });
});

/** A store and the files that a host would keep for it. */
class Window {
  readonly core: Recollect;
  readonly files: Map<string, Uint8Array>;

  constructor(seed: number, files = new Map<string, Uint8Array>()) {
    this.core = new Recollect(new Uint8Array(32).fill(seed), "0.0.0");
    this.files = files;
  }

  flush(): void {
    for (;;) {
      const file = this.core.nextFlush(NOW);
      if (!file) return;
      this.files.set(file.name, file.bytes);
      this.core.flushed(file.name);
      file.free();
    }
  }

  remember(...titles: string[]): void {
    const records = titles.map((title): NewRecord => ({
      kind: "observation",
      origin: { project, provenance: "user" },
      type: "decision",
      title,
    }));
    this.core.append(records, NOW);
    this.flush();
  }

  /** Carries out everything that keeps the files in order. */
  maintain(): void {
    for (;;) {
      const operation = this.core.nextOperation(NOW);
      if (!operation) return;
      assert.equal(operation.area, "segments");
      const { kind, name, bytes } = operation;
      operation.free();
      if (kind === "read") {
        const found = this.files.get(name);
        this.core.complete(found === undefined ? "missing" : "done", found, NOW);
      } else {
        if (kind === "put_new") this.files.set(name, bytes ?? new Uint8Array());
        else this.files.delete(name);
        this.core.complete("done", undefined, NOW);
      }
    }
  }

  holds(text: string): boolean {
    return [...this.files.values()].some((bytes) => Buffer.from(bytes).includes(text));
  }

  export(): string {
    const lines = [...this.files.values()].flatMap((bytes) => this.core.exportLines(bytes));
    return [...new Set(lines)].sort().join("\n");
  }
}

function hasName(name: ErrorName): (error: unknown) => boolean {
  return (error) => error instanceof Error && error.name === name;
}

test("a selection is shown, then forgotten, then in no file", () => {
  const window = new Window(1);
  window.remember("Acme wants invoices", "Use tabs");
  const selection = { text: "ACME" };
  const selected = window.core.select(selection);
  assert.equal(selected.total, 1);
  assert.equal(selected.ids.length, 1);
  assert.equal(selected.hits[0]?.title, "Acme wants invoices");
  assert.equal(window.core.forget(selection, NOW), 1);
  window.flush();
  assert.equal(window.core.stats().unpurgedSegments, 1);
  window.maintain();
  assert.equal(window.core.stats().unpurgedSegments, 0);
  assert.equal(window.holds("Acme"), false);
  assert.equal(window.holds("Use tabs"), true);
  assert.throws(() => window.core.forget({}, NOW), hasName("InvalidInput"));
  assert.equal(window.core.forget({ isEverything: true }, NOW), 1);
  window.core.free();
});

test("an export goes in and comes out the same", () => {
  const ours = new Window(1);
  ours.remember("Use tabs", "Größe zählt");
  const text = ours.export();
  const theirs = new Window(2);
  assert.deepEqual(theirs.core.importLines(`${text}\nnonsense\n`, "high", NOW), {
    pending: 2,
    known: 0,
    forgotten: 0,
    filtered: 0,
    unlisted: 0,
    refused: [{ line: 3, problem: "not a record" }],
  });
  theirs.flush();
  assert.equal(theirs.export(), text);
  assert.equal(theirs.core.search({ text: "größe" }).total, 1);
  const careful = new Window(3);
  careful.core.importLines(text, "low", NOW);
  careful.flush();
  assert.deepEqual(
    careful.core.recent({}).hits.map((hit) => hit.trust),
    ["low", "low"],
  );
  careful.core.free();
  ours.core.free();
  theirs.core.free();
});

/** Reads bytes from their beginning. */
function reader(bytes: Uint8Array): ImageReader {
  let at = 0;
  return {
    size: bytes.length,
    next: (most) => {
      const part = bytes.subarray(at, at + Math.min(most, 1000));
      at += part.length;
      return part;
    },
  };
}

test("an image starts another window, and a damaged one does not", () => {
  const ours = new Window(1);
  ours.remember("Use tabs", "Use spaces");
  const image = ours.core.saveCache();
  assert.ok(image);
  assert.ok(cacheSchema() > 0);
  const names = [...ours.files.keys()];

  const theirs = new Window(2);
  const failing = { size: image.length, next: () => assert.fail("the disk is gone") };
  const endless = { size: image.length, next: () => image };
  for (const unusable of [reader(image.slice(0, -1)), failing, endless])
    assert.equal(theirs.core.loadCache(unusable, names, NOW), false);
  assert.equal(theirs.core.loadCache(reader(image), names, NOW), true);
  assert.deepEqual(theirs.core.missing(names), []);
  assert.equal(theirs.core.search({ text: "use" }).total, 2);
  theirs.remember("Use both");
  assert.equal(theirs.core.search({ text: "use" }).total, 3);
  ours.core.free();
  theirs.core.free();
});

test("a segment is looked at without being taken in", () => {
  const window = new Window(1);
  window.remember("Use tabs");
  const [[name, bytes]] = [...window.files] as [[string, Uint8Array]];
  assert.equal(inspectSegment(name, bytes).isWhole, true);
  const report = inspectSegment(name, bytes.slice(0, -3));
  assert.equal(report.isWhole, false);
  assert.ok(report.problem);
  window.core.free();
});

test("while too much waits, nothing more is taken", () => {
  const window = new Window(1);
  const record: NewRecord = {
    kind: "event",
    origin: { project, provenance: "tool" },
    type: "file_open",
  };
  window.core.append(Array<NewRecord>(2_000).fill(record), NOW);
  assert.throws(() => window.core.append([record], NOW), hasName("Full"));
  window.flush();
  window.core.append([record], NOW);
  window.core.free();
});
