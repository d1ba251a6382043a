//! Reading records: one pass over the JSON, then each field by its name.
//!
//! Written by hand: derived readers, one for each kind, made up a tenth of the
//! module. Keys that nobody asks for are ignored.

use serde_json::Value;

use super::body::Body;
use super::fields::{Fields, Read, mistyped, object, parsed, text, wrong};
use super::kinds::{
    Alias, Context, ContextItem, Deletion, Edit, Event, Fact, Git, Observation, ObservationType,
    Prompt, Renamed, Session, SessionEnd, Summary, Target, Wipe,
};
use super::{Flag, Head, Kind, Origin, Provenance, Trust};
use crate::log::project::Project;
use crate::log::record::{Sectors, Use, UseBatch};

impl Fields {
    fn observation_type(&mut self) -> Read<Option<ObservationType>> {
        let names = ObservationType::ALL.map(ObservationType::as_str);
        let place = self.one_of("type", &names)?;
        Ok(place.map(|place| ObservationType::ALL[place]))
    }

    fn flag(&mut self) -> Read<Option<Flag>> {
        let place = self.one_of("flag", &[Flag::Instructions.as_str()])?;
        Ok(place.map(|_| Flag::Instructions))
    }

    fn trust(&mut self) -> Read<Trust> {
        let trusts = [Trust::High, Trust::Low];
        let place = self.one_of("trust", &trusts.map(Trust::as_str))?;
        Ok(trusts[place.unwrap_or(0)])
    }

    pub(super) fn head(&mut self) -> Read<Head> {
        Ok(Head {
            id: self.parsed("id")?,
            k: self.text("k")?,
            h: self.parsed("h")?,
            at: self.moment("at")?,
            sectors: match self.place("sectors").is_some() {
                true => Some(
                    Sectors::named(&self.texts("sectors")?).ok_or_else(|| wrong(&["no sector"]))?,
                ),
                false => None,
            },
        })
    }

    pub(super) fn origin(&mut self) -> Read<Origin> {
        let mut project = self.inner("project")?;
        let names = Provenance::ALL.map(Provenance::as_str);
        let provenance = self.one_of("src", &names)?;
        Ok(Origin {
            project: Project {
                id: project.text("id")?,
                name: project.text("name")?,
            },
            provenance: match provenance {
                Some(place) => Provenance::ALL[place],
                None => return Err(wrong(&["missing field `src`"])),
            },
            trust: self.trust()?,
            flag: self.flag()?,
            // The end of a session has a key of that name of its own.
            session: match self.place("session").map(|place| &self.0[place].1) {
                None | Some(Value::Null) => None,
                Some(session) => Some(text(session.clone())?),
            },
            workspace: self.text_if_any("workspace")?,
        })
    }

    fn git(mut self) -> Read<Git> {
        let mut renamed = Vec::new();
        for one in self.list("renamed")? {
            let mut one = Self::from(object(one)?);
            renamed.push(Renamed {
                from: one.text("from")?,
                to: one.text("to")?,
            });
        }
        Ok(Git {
            author: self.text_if_any("author")?,
            parents: self.texts("parents")?,
            added: self.texts("added")?,
            deleted: self.texts("deleted")?,
            renamed,
            tag: self.text_if_any("tag")?,
        })
    }

