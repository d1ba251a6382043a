//! The image of the index that a host may keep to start faster: disposable,
//! verified, and never the truth.
//!
//! ```text
//! 8 bytes   RECOLIM5
//! 4 bytes   number of the schema, little-endian, as the rest
//! 4 bytes   version of SQLite
//! 32 bytes  lengths of the four parts that follow
//! a SQLite database: the index, and the segments that it covers
//! the rows, the lists of words, and what memories mean, as `index::snapshot` writes them
//! 4 bytes   CRC-32 (IEEE) of all before
//! ```
//!
//! It is read in order and its database copied once: an image may be as large as
//! all that the module holds besides.

use std::io::{self, Read};

use recollect_words::bm25;
use rusqlite::{Connection, MAIN_DB, params};

use super::Store;
use super::patterns::Mined;
use super::segments::SegmentInfo;
use crate::error::Result;
use crate::index::{self, Index, Snapshot};
use crate::log::id::RecordId;
use crate::log::name::SegmentName;
use crate::log::time::UnixMillis;

const MAGIC: &[u8; 8] = b"RECOLIM5";
const CHECKSUM_BYTES: usize = 4;
/// Parts of an image, each of a length of its own.
const PARTS: usize = 4;

/// Where a segment's ids are cut apart.
const ID_BYTES: usize = 16;

const TABLE: &str = "
CREATE TABLE segment (
    name     TEXT PRIMARY KEY,
    bytes    INTEGER NOT NULL,
    checksum INTEGER NOT NULL,          -- CRC-32 of all its bytes
    is_dirty INTEGER NOT NULL,          -- holds the text of something forgotten
    subjects BLOB NOT NULL              -- 16 bytes an id
) STRICT;
";

/// Number of the index's schema, for the name of an image. It differs between
/// versions of the extension, since the same tables may be filled in another way.
#[must_use]
pub fn cache_schema() -> u32 {
    let mut hasher = crc32fast::Hasher::new();
    hasher.update(index::SCHEMA.as_bytes());
    hasher.update(MAGIC);
    hasher.update(TABLE.as_bytes());
    // Lists of words hold frequencies weighted by field.
    let weights = bm25::FIELD_WEIGHTS.map(u32::to_le_bytes);
    hasher.update(weights.as_flattened());
    hasher.update(env!("CARGO_PKG_VERSION").as_bytes());
    hasher.finalize()
}

impl Store {
    /// Gives `keep` an image of the index to start from next time, in parts that
    /// follow each other; none while something waits to be written, since the
    /// image would hold what no segment does.
    ///
    /// # Errors
    ///
    /// When the engine refuses a statement.
    pub fn save_cache<T>(&mut self, keep: impl FnOnce(&[&[u8]]) -> T) -> Result<Option<T>> {
        if self.waiting().next().is_some() {
            return Ok(None);
        }
        let Snapshot {
            rows,
            words,
            meaning,
        } = self.index.snapshot();
        let database = self.index.database_mut();
        database.execute_batch("DROP TABLE IF EXISTS segment;")?;
        database.execute_batch(TABLE)?;
        // What did not read as a whole is read again next time: it may have been
        // the reading that failed.
        let segments = self.segments.infos();
        let clear = segments.filter(|(_, info)| info.is_whole && !info.is_opaque);
        write_segments(database, clear)?;
        let kept = {
            let data = database.serialize(MAIN_DB)?;
            let header = header([data.len(), rows.len(), words.len(), meaning.len()]);
            let mut hasher = crc32fast::Hasher::new();
            let parts: [&[u8]; 5] = [&header, &data, &rows, &words, &meaning];
            parts.into_iter().for_each(|part| hasher.update(part));
            let checksum = hasher.finalize().to_le_bytes();
            keep(&[&header, &data, &rows, &words, &meaning, &checksum])
        };
        database.execute_batch("DROP TABLE segment;")?;
        Ok(Some(kept))
    }

    /// Starts from an image of so many bytes. False if it cannot be used: then
    /// nothing has changed, and the segments are to be read.
    ///
    /// `listed` are the names of the segments that are there. An image that
    /// covers others is refused, since nothing tells where they went.
    pub fn load_cache<'a>(
        &mut self,
        image: impl Read,
        bytes: usize,
        listed: impl IntoIterator<Item = &'a str>,
        now: UnixMillis,
    ) -> bool {
        if self.segments.infos().next().is_some() || self.waiting().next().is_some() {
            return false;
        }
        let Some((database, snapshot)) = open(image, bytes) else {
            return false;
        };
        let listed = listed.into_iter().filter_map(SegmentName::parse).collect();
        let Ok(Some(segments)) = read_segments(&database, &listed) else {
            return false;
        };
        if database.execute_batch("DROP TABLE segment;").is_err() {
            return false;
        }
        let Ok(Some(index)) = Index::from_image(database, snapshot) else {
            return false;
        };
        for (name, info) in segments {
            self.segments.insert(name, info);
        }
        if let Ok((newest, wiped)) = index.newest_stamps() {
            newest
                .iter()
                .for_each(|stamp| self.clock.observe(stamp, now));
            wiped.iter().for_each(|stamp| self.clock.follow(stamp));
        }
        let half_lives = self.index.half_lives;
        let zone = std::mem::take(&mut self.index.zone);
        self.index = index;
        self.index.half_lives = half_lives;
        self.index.zone = zone;
        self.mined = Mined::default();
        self.at(now).is_ok()
    }
}

