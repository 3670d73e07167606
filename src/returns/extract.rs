//! A workbook and its layout → a return.

use std::collections::{BTreeMap, BTreeSet};

use crate::cell::{CellRange, CellRef};
use crate::exact::Exact;
use crate::finding::{Finding, Findings, LONGEST_FORMULA, Place, Severity};
use crate::framework::expression::Quantity;
use crate::framework::{
    ColumnId, CriterionId, EntryKind, Field, FieldId, Framework, Holds, MeasureId, Presence, Rater, RaterId, Stated,
    StatedKind, TableColumn,
};
use crate::layout::{Layout, TablePlace, heading, issued_cell, said_behind};
use crate::wording::{Wording, excerpt};
use crate::workbook::{Cell, Sheet, Shows, Value, Workbook};

use super::again::Again;
use super::field_scope::FieldScope;
use super::percent::{self, Percentages};
use super::place::Spot;
use super::rule::{ANSWER_IS_A_FORMULA, ANSWER_MERGED, CHOICE_UNKNOWN, PERCENT_AMBIGUOUS};
use super::unseen::What;
use super::{
    Asked, Entry, Grading, Origin, Private, Reading, Return, StatedEntry, StatedValue, asked, covered, displaced,
    empty, entry, grade, headed, lost, number, people, pictured, private, register, rival, second, stopgap, twice,
    unformatted, unit::Unit, unseen,
};

/// Reads a return, and says what is wrong with what stands in its places. Where nothing tells which of several sheets counts,
/// only what all of them say is given, and only what is wrong on all is told.
pub fn extract(framework: &Framework, workbook: &Workbook, layout: &Layout, findings: &mut Findings) -> Return {
    let read = |layout: &Layout| {
        let mut said = Findings::default();
        (read(framework, workbook, layout, &mut said), said)
    };
    let (mut sent, said) = read(layout);
    let (rivals, said_of_rivals): (Vec<Return>, Vec<Findings>) = layout.rivals.iter().map(read).unzip();
    let said = unseen::together(workbook, said.shared_with(&said_of_rivals));
    findings.extend(unformatted::together(workbook, said));
    rival::agree(&mut sent, &rivals);
    let further = layout.further.iter().map(|(id, sheet)| (id.clone(), workbook.sheets[*sheet].name.clone()));
    sent.untold.registers.extend(further);
    sent.untold.items.extend(layout.elsewhere.iter().cloned());
    sent.counts = counting_rater(framework, &sent.fields);
    asked::settle(framework, &mut sent, findings);
    empty::leave_open(framework, &mut sent);
    pictured::leave_open(framework, workbook, layout, &mut sent, findings);
    let columns = headed::columns(framework, workbook, layout);
    let found = people::found(framework, workbook, layout);
    sent.private = Private::with(framework, workbook, layout, (&columns, &found));
    let people = people::told(&columns, found, findings);
    findings.extend(people);
    sent
}

/// Reads a return by one layout.
fn read(framework: &Framework, workbook: &Workbook, layout: &Layout, findings: &mut Findings) -> Return {
    let fields = fields(framework, workbook, layout, findings);
    let sent = Return {
        counts: counting_rater(framework, &fields),
        fields,
        answers: absent_answers(framework),
        points: absent_points(framework),
        results: framework.measures().map(|measure| (measure.id.clone(), Entry::absent())).collect(),
        notes: BTreeMap::new(),
        opinions: BTreeMap::new(),
        registers: register::read(framework, workbook, layout, findings),
        stated: stated(framework, workbook, layout, findings),
        keeps_formulas: workbook.has_formulas(),
        asked: Asked::default(),
        untold: lost::untold(framework, workbook, layout),
        private: Private::default(),
    };
    let mut reader = Reader { framework, workbook, sent, percentages: Percentages::default(), findings };
    for place in &layout.tables {
        reader.table(place);
    }
    reader.ambiguous_percentages();
    reader.percentages_of_scales();
    reader.findings.extend(covered::told(framework, workbook, layout));
    reader.sent
}

