/** Keeps small immutable files. A name is written once and never again. */
export interface SegmentStore {
  /** Names of all files, in no order. May miss files that another window wrote a moment ago. */
  list(): Promise<string[]>;

  /**
   * The bytes of one file, or `undefined` if there is none.
   *
   * Rejects with {@link SegmentTooLargeError} without reading a file over {@link MAX_SEGMENT_BYTES}.
   */
  read(name: string): Promise<Uint8Array | undefined>;

  /** Writes a new file. Once this settles, a crash no longer loses it. */
  putNew(name: string, bytes: Uint8Array): Promise<void>;

  /** Removes one file; it is no error if it has gone already. */
  delete(name: string): Promise<void>;

  /** Rejects while nothing may be written here at all, so that nothing is taken in for it. */
  requireWritable?(): Promise<void>;

  /**
   * Removes what writes that were cut off have left behind, where a file is not written in one
   * step: it may hold what is forgotten since.
   */
  removeRemains?(): Promise<void>;
}

/**
 * Folders of segments under `mem1/`: the memories, and copies of files that did not decode.
 * Both hold files of the same names, kept by the same rules.
 */
export type SegmentFolder = "seg" | "bad";

/** Nothing this project writes comes near; a larger file is not read into memory. */
export const MAX_SEGMENT_BYTES = 8 * 1024 * 1024;

const SEGMENT_NAME = /^[0-9a-z]{10}-[0-9a-z]{8}-[0-9a-z]{4}\.(?:seg|enc)$/;

/** Whether a file's name is a segment's. Files with any other name are left alone. */
export function isSegmentName(name: string): boolean {
  return SEGMENT_NAME.test(name);
}

/** Refuses every name that is not a segment's, so that no name can point outside the folder. */
export function requireSegmentName(name: string): void {
  if (!isSegmentName(name)) {
    throw new Error(`not a segment's name: ${JSON.stringify(name)}`);
  }
}

/** Refused: a file with this name is there already. */
export class SegmentExistsError extends Error {
  override readonly name = "SegmentExistsError";

  constructor(readonly segment: string) {
    super(`segment ${segment} exists already`);
  }
}

/** Not read: the file is larger than {@link MAX_SEGMENT_BYTES}. */
export class SegmentTooLargeError extends Error {
  override readonly name = "SegmentTooLargeError";

  constructor(
    readonly segment: string,
    readonly bytes: number,
  ) {
    super(
      `segment ${segment} has ${bytes} bytes, more than the ${MAX_SEGMENT_BYTES} that are read`,
    );
  }
}

/** What has the name of a file is none: a folder, a link, a pipe, a socket or a device. It is not opened. */
export class NotAFileError extends Error {
  override readonly name = "NotAFileError";

  constructor(path: string) {
    super(`${path} is not a regular file`);
  }
}

/** Text of `mem1/README.txt`, which explains the folder to whoever finds it. */
export const STORE_README = `This folder holds the memories of the Recollect extension.

seg/  The memories. Each file is UTF-8 text and never changes: a header line, one JSON record a line, a footer line.
      The 8 hex digits at the start of a line are the CRC-32 of the JSON after them.
      Where a name ends in .enc, the file is encrypted: nobody reads it without the key or the recovery code.
bad/  Exact copies of files of seg/ that were found damaged, for repair by hand.
tmp/  Files being written. What is older than an hour can be removed.
cache/, hint/  Made from seg/ and made again when they are missing.

To read them: open a file of seg/ in any editor.
To keep a copy: copy the whole folder.
To erase everything: close the editor and delete the folder.
`;
