import * as vscode from "vscode";
import type { Memories } from "../../common/memories/Memories.js";
import type { Storage } from "../Host.js";

/** Several events often come for one file. */
const NEWS_DEBOUNCE_MS = 50;

/** A window that nobody looks at still lets go of what another one has forgotten. */
const UNFOCUSED_POLL_MS = 50_000;

/** Takes in what other windows write, sooner while somebody may be looking. */
export function keepFresh(
  memories: Memories,
  { pollMs, watch }: Pick<Storage, "pollMs" | "watch">,
): vscode.Disposable {
  const polls = [
    setInterval(() => {
      if (vscode.window.state.focused) void memories.refresh();
    }, pollMs),
    setInterval(() => void memories.refresh(), UNFOCUSED_POLL_MS),
  ];
  let news: ReturnType<typeof setTimeout> | undefined;
  const onNews = (): void => {
    clearTimeout(news);
    news = setTimeout(() => void memories.refreshNow(), NEWS_DEBOUNCE_MS);
  };
  return vscode.Disposable.from(
    vscode.window.onDidChangeWindowState(({ focused }) => {
      if (focused) void memories.refresh();
    }),
    { dispose: () => polls.forEach((poll) => clearInterval(poll)) },
    { dispose: () => clearTimeout(news) },
    ...(watch === undefined ? [] : [watch(onNews)]),
  );
}
