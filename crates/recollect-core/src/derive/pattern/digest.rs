//! A session as the miner keeps it: numbers instead of names, and only what can
//! count towards a pattern.

use super::event::{Event, Outcome, SessionEvents, is_error};
use super::names::Names;
use super::order::insert;
use super::phrase;
use crate::log::zone::Zone;

/// Most steps of a session that count; later ones do not.
pub(super) const MAX_STEPS: usize = 2_000;
/// Most different steps of a session that count.
pub(super) const MAX_CLASSES: usize = 128;
/// More files than this at once are a mass change, such as a new format, and say
/// nothing about any two of them.
///
/// 30 is the limit of "Mining version histories to guide software changes"
/// (Zimmermann et al., 2005).
pub(super) const MAX_FILES_AT_ONCE: usize = 30;
/// More files than this between a failure and the next pass do not tell which of
/// them mended it.
pub(super) const MAX_FILES_OF_FIX: usize = 10;
/// Most failures that wait for their fix at a time; the oldest is given up first.
const MAX_PENDING: usize = 32;

/// Highest number of a class: four of them make up a key.
pub(super) const MAX_CLASS: u32 = (1 << 15) - 1;
/// Highest number of a file or an error: two of them make up a key.
pub(super) const MAX_TEXT: u32 = (1 << 28) - 1;

/// Stands between the task and the error in the name of a failure.
pub(super) const SEPARATOR: char = '\u{1f}';

/// All that a project's miner needs of one session.
#[derive(Debug, Default)]
pub(super) struct Digest {
    /// When the last event was, in Unix milliseconds.
    pub end: i64,
    /// Classes of its steps, in order, none twice in a row.
    pub steps: Vec<u16>,
    /// Sets of files that changed between two commits, sorted.
    pub changes: Vec<Vec<u32>>,
    /// Failures that passed later, each with the sorted files that changed between.
    pub fixes: Vec<(u32, Vec<u32>)>,
    /// Activities and the parts of the week they were seen in, sorted: an activity
    /// times 256, 0 being any, plus a part.
    pub habits: Vec<u32>,
    used_classes: Vec<u32>,
    used_texts: Vec<u32>,
}

/// A failure that has not passed yet.
struct Pending<'a> {
    task: Option<&'a str>,
    file: Option<&'a str>,
    error: String,
    files: Vec<u32>,
}

/// An event in numbers.
#[derive(Clone, Copy, Debug, Default)]
struct Seen {
    has_activity: bool,
    activity: Option<u16>,
    step: Option<u16>,
    is_change: bool,
    /// The file that it changed.
    file: Option<u32>,
}

/// Numbers for the names of one project.
#[derive(Debug, Default)]
pub(super) struct ProjectNames {
    /// Steps and activities.
    pub classes: Names,
    /// Files and failures.
    pub texts: Names,
}

impl Digest {
    /// Reads a session. What it uses of `names` stays until it is released.
    pub fn of(session: &SessionEvents<'_>, names: &mut ProjectNames) -> Self {
        let events = &session.events;
        let mut digest = Self::default();
        let seen = digest.look_up(events, names);
        digest.read_steps(events, &seen);
        digest.read_habits(events, &seen, session.zone);
        digest.read_changes(events, &seen, names);
        digest.read_fixes(events, &seen, names);
        digest.end = events.iter().map(|event| event.at.0).max().unwrap_or(0);
        digest.steps.shrink_to_fit();
        names.classes.retain(&digest.used_classes);
        names.texts.retain(&digest.used_texts);
        digest
    }

    /// Gives back what the session used of `names`.
    pub fn release(&self, names: &mut ProjectNames) {
        names.classes.release(&self.used_classes);
        names.texts.release(&self.used_texts);
    }

    fn class(&mut self, name: &str, names: &mut ProjectNames) -> Option<u16> {
        let id = names.classes.id(name, MAX_CLASS)?;
        insert(&mut self.used_classes, id);
        Some(id as u16)
    }

    fn text(&mut self, name: &str, names: &mut ProjectNames) -> Option<u32> {
        let id = names.texts.id(name, MAX_TEXT)?;
        insert(&mut self.used_texts, id);
        Some(id)
    }

