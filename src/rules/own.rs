//! Runs the rules of a framework's own: expressions in its pack.

use crate::exact::Exact;
use crate::finding::{Finding, Findings, Place, RuleId};
use crate::framework::expression::{Mention, Quantity, Scope};
use crate::framework::message;
use crate::framework::{ColumnId, CriterionId, FieldId, MeasureId, OwnRule, RegisterId};
use crate::outcome::{Basis, CriterionScope, Gaps, OutcomeScope};
use crate::returns::{Entry, EntryValue, Row};
use crate::wording::Wording;

use super::Judged;
use super::register::identifier_repeated;

/// Runs the framework's own rules over the return and over the rows of its registers.
pub(super) fn check(judged: &Judged, findings: &mut Findings) {
    let basis = judged.basis(judged.outcome());
    for rule in &judged.framework.rules {
        match &rule.over {
            None if rule.each.is_some() => check_criteria(judged, basis, rule, findings),
            None => {
                let scope = OutcomeScope::new(basis, judged.outcome(), Gaps::Open);
                if is_broken(rule, &scope) {
                    findings.push(broken_in_return(judged, rule, &scope));
                }
            }
            Some(register) => check_rows(judged, basis, rule, register, findings),
        }
    }
}

/// Says that a rule about the return is broken. What it quotes of a field is what the cell shows.
fn broken_in_return(judged: &Judged, rule: &OwnRule, scope: &OutcomeScope) -> Finding {
    let at = rule.at.as_deref();
    let place = at.and_then(|at| place_in_return(judged, at)).unwrap_or(Place::Workbook);
    let field = at.and_then(|at| Some((at, judged.sent.fields.get(&FieldId::from(at))?)));
    match field.filter(|(_, entry)| shows_otherwise(entry)) {
        Some((field, entry)) => {
            let scope = AsShown { scope, field, written: entry.written.trim() };
            broken(judged, rule, (&scope, None), place, rule.at.clone()).with_found(entry.written.trim())
        }
        None => broken(judged, rule, (scope, None), place, rule.at.clone()),
    }
}

/// Whether a cell shows its words otherwise than they were read, as a day in full.
fn shows_otherwise(entry: &Entry) -> bool {
    matches!(entry.given(), Some(EntryValue::Text(text)) if Wording::of(text) != Wording::of(&entry.written))
}

/// Runs a rule over each criterion, at its answer or at what stands beside it.
fn check_criteria(judged: &Judged, basis: &Basis, rule: &OwnRule, findings: &mut Findings) {
    let scope = OutcomeScope::new(basis, judged.outcome(), Gaps::PassedOver);
    for criterion in judged.framework.criteria() {
        let scope = CriterionScope::new(&scope, criterion);
        if !is_broken(rule, &scope) {
            continue;
        }
        let noted =
            rule.at.as_ref().and_then(|at| judged.sent.notes.get(&(criterion.id.to_string(), at.as_str().into())));
        let place = noted.and_then(|entry| entry.place.clone());
        if let Some(place) = place.or_else(|| place_in_return(judged, criterion.id.as_str())) {
            findings.push(broken(judged, rule, (&scope, None), place, Some(criterion.id.to_string())));
        }
    }
}

/// Runs a rule over each row of a register.
fn check_rows(judged: &Judged, basis: &Basis, rule: &OwnRule, id: &RegisterId, findings: &mut Findings) {
    let Some(register) = judged.sent.registers.get(id) else { return };
    let Some(spec) = judged.framework.register(id) else { return };
    let marked = rule.marks.as_ref().map(|marked| (marked, basis.columns_of(id, marked)));
    for (number, row) in register.rows.iter().enumerate() {
        if let Some((marked, columns)) = &marked {
            for (mark, scope) in basis.marks(id, number, marked, columns) {
                if is_broken(rule, &scope) {
                    findings.push(broken(judged, rule, (&scope, Some(row)), mark.place(), Some(row.name(spec))));
                }
            }
            continue;
        }
        if let Some(scope) = basis.row(id, number).filter(|scope| is_broken(rule, scope)) {
            let scope = Named { scope: &scope, key: spec.key.as_ref(), name: row.name(spec) };
            let place =
                rule.at.as_deref().map_or_else(|| Place::Sheet(row.sheet().to_owned()), |at| place_in_row(row, at));
            let finding = broken(judged, rule, (&scope, Some(row)), place, Some(row.name(spec)));
            findings.push(if rule.says.is_some() { with_earlier(finding, rule, row, &register.rows) } else { finding });
        }
    }
}

