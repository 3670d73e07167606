//! Whom to ask for what: returns that didn't come or can't be read, answers that are missing, and what must be put right.

use std::collections::{BTreeMap, BTreeSet};

use super::{SeasonView, list, of_framework, open_copy, open_report};
use crate::document::{Cell, Column, Document, Table, Use};
use crate::finding::{Finding, Severity};
use crate::framework::{EntryKind, unmarked};
use crate::report::of_season::reassessment;
use crate::review::{OutcomeRecord, Review, Status};
use crate::season::SeasonReturn;
use crate::season::rules::return_missing;
use crate::wording::Wording;
use crate::words::{agree, capital, count, list_of_at_most, sentence, words_of};

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
    let again = again(view);
    let others = view.season.returns.iter().filter(|sent| !told.contains(sent.review.file.as_str()));
    let returns = others.filter_map(|sent| of_return(view, sent, again.get(sent.review.file.as_str())));
    let returns: Vec<Asked> = returns.collect();
    rows.extend(returns);
    let about = "Whom to ask for what: ¤returns that didn\u{2019}t come or can\u{2019}t be read, answers that are missing, what must be put right, and what is wanted again. How to reach somebody is as the covers and the roster have it.";
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
            .chars(44.0)
            .cell(|asked: &Asked| Cell::Lines(asked.reach.clone())),
        Column::new("File").chars(44.0).cell(|asked: &Asked| Cell::text_or_empty(file(asked))),
        Column::new("Annotated copy").chars(13.0).cell(move |asked: &Asked| file(asked).map_or(Cell::Empty, |file| open_copy(view, file))),
        Column::new("Report").chars(13.0).cell(move |asked: &Asked| file(asked).map_or(Cell::Empty, |file| open_report(view, file))),
    ]
}

/// Returns what is wanted again of returns that stand for their organisations, by file.
fn again<'a>(view: &'a SeasonView) -> BTreeMap<&'a str, String> {
    let seasons = view.statistics.frameworks.iter().filter_map(|statistics| of_framework(view, statistics));
    let asked = seasons.flat_map(|season| reassessment::asked(&season));
    asked.map(|(review, said)| (review.file.as_str(), said)).collect()
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
        Some(Asked { organisation, review: unread(view, finding), wanting, reach: once(reach) })
    })
}

/// Returns the one file that can't be read and may be what is missing; `None` where none may, or several.
fn unread<'a>(view: &'a SeasonView, finding: &Finding) -> Option<&'a Review> {
    let [file] = finding.files() else { return None };
    let review = &view.season.of_file(file)?.review;
    (review.status == Status::Unreadable).then_some(review)
}

/// Returns what is wanting in a return, and what is wanted again; `None` where nothing is, or another counts instead of it.
fn of_return<'a>(view: &'a SeasonView, sent: &'a SeasonReturn, again: Option<&String>) -> Option<Asked<'a>> {
    let review = &sent.review;
    let wanting: Vec<String> = match review.status {
        Status::Unreadable if is_accepted(view, review) => Vec::new(),
        Status::Unreadable => vec!["It can\u{2019}t be read; ask for it again.".to_owned()],
        Status::Scored | Status::Provisional => {
            let answers = review.outcome.as_ref().and_then(|outcome| open(review, outcome));
            answers.into_iter().chain(to_put_right(review)).chain(again.cloned()).collect()
        }
        Status::Unrecognised | Status::Duplicate | Status::Superseded => Vec::new(),
    };
    let organisation = sent.organisation.as_deref().or_else(|| seems_of(view, &review.file)).unwrap_or_default();
    let mut reach = of_cover(view, review);
    reach.extend(of_roster(view, organisation));
    (!wanting.is_empty()).then_some(Asked { organisation, review: Some(review), wanting, reach: once(reach) })
}

/// Whether the team accepted that a file can't be read, or that the return is missing which it may be.
fn is_accepted(view: &SeasonView, review: &Review) -> bool {
    let is_unread = |finding: &&Finding| finding.severity > Severity::Note || finding.waived.is_some();
    let mut own = review.findings.iter().filter(is_unread).peekable();
    let missing =
        |finding: &&Finding| finding.is_of(&return_missing::RULE) && finding.files() == [review.file.as_str()];
    let mut may_be = view.season.findings.iter().filter(missing).peekable();
    (own.peek().is_some() && own.all(Finding::is_settled))
        || (may_be.peek().is_some() && may_be.all(Finding::is_settled))
}

/// Returns of whom the one return is missing that a file without a name may be, by the file's name; `None` of others.
fn seems_of<'a>(view: &'a SeasonView, file: &str) -> Option<&'a str> {
    let missing = |finding: &&Finding| finding.is_of(&return_missing::RULE) && finding.files() == [file];
    view.season.findings.iter().find(missing).and_then(Finding::organisation)
}

