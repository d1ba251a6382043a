// Whether every regular expression is linear: none may take longer than in proportion to its text,
// since most of what they read was written by others, and the editor stands still meanwhile.

import { mkdirSync, readFileSync, readdirSync, renameSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { Refusal, command, root, toolCache } from "./process.mjs";

/** Where expressions run on texts of others. */
const FOLDERS = ["extension/src", "scripts"];

/**
 * No limit is one of time, and what is random has a seed: a slow machine must give the verdict
 * that a fast one gives. The longest takes eight seconds.
 */
const JUDGING = {
  timeout: null,
  attackTimeout: null,
  incubationTimeout: null,
  seedingTimeout: null,
  randomSeed: 0,
};

/** The expressions that were found linear, by one version of the tool under these limits. */
const { version } = createRequire(import.meta.url)("recheck/package.json");
const LINEAR = join(toolCache, `linear-expressions-${version}.json`);

// The other ways of the tool need Java or a program for each system.
process.env.RECHECK_BACKEND = "pure";
const { checkSync } = await import("recheck");

/** A regular expression of a source: where it stands, and what it is if that can be read. */
function expressionsOf(name, text) {
  const file = ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true);
  const found = [];
  const add = (node, source, flags) => {
    const { line } = file.getLineAndCharacterOfPosition(node.getStart(file));
    found.push({ file: name, line: line + 1, source, flags });
  };
  const visit = (node) => {
    if (ts.isRegularExpressionLiteral(node)) {
      const end = node.text.lastIndexOf("/");
      add(node, node.text.slice(1, end), node.text.slice(end + 1));
    } else if (isMadeExpression(node)) {
      const [source, flags] = (node.arguments ?? []).map(literalText);
      const isKnown = (node.arguments?.length ?? 0) < 2 || flags !== undefined;
      add(node, isKnown ? source : undefined, flags ?? "");
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

/** `new RegExp(…)`, `RegExp(…)`. */
function isMadeExpression(node) {
  const isCall = ts.isNewExpression(node) || ts.isCallExpression(node);
  return isCall && ts.isIdentifier(node.expression) && node.expression.text === "RegExp";
}

function literalText(node) {
  return ts.isStringLiteralLike(node) ? node.text : undefined;
}

/** Why an expression may not stay, or `undefined`. */
function faultOf({ source, flags }) {
  if (source === undefined) {
    return "is put together while the program runs, so nobody can say how long it takes";
  }
  const verdict = checkSync(source, flags, JUDGING);
  if (verdict.status === "safe") return undefined;
  if (verdict.status === "unknown") return `could not be judged (${verdict.error.kind})`;
  return `is ${verdict.complexity.summary}: it stands still on ${verdict.attack.pattern}`;
}

/** What was found linear before, or nothing where that cannot be read. */
function linearBefore() {
  try {
    return new Set(JSON.parse(readFileSync(LINEAR, "utf8")));
  } catch {
    return new Set();
  }
}

/** Written whole under another name first, since several clones share it. */
function keepLinear(linear) {
  const part = `${LINEAR}.${process.pid}`;
  mkdirSync(dirname(LINEAR), { recursive: true });
  writeFileSync(part, JSON.stringify([...linear]));
  renameSync(part, LINEAR);
}

/** Reads every source and says which expressions may not stay. */
function checkExpressions(folders) {
  const faults = [];
  const linear = linearBefore();
  const known = linear.size;
  let judged = 0;
  for (const folder of folders) {
    for (const name of readdirSync(resolve(root, folder), { recursive: true })) {
      if (!/\.(?:ts|mjs)$/.test(name)) continue;
      const path = join(folder, name);
      for (const found of expressionsOf(path, readFileSync(resolve(root, path), "utf8"))) {
        judged += 1;
        const expression = `/${found.source}/${found.flags}`;
        if (found.source !== undefined && linear.has(expression)) continue;
        const fault = faultOf(found);
        if (fault === undefined) {
          linear.add(expression);
          continue;
        }
        const shown = found.source === undefined ? "" : ` ${expression}`;
        faults.push(`${found.file}:${found.line}:${shown} ${fault}`);
      }
    }
  }
  if (linear.size > known) keepLinear(linear);
  if (faults.length > 0) {
    throw new Refusal(`${faults.join("\n")}\n${faults.length} of ${judged} regular expressions.`);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folders = process.argv.slice(2);
  await command(() => checkExpressions(folders.length > 0 ? folders : FOLDERS));
}
