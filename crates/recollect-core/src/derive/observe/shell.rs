//! A command line taken apart, as far as telling what it is for needs it.

use super::parts::{split, words};
use super::path;

/// What a command is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// Looks around; never told.
    Look,
    /// Told only when it fails: builds, formatters, fetching.
    Quiet,
    Other,
    /// Git with an effect on history.
    Git,
    /// Moves, copies or deletes files: the verb and the paths.
    Files(&'static str, Vec<String>),
    /// Adds or removes dependencies.
    Packages {
        is_added: bool,
        names: Vec<String>,
    },
    Tests,
    /// Opens a pull request or an issue, with its title.
    Request(String),
    Commit,
}

impl Class {
    /// Which part of a command line tells most.
    fn weight(&self) -> u8 {
        match self {
            Self::Look => 0,
            Self::Quiet => 1,
            Self::Other => 2,
            Self::Git => 3,
            Self::Files(..) => 4,
            Self::Packages { .. } => 5,
            Self::Tests => 6,
            Self::Request(_) => 7,
            Self::Commit => 8,
        }
    }
}

/// A command line after it was taken apart.
pub(super) struct Command {
    pub class: Class,
    /// The part that tells most, as one line.
    pub line: String,
    /// Whether the exit code is that of something else than this part.
    pub is_piped: bool,
    /// What stood in a here-document.
    pub document: Option<String>,
}

impl Command {
    pub fn parse(text: &str) -> Option<Self> {
        let (parts, document) = split(text);
        let is_piped = text.contains(['|', ';']);
        let mut best: Option<(Class, String)> = None;
        for part in parts {
            let words = words(&part);
            let words = without_prefixes(&words);
            let Some(class) = classify(words) else {
                continue;
            };
            if best
                .as_ref()
                .is_none_or(|(known, _)| class.weight() > known.weight())
            {
                best = Some((class, part.trim().to_owned()));
            }
        }
        best.map(|(class, line)| Self {
            class,
            line,
            is_piped,
            document,
        })
    }
}

/// Without what stands before the command that is meant.
fn without_prefixes(words: &[String]) -> &[String] {
    let mut words = words;
    while let [first, rest @ ..] = words {
        let second = rest.first().map_or("", String::as_str);
        let skipped = match first.as_str() {
            "sudo" | "time" | "npx" | "bunx" | "nice" | "env" | "cross-env" | "command"
            | "exec" | "xvfb-run" | "then" | "do" | "!" | "(" | "{" | "nohup" => 1,
            "timeout" => 2,
            "pnpm" | "yarn" if matches!(second, "exec" | "dlx") => 2,
            "bundle" if second == "exec" => 2,
            "uv" | "poetry" | "pipenv" | "hatch" | "pdm" if second == "run" => 2,
            "python" | "python3" | "py" if second == "-m" => 2,
            "cargo" if second.starts_with('+') => return words,
            word if word.starts_with('-') => 1,
            word if word
                .split_once('=')
                .is_some_and(|(name, _)| is_variable(name)) =>
            {
                1
            }
            _ => return words,
        };
        words = words.get(skipped..).unwrap_or_default();
    }
    words
}

