//! The shipped forms, changed as senders change them.

use crate::cell::CellRef;
use crate::finding::{Findings, Place};
use crate::framework::{FieldRole, Framework, SheetId, SheetSpec, builtin};
use crate::workbook::{Cell, Sheet, Value, Visibility, Workbook};

use super::{Layout, WorkbookText, locate};

/// Returns a shipped framework and its form.
#[track_caller]
fn form(name: &str) -> (Framework, Workbook) {
    let framework = builtin::load(name).expect("the shipped packs load").framework;
    let form = framework.form().cloned().expect("the shipped packs have a form");
    (framework, form)
}

/// Returns the sheet of a name.
#[track_caller]
fn sheet<'a>(workbook: &'a mut Workbook, name: &str) -> &'a mut Sheet {
    workbook.sheets.iter_mut().find(|sheet| sheet.name == name).expect("the form has the sheet")
}

/// Writes a text into a cell; an empty one clears it.
#[track_caller]
fn write(workbook: &mut Workbook, name: &str, at: &str, text: &str) {
    let at: CellRef = at.parse().expect("the test gives an address");
    let cells = &mut sheet(workbook, name).cells;
    cells.retain(|cell| cell.at != at);
    if !text.is_empty() {
        cells.push(Cell::new(at, Value::Text(text.into()), None));
    }
    cells.sort_by_key(|cell| cell.at);
}

/// Returns what a cell of the form says.
#[track_caller]
fn text_at(workbook: &mut Workbook, name: &str, at: &str) -> String {
    let at: CellRef = at.parse().expect("the test gives an address");
    sheet(workbook, name).cell(at).and_then(Cell::text).expect("the form has a text there").to_owned()
}

/// Locates, and returns the findings as `rule sheet!cell`.
fn located(framework: &Framework, workbook: &Workbook) -> (Layout, Vec<String>) {
    let mut findings = Findings::default();
    let layout = locate(framework, &WorkbookText::new(workbook), &mut findings);
    let place = |place: &Place| match (place.sheet(), place.cells()) {
        (Some(sheet), Some(cells)) => format!("{sheet}!{}", cells.first),
        (Some(sheet), None) => sheet.to_owned(),
        (None, _) => "workbook".to_owned(),
    };
    let sorted = findings.into_sorted();
    (layout, sorted.iter().map(|finding| format!("{} {}", finding.rule.as_str(), place(&finding.place))).collect())
}

/// The sheet that most tests change, and the last row of its criteria.
const ENGAGING: &str = "1.1 Engaging Jobseekers";

/// Returns the rows in which the criteria of that sheet were found.
fn rows(layout: &Layout) -> Vec<(&str, u32)> {
    let all = layout.tables.iter().flat_map(|table| &table.rows);
    all.filter(|(id, _)| id.starts_with("1.1.")).map(|(id, row)| (id.as_str(), *row)).collect()
}

#[test]
fn an_untouched_form_is_found_without_a_word() {
    for name in ["code-of-practice", "seqf"] {
        let (framework, workbook) = form(name);
        assert_eq!(located(&framework, &workbook).1, Vec::<String>::new(), "{name}");
    }
}

#[test]
fn a_stated_total_stands_under_the_column_whatever_its_heading() {
    let (framework, mut workbook) = form("seqf");
    for heading in ["Our score", "Score 0-2", "Self assess"] {
        write(&mut workbook, ENGAGING, "C3", heading);
        let (layout, said) = located(&framework, &workbook);
        assert_eq!(said, [format!("heading-renamed {ENGAGING}!C3")], "{heading}");
        let index = layout.tables[0].sheet;
        let found = layout.stated.values().filter(|place| **place == (index, CellRef::new(14, 3))).count();
        assert_eq!(found, 1, "{heading}");
    }
}

#[test]
fn a_stated_figure_is_found_by_its_heading_s_neighbours_and_a_near_label() {
    let (framework, mut workbook) = form("code-of-practice");
    write(&mut workbook, "Summary", "G3", "Score given");
    write(&mut workbook, "Summary", "A14", "Final outcome:");
    let (layout, _) = located(&framework, &workbook);
    assert_eq!(layout.stated.get("total").map(|(_, at)| *at), Some(CellRef::new(9, 7)));
}

