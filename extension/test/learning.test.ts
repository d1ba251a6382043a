// What is learned from histories, when, and what is not.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import type { Commit } from "recollect-wasm";
import {
  learnFrom,
  type History,
  type LearnOptions,
  type LearnResult,
  type Survey,
} from "../src/common/git/gitHistory.js";
import { HistoryLearner, type LearnedRepository } from "../src/common/git/HistoryLearner.js";
import { PassedOverCommits } from "../src/common/git/PassedOverCommits.js";
import { screenedCommit } from "../src/common/git/screenedCommit.js";
import type { Memories } from "../src/common/memories/Memories.js";
import { WriteGuard } from "../src/common/memories/WriteGuard.js";
import { historyOf, READERS, TestRepository } from "./gitRepositories.js";
import { LogLines, openMemories, origin } from "./openMemories.js";
import { temporaryFolder } from "./temporaryFolder.js";

const { project } = origin;

function options(more: Partial<LearnOptions> = {}): LearnOptions {
  return {
    ...{ project, maxCommits: 20_000, signal: new AbortController().signal },
    onProgress: () => undefined,
    ...more,
  };
}

const commit = (hash: string, message: string, more: Partial<Commit> = {}): Commit => ({
  ...{ hash: hash.repeat(40), message, at: 1_700_000_000_000, files: [], ...more },
});

/** A history of groups of commits. */
function historyIn(groups: readonly Commit[][], more: Partial<Survey> = {}): History {
  const all = groups.flat();
  return {
    survey: async (_, known) => {
      const missing = all.filter(({ hash }) => !known.has(hash));
      return {
        ...{ missing: missing.length, known: all.length - missing.length, unreadable: 0 },
        ...{ isCapped: false, tagged: new Map<string, string[]>() },
        async *commits() {
          for (const group of groups) yield group.filter((one) => missing.includes(one));
        },
        named: async (hashes) => all.filter(({ hash }) => hashes.includes(hash)),
        ...more,
      };
    },
    commit: async (hash) => all.find((one) => one.hash === hash),
  };
}

const titlesIn = async (memories: Memories): Promise<string[]> => {
  const { hits } = await memories.recent({ limit: 200, kinds: ["observation"] });
  return hits.map(({ title }) => title).sort();
};

test("a history becomes memories, group by group, with its automatic merges", async () => {
  const memories = openMemories(await temporaryFolder());
  const history = historyIn([
    [commit("1", "fix: one"), commit("2", "Merge branch 'side' into main")],
    [commit("3", "Merge pull request #7 from x/y\n\nAdd the thing"), commit("4", "")],
  ]);
  const reports: LearnResult[] = [];
  const told = options({ onProgress: (result) => reports.push(result) });
  const nothing = { skipped: 0, unreadable: 0, isCapped: false, isCancelled: false };
  assert.deepEqual(await learnFrom(history, memories, told), {
    ...{ missing: 4, read: 4, learned: 4, known: 0 },
    ...nothing,
  });
  assert.deepEqual(
    reports.map(({ read, missing }) => [read, missing]),
    [
      [0, 4],
      [2, 4],
      [4, 4],
    ],
  );
  assert.deepEqual(await learnFrom(history, memories, told), {
    ...{ missing: 0, read: 0, learned: 0, known: 4 },
    ...nothing,
  });
});

test("what was learned before a cancellation stays, and the next time goes on from there", async () => {
  const repository = await TestRepository.create();
  await repository.import(150);
  for (const reader of READERS) {
    const memories = openMemories(await temporaryFolder());
    const history = await historyOf(repository.folder, reader);
    const cancellation = new AbortController();
    const cancelled = await learnFrom(
      history,
      memories,
      options({
        signal: cancellation.signal,
        onProgress: ({ read }) => {
          if (read > 0) cancellation.abort();
        },
      }),
    );
    assert.deepEqual([cancelled.isCancelled, cancelled.learned], [true, 100], reader);
    assert.ok((await titlesIn(memories)).includes("c149"), reader);
    const whole = await learnFrom(history, memories, options());
    assert.deepEqual([whole.read, whole.learned, whole.known], [50, 50, 100], reader);
  }
});

test("what was left out, and why, is counted", async () => {
  const memories = openMemories(await temporaryFolder());
  const groups = [
    [
      commit("1", "fix: one", { files: ["kept.txt"] }),
      commit("2", "fix: two", { files: ["secret/a"] }),
    ],
    [commit("3", "<private>all of it</private>")],
  ];
  const result = await learnFrom(
    historyIn(groups, { missing: 5, unreadable: 1, isCapped: true }),
    memories,
    options({
      screened: (one) =>
        screenedCommit(one, async (path) => (path.startsWith("secret") ? "denied" : "kept")),
    }),
  );
  const { read, learned, skipped, unreadable, isCapped } = result;
  assert.deepEqual([read, learned, skipped, unreadable, isCapped], [3, 2, 1, 3, true]);
});

