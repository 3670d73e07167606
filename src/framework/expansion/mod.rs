//! Puts what a pack says in short, or keeps in a file beside it, where the language has it, each thing with its place.
//!
//! The criteria of a CSV come into their sections (`criteria`), scales that are written where they are used get names
//! (`scale`), groups that are said by what is in them list it (`group`), and an entry that is said for each of several parts
//! (`part`) is there once for each (`each`). What reads a pack after that needs to know nothing of it.

mod criteria;
mod each;
mod group;
mod part;
mod scale;
mod separated;

use serde::Deserialize;
use toml::Spanned;

use super::PackText;
use super::schema::shape::Misshape;
use super::written::Written;

/// Parses a definition and puts the criteria beside it into their sections; what is no TOML comes as errors, what can't be read of the
/// criteria as misshapes.
pub(super) fn parse<'a>(
    file: &'a str,
    text: &'a str,
    criteria: Option<&[u8]>,
    misshapes: &mut Vec<Misshape>,
) -> (Written<'a>, Vec<toml::de::Error>) {
    let (mut written, errors) = Written::parse(file, text);
    if errors.is_empty() {
        criteria::put_in(&mut written, criteria, misshapes);
    }
    (written, errors)
}

/// Completes a pack of the language's shape.
pub(super) fn complete(written: &mut Written, misshapes: &mut Vec<Misshape>) {
    scale::name(&mut written.root);
    each::repeat(&mut written.root, misshapes);
}

/// Returns a pack that is known to have the language's shape with all in its place; what is no TOML comes as errors.
pub(super) fn whole(pack: &PackText) -> (Written<'_>, Vec<toml::de::Error>) {
    let mut passed_over = Vec::new();
    let (mut written, errors) = parse(&pack.file, &pack.text, pack.criteria.as_deref(), &mut passed_over);
    complete(&mut written, &mut passed_over);
    (written, errors)
}

/// Returns a pack as its keys and values, with all in its place; `None` where it is no TOML.
pub(super) fn whole_table(pack: &PackText) -> Option<toml::Table> {
    let (written, errors) = whole(pack);
    let root = Spanned::new(written.root.span(), written.root.get_ref().as_table()?.clone());
    errors.is_empty().then(|| toml::Table::deserialize(toml::de::Deserializer::from(root)).ok()).flatten()
}
