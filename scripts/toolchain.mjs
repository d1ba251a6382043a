// Which programs build the module, found anew each time: nothing is remembered that could be out of date.

import { existsSync, readFileSync, readdirSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { ask, root } from "./process.mjs";

/** Where set-up keeps what it installs outside the repository, shared by all clones. */
export const toolCache =
  process.env.RECOLLECT_TOOLS ??
  join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "recollect");

export const WASM_TARGET = "wasm32-unknown-unknown";

/** The name under which rustup knows Debian's compiler, once set-up has linked it. */
export const DEBIAN_TOOLCHAIN = "debian-web";

const PATH = `${join(toolCache, "bin")}${delimiter}${process.env.PATH ?? ""}`;

/** Environments to try, in this order: the usual toolchain, then Debian's. */
const candidates = [
  { PATH },
  { PATH, RUSTUP_TOOLCHAIN: DEBIAN_TOOLCHAIN },
  // Without rustup, Debian's compiler may stand behind another one.
  { PATH: `${join(toolCache, "bin")}${delimiter}/usr/bin${delimiter}${process.env.PATH ?? ""}` },
];

/** The environment whose Rust compiles for the module's target, or `undefined`. */
export function wasmRust() {
  return candidates.find((env) => {
    const folder = ask("rustc", ["--print", "target-libdir", "--target", WASM_TARGET], { env });
    if (folder === undefined || !existsSync(folder)) return false;
    return readdirSync(folder).some((name) => /^libstd-.*\.rlib$/.test(name));
  });
}

/** Newest clang that compiles C for the module, with its archiver, or `undefined`. */
export function wasmClang() {
  const versions = ["", "-22", "-21", "-20", "-19", "-18", "-17", "-16", "-15"];
  const homebrew = ["/opt/homebrew/opt/llvm/bin/", "/usr/local/opt/llvm/bin/"];
  const programs = [
    ...versions.slice(1).map((version) => ({ clang: `clang${version}`, ar: `llvm-ar${version}` })),
    { clang: "clang", ar: "llvm-ar" },
    ...homebrew.map((folder) => ({ clang: `${folder}clang`, ar: `${folder}llvm-ar` })),
  ];
  return programs.find(({ clang, ar }) => {
    if (!ask(clang, ["--print-targets"])?.includes("wasm32")) return false;
    const version = Number(/version (\d+)/.exec(ask(clang, ["--version"]) ?? "")?.[1]);
    return version >= 15 && ask(ar, ["--version"]) !== undefined;
  });
}

/** A linker for toolchains that bring none of their own. */
export function wasmLinker() {
  const versions = ["-22", "-21", "-20", "-19", "-18", "-17", "-16", "-15", ""];
  return versions
    .map((version) => `wasm-ld${version}`)
    .find((program) => ask(program, ["--version"]) !== undefined);
}

/** Environment for building the module; set-up has made sure that all parts are there. */
export function wasmEnvironment() {
  const rust = wasmRust();
  const clang = wasmClang();
  if (!rust || !clang) return undefined;
  const sysroot = ask("rustc", ["--print", "sysroot"], { env: rust }) ?? "";
  const hasLinker = existsSync(join(sysroot, "lib/rustlib", hostTriple(rust), "bin/rust-lld"));
  const linker = hasLinker ? undefined : wasmLinker();
  return {
    ...rust,
    CC_wasm32_unknown_unknown: process.env.CC_wasm32_unknown_unknown ?? clang.clang,
    AR_wasm32_unknown_unknown: process.env.AR_wasm32_unknown_unknown ?? clang.ar,
    ...(linker === undefined ? {} : { CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER: linker }),
  };
}

function hostTriple(env) {
  return /host: (\S+)/.exec(ask("rustc", ["-vV"], { env }) ?? "")?.[1] ?? "";
}

/** The version of a crate in the lock file. */
export function lockedVersion(crate) {
  const lock = readFileSync(join(root, "Cargo.lock"), "utf8");
  const found = new RegExp(`name = "${crate}"\\nversion = "([^"]+)"`).exec(lock);
  return found?.[1];
}

/** The oldest Rust that compiles the workspace. */
export function minimumRust() {
  const manifest = readFileSync(join(root, "Cargo.toml"), "utf8");
  return /rust-version = "([^"]+)"/.exec(manifest)?.[1] ?? "0";
}
