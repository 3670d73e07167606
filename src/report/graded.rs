//! Grades of parts and named values, as reports and sheets word them.

use jiff::civil::Date;

use crate::day::long_date;
use crate::document::{Cell, Format};
use crate::exact::Exact;
use crate::framework::{BandId, OutcomeSpec};
use crate::review::{OutcomeRecord, ValueRecord};
use crate::words::number;

/// Returns a grade: the band, or the worst and the best that can come out.
pub(super) fn worded(spec: &OutcomeSpec, record: &OutcomeRecord) -> String {
    let settled = record.settled().map(|band| spec.band_title(band).to_owned());
    let range = || record.bands_in_words(spec);
    let open = match (record.does_not_apply, record.missing.is_empty()) {
        (true, _) => "doesn\u{2019}t apply",
        (false, true) => "none",
        (false, false) => "open",
    };
    settled.or_else(range).unwrap_or_else(|| open.to_owned())
}

/// Returns the total on which a grade rests, or the range of what it can become; `None` where it has none.
pub(super) fn total(spec: &OutcomeSpec, record: &OutcomeRecord) -> Option<String> {
    let format = Format::Unit(spec.decimals, spec.unit.clone());
    let range = || Some(format.range(record.lowest.as_ref()?, record.highest.as_ref()?));
    record.total.as_ref().map(|total| format.text(total)).or_else(range)
}

/// Returns a grade on a ground between the worst and the best.
pub(super) fn heat(spec: &OutcomeSpec, record: &OutcomeRecord) -> Cell {
    let place = record.settled().and_then(|band| place(spec, band));
    Cell::Heat { place: place.map(|place| place.to_float()), label: worded(spec, record) }
}

/// Returns how far up a band is among all, from nought for the worst to one.
fn place(spec: &OutcomeSpec, band: &BandId) -> Option<Exact> {
    let at = spec.bands.iter().position(|one| one.id == *band)?;
    Exact::ratio(spec.bands.len() - 1 - at, spec.bands.len() - 1)
}

/// Returns a named value as people read it, or the range of what it can become; a dash where it isn't known.
pub(super) fn value(record: &ValueRecord) -> String {
    let open = record.lowest.as_ref().zip(record.highest.as_ref());
    match (&record.value, open) {
        (Some(value), _) => read(value),
        (None, Some((least, most))) => {
            format!("open: {} to {}{}", read(least), read(most), record.ends.at_the_widest())
        }
        (None, None) => "\u{2013}".to_owned(),
    }
}

/// Returns a day or a number as people read it, and any other value as it is.
fn read(value: &str) -> String {
    if let Ok(day) = value.parse::<Date>() {
        return long_date(day);
    }
    value.parse::<Exact>().map_or_else(|_| value.to_owned(), |exact| number(&exact, 2))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outcome::Ends;

    #[test]
    fn values_stand_as_people_read_them() {
        let cases = [
            (Some("2013-07-01"), None, "1 July 2013"),
            (Some("7/2"), None, "3.5"),
            (Some("yes"), None, "yes"),
            (Some("2013-7"), None, "2013-7"),
            (None, Some(["5/2", "7"]), "open: 2.5 to 7"),
            (None, None, "\u{2013}"),
        ];
        for (value, open, expected) in cases {
            let [lowest, highest] = [0, 1].map(|end| open.map(|open| open[end].to_owned()));
            let record = ValueRecord {
                name: "review".to_owned(),
                title: "The review".to_owned(),
                value: value.map(ToOwned::to_owned),
                lowest,
                highest,
                ends: Ends::Reached,
            };
            assert_eq!(super::value(&record), expected);
        }
    }
}
