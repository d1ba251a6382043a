/** How far local time is ahead of UTC: pairs of a moment and of minutes from then on. */
const FIRST_YEAR = 1970;
const LAST_YEAR = 2100;
/** No zone changed its clocks twice within so long and back. */
const STEP_MS = 20 * 86_400_000;

/** Minutes that local time is ahead of UTC at a moment. */
function minutesAhead(at: number): number {
  return 0 - new Date(at).getTimezoneOffset();
}

/**
 * The changes of the host's clock, as the module takes them: by its own zone's rules, so that
 * days across a change to summer time are right, whichever rules this host knows.
 */
export function zoneChanges(): Float64Array {
  const end = Date.UTC(LAST_YEAR, 0);
  let at = Date.UTC(FIRST_YEAR, 0);
  let minutes = minutesAhead(at);
  const changes = [at, minutes];
  while (at < end) {
    const next = at + STEP_MS;
    const then = minutesAhead(next);
    if (then !== minutes) {
      changes.push(firstWith(then, at, next), then);
      minutes = then;
    }
    at = next;
  }
  return Float64Array.from(changes);
}

/** The first moment of the second of two with another offset, by bisection. */
function firstWith(minutes: number, before: number, after: number): number {
  let [low, high] = [before, after];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (minutesAhead(middle) === minutes) high = middle;
    else low = middle;
  }
  return high;
}

/** Differs where the zone does: a computer travels, and a setting is changed. */
export function zoneKey(): string {
  const year = new Date().getUTCFullYear();
  const months = [0, 3, 6, 9].map((month) => minutesAhead(Date.UTC(year, month)));
  return [minutesAhead(Date.now()), ...months].join();
}
