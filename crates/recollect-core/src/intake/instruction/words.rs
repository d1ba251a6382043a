//! The words of a text, and what each of them can mean in an order.

/// What a word can mean; the sum of the classes of all lists that it stands in.
pub(super) type Class = u32;

/// "Ignore", "disregard".
pub(super) const TAKING_BACK: Class = 1;
/// What instructions are called.
pub(super) const GIVEN: Class = 1 << 1;
/// Without one of these, "ignore the restrictions of the old parser" is meant.
pub(super) const EARLIER: Class = 1 << 2;
pub(super) const YOU: Class = 1 << 3;
pub(super) const MODAL: Class = 1 << 4;
pub(super) const TO: Class = 1 << 5;
/// "Run", "call".
pub(super) const ACTION: Class = 1 << 6;
/// What is run or called.
pub(super) const MEANS: Class = 1 << 7;
/// A tool's own name, which no other thing has.
pub(super) const TOOL: Class = 1 << 8;
/// "Please", "now": the order is still to come.
pub(super) const LEAD: Class = 1 << 9;
/// "And", "then".
pub(super) const JOIN: Class = 1 << 10;
/// Who does it if it is no order.
pub(super) const SUBJECT: Class = 1 << 11;
pub(super) const USER: Class = 1 << 12;
/// What users do with words.
pub(super) const SAID: Class = 1 << 13;
/// Programs that fetch.
pub(super) const FETCHER: Class = 1 << 14;
/// Programs that run what they read.
pub(super) const SHELL: Class = 1 << 15;
/// What is done with an address.
pub(super) const OPENING: Class = 1 << 16;
/// What is done with data.
pub(super) const SENDING: Class = 1 << 17;
/// Names of roles in a conversation.
pub(super) const ROLE: Class = 1 << 18;
/// Words that mark a role if the right signs stand around them.
pub(super) const MARK: Class = 1 << 19;
/// First words of [`PHRASES`].
pub(super) const PHRASE: Class = 1 << 20;
/// "http" and "https".
pub(super) const SCHEME: Class = 1 << 21;
/// "Pipe", said instead of the sign.
pub(super) const PIPE: Class = 1 << 22;

#[rustfmt::skip]
const LISTS: [(Class, &[&str]); 23] = [
    (TAKING_BACK, &["ignore", "disregard", "forget", "override", "bypass", "discard", "neglect"]),
    (GIVEN, &["instructions", "instruction", "prompt", "prompts", "guidelines", "directives",
        "directions", "safeguards", "restrictions", "constraints"]),
    (EARLIER, &["previous", "prior", "above", "earlier", "all", "any", "your", "these",
        "preceding", "system", "existing", "other"]),
    (YOU, &["you"]),
    (MODAL, &["must", "should", "shall", "need", "have", "will"]),
    (TO, &["to"]),
    (ACTION, &["run", "execute", "call", "invoke", "use", "send", "upload"]),
    (MEANS, &["command", "commands", "tool", "tools", "function", "script", "terminal", "shell",
        "url"]),
    (TOOL, &["memory_search", "memory_timeline", "memory_get", "memory_remember",
        "memory_forget", "recollect_memory_search", "recollect_memory_timeline",
        "recollect_memory_get", "recollect_memory_context", "recollect_memory_patterns",
        "recollect_memory_remember", "recollect_memory_forget", "run_in_terminal", "runinterminal", "send_to_terminal",
        "run_terminal_cmd", "execute_command", "create_and_run_task", "run_vscode_command",
        "insert_edit_into_file", "replace_string_in_file", "write_to_file",
        "str_replace_editor", "fetch_webpage", "webfetch", "open_simple_browser",
        "browser_navigate", "use_mcp_tool", "access_mcp_resource"]),
    (LEAD, &["please", "kindly", "now", "first", "next", "also", "always", "immediately",
        "just", "simply", "assistant", "assistants", "copilot"]),
    (JOIN, &["and", "then"]),
    (SUBJECT, &["i", "we", "they", "it", "he", "she", "who", "which", "that"]),
    (USER, &["user", "human", "operator"]),
    (SAID, &["said", "says", "asked", "asks", "told", "tells", "wants", "wanted", "requested",
        "requests", "request", "instructed", "instructions", "wishes"]),
    (FETCHER, &["curl", "wget", "iwr", "irm"]),
    (SHELL, &["sh", "bash", "zsh", "dash", "python", "python3", "node", "perl", "ruby", "pwsh",
        "powershell", "iex"]),
    (OPENING, &["open", "fetch", "visit", "load", "browse", "navigate", "go", "request",
        "download", "ping", "curl", "wget", "send", "call"]),
    (SENDING, &["send", "post", "upload", "forward", "exfiltrate"]),
    (ROLE, &["system", "assistant", "developer"]),
    (MARK, &["im_start", "system", "inst", "sys", "instruction", "instructions"]),
    (PHRASE, &["you", "from", "new", "your", "reveal", "act", "do", "don", "without",
        "important", "attention", "note"]),
    (SCHEME, &["http", "https"]),
    (PIPE, &["pipe"]),
];