/// Reads the fields of the cover.
fn fields(
    framework: &Framework,
    workbook: &Workbook,
    layout: &Layout,
    findings: &mut Findings,
) -> BTreeMap<FieldId, Entry> {
    let read = |field: &Field, findings: &mut Findings| {
        let Some(place) = layout.fields.get(&field.id) else { return unlabelled(workbook, layout, field) };
        let sheet = &workbook.sheets[place.sheet];
        let first = sheet.shown_at(place.entry);
        let is_others = layout
            .fields
            .values()
            .any(|other| other.sheet == place.sheet && (other.label == first || other.entry == first));
        let at = if is_others { place.entry } else { first };
        let unit = if percent::is_weight(framework, &field.id) {
            Unit::Of("%")
        } else {
            Unit::named(&field.label, &field.also, &field.kind)
        };
        let behind = place.behind_label(sheet).map(|text| Cell::new(at, Value::Text(text.into()), None));
        let spot = Spot::new(sheet, at, workbook.date_system, field.id.as_str()).in_unit(unit);
        let spot = Spot { cell: behind.as_ref().or(spot.cell), ..spot };
        let entry = if is_name(field, &spot) {
            Entry { reading: stopgap::read_name(&spot, findings), place: Some(spot.place()), written: spot.written() }
        } else {
            entry::read(&spot, &field.kind, findings)
        };
        findings.extend(entry.given().and_then(|_| unseen::at(&spot, What::Entry)));
        findings.extend(twice::told(field, place, &spot, &entry));
        entry
    };
    framework.fields.iter().map(|field| (field.id.clone(), read(field, findings))).collect()
}

/// Returns the entry of a field that has no label, at the cell in which it belongs, or on its sheet.
fn unlabelled(workbook: &Workbook, layout: &Layout, field: &Field) -> Entry {
    let place = layout.unlabelled.get(&field.id).map(|(sheet, at)| {
        let name = &workbook.sheets[*sheet].name;
        at.map_or_else(|| Place::Sheet(name.clone()), |at| Place::cell(name, at))
    });
    Entry { place, ..Entry::absent() }
}

/// Whether words stand at a field without which a return can't go, so that “N/A” there says nothing.
fn is_name(field: &Field, spot: &Spot) -> bool {
    let is_needed = match field.required {
        Presence::Required => true,
        Presence::Optional | Presence::When(_) => false,
    };
    is_needed && matches!(field.kind, EntryKind::Text) && spot.cell.is_some_and(|cell| cell.text().is_some())
}

/// Says whose answers make the outcome: the first rater whose condition holds, else the last without one.
fn counting_rater(framework: &Framework, fields: &BTreeMap<FieldId, Entry>) -> RaterId {
    let scope = FieldScope(fields);
    let holds =
        |rater: &&Rater| rater.counts_when.as_ref().is_some_and(|when| when.evaluate(&scope) == Quantity::Truth(true));
    let always = || framework.raters.iter().find(|rater| rater.counts_when.is_none()).or(framework.raters.first());
    framework.raters.iter().find(holds).or_else(always).expect("a checked framework has a rater").id.clone()
}

/// Returns an absent answer for each rater and criterion.
fn absent_answers(framework: &Framework) -> BTreeMap<(RaterId, CriterionId), Entry<Grading>> {
    let pairs = framework
        .raters
        .iter()
        .flat_map(|rater| framework.criteria().map(|criterion| (rater.id.clone(), criterion.id.clone())));
    pairs.map(|pair| (pair, Entry::absent())).collect()
}

/// Returns absent points for each rater and measure.
fn absent_points(framework: &Framework) -> BTreeMap<(RaterId, MeasureId), Entry<Exact>> {
    let pairs = framework
        .raters
        .iter()
        .flat_map(|rater| framework.measures().map(|measure| (rater.id.clone(), measure.id.clone())));
    pairs.map(|pair| (pair, Entry::absent())).collect()
}

/// Reads the tables of criteria and measures into a return.
struct Reader<'a> {
    framework: &'a Framework,
    workbook: &'a Workbook,
    sent: Return,
    percentages: Percentages,
    findings: &'a mut Findings,
}

