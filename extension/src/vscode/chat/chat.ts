import * as vscode from "vscode";
import { CHAT_PARTICIPANT, isChatCommand } from "../../common/tools/contributions.js";
import { describe } from "../../common/Log.js";
import type { App } from "../App.js";
import { answerQuestion } from "./chatAnswer.js";
import { followUps, type FollowUp } from "../../common/recall/followUps.js";
import { chatCommands, type ChatTurn, type Shown } from "./chatCommands.js";
import { sentenceAbout } from "../errors.js";
import { iconOn } from "../views/icon.js";

/** What a turn leaves for those that come after it. */
interface TurnMetadata {
  readonly followUps: readonly FollowUp[];
  /** The question that this turn was about: the one before, where it had no subject of its own. */
  readonly about?: string;
}

export function registerChat(app: App, extensionUri: vscode.Uri): vscode.Disposable {
  const participant = vscode.chat.createChatParticipant(
    CHAT_PARTICIPANT,
    (request, context, stream, token) => {
      const again = app.repeated.take(request.prompt);
      const earlier = again === undefined ? earlierQuestion(context) : again.earlier;
      const without = again?.without ?? [];
      return handle(app, { request, stream, token, earlierQuestion: earlier, without });
    },
  );
  participant.iconPath = iconOn(extensionUri);
  participant.followupProvider = {
    // What a turn returned comes back as it was, or is missing if the turn failed.
    provideFollowups: ({ metadata }) => [
      ...((metadata as Partial<TurnMetadata> | undefined)?.followUps ?? []),
    ],
  };
  return participant;
}

async function handle(app: App, turn: ChatTurn): Promise<vscode.ChatResult> {
  const { command } = turn.request;
  try {
    if (command !== undefined && !isChatCommand(command)) {
      return { errorDetails: { message: vscode.l10n.t("There is no command /{0}.", command) } };
    }
    const run = command === undefined ? answerQuestion : chatCommands[command];
    const shown = await run(app, turn);
    return { metadata: await metadataOf(app, turn, shown) };
  } catch (error) {
    app.log.error(`chat: ${describe(error)}`);
    const message =
      sentenceAbout(error) ??
      vscode.l10n.t("The memories cannot be read right now. The Recollect log says why.");
    return { errorDetails: { message } };
  }
}

async function metadataOf(app: App, turn: ChatTurn, shown: Shown): Promise<TurnMetadata> {
  const { hits, answer } = shown;
  const memories = await app.memories.get(hits.slice(0, LEADING).map(({ id }) => id));
  const full = hits.map((hit) => {
    const memory = memories.find(({ id }) => id === hit.id);
    return memory === undefined ? hit : { ...hit, memory };
  });
  const { earlierQuestion, request } = turn;
  const hasLeant = answer?.notes.some(({ kind }) => kind === "used_earlier") === true;
  const about = hasLeant ? earlierQuestion : request.prompt.trim();
  return {
    followUps: followUps({ hits: full, answer }, vscode.l10n),
    ...(answer === undefined || about === undefined ? {} : { about }),
  };
}

/** Memories whose files follow-ups may be about. */
const LEADING = 3;

/** What the last question to this participant in the same conversation was about. */
function earlierQuestion({ history }: vscode.ChatContext): string | undefined {
  const last = history
    .filter(
      (turn): turn is vscode.ChatResponseTurn =>
        turn instanceof vscode.ChatResponseTurn && turn.participant === CHAT_PARTICIPANT,
    )
    .map(({ result }) => (result.metadata as Partial<TurnMetadata> | undefined)?.about)
    .findLast((about) => about !== undefined);
  if (last !== undefined) return last;
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
