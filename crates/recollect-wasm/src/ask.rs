//! Questions in plain words, and what answers them.

use recollect_core::Error;
use recollect_core::search::answer::{self, Ask};
use recollect_core::search::question::{self, Aspect as CoreAspect, Direction, Question};
use serde::{Deserialize, Serialize};
use tsify::{Ts, Tsify};
use wasm_bindgen::prelude::*;

use crate::error::{read, thrown};
use crate::requests::{Filter, Format, Order, millis};
use crate::store::{Recollect, Thrown, out};
use crate::types::Hit;

/// A kind of what can be understood of a question.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "snake_case")]
pub enum Aspect {
    /// A time.
    Time,
    /// Files or folders.
    File,
    /// People.
    Person,
    /// Releases.
    Version,
    /// A commit's hash, the number of a pull request or an issue.
    Number,
    /// A kind of memory.
    Kind,
    /// The newest or the oldest first.
    Order,
}

impl From<CoreAspect> for Aspect {
    fn from(aspect: CoreAspect) -> Self {
        match aspect {
            CoreAspect::Time => Self::Time,
            CoreAspect::File => Self::File,
            CoreAspect::Person => Self::Person,
            CoreAspect::Version => Self::Version,
            CoreAspect::Number => Self::Number,
            CoreAspect::Kind => Self::Kind,
            CoreAspect::Order => Self::Order,
        }
    }
}

impl From<Aspect> for CoreAspect {
    fn from(aspect: Aspect) -> Self {
        match aspect {
            Aspect::Time => Self::Time,
            Aspect::File => Self::File,
            Aspect::Person => Self::Person,
            Aspect::Version => Self::Version,
            Aspect::Number => Self::Number,
            Aspect::Kind => Self::Kind,
            Aspect::Order => Self::Order,
        }
    }
}

/// What is asked, and where.
#[derive(Debug, Default, Deserialize, Tsify)]
#[serde(default, rename_all = "camelCase")]
pub struct AskRequest {
    /// The question, in plain words or in the query language.
    pub text: String,
    /// What it means by the model of `setModel`, if there is one.
    #[tsify(optional)]
    pub meant: Vec<f32>,
    /// The question before it in the same conversation.
    #[tsify(optional)]
    pub earlier: Option<String>,
    /// The moment of asking, Unix milliseconds.
    #[tsify(optional)]
    pub now: Option<f64>,
    /// Whether nothing that happened later than that counts.
    #[tsify(optional)]
    pub is_as_of: bool,
    /// Whether other projects are left out even if that has nothing.
    #[tsify(optional)]
    pub is_here_only: bool,
    /// The file at hand, which `this file` and `here` mean.
    #[tsify(optional)]
    pub file: Option<String>,
    /// Name of whoever asks, as commits have it.
    #[tsify(optional)]
    pub me: Option<String>,
    /// Kinds of what was understood that do not count.
    #[tsify(optional)]
    pub without: Vec<Aspect>,
    /// What must hold besides, whatever the question says. Its projects are those at hand; none
    /// means all.
    #[serde(flatten)]
    pub filter: Filter,
    /// What comes first, whatever the question says; `best` leaves it to the question.
    #[tsify(optional)]
    pub order: Order,
    /// Whether the last word is still being typed.
    #[tsify(optional)]
    pub is_prefix: bool,
    /// How much of each hit; `index` unless told.
    #[tsify(optional)]
    pub format: Format,
}

impl AskRequest {
    fn into_core(self) -> Result<Ask, Error> {
        let Self {
            text,
            meant,
            earlier,
            now,
            is_as_of,
            is_here_only,
            file,
            me,
            without,
            filter,
            order,
            is_prefix,
            format,
        } = self;
        let (mut filter, page) = filter.into_core()?;
        Ok(Ask {
            question: Question {
                text,
                now: now.map(millis).unwrap_or_default(),
                projects: std::mem::take(&mut filter.projects),
                file,
                me,
                without: without.into_iter().map(Into::into).collect(),
            },
            meant,
            earlier,
            is_as_of,
            filter,
            order: match order {
                Order::Best | Order::Relevance => None,
                Order::Newest => Some(Direction::Newest),
                Order::Oldest => Some(Direction::Oldest),
            },
            is_prefix,
            offset: page.offset() as usize,
            limit: page.limit() as usize,
            format: format.into(),
            is_here_only,
        })
    }
}

/// One part of a question that was understood.
#[derive(Debug, Serialize, Tsify)]
pub struct Understood {
    /// What it is.
    pub aspect: Aspect,
    /// The words that say it.
    pub text: String,
    /// What it was taken for: dates, a path, a name.
    pub value: String,
}

