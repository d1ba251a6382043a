//! Which version: releases that a question names, and the part of history they stand for.

use std::cmp::Ordering;
use std::collections::HashSet;

use super::words::Words;
use crate::index::catalog::{Catalog, Release};
use crate::order;

/// A version, such as `v5.1.0-beta.2`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Version {
    parts: Vec<u64>,
    /// What stands behind a `-`; a version without is later than those with it.
    pre: Option<String>,
}

impl Version {
    /// The version in a tag's name or a word: `v5`, `5.1`, `release-2.0.0`, `pkg@1.2.3-rc.1`.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let text = text.rsplit(['@', '/']).next()?;
        let start = text.find(|c: char| c.is_ascii_digit())?;
        let led = text[..start].trim_end_matches(['v', 'V']);
        if !led.is_empty() && !led.ends_with(['-', '_', '.', ' ']) {
            return None;
        }
        let text = &text[start..];
        let end = text
            .find(|c: char| !c.is_ascii_digit() && c != '.')
            .unwrap_or(text.len());
        let (numbers, rest) = text.split_at(end);
        let parts: Option<Vec<u64>> = numbers
            .trim_end_matches('.')
            .split('.')
            .map(|part| part.parse().ok())
            .collect();
        let parts = parts.filter(|parts| parts.len() <= 4)?;
        let rest = rest.split('+').next().unwrap_or_default();
        if !rest.is_empty()
            && !rest.starts_with(['-', '_'])
            && !rest.starts_with(|c: char| c.is_ascii_alphabetic())
        {
            return None;
        }
        let pre = rest.trim_start_matches(['-', '_']).to_ascii_lowercase();
        Some(Self {
            parts,
            pre: (!pre.is_empty()).then_some(pre),
        })
    }

    /// Whether another is this one or, where this says less, one of its line: `5` has `5.1.0`.
    fn has(&self, other: &Self) -> bool {
        let is_line = other.parts.starts_with(&self.parts)
            || self.parts.starts_with(&other.parts)
                && self.parts[other.parts.len()..]
                    .iter()
                    .all(|part| *part == 0);
        is_line && (self.pre.is_none() || self.pre == other.pre)
    }

    /// Whether it says as much as another, so that it is that one.
    fn is(&self, other: &Self) -> bool {
        self.parts.len() >= other.parts.len() && self.has(other) && self.pre == other.pre
    }

    /// Whether another is the one that a line begins with: `5` with `5.0.0`.
    fn begins_with(&self, other: &Self) -> bool {
        let longest = self.parts.len().max(other.parts.len());
        other.pre.is_none() && (0..longest).all(|place| self.part(place) == other.part(place))
    }

    fn part(&self, place: usize) -> u64 {
        self.parts.get(place).copied().unwrap_or(0)
    }
}

impl Ord for Version {
    fn cmp(&self, other: &Self) -> Ordering {
        let longest = self.parts.len().max(other.parts.len());
        let by_number = (0..longest).map(|place| self.part(place).cmp(&other.part(place)));
        let by_number = by_number.fold(Ordering::Equal, Ordering::then);
        by_number.then_with(|| match (&self.pre, &other.pre) {
            (None, None) => Ordering::Equal,
            (None, Some(_)) => Ordering::Greater,
            (Some(_), None) => Ordering::Less,
            (Some(one), Some(other)) => by_parts(one, other),
        })
    }
}

impl PartialOrd for Version {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// `beta.2` before `beta.10`.
fn by_parts(one: &str, other: &str) -> Ordering {
    let parts = |text: &str| -> Vec<(u64, String)> {
        let parts = text.split(['.', '-']);
        parts
            .map(|part| {
                let letters: String = part.chars().filter(|c| !c.is_ascii_digit()).collect();
                let digits: String = part.chars().filter(char::is_ascii_digit).collect();
                (digits.parse().unwrap_or(0), letters)
            })
            .collect()
    };
    let (one, other) = (parts(one), parts(other));
    let key = |parts: &[(u64, String)]| -> Vec<(String, u64)> {
        parts
            .iter()
            .map(|(number, letters)| (letters.clone(), *number))
            .collect()
    };
    key(&one).cmp(&key(&other))
}

/// The part of history that a question is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// What came with a version, and was in none before.
    In(Version),
    /// What is in the second and not in the first.
    Between(Version, Version),
    /// What is not in a version.
    Since(Version),
    /// What is in an earlier one than a version.
    Before(Version),
}

