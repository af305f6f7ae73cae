//! The explorer's server under attack: by other sites, by other machines, and by requests of any
//! size and shape. None may be answered, or end in a panic.

mod requests;
mod strangers;

const JSON: &str = "Content-Type: application/json\r\n";