    /// Takes the names of all events in. Most of a session's events are like one
    /// before, so it is names that cost time and not events.
    fn look_up(&mut self, events: &[Event<'_>], names: &mut ProjectNames) -> Vec<Seen> {
        let mut seen: Vec<Seen> = Vec::with_capacity(events.len());
        // Open addressing, by hash; 0 is a free place, others are events from 1.
        let mut places = vec![0_u32; (2 * events.len()).next_power_of_two()];
        for (event, number) in events.iter().zip(1..) {
            let mut hash = 0;
            for text in [Some(event.event_type), event.file, event.task] {
                hash = u64::rotate_left(hash, 9)
                    ^ recollect_words::hash(text.unwrap_or("").as_bytes());
            }
            let mut place = hash as usize;
            let one = loop {
                place &= places.len() - 1;
                let Some(like) = places[place].checked_sub(1) else {
                    places[place] = number;
                    break self.look_up_one(event, names);
                };
                if event.is_called_like(&events[like as usize]) {
                    break seen[like as usize];
                }
                place += 1;
            };
            seen.push(one);
        }
        seen
    }

    fn look_up_one(&mut self, event: &Event<'_>, names: &mut ProjectNames) -> Seen {
        let mut seen = Seen::default();
        if let Some(activity) = phrase::activity(event) {
            seen.has_activity = true;
            seen.activity = self.class(&activity, names);
            seen.step = match phrase::step(&activity, event) {
                None => seen.activity,
                Some(step) => self.class(&step, names),
            };
        }
        if event.is_change() {
            seen.is_change = true;
            seen.file = event.file.and_then(|file| self.text(file, names));
        }
        seen
    }

    /// Opening a file just to edit it is part of editing it, and one step does not
    /// follow itself: people repeat what they do, and counting that finds nothing.
    fn read_steps(&mut self, events: &[Event<'_>], seen: &[Seen]) {
        let mut classes = Vec::new();
        let kept = events.iter().zip(seen);
        let mut kept = kept.filter(|(_, one)| one.has_activity).peekable();
        while let Some((event, one)) = kept.next() {
            let is_opened_to_edit = event.event_type == "file_open"
                && kept.peek().is_some_and(|(next, _)| {
                    next.event_type == "code_edit" && next.file == event.file
                });
            if is_opened_to_edit {
                continue;
            }
            if self.steps.len() == MAX_STEPS {
                break;
            }
            let Some(class) = one.step else {
                continue;
            };
            if self.steps.last() == Some(&class) {
                continue;
            }
            if classes.len() == MAX_CLASSES && classes.binary_search(&class.into()).is_err() {
                continue;
            }
            insert(&mut classes, class.into());
            self.steps.push(class);
        }
    }

    fn read_habits(&mut self, events: &[Event<'_>], seen: &[Seen], zone: &Zone) {
        for (event, one) in events.iter().zip(seen) {
            if let Some(class) = one.activity {
                let part = part_of_week(zone.local(event.at));
                insert(&mut self.habits, part);
                insert(&mut self.habits, u32::from(class) << 8 | part);
            }
        }
    }

    fn read_changes(&mut self, events: &[Event<'_>], seen: &[Seen], names: &mut ProjectNames) {
        let mut files = Vec::new();
        for (event, one) in events.iter().zip(seen) {
            one.file
                .into_iter()
                .for_each(|file| insert(&mut files, file));
            if event.event_type == "git_commit" {
                if !event.files.is_empty() {
                    files.clear();
                    let named = event.files.iter();
                    named
                        .filter_map(|file| self.text(file, names))
                        .for_each(|file| insert(&mut files, file));
                }
                self.end_change(&mut files);
            }
        }
        self.end_change(&mut files);
    }

    fn end_change(&mut self, files: &mut Vec<u32>) {
        let files = std::mem::take(files);
        if (1..=MAX_FILES_AT_ONCE).contains(&files.len()) {
            self.changes.push(files);
        }
    }

    fn read_fixes(&mut self, events: &[Event<'_>], seen: &[Seen], names: &mut ProjectNames) {
        let mut pending: Vec<Pending<'_>> = Vec::new();
        for (event, one) in events.iter().zip(seen) {
            if one.is_change {
                if let Some(file) = one.file {
                    for failure in &mut pending {
                        if failure.files.len() <= MAX_FILES_OF_FIX {
                            insert(&mut failure.files, file);
                        }
                    }
                }
                continue;
            }
            let is_run = match event.event_type {
                "test_run" | "build" => true,
                event_type => event.task.is_some() || is_error(event_type),
            };
            let Some(outcome) = event.outcome.filter(|_| is_run) else {
                continue;
            };
            let error = event.error.map(phrase::error_line).unwrap_or_default();
            let task = match event.event_type {
                "test_run" => event.task.or(Some("the tests")),
                "build" => event.task.or(Some("the build")),
                _ => event.task,
            };
            // A task is mended when it passes; a diagnostic, when that one clears.
            let mut place = 0;
            while let Some(failure) = pending.get(place) {
                let is_ended = failure.task == task
                    && (task.is_some()
                        || failure.file == event.file
                            && (error.is_empty() || failure.error == error));
                if !is_ended {
                    place += 1;
                    continue;
                }
                let failure = pending.remove(place);
                if outcome == Outcome::Passed {
                    self.end_failure(failure, names);
                }
            }
            if outcome == Outcome::Failed {
                if pending.len() == MAX_PENDING {
                    pending.remove(0);
                }
                pending.push(Pending {
                    task,
                    file: event.file,
                    error,
                    files: Vec::new(),
                });
            }
        }
    }

    fn end_failure(&mut self, failure: Pending<'_>, names: &mut ProjectNames) {
        let files = failure.files;
        if !(1..=MAX_FILES_OF_FIX).contains(&files.len()) {
            return;
        }
        let mut name = failure.task.unwrap_or("").to_owned();
        name.push(SEPARATOR);
        name.push_str(&failure.error);
        if let Some(id) = self.text(&name, names) {
            self.fixes.push((id, files));
        }
    }
}

/// Day of the week (Monday is 0) times 4 plus quarter of the day (from midnight),
/// in local time: 0 to 27.
fn part_of_week(local: i64) -> u32 {
    const QUARTER: i64 = 6 * 3_600_000;
    let quarters = local.div_euclid(QUARTER);
    // 1970 began on a Thursday.
    (quarters + 3 * 4).rem_euclid(28) as u32
}