#[test]
fn codes_and_texts_are_found_by_what_stands_in_their_columns() {
    let (framework, mut workbook) = form("code-of-practice");
    for (column, heading) in ["Code", "Theme", "What we look for", "Seen", "From where"].iter().enumerate() {
        write(&mut workbook, "Assessment", &format!("{}3", char::from(b'A' + u8::try_from(column).unwrap())), heading);
    }
    let (layout, said) = located(&framework, &workbook);
    assert_eq!(layout.tables[0].rows.len(), 13);
    assert!(!said.iter().any(|finding| finding.starts_with("heading-missing")), "{said:?}");
}

#[test]
fn a_table_without_headings_is_said() {
    let (framework, mut workbook) = form("seqf");
    for column in 'A'..='H' {
        write(&mut workbook, ENGAGING, &format!("{column}3"), "");
    }
    let (layout, said) = located(&framework, &workbook);
    assert_eq!(said, [format!("heading-missing {ENGAGING}")]);
    assert_eq!(rows(&layout), []);
}

#[test]
fn a_heading_that_goes_on_below_is_no_criterion() {
    let (framework, mut workbook) = form("code-of-practice");
    sheet(&mut workbook, "Assessment")
        .cells
        .iter_mut()
        .filter(|cell| cell.at.row > 3)
        .for_each(|cell| cell.at.row += 1);
    for (at, unit) in [("A4", "(code)"), ("C4", "(printed)"), ("G4", "(1 to 4)")] {
        write(&mut workbook, "Assessment", at, unit);
    }
    assert_eq!(located(&framework, &workbook).1, Vec::<String>::new());
    for (at, number) in [("A4", "1"), ("C4", "3"), ("G4", "7")] {
        write(&mut workbook, "Assessment", at, number);
    }
    assert_eq!(located(&framework, &workbook).1, Vec::<String>::new());
}

#[test]
fn two_texts_that_changed_places_are_both_said() {
    let (framework, mut workbook) = form("code-of-practice");
    let (upper, lower) = (text_at(&mut workbook, "Assessment", "C5"), text_at(&mut workbook, "Assessment", "C6"));
    write(&mut workbook, "Assessment", "C5", &lower);
    write(&mut workbook, "Assessment", "C6", &upper);
    let (layout, said) = located(&framework, &workbook);
    assert_eq!(said, ["criterion-reworded Assessment!C5", "criterion-reworded Assessment!C6"]);
    assert_eq!(layout.tables[0].rows.get("U2"), Some(&5));
}

#[test]
fn rows_numbered_anew_are_known_by_their_texts() {
    let (framework, mut workbook) = form("seqf");
    let texts: Vec<String> = (4..=13).map(|row| text_at(&mut workbook, ENGAGING, &format!("A{row}"))).collect();
    let said_at = |index: usize| texts[index].split_once(' ').expect("code and text").1.to_owned();
    for row in 4..13 {
        let text = format!("1.1.{} {}", row - 3, said_at(row - 3));
        write(&mut workbook, ENGAGING, &format!("A{row}"), &text);
    }
    write(&mut workbook, ENGAGING, "A13", "");
    let (layout, said) = located(&framework, &workbook);
    assert_eq!(rows(&layout).iter().find(|(id, _)| *id == "1.1.5"), Some(&("1.1.5", 7)));
    assert!(said.contains(&format!("criterion-missing {ENGAGING}")), "{said:?}");
    assert_eq!(said.iter().filter(|finding| finding.starts_with("criterion-reworded")).count(), 9);
}

#[test]
fn a_code_that_lost_its_last_nought_is_told_by_the_text() {
    let (framework, mut workbook) = form("seqf");
    let text = text_at(&mut workbook, ENGAGING, "A13").replace("1.1.10 ", "1.1.1 ");
    write(&mut workbook, ENGAGING, "A13", &text);
    let (layout, said) = located(&framework, &workbook);
    assert_eq!(said, Vec::<String>::new());
    assert!(rows(&layout).contains(&("1.1.10", 13)));
}