/// Wordings that are enough by themselves; a colon at the end must be there.
pub(super) static PHRASES: [&str; 17] = [
    "you are now",
    "from now on you",
    "new instructions:",
    "new system prompt",
    "your system prompt",
    "reveal your instructions",
    "act as if you",
    "do not tell the user",
    "don t tell the user",
    "do not inform the user",
    "without telling the user",
    "without asking the user",
    "without the user knowing",
    "do not mention this to",
    "important ai assistants",
    "attention ai",
    "note to the assistant:",
];

/// Words in [`LISTS`], one that stands in two lists counted twice.
const LISTED: usize = {
    let mut count = 0;
    let mut list = 0;
    while list < LISTS.len() {
        count += LISTS[list].1.len();
        list += 1;
    }
    count
};

/// The listed words by their first letters, and where each letter ends. Nearly
/// every word of a text is compared with a handful, or with none.
static BY_LETTER: ([(&str, Class); LISTED], [u8; 26]) = by_letter();

const fn by_letter() -> ([(&'static str, Class); LISTED], [u8; 26]) {
    assert!(LISTED <= u8::MAX as usize, "more words than a byte counts");
    let mut words = [("", 0); LISTED];
    let mut ends = [0; 26];
    let (mut filled, mut letter) = (0, 0);
    while letter < 26 {
        let mut list = 0;
        while list < LISTS.len() {
            let (class, listed) = LISTS[list];
            let mut word = 0;
            while word < listed.len() {
                if listed[word].as_bytes()[0] == b'a' + letter {
                    words[filled] = (listed[word], class);
                    filled += 1;
                }
                word += 1;
            }
            list += 1;
        }
        ends[letter as usize] = filled as u8;
        letter += 1;
    }
    (words, ends)
}

/// A word: letters, digits and underscores of ASCII.
#[derive(Clone, Copy)]
pub(super) struct Word<'a> {
    /// Where it begins.
    pub(super) start: usize,
    /// Where it ends.
    pub(super) end: usize,
    /// The word.
    pub(super) word: &'a [u8],
    /// What stands between it and the word before.
    pub(super) gap: &'a [u8],
    pub(super) class: Class,
}

impl Word<'_> {
    pub(super) fn is(&self, class: Class) -> bool {
        self.class & class != 0
    }
}

/// The words of a text from a position on. A copy looks ahead.
#[derive(Clone, Copy)]
pub(super) struct Words<'a> {
    pub(super) text: &'a [u8],
    pub(super) at: usize,
}

impl<'a> Iterator for Words<'a> {
    type Item = Word<'a>;

    fn next(&mut self) -> Option<Word<'a>> {
        let rest = self.text.get(self.at..)?;
        let gap = rest.iter().position(|&byte| is_part(byte))?;
        let (gap, rest) = rest.split_at(gap);
        let end = rest.iter().position(|&byte| !is_part(byte));
        let word = &rest[..end.unwrap_or(rest.len())];
        let start = self.at + gap.len();
        self.at = start + word.len();
        Some(Word {
            start,
            end: self.at,
            word,
            gap,
            class: class(word),
        })
    }
}

fn is_part(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

fn class(word: &[u8]) -> Class {
    let (words, ends) = &BY_LETTER;
    let letter = (word[0] | 0x20).wrapping_sub(b'a') as usize;
    let Some(&end) = ends.get(letter) else {
        return 0;
    };
    if word.len() > 4 && word[..4].eq_ignore_ascii_case(b"mcp_") {
        return TOOL;
    }
    let start = letter.checked_sub(1).map_or(0, |before| ends[before]);
    words[start as usize..end as usize]
        .iter()
        .filter(|(listed, _)| word.eq_ignore_ascii_case(listed.as_bytes()))
        .fold(0, |all, (_, class)| all | class)
}
