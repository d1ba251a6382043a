import { ownGit } from "./ownGit.js";

/** Whoever works in a folder, as the commits of its repository name them. */
export async function gitUser(folder: string): Promise<string | undefined> {
  const name = await ownGit(folder, ["config", "user.name"]).catch(() => "");
  return name.trim() === "" ? undefined : name.trim();
}
