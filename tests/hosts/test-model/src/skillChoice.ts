/** A skill as an editor's agent tells its model of it. */
export interface Skill {
  readonly name: string;
  readonly description: string;
  readonly file: string;
}

/** A skill is taken if the words of a prompt that its description shares are worth this much. */
const ENOUGH = 1.5;

/** Words of every sentence, which say nothing of what it is about. */
const EVERYWHERE = new Set(
  (
    "a about all am an and any are as at be been but by can could did do does for from had has have he her his how " +
    "i if in into is it its just let like me more most my no not of on one or our out please she should so some than " +
    "that the their them then there these they this to up us use used want was we were what when which who will with " +
    "would you your aber als am an auch auf aus bei bin bitte das dass dem den der des die du ein eine einem einen einer " +
    "er es für hat ich ihr im in ist mal man mein mich mir mit nach nicht noch oder schon sie sind so über um und uns " +
    "von war was wie wir wird zu zum zur"
  ).split(" "),
);

/** The skills in what an agent tells its model before the first message. */
export function skillsIn(text: string): Skill[] {
  const list = /<skills>(.*?)<\/skills>/s.exec(text)?.[1] ?? "";
  return [...list.matchAll(/<skill>(.*?)<\/skill>/gs)].map(([, skill = ""]) => {
    const field = (name: string): string =>
      unescaped(new RegExp(`<${name}>(.*?)</${name}>`, "s").exec(skill)?.[1] ?? "");
    return { name: field("name"), description: field("description"), file: field("file") };
  });
}

function unescaped(text: string): string {
  return text
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&apos;", "'")
    .replaceAll("&amp;", "&");
}

/**
 * The skill that a prompt asks for, or none: a model that knows nothing but the texts before it.
 *
 * Words and short phrases of the prompt that stand in a description count the more, the fewer of
 * the other texts have them, those of tools too: "file" and "test" stand everywhere and choose
 * nothing. A skill is taken for two such words, or if all words of the prompt stand in it.
 */
export function chooseSkill(
  prompt: string,
  skills: readonly Skill[],
  otherTexts: readonly string[],
): Skill | undefined {
  const texts = [...skills.map(({ description }) => description), ...otherTexts].map(phrasesOf);
  const weight = (phrase: string): number => {
    const count = texts.filter((phrases) => phrases.has(phrase)).length;
    return Math.log(texts.length / Math.max(count, 1)) / Math.log(texts.length);
  };
  const asked = [...phrasesOf(prompt)];
  const words = asked.filter((phrase) => !phrase.includes(" "));
  const scored = skills.map((skill, index) => {
    const own = texts[index] ?? new Set();
    const score = asked
      .filter((phrase) => own.has(phrase))
      .reduce((sum, phrase) => sum + weight(phrase), 0);
    const isWhole = words.length > 0 && words.every((word) => own.has(word));
    return { skill, score: isWhole ? 2 * score : score };
  });
  const [best] = scored.sort((one, other) => other.score - one.score);
  return best !== undefined && best.score >= ENOUGH ? best.skill : undefined;
}

/** What a text says: words that mean something, and what is said in two or three words. */
function phrasesOf(text: string): Set<string> {
  const phrases = new Set<string>();
  for (const clause of text.toLowerCase().split(/[^\p{L}\p{N}_' -]+/u)) {
    const words = clause.match(/[\p{L}\p{N}_]+/gu) ?? [];
    for (const [index, word] of words.entries()) {
      const [, next = "", third = ""] = words.slice(index, index + 3);
      if (!EVERYWHERE.has(word) && word.length > 1) phrases.add(stem(word));
      if (next !== "" && !(EVERYWHERE.has(word) && EVERYWHERE.has(next)))
        phrases.add([word, next].map(stem).join(" "));
      if (third !== "") phrases.add([word, next, third].map(stem).join(" "));
    }
  }
  return phrases;
}

/** A word without the commonest endings of English. */
function stem(word: string): string {
  return word.length < 5 ? word : word.replace(/(?:ing|ed|es|s|e)$/, "");
}
