//! One cell of a return, whether or not something stands in it.

use crate::cell::CellRef;
use crate::exact::Exact;
use crate::finding::{Finding, Place, Rule};
use crate::workbook::{Cell, DateSystem, Sheet, Value};

use super::currency::{self, Money};
use super::number;
use super::unit::Unit;

/// Which parts of a day a format shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct PartsOfDay {
    /// Whether it shows the month, by its number or its name.
    pub(super) month: bool,
    /// Whether it shows the year.
    pub(super) year: bool,
}

/// Whether what is seen stands for nought: a dash, as accounts have it, or a word.
fn says_nought(written: &str) -> bool {
    let words = written.trim().to_lowercase();
    ["nil", "none", "nought", "zero", "dim"].contains(&words.as_str()) || !words.contains(char::is_alphanumeric)
}

/// One cell of a sheet.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spot<'a> {
    /// The sheet.
    pub(super) sheet: &'a Sheet,
    /// The address.
    pub(super) at: CellRef,
    /// What stands there.
    pub(super) cell: Option<&'a Cell>,
    /// How the workbook counts dates.
    pub(super) dates: DateSystem,
    /// The criterion, measure, field or row key that the cell is about.
    pub(super) subject: &'a str,
    /// In which unit a number stands there.
    pub(super) unit: Unit<'a>,
    /// Whether what stands there was chosen from the form's own list.
    pub(super) is_chosen: bool,
}

impl<'a> Spot<'a> {
    /// Returns the cell at an address, or where that holds nothing what lies over it.
    pub(super) fn new(sheet: &'a Sheet, at: CellRef, dates: DateSystem, subject: &'a str) -> Self {
        let own = sheet.cell(at);
        let is_blank = own.is_none_or(|cell| cell.value.is_blank() && cell.formula.is_none());
        let over = if is_blank { sheet.floating_over(at) } else { None };
        Self { sheet, at, cell: over.or(own), dates, subject, unit: Unit::Unsaid, is_chosen: false }
    }

    /// Returns the cell as one whose number stands in a unit.
    pub(super) fn in_unit(self, unit: Unit<'a>) -> Self {
        Self { unit, ..self }
    }

    /// Returns where it stands.
    pub(super) fn place(&self) -> Place {
        Place::cell(&self.sheet.name, self.at)
    }

    /// Returns what a person sees there.
    pub(super) fn written(&self) -> String {
        self.cell.map(|cell| cell.shown(self.dates)).unwrap_or_default()
    }

    /// Returns what stands there as a word or a key: a number without its format's signs and rounding.
    pub(super) fn words(&self) -> String {
        self.cell.map(|cell| cell.written(self.dates)).unwrap_or_default()
    }

    /// Returns what a person sees there, with the number that it stands for where that is another.
    pub(super) fn told(&self) -> String {
        let (shown, plain) = (self.written(), self.words());
        match (self.difference(), plain == shown) {
            (Some(difference), false) if !difference.is_zero() => format!("{plain} (shown as {shown})"),
            (Some(_) | None, _) => shown,
        }
    }

    /// Returns what is said of an error value that stands there, and what to do about it; `what` belongs there.
    pub(super) fn error_told(&self, what: &str) -> (String, String) {
        if self.cell.is_some_and(|cell| cell.value.is_lost_text()) {
            let message = "the cell's text is missing from the file, so that nothing can be read there".to_owned();
            return (message, format!("Type the {what} again: the program that saved the file lost it."));
        }
        let message = format!("the cell shows the error {} instead of an {what}", self.written());
        let is_formula = self.cell.is_some_and(|cell| cell.formula.is_some());
        let help = if is_formula { "Replace the formula by" } else { "Type" };
        (message, format!("{help} the {what} itself."))
    }

    /// Whether the number that is shown is another than the one that counts, by more than rounding.
    pub(super) fn shows_another_number(&self) -> bool {
        self.difference().is_some_and(|difference| difference > Exact::ratio(1, 2).expect("two isn't nought"))
    }

