import type { Localize } from "../Localize.js";
import { oneLine } from "./plainText.js";

/** Bytes of a kilobyte. */
const KILOBYTE = 1024;

/** A time that the core understood: `2026-07-01 to 2026-07-31`, `since 2026-07-01`, or a day. */
export function timeWords(value: string, l10n: Localize): string {
  const told = /^(?:(since|before) )?(\S+)(?: to (\S+))?$/.exec(value);
  if (told === null) return value;
  const [, word, first = "", last] = told;
  if (last !== undefined) return l10n.t("{0} to {1}", first, last);
  if (word === "since") return l10n.t("since {0}", first);
  return word === "before" ? l10n.t("before {0}", first) : first;
}

/** Why one of the user's own privacy rules cannot be used. */
export function ruleProblem(problem: string, l10n: Localize): string {
  const of = /^pattern (\d+) ([^]*)$/.exec(problem);
  if (of === null) return problem;
  const [, place = "", what = ""] = of;
  const longest = /^has more than (\d+) bytes$/.exec(what);
  if (longest !== null)
    return l10n.t("pattern {0} has more than {1} bytes", place, longest[1] ?? "");
  if (what.startsWith("would take too long"))
    return l10n.t(
      "pattern {0} would take too long on some texts: it is long or repeats too much",
      place,
    );
  if (what === "matches an empty text") return l10n.t("pattern {0} matches an empty text", place);
  if (!what.startsWith("is no regular expression")) return problem;
  // What parses expressions draws a picture of several lines, and says at its end what is wrong.
  const wrong = oneLine(what.slice(what.lastIndexOf(": ") + 2), 120);
  return l10n.t("pattern {0} is no regular expression ({1})", place, wrong);
}

/** Why a text cannot be remembered: what the core found and what it expects. */
export function refusal(message: string, l10n: Localize): string {
  if (/^[\w.]+: is empty$/.test(message)) return l10n.t("the text is empty");
  const sizes = / has (\d+) bytes, more than the (\d+) that are kept$/.exec(message);
  if (sizes === null) return message;
  const [found, limit] = sizes.slice(1).map((bytes) => (Number(bytes) / KILOBYTE).toFixed(1));
  return l10n.t("it has {0} KB, more than the {1} KB that are kept", found ?? "", limit ?? "");
}
