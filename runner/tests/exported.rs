//! Rust tests as `tandem check --save-trace rust` writes them. `traces.rs` compares them with what is
//! written now, and `TANDEM_UPDATE=1 cargo test -p tandem-runner --test suite traces` writes them.

#[rustfmt::skip]
mod finite;
#[rustfmt::skip]
mod lasso;
