/** A repository's own configuration runs nothing, whatever the branch endpoints are asked. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { appendFile, chmod, mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { gitRepository } from "../../../extension/src/node/git/gitRepository.js";
import { repositories } from "./repositories.js";

const run = promisify(execFile);

/** Settings that run a command, and whether the branch can be changed all the same. */
const settings: readonly [name: string, mayChange: boolean][] = [
  ["core.fsmonitor", true],
  ["core.hooksPath", true],
  ["core.pager", true],
  ["core.askPass", true],
  ["core.editor", true],
  ["diff.external", true],
  ["diff.x.textconv", true],
  ["alias.status", true],
  ["alias.switch", true],
  ["gpg.program", true],
  ["core.sshCommand", false],
  ["core.gitProxy", false],
  ["filter.x.clean", false],
  ["filter.x.smudge", false],
  ["filter.x.process", false],
  ["merge.x.driver", false],
  ["remote.origin.uploadpack", false],
  ["credential.helper", false],
  ["credential.https://example.org.helper", false],
];

for (const [name, mayChange] of settings) {
  test(`${name} of a repository is not run`, async () => {
    const { clone, end } = await repositories();
    try {
      const mark = join(clone, "..", "was-run");
      const hooks = join(clone, "..", "hooks");
      const script = join(hooks, "run");
      await mkdir(hooks);
      for (const file of [script, join(hooks, "post-checkout"), join(hooks, "post-merge")]) {
        await writeFile(file, `#!/bin/sh\ntouch '${mark}'\n`);
        await chmod(file, 0o755);
      }
      const value = name === "core.hooksPath" ? hooks : `sh ${script}`;
      await run("git", ["config", name, value], { cwd: clone });
      await appendFile(join(clone, ".git", "info", "attributes"), "* filter=x diff=x merge=x\n");
      // Git looks into a file again whose times differ.
      await writeFile(join(clone, "a.txt"), "one\n");
      const repository = await gitRepository(clone);
      assert.ok(repository);
      assert.equal((await repository.status()).current, "main");
      const change = async (): Promise<void> => {
        await repository.switchTo("side");
        await repository.switchTo("main");
        await repository.update();
      };
      if (mayChange) await change();
      else await assert.rejects(change(), { name: "Refusal", status: 409 });
      assert.equal(existsSync(mark), false);
    } finally {
      await end();
    }
  });
}

test("variables that were set for another run of git count for nothing", async () => {
  const { clone, end } = await repositories();
  const before = process.env["GIT_DIR"];
  try {
    process.env["GIT_DIR"] = join(clone, "nowhere");
    assert.equal((await (await gitRepository(clone))?.status())?.current, "main");
  } finally {
    if (before === undefined) delete process.env["GIT_DIR"];
    else process.env["GIT_DIR"] = before;
    await end();
    await rm(join(clone, "nowhere"), { recursive: true, force: true });
  }
});
