/** Learns histories and asks about them, through what the command line runs. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readFile } from "node:fs/promises";
import { Memories } from "../../../extension/src/common/memories/Memories.js";
import { FileSegmentStore } from "../../../extension/src/node/FileSegmentStore.js";
import { projectOfFolder } from "../../../extension/src/node/git/gitProject.js";
import { learnFolder } from "../../../extension/src/node/cli/learn.js";
import { figuresOf, score, type Commit, type Figures, type Question, type Score } from "./score.js";
import { ownSet, setsOf, type HistorySet } from "./sets.js";

/** Figures of a set: by category, and of all. */
export interface SetFigures {
  readonly name: string;
  readonly byCategory: Readonly<Record<string, Figures>>;
  readonly all: Figures;
  readonly scored: readonly (readonly [Question, Score])[];
}

const MODULE = join(import.meta.dirname, "../../../pkg/recollect_wasm_bg.wasm");
const MEANING = join(import.meta.dirname, "../../../extension/media/meaning.bin");

/** How long it waits for what all memories of a history mean. */
const PATIENCE_MS = 60_000;

/** Commits that are looked at. */
const LIMIT = 10;

/** Measures our own history, or the histories of a folder; nothing where there is no history. */
export async function measureQuestions(histories?: string): Promise<SetFigures[]> {
  const into = mkdtempSync(join(tmpdir(), "recollect-questions-"));
  try {
    const measured: SetFigures[] = [];
    if (histories === undefined) {
      const own = ownSet(into);
      if ("reason" in own) return [];
      measured.push(await measureSet(own, into));
    } else {
      for (const set of setsOf(histories, into)) measured.push(await measureSet(set, into));
    }
    return measured;
  } finally {
    rmSync(into, { recursive: true, force: true });
  }
}

async function measureSet(set: HistorySet, into: string): Promise<SetFigures> {
  const log = { debug: none, info: none, warn: console.warn, error: console.error };
  const folder = join(into, `${set.name}.memories`);
  const memories = new Memories({
    store: new FileSegmentStore(folder),
    quarantine: new FileSegmentStore(folder, "bad"),
    readModule: () => readFile(MODULE),
    readMeaning: () => readFile(MEANING),
    ...{ app: "0.0.0", log },
  });
  try {
    await learnFolder(memories, set.folder, 20_000, new AbortController().signal);
    const project = await projectOfFolder(memories, set.folder);
    await memories.waitForMeaning(PATIENCE_MS);
    const timeOf = (hash: string): number => set.commits.get(hash)?.at ?? 0;
    const scored: (readonly [Question, Score])[] = [];
    for (const question of set.questions) {
      const { isAnswered, hits } = await memories.ask({
        ...{ text: question.question, now: question.at, isAsOf: true, limit: LIMIT },
        projects: [project.id],
        ...(question.earlier === undefined ? {} : { earlier: question.earlier }),
      });
      const hashes = hits.flatMap(({ commit }) => (commit === undefined ? [] : [commit]));
      const commits = [...new Set(hashes)].flatMap((hash): Commit[] => {
        const commit = set.commits.get(hash);
        return commit === undefined ? [] : [commit];
      });
      scored.push([question, score(question, { isAnswered, commits }, timeOf)]);
    }
    return figures(set.name, scored);
  } finally {
    await memories.dispose();
  }
}

/** Figures of several sets together. */
export function together(sets: readonly SetFigures[]): SetFigures {
  return figures(
    "all",
    sets.flatMap(({ scored }) => scored),
  );
}

function figures(name: string, scored: readonly (readonly [Question, Score])[]): SetFigures {
  const categories = [...new Set(scored.map(([{ category }]) => category))];
  const byCategory = categories.map((category) => [
    category,
    figuresOf(scored.filter(([question]) => question.category === category)),
  ]);
  return {
    ...{ name, scored, all: figuresOf(scored) },
    byCategory: Object.fromEntries(byCategory) as Record<string, Figures>,
  };
}

/** Figures as a table in Markdown. */
export function questionReport(sets: readonly SetFigures[]): string {
  const rows = sets.flatMap(({ name, byCategory, all }) =>
    [...Object.entries(byCategory), ["all", all] as const].map(
      ([category, { questions, useful, hit, ndcg }]) =>
        `| ${name} | ${category} | ${questions} | ${useful} | ${hit} | ${ndcg} |`,
    ),
  );
  return [
    "| history | category | questions | useful % | hit@1 % | nDCG@10 |",
    "| --- | --- | ---: | ---: | ---: | ---: |",
    ...rows,
  ].join("\n");
}

/** Questions that had no useful answer. */
export function misses(sets: readonly SetFigures[]): string {
  const lines = sets.flatMap(({ scored }) =>
    scored
      .filter(([, { isUseful }]) => !isUseful)
      .map(([{ id, category, question }]) => `${id} [${category}] ${question}`),
  );
  return lines.join("\n");
}

function none(): void {
  // Nothing is said while all goes well.
}
