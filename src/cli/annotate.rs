//! `annotate`: any list of findings into a copy of any workbook.

use std::path::Path;

use serde::Deserialize;

use super::args::AnnotateArgs;
use super::console;
use super::destination::destination;
use super::exit::ExitStatus;
use super::failure::Failure;
use super::stopping;
use crate::annotated::{AnnotateError, Heading, Signatures, annotate as write_notes, companion};
use crate::artifact::{Artifact, OutputNames};
use crate::batch::store;
use crate::finding::{Finding, listed};
use crate::ooxml::Limits;
use crate::returns::Private;
use crate::workbook::{self, Source};

/// Findings as programs hand them over: a bare list, or within an object as results have them.
#[derive(Deserialize)]
struct FindingsWithin {
    #[serde(with = "listed")]
    findings: Vec<Finding>,
}

/// Annotates one workbook.
pub(super) fn annotate(args: &AnnotateArgs) -> Result<ExitStatus, Failure> {
    stopping::end_at_once();
    let bytes = store::bytes(&args.workbook)?;
    let findings = findings(&args.findings)?;
    let signatures = if args.force { Signatures::Break } else { Signatures::Keep };
    let name = args.workbook.to_string_lossy().into_owned();
    let names = OutputNames::beside([&*name]);
    let source = Source::new(name.clone(), bytes);
    let opened = source.package(&Limits::default()).map_err(AnnotateError::from);
    match opened.and_then(|package| write_notes(&package, &findings, &Heading::default(), signatures)) {
        Ok(annotated) => {
            for unmarked in &annotated.unmarked {
                console::tell(&format!(
                    "Not marked in the workbook, only listed: {} ({})",
                    described(unmarked.place.sheet(), unmarked.place.cells().map(|cells| cells.to_string())),
                    unmarked.reason
                ));
            }
            let usual = names.annotated(&name, annotated.extension);
            let out = args.out.as_ref().map(|out| destination(out, &usual));
            hand_over(args, &out.unwrap_or_else(|| usual.into()), annotated.bytes)?;
            Ok(ExitStatus::Clean)
        }
        Err(refused) => {
            let workbook = workbook::read(&source, &Limits::default()).ok();
            let private = Private::default();
            let seen = workbook.as_ref().map(|workbook| (workbook, &private));
            let made = companion(seen, &findings, &Heading::default(), &refused.to_string());
            console::tell(&format!("{name} isn't annotated: {refused}. The findings are in a workbook of their own."));
            let bytes = made.map_err(|error| Failure::Unknown(error.to_string()))?;
            // Under the name of the copy that was asked for it would be taken for that.
            let out = args.out.as_ref().map(|out| destination(out, &name).with_extension("findings.xlsx"));
            hand_over(args, &out.unwrap_or_else(|| names.companion(&name).into()), bytes)?;
            Ok(ExitStatus::Incomplete)
        }
    }
}

/// Reads a list of findings.
fn findings(path: &Path) -> Result<Vec<Finding>, Failure> {
    let text = store::text(path)?;
    let list = listed::deserialize(&mut serde_json::Deserializer::from_str(&text));
    let findings = list
        .or_else(|list| serde_json::from_str::<FindingsWithin>(&text).map(|handed| handed.findings).map_err(|_| list));
    findings.map_err(|_| {
        let wanted = "a JSON list of objects with rule, severity, sheet, cell, message and help is wanted there, such as \
                      the findings of one return in results.json";
        Failure::Unknown(format!("could not read the findings in {}: {wanted}", path.display()))
    })
}

/// Writes what was made, and says where it is.
fn hand_over(args: &AnnotateArgs, out: &Path, bytes: Vec<u8>) -> Result<(), Failure> {
    if std::path::absolute(out)? == std::path::absolute(&args.workbook)? {
        return Err(Failure::Unknown(
            "could not write over the workbook itself: name another file with --out".to_owned(),
        ));
    }
    let folder = out.parent().map(Path::to_owned).unwrap_or_default();
    let name = out.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    store::write(&folder, &[Artifact { name, bytes }])?;
    let told = console::screen(false).fitted(&format!("Wrote {}", out.display()), "  ");
    console::show(&(told + "\n"))?;
    Ok(())
}

/// Names a place.
fn described(sheet: Option<&str>, cells: Option<String>) -> String {
    match (sheet, cells) {
        (Some(sheet), Some(cells)) => format!("“{sheet}” {cells}"),
        (Some(sheet), None) => format!("“{sheet}”"),
        (None, _) => "the workbook".to_owned(),
    }
}