/// Something to say of an answer besides its hits.
#[derive(Debug, Serialize, Tsify)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum AnswerNote {
    /// The question before was used, since this one has no subject of its own.
    UsedEarlier,
    /// This word is known nowhere.
    UnknownWord {
        /// As it was typed.
        word: String,
    },
    /// No memory is of this number or hash.
    NoNumber {
        /// As `#12` or in hexadecimal.
        number: String,
    },
    /// Nothing is of the time that was asked for.
    NothingThen {
        /// The moment of the nearest memory, if there is any.
        #[tsify(optional)]
        #[serde(skip_serializing_if = "Option::is_none")]
        nearest: Option<f64>,
    },
    /// Nothing fits with this part of the question.
    NothingWith {
        /// Which part.
        aspect: Aspect,
        /// How many memories fit without it; 0 if nothing is left of the question then.
        others: u32,
    },
    /// What is listed is of other projects.
    Elsewhere,
    /// Who wrote what fits, where people are asked for.
    Authors {
        /// Most memories first.
        authors: Vec<Counted>,
    },
    /// Which files what fits changed, where files are asked for; of a file that is asked about,
    /// those that changed along with it.
    Files {
        /// Most memories first; the names are paths.
        files: Vec<Counted>,
    },
}

/// Somebody or something that what fits a question is of.
#[derive(Debug, Serialize, Tsify)]
pub struct Counted {
    /// As commits have it: of a person, or the path of a file.
    pub name: String,
    /// How many of the memories that fit.
    pub memories: u32,
}

impl From<(String, u64)> for Counted {
    fn from((name, memories): (String, u64)) -> Self {
        let memories = u32::try_from(memories).unwrap_or(u32::MAX);
        Self { name, memories }
    }
}

impl From<answer::Note> for AnswerNote {
    fn from(note: answer::Note) -> Self {
        match note {
            answer::Note::UsedEarlier => Self::UsedEarlier,
            answer::Note::UnknownWord(word) => Self::UnknownWord { word },
            answer::Note::NoNumber(number) => Self::NoNumber { number },
            answer::Note::NothingThen(nearest) => Self::NothingThen {
                nearest: nearest.map(|at| at.0 as f64),
            },
            answer::Note::NothingWith(aspect, others) => Self::NothingWith {
                aspect: aspect.into(),
                others: u32::try_from(others).unwrap_or(u32::MAX),
            },
            answer::Note::Elsewhere => Self::Elsewhere,
            answer::Note::Authors(authors) => Self::Authors {
                authors: authors.into_iter().map(Counted::from).collect(),
            },
            answer::Note::Files(files) => Self::Files {
                files: files.into_iter().map(Counted::from).collect(),
            },
        }
    }
}

/// What answers a question.
#[derive(Debug, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Answer {
    /// What the question was taken for, part by part.
    pub understood: Vec<Understood>,
    /// The words that were searched for; empty if what was understood says it all.
    pub subject: String,
    /// Whether something fits.
    pub is_answered: bool,
    /// How many memories fit.
    pub fitting: u32,
    /// How many fit or may.
    pub total: u32,
    /// Those that fit, best first, and behind them those that may.
    pub hits: Vec<Hit>,
    /// How many of the hits fit.
    pub fitting_hits: u32,
    /// What to say besides.
    pub notes: Vec<AnswerNote>,
}

impl From<answer::Answer> for Answer {
    fn from(answer: answer::Answer) -> Self {
        let answer::Answer {
            understood,
            subject,
            is_answered,
            fitting,
            total,
            hits,
            fitting_hits,
            notes,
        } = answer;
        let understood = understood.into_iter().map(|part| Understood {
            aspect: part.aspect.into(),
            text: part.text,
            value: part.value,
        });
        Self {
            understood: understood.collect(),
            subject,
            is_answered,
            fitting: u32::try_from(fitting).unwrap_or(u32::MAX),
            total: u32::try_from(total).unwrap_or(u32::MAX),
            hits: hits.into_iter().map(Hit::from).collect(),
            fitting_hits: u32::try_from(fitting_hits).unwrap_or(u32::MAX),
            notes: notes.into_iter().map(AnswerNote::from).collect(),
        }
    }
}

/// A time from one moment up to another, each of which may be open.
#[derive(Debug, Serialize, Tsify)]
pub struct Period {
    /// At this moment or later.
    #[tsify(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<f64>,
    /// Earlier than this moment.
    #[tsify(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<f64>,
}

impl From<question::Period> for Period {
    fn from(period: question::Period) -> Self {
        let question::Period { since, before } = period;
        Self {
            since: since.map(|at| at.0 as f64),
            before: before.map(|at| at.0 as f64),
        }
    }
}

#[wasm_bindgen]
impl Recollect {
    /// What answers a question in plain words: of the project at hand, or of all others if that
    /// has nothing.
    pub fn ask(&mut self, request: Ts<AskRequest>, now: Option<f64>) -> Thrown<Ts<Answer>> {
        let ask = read(&request)?.into_core().map_err(thrown)?;
        let answer = self.as_of(now)?.index().ask(&ask).map_err(thrown)?;
        out(&Answer::from(answer))
    }

    /// The time that a text is, such as `last week`, `since July`, `7d` or `2026-01-31`; nothing
    /// if it says anything else.
    pub fn period(&mut self, text: &str, now: f64) -> Thrown<Option<Ts<Period>>> {
        let period = self.as_of(Some(now))?.index().period(text, millis(now));
        period.map(|period| out(&Period::from(period))).transpose()
    }
}