/// Leaves out what another line says too.
fn once(lines: Vec<String>) -> Vec<String> {
    let mut told: Vec<String> = Vec::new();
    for line in lines {
        if !told.iter().any(|other| other.contains(&line)) {
            told.push(line);
        }
    }
    told
}

/// Says which answers are missing or can\u{2019}t be used; `None` where all are there that must be.
fn open(review: &Review, outcome: &OutcomeRecord) -> Option<String> {
    let named = |items: Vec<String>| list_of_at_most(&items, MOST_NAMED);
    let missing = review.missing();
    let said = |number: usize, items, what: &str| {
        let answers = capital(&count(number, "answer", "answers"));
        (number > 0).then(|| format!("{answers} {} {what}: {}.", agree(number, "is", "are"), named(items)))
    };
    said(missing.len(), missing, "missing").or_else(|| {
        let named = list_of_at_most(&outcome.unusable, MOST_NAMED);
        outcome.entries_in_words().map(|entries| format!("{}: {named}.", capital(&entries)))
    })
}

/// Says how many findings must be put right; `None` where none must.
fn to_put_right(review: &Review) -> Option<String> {
    let number = review.to_answer(Severity::Error);
    let errors: Vec<&Finding> =
        review.asked().filter(|finding| finding.severity == Severity::Error && !finding.is_settled()).collect();
    let named = in_few_words(&errors);
    (number > 0).then(|| {
        let findings = capital(&count(number, "finding", "findings"));
        format!("{findings} must be put right: {}.", list_of_at_most(&named, MOST_NAMED))
    })
}

/// Returns which rules found something: one alone with its cell, several of one rule with how many they are.
fn in_few_words(findings: &[&Finding]) -> Vec<String> {
    let mut rules: Vec<(&str, Vec<&Finding>)> = Vec::new();
    for finding in findings {
        match rules.iter_mut().find(|(rule, _)| *rule == finding.rule.as_str()) {
            Some((_, mine)) => mine.push(finding),
            None => rules.push((finding.rule.as_str(), vec![finding])),
        }
    }
    let said = |(rule, mine): &(&str, Vec<&Finding>)| {
        let words = words_of(rule).to_lowercase();
        match mine[..] {
            [one] => one.cell().map_or_else(|| words.clone(), |cell| format!("{words} ({cell})")),
            _ => format!("{words} ({} times)", mine.len()),
        }
    };
    rules.iter().map(said).collect()
}

/// Returns the e-mail addresses and telephone numbers of a return's cover, a line for each whom the form names apart.
fn of_cover(view: &SeasonView, review: &Review) -> Vec<String> {
    let fields = view.season.framework(review).map_or(&[][..], |framework| &framework.fields);
    let contacts = fields.iter().filter(|field| matches!(field.kind, EntryKind::Contact));
    let mut whose: Vec<(&str, Vec<String>)> = Vec::new();
    for field in contacts {
        let Some(value) = review.fields.get(field.id.as_str()) else { continue };
        let who = unmarked(field.row.as_ref().unwrap_or(&field.label));
        match whose.iter_mut().find(|(other, _)| *other == who) {
            Some((_, values)) => values.push(value.to_string()),
            None => whose.push((who, vec![value.to_string()])),
        }
    }
    match whose.as_slice() {
        [(_, values)] => vec![together(values)],
        several => several.iter().map(|(who, values)| format!("{who}: {}", together(values))).collect(),
    }
}

