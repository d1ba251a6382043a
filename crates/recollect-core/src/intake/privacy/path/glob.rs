//! Patterns of paths: `*`, `**`, `?` and `{a,b}`.

/// Most alternatives that the braces of one pattern may make.
const MAX_ALTERNATIVES: usize = 64;

/// A pattern without braces.
///
/// Without a `/` it is the name of a file or folder anywhere; with one it is a
/// path from the root or from any folder. What a folder holds goes with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Glob {
    parts: Vec<Part>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    /// One character.
    Char(char),
    /// Any character but `/`.
    One,
    /// Any number of those.
    Many,
    /// Any number of any characters.
    Deep,
}

impl Glob {
    /// The patterns that one with braces stands for.
    pub fn parse_all(pattern: &str) -> Result<Vec<Glob>, &'static str> {
        let pattern = pattern.trim().to_lowercase().replace('\\', "/");
        let trimmed = pattern.trim_start_matches("./").trim_matches('/');
        if trimmed.is_empty() {
            return Err("is empty");
        }
        if trimmed.chars().all(|c| matches!(c, '*' | '/' | '?')) {
            return Err("matches every file");
        }
        let mut waiting = vec![trimmed.to_owned()];
        let mut globs = Vec::new();
        while let Some(next) = waiting.pop() {
            if globs.len() + waiting.len() >= MAX_ALTERNATIVES {
                return Err("has too many alternatives");
            }
            match alternatives(&next)? {
                Some(made) => waiting.extend(made),
                None => globs.push(Glob::of(&next)),
            }
        }
        Ok(globs)
    }

    fn of(pattern: &str) -> Self {
        let mut parts = Vec::new();
        let mut characters = pattern.chars().peekable();
        while let Some(c) = characters.next() {
            parts.push(match c {
                '?' => Part::One,
                '*' if characters.next_if_eq(&'*').is_some() => {
                    while characters.next_if_eq(&'*').is_some() {}
                    // `**/` also stands for no folder at all.
                    characters.next_if_eq(&'/');
                    Part::Deep
                }
                '*' => Part::Many,
                _ => Part::Char(c),
            });
        }
        Self { parts }
    }

    /// Whether the pattern stands for the path, which is in lower case, or for a
    /// folder that it lies in.
    ///
    /// All ways to match are followed at once, so the time is that of the length
    /// of the path by the length of the pattern.
    pub fn matches(&self, path: &str) -> bool {
        let count = self.parts.len();
        let mut here = vec![false; count + 1];
        let mut can_begin = true;
        for c in path.chars() {
            if can_begin {
                here[0] = true;
            }
            self.skip_empty(&mut here);
            if c == '/' && here[count] {
                return true;
            }
            let mut next = vec![false; count + 1];
            for (at, part) in self.parts.iter().enumerate().filter(|&(at, _)| here[at]) {
                match part {
                    Part::Char(wanted) => next[at + 1] |= *wanted == c,
                    Part::One => next[at + 1] |= c != '/',
                    Part::Many => next[at] |= c != '/',
                    Part::Deep => next[at] = true,
                }
            }
            here = next;
            can_begin = c == '/';
        }
        self.skip_empty(&mut here);
        here[count]
    }

    /// `*` and `**` may stand for nothing.
    fn skip_empty(&self, here: &mut [bool]) {
        for (at, part) in self.parts.iter().enumerate() {
            if here[at] && matches!(part, Part::Many | Part::Deep) {
                here[at + 1] = true;
            }
        }
    }
}

/// The first pair of braces undone; none if there is none.
fn alternatives(pattern: &str) -> Result<Option<Vec<String>>, &'static str> {
    let Some(open) = pattern.find('{') else {
        return match pattern.contains('}') {
            true => Err("has a `}` without its `{`"),
            false => Ok(None),
        };
    };
    let mut depth = 0_usize;
    let mut begin = open + 1;
    let mut choices = Vec::new();
    for (at, c) in pattern.char_indices().skip_while(|&(at, _)| at < open) {
        match c {
            '{' => depth += 1,
            ',' if depth == 1 => {
                choices.push(&pattern[begin..at]);
                begin = at + 1;
            }
            '}' => {
                depth -= 1;
                if depth == 0 {
                    choices.push(&pattern[begin..at]);
                    let (before, after) = (&pattern[..open], &pattern[at + 1..]);
                    let whole = choices
                        .iter()
                        .map(|choice| [before, choice, after].concat());
                    return Ok(Some(whole.collect()));
                }
            }
            _ => {}
        }
    }
    Err("has a `{` without its `}`")
}
