/**
 * Texts of any length that make a careless reader take the square of it: what recurs without an
 * end, what opens and never closes, what nearly matches again and again.
 */

/** A shape, and how a text of so many characters of it is made. */
export interface Shape {
  readonly name: string;
  readonly make: (characters: number) => string;
}

/** What is said over and over, by the kind of thing it pretends to be. */
const REPEATED: Readonly<Record<string, string>> = {
  "one letter": "a",
  "one capital": "A",
  "one digit": "7",
  "one blank": " ",
  "blanks and line ends": " \n",
  "empty lines": "\n",
  "carriage returns": "\r",
  tabs: "\t",
  "line separators": "\u2028",
  "null characters": "\0",
  "characters without width": "\u200b",
  "directions of writing": "\u202e",
  "combining marks": "e\u0301\u0323",
  "only combining marks": "\u0301",
  "halves of characters": "\ud83d",
  Chinese: "我们决定保留",
  "half-width Japanese": "ﾊﾞｯｸｱｯﾌﾟ",
  "Hangul in parts": "\u1112\u1161\u11ab",
  "Arabic with marks": "مُحَمَّد",
  "full-width letters": "ｐａｓｓｗｏｒｄ＝",
  emoji: "👩‍👩‍👧‍👦",
  "words of two letters": "ab ",
  "many short lines": "a\n",
  "words with dots": "a.",
  "words with hyphens": "a-",
  "words with underscores": "a_",
  "words in capitals": "aB",
  "letters and digits": "a1",
  quotes: '"',
  "single quotes": "'",
  backticks: "`",
  "fences of code": "```\n",
  backslashes: "\\",
  "halves of escapes": "\\u00",
  "halves of percent signs": "%2",
  "percent signs": "%3C",
  entities: "&lt;",
  "halves of entities": "&#x3",
  "brackets that open": "[",
  "brackets that close": "]",
  "braces that open": "{",
  "braces that close": "}",
  parentheses: "(",
  "JSON that goes deep": '{"a":[',
  "JSON in JSON": '{\\"a\\":\\"',
  "names and values": '"a":"b",',
  "tags that open": "<private>",
  "tags that close": "</private>",
  "tags that open and close": "<private></private>",
  "two tags in turn": "<private><system-reminder>",
  "tags without an end": "<private ",
  "half tags": "<priv",
  "tags that are escaped": "&lt;private&gt;",
  "tags that are encoded": "%3Cprivate%3E",
  "tags in \\u": "\\u003cprivate\\u003e",
  "signs of a tag": "<",
  "ends of a tag": ">",
  "comments that open": "<!--",
  "openings of links": "[a](",
  "openings of images": "![](http://",
  images: "![a](http://h/?q=a)",
  links: "[a](http://h/a)",
  "links in links": "[![a](b)](",
  addresses: "http://a.b/c ",
  "addresses without an end": "http://a",
  schemes: "a://",
  "signs of addresses": "://",
  "users in addresses": "http://a:b@",
  "mail addresses": "a@b.c ",
  "halves of mail addresses": "a@",
  "dots and at signs": "a.@",
  paths: "a/",
  "paths up": "../",
  "paths of Windows": "a\\b\\",
  slashes: "/",
  "names of files": "a.ts ",
  "places in files": "a.ts:1:",
  hashes: "0123456789abcdef",
  "runs of Base64": "QUJDREVGR0hJ",
  "Base64 with padding": "QUI9=",
  "heads of PEM": "-----BEGIN RSA PRIVATE KEY-----\n",
  "heads of PEM in a line": "-----BEGIN PRIVATE KEY-----",
  "hyphens of PEM": "-----",
  "PEM in Base64": "LS0tLS1CRUdJTi",
  "beginnings of tokens": "ghp_",
  "beginnings of web tokens": "eyJ",
  "parts of web tokens": "eyJhIjoi.",
  "names of secrets": "password=",
  "names of secrets in words": "the password is ",
  "values before names of secrets": "X1b2c is my password ",
  "names of secrets in a row": "key:",
  "names of secrets with signs": "key=",
  "names of tokens with signs": "token=",
  "names of secrets, full-width": "secret：",
  "names of secrets and values": "password a1b2c3d4 ",
  "names of secrets and quotes": "password='.",
  "marks of tokens without an end": "xoxb-/",
  "commands and open quotes": "smbclient'\"",
  "maps of secrets": "passwords: {",
  "columns of secrets": "| password ",
  "logins without a scheme": "a:b1c2d3@",
  "shares of other computers": "\\\\a\\b ",
  "names of secrets in JSON": '{"password":',
  "names that end in secrets": "my_secret_",
  "equal signs": "=",
  colons: ":",
  commas: ",",
  "numbers of cards": "4111 1111 ",
  "telephone numbers": "+49 30 ",
  "numbers of accounts": "DE89 3704 ",
  "command lines": "git commit -m 'a' && ",
  pipes: "|",
  "semicolons of commands": "a;",
  options: "--a=b ",
  "options with passwords": "-p 'a ",
  "dollar signs": "$(",
  variables: "$A=",
  "here documents": "<<EOF\n",
  "heads of diffs": "diff --git a/a b/b\n",
  "lines of diffs": "+a\n-b\n",
  hunks: "@@ -1,1 +1,1 @@\n",
  "results of tests": "test a ... ok\n",
  "failures of tests": "FAILED a::b - assert\n",
  "counts of tests": "1 passed, 2 failed, ",
  "errors of compilers": "error[E0308]: a\n --> a.rs:1:1\n",
  "lines of stacks": "    at a (b.js:1:1)\n",
  "colours of terminals": "\u001b[31m",
  "halves of colours": "\u001b[",
  "commands of terminals": "\u001b]0;",
  definitions: "function a() {\n",
  classes: "class A extends ",
  imports: "import a from 'b';\n",
  "rows of tables": "| a | b ",
  lists: "- a\n",
  "nested lists": "  - a\n    ",
  headings: "# a\n",
  emphasis: "**a",
  stars: "*",
  underscores: "_",
  "decisions without an end": "we decided to ",
  "orders to a model": "ignore previous instructions ",
  "halves of orders": "ignore all previous ",
  "words of orders": "you must always ",
  "roles of messages": "system: ",
  "words of queries": "a OR ",
  "conditions of queries": "type:",
  "exclusions of queries": "-a ",
  "phrases of queries": '"a b" ',
  "prefixes of queries": "a* ",
  "days of queries": "since:2026-01-01 ",
  "labels of citations": "[m1]",
  "halves of citations": "[m1, ",
  "trailers of commits": "Co-authored-by: a <a@b>\n",
  "types of commits": "fix(a): ",
  "issues of commits": "fixes #1, ",
  sentences: "It was. ",
  "ends of sentences": ". ",
  questions: "?",
  exclamations: "!",
};

