//! Totals that were typed over the form's formula while answers are missing: nothing that may still come out is told as different, and the
//! lost formula is told.

use scrutineer::cell::CellRef;
use scrutineer::finding::{Finding, Findings};
use scrutineer::framework::{Framework, Stated, StatedKind, builtin};
use scrutineer::layout::{Layout, WorkbookText, locate};
use scrutineer::ooxml::Limits;
use scrutineer::returns::Return;
use scrutineer::review::{Settings, review_workbook, sent};
use scrutineer::workbook::{Source, Workbook, read};

/// Returns the cell of an answer that a stated total takes in.
fn answer_of(framework: &Framework, sent: &Return, stated: &Stated) -> Option<(String, CellRef)> {
    let sections =
        framework.sections.iter().filter(|section| stated.section.as_ref().is_none_or(|id| section.id == *id));
    let criteria = sections.flat_map(|section| &section.criteria).map(|criterion| &criterion.id);
    let answered = criteria.filter_map(|id| sent.answers.get(&(sent.counts.clone(), id.clone())));
    let place = answered.filter(|entry| entry.given().is_some()).find_map(|entry| entry.place.clone())?;
    Some((place.sheet()?.to_owned(), place.cells()?.first))
}

/// Types a total over its formula, and takes an answer away that it takes in.
fn typed_over(
    clean: &Workbook,
    layout: &Layout,
    stated: &Stated,
    answer: &(String, CellRef),
) -> Option<(Workbook, CellRef)> {
    let (sheet, at) = *layout.stated.get(&stated.id)?;
    let mut workbook = clean.clone();
    let cell = workbook.sheets[sheet].cells.iter_mut().find(|cell| cell.at == at)?;
    cell.formula.take()?;
    let answers = workbook.sheets.iter_mut().find(|sheet| sheet.name == answer.0)?;
    answers.cells.retain(|cell| cell.at != answer.1);
    Some((workbook, at))
}

/// Whether a finding of a rule, or an effect that is told with it, is at a cell.
fn is_at(finding: &Finding, rule: &str, sheet: &str, at: CellRef) -> bool {
    let is_here = finding.sheet() == Some(sheet) && finding.place.cells().is_some_and(|cells| cells.contains(at));
    (is_here && finding.rule.as_str() == rule) || finding.effects.iter().any(|effect| is_at(effect, rule, sheet, at))
}

#[test]
fn a_total_that_was_typed_over_its_formula_while_answers_are_missing_is_told_as_typed_and_not_as_wrong() {
    let (mut tried, mut wrong) = (0, Vec::new());
    for name in builtin::NAMES {
        let framework = builtin::load(name).unwrap().framework;
        let path = format!("{}/tests/fixtures/{name}.xlsx", env!("CARGO_MANIFEST_DIR"));
        let clean = read(&Source::new(*name, std::fs::read(path).unwrap()), &Limits::default()).unwrap();
        let layout = locate(&framework, &WorkbookText::new(&clean), &mut Findings::default());
        let sent = sent(&framework, &clean);
        let settings = Settings::new(std::slice::from_ref(&framework), Limits::default());
        for stated in framework.stated.iter().filter(|stated| stated.kind == StatedKind::Total) {
            let Some(answer) = answer_of(&framework, &sent, stated) else { continue };
            let Some((workbook, at)) = typed_over(&clean, &layout, stated, &answer) else { continue };
            let sheet = &workbook.sheets[layout.stated[&stated.id].0].name;
            let review = review_workbook(&settings, "return", &workbook);
            let is_told = |rule| review.findings.iter().any(|finding| is_at(finding, rule, sheet, at));
            wrong.extend((!is_told("formula-overwritten")).then(|| format!("{name}, {} isn't told", stated.id)));
            // How many answers there are is known whatever the missing one will be.
            let counts = format!("{:?}", stated.value).contains("answered");
            let blank = workbook.sheets[layout.stated[&stated.id].0].cell(at).is_none_or(|cell| cell.value.is_blank());
            let differs = !counts && !blank && is_told("total-differs");
            wrong.extend(differs.then(|| format!("{name}, {} differs", stated.id)));
            tried += 1;
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(tried >= 40, "{tried}");
}
