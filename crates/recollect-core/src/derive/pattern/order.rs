//! Putting in order with little code: each kind of list that is sorted by the
//! standard library costs some 8 kB of the module, and most here are short.

/// Puts an item into a sorted list, unless it is there.
pub(super) fn insert(list: &mut Vec<u32>, item: u32) {
    // What comes in order, as files and classes mostly do, needs no search.
    if list.last().is_none_or(|last| *last < item) {
        list.push(item);
    } else if let Err(at) = list.binary_search(&item) {
        list.insert(at, item);
    }
}

#[cfg(test)]
mod tests {
    use super::insert;

    #[test]
    fn lists_are_in_order() {
        let mut list = Vec::new();
        for item in [3, 1, 4, 1, 5, 9, 2, 6, 5] {
            insert(&mut list, item);
        }
        assert_eq!(list, [1, 2, 3, 4, 5, 6, 9]);
    }
}
