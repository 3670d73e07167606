//! The functions over rows that the expressions of rows and of the whole return share.

use std::cmp::Ordering;

use super::{Registers, Sure, gather};
use crate::framework::expression::Quantity;
use crate::returns::{Cited, Row, in_brackets};

impl Registers<'_> {
    /// Returns a function over rows; `None` where there is no such function.
    pub(in crate::outcome) fn call(&self, function: &str, arguments: &[Quantity]) -> Option<Quantity> {
        match (function, arguments) {
            (_, [Quantity::Text(register), ..]) if FUNCTIONS.contains(&function) && self.is_untold(register) => {
                Some(Quantity::open())
            }
            ("rows_count", [Quantity::Text(register)]) => Some(self.counted(register, None)),
            ("rows_count", [Quantity::Text(register), Quantity::Text(name)]) => {
                Some(self.counted(register, Some(name)))
            }
            ("rows_with", [Quantity::Text(register), Quantity::Text(name), value]) => {
                Some(self.with(register, name, value))
            }
            ("rows_citing", [Quantity::Text(register), Quantity::Text(name), cited]) => {
                Some(self.citing(register, name, cited, None))
            }
            ("rows_citing", [Quantity::Text(register), Quantity::Text(name), cited, Quantity::Text(only)]) => {
                Some(self.citing(register, name, cited, Some(only)))
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
                Some(self.gathered(function, register, name, only))
            }
            ("noted", [Quantity::Text(item), Quantity::Text(column)]) => Some(self.noted(item, column)),
            ("looked_up", [Quantity::Text(register), key, Quantity::Text(name)]) => {
                Some(self.looked_up(register, key, name))
            }
            _ if FUNCTIONS.contains(&function) => Some(Quantity::Unknown),
            _ => None,
        }
    }

    /// Whether a register's rows can't be told.
    pub(in crate::outcome) fn is_untold(&self, register: &str) -> bool {
        self.sent.untold.registers.contains_key(register)
    }

    /// Counts the rows, or those of which a name is true or given, and lines that may be rows perhaps.
    fn counted(&self, register: &str, name: Option<&str>) -> Quantity {
        let Some(rows) = self.rows_where(register, name) else { return Quantity::Unknown };
        let surely = rows.iter().filter(|(_, sure)| *sure == Sure::Surely).count();
        let may_be = |worth: Option<Quantity>| worth.is_none_or(|worth| Sure::of(&worth).is_some());
        Quantity::counted(surely, rows.len() + self.doubtful(register, name, may_be))
    }

    /// Counts the lines that may be rows, and in which what a name comes to may be what is meant: it isn't known where the name is none of
    /// a column.
    fn doubtful(&self, register: &str, name: Option<&str>, may_be: impl Fn(Option<Quantity>) -> bool) -> usize {
        let Some((spec, own)) = self.spec(register).zip(self.sent.registers.get(register)) else { return 0 };
        let worth = |line: &Row| name.and_then(|name| line.position(name).map(|_| line.quantity(spec, name)));
        own.doubtful().filter(|line| may_be(worth(line))).count()
    }

    /// Counts the rows in which a name comes to a value.
    fn with(&self, register: &str, name: &str, value: &Quantity) -> Quantity {
        let Some(rows) = self.filled_in(register).filter(|_| *value != Quantity::Unknown) else {
            return Quantity::Unknown;
        };
        if value.is_open() {
            return Quantity::counted(0, rows.len());
        }
        let surely = self.where_is(register, name, value, <[usize]>::len);
        let can_be = |row: &&usize| self.value(register, **row, name).can_be(value);
        let perhaps = self.where_open(register, name, |rows| rows.iter().filter(can_be).count());
        let may_be = |worth: Option<Quantity>| worth.is_none_or(|worth| worth.can_be(value));
        Quantity::counted(surely, surely + perhaps + self.doubtful(register, Some(name), may_be))
    }

    /// Counts the rows in which a text names a reference in brackets: `Succession (4.3, 4.5–4.8)`. An entry of a column of references needs none.
    fn citing(&self, register: &str, name: &str, cited: &Quantity, only: Option<&str>) -> Quantity {
        let rows = if *cited == Quantity::Unknown { None } else { self.rows_where(register, only) };
        if cited.is_open() {
            return rows.map_or(Quantity::Unknown, |rows| Quantity::counted(0, rows.len()));
        }
        let (key, order) = (cited.to_string(), self.order(register, name));
        let order: Vec<&str> = order.iter().map(String::as_str).collect();
        let refers = self
            .spec(register)
            .and_then(|spec| spec.column(&name.into()))
            .is_some_and(|column| column.refers_to.is_some());
        let names_it = |(row, sure): (usize, Sure)| {
            let value = self.value(register, row, name);
            if value.is_open() {
                return Some((row, Sure::Perhaps));
            }
            let text = value.text()?;
            let cited =
                if refers { Cited::of_references(text) } else { in_brackets(text).flat_map(Cited::all_in).collect() };
            let is_same = refers && text == key;
            if is_same || cited.iter().any(|cited| cited.names(&key, &order)) {
                return Some((row, sure));
            }
            cited.iter().any(|cited| cited.may_name(&key, &order)).then_some((row, Sure::Perhaps))
        };
        how_many(rows.map(|rows| rows.into_iter().filter_map(names_it).collect()))
    }

    /// Returns what a column may cite, in its order: the keys of the register to which it refers, else the criteria.
    fn order(&self, register: &str, name: &str) -> Vec<String> {
        let column = self.spec(register).and_then(|spec| spec.column(&name.into()));
        let Some(other) = column.and_then(|column| column.refers_to.as_ref()) else {
            return self.framework.criteria().map(|criterion| criterion.id.to_string()).collect();
        };
        let key = self.spec(other.as_str()).and_then(|spec| spec.key.as_ref());
        let rows = self.filled_in(other.as_str()).unwrap_or_default();
        rows.iter().filter_map(|row| Some(row.given(key?.as_str())?.to_string())).collect()
    }

    /// Whether a name is true of any row, or of all.
    fn asked(&self, function: &str, register: &str, name: &str) -> Quantity {
        let Some(rows) = self.rows(register) else {
            return Quantity::Unknown;
        };
        let settles = Quantity::Truth(function == "rows_any");
        let values: Vec<Quantity> = rows.into_iter().map(|row| self.value(register, row, name)).collect();
        if values.contains(&settles) {
            settles
        } else if values.iter().any(Quantity::is_open) {
            Quantity::open()
        } else if values.iter().any(|value| value.truth().is_none()) {
            Quantity::Unknown
        } else {
            Quantity::Truth(function != "rows_any")
        }
    }

    /// Returns what a name comes to in the rows that are meant, and whether they surely are.
    fn values(&self, register: &str, name: &str, only: Option<&str>) -> Option<Vec<(Quantity, Sure)>> {
        let rows = self.rows_where(register, only)?;
        Some(rows.into_iter().map(|(row, sure)| (self.value(register, row, name), sure)).collect())
    }

    /// Adds up, averages or counts apart what a name comes to, or looks for its first or last day.
    fn gathered(&self, function: &str, register: &str, name: &str, only: Option<&str>) -> Quantity {
        let Some(values) = self.values(register, name, only) else { return Quantity::Unknown };
        match function {
            "rows_sum" => gather::sum(&values),
            "rows_mean" => gather::mean(&values),
            "rows_earliest" => gather::extreme_day(&values, Ordering::Less),
            "rows_latest" => gather::extreme_day(&values, Ordering::Greater),
            _ => gather::distinct(&values),
        }
    }

    /// Returns what a name comes to in the first row that has a key.
    fn looked_up(&self, register: &str, key: &Quantity, name: &str) -> Quantity {
        let column = self.spec(register).and_then(|spec| spec.key.as_ref());
        let Some(column) = column.filter(|_| *key != Quantity::Unknown) else {
            return Quantity::Unknown;
        };
        if key.is_open() {
            return Quantity::open();
        }
        let first = self.where_is(register, column.as_str(), key, |rows| rows.first().copied());
        let is_above = |row: &usize| first.is_none_or(|first| *row < first);
        let perhaps: Vec<usize> =
            self.where_open(register, column.as_str(), |rows| rows.iter().copied().filter(is_above).collect());
        let worth = first.map_or(Quantity::Unknown, |row| self.value(register, row, name));
        if perhaps.is_empty() {
            return worth;
        }
        Quantity::one_of(perhaps.into_iter().map(|row| self.value(register, row, name)).chain([worth]))
    }
}

/// Returns how many rows there are, some of them perhaps.
fn how_many(rows: Option<Vec<(usize, Sure)>>) -> Quantity {
    let Some(rows) = rows else { return Quantity::Unknown };
    let surely = rows.iter().filter(|(_, sure)| *sure == Sure::Surely).count();
    Quantity::counted(surely, rows.len())
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
            let cited: Vec<Cited> = in_brackets(text).flat_map(Cited::all_in).collect();
            let named =
                ["4.2", "4.3", "4.4", "4.5"].into_iter().filter(|key| cited.iter().any(|one| one.names(key, &[])));
            assert_eq!(named.collect::<Vec<_>>(), ["4.3", "4.5"], "{text}");
        }
    }
}
