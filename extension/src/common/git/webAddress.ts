/** What the id of a project looks like that is known by its remote: a host, and a path of names. */
const REMOTE = /^([a-z\d][a-z\d.-]*\.[a-z]{2,})(?::\d+)?\/([\w.~/-]+)$/i;

/** Web addresses of what a repository's host shows. */
export interface WebAddresses {
  /** Of a commit. */
  readonly commit: (hash: string) => string;
  /** Of what a number such as `#123` means, with `{0}` in its place. */
  readonly number: string;
}

/** Where a project is shown on the web, as the address of its remote tells; nothing for a folder. */
export function webAddresses(projectId: string): WebAddresses | undefined {
  const [, host, path] = REMOTE.exec(projectId) ?? [];
  if (host === undefined || path === undefined) return undefined;
  const base = `https://${host}/${path}`;
  const of = (commit: string, number: string): WebAddresses => ({
    commit: (hash) => `${base}/${commit}/${hash}`,
    number: `${base}/${number}/{0}`,
  });
  if (/(^|\.)gitlab\./i.test(host)) return of("-/commit", "-/issues");
  if (/(^|\.)bitbucket\./i.test(host)) return of("commits", "pull-requests");
  // Others speak as GitHub does, which leads from an issue to the pull request of that number.
  return of("commit", "issues");
}
