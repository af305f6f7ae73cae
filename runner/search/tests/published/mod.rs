//! Models that Stateright publishes, implemented again. They were not designed for Tandem, so its
//! engine can be compared with Stateright's checkers and with published numbers.
//!
//! Each has the graph of the original, state for state and step for step, under names of its own;
//! only properties keep theirs. A model that is there to be counted has the property `true`, since
//! Stateright looks no further where no property is open.
//!
//! | model | size | states | published in |
//! |---|---|---:|---|
//! | [`two_phase_commit`] | 3 participants | 288 | `examples/2pc.rs` |
//! | | 5 | 8,832; by symmetry 665 | `examples/2pc.rs` |
//! | | 8 | 1,745,408; by symmetry 7,153 | |
//! | [`paxos`] | 3 servers, 1 client | 265 | |
//! | | 3 servers, 2 clients | 16,668 | `examples/paxos.rs` |
//! | | 3 servers, 3 clients | 1,194,428 | |
//! | [`single_copy_register`] | 1 server, 2 clients | 93 | `examples/single-copy-register.rs` |
//! | | 2 servers, 2 clients | 62 | 54 there: when all is decided |
//! | | 1 server, 4 clients | 400,233 | |
//! | [`linearizable_register`] | 2 servers, 2 clients | 544 | `examples/linearizable-register.rs` |
//! | | the same, ordered | 620 | |
//! | | 2 servers, 3 clients | 35,009 | |
//! | [`increment`] | 2 threads | 13; by symmetry 8 | `examples/increment.rs` |
//! | | 3 threads | 84 | |
//! | [`increment_lock`] | 3 threads | 61; by symmetry 13 | |
//! | [`ping_pong`] | to 1, lossy and duplicating | 14 | `src/actor/model.rs` |
//! | | to 5, lossy and duplicating | 4,094 | `src/actor/model.rs` |
//! | | to 5, lossless | 11 | `src/actor/model.rs` |
//! | [`timers`] | an alarm | 2 | `src/actor/model.rs` |
//! | | 3 pingers, 2 pings each | 4,410 | |
//! | | the same, ordered | 7,556 | |
//! | [`random_choices`] | one question | 4 | `src/actor/model.rs` |
//! | | a question replaced | 9 | `src/actor/model.rs` |
//! | [`crashes`] | 3 actors that do nothing | 4 | `src/actor/model.rs` |
//! | | a worker with 3 steps to do | 20 | |
//! | [`networks`] | a message that is ignored | 2; ordered 3 | `src/actor/model.rs` |
//! | | a message to nobody | 1 | `src/actor/model.rs` |
//! | | two messages | 3 to 8 | |
//!
//! States are distinct ones, and files those of Stateright 0.31. A number without a file is what
//! the original's graph has, counted to the end by a plain search, or by symmetry, by Stateright.
//!
//! Beside its file, each stands once more in TLA+, under the same names: `Paxos.tla` for `paxos.rs`.
//! Actors have their network from `Network.tla`, and registers their clients and history from
//! `Register.tla`. `published_tlc.rs` has TLC count them too. Only the smallest have no twin: the
//! alarm, the actors that do nothing, and the message to nobody.
//!
//! Left out are `raft`, `lww-register` and `interaction`, whose graphs have no end: they are cut at
//! some depth of the search, and no count is published. None is either for the ordered reliable
//! link and the write-once register. `timers` and the worker have no end as published; here they
//! have a boundary.

#![allow(
    dead_code,
    unreachable_pub,
    reason = "tests and benchmarks each use another part of it"
)]

pub mod crashes;
pub mod increment;
pub mod increment_lock;
pub mod linearizable_register;
pub mod networks;
pub mod paxos;
pub mod ping_pong;
pub mod random_choices;
pub mod register;
pub mod single_copy_register;
pub mod timers;
pub mod two_phase_commit;