impl Reader<'_> {
    /// Reads the rows of a table.
    fn table(&mut self, place: &TablePlace) {
        let (framework, workbook) = (self.framework, self.workbook);
        let sheet = &workbook.sheets[place.sheet];
        let columns = framework.tables[place.table].columns.iter();
        let columns: Vec<(&TableColumn, u32)> =
            columns.filter_map(|column| Some((column, *place.columns.get(&column.id)?))).collect();
        let displaced = displaced::all(framework, workbook, place, &columns);
        let is_displaced = |column: &ColumnId| displaced.iter().any(|displaced| displaced.columns.contains(&column));
        let seconds = second::columns(framework, workbook, place, &self.sent.counts);
        let twice = self.twice(sheet, place);
        let is_disputed = |column: &ColumnId, (id, row): (&str, u32)| {
            seconds.iter().any(|second| second.column == column && second.disputed.contains(id))
                || twice.get(column).is_some_and(|rows| rows.contains(&row))
        };
        for (id, row) in &place.rows {
            for (column, at) in &columns {
                let at = seen_at(sheet, place, CellRef::new(*row, *at), &column.holds);
                let spot = Spot::new(sheet, at, workbook.date_system, id).in_unit(unit_of(framework, column, id));
                if is_displaced(&column.id) || is_disputed(&column.id, (id, *row)) {
                    self.unusable(&spot, column);
                } else if at.row != *row && is_row_of(place, at.row) {
                    self.shared(&spot, column);
                } else {
                    self.cell(&spot, column);
                }
            }
        }
        let absent =
            place.rows.keys().flat_map(|id| place.absent.iter().map(move |column| (id.clone(), column.clone())));
        self.sent.notes.extend(absent.map(|key| (key, Entry::absent())));
        self.findings.extend(displaced.into_iter().map(|displaced| displaced.finding));
        self.findings.extend(seconds.into_iter().map(|second| second.finding));
        for (heading, at) in &place.opinions {
            self.opinions(place, heading, *at);
        }
        self.columns_missing(sheet, place);
        self.hidden_columns(sheet, place, &columns);
        for (column, at) in columns.iter().filter(|(column, _)| matches!(column.holds, Holds::Score(_))) {
            self.findings.extend(merged_answers(sheet, *at, place, column));
        }
    }

    /// Says which headings stand over several columns, and returns the rows in which these differ.
    fn twice<'a>(&mut self, sheet: &Sheet, place: &'a TablePlace) -> BTreeMap<&'a ColumnId, BTreeSet<u32>> {
        let mut disputed = BTreeMap::new();
        for (id, others) in &place.again {
            let Some(read) = place.columns.get(id) else { continue };
            let dates = self.workbook.date_system;
            let again = Again { sheet, heading: place.heading, read: *read, others, dates };
            let rows = again.disputed(place.rows.values().copied());
            let column = self.framework.tables[place.table].columns.iter().find(|column| column.id == *id);
            self.findings.extend(column.and_then(|column| again.told(&column.heading, &rows)));
            disputed.insert(id, rows);
        }
        disputed
    }

    /// Says which columns beside the answers are hidden; of the answers each says so itself.
    fn hidden_columns(&mut self, sheet: &Sheet, place: &TablePlace, columns: &[(&TableColumn, u32)]) {
        let form = self.framework.issued_sheet(&self.framework.tables[place.table].sheet);
        let mut rows: Vec<u32> = place.rows.values().copied().collect();
        rows.sort_unstable();
        let beside = columns.iter().filter(|(column, _)| matches!(column.holds, Holds::Result | Holds::Entry(_)));
        let told = |(column, at): &(&TableColumn, u32)| {
            unseen::hidden_column((sheet, form), *at, &rows, (&sheet.name, &column.heading))
        };
        self.findings.extend(beside.filter_map(told));
    }

    /// Reads one cell by what its column holds.
    fn cell(&mut self, spot: &Spot, column: &TableColumn) {
        match &column.holds {
            Holds::Code | Holds::Text | Holds::CodeAndText | Holds::Form | Holds::Opinions => {}
            Holds::Score(rater) => self.score(spot, rater, column),
            Holds::Result => {
                if let Some(measure) = self.framework.measure(spot.subject) {
                    let result = entry::read_result(spot, measure, self.findings);
                    self.findings.extend(result.given().and_then(|_| unseen::beside(spot)));
                    self.sent.results.insert(measure.id.clone(), result);
                }
            }
            Holds::Entry(kind) => {
                let key: (String, ColumnId) = (spot.subject.to_owned(), column.id.clone());
                let entry = entry::read(spot, kind, self.findings);
                // What can't be used is told as such.
                self.findings.extend(entry.given().and_then(|_| unseen::beside(spot)));
                self.sent.notes.insert(key, private::without_people(entry, kind));
            }
        }
    }

    /// Reads an entry that is merged over several rows, for one of the lower ones: what is wrong with it is told once.
    fn shared(&mut self, spot: &Spot, column: &TableColumn) {
        if let Holds::Entry(kind) = &column.holds {
            let entry = private::without_people(entry::read(spot, kind, &mut Findings::default()), kind);
            self.sent.notes.insert((spot.subject.to_owned(), column.id.clone()), entry);
        }
    }

    /// Takes a score or an entry for one that may be another's.
    fn unusable(&mut self, spot: &Spot, column: &TableColumn) {
        if let Holds::Entry(_) = &column.holds {
            let entry = Entry { reading: Reading::Unusable, place: Some(spot.place()), written: spot.written() };
            self.sent.notes.insert((spot.subject.to_owned(), column.id.clone()), entry);
        }
        let Holds::Score(rater) = &column.holds else { return };
        self.sent.untold.items.insert(spot.subject.to_owned());
        let (framework, place, written) = (self.framework, Some(spot.place()), spot.written());
        if let Some(criterion) = framework.criterion(spot.subject) {
            let entry = Entry { reading: Reading::Unusable, place, written };
            self.sent.answers.insert((rater.clone(), criterion.id.clone()), entry);
        } else if let Some(measure) = framework.measure(spot.subject) {
            let entry = Entry { reading: Reading::Unusable, place, written };
            self.sent.points.insert((rater.clone(), measure.id.clone()), entry);
        }
    }

    /// Reads a score or the points of a measure.
    fn score(&mut self, spot: &Spot, rater: &RaterId, column: &TableColumn) {
        let framework = self.framework;
        if let Some(criterion) = framework.criterion(spot.subject) {
            let scale = framework.scale(criterion);
            let spot = spot.in_unit(percent::unit(spot, scale, Some(column)));
            let text = spot.cell.and_then(Cell::text);
            let is_chosen = text.is_some_and(|text| self.workbook.offers(spot.sheet, spot.at, text));
            let spot = &Spot { is_chosen, ..spot };
            let reading = grade::read_of(spot, scale, &criterion.levels, self.findings);
            self.percentages.take(framework, spot, (rater, &criterion.id), &reading);
            let answer = self.counted(spot, reading);
            self.sent.answers.insert((rater.clone(), criterion.id.clone()), answer);
        } else if let Some(measure) = framework.measure(spot.subject) {
            let reading = grade::read_points(spot, &measure.maximum, self.findings);
            let points = self.counted(spot, reading);
            self.sent.points.insert((rater.clone(), measure.id.clone()), points);
        }
    }

    /// Returns an answer that counts with its place, and says what is odd about it.
    fn counted<T>(&mut self, spot: &Spot, reading: Reading<T>) -> Entry<T> {
        self.findings.extend(oddities(spot, reading.given().is_some()));
        Entry { reading, place: Some(spot.place()), written: spot.written() }
    }

    /// Reads a column of opinions.
    fn opinions(&mut self, place: &TablePlace, heading: &str, at: u32) {
        let (framework, workbook) = (self.framework, self.workbook);
        let sheet = &workbook.sheets[place.sheet];
        for criterion in framework.criteria() {
            let Some(row) = place.rows.get(criterion.id.as_str()) else { continue };
            let at = seen_at(sheet, place, CellRef::new(*row, at), &Holds::Opinions);
            let (spot, scale) =
                (Spot::new(sheet, at, workbook.date_system, criterion.id.as_str()), framework.scale(criterion));
            let spot = spot.in_unit(percent::unit(&spot, scale, None));
            let reading = grade::read(&spot, scale, self.findings);
            self.findings.extend(unseen::beside(&spot));
            let entry = Entry { reading, place: Some(spot.place()), written: spot.written() };
            self.sent.opinions.insert((heading.to_owned(), criterion.id.clone()), entry);
        }
    }

    /// Says which columns aren't there that this return needs by what its fields say.
    fn columns_missing(&mut self, sheet: &Sheet, place: &TablePlace) {
        let needs = |column: &&TableColumn| match &column.required {
            Presence::When(condition) => condition.evaluate(&FieldScope(&self.sent.fields)) == Quantity::Truth(true),
            // These are said where the headings are found.
            Presence::Required | Presence::Optional => false,
        };
        let columns = self.framework.tables[place.table].columns.iter();
        let absent = columns.filter(|column| !place.columns.contains_key(&column.id)).filter(needs);
        self.findings.extend(absent.map(|column| heading::missing(&sheet.name, &column.heading, place.heading)));
    }

    /// Says what is odd about answers in percent, and takes those as unclear that are no clearer than the others of their column.
    fn percentages_of_scales(&mut self) {
        for (key, finding) in self.percentages.unclear() {
            self.findings.push(finding);
            self.sent.answers.entry(key).and_modify(|entry| entry.reading = Reading::Unusable);
        }
        self.findings.extend(self.percentages.told());
    }

    /// Says where percentages of the return are written in two ways.
    fn ambiguous_percentages(&mut self) {
        let percentages = self.framework.measures().filter(|measure| measure.unit == "%").filter_map(|measure| {
            let entry = self.sent.results.get(&measure.id)?;
            Some((measure.id.as_str(), entry, number::parse(&entry.written)?))
        });
        let percentages: Vec<(&str, &Entry<Exact>, Exact)> = percentages.collect();
        let is_share = |number: &Exact| *number <= Exact::one() && !number.is_zero();
        let both_ways = percentages.iter().any(|(.., number)| is_share(number))
            && percentages.iter().any(|(.., number)| *number > Exact::one());
        let odd = percentages.iter().filter(|(.., number)| both_ways && is_share(number));
        self.findings.extend(odd.filter_map(|(id, entry, number)| ambiguous_percentage(id, entry, number)));
    }
}

