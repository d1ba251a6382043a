import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Localize } from "../src/common/Localize.js";

// The file is this project's own, and holds one object of texts.
const GERMAN = JSON.parse(
  readFileSync(join(import.meta.dirname, "../l10n/bundle.l10n.de.json"), "utf8"),
) as Readonly<Record<string, string>>;

/** The words as they stand in the source, with what belongs into them. */
export const plainWords: Localize = {
  t: (message, ...values) =>
    message.replaceAll(/\{(\d+)\}/g, (_, place) => String(values[Number(place)])),
};

/** The words as the German bundle has them; a text that it does not have stays as it is. */
export const germanWords: Localize = {
  t: (message, ...values) => plainWords.t(GERMAN[message] ?? message, ...values),
};
