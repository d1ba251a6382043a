//! Putting in order with little code: each type that the standard library sorts
//! costs some 5 kB of the module, and most lists here are short.

use std::cmp::Ordering;

/// Sorts a list; equal items stay as they stood.
pub(crate) fn sort<T>(list: &mut [T], compare: impl Fn(&T, &T) -> Ordering) {
    let places = places(list.len(), &|a, b| compare(&list[a], &list[b]));
    arrange(list, places);
}

/// Puts into each place what stands at the other one that is named for it.
fn arrange<T>(list: &mut [T], mut places: Vec<usize>) {
    // Each cycle of the permutation in turn; a place that is done names itself.
    for start in 0..places.len() {
        let mut at = start;
        loop {
            let from = std::mem::replace(&mut places[at], at);
            if from == start {
                break;
            }
            list.swap(at, from);
            at = from;
        }
    }
}

/// Sorts a list by a key of each item; equal items stay as they stood.
pub(crate) fn sort_by_key<T, K: Ord>(list: &mut [T], key: impl Fn(&T) -> K) {
    sort(list, |a, b| key(a).cmp(&key(b)));
}

/// Sorts numbers.
#[inline(never)]
pub(crate) fn sort_numbers(numbers: &mut [u64]) {
    sort(numbers, Ord::cmp);
}

/// Sorts a list by the rank of each item, lowest first; equal ones stay as they stood.
pub(crate) fn sort_by_rank<T>(list: &mut [T], rank: impl FnMut(&T) -> (u64, u64)) {
    // A rank may take longer than a comparison.
    let ranks: Vec<(u64, u64)> = list.iter().map(rank).collect();
    arrange(list, places(ranks.len(), &|a, b| ranks[a].cmp(&ranks[b])));
}

/// For each place of the sorted list, where its item stands now.
#[inline(never)]
fn places(count: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut places: Vec<usize> = (0..count).collect();
    places.sort_unstable_by(|a, b| compare(*a, *b).then(a.cmp(b)));
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_in_order_and_equal_items_stay() {
        let mut seed = 1_u64;
        for length in 0..80 {
            let mut list: Vec<(u64, usize)> = (0..length)
                .map(|place| {
                    seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                    (seed >> 60, place)
                })
                .collect();
            let mut expected = list.clone();
            expected.sort_by_key(|(number, _)| *number);
            let mut ranked = list.clone();
            sort_by_key(&mut list, |(number, _)| *number);
            assert_eq!(list, expected);
            sort_by_rank(&mut ranked, |(number, _)| (0, *number));
            assert_eq!(ranked, expected);
        }
    }
}
