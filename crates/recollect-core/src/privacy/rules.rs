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

/// Most matches in one line; behind them the whole line goes.
///
/// A search may read to the end of the line to find a short match, so this is
/// what keeps the time linear.
const MAX_MATCHES: usize = 100;

/// Rules beside the built-in ones, which cannot be switched off.
///
/// ```
/// use recollect_core::privacy::UserRules;
///
/// let rules = UserRules::new(&["EMP-[0-9]{6}".to_owned()])?;
/// assert_eq!(rules.redact("ask EMP-123456").text, "ask [redacted:custom]");
/// # Ok::<(), recollect_core::Error>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct UserRules {
    patterns: Vec<Regex>,
    globs: Vec<Glob>,
    drops_personal_data: bool,
}

impl UserRules {
    /// Rules that drop what the regular expressions match, each within one line.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidInput`] that says which pattern is wrong, counted from 1.
    pub fn new(patterns: &[String]) -> Result<Self> {
        const FIELD: &str = "patterns";
        if patterns.len() > MAX_PATTERNS {
            let found = patterns.len();
            let problem = format!("{found} patterns, more than the {MAX_PATTERNS} that are used");
            return Err(Error::invalid(FIELD, problem));
        }
        let mut compiled = Vec::with_capacity(patterns.len());
        for (position, pattern) in patterns.iter().enumerate() {
            let wrong = |problem: String| {
                Error::invalid(FIELD, format!("pattern {} {problem}", position + 1))
            };
            if pattern.len() > MAX_PATTERN_BYTES {
                return Err(wrong(format!("has more than {MAX_PATTERN_BYTES} bytes")));
            }
            let regex = RegexBuilder::new(pattern)
                .size_limit(64 * 1024)
                .build()
                .map_err(|error| wrong(format!("is no regular expression: {error}")))?;
            if regex.is_match("") {
                return Err(wrong("matches an empty text".to_owned()));
            }
            compiled.push(regex);
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
        let mut line_start = 0;
        for whole in text.split_inclusive('\n') {
            let line = whole.trim_end_matches(['\n', '\r']);
            let markers = secret::markers(line);
            for regex in &self.patterns {
                for (count, hit) in regex.find_iter(line).enumerate() {
                    let is_last = count == MAX_MATCHES;
                    let range = hit.start()..if is_last { line.len() } else { hit.end() };
                    let is_ours = |marker: &Range<usize>| {
                        marker.start < hit.end() && hit.start() < marker.end
                    };
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
                }
            }
            line_start += whole.len();
        }
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
