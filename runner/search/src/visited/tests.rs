use std::collections::HashMap;

use proptest::prelude::*;

use super::*;

/// A key with a hash of only a few bits, the highest or the lowest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Odd {
    key: u64,
    bits: u32,
    high: bool,
}

impl Key for Odd {
    fn hash(self) -> u64 {
        let hash = self.key.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let hash = hash.checked_shr(u64::BITS - self.bits).unwrap_or(0);
        match self.high {
            true => hash.checked_shl(u64::BITS - self.bits).unwrap_or(0),
            false => hash,
        }
    }
}

proptest! {
    #[test]
    fn each_is_known_once_by_the_number_of_its_turn(
        met in proptest::collection::vec(0..600_u64, 0..1500),
        bits in 0..=64_u32,
        high in any::<bool>(),
        room in 0..800_usize,
    ) {
        let odd = |key: u64| Odd { key, bits, high };
        let mut known = VisitedSet::with_room_for(room);
        let mut naive = HashMap::new();
        for key in met {
            prop_assert_eq!(known.find(odd(key)), naive.get(&key).copied());
            let next = known.len();
            let node = *naive.entry(key).or_insert(next);
            prop_assert_eq!(known.meet(odd(key)), (node, node == next));
            prop_assert_eq!(known.key(node), odd(key));
        }
        for key in 0..600 {
            prop_assert_eq!(known.find(odd(key)), naive.get(&key).copied());
        }
    }
}

proptest! {
    #[test]
    fn what_is_entered_is_known_to_those_who_enter_and_later_to_all(
        rounds in proptest::collection::vec(proptest::collection::vec(0..300_u64, 0..200), 1..8),
        bits in 0..=64_u32,
        high in any::<bool>(),
    ) {
        let odd = |key: u64| Odd { key, bits, high };
        let (mut known, mut naive) = (VisitedSet::new(), HashMap::new());
        for round in rounds {
            let earlier = naive.clone();
            let (before, mut register) = known.open(round.len(), None);
            for key in round {
                let glance = before.glance(odd(key));
                let next = register.len();
                let node = *naive.entry(key).or_insert(next);
                prop_assert_eq!(register.meet(odd(key)), (node, node == next));
                prop_assert_eq!((register.find(odd(key)), register.key(node)), (Some(node), odd(key)));
                // Neither a glance before the state was entered nor one after it finds the state.
                for glance in [glance, before.glance(odd(key))] {
                    let seen = before.resolve(odd(key), glance);
                    prop_assert_eq!(seen, earlier.get(&key).copied());
                }
            }
            known.close();
            for key in 0..300 {
                prop_assert_eq!(known.find(odd(key)), naive.get(&key).copied());
            }
        }
    }
}

#[test]
fn a_large_table_grows_by_half_and_loses_nobody() {
    let odd = |key| Odd {
        key,
        bits: 64,
        high: true,
    };
    let all = || (0..300_000).map(odd);
    let mut known = VisitedSet::new();
    let mut sizes = vec![known.table.len()];
    for (node, key) in (0..).zip(all()) {
        assert_eq!(known.meet(key), (node, true));
        sizes.push(known.table.len());
    }
    assert!(
        (0..)
            .zip(all())
            .all(|(node, key)| known.find(key) == Some(node))
    );
    sizes.dedup();
    let large: Vec<_> = sizes.into_iter().filter(|size| *size >= SMALL).collect();
    assert!(large.len() > 3);
    assert!(
        large.windows(2).all(|pair| pair[1] == pair[0] / 2 * 3),
        "{large:?}"
    );
    known.shrink();
    assert!(known.bytes() < 300_000 * (size_of::<Odd>() + 8));
    let others = rayon::ThreadPoolBuilder::new().num_threads(2).build();
    let size = known.table.len();
    known.open(size, Some(&others.unwrap()));
    assert!(known.table.len() > size, "other threads have rehashed it");
    assert!(
        (0..)
            .zip(all())
            .all(|(node, key)| known.find(key) == Some(node))
    );
    assert_eq!(known.find(odd(300_000)), None);
}
