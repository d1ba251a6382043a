// A sample of what another extension does with Recollect: remember, find, follow changes, and ask
// the endpoints that clients of other memories know. A test runs it in a real editor.

import * as vscode from "vscode";
import type { RecollectApi } from "../../../../extension/api.js";

/** Does all of it with one text, and gives what came of it for the test to look at. */
export async function useRecollect(text: string): Promise<object> {
  const recollect = vscode.extensions.getExtension<RecollectApi>("recollect.recollect");
  const api = await recollect?.activate();
  if (api?.version !== 1) throw new Error("Recollect is not here, or is of another kind");

  const changes: string[] = [];
  const subscription = api.onDidChange(({ remembered }) => changes.push(...remembered));
  const remembered = await api.remember({ text, concepts: ["sample"] });
  subscription.dispose();
  if (remembered.status !== "remembered") throw new Error("it was private");

  const { hits } = await api.search(text, { limit: 5 });
  const [whole] = await api.get([remembered.id]);
  const ask = async (path: string, body?: object): Promise<Response> => {
    const posted = { method: "POST", body: JSON.stringify(body) };
    return api.fetch(new Request(`http://recollect${path}`, body && posted));
  };
  const event = { event_type: "build", session_id: "sample", content: text };
  return {
    version: api.version,
    remembered: remembered.id,
    found: hits.map(({ id }) => id),
    concepts: whole?.concepts,
    told: changes.includes(remembered.id),
    context: (await api.context([remembered.id])).text,
    around: (await api.timeline({ id: remembered.id })).length,
    health: await (await ask("/api/health")).json(),
    stored: await (await ask(`/memory/${remembered.id}`)).json(),
    events: await (await ask("/api/ide/events", event)).json(),
    sessions: (await api.sessions()).total,
    patterns: (await api.patterns()).length,
    wrong: (await ask("/api/search?limit=-1")).status,
  };
}
