// Every text that a person reads is there in every language the extension speaks, and no other.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { shownAsWritten, translatedTexts } from "./sourceTexts.js";

const EXTENSION = join(import.meta.dirname, "..");

const LANGUAGES = ["de", "ja"];

type Words = Readonly<Record<string, string>>;

const read = (path: string): Words =>
  // The files are this project's own, and each holds one object of texts.
  JSON.parse(readFileSync(join(EXTENSION, path), "utf8")) as Words;

/** Texts that are the same in another language: names, and words it has taken over. */
const SAME: Readonly<Record<string, readonly string[]>> = {
  de: [
    ...["Commit", "Commits", "Commits: {0}", "Diff", "Features", "Memory", "Release", "Text"],
    ...["1 Commit", "Version {0}"],
  ],
  ja: ["Memory"],
};

const SAME_ANYWHERE = /^(?:[^\p{L}]|\{\d\})*$/u;

/** What a person sees as it is written: names of programs and formats. */
const NAMES = new Set([
  "Claude Code",
  "Codex",
  "Copilot CLI",
  "Cursor",
  "Gemini CLI",
  "JSON",
  "JSON Lines",
  "Markdown",
  "claude-mem",
  "opencode",
  // The icon of a prompt.
  "comment",
]);

/** Where texts are shown to people; what assistants and terminals read is English. */
const SHOWING = ["vscode", "webview", "common/views", "common/import", "common/storage"];

const sources = [...new Set(translatedTexts().map(({ text }) => text))].sort();
const manifest = read("package.nls.json");

/** Each text of a language beside the English one. */
function pairs(language: string): (readonly [english: string, translation: string])[] {
  const words = read(`package.nls.${language}.json`);
  return [
    ...Object.entries(read(`l10n/bundle.l10n.${language}.json`)),
    ...Object.entries(manifest).map(([key, english]) => [english, words[key] ?? ""] as const),
  ];
}

test("there is a bundle for each language, and none is forgotten in these tests", () => {
  const bundles = readdirSync(join(EXTENSION, "l10n"));
  assert.deepEqual(bundles.sort(), LANGUAGES.map((one) => `bundle.l10n.${one}.json`).sort());
  const manifests = readdirSync(EXTENSION).filter((name) => name.startsWith("package.nls."));
  const expected = ["package.nls.json", ...LANGUAGES.map((one) => `package.nls.${one}.json`)];
  assert.deepEqual(manifests.sort(), expected.sort());
});

test("what is shown to a person passes the translation", () => {
  const shown = shownAsWritten(SHOWING).filter(({ text }) => !NAMES.has(text));
  assert.deepEqual(
    shown.map(({ text, at }) => `${at}: ${text}`),
    [],
  );
});

for (const language of LANGUAGES) {
  test(`${language}: every text of the source is translated, and nothing else is`, () => {
    const bundle = Object.keys(read(`l10n/bundle.l10n.${language}.json`));
    assert.deepEqual(
      sources.filter((text) => !bundle.includes(text)),
      [],
      "not translated",
    );
    assert.deepEqual(
      bundle.filter((text) => !sources.includes(text)),
      [],
      "used no more",
    );
  });

  test(`${language}: every text of the manifest is translated, and nothing else is`, () => {
    assert.deepEqual(
      Object.keys(read(`package.nls.${language}.json`)).sort(),
      Object.keys(manifest).sort(),
    );
  });

  test(`${language}: placeholders, code, links, tags and icons are those of the English text`, () => {
    for (const [english, translation] of pairs(language))
      assert.deepEqual(kept(translation), kept(english), english);
  });

  test(`${language}: no text is empty or still English`, () => {
    const same = SAME[language] ?? [];
    for (const [english, translation] of pairs(language)) {
      assert.notEqual(translation.trim(), "", english);
      if (translation !== english || SAME_ANYWHERE.test(english)) continue;
      assert.ok(same.includes(english), `${english}: is still English`);
    }
  });

  test(`${language}: a text names a command by the title that it has in that language`, () => {
    const words = read(`package.nls.${language}.json`);
    const titles = Object.keys(manifest).filter((key) => key.startsWith("command."));
    for (const [english, translation] of pairs(language)) {
      for (const key of titles) {
        const title = manifest[key] ?? "";
        if (!english.includes(`Memory: ${title}`)) continue;
        assert.ok(translation.includes(`Memory: ${words[key] ?? ""}`), `${english}: ${key}`);
      }
    }
  });

  test(`${language}: a text ends as the English one does`, () => {
    for (const [english, translation] of pairs(language))
      assert.equal(ending(translation), ending(english), english);
  });
}

/** What a translation must not change, in any order: other languages have others. */
function kept(text: string): string[] {
  return [
    ...text.matchAll(
      /\{\d\}|`[^`]*`|\]\([^)]*\)|<\/?\w+>|\$\([\w-]+\)|\*\*|…|\n|recollect\.[\w.]+\w/g,
    ),
  ]
    .map(([part]) => part)
    .sort();
}

/** Whether a text is a question, introduces what follows, or leaves a blank for it. */
function ending(text: string): string {
  return /[?:]? ?$/.exec(text.replaceAll("？", "?").replaceAll("：", ":"))?.[0] ?? "";
}
