/** How words reach a user in their language. `vscode.l10n` is one. */
export interface Localize {
  /** The translation of a message, with `{0}`, `{1}`, … replaced. */
  t(message: string, ...args: (string | number)[]): string;
}
