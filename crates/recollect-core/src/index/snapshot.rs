//! What is kept beside the database, as an image of the index holds it.
//!
//! Numbers are little-endian; a text is its length in 4 bytes and its UTF-8.
//! Names of projects, sessions and types are those of rows that are there: what
//! was forgotten leaves nothing in an image.
//!
//! | the rows | |
//! | --- | --- |
//! | 4 bytes, then texts | how many projects; id, name, and the trust and the stamp of the name of each |
//! | 4 bytes, then texts | how many names; each |
//! | 4 bytes, then rows | how many rows; each as [`write_row`] puts it |
//!
//! | the words | |
//! | --- | --- |
//! | 4 bytes, then words | how many words; the text of each, and its list as [`Postings::write`] tells it |
//! | rows to the end | the number of each, and the order of its words as [`Postings::write_order`] tells it |
//!
//! Behind them stand the vectors, as [`Meaning::written`] puts them.

use std::collections::{HashMap, HashSet};

use super::meaning::Meaning;
use super::names::Name;
use super::row::{Row, StampKey};
use super::rows::Rows;
use crate::log::id::RecordId;
use crate::log::project::Project;
use crate::log::record::{Flag, Kind, Provenance, Sectors, Trust};
use crate::log::time::UnixMillis;
use recollect_words::postings::Postings;

/// Of each row, at least.
const ROW_BYTES: usize = 104;

/// What an image holds beside the database.
pub(crate) struct Snapshot {
    pub(crate) rows: Vec<u8>,
    pub(crate) words: Vec<u8>,
    pub(crate) meaning: Vec<u8>,
}

impl Snapshot {
    pub(super) fn of(rows: &Rows, postings: &Postings, meaning: &Meaning) -> Self {
        let mut words = Writer::default();
        words.number(postings.len());
        postings.write(|word, numbers, list| {
            words.bytes(word);
            numbers.into_iter().for_each(|number| words.u32(number));
            words.bytes(list);
        });
        postings.write_order(|row, order| {
            words.u32(row);
            words.bytes(order);
        });
        Self {
            rows: written(rows),
            words: words.0,
            meaning: meaning.written(),
        }
    }

    /// The rows, and the lists of words put into `postings`; `None` if they are not as they
    /// are written.
    pub(super) fn read(self, postings: &mut Postings) -> Option<Rows> {
        let rows = read_rows(&mut Reader(&self.rows))?;
        // The lists of words can be where these were.
        drop(self.rows);
        read_words(&mut Reader(&self.words), &rows, postings)?;
        for (number, row) in rows.iter() {
            postings.restore_row(number, row.length);
        }
        Some(rows)
    }
}

fn written(rows: &Rows) -> Vec<u8> {
    let mut writer = Writer::default();
    writer.number(rows.projects.len());
    let used: HashSet<u32> = rows.iter().map(|(_, row)| row.own_project).collect();
    for (number, (project, named_at)) in (0_u32..).zip(rows.projects.iter()) {
        // Numbers of the projects behind it stay as they are.
        let is_used = used.contains(&number);
        writer.text(if is_used { &project.id } else { "" });
        writer.text(if is_used { &project.name } else { "" });
        writer.stamp(named_at);
    }
    let mut numbers: HashMap<Name, u32> = HashMap::new();
    let mut names: Vec<&str> = Vec::new();
    for (_, row) in rows.iter() {
        for name in [row.memory_type, row.session, row.project_name] {
            if let Some(text) = rows.names.text(name)
                && !numbers.contains_key(&name)
            {
                names.push(text);
                numbers.insert(name, u32::try_from(names.len()).unwrap_or(u32::MAX));
            }
        }
    }
    writer.number(names.len());
    names.iter().for_each(|name| writer.text(name));
    writer.number(rows.len());
    let number_of = |name: Name| numbers.get(&name).copied().unwrap_or(0);
    for (number, row) in rows.iter() {
        write_row(&mut writer, number, row, number_of);
    }
    writer.0
}

fn write_row(writer: &mut Writer, number: u32, row: &Row, number_of: impl Fn(Name) -> u32) {
    let Row {
        id,
        at,
        stamp,
        // Where it belongs follows from the records of the kind `alias`.
        project: _,
        own_project,
        project_name,
        kind,
        memory_type,
        session,
        provenance,
        trust,
        flag,
        is_pinned,
        is_archived,
        // Which are folded follows from the others.
        is_folded: _,
        tokens,
        length,
        sectors,
        last_seen,
        strength,
        expires_at,
        content,
    } = row;
    writer.u32(number);
    writer.0.extend_from_slice(id.as_bytes());
    writer.0.extend_from_slice(&at.0.to_le_bytes());
    writer.stamp(*stamp);
    writer.u32(*own_project);
    writer.u32(number_of(*project_name));
    writer.u32(number_of(*memory_type));
    writer.u32(number_of(*session));
    writer.0.extend_from_slice(&[
        place(&Kind::ALL, *kind),
        place(&Provenance::ALL, *provenance),
        u8::from(*trust == Trust::Low),
        u8::from(flag.is_some()),
        u8::from(*is_pinned),
        u8::from(*is_archived),
    ]);
    writer.u32(*tokens);
    writer.u32(*length);
    writer.0.push(sectors.bits());
    writer.0.extend_from_slice(&last_seen.0.to_le_bytes());
    writer.u32(strength.to_bits());
    writer.0.extend_from_slice(&expires_at.0.to_le_bytes());
    writer.0.extend_from_slice(&content.to_le_bytes());
}

