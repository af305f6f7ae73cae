//! What the commands print: text as snapshots, and every field of the JSON that is promised.

mod json;
mod made;
mod text;
