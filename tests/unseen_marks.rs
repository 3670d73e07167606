//! Characters that nobody sees, in every text of a filled-in return of each scheme and in the names of its sheets: it says what it said.

use std::fmt::Write as _;
use std::io::{Cursor, Read};

use scrutineer::cell::CellRef;
use scrutineer::framework::builtin;
use scrutineer::ooxml::Limits;
use scrutineer::review::{Settings, review_workbook, sent};
use scrutineer::workbook::{Source, Value, Workbook, read};
use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};
use zip::ZipArchive;

use crate::lost_words::said;
use crate::support::file::zipped;

/// Returns every character that Unicode calls a format character.
fn marks() -> Vec<char> {
    ('\u{80}'..=char::MAX).filter(|c| c.general_category() == GeneralCategory::Format).collect()
}

/// Returns a part of a workbook with a mark before, within and behind each text, the next one for each.
fn marked(part: &str, marks: &mut impl Iterator<Item = char>) -> String {
    let mut written = String::new();
    for (number, piece) in part.split("<t").enumerate() {
        let text = piece.split_once('>').filter(|(tag, _)| number > 0 && (tag.is_empty() || tag.starts_with(' ')));
        let text = text.and_then(|(tag, rest)| Some((tag, rest.split_once("</t>")?)));
        written.push_str(if number > 0 { "<t" } else { "" });
        match text {
            Some((tag, (said, rest))) if !said.is_empty() && !tag.ends_with('/') => {
                let mark = marks.next().unwrap();
                // Within a word, but not within what XML writes for a sign.
                let middle = said.char_indices().nth(1).map_or(said.len(), |(at, _)| at);
                let middle = if said.starts_with('&') { 0 } else { middle };
                let (start, end) = said.split_at(middle);
                let _infallible = write!(written, "{tag}>{mark}{start}{mark}{end}{mark}</t>{rest}");
            }
            Some(_) | None => written.push_str(piece),
        }
    }
    written
}

/// Returns a workbook whose texts and tabs have marks in them.
fn with_marks(bytes: &[u8], marks: &mut impl Iterator<Item = char>) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut parts = Vec::new();
    for number in 0..archive.len() {
        let mut file = archive.by_index(number).unwrap();
        let (name, mut content) = (file.name().unwrap().into_owned(), Vec::new());
        file.read_to_end(&mut content).unwrap();
        if name == "xl/sharedStrings.xml" || name.starts_with("xl/worksheets/sheet") {
            content = marked(std::str::from_utf8(&content).unwrap(), marks).into_bytes();
        } else if name == "xl/workbook.xml" {
            let mark = marks.next().unwrap();
            let text = String::from_utf8(content).unwrap();
            let tabs = text.split("<sheet ").enumerate().map(|(number, piece)| match piece.split_once("name=\"") {
                Some((before, rest)) if number > 0 => format!("<sheet {before}name=\"{mark}{rest}"),
                Some(_) | None => piece.to_owned(),
            });
            content = tabs.collect::<String>().into_bytes();
        }
        parts.push((name, content));
    }
    zipped(&parts)
}

#[test]
fn what_nobody_sees_changes_nothing_wherever_it_stands() {
    let all = marks();
    assert!(all.len() > 100, "{}", all.len());
    for name in builtin::NAMES {
        let framework = builtin::load(name).unwrap().framework;
        let path = format!("{}/tests/fixtures/{name}.xlsx", env!("CARGO_MANIFEST_DIR"));
        let bytes = std::fs::read(path).unwrap();
        let open = |bytes: Vec<u8>| read(&Source::new(*name, bytes), &Limits::default()).unwrap();
        let clean = open(bytes.clone());
        let settings = Settings::new(std::slice::from_ref(&framework), Limits::default());
        let rules = |workbook: &Workbook| {
            let findings = review_workbook(&settings, "return", workbook).findings;
            findings.iter().map(|finding| finding.rule.to_string()).collect::<Vec<_>>()
        };
        let (before, found) = (said(&sent(&framework, &clean)), rules(&clean));
        for first in (0..all.len()).step_by(all.len() / 4) {
            let mut marks = all.iter().copied().cycle().skip(first);
            let changed = open(with_marks(&bytes, &mut marks));
            let after = said(&sent(&framework, &changed));
            let wrong: Vec<_> = after.iter().filter(|(name, said)| before.get(*name) != Some(said)).collect();
            assert!(wrong.is_empty() && after.len() == before.len(), "{name}, from {:?}: {wrong:?}", all[first]);
            assert_eq!(rules(&changed), found, "{name}, from {:?}", all[first]);
        }
    }
}

#[test]
fn a_choice_that_formulas_pass_over_for_a_mark_that_nobody_sees_is_told_with_what_follows() {
    let framework = builtin::load("employer-partners").unwrap().framework;
    let path = format!("{}/tests/fixtures/employer-partners.xlsx", env!("CARGO_MANIFEST_DIR"));
    let settings = Settings::new(std::slice::from_ref(&framework), Limits::default());
    for mark in ['\u{200b}', '\u{feff}', '\u{ad}', '\u{2060}'] {
        let source = Source::new("a.xlsx", std::fs::read(&path).unwrap());
        let mut workbook = read(&source, &Limits::default()).unwrap();
        let register = workbook.sheets.iter_mut().find(|sheet| sheet.name == "Register").unwrap();
        let cell = |at: &str| at.parse::<CellRef>().unwrap();
        for own in &mut register.cells {
            if own.at == cell("P10") {
                own.look.letters = Some(format!("Accept{mark}").into());
            } else if own.at == cell("J4") {
                own.value = Value::Number(3.0);
            }
        }
        let findings = review_workbook(&settings, "a.xlsx", &workbook).findings;
        let told = findings.iter().find(|finding| finding.rule == "choice-unknown").expect("the choice is told");
        let at = told.cells().map(|cells| cells.to_string());
        assert_eq!((at.as_deref(), told.found.as_deref()), (Some("P10"), Some("Accept")));
        assert!(told.message.contains("has a mark in it that nobody sees"), "{}", told.message);
        assert!(told.message.contains("J4"), "{}", told.message);
    }
}