/// Releases that a question names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Releases {
    pub(crate) part: Part,
    pub(crate) told: String,
}

impl Releases {
    /// The version that is asked about, if it is one alone.
    pub(crate) fn only(&self) -> Option<&Version> {
        match &self.part {
            Part::In(version) => Some(version),
            _ => None,
        }
    }
}

/// Takes the versions that a question names, if there are such releases.
pub(super) fn take(
    words: &mut Words<'_>,
    releases: &[Release],
    project: Option<&str>,
) -> Option<Releases> {
    let known: Vec<Version> = releases
        .iter()
        .filter_map(|release| Version::parse(&release.name))
        .collect();
    let numbers: Vec<(usize, Version)> = (0..words.list.len())
        .filter_map(|number| Some((number, version_at(words, number, &known, project)?)))
        .collect();
    let Some((first, version)) = numbers.first().cloned() else {
        return take_range(words, &known).or_else(|| take_newest(words, releases));
    };
    let from = led_from(words, first);
    let lead = words.before(from).to_owned();
    if let Some((second, other)) = numbers.get(1).cloned() {
        let joint = words.before(led_from(words, second)).to_owned();
        let is_pair = matches!(
            joint.as_str(),
            "and" | "to" | "until" | "through" | "-" | "–" | ".."
        ) && (matches!(lead.as_str(), "between" | "from") || joint != "and");
        if is_pair {
            let from = from - usize::from(matches!(lead.as_str(), "between" | "from"));
            words.take(from, second + 1);
            let told = told_of(words, first, second + 1);
            let part = match version <= other {
                true => Part::Between(version, other),
                false => Part::Between(other, version),
            };
            return Some(Releases { part, told });
        }
    }
    let from = from
        - usize::from(matches!(
            lead.as_str(),
            "in" | "into"
                | "since"
                | "after"
                | "before"
                | "until"
                | "with"
                | "of"
                | "for"
                | "by"
                | "to"
                | "from"
        ));
    words.take(from, first + 1);
    let told = told_of(words, first, first + 1);
    let part = part_of(&lead, version);
    Some(Releases { part, told })
}

/// Takes `1.2.0..1.3.0`, as git has it.
fn take_range(words: &mut Words<'_>, known: &[Version]) -> Option<Releases> {
    let parsed = |text: &str| {
        let version = Version::parse(text.trim_matches('.'))?;
        known.iter().any(|one| version.has(one)).then_some(version)
    };
    let (at, part) = (0..words.list.len()).find_map(|at| {
        let (one, other) = words.lower(at).split_once("..")?;
        Some((at, Part::Between(parsed(one)?, parsed(other)?)))
    })?;
    let told = words.take(at, at + 1).to_owned();
    Some(Releases { part, told })
}

/// The part of history that a word before a version means.
fn part_of(lead: &str, version: Version) -> Part {
    match lead {
        "since" | "after" => Part::Since(version),
        "before" | "until" => Part::Before(version),
        _ => Part::In(version),
    }
}

