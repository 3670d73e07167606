//! Values that rest on themselves: the total by way of a value, a value by way of another, a grade of parts by how many have it.

use std::collections::BTreeMap;

use super::Check;
use crate::framework::expression::{Expression, Mention, Quantity};
use crate::framework::schema::GradesEntry;
use crate::framework::written::Path;

/// What each value uses of the others, by name.
type Uses<'a> = BTreeMap<&'a str, Vec<String>>;

impl Check<'_> {
    /// Tells the values that rest on themselves, and gates that rest on the outcome which they decide.
    pub(super) fn circles(&mut self) {
        let file = self.file;
        let named = file.values.iter().map(|value| (value.name.as_str(), value.value.as_str()));
        let all = named.chain([("total", file.outcome.total.as_str())]);
        let of_grades: Vec<(String, Vec<String>)> =
            file.grades.iter().map(|grade| (counted(&grade.id), used_by_grade(grade))).collect();
        let grades = of_grades.iter().map(|(name, uses)| (name.as_str(), uses.clone()));
        let uses: Uses = all.map(|(name, written)| (name, used(written))).chain(grades).collect();
        let outcome = Path::ROOT.key("outcome");
        let values = Path::ROOT.key("values");
        let mut told: Vec<String> = Vec::new();
        self.circle(&outcome.key("total"), "total", &uses, &mut told);
        for (index, value) in file.values.iter().enumerate() {
            self.circle(&values.at(index).key("value"), &value.name, &uses, &mut told);
        }
        for (index, (name, _)) in of_grades.iter().enumerate() {
            self.circle(&Path::ROOT.key("grades").at(index), name, &uses, &mut told);
        }
        let gates = outcome.key("gates");
        for (index, gate) in file.outcome.gates.iter().enumerate() {
            let rests = used(&gate.holds).into_iter().find(|name| name == "band");
            if let Some(name) = rests {
                let message = format!("the gate rests on `{name}`, which it decides itself");
                self.fault(&gates.at(index).key("holds"), message, "Rest it on `total`, answers or `raw_band`.");
            }
        }
    }

    /// Tells a value that rests on itself, unless it is in a circle that is told already.
    fn circle(&mut self, path: &Path, name: &str, uses: &Uses, told: &mut Vec<String>) {
        let Some(way) = way_back(name, uses).filter(|_| !told.iter().any(|known| known == name)) else { return };
        let words: Vec<String> = way.iter().map(|name| format!("`{name}`")).collect();
        let message = format!("`{name}` rests on itself: {}", words.join(" on "));
        told.extend(way);
        self.fault(path, message, "Take one of them out of the expression of the other.");
    }
}

/// Returns the names that an expression uses.
fn used(written: &str) -> Vec<String> {
    let mentions = Expression::parse(written).map(|expression| expression.names()).unwrap_or_default();
    let names = mentions.into_iter().filter_map(|mention| match mention {
        // The outcome and what is given of the total rest on the total.
        Mention::Name(name) if name == "total_given" => Some("total".to_owned()),
        Mention::Name(name) => Some(name),
        // What one part is graded may rest on what another is; how many are rests on all.
        Mention::Call(function, arguments) if function == "count_graded" => {
            arguments.first()?.as_ref().and_then(Quantity::text).map(counted)
        }
        Mention::Attribute(..) | Mention::Call(..) => None,
    });
    names.collect()
}

/// Returns what stands for how many parts have a grade.
fn counted(grade: &str) -> String {
    format!("count_graded('{grade}')")
}

/// Returns what a grade rests on beside the total, which is a part's own there.
fn used_by_grade(grade: &GradesEntry) -> Vec<String> {
    let written = grade.total.iter().chain(grade.gates.iter().map(|gate| &gate.holds));
    written.flat_map(|written| used(written)).filter(|name| name != "total").collect()
}

/// Returns the way from a value back to itself; `None` where it doesn't rest on itself.
fn way_back(start: &str, uses: &Uses) -> Option<Vec<String>> {
    let mut ways = vec![vec![start.to_owned()]];
    let mut seen: Vec<String> = Vec::new();
    while let Some(way) = ways.pop() {
        for next in way.last().and_then(|last| uses.get(last.as_str())).into_iter().flatten() {
            let longer: Vec<String> = way.iter().chain([next]).cloned().collect();
            if next == start {
                return Some(longer);
            }
            if !seen.contains(next) {
                seen.push(next.clone());
                ways.push(longer);
            }
        }
    }
    None
}
