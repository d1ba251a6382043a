// What is learned of a repository that a hosting service has, by requests to a stand-in of it.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  hostedAddress,
  pathInside,
  serviceAddress,
} from "../src/common/git/hosted/hostedAddress.js";
import { HostingFailure } from "../src/common/git/hosted/HostedRepository.js";
import { learnFrom } from "../src/common/git/gitHistory.js";
import { commitsOf, historyOf, TestRepository } from "./gitRepositories.js";
import { HostedWindow } from "./hostedRepositories.js";
import { openMemories, origin } from "./openMemories.js";
import { temporaryFolder } from "./temporaryFolder.js";

const { project } = origin;

const shown = (ref: object): string => Buffer.from(JSON.stringify({ v: 1, ref })).toString("hex");

test("a workspace's address says which repository it is", () => {
  const of = (authority: string, path: string, scheme = "vscode-vfs"): unknown =>
    hostedAddress({ scheme, authority, path });
  const plain = { service: "github", owner: "team", name: "some.project" };
  assert.deepEqual(of("github", "/team/some.project"), plain);
  assert.deepEqual(of("github", "/team/some.project/src/deep"), plain);
  const branch = `github+${shown({ type: 0, id: "topic/one" })}`;
  assert.deepEqual(of(branch, "/team/some.project"), { ...plain, ref: "topic/one" });
  assert.deepEqual(of(branch.replace("+", "%2B"), "/team/some.project"), {
    ...{ ...plain, ref: "topic/one" },
  });
  for (const odd of [shown({ id: "12" }), shown({ id: "a b" }), "7b", "zz", shown({ id: 3 })])
    assert.deepEqual(of(`github+${odd}`, "/team/some.project"), plain);
  assert.equal(of("github", "/team/some.project", "file"), undefined);
  assert.equal(of("azurerepos", "/team/some.project"), undefined);
  for (const path of ["/team", "/team/..", "/../x", "/te am/x", "/team/x%2F..", "/"])
    assert.equal(of("github", path), undefined, path);
  assert.equal(pathInside({ path: "/team/project/src/deep" }), "src/deep");
  assert.equal(pathInside({ path: "/team/project" }), "");
});

test("a sign-in goes to its own server alone, and never unencrypted over a network", () => {
  const of = (githubApi: string, service: "github" | "github-enterprise" = "github", uri = "") =>
    serviceAddress(service, { githubApi, enterpriseUri: uri });
  const own = { base: "https://api.github.com", host: "github.com", signIn: "github" };
  assert.deepEqual(of(""), own);
  assert.deepEqual(of("https://git.example.com/api/v3/"), {
    ...{ base: "https://git.example.com/api/v3", host: "git.example.com" },
    signIn: "github-enterprise",
  });
  assert.deepEqual(of("http://127.0.0.1:8080/x"), { ...own, base: "http://127.0.0.1:8080/x" });
  assert.equal(
    of("", "github-enterprise", "https://git.example.com")?.base,
    "https://git.example.com/api/v3",
  );
  const cloud = of("", "github-enterprise", "https://team.ghe.com");
  assert.deepEqual([cloud?.base, cloud?.host], ["https://api.team.ghe.com", "team.ghe.com"]);
  assert.equal(of("", "github-enterprise"), undefined);
  const unsafe = ["http://api.github.com", "http://git.example.com", "ftp://localhost", "nothing"];
  for (const text of [...unsafe, "https://a:b@api.github.com", "https://api.github.com/?x=1"])
    assert.equal(of(text), undefined, text);
});

/** A stand-in with what a repository has. */
async function standInOf(repository: TestRepository): Promise<HostedWindow> {
  const window = await HostedWindow.open();
  const commits = await commitsOf(repository.folder, "git");
  for (const one of commits.toReversed()) {
    const { hash, message, at, author = "", parents = [], files, added, deleted, renamed } = one;
    const told = files.map((filename) => {
      const previous_filename = renamed?.find(({ to }) => to === filename)?.from;
      if (previous_filename !== undefined)
        return { filename, previous_filename, status: "renamed" };
      const isAdded = added?.includes(filename) === true;
      const status =
        deleted?.includes(filename) === true ? "removed" : isAdded ? "added" : "modified";
      return { filename, status };
    });
    window.service.commit(message, { hash, at, author, parents: [...parents], files: told });
  }
  return window;
}

