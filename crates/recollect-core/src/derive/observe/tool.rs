//! What the tools of agents are called, and what they do.

/// What a tool does, as far as remembering goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Read,
    Edit,
    Write,
    Run,
    Output,
    Tests,
    Search,
    Usages,
    Problems,
    Fetch,
    WebSearch,
    Agent,
    Todos,
    Plan,
    Questions,
    /// Says nothing that is worth remembering.
    Nothing,
    Unknown,
}

/// Names without `_`, `-` and the prefix of their host, in lower case: those of
/// Claude Code, of VS Code and its Copilot, and of Copilot's command line.
const NAMES: [(Kind, &[&str]); 16] = [
    (
        Kind::Read,
        &[
            "read",
            "readfile",
            "view",
            "notebookread",
            "getnotebooksummary",
        ],
    ),
    (
        Kind::Edit,
        &[
            "edit",
            "multiedit",
            "editfile",
            "editfiles",
            "notebookedit",
            "editnotebook",
            "editnotebookfile",
            "insertedit",
            "inserteditintofile",
            "replacestring",
            "replacestringinfile",
            "multireplacestring",
            "multireplacestringinfile",
            "applypatch",
            "strreplace",
            "strreplaceeditor",
            "strreplacebasededittool",
        ],
    ),
    (Kind::Write, &["write", "writefile", "create", "createfile"]),
    (
        Kind::Run,
        &[
            "bash",
            "shell",
            "localshell",
            "powershell",
            "exec",
            "execcommand",
            "runinterminal",
            "runterminalcommand",
            "runcommand",
            "runcommands",
            "runtask",
            "runvscodetask",
            "createandruntask",
            "installpythonpackages",
            "runnotebookcell",
        ],
    ),
    (
        Kind::Output,
        &[
            "bashoutput",
            "readbash",
            "taskoutput",
            "gettaskoutput",
            "getterminaloutput",
            "terminallastcommand",
            "getterminallastcommand",
            "awaitterminal",
            "readcelloutput",
            "readnotebookcelloutput",
        ],
    ),
    (Kind::Tests, &["runtests", "runtest", "testfailure"]),
    (
        Kind::Search,
        &[
            "grep",
            "rg",
            "grepsearch",
            "findtextinfiles",
            "textsearch",
            "codebase",
            "searchcodebase",
            "semanticsearch",
            "searchworkspacesymbols",
            "githubrepo",
        ],
    ),
    (Kind::Usages, &["usages", "listcodeusages"]),
    (Kind::Problems, &["geterrors", "problems", "getdiagnostics"]),
    (Kind::Fetch, &["fetch", "webfetch", "fetchwebpage"]),
    (Kind::WebSearch, &["websearch"]),
    (Kind::Agent, &["task", "agent", "runsubagent"]),
    (Kind::Todos, &["todowrite", "managetodolist", "todos"]),
    (Kind::Plan, &["exitplanmode"]),
    (
        Kind::Questions,
        &[
            "askuserquestion",
            "askquestions",
            "vscodeaskquestions",
            "askuser",
        ],
    ),
    (
        Kind::Nothing,
        &[
            "ls",
            "glob",
            "think",
            "sleep",
            "findfiles",
            "filesearch",
            "listdir",
            "listdirectory",
            "findtestfiles",
            "testsearch",
            "readprojectstructure",
            "createdirectory",
            "getchangedfiles",
            "changes",
            "getsearchresults",
            "searchresults",
            "getsearchviewresults",
            "terminalselection",
            "getterminalselection",
            "killshell",
            "killbash",
            "stopbash",
            "killterminal",
            "taskstop",
            "todoread",
            "enterplanmode",
            "skill",
            "slashcommand",
            "toolsearch",
            "reportintent",
            "updateuserpreferences",
            "opensimplebrowser",
            "getvscodeapi",
            "vscodeapi",
            "getprojectsetupinfo",
            "createnewworkspace",
            "getdocinfo",
            "runvscodecommand",
            "toolreplay",
            "vscodegetconfirmation",
            "listmcpresourcestool",
            "listmcpresources",
        ],
    ),
];