/// Says in which row above the same stands, where a rule is about what stands twice.
fn with_earlier(mut finding: Finding, rule: &OwnRule, row: &Row, rows: &[Row]) -> Finding {
    let is_repeated = finding.is_of(&identifier_repeated::RULE);
    let here = rule.at.as_deref().filter(|_| is_repeated).and_then(|at| Some((at, row.given(at)?)));
    let earlier = here.and_then(|(at, value)| {
        let mut above = rows.iter().take_while(|other| other.number < row.number);
        above.find(|other| other.given(at) == Some(value))
    });
    if let Some(earlier) = earlier {
        finding.message = format!("{}, in row {}", finding.message, earlier.number);
    }
    finding
}

/// A row that goes by its number where its key isn't known.
struct Named<'a> {
    scope: &'a dyn Scope,
    key: Option<&'a ColumnId>,
    name: String,
}

impl Scope for Named<'_> {
    fn name(&self, name: &str) -> Option<Quantity> {
        let value = self.scope.name(name)?;
        let is_key = self.key.is_some_and(|key| key.as_str() == name);
        Some(if is_key && !value.is_known() { self.name.as_str().into() } else { value })
    }

    fn attribute(&self, name: &str, part: &str) -> Option<Quantity> {
        self.scope.attribute(name, part)
    }

    fn call(&self, function: &str, arguments: &[Quantity]) -> Option<Quantity> {
        self.scope.call(function, arguments)
    }
}

/// A return of which a field says what its cell shows.
struct AsShown<'a> {
    scope: &'a dyn Scope,
    field: &'a str,
    written: &'a str,
}

impl Scope for AsShown<'_> {
    fn name(&self, name: &str) -> Option<Quantity> {
        self.scope.name(name)
    }

    fn attribute(&self, name: &str, part: &str) -> Option<Quantity> {
        let is_it = name == "field" && part == self.field;
        if is_it { Some(self.written.into()) } else { self.scope.attribute(name, part) }
    }

    fn call(&self, function: &str, arguments: &[Quantity]) -> Option<Quantity> {
        self.scope.call(function, arguments)
    }
}

/// Whether a rule is broken.
fn is_broken(rule: &OwnRule, scope: &dyn Scope) -> bool {
    rule.when.evaluate(scope) == Quantity::Truth(true)
}

/// Says that a rule is broken.
fn broken(
    judged: &Judged,
    rule: &OwnRule,
    (scope, row): (&dyn Scope, Option<&Row>),
    place: Place,
    subject: Option<String>,
) -> Finding {
    let id = rule.says.clone().map_or_else(|| RuleId::of_framework(&judged.framework.id, &rule.slug), RuleId::named);
    let shown = |named: &Mention| shown_in_percent(judged, row, named);
    let message = message::render_as(&rule.message, scope, &shown).unwrap_or_else(|_| rule.message.clone());
    Finding { subject, ..Finding::of_rule(id, rule.severity, place, message).with_help(&rule.help) }
}

/// Returns what the cell of a field, or of a column of a row, shows where that is a percentage and a share is counted: 50% for 0.5.
fn shown_in_percent(judged: &Judged, row: Option<&Row>, named: &Mention) -> Option<String> {
    let in_row = |column: &str| {
        let entry = row?.entry(column)?;
        Some((entry.given()?.clone(), entry.written().trim().to_owned()))
    };
    let (value, written) = match named {
        Mention::Name(name) => in_row(name)?,
        Mention::Attribute(of, part) if of == "field" => {
            let entry = judged.sent.fields.get(&FieldId::from(part.as_str()))?;
            (entry.given()?.clone(), entry.written.trim().to_owned())
        }
        Mention::Attribute(..) | Mention::Call(..) => return None,
    };
    let percentage: Exact = written.strip_suffix('%')?.trim().parse().ok()?;
    let is_share = matches!(value, EntryValue::Number(number) if number != percentage);
    is_share.then_some(written)
}

/// Returns where a field, a criterion, a measure or a register stands.
fn place_in_return(judged: &Judged, at: &str) -> Option<Place> {
    let field = judged.sent.fields.get(&FieldId::from(at)).and_then(|entry| entry.place.clone());
    let criterion = || {
        judged
            .sent
            .answers
            .get(&(judged.sent.counts.clone(), CriterionId::from(at)))
            .and_then(|entry| entry.place.clone())
    };
    let measure = || {
        let points = judged.sent.points.get(&(judged.sent.counts.clone(), MeasureId::from(at)));
        points.and_then(|entry| entry.place.clone())
    };
    let register =
        || judged.sent.registers.get(&RegisterId::from(at)).map(|register| Place::Sheet(register.sheet.clone()));
    field.or_else(criterion).or_else(measure).or_else(register)
}

/// Returns where a column of a row stands: on its sheet, where that has no such column.
fn place_in_row(row: &Row, at: &str) -> Place {
    row.entry(at).map_or_else(|| Place::Sheet(row.sheet().to_owned()), |entry| entry.place())
}
