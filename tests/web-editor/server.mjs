// Serves the built editor, the packaged extension and the probe to a browser on this machine. Keeps nothing.

import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { unzipSync } from "fflate";
import { ownRepository } from "../hosts/ownRepository.mjs";
import { GitHubStandIn } from "../stand-ins/gitHub.mjs";

const TYPES = {
  ".css": "text/css",
  ".html": "text/html",
  ".js": "text/javascript",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
};

/** Starts the server on a free port, with the built editor of a folder. */
export async function serveWebEditor(built) {
  const extension = unzipSync(await readFile(await packagedExtension()));

  const fileAt = async (path) => {
    const recollect = /^\/extensions\/recollect\/(.+)$/.exec(path)?.[1];
    if (recollect !== undefined) return extension[`extension/${recollect}`];
    const name =
      path === "/"
        ? "index.html"
        : (/^\/dist\/(.+)$/.exec(path)?.[1] ?? /^\/extensions\/(probe\/.+)$/.exec(path)?.[1]);
    if (name === undefined) return undefined;
    // What a path climbs above the folder is cut off.
    return readFile(join(built, normalize(`/${name}`))).catch(() => undefined);
  };

  // No test may hold what looks like a real key.
  const token = `t-${randomUUID()}`;
  const gitHub = new GitHubStandIn({ owner: "team", name: "shop", token });

  const server = createServer((request, response) => {
    if (request.url.startsWith("/github/")) {
      answerAsGitHub(gitHub, request, response);
      return;
    }
    const { pathname } = new URL(request.url, "http://localhost");
    void fileAt(decodeURIComponent(pathname)).then((bytes) => {
      // The extension host has an origin of its own and reads its worker and the extensions from here.
      response.setHeader("Access-Control-Allow-Origin", "*");
      response.setHeader("Cache-Control", "no-cache");
      if (bytes === undefined) {
        response.writeHead(404).end();
        return;
      }
      const type = pathname === "/" ? ".html" : extname(pathname);
      response.setHeader("Content-Type", TYPES[type] ?? "application/octet-stream");
      response.end(bytes);
    });
  });
  await new Promise((settle, fail) => {
    server.once("error", fail);
    server.listen(0, "127.0.0.1", settle);
  });

  return {
    gitHub,
    // The editor's frame accepts workers from localhost by name only.
    url: (folder) =>
      `http://localhost:${server.address().port}/?${new URLSearchParams({ folder })}`,
    stop: async () => {
      const closed = new Promise((settle) => server.close(settle));
      server.closeAllConnections();
      await closed;
    },
  };
}

/** As GitHub's interface lets pages of other origins ask, and read what stands in the headers. */
const OPEN_TO_PAGES = {
  "Access-Control-Allow-Origin": "*",
  "Access-Control-Allow-Headers": "Authorization, If-None-Match",
  "Access-Control-Expose-Headers":
    "ETag, Link, Retry-After, X-RateLimit-Remaining, X-RateLimit-Reset",
};

function answerAsGitHub(gitHub, request, response) {
  if (request.method === "OPTIONS") {
    response.writeHead(204, OPEN_TO_PAGES).end();
    return;
  }
  const { status, text, headers } = gitHub.answer(
    request.method,
    request.url,
    new globalThis.Headers(request.headers),
  );
  response.writeHead(status, { ...OPEN_TO_PAGES, ...headers }).end(text ?? "");
}

/** The package that `npm run package` makes; `RECOLLECT_VSIX` names another one. */
async function packagedExtension() {
  if (process.env.RECOLLECT_VSIX !== undefined) return process.env.RECOLLECT_VSIX;
  const folder = join(ownRepository, "extension");
  const { version } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
  return join(folder, `recollect-${version}.vsix`);
}
