//! What may stand in a place of a return, in every format: nothing that nobody sees changes what is read, what isn't seen as it
//! counts is told, and a day is the same day.

use std::collections::BTreeMap;

use jiff::civil::{Date, date};
use scrutineer::cell::{CellRange, CellRef};
use scrutineer::finding::{Finding, Findings};
use scrutineer::framework::{Framework, builtin};
use scrutineer::layout::{WorkbookText, locate};
use scrutineer::ooxml::Limits;
use scrutineer::returns::{EntryValue, State, extract};
use scrutineer::review::{Review, Settings, review};
use scrutineer::wording::visible;
use scrutineer::workbook::{DateSystem, Format, Sheet, Source, Value, Workbook, read};

use super::values::{Spot, places, sound};
use crate::support::file::{Book, FORMATS, HIDDEN, Laid};

/// Returns every character that nobody sees, but those that XML can't hold.
fn unseen() -> Vec<char> {
    let all = ('\u{80}'..=char::MAX).filter(|c| visible(&c.to_string()).is_empty());
    all.filter(|c| !c.is_control()).collect()
}

/// Reviews a file.
fn reviewed(frameworks: &[Framework], book: &Book, format: Format) -> Review {
    let name = format!("return.{}", format.extension());
    review(&Settings::new(frameworks, Limits::default()), &Source::new(name, book.written(format)))
}

/// Returns what is found and what it comes to, without the characters that nobody sees.
fn told(review: &Review) -> String {
    let finding = |finding: &Finding| {
        let effects = finding.effects.iter().map(|effect| format!("{:?}", (&effect.place, &effect.message)));
        let told = (finding.severity, &finding.rule, &finding.place, &finding.found, &finding.message);
        format!("{told:?} {:?}\n", effects.collect::<Vec<_>>())
    };
    // Another formula in the place of the form's is told besides, and so is none.
    let of_formulas = ["formula-changed", "formula-overwritten"];
    let others = review.findings.iter().filter(|finding| !of_formulas.contains(&finding.rule.as_str()));
    let findings: String = others.map(finding).collect();
    let outcome = serde_json::to_value(review).unwrap()["outcome"].clone();
    // The debug form writes what nobody sees by its number.
    let plain = format!("{findings}{outcome:#}");
    let mut seen = String::new();
    let mut rest = plain.as_str();
    while let Some((before, after)) = rest.split_once("\\u{") {
        let (number, behind) = after.split_once('}').unwrap();
        seen.push_str(before);
        seen.extend(u32::from_str_radix(number, 16).ok().and_then(char::from_u32));
        rest = behind;
    }
    visible(&(seen + rest)).into_owned()
}

/// Says which lines one of two texts has and the other hasn't.
fn difference(one: &str, other: &str) -> String {
    let only = |one: &str, other: &str| -> Vec<String> {
        one.lines().filter(|line| !other.lines().any(|other| other == *line)).take(5).map(str::to_owned).collect()
    };
    format!("only here {:#?}, missing {:#?}", only(one, other), only(other, one))
}

#[test]
fn what_nobody_sees_changes_nothing_in_any_format() {
    let unseen = unseen();
    assert!(unseen.len() > 4000, "{}", unseen.len());
    for framework in builtin::all() {
        let id = framework.id.clone();
        let mut book = Book::of(&sound(id.as_str()));
        // Numbers as texts are read, and told; with what nobody sees round them no more nor less.
        for cell in book.sheets.iter_mut().flat_map(|page| page.cells.values_mut()).step_by(5) {
            if let Value::Number(number) = cell.value {
                cell.value = Value::Text(number.to_string().into());
            }
        }
        let frameworks = [framework];
        let expected = told(&reviewed(&frameworks, &book, Format::Xlsx));
        let mut next = unseen.iter().copied().cycle();
        for page in &mut book.sheets {
            let mut take = |count| next.by_ref().take(count).collect::<String>();
            // A tab's name has thirty-one characters at most.
            page.name = format!("{}{}", page.name, take(1));
            for cell in page.cells.values_mut() {
                if let Value::Text(text) = &mut cell.value {
                    let (first, last) = text.split_at(text.char_indices().nth(1).map_or(text.len(), |(at, _)| at));
                    *text = format!("{}{first}{}{last}{}", take(7), take(7), take(7)).into();
                }
            }
        }
        for format in FORMATS {
            let came = told(&reviewed(&frameworks, &book, format));
            assert!(came == expected, "{id} {format:?}: {}", difference(&came, &expected));
        }
    }
}

