//! What is found says the scheme's own words: no finding of a scheme that calls its things otherwise says a usual noun.

use regex::Regex;
use scrutineer::cell::{CellRange, CellRef};
use scrutineer::finding::{Finding, Findings};
use scrutineer::framework::{Framework, Holds};
use scrutineer::layout::{WorkbookText, locate};
use scrutineer::ooxml::Limits;
use scrutineer::review::{Review, Settings, review_workbook};
use scrutineer::season::{Season, Surroundings};
use scrutineer::words::Nouns;
use scrutineer::workbook::{Cell, Sheet, Source, Value, Workbook, read};

use super::{check, definitions, pack};

/// Each usual noun with words that no scheme and no text of this program has.
const OWN: [(&str, &str, &str); 6] = [
    ("criterion", "quoin", "quoins"),
    ("network", "weft", "wefts"),
    ("organisation", "yurt", "yurts"),
    ("return", "plinth", "plinths"),
    ("section", "gusset", "gussets"),
    ("total", "heft", "hefts"),
];

/// Returns a text without what it quotes from a form or a workbook, and without names of files.
fn unquoted(text: &str) -> String {
    let quoted = Regex::new("“[^”]*”|`[^`]*`|\\S+\\.xlsx").unwrap();
    quoted.replace_all(text, "").into_owned()
}

/// Returns the usual nouns that a finding says, and those of what follows from it.
fn usual(finding: &Finding) -> Vec<String> {
    let nouns = "(?i)\\b(criterion|criteria|networks?|organisations?|returns?|sections?|totals?)\\b|\u{a4}";
    let nouns = Regex::new(nouns).unwrap();
    let said = unquoted(&format!("{} {}", finding.message, finding.help));
    let mine = nouns.is_match(&said).then(|| format!("{}: {} {}", finding.rule, finding.message, finding.help));
    mine.into_iter().chain(finding.effects.iter().flat_map(usual)).collect()
}

/// Returns where the answers of a return stand: the number of the sheet, and the cell.
fn answers(framework: &Framework, workbook: &Workbook) -> Vec<(usize, CellRef)> {
    let layout = locate(framework, &WorkbookText::new(workbook), &mut Findings::default());
    let mut answers = Vec::new();
    for table in &layout.tables {
        let columns = framework.tables[table.table].columns.iter().filter(|spec| matches!(spec.holds, Holds::Score(_)));
        for column in columns.filter_map(|spec| table.columns.get(&spec.id)) {
            answers.extend(table.rows.values().map(|row| (table.sheet, CellRef::new(*row, *column))));
        }
    }
    answers
}

/// A way in which the answers of a sheet go wrong.
type Slip = fn(&mut Sheet, &[CellRef]);

/// Ways in which answers go wrong: blank, of no scale, beside other words, below an answer that nobody asked for, merged, and moved down.
const SLIPS: [Slip; 6] = [
    |sheet, at| sheet.cells.retain(|cell| !at.contains(&cell.at)),
    |sheet, at| held(sheet, at).for_each(|cell| cell.value = Value::Number(999.0)),
    |sheet, at| {
        let rows: Vec<u32> = at.iter().map(|at| at.row).collect();
        let first = at.iter().map(|at| at.column).min().unwrap_or_default();
        let left = sheet.cells.iter_mut().filter(|cell| rows.contains(&cell.at.row) && cell.at.column < first);
        left.for_each(|cell| cell.value = Value::Text("Something of our own".into()));
    },
    |sheet, at| {
        let Some(last) = at.iter().max_by_key(|at| at.row) else { return };
        let mut more: Vec<Cell> = sheet.cells.iter().filter(|cell| cell.at.row == last.row).cloned().collect();
        for cell in &mut more {
            cell.at = CellRef::new(cell.at.row + 1, cell.at.column);
        }
        more.iter_mut()
            .filter(|cell| cell.at.column < last.column)
            .for_each(|cell| cell.value = Value::Text("A9".into()));
        sheet.cells.retain(|cell| cell.at.row != last.row + 1);
        sheet.cells.append(&mut more);
        sheet.cells.sort_by_key(|cell| cell.at);
    },
    |sheet, at| {
        let below = |of: &CellRef| CellRef::new(of.row + 1, of.column);
        if let Some(first) = at.iter().find(|first| at.contains(&below(first))) {
            sheet.cells.retain(|cell| cell.at != below(first));
            sheet.merges.push(CellRange::new(*first, below(first)));
        }
    },
    |sheet, at| {
        let last = at.iter().map(|at| at.row).max().unwrap_or_default();
        sheet.cells.retain(|cell| cell.at.row != last + 1);
        held(sheet, at).for_each(|cell| cell.at = CellRef::new(cell.at.row + 1, cell.at.column));
        sheet.cells.sort_by_key(|cell| cell.at);
    },
];

/// Returns the cells of a sheet among these.
fn held<'s>(sheet: &'s mut Sheet, at: &'s [CellRef]) -> impl Iterator<Item = &'s mut Cell> {
    sheet.cells.iter_mut().filter(|cell| at.contains(&cell.at))
}

/// Returns the reviews of a return with each slip, twice over, and of the return as it is under names that are almost alike.
fn reviews(framework: &Framework, settings: &Settings, sent: &Workbook) -> Vec<Review> {
    let all = answers(framework, sent);
    let slips = SLIPS.iter().enumerate().map(|(number, slip)| {
        let mut workbook = sent.clone();
        for (place, sheet) in workbook.sheets.iter_mut().enumerate() {
            let here: Vec<CellRef> = all.iter().filter(|(at, _)| *at == place).map(|(_, at)| *at).collect();
            if !here.is_empty() {
                slip(sheet, &here);
            }
        }
        review_workbook(settings, &format!("slip {number}.xlsx"), &workbook)
    });
    let called =
        ["Northern Springs", "Northern Spring", "NORTHERN SPRINGS", "Northern Springs"].into_iter().enumerate();
    let named = called.map(|(number, name)| {
        let review = review_workbook(settings, &format!("named {number}.xlsx"), sent);
        Review { organisation: Some(name.to_owned()), ..review }
    });
    slips.chain(named).collect()
}

#[test]
fn no_finding_says_a_usual_noun_where_the_scheme_has_its_own() {
    let mut told = std::collections::BTreeSet::new();
    for file in definitions("good") {
        let mut framework = check(&pack(&file)).0.unwrap();
        framework.nouns =
            OWN.iter().fold(Nouns::default(), |nouns, (usual, one, several)| nouns.with(usual, one, several));
        let bytes = std::fs::read(file.with_file_name("return.xlsx")).unwrap();
        let sent = read(&Source::new("return.xlsx", bytes), &Limits::default()).unwrap();
        let frameworks = [framework];
        let reviews = reviews(&frameworks[0], &Settings::new(&frameworks, Limits::default()), &sent);
        let season = Season::new(&frameworks, Surroundings::default(), reviews.clone());
        for finding in reviews.iter().flat_map(|review| &review.findings).chain(&season.findings) {
            assert_eq!(usual(finding), Vec::<String>::new(), "{}", file.display());
            told.insert(finding.rule.to_string());
        }
    }
    for rule in
        ["criterion-unknown", "answer-merged", "answers-displaced", "organisation-name-varies", "return-duplicated"]
    {
        assert!(told.contains(rule), "{rule} is told of none of the packs: {told:?}");
    }
}
