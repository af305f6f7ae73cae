//! State replay: judges the handler beside this file. Written by `tandem exercise verify --write`.

#[allow(unreachable_pub, reason = "a learner's file is no library")]
#[allow(unused_imports, reason = "a right answer may need less")]
#[allow(unused_variables, reason = "a right answer may need less")]
mod handler;

use std::process::ExitCode;

use tandem_coach::answer::Answer;
use tandem_models::kit::replay::Handler;

#[rustfmt::skip]
fn main() -> ExitCode {
    let answer = Answer::new(Handler::new(handler::add_line));
    tandem_coach::program::main(include_str!("exercise.toml"), &answer)
}