#[test]
fn labels_are_found_beside_remarks_and_numbers() {
    let cases = [
        ("B12", "Interview date (dd/mm/yyyy)", "interview_date"),
        ("B12", "8. Interview date", "interview_date"),
        ("B5", "Organisation name", "organisation"),
        ("B10", "Assessment kind *", "kind"),
        ("B9", "E-MAIL :", "email"),
    ];
    for (at, label, id) in cases {
        let (framework, mut workbook) = form("code-of-practice");
        write(&mut workbook, "Cover", at, label);
        let (layout, _) = located(&framework, &workbook);
        let place = layout.fields.iter().find(|(field, _)| field.as_str() == id).map(|(_, place)| place.label);
        assert_eq!(place, at.parse().ok(), "{label}");
        assert_eq!(layout.fields.len(), 9, "{label}");
    }
}

#[test]
fn entries_may_stand_below_their_labels() {
    let (framework, mut workbook) = form("code-of-practice");
    let cover = sheet(&mut workbook, "Cover");
    cover.cells.retain(|cell| (5..=13).contains(&cell.at.row) && cell.at.column == 2);
    cover.cells.iter_mut().for_each(|cell| cell.at.row = cell.at.row * 2 - 5);
    for row in (6..=22).step_by(2) {
        write(&mut workbook, "Cover", &format!("B{row}"), "entry");
    }
    let (layout, _) = located(&framework, &workbook);
    assert!(layout.fields.values().all(|place| place.entry == CellRef::new(place.label.row + 1, 2)));
}

/// Writes the same text into rows of a column.
#[track_caller]
fn write_down(workbook: &mut Workbook, name: &str, column: &str, rows: std::ops::Range<u32>, text: &str) {
    for row in rows {
        write(workbook, name, &format!("{column}{row}"), text);
    }
}

/// Returns the form of reviews, filled in as one of a whole organisation.
fn form_of_whole() -> (Framework, Workbook) {
    let (framework, mut workbook) = form("investors-in-people");
    let kind = framework.field_for(FieldRole::Kind).expect("the form asks for the kind").id.clone();
    let at = located(&framework, &workbook).0.fields[&kind].entry;
    write(&mut workbook, "Cover", &at.to_string(), "Corporate");
    (framework, workbook)
}

/// The sheet of the review's requirements.
const REQUIREMENTS: &str = "Evidence requirements";

#[test]
fn answers_are_found_under_a_heading_that_says_nothing() {
    for heading in ["Is it met?", "Assessment", "Met (Y/N/Partly)", "Our view"] {
        let (framework, mut workbook) = form("investors-in-people");
        write(&mut workbook, REQUIREMENTS, "E7", heading);
        write_down(&mut workbook, REQUIREMENTS, "E", 9..33, "Met");
        let (layout, said) = located(&framework, &workbook);
        assert_eq!(layout.tables[0].columns.get("status"), Some(&5), "{heading}");
        assert!(layout.tables[0].opinions.is_empty(), "{heading}");
        assert_eq!(said, [format!("heading-renamed {REQUIREMENTS}!E7")], "{heading}");
    }
}

#[test]
fn a_column_without_a_judgement_is_no_opinion() {
    for (heading, written, opinions) in [("Reviewed by", "JD", 0), ("Checked?", "1", 0), ("Housing", "Partly", 1)] {
        let (framework, mut workbook) = form_of_whole();
        for (from, to) in [("G7", "H7"), ("F7", "G7"), ("E7", "F7")] {
            let text = text_at(&mut workbook, REQUIREMENTS, from);
            write(&mut workbook, REQUIREMENTS, to, &text);
        }
        write(&mut workbook, REQUIREMENTS, "E7", heading);
        write_down(&mut workbook, REQUIREMENTS, "E", 9..33, written);
        write_down(&mut workbook, REQUIREMENTS, "F", 9..33, "Met");
        let (layout, _) = located(&framework, &workbook);
        assert_eq!(layout.tables[0].opinions.len(), opinions, "{heading}");
        assert_eq!(layout.tables[0].columns.get("status"), Some(&6), "{heading}");
    }
}

