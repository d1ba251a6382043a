//! The rows of each session, and which sessions have other ones than before.

use super::names::Name;

/// Rows by the name of their session.
#[derive(Debug, Default)]
pub(super) struct Sessions {
    /// By name.
    sessions: Vec<Session>,
    changed: Vec<Name>,
}

#[derive(Debug, Default)]
struct Session {
    /// Numbers of its rows, sorted.
    rows: Vec<u32>,
    is_changed: bool,
}

impl Sessions {
    /// Numbers of the rows of a session, in their order.
    pub(super) fn rows(&self, name: Name) -> &[u32] {
        let session = self.sessions.get(name.0 as usize);
        session.map_or(&[], |session| &session.rows)
    }

    /// The names of all sessions with rows.
    pub(super) fn names(&self) -> impl Iterator<Item = Name> {
        let numbered = (0..).map(Name).zip(&self.sessions);
        numbered
            .filter(|(_, session)| !session.rows.is_empty())
            .map(|(name, _)| name)
    }

    /// Sessions whose rows are others than when this was last asked; some may have
    /// the same again.
    pub(super) fn take_changed(&mut self) -> Vec<Name> {
        for name in &self.changed {
            self.sessions[name.0 as usize].is_changed = false;
        }
        std::mem::take(&mut self.changed)
    }

    /// Puts a row into its session, or takes it out.
    pub(super) fn note(&mut self, name: Name, number: u32, is_there: bool) {
        if name == Name::default() {
            return;
        }
        let place = name.0 as usize;
        if self.sessions.len() <= place {
            self.sessions.resize_with(place + 1, Session::default);
        }
        let session = &mut self.sessions[place];
        match (session.rows.binary_search(&number), is_there) {
            (Ok(at), false) => _ = session.rows.remove(at),
            (Err(at), true) => session.rows.insert(at, number),
            _ => {}
        }
        self.note_change(name);
    }

    fn note_change(&mut self, name: Name) {
        let session = &mut self.sessions[name.0 as usize];
        if !session.is_changed {
            session.is_changed = true;
            self.changed.push(name);
        }
    }

    /// Takes all rows out.
    pub(super) fn clear(&mut self) {
        for place in 0..self.sessions.len() {
            if !std::mem::take(&mut self.sessions[place].rows).is_empty() {
                self.note_change(Name(place as u32));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sessions_are_told_once_whose_rows_changed() {
        let mut sessions = Sessions::default();
        let (one, other) = (Name(1), Name(2));
        for number in [1, 2, 5] {
            sessions.note(one, number, true);
        }
        sessions.note(other, 3, true);
        sessions.note(Name::default(), 4, true);
        assert_eq!(sessions.rows(one), [1, 2, 5]);
        assert_eq!(sessions.take_changed(), [one, other]);
        assert!(sessions.take_changed().is_empty());
        sessions.note(one, 2, false);
        assert_eq!(sessions.rows(one), [1, 5]);
        assert_eq!(sessions.take_changed(), [one]);
        sessions.note(other, 3, false);
        assert_eq!(sessions.names().collect::<Vec<_>>(), [one]);
        assert_eq!(sessions.take_changed(), [other]);
        // What changed before all is put in anew is not forgotten.
        sessions.note(other, 6, true);
        sessions.note(other, 6, false);
        sessions.clear();
        assert_eq!(sessions.take_changed(), [other, one]);
        assert!(sessions.rows(one).is_empty());
    }
}
