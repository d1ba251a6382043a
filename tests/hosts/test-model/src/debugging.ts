import * as vscode from "vscode";

/** A message of the debug adapter protocol, as far as it matters here. */
interface Message {
  readonly seq: number;
  readonly command?: string;
}

/** A debugger that runs nothing: it says yes to everything until it is told to end. */
class EmptyDebugger implements vscode.DebugAdapter {
  readonly #sent = new vscode.EventEmitter<vscode.DebugProtocolMessage>();

  readonly onDidSendMessage = this.#sent.event;

  handleMessage(message: vscode.DebugProtocolMessage): void {
    // The editor's type of a message says nothing of what is in it.
    const { seq, command } = message as Message;
    if (command === undefined) return;
    this.#send({
      type: "response",
      request_seq: seq,
      command,
      success: true,
      body: { threads: [] },
    });
    if (command === "initialize") this.#send({ type: "event", event: "initialized" });
    if (command === "disconnect" || command === "terminate")
      this.#send({ type: "event", event: "terminated" });
  }

  dispose(): void {
    this.#sent.dispose();
  }

  #send(message: object): void {
    this.#sent.fire({ seq: 0, ...message });
  }
}

/** Offers debugging that works in both extension hosts. */
export function registerDebugger(): vscode.Disposable {
  return vscode.debug.registerDebugAdapterDescriptorFactory("recollect-test", {
    createDebugAdapterDescriptor: () =>
      new vscode.DebugAdapterInlineImplementation(new EmptyDebugger()),
  });
}

/** Debugs under a name, and stops as soon as that has begun. */
export async function debugOnce(name: string): Promise<void> {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  const hasBegun = await vscode.debug.startDebugging(folder, {
    ...{ type: "recollect-test", request: "launch", name },
    internalConsoleOptions: "neverOpen",
  });
  if (!hasBegun) throw new Error("debugging did not begin");
  await vscode.debug.stopDebugging();
}
