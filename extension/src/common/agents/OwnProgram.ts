/** The command line beside the extension, and how it is started without Node on PATH. */
export interface OwnProgram {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Whether the plugin's server, which names `node`, would be found too. */
  readonly isNodeOnPath: boolean;
}