/// A tool's name taken apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Tool<'a> {
    /// The server, for a tool of the Model Context Protocol.
    pub server: Option<&'a str>,
    /// Its name without server and host.
    pub name: &'a str,
    pub kind: Kind,
}

impl<'a> Tool<'a> {
    pub fn named(full: &'a str) -> Self {
        let (server, name) = match full.strip_prefix("mcp__") {
            Some(rest) => match rest.split_once("__") {
                Some((server, name)) => (Some(server), name),
                None => (None, rest),
            },
            None => (None, full),
        };
        let name = ["copilot_", "functions.", "vscode_"]
            .iter()
            .find_map(|prefix| name.strip_prefix(prefix))
            .unwrap_or(name);
        let mut plain = squeezed(name);
        // A second version of a tool has a number behind its name.
        plain.truncate(plain.trim_end_matches(|c: char| c.is_ascii_digit()).len());
        let kind = if is_memory(&squeezed(full)) {
            Kind::Nothing
        } else {
            let known = NAMES
                .iter()
                .find(|(_, names)| names.contains(&plain.as_str()));
            match (known, server) {
                (Some(&(kind, _)), None) => kind,
                // Of another server's `create` nothing is known but its name.
                (Some(&(kind @ (Kind::Problems | Kind::Fetch | Kind::WebSearch), _)), _) => kind,
                _ => Kind::Unknown,
            }
        };
        Self { server, name, kind }
    }

    /// The words of the name in lower case: `create_issue` and `createIssue`
    /// are `create issue`.
    pub fn words(&self) -> String {
        let mut words = String::with_capacity(self.name.len() + 4);
        let mut was_lower = false;
        for c in self.name.chars() {
            if !c.is_alphanumeric() {
                if !words.is_empty() && !words.ends_with(' ') {
                    words.push(' ');
                }
            } else {
                if c.is_uppercase() && was_lower {
                    words.push(' ');
                }
                words.extend(c.to_lowercase());
            }
            was_lower = c.is_lowercase();
        }
        words.truncate(words.trim_end().len());
        words
    }
}

fn squeezed(name: &str) -> String {
    name.chars()
        .filter(|c| !matches!(c, '_' | '-' | ' '))
        .flat_map(char::to_lowercase)
        .collect()
}

/// What a memory gives is not remembered again.
fn is_memory(name: &str) -> bool {
    ["memory", "memories", "recollect", "claudemem", "mem0"]
        .iter()
        .any(|word| name.contains(word))
}

#[cfg(test)]
mod tests {
    use super::{Kind, Tool};

    #[track_caller]
    fn check(cases: &[(&str, Kind)]) {
        for &(name, kind) in cases {
            assert_eq!(Tool::named(name).kind, kind, "of {name}");
        }
    }

    #[test]
    fn one_tool_is_known_by_the_names_of_all_hosts() {
        check(&[
            ("Read", Kind::Read),
            ("readFile", Kind::Read),
            ("read_file", Kind::Read),
            ("copilot_readFile", Kind::Read),
            ("copilot_runTests1", Kind::Tests),
            ("run_in_terminal", Kind::Run),
            ("manage_todo_list", Kind::Todos),
            ("apply_patch", Kind::Edit),
            ("mcp__ide__getDiagnostics", Kind::Problems),
            ("mcp__jira__create", Kind::Unknown),
            ("LS", Kind::Nothing),
            ("", Kind::Unknown),
        ]);
    }

    #[test]
    fn what_a_memory_gives_is_not_remembered_again() {
        check(&[
            ("memory_search", Kind::Nothing),
            ("mcp__recollect__memory_get", Kind::Nothing),
            ("recollect_memory_context", Kind::Nothing),
            ("mcp__plugin_claude-mem_mcp-search__search", Kind::Nothing),
            ("copilot_memory", Kind::Nothing),
        ]);
    }

    #[test]
    fn a_name_is_read_as_words() {
        let words = |name| Tool::named(name).words();
        assert_eq!(words("mcp__github__create_issue"), "create issue");
        assert_eq!(words("getPullRequest"), "get pull request");
        assert_eq!(Tool::named("mcp__github__x").server, Some("github"));
    }
}
