//! One solution of each exercise. Try for yourself first.

pub mod two_tabs;