/// Takes `in the latest release`, `since the last version` or `in the previous release`; the
/// releases themselves are listed where nothing leads to them.
fn take_newest(words: &mut Words<'_>, releases: &[Release]) -> Option<Releases> {
    let is_release =
        |word: &str| matches!(word, "release" | "version" | "tag" | "released" | "tagged");
    let at = (0..words.list.len()).find(|at| {
        let is_end = matches!(
            words.lower(*at),
            "latest" | "last" | "newest" | "current" | "previous" | "next" | "upcoming" | "not"
        );
        words.lower(*at) == "unreleased" || is_end && is_release(words.lower(at + 1))
    })?;
    // What is not released yet is what came since the last time.
    let is_open = matches!(words.lower(at), "next" | "upcoming" | "not" | "unreleased");
    let the = at - usize::from(matches!(words.before(at), "the" | "our"));
    let lead = match is_open {
        true => "since",
        false => words.before(the),
    };
    let lead = lead.to_owned();
    let leads = [
        "in", "into", "since", "after", "before", "until", "with", "of",
    ];
    if !leads.contains(&lead.as_str()) {
        return None;
    }
    let mut known: Vec<(Version, &str)> = releases
        .iter()
        .filter_map(|release| Some((Version::parse(&release.name)?, release.name.as_str())))
        .collect();
    if known.iter().any(|(version, _)| version.pre.is_none()) {
        known.retain(|(version, _)| version.pre.is_none());
    }
    order::sort(&mut known, |one, other| other.0.cmp(&one.0));
    known.dedup_by(|one, other| one.0 == other.0);
    let back = usize::from(words.lower(at) == "previous");
    let (version, name) = known.into_iter().nth(back)?;
    match is_open {
        true => words.take(the, at + 1 + usize::from(is_release(words.lower(at + 1)))),
        false => words.take(the - 1, at + 2),
    };
    Some(Releases {
        part: part_of(&lead, version),
        told: name.to_owned(),
    })
}

/// The words of a version or of two, without what leads to them.
fn told_of(words: &Words<'_>, from: usize, to: usize) -> String {
    let told = words.list.get(from..to).unwrap_or_default();
    let told: Vec<&str> = told.iter().map(|word| word.text).collect();
    told.join(" ")
}

/// Where the words begin that lead to a version: `version 5`, `release v5`, `express 5`.
fn led_from(words: &Words<'_>, number: usize) -> usize {
    let before = words.before(number);
    let is_led = matches!(
        before,
        "version" | "release" | "versions" | "releases" | "tag" | "v"
    );
    let from = number - usize::from(is_led && number > 0);
    from - usize::from(from > 0 && from < words.list.len() && words.before(from) == "the")
}

fn version_at(
    words: &Words<'_>,
    number: usize,
    known: &[Version],
    project: Option<&str>,
) -> Option<Version> {
    let word = words.free(number)?;
    let lower = word.lower.trim_end_matches(".x");
    let version = Version::parse(lower)?;
    let digits = lower.strip_prefix('v').unwrap_or(lower);
    if !digits.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let is_marked = lower.starts_with('v');
    let before = words.before(number);
    let is_named = matches!(
        before,
        "version" | "release" | "versions" | "releases" | "tag"
    ) || project
        .is_some_and(|project| !before.is_empty() && project.to_lowercase().contains(before));
    // `Node 0.8` and `Python 3.7` are versions of something else.
    let is_of_other = number
        .checked_sub(1)
        .and_then(|before| words.list.get(before))
        .is_some_and(|before| {
            !is_named && before.is_capital() && number > 1 && before.text.len() > 1
        });
    let is_long = version.parts.len() >= 2;
    let is_led = matches!(
        before,
        "in" | "into"
            | "since"
            | "after"
            | "before"
            | "until"
            | "between"
            | "and"
            | "to"
            | "from"
            | "of"
            | "with"
            | "for"
            | "did"
            | "does"
            | "was"
            | "is"
            | "release"
            | "released"
            | "ship"
            | "shipped"
            | ""
    );
    let is_told = is_marked || is_named || is_long && is_led;
    (is_told && !is_of_other && known.iter().any(|known| version.has(known))).then_some(version)
}

/// The releases of a version: of it alone if there is such a release, else all of its line.
pub(crate) fn of_version<'a>(
    releases: &'a [Release],
    version: &Version,
    is_there: &impl Fn(u32) -> bool,
) -> Vec<(&'a Release, Version)> {
    let parsed = releases.iter().filter(|release| is_there(release.row));
    let parsed: Vec<(&Release, Version)> = parsed
        .filter_map(|release| Some((release, Version::parse(&release.name)?)))
        .collect();
    let exact: Vec<(&Release, Version)> = parsed
        .iter()
        .filter(|(_, known)| version.is(known))
        .cloned()
        .collect();
    let mut found = match exact.is_empty() {
        true => parsed
            .into_iter()
            .filter(|(_, known)| version.has(known))
            .collect(),
        false => exact,
    };
    let tags: Vec<&Release> = found.iter().map(|(release, _)| *release).collect();
    found.retain(|(release, _)| is_told_once(release, &tags));
    found
}

