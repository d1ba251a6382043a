//! Secrets on command lines: `mysql -uroot -p…`, `echo … | docker login --password-stdin`.

use super::Span;
use super::commands::{COMMANDS, READS, Row, SPOKEN, STORES, Takes, known, rows_of};
use super::letters::{QUOTE, is_one_of};
use super::scan::Scan;
use super::taken::{login, piped, printed, secret};
use super::value::Look;
use super::words::{Item, LINE, next_item};

/// Names that the automaton looks for: one word for several commands that it begins.
pub(super) fn keywords() -> impl Iterator<Item = &'static str> {
    let mut last = "";
    COMMANDS
        .iter()
        .map(|&(command, _, _)| command)
        .filter(move |&command| std::mem::replace(&mut last, command) != command)
        .chain(["echo", "printf", "<<<"])
        // What reads a secret from its input, and is no command of the table.
        .chain([
            "wrangler",
            "vercel",
            "vncpasswd",
            "openconnect",
            "lpass",
            "kinit",
            "cryptsetup",
            "secret-tool",
            "keyring",
            "kubeseal",
            "gcloud",
        ])
}

/// Finds the secrets of the command that begins at a place, and of all others on
/// its line; gives the end of the line.
pub(super) fn command(scan: &Scan<'_>, start: usize, end: usize, found: &mut Vec<Span>) -> usize {
    let is_begin =
        |byte: u8| byte == 0 || byte.is_ascii_whitespace() || b"\"'`|;&($/\\={[,:".contains(&byte);
    let after = scan.byte(end);
    let ends = after.is_ascii_whitespace() || QUOTE.has(after) || after == b'.' || after == b'<';
    if !is_begin(scan.back(start, 1)) || !ends && end - start > 3 {
        return 0;
    }
    if scan
        .slice(start, end)
        .eq_ignore_ascii_case("ConvertTo-SecureString")
    {
        piped(scan, start, found);
    }
    let mut line = Line::default();
    // A word of a list keeps its quotes, so that those of the others pair.
    let word = scan.run(start, super::letters::URL_SAFE, 24).1;
    let is_listed = QUOTE.has(scan.byte(word)) && scan.byte(word) == scan.back(start, 1);
    let begin = start - usize::from(is_listed);
    let mut at = begin;
    while at - begin < LINE {
        let takes_blanks = line.pending.is_some() || matches!(line.command, "echo" | "printf");
        let (next, item, sign) = next_item(scan, at, takes_blanks);
        if let Some(item) = item {
            line.take(scan, item, found);
        }
        match sign {
            b'|' => line.pipe(),
            b';' | b'&' => line = Line::default(),
            0 | b'\n' => return next.max(start + 1),
            _ => {}
        }
        at = next;
    }
    at
}

/// What is known of a line so far.
#[derive(Default)]
struct Line {
    command: &'static str,
    /// The rows of the table among which the command's are.
    rows: &'static [Row],
    /// Words behind the command that are no options.
    words: usize,
    said: [&'static str; 2],
    /// The option whose value comes next.
    pending: Option<Takes>,
    /// What `echo` prints.
    printed: Option<Item>,
    is_piped: bool,
    is_here: bool,
    has_reader: bool,
    /// Whether a tool was named that stores secrets.
    has_store: bool,
    /// Whether the command is a quoted word of a list, as its values then are too.
    is_list: bool,
    /// Whether a share of another computer was named.
    has_share: bool,
    /// Whether a word says what was called, as none but `sudo` stands before it.
    is_called: bool,
    /// Whether what comes next, or was kept, is plain text to seal.
    is_plain: bool,
}

impl Line {
    fn pipe(&mut self) {
        let printed = self
            .printed
            .take()
            .filter(|_| matches!(self.command, "echo" | "printf"));
        *self = Self {
            printed,
            is_piped: printed.is_some(),
            is_called: true,
            ..Self::default()
        };
    }

    fn take(&mut self, scan: &Scan<'_>, item: Item, found: &mut Vec<Span>) {
        let text = scan.slice(item.from, item.to);
        if let Some(takes) = self.pending.take()
            && !text.starts_with("--")
        {
            match takes {
                Takes::Login(_) => login(scan, item, ':', found),
                Takes::Skip(_) => login(scan, item, '%', found),
                Takes::Cookie(_) => login(scan, item, '=', found),
                Takes::Behind(_) => {}
                Takes::Sealed(_) if !self.is_plain => self.printed = Some(item),
                _ => secret(scan, item, found),
            }
            return;
        }
        let base = text.rsplit(['/', '\\']).next().unwrap_or(text);
        let base = base
            .strip_suffix(".exe")
            .or_else(|| base.strip_suffix(".jar"))
            .or_else(|| base.strip_suffix(".sh"))
            .unwrap_or(base);
        let is_option = text.starts_with('-')
            || text.starts_with('/')
                && !text.starts_with("//")
                && (self.command == "net" || self.command.starts_with(['x', 'c', 's', 'w']));
        if !is_option {
            self.has_store |= STORES.contains(&base);
            if let Some(command) = known(base)
                && !(self.command == command || matches!(self.command, "echo" | "printf"))
            {
                let (printed, is_piped) = (self.printed, self.is_piped);
                *self = Self {
                    command,
                    rows: rows_of(command),
                    printed,
                    is_piped,
                    is_list: item.is_quoted,
                    has_store: self.has_store,
                    ..Self::default()
                };
                return;
            }
        }
        self.read_input(scan, item, text, found);
        if self.command.is_empty() || self.is_list && !item.is_quoted {
            return;
        }
        if matches!(self.command, "echo" | "printf") {
            if !is_option && (self.printed.is_none() || self.command == "printf") && !self.is_piped
            {
                self.printed = Some(item);
            }
            return;
        }
        self.words += usize::from(!is_option);
        if let Some(&(_, word, _)) = self.rows.iter().find(|&&(command, word, _)| {
            command == self.command && !word.is_empty() && word == text
        }) {
            self.said = [word, self.said[0]];
            self.words = 1;
        }
        // With `-n` it prints, and no file comes first.
        let prints = self.command == "htpasswd" && is_option && text.contains('n');
        self.words += usize::from(prints);
        for &(command, word, takes) in self.rows {
            if command == self.command && (word.is_empty() || self.said.contains(&word)) {
                self.apply(scan, item, text, takes, is_option, found);
            }
        }
    }

