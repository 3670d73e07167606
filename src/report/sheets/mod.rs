//! The sheets of the season workbook: what came, what it says, and what is to be done, for the people who process a season.
//!
//! Each sheet is a function that gives a [`Document`](crate::document::Document); what its columns mean stands with them, and the
//! data dictionary is made of that.

mod dictionary;
mod returns;

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::document::branding::Branding;
use crate::document::{Document, Kind};
use crate::season::Season;
use crate::statistics::Statistics;

pub use dictionary::meanings;
pub use returns::{returns, status};

/// What the season workbook is made from.
#[derive(Clone, Copy, Debug)]
pub struct SeasonView<'a> {
    /// How the season is called.
    pub title: &'a str,
    /// Who runs it, and how that looks.
    pub branding: &'a Branding,
    /// The returns.
    pub season: &'a Season<'a>,
    /// What they come to.
    pub statistics: &'a Statistics,
    /// Where the files made for each return lie, by the return's file.
    pub made: &'a BTreeMap<String, Made>,
    /// The day whose state it shows; `None` where neither the season nor a return names one.
    pub date: Option<Date>,
}

/// The files made for a return, as paths from the season workbook's folder with `/` between folders.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Made {
    /// The annotated copy, or the workbook of findings beside a format that can't be annotated.
    pub annotated: Option<String>,
    /// The report.
    pub report: Option<String>,
}

/// Returns an empty sheet of this name, with the line below its title.
fn sheet(view: &SeasonView, name: &str, about: &str) -> Document {
    let sheet = Document::new(Kind::Sheet, name).introduction([about]);
    Document { subject: name.to_owned(), head: [view.title.to_owned(), String::new()], ..sheet }
}
