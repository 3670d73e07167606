//! A return beside the like one of last season.

use crate::document::{Cell, Column, Format, Part, Side, Table};
use crate::exact::Exact;
use crate::framework::{BandId, Framework, SectionId};
use crate::report::titled::title;
use crate::review::Review;
use crate::season::record::percent;
use crate::season::{Season, SeasonReturn};
use crate::words::number;

/// What a sender's return came to last season.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LastSeason {
    /// How the season is called.
    pub season: String,
    /// The outcome; `None` where it was open.
    pub band: Option<BandId>,
    /// The total in per cent of the most; `None` where it was open.
    pub percent: Option<Exact>,
    /// The sections in per cent of the most.
    pub sections: Vec<(SectionId, Exact)>,
}

impl LastSeason {
    /// Returns what the like return of last season came to; `None` where there is none on record.
    pub fn of(season: &Season, sent: &SeasonReturn) -> Option<Self> {
        let previous = season.previous.as_ref()?;
        let recorded = previous.like(sent)?;
        Some(Self {
            season: previous.season.clone(),
            band: recorded.band.clone(),
            percent: recorded.percent.clone(),
            sections: recorded.sections.iter().map(|(id, percent)| (id.clone(), percent.clone())).collect(),
        })
    }
}

/// What is set side by side: how it is called, what it came to then and comes to now, in per cent of the most.
type Row = (String, Exact, Exact);

/// Returns what changed since last season; `None` where nothing can be compared.
pub(super) fn part(framework: &Framework, review: &Review, last: &LastSeason) -> Option<Part> {
    let total = last.percent.clone().zip(percent(review, std::slice::from_ref(framework)));
    let total = total.map(|(then, now)| ("¤Total".to_owned(), then, now));
    let section = |(id, then): &(SectionId, Exact)| {
        let now = review.section(id)?.percent.clone()?;
        Some((title(framework.section(id)?), then.clone(), now))
    };
    let sections = last.sections.iter().filter_map(section);
    let said: Vec<String> =
        total.iter().map(|row| told(&last.season, row)).chain(outcome(framework, review, last)).collect();
    let rows: Vec<Row> = total.into_iter().chain(sections).collect();
    let share = |value: &Exact| format!("{}%", number(value, 1)).into();
    let columns = vec![
        Column::new("¤Section").share(1.6).cell(|(title, ..): &Row| title.into()),
        Column::new("Before").side(Side::Right).cell(move |(_, then, _): &Row| share(then)),
        Column::new("Now").side(Side::Right).cell(move |(.., now): &Row| share(now)),
        Column::new("Change").cell(|(_, then, now): &Row| Cell::number(now - then, Format::Signed(1))),
    ];
    let caption = format!("Percentage of the maximum, in {} and now", last.season);
    (!rows.is_empty())
        .then(|| Part::new("Since last season").lead(said).block(Table::of(&rows, columns).caption(caption)))
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
fn outcome(framework: &Framework, review: &Review, last: &LastSeason) -> Option<String> {
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
        let beside = LastSeason::of(&now, &now.returns[0]).unwrap();
        let part = part(&frameworks[0], &now.returns[0].review, &beside).unwrap();
        let said = "The ¤total is 100% of the maximum, 50 percentage points more than the 50% in 2024-25.";
        assert_eq!(part.leading(), [said, "The outcome was None then and is Excellent now."]);
        assert_eq!(rows(&part).len(), 4);
        assert_eq!(LastSeason::of(&last, &last.returns[0]), None);
    }
}
