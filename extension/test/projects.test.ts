import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { access, mkdir, rename, rm, symlink, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { basename, join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import type { Project } from "recollect-wasm";
import type { Memories } from "../src/common/memories/Memories.js";
import { pathOf, placeOfFolder, projectOfFolder } from "../src/node/git/gitProject.js";
import { openMemories } from "./openMemories.js";
import { temporaryFolder } from "./temporaryFolder.js";

const run = promisify(execFile);

async function git(folder: string, ...args: string[]): Promise<string> {
  const settings = ["user.name=A", "user.email=a@example.org", "init.defaultBranch=main"];
  const more = ["commit.gpgsign=false", "protocol.file.allow=always"];
  const given = [...settings, ...more].flatMap((one) => ["-c", one]);
  const { stdout } = await run("git", ["-C", folder, ...given, ...args]);
  return stdout.trim();
}

async function commit(folder: string, name = "a.txt"): Promise<void> {
  await writeFile(join(folder, name), `${name} of ${folder}\n`);
  await git(folder, "add", "--all");
  await git(folder, "commit", "--quiet", "-m", `add ${name}`);
}

async function repository(name = "shop"): Promise<string> {
  const folder = join(await temporaryFolder(), name);
  await mkdir(folder);
  await git(folder, "init", "--quiet");
  await mkdir(join(folder, "packages", "ui"), { recursive: true });
  await commit(folder, "packages/ui/b.ts");
  await commit(folder);
  return folder;
}

async function remember(memories: Memories, folder: string, text: string): Promise<Project> {
  const project = await projectOfFolder(memories, folder);
  await memories.remember({ text, origin: { project, provenance: "user" } });
  return project;
}

async function found(memories: Memories, project: string): Promise<string[]> {
  const { hits } = await memories.recent({ projects: [project], limit: 200 });
  return hits.map(({ title }) => title).sort();
}

async function onlyProject(memories: Memories): Promise<Project> {
  const projects = await memories.projects();
  assert.equal(projects.length, 1, JSON.stringify(projects));
  const [only] = projects;
  assert.ok(only);
  return only.project;
}

for (const remote of [undefined, "git@example.org:team/store.git"]) {
  const kind = remote === undefined ? "without a remote" : "with a remote";
  test(`12 worktrees, 3 clones and a sub-folder ${kind} are one project`, async () => {
    const shop = await repository();
    const around = await temporaryFolder();
    const folders = [shop, join(shop, "packages", "ui")];
    for (let number = 1; number <= 12; number += 1) {
      const folder = join(around, `tree-${number}`);
      await git(shop, "worktree", "add", "--quiet", "-b", `b${number}`, folder);
      folders.push(number % 2 === 0 ? folder : join(folder, "packages", "ui"));
    }
    for (let number = 1; number <= 3; number += 1) {
      const folder = join(around, `clone-${number}`);
      await git(around, "clone", "--quiet", shop, folder);
      if (remote !== undefined) await git(folder, "remote", "set-url", "origin", remote);
      folders.push(folder);
    }
    if (remote !== undefined) await git(shop, "remote", "add", "origin", remote);
    const memories = openMemories(await temporaryFolder());
    for (const [index, folder] of folders.entries()) await remember(memories, folder, `m${index}`);
    const { name, id } = await onlyProject(memories);
    assert.equal(name, remote === undefined ? "shop" : "store");
    assert.equal((await found(memories, name)).length, folders.length);
    assert.equal((await found(memories, id)).length, folders.length);
    // The next process reads the same from the files.
    for (const folder of folders) assert.equal((await projectOfFolder(memories, folder)).id, id);
  });
}

test("memories stay with a folder that becomes a repository, gets a remote and another one", async () => {
  const folder = join(await temporaryFolder(), "shop");
  await mkdir(folder);
  const memories = openMemories(await temporaryFolder());
  await remember(memories, folder, "a folder");
  await git(folder, "init", "--quiet");
  await remember(memories, folder, "empty");
  await commit(folder);
  await remember(memories, folder, "a commit");
  await git(folder, "remote", "add", "github", "https://example.org/team/first.git");
  await remember(memories, folder, "a remote");
  await git(folder, "remote", "set-url", "github", "ssh://git@example.com:2222/team/second");
  await remember(memories, folder, "another");
  const all = ["a commit", "a folder", "a remote", "another", "empty"];
  const { id } = await onlyProject(memories);
  assert.equal(id, "example.com/team/second");
  for (const name of ["shop", "first", "second", folder, "example.org/team/first", id])
    assert.deepEqual(await found(memories, name), all, name);
});

test("orphan branches, bare repositories and their worktrees are the repository", async () => {
  const shop = await repository();
  const around = await temporaryFolder();
  const bare = join(around, "shop.git");
  await git(around, "clone", "--quiet", "--bare", shop, bare);
  const pages = join(around, "pages");
  await git(shop, "worktree", "add", "--quiet", "--detach", pages);
  await git(pages, "checkout", "--quiet", "--orphan", "gh-pages");
  await commit(pages, "index.html");
  const ofBare = join(around, "of-bare");
  await git(bare, "worktree", "add", "--quiet", "-b", "x", ofBare);
  const hidden = join(around, "hidden");
  await mkdir(hidden);
  await git(hidden, "clone", "--quiet", "--bare", shop, ".bare");
  await git(join(hidden, ".bare"), "worktree", "add", "--quiet", "-b", "y", join(hidden, "y"));
  const memories = openMemories(await temporaryFolder());
  for (const folder of [shop, bare, pages, ofBare, join(hidden, "y")])
    await remember(memories, folder, folder);
  await onlyProject(memories);
});

test("submodules, nested repositories and other repositories are projects of their own", async () => {
  const [shop, library] = [await repository(), await repository("library")];
  await git(shop, "submodule", "--quiet", "add", library, "vendor/library");
  const nested = join(shop, "nested");
  await mkdir(nested);
  await git(nested, "init", "--quiet");
  await writeFile(join(nested, "n.txt"), "n");
  await git(nested, "add", "--all");
  await git(nested, "commit", "--quiet", "-m", "nested");
  await mkdir(join(shop, "empty", ".git"), { recursive: true });
  const memories = openMemories(await temporaryFolder());
  const ids: string[] = [];
  for (const folder of [shop, join(shop, "vendor", "library"), nested])
    ids.push((await remember(memories, folder, folder)).id);
  assert.equal(new Set(ids).size, 3, ids.join());
  assert.equal((await projectOfFolder(memories, join(shop, "empty"))).id, ids[0]);
});

test("a shallow clone with a remote meets the others, and one without is known by its folder", async () => {
  const shop = await repository();
  const around = await temporaryFolder();
  await git(around, "clone", "--quiet", "--depth", "1", `file://${shop}`, "shallow");
  const memories = openMemories(await temporaryFolder());
  const shallow = join(around, "shallow");
  assert.match((await projectOfFolder(memories, shallow)).id, /^file:\/\//);
  for (const folder of [shop, shallow]) {
    const name = folder === shop ? "add" : "set-url";
    await git(folder, "remote", name, "origin", "https://example.org/team/shop");
    await remember(memories, folder, folder);
  }
  assert.equal((await onlyProject(memories)).id, "example.org/team/shop");
});

test("a link to a folder is that folder, and a folder that is gone is of what is above it", async () => {
  const shop = await repository();
  const around = await temporaryFolder();
  const link = join(around, "link");
  await symlink(join(shop, "packages"), link);
  const plain = join(around, "plain");
  await mkdir(plain);
  await symlink(plain, join(around, "plain-link"));
  const memories = openMemories(await temporaryFolder());
  const { id } = await remember(memories, shop, "shop");
  for (const folder of [link, join(link, "ui"), join(shop, "gone", "deep"), `${shop}/`])
    assert.equal((await projectOfFolder(memories, folder)).id, id, folder);
  const told = await remember(memories, plain, "plain");
  assert.equal((await projectOfFolder(memories, join(around, "plain-link"))).id, told.id);
});

test("a path is never looked for from where this process happens to be", async () => {
  const memories = openMemories(await temporaryFolder());
  // This process runs inside a repository with another id.
  for (const [folder, name] of [
    ["\\\\nas01\\team\\shop", "shop"],
    ["//nas01/team/shop", "shop"],
    ["C:\\Users\\joe\\shop", "shop"],
    ["c:/Users/joe/shop", "shop"],
    ["file:///c%3A/Users/joe/shop", "shop"],
    ["file://nas01/team/shop", "shop"],
    ["shop", "shop"],
    ["./shop", "shop"],
    [".", "."],
    ["~joe/shop", "shop"],
    ["vscode-remote://ssh-remote+host/home/joe/shop", "shop"],
  ] as const) {
    const { place, roots } = await placeOfFolder(folder);
    assert.equal(place.repository, undefined, folder);
    assert.deepEqual(roots, [], folder);
    assert.equal((await memories.projectAt(place)).name, name, folder);
  }
  assert.equal(pathOf("~/shop"), join(homedir(), "shop"));
  const ids = await Promise.all(
    ["C:\\Users\\joe\\shop", "c:\\Users\\joe\\shop\\", "file:///c%3A/Users/joe/shop"].map(
      async (folder) => (await projectOfFolder(memories, folder)).id,
    ),
  );
  assert.equal(new Set(ids).size, 1, ids.join());
});

test("files are named from the root of the repository, wherever the agent works", async () => {
  const shop = await repository();
  const tree = join(await temporaryFolder(), "tree");
  await git(shop, "worktree", "add", "--quiet", "-b", "x", tree);
  const link = join(await temporaryFolder(), "link");
  await symlink(shop, link);
  const memories = openMemories(await temporaryFolder());
  for (const [cwd, file] of [
    [shop, join(shop, "packages", "ui", "b.ts")],
    [join(shop, "packages", "ui"), join(shop, "packages", "ui", "b.ts")],
    [join(shop, "packages", "ui"), "b.ts"],
    [join(tree, "packages"), join(tree, "packages", "ui", "b.ts")],
    [join(link, "packages"), join(shop, "packages", "ui", "b.ts")],
    [join(link, "packages"), join(link, "packages", "ui", "b.ts")],
  ] as const) {
    const { place, roots } = await placeOfFolder(cwd);
    const project = await memories.projectAt(place);
    const use = {
      name: "Edit",
      input: { file_path: file, old_string: "let a = 1;", new_string: `let ${basename(cwd)} = 2;` },
      response: {},
    };
    const origin = { project, provenance: "tool" as const };
    const appended = await memories.observe({ ...use, cwd, roots: [...roots] }, origin);
    assert.equal(appended.status, "pending");
    const [memory] = await memories.get([appended.id]);
    assert.deepEqual(memory?.filesModified, ["packages/ui/b.ts"], `${file} in ${cwd}`);
  }
  const { total } = await memories.recent({ files: [join(shop, "packages", "ui", "b.ts")] });
  assert.ok(total > 0);
});

test("a repository that moves keeps its memories by its first commit", async () => {
  const shop = await repository();
  const memories = openMemories(await temporaryFolder());
  const { id } = await remember(memories, shop, "before");
  const moved = `${shop}-moved`;
  await rename(shop, moved);
  assert.equal((await projectOfFolder(memories, moved)).id, id);
});

test("a repository runs nothing when its project is looked for", async () => {
  const shop = await repository();
  const marker = join(await temporaryFolder(), "ran");
  const head = await git(shop, "rev-parse", "HEAD");
  await git(shop, "config", "core.sshCommand", `touch ${marker};`);
  await git(shop, "config", "core.fsmonitor", `touch ${marker};`);
  await git(shop, "config", "remote.origin.url", "ssh://example.invalid/a");
  await git(shop, "config", "remote.origin.promisor", "true");
  await git(shop, "config", "core.repositoryFormatVersion", "1");
  await git(shop, "config", "extensions.partialClone", "origin");
  await rm(join(shop, ".git", "objects", head.slice(0, 2), head.slice(2)));
  const { place } = await placeOfFolder(shop);
  assert.equal(place.repository?.rootCommit, undefined);
  await assert.rejects(access(marker));
});
