import { MAX_SEGMENT_BYTES, type SegmentStore } from "../src/common/storage/SegmentStore.js";

/** Registers one test, as `node:test` does. Hosts without `node:test` bring their own. */
export type RegisterTest = (name: string, run: () => Promise<void>) => unknown;

/** A store and another one on the same files, as a second window has it. */
export interface OpenedStore {
  readonly store: SegmentStore;
  readonly other: SegmentStore;
}

const NAME = "01jd3m5k7a-k3v9x0ab-0001.seg";
const OTHER_NAME = "01jd3m5k7b-k3v9x0ab-0002.seg";

/**
 * What every adapter of the port must do. Each case opens a new, empty store.
 *
 * Needs neither Node nor the editor, so that it also runs inside a web worker.
 */
export function testSegmentStore(
  adapter: string,
  open: () => Promise<OpenedStore>,
  test: RegisterTest,
): void {
  const check = (behaviour: string, run: (opened: OpenedStore) => Promise<void>): void => {
    test(`${adapter}: ${behaviour}`, async () => run(await open()));
  };

  check("a new store is empty", async ({ store }) => {
    equal(await store.list(), []);
    equal(await store.read(NAME), undefined);
  });

  check("what was written is listed and read back, byte by byte", async ({ store }) => {
    const bytes = everyByte();
    await store.putNew(NAME, bytes);
    equal(await store.list(), [NAME]);
    equal([...((await store.read(NAME)) ?? [])], [...bytes]);
  });

  check("another window sees what was written", async ({ store, other }) => {
    await store.putNew(NAME, everyByte());
    equal(await other.list(), [NAME]);
    equal((await other.read(NAME))?.byteLength, 256);
  });

  check("an empty file is a file", async ({ store }) => {
    await store.putNew(NAME, new Uint8Array());
    equal((await store.read(NAME))?.byteLength, 0);
  });

  check("a name is written once and never again", async ({ store, other }) => {
    await store.putNew(NAME, Uint8Array.of(1));
    await rejects(store.putNew(NAME, Uint8Array.of(2)), "SegmentExistsError");
    await rejects(other.putNew(NAME, Uint8Array.of(3)), "SegmentExistsError");
    equal([...((await store.read(NAME)) ?? [])], [1]);
  });

  check("files are written at the same time", async ({ store, other }) => {
    await Promise.all([
      store.putNew(NAME, Uint8Array.of(1)),
      other.putNew(OTHER_NAME, Uint8Array.of(2)),
    ]);
    equal((await store.list()).sort(), [NAME, OTHER_NAME]);
  });

  check("a deleted file is gone, and deleting it again is no error", async ({ store, other }) => {
    await store.putNew(NAME, Uint8Array.of(1));
    await store.putNew(OTHER_NAME, Uint8Array.of(2));
    await store.delete(NAME);
    await store.delete(NAME);
    await other.delete(NAME);
    equal(await store.list(), [OTHER_NAME]);
    equal(await store.read(NAME), undefined);
  });

  check("a name that is not a segment's is refused", async ({ store }) => {
    for (const name of [
      "",
      "..",
      "../escape.seg",
      "README.txt",
      NAME.toUpperCase(),
      `${NAME}/x`,
      `a/${NAME}`,
      `${NAME}.part`,
    ]) {
      await rejects(store.putNew(name, Uint8Array.of(1)), "Error");
      await rejects(store.read(name), "Error");
      await rejects(store.delete(name), "Error");
    }
    equal(await store.list(), []);
  });

  check("a file over the cap is not given to anybody", async ({ store }) => {
    await store.putNew(NAME, new Uint8Array(MAX_SEGMENT_BYTES + 1));
    equal(await store.list(), [NAME]);
    await rejects(store.read(NAME), "SegmentTooLargeError");
  });
}

function everyByte(): Uint8Array {
  return Uint8Array.from({ length: 256 }, (_, value) => value);
}

function equal(actual: unknown, expected: unknown): void {
  const [found, wanted] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (found !== wanted) throw new Error(`found ${found}, expected ${wanted}`);
}

async function rejects(promise: Promise<unknown>, name: string): Promise<void> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof Error) || error.name !== name) {
    throw new Error(`found ${error instanceof Error ? error.name : "no error"}, expected ${name}`);
  }
}
