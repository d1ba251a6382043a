//! Numbers for names, given back when nothing uses the name any more.

/// Names and their numbers, from 1.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// Numbers of the names in use, in order of the names.
    ids: Vec<u32>,
    entries: Vec<Entry>,
    free: Vec<u32>,
}

#[derive(Debug, Default)]
struct Entry {
    name: String,
    uses: u32,
}

impl Names {
    /// The number of a name, if it is at most `max`; nothing uses it yet.
    pub fn id(&mut self, name: &str, max: u32) -> Option<u32> {
        let at = match self.find(name) {
            Ok(at) => return Some(self.ids[at]),
            Err(at) => at,
        };
        let id = match self.free.pop() {
            Some(id) => id,
            None if self.entries.len() < max as usize => {
                self.entries.push(Entry::default());
                self.entries.len() as u32
            }
            None => return None,
        };
        self.ids.insert(at, id);
        self.entries[id as usize - 1].name = name.to_owned();
        Some(id)
    }

    fn find(&self, name: &str) -> Result<usize, usize> {
        self.ids.binary_search_by(|id| self.name(*id).cmp(name))
    }

    /// One more use of each.
    pub fn retain(&mut self, ids: &[u32]) {
        for id in ids {
            self.entries[*id as usize - 1].uses += 1;
        }
    }

    /// One use less of each; a name without a use is gone.
    pub fn release(&mut self, ids: &[u32]) {
        for id in ids {
            let place = *id as usize - 1;
            self.entries[place].uses -= 1;
            if self.entries[place].uses > 0 {
                continue;
            }
            if let Ok(at) = self.find(&self.entries[place].name) {
                self.ids.remove(at);
            }
            self.entries[place].name = String::new();
            self.free.push(*id);
        }
    }

    /// The name of a number that is in use.
    pub fn name(&self, id: u32) -> &str {
        self.entries
            .get((id as usize).wrapping_sub(1))
            .map_or("", |entry| &entry.name)
    }

    /// Whether nothing uses any name.
    #[cfg(test)]
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty() && self.entries.iter().all(|entry| entry.name.is_empty())
    }
}
