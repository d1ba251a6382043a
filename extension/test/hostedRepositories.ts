import { randomBytes } from "node:crypto";
import { setImmediate } from "node:timers/promises";
import { GitHubStandIn } from "../../tests/stand-ins/gitHub.mjs";
import { learnFrom, type LearnOptions, type LearnResult } from "../src/common/git/gitHistory.js";
import { GitHubRepository } from "../src/common/git/hosted/GitHubRepository.js";
import { HostedHistory } from "../src/common/git/hosted/HostedHistory.js";
import type { DecidedResult, Left } from "../src/common/git/hosted/HostedRepository.js";
import { HostingRequests } from "../src/common/git/hosted/HostingRequests.js";
import { KeptHosted } from "../src/common/git/hosted/KeptHosted.js";
import { learnDecided } from "../src/common/import/learnDecided.js";
import type { KeptValues } from "../src/common/storage/Keyring.js";
import type { Memories } from "../src/common/memories/Memories.js";
import { openMemories, origin } from "./openMemories.js";
import { temporaryFolder } from "./temporaryFolder.js";

const BASE = "https://api.example.com/v3";

/** A repository at a stand-in of GitHub, and one window after another that learns from it. */
export class HostedWindow {
  readonly service: GitHubStandIn;
  readonly memories: Memories;
  readonly left: Left[] = [];
  /** Where requests went. */
  readonly addresses: string[] = [];
  /** How long was waited between tries. */
  readonly waits: number[] = [];
  now = 1_800_000_000_000;
  isSignedIn = true;
  readonly #values = new Map<string, unknown>();

  private constructor(service: GitHubStandIn, memories: Memories) {
    this.service = service;
    this.memories = memories;
  }

  static async open(): Promise<HostedWindow> {
    const token = `t-${randomBytes(12).toString("hex")}`;
    const service = new GitHubStandIn({ owner: "team", name: "project", token });
    return new HostedWindow(service, openMemories(await temporaryFolder()));
  }

  /** What survives a window. */
  get kept(): KeptHosted {
    const values: KeptValues = {
      get: (name) => this.#values.get(name),
      // As the editor keeps it: as JSON.
      update: async (name, value) => {
        if (value === undefined) this.#values.delete(name);
        else this.#values.set(name, JSON.parse(JSON.stringify(value)) as unknown);
      },
    };
    return new KeptHosted(values, "github.com/team/project");
  }

  get keptText(): string {
    return JSON.stringify([...this.#values]);
  }

  /** Learns what is new, in a window of its own. */
  async learn(more: Partial<LearnOptions> = {}): Promise<LearnResult> {
    const history = new HostedHistory(this.#repository(), {
      ...{ kept: this.kept, now: () => this.now, onLeft: (left) => this.left.push(left) },
      known: () => this.memories.knownCommits(origin.project),
    });
    return learnFrom(history, this.memories, {
      ...{ project: origin.project, maxCommits: 20_000 },
      ...{ signal: new AbortController().signal, onProgress: () => undefined },
      ...more,
    });
  }

  async learnDecided(signal = new AbortController().signal): Promise<DecidedResult> {
    return learnDecided(this.#repository(), {
      ...{ memories: this.memories, project: origin.project, kept: this.kept, signal },
      ...{ mayGoOn: () => true, onProgress: () => undefined, now: () => this.now },
    });
  }

  /** What was asked since the last call. */
  asked(): string[] {
    return this.service.requests.splice(0);
  }

  #repository(): GitHubRepository {
    const requests = new HostingRequests(BASE, {
      fetch: async (address, { method = "GET", headers, signal }) => {
        this.addresses.push(address);
        await setImmediate();
        signal?.throwIfAborted();
        const {
          status,
          text,
          headers: said,
        } = this.service.answer(method, address, new Headers(headers));
        return new Response(text, { status, headers: said });
      },
      token: async () => (this.isSignedIn ? this.service.token : undefined),
      now: () => this.now,
      wait: async (ms) => void this.waits.push(ms),
    });
    return new GitHubRepository(
      requests,
      { owner: "team", name: "project" },
      async () =>
        ({ name }) =>
          name,
    );
  }
}
