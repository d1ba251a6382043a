import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type ToolDescription, toolDescriptions } from "../../common/tools/toolDescriptions.js";

/** The version in the extension's manifest, which lies beside the folder of the bundle. */
export async function version(): Promise<string> {
  const { version: found } = (await json("package.json")) as { version?: unknown };
  return typeof found === "string" ? found : "unknown";
}

/** The tools for language models that the manifest contributes. */
export async function manifestTools(): Promise<ToolDescription[]> {
  const [manifest, words] = await Promise.all([json("package.json"), json("package.nls.json")]);
  return toolDescriptions(manifest, words as Record<string, unknown>);
}

async function json(name: string): Promise<unknown> {
  return JSON.parse(await readFile(join(__dirname, "..", name), "utf8"));
}
