import assert from "node:assert/strict";
import { test } from "node:test";
import { chooseRemote, readGitConfig } from "../src/common/git/gitConfig.js";

const remotes = (...named: [string, string][]): string =>
  named.map(([name, url]) => `[remote "${name}"]\n\turl = ${url}\n`).join("");

const cases: [what: string, config: string, expected: string | undefined, users?: string][] = [
  ["no remote", "[core]\n\tbare = false\n", undefined],
  [
    "origin wherever it stands",
    remotes(["a", "https://x.org/a"], ["origin", "git@x.org:o"]),
    "git@x.org:o",
  ],
  [
    "upstream before others",
    remotes(["a", "git@x.org:a"], ["upstream", "git@x.org:u"]),
    "git@x.org:u",
  ],
  ["one of another name", remotes(["github", "git@x.org:g"]), "git@x.org:g"],
  [
    "another machine before a folder",
    remotes(["origin", "/srv/a"], ["hub", "git@x.org:h"]),
    "git@x.org:h",
  ],
  ["a folder, if that is all", remotes(["origin", "../a"]), "../a"],
  [
    "the first of several URLs",
    '[remote "origin"]\nurl=git@x.org:a\nurl=git@x.org:b\n',
    "git@x.org:a",
  ],
  [
    "quotes, comments and letter case",
    '[Remote "origin"]\n  URL = "git@x.org:a#b" ; c\n',
    "git@x.org:a#b",
  ],
  ["a comment", '[remote "origin"]\n\turl = git@x.org:a # main\n', "git@x.org:a"],
  ["a value on the section's line", '[remote "origin"] url = git@x.org:a\n', "git@x.org:a"],
  ["a continued line", '[remote "origin"]\n\turl = git@x.\\\norg:a\n', "git@x.org:a"],
  ["line ends of Windows", '[remote "origin"]\r\n\turl = git@x.org:a\r\n', "git@x.org:a"],
  [
    "insteadOf of the repository",
    `[url "https://x.org/"]\n\tinsteadOf = x:\n${remotes(["origin", "x:o/a"])}`,
    "https://x.org/o/a",
  ],
  [
    "insteadOf of the user, the longest that fits",
    remotes(["origin", "gh:o/a"]),
    "git@x.org:o/a",
    '[url "https://y.org/"]\n\tinsteadOf = gh\n[url "git@x.org:"]\n\tinsteadOf = gh:\n',
  ],
  ["a push address is none", '[remote "origin"]\n\tpushurl = git@x.org:p\n', undefined],
];

for (const [what, config, expected, users] of cases) {
  test(`the remote in a git config: ${what}`, () => {
    const more = users === undefined ? [] : [readGitConfig(users)];
    assert.equal(chooseRemote(readGitConfig(config), more), expected);
  });
}