test("a commit that a service tells is the memory that git would tell", async () => {
  const repository = await TestRepository.create("-b", "main");
  await repository.write("src/one.txt", "one\n".repeat(20));
  await repository.commit("feat: add one\n\nBecause two is too many.");
  await repository.git("tag", "v1.0.0");
  await repository.git("mv", "src/one.txt", "src/two.txt");
  await repository.write("src/more.txt", "more");
  await repository.commit("refactor: call it two");
  await repository.git("switch", "--quiet", "-c", "side", "HEAD~1");
  await repository.write("side.txt", "side");
  await repository.commit("fix: mend the side (#7)");
  await repository.git("switch", "--quiet", "main");
  await repository.git(
    "merge",
    "--quiet",
    "--no-ff",
    "-m",
    "Merge pull request #8 from x/side\n\nMend",
    "side",
  );
  await repository.git("rm", "--quiet", "src/more.txt");
  const head = await repository.commit("chore: drop more");
  const window = await standInOf(repository);
  window.service.tags = [
    { name: "v1.0.0", commit: { sha: await repository.git("rev-parse", "v1.0.0") } },
  ];
  assert.equal(window.service.head, head);
  const result = await window.learn();
  assert.deepEqual([result.learned, result.known, result.unreadable], [5, 0, 0]);

  const local = openMemories(await temporaryFolder());
  const options = {
    ...{ project, maxCommits: 20_000, signal: new AbortController().signal },
    onProgress: () => undefined,
  };
  const history = await historyOf(repository.folder, "git");
  await learnFrom(history, local, options);
  const wholeOf = async (memories: typeof local): Promise<unknown> => {
    const { hits } = await memories.recent({ limit: 50, kinds: ["observation"] });
    const whole = await memories.get(hits.map(({ id }) => id));
    return whole.map((memory) => JSON.stringify(memory)).sort();
  };
  assert.deepEqual(await wholeOf(window.memories), await wholeOf(local));
  // The other way round it adds nothing either.
  assert.equal((await learnFrom(history, window.memories, options)).learned, 0);
});

/** A window on a repository of that many commits, the first page of which has files. */
async function windowWith(count: number): Promise<HostedWindow> {
  const window = await HostedWindow.open();
  for (let index = 1; index <= count; index += 1) window.service.commit(`fix: number ${index}`);
  // Files are the subject of other tests.
  window.service.remaining = 400;
  return window;
}

const pagesIn = (asked: readonly string[]): string[] =>
  asked.filter((one) => one.includes("/commits?") && one.includes("per_page=100"));

test("a history is learned by pages, newest first, and the next time costs two requests", async () => {
  const window = await windowWith(250);
  const titles: string[] = [];
  const screened = async <One extends { message: string }>(one: One): Promise<One> => {
    titles.push(one.message);
    return one;
  };
  const reports: number[] = [];
  const result = await window.learn({ screened, onProgress: ({ read }) => reports.push(read) });
  assert.deepEqual([result.missing, result.learned, result.withoutFiles], [250, 250, 250]);
  assert.deepEqual(titles.slice(0, 2), ["fix: number 250", "fix: number 249"]);
  assert.deepEqual(reports, [0, 100, 200, 250]);
  assert.equal(pagesIn(window.asked()).length, 3);
  const again = await window.learn();
  assert.deepEqual([again.missing, again.learned, again.known], [0, 0, 250]);
  const { remaining } = window.service;
  assert.equal(window.asked().length, 2);
  assert.equal(remaining, window.service.remaining, "what has not changed counts against no limit");
});

test("what a limit has left is learned once the service takes requests again, and nothing is asked before", async () => {
  const window = await windowWith(320);
  const until = window.now + 600_000;
  window.service.fail = (_, query) =>
    query.get("page") === "3"
      ? {
          status: 403,
          headers: { "x-ratelimit-remaining": "0", "x-ratelimit-reset": String(until / 1_000) },
        }
      : undefined;
  const result = await window.learn();
  assert.deepEqual(
    [result.learned, result.unreadable, result.left],
    [200, 0, { reason: "limit", until }],
  );
  assert.deepEqual(window.left, [{ reason: "limit", until }]);
  window.asked();
  assert.deepEqual((await window.learn()).left, { reason: "limit", until });
  assert.deepEqual(window.asked(), []);
  window.now = until + 1;
  window.service.fail = () => undefined;
  const rest = await window.learn();
  assert.deepEqual([rest.missing, rest.learned, rest.known], [120, 120, 200]);
  // The newest page has not changed, so that it is not told again.
  assert.equal(pagesIn(window.asked()).length, 1 + 2);
});

test("how long a service wants to rest is what it says", async () => {
  for (const [status, headers, ms] of [
    [429, { "retry-after": "120" }, 120_000],
    [403, { "retry-after": "60" }, 60_000],
    [429, {}, 60_000],
    [429, { "retry-after": "99999999" }, 86_400_000],
  ] as const) {
    const window = await windowWith(3);
    window.service.fail = () => ({ status, headers });
    assert.deepEqual((await window.learn()).left, { reason: "limit", until: window.now + ms });
    assert.equal(window.asked().length, 1);
  }
});

