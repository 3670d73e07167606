//! The kinds of return that a scheme has: which stands for an organisation, and which bands each can come to.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Band, BandId, Framework};

/// A kind of return.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "ReturnKindEntry")]
pub struct ReturnKind {
    /// The choice of the field that says the kind: `External assessment`.
    pub choice: String,
    /// The bands that a return of this kind can come to; all of them where none is named.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub bands: Vec<BandId>,
}

/// Bands by which returns of some kinds are judged.
#[derive(Clone, Debug)]
pub struct BandList<'a> {
    /// The kinds; empty where all are judged alike.
    pub kinds: Vec<&'a str>,
    /// The bands, best first.
    pub bands: Vec<&'a Band>,
}

impl BandList<'_> {
    /// Whether a return of this kind is judged by these bands, or has one of them where its kind says nothing.
    pub fn judges(&self, framework: &Framework, kind: Option<&str>, band: Option<&str>) -> bool {
        let is_known = framework.kinds.iter().any(|of| Some(of.choice.as_str()) == kind);
        match kind {
            _ if self.kinds.is_empty() => true,
            Some(kind) if is_known => self.kinds.contains(&kind),
            Some(_) | None => self.bands.iter().any(|mine| Some(mine.id.as_str()) == band),
        }
    }
}

/// Whether a kind of return is what an organisation says of itself.
pub fn is_of_itself(kind: Option<&str>) -> bool {
    kind.is_some_and(|kind| kind.to_lowercase().contains("self"))
}

impl Framework {
    /// Returns in which order a kind stands for an organisation that sent several, nought first: as the framework names them, else
    /// what others say before what it says of itself.
    pub fn order_of_kind(&self, kind: Option<&str>) -> usize {
        let named = || self.kinds.iter().position(|of| Some(of.choice.as_str()) == kind).unwrap_or(self.kinds.len());
        if self.kinds.is_empty() { usize::from(is_of_itself(kind)) } else { named() }
    }

    /// Returns the bands that a return of a kind can come to, best first.
    pub fn bands_of(&self, kind: Option<&str>) -> Vec<&Band> {
        let of = self.kinds.iter().find(|of| Some(of.choice.as_str()) == kind).filter(|of| !of.bands.is_empty());
        let bands = self.outcome.bands.iter();
        bands.filter(|band| of.is_none_or(|of| of.bands.contains(&band.id))).collect()
    }

    /// Whether two kinds of return are judged by the same bands.
    pub fn are_judged_alike(&self, [one, other]: [Option<&str>; 2]) -> bool {
        let ids = |kind| self.bands_of(kind).into_iter().map(|band| &band.id);
        ids(one).eq(ids(other))
    }

    /// Returns the lowest band of a kind of return; `None` where there is but one.
    pub fn lowest_band(&self, kind: Option<&str>) -> Option<&Band> {
        self.bands_of(kind).into_iter().skip(1).last()
    }

    /// Returns the next band above one, for a kind of return; `None` where it is the best.
    pub fn next_better(&self, kind: Option<&str>, band: &str) -> Option<&Band> {
        let bands = self.bands_of(kind);
        let place = bands.iter().position(|one| one.id.as_str() == band)?;
        bands.get(place.checked_sub(1)?).copied()
    }

    /// Returns the bands, those by which other kinds are judged apart.
    pub fn band_lists(&self) -> Vec<BandList<'_>> {
        let mut lists: Vec<BandList> = Vec::new();
        for kind in self.kinds.iter().filter(|kind| !kind.bands.is_empty()) {
            let bands = self.bands_of(Some(&kind.choice));
            let is_same =
                |list: &&mut BandList| list.bands.iter().map(|band| &band.id).eq(bands.iter().map(|band| &band.id));
            match lists.iter_mut().find(is_same) {
                Some(list) => list.kinds.push(&kind.choice),
                None => lists.push(BandList { kinds: vec![&kind.choice], bands }),
            }
        }
        match lists.len() {
            0 | 1 => vec![BandList { kinds: Vec::new(), bands: self.outcome.bands.iter().collect() }],
            _ => lists,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::framework::sample;

    fn framework(kinds: &[(&str, &[&str])]) -> Framework {
        let mut framework = sample::framework("1");
        framework.outcome.bands =
            ["met", "refer", "not-met", "meets", "needs-more"].map(|id| sample::band(id, "", &[])).into();
        let kind = |(choice, bands): &(&str, &[&str])| ReturnKind {
            choice: (*choice).to_owned(),
            bands: bands.iter().map(|band| (*band).into()).collect(),
        };
        framework.kinds = kinds.iter().map(kind).collect();
        framework
    }

    #[test]
    fn each_kind_has_a_lowest_band_of_its_own() {
        let of_two = framework(&[("Submission", &["met", "refer", "not-met"]), ("Approval", &["meets", "needs-more"])]);
        let alike = framework(&[("Submission", &[]), ("Approval", &[])]);
        for (framework, kind, lowest, above) in [
            (&of_two, "Submission", "not-met", Some("refer")),
            (&of_two, "Approval", "needs-more", Some("meets")),
            (&alike, "Approval", "needs-more", Some("meets")),
            (&alike, "Submission", "needs-more", Some("meets")),
        ] {
            assert_eq!(framework.lowest_band(Some(kind)).map(|band| band.id.as_str()), Some(lowest), "{kind}");
            let better = framework.next_better(Some(kind), lowest).map(|band| band.id.as_str());
            assert_eq!(better, above, "{kind}");
        }
        assert_eq!(of_two.next_better(Some("Approval"), "meets").map(|band| band.id.as_str()), None);
        assert_eq!((of_two.band_lists().len(), alike.band_lists().len()), (2, 1));
    }

    #[test]
    fn the_kind_named_first_stands_first_and_else_what_others_say() {
        let named = framework(&[("Re-assessment", &[]), ("First assessment", &[])]);
        let unnamed = framework(&[]);
        for (framework, kinds) in [
            (&named, [Some("Re-assessment"), Some("First assessment"), Some("Another")]),
            (&unnamed, [Some("External assessment"), Some("Self-assessment"), Some("Our self-review")]),
        ] {
            let orders = kinds.map(|kind| framework.order_of_kind(kind));
            assert!(orders[0] < orders[1] && orders[1] <= orders[2], "{kinds:?}: {orders:?}");
        }
    }
}
