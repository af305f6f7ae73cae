//! The tests of the runner, each module by its subject. `cargo test -p tandem-runner --test suite matrix` runs one.

mod bring_your_own;
mod catalogue;
mod catalogue_liveness;
mod cli;
mod common;
mod divergence;
mod enumerate;
mod explorer;
mod explorer_hostile;
mod explorer_imports;
mod explorer_searches;
mod exported;
mod graph_command;
mod incidents;
mod interchangeable;
mod liveness;
mod matrix;
mod mutants;
mod mutations;
#[cfg(feature = "openapi")]
mod openapi;
mod output;
#[cfg(feature = "tla-rs")]
mod planted;
mod random;
mod random_specs;
mod readme;
mod refused;
mod rendered_specs;
mod served;
mod small_models;
mod symmetry;
#[cfg(feature = "tla-rs")]
mod tla_rs_catalogue;
mod tlc_catalogue;
mod tlc_current;
mod tlc_dot;
mod tlc_log_properties;
mod tlc_logs;
mod tlc_process;
mod tlc_recorded;
mod traces;
mod unfolded;
mod why;
