/** What the project wants of its speed, next to what was measured. Nothing depends on it. */
import type { CaptureFigures } from "./capture.js";
import type { ModuleFigures } from "./module.js";
import type { PatternFigures } from "./patterns.js";
import type { EngineFigures, SearchFigures } from "./search.js";
import type { StorageFigures } from "./storage.js";
import { megabytes, milliseconds, table, thousands } from "./tables.js";

/** What was measured, as far as it was. */
export interface Figures {
  storage: readonly StorageFigures[];
  search: readonly SearchFigures[];
  module?: ModuleFigures | undefined;
  capture?: CaptureFigures | undefined;
  patterns?: PatternFigures | undefined;
}

type Line = [target: string, wanted: string, measured: string, isMet: boolean];

/** A table of all targets that something was measured for. */
export function targetTable(figures: Figures): string {
  const lines = [
    ...figures.search.flatMap(searchTargets),
    ...figures.storage.flatMap(storageTargets),
    ...(figures.module ? moduleTargets(figures.module) : []),
    ...(figures.capture ? captureTargets(figures.capture) : []),
    ...(figures.patterns ? patternTargets(figures.patterns) : []),
  ];
  return table([
    ["target", "wanted", "measured", ""],
    ...lines.map(([target, wanted, measured, isMet]) => [
      ...[target, wanted, measured, isMet ? "met" : "not met"],
    ]),
  ]);
}

function searchTargets({ memories, engines, adding, equality }: SearchFigures): Line[] {
  const at = `at ${thousands(memories)}`;
  const named = (name: string) => engines.find((engine) => engine.name === name);
  const own = named("Recollect");
  if (own === undefined) return [];
  const atMost = (
    what: string,
    name: string,
    limit: number,
    of: (engine: EngineFigures) => number,
  ): Line[] => {
    const peer = named(name);
    if (peer === undefined) return [];
    const share = of(own) / of(peer);
    return [[`${what} ${at}`, `≤ ${limit} ×`, `${share.toFixed(2)} ×`, share <= limit]];
  };
  const faster = (name: string, times: number): Line[] => {
    const peer = named(name);
    if (peer === undefined) return [];
    const measured = peer.all.p95 / own.all.p95;
    const [wanted, shown] = [`≥ ${times} times faster`, `${measured.toFixed(1)} times`];
    return [[`p95 against ${name} ${at}`, wanted, shown, measured >= times]];
  };
  const scores: Line[] =
    "skipped" in equality
      ? []
      : [
          [
            `questions whose best 20 score as the reference's ${at}`,
            "all",
            `${equality.equal} of ${equality.compared}`,
            equality.equal === equality.compared,
          ],
        ];
  // The targets are for stores in which a search takes a time that one could feel.
  const isLarge = memories >= 10_000;
  return [
    ...(!isLarge
      ? []
      : [
          ...atMost(
            "p95 of questions without a filter, to better-sqlite3",
            "better-sqlite3",
            0.35,
            (engine) => engine.unfiltered.p95,
          ),
          ...atMost(
            "p95 of questions with a filter, to better-sqlite3",
            "better-sqlite3",
            0.7,
            (engine) => engine.filtered.p95,
          ),
          ...faster("Orama", 20),
          ...faster("MiniSearch", 5),
        ]),
    ...scores,
    [`adding one memory, p99 ${at}`, "≤ 1 ms", `${adding.p99.toFixed(2)} ms`, adding.p99 <= 1],
  ];
}

function storageTargets(figures: StorageFigures): Line[] {
  const at = `at ${thousands(figures.memories)}`;
  const within = (what: string, limitMs: number, ms: number): Line => [
    ...([`${what} ${at}`, `≤ ${limitMs / 1000} s`, `${(ms / 1000).toFixed(2)} s`] as const),
    ms <= limitMs,
  ];
  const { memories, ready, readyWithImage, wasmBytes } = figures;
  if (memories === 10_000) return [within("all is read", 600, ready)];
  if (memories !== 100_000) return [];
  return [
    within("all is read", 5_000, ready),
    within("all is read, from an image of the index", 600, readyWithImage),
    [
      `the module's memory ${at}`,
      "≤ 200 MB",
      `${megabytes(wasmBytes)} MB`,
      wasmBytes <= 200 * 1024 * 1024,
    ],
  ];
}

function moduleTargets({ gzipBytes, compileAndOpen }: ModuleFigures): Line[] {
  const kilobytes = gzipBytes / 1024;
  return [
    ["the module, compressed", "≤ 900 KB", `${kilobytes.toFixed(0)} KB`, kilobytes <= 900],
    ["compile and open", "≤ 60 ms", `${compileAndOpen.toFixed(0)} ms`, compileAndOpen <= 60],
  ];
}

function captureTargets({ eventP99, longest, burstEvents, burstLongest }: CaptureFigures): Line[] {
  const within = (what: string, limit: number, ms: number): Line => [
    ...([what, `≤ ${limit} ms`, `${milliseconds(ms)} ms`] as const),
    ms <= limit,
  ];
  return [
    within("capturing an event, p99", 2, eventP99),
    within("capturing events, the longest at once", 16, longest),
    within(`${thousands(burstEvents)} events at once, the longest at once`, 16, burstLongest),
  ];
}

function patternTargets({ sessions, eventsPerSession, fromNothing }: PatternFigures): Line[] {
  const what = `finding what recurs in ${thousands(sessions)} sessions of ${eventsPerSession} events`;
  return [[what, "≤ 5 s", `${(fromNothing / 1000).toFixed(2)} s`, fromNothing <= 5_000]];
}