/// What stands in places that are blank to a person.
fn blanks() -> [(&'static str, Laid); 3] {
    let text = |text: &str| Laid::of(Value::Text(text.into()));
    [
        ("nothing that is seen", text("\u{200b}\u{feff}\u{3164}")),
        ("blanks", text(" \u{a0} ")),
        ("a formula that gives an empty text", Laid { is_formula: true, ..text("") }),
    ]
}

/// Returns a book with something in places.
fn with(book: &Book, spots: &[Spot], laid: Option<&Laid>) -> Book {
    let mut book = book.clone();
    for spot in spots {
        let cells = &mut book.sheets[spot.sheet].cells;
        cells.remove(&spot.at);
        cells.extend(laid.map(|laid| (spot.at, laid.clone())));
    }
    book
}

/// Returns the framework, its faultless return as a book, and its places.
fn prepared(framework: Framework) -> ([Framework; 1], Book, BTreeMap<&'static str, Vec<Spot>>) {
    let workbook = sound(framework.id.as_str());
    let layout = locate(&framework, &WorkbookText::new(&workbook), &mut Findings::default());
    let places = places(&framework, &workbook, &layout);
    ([framework], Book::of(&workbook), places)
}

#[test]
fn what_a_person_sees_nothing_of_is_blank_in_every_format() {
    for framework in builtin::all() {
        let (frameworks, mut book, places) = prepared(framework);
        // Without any formula a workbook's figures are those of another program.
        let formula = Laid { is_formula: true, ..Laid::of(Value::Text("".into())) };
        book.sheets[0].cells.insert(CellRef::new(1, 200), formula);
        for (group, spots) in &places {
            let expected = told(&reviewed(&frameworks, &with(&book, spots, None), Format::Xlsx));
            for ((what, blank), format) in blanks().iter().flat_map(|blank| FORMATS.map(|format| (blank, format))) {
                let came = told(&reviewed(&frameworks, &with(&book, spots, Some(blank)), format));
                let about = format!("{} {group} {format:?}: {what}", frameworks[0].id);
                assert!(came == expected, "{about}: {}", difference(&came, &expected));
            }
        }
    }
}

/// A way in which what counts isn't seen.
type Way = (&'static str, fn(&mut Book, &Spot));

/// The ways in which what counts isn't seen as it counts, or what stands there doesn't count.
const WAYS: [Way; 3] = [
    ("hidden by its format", |book, spot| laid(book, spot).format = HIDDEN),
    ("struck out", |book, spot| laid(book, spot).is_struck = true),
    ("under a merged cell", |book, spot| {
        let corner = CellRef::new(spot.at.row, spot.at.column - 1);
        let page = &mut book.sheets[spot.sheet];
        page.cells.insert(corner, Laid::of(Value::Text("over it".into())));
        page.merges.push(CellRange::new(corner, spot.at));
    }),
];

/// Returns what stands in a place: what it holds, or a number.
fn laid<'a>(book: &'a mut Book, spot: &Spot) -> &'a mut Laid {
    let cells = &mut book.sheets[spot.sheet].cells;
    cells.entry(spot.at).or_insert_with(|| Laid::of(Value::Number(1.0)))
}

/// Returns for each way one of a few neighbours, put together so that none shares its row with one of another way, whose finding
/// could be taken for its own.
fn together<'a>(spots: &[&'a Spot]) -> Vec<Vec<(Way, &'a Spot)>> {
    let mut books: Vec<Vec<(Way, &Spot)>> = Vec::new();
    for (number, way) in WAYS.into_iter().enumerate() {
        for spot in spots.iter().skip((2 * number) % spots.len().max(1)).step_by(7) {
            let is_other = |(other, beside): &(Way, &Spot)| {
                other.0 != way.0 && (beside.sheet, beside.at.row) == (spot.sheet, spot.at.row)
            };
            match books.iter_mut().find(|book| !book.iter().any(is_other)) {
                Some(book) => book.push((way, spot)),
                None => books.push(vec![(way, spot)]),
            }
        }
    }
    books
}

