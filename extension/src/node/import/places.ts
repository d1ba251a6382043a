import type { ToldPlace } from "../../common/import/takeIn.js";
import type { Memories } from "../../common/memories/Memories.js";
import { placeOfFolder } from "../git/gitProject.js";
import { RootCommits } from "../../common/git/RootCommits.js";

/** The project and the roots of folders, each looked up once. */
export function placesOf(memories: Memories): (folder: string) => Promise<ToldPlace> {
  const known = new RootCommits();
  const places = new Map<string, Promise<ToldPlace>>();
  return (folder) => {
    const looked =
      places.get(folder) ??
      (async () => {
        const { place, roots } = await placeOfFolder(folder, known);
        return { project: await memories.projectAt(place), roots };
      })();
    places.set(folder, looked);
    return looked;
  };
}
