//! The functions over rows that the expressions of rows and of the whole return share.

use std::collections::BTreeSet;

use super::Registers;
use super::index::told_apart;
use crate::exact::Exact;
use crate::framework::expression::Quantity;

impl Registers<'_> {
    /// Returns a function over rows; `None` where there is no such function.
    pub(in crate::outcome) fn call(&self, function: &str, arguments: &[Quantity]) -> Option<Quantity> {
        match (function, arguments) {
            ("rows_count", [Quantity::Text(register)]) => Some(how_many(self.rows(register))),
            ("rows_count", [Quantity::Text(register), Quantity::Text(name)]) => {
                Some(how_many(self.rows_where(register, Some(name))))
            }
            ("rows_with", [Quantity::Text(register), Quantity::Text(name), value]) => {
                Some(self.with(register, name, value))
            }
            ("rows_citing", [Quantity::Text(register), Quantity::Text(name), cited]) => {
                Some(self.citing(register, name, cited))
            }
            ("opinions_given", [who]) => Some(self.opinions_given(who)),
            ("rows_any" | "rows_all", [Quantity::Text(register), Quantity::Text(name)]) => {
                Some(self.asked(function, register, name))
            }
            (
                "rows_sum" | "rows_mean" | "rows_distinct" | "rows_earliest" | "rows_latest",
                [Quantity::Text(register), Quantity::Text(name), only @ ..],
            ) => {
                let only = match only {
                    [] => None,
                    [Quantity::Text(only)] => Some(&**only),
                    _ => return Some(Quantity::Unknown),
                };
                Some(match function {
                    "rows_earliest" | "rows_latest" => self.extreme_day(function, register, name, only),
                    _ => self.gathered(function, register, name, only).into(),
                })
            }
            ("noted", [Quantity::Text(item), Quantity::Text(column)]) => Some(self.noted(item, column)),
            ("looked_up", [Quantity::Text(register), key, Quantity::Text(name)]) => {
                Some(self.looked_up(register, key, name))
            }
            (known, _) if FUNCTIONS.contains(&known) => Some(Quantity::Unknown),
            _ => None,
        }
    }

    /// Counts the rows in which a name comes to a value.
    fn with(&self, register: &str, name: &str, value: &Quantity) -> Quantity {
        let known = value.is_known() && self.filled_in(register).is_some();
        known.then(|| Exact::from(self.where_is(register, name, value, <[usize]>::len))).into()
    }

    /// Counts the rows in which a text names a reference in brackets: `Succession (4.3, 4.5)`.
    fn citing(&self, register: &str, name: &str, cited: &Quantity) -> Quantity {
        let rows = if cited.is_known() { self.rows(register) } else { None };
        let cited = cited.to_string();
        let names_it = |row: &usize| {
            self.value(register, *row, name).text().is_some_and(|text| references(text).any(|one| one == cited))
        };
        how_many(rows.map(|rows| rows.into_iter().filter(names_it).collect()))
    }

    /// Whether a name is true of any row, or of all.
    fn asked(&self, function: &str, register: &str, name: &str) -> Quantity {
        let Some(rows) = self.rows(register) else {
            return Quantity::Unknown;
        };
        let settles = function == "rows_any";
        let truths: Vec<Option<bool>> = rows.into_iter().map(|row| self.value(register, row, name).truth()).collect();
        match (truths.contains(&Some(settles)), truths.contains(&None)) {
            (true, _) => Quantity::Truth(settles),
            (false, true) => Quantity::Unknown,
            (false, false) => Quantity::Truth(!settles),
        }
    }

    /// Adds up, averages or counts apart what a name comes to.
    fn gathered(&self, function: &str, register: &str, name: &str, only: Option<&str>) -> Option<Exact> {
        let values: Vec<Quantity> =
            self.rows_where(register, only)?.into_iter().map(|row| self.value(register, row, name)).collect();
        let numbers: Vec<&Exact> = values.iter().filter_map(Quantity::number).collect();
        match function {
            "rows_sum" => Some(numbers.into_iter().sum()),
            "rows_mean" => numbers.iter().copied().sum::<Exact>().divided_by(&numbers.len().into()),
            _ => {
                let known = values.iter().filter(|value| value.is_known());
                Some(known.map(told_apart).collect::<BTreeSet<String>>().len().into())
            }
        }
    }

    /// Returns the first or the last of the days that a name comes to.
    fn extreme_day(&self, function: &str, register: &str, name: &str, only: Option<&str>) -> Quantity {
        let rows = self.rows_where(register, only).unwrap_or_default();
        let days = rows.into_iter().filter_map(|row| self.value(register, row, name).date());
        let day = if function == "rows_earliest" { days.min() } else { days.max() };
        day.map(Quantity::Date).into()
    }

    /// Returns what a name comes to in the first row that has a key.
    fn looked_up(&self, register: &str, key: &Quantity, name: &str) -> Quantity {
        let column = self.spec(register).and_then(|spec| spec.key.as_ref());
        let Some(column) = column.filter(|_| key.is_known()) else {
            return Quantity::Unknown;
        };
        let found = self.where_is(register, column.as_str(), key, |found| found.first().copied());
        found.map(|row| self.value(register, row, name)).into()
    }
}

/// Returns the references that stand in brackets in a text.
fn references(text: &str) -> impl Iterator<Item = &str> {
    let brackets = text.split(['(', '[']).skip(1).filter_map(|rest| rest.split([')', ']']).next());
    brackets.flat_map(|inside| inside.split([',', ';', ' ', '\n', '&', '/'])).filter(|reference| !reference.is_empty())
}

/// Returns how many rows there are.
fn how_many(rows: Option<Vec<usize>>) -> Quantity {
    rows.map(|rows| Exact::from(rows.len())).into()
}

/// The functions over rows.
const FUNCTIONS: [&str; 13] = [
    "looked_up",
    "noted",
    "opinions_given",
    "rows_all",
    "rows_any",
    "rows_citing",
    "rows_count",
    "rows_distinct",
    "rows_earliest",
    "rows_latest",
    "rows_mean",
    "rows_sum",
    "rows_with",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_stand_in_brackets_however_they_are_parted() {
        for text in ["Succession (4.3, 4.5)", "Succession [4.3; 4.5]", "(4.3/4.5) Succession", "Succession (4.3) (4.5)"]
        {
            assert_eq!(references(text).collect::<Vec<_>>(), ["4.3", "4.5"], "{text}");
        }
    }
}