/// Returns the unit of what a column holds in the row of a criterion or measure.
fn unit_of<'a>(framework: &'a Framework, column: &'a TableColumn, id: &str) -> Unit<'a> {
    match &column.holds {
        Holds::Score(_) | Holds::Opinions => Unit::Bare,
        Holds::Result => framework.measure(id).map_or(Unit::Unsaid, |measure| Unit::Of(&measure.unit)),
        Holds::Entry(_) if framework.sections.iter().any(|section| section.weights_in.as_ref() == Some(&column.id)) => {
            Unit::Of("%")
        }
        Holds::Entry(kind) => Unit::named(&column.heading, &column.also, kind),
        Holds::Code | Holds::Text | Holds::CodeAndText | Holds::Form => Unit::Unsaid,
    }
}

/// Returns where that is seen which belongs to a place of a table: in the first of merged cells, unless that is another's
/// place. An answer is the first row's alone, while what stands beside answers is for all rows that it is merged over.
fn seen_at(sheet: &Sheet, place: &TablePlace, at: CellRef, holds: &Holds) -> CellRef {
    let first = sheet.shown_at(at);
    let mut columns = place.columns.values().chain(place.opinions.iter().map(|(_, column)| column));
    let is_others = first.column != at.column && columns.any(|column| *column == first.column)
        || first.row != at.row && is_row_of(place, first.row) && !matches!(holds, Holds::Entry(_));
    if is_others || first.row <= place.heading { at } else { first }
}

