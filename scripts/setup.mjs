// Installs what building and testing need. Plain Node: it runs before anything is installed.
//
// Every step says what it does and is skipped when its result is there.
// `--without-editor` leaves out the editor and browser of the end-to-end tests.

import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync } from "node:fs";
import { readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Refusal, ask, command, root, run, toolCache } from "./process.mjs";
import { takeTurn } from "./takeTurn.mjs";
import { DEBIAN_TOOLCHAIN, WASM_TARGET, llvmVersions, lockedVersion } from "./toolchain.mjs";
import { minimumRust, needsLinker, wasmClang, wasmEnvironment } from "./toolchain.mjs";
import { wasmLinker, wasmRust } from "./toolchain.mjs";

function say(sentence) {
  console.log(`set-up: ${sentence}`);
}

/** Whether version `found` is at least `wanted`, comparing numbers. */
function isAtLeast(found, wanted) {
  const numbers = (version) => version.split(".").map(Number);
  const [a, b] = [numbers(found), numbers(wanted)];
  for (let part = 0; part < b.length; part += 1) {
    if ((a[part] ?? 0) !== b[part]) return (a[part] ?? 0) > b[part];
  }
  return true;
}

function checkPlatform() {
  if (process.platform === "win32") {
    throw new Refusal(
      "Recollect runs on Windows but is not built there: install WSL with `wsl --install` and clone the repository in it.",
    );
  }
}

function checkNode() {
  const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const wanted = manifest.engines.node.replace(">=", "");
  if (isAtLeast(process.versions.node, wanted)) return;
  throw new Refusal(
    `Node ${process.versions.node} is too old: install ${wanted} or newer from https://nodejs.org.`,
  );
}

function checkRust() {
  const wanted = minimumRust();
  const found = /rustc (\d+\.\d+\.\d+)/.exec(ask("rustc", ["--version"]) ?? "")?.[1];
  const isComplete = found !== undefined && ask("cargo", ["--version"]) !== undefined;
  if (!isComplete) {
    throw new Refusal(`Rust is missing: install ${wanted} or newer from https://rustup.rs.`);
  }
  if (!isAtLeast(found, wanted)) {
    const how = hasRustup() ? "run `rustup update`" : "install it from https://rustup.rs";
    throw new Refusal(`Rust ${found} is older than ${wanted}, the oldest that will do: ${how}.`);
  }
  for (const [program, component] of [
    ["cargo-clippy", "clippy"],
    ["rustfmt", "rustfmt"],
  ]) {
    if (ask(program, ["--version"]) !== undefined) continue;
    if (hasRustup()) {
      say(`adding ${component} to Rust`);
      if (ask("rustup", ["component", "add", component]) !== undefined) continue;
    }
    const how = hasRustup() ? `run \`rustup component add ${component}\`` : "see https://rustup.rs";
    throw new Refusal(`Rust's ${component} is missing: ${how}.`);
  }
  say(`Rust ${found}`);
}

function hasRustup() {
  return ask("rustup", ["--version"]) !== undefined;
}

/** The beginning of a command that needs the rights to install here without asking, if there is one. */
function privilege() {
  if (process.getuid?.() === 0) return [];
  return ask("sudo", ["-n", "true"]) === undefined ? undefined : ["sudo", "-n"];
}

function runPrivileged(...words) {
  const [program, ...args] = [...(privilege() ?? []), ...words];
  run(program, args);
}

/** Whether Debian packages, or those of a system made from it, can be installed here. */
function isDebian() {
  if (!existsSync("/etc/debian_version") || ask("apt-get", ["--version"]) === undefined) {
    return false;
  }
  return privilege() !== undefined;
}

/** Reads anew which packages there are; a fresh machine knows of none. */
function updateDebian() {
  runPrivileged("apt-get", "update", "--quiet=2");
}

function isInDebian(name) {
  return ask("apt-cache", ["show", name]) !== undefined;
}

