// Finds in the source what a person reads: what is translated, and what shows without being so.

import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";

const SOURCE = join(import.meta.dirname, "..", "src");

/** A text, and where it stands. */
export interface SourceText {
  readonly text: string;
  readonly at: string;
}

/** Functions that take a text for the user's language: `l10n.t` under its names, and the mark for texts that pass it later. */
const TRANSLATE = new Set(["t", "toTranslate"]);

/** What shows its text to a person. */
const SHOW = new Set([
  "showInformationMessage",
  "showWarningMessage",
  "showErrorMessage",
  "setStatusBarMessage",
  "markdown",
  "progress",
]);

/** Parts of quick picks, views, buttons and inputs that are read. */
const SHOWN = new Set([
  "label",
  "description",
  "detail",
  "placeHolder",
  "placeholder",
  "prompt",
  "title",
  "tooltip",
  "ariaLabel",
  "textContent",
  "openLabel",
  "saveLabel",
  "validationMessage",
]);

/** All texts that are translated. One that is no literal would not be found, so it fails. */
export function translatedTexts(): SourceText[] {
  const found: SourceText[] = [];
  eachNode(["."], (node, at) => {
    if (!ts.isCallExpression(node) || !TRANSLATE.has(nameOf(node.expression))) return;
    const [message] = node.arguments;
    if (message === undefined) return;
    for (const literal of branches(message)) {
      if (ts.isStringLiteralLike(literal)) found.push({ text: literal.text, at: at(literal) });
      else if (!isMarked(literal))
        throw new Error(`${at(literal)}: a text is translated as a literal, or marked before`);
    }
  });
  return found;
}

/** Literals that are shown as they stand, so that every language reads English. */
export function shownAsWritten(folders: readonly string[]): SourceText[] {
  const found: SourceText[] = [];
  eachNode(folders, (node, at) => {
    for (const shown of shownBy(node)) {
      for (const branch of branches(shown)) {
        const text = literalText(branch);
        if (/\p{L}{2}/u.test(text)) found.push({ text, at: at(branch) });
      }
    }
  });
  return found;
}

function shownBy(node: ts.Node): ts.Expression[] {
  if (ts.isCallExpression(node))
    return SHOW.has(nameOf(node.expression)) ? [...node.arguments] : [];
  if (ts.isPropertyAssignment(node))
    return SHOWN.has(node.name.getText()) ? [node.initializer] : [];
  const isAssignment =
    ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken;
  return isAssignment && SHOWN.has(nameOf(node.left)) ? [node.right] : [];
}

/** A text that is kept in a variable has passed {@link TRANSLATE} where it was written. */
function isMarked(node: ts.Expression): boolean {
  return ts.isPropertyAccessExpression(node) || ts.isIdentifier(node);
}

function branches(node: ts.Expression): ts.Expression[] {
  if (ts.isParenthesizedExpression(node)) return branches(node.expression);
  if (ts.isConditionalExpression(node))
    return [...branches(node.whenTrue), ...branches(node.whenFalse)];
  return [node];
}

/** The words of a literal, without what stands for an icon. */
function literalText(node: ts.Node): string {
  const parts = ts.isStringLiteralLike(node)
    ? [node.text]
    : ts.isTemplateExpression(node)
      ? [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)]
      : [];
  return parts
    .join(" ")
    .replace(/\$\([\w-]+\)/g, "")
    .trim();
}

function nameOf(node: ts.Node): string {
  if (ts.isIdentifier(node)) return node.text;
  return ts.isPropertyAccessExpression(node) ? node.name.text : "";
}

function eachNode(
  folders: readonly string[],
  visit: (node: ts.Node, at: (node: ts.Node) => string) => void,
): void {
  for (const folder of folders) {
    const names = readdirSync(join(SOURCE, folder), { recursive: true, encoding: "utf8" });
    for (const name of names.filter((one) => one.endsWith(".ts")).sort()) {
      const path = join(SOURCE, folder, name);
      const text = readFileSync(path, "utf8");
      const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
      const at = (node: ts.Node): string =>
        `${join(folder, name)}:${file.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
      const go = (node: ts.Node): void => {
        visit(node, at);
        ts.forEachChild(node, go);
      };
      go(file);
    }
  }
}