/// Whether one of a table's criteria or measures stands in a row.
fn is_row_of(place: &TablePlace, row: u32) -> bool {
    place.rows.values().any(|taken| *taken == row)
}

/// Says what is odd about an answer that counts all the same: it is hidden, or a formula gives it.
fn oddities(spot: &Spot, given: bool) -> Vec<Finding> {
    let filled = spot.cell.filter(|cell| !cell.value.is_blank());
    // Of what can't be used nothing counts that could be shown otherwise.
    let is_told = given || !spot.shows_another_number() && !spot.shows_something_else();
    let hidden = unseen::at(spot, What::Answer).filter(|_| is_told);
    let formula = filled.filter(|cell| given && cell.formula.is_some()).map(|cell| {
        let formula = cell.formula.as_deref().unwrap_or_default();
        let formula = if formula.is_empty() {
            "a formula".to_owned()
        } else {
            format!("the formula ={}", excerpt(formula, LONGEST_FORMULA))
        };
        let message = format!("the answer {} is worked out by {formula}; its stored result is used", spot.written());
        spot.finding(&ANSWER_IS_A_FORMULA, message).with_help("Type the answer itself.")
    });
    hidden.into_iter().chain(formula).collect()
}

/// Says where merged cells cover the answers of several rows, of which only the first can be read.
fn merged_answers(sheet: &Sheet, column: u32, place: &TablePlace, spec: &TableColumn) -> Vec<Finding> {
    let over = |merge: &&CellRange| {
        let inside = place.rows.values().filter(|row| merge.contains(CellRef::new(**row, column))).count();
        inside > 1
    };
    let finding = |merge: &CellRange| {
        let message = format!(
            "the cells {merge} under “{}” are merged over several ¤criteria; only the first has the answer",
            spec.heading
        );
        Finding::new(&ANSWER_MERGED, Place::Cells(sheet.name.clone(), *merge), message)
            .with_help("Unmerge the cells and answer each ¤criterion.")
    };
    sheet.merges.iter().filter(over).map(finding).collect()
}

