// Installs what building and testing need. Plain Node: it runs before anything is installed.
//
// Every step says what it does and is skipped when its result is there.
// `--without-editor` leaves out the editor and browser of the end-to-end tests.

import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync } from "node:fs";
import { readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Refusal, ask, command, root, run } from "./process.mjs";
import { DEBIAN_TOOLCHAIN, WASM_TARGET, lockedVersion, minimumRust } from "./toolchain.mjs";
import { toolCache, wasmClang, wasmEnvironment, wasmLinker, wasmRust } from "./toolchain.mjs";

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

function checkNode() {
  if (isAtLeast(process.versions.node, "20.0.0")) return;
  throw new Refusal(
    `Node ${process.versions.node} is too old: install Node 20 or newer from https://nodejs.org.`,
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
    throw new Refusal(`Rust ${found} is too old: run \`rustup update\` to get ${wanted} or newer.`);
  }
  for (const [program, component] of [
    ["cargo-clippy", "clippy"],
    ["rustfmt", "rustfmt"],
  ]) {
    if (ask(program, ["--version"]) !== undefined) continue;
    say(`adding ${component} to Rust`);
    if (ask("rustup", ["component", "add", component]) === undefined) {
      throw new Refusal(
        `Rust's ${component} is missing: run \`rustup component add ${component}\`.`,
      );
    }
  }
  say(`Rust ${found}`);
}

/** The command that installs Debian packages here without asking, if there is one. */
function aptGet() {
  if (!existsSync("/etc/debian_version") || ask("apt-get", ["--version"]) === undefined) {
    return undefined;
  }
  if (process.getuid?.() === 0) return ["apt-get"];
  return ask("sudo", ["-n", "true"]) === undefined ? undefined : ["sudo", "-n", "apt-get"];
}

function installDebian(packages) {
  const [program, ...args] = aptGet();
  run(program, [...args, "update", "--quiet=2"]);
  run(program, [
    ...args,
    ...["install", "--yes", "--quiet=2", "--no-install-recommends"],
    ...packages,
  ]);
}

function installTarget() {
  if (wasmRust() !== undefined) {
    say(`Rust compiles for ${WASM_TARGET}`);
    return;
  }
  if (ask("rustup", ["--version"]) !== undefined) {
    say(`adding the target ${WASM_TARGET} to Rust`);
    ask("rustup", ["target", "add", WASM_TARGET]);
    if (wasmRust() !== undefined) return;
    say("rustup could not download it");
  }
  if (aptGet() === undefined) {
    throw new Refusal(
      `Rust cannot compile for WebAssembly here: run \`rustup target add ${WASM_TARGET}\`.`,
    );
  }
  say("installing Debian's Rust for WebAssembly");
  installDebian(["rustc-web", "cargo-web", "rust-web-src"]);
  buildStandardLibrary();
  if (ask("rustup", ["--version"]) !== undefined) {
    run("rustup", ["toolchain", "link", DEBIAN_TOOLCHAIN, "/usr"]);
  }
  if (wasmRust() === undefined) {
    throw new Refusal(
      `Debian's Rust does not compile for ${WASM_TARGET}: run \`rustup target add ${WASM_TARGET}\`.`,
    );
  }
}

/** Debian ships the library as source only; it is built once and put where the compiler looks. */
function buildStandardLibrary() {
  const libraries = `/usr/lib/rustlib/${WASM_TARGET}/lib`;
  if (existsSync(libraries) && readdirSync(libraries).some((name) => name.startsWith("libstd-"))) {
    return;
  }
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
      { cwd: crate, env: { RUSTC: "/usr/bin/rustc", RUSTC_BOOTSTRAP: "1", RUSTFLAGS: "" } },
    );
    const built = join(crate, "target", WASM_TARGET, "release/deps");
    const names = readdirSync(built).filter(
      (name) => name.endsWith(".rlib") && !name.startsWith("libempty-"),
    );
    const sudo = aptGet()?.[0] === "sudo" ? ["sudo", "-n"] : [];
    const place = (program, ...args) => {
      const [first, ...rest] = [...sudo, program, ...args];
      run(first, rest);
    };
    place("mkdir", "-p", libraries);
    place("cp", ...names.map((name) => join(built, name)), libraries);
  } finally {
    rmSync(crate, { recursive: true, force: true });
  }
}

function installClang() {
  const needsLinker = wasmEnvironmentNeedsLinker();
  if (wasmClang() !== undefined && (!needsLinker || wasmLinker() !== undefined)) {
    say(`SQLite is compiled by ${wasmClang().clang}`);
    return;
  }
  if (aptGet() === undefined) {
    const how =
      process.platform === "darwin"
        ? "run `brew install llvm`"
        : "install clang, llvm and lld 15 or newer";
    throw new Refusal(`A clang that compiles for WebAssembly is missing: ${how}.`);
  }
  say("installing clang for SQLite's C code");
  const packages = ["clang-19", "llvm-19", "lld-19"];
  const isKnown = ask("apt-cache", ["show", "clang-19"]) !== undefined;
  installDebian(isKnown ? packages : packages.map((name) => name.replace("-19", "")));
  if (wasmClang() === undefined) {
    throw new Refusal(
      "Debian's clang does not compile for WebAssembly: install clang 15 or newer.",
    );
  }
}

function wasmEnvironmentNeedsLinker() {
  return wasmRust()?.RUSTUP_TOOLCHAIN === DEBIAN_TOOLCHAIN;
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
  const hash = createHash("sha256");
  for (const file of ["package-lock.json", "package.json", "extension/package.json"]) {
    hash.update(readFileSync(join(root, file)));
  }
  const wanted = hash.digest("hex");
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

await command(async () => {
  checkNode();
  checkRust();
  installTarget();
  installClang();
  installWasmTools();
  installPackages();
  if (!process.argv.includes("--without-editor")) {
    run(process.execPath, ["tests/hosts/setup.mjs"]);
  }
});