    fn apply(
        &mut self,
        scan: &Scan<'_>,
        item: Item,
        text: &str,
        takes: Takes,
        is_option: bool,
        found: &mut Vec<Span>,
    ) {
        match takes {
            Takes::Option(option)
            | Takes::Login(option)
            | Takes::Sealed(option)
            | Takes::Cookie(option)
            | Takes::Skip(option)
                if text == option =>
            {
                self.pending = Some(takes)
            }
            // The last of several letters: `-bnBC 10`.
            Takes::Skip(option)
                if is_option && !text.starts_with("--") && text.ends_with(&option[1..]) =>
            {
                self.pending = Some(takes);
            }
            Takes::Skip(_) | Takes::Cookie(_) => {}
            Takes::Sealed(_) => {
                if text == "SecureString" {
                    self.is_plain = true;
                    if let Some(item) = self.printed.take() {
                        secret(scan, item, found);
                    }
                }
            }
            // Options in one: `-sSLu joe:…`.
            Takes::Login(option)
                if self.command == "curl"
                    && option.len() == 2
                    && (3..=8).contains(&text.len())
                    && is_option
                    && text[1..].bytes().all(|byte| byte.is_ascii_alphabetic())
                    && text.ends_with(&option[1..]) =>
            {
                self.pending = Some(takes);
            }
            Takes::Option(option) | Takes::Joined(option) | Takes::Login(option) => {
                let Some(rest) = text.strip_prefix(option) else {
                    return;
                };
                // `-print` is another option than `-p`, and `--user-agent` than `--user`.
                let is_joined = matches!(takes, Takes::Joined(_));
                let is_long = option.len() > 2 && option.starts_with('-') && !is_joined;
                let value = match rest.strip_prefix('=') {
                    Some(value) => value,
                    None if is_long || rest.is_empty() => return,
                    None => rest,
                };
                let from = item.to - value.len();
                let item = Item { from, ..item };
                match takes {
                    Takes::Login(_) => login(scan, item, ':', found),
                    _ => secret(scan, item, found),
                }
            }
            Takes::Word(number) => {
                // People also speak of a net user.
                let is_said = || {
                    let may_be = SPOKEN.contains(&self.command) && !item.is_quoted;
                    may_be && scan.look(text) == Look::Name
                };
                if !is_option && self.words == number && !is_said() {
                    secret(scan, item, found);
                }
            }
            Takes::Quoted => {
                let is_said = scan.look(text) == Look::Name;
                if !is_option && self.words == 1 && (item.is_quoted || self.is_plain && !is_said) {
                    secret(scan, item, found);
                } else if !is_option && self.words == 1 {
                    self.printed = Some(item);
                } else if is_one_of(text, &["-AsPlainText", "-String"]) {
                    self.is_plain = true;
                    if let Some(item) = self.printed.take() {
                        secret(scan, item, found);
                    }
                }
            }
            Takes::Share => {
                let is_share = text.starts_with('\\');
                if self.has_share && !is_option && scan.look(text) != Look::Name {
                    secret(scan, item, found);
                }
                self.has_share = is_share || self.has_share && is_option;
            }
            // The phrase of `-passin pass:…`.
            Takes::Behind('\0') => {
                if let Some(value) = text.strip_prefix("pass:") {
                    let from = item.to - value.len();
                    secret(scan, Item { from, ..item }, found);
                }
            }
            Takes::Behind(sign) => {
                if is_option || text.starts_with("//") || text.contains(".sql") {
                    return;
                }
                if sign != ':' {
                    login(scan, item, sign, found);
                } else if let Some((user, rest)) = text.split_once(':')
                    && !rest.starts_with('/')
                {
                    // `ssh joe:…@host`; behind a host stands a path.
                    let length = match self.command {
                        "bundle" => rest.len(),
                        _ => rest.rfind('@').unwrap_or(0),
                    };
                    let from = item.from + user.len() + 1;
                    let item = Item {
                        from,
                        to: from + length,
                        ..item
                    };
                    secret(scan, item, found);
                }
            }
        }
    }

    /// A command that takes a secret from its input.
    fn read_input(&mut self, scan: &Scan<'_>, item: Item, text: &str, found: &mut Vec<Span>) {
        if self.is_here {
            self.is_here = false;
            if self.has_reader {
                printed(scan, item, found);
            }
        }
        self.is_here = text == "<<<";
        self.has_store |= STORES.contains(&text);
        let reads = self.is_called && matches!(text, "su" | "passwd");
        self.is_called = text == "sudo";
        let reads = reads
            || READS.contains(&text)
            || self.has_store && matches!(text, "secret" | "secrets" | "env");
        self.has_reader |= reads;
        if reads
            && self.is_piped
            && let Some(item) = self.printed.take()
        {
            printed(scan, item, found);
        }
    }
}
