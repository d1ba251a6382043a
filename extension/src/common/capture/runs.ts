/** What a command or a task is for, as the types of events name it. */
export type RunType = "test_run" | "build";

const TEST_PROGRAMS = new Set(
  "pytest jest vitest mocha ava tap rspec phpunit ctest tox nose2 behave karma cypress playwright bats".split(
    " ",
  ),
);
const BUILD_PROGRAMS = new Set("make tsc webpack rollup esbuild ninja bazel msbuild".split(" "));

/** Programs that only start another one. */
const STARTERS = new Set(
  "sudo env time npx bunx pnpx uvx xvfb-run nice node python python3 poetry pipenv uv bundle exec dlx run".split(
    " ",
  ),
);

/** Words before the first option or argument that can name what is run. */
const MAX_WORDS = 4;

/** Whether a command line runs tests or a build; `undefined` for everything else. */
export function runTypeOf(command: string): RunType | undefined {
  const words = command
    .split(/&&|\|\||[;|\n]/)
    .map((part) => part.trim().split(/\s+/))
    .map((parts) => parts.filter((word) => !/^[A-Za-z_]\w*=/.test(word)));
  const types = words.map(typeOf);
  return types.find((type) => type === "test_run") ?? types.find((type) => type !== undefined);
}

function typeOf(words: readonly string[]): RunType | undefined {
  const named = words.slice(0, MAX_WORDS).filter((word) => !word.startsWith("-"));
  const program = named.find((word) => !STARTERS.has(word))?.replace(/^.*[/\\]/, "") ?? "";
  if (TEST_PROGRAMS.has(program)) return "test_run";
  // The shell's own `test` compares, and a file of that name is an argument.
  const begin = named.indexOf(words[0] ?? "") + 1;
  const subcommands = named.slice(begin).filter((word) => /^[a-z][\w:-]*$/.test(word));
  const [first, second] = subcommands;
  const words2 = [first, first === "run" ? second : undefined];
  if (words2.some((word) => word !== undefined && isTest(word))) return "test_run";
  if (words2.some((word) => word !== undefined && isBuild(word))) return "build";
  return BUILD_PROGRAMS.has(program) ? "build" : undefined;
}

function isTest(word: string): boolean {
  return /^(?:tests?|nextest|verify)(?:[:-]|$)/.test(word);
}

function isBuild(word: string): boolean {
  return /^(?:build|compile|package)(?:[:-]|$)/.test(word);
}

/** Metadata about how a run ended. */
export function outcomeOf(
  type: string,
  exitCode: number | undefined,
): Readonly<Record<string, unknown>> {
  if (exitCode === undefined) return {};
  const status = exitCode === 0 ? "passed" : "failed";
  return { exitCode, ...(type === "test_run" ? { test_status: status } : {}) };
}

/** How a run ended, in words for the memory's text. */
export function endingOf(exitCode: number | undefined): string {
  if (exitCode === undefined) return "ended";
  return exitCode === 0 ? "passed" : `failed with exit code ${exitCode}`;
}