test("a failing service is asked again, and left when it goes on failing", async () => {
  const window = await windowWith(120);
  window.service.fail = (_, query, count) =>
    query.get("page") === "2" && count < 6 ? { status: 502 } : undefined;
  assert.equal((await window.learn()).learned, 120);
  assert.deepEqual(window.waits, [1_000, 4_000]);
  window.service.commit("fix: more");
  window.service.fail = () => ({ status: 500 });
  const result = await window.learn();
  assert.deepEqual([result.learned, result.left], [0, { reason: "server" }]);
  window.service.fail = () => undefined;
  assert.equal((await window.learn()).learned, 1);
});

test("a lost sign-in ends a run, keeps what was learned, and is no secret told", async () => {
  const window = await windowWith(150);
  window.service.fail = (_, query) => (query.get("page") === "2" ? { status: 401 } : undefined);
  const result = await window.learn();
  assert.deepEqual([result.learned, result.left], [100, { reason: "sign-in" }]);
  window.service.fail = () => undefined;
  window.isSignedIn = false;
  window.asked();
  assert.deepEqual((await window.learn()).left, { reason: "sign-in" });
  assert.deepEqual(window.asked(), [], "nothing is asked without a sign-in");
  window.isSignedIn = true;
  assert.equal((await window.learn()).learned, 50);
  assert.equal(window.service.headers.get("authorization"), `Bearer ${window.service.token}`);
  assert.ok(
    window.addresses.every((to) => to.startsWith("https://api.example.com/v3/repos/team/project/")),
  );
  assert.ok(!`${window.keptText}${window.addresses.join()}`.includes(window.service.token));
  assert.ok(!new HostingFailure({ reason: "sign-in" }, 401).message.includes(window.service.token));
});

test("a repository that the sign-in may not see, or that is empty, is told so", async () => {
  for (const [status, reason] of [
    [404, "missing"],
    [409, "missing"],
    [403, "refused"],
  ] as const) {
    const window = await windowWith(1);
    window.service.fail = () => ({ status });
    assert.deepEqual((await window.learn()).left, { reason });
  }
});

test("a cancelled run goes on where it ended", async () => {
  const window = await windowWith(250);
  const cancel = new AbortController();
  const result = await window.learn({
    signal: cancel.signal,
    onProgress: ({ read }) => {
      if (read === 100) cancel.abort();
    },
  });
  assert.deepEqual([result.learned, result.isCancelled], [100, true]);
  assert.equal((await window.learn()).learned, 150);
});

test("what was merged later is found, however old it is", async () => {
  const window = await windowWith(300);
  const [root = "", second = ""] = [...window.service.commits.keys()];
  await window.learn();
  const old = window.service.commit("fix: begun long ago", {
    parents: [root],
    at: 1_690_000_000_000,
  });
  const side = window.service.commit("fix: the side", { parents: [old], at: 1_690_000_060_000 });
  window.service.commit("Merge the side", {
    parents: [[...window.service.commits.keys()][299] ?? second, side],
  });
  const merged = await window.learn();
  assert.deepEqual([merged.missing, merged.learned, merged.unreadable], [3, 3, 0]);
  assert.equal((await window.learn()).learned, 0);
});

test("no more commits are asked for than the setting allows", async () => {
  const window = await windowWith(350);
  const result = await window.learn({ maxCommits: 120 });
  assert.deepEqual([result.learned, result.isCapped], [120, true]);
  assert.equal(pagesIn(window.asked()).length, 2);
  window.service.commit("fix: on top");
  const more = await window.learn({ maxCommits: 121 });
  assert.deepEqual([more.learned, more.isCapped], [1, true]);
});

test("what a run has left is learned though there are newer commits by then", async () => {
  const window = await windowWith(250);
  window.service.fail = (_, query) => (query.get("page") === "2" ? { status: 500 } : undefined);
  assert.equal((await window.learn()).learned, 100);
  window.service.fail = () => undefined;
  for (let index = 1; index <= 110; index += 1) window.service.commit(`feat: later ${index}`);
  const rest = await window.learn();
  assert.deepEqual([rest.missing, rest.learned, rest.unreadable], [260, 260, 0]);
});

test("a commit that may not be kept is asked for once", async () => {
  const window = await HostedWindow.open();
  window.service.commit("fix: one");
  window.service.commit("<private>all of it</private>");
  window.service.commit("fix: three");
  const result = await window.learn();
  assert.deepEqual([result.learned, result.skipped], [2, 1]);
  assert.ok(!window.keptText.includes("all of it"));
  window.asked();
  assert.equal((await window.learn()).missing, 0);
  assert.equal(window.asked().length, 2);
});

