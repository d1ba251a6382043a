// Makes the .vsix: one file for desktop, remote and web, and nothing in it that users do not need.

import { copyFileSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { unzipSync } from "fflate";
import { Refusal, command, root, run } from "./process.mjs";

const extension = join(root, "extension");
const { version } = JSON.parse(readFileSync(join(extension, "package.json"), "utf8"));
const budgets = JSON.parse(readFileSync(join(root, "scripts/budgets.json"), "utf8"));

/** The packaged extension. */
export const vsix = join(extension, `recollect-${version}.vsix`);

/** Everything a package may hold. */
const allowed = [
  /^\[Content_Types\]\.xml$/,
  /^extension\.vsixmanifest$/,
  /^extension\/package(\.nls(\.[a-z-]+)?)?\.json$/,
  /^extension\/l10n\/bundle\.l10n\.[a-z-]+\.json$/,
  /^extension\/(readme|changelog)\.md$/i,
  /^extension\/(license(\.txt)?|notice)$/i,
  /^extension\/dist\/(node\.js|web\.js|cli\.js|commands\.js|hook\.js|mcp\.js|recollect\.wasm|model\.js|model\.wasm)$/,
  /^extension\/dist\/webview\/(search|page)\.js$/,
  /^extension\/api\.d\.ts$/,
  /^extension\/media\/[^/]+\.(svg|png|css|js)$/,
  /^extension\/media\/meaning\.bin$/,
  /^extension\/plugin\/(\.plugin\/plugin\.json|\.mcp\.json|hooks\/[^/]+|skills\/[a-z-]+\/SKILL\.md)$/,
  /^extension\/prompts\/[a-z-]+\.(prompt|instructions)\.md$/,
];

/** Packs what extension/dist holds. */
export function packageExtension() {
  const texts = ["README.md", "CHANGELOG.md", "LICENSE", "NOTICE"];
  for (const name of texts) copyFileSync(join(root, name), join(extension, name));
  const readme = join(extension, "README.md");
  writeFileSync(readme, withPictures(readFileSync(readme, "utf8")));
  rmSync(vsix, { force: true });
  try {
    run(
      process.execPath,
      [
        join(root, "node_modules/@vscode/vsce/vsce"),
        ...["package", "--no-dependencies", "--allow-missing-repository", "--skip-license"],
        ...["--no-update-package-json", "--no-rewrite-relative-links"],
        ...["--out", vsix],
      ],
      { cwd: extension },
    );
  } finally {
    for (const name of texts) rmSync(join(extension, name), { force: true });
  }
  checkPackage();
}

/** A page with its pictures in itself: the editor loads none from a package, and none from elsewhere is ours. */
function withPictures(markdown) {
  return markdown.replace(/\]\((docs\/pictures\/[\w-]+\.png)\)/g, (_, path) => {
    const picture = readFileSync(join(root, path)).toString("base64");
    return `](data:image/png;base64,${picture})`;
  });
}

/** Fails if the package holds what it should not, or is too large. */
function checkPackage() {
  const { size } = statSync(vsix);
  const names = Object.keys(unzipSync(readFileSync(vsix)));
  const foreign = names.filter((name) => !allowed.some((pattern) => pattern.test(name)));
  if (foreign.length > 0) {
    throw new Refusal(`The package holds what users do not need: ${foreign.join(", ")}.`);
  }
  for (const needed of [
    "dist/node.js",
    "dist/web.js",
    "dist/cli.js",
    "dist/commands.js",
    "dist/hook.js",
    "dist/mcp.js",
    "dist/webview/search.js",
    "dist/webview/page.js",
    "dist/recollect.wasm",
    "dist/model.js",
    "dist/model.wasm",
    "media/meaning.bin",
    "plugin/.plugin/plugin.json",
    "plugin/.mcp.json",
    "plugin/hooks/hooks.json",
    "package.json",
    "package.nls.de.json",
    "package.nls.ja.json",
    "l10n/bundle.l10n.de.json",
    "l10n/bundle.l10n.ja.json",
  ]) {
    if (!names.includes(`extension/${needed}`)) {
      throw new Refusal(`The package lacks ${needed}.`);
    }
  }
  if (size > budgets.vsixBytes) {
    throw new Refusal(`The package has ${size} bytes, more than the ${budgets.vsixBytes} allowed.`);
  }
  console.log(`package: ${vsix} has ${names.length} files, ${Math.round(size / 1024)} KB`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await command(packageExtension);