test("a commit loses the files of which nothing is kept, wherever it names them", async () => {
  const touched = commit("1", "change", {
    files: ["a", "secret/b", "c", "d"],
    added: ["secret/b"],
    deleted: ["a"],
    renamed: [
      { from: "secret/c", to: "c" },
      { from: "old-d", to: "d" },
    ],
  });
  const verdict = async (path: string) =>
    path.startsWith("secret") ? ("excluded" as const) : ("kept" as const);
  const kept = await screenedCommit(touched, verdict);
  assert.doesNotMatch(JSON.stringify(kept), /secret/);
  assert.deepEqual([kept.files, kept.renamed], [["a", "c", "d"], [{ from: "old-d", to: "d" }]]);
  const other = commit("2", "change", { files: ["secret/b"] });
  assert.deepEqual((await screenedCommit(other, verdict)).files, []);
  const empty = commit("3", "empty");
  assert.equal(await screenedCommit(empty, verdict), empty);
});

test("tags become releases, also those that are put on commits which are known", async () => {
  const repository = await TestRepository.create();
  await repository.commit("begin");
  await repository.git("tag", "v1.0.0");
  await repository.commit("more");
  for (const reader of READERS) {
    const memories = openMemories(await temporaryFolder());
    const history = await historyOf(repository.folder, reader);
    const told = new Set<string>();
    await learnFrom(history, memories, options({ told }));
    const before = (await memories.stats()).memories;
    const tag = `v2.0.0-${reader}`;
    await repository.git("tag", "-a", tag, "-m", "the second");
    const again = await learnFrom(history, memories, options({ told }));
    assert.deepEqual([again.read, again.learned], [0, 0], reader);
    const after = (await memories.stats()).memories;
    assert.equal(after, before + 1, reader);
    await learnFrom(history, memories, options({ told }));
    assert.equal((await memories.stats()).memories, after, reader);
  }
});

interface Setting {
  readonly memories: Memories;
  readonly guard: WriteGuard;
  readonly learner: HistoryLearner;
  readonly log: LogLines;
  readonly passedOver: string[];
  /** Groups of commits that the history has. */
  groups: Commit[][];
  isAutomatic: boolean;
  /** How often the history was surveyed, and how many at the same time at most. */
  readonly surveys: { count: number; most: number };
  readonly repository: () => ReturnType<HistoryLearner["of"]>;
}

async function setUp(): Promise<Setting> {
  const kept = new Map<string, unknown>();
  const values = { get: (name: string) => kept.get(name), update: async () => undefined };
  const guard = new WriteGuard(values);
  const memories = openMemories(await temporaryFolder(), { guard });
  const log = new LogLines();
  const passedOver: string[] = [];
  const learner = new HistoryLearner({
    memories: { user: memories, capture: memories.askedBy("capture") },
    mayLearn: () => !guard.isPrivate && !guard.isPaused,
    passedOver: () => passedOver,
    log,
    collectMs: 1,
  });
  let running = 0;
  const surveys = { count: 0, most: 0 };
  const history: History = {
    async survey(...args) {
      surveys.count += 1;
      surveys.most = Math.max(surveys.most, (running += 1));
      await new Promise((settle) => setTimeout(settle, 20));
      running -= 1;
      return historyIn(setting.groups).survey(...args);
    },
    commit: (hash) => historyIn(setting.groups).commit(hash),
  };
  const repository: LearnedRepository = {
    history,
    project: async () => project,
    settings: () => ({ maxCommits: 100, isAutomatic: setting.isAutomatic }),
    screening: async () => async (one) => one,
  };
  const setting: Setting = {
    ...{ memories, guard, learner, log, passedOver, surveys },
    groups: [[commit("1", "fix: one")], [commit("2", "fix: two")]],
    isAutomatic: true,
    repository: () => learner.of("key", async () => repository),
  };
  return setting;
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 10_000; !(await condition());) {
    assert.ok(Date.now() < end, "it did not happen");
    await new Promise((settle) => setTimeout(settle, 5));
  }
}

const soon = (): Promise<void> => new Promise((settle) => setTimeout(settle, 60));

test("new commits are learned by themselves", async () => {
  const { memories, repository } = await setUp();
  repository().learnSoon();
  await until(async () => (await titlesIn(memories)).length === 2);
});