/// Puts what is known of one contact side by side: where each cell has a line for each of several people, person by person.
fn together(values: &[String]) -> String {
    let lines = |value: &'_ String| value.lines().map(|line| line.trim().to_owned()).collect::<Vec<String>>();
    let values: Vec<Vec<String>> = values.iter().map(lines).collect();
    let people = values.first().map_or(0, Vec::len);
    if values.iter().all(|lines| lines.len() == people) {
        let person = |at: usize| values.iter().map(|lines| lines[at].as_str()).collect::<Vec<_>>().join(", ");
        return (0..people).map(person).collect::<Vec<_>>().join("; ");
    }
    values.concat().join(", ")
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
    use super::*;
    use crate::document::branding::Branding;
    use crate::document::rows;
    use crate::framework::{CalendarStep, Field, FieldRole, sample as parts};
    use crate::report::Audience;
    use crate::schedule::StepState;
    use crate::season::team_notes::TeamNotes;
    use crate::season::{Expected, Roster, Season, Surroundings, sample};
    use crate::statistics::Statistics;

    /// Returns who is asked for what, and how they are reached.
    fn told(season: &Season) -> Vec<[String; 3]> {
        let statistics = Statistics::of_season(season).unwrap();
        let (branding, made) = (Branding::default(), BTreeMap::new());
        let view = SeasonView {
            title: "Season",
            branding: &branding,
            season,
            statistics: &statistics,
            notes: &TeamNotes::default(),
            made: &made,
            date: None,
            audience: Audience::Team,
            title_of: |_| None,
        };
        let rows = rows(&chase(&view).unwrap().parts[0]);
        rows.into_iter().map(|row| [row[0].clone(), row[2].clone(), row[3].clone()]).collect()
    }

    #[test]
    fn who_has_to_come_again_is_told_with_by_when() {
        let mut framework = sample::usual();
        framework.outcome.again = Some("re-assessment".to_owned());
        framework.outcome.bands.last_mut().unwrap().again = true;
        framework.calendar = vec![CalendarStep { again: true, ..parts::step("next", "none") }];
        let frameworks = [framework];
        let review = |name: &str, kind: &str, points, day| {
            let mut review = sample::review(&frameworks[0], name, kind, &[Some(points); 12]);
            review.dates = vec![sample::step("next", day, StepState::Due)];
            review
        };
        let reviews = vec![
            review("A", "Self-assessment", 0, Some("2026-06-10")),
            review("B", "Self-assessment", 0, None),
            review("C", "Self-assessment", 2, None),
        ];
        let season = Season::new(&frameworks, Surroundings::default(), reviews);
        let wanted: Vec<String> = told(&season).into_iter().map(|[who, what, _]| format!("{who}: {what}")).collect();
        assert_eq!(
            wanted,
            [
                "A: It needs re-assessment by 10 June 2026. The total is 0.0%; Good needs 65.0%.",
                "B: It needs re-assessment. The total is 0.0%; Good needs 65.0%.",
            ]
        );
    }

    #[test]
    fn a_return_that_names_nobody_is_asked_of_whom_it_seems_to_be() {
        let frameworks = [sample::usual()];
        let answers = [[None].as_slice(), &[Some(1); 11]].concat();
        let mut nameless = sample::review(&frameworks[0], "Acme Works", "Self-assessment", &answers);
        nameless.organisation = None;
        nameless.outcome.as_mut().unwrap().missing = vec!["1.1".into()];
        let roster = Roster::of(vec![Expected { organisation: "Acme Works".to_owned(), ..Expected::default() }]);
        let surroundings = Surroundings { roster: Some(roster), ..Surroundings::default() };
        let season = Season::new(&frameworks, surroundings, vec![nameless]);
        let who: Vec<String> = told(&season).into_iter().map(|[who, ..]| who).collect();
        assert_eq!(who, ["Acme Works", "Acme Works"]);
    }

    #[test]
    fn contacts_whom_the_form_names_apart_have_a_line_each_with_whose_they_are() {
        let mut framework = sample::usual();
        let contact = |id: &str, label: &str, row: Option<&str>| Field {
            row: row.map(ToOwned::to_owned),
            role: None,
            ..parts::field(id, label, EntryKind::Contact, FieldRole::Region)
        };
        framework.fields.extend([
            contact("client_email", "E", Some("Client:")),
            contact("client_telephone", "T", Some("Client:")),
            contact("centre", "Centre:", None),
        ]);
        let frameworks = [framework];
        let mut review = sample::review(&frameworks[0], "A", "Self-assessment", &[Some(1); 12]);
        review.findings = vec![sample::finding("evidence-missing", Severity::Error, "1.1", 5)];
        for (id, value) in [
            ("client_email", "a@example.org\nb@example.org"),
            ("client_telephone", "01632 960165\n01632 960983"),
            ("centre", "c@example.org"),
        ] {
            review.fields.insert(id.into(), value.into());
        }
        let season = Season::new(&frameworks, Surroundings::default(), vec![review]);
        let client = "Client: a@example.org, 01632 960165; b@example.org, 01632 960983";
        assert_eq!(told(&season)[0][2], format!("{client}\nCentre: c@example.org"));
        assert_eq!(together(&["a\nb".to_owned(), "1".to_owned()]), "a, b, 1");
        assert_eq!(once(vec!["E: a".to_owned(), "a".to_owned(), "b".to_owned()]), ["E: a", "b"]);
    }

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
        let roster = Roster::of(vec![expected("Absent"), expected("Open"), expected("Torn")]);
        let surroundings = Surroundings { roster: Some(roster), ..Surroundings::default() };
        let unread = Review::unread("torn.xlsx", String::new(), Status::Unreadable, Vec::new());
        let season = Season::new(&frameworks, surroundings, vec![open, wrong, review("Fine", Some(1)), unread]);
        let told = told(&season);
        let absent = "Absent is on the roster and sent nothing. Ask for the return; if it came under another name, put that name right on its cover.";
        let torn = "Torn is on the roster, and no return says that it is theirs. By its name it may be torn.xlsx, which couldn't be used: ask for it again.";
        let expected = [
            ["Absent", absent, "absent@example.org"],
            // The file that can't be read and seems to be theirs is asked for once.
            ["Torn", torn, "torn@example.org"],
            ["Open", "1 answer is missing: 1.1.", "open@example.org"],
            ["Wrong", "1 finding must be put right: evidence missing (D5).", ""],
        ];
        assert_eq!(told, expected.map(|row| row.map(str::to_owned)));
    }
}
