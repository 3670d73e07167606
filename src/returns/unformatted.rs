//! Days that are shown as numbers throughout a sheet, since its cells lost their formats: that is one thing to put right, and told once.

use std::collections::BTreeMap;

use crate::cell::{CellRange, CellRef};
use crate::finding::{Finding, Place};
use crate::workbook::{Value, Workbook};

use super::rule::DATE_AS_TEXT;

/// So many of a sheet are told one by one.
const FEW: usize = 5;

/// Tells the days of a sheet that are shown as numbers in one finding, which carries them, where they are many; all else as it is told.
pub(super) fn together(workbook: &Workbook, findings: Vec<Finding>) -> Vec<Finding> {
    let mut numbers: BTreeMap<String, Vec<Finding>> = BTreeMap::new();
    let mut told = Vec::with_capacity(findings.len());
    for finding in findings {
        match finding.sheet().filter(|_| is_number(workbook, &finding)) {
            Some(sheet) => numbers.entry(sheet.to_owned()).or_default().push(finding),
            None => told.push(finding),
        }
    }
    told.extend(
        numbers.into_iter().flat_map(|(sheet, all)| if all.len() > FEW { vec![at_once(&sheet, all)] } else { all }),
    );
    told
}

/// Whether a finding is of a day that is shown as a number.
fn is_number(workbook: &Workbook, finding: &Finding) -> bool {
    let cells = finding.cells().filter(|_| finding.is_of(&DATE_AS_TEXT));
    let cell = finding.sheet().zip(cells).and_then(|(sheet, cells)| workbook.sheet(sheet)?.cell(cells.first));
    cell.is_some_and(|cell| matches!(cell.value, Value::Number(_)))
}

/// Says of the days of a sheet that they are shown as numbers.
fn at_once(sheet: &str, findings: Vec<Finding>) -> Finding {
    let cells: Vec<CellRange> = findings.iter().filter_map(Finding::cells).collect();
    let of = |of: fn(CellRef) -> u32| cells.iter().flat_map(move |cells| [of(cells.first), of(cells.last)]);
    let (rows, columns) = (|| of(|at| at.row), || of(|at| at.column));
    let first = CellRef::new(rows().min().unwrap_or(1), columns().min().unwrap_or(1));
    let last = CellRef::new(rows().max().unwrap_or(1), columns().max().unwrap_or(1));
    let message = format!(
        "{} dates of “{sheet}” are numbers, as their cells aren't formatted as dates; they were read as the days that these stand for",
        findings.len()
    );
    let place = Place::Cells(sheet.to_owned(), CellRange::new(first, last));
    let finding = Finding::new(&DATE_AS_TEXT, place, message);
    let help = "Format the columns of dates as dates, and check the days that they then show.";
    finding.with_help(help).with_effects(findings)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workbook::{Cell, Sheet};

    #[test]
    fn many_days_without_a_format_are_one_finding_that_carries_them() {
        for (count, told_as) in [(1, 1), (FEW, FEW), (FEW + 1, 1), (60, 1)] {
            let rows = 1..=u32::try_from(count).expect("it is small");
            let cells = rows.clone().map(|row| Cell::new(CellRef::new(row, 2), Value::Number(45_658.0), None));
            let sheet = Sheet { cells: cells.collect(), ..Sheet::empty("A") };
            let format = crate::workbook::Format::Xlsx;
            let workbook = Workbook {
                format,
                date_system: crate::workbook::DateSystem::From1900,
                sheets: vec![sheet],
                has_macros: false,
                external_links: Vec::new(),
            };
            let one = |row| Finding::new(&DATE_AS_TEXT, Place::cell("A", CellRef::new(row, 2)), "a day");
            let told = together(&workbook, rows.map(one).collect());
            assert_eq!(told.len(), told_as, "{count}");
            assert_eq!(
                told.iter().flat_map(Finding::with_its_effects).filter(|one| one.message == "a day").count(),
                count
            );
        }
    }
}
