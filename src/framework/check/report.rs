//! Checks the report on a return as a pack declares it.

use super::{About, Check};
use crate::framework::ReportKind;
use crate::framework::message::Message;
use crate::framework::report::{
    BlockSpec, CardsSpec, FigureSpec, Lies, ReportSpec, RowTableSpec, RowsSpec, Stands, TableColumnSpec,
};
use crate::framework::schema::{BlockEntry, CardsEntry, FigureEntry, ReportEntry, RowTableEntry};
use crate::framework::written::Path;

impl Check<'_> {
    /// Checks the report; `None` where the pack declares none.
    pub(super) fn report(&mut self) -> Option<ReportSpec> {
        let report: &ReportEntry = self.file.report.as_ref()?;
        let at = Path::ROOT.key("report");
        let blocks = at.key("blocks");
        self.keys_of_kind(&at, report);
        Some(ReportSpec {
            kind: report.kind,
            title: self.some_message(&at.key("title"), report.title.as_ref()).unwrap_or_default(),
            to: self.messages(&at.key("to"), &report.to),
            reference: self.some_message(&at.key("reference"), report.reference.as_ref()),
            answer_within: report.answer_within,
            facts: self.figures(&at.key("facts"), &report.facts, About::Return),
            blocks: report
                .blocks
                .iter()
                .enumerate()
                .map(|(index, block)| self.block(&blocks.at(index), block))
                .collect(),
            signature: report.signature.clone(),
        })
    }

    /// Holds that a paper has a title, and tells what the standard report doesn't use.
    fn keys_of_kind(&mut self, at: &Path, report: &ReportEntry) {
        if report.kind != ReportKind::Assessment {
            if report.title.is_none() {
                self.fault(
                    at,
                    "the report has no `title`",
                    "Add `title = \"…\"`: letters and papers are headed by it.",
                );
            }
            return;
        }
        let given = [
            ("title", report.title.is_some()),
            ("to", !report.to.is_empty()),
            ("reference", report.reference.is_some()),
            ("facts", !report.facts.is_empty()),
        ];
        for (key, _) in given.into_iter().filter(|(_, is_given)| *is_given) {
            let message = format!("`{key}` stands in letters and board papers; the kind `assessment` passes over it");
            self.doubt(&at.key(key), message, "Take it out, or make the report a `letter` or a `board-paper`.");
        }
    }

    /// Checks one part.
    fn block(&mut self, at: &Path, block: &BlockEntry) -> BlockSpec {
        let is_turned = block.table.as_ref().is_some_and(|table| table.turned);
        BlockSpec {
            stands: if block.enclosed || is_turned { Stands::Enclosed } else { Stands::Within },
            when: self.some_condition(&at.key("when"), block.when.as_ref(), About::Return),
            heading: self.some_message(&at.key("heading"), block.heading.as_ref()),
            statement: self.some_message(&at.key("statement"), block.statement.as_ref()),
            text: self.messages(&at.key("text"), &block.text),
            points: self.messages(&at.key("points"), &block.points),
            figures: self.figures(&at.key("figures"), &block.figures, About::Return),
            tally: block.tally.as_deref().map(|register| {
                self.counted(&at.key("tally"), register);
                register.into()
            }),
            table: block.table.as_ref().map(|table| self.row_table(&at.key("table"), table)),
            cards: block.cards.as_ref().map(|cards| self.cards(&at.key("cards"), cards)),
        }
    }

    /// Holds that a register's rows come to something that can be counted.
    fn counted(&mut self, at: &Path, register: &str) {
        self.over(at, register);
        let entry = self.names.registers.get(register);
        if entry.is_some_and(|register| register.outcome.as_ref().is_none_or(|outcome| outcome.results.is_empty())) {
            let message = format!("the rows of `{register}` come to nothing that is listed");
            self.fault(at, message, "List what they can come to under the register's `outcome.results`.");
        }
    }

    /// Holds that a register is there.
    fn over(&mut self, at: &Path, register: &str) {
        let registers: Vec<&str> = self.names.registers.keys().copied().collect();
        self.refers(at, register, "register", &registers);
    }

    /// Checks which rows are told.
    fn rows_told(&mut self, at: &Path, over: &str, when: Option<&String>) -> RowsSpec {
        self.over(&at.key("over"), over);
        let when = self.some_condition(&at.key("when"), when, About::RowTold(over));
        RowsSpec { over: over.into(), when }
    }

    /// Checks a table of rows.
    fn row_table(&mut self, at: &Path, table: &RowTableEntry) -> RowTableSpec {
        let about = About::RowTold(&table.over);
        let list = at.key("columns");
        let columns = table.columns.iter().enumerate().map(|(index, column)| {
            let at = list.at(index);
            TableColumnSpec {
                heading: column.heading.clone(),
                value: self.message(&at.key("value"), &column.value, about),
                wide: column.wide.as_ref().map(|share| share.0.clone()),
                is_number: column.number,
                stress: self.some_condition(&at.key("stress"), column.stress.as_ref(), about),
            }
        });
        RowTableSpec {
            columns: columns.collect(),
            rows: self.rows_told(at, &table.over, table.when.as_ref()),
            caption: table.caption.clone(),
            lies: if table.turned { Lies::Turned } else { Lies::Upright },
        }
    }

    /// Checks rows that stand one below the other.
    fn cards(&mut self, at: &Path, cards: &CardsEntry) -> CardsSpec {
        let about = About::RowTold(&cards.over);
        CardsSpec {
            rows: self.rows_told(at, &cards.over, cards.when.as_ref()),
            title: self.message(&at.key("title"), &cards.title, about),
            facts: self.figures(&at.key("facts"), &cards.facts, about),
        }
    }

    /// Checks labels with their values.
    fn figures(&mut self, list: &Path, figures: &[FigureEntry], about: About) -> Vec<FigureSpec> {
        let checked = figures.iter().enumerate().map(|(index, figure)| {
            let value = self.message(&list.at(index).key("value"), &figure.value, about);
            FigureSpec { label: figure.label.clone(), value }
        });
        checked.collect()
    }

    /// Checks texts about the return.
    fn messages(&mut self, list: &Path, texts: &[String]) -> Vec<Message> {
        texts.iter().enumerate().map(|(index, text)| self.message(&list.at(index), text, About::Return)).collect()
    }

    /// Checks a text about the return where there is one.
    fn some_message(&mut self, at: &Path, text: Option<&String>) -> Option<Message> {
        text.map(|text| self.message(at, text, About::Return))
    }
}
