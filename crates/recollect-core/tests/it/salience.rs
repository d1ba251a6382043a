//! Salience stays in its bounds, rises with use, fades with time, and depends on
//! no order of reading.

#![allow(clippy::unwrap_used)]

use proptest::prelude::*;
use recollect_core::log::record::{Sector, Sectors, Use, UseBatch, Uses};
use recollect_core::weigh::salience::{Fading, HalfLives, initial, salience};
use recollect_core::{RecordId, UnixMillis, log::record::Kind};

const DAY: i64 = 86_400_000;

fn sector() -> impl Strategy<Value = Sector> {
    prop::sample::select(Sector::ALL.to_vec())
}

fn moment() -> impl Strategy<Value = UnixMillis> {
    prop_oneof![0..4_000_000_000_000_i64, any::<i64>()].prop_map(UnixMillis)
}

fn uses() -> impl Strategy<Value = Uses> {
    let count = || prop_oneof![3 => 0..20_u32, 1 => any::<u32>()];
    (count(), count(), prop::option::of(moment())).prop_map(|(recalled, reinforced, last)| Uses {
        recalled,
        reinforced,
        last,
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn it_is_between_0_and_1(
        initial in any::<f64>(), sector in sector(), at in moment(), uses in uses(),
        now in moment(), days in any::<f64>(),
    ) {
        let half_lives = HalfLives { episodic_days: days, ..HalfLives::default() };
        let value = salience(initial, sector, at, uses, now, &half_lives);
        prop_assert!((0.0..=1.0).contains(&value), "{value}");
    }

    #[test]
    fn a_use_never_lowers_it(
        initial in 0.0..=1.0, sector in sector(), at in moment(), uses in uses(),
        more in uses(), now in moment(),
    ) {
        let of = |uses| salience(initial, sector, at, uses, now, &HalfLives::default());
        prop_assert!(of(uses.join(more)) >= of(uses));
    }

    #[test]
    fn time_never_raises_it(
        initial in 0.0..=1.0, sector in sector(), at in moment(), uses in uses(),
        now in moment(), later in 0..400 * DAY,
    ) {
        let of = |now| salience(initial, sector, at, uses, now, &HalfLives::default());
        prop_assert!(of(UnixMillis(now.0.saturating_add(later))) <= of(now));
    }

    #[test]
    fn the_order_of_uses_does_not_matter(
        (uses, shuffled) in prop::collection::vec(uses(), 0..8)
            .prop_flat_map(|uses| (Just(uses.clone()), Just(uses).prop_shuffle())),
        at in moment(), now in moment(), cut in 0..8_usize,
    ) {
        let join = |uses: &[Uses]| uses.iter().copied().fold(Uses::default(), Uses::join);
        let all = join(&uses);
        prop_assert_eq!(all, join(&shuffled));
        // Nor does it matter which window had read which of them first.
        let (some, rest) = shuffled.split_at(cut.min(shuffled.len()));
        prop_assert_eq!(all, join(some).join(join(rest)));
        let of = |uses| salience(0.4, Sector::Semantic, at, uses, now, &HalfLives::default());
        prop_assert_eq!(of(all).to_bits(), of(join(&shuffled)).to_bits());
    }
}

#[test]
fn the_first_uses_count_most() {
    let at = UnixMillis(0);
    let of = |recalled| {
        let uses = Uses {
            recalled,
            ..Uses::default()
        };
        salience(0.4, Sector::Semantic, at, uses, at, &HalfLives::default())
    };
    let gains: Vec<f64> = (0..10).map(|count| of(count + 1) - of(count)).collect();
    assert!(gains.windows(2).all(|pair| pair[0] > pair[1]), "{gains:?}");
    assert!((of(1) - 0.46).abs() < 1e-9);
    assert!(of(1000) <= 1.0);
}

#[test]
fn a_reflection_outlasts_a_feeling() {
    let fading = Fading::new(UnixMillis(90 * DAY), &HalfLives::default());
    let left = |sector| fading.left(sector, UnixMillis(0));
    assert!(left(Sector::Reflective) > 0.9);
    assert!(left(Sector::Emotional) < 0.2);
}

#[test]
fn a_sector_without_a_half_life_does_not_fade() {
    for days in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        let half_lives = HalfLives {
            semantic_days: days,
            ..HalfLives::default()
        };
        let fading = Fading::new(UnixMillis(i64::MAX), &half_lives);
        assert_eq!(fading.left(Sector::Semantic, UnixMillis(0)), 1.0, "{days}");
    }
}

#[test]
fn a_clock_that_ran_ahead_does_no_harm() {
    let uses = Uses {
        recalled: 1,
        reinforced: 0,
        last: Some(UnixMillis(10 * DAY)),
    };
    let of = |now| {
        salience(
            0.4,
            Sector::Episodic,
            UnixMillis(0),
            uses,
            now,
            &HalfLives::default(),
        )
    };
    assert_eq!(of(UnixMillis(0)), of(UnixMillis(10 * DAY)));
}

#[test]
fn what_is_written_down_begins_higher_than_what_happens() {
    let event = initial(Kind::Event, Sectors::only(Sector::Episodic));
    let fact = initial(Kind::Fact, Sectors::only(Sector::Semantic));
    let several = initial(
        Kind::Fact,
        Sectors::only(Sector::Semantic).with(Sector::Reflective),
    );
    assert!(event < fact && fact < several && several < 1.0);
}

fn id(number: u8) -> RecordId {
    RecordId::new(UnixMillis(i64::from(number)), &[number; 10])
}

#[test]
fn a_batch_has_one_line_a_memory_and_reads_back() {
    let mut batch = UseBatch::default();
    assert!(batch.count(id(2), 1, 0, UnixMillis(50)));
    assert!(batch.count(id(1), 0, 1, UnixMillis(60)));
    assert!(batch.count(id(2), 1, 0, UnixMillis(40)));
    let json = serde_json::to_string(&batch).unwrap();
    assert_eq!(
        json,
        concat!(
            r#"{"uses":[{"of":"00000000-0001-7101-8101-010101010101","r":1,"at":60},"#,
            r#"{"of":"00000000-0002-7202-8202-020202020202","n":2,"at":50}]}"#
        )
    );
    assert_eq!(serde_json::from_str::<UseBatch>(&json).unwrap(), batch);
}

#[test]
fn a_full_batch_says_so() {
    let mut batch = UseBatch::default();
    for number in 0..UseBatch::MAX {
        assert!(batch.count(id(number as u8), 1, 0, UnixMillis(0)));
    }
    assert!(!batch.count(
        RecordId::new(UnixMillis(1 << 40), &[0; 10]),
        1,
        0,
        UnixMillis(0)
    ));
    // What it has already can still be counted.
    assert!(batch.count(id(0), 1, 0, UnixMillis(9)));
    assert_eq!(
        Uses::from(&Use {
            of: id(0),
            recalled: 2,
            reinforced: 0,
            at: UnixMillis(9)
        }),
        Uses::from(&batch.uses[0])
    );
}