function installDebian(names) {
  runPrivileged(
    ...["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "install"],
    ...["--yes", "--quiet=2", "--no-install-recommends", ...names],
  );
}

/** Compiler and linker for the programs of this machine, which Rust itself needs as well. */
function installNativeCompiler() {
  if (ask("cc", ["--version"]) !== undefined) return;
  if (!isDebian()) {
    const how =
      process.platform === "darwin" ? "run `xcode-select --install`" : "install gcc or clang";
    throw new Refusal(`A C compiler called cc is missing: ${how}.`);
  }
  say("installing a C compiler");
  updateDebian();
  installDebian(["gcc", "libc6-dev"]);
}

function installTarget() {
  if (wasmRust() !== undefined) {
    say(`Rust compiles for ${WASM_TARGET}`);
    return;
  }
  if (hasRustup()) {
    say(`adding the target ${WASM_TARGET} to Rust`);
    ask("rustup", ["target", "add", WASM_TARGET]);
    if (wasmRust() !== undefined) return;
    say("rustup could not download it");
  }
  const missing = new Refusal(
    `Rust cannot compile for WebAssembly here: run \`rustup target add ${WASM_TARGET}\`, or install Rust from https://rustup.rs first.`,
  );
  if (!isDebian()) throw missing;
  updateDebian();
  const packages = ["rustc-web", "cargo-web", "rust-web-src"];
  if (!packages.every(isInDebian)) throw missing;
  say("installing Debian's Rust for WebAssembly");
  installDebian(packages);
  buildStandardLibrary();
  if (hasRustup()) run("rustup", ["toolchain", "link", DEBIAN_TOOLCHAIN, "/usr"]);
  if (wasmRust() === undefined) throw missing;
}

/** Debian ships the library as source only; it is built once and put where the compiler looks. */
function buildStandardLibrary() {
  const libraries = `/usr/lib/rustlib/${WASM_TARGET}/lib`;
  say("building Rust's standard library for WebAssembly");
  const crate = mkdtempSync(join(tmpdir(), "recollect-std-"));
  try {
    mkdirSync(join(crate, "src"));
    writeFileSync(join(crate, "src/lib.rs"), "");
    writeFileSync(
      join(crate, "Cargo.toml"),
      '[package]\nname = "empty"\nversion = "0.0.0"\nedition = "2021"\n[workspace]\n',
    );
    run(
      "/usr/bin/cargo",
      [
        "build",
        "--quiet",
        "-Zbuild-std=std,panic_abort,panic_unwind",
        "--release",
        "--target",
        WASM_TARGET,
      ],
      {
        cwd: crate,
        env: {
          RUSTC: "/usr/bin/rustc",
          RUSTC_BOOTSTRAP: "1",
          // The module is optimised as a whole at link time, library included.
          RUSTFLAGS: "-Cembed-bitcode=yes",
        },
      },
    );
    const built = join(crate, "target", WASM_TARGET, "release/deps");
    const names = readdirSync(built).filter(
      (name) => name.endsWith(".rlib") && !name.startsWith("libempty-"),
    );
    // What an earlier version of the compiler left would be found twice.
    runPrivileged("rm", "-rf", libraries);
    runPrivileged("mkdir", "-p", libraries);
    runPrivileged("cp", ...names.map((name) => join(built, name)), libraries);
  } finally {
    rmSync(crate, { recursive: true, force: true });
  }
}

function installClang() {
  const isComplete = () =>
    wasmClang() !== undefined && (!needsLinker(wasmRust()) || wasmLinker() !== undefined);
  if (!isComplete()) {
    const oldest = Math.min(...llvmVersions);
    const how =
      process.platform === "darwin"
        ? "run `brew install llvm lld`"
        : `install clang, llvm and lld ${oldest} or newer`;
    const missing = new Refusal(`A clang that compiles SQLite for WebAssembly is missing: ${how}.`);
    if (!isDebian()) throw missing;
    updateDebian();
    const version = [19, ...llvmVersions].find((version) => isInDebian(`clang-${version}`));
    if (version === undefined) throw missing;
    say(`installing clang ${version} for SQLite's C code`);
    installDebian([`clang-${version}`, `llvm-${version}`, `lld-${version}`]);
    if (!isComplete()) throw missing;
  }
  say(`SQLite is compiled by ${wasmClang().clang}`);
}

function installWasmTools() {
  const env = wasmEnvironment();
  const wanted = lockedVersion("wasm-bindgen");
  const bindgen = /wasm-bindgen (\S+)/.exec(ask("wasm-bindgen", ["--version"], { env }) ?? "")?.[1];
  if (bindgen !== wanted) {
    say(`installing wasm-bindgen ${wanted} (about 2 minutes)`);
    cargoInstall("wasm-bindgen-cli", wanted);
  }
  if (ask("wasm-pack", ["--version"], { env }) === undefined) {
    say("installing wasm-pack (about 2 minutes)");
    cargoInstall("wasm-pack");
  }
  say(`wasm-bindgen ${wanted}, ${ask("wasm-pack", ["--version"], { env })}`);
}

function cargoInstall(crate, version) {
  run("cargo", [
    ...["install", crate, "--quiet", "--force", "--root", toolCache],
    ...(version === undefined ? [] : ["--version", version]),
  ]);
}

function installPackages() {
  const stamp = join(root, "node_modules/.recollect-installed");
  const wanted = packagesFingerprint();
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) {
    say("npm packages are installed");
    return;
  }
  say("installing npm packages");
  // vsce can keep secrets in the system's key store, for publishing; that part is not built.
  run("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]);
  run(process.execPath, ["node_modules/esbuild/install.js"]);
  writeFileSync(stamp, wanted);
}

/** Changes when what `npm ci` installs does, and not with the rest of the extension's manifest. */
function packagesFingerprint() {
  const hash = createHash("sha256").update(readFileSync(join(root, "package-lock.json")));
  for (const file of ["package.json", "extension/package.json"]) {
    const { dependencies, devDependencies, workspaces } = JSON.parse(
      readFileSync(join(root, file), "utf8"),
    );
    hash.update(JSON.stringify([dependencies, devDependencies, workspaces]));
  }
  return hash.digest("hex");
}

await command(() => {
  checkPlatform();
  checkNode();
  // Two set-ups of one clone at once would remove each other's packages.
  takeTurn("set-up");
  checkRust();
  installNativeCompiler();
  installTarget();
  installClang();
  installWasmTools();
  installPackages();
  if (!process.argv.includes("--without-editor")) {
    run(process.execPath, ["tests/hosts/setup.mjs"]);
    run(process.execPath, ["tests/web-editor/setup.mjs"]);
  }
});
