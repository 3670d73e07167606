//! A file that is handed out: its name and its bytes. Nothing is written here.

/// The day that files carry where nothing names one, so that they are the same at every run.
pub const NO_DAY: jiff::civil::Date = jiff::civil::date(2000, 1, 1);

/// A kind of files to hand out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ArtifactKind {
    /// The tables, `results.json` and `calendar.ics`.
    Data,
    /// The senders' own workbooks with our findings in them.
    Annotated,
    /// The season workbook.
    Season,
    /// The reports for senders and managers.
    Reports,
}

/// A file to hand out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Artifact {
    /// The file's name within the folder of outputs, with `/` between folders.
    pub name: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// Returns the name of the annotated copy of a workbook.
///
/// ```
/// # use scrutineer::artifact::annotated_name;
/// assert_eq!(annotated_name("Spring/return.xlsx"), "Spring/return.annotated.xlsx");
/// ```
pub fn annotated_name(workbook: &str) -> String {
    let (stem, extension) = split_extension(workbook);
    format!("{stem}.annotated.{extension}")
}

/// Returns the name of the workbook of findings beside one that can't be annotated.
///
/// ```
/// # use scrutineer::artifact::companion_name;
/// assert_eq!(companion_name("Spring/return.ods"), "Spring/return.findings.xlsx");
/// ```
pub fn companion_name(workbook: &str) -> String {
    format!("{}.findings.xlsx", split_extension(workbook).0)
}

/// Returns the name of the report on a workbook.
///
/// ```
/// # use scrutineer::artifact::report_name;
/// assert_eq!(report_name("Spring/return.ods"), "Spring/return.report.pdf");
/// ```
pub fn report_name(workbook: &str) -> String {
    format!("{}.report.pdf", split_extension(workbook).0)
}

/// Splits a file's name from its extension; one without is taken for a workbook's.
fn split_extension(name: &str) -> (&str, &str) {
    let dot = name.rfind('.').filter(|dot| !name[*dot..].contains('/'));
    dot.map_or((name, "xlsx"), |dot| (&name[..dot], &name[dot + 1..]))
}
