//! A test as the explorer's page copies it, compiled and run. `explorer-ui/browser/copy.test.mjs` compares
//! the file with what the page copies.

#[rustfmt::skip]
mod charge_once;