/** What no repetition of one piece is. */
const OTHERS: readonly Shape[] = [
  { name: "all words differ", make: (length) => cycle(length, (n) => `w${n.toString(36)} `) },
  { name: "all lines differ", make: (length) => cycle(length, (n) => `line ${n}\n`) },
  { name: "all characters differ", make: (length) => cycle(length, letter) },
  { name: "names that differ", make: (length) => cycle(length, (n) => `k${n}=v${n * 7_919}\n`) },
  { name: "paths that differ", make: (length) => cycle(length, (n) => `src/d${n}/f${n}.ts `) },
  { name: "tags that differ", make: (length) => cycle(length, (n) => `<t${n}>`) },
  {
    name: "a word and its beginnings",
    make: (length) => cycle(length, (n) => `${"a".repeat(n % 300)} `),
  },
  { name: "openings, then closings", make: (length) => halves(length, "<private>", "</private>") },
  { name: "brackets, then brackets", make: (length) => halves(length, "[", "]") },
  { name: "JSON, then its ends", make: (length) => halves(length, '{"a":', "}") },
  { name: "letters, then a tag", make: (length) => halves(length, "a", "<private>") },
  {
    name: "a head of PEM, then letters",
    make: (length) => `-----BEGIN PRIVATE KEY-----\n${"A".repeat(length)}`,
  },
  {
    name: "a name of a secret, then letters",
    make: (length) => `token=${"aB3".repeat(length / 3)}`,
  },
];

/** Every shape. */
export const SHAPES: readonly Shape[] = [
  ...Object.entries(REPEATED).map(([name, piece]) => ({
    name,
    make: (characters: number) => piece.repeat(Math.ceil(characters / piece.length)),
  })),
  ...OTHERS,
];

function cycle(length: number, piece: (n: number) => string): string {
  const pieces: string[] = [];
  for (let n = 0, made = 0; made < length; n += 1) {
    const next = piece(n);
    pieces.push(next);
    made += next.length;
  }
  return pieces.join("");
}

function letter(n: number): string {
  return String.fromCharCode(0x4e00 + (n % 20_000));
}

function halves(length: number, first: string, second: string): string {
  const times = Math.ceil(length / (first.length + second.length));
  return first.repeat(times) + second.repeat(times);
}
