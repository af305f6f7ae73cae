//! Tests of rooms. Where time must have passed, the tests set the clock values.

use super::room::{FORGOTTEN, MEMBERS, NAME, PATIENCE};
use super::*;

fn none() -> Rooms {
    Rooms::new(String::new())
}

/// Sets the time at which a member was last active to so long ago.
fn away(rooms: &Rooms, code: &str, id: &str, long: Duration) {
    let mut rooms = rooms.lock();
    let members = &mut rooms.get_mut(code).unwrap().members;
    let member = members.iter_mut().find(|member| member.id == id).unwrap();
    member.heard = member.heard.checked_sub(long).unwrap();
}

fn names(state: &RoomState) -> Vec<&str> {
    state.members.iter().map(|member| &*member.name).collect()
}

#[test]
fn the_wheel_is_with_one_and_goes_to_another_when_it_is_handed_over() {
    let rooms = none();
    let first = rooms.open(None).unwrap();
    let code = &first.state.code;
    let ada = rooms.join(code, "Ada").unwrap();
    assert!(rooms.drive(code, &ada.secret, "/a").is_err());
    let state = rooms.drive(code, &first.secret, "/a").unwrap();
    assert_eq!(&*state.place, "/a");
    assert_eq!(state.driver.as_ref(), Some(&first.id));
    assert!(rooms.hand_over(code, &ada.secret, &ada.id).is_err());
    assert!(rooms.hand_over(code, &first.secret, "nobody").is_err());
    let state = rooms.hand_over(code, &first.secret, &ada.id).unwrap();
    assert_eq!(state.driver.as_ref(), Some(&ada.id));
    assert!(rooms.drive(code, &first.secret, "/b").is_err());
    let state = rooms.drive(code, &ada.secret, "/b").unwrap();
    assert_eq!(&*state.place, "/b");
}

#[test]
fn whoever_loads_the_page_again_is_who_they_were() {
    let rooms = none();
    let first = rooms.open(Some("Ada")).unwrap();
    let code = &first.state.code;
    let page = rooms.follow(code, &first.id).unwrap();
    assert_eq!(rooms.state(code).unwrap().members[0].away, None);
    drop(page);
    rooms.turn_away(code, &first.id);
    assert!(rooms.state(code).unwrap().members[0].away.is_some());
    rooms.follow(code, &first.id).unwrap();
    let state = rooms.drive(code, &first.secret, "/a").unwrap();
    assert_eq!((state.members[0].away, state.free), (None, None));
}

#[test]
fn the_wheel_of_a_driver_who_is_away_for_long_may_be_taken_but_not_given() {
    let rooms = none();
    let first = rooms.open(None).unwrap();
    let code = &first.state.code;
    let ada = rooms.join(code, "Ada").unwrap();
    let bo = rooms.join(code, "Bo").unwrap();
    rooms.follow(code, &first.id).unwrap();
    away(&rooms, code, &first.id, PATIENCE);
    assert!(
        rooms.hand_over(code, &ada.secret, &ada.id).is_err(),
        "the driver follows, however long ago they said anything"
    );
    rooms.turn_away(code, &first.id);
    assert!(rooms.hand_over(code, &ada.secret, &ada.id).is_err());
    let free = rooms.state(code).unwrap().free.unwrap();
    assert!((0.0..=10.0).contains(&free));
    away(&rooms, code, &first.id, PATIENCE);
    assert_eq!(rooms.state(code).unwrap().free, Some(0.0));
    assert!(rooms.hand_over(code, &bo.secret, &ada.id).is_err());
    assert!(rooms.drive(code, &ada.secret, "/a").is_err());
    let state = rooms.hand_over(code, &ada.secret, &ada.id).unwrap();
    assert_eq!(state.driver.as_ref(), Some(&ada.id));
    rooms.follow(code, &first.id).unwrap();
    assert!(rooms.drive(code, &first.secret, "/b").is_err());
    assert!(
        rooms.hand_over(code, &bo.secret, &bo.id).is_err(),
        "it is with somebody who has just been heard of"
    );
}

#[test]
fn who_leaves_is_gone_and_the_last_one_closes_the_room() {
    let rooms = none();
    let first = rooms.open(Some("Ada")).unwrap();
    let code = &first.state.code;
    let bo = rooms.join(code, "Bo").unwrap();
    assert!(rooms.leave(code, "wrong").is_err());
    let state = rooms.leave(code, &first.secret).unwrap();
    assert_eq!(names(&state), ["Bo"]);
    assert_eq!((state.driver, state.free), (None, Some(0.0)));
    assert!(rooms.drive(code, &first.secret, "/a").is_err());
    let cy = rooms.join(code, "Cy").unwrap();
    assert_ne!(cy.id, bo.id, "no id is given twice");
    rooms.hand_over(code, &bo.secret, &bo.id).unwrap();
    let told = rooms.follow(code, &bo.id).unwrap();
    rooms.leave(code, &cy.secret).unwrap();
    rooms.leave(code, &bo.secret).unwrap();
    assert!(rooms.state(code).is_err());
    assert!(told.has_changed().is_err(), "whoever follows hears of it");
    rooms.turn_away(code, &bo.id);
}

