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

/// A list by rank, lowest first; equal ones stay as they stood.
pub(super) fn by_rank<T>(list: Vec<T>, rank: impl Fn(&T) -> (u64, u64)) -> Vec<T> {
    let ranks = list
        .iter()
        .map(rank)
        .zip(0..)
        .map(|((a, b), at)| (a, b, at));
    let mut ranks: Vec<(u64, u64, usize)> = ranks.collect();
    crate::order::sort(&mut ranks, Ord::cmp);
    let mut list: Vec<Option<T>> = list.into_iter().map(Some).collect();
    let take = |(_, _, at): &(u64, u64, usize)| list[*at].take();
    ranks.iter().filter_map(take).collect()
}

#[cfg(test)]
mod tests {
    use super::{by_rank, insert};

    #[test]
    fn lists_are_in_order() {
        let mut list = Vec::new();
        for item in [3, 1, 4, 1, 5, 9, 2, 6, 5] {
            insert(&mut list, item);
        }
        assert_eq!(list, [1, 2, 3, 4, 5, 6, 9]);
        let words = vec!["ccc", "a", "bb", "b"];
        let by_length = by_rank(words, |word| (word.len() as u64, 0));
        assert_eq!(by_length, ["a", "b", "bb", "ccc"]);
    }
}
