//! Whom to ask for what: returns that didn't come or can't be read, answers that are missing, and what must be put right.

use std::collections::BTreeSet;

use super::{SeasonView, list, open_copy, open_report};
use crate::document::{Cell, Column, Document, Table, Use};
use crate::finding::{Finding, Severity};
use crate::framework::EntryKind;
use crate::review::{OutcomeRecord, Review, Status};
use crate::season::rules::return_missing;
use crate::wording::Wording;
use crate::words::{agree, capital, count, list_of_at_most, sentence};

/// The most answers that are named.
const MOST_NAMED: usize = 12;

/// One who is to be asked.
struct Asked<'a> {
    /// Whose return it is; empty where it doesn't say.
    organisation: &'a str,
    /// The return; `None` where none came.
    review: Option<&'a Review>,
    /// What is wanting, as sentences.
    wanting: Vec<String>,
    /// How to reach somebody there.
    reach: Vec<String>,
}

/// Returns the sheet; `None` where nothing is wanting.
pub(super) fn chase(view: &SeasonView) -> Option<Document> {
    let mut rows: Vec<Asked> = of_missing(view).collect();
    // What can't be read is asked for once, with whose it seems to be.
    let told: BTreeSet<&str> = rows.iter().filter_map(|asked| Some(asked.review?.file.as_str())).collect();
    let others = view.season.returns.iter().filter(|sent| !told.contains(sent.review.file.as_str()));
    let returns = others.filter_map(|sent| of_return(view, sent.organisation.as_deref(), &sent.review));
    let returns: Vec<Asked> = returns.collect();
    rows.extend(returns);
    let about = "Whom to ask for what: ¤returns that didn\u{2019}t come or can\u{2019}t be read, answers that are missing, and what must be put right. How to reach somebody is as the covers and the roster have it.";
    list(view, "To chase", about, Table::of(&rows, columns(view)).used(Use::List(1)))
}

fn columns<'a>(view: &'a SeasonView) -> Vec<Column<'a, Asked<'a>>> {
    fn file<'r>(asked: &Asked<'r>) -> Option<&'r str> {
        Some(asked.review?.file.as_str())
    }
    vec![
        Column::new("¤Organisation").chars(34.0).cell(|asked: &Asked| Cell::text_or_empty(Some(asked.organisation))),
        Column::new("Kind").chars(20.0).cell(|asked: &Asked| {
            Cell::text_or_empty(asked.review.and_then(|review| review.kind.as_deref()))
        }),
        Column::new("What is wanting").chars(70.0).cell(|asked: &Asked| asked.wanting.join(" ").into()),
        Column::new("How to reach them")
            .meaning("E-mail addresses and telephone numbers of the cover, of another ¤return of the same ¤organisation where none came, and the roster\u{2019}s columns that name a contact or e-mail.")
            .chars(40.0)
            .cell(|asked: &Asked| asked.reach.join(", ").into()),
        Column::new("File").chars(44.0).cell(|asked: &Asked| Cell::text_or_empty(file(asked))),
        Column::new("Annotated copy").chars(13.0).cell(move |asked: &Asked| file(asked).map_or(Cell::Empty, |file| open_copy(view, file))),
        Column::new("Report").chars(13.0).cell(move |asked: &Asked| file(asked).map_or(Cell::Empty, |file| open_report(view, file))),
    ]
}

/// Returns those of whom a return is missing.
fn of_missing<'a>(view: &'a SeasonView) -> impl Iterator<Item = Asked<'a>> {
    let missing = |finding: &&Finding| finding.is_of(&return_missing::RULE) && !finding.is_settled();
    view.season.findings.iter().filter(missing).filter_map(|finding| {
        let organisation = finding.organisation()?;
        let wanting = vec![sentence(&finding.message), finding.help.clone()];
        let own = view.season.returns.iter().filter(|sent| sent.organisation.as_deref() == Some(organisation));
        let mut reach = of_roster(view, organisation);
        reach.extend(own.flat_map(|sent| of_cover(view, &sent.review)));
        reach.dedup();
        Some(Asked { organisation, review: unread(view, finding), wanting, reach })
    })
}

/// Returns the one file that can't be read and may be what is missing; `None` where none may, or several.
fn unread<'a>(view: &'a SeasonView, finding: &Finding) -> Option<&'a Review> {
    let [file] = finding.files() else { return None };
    let review = &view.season.of_file(file)?.review;
    (review.status == Status::Unreadable).then_some(review)
}

/// Returns what is wanting in a return; `None` where nothing is, or another counts instead of it.
fn of_return<'a>(view: &SeasonView, organisation: Option<&'a str>, review: &'a Review) -> Option<Asked<'a>> {
    let wanting: Vec<String> = match review.status {
        Status::Unreadable => vec!["It can\u{2019}t be read; ask for it again.".to_owned()],
        Status::Scored | Status::Provisional => {
            let answers = review.outcome.as_ref().and_then(open);
            answers.into_iter().chain(to_put_right(review)).collect()
        }
        Status::Unrecognised | Status::Duplicate | Status::Superseded => Vec::new(),
    };
    let organisation = organisation.unwrap_or_default();
    let mut reach = of_cover(view, review);
    reach.extend(of_roster(view, organisation));
    (!wanting.is_empty()).then_some(Asked { organisation, review: Some(review), wanting, reach })
}

