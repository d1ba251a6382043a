import { languageOf, type Localize } from "../Localize.js";
import { formatDate, formatTime } from "../text/plainText.js";

const DAY_MS = 86_400_000;

/** From one moment to another as people say it: hours of one day, days of a few weeks, else months. */
export function timeSpan(from: number, to: number, l10n: Localize): string {
  const [first, last] = [formatDate(from), formatDate(to)];
  if (first === last) {
    const [begin, end] = [formatTime(from).slice(-5), formatTime(to).slice(-5)];
    return begin === end ? `${first} ${begin}` : l10n.t("{0}, {1} to {2}", first, begin, end);
  }
  if (to - from < 31 * DAY_MS) return l10n.t("{0} to {1}", first, last);
  const isOneYear = first.slice(0, 4) === last.slice(0, 4);
  if (first.slice(0, 7) === last.slice(0, 7)) return monthOf(from, true, l10n);
  return l10n.t("{0} to {1}", monthOf(from, !isOneYear, l10n), monthOf(to, true, l10n));
}

function monthOf(at: number, hasYear: boolean, l10n: Localize): string {
  const form = new Intl.DateTimeFormat(languageOf(l10n), {
    month: "long",
    ...(hasYear ? { year: "numeric" } : {}),
  });
  return form.format(at);
}
