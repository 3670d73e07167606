//! The returns that were drawn for moderation, with a column for what the moderator says.

use super::{SeasonView, list, open_copy, whose};
use crate::document::{Cell, Column, Document, Format, Table, Use};
use crate::exact::Exact;
use crate::framework::Framework;
use crate::season::moderation::said::Moderated;
use crate::season::moderation::{Drawn, DrawnFor};
use crate::season::team_notes::{MODERATED, MODERATOR, REMARK};

/// Returns the sheet; `None` where no return was drawn.
pub(super) fn moderation(view: &SeasonView) -> Option<Document> {
    let about = "¤Returns drawn for a second look: about half for what asks for it, the others by chance. The last three columns are yours: fill them in, save this workbook, and name it in season.toml under [moderation] as results.";
    let moderation = &view.season.moderation;
    let doubts: Vec<&str> = moderation.doubts.iter().map(|doubt| doubt.why.as_str()).collect();
    let unused =
        if doubts.is_empty() { String::new() } else { format!(" Not used of what came back: {}.", doubts.join(". ")) };
    let about = format!(
        "{about} To keep this draw while workbooks are put right, name its seed there too: {}.{unused}",
        moderation.seed
    );
    let kept = if is_of_several(view) { 3 } else { 2 };
    list(view, "Moderation", &about, Table::of(&view.season.moderation.drawn, columns(view)).used(Use::List(kept)))
}

/// Whether returns of several frameworks were drawn.
fn is_of_several(view: &SeasonView) -> bool {
    let mut frameworks = view.season.moderation.drawn.iter().map(|drawn| &drawn.framework);
    frameworks.next().is_some_and(|first| frameworks.any(|other| other != first))
}

fn columns<'a>(view: &'a SeasonView) -> Vec<Column<'a, Drawn>> {
    let title = |drawn: &Drawn| {
        let framework = view.season.framework_named(&drawn.framework);
        framework.map_or(drawn.framework.as_str(), |framework| &framework.title).into()
    };
    let drawn_as = |drawn: &Drawn| match drawn.drawn {
        DrawnFor::Risk => "asks for it".into(),
        DrawnFor::Outcome => "by chance, of its outcome".into(),
        DrawnFor::Rest => "by chance, of all others".into(),
    };
    let has_parts = view.season.moderation.drawn.iter().any(|drawn| drawn.unit.is_some());
    let said = |drawn: &Drawn| view.season.moderation.of_file(&drawn.file);
    vec![
        Column::new("Framework").chars(30.0).cell(title).only_if(is_of_several(view)),
        Column::new("Place").chars(8.0).cell(|drawn: &Drawn| drawn.place.into()),
        Column::new("¤Organisation").chars(34.0).cell(|drawn: &Drawn| whose(drawn.organisation.as_ref())),
        Column::new("Part").chars(20.0).cell(|drawn: &Drawn| Cell::text_or_empty(drawn.unit.as_deref())).only_if(has_parts),
        Column::new("Kind").chars(20.0).cell(|drawn: &Drawn| Cell::text_or_empty(drawn.kind.as_deref())),
        Column::new("Outcome").chars(18.0).cell(|drawn| outcome(view, drawn)),
        Column::new("Drawn as")
            .meaning("Up to half of a draw are ¤returns on which most asks for a second look; they are taken for certain. The others are drawn by chance, of each outcome as many as it has ¤returns and one at least; where they are fewer than outcomes, of all together. The same workbooks, or the same seed, give the same draw.")
            .chars(24.0)
            .cell(drawn_as),
        Column::new("What asks for it")
            .meaning("What about a ¤return asks for a second look, whether or not it was drawn for that: a ¤total near the limit of an outcome, by the framework's margin; a change since last season that is implausible; an assessor of three assessments and more who gives over 10 percentage points of the scale more or less than the middle one, beside what ¤organisations give themselves; a ¤total in the self-assessment more than three standard deviations, as the distances from the middle one give them, from the others'; no ¤return in any season on record.")
            .chars(30.0)
            .cell(|drawn: &Drawn| drawn.risks.iter().map(|risk| risk.words()).collect::<Vec<_>>().join(", ").into()),
        Column::new("Chance")
            .meaning("How likely the ¤return was to be drawn.")
            .chars(9.0)
            .cell(|drawn: &Drawn| Cell::number(drawn.probability.clone(), Format::Share)),
        Column::new("Stands for")
            .meaning("For how many ¤returns it stands: one where it was taken for certain, else one divided by its chance.")
            .chars(10.0)
            .cell(|drawn: &Drawn| {
                let weight = Exact::from(1).divided_by(&drawn.probability);
                weight.map_or(Cell::Empty, |weight| Cell::number(weight, Format::Fixed(1)))
            }),
        Column::new("Seed")
            .meaning("What the draw hung on; a list that comes back with it keeps the draw.")
            .chars(18.0)
            .cell(|_: &Drawn| view.season.moderation.seed.as_str().into()),
        Column::new("Workbook").chars(34.0).cell(|drawn: &Drawn| (&drawn.file).into()),
        Column::new("Annotated copy").chars(13.0).cell(|drawn: &Drawn| open_copy(view, &drawn.file)),
        Column::new(MODERATOR).chars(18.0).cell(move |drawn: &Drawn| said(drawn).map_or_else(|| noted(view, drawn, 0), |said| (&said.moderator).into())),
        Column::new(MODERATED)
            .meaning("The outcome that the moderator gives, also where it is the one as sent. Where a framework has no outcomes, what the moderator says is enough.")
            .chars(24.0)
            .cell(move |drawn: &Drawn| {
                let framework = view.season.framework_named(&drawn.framework);
                let said = said(drawn).zip(framework);
                let band = |(said, framework): (&Moderated, &Framework)| {
                    said.band.as_ref().map_or(Cell::Empty, |band| framework.band_title(band).into())
                };
                said.map_or_else(|| noted(view, drawn, 1), band)
            }),
        Column::new(REMARK).chars(44.0).cell(move |drawn: &Drawn| said(drawn).map_or_else(|| noted(view, drawn, 2), |said| (&said.remark).into())),
    ]
}

/// Returns what a moderator wrote into the workbook of an earlier run, in one of its columns.
fn noted(view: &SeasonView, drawn: &Drawn, column: usize) -> Cell {
    Cell::text_or_empty(
        view.notes.of_drawn(&drawn.file).map(|said| said[column].as_str()).filter(|said| !said.is_empty()),
    )
}

/// Returns the band, or that it is open; nothing where the framework sums no return up.
fn outcome(view: &SeasonView, drawn: &Drawn) -> Cell {
    match (view.season.framework_named(&drawn.framework), &drawn.band) {
        (Some(framework), Some(band)) => framework.band_title(band).into(),
        (Some(framework), None) if framework.outcome.bands.is_empty() => Cell::Empty,
        (Some(_) | None, _) => "open".into(),
    }
}
