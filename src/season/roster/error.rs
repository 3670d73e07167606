//! Why a roster can't be used, in words that say what to do.

use crate::plain_text::TextError;
use crate::words::list_of_at_most;
use crate::workbook::ReadError;

/// How a list is saved so that every program reads it alike.
const HOW_TO_SAVE: &str = "save the list again, in Excel by Save As as “CSV UTF-8 (Comma delimited)”";

/// How a list gets out of a document that is none.
const HOW_TO_COPY: &str = "where Excel opens it, save it there as a workbook (.xlsx) or as “CSV UTF-8 (Comma delimited)”; else copy what it lists into a sheet, and save that";

/// Why a roster can't be used.
#[derive(Debug, thiserror::Error)]
pub enum RosterError {
    /// There is no column of names; what its first line says.
    #[error("{}", no_organisation(.0))]
    NoOrganisation(Vec<String>),
    /// Several columns may be the one of names.
    #[error("several columns of line {line} may hold the names ({}); head only the one that does “organisation”", list_of_at_most(.headings, 9))]
    SeveralColumns {
        /// The line, from one.
        line: u64,
        /// Their headings.
        headings: Vec<String>,
    },
    /// There is nothing below its headings.
    #[error("no organisation stands below the headings in line {0}; write one in each line")]
    Nobody(u64),
    /// A line has more entries than there are headings.
    #[error(
        "“{1}” in line {0} stands beyond the last heading; put a name that has a comma in it in quotation marks, or {HOW_TO_SAVE}"
    )]
    TooMany(u64, String),
    /// A quotation mark has no other.
    #[error(
        "a quotation mark in line {0} isn\u{2019}t closed, so that the lines below would be taken for one entry; write two in place of one, or take it out"
    )]
    Unclosed(u64),
    /// It is neither text that can be read nor a workbook.
    #[error("{}; {HOW_TO_SAVE}", no_text(.0))]
    Text(#[from] TextError),
    /// It is a document of another kind; the text says of which.
    #[error("no list can be read from it, as it is {0}; {HOW_TO_COPY}")]
    Document(&'static str),
    /// It is a workbook that can't be read.
    #[error("{0}; {HOW_TO_SAVE}")]
    Workbook(#[source] ReadError),
    /// A line isn't put together as comma-separated text is.
    #[error("line {line} can\u{2019}t be read; {HOW_TO_SAVE}")]
    Unreadable {
        /// The line, from one.
        line: u64,
        /// What is wrong with it.
        #[source]
        source: csv::Error,
    },
}

/// Says why it can't be read as text, where a workbook would do as well.
fn no_text(error: &TextError) -> String {
    match error {
        TextError::NoText => "it is neither text nor a workbook".to_owned(),
        TextError::Letters(..) => error.to_string(),
    }
}

/// Says that no column holds names, and what stands there.
fn no_organisation(first: &[String]) -> String {
    let stands = match first {
        [] => "it is empty".to_owned(),
        entries => {
            let quoted: Vec<String> = entries.iter().map(|entry| format!("“{entry}”")).collect();
            format!("its first line says {}", list_of_at_most(&quoted, 6))
        }
    };
    format!("no column is headed “organisation”: {stands}; write that word above the column of names")
}