#[test]
fn units_named_like_headings_or_by_numbers_leave_the_answers_theirs() {
    for (named, second) in [(["Status", "Met"], None), (["1", "2"], None), (["Leisure and", "Housing"], Some("Parks"))]
    {
        let (framework, mut workbook) = form_of_whole();
        for (from, to) in [("G7", "I7"), ("F7", "H7")] {
            let text = text_at(&mut workbook, REQUIREMENTS, from);
            write(&mut workbook, REQUIREMENTS, to, &text);
        }
        write(&mut workbook, REQUIREMENTS, "G7", "Corporate");
        for (column, name) in ["E", "F"].into_iter().zip(named) {
            write(&mut workbook, REQUIREMENTS, &format!("{column}7"), name);
            write_down(&mut workbook, REQUIREMENTS, column, 9..33, "Met");
        }
        write_down(&mut workbook, REQUIREMENTS, "G", 9..33, "Partly");
        if let Some(second) = second {
            write(&mut workbook, REQUIREMENTS, "A8", "");
            write(&mut workbook, REQUIREMENTS, "E8", second);
            write(&mut workbook, REQUIREMENTS, "I7", "Strength or development");
            write(&mut workbook, REQUIREMENTS, "I8", "note");
        }
        let (layout, _) = located(&framework, &workbook);
        assert_eq!(layout.tables[0].columns.get("status"), Some(&7), "{named:?}");
        let first = second.map_or_else(|| named[0].to_owned(), |second| format!("{} {second}", named[0]));
        assert_eq!(layout.tables[0].opinions, [(first, 5), (named[1].to_owned(), 6)]);
    }
}

/// Returns a review with the columns of two parts, of the whole and of something else, whose cover lists some parts.
fn of_parts(listed: &[&str], headings: [&str; 4]) -> (Layout, Vec<String>) {
    let (framework, mut workbook) = form_of_whole();
    for (from, to) in [("G7", "J7"), ("F7", "I7")] {
        let text = text_at(&mut workbook, REQUIREMENTS, from);
        write(&mut workbook, REQUIREMENTS, to, &text);
    }
    for (column, heading) in ["E", "F", "G", "H"].into_iter().zip(headings) {
        write(&mut workbook, REQUIREMENTS, &format!("{column}7"), heading);
        if !heading.is_empty() {
            write_down(&mut workbook, REQUIREMENTS, column, 9..33, if column == "G" { "Partly" } else { "Met" });
        }
    }
    if !listed.is_empty() {
        for (column, heading) in
            ["A", "B", "C", "D"].into_iter().zip(["Directorate", "Internal reviewer", "Headcount", "Report date"])
        {
            write(&mut workbook, "Cover", &format!("{column}40"), heading);
        }
        for (row, name) in (41..).zip(listed) {
            write(&mut workbook, "Cover", &format!("A{row}"), name);
        }
    }
    located(&framework, &workbook)
}

#[test]
fn columns_of_parts_are_those_that_the_cover_lists() {
    let parts: &[&str] = &["Leisure", "Housing"];
    let cases: [(&[&str], [&str; 4], &[&str]); 6] = [
        (parts, ["Leisure", "Housing", "Corporate", "Previous review"], &["Leisure", "Housing"]),
        (parts, ["Leisure", "Housing", "Overall", ""], &["Leisure", "Housing"]),
        (parts, ["Leisur", "Housing", "Corporate", "Last time"], &["Leisur", "Housing"]),
        (parts, ["Leisure", "Homes", "Corporate", ""], &["Leisure", "Homes"]),
        (
            &["Leisure", "Housing", "Parks"],
            ["Leisure", "Housing", "Corporate", "Green"],
            &["Leisure", "Housing", "Green"],
        ),
        (&[], ["Leisure", "Housing", "Corporate", "Parks"], &["Leisure", "Housing", "Parks"]),
    ];
    // A review of one part has none, whatever stands beside its own judgement.
    let (framework, mut workbook) = form("investors-in-people");
    for (from, to) in [("G7", "H7"), ("F7", "G7")] {
        let text = text_at(&mut workbook, REQUIREMENTS, from);
        write(&mut workbook, REQUIREMENTS, to, &text);
    }
    write(&mut workbook, REQUIREMENTS, "F7", "Met last time?");
    write_down(&mut workbook, REQUIREMENTS, "E", 9..33, "Met");
    write_down(&mut workbook, REQUIREMENTS, "F", 9..33, "Partly");
    let layout = located(&framework, &workbook).0;
    assert_eq!((layout.tables[0].opinions.len(), layout.tables[0].columns.get("status")), (0, Some(&5)));
    for (listed, headings, expected) in cases {
        let (layout, said) = of_parts(listed, headings);
        let named: Vec<&str> = layout.tables[0].opinions.iter().map(|(heading, _)| heading.as_str()).collect();
        assert_eq!(named, expected, "{listed:?} {headings:?}");
        assert_eq!(layout.tables[0].columns.get("status"), Some(&7), "{listed:?} {headings:?} {said:?}");
    }
}

