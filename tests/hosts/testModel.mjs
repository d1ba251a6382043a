// Packs the test extension: a language model with predictable answers, and the mailbox through which tests ask the editor.

import { readFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { strToU8, zipSync } from "fflate";

const folder = join(dirname(fileURLToPath(import.meta.url)), "test-model");

/** How the Chat view names the test model. */
export const MODEL_NAME = "Test Model";

let packed;

/** Builds the test extension, once a process, and returns the path of its package. */
export function packTestModel() {
  packed ??= pack();
  return packed;
}

async function pack() {
  const dist = join(folder, "dist");
  const common = {
    bundle: true,
    format: "cjs",
    external: ["vscode"],
    target: "es2022",
    logLevel: "warning",
  };
  const entryPoints = [join(folder, "src", "extension.ts")];
  await Promise.all([
    build({ ...common, entryPoints, platform: "node", outfile: join(dist, "node.js") }),
    build({ ...common, entryPoints, platform: "browser", outfile: join(dist, "web.js") }),
  ]);
  const bundles = (await readdir(dist)).filter((name) => name.endsWith(".js"));
  const files = await Promise.all(
    bundles.map(async (name) => [`extension/dist/${name}`, await readFile(join(dist, name))]),
  );
  const vsix = join(dist, "test-model.vsix");
  const content = {
    ...Object.fromEntries(files),
    "extension/package.json": strToU8(await readFile(join(folder, "package.json"), "utf8")),
  };
  await writeFile(vsix, zipSync(content));
  return vsix;
}

let asked = 0;

/**
 * Asks the test extension in a running editor and returns what it answers.
 *
 * @param {string} mailbox The folder of the setting `recollectTest.mailbox`.
 * @param {{ do: string } & Record<string, unknown>} request
 */
export async function askEditor(mailbox, request, timeoutMs = 60_000) {
  const id = `${process.pid}-${(asked += 1)}`;
  // Written whole elsewhere first, for the other side may look at any moment.
  await writeFile(join(mailbox, `${id}.part`), JSON.stringify(request));
  await rename(join(mailbox, `${id}.part`), join(mailbox, `${id}.request.json`));
  const response = join(mailbox, `${id}.response.json`);
  for (const end = Date.now() + timeoutMs; Date.now() < end;) {
    const answer = await readFile(response, "utf8")
      .then(JSON.parse)
      .catch(() => undefined);
    if (answer !== undefined) {
      await rm(response, { force: true });
      if (answer.error !== undefined) throw new Error(answer.error);
      return answer.value;
    }
    await new Promise((settle) => setTimeout(settle, 50));
  }
  throw new Error(
    `The editor did not answer ${JSON.stringify(request)} within ${timeoutMs / 1000} s.`,
  );
}