fn is_variable(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

const LOOKS: [&str; 56] = [
    "ls", "cd", "pwd", "cat", "head", "tail", "echo", "which", "whereis", "wc", "find", "fd",
    "grep", "rg", "ag", "sort", "uniq", "cut", "tr", "awk", "less", "more", "ps", "env", "date",
    "sleep", "true", "false", "clear", "tree", "stat", "file", "whoami", "hostname", "mkdir",
    "touch", "export", "source", ".", "[", "test", "printf", "history", "kill", "pkill", "jq",
    "xargs", "diff", "du", "df", "top", "lsof", "type", "set", "tee", "wait",
];
const LOOKS_OF_GIT: [&str; 22] = [
    "status",
    "log",
    "diff",
    "show",
    "add",
    "fetch",
    "blame",
    "ls-files",
    "rev-parse",
    "config",
    "remote",
    "describe",
    "shortlog",
    "reflog",
    "grep",
    "ls-remote",
    "rev-list",
    "cat-file",
    "merge-base",
    "restore",
    "stash",
    "branch",
];
const TESTERS: [&str; 18] = [
    "pytest",
    "jest",
    "vitest",
    "mocha",
    "rspec",
    "phpunit",
    "ctest",
    "tox",
    "nose2",
    "ava",
    "tap",
    "karma",
    "cypress",
    "playwright",
    "unittest",
    "nextest",
    "pest",
    "gotestsum",
];
const BUILDERS: [&str; 38] = [
    "tsc",
    "eslint",
    "prettier",
    "make",
    "cmake",
    "ninja",
    "webpack",
    "vite",
    "rollup",
    "esbuild",
    "ruff",
    "mypy",
    "pyright",
    "black",
    "flake8",
    "pylint",
    "isort",
    "gofmt",
    "golangci-lint",
    "rustfmt",
    "biome",
    "stylelint",
    "tsup",
    "turbo",
    "nx",
    "swc",
    "clang-tidy",
    "gcc",
    "g++",
    "clang",
    "rustc",
    "javac",
    "shellcheck",
    "next",
    "astro",
    "wasm-pack",
    "mvn",
    "gradle",
];

/// What a command is for; `None` if there is none.
fn classify(words: &[String]) -> Option<Class> {
    let program = path::name(words.first()?).trim_start_matches(['(', '{']);
    let arguments: Vec<&str> = words[1..].iter().map(String::as_str).collect();
    let is_asked = |flag: &&str| matches!(*flag, "--version" | "-V" | "--help" | "-h");
    if arguments.iter().any(is_asked) && arguments.len() < 3 {
        return Some(Class::Look);
    }
    // The first argument that is no flag.
    let verb = arguments
        .iter()
        .find(|word| !word.starts_with(['-', '+']))
        .copied()
        .unwrap_or("");
    let has = |wanted: &str| arguments.contains(&wanted);
    if LOOKS.contains(&program) {
        return Some(Class::Look);
    }
    Some(match program {
        "sed" if !arguments.iter().any(|flag| flag.starts_with("-i")) => Class::Look,
        "git" => git(&arguments, verb),
        "gh" | "glab" => match (verb, arguments.get(1).copied()) {
            ("pr" | "mr" | "issue" | "release", Some("create")) => {
                let at = arguments
                    .iter()
                    .position(|word| matches!(*word, "--title" | "-t"));
                let title = at
                    .and_then(|at| arguments.get(at + 1))
                    .copied()
                    .unwrap_or("");
                let what = if verb == "issue" {
                    "issue"
                } else {
                    "pull request"
                };
                match title {
                    "" => Class::Other,
                    title => Class::Request(super::text_of(&["Opened the ", what, ": ", title])),
                }
            }
            (_, Some("merge" | "close" | "edit")) => Class::Other,
            _ => Class::Look,
        },
        "npm" | "pnpm" | "yarn" | "bun" | "deno" => match verb {
            "install" | "i" | "add" => packages(true, &arguments),
            "uninstall" | "remove" | "rm" => packages(false, &arguments),
            "test" | "t" => Class::Tests,
            "run" | "task" => {
                let script = arguments
                    .iter()
                    .skip_while(|word| **word != verb)
                    .skip(1)
                    .find(|word| !word.starts_with('-'))
                    .copied();
                script_class(script.unwrap_or(""), false)
            }
            "publish" | "version" | "init" | "create" => Class::Other,
            verb => script_class(verb, program != "npm"),
        },
        "cargo" => match verb {
            "test" | "nextest" => Class::Tests,
            "add" | "remove" => packages(verb == "add", &arguments),
            "publish" | "init" | "new" => Class::Other,
            "run" => Class::Other,
            "tree" | "metadata" | "search" => Class::Look,
            _ => Class::Quiet,
        },
        "go" => match verb {
            "test" => Class::Tests,
            "get" => packages(true, &arguments),
            "run" | "generate" => Class::Other,
            "doc" | "list" | "env" => Class::Look,
            _ => Class::Quiet,
        },
        "pip" | "pip3" | "uv" | "poetry" | "pdm" | "pipenv" | "conda" | "gem" | "composer"
        | "brew" | "apt" | "apt-get" | "dnf" => match verb {
            "install" | "add" | "require" | "get" => packages(true, &arguments),
            "uninstall" | "remove" => packages(false, &arguments),
            "list" | "show" | "search" | "freeze" | "info" => Class::Look,
            _ => Class::Quiet,
        },
        "dotnet" | "mvn" | "mvnw" | "gradle" | "gradlew" | "mix" | "swift" | "flutter" | "sbt"
        | "make" | "just" | "rake" | "rails" | "php" | "bazel" | "zig" | "dart" => match verb {
            "test" | "check" | "verify" | "spec" | "t" => Class::Tests,
            "add" if program == "dotnet" => packages(true, &arguments),
            _ if program == "php" && verb.ends_with("phpunit") => Class::Tests,
            _ if matches!(program, "rails" | "rake" | "php" | "just" | "mix") => Class::Other,
            _ => Class::Quiet,
        },
        "node" | "bun-test" if has("--test") => Class::Tests,
        program if TESTERS.contains(&program) => Class::Tests,
        program if BUILDERS.contains(&program) => Class::Quiet,
        "mv" | "cp" | "rm" | "rmdir" | "ln" => {
            let paths: Vec<String> = arguments
                .iter()
                .filter(|word| !word.starts_with(['-', '2', '>']))
                .map(|word| (*word).to_owned())
                .collect();
            match program {
                "mv" => Class::Files("Moved", paths),
                "rm" | "rmdir" => Class::Files("Deleted", paths),
                _ => Class::Files("Copied", paths),
            }
        }
        "chmod" | "chown" | "tar" | "unzip" | "zip" | "open" | "code" => Class::Quiet,
        _ => Class::Other,
    })
}

fn git(arguments: &[&str], verb: &str) -> Class {
    let has = |wanted: &[&str]| arguments.iter().any(|word| wanted.contains(word));
    let paths = || -> Vec<String> {
        let words = arguments
            .iter()
            .skip(1)
            .filter(|word| !word.starts_with('-'));
        words.map(|word| (*word).to_owned()).collect()
    };
    match verb {
        "commit" => Class::Commit,
        "mv" => Class::Files("Moved", paths()),
        "rm" if !has(&["--cached"]) => Class::Files("Deleted", paths()),
        "merge" | "rebase" | "revert" | "cherry-pick" | "reset" | "bisect" => Class::Git,
        "tag" if arguments.len() > 1 && !has(&["-l", "--list"]) => Class::Git,
        "checkout" if has(&["-b", "-B"]) => Class::Git,
        "switch" if has(&["-c", "-C", "--create"]) => Class::Git,
        verb if LOOKS_OF_GIT.contains(&verb) => Class::Look,
        _ => Class::Quiet,
    }
}

/// A script of a project by its name.
fn script_class(script: &str, is_unknown_other: bool) -> Class {
    let first = script.split([':', '-', '_', '.']).next().unwrap_or("");
    match first {
        "test" | "tests" | "e2e" | "spec" => Class::Tests,
        _ if TESTERS.contains(&script) => Class::Tests,
        "build" | "lint" | "format" | "fmt" | "check" | "typecheck" | "type" | "compile" | "ci"
        | "dev" | "start" | "watch" | "serve" | "prepare" | "clean" | "" => Class::Quiet,
        _ if BUILDERS.contains(&script) => Class::Quiet,
        _ if is_unknown_other || !script.is_empty() => Class::Other,
        _ => Class::Quiet,
    }
}

/// The packages that a command names; without one it only fetches what is known.
fn packages(is_added: bool, arguments: &[&str]) -> Class {
    let mut names = Vec::new();
    let mut is_value = false;
    for (position, word) in arguments.iter().enumerate() {
        let takes_value = matches!(*word, "-r" | "-e" | "--features" | "-F" | "-c" | "--prefix");
        let is_name = position > 0
            && !is_value
            && !takes_value
            && !word.starts_with(['-', '.', '/', '2', '>'])
            && !matches!(
                *word,
                "install" | "add" | "i" | "package" | "uninstall" | "remove" | "get"
            );
        is_value = takes_value;
        if is_name {
            names.push((*word).to_owned());
        }
    }
    match names.is_empty() {
        true => Class::Quiet,
        false => Class::Packages { is_added, names },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn class(text: &str) -> Class {
        Command::parse(text).map_or(Class::Look, |command| command.class)
    }

    #[test]
    fn a_command_line_is_what_its_most_telling_part_is() {
        for (text, expected) in [
            ("cd app && npm test -- --run 2>&1 | tail -20", Class::Tests),
            ("ls -la; cat x | grep y", Class::Look),
            ("CI=1 timeout 60 npx vitest run", Class::Tests),
            ("python3 -m pytest -x tests", Class::Tests),
            ("npm run build", Class::Quiet),
            ("npm ci", Class::Quiet),
            ("git add -A && git commit -m 'fix: x; y'", Class::Commit),
            ("git status", Class::Look),
            ("git push origin main", Class::Quiet),
            ("git checkout -b feature/x", Class::Git),
            ("node --version", Class::Look),
            ("docker compose up -d", Class::Other),
            (
                "gh pr create --title \"Add retries\" --body x",
                Class::Request("Opened the pull request: Add retries".into()),
            ),
            ("pip install -r requirements.txt", Class::Quiet),
            (
                "npm install --save-dev zod vitest@2",
                Class::Packages {
                    is_added: true,
                    names: vec!["zod".into(), "vitest@2".into()],
                },
            ),
            (
                "git mv a.ts b.ts",
                Class::Files("Moved", vec!["a.ts".into(), "b.ts".into()]),
            ),
            ("", Class::Look),
        ] {
            assert_eq!(class(text), expected, "of {text}");
        }
    }

    #[test]
    fn a_here_document_is_no_part_of_the_command() {
        let command =
            Command::parse("git commit -m \"$(cat <<'EOF'\nfix: a; b\n\nrm -rf /\nEOF\n)\"")
                .expect("a command");
        assert_eq!(command.class, Class::Commit);
        assert_eq!(command.document.as_deref(), Some("fix: a; b\n\nrm -rf /\n"));
    }
}
