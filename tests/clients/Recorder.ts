/** Stands between a client and the server, and notes what the client asks. */
import { createServer, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** One request of a client, with nothing in it of the machine it ran on. */
export interface Call {
  /** What the client was doing. */
  readonly by: string;
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
  readonly status: number;
}

export class Recorder implements AsyncDisposable {
  readonly calls: Call[] = [];
  /** What the client does now. */
  by = "";
  readonly #server: Server;

  private constructor(
    origin: string,
    readonly withoutMachine: (text: string) => string,
  ) {
    const target = new URL(origin);
    this.#server = createServer((asked, answer) => {
      const { by } = this;
      const { method = "GET", url = "/" } = asked;
      const parts: Buffer[] = [];
      asked.on("data", (part: Buffer) => parts.push(part));
      asked.on("end", () => {
        const body = Buffer.concat(parts);
        const headers = { ...asked.headers, host: target.host };
        const passed = request(
          { host: target.hostname, port: target.port, method, path: url, headers },
          (given) => {
            this.#note({ by, method, path: url, status: given.statusCode ?? 0 }, body);
            answer.writeHead(given.statusCode ?? 502, given.headers);
            given.pipe(answer);
          },
        );
        passed.on("error", () => answer.destroy());
        passed.end(body);
      });
    });
  }

  /** Listens on a free port and passes everything on to `origin`. */
  static async start(origin: string, withoutMachine: (text: string) => string): Promise<Recorder> {
    const recorder = new Recorder(origin, withoutMachine);
    await new Promise<void>((resolve) => recorder.#server.listen(0, "127.0.0.1", resolve));
    return recorder;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #note(call: Call, bytes: Buffer): void {
    const body = bytes.length === 0 ? {} : { body: JSON.parse(bytes.toString("utf8")) as unknown };
    const text = JSON.stringify({ ...call, path: decodeURIComponent(call.path), ...body });
    const kept = JSON.parse(this.withoutMachine(text)) as Call;
    this.calls.push({ ...kept, path: encodeURI(kept.path) });
  }
}
