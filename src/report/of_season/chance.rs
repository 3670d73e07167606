//! How the likelihood of chance is put into words.

use super::{figure, value};
use crate::exact::Exact;
use crate::statistics::Figure;

/// Below this, differences are taken to be more than chance gives.
const LIMIT: f64 = 0.05;

/// Whether a likelihood is so small that chance is an unlikely cause.
pub(super) fn is_more_than_chance(likelihood: f64) -> bool {
    likelihood < LIMIT
}

/// Returns a likelihood for a table.
pub(super) fn chance(found: &Figure) -> String {
    figure(
        found,
        |likelihood: &Exact| {
            if likelihood.to_float() < 0.001 { "under 0.001".to_owned() } else { likelihood.to_fixed(3) }
        },
    )
}

/// Returns what a likelihood means, to stand at the end of a sentence; nothing where it isn't shown.
pub(super) fn beside_chance(found: &Figure) -> String {
    match value(found) {
        Some(likelihood) if is_more_than_chance(likelihood) => {
            format!(", more than chance is likely to give (p {})", equals(found))
        }
        Some(_) => format!(", which chance alone could give (p {})", equals(found)),
        None => String::new(),
    }
}

/// Returns a likelihood behind its letter.
fn equals(found: &Figure) -> String {
    let shown = chance(found);
    if shown.starts_with("under") { shown } else { format!("= {shown}") }
}