#[test]
fn who_is_away_for_very_long_is_forgotten_unless_they_drive() {
    let rooms = none();
    let first = rooms.open(Some("Ada")).unwrap();
    let code = &first.state.code;
    let bo = rooms.join(code, "Bo").unwrap();
    let long = FORGOTTEN + Duration::from_secs(1);
    away(&rooms, code, &first.id, long);
    away(&rooms, code, &bo.id, long);
    let cy = rooms.join(code, "Cy").unwrap();
    assert_eq!(names(&cy.state), ["Ada", "Cy"]);
    assert!(rooms.follow(code, &bo.id).is_err());
}

#[test]
fn each_change_is_told_and_the_room_that_nobody_is_in_makes_way() {
    let rooms = none();
    let first = rooms.open(None).unwrap();
    let code = &first.state.code;
    let told = rooms.follow(code, &first.id).unwrap();
    rooms.time(code, &first.secret, Some(600)).unwrap();
    assert!(told.has_changed().unwrap());
    let left = rooms.state(code).unwrap().timer.unwrap();
    assert!((0.0..=600.0).contains(&left));
    for _ in 0..2 * ROOMS {
        rooms.open(None).unwrap();
    }
    assert!(rooms.state(code).is_ok(), "somebody is in it");
    rooms.turn_away(code, &first.id);
    for _ in 0..ROOMS {
        rooms.open(None).unwrap();
    }
    assert!(rooms.state(code).is_err());
    assert!(told.has_changed().is_err(), "whoever follows hears of it");
}

#[test]
fn nothing_too_large_comes_in() {
    let rooms = none();
    let first = rooms.open(None).unwrap();
    let code = &first.state.code;
    for name in ["", "  ", "a\nb", &"x".repeat(NAME + 1)] {
        assert!(rooms.join(code, name).is_err(), "{name:?}");
    }
    let long = "x".repeat(PLACE + 1);
    assert!(rooms.drive(code, &first.secret, &long).is_err());
    assert!(rooms.time(code, &first.secret, Some(TIMER + 1)).is_err());
    assert!(rooms.join("NONE", "Ada").is_err());
    for number in 1..MEMBERS {
        rooms.join(code, &number.to_string()).unwrap();
    }
    assert!(rooms.join(code, "one more").is_err());
}

#[test]
fn who_opened_the_room_takes_the_wheel_back_at_any_time() {
    let rooms = none();
    let host = rooms.open(None).unwrap();
    let code = &host.state.code;
    let ada = rooms.join(code, "Ada").unwrap();
    let bo = rooms.join(code, "Bo").unwrap();
    let _page = rooms.follow(code, &ada.id).unwrap();
    rooms.hand_over(code, &host.secret, &ada.id).unwrap();
    assert!(rooms.hand_over(code, &bo.secret, &bo.id).is_err());
    assert!(
        rooms.hand_over(code, &host.secret, &bo.id).is_err(),
        "they take it, and do not give it away"
    );
    let state = rooms.hand_over(code, &host.secret, &host.id).unwrap();
    assert_eq!(
        (state.driver.as_ref(), &state.host),
        (Some(&host.id), &host.id)
    );
}

#[test]
fn rooms_are_as_they_were_when_the_server_starts_again() {
    let folder = std::env::temp_dir().join(format!("tandem-rooms-{}", std::process::id()));
    let file = folder.join("rooms-1.json");
    let start = || Rooms::kept_in(String::new(), Some(file.clone()));
    let rooms = start();
    let host = rooms.open(Some("Cy")).unwrap();
    let code = &host.state.code;
    let ada = rooms.join(code, "Ada").unwrap();
    rooms.hand_over(code, &host.secret, &ada.id).unwrap();
    rooms.time(code, &ada.secret, Some(600)).unwrap();
    let before = rooms.drive(code, &ada.secret, "/a").unwrap();
    drop(rooms);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(&file).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "it has secrets");
    }
    let rooms = start();
    let after = rooms.state(code).unwrap();
    assert_eq!(names(&after), ["Cy", "Ada"]);
    assert_eq!(
        (&after.driver, &after.host, &*after.place),
        (&Some(ada.id), &host.id, "/a")
    );
    assert!(after.version > before.version, "pages take it for news");
    assert!(after.timer > Some(500.0));
    rooms.drive(code, &ada.secret, "/b").unwrap();
    rooms.leave(code, &ada.secret).unwrap();
    rooms.leave(code, &host.secret).unwrap();
    assert!(
        start().state(code).is_err(),
        "a room that is closed stays so"
    );
    std::fs::write(&file, "{ broken").unwrap();
    assert!(start().open(None).is_ok(), "a broken file is none");
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn the_code_of_an_open_room_invites() {
    let rooms = none();
    let code = rooms.open(None).unwrap().state.code;
    assert_eq!(code_in(&code.to_lowercase()), Some(code.clone()));
    rooms.invites(&code).unwrap();
    let wrong = ["AAAA", "BBBB"].into_iter().find(|other| *other != code);
    assert!(rooms.invites(wrong.unwrap()).is_err());
}