/// Says that a percentage is written as a share, and others aren't.
fn ambiguous_percentage(id: &str, entry: &Entry<Exact>, number: &Exact) -> Option<Finding> {
    let value = entry.given()?;
    let message =
        format!("the percentage of {id} is written as {number}, others as whole percentages; it was read as {value} %");
    let finding = Finding::new(&PERCENT_AMBIGUOUS, entry.place.clone()?, message).with_subject(id);
    Some(finding.with_found(&entry.written).with_help("Write all percentages in one way, with the % sign."))
}

/// Reads the totals, weights and outcomes that the workbook states.
fn stated(
    framework: &Framework,
    workbook: &Workbook,
    layout: &Layout,
    findings: &mut Findings,
) -> BTreeMap<String, StatedEntry> {
    let read = |stated: &Stated| {
        let (sheet, at) = *layout.stated.get(&stated.id)?;
        let sheet = &workbook.sheets[sheet];
        // Beside it may stand a label that is merged over its place.
        let at = Some(sheet.shown_at(at)).filter(|first| first.column == at.column).unwrap_or(at);
        let spot = Spot::new(sheet, at, workbook.date_system, &stated.id);
        let behind = spot.cell.filter(|_| layout.stated_behind.contains(&stated.id)).and_then(said_behind);
        let behind = behind.map(|text| Cell::new(at, Value::Text(text.into()), None));
        let spot = Spot { cell: behind.as_ref().or(spot.cell), ..spot };
        let formula = spot.cell.is_some_and(|cell| cell.formula.is_some());
        let origin = if formula { Origin::Formula } else { Origin::Typed };
        let value = match (stated_value(&spot), stated.kind, origin) {
            (StatedValue::Text(text), StatedKind::Total | StatedKind::Weight, Origin::Typed) => {
                figure(&spot, text, findings)
            }
            (StatedValue::Text(text), StatedKind::Outcome, Origin::Typed) => {
                // Where an entry has the same cell, what it can't be is told of that.
                let is_told = findings.iter().any(|told| told.is_of(&CHOICE_UNKNOWN) && told.place == spot.place());
                findings.extend(marked_outcome(&spot, stated, &text).filter(|_| !is_told));
                StatedValue::Text(text)
            }
            (StatedValue::Other, StatedKind::Outcome, _) => truth(&spot, stated, findings),
            (value, StatedKind::Total | StatedKind::Weight | StatedKind::Outcome, _) => value,
        };
        findings.extend(unseen_figure(framework, stated, &spot));
        Some((
            stated.id.clone(),
            StatedEntry { place: spot.place(), value, written: spot.written(), told: spot.told(), origin },
        ))
    };
    framework.stated.iter().filter_map(read).collect()
}

/// Says that a typed outcome has a footnote's mark after it, which says more than the outcome; a form's own may have one.
fn marked_outcome(spot: &Spot, stated: &Stated, text: &str) -> Option<Finding> {
    let bare = text.trim_end_matches(|c: char| c == '*' || c.is_whitespace());
    let is_forms = stated.outcomes.iter().flatten().any(|name| Wording::of_answer(name) == Wording::of_answer(text));
    if is_forms || Wording::of_answer(text) == Wording::of(text) || bare.is_empty() {
        return None;
    }
    let message = format!("“{}” has a mark after it; it was compared as {bare}", text.trim());
    let finding = spot.finding(&CHOICE_UNKNOWN, message).with_severity(Severity::Warning).with_expected(bare);
    Some(finding.with_help("Put the outcome alone here, and what the mark stands for into a column for comments."))
}

