//! The returns that were drawn for moderation, and what moderators say of them.

use polars::prelude::{Column, DataFrame, NamedFrom, PolarsResult, Series};

use super::{column, near, text};
use crate::framework::{BandId, Framework};
use crate::season::moderation::said::{self, OPEN, Said, Written};
use crate::season::moderation::{Drawn, Row};
use crate::season::{Season, SeasonReturn};

/// A row of the list.
struct Line<'a> {
    row: Row<'a>,
    sent: Option<&'a SeasonReturn>,
    framework: Option<&'a Framework>,
    risks: String,
}

impl<'a> Line<'a> {
    fn of(season: &'a Season, row: Row<'a>) -> Self {
        let risks: Vec<&str> = row.drawn.iter().flat_map(|drawn| &drawn.risks).map(|risk| risk.as_str()).collect();
        let sent = row.file().and_then(|file| season.of_file(file));
        let framework = sent.and_then(|sent| season.framework(&sent.review));
        Self { row, sent, framework, risks: risks.join(" ") }
    }

    /// Returns what the draw says, else what stands in the list that came back.
    fn of_draw(&self, drawn: fn(&Drawn) -> Option<String>, said: fn(&Said) -> &str) -> Option<String> {
        let written = || Some(said(&self.row.written?.said).to_owned());
        self.row.drawn.map_or_else(written, drawn).filter(|said| !said.is_empty())
    }

    /// Returns the outcome when it was drawn.
    fn when_drawn(&self) -> Option<String> {
        let has_outcomes = self.framework.is_some_and(|framework| !framework.outcome.bands.is_empty());
        let drawn = |drawn: &Drawn| Some(drawn.drawn_band.as_deref().unwrap_or(OPEN).to_owned());
        self.of_draw(drawn, |said| &said.drawn.outcome).filter(|_| has_outcomes || self.framework.is_none())
    }

    /// Returns what a moderator wrote.
    fn written(&self, said: impl Fn(&'a Written) -> &'a str) -> Option<&'a str> {
        self.row.written.map(said).filter(|said| !said.is_empty())
    }

    /// Returns the name of an outcome that is written, or what is written where it is none.
    fn band(&self, written: &'a str) -> &'a str {
        self.framework.and_then(|framework| said::band_named(framework, written)).map_or(written, |band| &band.id)
    }
}

/// Makes the table of drawn returns: a row a return, and one for each beside of which a moderator wrote something. The last columns are the
/// moderators' to fill in; a list that comes back has the same columns.
pub(super) fn moderation<'a>(season: &'a Season) -> PolarsResult<DataFrame> {
    let rows: Vec<Line> = season.moderation.rows().into_iter().map(|row| Line::of(season, row)).collect();
    let said = |row: &Line<'a>, said: fn(&'a Said) -> &'a str| row.written(|written| said(&written.said));
    let when_drawn: Vec<Option<String>> = rows.iter().map(Line::when_drawn).collect();
    DataFrame::new_infer_height(vec![
        of_draw(column::FRAMEWORK, &rows, |drawn| Some(drawn.framework.to_string()), |said| &said.framework),
        counts("place", &rows, |drawn| drawn.place, |said| &said.drawn.place),
        text(column::FILE, &rows, |row| row.row.file().or_else(|| said(row, |said| &said.file))),
        text(column::ORGANISATION, &rows, |row| {
            row.sent.and_then(|sent| sent.organisation.as_deref()).or_else(|| said(row, |said| &said.organisation))
        }),
        of_draw("part", &rows, |drawn| drawn.unit.clone(), |said| &said.part),
        of_draw(column::KIND, &rows, |drawn| drawn.kind.clone(), |said| &said.kind),
        text(column::BAND, &rows, |row| row.sent?.review.settled().map(BandId::as_str)),
        text("drawn_band", &when_drawn, |band| band.as_deref()),
        of_draw("drawn_for", &rows, |drawn| Some(drawn.drawn.as_str().to_owned()), |said| &said.drawn.drawn),
        text("risks", &rows, |row| Some(row.risks.as_str()).filter(|risks| !risks.is_empty())),
        counts("drawn_from", &rows, |drawn| drawn.from, |said| &said.drawn.from),
        counts("drawn_of_these", &rows, |drawn| drawn.taken, |said| &said.drawn.taken),
        near("probability", &rows, |row| Some(&row.row.drawn?.probability)),
        text("seed", &rows, |_| Some(season.moderation.seed.as_str())),
        text("seen_band", &rows, |row| row.row.seen().map(|seen| row.band(seen))),
        text("moderator", &rows, |row| said(row, |said| &said.moderator)),
        text("moderated_outcome", &rows, |row| said(row, |said| &said.outcome).map(|outcome| row.band(outcome))),
        text("remark", &rows, |row| said(row, |said| &said.remark)),
    ])
}

/// Returns a column of what a draw says of returns, as text.
fn of_draw(name: &str, rows: &[Line], drawn: fn(&Drawn) -> Option<String>, said: fn(&Said) -> &str) -> Column {
    let texts: Vec<Option<String>> = rows.iter().map(|row| row.of_draw(drawn, said)).collect();
    Series::new(name.into(), texts).into()
}

/// Returns a column of numbers in a draw.
fn counts(name: &str, rows: &[Line], drawn: fn(&Drawn) -> usize, said: fn(&Said) -> &str) -> Column {
    let count = |row: &Line| {
        let written = || said(&row.row.written?.said).parse().ok();
        row.row.drawn.map_or_else(written, |one| u64::try_from(drawn(one)).ok())
    };
    Series::new(name.into(), rows.iter().map(count).collect::<Vec<Option<u64>>>()).into()
}
