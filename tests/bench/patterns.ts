/**
 * What it costs to find what recurs, in the built module: prints JSON.
 *
 * The sessions are made-up days of work, cut into sessions of 200 events.
 * `patterns.ts 500` takes that many sessions.
 */
import init, { Recollect } from "recollect-wasm";
import { work, type WorkEvent } from "../fixtures/workdays.js";
import { builtModule } from "./builtModule.js";
import { now } from "./clock.js";
import { quantile } from "./statistics.js";

/** What was measured, in milliseconds. */
export interface PatternFigures {
  sessions: number;
  eventsPerSession: number;
  /** The first listing, which mines all sessions. */
  fromNothing: number;
  /** A listing after one session more, beyond one after nothing new; the median. */
  oneMore: number;
  /** A listing after nothing new; the median. */
  again: number;
  /** How many patterns were found. */
  found: number;
}

const EVENTS = 200;
const MORE = 9;
const sessions = Number(process.argv[2] ?? 5_000);

await init({ module_or_path: await builtModule() });
const core = new Recollect(new Uint8Array(32).fill(1), "0.0.0");
let at = 0;
let taken = 0;
for (const events of parts(sessions)) take(events);
const fromNothing = timed();
const found = core.patterns({ limit: 1_000 }, at).length;
const again: number[] = [];
const more: number[] = [];
for (const events of parts(MORE, 1_000_000)) {
  again.push(timed());
  take(events);
  more.push(timed());
}
core.free();

const figures: PatternFigures = {
  ...{ sessions, eventsPerSession: EVENTS, fromNothing, found },
  oneMore: quantile(more, 0.5) - quantile(again, 0.5),
  again: quantile(again, 0.5),
};
console.log(JSON.stringify(figures));

function timed(): number {
  const begin = now();
  core.patterns({ limit: 1 }, at);
  return now() - begin;
}

/** So many sessions of the days of ever other seeds. */
function* parts(count: number, seed = 1): Generator<WorkEvent[]> {
  for (let left = count; left > 0; seed += 1) {
    for (const { events } of work(seed).days) {
      for (let from = 0; from + EVENTS <= events.length && left > 0; from += EVENTS, left -= 1)
        yield events.slice(from, from + EVENTS);
    }
  }
}

/** Captures a session and makes it part of the index, as the extension does. */
function take(events: readonly WorkEvent[]): void {
  taken += 1;
  const origin = {
    project: { id: "example.org/team/project", name: "project" },
    provenance: "tool",
    session: `session ${taken}`,
  } as const;
  at = events.at(-1)?.at ?? at;
  core.capture(
    events.map((event) => ({ kind: "event", origin, ...event })),
    at,
  );
  for (let file = core.nextFlush(at); file; file = core.nextFlush(at)) {
    core.flushed(file.name);
    file.free();
  }
}