#[test]
fn a_heading_once_more_is_no_criterion() {
    let (framework, mut workbook) = form("investors-in-people");
    for column in ["A", "B", "C", "D", "E", "F", "G"] {
        let text = text_at(&mut workbook, REQUIREMENTS, &format!("{column}7"));
        write(&mut workbook, REQUIREMENTS, &format!("{column}33"), &text);
    }
    assert_eq!(located(&framework, &workbook).1, Vec::<String>::new());
}

#[test]
fn of_two_headings_worded_alike_each_has_the_column_that_it_asks_for() {
    let (framework, mut workbook) = form("employer-partners");
    write(&mut workbook, "Register", "C8", "Tier (Standard/Premium)");
    write(&mut workbook, "Register", "V8", "Membership start");
    write_down(&mut workbook, "Register", "C", 9..12, "Standard");
    write_down(&mut workbook, "Register", "V", 9..12, "01/04/2025");
    let (layout, _) = located(&framework, &workbook);
    let columns = &layout.registers["partners"].columns;
    assert_eq!((columns.get("tier"), columns.get("start")), (Some(&3), Some(&22)));
}

#[test]
fn entries_are_found_past_an_inserted_column_but_not_past_another_label() {
    let (framework, mut workbook) = form("employer-partners");
    let entry = |workbook: &Workbook| located(&framework, workbook).0.fields["data_date"].entry.to_string();
    assert_eq!(entry(&workbook), "E4", "nothing is filled in");
    write(&mut workbook, "Register", "H4", "12");
    write(&mut workbook, "Register", "H5", "3");
    assert_eq!(entry(&workbook), "E4", "what stands beside other labels is theirs");
    write(&mut workbook, "Register", "F4", "21/06/2025");
    write(&mut workbook, "Register", "F5", "Manager");
    assert_eq!(entry(&workbook), "F4", "the entries stand one column further");
}

#[test]
fn a_return_is_known_though_its_largest_sheet_is_gone() {
    for (name, gone) in [("investors-in-people", REQUIREMENTS), ("employer-partners", "Register")] {
        let (framework, mut workbook) = form(name);
        workbook.sheets.retain(|sheet| sheet.name != gone);
        let text = WorkbookText::new(&workbook);
        let recognised = super::Recogniser::new([&framework]).recognise(None, &text);
        assert!(matches!(recognised, super::Recognition::Fits(_)), "{name} without {gone}");
    }
}

#[test]
fn a_numbered_label_counts_before_a_title_that_is_another_word_for_it() {
    let (framework, mut workbook) = form("employer-involvement");
    write(&mut workbook, "Centre", "B5", "1. Centre name");
    let (layout, _) = located(&framework, &workbook);
    assert_eq!(layout.fields["centre"].label.to_string(), "B5");
}

