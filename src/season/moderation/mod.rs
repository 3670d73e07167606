//! Which returns a moderator looks at, how likely each was to be drawn, and what moderators say of them.
//!
//! [`draw`] takes one return of each organisation. About half are those that most ask for a second look ([`risk`]), by the gravest cause
//! and its size, so that one cause with many consequences doesn't take all places: they are taken for certain. The others are drawn by chance from all that are left, so many of each outcome, so that what is found of them can be
//! told of those that nobody looked at; of each it is kept of how many it was drawn. By which lots hangs on what all workbooks of the
//! season hold, so that nobody can tell beforehand who will be drawn, no two seasons are alike, and the same season draws the same.
//! A draw whose list came back is kept by the list ([`kept`]), whatever became of the workbooks since; [`said`] reads what moderators say.

pub mod drawn;
pub mod kept;
pub mod risk;
pub mod said;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use sha2::{Digest, Sha256};

use super::{Season, SeasonReturn};
use crate::exact::Exact;
use crate::framework::{BandId, FrameworkId};
use kept::{Gone, Kept};
use risk::{AtRisk, Risk};
use said::{Doubt, Moderated, Said, Written};

pub use drawn::{Drawn, DrawnFor, NOT_DRAWN};

/// How moderators' returns are drawn.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Draw {
    /// What the draw hangs on; `None` is on what the workbooks hold.
    pub seed: Option<String>,
    /// How many returns of each framework; `None` is the square root of those that stand for an organisation, rounded up,
    /// and more by chance where fewer would be drawn so than an estimate of the others needs.
    pub returns: Option<usize>,
}

/// The moderation of a season.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Moderation {
    /// What the draw hung on.
    pub seed: String,
    /// The returns that were drawn, in order of the frameworks, then of the draw.
    pub drawn: Vec<Drawn>,
    /// The returns that were drawn by chance and count no more.
    pub gone: Vec<Gone>,
    /// What moderators say, of returns that were drawn or not.
    pub moderated: Vec<Moderated>,
    /// All that moderators wrote, whether or not it counts, and the lines of the draw that came back.
    pub written: Vec<Written>,
    /// What of their file people should look at.
    pub doubts: Vec<Doubt>,
}

/// A row of the list of moderation: a return that was drawn, or of which a moderator wrote something.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    /// The return, where it is drawn.
    pub drawn: Option<&'a Drawn>,
    /// What a moderator wrote of it.
    pub written: Option<&'a Written>,
}

impl<'a> Row<'a> {
    /// Returns the file of the return; `None` where it is no return that counts.
    pub fn file(&self) -> Option<&'a str> {
        self.drawn.map(|drawn| drawn.file.as_str()).or_else(|| self.written?.file.as_deref())
    }

    /// Returns the outcome that the return had when a moderator looked at it, as it is written; `None` where that isn't known.
    pub fn seen(&self) -> Option<&'a str> {
        let looked_at = self.written.filter(|written| written.is_moderators());
        looked_at.map(|written| written.seen.as_str()).filter(|seen| !seen.is_empty())
    }
}

impl Moderation {
    /// Returns the rows of the list: the returns that are drawn, then all else that moderators wrote, and what was drawn and counts no more.
    pub fn rows(&self) -> Vec<Row<'_>> {
        let mut of_file: BTreeMap<&str, Vec<&Written>> = BTreeMap::new();
        for written in self.written.iter().filter(|written| written.is_moderators()) {
            of_file.entry(written.file.as_deref().unwrap_or_default()).or_default().push(written);
        }
        let mut rows: Vec<Row> = Vec::new();
        for drawn in &self.drawn {
            let mine = of_file.get_mut(drawn.file.as_str());
            let written = mine.and_then(|mine| {
                let counts = mine.iter().position(|written| written.moderated.is_some()).unwrap_or_default();
                (!mine.is_empty()).then(|| mine.remove(counts))
            });
            rows.push(Row { drawn: Some(drawn), written });
        }
        let shown: BTreeSet<*const Written> =
            rows.iter().filter_map(|row| row.written).map(std::ptr::from_ref).collect();
        let is_left = |written: &&Written| {
            let is_gone = written.file.is_none() && written.said.is_drawn();
            (written.is_moderators() || is_gone) && !shown.contains(&std::ptr::from_ref(*written))
        };
        rows.extend(self.written.iter().filter(is_left).map(|written| Row { drawn: None, written: Some(written) }));
        rows
    }

    /// Returns what a moderator says of the return in this file.
    pub fn of_file(&self, file: &str) -> Option<&Moderated> {
        self.moderated.iter().find(|moderated| moderated.file == file)
    }

    /// Returns the files of the returns that moderators looked at though they aren't drawn.
    pub fn undrawn(&self) -> Vec<&str> {
        let is_drawn = |file: &str| self.drawn.iter().any(|drawn| drawn.file == file);
        self.moderated.iter().map(|one| one.file.as_str()).filter(|file| !is_drawn(file)).collect()
    }
}

