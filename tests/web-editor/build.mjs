// Builds the editor and the probe into `dist/`, once for each version of their sources and packages.

import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { copyFile, mkdir, readFile, readdir, rename, rm } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const folder = dirname(fileURLToPath(import.meta.url));

/** Holds what was built, in a folder named for what it was built from. */
const dist = join(folder, "dist");

/** How the editor's packages name a file beside a module. */
const FILE_BESIDE = /new URL\(\s*['"`](\.{1,2}\/[^'"`]+)['"`]\s*,\s*import\.meta\.url\s*\)/g;

const ASSETS = [".png", ".svg", ".ttf"];

/** Returns the folder of the built editor: some seconds the first time, at once afterwards. */
export async function buildWebEditor() {
  const name = await fingerprintOfSources();
  const built = join(dist, name);
  if (existsSync(built)) return built;
  // Made beside its place and moved there as a whole, so that an interrupted build leaves nothing half done.
  const unfinished = join(dist, `${process.pid}.part`);
  try {
    await bundle(unfinished);
    await rename(unfinished, built);
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
  for (const other of await readdir(dist))
    if (other !== name) await rm(join(dist, other), { recursive: true, force: true });
  return built;
}

async function fingerprintOfSources() {
  const sources = ["package-lock.json", "build.mjs"];
  for (const part of ["page", "probe"])
    sources.push(...(await readdir(join(folder, part))).sort().map((name) => join(part, name)));
  const hash = createHash("sha256");
  for (const name of sources) hash.update(`${name}\n`).update(await readFile(join(folder, name)));
  return hash.digest("hex").slice(0, 16);
}

async function bundle(target) {
  const assets = join(target, "assets");
  await mkdir(assets, { recursive: true });
  const common = {
    absWorkingDir: folder,
    bundle: true,
    target: "es2022",
    logLevel: "warning",
  };
  await Promise.all([
    build({
      ...common,
      entryPoints: {
        workbench: "./page/workbench.mjs",
        editorWorker: "@codingame/monaco-vscode-api/workers/editor.worker",
        extensionHostWorker: "@codingame/monaco-vscode-api/workers/extensionHost.worker",
      },
      format: "esm",
      outdir: target,
      assetNames: "assets/[hash]-[name]",
      loader: Object.fromEntries(ASSETS.map((extension) => [extension, "file"])),
      plugins: [filesBeside(assets), withoutNode],
    }),
    build({
      ...common,
      entryPoints: ["./probe/extension.mjs"],
      format: "cjs",
      external: ["vscode"],
      outfile: join(target, "probe", "extension.js"),
    }),
    copyFile(join(folder, "page", "index.html"), join(target, "index.html")),
  ]);
  await copyFile(join(folder, "probe", "package.json"), join(target, "probe", "package.json"));
}

/** Copies the files that modules name by their own address, and names them by the bundle's. */
function filesBeside(assets) {
  return {
    name: "files-beside",
    setup(build) {
      build.onLoad({ filter: /@codingame[\\/].*\.js$/ }, async ({ path }) => {
        const text = await readFile(path, "utf8");
        if (!text.includes("import.meta.url")) return undefined;
        const addresses = new Map();
        for (const [written, relative] of text.matchAll(FILE_BESIDE)) {
          const file = resolve(dirname(path), relative);
          const content = createHash("sha256").update(await readFile(file));
          const name = `${content.digest("hex").slice(0, 8)}-${basename(file)}`;
          await copyFile(file, join(assets, name));
          addresses.set(written, `new URL("./assets/${name}", import.meta.url)`);
        }
        return {
          contents: text.replaceAll(FILE_BESIDE, (written) => addresses.get(written)),
          loader: "js",
        };
      });
    },
  };
}

/** Some packages can use modules of Node where there are any; a browser has none. */
const withoutNode = {
  name: "without-node",
  setup(build) {
    build.onResolve({ filter: /^node:/ }, ({ path }) => ({ path, namespace: "without-node" }));
    build.onLoad({ filter: /.*/, namespace: "without-node" }, () => ({
      contents: "module.exports = {};",
    }));
  },
};
