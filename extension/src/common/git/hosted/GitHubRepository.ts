import type { Commit } from "recollect-wasm";
import { MAX_FILES_PER_COMMIT } from "../gitHistory.js";
import type { Mailmap } from "../mailmap.js";
import { fieldsIn, isFields, textOf, timeOf, type Fields } from "../../text/fields.js";
import type { HostedAddress } from "./hostedAddress.js";
import {
  HostingFailure,
  type Decided,
  type DecidedPage,
  type HostedRepository,
  type HostedTag,
  type Page,
  type Unchanged,
} from "./HostedRepository.js";
import type { Answer, HostingRequests } from "./HostingRequests.js";

/** As many as the service gives at once. */
const PAGE = 100;

const HASH = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/;

/** Who may write to a repository, as the service says of the authors of texts. */
const OWN_PEOPLE: ReadonlySet<string> = new Set(["OWNER", "MEMBER", "COLLABORATOR"]);

/** A text that is longer than any memory is cut by the store; this is what it gets at most. */
const MAX_TEXT = 200_000;

interface Options {
  readonly etag?: string | undefined;
  readonly signal: AbortSignal;
}

/** A repository at GitHub, by the REST interface. */
export class GitHubRepository implements HostedRepository {
  readonly #requests: HostingRequests;
  readonly #path: string;
  readonly #ref: string | undefined;
  readonly #mailmap: () => Promise<Mailmap>;

  constructor(
    requests: HostingRequests,
    { owner, name, ref }: Pick<HostedAddress, "owner" | "name" | "ref">,
    mailmap: () => Promise<Mailmap>,
  ) {
    this.#requests = requests;
    this.#path = `/repos/${encodeURIComponent(owner)}/${encodeURIComponent(name)}`;
    this.#ref = ref;
    this.#mailmap = mailmap;
  }

  get remaining(): number | undefined {
    return this.#requests.remaining;
  }

  async commits(
    from: string | undefined,
    page: number,
    options: Options,
  ): Promise<Page<Commit> | Unchanged> {
    const list = await this.#list("commits", { sha: from ?? this.#ref, page }, options);
    if (list === "unchanged") return list;
    const mailmap = await this.#mailmap();
    return { ...list, items: list.items.flatMap((row) => commitOf(row, mailmap) ?? []) };
  }

  async count(from: string, signal: AbortSignal): Promise<number> {
    const path = `${this.#path}/commits`;
    const answer = await this.#requests.get(path, { sha: from, per_page: 1 }, { signal });
    return answer.isUnchanged ? 0 : (answer.lastPage ?? fieldsIn(answer.body).length);
  }

  async commit(hash: string, signal: AbortSignal): Promise<Commit> {
    const path = `${this.#path}/commits/${encodeURIComponent(hash)}`;
    const answer = await this.#requests.get(path, { per_page: PAGE }, { signal });
    const row = answer.isUnchanged || !isFields(answer.body) ? undefined : answer.body;
    const commit = row && commitOf(row, await this.#mailmap());
    if (row === undefined || commit === undefined) throw new HostingFailure({ reason: "server" });
    return { ...commit, ...changesIn(fieldsIn(row["files"])) };
  }

  async tags(page: number, options: Options): Promise<Page<HostedTag> | Unchanged> {
    const list = await this.#list("tags", { page }, options);
    return list === "unchanged"
      ? list
      : { ...list, items: list.items.flatMap((row) => tagOf(row) ?? []) };
  }

  async decided(
    page: number,
    since: string | undefined,
    signal: AbortSignal,
  ): Promise<DecidedPage> {
    // By when they were opened: what is closed later moves others to later pages, where a walk
    // that goes on meets them, and what it has passed by then was changed since it began.
    const query = { state: "closed", sort: "created", direction: "desc", since, page };
    // Pull requests are in this list too: GitHub takes them for issues.
    const list = await this.#list("issues", query, { signal });
    if (list === "unchanged") return { items: [], hasMore: false, leftOut: 0 };
    const items = list.items.flatMap((row) => decidedOf(row) ?? []);
    return { ...list, items, leftOut: list.items.length - items.length };
  }

  async #list(
    name: string,
    query: Readonly<Record<string, string | number | undefined>>,
    options: Options,
  ): Promise<Page<Fields> | Unchanged> {
    const path = `${this.#path}/${name}`;
    const answer: Answer = await this.#requests.get(path, { ...query, per_page: PAGE }, options);
    if (answer.isUnchanged) return "unchanged";
    const { body, etag, hasMore } = answer;
    return { items: fieldsIn(body), hasMore, ...(etag === undefined ? {} : { etag }) };
  }
}

