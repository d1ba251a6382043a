// A sample of what another extension does with Recollect: remember, find, follow changes, and ask
// the endpoints that clients of other memories know. A test runs it in a real editor.

import * as vscode from "vscode";
import type { RecollectApi } from "../../../../extension/api.js";

/** What came of it, for the test to look at. */
export interface SampleResult {
  readonly version: number;
  readonly remembered: string;
  readonly found: readonly string[];
  readonly told: boolean;
  readonly context: string;
  readonly around: number;
  readonly sessions: number;
  readonly patterns: number;
  readonly health: unknown;
  readonly stored: unknown;
  readonly events: unknown;
  readonly wrong: number;
}

export async function useRecollect(text: string): Promise<SampleResult> {
  const recollect = vscode.extensions.getExtension<RecollectApi>("recollect.recollect");
  const api = await recollect?.activate();
  if (api?.version !== 1) throw new Error("Recollect is not here, or is of another kind");

  const changes: string[] = [];
  const subscription = api.onDidChange(({ remembered }) => changes.push(...remembered));
  const remembered = await api.remember({ text, concepts: ["sample"] });
  subscription.dispose();
  if (remembered.status !== "remembered") throw new Error("it was private");

  const { hits } = await api.search(text, { limit: 5 });
  const { text: context } = await api.context([remembered.id]);
  const ask = async (path: string, body?: object): Promise<Response> =>
    api.fetch(
      new Request(`http://recollect${path}`, {
        method: body === undefined ? "GET" : "POST",
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    );
  const event = { event_type: "build", session_id: "sample", content: text };
  return {
    version: api.version,
    remembered: remembered.id,
    found: hits.map(({ id }) => id),
    told: changes.includes(remembered.id),
    context,
    around: (await api.timeline({ id: remembered.id })).length,
    health: await (await ask("/api/health")).json(),
    stored: await (await ask(`/memory/${remembered.id}`)).json(),
    events: await (await ask("/api/ide/events", event)).json(),
    sessions: (await api.sessions()).total,
    patterns: (await api.patterns()).length,
    wrong: (await ask("/api/search?limit=-1")).status,
  };
}
