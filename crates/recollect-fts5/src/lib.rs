//! Visits the matches of an FTS5 query, with the positions of their phrases.
//!
//! FTS5 ranks inside SQL: a function is called for each match, and its values
//! are sorted. Who wants the best few of many matches does better to look at
//! each match once and to keep the best so far; that needs an auxiliary
//! function, which SQLite offers in C only. This crate is that function, and
//! the only one of the workspace with unsafe code.
//!
//! ```
//! # fn main() -> rusqlite::Result<()> {
//! let database = rusqlite::Connection::open_in_memory()?;
//! let visits = recollect_fts5::Visits::register(&database)?;
//! database.execute_batch(
//!     "CREATE VIRTUAL TABLE text USING fts5(body);
//!      INSERT INTO text VALUES ('tabs, not spaces'), ('wraps at 80');",
//! )?;
//! let mut rows = Vec::new();
//! visits.visit(&database, "text", "spaces OR tabs", &mut |found| {
//!     let mut positions = 0;
//!     for phrase in 0..found.phrases() {
//!         found.positions(phrase, &mut |_column, _offset| positions += 1);
//!     }
//!     rows.push((found.row(), positions));
//! })?;
//! assert_eq!(rows, [(1, 2)]);
//! # Ok(())
//! # }
//! ```

use std::cell::Cell;
use std::ffi::{c_int, c_void};
use std::ptr::{self, NonNull};
use std::rc::Rc;

use rusqlite::{Connection, Error, Result, ffi};

/// Name of the function in SQL.
const FUNCTION: &std::ffi::CStr = c"recollect_visit";

type Visitor = dyn FnMut(&Match<'_>);

/// The visitor of the query that runs at this moment, if any.
#[derive(Default)]
struct Slot(Cell<Option<NonNull<Visitor>>>);

/// The function, registered with one connection.
pub struct Visits {
    slot: Rc<Slot>,
}

impl std::fmt::Debug for Visits {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Visits")
    }
}

impl Visits {
    /// Registers the function with a connection.
    ///
    /// # Errors
    ///
    /// When SQLite was built without FTS5.
    pub fn register(database: &Connection) -> Result<Self> {
        let slot = Rc::new(Slot::default());
        // SAFETY: the handle is that of an open connection, and nothing here closes it.
        let api = unsafe { fts5_api(database.handle())? };
        // SAFETY: FTS5 gave the pointer, which lives as long as the connection.
        let Some(create) = (unsafe { (*api).xCreateFunction }) else {
            return Err(failure(ffi::SQLITE_ERROR));
        };
        let data = Rc::into_raw(Rc::clone(&slot)).cast_mut().cast::<c_void>();
        // SAFETY: the name ends in a zero byte; `data` is a count of the slot that
        // `drop_slot` gives back, which SQLite calls even when this call fails.
        let code = unsafe { create(api, FUNCTION.as_ptr(), data, Some(visit), Some(drop_slot)) };
        if code == ffi::SQLITE_OK {
            Ok(Self { slot })
        } else {
            Err(failure(code))
        }
    }

    /// Calls `each` for every row of an FTS5 table that matches, in the order of
    /// the row numbers. `database` must be the connection of the registration.
    ///
    /// # Errors
    ///
    /// When the expression is malformed or the table cannot be read.
    pub fn visit(
        &self,
        database: &Connection,
        table: &str,
        expression: &str,
        each: &mut dyn FnMut(&Match<'_>),
    ) -> Result<()> {
        let sql =
            format!("SELECT 1 FROM {table} WHERE {table} MATCH ?1 AND recollect_visit({table})");
        let mut statement = database.prepare_cached(&sql)?;
        let each: NonNull<dyn FnMut(&Match<'_>) + '_> = NonNull::from(each);
        // SAFETY: only the lifetime changes. The slot is emptied below, before
        // `each` ends, and SQLite calls the function only while this query runs.
        let each: NonNull<Visitor> = unsafe { std::mem::transmute(each) };
        let outer = self.slot.0.replace(Some(each));
        // The function answers 0, so one step visits all matches.
        let outcome = statement.exists([expression]);
        self.slot.0.set(outer);
        outcome.map(|_| ())
    }
}

/// A row that matches.
pub struct Match<'a> {
    api: &'a ffi::Fts5ExtensionApi,
    context: *mut ffi::Fts5Context,
}

impl std::fmt::Debug for Match<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Match").field("row", &self.row()).finish()
    }
}

impl Match<'_> {
    /// Number of the row.
    #[must_use]
    pub fn row(&self) -> i64 {
        // SAFETY: the context is that of the running call.
        self.api
            .xRowid
            .map_or(0, |call| unsafe { call(self.context) })
    }

    /// Phrases of the expression, in the order they are written; a single word
    /// or prefix is one.
    #[must_use]
    pub fn phrases(&self) -> usize {
        // SAFETY: as above.
        let count = self
            .api
            .xPhraseCount
            .map_or(0, |call| unsafe { call(self.context) });
        usize::try_from(count).unwrap_or(0)
    }

    /// Calls `each` with the column and the token offset of every place where a
    /// phrase stands in this row.
    pub fn positions(&self, phrase: usize, each: &mut impl FnMut(usize, usize)) {
        let (Some(first), Some(next)) = (self.api.xPhraseFirst, self.api.xPhraseNext) else {
            return;
        };
        let Ok(phrase) = c_int::try_from(phrase) else {
            return;
        };
        let mut place = ffi::Fts5PhraseIter {
            a: ptr::null(),
            b: ptr::null(),
        };
        let (mut column, mut offset) = (-1, -1);
        // SAFETY: FTS5 checks the number of the phrase, and sets the column to -1
        // where there is no further place.
        let code = unsafe {
            first(
                self.context,
                phrase,
                &raw mut place,
                &raw mut column,
                &raw mut offset,
            )
        };
        if code != ffi::SQLITE_OK {
            return;
        }
        while let (Ok(at), Ok(position)) = (usize::try_from(column), usize::try_from(offset)) {
            each(at, position);
            // SAFETY: `place` was set by the call before.
            unsafe {
                next(
                    self.context,
                    &raw mut place,
                    &raw mut column,
                    &raw mut offset,
                )
            };
        }
    }
}

