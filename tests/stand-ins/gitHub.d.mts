/** What the stand-in answers. */
export interface StandInAnswer {
  readonly status: number;
  readonly text: string | null;
  readonly headers: Record<string, string>;
}

/** One repository at a stand-in of GitHub. */
export declare class GitHubStandIn {
  commits: Map<string, unknown>;
  head: string;
  tags: { name: string; commit: { sha: string } }[];
  issues: Record<string, unknown>[];
  requests: string[];
  headers: Headers;
  remaining: number;
  fail: (
    path: string,
    parameters: URLSearchParams,
    count: number,
  ) => { status: number; headers?: Record<string, string> } | undefined;
  token: string;
  constructor(options: { owner: string; name: string; token: string });
  commit(
    message: string,
    more?: {
      parents?: string[];
      at?: number;
      committedAt?: number;
      author?: string;
      hash?: string;
      files?: Record<string, unknown>[];
    },
  ): string;
  issue(number: number, title: string, more?: Record<string, unknown>): void;
  answer(method: string, address: string, headers: Headers): StandInAnswer;
}
