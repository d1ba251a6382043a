import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdir, readdir, readFile, symlink, utimes, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { test } from "node:test";
import { wait } from "../src/common/text/atMost.js";
import { logHook } from "../src/node/cli/hookLog.js";
import { keptToken } from "../src/node/cli/tokenFile.js";
import { textOf } from "../src/node/cli/settingsFiles.js";
import { GitProgramHistory } from "../src/node/git/GitProgramHistory.js";
import { FileSettings } from "../src/node/cli/FileSettings.js";
import { FileImageStore } from "../src/node/FileImageStore.js";
import { projectOfFolder } from "../src/node/git/gitProject.js";
import { readIfThere } from "../src/node/files.js";
import { FileSegmentStore } from "../src/node/FileSegmentStore.js";
import { LogLines, note, openMemories } from "./openMemories.js";
import { endWith, temporaryFolder } from "./temporaryFolder.js";

/** Gives up on whatever waits for a pipe. */
async function soon<Value>(work: Promise<Value>): Promise<Value> {
  const late = wait(5_000).then(() => {
    throw new Error("still waits");
  });
  return Promise.race([work, late]);
}

function makePipe(path: string): void {
  execFileSync("mkfifo", [path]);
}

/** Everything that may have a file's name and is none, and how it is made. */
const others: Readonly<Record<string, (path: string, folder: string) => Promise<void> | void>> = {
  "a pipe": (path) => makePipe(path),
  "a folder": async (path) => {
    await mkdir(path);
  },
  "a link out of the folder": async (path, folder) => {
    await writeFile(join(folder, "outside"), "outside");
    await symlink(join(folder, "outside"), path);
  },
  "a link to a pipe": async (path, folder) => {
    makePipe(join(folder, "pipe"));
    await symlink(join(folder, "pipe"), path);
  },
  "a link to a device": (path) => symlink("/dev/zero", path),
  "a link to nothing": (path, folder) => symlink(join(folder, "nothing"), path),
  "a link to itself": (path) => symlink(path, path),
  "a socket": async (path, folder) => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(path, resolve));
    endWith(folder, () => new Promise((resolve) => server.close(() => resolve())));
  },
};

for (const [what, make] of Object.entries(others)) {
  test(`${what} that is named like a segment is reported once, and everything else is found`, async () => {
    const folder = await temporaryFolder();
    const log = new LogLines();
    const first = openMemories(folder);
    await first.remember(note("Keep the cache small"));
    await first.dispose();
    const name = "01jd3m5k7a-k3v9x0ab-0001.seg";
    await make(join(folder, "mem1", "seg", name), folder);
    const memories = openMemories(folder, { log });
    await soon(memories.refreshNow().then(() => memories.open()));
    for (let time = 0; time < 3; time += 1) await soon(memories.refreshNow());
    assert.equal((await soon(memories.search({ text: "cache" }))).total, 1);
    assert.equal(log.lines.filter((line) => line.includes(name)).length, 1);
    const check = await soon(
      memories.check({ signal: new AbortController().signal, onProgress: () => undefined }),
    );
    assert.deepEqual(
      check.unread.map((file) => file.name),
      [name],
    );
    await soon(memories.remember(note("Keep the queue short")));
  });

  test(`${what} is no image, no setting and no file of git`, async () => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, "mem1", "cache"), { recursive: true, mode: 0o700 });
    const image = `idx-7-${"0".repeat(18)}.db`;
    await make(join(folder, "mem1", "cache", image), folder);
    const images = new FileImageStore(join(folder, "mem1"));
    await soon(
      images.read(7).then(
        (read) => assert.equal(read, undefined),
        (error: unknown) => assert.match(String(error), /regular file/),
      ),
    );

    const other = await temporaryFolder();
    await make(join(other, "serve.json"), other);
    const settings = new FileSettings(join(other, "serve.json"));
    assert.deepEqual(await soon(settings.read()), {});
    assert.equal(await soon(settings.isEnabled()), true);

    const repository = await temporaryFolder();
    await mkdir(join(repository, ".git"));
    await make(join(repository, ".git", "config"), repository);
    await make(join(repository, ".git", "commondir"), await temporaryFolder());
    const memories = openMemories(await temporaryFolder());
    await soon(projectOfFolder(memories, repository));
  });
}

