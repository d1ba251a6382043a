import * as vscode from "vscode";
import { languageOf } from "../../common/Localize.js";

/** What a webview is made of. */
export interface WebviewParts {
  readonly extensionUri: vscode.Uri;
  /** Name of the script and class of the body. */
  readonly name: "search" | "page";
  /** Words of the user's language that the script shows. */
  readonly words: Readonly<Record<string, string>>;
  /** Of what it is, for whoever shows it again after a restart. */
  readonly target?: unknown;
}

/** What a webview may read: the script and the styles of the extension, nothing else. */
export function webviewOptions(extensionUri: vscode.Uri): vscode.WebviewOptions {
  return {
    enableScripts: true,
    localResourceRoots: [
      vscode.Uri.joinPath(extensionUri, "dist", "webview"),
      vscode.Uri.joinPath(extensionUri, "media"),
    ],
  };
}

/** The document of a webview. Nothing of a memory stands in it: that comes by messages. */
export function webviewPage(webview: vscode.Webview, parts: WebviewParts): string {
  const { extensionUri, name, words, target } = parts;
  const nonce = crypto.randomUUID().replaceAll("-", "");
  const address = (...path: string[]): string =>
    webview.asWebviewUri(vscode.Uri.joinPath(extensionUri, ...path)).toString();
  const policy = [
    "default-src 'none'",
    `style-src ${webview.cspSource}`,
    `script-src 'nonce-${nonce}'`,
  ].join("; ");
  return `<!DOCTYPE html>
<html lang="${attribute(languageOf(vscode.l10n))}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${attribute(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${attribute(vscode.l10n.t("Memory"))}</title>
<link rel="stylesheet" href="${attribute(address("media", "views.css"))}">
</head>
<body class="${name}" data-words="${attribute(JSON.stringify(words))}" data-target="${attribute(JSON.stringify(target ?? null))}">
<script nonce="${nonce}" src="${attribute(address("dist", "webview", `${name}.js`))}"></script>
</body>
</html>`;
}

function attribute(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
}
