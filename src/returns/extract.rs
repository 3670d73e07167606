//! A workbook and its layout → a return.

use std::collections::BTreeMap;

use crate::cell::{CellRange, CellRef};
use crate::exact::Exact;
use crate::finding::{Finding, Findings, Place};
use crate::framework::expression::{Quantity, Scope};
use crate::framework::{
    ColumnId, CriterionId, FieldId, Framework, Holds, MeasureId, Presence, RaterId, Stated, StatedKind, TableColumn,
};
use crate::layout::{Layout, TablePlace, heading};
use crate::workbook::{Sheet, Value, Workbook};

use super::place::Spot;
use super::rule::{ANSWER_HIDDEN, ANSWER_IS_A_FORMULA, ANSWER_MERGED, PERCENT_AMBIGUOUS};
use super::{Entry, Origin, Reading, Return, StatedEntry, StatedValue, entry, grade, register};

/// Reads a return, and says what is wrong with what stands in its places.
pub fn extract(framework: &Framework, workbook: &Workbook, layout: &Layout, findings: &mut Findings) -> Return {
    let mut said = Vec::new();
    let fields = fields(framework, workbook, layout, &mut said);
    let mut read = Return {
        counts: counting_rater(framework, &fields),
        fields,
        answers: absent_answers(framework),
        points: absent_points(framework),
        results: framework.measures().map(|measure| (measure.id.clone(), Entry::absent())).collect(),
        notes: BTreeMap::new(),
        opinions: BTreeMap::new(),
        registers: register::read(framework, workbook, layout, &mut said),
        stated: stated(framework, workbook, layout, &mut said),
    };
    for place in &layout.tables {
        read_table(framework, workbook, place, &mut read, &mut said);
    }
    said.extend(ambiguous_percentages(framework, &read));
    findings.extend(said);
    read
}

/// Reads the fields of the cover.
fn fields(
    framework: &Framework,
    workbook: &Workbook,
    layout: &Layout,
    said: &mut Vec<Finding>,
) -> BTreeMap<FieldId, Entry> {
    let read = |field: &crate::framework::Field, said: &mut Vec<Finding>| {
        let Some(place) = layout.fields.get(&field.id) else { return Entry::absent() };
        let spot = Spot::new(&workbook.sheets[place.sheet], place.entry, workbook.date_system, field.id.as_str());
        entry::read(&spot, &field.kind, said)
    };
    framework.fields.iter().map(|field| (field.id.clone(), read(field, said))).collect()
}

/// Says whose answers make the outcome: the first rater whose condition holds, else the last without one.
fn counting_rater(framework: &Framework, fields: &BTreeMap<FieldId, Entry>) -> RaterId {
    let scope = FieldScope(fields);
    let holds = |rater: &&crate::framework::Rater| {
        rater.counts_when.as_ref().is_some_and(|when| when.evaluate(&scope) == Quantity::Truth(true))
    };
    let always = || framework.raters.iter().find(|rater| rater.counts_when.is_none()).or(framework.raters.first());
    framework.raters.iter().find(holds).or_else(always).expect("a checked framework has a rater").id.clone()
}

/// The fields as expressions see them: `field.kind`.
struct FieldScope<'a>(&'a BTreeMap<FieldId, Entry>);

impl Scope for FieldScope<'_> {
    fn name(&self, _: &str) -> Option<Quantity> {
        None
    }

    fn attribute(&self, name: &str, part: &str) -> Option<Quantity> {
        let entry = (name == "field").then(|| self.0.get(&FieldId::from(part))).flatten()?;
        Some(entry.given().map_or(Quantity::Unknown, Quantity::from))
    }

    fn call(&self, _: &str, _: &[Quantity]) -> Option<Quantity> {
        None
    }
}

