// Builds the bundles, one for each kind of extension host, the command line and its MCP protocol, and puts the module beside them.

import { copyFile, mkdir, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const folder = dirname(fileURLToPath(import.meta.url));
const source = join(folder, "src");
const target = join(folder, "dist");
const pkg = join(folder, "..", "pkg");

/** What all bundles share. */
const common = {
  bundle: true,
  format: "cjs",
  external: ["vscode"],
  target: "es2022",
  minify: true,
  legalComments: "none",
  // The generated glue names its own address as the default place of the module.
  // The extension always passes the bytes, and a bundle has no such address.
  define: { "import.meta.url": '"file:///recollect"' },
  logLevel: "warning",
};

/** What the command line loads of itself, as a command needs it. */
const commandBundles = ["commands", "hook", "mcp"];

/** What the worker with a model runs. */
const worker = "model";

/** What the webviews run. */
const pages = ["search", "page"];

await rm(target, { recursive: true, force: true });
await mkdir(target, { recursive: true });
await Promise.all([
  build({
    ...common,
    platform: "node",
    entryPoints: [join(source, "extension.node.ts")],
    // A package's form for Node may load its own parts by names that only run time knows.
    mainFields: ["module", "main"],
    outfile: join(target, "node.js"),
  }),
  build({
    ...common,
    platform: "browser",
    entryPoints: [join(source, "extension.web.ts")],
    outfile: join(target, "web.js"),
  }),
  build({
    ...common,
    platform: "node",
    entryPoints: [join(source, "cli.ts")],
    outfile: join(target, "cli.js"),
    banner: { js: "#!/usr/bin/env node" },
  }),
  ...[...commandBundles, worker].map((name) =>
    build({
      ...common,
      platform: "node",
      entryPoints: [join(source, `${name}.ts`)],
      mainFields: ["module", "main"],
      outfile: join(target, `${name}.js`),
    }),
  ),
  build({
    ...common,
    format: "iife",
    platform: "browser",
    entryPoints: pages.map((name) => join(source, "webview", `${name}.ts`)),
    outdir: join(target, "webview"),
  }),
  copyFile(join(pkg, "recollect_wasm_bg.wasm"), join(target, "recollect.wasm")),
  copyFile(join(pkg, "recollect_model_bg.wasm"), join(target, "model.wasm")),
]);

for (const name of [
  "node.js",
  "web.js",
  "cli.js",
  ...commandBundles.map((name) => `${name}.js`),
  `${worker}.js`,
  ...pages.map((name) => `webview/${name}.js`),
  "recollect.wasm",
  "model.wasm",
]) {
  const { size } = await stat(join(target, name));
  console.log(`extension/dist/${name} ${Math.round(size / 1024)} KB`);
}
