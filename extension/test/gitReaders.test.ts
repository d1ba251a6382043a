// Both ways to read a history, through git and from its files, on the same real repositories.

import assert from "node:assert/strict";
import { chmod, readdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import type { Commit } from "recollect-wasm";
import { readingGit } from "../src/node/git/readingGit.js";
import { commitsOf, READERS, surveyOf, TestRepository } from "./gitRepositories.js";
import { temporaryFolder } from "./temporaryFolder.js";

/** What both readers say, which must be the same. */
async function commitsIn(folder: string, options?: Parameters<typeof commitsOf>[2]) {
  const [byGit, byFiles] = await Promise.all(
    READERS.map((reader) => commitsOf(folder, reader, options)),
  );
  assert.deepEqual(byFiles, byGit);
  return byGit ?? [];
}

const titles = (commits: readonly Commit[]): string[] => commits.map(({ message }) => message);

test("a commit has its message, its people, its times and its parents", async () => {
  const repository = await TestRepository.create();
  await repository.write("a.txt", "a\n");
  const first = await repository.commit("feat: begin\n\nWith a body.\n\nAnd more.");
  await repository.write("a.txt", "b\n");
  const author = ["--author", "Bo <bo@example.com>", "--date", "1690000000 +0200"];
  const second = await repository.commit("fix: it", ...author);
  const [newest, oldest] = await commitsIn(repository.folder);
  assert.equal(oldest?.message, "feat: begin\n\nWith a body.\n\nAnd more.");
  assert.deepEqual(
    [oldest.hash, oldest.parents, oldest.author, oldest.committedAt, oldest.added],
    [first, [], "Ann", undefined, ["a.txt"]],
  );
  assert.deepEqual(
    [newest?.hash, newest?.parents, newest?.author, newest?.at, newest?.files, newest?.added],
    [second, [first], "Bo", 1_690_000_000_000, ["a.txt"], undefined],
  );
  assert.ok((newest?.committedAt ?? 0) > 1_700_000_000_000);
});

test("what was added, deleted and renamed is told apart", async () => {
  const repository = await TestRepository.create();
  for (const name of ["kept", "gone", "moved", "mode"])
    await repository.write(`src/${name}.txt`, `${name}\n`.repeat(20));
  await repository.commit("begin");
  await rm(join(repository.folder, "src/gone.txt"));
  await repository.write("lib/deep/moved.txt", "moved\n".repeat(20));
  await rm(join(repository.folder, "src/moved.txt"));
  await repository.write("src/new.txt", "new\n");
  await repository.write("src/kept.txt", "changed\n");
  await chmod(join(repository.folder, "src/mode.txt"), 0o755);
  await repository.commit("change");
  const [change] = await commitsIn(repository.folder);
  assert.deepEqual(
    {
      files: change?.files,
      added: change?.added,
      deleted: change?.deleted,
      renamed: change?.renamed,
    },
    {
      files: ["lib/deep/moved.txt", "src/gone.txt", "src/kept.txt", "src/mode.txt", "src/new.txt"],
      added: ["src/new.txt"],
      deleted: ["src/gone.txt"],
      renamed: [{ from: "src/moved.txt", to: "lib/deep/moved.txt" }],
    },
  );
});

test("of several files with the same content each is renamed once, to its own name first", async () => {
  const repository = await TestRepository.create();
  for (const path of ["a/one.txt", "a/two.txt", "b/three.txt"])
    await repository.write(path, "the same\n".repeat(9));
  await repository.commit("begin");
  await repository.write("c/two.txt", "the same\n".repeat(9));
  await repository.git("mv", "a/one.txt", "d.txt");
  await rm(join(repository.folder, "a/two.txt"));
  await repository.write("e.txt", "the same\n".repeat(9));
  await repository.commit("move");
  const [move] = await commitsIn(repository.folder);
  assert.deepEqual(
    [move?.renamed, move?.added],
    [
      [
        { from: "a/two.txt", to: "c/two.txt" },
        { from: "a/one.txt", to: "d.txt" },
      ],
      ["e.txt"],
    ],
  );
});

test("git also knows a file that was renamed and changed", async () => {
  const repository = await TestRepository.create();
  const text = Array.from({ length: 40 }, (_, line) => `line ${line}\n`).join("");
  await repository.write("old.txt", text);
  await repository.commit("begin");
  await repository.git("mv", "old.txt", "new.txt");
  await repository.write("new.txt", `${text}one more\n`);
  await repository.commit("move and change");
  const [byGit] = await commitsOf(repository.folder, "git");
  assert.deepEqual(byGit?.renamed, [{ from: "old.txt", to: "new.txt" }]);
  const [byFiles] = await commitsOf(repository.folder, "files");
  assert.deepEqual([byFiles?.added, byFiles?.deleted], [["new.txt"], ["old.txt"]]);
});

test("a merge has all its parents and what it brought to the first; an automatic one is kept", async () => {
  const repository = await TestRepository.create();
  await repository.write("a.txt", "a\n");
  const base = await repository.commit("begin");
  await repository.git("switch", "--quiet", "-c", "side");
  await repository.write("side.txt", "side\n");
  const side = await repository.commit("side");
  await repository.git("switch", "--quiet", "main");
  await repository.git("merge", "--quiet", "--no-ff", "--no-edit", "side");
  const [merge] = await commitsIn(repository.folder);
  assert.equal(merge?.message, "Merge branch 'side'");
  assert.deepEqual([merge.parents, merge.files], [[base, side], ["side.txt"]]);
});

test("tags are on their commits, those with a text and those without, loose and packed", async () => {
  const repository = await TestRepository.create();
  const first = await repository.commit("begin");
  await repository.git("tag", "v1.0.0");
  await repository.git("tag", "-a", "v1.0.0-signed", "-m", "the first");
  await repository.git("tag", "-a", "nested", "-m", "a tag of a tag", "v1.0.0-signed");
  await repository.git("tag", "a-file", await repository.git("hash-object", "-w", "/dev/null"));
  await repository.commit("more");
  const check = async (): Promise<void> => {
    const [newest, oldest] = await commitsIn(repository.folder);
    assert.equal(newest?.tags, undefined);
    assert.deepEqual([oldest?.hash, oldest?.tags], [first, ["nested", "v1.0.0", "v1.0.0-signed"]]);
  };
  await check();
  await repository.git("pack-refs", "--all");
  await repository.git("gc", "--quiet", "--prune=now");
  await check();
});

test("paths with blanks, quotes, line ends, tabs and other scripts are told as they are", async () => {
  const repository = await TestRepository.create();
  const paths = [
    "a b/c d.txt",
    "é/ünï.txt",
    "tab\there.txt",
    'q"uote.txt',
    "line\nend.txt",
    "日本.md",
  ];
  for (const path of paths) await repository.write(path, path);
  await repository.commit("begin: “quoted”, ünï, 日本");
  await repository.git("mv", "a b/c d.txt", "line\nend2.txt");
  await repository.commit("move");
  const [move, first] = await commitsIn(repository.folder);
  assert.deepEqual([...(first?.files ?? [])].sort(), [...paths].sort());
  assert.equal(first?.message, "begin: “quoted”, ünï, 日本");
  assert.deepEqual(move?.renamed, [{ from: "a b/c d.txt", to: "line\nend2.txt" }]);
});

test("a commit without a message, and one without files, are there", async () => {
  const repository = await TestRepository.create();
  await repository.commit("");
  await repository.commit("empty");
  const commits = await commitsIn(repository.folder);
  assert.deepEqual(titles(commits), ["empty", ""]);
  assert.deepEqual(commits[0]?.files, []);
});

test("a huge commit names 200 files, and what became of those", async () => {
  const repository = await TestRepository.create();
  for (let file = 0; file < 230; file += 1) await repository.write(`f${file}.txt`, `${file}\n`);
  await repository.commit("import");
  const [huge] = await commitsIn(repository.folder);
  assert.equal(huge?.files.length, 200);
  assert.equal(huge.added?.length, 200);
});

test("a shallow clone ends with a commit whose files nobody knows and whose parent is known", async () => {
  const repository = await TestRepository.create();
  const hashes: string[] = [];
  for (const name of ["one", "two", "three"]) {
    await repository.write(name, name);
    hashes.push(await repository.commit(name));
  }
  const clone = join(await temporaryFolder(), "clone");
  await repository.git("clone", "--quiet", "--depth", "2", `file://${repository.folder}`, clone);
  const commits = await commitsIn(clone);
  assert.deepEqual(titles(commits), ["three", "two"]);
  assert.deepEqual([commits[1]?.files, commits[1]?.parents], [[], [hashes[0]]]);
  await TestRepository.of(clone).git("fetch", "--quiet", "--unshallow");
  const known = new Map(commits.map(({ hash, parents = [] }) => [hash, parents]));
  assert.deepEqual(titles(await commitsIn(clone, { known })), ["one"]);
});

test("what is known is not read again, and what is between is", async () => {
  const repository = await TestRepository.create();
  for (let count = 0; count < 6; count += 1) await repository.commit(`c${count}`);
  const all = await commitsIn(repository.folder);
  // As after a learning that was interrupted: the newest are known, one of them without its parents.
  const known = new Map(
    all.slice(1, 4).map(({ hash, parents = [] }, index) => [hash, index === 1 ? [] : parents]),
  );
  assert.deepEqual(titles(await commitsIn(repository.folder, { known })), ["c5", "c1", "c0"]);
  for (const reader of READERS) {
    const survey = await surveyOf(repository.folder, reader, { known });
    assert.deepEqual([survey.missing, survey.known, survey.isCapped], [3, 3, false], reader);
    const nothing = await surveyOf(repository.folder, reader, {
      known: new Map(all.map(({ hash, parents = [] }) => [hash, parents])),
    });
    assert.deepEqual([nothing.missing, nothing.known], [0, 6], reader);
  }
});

test("no more than the newest are read, and that there are more is said", async () => {
  const repository = await TestRepository.create();
  for (let count = 0; count < 5; count += 1) {
    await repository.commit(`c${count}`);
    await repository.git("tag", `v${count}`);
  }
  assert.deepEqual(titles(await commitsIn(repository.folder, { maxCommits: 2 })), ["c4", "c3"]);
  const newest = await commitsIn(repository.folder, { maxCommits: 2 });
  const known = new Map(newest.map(({ hash, parents = [] }) => [hash, parents]));
  await repository.commit("c5");
  for (const reader of READERS) {
    const survey = await surveyOf(repository.folder, reader, { maxCommits: 2, known });
    assert.deepEqual([survey.missing, survey.isCapped], [1, true], reader);
    const whole = await surveyOf(repository.folder, reader, { maxCommits: 6 });
    assert.equal(whole.isCapped, false, reader);
  }
});

test("the user's branches and what they follow are read, and other people's are not", async () => {
  const upstream = await TestRepository.create();
  await upstream.commit("begin");
  const clone = join(await temporaryFolder(), "clone");
  await upstream.git("clone", "--quiet", upstream.folder, clone);
  const here = TestRepository.of(clone);
  await here.git("switch", "--quiet", "-c", "mine");
  await here.commit("mine");
  await upstream.commit("theirs, merged");
  await upstream.git("tag", "v1");
  await upstream.git("switch", "--quiet", "-c", "topic");
  await upstream.commit("theirs, not merged");
  await here.git("fetch", "--quiet");
  assert.deepEqual(titles(await commitsIn(clone)).sort(), ["begin", "mine", "theirs, merged"]);
});

test("a detached HEAD and a linked working tree are read", async () => {
  const repository = await TestRepository.create();
  const first = await repository.commit("begin");
  await repository.git("switch", "--quiet", "--detach", first);
  await repository.commit("on no branch");
  const linked = join(await temporaryFolder(), "linked");
  await repository.git("worktree", "add", "--quiet", "--detach", linked, first);
  await TestRepository.of(linked).commit("in the linked one");
  assert.deepEqual(titles(await commitsIn(repository.folder)), ["on no branch", "begin"]);
  assert.deepEqual(titles(await commitsIn(linked)).sort(), ["begin", "in the linked one"]);
});

test("a repository of SHA-256 is read", async () => {
  const repository = await TestRepository.create("--object-format=sha256");
  await repository.write("a/b.txt", "a\n");
  const hash = await repository.commit("begin");
  await repository.git("mv", "a", "c");
  await repository.commit("move");
  await repository.git("tag", "-a", "v1", "-m", "one");
  const check = async (): Promise<void> => {
    const [move, first] = await commitsIn(repository.folder);
    assert.deepEqual([move?.parents, move?.tags, first?.hash.length], [[hash], ["v1"], 64]);
    assert.deepEqual(move?.renamed, [{ from: "a/b.txt", to: "c/b.txt" }]);
  };
  await check();
  await repository.git("gc", "--quiet", "--prune=now");
  await check();
});

test("people have the names that .mailmap gives them, and texts their own encoding", async () => {
  const repository = await TestRepository.create();
  const lines = [
    "# people",
    "Bo Proper <bo@example.com>",
    "Cy <cy@new> Old Name <OLD@example.com>",
  ];
  await repository.write(".mailmap", `${lines.join("\n")}\n`);
  await repository.commit("one", "--author", "bo <BO@example.com>");
  await repository.commit("two", "--author", "Old Name <old@example.com>");
  await repository.commit("three", "--author", "Another <old@example.com>");
  await repository.git("config", "i18n.commitEncoding", "ISO-8859-1");
  await writeFile(join(repository.folder, ".git/message"), Buffer.from("d\xfcnn", "latin1"));
  const author = "--author=M\xfcller <m@example.com>";
  await repository.git("commit", "--quiet", "--allow-empty", author, "-F", ".git/message");
  const commits = await commitsIn(repository.folder);
  assert.equal(commits[0]?.message, "dünn");
  assert.deepEqual(
    commits.slice(1).map((commit) => commit.author),
    ["Another", "Cy", "Bo Proper"],
  );
});

test("objects that are borrowed from another repository, and in several packs, are read", async () => {
  const repository = await TestRepository.create();
  for (let count = 0; count < 30; count += 1) {
    await repository.write(`src/f${count % 3}.txt`, `${count}\n`.repeat(count + 1));
    await repository.commit(`c${count}`);
    if (count === 10) await repository.git("repack", "-d", "--quiet");
  }
  await repository.git("repack", "-d", "--quiet");
  const clone = join(await temporaryFolder(), "clone");
  await repository.git("clone", "--quiet", "--shared", repository.folder, clone);
  await TestRepository.of(clone).commit("here");
  assert.equal((await commitsIn(clone)).length, 31);
});

test("where an object is damaged or gone the rest is read from the files, and it is said", async () => {
  const repository = await TestRepository.create();
  await repository.commit("one");
  const lost = await repository.commit("two");
  await repository.commit("three");
  const objects = join(repository.folder, ".git/objects", lost.slice(0, 2));
  await rename(join(objects, lost.slice(2)), join(objects, "moved"));
  const survey = await surveyOf(repository.folder, "files");
  assert.deepEqual([survey.missing, survey.unreadable], [1, 1]);
  assert.deepEqual(titles(await commitsOf(repository.folder, "files")), ["three"]);
  await assert.rejects(surveyOf(repository.folder, "git"));
  await writeFile(join(objects, lost.slice(2)), "no object");
  assert.equal((await surveyOf(repository.folder, "files")).unreadable, 1);
});

test("a clone without contents has its history, and nothing is fetched for it", async () => {
  const repository = await TestRepository.create();
  await repository.git("config", "uploadpack.allowFilter", "true");
  await repository.write("old.txt", "text\n".repeat(30));
  await repository.commit("begin");
  await repository.git("mv", "old.txt", "new.txt");
  await repository.commit("move");
  const clone = join(await temporaryFolder(), "clone");
  const filter = ["--filter=blob:none", "--no-checkout"];
  await repository.git("clone", "--quiet", ...filter, `file://${repository.folder}`, clone);
  const packs = join(clone, ".git/objects/pack");
  const before = await readdir(packs);
  const [move] = await commitsIn(clone);
  assert.deepEqual(move?.renamed, [{ from: "old.txt", to: "new.txt" }]);
  assert.deepEqual(await readdir(packs), before);
});

test("nothing that a repository names is run", async () => {
  const repository = await TestRepository.create();
  const mark = join(await temporaryFolder(), "was-run");
  const script = join(repository.folder, "run.sh");
  await writeFile(script, `#!/bin/sh\ntouch ${mark}\ncat\n`, { mode: 0o755 });
  await repository.write(".gitattributes", "* diff=own filter=own\n");
  await repository.write("a.txt", "a\n");
  await repository.commit("begin");
  await repository.git("mv", "a.txt", "b.txt");
  await repository.commit("move");
  for (const [name, value] of [
    ["diff.own.textconv", script],
    ["diff.own.command", script],
    ["diff.external", script],
    ["filter.own.clean", script],
    ["filter.own.smudge", script],
    ["core.fsmonitor", script],
    ["core.pager", script],
    ["core.hooksPath", repository.folder],
    ["core.sshCommand", script],
    ["gpg.program", script],
    ["log.showSignature", "true"],
    ["diff.orderFile", "no-such-file"],
    ["log.follow", "true"],
    ["diff.renames", "false"],
    ["log.diffMerges", "combined"],
    ["i18n.logOutputEncoding", "UTF-16"],
    ["color.ui", "always"],
  ] as const)
    await repository.git("config", name, value);
  const commits = await commitsIn(repository.folder);
  assert.deepEqual(commits[0]?.renamed, [{ from: "a.txt", to: "b.txt" }]);
  await assert.rejects(readdir(mark), { code: "ENOENT" });
});

test("a few objects that stand for endless folders are not followed to their end", async () => {
  const repository = await TestRepository.create();
  const file = join(await temporaryFolder(), "tree");
  let tree = await repository.git("hash-object", "-t", "tree", "-w", "/dev/null");
  for (let level = 0; level < 12; level += 1) {
    const item = (name: number): Buffer =>
      Buffer.concat([Buffer.from(`40000 ${name}\0`), Buffer.from(tree, "hex")]);
    await writeFile(file, Buffer.concat([1, 2, 3, 4, 5, 6, 7, 8, 9].map(item)));
    tree = await repository.git("hash-object", "-t", "tree", "-w", "--literally", file);
  }
  const hash = await repository.git("commit-tree", tree, "-m", "endless");
  await repository.git("update-ref", "refs/heads/main", hash);
  assert.deepEqual(titles(await commitsOf(repository.folder, "files")), ["endless"]);
  const run = { program: "git", root: repository.folder, gitFolder: `${repository.folder}/.git` };
  const { signal } = new AbortController();
  const chunks: Buffer[] = [];
  const silent = async (): Promise<void> => {
    for await (const chunk of readingGit(
      run,
      ["show", "--raw", "--format=", "main"],
      [],
      signal,
      300,
    ))
      chunks.push(chunk);
  };
  await assert.rejects(silent, { name: "GitFailedError" });
});

test("reading ends when it is cancelled", async () => {
  const repository = await TestRepository.create();
  await repository.commit("begin");
  for (const reader of READERS) {
    const survey = await surveyOf(repository.folder, reader);
    const groups = [];
    for await (const group of survey.commits(AbortSignal.abort())) groups.push(group);
    assert.deepEqual(groups, [], reader);
  }
});
