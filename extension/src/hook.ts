import { runHook } from "./node/cli/hook.js";

runHook(process.argv.slice(3)).then(
  () => process.exit(0),
  // Whatever happens, the agent goes on.
  () => process.exit(0),
);
