//! What a user adds to the rules: patterns, paths, and data about people.

use std::ops::Range;

use regex_lite::{Regex, RegexBuilder};

use super::path::{self, Glob};
use super::secret::{self, Redacted, Span};
use super::strip_in_place;
use crate::error::{Error, Result};

/// Most patterns of a user.
pub const MAX_PATTERNS: usize = 64;
/// Most bytes of one.
pub const MAX_PATTERN_BYTES: usize = 512;

/// Most bytes of a compiled pattern.
///
/// The engine's work for a byte of text grows with the pattern's states, so this
/// bounds it: some fifty states, or a tenth of a second for 64 KiB of the worst text.
const MAX_PATTERN_COST: usize = 4 * 1024;
/// The step in which a pattern's cost is told.
const COST_STEP: usize = 256;

/// Most work of all patterns for one text, in bytes read times the pattern's cost:
/// about a tenth of a second.
///
/// What is left of the text when it is used up could not be asked about, so it is
/// not kept, and its marker says why.
const MAX_WORK: usize = 160 * 1024 * 1024;

/// Most matches in one line of a pattern that repeats without end; behind them
/// the whole line goes.
///
/// Such a search may read to the end of the line to find a short match, so this
/// is what keeps the time linear.
const MAX_MATCHES: usize = 100;
/// The same for a line that is longer than this.
const LONG_LINE: usize = 8 * 1024;
const MAX_MATCHES_IN_LONG_LINE: usize = 8;

/// Rules beside the built-in ones, which cannot be switched off.
///
/// ```
/// use recollect_core::intake::privacy::UserRules;
///
/// let rules = UserRules::new(&["EMP-[0-9]{6}".to_owned()])?;
/// assert_eq!(rules.redact("ask EMP-123456").text, "ask [redacted:custom]");
/// # Ok::<(), recollect_core::Error>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct UserRules {
    patterns: Vec<Pattern>,
    globs: Vec<Glob>,
    drops_personal_data: bool,
}

#[derive(Clone, Debug)]
struct Pattern {
    regex: Regex,
    /// What every match begins with, as far as that is plain; lines without it are
    /// not searched.
    beginning: String,
    /// Work for each byte of a text.
    cost: usize,
    /// Whether a part of it may repeat without end.
    is_endless: bool,
}

impl Pattern {
    /// The pattern, or why it cannot be used.
    fn new(pattern: &str) -> std::result::Result<Self, String> {
        if pattern.len() > MAX_PATTERN_BYTES {
            return Err(format!("has more than {MAX_PATTERN_BYTES} bytes"));
        }
        let build = |limit: usize| RegexBuilder::new(pattern).size_limit(limit).build();
        let regex = build(MAX_PATTERN_COST).map_err(|error| {
            let problem = error.to_string();
            if problem.contains("size limit") {
                "would take too long on some texts: it is long or repeats too much".to_owned()
            } else {
                format!("is no regular expression: {problem}")
            }
        })?;
        if regex.is_match("") {
            return Err("matches an empty text".to_owned());
        }
        Ok(Self {
            regex,
            beginning: beginning(pattern).to_owned(),
            cost: (COST_STEP..MAX_PATTERN_COST)
                .step_by(COST_STEP)
                .find(|&limit| build(limit).is_ok())
                .unwrap_or(MAX_PATTERN_COST),
            is_endless: pattern.contains(['*', '+']) || pattern.contains(",}"),
        })
    }

    /// Whether a line can hold a match.
    fn may_match(&self, line: &str) -> bool {
        self.beginning.is_empty() || line.contains(&self.beginning)
    }

    /// Matches in a line after which the rest of it goes.
    fn max_matches(&self, line: &str) -> usize {
        match (self.is_endless, line.len() > LONG_LINE) {
            (false, _) => usize::MAX,
            (true, false) => MAX_MATCHES,
            (true, true) => MAX_MATCHES_IN_LONG_LINE,
        }
    }
}

impl UserRules {
    /// The rules that can be used of these, and what is wrong with each of the
    /// others, counted from 1: a slip in one of them must neither lose what is
    /// to be remembered nor switch the others off.
    ///
    /// ```
    /// use recollect_core::intake::privacy::UserRules;
    ///
    /// let patterns = ["(".to_owned(), "EMP-[0-9]{6}".to_owned()];
    /// let (rules, problems) = UserRules::usable(&patterns, &[]);
    /// assert_eq!(rules.redact("ask EMP-123456").text, "ask [redacted:custom]");
    /// assert!(problems[0].starts_with("pattern 1 is no regular expression"));
    /// ```
    #[must_use]
    pub fn usable(patterns: &[String], excluded_paths: &[String]) -> (Self, Vec<String>) {
        let mut problems = Vec::new();
        let mut compiled = Vec::new();
        for (position, pattern) in patterns.iter().enumerate() {
            if position == MAX_PATTERNS {
                problems.push(too_many(patterns));
                break;
            }
            match Pattern::new(pattern) {
                Ok(pattern) => compiled.push(pattern),
                Err(problem) => problems.push(format!("pattern {} {problem}", position + 1)),
            }
        }
        let mut globs = Vec::new();
        for (position, glob) in excluded_paths.iter().enumerate() {
            if position == path::MAX_GLOBS {
                problems.push(format!(
                    "{} excluded paths, more than the {} that are used",
                    excluded_paths.len(),
                    path::MAX_GLOBS
                ));
                break;
            }
            match path::globs(std::slice::from_ref(glob)) {
                Ok(mut good) => globs.append(&mut good),
                Err(_) => problems.push(format!(
                    "excluded path {} is no glob that can be used",
                    position + 1
                )),
            }
        }
        let rules = Self {
            patterns: compiled,
            globs,
            drops_personal_data: false,
        };
        (rules, problems)
    }

