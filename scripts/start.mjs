// Builds everything and opens a real VS Code in the browser with the extension and this repository.
//
// `--once` holds the first conversation in a browser without a screen instead, prints the answer
// and saves a screenshot.

import { join } from "node:path";
import { buildExtension, buildModule } from "./build.mjs";
import { packageExtension, vsix } from "./package.mjs";
import { command, root } from "./process.mjs";

await command(async () => {
  buildModule();
  buildExtension();
  packageExtension();
  if (process.argv.includes("--once")) await converse();
  else await open();
});

async function converse() {
  const { firstConversation } = await import("../tests/hosts/first-conversation.mjs");
  const screenshot = join(root, "screenshots/first-conversation.png");
  const { question, answer } = await firstConversation({ screenshot });
  console.log(`\n${question}\n\n${answer}\n\nThe screenshot is ${screenshot}.`);
}

async function open() {
  const { startEditor } = await import("../tests/hosts/editor.mjs");
  const editor = await startEditor({ folder: root, vsixes: [vsix] });
  console.log(`\nOpen ${editor.url} in a browser; Ctrl-C ends it.`);
  await new Promise((settle) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.once(signal, settle);
  });
  await editor.stop();
}
