//! What several tests use: made-up frameworks, seasons of returns made from a seed, and sound returns of the shipped schemes.

pub(crate) mod file;
pub(crate) mod framework;
pub(crate) mod season;
pub(crate) mod shipped;
pub(crate) mod statistics;

use scrutineer::render::typst::Markup;

/// Returns all that a document for Typst says: its own text, and the data that it prints.
pub(crate) fn said(markup: &Markup) -> String {
    let data = markup.files.iter().filter(|file| file.name == "document.json");
    let data = data.map(|file| String::from_utf8_lossy(&file.bytes).into_owned());
    markup.text.clone() + &data.collect::<String>()
}
