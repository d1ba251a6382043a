import type { Answer, AskRequest } from "recollect-wasm";
import { whereToRecall } from "../../common/recall/recallable.js";
import type { App } from "../App.js";

/** What answers a question that is asked in this window: of its projects, with what is at hand. */
export async function askHere(
  app: App,
  text: string,
  more: Partial<AskRequest> = {},
): Promise<Answer> {
  const projects = await app.projects.atHand();
  const { file } = app.projects.near(undefined);
  const me = await app.projects.user();
  return app.memories.ask({
    text,
    ...whereToRecall(projects.map(({ id }) => id)),
    ...(file === undefined ? {} : { file }),
    ...(me === undefined ? {} : { me }),
    ...more,
  });
}
