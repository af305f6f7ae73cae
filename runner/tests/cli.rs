//! The binary as a user meets it: bad input, missing tools, limits, signals. Every run has a
//! temporary folder of its own, which must be empty afterwards.
//!
//! Most tests play Java with a shell script. Those in `with_java` need Java 11 or newer and
//! `tla2tools.jar`, as those of `tlc_process.rs` do.

#![cfg(unix)]

mod bad_input;
mod ctrl_c;
mod exit_codes;
mod half_way;
mod laptop;
mod limits;
mod mutate;
mod own_spec;
mod place;
mod random;
mod replay;
mod tools;
mod traces;
mod watch;
mod with_java;
