// The webviews in plain Chromium, with an extension that this page plays: fast, and without an editor.

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { ownRepository } from "./ownRepository.mjs";

/** Colours as the editor's own themes set them, as far as our style sheet names them. */
const THEMES = {
  light: {
    ...{ foreground: "#3b3b3b", descriptionForeground: "#5c5c5c", focusBorder: "#005fb8" },
    ...{
      "sideBar-background": "#f8f8f8",
      "input-background": "#ffffff",
      "input-border": "#cecece",
    },
    ...{ "input-foreground": "#3b3b3b", "input-placeholderForeground": "#6a6a6a" },
    ...{ "badge-background": "#cccccc", "badge-foreground": "#3b3b3b" },
    ...{ "button-background": "#005fb8", "button-foreground": "#ffffff" },
    ...{ "button-secondaryBackground": "#e5e5e5", "button-secondaryForeground": "#3b3b3b" },
    ...{ "list-hoverBackground": "#f2f2f2", "list-inactiveSelectionBackground": "#e4e6f1" },
    ...{ "list-activeSelectionBackground": "#e8e8e8", "list-activeSelectionForeground": "#000000" },
    ...{ "list-highlightForeground": "#0055a5", "textLink-foreground": "#005fb8" },
    ...{ "widget-border": "#e5e5e5", "charts-blue": "#1a85ff", "panel-border": "#e5e5e5" },
    ...{ "textCodeBlock-background": "#f0f0f0", "textBlockQuote-background": "#f8f8f8" },
    ...{ "editorWarning-foreground": "#bf8803" },
  },
  dark: {
    ...{ foreground: "#cccccc", descriptionForeground: "#9d9d9d", focusBorder: "#0078d4" },
    ...{
      "sideBar-background": "#181818",
      "input-background": "#313131",
      "input-border": "#3c3c3c",
    },
    ...{ "input-foreground": "#cccccc", "input-placeholderForeground": "#989898" },
    ...{ "badge-background": "#616161", "badge-foreground": "#f8f8f8" },
    ...{ "button-background": "#0078d4", "button-foreground": "#ffffff" },
    ...{ "button-secondaryBackground": "#313131", "button-secondaryForeground": "#cccccc" },
    ...{ "list-hoverBackground": "#2a2d2e", "list-inactiveSelectionBackground": "#37373d" },
    ...{ "list-activeSelectionBackground": "#04395e", "list-activeSelectionForeground": "#ffffff" },
    ...{ "list-highlightForeground": "#2aaaff", "textLink-foreground": "#4daafc" },
    ...{ "widget-border": "#313131", "charts-blue": "#3794ff", "panel-border": "#2b2b2b" },
    ...{ "textCodeBlock-background": "#2b2b2b", "textBlockQuote-background": "#2b2b2b" },
    ...{ "editorWarning-foreground": "#cca700" },
  },
  contrast: {
    ...{ foreground: "#ffffff", descriptionForeground: "#d0d0d0", focusBorder: "#f38518" },
    ...{
      "sideBar-background": "#000000",
      "input-background": "#000000",
      "input-border": "#6fc3df",
    },
    ...{ "input-foreground": "#ffffff", "input-placeholderForeground": "#d0d0d0" },
    ...{ "badge-background": "#000000", "badge-foreground": "#ffffff" },
    ...{ "button-background": "#000000", "button-foreground": "#ffffff" },
    ...{ "button-secondaryBackground": "#000000", "button-secondaryForeground": "#ffffff" },
    ...{ contrastBorder: "#6fc3df", contrastActiveBorder: "#f38518" },
    ...{ "list-highlightForeground": "#f38518", "textLink-foreground": "#21a6ff" },
    ...{ "widget-border": "#6fc3df", "charts-blue": "#3794ff" },
  },
};

/** Names of the themes. */
export const themes = Object.keys(THEMES);

/**
 * Shows a webview. What it tells its extension is answered by `answer`, which runs in the page and
 * gives news, or nothing.
 *
 * @param {import("playwright-core").Page} page
 * @param {object} options
 * @param {"search" | "page"} options.name
 * @param {string} [options.theme]
 * @param {Readonly<Record<string, string>>} [options.words]
 * @param {unknown} [options.state] What it kept when it was shown before.
 * @param {(message: unknown) => unknown} options.answer
 */
export async function showWebview(page, { name, theme = "dark", words = {}, state, answer }) {
  const extension = join(ownRepository, "extension");
  const [script, styles] = await Promise.all([
    readFile(join(extension, "dist", "webview", `${name}.js`), "utf8"),
    readFile(join(extension, "media", "views.css"), "utf8"),
  ]);
  const colours = Object.entries(THEMES[theme])
    .map(([key, value]) => `--vscode-${key}: ${value};`)
    .join(" ");
  await page.setContent(
    `<!DOCTYPE html><html lang="en"><head><title>Memory</title>
<style>:root { ${colours} --vscode-font-family: sans-serif; --vscode-font-size: 13px; }
body { background: var(--vscode-sideBar-background); }</style><style>${styles}</style></head>
<body class="${name}"></body></html>`,
  );
  await page.evaluate(
    ([texts, source, before]) => {
      document.body.dataset.words = JSON.stringify(texts);
      window.told = [];
      const answering = new Function(`return ${source}`)();
      window.acquireVsCodeApi = () => ({
        postMessage(message) {
          window.told.push(message);
          const news = answering(message);
          if (news !== undefined) window.postMessage(news, "*");
        },
        getState: () => before,
        setState: (kept) => (window.kept = kept),
      });
    },
    [words, answer.toString(), state],
  );
  await page.addScriptTag({ content: script });
  // After the webview's own listener, so that what is told is shown by then.
  await page.evaluate(() =>
    window.addEventListener("message", ({ data }) => (window.shown = data.question)),
  );
}

/** What the webview has told its extension. */
export function toldBy(page) {
  return page.evaluate(() => window.told);
}