/// Whether a release is a tag, or what a title says that no tag does.
pub(crate) fn is_told_once(release: &Release, all: &[&Release]) -> bool {
    let plain = |release: &Release| release.name.trim_start_matches('v').to_owned();
    let name = plain(release);
    release.is_tag || !all.iter().any(|one| one.is_tag && plain(one) == name)
}

/// Of the releases of a version the one that its line begins with, or all if that is not there.
pub(crate) fn first_of_version<'a>(
    releases: &'a [Release],
    version: &Version,
    is_there: &impl Fn(u32) -> bool,
) -> Vec<&'a Release> {
    let all = of_version(releases, version, is_there);
    let first: Vec<&Release> = all
        .iter()
        .filter(|(_, known)| version.begins_with(known))
        .map(|(release, _)| *release)
        .collect();
    match first.is_empty() {
        true => all.into_iter().map(|(release, _)| release).collect(),
        false => first,
    }
}

/// Hashes of the commits of a part of history, as the parents of commits tell.
pub(crate) fn commits_of(
    part: &Part,
    catalog: &Catalog,
    is_there: &impl Fn(u32) -> bool,
) -> HashSet<String> {
    let releases = catalog.releases();
    let hash = |release: &Release| release.commit.to_ascii_lowercase();
    let heads = |version: &Version| -> Vec<String> {
        let found = of_version(releases, version, is_there).into_iter();
        found.map(|(release, _)| hash(release)).collect()
    };
    // `4.17` as an end of a range is the first of its line.
    let ends = |version: &Version| -> Vec<String> {
        let found = first_of_version(releases, version, is_there).into_iter();
        found.map(hash).collect()
    };
    let below = |version: &Version| -> Vec<String> {
        let own: Vec<Version> = of_version(releases, version, is_there)
            .into_iter()
            .map(|(_, known)| known)
            .collect();
        let Some(least) = own.iter().min() else {
            return Vec::new();
        };
        let is_below =
            |known: &Version| known < least && !own.iter().any(|own| own.parts == known.parts);
        releases
            .iter()
            .filter(|release| is_there(release.row))
            .filter(|release| Version::parse(&release.name).is_some_and(|known| is_below(&known)))
            .map(|release| release.commit.to_ascii_lowercase())
            .collect()
    };
    let (wanted, without) = match part {
        Part::In(version) => (Some(heads(version)), below(version)),
        Part::Between(first, second) => (Some(ends(second)), ends(first)),
        Part::Since(version) => (None, heads(version)),
        Part::Before(version) => (Some(below(version)), Vec::new()),
    };
    let without = catalog.ancestors(without, is_there);
    match wanted {
        Some(wanted) => {
            let mut found = catalog.ancestors(wanted, is_there);
            found.retain(|hash| !without.contains(hash));
            found
        }
        None => {
            let all = catalog.commits("");
            let all = all.filter(|(_, rows)| rows.iter().any(|row| is_there(*row)));
            all.map(|(hash, _)| hash.to_owned())
                .filter(|hash| !without.contains(hash))
                .collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_ordered_by_their_parts() {
        let mut versions: Vec<Version> = [
            "v5.0.0",
            "5.0.0-beta.2",
            "5.0.0-beta.10",
            "4.19.2",
            "v10.0",
            "5.0.0-alpha.8",
        ]
        .iter()
        .map(|text| Version::parse(text).expect(text))
        .collect();
        versions.sort();
        let parts: Vec<String> = versions
            .iter()
            .map(|version| format!("{:?} {:?}", version.parts, version.pre))
            .collect();
        assert_eq!(parts[0], "[4, 19, 2] None");
        assert_eq!(parts[1], "[5, 0, 0] Some(\"alpha.8\")");
        assert_eq!(parts[2], "[5, 0, 0] Some(\"beta.2\")");
        assert_eq!(parts[5], "[10, 0] None");
    }

    #[test]
    fn words_that_hold_digits_are_not_all_versions() {
        for text in ["http2", "es2015", "a1b2", "", "v", "x86_64"] {
            assert_eq!(Version::parse(text), None, "{text}");
        }
    }
}
