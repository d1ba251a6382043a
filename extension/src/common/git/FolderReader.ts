/** Reads files of a folder that somebody else owns. Paths are absolute, with slashes, as in a URI. */
export interface FolderReader {
  /** The bytes of a file, or `undefined` if there is none. */
  read(path: string): Promise<Uint8Array | undefined>;

  /** What a folder holds, or `undefined` if there is none. */
  list(path: string): Promise<FolderItem[] | undefined>;

  /** Bytes of a file, where the host can tell without reading it. */
  size?(path: string): Promise<number | undefined>;
}

/** One thing in a folder. */
export interface FolderItem {
  readonly name: string;
  readonly isFolder: boolean;
}
