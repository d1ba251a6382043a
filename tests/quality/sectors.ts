/** How often the primary sector of a text is the one that a person names. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import init, { Recollect, type Sector } from "recollect-wasm";
import { format } from "prettier";
import { HALVES, SECTORS, readLabelled, type Labelled, type SectorHalf } from "./sectorSet.js";

const BASELINE = join(import.meta.dirname, "sectors.baseline.json");
const NOW = 1_790_000_000_000;

/** How the texts of one half were classified. */
export interface SectorFigures {
  half: SectorHalf;
  right: number;
  of: number;
  /** How often texts of one sector were taken for each. */
  takenFor: Record<Sector, Record<Sector, number>>;
}

/** Classifies all texts by the built module, each as a prompt: by its words alone. */
export async function measureSectors(): Promise<SectorFigures[]> {
  const wasm = join(import.meta.dirname, "../../pkg/recollect_wasm_bg.wasm");
  await init({ module_or_path: await readFile(wasm) });
  const set = readLabelled();
  return HALVES.map((half) => {
    const texts = set.filter((one) => one.half === half);
    const takenFor = Object.fromEntries(
      SECTORS.map((sector) => [sector, Object.fromEntries(SECTORS.map((other) => [other, 0]))]),
    ) as SectorFigures["takenFor"];
    for (const [place, found] of classified(texts).entries()) {
      const wanted = texts[place]?.primary;
      if (wanted !== undefined) takenFor[wanted][found] += 1;
    }
    const right = SECTORS.reduce((sum, sector) => sum + takenFor[sector][sector], 0);
    return { half, right, of: texts.length, takenFor };
  });
}

function classified(texts: readonly Labelled[]): Sector[] {
  const memory = new Recollect(new Uint8Array(32).fill(1), "0.0.0");
  const origin = {
    project: { id: "example.org/sectors", name: "sectors" },
    provenance: "user",
    session: "sectors",
  } as const;
  const records = texts.map(({ text }, place) => {
    return { kind: "prompt", origin, number: place + 1, text } as const;
  });
  const ids = memory.append(records, NOW).flatMap((one) => ("id" in one ? [one.id] : []));
  for (let file = memory.nextFlush(NOW); file; file = memory.nextFlush(NOW)) {
    memory.flushed(file.name);
    file.free();
  }
  const found = memory.get(ids).map(({ sectors }) => sectors[0]);
  memory.free();
  if (found.length !== texts.length) throw new Error("not every text became a memory");
  return found.map((sector) => sector ?? "semantic");
}

/** What was right when somebody last recorded it. */
export type SectorBaseline = Record<SectorHalf, { right: number; of: number }>;

export function readSectorBaseline(): SectorBaseline {
  // Nobody but `writeSectorBaseline` writes it.
  return JSON.parse(readFileSync(BASELINE, "utf8")) as SectorBaseline;
}

export async function writeSectorBaseline(all: readonly SectorFigures[]): Promise<void> {
  if (!existsSync(BASELINE)) throw new Error(`${BASELINE} is gone`);
  const text = JSON.stringify(
    Object.fromEntries(all.map(({ half, right, of }) => [half, { right, of }])),
  );
  writeFileSync(BASELINE, await format(text, { parser: "json", printWidth: 100 }));
}

/** A row for each half, for the report. */
export function sectorRows(all: readonly SectorFigures[]): string[][] {
  return all.map(({ half, right, of, takenFor }) => [
    half,
    String(of),
    percent(right, of),
    ...SECTORS.map((sector) => {
      const row = Object.values(takenFor[sector]);
      return percent(
        takenFor[sector][sector],
        row.reduce((sum, count) => sum + count, 0),
      );
    }),
  ]);
}

export const SECTOR_HEAD = ["half", "texts", "right", ...SECTORS];

function percent(part: number, whole: number): string {
  return ((part / whole) * 100).toFixed(1);
}