/// What stands before the four parts of an image of this version.
fn header(lengths: [usize; PARTS]) -> Vec<u8> {
    let mut header = MAGIC.to_vec();
    header.extend_from_slice(&cache_schema().to_le_bytes());
    header.extend_from_slice(&sqlite_version().to_le_bytes());
    for length in lengths {
        header.extend_from_slice(&(length as u64).to_le_bytes());
    }
    header
}

/// The database and what was beside it, if all of the image is as it was written
/// by this version.
fn open(image: impl Read, bytes: usize) -> Option<(Connection, Snapshot)> {
    let mut image = Checked {
        image,
        hasher: crc32fast::Hasher::new(),
    };
    let expected = header([0; PARTS]);
    let found = image.take_bytes(expected.len())?;
    let (start, lengths) = found.split_at_checked(expected.len() - PARTS * size_of::<u64>())?;
    let lengths: Option<Vec<usize>> = (lengths.as_chunks().0.iter())
        .map(|length| usize::try_from(u64::from_le_bytes(*length)).ok())
        .collect();
    let lengths: [usize; PARTS] = lengths?.try_into().ok()?;
    let mut all = lengths.into_iter().chain([CHECKSUM_BYTES]);
    let sum = all.try_fold(found.len(), usize::checked_add)?;
    let [database, rows, words, meaning] = lengths;
    if !expected.starts_with(start) || sum != bytes {
        return None;
    }
    let mut connection = Connection::open_in_memory().ok()?;
    connection
        .deserialize_read_exact(MAIN_DB, &mut image, database, false)
        .ok()?;
    let snapshot = Snapshot {
        rows: image.take_bytes(rows)?,
        words: image.take_bytes(words)?,
        meaning: image.take_bytes(meaning)?,
    };
    let computed = image.hasher.clone().finalize().to_le_bytes();
    (image.take_bytes(CHECKSUM_BYTES)? == computed).then_some((connection, snapshot))
}

/// What is read of an image, and its checksum so far.
struct Checked<R> {
    image: R,
    hasher: crc32fast::Hasher,
}

impl<R: Read> Checked<R> {
    fn take_bytes(&mut self, length: usize) -> Option<Vec<u8>> {
        let mut bytes = vec![0; length];
        self.read_exact(&mut bytes).ok()?;
        Some(bytes)
    }
}

impl<R: Read> Read for Checked<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let length = self.image.read(into)?;
        self.hasher.update(into.get(..length).unwrap_or_default());
        Ok(length)
    }
}

fn sqlite_version() -> u32 {
    u32::try_from(rusqlite::version_number()).unwrap_or(0)
}

fn write_segments<'a>(
    database: &mut Connection,
    segments: impl Iterator<Item = (&'a SegmentName, &'a SegmentInfo)>,
) -> Result<()> {
    let transaction = database.transaction()?;
    {
        let mut statement = transaction.prepare(
            "INSERT INTO segment (name, bytes, checksum, is_dirty, subjects)
             VALUES (?1, ?2, ?3, ?4, ?5)",
        )?;
        for (name, info) in segments {
            let subjects: Vec<u8> = info
                .subjects
                .iter()
                .flat_map(|id| id.as_bytes().iter().copied())
                .collect();
            statement.execute(params![
                name.as_str(),
                i64::try_from(info.bytes).unwrap_or(i64::MAX),
                info.checksum,
                info.is_dirty,
                subjects,
            ])?;
        }
    }
    transaction.commit()?;
    Ok(())
}

/// The segments that an image covers, or `None` if one of them is not there.
fn read_segments(
    database: &Connection,
    listed: &std::collections::HashSet<SegmentName>,
) -> Result<Option<Vec<(SegmentName, SegmentInfo)>>> {
    let mut statement =
        database.prepare("SELECT name, bytes, checksum, is_dirty, subjects FROM segment")?;
    let mut rows = statement.query([])?;
    let mut segments = Vec::new();
    while let Some(row) = rows.next()? {
        let name: String = row.get(0)?;
        let Some(name) = SegmentName::parse(&name).filter(|name| listed.contains(name)) else {
            return Ok(None);
        };
        let subjects: Vec<u8> = row.get(4)?;
        let (subjects, []) = subjects.as_chunks::<ID_BYTES>() else {
            return Ok(None);
        };
        let info = SegmentInfo {
            bytes: usize::try_from(row.get::<_, i64>(1)?).unwrap_or(0),
            checksum: row.get(2)?,
            damaged_lines: 0,
            is_whole: true,
            is_newer: false,
            is_opaque: false,
            is_dirty: row.get(3)?,
            subjects: subjects.iter().copied().map(RecordId::from_bytes).collect(),
        };
        segments.push((name, info));
    }
    Ok(Some(segments))
}
