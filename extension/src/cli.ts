import { createRequire } from "node:module";
import { join } from "node:path";

// A hook is run at each use of a tool, so that it loads nothing of the other commands.
const bundle = process.argv[2] === "hook" ? "hook.js" : "commands.js";
createRequire(__filename)(join(__dirname, bundle));