test("a pipe is no token, no log, no settings of an agent and nothing that git says of a repository", async () => {
  const folder = await temporaryFolder();
  const path = (name: string): string => {
    makePipe(join(folder, name));
    return join(folder, name);
  };
  await assert.rejects(soon(keptToken(path("serve.token"), () => "a".repeat(32))), /token/);
  path("hooks.log");
  await soon(logHook(folder, "SessionStart", new Error()));
  await assert.rejects(soon(textOf(path("settings.json"))), /is no file/);
  path("shallow");
  const git = { root: folder, gitFolder: folder, commonFolder: folder };
  const commit = new GitProgramHistory("no-such-git", git).commit("a".repeat(40));
  await assert.rejects(soon(commit), (error) => String(error) !== "Error: still waits");
});

test("a file of the folder is read, up to its limit", async () => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, "file"), "12345");
  assert.equal((await readIfThere(join(folder, "file"), 5))?.toString(), "12345");
  await assert.rejects(readIfThere(join(folder, "file"), 4), /5 bytes/);
  assert.equal(await readIfThere(join(folder, "none"), 4), undefined);
});

test("settings that are changed at once are all kept", async () => {
  const folder = await temporaryFolder();
  const path = join(folder, "serve.json");
  const settings = new FileSettings(path);
  await Promise.all([
    settings.setEnabled(false),
    ...Array.from({ length: 20 }, (_, index) =>
      settings.write({ sidebarOpen: false, selectedProject: `project ${index}` }),
    ),
  ]);
  assert.deepEqual(JSON.parse(await readFile(path, "utf8")), {
    areToolsOff: true,
    sidebarOpen: false,
    selectedProject: "project 19",
  });
  assert.deepEqual(await readdir(folder), ["serve.json"]);
});

test("two processes change settings at once, and neither fails", async () => {
  const path = join(await temporaryFolder(), "serve.json");
  const [one, two] = [new FileSettings(path), new FileSettings(path)];
  const changes = Array.from({ length: 20 }, (_, index) => [
    one.setEnabled(index % 2 === 0),
    two.write({ sidebarOpen: true, selectedProject: null }),
  ]);
  await Promise.all(changes.flat());
  JSON.parse(await readFile(path, "utf8"));
});

test("a change of settings that fails does not take the next one along", async () => {
  const folder = await temporaryFolder();
  const path = join(folder, "serve.json");
  await mkdir(path);
  const settings = new FileSettings(path);
  await assert.rejects(settings.setEnabled(false));
  assert.deepEqual(await readdir(folder), ["serve.json"]);
});

test("what another process has been writing for minutes is left to it", async () => {
  const folder = await temporaryFolder();
  const store = new FileSegmentStore(join(folder, "mem1"));
  const [slow, old] = ["01jd3m5k7a-k3v9x0ab-0001.seg", "01jd3m5k7a-k3v9x0ab-0002.seg"];
  await store.putNew("01jd3m5k7a-k3v9x0ab-0003.seg", Uint8Array.of(1));
  const age = async (name: string, minutes: number): Promise<void> => {
    const path = join(folder, "mem1", "tmp", `${name}.0123abcd.part`);
    await writeFile(path, "half");
    const at = (Date.now() - minutes * 60_000) / 1_000;
    await utimes(path, at, at);
  };
  await age(slow, 59);
  await age(old, 61);
  await store.removeRemains();
  assert.deepEqual(await readdir(join(folder, "mem1", "tmp")), [`${slow}.0123abcd.part`]);
});