#[test]
fn what_counts_and_is_not_seen_is_told_in_every_format() {
    let mut untold = Vec::new();
    for framework in builtin::all() {
        let (frameworks, book, places) = prepared(framework);
        for (group, spots) in places.iter().filter(|(group, _)| **group != "worked out in rows") {
            let form = frameworks[0].form().unwrap();
            // None in cells that the form has merged or hidden itself.
            let is_merged = |spot: &&Spot| {
                let merges = &book.sheets[spot.sheet].merges;
                let left = CellRef::new(spot.at.row, spot.at.column.saturating_sub(1));
                merges.iter().any(|merge| merge.contains(spot.at) || merge.contains(left))
            };
            let is_hidden = |spot: &&Spot| {
                let issued = form.sheets.iter().find(|sheet| sheet.name == book.sheets[spot.sheet].name);
                let is_masked = |sheet: &Sheet| sheet.cell(spot.at).is_some_and(|cell| cell.is_masked(book.dates));
                issued.is_some_and(|sheet| sheet.hides(spot.at) || is_masked(sheet))
            };
            let spots = spots.iter().filter(|spot| spot.at.column > 1 && !is_merged(spot) && !is_hidden(spot));
            let together = together(&spots.collect::<Vec<_>>());
            for (laid_so, format) in together.iter().flat_map(|laid_so| FORMATS.map(|format| (laid_so, format))) {
                let mut book = book.clone();
                for ((_, change), spot) in laid_so {
                    laid(&mut book, spot);
                    change(&mut book, spot);
                }
                let review = reviewed(&frameworks, &book, format);
                for ((what, _), spot) in laid_so {
                    let name = &book.sheets[spot.sheet].name;
                    let is_told = |finding: &Finding| {
                        finding.place.sheet() == Some(name)
                            && finding.place.cells().is_some_and(|cells| {
                                cells.contains(spot.at)
                                    || cells.first.row <= spot.at.row && spot.at.row <= cells.last.row
                            })
                    };
                    if !review.findings.iter().flat_map(Finding::with_its_effects).any(is_told) {
                        untold.push(format!("{} {group} {format:?} {what}: {name}!{}", frameworks[0].id, spot.at));
                    }
                }
            }
        }
    }
    assert!(untold.is_empty(), "{} untold: {untold:#?}", untold.len());
}

#[test]
fn a_missing_answer_is_asked_about_once() {
    let framework = builtin::all().into_iter().find(|framework| framework.id == *"code-of-practice").unwrap();
    let (frameworks, mut book, _) = prepared(framework);
    let page = book.sheets.iter_mut().find(|page| page.name == "Assessment").unwrap();
    page.cells.remove(&CellRef::new(4, 7)).expect("the form has its first score there");
    let review = reviewed(&frameworks, &book, Format::Xlsx);
    let names = |findings: &[&Finding]| findings.iter().map(|finding| finding.rule.to_string()).collect::<Vec<_>>();
    let (all, asked) = (names(&review.findings.iter().collect::<Vec<_>>()), names(&review.asked().collect::<Vec<_>>()));
    let has = |names: &[String], name: &str| names.iter().any(|other| other == name);
    assert!(has(&all, "answer-blank") && has(&all, "outcome-provisional"), "{all:?}");
    assert!(has(&asked, "answer-blank") && !has(&asked, "outcome-provisional"), "{asked:?}");
    assert_eq!(names(&review.for_sender().findings.iter().collect::<Vec<_>>()), asked);
}

/// Reads a file.
fn read_file(name: &str, bytes: Vec<u8>) -> Workbook {
    read(&Source::new(name, bytes), &Limits::default()).unwrap()
}

/// The place of a day on the form of the Code of Practice.
const ON_COVER: (&str, u32, u32) = ("interview_date", 12, 3);

/// Reads the day that stands there; `None` where it is told as none.
fn day_read(framework: &Framework, workbook: &Workbook) -> Option<Date> {
    let mut findings = Findings::default();
    let layout = locate(framework, &WorkbookText::new(workbook), &mut findings);
    let sent = extract(framework, workbook, &layout, &mut findings);
    let entry = &sent.fields[ON_COVER.0];
    let told = findings.iter().any(|finding| finding.rule.as_str() == "date-unreadable");
    assert_eq!(entry.reading.state() == State::Unusable, told, "{entry:?}");
    entry.given().and_then(EntryValue::date)
}

/// Returns the day that stands there, whoever could mean it.
fn day_held(workbook: &Workbook) -> Option<Date> {
    let cell = workbook.sheet("Cover").unwrap().cell(CellRef::new(ON_COVER.1, ON_COVER.2));
    let Value::Date(serial) = cell.unwrap().value else { panic!("{cell:?} holds no day") };
    workbook.date_system.date(serial)
}

/// Whether a return can mean a day.
fn is_meant(day: Date) -> bool {
    (date(1940, 1, 1)..=date(2119, 12, 31)).contains(&day)
}

/// Days with their serials from 1900, and a part of a day.
const DAYS: [(Date, f64, f64); 9] = [
    (date(1900, 1, 1), 1.0, 0.0),
    (date(1900, 2, 28), 59.0, 0.0),
    (date(1900, 3, 1), 61.0, 0.0),
    (date(1904, 1, 1), 1462.0, 0.0),
    (date(1904, 2, 29), 1521.0, 0.5),
    (date(1999, 12, 31), 36_525.0, 0.999_988_425_925_926),
    (date(2025, 8, 22), 45_891.0, 0.0),
    (date(2025, 8, 22), 45_891.0, 0.604_166_666_666_667),
    (date(2079, 6, 6), 65_537.0, 0.25),
];

