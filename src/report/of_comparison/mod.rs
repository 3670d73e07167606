//! What differs between two returns, between two seasons that were run, or between two packs: the same documents for the screen and for sheets.

mod packs;
mod returns;
mod runs;

use crate::comparison::Pair;
use crate::document::{Cell, Document, Format, Kind};
use crate::exact::Exact;
use crate::framework::{BandId, Framework};

pub use packs::on_packs;
pub use returns::on_returns;
pub use runs::on_runs;

/// How much of a comparison is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// What differs.
    Changes,
    /// All that was compared.
    Everything,
}

impl Extent {
    /// Returns those of some rows that are shown.
    fn of<T>(self, rows: &[T], differs: impl Fn(&T) -> bool) -> Vec<&T> {
        rows.iter().filter(|row| self == Self::Everything || differs(row)).collect()
    }
}

/// What the two that are compared are called.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Sides {
    /// At the head of a column.
    names: [String; 2],
    /// In a sentence, of what is in the one or the other.
    places: [String; 2],
}

impl Sides {
    /// Names them by the time.
    fn in_time() -> Self {
        Self { names: ["Before", "After"].map(str::to_owned), places: ["before", "after"].map(str::to_owned) }
    }

    /// Names them by their kinds, where these tell them apart.
    fn of_kinds(kinds: [Option<&str>; 2]) -> Self {
        match kinds {
            [Some(one), Some(other)] if one != other => {
                let place = |kind: &str| format!("in the {}", kind.to_lowercase());
                Self { names: [one, other].map(str::to_owned), places: [one, other].map(place) }
            }
            [Some(_) | None, Some(_) | None] => Self::in_time(),
        }
    }

    /// Says what something is on the one side and on the other.
    fn moved(&self, what: &str, of: &Pair<String>) -> String {
        let told = |side: &Option<String>| side.clone().unwrap_or_else(|| "open".to_owned());
        let (before, after) = (told(&of.before), told(&of.after));
        if before == after {
            return format!("{what}: {after} in both.");
        }
        let [first, second] = &self.places;
        format!("{what}: {before} {first}, {after} {second}.")
    }
}

/// Returns a sheet of this name.
fn sheet(name: &str, title: &str, introduction: impl IntoIterator<Item = String>) -> Document {
    let introduction = introduction.into_iter().filter(|words| !words.is_empty());
    Document { subject: name.to_owned(), ..Document::new(Kind::Sheet, title).introduction(introduction) }
}

/// Returns what a band is called; open where there is none.
fn titled_band(framework: Option<&Framework>, band: Option<&BandId>) -> String {
    match (framework, band) {
        (_, None) => "open".to_owned(),
        (Some(framework), Some(band)) => framework.band_title(band).to_owned(),
        (None, Some(band)) => band.to_string(),
    }
}

/// Returns a number with so many decimals; a dash where it is open.
fn value(of: Option<&Exact>, places: u32) -> Cell {
    Cell::or_dash(of.cloned().map(|of| Cell::number(of, Format::Fixed(places))))
}

/// Returns by how much something went up or down; nothing where either is open.
fn difference(pair: &Pair<Exact>, places: u32) -> Cell {
    match (&pair.before, &pair.after) {
        (Some(before), Some(after)) => Cell::number(after - before, Format::Signed(places)),
        (None, _) | (_, None) => Cell::Empty,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sides_are_named_by_their_kinds_where_these_tell_them_apart() {
        let cases = [
            ([Some("Self"), Some("External")], ["Self", "External"]),
            ([Some("Self"), Some("Self")], ["Before", "After"]),
            ([Some("Self"), None], ["Before", "After"]),
            ([None, None], ["Before", "After"]),
        ];
        for (kinds, expected) in cases {
            assert_eq!(Sides::of_kinds(kinds).names, expected, "{kinds:?}");
        }
    }

    #[test]
    fn what_is_the_same_is_said_once_and_what_is_missing_is_open() {
        let sides = Sides::in_time();
        let text = |text: &str| Some(text.to_owned());
        let cases = [
            (Pair::new(text("Good"), text("Good")), "Outcome: Good in both."),
            (Pair::new(text("Good"), text("Fair")), "Outcome: Good before, Fair after."),
            (Pair::new(None, text("Fair")), "Outcome: open before, Fair after."),
            (Pair::new(None, None), "Outcome: open in both."),
        ];
        for (pair, expected) in cases {
            assert_eq!(sides.moved("Outcome", &pair), expected);
        }
    }
}
