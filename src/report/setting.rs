//! What all documents of a season share: whose they are, of which day, and what stands around their parts.

use jiff::civil::Date;

use crate::day::long_date;
use crate::document::branding::Branding;
use crate::document::letters::Letters;
use crate::document::{Block, Document, Kind, Part};
use crate::framework::Framework;
use crate::review::Review;

/// What all reports of a season share.
#[derive(Clone, Debug)]
pub struct Setting {
    /// Whose reports these are.
    pub branding: Branding,
    /// The day whose state the reports show; `None` where neither the season nor a return names one.
    pub date: Option<Date>,
    /// The day that the season names for all its returns; `None` where each return's own holds.
    pub data_date: Option<Date>,
    /// The day of letters, and from which what they ask for is due; `None` where nobody says it, and each is dated when it is sent.
    pub letter_date: Option<Date>,
    /// What can be printed.
    pub letters: Letters,
}

/// What stands around the parts of a document.
#[derive(Clone, Debug)]
pub(super) struct Around<'a> {
    /// What kind of document it is.
    pub(super) kind: Kind,
    /// What it is, in words: "Overarching report".
    pub(super) noun: &'a str,
    /// Its title: whose it is.
    pub(super) title: &'a str,
    /// The scheme, for its properties.
    pub(super) scheme: &'a str,
    /// What tells it from others of its title, for its properties; empty where nothing has to.
    pub(super) of: String,
    /// What stands at the foot of its pages, before who sends it.
    pub(super) foot: String,
}

impl Setting {
    /// Returns the setting of what is signed about one return: of the day that the season names, else of the return's own, so that
    /// nothing is dated, or due, by what others sent.
    pub(super) fn of_one(&self, framework: &Framework, review: &Review) -> Self {
        let date = self.data_date.or_else(|| review.date(framework)).or(self.date);
        Self { date, ..self.clone() }
    }

    /// Returns a document without parts.
    pub(super) fn document(&self, around: Around, framework: &Framework) -> Document {
        let Around { kind, noun, title, scheme, of, foot } = around;
        let as_of = self.date.map_or_else(String::new, |date| format!(", as of {}", long_date(date)));
        let owner = &self.branding.organisation;
        // A long foot is cut at its end: who sends it stands on the cover too, the day nowhere else.
        let sender = if owner.is_empty() { String::new() } else { format!(" \u{b7} {owner}") };
        let of = if of.is_empty() { of } else { format!(", {of}") };
        Document {
            full_title: format!("{title}: {noun}{of}"),
            subject: format!("{noun}: {scheme}"),
            kicker: format!("{noun}{as_of}"),
            head: [title.to_owned(), noun.to_owned()],
            foot: format!("{foot}{as_of}{sender}"),
            notices: illustrative(framework).into_iter().collect(),
            ..Document::new(kind, title)
        }
    }

    /// Returns whom to ask; `None` where nobody is named.
    pub(super) fn contact(&self, about: &str) -> Option<Part> {
        let contact = &self.branding.contact;
        let asked = format!("Questions about this {about}: {contact}");
        (!contact.is_empty()).then(|| Part::default().block(Block::Paragraph(asked)))
    }
}

/// Returns a season's title with the scheme before it, where it doesn't name it itself.
pub(super) fn of_scheme(framework: &Framework, title: &str) -> String {
    let names = title.to_lowercase().contains(&framework.title.to_lowercase());
    // A title of a season and its year stays together.
    let kept = if title.split_whitespace().count() <= 2 { title.replace(' ', "\u{a0}") } else { title.to_owned() };
    if names { title.to_owned() } else { format!("{}: {kept}", framework.title) }
}

/// Returns the mark of a framework whose wording was made up; `None` where it is the scheme's own.
pub(super) fn illustrative(framework: &Framework) -> Option<String> {
    framework.illustrative.then(|| {
        "Illustrative framework: part of its wording or numbers was made up for demonstration. Don\u{2019}t quote this \
         report as a result under the scheme."
            .to_owned()
    })
}
