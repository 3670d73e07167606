//! Marks of a whole column that go against the row which they mark: it is sooner that row that is wrong, and it is told once, with the
//! marks.

use std::collections::BTreeMap;

use crate::finding::{Finding, Place, RuleId};
use crate::framework::{ColumnId, RegisterSpec};
use crate::returns::{Register, Row};
use crate::rules::Judged;
use crate::wording::{Reference, Wording};

/// So many marks must go against a row at least.
const LEAST: usize = 3;

/// Returns findings at rows that most marks of their columns go against, each with the places of what follows in the list.
pub(super) fn causes(judged: &Judged, findings: &[Finding]) -> Vec<(Finding, Vec<usize>)> {
    let registers = judged.framework.registers.iter().filter_map(|spec| {
        let other = judged.framework.register(spec.repeated()?.each.as_ref()?)?;
        let [own, others] = [spec, other].map(|spec| judged.sent.registers.get(&spec.id));
        Some((spec, own?, Marked { spec: other, register: others? }))
    });
    registers.flat_map(|(spec, register, marked)| causes_in((spec, register), &marked, findings)).collect()
}

/// The register whose rows are marked.
struct Marked<'a> {
    spec: &'a RegisterSpec,
    register: &'a Register,
}

impl Marked<'_> {
    /// Returns the row that the marks of a column mark, and where its key stands.
    fn row(&self, column: &ColumnId) -> Option<(String, Place)> {
        let key = self.spec.key.as_ref()?;
        let own = Wording::of(column.as_str());
        let is_its = |row: &&Row| {
            let said = row.given(key.as_str()).map(|key| Wording::of(&key.to_string()));
            said.is_some_and(|said| {
                let references = Reference::of(&said).zip(Reference::of(&own));
                said == own || references.is_some_and(|(said, own)| said.agrees(&own))
            })
        };
        let row = self.register.rows.iter().find(is_its)?;
        Some((row.name(self.spec), row.entry(key.as_str())?.place()))
    }
}

/// Returns them for the columns of a register.
fn causes_in(
    (spec, register): (&RegisterSpec, &Register),
    marked: &Marked,
    findings: &[Finding],
) -> Vec<(Finding, Vec<usize>)> {
    let columns = register.rows.first().into_iter().flat_map(Row::columns);
    let columns = columns.filter(|id| spec.declared(id.as_str()).is_none());
    let of_column = |column: &ColumnId| {
        let given = register.rows.iter().filter_map(|row| row.entry(column.as_str()));
        let places: Vec<Place> = given.filter(|entry| entry.given().is_some()).map(|entry| entry.place()).collect();
        let mut broken: BTreeMap<RuleId, Vec<usize>> = BTreeMap::new();
        for (index, finding) in findings.iter().enumerate().filter(|(_, finding)| finding.rule.is_of_a_framework()) {
            if places.contains(&finding.place) {
                broken.entry(finding.rule.clone()).or_default().push(index);
            }
        }
        let are_most = |own: &Vec<usize>| own.len() >= LEAST && own.len() * 2 > places.len();
        let causes = broken.into_values().filter(are_most);
        causes
            .filter_map(|own| Some((cause(spec, marked, column, (findings, &own, places.len()))?, own)))
            .collect::<Vec<_>>()
    };
    columns.flat_map(of_column).collect()
}

/// Says at the row that is marked how many marks go against it.
fn cause(
    spec: &RegisterSpec,
    marked: &Marked,
    column: &ColumnId,
    (findings, own, all): (&[Finding], &[usize], usize),
) -> Option<Finding> {
    let (first, (name, place)) = (&findings[*own.first()?], marked.row(column)?);
    let count = if own.len() == all { format!("all {all}") } else { format!("{} of the {all}", own.len()) };
    let message = format!(
        "what stands here of {name} goes against {count} marks under “{column}” in “{}”: {}",
        spec.title, first.message
    );
    let help = format!("Correct the row of {name} where the marks are right; where it is, correct them.");
    Some(Finding::of_rule(first.rule.clone(), first.severity, place, message).with_subject(name).with_help(help))
}
