//! The returns that were drawn for moderation, with a column for what the moderator says.

use std::collections::BTreeSet;

use super::{SeasonView, list, open_copy, whose};
use crate::document::{Cell, Column, Document, Format, Table, Use};
use crate::exact::Exact;
use crate::framework::{BandId, Framework};
use crate::season::SeasonReturn;
use crate::season::moderation::said::{self, OPEN, Said};
use crate::season::moderation::{Drawn, NOT_DRAWN, Row};
use crate::season::team_notes::{MODERATED, MODERATOR, REMARK, SEEN};

/// A row of the sheet: a return that is drawn, or of which a moderator wrote something.
struct Line<'a> {
    row: Row<'a>,
    /// What a moderator wrote of it, into a list that came back or into the workbook of an earlier run.
    said: Option<&'a Said>,
    sent: Option<&'a SeasonReturn>,
    framework: Option<&'a Framework>,
}

/// Returns the sheet; `None` where no return was drawn and nothing was written of any.
pub(super) fn moderation(view: &SeasonView) -> Option<Document> {
    let about = "¤Returns drawn for a second look: about half for what asks for it, the others by chance. The last four columns are yours: fill them in, save this workbook, and name it in season.toml under [moderation] as results. Named there, the list keeps this draw while workbooks are put right, also while it is empty.";
    let doubts: Vec<&str> = view.season.moderation.doubts.iter().map(|doubt| doubt.why.as_str()).collect();
    let unused =
        if doubts.is_empty() { String::new() } else { format!(" Not used of what came back: {}.", doubts.join(". ")) };
    let kept = if is_of_several(view) { 3 } else { 2 };
    let lines = lines(view);
    list(
        view,
        "Moderation",
        &format!("{about}{unused}"),
        Table::of(&lines, columns(view, &lines)).used(Use::List(kept)),
    )
}

/// Returns the rows: those of the list, and what moderators wrote into the workbook of an earlier run beside other returns.
fn lines<'a>(view: &SeasonView<'a>) -> Vec<Line<'a>> {
    let line = |row: Row<'a>| {
        let noted = || view.notes.moderated().find(|said| row.drawn.is_some_and(|drawn| drawn.file == said.file));
        let said = row.written.map(|written| &written.said).or_else(noted);
        line(view, row, said)
    };
    let mut lines: Vec<Line> = view.season.moderation.rows().into_iter().map(line).collect();
    let is_there = |said: &Said| {
        let of = |said: &Said| [said.file.clone(), said.organisation.clone(), said.part.clone()];
        lines.iter().filter_map(|line| line.said).any(|written| of(written) == of(said))
    };
    let shown: BTreeSet<&str> = lines.iter().filter_map(|line| line.row.file()).collect();
    let left = view.notes.moderated().filter(|said| !shown.contains(said.file.as_str()) && !is_there(said));
    let left: Vec<&Said> = left.collect();
    lines.extend(left.into_iter().map(|said| self::line(view, Row { drawn: None, written: None }, Some(said))));
    lines
}

fn line<'a>(view: &SeasonView<'a>, row: Row<'a>, said: Option<&'a Said>) -> Line<'a> {
    let file = row.file().or_else(|| said.map(|said| said.file.as_str()));
    let sent = file.and_then(|file| view.season.of_file(file));
    let named = || {
        view.season.frameworks.iter().find(|framework| said.is_some_and(|said| framework.is_called(&said.framework)))
    };
    let framework = sent.and_then(|sent| view.season.framework(&sent.review)).or_else(named);
    Line { row, said, sent, framework }
}

/// Whether returns of several frameworks were drawn.
fn is_of_several(view: &SeasonView) -> bool {
    let mut frameworks = view.season.moderation.drawn.iter().map(|drawn| &drawn.framework);
    frameworks.next().is_some_and(|first| frameworks.any(|other| other != first))
}