fn failure(code: c_int) -> Error {
    Error::SqliteFailure(ffi::Error::new(code), None)
}

/// The entry to FTS5, as its documentation says to get it.
///
/// # Safety
///
/// `handle` is that of an open connection.
unsafe fn fts5_api(handle: *mut ffi::sqlite3) -> Result<*mut ffi::fts5_api> {
    let mut api: *mut ffi::fts5_api = ptr::null_mut();
    let mut statement: *mut ffi::sqlite3_stmt = ptr::null_mut();
    // SAFETY: all pointers are those of local variables that outlive the calls,
    // and the texts end in a zero byte.
    let code = unsafe {
        let code = ffi::sqlite3_prepare_v2(
            handle,
            c"SELECT fts5(?1)".as_ptr(),
            -1,
            &raw mut statement,
            ptr::null_mut(),
        );
        if code != ffi::SQLITE_OK {
            return Err(failure(code));
        }
        ffi::sqlite3_bind_pointer(
            statement,
            1,
            (&raw mut api).cast::<c_void>(),
            c"fts5_api_ptr".as_ptr(),
            None,
        );
        ffi::sqlite3_step(statement);
        ffi::sqlite3_finalize(statement)
    };
    if code == ffi::SQLITE_OK && !api.is_null() {
        Ok(api)
    } else {
        Err(failure(ffi::SQLITE_ERROR))
    }
}

unsafe extern "C" fn visit(
    api: *const ffi::Fts5ExtensionApi,
    context: *mut ffi::Fts5Context,
    result: *mut ffi::sqlite3_context,
    _count: c_int,
    _values: *mut *mut ffi::sqlite3_value,
) {
    // SAFETY: FTS5 passes its functions, the context of this call, and the data
    // of the registration, which is a slot until `drop_slot`. The visitor is
    // alive while the query runs, see `Visits::visit`.
    unsafe {
        ffi::sqlite3_result_int(result, 0);
        let Some(api) = api.as_ref() else { return };
        let Some(data) = api.xUserData.map(|call| call(context)) else {
            return;
        };
        let Some(slot) = data.cast::<Slot>().as_ref() else {
            return;
        };
        // Taken out for the call, so that nothing can reach it a second time.
        if let Some(mut each) = slot.0.take() {
            each.as_mut()(&Match { api, context });
            slot.0.set(Some(each));
        }
    }
}

unsafe extern "C" fn drop_slot(data: *mut c_void) {
    // SAFETY: the pointer came from `Rc::into_raw` and is given back once.
    drop(unsafe { Rc::from_raw(data.cast_const().cast::<Slot>()) });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open(texts: &[&str]) -> (Connection, Visits) {
        let database = Connection::open_in_memory().unwrap();
        let visits = Visits::register(&database).unwrap();
        database
            .execute_batch("CREATE VIRTUAL TABLE text USING fts5(title, body, content='')")
            .unwrap();
        for (row, body) in (1_i64..).zip(texts) {
            database
                .execute(
                    "INSERT INTO text (rowid, title, body) VALUES (?1, 'a title', ?2)",
                    (row, body),
                )
                .unwrap();
        }
        (database, visits)
    }

    #[test]
    fn positions_are_those_of_the_tokens() {
        let (database, visits) = open(&["one two one", "two"]);
        let mut found = Vec::new();
        visits
            .visit(&database, "text", "one OR two OR \"a title\"", &mut |row| {
                for phrase in 0..row.phrases() {
                    row.positions(phrase, &mut |column, offset| {
                        found.push((row.row(), phrase, column, offset));
                    });
                }
            })
            .unwrap();
        let first = [(1, 0, 1, 0), (1, 0, 1, 2), (1, 1, 1, 1), (1, 2, 0, 0)];
        assert_eq!(found[..4], first);
        assert_eq!(found[4..], [(2, 1, 1, 0), (2, 2, 0, 0)]);
    }

    #[test]
    fn a_malformed_expression_is_an_error_and_leaves_nothing_behind() {
        let (database, visits) = open(&["one"]);
        assert!(visits.visit(&database, "text", "\"", &mut |_| {}).is_err());
        let mut rows = 0;
        visits
            .visit(&database, "text", "one", &mut |_| rows += 1)
            .unwrap();
        assert_eq!(rows, 1);
    }

    #[test]
    fn a_visitor_may_search_itself() {
        let (database, visits) = open(&["one", "one two"]);
        let mut pairs = Vec::new();
        visits
            .visit(&database, "text", "one", &mut |outer| {
                visits
                    .visit(&database, "text", "two", &mut |inner| {
                        pairs.push((outer.row(), inner.row()));
                    })
                    .unwrap();
            })
            .unwrap();
        assert_eq!(pairs, [(1, 2), (2, 2)]);
    }

    #[test]
    fn the_function_outlives_what_registered_it() {
        let (database, visits) = open(&["one"]);
        drop(visits);
        let rows: i64 = database
            .query_row(
                "SELECT count(*) FROM text WHERE text MATCH 'one' AND recollect_visit(text) = 0",
                [],
                |row| row.get(0),
            )
            .unwrap();
        assert_eq!(rows, 1);
    }
}