    /// Rules that drop what the regular expressions match, each within one line.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidInput`] that says which pattern is wrong, counted from 1.
    pub fn new(patterns: &[String]) -> Result<Self> {
        const FIELD: &str = "patterns";
        if patterns.len() > MAX_PATTERNS {
            return Err(Error::invalid(FIELD, too_many(patterns)));
        }
        let mut compiled = Vec::with_capacity(patterns.len());
        for (position, pattern) in patterns.iter().enumerate() {
            let pattern = Pattern::new(pattern).map_err(|problem| {
                Error::invalid(FIELD, format!("pattern {} {problem}", position + 1))
            })?;
            compiled.push(pattern);
        }
        Ok(Self {
            patterns: compiled,
            ..Self::default()
        })
    }

    /// The same rules, and files of which nothing is captured.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidInput`] that says which pattern is wrong, counted from 1.
    pub fn with_excluded_paths(self, globs: &[String]) -> Result<Self> {
        Ok(Self {
            globs: path::globs(globs)?,
            ..self
        })
    }

    /// The same rules, and addresses, telephone numbers, accounts and cards go.
    #[must_use]
    pub fn with_personal_data(self) -> Self {
        Self {
            drops_personal_data: true,
            ..self
        }
    }

    /// Puts a marker in place of each secret, ours and the user's.
    #[must_use]
    pub fn redact<'a>(&self, text: &'a str) -> Redacted<'a> {
        if self.patterns.is_empty() && !self.drops_personal_data {
            return secret::redact(text);
        }
        secret::redact_with(text, &|pass, text, found| {
            secret::find_secrets(text, found);
            if self.drops_personal_data {
                secret::find_personal(text, found);
            }
            // Once: a pattern such as `^a` would match again behind its marker.
            if pass == 0 {
                self.find_custom(text, found);
            }
        })
    }

    /// Whether nothing of a file may be captured.
    #[must_use]
    pub fn denies(&self, path: &str) -> bool {
        path::is_denied_by(path, &self.globs)
    }

    fn find_custom(&self, text: &str, found: &mut Vec<Span>) {
        let mut left = MAX_WORK;
        let mut line_start = 0;
        for whole in text.split_inclusive('\n') {
            let line = whole.trim_end_matches(['\n', '\r']);
            if self
                .find_in_line(line, line_start, &mut left, found)
                .is_none()
            {
                found.retain(|span| span.start < line_start);
                found.push(Span {
                    rule: secret::UNCHECKED,
                    start: line_start,
                    end: text.len(),
                });
                return;
            }
            line_start += whole.len();
        }
    }

    /// Finds what the patterns match in a line; none if there is too little work left.
    fn find_in_line(
        &self,
        line: &str,
        line_start: usize,
        left: &mut usize,
        found: &mut Vec<Span>,
    ) -> Option<()> {
        let mut markers = None;
        for pattern in &self.patterns {
            let spend = |left: usize, bytes: usize| left.checked_sub(bytes * pattern.cost);
            // A comparison of letters costs about a step of the engine.
            *left = left.checked_sub(line.len())?;
            if !pattern.may_match(line) {
                continue;
            }
            *left = spend(*left, line.len())?;
            let markers = markers.get_or_insert_with(|| secret::markers(line));
            let most = pattern.max_matches(line);
            for (count, hit) in pattern.regex.find_iter(line).enumerate() {
                let is_last = count == most;
                let range = hit.start()..if is_last { line.len() } else { hit.end() };
                let is_ours =
                    |marker: &Range<usize>| marker.start < hit.end() && hit.start() < marker.end;
                if !markers.iter().any(is_ours) {
                    found.push(Span {
                        rule: "custom",
                        start: line_start + range.start,
                        end: line_start + range.end,
                    });
                }
                if is_last {
                    break;
                }
                // The next search may read to the end of the line once more.
                if pattern.is_endless {
                    *left = spend(*left, line.len() - hit.end())?;
                }
            }
        }
        Some(())
    }

    /// Strips a text of privacy tags and of secrets where it stands, and says
    /// whether anything was removed.
    pub fn clean_in_place(&self, text: &mut String) -> bool {
        let had_private = strip_in_place(text);
        self.redact_in_place(text) || had_private
    }

    /// As [`UserRules::redact`], where the text stands; says whether it changed.
    pub fn redact_in_place(&self, text: &mut String) -> bool {
        let Redacted {
            text: kept,
            had_secret,
        } = self.redact(text);
        if had_secret {
            *text = kept.into_owned();
        }
        had_secret
    }
}

fn too_many(patterns: &[String]) -> String {
    let found = patterns.len();
    format!("{found} patterns, more than the {MAX_PATTERNS} that are used")
}

/// The plain letters and signs that each match of a pattern begins with.
fn beginning(pattern: &str) -> &str {
    const PLAIN: &[u8] = b"-_:/@#=,; ";
    if pattern.contains(['|', '(']) {
        return "";
    }
    let pattern = pattern.strip_prefix(r"\b").unwrap_or(pattern);
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || PLAIN.contains(&byte);
    let length = pattern.bytes().take_while(|&byte| is_plain(byte)).count();
    // What repeats may be missing.
    let repeats = pattern[length..].starts_with(['*', '+', '?', '{']);
    &pattern[..length.saturating_sub(usize::from(repeats))]
}
