//! A return beside an earlier one of the same organisation: the like one of last season, or the assessment before it.

use crate::document::{Cell, Column, Format, Part, Side, Table};
use crate::exact::Exact;
use crate::framework::{BandId, Framework, Section, SectionId};
use crate::report::titled::title;
use crate::review::{Review, SectionRecord};
use crate::season::record::percent;
use crate::season::{Season, SeasonReturn, again};
use crate::words::number;

/// What an earlier return of a sender came to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Earlier {
    /// Since when something is told: "last season", "the first assessment".
    pub since: String,
    /// How that is called behind "in": the season's name.
    pub season: String,
    /// The outcome; `None` where it was open.
    pub band: Option<BandId>,
    /// The total in per cent of the most; `None` where it was open.
    pub percent: Option<Exact>,
    /// The sections in per cent of the most.
    pub sections: Vec<(SectionId, Exact)>,
}

impl Earlier {
    /// Returns what the like return of last season came to; `None` where there is none on record.
    pub fn last_season(season: &Season, sent: &SeasonReturn) -> Option<Self> {
        let previous = season.previous.as_ref()?;
        let recorded = previous.like(sent)?;
        Some(Self {
            since: "last season".to_owned(),
            season: previous.season.clone(),
            band: recorded.band.clone(),
            percent: recorded.percent.clone(),
            sections: recorded.sections.iter().map(|(id, percent)| (id.clone(), percent.clone())).collect(),
        })
    }

    /// Returns what the assessment came to that an organisation was assessed again after; `None` where this is no such return.
    pub fn assessment(season: &Season, sent: &SeasonReturn) -> Option<Self> {
        let framework = season.framework(&sent.review)?;
        let before = &again::before(season.counted(), framework, sent)?.review;
        let kind = format!("the {}", before.kind.as_deref()?.to_lowercase());
        let reached = |section: &SectionRecord| Some((section.id.clone(), section.percent.clone()?));
        Some(Self {
            since: kind.clone(),
            season: kind,
            band: before.settled().cloned(),
            percent: percent(before, season.frameworks),
            sections: before.sections.iter().filter_map(reached).collect(),
        })
    }
}

/// What is set side by side: how it is called, what it came to then and comes to now, in per cent of the most.
type Row = (String, Exact, Exact);

/// Returns what changed since an earlier return; `None` where nothing can be compared.
pub(super) fn part(framework: &Framework, review: &Review, last: &Earlier) -> Option<Part> {
    let total = last.percent.clone().zip(percent(review, std::slice::from_ref(framework)));
    let total = total.map(|(then, now)| ("¤Total".to_owned(), then, now));
    let section = |section: &Section| {
        let (_, then) = last.sections.iter().find(|(id, _)| *id == section.id)?;
        Some((title(section), then.clone(), review.section(&section.id)?.percent.clone()?))
    };
    let sections = framework.sections.iter().filter_map(section);
    let said: Vec<String> =
        total.iter().map(|row| told(&last.season, row)).chain(outcome(framework, review, last)).collect();
    let rows: Vec<Row> = total.into_iter().chain(sections).collect();
    let share = |value: &Exact| format!("{}%", value.to_fixed(1)).into();
    let columns = vec![
        Column::new("¤Section").share(1.6).cell(|(title, ..): &Row| title.into()),
        Column::new("Before").side(Side::Right).cell(move |(_, then, _): &Row| share(then)),
        Column::new("Now").side(Side::Right).cell(move |(.., now): &Row| share(now)),
        Column::new("Change").cell(|(_, then, now): &Row| Cell::number(now - then, Format::Signed(1))),
    ];
    let caption = format!("Percentage of the maximum, in {} and now", last.season);
    (!rows.is_empty()).then(|| {
        Part::new(format!("Since {}", last.since)).lead(said).block(Table::of(&rows, columns).caption(caption))
    })
}

/// Says how the total changed.
fn told(season: &str, (_, then, now): &Row) -> String {
    let by = now - then;
    let (then, now) = (number(then, 1), number(now, 1));
    if by.rounded(1).is_zero() {
        return format!("The ¤total is {now}% of the maximum, as in {season}.");
    }
    let way = if by.is_negative() { "less" } else { "more" };
    format!(
        "The ¤total is {now}% of the maximum, {} percentage points {way} than the {then}% in {season}.",
        number(&by.abs(), 1)
    )
}

/// Says what the outcome was; `None` where it is the same, or either is open.
fn outcome(framework: &Framework, review: &Review, last: &Earlier) -> Option<String> {
    let (then, now) = (last.band.as_ref()?, review.settled()?);
    let [before, after] = [then, now].map(|band| framework.band_title(band));
    Some(if then == now {
        format!("The outcome is {after}, as it was then.")
    } else {
        format!("The outcome was {before} then and is {after} now.")
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::rows;
    use crate::framework::ReturnKind;
    use crate::season::{SeasonRecord, Surroundings, sample};

    #[test]
    fn a_sender_is_told_what_its_own_return_came_to_last_season() {
        let frameworks = [sample::usual()];
        let season = |points: u32, previous| {
            let reviews = vec![sample::review(&frameworks[0], "Acme", "Self-assessment", &[Some(points); 12])];
            Season::new(&frameworks, Surroundings { previous, ..Surroundings::default() }, reviews)
        };
        let last = season(1, None).called(Some("2024-25".to_owned()), None);
        let now = season(2, Some(SeasonRecord::of(&last)));
        let beside = Earlier::last_season(&now, &now.returns[0]).unwrap();
        let part = part(&frameworks[0], &now.returns[0].review, &beside).unwrap();
        let said = "The ¤total is 100% of the maximum, 50 percentage points more than the 50% in 2024-25.";
        assert_eq!(part.leading(), [said, "The outcome was None then and is Excellent now."]);
        assert_eq!(rows(&part).len(), 4);
        assert_eq!(Earlier::last_season(&last, &last.returns[0]), None);
    }

    #[test]
    fn who_was_assessed_again_is_told_what_the_first_assessment_came_to() {
        let mut framework = sample::usual();
        let kind = |choice: &str| ReturnKind { choice: choice.to_owned(), bands: Vec::new() };
        framework.kinds = ["Re-assessment", "First assessment", "Self-assessment"].map(kind).into();
        let frameworks = [framework];
        let review = |kind: &str, points| sample::review(&frameworks[0], "Acme", kind, &[Some(points); 12]);
        let reviews = [("First assessment", 1), ("Re-assessment", 2), ("Self-assessment", 0)];
        let reviews = reviews.map(|(kind, points)| review(kind, points)).into();
        let season = Season::new(&frameworks, Surroundings::default(), reviews);
        let beside = |at: usize| Earlier::assessment(&season, &season.returns[at]);
        let kinds: Vec<&str> = season.returns.iter().filter_map(|sent| sent.review.kind.as_deref()).collect();
        let again = kinds.iter().position(|kind| *kind == "Re-assessment").unwrap();
        let part = part(&frameworks[0], &season.returns[again].review, &beside(again).unwrap()).unwrap();
        assert_eq!(part.heading.as_deref(), Some("Since the first assessment"));
        let said = "The ¤total is 100% of the maximum, 50 percentage points more than the 50% in the first assessment.";
        assert_eq!(part.leading()[0], said);
        let others = (0..kinds.len()).filter(|at| *at != again);
        assert_eq!(others.filter_map(beside).count(), 0, "nothing was assessed before the others");
    }
}