fn place<T: PartialEq>(all: &[T], one: T) -> u8 {
    let position = all.iter().position(|other| *other == one);
    position
        .and_then(|position| u8::try_from(position).ok())
        .unwrap_or(u8::MAX)
}

fn read_rows(reader: &mut Reader<'_>) -> Option<Rows> {
    let mut rows = Rows::default();
    let mut projects = Vec::new();
    for _ in 0..reader.u32()? {
        let project = Project {
            id: reader.text()?,
            name: reader.text()?,
        };
        // Those that no row names are left out.
        projects.push(rows.projects.note(&project, reader.stamp()?));
    }
    let mut names = vec![Name::default()];
    for _ in 0..reader.u32()? {
        names.push(rows.names.intern(Some(&reader.text()?)));
    }
    let count = reader.u32()?;
    rows.reserve((count as usize).min(reader.0.len() / ROW_BYTES));
    for _ in 0..count {
        let number = reader.u32()?;
        let mut row = read_row(reader, &names)?;
        row.own_project = *projects.get(row.own_project as usize)?;
        row.project = rows.projects.group(row.own_project);
        if number == 0 || rows.get(number).is_some() {
            return None;
        }
        rows.insert_at(number, row);
    }
    rows.settle();
    reader.0.is_empty().then_some(rows)
}

fn read_row(reader: &mut Reader<'_>, names: &[Name]) -> Option<Row> {
    let id = RecordId::from_bytes(reader.array()?);
    let at = UnixMillis(i64::from_le_bytes(reader.array()?));
    let stamp = reader.stamp()?;
    let own_project = reader.u32()?;
    let project_name = *names.get(reader.u32()? as usize)?;
    let memory_type = *names.get(reader.u32()? as usize)?;
    let session = *names.get(reader.u32()? as usize)?;
    let [kind, provenance, is_low, is_flagged, is_pinned, is_archived] = reader.array()?;
    Some(Row {
        id,
        at,
        stamp,
        project: own_project,
        own_project,
        project_name,
        kind: *Kind::ALL.get(usize::from(kind))?,
        memory_type,
        session,
        provenance: *Provenance::ALL.get(usize::from(provenance))?,
        trust: if is_low == 0 { Trust::High } else { Trust::Low },
        flag: (is_flagged != 0).then_some(Flag::Instructions),
        is_pinned: is_pinned != 0,
        is_archived: is_archived != 0,
        is_folded: false,
        tokens: reader.u32()?,
        length: reader.u32()?,
        sectors: Sectors::from_bits(u8::from_le_bytes(reader.array()?))?,
        last_seen: UnixMillis(i64::from_le_bytes(reader.array()?)),
        strength: f32::from_bits(reader.u32()?),
        expires_at: UnixMillis(i64::from_le_bytes(reader.array()?)),
        content: u64::from_le_bytes(reader.array()?),
    })
}

fn read_words(reader: &mut Reader<'_>, rows: &Rows, postings: &mut Postings) -> Option<()> {
    let count = reader.u32()?;
    postings.reserve((count as usize).min(reader.0.len() / 24));
    for _ in 0..count {
        let word = reader.bytes()?;
        let numbers = [reader.u32()?, reader.u32()?, reader.u32()?, reader.u32()?];
        postings.restore(word, numbers, reader.bytes()?);
    }
    while !reader.0.is_empty() {
        let row = reader.u32()?;
        rows.get(row)?;
        postings.restore_order(row, reader.bytes()?);
    }
    Some(())
}

#[derive(Default)]
struct Writer(Vec<u8>);

impl Writer {
    fn u32(&mut self, value: u32) {
        self.0.extend_from_slice(&value.to_le_bytes());
    }

    fn number(&mut self, value: usize) {
        self.u32(u32::try_from(value).unwrap_or(u32::MAX));
    }

    fn bytes(&mut self, bytes: &[u8]) {
        self.number(bytes.len());
        self.0.extend_from_slice(bytes);
    }

    fn text(&mut self, text: &str) {
        self.bytes(text.as_bytes());
    }

    fn stamp(&mut self, stamp: StampKey) {
        self.0.extend_from_slice(&stamp.time.to_le_bytes());
        self.0.extend_from_slice(&stamp.writer);
    }
}

struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (array, rest) = self.0.split_first_chunk::<N>()?;
        self.0 = rest;
        Some(*array)
    }

    fn u32(&mut self) -> Option<u32> {
        Some(u32::from_le_bytes(self.array()?))
    }

    fn bytes(&mut self) -> Option<&'a [u8]> {
        let length = self.u32()? as usize;
        let (bytes, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(bytes)
    }

    fn text(&mut self) -> Option<String> {
        Some(str::from_utf8(self.bytes()?).ok()?.to_owned())
    }

    fn stamp(&mut self) -> Option<StampKey> {
        Some(StampKey {
            time: u64::from_le_bytes(self.array()?),
            writer: self.array()?,
        })
    }
}