/// A return that may be drawn.
struct Candidate<'a> {
    of: AtRisk<'a>,
    lot: [u8; 32],
}

impl Candidate<'_> {
    /// Returns by what one asks for a second look before another, the least first: the gravest cause, then how many there are, then the
    /// size of a change, then the lot.
    fn urgency(&self) -> (bool, Option<Risk>, Reverse<usize>, Reverse<&Exact>, [u8; 32]) {
        let AtRisk { risks, change, .. } = &self.of;
        (risks.is_empty(), risks.first().copied(), Reverse(risks.len()), Reverse(change), self.lot)
    }
}

/// Returns that one draw by chance is made from: how many are drawn, and those they are drawn from, in order of their lots.
struct Stratum<'a> {
    drawn: DrawnFor,
    taken: usize,
    from: Vec<Candidate<'a>>,
}

/// Draws returns, and puts what moderators say to the returns that it is about.
pub(super) fn moderate(season: &Season, said: &[Said]) -> Moderation {
    let Kept { drawn: mut kept, gone, mut doubts } = Kept::of(season, said);
    let (written, unput) = said::settle(season, said);
    doubts.extend(unput);
    let moderated = written.iter().filter_map(|one| one.moderated.clone()).collect();
    let mut moderation = drawn_by(season, said::seed(said));
    let fresh = std::mem::take(&mut moderation.drawn);
    kept.retain(|framework, drawn| !drawn.is_empty() && !is_part_of(drawn, &fresh, (framework, &gone)));
    let mut drawn: Vec<Drawn> = fresh.into_iter().filter(|drawn| !kept.contains_key(&drawn.framework)).collect();
    drawn.extend(kept.into_values().flatten());
    drawn.sort_by(|a, b| (&a.framework, a.place).cmp(&(&b.framework, b.place)));
    Moderation { drawn, gone, moderated, written, doubts, ..moderation }
}

/// Whether the draw that a list keeps is a part of the one that is made now, so that this is the whole of it.
fn is_part_of(kept: &[Drawn], made: &[Drawn], (framework, gone): (&FrameworkId, &[Gone])) -> bool {
    let is_made = |one: &Drawn| {
        made.iter().any(|other| {
            (&one.file, one.drawn, one.from, one.taken, &one.drawn_band)
                == (&other.file, other.drawn, other.from, other.taken, &other.drawn_band)
        })
    };
    !gone.iter().any(|gone| gone.framework == *framework) && kept.iter().all(is_made)
}

/// Draws returns of each framework.
pub fn draw(season: &Season) -> Moderation {
    drawn_by(season, None)
}

/// Draws returns of each framework by the seed of the draw whose list came back, else by the season's, else by what the workbooks hold.
fn drawn_by(season: &Season, kept: Option<&str>) -> Moderation {
    let how = &season.settings.moderation;
    let seed = kept.map(ToOwned::to_owned).or_else(|| how.seed.clone()).unwrap_or_else(|| seed(&season.returns));
    let used: BTreeSet<&FrameworkId> = season.headline().filter_map(|sent| sent.review.framework.as_ref()).collect();
    let drawn = used.into_iter().flat_map(|framework| {
        let mine = risk::of_framework(season, framework).into_iter();
        let mine = mine.map(|one| Candidate { lot: lot(&seed, framework, one.sent), of: one });
        of_framework(framework, mine.collect(), how.returns)
    });
    let drawn = drawn.collect();
    Moderation { seed, drawn, ..Moderation::default() }
}

