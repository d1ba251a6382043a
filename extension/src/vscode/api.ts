import type { SearchRequest, TimelineRequest } from "recollect-wasm";
import * as vscode from "vscode";
import type { RecollectApi } from "../../api.js";
import type { Handler } from "../http/createHandler.js";
import type { App } from "./App.js";
import { httpHandler } from "./httpHandler.js";
import { rememberText } from "./commands/remember.js";

/** What `activate` gives to other extensions, and how it ends. */
export interface OfferedApi extends vscode.Disposable {
  readonly api: RecollectApi;
}

/** The API over what the editor uses itself. Nothing is loaded before it is called. */
export function offerApi(app: App): OfferedApi {
  const { memories, projects } = app;
  // Another extension is not the user, whatever it says of itself.
  const asked = { memories: memories.askedBy("client"), projects };
  const changed = new vscode.EventEmitter<{ remembered: readonly string[]; forgotten: number }>();
  const stopListening = memories.changes.listen((change) => changed.fire(change));
  let handler: Promise<Handler> | undefined;
  const api: RecollectApi = {
    version: 1,
    async remember({ text, title, author = "tool", file, concepts }) {
      const appended = await rememberText(
        asked,
        {
          text,
          ...(title === undefined ? {} : { title }),
          ...(file === undefined ? {} : { file }),
          ...(concepts === undefined ? {} : { concepts: [...concepts] }),
        },
        author,
      );
      return appended.status === "pending"
        ? { status: "remembered", id: appended.id }
        : { status: "skipped", reason: "private" };
    },
    search(query, { projects, kinds, ...options } = {}) {
      const request: SearchRequest = { ...options, text: query };
      if (projects !== undefined) request.projects = [...projects];
      if (kinds !== undefined) request.kinds = [...kinds];
      return memories.search(request);
    },
    async timeline(around, { projects, ...options } = {}) {
      const request: TimelineRequest = { ...options, anchor: around };
      if (projects !== undefined) request.projects = [...projects];
      return (await memories.timeline(request)).items;
    },
    get: (ids) => memories.get([...ids]),
    markHarmless: (id) => memories.markHarmless(id),
    edit: (id, { title, narrative, type }) =>
      asked.memories.edit(id, {
        ...(title === undefined ? {} : { title }),
        ...(narrative === undefined ? {} : { narrative }),
        ...(type === undefined ? {} : { type }),
      }),
    pin: (id, isPinned) => asked.memories.edit(id, { isPinned }),
    context: (ids, maxTokens) =>
      memories.context({ ids: [...ids], ...(maxTokens === undefined ? {} : { maxTokens }) }),
    sessions: (options = {}) => memories.sessions(options),
    patterns: (options = {}) => memories.patterns(options),
    onDidChange: changed.event,
    async fetch(request) {
      handler ??= httpHandler(app);
      return (await handler)(request);
    },
  };
  return {
    api: Object.freeze(api),
    dispose() {
      stopListening();
      changed.dispose();
      void handler?.then((open) => open.close());
    },
  };
}
