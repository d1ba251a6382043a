// Builds the modules into pkg/ and the extension into extension/dist/.
//
// A module is built again only when something it is made of has changed.

import { createHash } from "node:crypto";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Refusal, ask, command, root, run } from "./process.mjs";
import { takeTurn } from "./takeTurn.mjs";
import { wasmEnvironment } from "./toolchain.mjs";

/** The crate of the engine that is needed by few; it is a module of its own. */
const MODEL = "recollect-model";

/** Every module: its crate, its name, what wasm-opt goes for and which crates it is made of. */
const modules = [
  {
    ...{ crate: "recollect-wasm", name: "recollect_wasm", goal: "-Os", others: ["package.json"] },
    isMadeOf: (crate) => crate !== MODEL,
  },
  {
    ...{ crate: MODEL, name: "recollect_model", goal: "-O3", others: [] },
    isMadeOf: (crate) => crate === MODEL,
  },
];

const outputsOf = ({ name, others }) =>
  [`${name}.js`, `${name}.d.ts`, `${name}_bg.wasm`, ...others].map((file) =>
    join(root, "pkg", file),
  );
const stampOf = ({ crate }) => join(root, `target/${crate}.stamp`);

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
const wasmPasses = ["--low-memory-unused"];

/** Hash of every source of a module and of what it became. */
function fingerprint(module, env) {
  const hash = createHash("sha256");
  const add = (path) => hash.update(path).update("\0").update(readFileSync(path)).update("\0");
  const crates = readdirSync(join(root, "crates")).filter(module.isMadeOf);
  const paths = crates
    .flatMap((crate) =>
      readdirSync(join(root, "crates", crate), { recursive: true, withFileTypes: true }),
    )
    .filter((entry) => entry.isFile() && !/[/\\]tests([/\\]|$)/.test(entry.parentPath))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  for (const path of paths) add(path);
  for (const name of ["Cargo.toml", "Cargo.lock", ".cargo/config.toml"]) add(join(root, name));
  add(fileURLToPath(import.meta.url));
  hash.update(ask("rustc", ["-vV"], { env }) ?? "");
  for (const path of outputsOf(module)) if (existsSync(path)) add(path);
  return hash.digest("hex");
}

/** Builds the modules that are out of date. */
export function buildModule() {
  // Two builds at once would write into one file.
  const endTurn = takeTurn("build");
  try {
    for (const module of modules) buildModuleAlone(module);
  } finally {
    endTurn();
  }
}

function buildModuleAlone(module) {
  const { crate, name, goal } = module;
  const stamp = stampOf(module);
  const env = wasmEnvironment();
  if (env === undefined) throw new Refusal("Set-up is not complete: run `npm run setup`.");
  const isThere = outputsOf(module).every((path) => existsSync(path));
  if (isThere && existsSync(stamp) && readFileSync(stamp, "utf8") === fingerprint(module, env)) {
    console.log(`build: ${crate} is up to date`);
    return;
  }
  console.log(`build: compiling ${crate} (about a minute)`);
  const folder = join(root, "target/pkg", crate);
  run(
    "wasm-pack",
    [
      ...["--log-level", "warn", "build", `crates/${crate}`, "--target", "web", "--release"],
      ...["--out-dir", folder, "--out-name", name, "--no-opt"],
    ],
    { env },
  );
  for (const path of outputsOf(module)) copyFileSync(join(folder, basename(path)), path);
  const wasm = join(root, "pkg", `${name}_bg.wasm`);
  const wasmOpt = join(root, "node_modules/binaryen/bin/wasm-opt");
  run(process.execPath, [wasmOpt, goal, ...wasmPasses, ...wasmFeatures, wasm, "-o", wasm]);
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, fingerprint(module, env));
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
