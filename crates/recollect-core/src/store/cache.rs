//! The image of the index that a host may keep to start faster: disposable,
//! verified, and never the truth.
//!
//! ```text
//! SQLite database: the index, and the segments that it covers
//! 8 bytes   RECOLIMG
//! 4 bytes   number of the schema, little-endian, as the rest
//! 4 bytes   version of SQLite
//! 8 bytes   bytes of the database
//! 4 bytes   CRC-32 (IEEE) of the database and of the trailer before it
//! ```

use rusqlite::{Connection, MAIN_DB, params};

use super::Store;
use super::segments::SegmentInfo;
use crate::error::Result;
use crate::id::RecordId;
use crate::index::{self, Index};
use crate::name::SegmentName;
use crate::time::UnixMillis;

const MAGIC: &[u8; 8] = b"RECOLIMG";
const TRAILER_BYTES: usize = 28;

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
    hasher.update(index::SNAPSHOT.as_bytes());
    hasher.update(TABLE.as_bytes());
    hasher.update(env!("CARGO_PKG_VERSION").as_bytes());
    hasher.finalize()
}

impl Store {
    /// An image of the index to start from next time; none while something waits
    /// to be written, since the image would hold what no segment does.
    ///
    /// # Errors
    ///
    /// When the engine refuses a statement.
    pub fn save_cache(&mut self) -> Result<Option<Vec<u8>>> {
        if self.waiting().next().is_some() {
            return Ok(None);
        }
        self.index.write_snapshot()?;
        let database = self.index.database_mut();
        database.execute_batch("DROP TABLE IF EXISTS segment;")?;
        database.execute_batch(TABLE)?;
        // What did not read as a whole is read again next time: it may have been
        // the reading that failed.
        let segments = self.segments.infos();
        let clear = segments.filter(|(_, info)| info.is_whole && !info.is_opaque);
        write_segments(database, clear)?;
        let image = {
            let data = database.serialize(MAIN_DB)?;
            seal(&data)
        };
        database.execute_batch("DROP TABLE segment; DROP TABLE snapshot;")?;
        Ok(Some(image))
    }

    /// Starts from an image. False if it cannot be used: then nothing has
    /// changed, and the segments are to be read.
    ///
    /// `listed` are the names of the segments that are there. An image that
    /// covers others is refused, since nothing tells where they went.
    pub fn load_cache<'a>(
        &mut self,
        image: &[u8],
        listed: impl IntoIterator<Item = &'a str>,
        now: UnixMillis,
    ) -> bool {
        if self.segments.infos().next().is_some() || self.waiting().next().is_some() {
            return false;
        }
        let Some(database) = open(image) else {
            return false;
        };
        let listed = listed.into_iter().filter_map(SegmentName::parse).collect();
        let Ok(Some(segments)) = read_segments(&database, &listed) else {
            return false;
        };
        if database.execute_batch("DROP TABLE segment;").is_err() {
            return false;
        }
        let Ok(Some(index)) = Index::from_image(database) else {
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
        self.index = index;
        self.at(now).is_ok()
    }
}

/// The image with its trailer.
fn seal(database: &[u8]) -> Vec<u8> {
    let mut image = Vec::with_capacity(database.len() + TRAILER_BYTES);
    image.extend_from_slice(database);
    image.extend_from_slice(MAGIC);
    image.extend_from_slice(&cache_schema().to_le_bytes());
    image.extend_from_slice(&sqlite_version().to_le_bytes());
    image.extend_from_slice(&(database.len() as u64).to_le_bytes());
    image.extend_from_slice(&crc32fast::hash(&image).to_le_bytes());
    image
}

/// The database of an image, if all of it is as it was written by this version.
fn open(image: &[u8]) -> Option<Connection> {
    let length = image.len().checked_sub(TRAILER_BYTES)?;
    let (sealed, checksum) = image.split_last_chunk::<4>()?;
    if crc32fast::hash(sealed) != u32::from_le_bytes(*checksum) {
        return None;
    }
    let (bytes, trailer) = image.split_at_checked(length)?;
    let mut expected = MAGIC.to_vec();
    expected.extend_from_slice(&cache_schema().to_le_bytes());
    expected.extend_from_slice(&sqlite_version().to_le_bytes());
    expected.extend_from_slice(&(length as u64).to_le_bytes());
    if !trailer.starts_with(&expected) {
        return None;
    }
    let mut database = Connection::open_in_memory().ok()?;
    database
        .deserialize_read_exact(MAIN_DB, bytes, bytes.len(), false)
        .ok()?;
    Some(database)
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
