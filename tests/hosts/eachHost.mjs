// The two kinds of extension host: each suite has an editor of its own in both.

import { describe } from "node:test";

/** The kind that settings name, and what really runs the extension then. */
const HOSTS = [
  { kind: "workspace", host: "node" },
  { kind: "ui", host: "worker" },
];

/**
 * Runs a suite in both hosts. Its tests follow each other, as they share an editor.
 *
 * `RECOLLECT_HOST` names one host alone, for whoever works on these tests; with
 * `RECOLLECT_AT_ONCE=2` both run at once, which wants more than two cores.
 *
 * @param {string} what What the suite is about, as the beginning of "… in the node extension host".
 * @param {(kind: "workspace" | "ui", host: "node" | "worker") => void} suite
 */
export function inEachHost(what, suite) {
  const wanted = HOSTS.filter(({ host }) => (process.env.RECOLLECT_HOST ?? host) === host);
  describe(what, { concurrency: Number(process.env.RECOLLECT_AT_ONCE ?? 1) }, () => {
    for (const { kind, host } of wanted)
      describe(`in the ${host} extension host`, { concurrency: 1 }, () => suite(kind, host));
  });
}
