import type { Case } from "./Case.js";
import { claudeMem } from "./claudeMem.js";
import { omniMemory } from "./omniMemory.js";
import { openMemory } from "./openMemory.js";

/** The whole contract, by the system that published it. */
export const contract: Readonly<Record<string, readonly Case[]>> = {
  "claude-mem": claudeMem,
  OpenMemory: openMemory,
  OmniMemory: omniMemory,
};
