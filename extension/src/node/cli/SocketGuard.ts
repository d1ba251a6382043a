import { createHash, timingSafeEqual } from "node:crypto";
import { forItsReaderOnly } from "../../http/readerOnly.js";
import { Refusal } from "../../http/Refusal.js";

/** Origins of the editor's own pages; the last two are every page of a web editor's hosts. */
const EDITOR_ORIGINS = [
  /^vscode-webview:\/\/[a-z0-9-]+$/,
  /^https:\/\/(insiders\.)?vscode\.dev$/,
  /^https:\/\/github\.dev$/,
  /^https:\/\/[a-z0-9-]+\.vscode-cdn\.net$/,
];

/** Names that lead to this machine and nowhere else. */
const LOCAL_NAMES = ["127.0.0.1", "localhost", "[::1]"];

const ALLOWED_HEADERS = "Authorization, Content-Type, X-API-Key, X-Recollect-Token";
const ALLOWED_METHODS = "GET, POST, PATCH, DELETE, OPTIONS";

/** Lets requests through that come from a program which was given the token. */
export class SocketGuard {
  readonly #token: string | undefined;
  readonly #port: () => number;

  /** Without a token, every program of this machine is let through. */
  constructor(token: string | undefined, port: () => number) {
    this.#token = token;
    this.#port = port;
  }

  /** Answers a request through `handler`, or refuses it. */
  async answer(
    request: Request,
    handler: (request: Request) => Promise<Response>,
  ): Promise<Response> {
    let origin: string | undefined;
    try {
      this.#requireOwnHost(request);
      origin = this.#allowedOrigin(request);
      if (request.method === "OPTIONS" && origin !== undefined) return preflight(origin);
      this.#requireToken(request);
      return readableBy(origin, await handler(request));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const headers: Record<string, string> =
        error.status === 401 ? { "WWW-Authenticate": "Bearer" } : {};
      const refused = Response.json({ error: error.message }, { status: error.status, headers });
      return readableBy(origin, forItsReaderOnly(refused));
    }
  }

  /** A page whose name was made to lead here sends its own name. */
  #requireOwnHost(request: Request): void {
    const host = request.headers.get("Host")?.toLowerCase();
    if (!LOCAL_NAMES.some((name) => host === `${name}:${this.#port()}`)) {
      throw new Refusal(403, "Host must be this machine's own address");
    }
  }

  /** The page's origin, if it is another one that may read answers. Refuses every other page. */
  #allowedOrigin(request: Request): string | undefined {
    const origin = request.headers.get("Origin") ?? undefined;
    if (origin !== undefined) {
      if (LOCAL_NAMES.some((name) => origin === `http://${name}:${this.#port()}`)) return undefined;
      const isEditor = EDITOR_ORIGINS.some((pattern) => pattern.test(origin));
      if (isEditor && this.#token !== undefined) return origin;
      throw new Refusal(403, "Origin must be this address or the editor's");
    }
    // A page can ask for images and scripts without naming itself.
    const site = request.headers.get("Sec-Fetch-Site");
    if (site === "cross-site" || site === "same-site") {
      throw new Refusal(403, "Origin must be this address or the editor's");
    }
    return undefined;
  }

  #requireToken(request: Request): void {
    if (this.#token === undefined) return;
    const token = this.#token;
    // Any of them is enough: a client may send something else of its own in another place.
    if (!givenTokens(request).some((given) => isSame(given, token))) {
      throw new Refusal(401, "the token is missing or wrong: send it as Authorization: Bearer …");
    }
  }
}

/** Everything that could be the token, wherever clients of the compatible systems put theirs. */
function givenTokens(request: Request): string[] {
  const [, scheme = "", value = ""] =
    /^(Bearer|Basic) +(\S+)$/i.exec(request.headers.get("Authorization") ?? "") ?? [];
  return [
    ...(scheme.toLowerCase() === "bearer" ? [value] : []),
    ...(scheme.toLowerCase() === "basic" ? namesOf(value) : []),
    request.headers.get("X-Recollect-Token"),
    request.headers.get("X-API-Key"),
    new URL(request.url).searchParams.get("token"),
  ].filter((given) => given !== null);
}

/** User and password of an address such as `http://<token>@127.0.0.1`: either may be the token. */
function namesOf(credentials: string): string[] {
  const [user = "", ...password] = Buffer.from(credentials, "base64").toString("utf8").split(":");
  return [user, password.join(":")];
}

/** An answer that a page of this origin may read, if there is one. */
function readableBy(origin: string | undefined, response: Response): Response {
  if (origin === undefined) return response;
  const shared = new Response(response.body, response);
  shared.headers.set("Access-Control-Allow-Origin", origin);
  shared.headers.append("Vary", "Origin");
  return shared;
}

function preflight(origin: string): Response {
  return new Response(null, {
    status: 204,
    headers: {
      "Access-Control-Allow-Origin": origin,
      "Access-Control-Allow-Headers": ALLOWED_HEADERS,
      "Access-Control-Allow-Methods": ALLOWED_METHODS,
      "Access-Control-Max-Age": "600",
      Vary: "Origin",
    },
  });
}

/** Takes as long whatever differs. */
function isSame(a: string, b: string): boolean {
  const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