/// A sheet of the form once more: what it is called (`{}` is the form's name), whether it is seen, and what is filled in.
type Tab = (&'static str, Visibility, Option<f64>);

/// A way in which two sheets fit one of the form: which is taken, `None` where either may be it, and whether something is said of
/// the other.
type Way = (&'static str, [Tab; 2], Option<usize>, bool);

/// Ways for sheets that senders fill in.
const WAYS: &[Way] = {
    use Visibility::{Hidden, Visible};
    let (one, two) = (Some(1.0), Some(2.0));
    &[
        ("a copy as programs name it", [("{}", Visible, one), ("{} (2)", Visible, two)], Some(0), true),
        ("a hidden copy", [("{}", Visible, one), ("{} (2)", Hidden, two)], Some(0), true),
        ("a hidden old version", [("{}", Hidden, one), ("{} (2)", Visible, two)], Some(1), true),
        ("a hidden old version first", [("{} old", Hidden, one), ("{}", Visible, two)], Some(1), true),
        ("a near name", [("Ours", Visible, one), ("{} final", Visible, two)], Some(1), true),
        ("two by texts alone", [("Ours", Visible, one), ("Theirs", Visible, two)], None, true),
        ("two by texts alone, both hidden", [("Ours", Hidden, one), ("Theirs", Hidden, two)], None, true),
        ("two by texts alone, one hidden", [("Ours", Hidden, one), ("Theirs", Visible, two)], Some(1), true),
        ("two with the form's name and blanks", [("{}", Visible, one), (" {} ", Visible, two)], None, true),
        ("the blank form's", [("{}", Visible, None), ("Ours", Visible, two)], Some(1), false),
        ("the blank form's, hidden", [("{}", Hidden, None), ("Ours", Visible, two)], Some(1), false),
        ("a blank copy", [("{}", Visible, one), ("{} (2)", Visible, None)], Some(0), false),
        ("a hidden blank copy", [("{}", Visible, one), ("{} (2)", Hidden, None)], Some(0), false),
        ("two that say the same", [("{}", Visible, one), ("{} (2)", Visible, one)], Some(0), true),
        ("two by texts that say the same", [("Ours", Visible, one), ("Theirs", Visible, one)], Some(0), true),
        ("two blank ones", [("{} (2)", Visible, None), ("{}", Visible, None)], Some(1), false),
    ]
};

/// Returns a workbook in which these stand in the place of a sheet of the form.
#[track_caller]
fn in_place_of(form: &Workbook, name: &str, tabs: &[Tab; 2]) -> (Workbook, [String; 2]) {
    let mut workbook = form.clone();
    let issued = sheet(&mut workbook, name).clone();
    workbook.sheets.retain(|sheet| sheet.name != name);
    for (called, visibility, filled) in tabs {
        let mut tab = Sheet { name: called.replace("{}", name), visibility: *visibility, ..issued.clone() };
        tab.cells.extend(filled.map(|number| Cell::new(CellRef::new(9999, 9), Value::Number(number), None)));
        workbook.sheets.push(tab);
    }
    (workbook, [0, 1].map(|at| tabs[at].0.replace("{}", name)))
}

/// The same where senders fill nothing in: `None` in a tab is the form's, a number was typed over it.
const WAYS_OF_RESULTS: &[Way] = {
    use Visibility::{Hidden, Visible};
    let two = Some(2.0);
    &[
        ("a copy that was typed over", [("{}", Visible, None), ("{} (2)", Visible, two)], Some(0), true),
        ("a copy that was typed over, first", [("{} (2)", Visible, two), ("{}", Visible, None)], Some(1), true),
        ("a hidden copy", [("{}", Visible, None), ("{} (2)", Hidden, two)], Some(0), true),
        ("a copy by another name", [("{}", Visible, None), ("Ours", Visible, two)], Some(0), true),
        ("the form\u{2019}s typed over", [("{}", Visible, two), ("{} (2)", Visible, None)], Some(0), true),
        ("a hidden one of the form\u{2019}s name", [("{}", Hidden, None), ("{} (2)", Visible, two)], Some(1), true),
        ("two that say the same", [("{} (2)", Visible, None), ("{}", Visible, None)], Some(1), false),
    ]
};

/// The shipped schemes.
const SCHEMES: [&str; 5] =
    ["code-of-practice", "seqf", "employer-involvement", "employer-partners", "investors-in-people"];

/// Whether senders fill in a sheet of a framework.
fn takes_entries(framework: &Framework, id: &SheetId) -> bool {
    framework.tables.iter().any(|table| table.sheet == *id)
        || framework.registers.iter().any(|register| register.sheet == *id)
        || framework.fields.iter().any(|field| field.sheet == *id)
}

/// Finds two sheets in the place of one of the form in each of some ways, and compares which is taken and what is said.
#[track_caller]
fn assert_told(name: &str, (framework, form): (&Framework, &Workbook), spec: &SheetSpec, ways: &[Way]) {
    for (what, tabs, taken, is_told) in ways {
        let (workbook, names) = in_place_of(form, &spec.title, tabs);
        let (layout, said) = located(framework, &workbook);
        let found = layout.sheets.get(&spec.id).map(|at| workbook.sheets[*at].name.as_str());
        assert_eq!(found, Some(names[taken.unwrap_or(0)].as_str()), "{name}, {}: {what}", spec.title);
        let rivals = layout.rivals.iter().map(|rival| workbook.sheets[rival.sheets[&spec.id]].name.as_str());
        let rival = if taken.is_none() { Some(names[1].as_str()) } else { None };
        assert_eq!(rivals.collect::<Vec<_>>(), Vec::from_iter(rival), "{name}, {}: {what}", spec.title);
        let told = said.iter().filter(|said| said.starts_with("sheet-ambiguous")).count();
        assert_eq!(told, usize::from(*is_told), "{name}, {}: {what}: {said:?}", spec.title);
        assert!(!said.iter().any(|said| said.starts_with("sheet-missing")), "{name}, {}: {what}", spec.title);
        assert_eq!(layout.sheets.len(), framework.sheets.len(), "{name}: {what}");
        let is_renamed = said.iter().any(|said| said.starts_with("sheet-renamed"));
        assert!(taken.is_some() || !is_renamed, "{name}, {}: {what}: {said:?}", spec.title);
    }
}

#[test]
fn of_two_sheets_that_fit_alike_the_telling_one_is_taken() {
    for name in SCHEMES {
        let (framework, form) = form(name);
        for spec in framework.sheets.iter().filter(|spec| takes_entries(&framework, &spec.id)) {
            assert_told(name, (&framework, &form), spec, WAYS);
        }
    }
}

#[test]
fn of_two_sheets_of_results_the_form_s_name_tells_whatever_was_typed_over() {
    let mut tried = 0;
    for name in SCHEMES {
        let (framework, form) = form(name);
        let shows = |spec: &&SheetSpec| framework.stated.iter().any(|stated| stated.sheet == spec.id);
        let results = framework.sheets.iter().filter(shows).filter(|spec| !takes_entries(&framework, &spec.id));
        for spec in results {
            assert_told(name, (&framework, &form), spec, WAYS_OF_RESULTS);
            tried += 1;
        }
    }
    assert!(tried >= 3, "{tried} sheets of results");
}

#[test]
fn a_sheet_that_is_filled_in_from_its_copy_is_filled_in() {
    let (framework, form) = form("code-of-practice");
    let (mut workbook, _) =
        in_place_of(&form, "Assessment", &[("{} (2)", Visibility::Visible, None), ("{}", Visibility::Visible, None)]);
    let place = CellRef::new(4, 7);
    for (name, formula) in [("Assessment (2)", None), ("Assessment", Some("'Assessment (2)'!G4".into()))] {
        let sheet = sheet(&mut workbook, name);
        sheet.cells.retain(|cell| cell.at != place);
        sheet.cells.push(Cell::new(place, Value::Number(3.0), formula));
        sheet.cells.sort_by_key(|cell| cell.at);
    }
    let (layout, said) = located(&framework, &workbook);
    assert_eq!(workbook.sheets[layout.sheets[&SheetId::from("assessment")]].name, "Assessment");
    assert!(said.is_empty(), "{said:?}");
}

#[test]
fn every_renamed_sheet_is_told_from_every_other() {
    for name in SCHEMES {
        let (framework, form) = form(name);
        let mut workbook = form.clone();
        for (at, sheet) in workbook.sheets.iter_mut().enumerate() {
            sheet.name = format!("Tab {at}");
        }
        let (layout, said) = located(&framework, &workbook);
        let found = |title: &str, id| layout.sheets.get(id).is_none_or(|at: &usize| form.sheets[*at].name == title);
        assert!(framework.sheets.iter().all(|spec| found(&spec.title, &spec.id)), "{name}: {:?}", layout.sheets);
        assert!(!said.iter().any(|said| said.starts_with("sheet-ambiguous")), "{name}: {said:?}");
    }
}
