// Builds the module into pkg/ and the extension into extension/dist/.
//
// The module is built again only when something it is made of has changed.

import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Refusal, ask, command, root, run } from "./process.mjs";
import { takeTurn } from "./takeTurn.mjs";
import { wasmEnvironment } from "./toolchain.mjs";

const outputs = [
  "recollect_wasm.js",
  "recollect_wasm.d.ts",
  "recollect_wasm_bg.wasm",
  "package.json",
].map((name) => join(root, "pkg", name));
const stamp = join(root, "target/recollect-wasm.stamp");

/** What wasm-opt may use: all of it is in every browser and Node since 2023. */
const wasmFeatures = [
  "--enable-bulk-memory",
  "--enable-multivalue",
  "--enable-mutable-globals",
  "--enable-nontrapping-float-to-int",
  "--enable-reference-types",
  "--enable-sign-ext",
  "--enable-simd",
];

/**
 * What wasm-opt does. It may fold a small constant that is added to an address into the access,
 * which differs only where the sum wraps around into the first kilobyte. The stack's far end lies
 * there, and nothing reaches that from the other end of the memory.
 */
const wasmPasses = ["-Os", "--low-memory-unused"];

/** Hash of every source of the module and of what it became. */
function fingerprint(env) {
  const hash = createHash("sha256");
  const add = (path) => hash.update(path).update("\0").update(readFileSync(path)).update("\0");
  const sources = readdirSync(join(root, "crates"), { recursive: true, withFileTypes: true });
  const paths = sources
    .filter((entry) => entry.isFile() && !/[/\\]tests([/\\]|$)/.test(entry.parentPath))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  for (const path of paths) add(path);
  for (const name of ["Cargo.toml", "Cargo.lock", ".cargo/config.toml"]) add(join(root, name));
  add(fileURLToPath(import.meta.url));
  hash.update(ask("rustc", ["-vV"], { env }) ?? "");
  for (const path of outputs) if (existsSync(path)) add(path);
  return hash.digest("hex");
}

/** Builds the module if it is out of date. */
export function buildModule() {
  // Two builds at once would write into one file.
  const endTurn = takeTurn("build");
  try {
    buildModuleAlone();
  } finally {
    endTurn();
  }
}

function buildModuleAlone() {
  const env = wasmEnvironment();
  if (env === undefined) throw new Refusal("Set-up is not complete: run `npm run setup`.");
  const isThere = outputs.every((path) => existsSync(path));
  if (isThere && existsSync(stamp) && readFileSync(stamp, "utf8") === fingerprint(env)) {
    console.log("build: the module is up to date");
    return;
  }
  console.log("build: compiling the module (about a minute)");
  run(
    "wasm-pack",
    [
      ...["--log-level", "warn", "build", "crates/recollect-wasm", "--target", "web", "--release"],
      ...["--out-dir", "../../pkg", "--out-name", "recollect_wasm", "--no-opt"],
    ],
    { env },
  );
  // The repository decides what of pkg/ it keeps.
  rmSync(join(root, "pkg/.gitignore"), { force: true });
  const wasm = join(root, "pkg/recollect_wasm_bg.wasm");
  const wasmOpt = join(root, "node_modules/binaryen/bin/wasm-opt");
  run(process.execPath, [wasmOpt, ...wasmPasses, ...wasmFeatures, wasm, "-o", wasm]);
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, fingerprint(env));
}

/** Bundles the extension for both hosts. */
export function buildExtension() {
  console.log("build: bundling the extension");
  run(process.execPath, ["extension/build.mjs"]);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await command(() => {
    buildModule();
    buildExtension();
  });
}