/// Returns a truth as the Y or N that it stands for, where the outcome is one of them, and says so.
fn truth(spot: &Spot, stated: &Stated, findings: &mut Findings) -> StatedValue {
    let outcomes = stated.value.node.texts();
    match spot.cell.map(|cell| &cell.value) {
        Some(Value::Logical(is_true)) if ["Y", "N"].iter().all(|letter| outcomes.contains(letter)) => {
            let letter = if *is_true { "Y" } else { "N" };
            findings.extend(entry::truth_as_choice(spot, letter));
            StatedValue::Text(letter.to_owned())
        }
        Some(_) | None => StatedValue::Other,
    }
}

/// Says that a stated figure isn't seen, where the form as issued shows it.
fn unseen_figure(framework: &Framework, stated: &Stated, spot: &Spot) -> Option<Finding> {
    let issued = framework.issued_sheet(&stated.sheet);
    let is_masked = |form: &Sheet| form.cell(spot.at).is_some_and(|cell| cell.is_masked(spot.dates));
    let is_forms = issued.is_some_and(|form| form.hides(spot.at) || is_masked(form));
    let is_others = is_percentage_of_its_own(framework, stated, spot);
    let spot = if is_others { spot.in_unit(Unit::Bare) } else { *spot };
    if is_forms { None } else { unseen::at(&spot, What::Figure) }
}

/// Whether a figure is shown in percent that is no share, and that the form shows otherwise.
fn is_percentage_of_its_own(framework: &Framework, stated: &Stated, spot: &Spot) -> bool {
    let is_shown_so = spot.cell.is_some_and(Cell::shows_percentage);
    let is_share = || spot.number().is_none_or(|number| number <= Exact::one());
    let shows = |cell: &Cell| cell.look.format.as_ref().is_some_and(|format| format.shows() == Shows::Percentage);
    is_shown_so && !is_share() && issued_cell(framework, &stated.id).is_some_and(|cell| !shows(cell))
}

/// Returns a typed text as the figure that it is, and says that it is text; else the text, and says where a figure has a mark
/// after it or can be read in two ways. A percentage stays as it is written, since its own digits say how exact it is.
fn figure(spot: &Spot, text: String, findings: &mut Findings) -> StatedValue {
    // An amount below nought may stand in brackets, a figure does so for other reasons.
    let numbers = if text.contains('(') { number::readings(&text) } else { spot.readings(&text) };
    match &numbers[..] {
        [number] if number::is_in_percent(&text) => {
            findings.push(entry::number_as_text(spot, number));
            StatedValue::Text(text)
        }
        [number] => {
            findings.push(entry::number_as_text(spot, number));
            StatedValue::Number(number.clone())
        }
        [first, second, ..] => {
            findings.push(grade::unclear(spot, first, second));
            StatedValue::Other
        }
        [] => {
            findings.extend(number::is_marked(&text).then(|| entry::no_number(spot)));
            StatedValue::Text(text)
        }
    }
}

/// Returns what a stated value says.
fn stated_value(spot: &Spot) -> StatedValue {
    match spot.cell.map(|cell| (&cell.value, cell.formula.is_some())) {
        None | Some((Value::Empty, false)) => StatedValue::Blank,
        Some((Value::Empty, true)) => StatedValue::NotCalculated,
        Some((Value::Number(stored), _)) => Exact::from_float(*stored).map_or(StatedValue::Other, StatedValue::Number),
        Some((Value::Text(text), _)) if text.trim().is_empty() => StatedValue::Blank,
        Some((Value::Text(text), _)) => StatedValue::Text(text.to_string()),
        Some((Value::Date(_) | Value::Elapsed(_) | Value::Picture | Value::Logical(_) | Value::Error(_), _)) => {
            StatedValue::Other
        }
    }
}

impl<T> Entry<T> {
    /// Whether something stands there that can't be used.
    pub fn is_unusable(&self) -> bool {
        matches!(self.reading, Reading::Unusable)
    }

    /// Whether nothing stands there.
    pub fn is_blank(&self) -> bool {
        matches!(self.reading, Reading::Blank | Reading::Absent)
    }
}
