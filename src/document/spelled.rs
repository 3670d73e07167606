//! A document in the words of the scheme that it is about.

use std::borrow::Cow;

use super::{Bars, Block, Cell, Chart, Document, Fact, Head, Panel, Part, Table};
use crate::words::Nouns;

impl Document {
    /// Puts a scheme's nouns in the place of those that are marked, in all that a person reads.
    #[must_use]
    pub fn spelled(mut self, nouns: &Nouns) -> Self {
        let speller = Speller(nouns);
        let titles = [&mut self.title, &mut self.full_title, &mut self.subject];
        let around = [&mut self.kicker, &mut self.foot, &mut self.reader];
        let lists = [&mut self.to, &mut self.notices, &mut self.introduction];
        for text in titles.into_iter().chain(around).chain(&mut self.head) {
            speller.text(text);
        }
        for texts in lists {
            speller.texts(texts);
        }
        speller.facts(&mut self.facts);
        for part in &mut self.parts {
            speller.part(part);
        }
        self
    }
}

/// Puts nouns in their place.
struct Speller<'n>(&'n Nouns);

impl Speller<'_> {
    fn text(&self, text: &mut String) {
        if let Cow::Owned(spelled) = self.0.spelled(text) {
            *text = spelled;
        }
    }

    fn some(&self, text: Option<&mut String>) {
        if let Some(text) = text {
            self.text(text);
        }
    }

    fn texts(&self, texts: &mut [String]) {
        for text in texts {
            self.text(text);
        }
    }

    fn facts(&self, facts: &mut [Fact]) {
        for fact in facts {
            self.text(&mut fact.label);
            self.text(&mut fact.value);
        }
    }

    fn part(&self, part: &mut Part) {
        self.some(part.heading.as_mut());
        for block in &mut part.blocks {
            self.block(block);
        }
    }

    fn block(&self, block: &mut Block) {
        match block {
            Block::Lead(texts) | Block::Points(texts) => self.texts(texts),
            Block::Paragraph(text) | Block::Note(text) | Block::Statement(text) | Block::Notice(text) => {
                self.text(text);
            }
            Block::Labelled(facts) | Block::Facts(facts) | Block::Figures(facts) => self.facts(facts),
            Block::Panel(panel) => self.panel(panel),
            Block::Table(table) => self.table(table),
            Block::Cards(cards) => {
                for (title, facts) in cards {
                    self.text(title);
                    self.facts(facts);
                }
            }
            Block::Signature { closing, lines, enclosed } => {
                self.text(closing);
                self.texts(lines);
                self.some(enclosed.as_mut());
            }
            Block::Contents => {}
            Block::Part(part) => self.part(part),
            Block::Chart(chart) => self.chart(chart),
        }
    }

    fn panel(&self, panel: &mut Panel) {
        self.text(&mut panel.kicker);
        self.text(&mut panel.title);
        self.some(panel.total.as_mut());
        self.text(&mut panel.total_word);
        self.facts(&mut panel.tiles);
    }

    fn table(&self, table: &mut Table) {
        self.some(table.caption.as_mut());
        for Head { heading, .. } in &mut table.columns {
            self.text(heading);
        }
        for cell in table.rows.iter_mut().flatten() {
            self.cell(cell);
        }
        if let Some(Bars { title, axis, .. }) = &mut table.bars {
            self.text(title);
            self.text(axis);
        }
    }

    fn cell(&self, cell: &mut Cell) {
        match cell {
            Cell::Text(text)
            | Cell::Strong(text)
            | Cell::Faint(text)
            | Cell::Level(_, text)
            | Cell::Heat { label: text, .. }
            | Cell::Link { text, .. } => self.text(text),
            Cell::Noted(text, note) => {
                self.text(text);
                self.text(note);
            }
            Cell::Lines(texts) => self.texts(texts),
            Cell::Empty
            | Cell::Code(_)
            | Cell::Day(_)
            | Cell::Count(_)
            | Cell::Number(_)
            | Cell::Between(..)
            | Cell::Bar { .. }
            | Cell::Range { .. }
            | Cell::Interval { .. }
            | Cell::Shares(_) => {}
        }
    }

    fn chart(&self, chart: &mut Chart) {
        match chart {
            Chart::Gauge { caption, alt, .. }
            | Chart::Strip { caption, alt, .. }
            | Chart::Stack { caption, alt, .. } => {
                self.text(caption);
                self.text(alt);
            }
        }
    }
}
