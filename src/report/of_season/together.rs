//! Organisations whose return about the whole says otherwise than its parts come to by the framework's own rule.

use super::FrameworkSeason;
use crate::document::{Column, Part, Table};
use crate::framework::Band;
use crate::season::Consolidation;
use crate::words::{agree, capital, count, list};

/// An organisation, what its own return comes to, and what its parts do together.
type Row<'a> = (&'a Consolidation, &'a Band, &'a Band);

/// Returns those whose two outcomes differ; `None` where nobody's do, or organisations may not be named.
pub(super) fn part(season: &FrameworkSeason) -> Option<Part> {
    let rows: Vec<Row> = season.consolidations.iter().filter_map(|of| differing(season, of)).collect();
    if rows.is_empty() || !season.is_named() {
        return None;
    }
    let sentence = format!(
        "{} {} out otherwise by {} own ¤return than {} parts do together by the rule of the framework. The outcomes above are those of the ¤returns \
         about the whole; the reports in \u{201c}organisations\u{201d} say what the parts come to.",
        capital(&count(rows.len(), "¤organisation", "¤organisations")),
        agree(rows.len(), "comes", "come"),
        agree(rows.len(), "its", "their"),
        agree(rows.len(), "its", "their"),
    );
    let columns = vec![
        Column::new("¤Organisation").share(1.2).cell(|(of, ..): &Row| (&of.organisation).into()),
        Column::new("Its own ¤return").share(1.0).cell(|(_, own, _): &Row| (&own.title).into()),
        Column::new("Its parts together").share(1.0).cell(|(.., together): &Row| (&together.title).into()),
        Column::new("By the rule").share(1.0).cell(|(of, ..): &Row| capital(&of.rule.words).into()),
    ];
    let table = Table::of(&rows, columns).caption("¤Organisations whose parts come to another outcome than the whole");
    Some(Part::new("Wholes that come out otherwise by the rule of their parts").lead([sentence]).block(table))
}

/// Says what those come to by the rule of their parts that sent returns about these alone; `None` where nobody did, or organisations may not
/// be told of one by one.
pub(super) fn of_parts_alone(season: &FrameworkSeason) -> Option<String> {
    let is_mine = |of: &&Consolidation| of.framework == season.framework.id && of.whole.is_none();
    let mine: Vec<&Consolidation> = season.consolidations.iter().filter(is_mine).collect();
    let of_band = |band: &Band| mine.iter().filter(|of| of.outcome.settled() == Some(&band.id)).count();
    let bands = season.framework.outcome.bands.iter().map(|band| (band, of_band(band)));
    let told = bands.filter(|(_, many)| *many > 0).map(|(band, many)| format!("{many} as {}", band.title));
    let open = mine.iter().filter(|of| of.outcome.settled().is_none()).count();
    let open = (open > 0).then(|| format!("{open} {} open", agree(open, "is", "are")));
    let said: Vec<String> = told.chain(open).collect();
    let organisations = count(mine.len(), "¤organisation", "¤organisations");
    (season.is_named() && !said.is_empty()).then(|| {
        let said = list(&said).replacen(" as ", " come out as ", 1);
        format!(
            "Of {organisations} with ¤returns about parts alone, by the rule for what parts come to together {said}."
        )
    })
}

/// Returns an organisation whose two outcomes differ for certain.
fn differing<'a>(season: &FrameworkSeason<'a>, of: &'a Consolidation) -> Option<Row<'a>> {
    let framework = Some(season.framework).filter(|framework| framework.id == of.framework)?;
    let own = framework.band(of.whole.as_ref()?.band.as_ref()?)?;
    let together = framework.band(of.outcome.settled()?)?;
    (own.id != together.id).then_some((of, own, together))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::framework::{FieldRole, builtin};
    use crate::report::Audience;
    use crate::review::{Review, Status};
    use crate::season::{Season, Surroundings};
    use crate::statistics::Statistics;

    #[test]
    fn it_is_said_what_parts_come_to_together_where_no_return_is_about_the_whole() {
        let frameworks = [builtin::load("investors-in-people").unwrap().framework];
        let part_of = frameworks[0].field_for(FieldRole::Unit).unwrap().id.clone();
        let review = |organisation: &str, part: &str| {
            let file = format!("{organisation} {part}.xlsx");
            let mut review = Review::unread(&file, file.clone(), Status::Provisional, Vec::new());
            review.framework = Some(frameworks[0].id.clone());
            review.framework_version = Some(frameworks[0].version.clone());
            review.organisation = Some(organisation.to_owned());
            review.kind = frameworks[0].consolidation.as_ref().map(|spec| spec.unit_kind.clone());
            review.fields.insert(part_of.clone(), part.into());
            review
        };
        let reviews = ["A", "B"].into_iter().flat_map(|name| ["Housing", "Leisure"].map(|part| review(name, part)));
        let season = Season::new(&frameworks, Surroundings::default(), reviews.collect());
        let statistics = Statistics::of_season(&season).unwrap();
        let said = |audience| of_parts_alone(&FrameworkSeason::sampled(&season, &statistics, audience));
        let expected = "Of 2 ¤organisations with ¤returns about parts alone, by the rule for what parts come to together 2 are open.";
        assert_eq!((said(Audience::Team).as_deref(), said(Audience::Everybody)), (Some(expected), None));
    }
}
