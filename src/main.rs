//! The `scrutineer` program.
fn main() {}
