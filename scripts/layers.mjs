// Which file imports which: the floors of the core, and circles anywhere.
//
// A floor imports only floors below it. A circle of files can only be understood as a whole, so there
// is none.

import { readFileSync, readdirSync } from "node:fs";
import { dirname, join, normalize, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { Refusal, command, root } from "./process.mjs";

/** The floors of the core, lowest first; those of one line do not import each other but `error` and `log`. */
const FLOORS = [
  ["text", "order", "clean"],
  ["error", "log"],
  ["recall", "weigh", "foreign"],
  ["intake"],
  ["index"],
  ["search"],
  ["derive"],
  ["store"],
];

const core = join(root, "crates/recollect-core/src");

/** Source files below a folder, tests left out. */
function sources(folder, ending) {
  return readdirSync(folder, { recursive: true })
    .map((name) => join(folder, name))
    .filter((path) => path.endsWith(ending) && !/(^|\/)(\w*_)?tests?\.rs$/.test(path));
}

/** Rust without comments, texts and the tests at its end. */
function bareRust(text) {
  return (
    text
      .replace(/^#\[cfg\(test\)\]\s*mod \w+ \{[^]*/m, "")
      .replaceAll(/\/\/[^\n]*/g, "")
      // A text that nobody closes is taken to the end, so that none is read twice.
      .replaceAll(/"(?:[^"\\]|\\[^])*"?/g, '""')
  );
}

/** The path of a file's module, such as `["log", "record"]`. */
function moduleOf(source, path) {
  const names = relative(source, path).replace(/\.rs$/, "").split(sep);
  if (["mod", "lib"].includes(names.at(-1))) names.pop();
  return names;
}

/** Every path below `crate::`, `super::` or `self::`, with groups in braces taken apart. */
function pathsIn(text) {
  const found = [];
  const expand = (prefix, rest) => {
    const group = /^([\w:]*?)\{/.exec(rest);
    if (!group) {
      found.push([...prefix, ...(/^[\w:]*/.exec(rest)?.[0] ?? "").split("::")].filter(Boolean));
      return;
    }
    const inside = [...prefix, ...group[1].split("::").filter(Boolean)];
    let depth = 0;
    let item = "";
    for (const character of rest.slice(group[0].length)) {
      if (character === "}" && depth === 0) break;
      if (character === "{") depth += 1;
      if (character === "}") depth -= 1;
      if (character === "," && depth === 0) {
        expand(inside, item.trim());
        item = "";
      } else item += character;
    }
    if (item.trim()) expand(inside, item.trim());
  };
  for (const { index } of text.matchAll(/\b(?:crate|super|self)::/g)) {
    if (/[\w:]$/.test(text.slice(0, index))) continue;
    expand([], text.slice(index, index + 2_000));
  }
  return found;
}

/** Imports between the files of one crate, those between a module and the ones it is made of left out. */
function rustGraph(source) {
  const files = sources(source, ".rs");
  const byModule = new Map(files.map((path) => [moduleOf(source, path).join("::"), path]));
  const graph = new Map();
  for (const path of files) {
    const own = moduleOf(source, path);
    const targets = new Set();
    for (const [first, ...rest] of pathsIn(bareRust(readFileSync(path, "utf8")))) {
      let names = first === "crate" ? rest : [...own, ...rest];
      if (first === "super") names = [...own.slice(0, -1), ...rest];
      while (names.includes("super")) {
        const place = names.indexOf("super");
        names = [...names.slice(0, place - 1), ...names.slice(place + 1)];
      }
      while (names.length > 0 && !byModule.has(names.join("::"))) names.pop();
      const target = byModule.get(names.join("::"));
      if (names.length === 0 || target === path) continue;
      const shared = Math.min(names.length, own.length);
      const isFamily = names.slice(0, shared).join() === own.slice(0, shared).join();
      if (!isFamily) targets.add(target);
    }
    graph.set(path, targets);
  }
  return graph;
}

/** Imports between the files of the extension, those of types too. */
function typeScriptGraph(source) {
  const graph = new Map();
  const files = new Set(sources(source, ".ts"));
  for (const path of files) {
    const targets = new Set();
    const text = readFileSync(path, "utf8");
    for (const [, name] of text.matchAll(/(?:from|import\()\s*"(\.[^"]+)"/g)) {
      const target = normalize(join(dirname(path), name.replace(/\.js$/, ".ts")));
      if (files.has(target)) targets.add(target);
    }
    graph.set(path, targets);
  }
  return graph;
}

/** Groups of files that reach each other: strongly connected components, by Tarjan's algorithm. */
function circles(graph) {
  const state = new Map();
  const stack = [];
  const found = [];
  let next = 0;
  const visit = (path) => {
    const own = { index: next, low: next, isOpen: true };
    next += 1;
    state.set(path, own);
    stack.push(path);
    for (const target of graph.get(path) ?? []) {
      const other = state.get(target) ?? visit(target);
      if (other.isOpen) own.low = Math.min(own.low, other.low);
    }
    if (own.low === own.index) {
      const group = stack.splice(stack.lastIndexOf(path));
      for (const member of group) state.get(member).isOpen = false;
      if (group.length > 1) found.push(group);
    }
    return own;
  };
  for (const path of graph.keys()) if (!state.has(path)) visit(path);
  return found;
}

/** Imports of the core that lead up, or to another room of the same floor. */
function climbing(graph) {
  const heights = new Map(FLOORS.flatMap((names, height) => names.map((name) => [name, height])));
  const problems = [];
  for (const [path, targets] of graph) {
    const [from] = moduleOf(core, path);
    if (from === undefined) continue;
    if (!heights.has(from)) problems.push(`${show(path)} is on no floor`);
    for (const target of targets) {
      const [to] = moduleOf(core, target);
      const isBelow = (heights.get(to) ?? -1) < (heights.get(from) ?? 0);
      const isSmall = ["error", "log"].includes(from) && ["error", "log"].includes(to);
      if (to !== from && !isBelow && !isSmall)
        problems.push(`${show(path)} imports ${show(target)}, which is not below it`);
    }
  }
  return problems;
}

function show(path) {
  return relative(root, path);
}

/** Fails with every import that is not as the layers want it. */
export function checkLayers() {
  const crates = readdirSync(join(root, "crates")).map((name) => join(root, "crates", name, "src"));
  const graphs = [...crates.map(rustGraph), typeScriptGraph(join(root, "extension/src"))];
  const problems = climbing(rustGraph(core));
  for (const group of graphs.flatMap(circles)) {
    const name = group.map(show).toSorted().join(" ");
    problems.push(`these import each other in a circle: ${name}`);
  }
  if (problems.length > 0) throw new Refusal(problems.join("\n"));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await command(() => checkLayers());
}
