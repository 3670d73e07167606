//! One framework of a season: what its statistics are worked out from.

use std::collections::BTreeSet;

use crate::figure::{About, Disclosure, FigureOf};
use crate::framework::{Framework, RegisterSpec};
use crate::season::awaited::Awaited;
use crate::season::{Season, SeasonReturn};
use crate::tables::Frames;
use crate::words::{INCOMPLETE, OPEN};

/// One framework of a season, and what its statistics are worked out from.
pub(super) struct Subject<'a> {
    pub(super) season: &'a Season<'a>,
    pub(super) frames: &'a Frames,
    pub(super) framework: &'a Framework,
    /// The limits below which figures about organisations are hidden; those about people have the season's.
    pub(super) limits: Disclosure,
}

impl<'a> Subject<'a> {
    /// Returns the returns of this framework, counted or not.
    pub(super) fn all(&self) -> impl Iterator<Item = &'a SeasonReturn> + use<'a> {
        let id = &self.framework.id;
        self.season.returns.iter().filter(move |sent| sent.review.framework.as_ref() == Some(id))
    }

    /// Returns the returns of this framework that count.
    pub(super) fn counted(&self) -> impl Iterator<Item = &'a SeasonReturn> + use<'a> {
        self.all().filter(|sent| sent.counts())
    }

    /// Returns the returns of this framework that stand for their organisations, one each.
    pub(super) fn headline(&self) -> impl Iterator<Item = &'a SeasonReturn> + use<'a> {
        self.season.headline_of(&self.framework.id)
    }

    /// Returns how many organisations there are: those that came, and those that were expected and didn't; `None` where it isn't known
    /// who was expected.
    pub(super) fn population(&self) -> Option<usize> {
        let awaited = self.season.awaited(&self.framework.id);
        let is_absent = |one: &&Awaited| !self.counted().any(|sent| one.is_of(sent));
        let absent = awaited.iter().filter(is_absent).count();
        (!awaited.is_empty() && self.season.unplaced() == 0).then(|| self.headline().count() + absent)
    }

    /// Returns the door to the figures about something.
    pub(super) fn about(&self, of: FigureOf) -> About {
        let is_of_people = if let FigureOf::Register { register, .. } = &of {
            self.framework.register(register).is_none_or(RegisterSpec::is_of_people)
        } else {
            of.is_of_people()
        };
        let limits = if is_of_people { self.season.settings.disclosure } else { self.limits };
        About::new(&self.framework.id, of, limits)
    }

    /// Returns the names of all bands with their titles, best first, `incomplete` last; none where the framework sums no return up.
    pub(super) fn bands(&self) -> Vec<(String, String)> {
        if self.framework.outcome.bands.is_empty() {
            return Vec::new();
        }
        let bands = self.framework.outcome.bands.iter().map(|band| (band.id.to_string(), band.title.clone()));
        bands.chain([(INCOMPLETE.to_owned(), OPEN.to_owned())]).collect()
    }

    /// Returns the versions that returns are of.
    pub(super) fn versions(&self) -> Vec<String> {
        let versions = self.counted().filter_map(|sent| sent.review.framework_version.clone());
        versions.collect::<BTreeSet<_>>().into_iter().collect()
    }
}
