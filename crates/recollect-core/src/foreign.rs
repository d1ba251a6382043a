//! Databases that other programs wrote, read from a copy of their bytes.
//!
//! Whoever takes in what another program remembered reads its tables here. The copy lives
//! in memory and is read only, so the original cannot change; its triggers never run and
//! its functions are none of ours.

use std::io::{Cursor, Read};

use rusqlite::types::ValueRef;
use rusqlite::{Connection, MAIN_DB};
use serde_json::{Map, Value};

use crate::error::{Error, Result};

/// Where the header says by which rules the file is written and read: 2 is a log of pages
/// beside it, which the host has applied already, 1 is none.
const RULES: usize = 18;

/// What every database begins with.
const BEGINNING: &[u8] = b"SQLite format 3\0";

/// Bytes of the header that are looked at.
const HEADER: usize = 100;

/// Most bytes of a database.
const MAX_BYTES: usize = 512 * 1024 * 1024;

/// A database that another program wrote.
#[derive(Debug)]
pub struct ForeignDatabase {
    database: Connection,
}

impl ForeignDatabase {
    /// Reads so many bytes of a database.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidInput`] if they are none, [`Error::TooLarge`] for too many, and when the engine refuses them.
    pub fn open(mut image: impl Read, bytes: usize) -> Result<Self> {
        let mut header = [0; HEADER];
        let is_read = bytes >= HEADER && image.read_exact(&mut header).is_ok();
        if !is_read || !header.starts_with(BEGINNING) {
            return Err(Error::invalid("database", "is no SQLite database"));
        }
        for rule in &mut header[RULES..RULES + 2] {
            *rule = (*rule).min(1);
        }
        // The engine would panic where there is no room for the copy.
        let mut room = Vec::<u8>::new();
        if bytes > MAX_BYTES || room.try_reserve_exact(bytes).is_err() {
            return Err(Error::TooLarge {
                field: "database",
                found: bytes,
                limit: MAX_BYTES,
            });
        }
        drop(room);
        let mut whole = Cursor::new(header).chain(image);
        let mut database = Connection::open_in_memory()?;
        database.deserialize_read_exact(MAIN_DB, &mut whole, bytes, true)?;
        Ok(Self { database })
    }

    /// The rows that a query gives, each as one JSON object by the names of the columns.
    /// Binary values are left out.
    ///
    /// # Errors
    ///
    /// When the engine refuses the statement or cannot read a page.
    pub fn rows(&self, query: &str) -> Result<String> {
        let mut statement = self.database.prepare(query)?;
        let names: Vec<String> = statement.column_names().map(str::to_owned).collect();
        let mut rows = statement.query([])?;
        let mut told = Vec::new();
        while let Some(row) = rows.next()? {
            let mut fields = Map::new();
            for (number, name) in names.iter().enumerate() {
                let value = match row.get_ref(number)? {
                    ValueRef::Null | ValueRef::Blob(_) => continue,
                    ValueRef::Integer(value) => value.into(),
                    ValueRef::Real(value) => value.into(),
                    ValueRef::Text(text) => String::from_utf8_lossy(text).into(),
                };
                fields.insert(name.clone(), value);
            }
            told.push(Value::Object(fields));
        }
        Ok(serde_json::to_string(&told)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes_of(setup: &str) -> Vec<u8> {
        let mut database = Connection::open_in_memory().expect("memory");
        database.execute_batch(setup).expect("made");
        database.serialize(MAIN_DB).expect("bytes").to_vec()
    }

    fn open(bytes: &[u8]) -> Result<ForeignDatabase> {
        ForeignDatabase::open(bytes, bytes.len())
    }

    #[test]
    fn rows_are_told_by_the_names_of_their_columns() {
        let bytes = bytes_of(
            "CREATE TABLE told (id INTEGER PRIMARY KEY AUTOINCREMENT, text, much, raw);
             INSERT INTO told VALUES (1, 'one', 0.5, x'00'), (2, NULL, 2, NULL);",
        );
        let rows = open(&bytes)
            .and_then(|database| database.rows("SELECT * FROM told ORDER BY id"))
            .expect("rows");
        assert_eq!(
            rows,
            r#"[{"id":1,"much":0.5,"text":"one"},{"id":2,"much":2}]"#
        );
    }

    #[test]
    fn a_database_with_a_log_of_pages_is_read() {
        let mut bytes = bytes_of("CREATE TABLE told (id); INSERT INTO told VALUES (7);");
        bytes[RULES..RULES + 2].fill(2);
        let rows = open(&bytes).and_then(|database| database.rows("SELECT id FROM told"));
        assert_eq!(rows.expect("rows"), r#"[{"id":7}]"#);
    }

    #[test]
    fn nothing_is_written() {
        let bytes = bytes_of("CREATE TABLE told (id);");
        let database = open(&bytes).expect("open");
        assert!(
            database
                .rows("INSERT INTO told VALUES (1) RETURNING id")
                .is_err()
        );
    }

    #[test]
    fn what_is_no_database_is_refused() {
        for bytes in [&b""[..], b"SQLite format 3\0", &[0; 4096]] {
            assert!(open(bytes).is_err());
        }
        let mut damaged = bytes_of("CREATE TABLE told (id); INSERT INTO told VALUES (7);");
        damaged[HEADER..].fill(0xff);
        let rows = open(&damaged).and_then(|database| database.rows("SELECT * FROM told"));
        assert!(rows.is_err());
    }
}
