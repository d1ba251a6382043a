import * as vscode from "vscode";
import { CHAT_PARTICIPANT, isChatCommand } from "../../common/tools/contributions.js";
import { describe } from "../../common/Log.js";
import type { App } from "../App.js";
import { answerQuestion } from "./chatAnswer.js";
import { chatCommands, type ChatTurn } from "./chatCommands.js";
import { sentenceAbout } from "../errors.js";

/** What a turn leaves for its follow-ups. */
interface TurnMetadata {
  readonly command: string;
  readonly hits: number;
}

export function registerChat(app: App, extensionUri: vscode.Uri): vscode.Disposable {
  const participant = vscode.chat.createChatParticipant(
    CHAT_PARTICIPANT,
    (request, context, stream, token) =>
      handle(app, { request, stream, token, earlierQuestion: earlierQuestion(context) }),
  );
  participant.iconPath = vscode.Uri.joinPath(extensionUri, "media", "recollect.svg");
  participant.followupProvider = { provideFollowups: ({ metadata }) => followups(metadata) };
  return participant;
}

async function handle(app: App, turn: ChatTurn): Promise<vscode.ChatResult> {
  const { command } = turn.request;
  try {
    if (command !== undefined && !isChatCommand(command)) {
      return { errorDetails: { message: vscode.l10n.t("There is no command /{0}.", command) } };
    }
    const run = command === undefined ? answerQuestion : chatCommands[command];
    const hits = await run(app, turn);
    const metadata: TurnMetadata = { command: command ?? "", hits };
    return { metadata };
  } catch (error) {
    app.log.error(`chat: ${describe(error)}`);
    const message =
      sentenceAbout(error) ??
      vscode.l10n.t("The memories cannot be read right now. The Recollect log says why.");
    return { errorDetails: { message } };
  }
}

/** The last question to this participant in the same conversation. */
function earlierQuestion({ history }: vscode.ChatContext): string | undefined {
  const asked = history.filter(
    (turn): turn is vscode.ChatRequestTurn =>
      turn instanceof vscode.ChatRequestTurn && turn.participant === CHAT_PARTICIPANT,
  );
  return asked
    .filter(
      ({ command, prompt }) =>
        (command === undefined || command === "search") && prompt.trim() !== "",
    )
    .at(-1)?.prompt;
}

function followups(metadata: unknown): vscode.ChatFollowup[] {
  // What a turn returned comes back as it was, or is missing if the turn failed.
  const { command, hits } = (metadata ?? {}) as Partial<TurnMetadata>;
  const recent = { prompt: "", label: vscode.l10n.t("What happened lately?"), command: "recent" };
  const timeline = {
    prompt: "",
    label: vscode.l10n.t("Show the latest as a timeline"),
    command: "timeline",
  };
  switch (command) {
    case undefined:
      return [];
    case "recent":
      return hits === 0 ? [] : [timeline];
    case "timeline":
    case "patterns":
    case "session":
    case "forget":
    case "stats":
      return [recent];
    default:
      return [recent, timeline];
  }
}