function commitOf(row: Fields, mailmap: Mailmap): Commit | undefined {
  const hash = textOf(row, "sha") ?? "";
  const { commit } = row;
  if (!HASH.test(hash) || !isFields(commit)) return undefined;
  const [author, committer] = [commit["author"], commit["committer"]].map((one) =>
    isFields(one) ? one : {},
  ) as [Fields, Fields];
  // Times are whole seconds, as git has them, so that the memory's id is the same.
  const at = momentOf(author);
  const committedAt = momentOf(committer);
  const mail = textOf(author, "email") ?? "";
  const name = mailmap({ name: textOf(author, "name") ?? "", mail, at });
  const parents = fieldsIn(row["parents"]).flatMap((one) => textOf(one, "sha") ?? []);
  return {
    hash,
    message: (textOf(commit, "message") ?? "").slice(0, MAX_TEXT).trim(),
    at,
    ...(committedAt === at ? {} : { committedAt }),
    ...(name === "" ? {} : { author: name }),
    files: [],
    parents: parents.filter((parent) => HASH.test(parent)),
  };
}

function momentOf(person: Fields): number {
  const at = Date.parse(textOf(person, "date") ?? "");
  return Number.isFinite(at) ? at : 0;
}

/** What a commit changed, as it is told of one that git has read. */
function changesIn(
  rows: readonly Fields[],
): Pick<Commit, "files" | "added" | "deleted" | "renamed"> {
  const changes = rows.slice(0, MAX_FILES_PER_COMMIT).flatMap((row) => {
    const path = textOf(row, "filename");
    return path === undefined
      ? []
      : [{ path, status: textOf(row, "status"), from: textOf(row, "previous_filename") }];
  });
  const of = (status: string): string[] =>
    changes.filter((one) => one.status === status).map(({ path }) => path);
  const added = of("added");
  const deleted = of("removed");
  const renamed = changes.flatMap(({ path, status, from }) =>
    status === "renamed" && from !== undefined ? [{ from, to: path }] : [],
  );
  return {
    files: changes.map(({ path }) => path),
    ...(added.length === 0 ? {} : { added }),
    ...(deleted.length === 0 ? {} : { deleted }),
    ...(renamed.length === 0 ? {} : { renamed }),
  };
}

function tagOf(row: Fields): HostedTag | undefined {
  const name = textOf(row, "name");
  const { commit } = row;
  const hash = isFields(commit) ? textOf(commit, "sha") : undefined;
  return name === undefined || hash === undefined || !HASH.test(hash) ? undefined : { name, hash };
}

function decidedOf(row: Fields): Decided | undefined {
  const { number, user, pull_request: pull } = row;
  const isPull = isFields(pull);
  const at = timeOf(isPull ? pull["merged_at"] : row["closed_at"]);
  const title = textOf(row, "title")?.trim() ?? "";
  const isOfProgram = isFields(user) && user["type"] === "Bot";
  if (typeof number !== "number" || at === undefined || title === "" || isOfProgram)
    return undefined;
  const author = isFields(user) ? textOf(user, "login") : undefined;
  const outcome = isPull ? undefined : textOf(row, "state_reason");
  return {
    ...{ kind: isPull ? "pull request" : "issue", number, title, at },
    // Templates explain themselves in comments that nobody sees.
    body: withoutComments((textOf(row, "body") ?? "").slice(0, MAX_TEXT)),
    labels: fieldsIn(row["labels"]).flatMap((label) => textOf(label, "name") ?? []),
    isByOwnPeople: OWN_PEOPLE.has(textOf(row, "author_association") ?? ""),
    ...(author === undefined ? {} : { author }),
    ...(outcome === undefined ? {} : { outcome }),
  };
}

/** A text without what stands between `<!--` and `-->`. */
function withoutComments(text: string): string {
  let kept = "";
  let place = 0;
  for (;;) {
    const begin = text.indexOf("<!--", place);
    if (begin < 0) return (kept + text.slice(place)).trim();
    kept += text.slice(place, begin);
    const end = text.indexOf("-->", begin + 4);
    if (end < 0) return kept.trim();
    place = end + 3;
  }
}
