//! What cells show by the built-in number formats, in workbooks of several formats.
//!
//! A row of the fixtures has the values of `tests/oracles/number_formats.json` for one format, in its order.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use super::fixture;

/// What is shown of which values, by the id of the format.
fn vector() -> BTreeMap<u64, Vec<(Json, String)>> {
    let text = include_str!("../oracles/number_formats.json");
    let vector: Json = serde_json::from_str(text).unwrap();
    let mut rows: BTreeMap<u64, Vec<(Json, String)>> = BTreeMap::new();
    for entry in vector["shown"].as_array().unwrap() {
        let row = rows.entry(entry[0].as_u64().unwrap()).or_default();
        row.push((entry[1].clone(), entry[2].as_str().unwrap().to_owned()));
    }
    rows
}

/// What the program that made the file of OpenDocument shows otherwise, by the id of the format: it has days before its
/// first, 30/12/1899, knows that 1900 was no leap year, goes back from midnight by times below nought, and gives up on lengths
/// of time of very many hours.
const OF_ITS_OWN: [(u64, &[(f64, &str)]); 12] = [
    (
        14,
        &[
            (-45_658.25, "26/12/1774"),
            (0.0, "30/12/1899"),
            (0.75, "30/12/1899"),
            (-0.75, "29/12/1899"),
            (-1_234_567.891, "25/11/-1482"),
            (60.0, "28/02/1900"),
        ],
    ),
    (
        15,
        &[
            (-45_658.25, "26-Dec-74"),
            (0.0, "30-Dec-99"),
            (0.75, "30-Dec-99"),
            (-0.75, "29-Dec-99"),
            (-1_234_567.891, "25-Nov--82"),
            (60.0, "28-Feb-00"),
        ],
    ),
    (
        16,
        &[
            (-45_658.25, "26-Dec"),
            (0.0, "30-Dec"),
            (0.75, "30-Dec"),
            (-0.75, "29-Dec"),
            (-1_234_567.891, "25-Nov"),
            (60.0, "28-Feb"),
        ],
    ),
    (17, &[(-45_658.25, "Dec-74"), (0.0, "Dec-99"), (0.75, "Dec-99"), (-0.75, "Dec-99"), (-1_234_567.891, "Nov--82")]),
    (18, &[(-45_658.25, "6:00 PM"), (-0.75, "6:00 AM"), (-1_234_567.891, "2:36 AM")]),
    (19, &[(-45_658.25, "6:00:00 PM"), (-0.75, "6:00:00 AM"), (-1_234_567.891, "2:36:57 AM")]),
    (20, &[(-45_658.25, "18:00"), (-0.75, "06:00"), (-1_234_567.891, "02:36")]),
    (21, &[(-45_658.25, "18:00:00"), (-0.75, "06:00:00"), (-1_234_567.891, "02:36:57")]),
    (
        22,
        &[
            (-45_658.25, "26/12/1774 18:00"),
            (0.0, "30/12/1899 00:00"),
            (0.75, "30/12/1899 18:00"),
            (-0.75, "29/12/1899 06:00"),
            (-1_234_567.891, "25/11/-1482 02:36"),
            (60.0, "28/02/1900 00:00"),
        ],
    ),
    (45, &[(-45_658.25, "00:00"), (-0.75, "00:00"), (-1_234_567.891, "36:57")]),
    (46, &[(-45_658.25, "-1095798:00:00"), (-0.75, "-18:00:00"), (1_234_567.891, "#FMT"), (-1_234_567.891, "#FMT")]),
    (47, &[(-45_658.25, "00:00.0"), (-0.75, "00:00.0"), (-1_234_567.891, "36:57.6")]),
];

/// Returns what the file of OpenDocument shows of a number otherwise than others; `None` where it shows the same.
fn of_its_own(id: u64, value: &Json) -> Option<&'static str> {
    let (_, shown) = OF_ITS_OWN.iter().find(|(of, _)| *of == id)?;
    shown.iter().find(|(number, _)| value.as_f64() == Some(*number)).map(|(_, text)| *text)
}

#[test]
fn built_in_formats_show_the_same_in_every_format_of_workbooks() {
    for extension in ["xlsx", "xls", "ods"] {
        let name = format!("formats.{extension}");
        let workbook = fixture(&name);
        let is_open_document = extension == "ods";
        // That file has no column of ids before the values.
        let first = if is_open_document { 1 } else { 2 };
        let mut tried = 0;
        for (row, (id, values)) in (1..).zip(vector()) {
            for (column, (value, shown)) in (first..).zip(values) {
                let at = scrutineer::cell::CellRef { row, column };
                let cell = workbook.sheets[0].cell(at).unwrap_or_else(|| panic!("{name} {at}"));
                let own = is_open_document.then(|| of_its_own(id, &value)).flatten();
                let expected = own.unwrap_or(&shown);
                assert_eq!(cell.shown(workbook.date_system).trim(), expected, "{name}: format {id} of {value}");
                tried += 1;
            }
        }
        assert_eq!(tried, 350, "{name}");
    }
}
