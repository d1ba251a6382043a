import * as vscode from "vscode";
import { agentStep, type Step } from "./agentStep.js";

const MODEL: vscode.LanguageModelChatInformation = {
  id: "test-1",
  name: "Test Model",
  family: "test",
  version: "1",
  maxInputTokens: 16_000,
  maxOutputTokens: 2_000,
  capabilities: { toolCalling: true },
};

/** A language model that answers from the fenced memories in its prompt and from nothing else. */
export class TestModel implements vscode.LanguageModelChatProvider {
  readonly #changed = new vscode.EventEmitter<void>();
  #refusal: string | undefined;
  #received: readonly string[] = [];
  #answer: string | undefined;
  #isAgent = false;
  readonly #steps: Step[] = [];

  /** The messages of the last request, each as its text. */
  get received(): readonly string[] {
    return this.#received;
  }

  readonly onDidChangeLanguageModelChatInformation = this.#changed.event;

  /** Tells the editor to ask for the model now; otherwise it does so only after the first message was refused. */
  announce(): void {
    this.#changed.fire();
  }

  /** Fails every request from now on. */
  refuseRequests(because: string): void {
    this.#refusal = because;
  }

  answerRequests(): void {
    this.#refusal = undefined;
  }

  /** Answers every request with this text from now on, or else as it likes. */
  answerWith(text: unknown): void {
    this.#answer = typeof text === "string" ? text : undefined;
  }

  /** Answers from now on as the model of an agent, which chooses by what it is told. */
  followSkills(): void {
    this.#isAgent = true;
    this.announce();
  }

  /** The steps that it took as the model of an agent since the last time. */
  takeSteps(): Step[] {
    return this.#steps.splice(0);
  }

  provideLanguageModelChatInformation(): vscode.LanguageModelChatInformation[] {
    // Without both, the Chat view does not offer the model; they are not in the published types yet.
    // What an agent tells its model is long, and would be summed up by the model itself.
    const maxInputTokens = this.#isAgent ? 128_000 : MODEL.maxInputTokens;
    return [
      {
        ...MODEL,
        maxInputTokens,
        isUserSelectable: true,
        isDefault: true,
      } as vscode.LanguageModelChatInformation,
    ];
  }

  async provideLanguageModelChatResponse(
    _model: vscode.LanguageModelChatInformation,
    messages: readonly vscode.LanguageModelChatRequestMessage[],
    options: vscode.ProvideLanguageModelChatResponseOptions,
    progress: vscode.Progress<vscode.LanguageModelResponsePart>,
  ): Promise<void> {
    if (this.#refusal !== undefined) throw vscode.LanguageModelError.Blocked(this.#refusal);
    this.#received = messages.map(textOf);
    if (this.#isAgent) {
      const step = agentStep(messages, options.tools ?? []);
      this.#steps.push(step);
      progress.report(
        "text" in step
          ? new vscode.LanguageModelTextPart(step.text)
          : new vscode.LanguageModelToolCallPart(
              `call-${crypto.randomUUID()}`,
              step.tool,
              step.input,
            ),
      );
      return;
    }
    // In pieces, as a real model streams, so that citations are cut in two.
    const answer = this.#answer ?? answerTo(this.#received.join("\n"));
    for (const piece of answer.match(/.{1,7}/gs) ?? []) {
      progress.report(new vscode.LanguageModelTextPart(piece));
    }
  }

  async provideTokenCount(
    _model: vscode.LanguageModelChatInformation,
    text: string | vscode.LanguageModelChatRequestMessage,
  ): Promise<number> {
    return Math.ceil((typeof text === "string" ? text : textOf(text)).length / 4);
  }
}

/** One sentence that quotes and cites the first memories of the prompt, or says that there are none; JSON if that is asked for. */
export function answerTo(prompt: string): string {
  if (prompt.includes("Answer with a JSON array")) return JSON.stringify(rewritten(prompt));
  const cited = fencedMemories(prompt)
    .slice(0, 2)
    .map(({ label, title }) => `“${title}” [${label}]`);
  return cited.length === 0
    ? "The test model was given no memories."
    : `The test model read ${cited.join(" and ")} in the memories.`;
}

/** Every memory of the prompt in other words. */
function rewritten(prompt: string): object[] {
  return fencedMemories(prompt).map(({ label, title }) => ({
    label,
    title: `In other words: ${title}`,
    subtitle: "As a model would say it",
    narrative: "The test model wrote this.",
    facts: [`A model put this otherwise: ${title}`],
    concepts: ["in other words"],
  }));
}

/** Labels and titles in the block between `<<<MEM-…` and `MEM-…>>>`. */
function fencedMemories(prompt: string): { label: string; title: string }[] {
  const block = /<<<(MEM-[0-9a-f]+)\n(.*?)\n?\1>>>/s.exec(prompt)?.[2] ?? "";
  const memories = block.matchAll(/^\[(m\d+)\] [^\n]*\n\| ([^\n]*)$/gm);
  return [...memories].map(([, label = "", title = ""]) => ({ label, title }));
}

function textOf({ content }: vscode.LanguageModelChatRequestMessage): string {
  return content
    .map((part) => (part instanceof vscode.LanguageModelTextPart ? part.value : ""))
    .join("");
}
