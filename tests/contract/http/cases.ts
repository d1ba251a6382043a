import type { Case } from "./Case.js";
import { claudeMem } from "./claudeMem.js";
import { claudeMemToday } from "./claudeMemToday.js";
import { omniMemory } from "./omniMemory.js";
import { openMemory } from "./openMemory.js";
import { openMemoryClients } from "./openMemoryClients.js";

/** The whole contract, by the system that published it. */
export const contract: Readonly<Record<string, readonly Case[]>> = {
  "claude-mem": claudeMem,
  "claude-mem of today": claudeMemToday,
  OpenMemory: openMemory,
  "OpenMemory's clients": openMemoryClients,
  OmniMemory: omniMemory,
};
