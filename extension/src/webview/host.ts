/** What the editor gives to a webview. */
interface Editor<Message, State> {
  postMessage(message: Message): void;
  getState(): State | undefined;
  setState(state: State): void;
}

declare function acquireVsCodeApi(): Editor<unknown, unknown>;

/** The extension behind a webview: takes messages, and tells news. */
export interface Host<Message, State> {
  tell(message: Message): void;
  readonly state: State | undefined;
  keep(state: State): void;
}

/** Connects the page with its extension; can be called once. */
export function connect<Message, State>(onNews: (news: unknown) => void): Host<Message, State> {
  // The messages' types are those of `protocol`, on both sides.
  const editor = acquireVsCodeApi() as Editor<Message, State>;
  window.addEventListener("message", ({ data }) => onNews(data));
  return {
    tell: (message) => editor.postMessage(message),
    state: editor.getState(),
    keep: (state) => editor.setState(state),
  };
}

/** Words of the user's language, which the extension has put into the page. */
export function wordsOfPage(): (name: string) => string {
  const text = document.body.dataset["words"] ?? "{}";
  const words = JSON.parse(text) as Record<string, string>;
  return (name) => words[name] ?? name;
}
