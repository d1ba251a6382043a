/** How words reach a user in their language. `vscode.l10n` is one. */
export interface Localize {
  /** The translation of a message, with `{0}`, `{1}`, … replaced. */
  t(message: string, ...args: (string | number)[]): string;
}

/** What a terminal and a language model read: the messages as they stand in the source. */
export const ENGLISH: Localize = {
  t: (message, ...args) =>
    message.replace(/\{(\d)\}/g, (_, place: string) => String(args[Number(place)] ?? "")),
};

/** The language of the texts, which each bundle names: that of the editor may have none. */
export function languageOf(l10n: Localize): string {
  return l10n.t("en");
}

/**
 * Marks a text that passes {@link Localize} later, where it is shown. What looks for texts without
 * a translation reads the source, and finds it by this.
 */
export function toTranslate<Text extends string>(text: Text): Text {
  return text;
}