    pub(super) fn body(mut self, kind: Kind) -> Read<Body> {
        let this = &mut self;
        Ok(match kind {
            Kind::Session => Body::Session(Session {
                source: this.text_if_any("source")?,
                user: this.text_if_any("user")?,
                ide: this.text_if_any("ide")?,
                title: this.text_if_any("title")?,
            }),
            Kind::SessionEnd => Body::SessionEnd(SessionEnd {
                session: this.text("session")?,
                statistics: this.map("statistics")?,
            }),
            Kind::Prompt => Body::Prompt(Prompt {
                number: match this.count("number")? {
                    Some(number) => number,
                    None => return Err(wrong(&["missing field `number`"])),
                },
                text: this.text("text")?,
                is_cut: this.is("cut")?.unwrap_or(false),
            }),
            Kind::Observation => Body::Observation(Observation {
                observation_type: match this.observation_type()? {
                    Some(observation_type) => observation_type,
                    None => return Err(wrong(&["missing field `type`"])),
                },
                title: this.text("title")?,
                subtitle: this.text_if_any("subtitle")?,
                narrative: this.text_if_any("narrative")?,
                facts: this.texts("facts")?,
                concepts: this.texts("concepts")?,
                files_read: this.texts("files_read")?,
                files_modified: this.texts("files_modified")?,
                prompt_number: this.count("prompt_number")?,
                tokens_spent: this.count("tokens_spent")?,
                commit: this.text_if_any("commit")?,
                git: match this.some("git") {
                    None => None,
                    Some(git) => Some(Self::from(object(git)?).git()?),
                },
                is_cut: this.is("cut")?.unwrap_or(false),
            }),
            Kind::Summary => Body::Summary(Summary {
                request: this.text_if_any("request")?,
                investigated: this.text_if_any("investigated")?,
                learned: this.text_if_any("learned")?,
                completed: this.text_if_any("completed")?,
                next_steps: this.text_if_any("next_steps")?,
                notes: this.text_if_any("notes")?,
                facts: this.texts("facts")?,
                concepts: this.texts("concepts")?,
                files: this.texts("files")?,
                is_cut: this.is("cut")?.unwrap_or(false),
            }),
            Kind::Event => Body::Event(Event {
                event_type: this.text("type")?,
                file: this.text_if_any("file")?,
                content: this.text_if_any("content")?,
                metadata: this.map("metadata")?,
                is_cut: this.is("cut")?.unwrap_or(false),
            }),
            Kind::Context => Body::Context(Context {
                item: this.inner("item")?.item()?,
            }),
            Kind::Fact => Body::Fact(Fact {
                key: this.text("key")?,
                value: this.text("value")?,
                metadata: this.map("metadata")?,
                ttl_seconds: this.whole("ttl_seconds")?,
            }),
            Kind::Use => {
                let uses = this.list("uses")?.into_iter();
                Body::Use(UseBatch {
                    uses: uses.map(one_use).collect::<Read<_>>()?,
                })
            }
            Kind::Edit => Body::Edit(Edit {
                of: this.parsed("of")?,
                target: match this.some("target") {
                    None => None,
                    Some(target) => {
                        let mut target = Self::from(object(target)?);
                        Some(Target {
                            h: target.parsed("h")?,
                            project: target.text("project")?,
                        })
                    }
                },
                trust: this.trust()?,
                flag: this.flag()?,
                title: this.text_if_any("title")?,
                subtitle: this.text_if_any("subtitle")?,
                narrative: this.text_if_any("narrative")?,
                facts: this.texts_if_any("facts")?,
                observation_type: this.observation_type()?,
                concepts: this.texts_if_any("concepts")?,
                is_pinned: this.is("pinned")?,
                is_archived: this.is("archived")?,
                is_rewriting: this.is("rewriting")?.unwrap_or_default(),
                is_harmless: this.is("harmless")?.unwrap_or_default(),
            }),
            Kind::Del => Body::Del(Deletion {
                of: match this.value("of")? {
                    Value::Array(ids) => ids.into_iter().map(parsed).collect::<Read<_>>()?,
                    other => return Err(mistyped(&other, "a sequence")),
                },
            }),
            Kind::Alias => Body::Alias(Alias {
                of: this.texts("of")?,
            }),
            Kind::Wipe => Body::Wipe(Wipe {
                project: this.text_if_any("project")?,
                before: this.parsed("before")?,
            }),
        })
    }

    fn item(mut self) -> Read<ContextItem> {
        const NAMES: [&str; 4] = ["file", "search", "decision", "memory"];
        let Some(name) = NAMES.iter().find(|name| self.place(name).is_some()) else {
            return Err(wrong(&[
                "unknown variant, expected one of `file`, `search`, `decision`, `memory`",
            ]));
        };
        if self.0.len() != 1 {
            return Err(wrong(&[
                "invalid value: map, expected map with a single key",
            ]));
        }
        let mut item = self.inner(name)?;
        Ok(match *name {
            "file" => ContextItem::File {
                path: item.text("path")?,
                importance: {
                    let value = item.value("importance")?;
                    value.as_f64().ok_or_else(|| mistyped(&value, "f64"))?
                },
            },
            "search" => ContextItem::Search {
                query: item.text("query")?,
            },
            "decision" => ContextItem::Decision {
                text: item.text("text")?,
            },
            _ => ContextItem::Memory {
                id: item.text("id")?,
                key: item.text("key")?,
            },
        })
    }
}

fn one_use(value: Value) -> Read<Use> {
    let mut fields = Fields::from(object(value)?);
    Ok(Use {
        of: fields.parsed("of")?,
        recalled: fields.count("n")?.unwrap_or(0),
        reinforced: fields.count("r")?.unwrap_or(0),
        at: fields.moment("at")?,
    })
}