test("files are told of the newest commits, as far as the service allows", async () => {
  const window = await windowWith(320);
  window.service.remaining = 5_000;
  for (const one of window.service.commits.values())
    Object.assign(one as object, { files: [{ filename: "a.txt", status: "modified" }] });
  const result = await window.learn();
  assert.deepEqual([result.learned, result.withoutFiles], [320, 20]);
  const { hits } = await window.memories.recent({ limit: 1, kinds: ["observation"] });
  const [newest] = await window.memories.get(hits.map(({ id }) => id));
  assert.match(JSON.stringify(newest), /number 320.*a\.txt/);
  const low = await windowWith(5);
  low.service.remaining = 499;
  assert.equal((await low.learn()).withoutFiles, 5);
  // One whose changes are too large is learned without them, and the rest with theirs.
  const large = await windowWith(5);
  large.service.remaining = 5_000;
  const [, hash = ""] = [...large.service.commits.keys()];
  large.service.fail = (path) => (path.endsWith(hash) ? { status: 422 } : undefined);
  const partly = await large.learn();
  assert.deepEqual([partly.learned, partly.withoutFiles, partly.left], [5, 1, undefined]);
});

test("a tag that is put on a known commit becomes a release, once", async () => {
  const window = await windowWith(3);
  const [, hash = ""] = [...window.service.commits.keys()];
  window.service.tags = [{ name: "v1.0.0", commit: { sha: hash } }];
  await window.learn();
  window.service.tags = [
    { name: "v1.1.0", commit: { sha: window.service.head } },
    ...window.service.tags,
  ];
  await window.learn();
  const { hits } = await window.memories.recent({ limit: 50, kinds: ["observation"] });
  const titles = hits.map(({ title }) => title).join("\n");
  assert.match(titles, /v1\.0\.0/);
  assert.match(titles, /v1\.1\.0/);
  window.asked();
  await window.learn();
  assert.equal(window.asked().length, 2);
});

test("what was decided becomes memories, believed as far as who wrote it may write to the repository", async () => {
  const window = await HostedWindow.open();
  const merged = { pull_request: { merged_at: "2024-02-03T04:05:06Z" } };
  window.service.issue(1, "Drop the old parser", {
    body: "Because nobody uses it. <private>zanthoxylum</private>",
  });
  window.service.issue(2, "Use tabs", {
    ...merged,
    body: "<!-- template -->The linter wants them.",
    labels: [{ name: "style" }],
  });
  window.service.issue(3, "Never merged", { pull_request: { merged_at: null } });
  window.service.issue(4, "Bump x", { ...merged, user: { login: "b[bot]", type: "Bot" } });
  window.service.issue(5, "From outside", {
    author_association: "CONTRIBUTOR",
    body: "Anybody writes this.",
  });
  window.service.issue(6, "Still open", { state: "open" });
  const result = await window.learnDecided();
  assert.deepEqual(result, { read: 5, learned: 3, known: 0, leftOut: 2 });
  const { hits } = await window.memories.recent({ limit: 10, kinds: ["observation"] });
  const whole = await window.memories.get(hits.map(({ id }) => id));
  const byTitle = new Map(whole.map((memory) => [memory.title, memory]));
  assert.deepEqual([...byTitle.keys()].sort(), [
    "Drop the old parser (#1)",
    "From outside (#5)",
    "Use tabs (#2)",
  ]);
  assert.deepEqual(whole.map(({ trust }) => trust).sort(), ["high", "high", "low"]);
  assert.equal(byTitle.get("From outside (#5)")?.trust, "low");
  const text = JSON.stringify(whole);
  assert.ok(!text.includes("zanthoxylum") && !text.includes("template"));
  assert.match(text, /Pull request #2, merged/);
  assert.match(text, /Labels: style/);
  // Again adds nothing, nor what was closed once more; what is new does.
  window.service.issue(7, "Keep the new one", {
    updated_at: new Date(window.now + 1_000).toISOString(),
  });
  Object.assign(window.service.issues[0] ?? {}, {
    ...{
      closed_at: "2025-01-01T00:00:00Z",
      updated_at: new Date(window.now + 1_000).toISOString(),
    },
  });
  window.asked();
  assert.deepEqual(await window.learnDecided(), { read: 2, learned: 1, known: 1, leftOut: 0 });
  assert.equal(window.asked().length, 1);
});

test("a walk over what was decided goes on where a limit ended it", async () => {
  const window = await HostedWindow.open();
  for (let number = 1; number <= 220; number += 1) window.service.issue(number, `Decide ${number}`);
  const until = window.now + 60_000;
  window.service.fail = (_, query) =>
    query.get("page") === "2" ? { status: 429, headers: { "retry-after": "60" } } : undefined;
  const first = await window.learnDecided();
  assert.deepEqual([first.learned, first.left], [100, { reason: "limit", until }]);
  window.service.fail = () => undefined;
  window.asked();
  const rest = await window.learnDecided();
  assert.deepEqual([rest.learned, rest.left], [120, undefined]);
  // The page before is asked for again: what was opened since has moved others to it.
  assert.equal(window.asked().length, 3);
});