/// So many of those drawn by chance must be looked at before the others are estimated.
pub const LEAST_BY_CHANCE: usize = 5;

/// Where nobody says how many are drawn, one of so many is drawn by chance at least, until there are as many as an estimate needs.
const FOR_EACH_BY_CHANCE: usize = 4;

/// Returns a seed of all that the workbooks of a season hold.
pub(crate) fn seed(returns: &[SeasonReturn]) -> String {
    let contents: BTreeSet<&str> = returns.iter().map(|sent| sent.review.sha256.as_str()).collect();
    let mut digest = Sha256::new();
    for content in contents {
        digest.update(format!("{content}\n"));
    }
    hex::encode(&digest.finalize()[..8])
}

/// Draws returns of one framework.
fn of_framework(framework: &FrameworkId, mut mine: Vec<Candidate>, most: Option<usize>) -> Vec<Drawn> {
    let wanted = most.unwrap_or_else(|| root(mine.len())).min(mine.len());
    mine.sort_by(|a, b| a.urgency().cmp(&b.urgency()));
    let at_risk = mine.iter().take(wanted / 2).filter(|candidate| !candidate.of.risks.is_empty()).count();
    let enough = if most.is_none() { LEAST_BY_CHANCE.min(mine.len() / FOR_EACH_BY_CHANCE) } else { 0 };
    let by_chance = (wanted - at_risk).max(enough);
    let mut rest = mine.split_off(at_risk);
    rest.sort_by_key(|candidate| candidate.lot);
    let certain = mine.into_iter().map(|one| Stratum { drawn: DrawnFor::Risk, taken: 1, from: vec![one] });
    let strata = certain.chain(by_chance_of(rest, by_chance));
    let drawn = strata.flat_map(|Stratum { drawn, taken, from }| {
        let of = from.len();
        from.into_iter().take(taken).map(move |one| (drawn, taken, of, one)).collect::<Vec<_>>()
    });
    drawn.zip(1..).map(|((drawn, taken, from, one), place)| one.drawn(framework, place, drawn, (taken, from))).collect()
}

impl Candidate<'_> {
    fn drawn(self, framework: &FrameworkId, place: usize, drawn: DrawnFor, (taken, from): (usize, usize)) -> Drawn {
        let review = &self.of.sent.review;
        Drawn {
            framework: framework.clone(),
            place,
            file: review.file.clone(),
            organisation: self.of.sent.organisation.clone(),
            unit: self.of.sent.part(),
            kind: review.kind.clone(),
            band: review.settled().cloned(),
            drawn_band: review.settled().cloned(),
            drawn,
            risks: self.of.risks,
            from,
            taken,
            probability: Exact::ratio(taken, from).unwrap_or_else(Exact::zero),
        }
    }
}

