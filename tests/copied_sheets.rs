//! A sheet of the form that stands twice and says the same: one finding says so, and none of its cells is unexpected.

use scrutineer::finding::Severity;
use scrutineer::workbook::{Sheet, Visibility};

use crate::support::shipped::{Sound, reviewed, sound};

#[test]
fn a_copy_that_says_the_same_is_told_at_most_once_and_its_cells_are_not_unexpected() {
    let mut told = 0;
    for Sound { framework, workbook, review: before } in sound() {
        for (index, sheet) in workbook.sheets.iter().enumerate() {
            for (title, visibility) in
                [(format!("{} (2)", sheet.name), sheet.visibility), ("Old".into(), Visibility::Hidden)]
            {
                let mut changed = workbook.clone();
                let copy = Sheet { name: title.clone(), visibility, ..sheet.clone() };
                changed.sheets.insert(index + 1, copy);
                let after = reviewed(&changed);
                let what = format!("{}, {title} of {}", framework.id, sheet.name);
                let own = |finding: &&scrutineer::finding::Finding| !before.findings.contains(finding);
                let new: Vec<_> = after.findings.iter().filter(own).collect();
                let of_copy: Vec<_> = new.iter().filter(|finding| finding.rule.as_str() == "sheet-ambiguous").collect();
                assert!(
                    of_copy.len() <= 1 && of_copy.iter().all(|one| one.severity == Severity::Note),
                    "{what}: {new:#?}"
                );
                let of_cells: Vec<_> =
                    new.iter().filter(|one| one.cells().is_some() && one.sheet() == Some(&title)).collect();
                assert!(of_cells.is_empty(), "{what}: {of_cells:#?}");
                if !of_copy.is_empty() {
                    told += 1;
                    assert_eq!(after.cells.unexpected, before.cells.unexpected, "{what}");
                    assert_eq!(after.outcome, before.outcome, "{what}");
                }
            }
        }
    }
    assert!(told >= 20, "{told}");
}
