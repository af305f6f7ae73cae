//! Several readers of one explorer search at once: no search is stopped for another one.

mod served;

use served::{Explorer, hears};

/// A graph of some hundred thousand states, or more.
fn large(copies: u8) -> String {
    format!(
        "/models/outbox/transactional/search?messages=3&slots=2&copies={copies}&crash=2&lease=1"
    )
}

#[test]
fn a_third_search_waits_for_its_turn_and_a_small_one_does_not() {
    let explorer = Explorer::start(&["--max-states", "2000000"]);
    let mut readers: Vec<_> = [1, 2]
        .map(|copies| {
            let mut reader = explorer.listen(&large(copies));
            hears(&mut reader, |told| {
                told["before"].is_null() && told["states"].as_u64() > Some(40_000)
            });
            reader
        })
        .into();
    let mut third = explorer.listen(&large(3));
    hears(&mut third, |told| told["before"] == 2);
    let small = explorer.last_event("/models/outbox/save-then-publish/search");
    assert_eq!(small["complete"], true);
    for reader in &mut readers {
        let told = hears(reader, |told| told["states"].as_u64() > Some(60_000));
        assert_ne!(told["interrupted"], true, "{told}");
    }
}
