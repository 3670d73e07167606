//! How good the outcomes of groups are, where totals say nothing of it: the place of each in its list of bands.

use std::collections::BTreeMap;

use super::group_values::{GroupValues, OwnValues, one_each};
use super::subject::Subject;
use crate::framework::BandList;
use crate::season::SeasonReturn;
use crate::tables::band;

/// Returns the places of settled outcomes by column and group, one an organisation.
pub(super) fn places(subject: &Subject) -> Vec<GroupValues> {
    let places: Vec<(&SeasonReturn, f64)> =
        subject.framework.band_lists().iter().flat_map(|list| places_in(subject, list)).collect();
    let mut values = OwnValues::new();
    for (sent, place) in places {
        let whose = sent.organisation.as_ref().unwrap_or(&sent.review.file);
        for (by, group) in &sent.groups {
            values.entry((by.clone(), Some(group.clone()))).or_default().entry(whose.clone()).or_default().push(place);
        }
    }
    one_each(values)
}

/// Returns the place of each return that is judged by a list of bands: how many of a hundred judged so have a worse outcome, less how many
/// have a better one, so that those of several lists can stand beside one another.
#[expect(clippy::float_arithmetic, clippy::cast_precision_loss, reason = "these are statistics, not scores")]
fn places_in<'a>(subject: &Subject<'a>, list: &BandList) -> Vec<(&'a SeasonReturn, f64)> {
    let place = |sent: &SeasonReturn| list.bands.iter().position(|own| own.id == *band(&sent.review));
    let judges =
        |sent: &&SeasonReturn| list.judges(subject.framework, sent.review.kind.as_deref(), Some(band(&sent.review)));
    let placed: Vec<(&SeasonReturn, usize)> =
        subject.headline().filter(judges).filter_map(|sent| Some((sent, place(sent)?))).collect();
    let mut have: BTreeMap<usize, usize> = BTreeMap::new();
    for (_, place) in &placed {
        *have.entry(*place).or_default() += 1;
    }
    let number = |places: &mut dyn Iterator<Item = (&usize, &usize)>| places.map(|(_, number)| number).sum::<usize>();
    let share = |own: usize| {
        let (worse, better) = (number(&mut have.range(own + 1..)), number(&mut have.range(..own)));
        (worse as f64 - better as f64) * 100.0 / placed.len() as f64
    };
    placed.iter().map(|(sent, place)| (*sent, share(*place))).collect()
}
