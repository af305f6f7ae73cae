//! Codes of rooms, and the limit on wrong codes.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::{Problem, closed};

/// Wrong codes allowed in a minute. At that rate it takes 36 days to try all codes.
const MOST: u32 = 20;

const MINUTE: Duration = Duration::from_secs(60);

/// The number of characters in a code.
const LETTERS: usize = 4;

/// Letters and digits that are hard to confuse when a code is read aloud.
const ALPHABET: &[u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

/// A new code, one of about a million: short enough to type.
pub(super) fn code() -> Result<String, Problem> {
    random::<LETTERS>()
}

/// The code in a text, if the text has the form of a code in upper or lower case.
pub(crate) fn code_in(text: &str) -> Option<String> {
    let code = text.to_ascii_uppercase();
    let known = code.bytes().all(|letter| ALPHABET.contains(&letter));
    (code.len() == LETTERS && known).then_some(code)
}

pub(super) fn random<const LENGTH: usize>() -> Result<String, Problem> {
    let mut bytes = [0; LENGTH];
    getrandom::fill(&mut bytes)
        .map_err(|error| Problem::busy(format!("the system has no random numbers: {error}")))?;
    let letters = bytes.iter().map(|byte| ALPHABET[usize::from(byte % 32)]);
    Ok(letters.map(char::from).collect())
}

/// The number of wrong codes in the current minute, and when that minute began.
#[derive(Debug, Default)]
pub(super) struct WrongCodes(Mutex<Option<(Instant, u32)>>);

impl WrongCodes {
    /// Counts a wrong code. After too many wrong codes, correct ones are refused as well until the minute is
    /// over. The link with the token still works.
    ///
    /// # Errors
    ///
    /// If the code is wrong, or too many were wrong.
    pub(super) fn check(&self, right: impl FnOnce() -> bool) -> Result<(), Problem> {
        self.check_at(Instant::now(), right)
    }

    fn check_at(&self, now: Instant, right: impl FnOnce() -> bool) -> Result<(), Problem> {
        let mut counted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (since, count) = counted
            .filter(|(since, _)| now.duration_since(*since) < MINUTE)
            .unwrap_or((now, 0));
        if count >= MOST {
            let hint =
                "too many wrong codes were tried; wait a minute, then open the address again";
            return Err(Problem::busy(hint));
        }
        if right() {
            return Ok(());
        }
        *counted = Some((since, count + 1));
        Err(closed())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(checked: Result<(), Problem>) -> String {
        checked.unwrap_err().body().error.code
    }

    #[test]
    fn wrong_codes_cannot_be_tried_for_long() {
        let codes = WrongCodes::default();
        codes.check(|| true).unwrap();
        for _ in 0..MOST {
            assert_eq!(refused(codes.check(|| false)), "no-room");
        }
        assert_eq!(
            refused(codes.check(|| true)),
            "busy",
            "not even the right one"
        );
    }

    #[test]
    fn a_count_ends_with_its_minute() {
        let now = Instant::now();
        let codes = WrongCodes(Mutex::new(Some((now, MOST))));
        let just_before = now + MINUTE - Duration::from_millis(1);
        assert_eq!(refused(codes.check_at(just_before, || true)), "busy");
        codes.check_at(now + MINUTE, || true).unwrap();
    }

    #[test]
    fn the_form_of_a_code_is_known_in_any_case() {
        assert_eq!(code_in("ab2d").as_deref(), Some("AB2D"));
        for other in ["AB1D", "ABC", "ABCDE", "a/bc", "\u{e4}BC"] {
            assert_eq!(code_in(other), None, "{other}");
        }
    }
}
