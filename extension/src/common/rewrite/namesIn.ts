/** Runs of the characters that names of files are made of. */
const RUN = /[\w@/\\.-]+/g;

/** An ending of a file's name, and what may stand before its dot. */
const ENDING = /^[a-z]\w{0,5}$/i;
const BEFORE = /^[\w-]{2}$/;

/** The names of files with an ending, and the addresses, that a text holds, in one pass over it. */
export function namesIn(text: string): string[] {
  return text.split(/\s/).flatMap((word) => {
    const begin = addressBegin(word);
    if (begin === undefined) return fileNamesIn(word);
    return [...fileNamesIn(word.slice(0, begin)), word.slice(begin)];
  });
}

/** Where the first address of a word begins, which then goes to the word's end. */
function addressBegin(word: string): number | undefined {
  for (let sign = word.indexOf("://"); sign >= 0; sign = word.indexOf("://", sign + 1)) {
    if (word.length === sign + "://".length) return undefined;
    let begin = sign;
    while (begin > 0 && /[a-z0-9+.-]/i.test(word.charAt(begin - 1))) begin -= 1;
    while (begin < sign && !/[a-z]/i.test(word.charAt(begin))) begin += 1;
    if (begin < sign) return begin;
  }
  return undefined;
}

function fileNamesIn(word: string): string[] {
  return (word.match(RUN) ?? []).flatMap((run) => fileNameIn(run) ?? []);
}

/** A run up to its last ending, or `undefined` if it has none. */
function fileNameIn(run: string): string | undefined {
  let end = run.length;
  for (let dot = run.lastIndexOf("."); dot > 1; dot = run.lastIndexOf(".", dot - 1)) {
    // What follows an ending in a run is no letter: another dot, a slash, a hyphen.
    const next = run.slice(dot + 1, end).search(/\W/);
    const ending = next < 0 ? run.slice(dot + 1, end) : run.slice(dot + 1, dot + 1 + next);
    if (ENDING.test(ending) && BEFORE.test(run.slice(dot - 2, dot)))
      return run.slice(0, dot + 1 + ending.length);
    end = dot;
  }
  return undefined;
}
