/** The command line beside the extension, and how it is started without Node on PATH. */
export interface OwnProgram {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Whether the plugin's server, which names `node`, would be found too. */
  readonly isNodeOnPath: boolean;
}

/**
 * Whether an editor is offered the server: not where the plugin's own starts, since two would ask
 * everything twice, nor while the tools are off.
 */
export function isServerOffered(
  { isNodeOnPath }: Pick<OwnProgram, "isNodeOnPath">,
  takesPlugins: boolean,
  areToolsOn: boolean,
): boolean {
  return areToolsOn && !(takesPlugins && isNodeOnPath);
}