    /// Whether the cell shows its number as words alone, by its format.
    pub(super) fn shows_words(&self) -> bool {
        let is_shown_otherwise = self.cell.is_some_and(|cell| !cell.is_shown_as_usual() && !cell.is_masked(self.dates));
        is_shown_otherwise && self.number().is_some() && !self.written().contains(|c: char| c.is_ascii_digit())
    }

    /// Whether what is shown of a number or a text says something else than that: words for a number but those for nought, a mark
    /// behind it, another text.
    pub(super) fn shows_something_else(&self) -> bool {
        let Some(cell) = self.cell else { return false };
        if let (Value::Text(text), Some(format), None) = (&cell.value, &cell.look.format, &cell.look.seen) {
            return !cell.is_masked(self.dates) && !format.text(text).contains(text.trim());
        }
        let written = self.written();
        let is_nought = || self.number().is_some_and(|number| number.is_zero()) && says_nought(&written);
        let is_marked = || number::readings_of_amount(&written).is_empty() && number::is_marked(&written);
        (self.shows_words() && !is_nought()) || (self.number().is_some() && !cell.is_shown_as_usual() && is_marked())
    }

    /// Whether what the cell holds counts there, whatever is seen of it: a number where one belongs, and every text.
    pub(super) fn counts_by_its_value(&self) -> bool {
        !matches!(self.unit, Unit::Unsaid) || self.cell.is_some_and(|cell| cell.text().is_some())
    }

    /// Says which parts of a day the cell's format shows; `None` where it has none or holds no day.
    pub(super) fn parts_of_day(&self) -> Option<PartsOfDay> {
        // A day, the same day a month on, and a year on.
        let [day, month_on, year_on] = [45_658.0, 45_689.0, 46_023.0];
        let cell = self.cell.filter(|cell| matches!(cell.value, Value::Date(_)))?;
        let format = cell.look.format.as_ref()?;
        let shown = |serial: f64| format.number(serial, self.dates);
        let differs = |serial: f64| shown(day) != shown(serial);
        Some(PartsOfDay { month: differs(month_on), year: differs(year_on) })
    }

    /// Whether the cell holds a day, and shows nothing of it but a year or a time.
    pub(super) fn shows_no_month(&self) -> bool {
        let is_masked = || self.cell.is_some_and(|cell| cell.is_masked(self.dates));
        self.parts_of_day().is_some_and(|parts| !parts.month) && !is_masked()
    }

    /// Returns what the cell holds, as findings say it: a number without what its format puts to it.
    pub(super) fn held(&self) -> String {
        let text = || self.cell.and_then(Cell::text).map(str::to_owned);
        self.number().map(|number| number::shown(&number)).or_else(text).unwrap_or_else(|| self.words())
    }

    /// Returns how far the number that is shown is from the one that counts; `None` where either isn't one, or where the
    /// cell shows its number in the usual way.
    fn difference(&self) -> Option<Exact> {
        let cell = self.cell.filter(|cell| !cell.is_shown_as_usual())?;
        let is_percentage = cell.shows_percentage() && self.unit.takes_percentages();
        let share = if is_percentage { Exact::from(100) } else { Exact::one() };
        let counts = self.number()? * share;
        let written = self.written();
        let amounts = number::readings_of_amount(&written);
        // Words beside a number may stand for its sign.
        let (shown, counts) =
            if amounts.is_empty() { (number::readings_among_words(&written), counts.abs()) } else { (amounts, counts) };
        // What is shown may read as several numbers: the nearest is meant.
        shown.into_iter().map(|shown| (shown - counts.clone()).abs()).min()
    }

    /// Returns the numbers that a text can mean there.
    pub(super) fn readings(&self, text: &str) -> Vec<Exact> {
        self.unit.readings(text, &self.money_shown())
    }