impl Line<'_> {
    /// Returns what the draw says, else what stands in the list that came back.
    fn of_draw(&self, drawn: impl Fn(&Drawn) -> Cell, said: fn(&Said) -> &str) -> Cell {
        let written = || self.said.map_or(Cell::Empty, |of| text(said(of)));
        self.row.drawn.map_or_else(written, drawn)
    }

    /// Returns what a moderator wrote.
    fn said(&self, said: fn(&Said) -> &str) -> Cell {
        self.said.map_or(Cell::Empty, |of| text(said(of)))
    }

    /// Returns an outcome by its title, or what is written where it is none.
    fn titled(&self, written: &str) -> Cell {
        let band = self.framework.and_then(|framework| said::band_named(framework, written));
        text(band.map_or(written, |band| &band.title))
    }

    /// Returns the outcome as sent; nothing where the framework sums no return up, or it is no return that counts.
    fn outcome(&self) -> Cell {
        self.sent.map_or(Cell::Empty, |sent| self.settled(sent.review.settled().map(BandId::as_str)))
    }

    /// Returns an outcome, or that it is open; nothing where the framework sums no return up.
    fn settled(&self, band: Option<&str>) -> Cell {
        match (self.framework, band) {
            (Some(framework), None) if framework.outcome.bands.is_empty() => Cell::Empty,
            (Some(_) | None, band) => self.titled(band.unwrap_or(OPEN)),
        }
    }

    /// Returns the outcome that the return had when a moderator looked at it.
    fn seen(&self) -> Cell {
        let noted = || self.said.filter(|said| said.has_words() && self.row.written.is_none()).map(Said::seen);
        self.row.seen().or_else(noted).map_or(Cell::Empty, |seen| self.titled(seen))
    }
}

fn text(text: &str) -> Cell {
    Cell::text_or_empty(Some(text).filter(|text| !text.is_empty()))
}

