//! The dated steps of a season's returns: what is late, what is to come, and of what nobody knows.
//!
//! Each return's steps stand as of its own day, or of the season's where it has one. A step that was to come then may have come
//! since, by the day whose state the season shows; nobody says of it whether it was done.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{Season, SeasonReturn};
use crate::framework::FrameworkId;
use crate::review::DateRecord;
use crate::schedule::StepState;
use crate::words::file_title;

/// A dated step of a return that counts.
#[derive(Clone, Copy, Debug)]
pub struct SeasonStep<'a> {
    /// The return.
    pub sent: &'a SeasonReturn,
    /// The step.
    pub step: &'a DateRecord,
    /// Where it stands as of the season's day.
    pub standing: Standing,
}

/// Where a step of a season stands; what needs somebody's attention most comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Its day is past, and it wasn't done.
    Overdue,
    /// Its day is past, and it was the end of something.
    Ended,
    /// Its day is still to come.
    ToCome,
    /// Its day is past, and nobody says whether it was done.
    NotSaid,
    /// Its day came between the day as of which its return stands and the season's.
    CameSince,
    /// Its day isn't known.
    NoDay,
    /// It was done.
    Done,
}

impl Standing {
    /// Returns where a step stands, in the words of the season's people.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Overdue => "overdue",
            Self::Ended => "ended",
            Self::ToCome => "to come",
            Self::NotSaid => "not said",
            Self::CameSince => "came since",
            Self::NoDay => "no day yet",
            Self::Done => "done",
        }
    }

    /// Returns where a step stands as of the season's day.
    pub fn of(step: &DateRecord, as_of: Option<Date>) -> Self {
        match (step.state, step.date) {
            (StepState::Done, _) => Self::Done,
            (_, None) => Self::NoDay,
            (StepState::Overdue, Some(_)) => Self::Overdue,
            (StepState::Expired, Some(_)) => Self::Ended,
            (StepState::Unknown, Some(_)) => Self::NotSaid,
            (StepState::Due, Some(day)) if as_of.is_some_and(|as_of| day < as_of) => Self::CameSince,
            (StepState::Due, Some(_)) => Self::ToCome,
        }
    }
}

impl SeasonStep<'_> {
    /// Returns the day as of which its return stands; `None` where neither the season nor the return says one.
    pub fn as_of(&self) -> Option<Date> {
        self.step.as_of
    }

    /// Returns for how many days it has been overdue or ended; `None` where it is neither.
    pub fn days_late(&self) -> Option<i32> {
        match self.standing {
            Standing::Overdue | Standing::Ended => Some(self.step.date?.until(self.as_of()?).ok()?.get_days()),
            Standing::ToCome | Standing::NotSaid | Standing::CameSince | Standing::NoDay | Standing::Done => None,
        }
    }

    /// Returns whose step it is: the organisation and its part, or the file where it doesn't say.
    pub fn whose(&self) -> String {
        let organisation = self.sent.organisation.clone().unwrap_or_else(|| file_title(&self.sent.review.file));
        self.sent.part().map_or_else(|| organisation.clone(), |part| format!("{organisation}, {part}"))
    }
}

impl Season<'_> {
    /// Returns the day whose state each framework's returns show: the one that the season names for all, else the latest that one of
    /// them names for its data or its assessment; `None` where none does.
    pub fn days(&self) -> BTreeMap<&FrameworkId, Option<Date>> {
        let latest = |returns: Vec<&SeasonReturn>| {
            let days = returns.into_iter().filter_map(|sent| sent.review.date(self.framework(&sent.review)?));
            self.settings.data_date.or_else(|| days.max())
        };
        self.by_framework().into_iter().map(|(framework, returns)| (framework, latest(returns))).collect()
    }
}

/// Returns the dated steps of the returns that count, in order of where they stand as of the day of each, then of their days.
pub fn steps(returns: &[SeasonReturn], as_of: impl Fn(&SeasonReturn) -> Option<Date>) -> Vec<SeasonStep<'_>> {
    let counted = returns.iter().filter(|sent| sent.counts());
    let dated = counted.flat_map(|sent| sent.review.dates.iter().map(move |step| (sent, step)));
    let mut steps: Vec<SeasonStep> =
        dated.map(|(sent, step)| SeasonStep { sent, step, standing: Standing::of(step, as_of(sent)) }).collect();
    steps.sort_by_key(|step| (step.standing, step.step.date));
    steps
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::framework::Framework;
    use crate::returns::EntryValue;
    use crate::season::{Surroundings, sample};

    #[test]
    fn steps_stand_as_of_the_seasons_day() {
        let frameworks = [sample::usual()];
        let mut season = sample::season(&frameworks, 1);
        let on = |date: Option<&str>, state| sample::step("papers", date, state);
        let cases = [
            (on(Some("2026-03-01"), StepState::Overdue), Standing::Overdue, Some(9)),
            (on(Some("2026-02-28"), StepState::Expired), Standing::Ended, Some(10)),
            (on(Some("2026-04-01"), StepState::Due), Standing::ToCome, None),
            (on(Some("2026-03-01"), StepState::Unknown), Standing::NotSaid, None),
            (on(Some("2026-03-31"), StepState::Due), Standing::CameSince, None),
            (on(None, StepState::Unknown), Standing::NoDay, None),
            (on(Some("2026-03-01"), StepState::Done), Standing::Done, None),
        ];
        season.returns.truncate(1);
        season.returns[0].review.dates = cases.iter().rev().map(|(step, ..)| step.clone()).collect();
        let placed = steps(&season.returns, |_| Some(jiff::civil::date(2026, 4, 1)));
        for ((_, standing, late), step) in cases.into_iter().zip(placed) {
            assert_eq!((step.standing, step.days_late()), (standing, late));
        }
    }

    #[test]
    fn each_framework_has_the_latest_day_of_its_own_returns() {
        let other = Framework { id: "other".into(), ..sample::usual() };
        let frameworks = [sample::usual(), other];
        let returns =
            [(0, "A", Some("2013-10-16")), (0, "B", None), (1, "C", Some("2025-10-31")), (1, "D", Some("2025-06-04"))];
        let reviews = returns.map(|(of, name, day)| {
            let mut review = sample::review(&frameworks[of], name, "Self-assessment", &[Some(1); 12]);
            review.fields =
                day.map(|day| ("data_date".into(), EntryValue::Date(day.parse().unwrap()))).into_iter().collect();
            review
        });
        let mut season = Season::new(&frameworks, Surroundings::default(), reviews.into());
        let told = |season: &Season| -> Vec<Option<String>> {
            season.days().into_values().map(|day| day.map(|day| day.to_string())).collect()
        };
        let named = |day: &str| Some(day.to_owned());
        assert_eq!(told(&season), [named("2025-10-31"), named("2013-10-16")]);
        season.settings.data_date = Some(jiff::civil::date(2026, 1, 31));
        assert_eq!(told(&season), [named("2026-01-31"), named("2026-01-31")]);
    }
}