    /// Returns the currency in which a number there is an amount; `None` where it is none.
    pub(super) fn money(&self) -> Option<Money> {
        self.unit.money(&self.money_shown())
    }

    /// Returns the currencies in which the cell's format shows numbers.
    fn money_shown(&self) -> Vec<Money> {
        let format = self.cell.and_then(|cell| cell.look.format.as_ref());
        format.map_or_else(Vec::new, |format| currency::named(&format.number(1.0, self.dates)))
    }

    /// Whether the cell's format shows its number in another currency than belongs there. Formats that come with a program
    /// show the one of the country where it runs.
    pub(super) fn shows_other_money(&self) -> bool {
        let shown = self.money_shown();
        let own = self.unit.money(&[]);
        own.is_some_and(|own| {
            !shown.is_empty() && !shown.iter().any(|money| own.can_be(*money) || Money::HOME.can_be(*money))
        })
    }

    /// Whether an amount is shown in pence, or in other hundredths of what the form asks for, without being so many of them: what is seen
    /// and what sums count differ a hundredfold.
    pub(super) fn shows_hundredths(&self) -> bool {
        let is_shown = || self.cell.is_some_and(|cell| !cell.is_shown_as_usual());
        self.unit.whole_money().is_some() && is_shown() && currency::is_in_hundredths(&self.written())
    }

    /// Returns the number that is stored there.
    pub(super) fn number(&self) -> Option<Exact> {
        match self.cell?.value {
            Value::Number(stored) => Exact::from_float(stored),
            Value::Empty
            | Value::Text(_)
            | Value::Date(_)
            | Value::Elapsed(_)
            | Value::Logical(_)
            | Value::Error(_)
            | Value::Picture => None,
        }
    }

    /// Starts a finding about the cell.
    pub(super) fn finding(&self, rule: &'static Rule, message: impl Into<String>) -> Finding {
        let finding = Finding::new(rule, self.place(), message).with_found(self.written());
        if self.subject.is_empty() { finding } else { finding.with_subject(self.subject) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Findings;
    use crate::framework::EntryKind;
    use crate::returns::{Reading, entry};
    use crate::workbook::NumberFormat;

    #[test]
    fn amounts_that_are_shown_in_pence_are_told_and_used_for_nothing() {
        let told = "“1350p” is no amount in £, and the workbook counts it as 1350";
        for (heading, format, expected) in [
            ("Fee", "0\"p\"", Some(told)),
            ("Cost (£)", "0\\p", Some(told)),
            ("Price", "#,##0\" pence\"", Some("“1,350 pence” is no amount in £, and the workbook counts it as 1350")),
            ("Fare in €", "0\"c\"", Some("“1350c” is no amount in €, and the workbook counts it as 1350")),
            ("Cost (p)", "0\"p\"", None),
            ("Fee in pence", "0\"p\"", None),
            ("Learners", "0\"p\"", None),
            ("Fee", "0.00", None),
            ("Fee", "\"£\"#,##0", None),
            ("Fee", "0\" per week\"", None),
        ] {
            let at = CellRef::new(2, 2);
            let mut cell = Cell::new(at, Value::Number(1350.0), None);
            cell.look.format = NumberFormat::of(format).map(Into::into);
            let sheet = Sheet { cells: vec![cell], ..Sheet::empty("A") };
            let kind = EntryKind::Number { minimum: None, maximum: None, whole: false };
            let spot = Spot::new(&sheet, at, DateSystem::From1900, "").in_unit(Unit::named(heading, &[], &kind));
            let mut findings = Findings::default();
            let reading = entry::reading(&spot, &kind, &mut findings);
            let findings = findings.into_sorted();
            assert_eq!(findings.first().map(|finding| finding.message.as_str()), expected, "{heading}, {format}");
            assert_eq!(matches!(reading, Reading::Unusable), expected.is_some(), "{heading}, {format}");
        }
    }
}