fn columns<'a>(view: &'a SeasonView, lines: &[Line]) -> Vec<Column<'a, Line<'a>>> {
    let title = |line: &Line| {
        line.framework.map_or_else(|| line.said(|said| &said.framework), |framework| text(&framework.title))
    };
    let drawn_as = |line: &Line| {
        let cell = line.of_draw(|drawn| drawn.drawn.words().into(), |said| &said.drawn.drawn);
        if cell == Cell::Empty { NOT_DRAWN.into() } else { cell }
    };
    let has_parts = lines
        .iter()
        .any(|line| line.of_draw(|drawn| Cell::text_or_empty(drawn.unit.as_deref()), |said| &said.part) != Cell::Empty);
    let mut columns = vec![
        Column::new("Framework").chars(30.0).cell(title).only_if(is_of_several(view)),
        Column::new("Place").chars(8.0).cell(|line: &Line| line.of_draw(|drawn| drawn.place.into(), |said| &said.drawn.place)),
        Column::new("¤Organisation").chars(34.0).cell(|line: &Line| match line.sent {
            Some(sent) => whose(sent.organisation.as_ref()),
            None => line.said(|said| &said.organisation),
        }),
        Column::new("Part").chars(20.0).cell(|line: &Line| line.of_draw(|drawn| Cell::text_or_empty(drawn.unit.as_deref()), |said| &said.part)).only_if(has_parts),
        Column::new("Kind").chars(20.0).cell(|line: &Line| line.of_draw(|drawn| Cell::text_or_empty(drawn.kind.as_deref()), |said| &said.kind)),
        Column::new("Outcome").meaning("The outcome as sent, as it is now.").chars(18.0).cell(|line: &Line| line.outcome()),
        Column::new("Outcome when drawn")
            .meaning("The outcome that the ¤return had when it was drawn: one that was drawn by chance stands for the others that had it then.")
            .chars(18.0)
            .cell(|line: &Line| line.of_draw(|drawn| line.settled(drawn.drawn_band.as_deref()), |said| &said.drawn.outcome)),
        Column::new("Drawn as")
            .meaning("Up to half of a draw are ¤returns on which most asks for a second look; they are taken for certain. The others are drawn by chance, of each outcome as many as it has ¤returns and one at least; where they are fewer than outcomes, of all together. Those without an outcome are drawn only where places are left. A draw whose list is named as results is kept; without one, the same workbooks, or the same seed and outcomes, give the same draw. \u{201c}Not drawn\u{201d} are ¤returns of which a moderator wrote something all the same.")
            .chars(24.0)
            .cell(drawn_as),
        Column::new("What asks for it")
            .meaning("What about a ¤return asks for a second look, whether or not it was drawn for that: a ¤total near the limit of an outcome, by the framework's margin; a change since last season that is implausible; an assessor of three assessments and more who gives over 10 percentage points of the scale more or less than the middle one, beside what ¤organisations give themselves; a ¤total in the self-assessment more than three standard deviations, as the distances from the middle one give them, from the others'; no ¤return in any season on record.")
            .chars(30.0)
            .cell(|line: &Line| {
                line.of_draw(
                    |drawn| drawn.risks.iter().map(|risk| risk.words()).collect::<Vec<_>>().join(", ").into(),
                    |said| &said.drawn.risks,
                )
            }),
        Column::new("Chance")
            .meaning("How likely the ¤return was to be drawn.")
            .chars(9.0)
            .cell(|line: &Line| line.row.drawn.map_or(Cell::Empty, |drawn| Cell::number(drawn.probability.clone(), Format::Share))),
        Column::new("Stands for")
            .meaning("For how many ¤returns it stands: one where it was taken for certain, else one divided by its chance.")
            .chars(10.0)
            .cell(|line: &Line| {
                let weight = line.row.drawn.and_then(|drawn| Exact::from(1).divided_by(&drawn.probability));
                weight.map_or(Cell::Empty, |weight| Cell::number(weight, Format::Fixed(1)))
            }),
        Column::new("Drawn from")
            .meaning("From how many ¤returns it was drawn, itself among them.")
            .chars(10.0)
            .cell(|line: &Line| line.of_draw(|drawn| drawn.from.into(), |said| &said.drawn.from)),
        Column::new("Drawn of these")
            .meaning("How many of these were drawn.")
            .chars(10.0)
            .cell(|line: &Line| line.of_draw(|drawn| drawn.taken.into(), |said| &said.drawn.taken)),
        Column::new("Seed")
            .meaning("What the draw hung on.")
            .chars(18.0)
            .cell(|_: &Line| view.season.moderation.seed.as_str().into()),
        Column::new("Workbook").chars(34.0).cell(|line: &Line| match line.row.file() {
            Some(file) => file.into(),
            None => line.said(|said| &said.file),
        }),
        Column::new("Annotated copy").chars(13.0).cell(|line: &Line| line.sent.map_or(Cell::Empty, |sent| open_copy(view, &sent.review.file))),
    ];
    columns.extend(of_moderators());
    columns
}

/// Returns the columns that moderators fill in.
fn of_moderators<'a>() -> [Column<'a, Line<'a>>; 4] {
    [
        Column::new(SEEN)
            .meaning("The outcome that the ¤return had when the moderator looked at it; empty is the one that stands under \u{201c}Outcome\u{201d}. What was said of another outcome than the ¤return has now isn\u{2019}t used; who looks again writes here what it is now.")
            .chars(18.0)
            .cell(|line: &Line| line.seen()),
        Column::new(MODERATOR).chars(18.0).cell(|line: &Line| line.said(|said| &said.moderator)),
        Column::new(MODERATED)
            .meaning("The outcome that the moderator gives, also where it is the one as sent. Where a framework has no outcomes, what the moderator says is enough.")
            .chars(24.0)
            .cell(|line: &Line| line.said.map_or(Cell::Empty, |said| line.titled(&said.outcome))),
        Column::new(REMARK).chars(44.0).cell(|line: &Line| line.said(|said| &said.remark)),
    ]
}
