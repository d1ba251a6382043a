/** Where a workspace of a hosting service is, as its own address says. */
export interface HostedAddress {
  readonly service: "github" | "github-enterprise";
  readonly owner: string;
  readonly name: string;
  /** The branch, tag or commit that the workspace shows; what the service shows first, if not told. */
  readonly ref?: string;
}

const OWNER = /^[A-Za-z\d][\w-]{0,99}$/;
const NAME = /^[\w.-]{1,100}$/;

/** What git can call a branch, a tag or a commit, as far as it is safe in an address. */
const REF = /^[\w][\w./@+-]{0,199}$/;

/**
 * Reads an address such as `vscode-vfs://github/owner/name`, in which the authority may also hold,
 * behind a plus sign, JSON in hexadecimal that names what is shown.
 */
export function hostedAddress(folder: {
  readonly scheme: string;
  readonly authority: string;
  readonly path: string;
}): HostedAddress | undefined {
  if (folder.scheme !== "vscode-vfs") return undefined;
  const [service, shown] = folder.authority.replace(/%2b/i, "+").split("+", 2);
  if (service !== "github" && service !== "github-enterprise") return undefined;
  const [owner = "", name = ""] = folder.path.split("/").slice(1);
  if (!OWNER.test(owner) || !NAME.test(name) || /^\.+$/.test(name)) return undefined;
  const ref = shown === undefined ? undefined : refIn(shown);
  return { service, owner, name, ...(ref === undefined ? {} : { ref }) };
}

/** The path of a folder below the root of its repository. */
export function pathInside({ path }: { readonly path: string }): string {
  return path.split("/").slice(3).filter(Boolean).join("/");
}

function refIn(hex: string): string | undefined {
  if (!/^(?:[\da-f]{2})+$/i.test(hex) || hex.length > 2_000) return undefined;
  const bytes = Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  try {
    const told = JSON.parse(new TextDecoder().decode(bytes)) as { ref?: { id?: unknown } } | null;
    const id = told?.ref?.id;
    // A pull request is named by its number, which is no ref.
    return typeof id === "string" && REF.test(id) && !/^\d{1,9}$/.test(id) ? id : undefined;
  } catch {
    return undefined;
  }
}

/** Where requests go, and the host whose repositories these are. */
export interface ServiceAddress {
  readonly base: string;
  /** As remotes name it. */
  readonly host: string;
  /** Whose sign-in the requests carry. */
  readonly signIn: "github" | "github-enterprise";
}

const GITHUB_API = "https://api.github.com";

/**
 * Where the interface of a service is, by the user's settings; nothing for an address that is not
 * safe, to which no sign-in may go.
 */
export function serviceAddress(
  service: HostedAddress["service"],
  settings: { readonly githubApi: string; readonly enterpriseUri: string },
): ServiceAddress | undefined {
  const told = settings.githubApi.trim();
  const enterprise = service === "github" ? undefined : settings.enterpriseUri.trim();
  const base = told === "" ? (enterprise === undefined ? GITHUB_API : apiOf(enterprise)) : told;
  const url = base === undefined ? undefined : safeUrl(base);
  if (url === undefined) return undefined;
  const { hostname } = url;
  const isGitHub = hostname === "api.github.com" || isLoopback(hostname);
  return {
    base: `${url.origin}${url.pathname.replace(/\/$/, "")}`,
    host: isGitHub ? "github.com" : hostname.replace(/^api\.(?=[^.]+\.ghe\.com$)/, ""),
    // A sign-in at one server is never sent to another.
    signIn: isGitHub ? "github" : "github-enterprise",
  };
}

function apiOf(enterprise: string): string | undefined {
  const url = safeUrl(enterprise);
  if (url === undefined) return undefined;
  return /\.ghe\.com$/.test(url.hostname)
    ? `https://api.${url.hostname}`
    : `${url.origin}${url.pathname.replace(/\/$/, "")}/api/v3`;
}

function safeUrl(text: string): URL | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  const isSafe =
    url.protocol === "https:" || (url.protocol === "http:" && isLoopback(url.hostname));
  const isPlain = `${url.username}${url.password}${url.search}${url.hash}` === "";
  return isSafe && isPlain ? url : undefined;
}

function isLoopback(hostname: string): boolean {
  return ["localhost", "127.0.0.1", "[::1]"].includes(hostname);
}