/// Returns an absent answer for each rater and criterion.
fn absent_answers(framework: &Framework) -> BTreeMap<(RaterId, CriterionId), Entry<super::Grading>> {
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

/// Reads the rows of a table of criteria or measures.
fn read_table(
    framework: &Framework,
    workbook: &Workbook,
    place: &TablePlace,
    read: &mut Return,
    said: &mut Vec<Finding>,
) {
    let sheet = &workbook.sheets[place.sheet];
    let columns: Vec<(&TableColumn, u32)> = framework.tables[place.table]
        .columns
        .iter()
        .filter_map(|column| Some((column, *place.columns.get(&column.id)?)))
        .collect();
    for (id, row) in &place.rows {
        for (column, at) in &columns {
            let spot = Spot::new(sheet, CellRef::new(*row, *at), workbook.date_system, id);
            read_cell(framework, &spot, column, read, said);
        }
    }
    for (heading, at) in &place.opinions {
        read_opinions(framework, workbook, place, (heading, *at), read, said);
    }
    said.extend(columns_missing(framework, sheet, place, &read.fields));
    for (column, at) in columns.iter().filter(|(column, _)| matches!(column.holds, Holds::Score(_))) {
        said.extend(merged_answers(sheet, *at, place, column));
    }
}

/// Says which columns aren't there that this return needs by what its fields say.
fn columns_missing(
    framework: &Framework,
    sheet: &Sheet,
    place: &TablePlace,
    fields: &BTreeMap<FieldId, Entry>,
) -> Vec<Finding> {
    let needs = |column: &&TableColumn| match &column.required {
        Presence::When(condition) => condition.evaluate(&FieldScope(fields)) == Quantity::Truth(true),
        // These are said where the headings are found.
        Presence::Required | Presence::Optional => false,
    };
    let columns = framework.tables[place.table].columns.iter();
    let absent = columns.filter(|column| !place.columns.contains_key(&column.id)).filter(needs);
    absent.map(|column| heading::missing(&sheet.name, &column.heading, place.heading)).collect()
}

/// Reads a column of opinions.
fn read_opinions(
    framework: &Framework,
    workbook: &Workbook,
    place: &TablePlace,
    (heading, at): (&String, u32),
    read: &mut Return,
    said: &mut Vec<Finding>,
) {
    let sheet = &workbook.sheets[place.sheet];
    for criterion in framework.criteria() {
        let Some(row) = place.rows.get(criterion.id.as_str()) else { continue };
        let spot = Spot::new(sheet, CellRef::new(*row, at), workbook.date_system, criterion.id.as_str());
        let reading = grade::read(&spot, framework.scale(criterion), said);
        let entry = Entry { reading, place: Some(spot.place()), written: spot.written() };
        read.opinions.insert((heading.clone(), criterion.id.clone()), entry);
    }
}

/// Reads one cell of a table by what its column holds.
fn read_cell(framework: &Framework, spot: &Spot, column: &TableColumn, read: &mut Return, said: &mut Vec<Finding>) {
    match &column.holds {
        Holds::Code | Holds::Text | Holds::CodeAndText | Holds::Form | Holds::Opinions => {}
        Holds::Score(rater) => read_score(framework, spot, rater, read, said),
        Holds::Result => {
            if let Some(measure) = framework.measures().find(|measure| measure.id.as_str() == spot.subject) {
                read.results.insert(measure.id.clone(), entry::read_result(spot, measure, said));
            }
        }
        Holds::Entry(kind) => {
            let key: (String, ColumnId) = (spot.subject.to_owned(), column.id.clone());
            read.notes.insert(key, entry::read(spot, kind, said));
        }
    }
}

/// Reads a score or the points of a measure.
fn read_score(framework: &Framework, spot: &Spot, rater: &RaterId, read: &mut Return, said: &mut Vec<Finding>) {
    let placed = |written: String| (Some(spot.place()), written);
    if let Some(criterion) = framework.criteria().find(|criterion| criterion.id.as_str() == spot.subject) {
        let reading = grade::read(spot, framework.scale(criterion), said);
        said.extend(oddities(spot, reading.given().is_some()));
        let (place, written) = placed(spot.written());
        read.answers.insert((rater.clone(), criterion.id.clone()), Entry { reading, place, written });
    } else if let Some(measure) = framework.measures().find(|measure| measure.id.as_str() == spot.subject) {
        let reading = grade::read_points(spot, &measure.maximum, said);
        said.extend(oddities(spot, reading.given().is_some()));
        let (place, written) = placed(spot.written());
        read.points.insert((rater.clone(), measure.id.clone()), Entry { reading, place, written });
    }
}

/// Says what is odd about an answer that counts all the same: it is hidden, or a formula gives it.
fn oddities(spot: &Spot, given: bool) -> Vec<Finding> {
    let filled = spot.cell.filter(|cell| !cell.value.is_blank());
    let hidden = filled.filter(|_| spot.sheet.hides(spot.at)).map(|_| {
        let message = format!("the answer {} stands in a hidden row, column or sheet; it still counts", spot.written());
        spot.finding(&ANSWER_HIDDEN, message).with_help("Unhide it, and check that the answer is meant.")
    });
    let formula = filled.filter(|cell| given && cell.formula.is_some()).map(|cell| {
        let formula = cell.formula.as_deref().unwrap_or_default();
        let message =
            format!("the answer {} is worked out by the formula ={formula}; its stored result is used", spot.written());
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
            "the cells {merge} under “{}” are merged over several criteria; only the first has the answer",
            spec.heading
        );
        Finding::new(&ANSWER_MERGED, Place::Cells(sheet.name.clone(), *merge), message)
            .with_help("Unmerge the cells and answer each criterion.")
    };
    sheet.merges.iter().filter(over).map(finding).collect()
}

/// Says where percentages of one return are written in two ways.
fn ambiguous_percentages(framework: &Framework, read: &Return) -> Vec<Finding> {
    let percentages: Vec<(&str, &Entry<Exact>, Exact)> = framework
        .measures()
        .filter(|measure| measure.unit == "%")
        .filter_map(|measure| {
            let entry = read.results.get(&measure.id)?;
            Some((measure.id.as_str(), entry, super::number::parse(&entry.written)?))
        })
        .collect();
    let is_share = |number: &Exact| *number <= Exact::one() && !number.is_zero();
    let both_ways = percentages.iter().any(|(.., number)| is_share(number))
        && percentages.iter().any(|(.., number)| *number > Exact::one());
    let odd = percentages.iter().filter(|(.., number)| both_ways && is_share(number));
    odd.filter_map(|(id, entry, number)| {
        let value = entry.given()?;
        let message = format!(
            "the percentage of {id} is written as {number}, others as whole percentages; it was read as {value} %"
        );
        let finding = Finding::new(&PERCENT_AMBIGUOUS, entry.place.clone()?, message);
        Some(
            finding
                .with_subject(*id)
                .with_found(&entry.written)
                .with_help("Write all percentages in one way, with the % sign."),
        )
    })
    .collect()
}

/// Reads the totals, weights and outcomes that the workbook states.
fn stated(
    framework: &Framework,
    workbook: &Workbook,
    layout: &Layout,
    said: &mut Vec<Finding>,
) -> BTreeMap<String, StatedEntry> {
    let mut read = |stated: &Stated| {
        let (sheet, at) = *layout.stated.get(&stated.id)?;
        let spot = Spot::new(&workbook.sheets[sheet], at, workbook.date_system, &stated.id);
        let formula = spot.cell.is_some_and(|cell| cell.formula.is_some());
        let origin = if formula { Origin::Formula } else { Origin::Typed };
        let value = match (stated_value(&spot), stated.kind, origin) {
            (StatedValue::Text(text), StatedKind::Total | StatedKind::Weight, Origin::Typed) => {
                figure(&spot, text, said)
            }
            (value, StatedKind::Total | StatedKind::Weight | StatedKind::Outcome, _) => value,
        };
        Some((stated.id.clone(), StatedEntry { place: spot.place(), value, written: spot.written(), origin }))
    };
    framework.stated.iter().filter_map(|stated| read(stated)).collect()
}

/// Returns a typed text as the figure that it is, and says that it is text; else the text.
fn figure(spot: &Spot, text: String, said: &mut Vec<Finding>) -> StatedValue {
    let Some(number) = super::number::parse(&text) else { return StatedValue::Text(text) };
    said.push(entry::number_as_text(spot, &number));
    StatedValue::Number(number)
}

/// Returns what a stated value says.
fn stated_value(spot: &Spot) -> StatedValue {
    match spot.cell.map(|cell| (&cell.value, cell.formula.is_some())) {
        None | Some((Value::Empty, false)) => StatedValue::Blank,
        Some((Value::Empty, true)) => StatedValue::NotCalculated,
        Some((Value::Number(stored), _)) => Exact::from_float(*stored).map_or(StatedValue::Other, StatedValue::Number),
        Some((Value::Text(text), _)) if text.trim().is_empty() => StatedValue::Blank,
        Some((Value::Text(text), _)) => StatedValue::Text(text.to_string()),
        Some((Value::Date(_) | Value::Logical(_) | Value::Error(_), _)) => StatedValue::Other,
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