test("nothing is learned by itself where that is switched off, and all of it when asked", async () => {
  const setting = await setUp();
  setting.isAutomatic = false;
  setting.repository().learnSoon();
  await soon();
  assert.equal(setting.surveys.count, 0);
  const result = await setting.repository().learn(options());
  assert.equal(result?.learned, 2);
});

test("nothing is learned by itself in a private session or a pause", async () => {
  const { memories, guard, repository, surveys } = await setUp();
  for (const quiet of [guard.setPrivate.bind(guard), guard.setPaused.bind(guard)]) {
    await quiet(true);
    repository().learnSoon();
    await soon();
    await repository().learnCommit("1".repeat(40));
    assert.equal(surveys.count, 0);
    await quiet(false);
  }
  assert.deepEqual(await titlesIn(memories), []);
  await guard.setPaused(true);
  assert.equal((await repository().learn(options()))?.learned, 2, "the user asks");
});

test("commits of a private session are learned when asked only", async () => {
  const { memories, repository, passedOver } = await setUp();
  passedOver.push("2".repeat(40));
  repository().learnSoon();
  await until(async () => (await titlesIn(memories)).length === 1);
  await soon();
  assert.deepEqual(await titlesIn(memories), ["fix: one"]);
  assert.equal((await repository().learn(options()))?.learned, 1);
  assert.deepEqual(await titlesIn(memories), ["fix: one", "fix: two"]);
});

test("one run at a time learns, whoever asks, and all hear of what they waited for", async () => {
  const { repository, surveys } = await setUp();
  repository().learnSoon();
  await new Promise((settle) => setTimeout(settle, 10));
  repository().learnSoon();
  const results = await Promise.all([repository().learn(options()), repository().learn(options())]);
  await soon();
  assert.equal(surveys.most, 1);
  assert.equal(results[0]?.learned, 2);
});

test("a commit that was just made is the memory that the history would be", async () => {
  const { memories, repository } = await setUp();
  await repository().learnCommit("2".repeat(40));
  assert.deepEqual(await titlesIn(memories), ["fix: two"]);
  const result = await repository().learn(options());
  assert.deepEqual([result?.learned, result?.known], [1, 1]);
  await repository().learnCommit("1".repeat(40));
  assert.deepEqual(await titlesIn(memories), ["fix: one", "fix: two"]);
});

test("a commit that may not be kept is read once in a window", async () => {
  const setting = await setUp();
  setting.groups = [[commit("1", "<private>all of it</private>"), commit("2", "fix: two")]];
  setting.repository().learnSoon();
  await until(async () => (await titlesIn(setting.memories)).length === 1);
  setting.repository().learnSoon();
  await soon();
  const read = setting.log.lines.filter((line) => line.includes("new commits"));
  assert.equal(read.length, 1);
});

test("closing the window ends a run, and what was learned stays", async () => {
  const setting = await setUp();
  const { memories, learner, repository, surveys } = setting;
  const result = repository().learn(
    options({
      onProgress: ({ read }) => {
        if (read > 0) learner.dispose();
      },
    }),
  );
  assert.deepEqual([(await result)?.isCancelled, (await result)?.learned], [true, 1]);
  repository().learnSoon();
  await soon();
  assert.equal(surveys.count, 1);
  assert.equal((await titlesIn(memories)).length, 1);
});

test("what is committed while nothing is recorded is told from git's log of HEAD", async () => {
  const repository = await TestRepository.create();
  const log = (): Promise<string> => readFile(join(repository.folder, ".git/logs/HEAD"), "utf8");
  const kept = new Map<string, unknown>();
  const passedOver = new PassedOverCommits({
    get: (name) => kept.get(name),
    update: async (name, value) => void kept.set(name, value),
  });
  // The repository's clock counts from here, a minute with each command.
  await repository.commit("before");
  const [, seconds] = /> (\d+) /.exec(await log()) ?? [];
  await passedOver.begin(Number(seconds) * 1_000 + 1_000);
  await passedOver.begin(Date.now());
  const made = await repository.commit("within");
  const amended = await repository.commit("within, amended", "--amend");
  await repository.git("switch", "--quiet", "-c", "topic");
  const topic = await repository.commit("on a topic");
  await repository.git("switch", "--quiet", "main");
  await repository.git("merge", "--quiet", "--ff-only", "topic");
  assert.ok(passedOver.isOpen);
  const [, last] = /> (\d+) [^\n]*$/.exec((await log()).trim()) ?? [];
  await repository.commit("after");
  await passedOver.end([await log()], Number(last) * 1_000 + 1_000);
  assert.deepEqual(passedOver.hashes, [made, amended, topic]);
  assert.equal(passedOver.isOpen, false);
  await passedOver.end([await log()], Date.now());
  assert.deepEqual(passedOver.hashes, [made, amended, topic]);
});
