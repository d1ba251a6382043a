//! How the module's memory grows.

use std::hint::black_box;

/// What is made free at once, in bytes.
const STEP: usize = 2 << 20;

/// Sees to it that what is taken in next finds room in one piece.
///
/// The allocator asks for a few pages at a time, and each time the host may collect
/// garbage, for it counts the module's memory as its own: a thousand small steps
/// made reading a large store several times slower.
pub(crate) fn make() {
    make_for(STEP);
}

/// Sees to it that so many bytes find room in one piece.
pub(crate) fn make_for(bytes: usize) {
    let mut room = Vec::<u8>::new();
    // Where there is not as much, some of it may do.
    let _ = room.try_reserve_exact(bytes);
    drop(black_box(room));
}
