// Answers as GitHub's REST interface does, as far as a history is learned through it; no network.
//
// A test gives it a repository, and may have it fail; it keeps what it was asked.

import { createHash } from "node:crypto";

/** One repository at a stand-in of GitHub. */
export class GitHubStandIn {
  /** Commits by their hashes; the values are those of the REST interface, with `files`. */
  commits = new Map();
  /** The commit that is shown first. */
  head = "";
  tags = [];
  issues = [];
  /** What was asked, each as its path with what was asked of it. */
  requests = [];
  /** Headers that came along, of the last request. */
  headers = new Map();
  /** Answers in place of the repository, if it gives anything: a status, and headers. */
  fail = () => undefined;
  remaining = 5_000;

  constructor({ owner, name, token }) {
    this.path = `/repos/${owner}/${name}`;
    this.token = token;
  }

  /** Puts a commit on top of others; without any, on the head. */
  commit(message, { parents, at = 1_700_000_000_000 + this.commits.size * 60_000, ...more } = {}) {
    const before = parents ?? (this.head === "" ? [] : [this.head]);
    const { author = "Ada", committedAt = at, files = [] } = more;
    const told = JSON.stringify([message, at, before, author]);
    const sha = more.hash ?? createHash("sha1").update(told).digest("hex");
    const person = (time) => ({
      ...{ name: author, email: `${author.toLowerCase()}@example.com` },
      date: new Date(time).toISOString().replace(".000Z", "Z"),
    });
    this.commits.set(sha, {
      ...{ sha, files, parents: before.map((hash) => ({ sha: hash })) },
      commit: { message, author: person(at), committer: person(committedAt) },
    });
    this.head = sha;
    return sha;
  }

  /** Tells of a pull request or an issue; `more` takes the place of what is told otherwise. */
  issue(number, title, more = {}) {
    this.issues.push({
      ...{ number, title, state: "closed", body: null, labels: [], author_association: "MEMBER" },
      ...{ user: { login: "ada", type: "User" }, closed_at: "2024-02-03T04:05:06Z" },
      ...{ updated_at: "2024-02-03T04:05:06Z", ...more },
    });
  }

  /** Answers one request, as `fetch` does. */
  answer(method, address, headers) {
    const url = new URL(address, "http://localhost");
    const path = url.pathname.slice(url.pathname.indexOf("/repos/"));
    this.requests.push(`${method} ${path}${url.search}`);
    this.headers = headers;
    const failed = this.fail(path, url.searchParams, this.requests.length);
    if (failed !== undefined) return this.#response(failed.status, undefined, failed.headers);
    if (headers.get("authorization") !== `Bearer ${this.token}`) return this.#response(401);
    const inside = path.startsWith(`${this.path}/`) ? path.slice(this.path.length + 1) : "";
    const one = /^commits\/([0-9a-f]+)$/.exec(inside)?.[1];
    if (one !== undefined) {
      const commit = this.commits.get(one);
      return commit === undefined ? this.#response(422) : this.#json(commit, headers);
    }
    const list = this.#list(inside, url.searchParams);
    return list === undefined ? this.#response(404) : this.#page(list, url, headers);
  }

  #list(inside, parameters) {
    if (inside === "commits") return this.#reachable(parameters.get("sha") ?? this.head);
    if (inside === "tags") return this.tags;
    if (inside !== "issues") return undefined;
    const since = parameters.get("since") ?? "";
    return this.issues
      .filter(({ state, updated_at }) => state === "closed" && updated_at >= since)
      .sort((a, b) => b.number - a.number);
  }

  #reachable(from) {
    const found = new Map();
    const open = [this.commits.has(from) ? from : undefined];
    for (let hash = open.pop(); hash !== undefined; hash = open.pop()) {
      if (found.has(hash)) continue;
      const commit = this.commits.get(hash);
      found.set(hash, commit);
      open.push(...commit.parents.map(({ sha }) => sha));
    }
    const order = [...this.commits.keys()];
    const dateOf = ({ commit }) => commit.committer.date;
    const newer = (a, b) =>
      dateOf(b).localeCompare(dateOf(a)) || order.indexOf(b.sha) - order.indexOf(a.sha);
    return found.size === 0
      ? undefined
      : [...found.values()]
          .sort(newer)
          .map(({ sha, parents, commit }) => ({ sha, parents, commit }));
  }

  #page(list, url, headers) {
    const size = Number(url.searchParams.get("per_page") ?? 30);
    const page = Number(url.searchParams.get("page") ?? 1);
    const last = Math.max(1, Math.ceil(list.length / size));
    const link = (to, rel) => {
      const next = new URL(url);
      next.searchParams.set("page", String(to));
      return `<${next.href}>; rel="${rel}"`;
    };
    const links = page < last ? [link(page + 1, "next"), link(last, "last")] : [];
    return this.#json(list.slice((page - 1) * size, page * size), headers, {
      ...(links.length === 0 ? {} : { link: links.join(", ") }),
    });
  }

  #json(value, asked, more = {}) {
    const text = JSON.stringify(value);
    const etag = `W/"${createHash("sha1").update(text).digest("hex")}"`;
    if (asked.get("if-none-match") === etag) return this.#response(304, undefined, { etag });
    this.remaining -= 1;
    return this.#response(200, text, { etag, "content-type": "application/json", ...more });
  }

  #response(status, text, headers = {}) {
    const said = { "x-ratelimit-remaining": String(this.remaining), ...headers };
    return { status, text: text ?? null, headers: said };
  }
}