/// Says which answers are missing or can\u{2019}t be used; `None` where all are there.
fn open(outcome: &OutcomeRecord) -> Option<String> {
    let named = |items: Vec<String>| list_of_at_most(&items, MOST_NAMED);
    let missing: Vec<String> = outcome.missing.iter().map(ToString::to_string).collect();
    let said = |number: usize, items, what: &str| {
        let answers = capital(&count(number, "answer", "answers"));
        (number > 0).then(|| format!("{answers} {} {what}: {}.", agree(number, "is", "are"), named(items)))
    };
    said(missing.len(), missing, "missing").or_else(|| {
        let entries = capital(&count(outcome.unusable.len(), "entry is", "entries are"));
        let unusable = &outcome.unusable;
        (!unusable.is_empty())
            .then(|| format!("{entries} blank or can\u{2019}t be used: {}.", list_of_at_most(unusable, MOST_NAMED)))
    })
}

/// Says how many findings must be put right; `None` where none must.
fn to_put_right(review: &Review) -> Option<String> {
    let number = review.to_answer(Severity::Error);
    (number > 0).then(|| format!("{} must be put right.", capital(&count(number, "finding", "findings"))))
}

/// Returns the e-mail addresses and telephone numbers of a return's cover.
fn of_cover(view: &SeasonView, review: &Review) -> Vec<String> {
    let fields = view.season.framework(review).map_or(&[][..], |framework| &framework.fields);
    let contacts = fields.iter().filter(|field| matches!(field.kind, EntryKind::Contact));
    contacts.filter_map(|field| review.fields.get(field.id.as_str())).map(ToString::to_string).collect()
}

/// Returns what the roster says of how to reach an organisation.
fn of_roster(view: &SeasonView, organisation: &str) -> Vec<String> {
    let expected = view.season.roster.as_ref().and_then(|roster| roster.find(organisation));
    let is_contact = |heading: &str| {
        let heading = Wording::of(heading);
        ["mail", "contact", "telephone", "phone"].iter().any(|word| heading.as_str().contains(word))
    };
    let columns = expected.into_iter().flat_map(|expected| &expected.columns);
    columns.filter(|(heading, _)| is_contact(heading)).map(|(_, value)| value.clone()).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::document::branding::Branding;
    use crate::document::rows;
    use crate::report::Audience;
    use crate::season::team_notes::TeamNotes;
    use crate::season::{Expected, Roster, Season, Surroundings, sample};
    use crate::statistics::Statistics;

    #[test]
    fn whoever_owes_something_is_told_with_what_it_is() {
        let frameworks = [sample::usual()];
        let review = |name: &str, first| {
            let answers = [[first].as_slice(), &[Some(1); 11]].concat();
            sample::review(&frameworks[0], name, "Self-assessment", &answers)
        };
        let mut open = review("Open", None);
        open.outcome.as_mut().unwrap().missing = vec!["1.1".into()];
        let mut wrong = review("Wrong", Some(1));
        wrong.findings = vec![sample::finding("evidence-missing", Severity::Error, "1.1", 5)];
        let expected = |name: &str| Expected {
            organisation: name.to_owned(),
            columns: BTreeMap::from([("Contact e-mail".to_owned(), format!("{}@example.org", name.to_lowercase()))]),
            ..Expected::default()
        };
        let roster =
            Roster { organisations: vec![expected("Absent"), expected("Open"), expected("Torn")], ..Roster::default() };
        let surroundings = Surroundings { roster: Some(roster), ..Surroundings::default() };
        let unread = Review::unread("torn.xlsx", String::new(), Status::Unreadable, Vec::new());
        let season = Season::new(&frameworks, surroundings, vec![open, wrong, review("Fine", Some(1)), unread]);
        let statistics = Statistics::of_season(&season).unwrap();
        let (branding, made) = (Branding::default(), BTreeMap::new());
        let view = SeasonView {
            title: "Season",
            branding: &branding,
            season: &season,
            statistics: &statistics,
            notes: &TeamNotes::default(),
            made: &made,
            date: None,
            audience: Audience::Team,
            title_of: |_| None,
        };
        let told: Vec<[String; 3]> = rows(&chase(&view).unwrap().parts[0])
            .into_iter()
            .map(|row| [row[0].clone(), row[2].clone(), row[3].clone()])
            .collect();
        let absent = "Absent is on the roster and sent nothing. Ask for the return; if it came under another name, put that name right on its cover.";
        let torn = "Torn is on the roster, and no return says that it is theirs. By its name it may be torn.xlsx, which couldn't be used: ask for it again.";
        let expected = [
            ["Absent", absent, "absent@example.org"],
            // The file that can't be read and seems to be theirs is asked for once.
            ["Torn", torn, "torn@example.org"],
            ["Open", "1 answer is missing: 1.1.", "open@example.org"],
            ["Wrong", "1 finding must be put right.", ""],
        ];
        assert_eq!(told, expected.map(|row| row.map(str::to_owned)));
    }
}