/// Shares what is drawn by chance among returns with an outcome; those whose outcome is open, of which moderation can't say whether it
/// would change, take only the places that are left over. Where none has an outcome all are drawn from together.
fn by_chance_of(rest: Vec<Candidate<'_>>, most: usize) -> Vec<Stratum<'_>> {
    let (settled, open): (Vec<Candidate>, Vec<Candidate>) =
        rest.into_iter().partition(|one| one.of.sent.review.settled().is_some());
    let left = most.saturating_sub(settled.len());
    [strata(settled, most - left), strata(open, left)]
        .into_iter()
        .flatten()
        .filter(|stratum| stratum.taken > 0)
        .collect()
}

/// Shares what is drawn by chance among outcomes, as many as each has returns and one at least; where there are more outcomes than are
/// drawn, or none, it is drawn from all together.
fn strata(rest: Vec<Candidate<'_>>, most: usize) -> Vec<Stratum<'_>> {
    let bands: BTreeSet<Option<&BandId>> = rest.iter().map(|one| one.of.sent.review.settled()).collect();
    if bands.len() > most || bands.iter().all(Option::is_none) {
        return vec![Stratum { drawn: DrawnFor::Rest, taken: most, from: rest }];
    }
    let mut outcomes: BTreeMap<Option<&BandId>, Vec<Candidate>> = BTreeMap::new();
    for one in rest {
        outcomes.entry(one.of.sent.review.settled()).or_default().push(one);
    }
    let mut strata: Vec<Stratum> =
        outcomes.into_values().map(|from| Stratum { drawn: DrawnFor::Outcome, taken: 1, from }).collect();
    for _ in strata.len()..most {
        // To the outcome of which the fewest are drawn beside how many there are.
        let open = strata.iter_mut().filter(|stratum| stratum.taken < stratum.from.len());
        let neediest = open.max_by(|a, b| (a.from.len() * b.taken).cmp(&(b.from.len() * a.taken)));
        if let Some(stratum) = neediest {
            stratum.taken += 1;
        }
    }
    strata
}

/// Returns the lot of a return: it hangs on the seed and on whose it is.
pub(crate) fn lot(seed: &str, framework: &str, sent: &SeasonReturn) -> [u8; 32] {
    let whose = sent.organisation.as_deref().unwrap_or(&sent.review.file);
    let each = sent.each.values().map(String::as_str);
    let said: Vec<&str> =
        [seed, framework, whose, sent.unit.as_deref().unwrap_or_default()].into_iter().chain(each).collect();
    Sha256::digest(said.join("\n")).into()
}

/// Returns the square root of a number, rounded up.
fn root(number: usize) -> usize {
    let root = number.isqrt();
    if root * root == number { root } else { root + 1 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::framework::Framework;
    use crate::season::{SeasonRecord, Settings, Surroundings, sample};

    fn season(frameworks: &[Framework], how: Draw, seed: u64, previous: Option<SeasonRecord>) -> Season<'_> {
        let settings = Settings { moderation: how, ..Settings::default() };
        let surroundings = Surroundings { settings, previous, ..Surroundings::default() };
        Season::new(frameworks, surroundings, sample::reviews(&frameworks[0], 40, seed))
    }

    fn organisations(drawn: &[Drawn]) -> Vec<&str> {
        drawn.iter().filter_map(|drawn| drawn.organisation.as_deref()).collect()
    }

    /// Returns the returns that stand for their organisations and have an outcome.
    fn settled(season: &Season) -> BTreeSet<String> {
        let settled = season.headline().filter(|sent| sent.review.settled().is_some());
        settled.map(|sent| sent.review.file.clone()).collect()
    }

    #[test]
    fn no_place_by_chance_goes_to_a_return_without_an_outcome_while_another_has_one() {
        let frameworks = [sample::usual()];
        for blank in [0, 10, 24, 36, 40] {
            let reviews = (0..40).map(|number: usize| {
                let first = Some(u32::from(number.is_multiple_of(2))).filter(|_| number >= blank);
                let answers = [&[first][..], &[Some(1); 11]].concat();
                sample::review(&frameworks[0], &format!("Organisation {number:02}"), "Self-assessment", &answers)
            });
            let season = Season::new(&frameworks, Surroundings::default(), reviews.collect());
            let drawn = season.moderation.drawn.iter().filter(|drawn| drawn.drawn != DrawnFor::Risk);
            let (with, without): (Vec<&Drawn>, Vec<&Drawn>) = drawn.partition(|drawn| drawn.band.is_some());
            assert_eq!(with.len() + without.len(), 7, "{blank}");
            assert_eq!(with.len(), 7.min(settled(&season).len()), "{blank}");
        }
    }

    #[test]
    fn the_same_workbooks_draw_the_same_and_others_draw_others() {
        let frameworks = [sample::usual()];
        let mut first = season(&frameworks, Draw::default(), 5, None);
        let drawn = draw(&first);
        assert_eq!((&first.moderation.seed, &first.moderation.drawn), (&drawn.seed, &drawn.drawn));
        first.returns.reverse();
        assert_eq!(draw(&first), drawn);
        let other = season(&frameworks, Draw::default(), 6, None);
        assert_ne!(organisations(&other.moderation.drawn), organisations(&drawn.drawn));
        first.returns[3].review.sha256.push('x');
        assert_ne!(draw(&first).seed, drawn.seed);
    }

    #[test]
    fn a_draw_that_is_kept_by_its_seed_survives_corrected_workbooks() {
        let frameworks = [sample::usual()];
        let kept = Draw { seed: Some("0123456789abcdef".to_owned()), returns: None };
        let mut season = season(&frameworks, kept, 5, None);
        let first = draw(&season);
        for sent in &mut season.returns {
            sent.review.file = format!("corrected/{}", sent.review.file);
            sent.review.sha256.clear();
        }
        assert_eq!(organisations(&draw(&season).drawn), organisations(&first.drawn));
    }

    #[test]
    fn one_return_an_organisation_is_drawn_and_as_many_as_asked_for() {
        let frameworks = [sample::usual()];
        for (returns, expected) in [(None, 7), (Some(3), 3), (Some(0), 0), (Some(1), 1), (Some(1000), 40)] {
            let season = season(&frameworks, Draw { seed: None, returns }, 5, None);
            let drawn = &season.moderation.drawn;
            assert_eq!(drawn.len(), expected, "{returns:?}");
            assert_eq!(organisations(drawn).into_iter().collect::<BTreeSet<_>>().len(), expected, "{returns:?}");
            assert!(drawn.iter().zip(1..).all(|(drawn, place)| drawn.place == place));
        }
    }

    #[test]
    fn weights_of_what_is_drawn_by_chance_come_to_all_that_is_left_with_an_outcome() {
        let frameworks = [sample::usual()];
        for returns in [None, Some(1), Some(2), Some(9), Some(20), Some(40)] {
            let season = season(&frameworks, Draw { seed: None, returns }, 5, None);
            let all = if returns == Some(40) { 40 } else { settled(&season).len() };
            let drawn = &season.moderation.drawn;
            let (certain, by_chance): (Vec<&Drawn>, Vec<&Drawn>) =
                drawn.iter().partition(|drawn| drawn.drawn == DrawnFor::Risk);
            let weights: Exact =
                by_chance.iter().map(|drawn| Exact::from(1).divided_by(&drawn.probability).unwrap()).sum();
            let certain_of_all = certain.iter().filter(|drawn| drawn.band.is_some() || all == 40).count();
            assert_eq!(weights, Exact::from(all - certain_of_all), "{returns:?}");
            assert!(certain.iter().all(|drawn| drawn.probability == Exact::from(1) && !drawn.risks.is_empty()));
            assert!(certain.len() <= drawn.len() / 2);
        }
    }

    #[test]
    fn over_many_draws_each_is_drawn_as_often_as_its_probability_says() {
        let frameworks = [sample::usual()];
        let season = season(&frameworks, Draw::default(), 5, None);
        let mut times: BTreeMap<String, (usize, Exact)> = BTreeMap::new();
        let mut again = season.clone();
        for number in 0..600 {
            again.settings.moderation.seed = Some(number.to_string());
            for drawn in draw(&again).drawn {
                let one = times.entry(drawn.file).or_insert((0, drawn.probability));
                one.0 += 1;
            }
        }
        let at_risk = |file: &&String| times[*file].1 == Exact::from(1);
        let by_chance: BTreeSet<String> = times.keys().filter(|file| !at_risk(file)).cloned().collect();
        assert!(by_chance.is_subset(&settled(&season)) && times.len() >= settled(&season).len());
        for (file, (times, probability)) in times {
            let expected = &probability * &Exact::from(600);
            // Four standard deviations and more round what is expected.
            assert!((&Exact::from(times) - &expected).abs() < Exact::from(60), "{file}: {times}, {probability}");
        }
    }

    #[test]
    fn a_root_is_rounded_up() {
        for (number, expected) in [(0, 0), (1, 1), (2, 2), (4, 2), (5, 3), (48, 7), (49, 7), (50, 8)] {
            assert_eq!(root(number), expected, "{number}");
        }
    }
}
