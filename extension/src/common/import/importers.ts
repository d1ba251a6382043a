import { claudeCode } from "./claudeCode.js";
import { codex } from "./codex.js";
import type { Importer } from "./Importer.js";

/** Everything that can be taken in, in the order in which it is listed. */
export const IMPORTERS: readonly Importer[] = [claudeCode, codex];
