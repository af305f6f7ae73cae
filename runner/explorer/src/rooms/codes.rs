//! Codes of rooms, and how many wrong ones may be tried.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::{Problem, closed};

/// Wrong codes a minute. To try all codes takes 36 days at that rate.
const MOST: u32 = 20;

const MINUTE: Duration = Duration::from_secs(60);

/// Letters of a code.
const LETTERS: usize = 4;

/// Letters and digits that nobody mistakes for others when a code is read aloud.
const ALPHABET: &[u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

/// A new code, out of about a million: short enough to type.
pub(super) fn code() -> Result<String, Problem> {
    random::<LETTERS>()
}

/// The code of a room, if a text has the form of one, in any case.
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

/// How often a room was asked for that is not there, in the minute since the count began.
#[derive(Debug, Default)]
pub(super) struct WrongCodes(Mutex<Option<(Instant, u32)>>);

impl WrongCodes {
    /// Counts a code that is wrong. Once there were too many, right ones are refused as well until the minute
    /// is over; the link with the token works meanwhile.
    ///
    /// # Errors
    /// When the code is wrong, or there were too many.
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
