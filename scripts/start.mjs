// Builds everything and opens a real VS Code in the browser with the extension and this repository.
//
// `--once` holds the first conversation in a browser without a screen instead, prints the answer
// and saves a screenshot.

import { join } from "node:path";
import { buildExtension, buildModule } from "./build.mjs";
import { packageExtension, vsix } from "./package.mjs";
import { command, root, toolCache } from "./process.mjs";

const signals = ["SIGINT", "SIGTERM", "SIGHUP"];

await command(async () => {
  buildModule();
  buildExtension();
  packageExtension();
  if (process.argv.includes("--once")) await converse();
  else await open();
});

async function converse() {
  // A signal would otherwise end this process without those that it started.
  for (const signal of signals) process.once(signal, () => process.exit(1));
  const { firstConversation } = await import("../tests/hosts/first-conversation.mjs");
  const screenshot = join(root, "screenshots/first-conversation.png");
  const { question, answer } = await firstConversation({ screenshot });
  console.log(`\n${question}\n\n${answer}\n\nThe screenshot is ${screenshot}.`);
}

async function open() {
  const interrupted = untilInterrupted();
  const { startEditor } = await import("../tests/hosts/editor.mjs");
  const { packTestModel } = await import("../tests/hosts/testModel.mjs");
  // Memories outlast the editor, as they do in the user's own.
  const userDataDir = join(toolCache, "try-out");
  // The Chat view asks nobody as long as there is no language model.
  const vsixes = [vsix, await packTestModel()];
  const editor = await startEditor({ folder: root, vsixes, userDataDir });
  console.log(`\nOpen ${editor.url} in a browser; Ctrl-C ends it.`);
  console.log(`What you remember there is kept in ${userDataDir}.`);
  await interrupted;
  await editor.stop();
}

/** Settles when somebody wants this process to end, or whoever started it has ended. */
function untilInterrupted() {
  return new Promise((settle) => {
    for (const signal of signals) process.once(signal, settle);
    // A signal that ends npm does not reach what npm runs.
    const parent = process.ppid;
    const watch = setInterval(() => {
      if (process.ppid !== parent) settle();
    }, 500);
    watch.unref();
  });
}