#[test]
fn a_day_is_the_same_day_in_every_format() {
    let framework = builtin::load("code-of-practice").unwrap().framework;
    let book = Book::of(&sound("code-of-practice"));
    let (_, row, column) = ON_COVER;
    let put = |laid: Laid, dates: DateSystem| {
        let mut book = Book { dates, ..book.clone() };
        let cells = book.sheets.iter_mut().flat_map(|page| page.cells.values_mut());
        cells.filter(|cell| matches!(cell.value, Value::Date(_))).for_each(|cell| cell.value = Value::Date(45_000.0));
        let cover = book.sheets.iter_mut().find(|page| page.name == "Cover").unwrap();
        cover.cells.insert(CellRef::new(row, column), laid);
        book
    };
    for (dates, from) in [(DateSystem::From1900, 0.0), (DateSystem::From1904, 1462.0)] {
        for (day, serial, time) in DAYS.into_iter().filter(|(_, serial, _)| *serial >= from) {
            let value = Value::Date(serial - from + time);
            for format in FORMATS {
                let workbook = read_file("a", put(Laid::of(value.clone()), dates).written(format));
                assert_eq!(day_held(&workbook), Some(day), "{dates:?} {format:?} {serial} {time}");
                let meant = Some(day).filter(|day| is_meant(*day));
                assert_eq!(day_read(&framework, &workbook), meant, "{dates:?} {format:?} {serial} {time}");
            }
            let written = if time == 0.0 { day.to_string() } else { format!("{day}T11:59:59.9990") };
            let book = put(Laid::of(Value::Error("#ISO!".into())), dates);
            let workbook = read_file("a", with_iso(&book, &written));
            assert_eq!(day_held(&workbook), Some(day), "{dates:?} {written}");
            assert_eq!(day_read(&framework, &workbook), Some(day).filter(|day| is_meant(*day)), "{dates:?} {written}");
        }
    }
    let text = |text: &str| Laid::of(Value::Text(text.into()));
    let typed = [
        ("22/08/29", 2029),
        ("22/08/30", 1930),
        ("22/08/40", 1940),
        ("22 Aug 00", 2000),
        ("22.08.99", 1999),
        ("22/08/2025 14:30", 2025),
    ];
    for ((written, year), format) in typed.into_iter().flat_map(|typed| FORMATS.map(|format| (typed, format))) {
        let workbook = read_file("a", put(text(written), DateSystem::From1900).written(format));
        assert_eq!(
            day_read(&framework, &workbook),
            Some(date(year, 8, 22)).filter(|day| is_meant(*day)),
            "{format:?} {written}"
        );
    }
    for format in FORMATS {
        for none in ["29/02/1900", "31/02/2024", "29/02/2023"] {
            let workbook = read_file("a", put(text(none), DateSystem::From1900).written(format));
            assert_eq!(day_read(&framework, &workbook), None, "{format:?} {none}");
        }
    }
    for format in [Format::Xlsx, Format::Xlsb, Format::Xls] {
        let sixty = put(Laid::of(Value::Date(60.0)), DateSystem::From1900).written(format);
        assert_eq!(day_read(&framework, &read_file("a", sixty)), None, "{format:?}: day 60 is 29 February 1900");
    }
    let none = with_iso(&put(Laid::of(Value::Error("#ISO!".into())), DateSystem::From1900), "1900-02-29");
    assert_eq!(day_read(&framework, &read_file("a", none)), None);
}

/// Writes a book of Open XML with a day in words in the place of one error.
fn with_iso(book: &Book, written: &str) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(book.written(Format::Xlsx))).unwrap();
    let mut parts = Vec::new();
    for number in 0..archive.len() {
        let mut file = archive.by_index(number).unwrap();
        let mut content = String::new();
        std::io::Read::read_to_string(&mut file, &mut content).unwrap();
        let content = content.replace(r#"t="e"><v>#ISO!"#, &format!(r#"t="d"><v>{written}"#));
        parts.push((file.name().unwrap().into_owned(), content.into_bytes()));
    }
    crate::support::file::zipped(&parts)
}

#[test]
fn what_nobody_sees_in_a_file_s_name_is_no_other_extension() {
    let frameworks = [builtin::load("code-of-practice").unwrap().framework];
    let book = Book::of(&sound("code-of-practice"));
    let settings = Settings::new(&frameworks, Limits::default());
    for format in FORMATS {
        let bytes = book.written(format);
        for mark in ['\u{200e}', '\u{200b}', '\u{ad}', '\u{feff}', '\u{202c}', '\u{fe0f}', '\u{e0020}', ' ', '\u{a0}'] {
            let name = format!("{mark}re{mark}turn{mark}.{}{mark}", format.extension());
            let review = review(&settings, &Source::new(name, bytes.clone()));
            let is_told = review.findings.iter().any(|finding| finding.rule.as_str() == "extension-mismatch");
            assert!(!is_told, "{format:?} {mark:?}");
        }
    }
}
