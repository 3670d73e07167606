//! The draw that a list keeps which came back: its returns, how each was drawn, and from how many.
//!
//! A draw is made once. Workbooks are put right after it, and may have other outcomes then; by those another draw would be made, and what
//! moderators found in this one could be told of nobody. Of a list that is a part of the draw that would be made, that draw is kept whole.

use std::collections::{BTreeMap, BTreeSet};

use super::Season;
use super::drawn::{Drawn, DrawnFor};
use super::risk::Risk;
use super::said::{self, Doubt, Said};
use crate::exact::Exact;
use crate::framework::{BandId, Framework, FrameworkId};
use crate::season::SeasonReturn;

/// A return that was drawn by chance and counts no more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gone {
    /// The framework.
    pub framework: FrameworkId,
    /// For what it was drawn.
    pub drawn: DrawnFor,
    /// The outcome that it had then; `None` where that was open.
    pub band: Option<BandId>,
}

/// What lists keep of a draw.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Kept {
    /// The returns, by framework, in order of the draw.
    pub(super) drawn: BTreeMap<FrameworkId, Vec<Drawn>>,
    /// Those that count no more.
    pub(super) gone: Vec<Gone>,
    /// What of it can't be kept.
    pub(super) doubts: Vec<Doubt>,
}

impl Kept {
    /// Returns what moderators' lists keep.
    pub(super) fn of(season: &Season, said: &[Said]) -> Self {
        let mut kept = Self::default();
        if let Some(why) = said::several_draws(said) {
            kept.doubts.push(Doubt { framework: None, why });
            return kept;
        }
        let sizes = Sizes::of(said);
        for one in said.iter().filter(|one| one.is_drawn()) {
            let Some(framework) = one.framework(season) else { continue };
            if let Err(why) = kept.add(season, framework, (one, &sizes)) {
                kept.doubts.push(one.doubt(season, format!("{}: {why}", one.at)));
            }
        }
        kept.drawn.values_mut().for_each(|drawn| drawn.sort_by_key(|one| one.place));
        kept
    }

    fn add(&mut self, season: &Season, framework: &Framework, (one, sizes): (&Said, &Sizes)) -> Result<(), String> {
        let unread = || format!("how it was drawn can\u{2019}t be read (\u{201c}{}\u{201d})", one.drawn.drawn);
        let drawn = DrawnFor::named(&one.drawn.drawn).ok_or_else(unread)?;
        let band = said::as_sent(framework, one.when_drawn())?;
        match said::meant(season, one) {
            Ok(sent) => {
                let (taken, from) = sizes.of_one(one, drawn).ok_or_else(unread)?;
                let places = self.drawn.entry(framework.id.clone()).or_default();
                let place = one.drawn.place.parse().unwrap_or(places.len() + 1);
                if !places.iter().any(|other| other.file == sent.review.file) {
                    places.push(kept(
                        framework,
                        sent,
                        AsDrawn { place, drawn, band, taken, from, risks: &one.drawn.risks },
                    ));
                }
                Ok(())
            }
            Err(why) => {
                self.gone.push(Gone { framework: framework.id.clone(), drawn, band });
                // What is said of it is told to say nothing in any case.
                if one.has_words() { Ok(()) } else { Err(format!("{why}; the draw is kept without it")) }
            }
        }
    }
}

/// How a return was drawn.
struct AsDrawn<'a> {
    place: usize,
    drawn: DrawnFor,
    band: Option<BandId>,
    taken: usize,
    from: usize,
    risks: &'a str,
}

fn kept(framework: &Framework, sent: &SeasonReturn, as_drawn: AsDrawn) -> Drawn {
    let AsDrawn { place, drawn, band, taken, from, risks } = as_drawn;
    Drawn {
        framework: framework.id.clone(),
        place,
        file: sent.review.file.clone(),
        organisation: sent.organisation.clone(),
        unit: sent.part(),
        kind: sent.review.kind.clone(),
        band: sent.review.settled().cloned(),
        drawn_band: band,
        drawn,
        risks: Risk::named(risks),
        from,
        taken,
        probability: Exact::ratio(taken, from).unwrap_or_else(Exact::zero),
    }
}

/// By what returns were drawn together: the framework, for what, the outcome then, and how likely each was.
type Together<'a> = (&'a str, &'a str, &'a str, &'a str);

/// How many returns of a list were drawn together, for lists that tell only how likely each was.
struct Sizes<'a>(BTreeMap<Together<'a>, BTreeSet<&'a str>>);

impl<'a> Sizes<'a> {
    fn of(said: &'a [Said]) -> Self {
        let mut sizes: BTreeMap<Together, BTreeSet<&str>> = BTreeMap::new();
        for one in said {
            sizes.entry(together(one)).or_default().insert(&one.file);
        }
        Self(sizes)
    }

    /// Returns how many were drawn together, and from how many; `None` where the list doesn't tell.
    fn of_one(&self, one: &Said, drawn: DrawnFor) -> Option<(usize, usize)> {
        if drawn == DrawnFor::Risk {
            return Some((1, 1));
        }
        if let (Ok(taken), Ok(from)) = (one.drawn.taken.parse(), one.drawn.from.parse()) {
            return Some((taken, from)).filter(|(taken, from)| 0 < *taken && taken <= from);
        }
        let taken = self.0.get(&together(one))?.len();
        let chance: Exact = one.drawn.chance.parse().ok()?;
        // Of a list in which some are left out it comes to no whole number.
        let from = Exact::from(taken).divided_by(&chance)?.to_fixed(2).strip_suffix(".00")?.parse().ok()?;
        Some((taken, from)).filter(|(taken, from)| taken <= from)
    }
}

fn together(one: &Said) -> Together<'_> {
    (&one.framework, &one.drawn.drawn, one.when_drawn(), &one.drawn.chance)
}
