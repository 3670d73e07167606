//! `strip`: our notes out of annotated workbooks again.

use std::path::Path;

use super::args::StripArgs;
use super::console;
use super::destination::{destination, is_file};
use super::exit::ExitStatus;
use super::failure::Failure;
use super::stopping;
use crate::annotated::{Explanation, Manner, StripError, strip as take_out};
use crate::artifact::{Artifact, stem_of_original};
use crate::batch::{pattern, store};
use crate::export::CommaSeparated;
use crate::ooxml::{Limits, Package};

/// Strips each workbook; one that can't be stripped is told, and the others are done.
pub(super) fn strip(args: &StripArgs) -> Result<ExitStatus, Failure> {
    stopping::end_at_once();
    let mut status = ExitStatus::Clean;
    let workbooks = pattern::in_full(args.workbooks.clone())?;
    if workbooks.len() > 1 && args.out.as_deref().is_some_and(is_file) {
        let one = "could not write several workbooks to one: name a folder with --out";
        return Err(Failure::Unknown(one.to_owned()));
    }
    for workbook in &workbooks {
        let opened = Package::open(store::bytes(workbook)?, &Limits::default()).map_err(StripError::from);
        match opened.and_then(|package| take_out(&package)) {
            Ok(stripped) => {
                let plain = copy(args, workbook);
                let mut artifacts = vec![Artifact { name: plain.clone(), bytes: stripped.bytes }];
                if args.explanations {
                    artifacts.push(Artifact { name: csv_name(&plain), bytes: table(&stripped.explanations)? });
                }
                hand_over(&artifacts, stripped.manner)?;
            }
            Err(error) => {
                console::tell(&told(workbook, &error));
                status = ExitStatus::Incomplete;
            }
        }
    }
    Ok(status)
}

/// Returns where the stripped copy goes.
fn copy(args: &StripArgs, workbook: &Path) -> String {
    let name = plain_name(workbook);
    let beside = || workbook.with_file_name(&name);
    args.out.as_ref().map_or_else(beside, |out| destination(out, &name)).to_string_lossy().into_owned()
}

/// Returns the name of the stripped copy: `A.annotated.xlsx` gives `A.stripped.xlsx`.
fn plain_name(workbook: &Path) -> String {
    let stem = workbook.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let extension =
        workbook.extension().map_or_else(|| "xlsx".to_owned(), |extension| extension.to_string_lossy().into_owned());
    format!("{}.stripped.{extension}", stem_of_original(&stem).unwrap_or(&stem))
}

/// Returns the name of the explanations beside a stripped copy.
fn csv_name(plain: &str) -> String {
    let stem = plain.rsplit_once('.').map_or(plain, |(stem, _)| stem);
    format!("{}.explanations.csv", stem.strip_suffix(".stripped").unwrap_or(stem))
}

/// Returns the explanations as comma-separated text.
fn table(explanations: &[Explanation]) -> Result<Vec<u8>, Failure> {
    let fault = |error| Failure::Unknown(format!("could not write the explanations: {error}"));
    let mut table = CommaSeparated::headed(["rule", "sheet", "cell", "subject", "explanation"]).map_err(fault)?;
    for said in explanations.iter().filter(|said| !said.text.is_empty()) {
        let cells = said.cells.map(|cells| cells.to_string()).unwrap_or_default();
        for text in [&said.rule, &said.sheet, &cells, &said.subject, &said.text] {
            table.text(text).map_err(fault)?;
        }
        table.end_row().map_err(fault)?;
    }
    Ok(table.into_bytes())
}

/// Writes the copies, and says how the notes were taken out.
fn hand_over(artifacts: &[Artifact], manner: Manner) -> Result<(), Failure> {
    store::write(Path::new(""), artifacts)?;
    let how = match manner {
        Manner::Exact => "every part as it was",
        Manner::ByMeaning => "saved by another program since: our notes are out, their changes are kept",
    };
    for artifact in artifacts {
        let told = console::screen(false).fitted(&format!("Wrote {} ({how})", artifact.name), "  ");
        console::show(&(told + "\n"))?;
    }
    Ok(())
}

/// Says why a workbook wasn't stripped.
fn told(workbook: &Path, error: &StripError) -> String {
    format!("could not strip {}: {error}", workbook.display())
}
