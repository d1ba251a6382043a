// Which programs build the module, found anew each time: nothing is remembered that could be out of date.

import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { ask, root, searchPath } from "./process.mjs";

export const WASM_TARGET = "wasm32-unknown-unknown";

/** The name under which rustup knows Debian's compiler, once set-up has linked it. */
export const DEBIAN_TOOLCHAIN = "debian-web";

/** Major versions of LLVM that serve; their programs may carry the number in their names. */
export const llvmVersions = [23, 22, 21, 20, 19, 18, 17, 16, 15];

/** Environments to try, in this order: the usual toolchain, then Debian's. */
const candidates = [
  {},
  { RUSTUP_TOOLCHAIN: DEBIAN_TOOLCHAIN },
  // Without rustup, Debian's compiler may stand behind another one.
  { PATH: `/usr/bin${delimiter}${searchPath}` },
];

/** The environment whose Rust compiles for the module's target, or `undefined`. */
export function wasmRust() {
  const folder = mkdtempSync(join(tmpdir(), "recollect-probe-"));
  try {
    const source = join(folder, "probe.rs");
    writeFileSync(source, "");
    // An empty crate needs the standard library of the target, made by this very compiler.
    const args = ["--target", WASM_TARGET, "--crate-type=lib", "--emit=metadata"];
    return candidates.find(
      (env) => ask("rustc", [...args, "--out-dir", folder, source], { env }) !== undefined,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Newest clang that compiles C for the module, with its archiver, or `undefined`. */
export function wasmClang() {
  const homebrew = ["/opt/homebrew/opt/llvm/bin/", "/usr/local/opt/llvm/bin/"];
  const programs = [
    ...llvmVersions.map((version) => ({ clang: `clang-${version}`, ar: `llvm-ar-${version}` })),
    { clang: "clang", ar: "llvm-ar" },
    ...homebrew.map((folder) => ({ clang: `${folder}clang`, ar: `${folder}llvm-ar` })),
  ];
  return programs.find(({ clang, ar }) => {
    if (!ask(clang, ["--print-targets"])?.includes("wasm32")) return false;
    const version = Number(/version (\d+)/.exec(ask(clang, ["--version"]) ?? "")?.[1]);
    return version >= Math.min(...llvmVersions) && ask(ar, ["--version"]) !== undefined;
  });
}

/** Whether a Rust found by `wasmRust` brings no linker of its own. */
export function needsLinker(rust) {
  const sysroot = ask("rustc", ["--print", "sysroot"], { env: rust }) ?? "";
  const host = /host: (\S+)/.exec(ask("rustc", ["-vV"], { env: rust }) ?? "")?.[1] ?? "";
  return !existsSync(join(sysroot, "lib/rustlib", host, "bin/rust-lld"));
}

/** A linker for a Rust that brings none of its own, or `undefined`. */
export function wasmLinker() {
  const programs = [...llvmVersions.map((version) => `wasm-ld-${version}`), "wasm-ld"];
  return programs.find((program) => ask(program, ["--version"]) !== undefined);
}

/** Environment for building the module, or `undefined` while a part of it is missing. */
export function wasmEnvironment() {
  const rust = wasmRust();
  const clang = wasmClang();
  if (!rust || !clang) return undefined;
  const linker = needsLinker(rust) ? wasmLinker() : "rust-lld";
  if (!linker) return undefined;
  return {
    ...rust,
    CC_wasm32_unknown_unknown: process.env.CC_wasm32_unknown_unknown ?? clang.clang,
    AR_wasm32_unknown_unknown: process.env.AR_wasm32_unknown_unknown ?? clang.ar,
    ...(linker === "rust-lld" ? {} : { CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER: linker }),
  };
}

/** The version of a crate in the lock file. */
export function lockedVersion(crate) {
  const lock = readFileSync(join(root, "Cargo.lock"), "utf8");
  return lock.split(`name = "${crate}"\nversion = "`)[1]?.split('"')[0];
}

/** The oldest Rust that compiles the workspace. */
export function minimumRust() {
  const manifest = readFileSync(join(root, "Cargo.toml"), "utf8");
  return /rust-version = "([^"]+)"/.exec(manifest)?.[1] ?? "0";
}
