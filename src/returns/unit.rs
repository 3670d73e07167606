//! In which unit a number may be written where it stands: weeks where weeks are measured, pounds under “Amount £”, a percentage
//! for a share.
//!
//! A number in another unit is another number: 29 % of the people is no 29 people.

use crate::exact::Exact;
use crate::framework::EntryKind;
use crate::wording::{plain, words as words_of};

use super::currency::{self, Money};
use super::number;

/// What says the unit of the numbers at a place.
#[derive(Clone, Copy, Debug, Default)]
pub(super) enum Unit<'a> {
    /// Nothing does, as for figures that a workbook states and for words.
    #[default]
    Unsaid,
    /// They have none, as grades and points.
    Bare,
    /// What a measure counts in.
    Of(&'a str),
    /// The words over or beside them.
    Named {
        /// The form's words.
        heading: &'a str,
        /// Other words for them.
        also: &'a [String],
        /// Whether they lie between nought and one.
        is_share: bool,
    },
}

/// Words over amounts of money.
const MONEY: [&str; 31] = [
    "amount", "amounts", "bill", "bills", "budget", "charge", "charges", "cost", "costs", "expense", "expenses", "fee",
    "fees", "fine", "grant", "income", "invoiced", "paid", "pay", "payment", "payments", "premium", "price", "rate",
    "rates", "rent", "salary", "spend", "turnover", "wage", "wages",
];

/// Words over shares of a whole.
const SHARES: [&str; 4] = ["share", "shares", "proportion", "quota"];

/// Words that may stand between the words of a unit: “16 hours per week”.
const BETWEEN: [&str; 5] = ["a", "an", "of", "per", "the"];

/// Words for people in general.
const PEOPLE: [&str; 2] = ["people", "person"];

/// Words over numbers of people, without the sign of the plural.
const KINDS_OF_PEOPLE: [&str; 16] = [
    "apprentice",
    "candidate",
    "client",
    "colleague",
    "employee",
    "jobseeker",
    "learner",
    "manager",
    "member",
    "participant",
    "people",
    "person",
    "staff",
    "student",
    "trainee",
    "volunteer",
];

impl<'a> Unit<'a> {
    /// Returns the unit of entries of a kind under or beside these words.
    pub(super) fn named(heading: &'a str, also: &'a [String], kind: &EntryKind) -> Self {
        match kind {
            EntryKind::Number { maximum, .. } => {
                Self::Named { heading, also, is_share: maximum.as_ref().is_some_and(|most| *most <= Exact::one()) }
            }
            EntryKind::Text
            | EntryKind::Contact
            | EntryKind::Date(_)
            | EntryKind::Choice(_)
            | EntryKind::Mark(_)
            | EntryKind::Reference(_)
            | EntryKind::Registration(_) => Self::Unsaid,
        }
    }

    /// Returns the numbers that a text can mean in this unit; none where it names another. Which money its cell shows its format
    /// says.
    pub(super) fn readings(self, text: &str, format: &[Money]) -> Vec<Exact> {
        let words = plain(text);
        let amount = self.without_own_words(&words);
        let is_percentage = number::is_in_percent(amount);
        let is_others = is_percentage && !self.takes_percentages() || !self.takes(&currency::named(amount), format);
        let numbers = if is_others { Vec::new() } else { number::readings_of_amount(amount) };
        let hundredth = |number: Exact| number.divided_by(&Exact::from(100));
        if is_percentage && self.is_share() { numbers.into_iter().filter_map(hundredth).collect() } else { numbers }
    }

    /// Whether its numbers may be percentages.
    pub(super) fn takes_percentages(self) -> bool {
        self.is_share() || self.words().iter().any(|words| number::is_in_percent(words)) || self.says_one_of(&SHARES)
    }

    /// Whether its numbers may be amounts in all of these currencies.
    fn takes(self, named: &[Money], format: &[Money]) -> bool {
        let own = self.money(format);
        named.iter().all(|money| own.is_some_and(|own| own.can_be(*money)))
    }

    /// Returns the currency in which its numbers are amounts; `None` where they are none.
    pub(super) fn money(self, format: &[Money]) -> Option<Money> {
        let said = match self {
            Self::Unsaid | Self::Bare => None,
            Self::Of(unit) => currency::named_over(unit).first().copied(),
            Self::Named { heading, also, .. } => {
                let mut words = std::iter::once(heading).chain(also.iter().map(String::as_str));
                words.find_map(|words| currency::named_over(words).first().copied())
            }
        };
        let is_for_money = || matches!(self, Self::Unsaid) || self.says_one_of(&MONEY);
        said.or_else(|| format.first().copied()).or_else(|| is_for_money().then_some(Money::HOME))
    }

    /// Returns the currency whose own unit its numbers count; `None` where they are no amounts, or count pence.
    pub(super) fn whole_money(self) -> Option<Money> {
        let counts_hundredths = self.words().iter().any(|words| currency::is_in_hundredths(words));
        self.money(&[]).filter(|_| !matches!(self, Self::Unsaid) && !counts_hundredths)
    }

    /// Whether a percentage is so many hundredths of it.
    const fn is_share(self) -> bool {
        matches!(self, Self::Unsaid | Self::Named { is_share: true, .. })
    }

    /// Returns the words that say it.
    fn words(self) -> Vec<String> {
        match self {
            Self::Unsaid | Self::Bare => Vec::new(),
            Self::Of(unit) => vec![unit.to_lowercase()],
            Self::Named { heading, also, .. } => {
                std::iter::once(heading).chain(also.iter().map(String::as_str)).map(str::to_lowercase).collect()
            }
        }
    }

    /// Whether one of these is among the words that say it.
    fn says_one_of(self, listed: &[&str]) -> bool {
        self.words().iter().flat_map(|words| words_of(words)).any(|word| listed.contains(&word))
    }

    /// Drops words of its own after a number: “44 learners” under “Learners planned”, “1 week” where weeks are measured.
    fn without_own_words(self, text: &str) -> &str {
        let Some(at) = text.find(char::is_alphabetic).filter(|at| text[..*at].contains(|c: char| c.is_ascii_digit()))
        else {
            return text;
        };
        let (own, one) = (self.words(), |word: &str| word.trim_end_matches('s').to_owned());
        let own: Vec<String> = own.iter().flat_map(|words| words_of(words)).map(one).collect();
        let counts_people = own.iter().any(|word| KINDS_OF_PEOPLE.contains(&word.as_str()));
        let is_own = |word: &str| own.contains(&one(word)) || counts_people && PEOPLE.contains(&one(word).as_str());
        let words = text[at..].to_lowercase();
        let mut after = words_of(&words).filter(|word| !BETWEEN.contains(word)).peekable();
        let is_all_own = after.peek().is_some() && after.all(is_own);
        if is_all_own { text[..at].trim_end() } else { text }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::framework::{Holds, builtin};

    fn shown(numbers: &[Exact]) -> String {
        numbers.iter().map(ToString::to_string).collect::<Vec<_>>().join(" or ")
    }

    #[test]
    fn units_of_the_measure_are_read_over_and_no_others() {
        let cases = [("18 weeks", "18"), ("18.5 Weeks", "18.5"), ("1 week", "1"), ("7", "7")];
        let others = ["18 days", "weeks", "about 18 weeks", "18.7%", "£18", "18 GBP", "18 per cent"];
        for (written, expected) in cases.into_iter().chain(others.map(|written| (written, ""))) {
            assert_eq!(shown(&Unit::Of("weeks").readings(written, &[])), expected, "{written}");
        }
        for (written, expected) in [("42 %", "42"), ("42 per cent", "42"), ("42", "42"), ("£42", ""), ("42 weeks", "")]
        {
            assert_eq!(shown(&Unit::Of("%").readings(written, &[])), expected, "{written}");
        }
        for (written, expected) in [("£42", "42"), ("42", "42"), ("42%", ""), ("42 weeks", "")] {
            assert_eq!(shown(&Unit::Of("£").readings(written, &[])), expected, "{written}");
        }
    }

    #[test]
    fn the_words_over_a_number_say_its_unit() {
        let cases = [
            ("People interviewed", "29 people", "29"),
            ("People interviewed", "29%", ""),
            ("People interviewed", "£29", ""),
            ("Learners in the cohort", "44 learners", "44"),
            ("Learners planned", "1 learner", "1"),
            ("Learners planned", "44 people", "44"),
            ("Clients seen", "48 people", "48"),
            ("Clients seen", "48 employers", ""),
            ("Employers", "48 people", ""),
            ("Learners planned", "44 employers", ""),
            ("Learners planned", "44 of", ""),
            ("Hours per week", "16 hours per week", "16"),
            ("Hours per week", "16 hours a week", "16"),
            ("Hours per week", "16%", ""),
            ("Hours per week", "£16", ""),
            ("Amount £", "£1,500.00", "1500"),
            ("Amount £", "1500 GBP", "1500"),
            ("Amount £", "29%", ""),
            ("Hourly rate", "£12.21", "12.21"),
            ("Rent", "£300", "300"),
            ("Rent", "€300", ""),
            ("Rent €", "€300", "300"),
            ("Rent EUR", "300 euros", "300"),
            ("Rent €", "£300", ""),
            ("FINE FOR ALL", "£300", "300"),
            ("Attendance %", "80%", "80"),
            ("Percentage of staff", "80 per cent", "80"),
            ("Share of staff", "80%", "80"),
            ("Members", "36", "36"),
        ];
        for (heading, written, expected) in cases {
            let kind = EntryKind::Number { minimum: None, maximum: None, whole: false };
            let unit = Unit::named(heading, &[], &kind);
            assert_eq!(shown(&unit.readings(written, &[])), expected, "{written} under {heading}");
        }
        assert_eq!(shown(&Unit::named("Bursary", &[], &whole()).readings("£300", &currency::named("£0"))), "300");
    }

    fn whole() -> EntryKind {
        EntryKind::Number { minimum: None, maximum: None, whole: true }
    }

    #[test]
    fn a_share_is_so_many_hundredths() {
        let kind = EntryKind::Number { minimum: None, maximum: Some(Exact::one()), whole: false };
        for (written, expected) in [("80%", "0.8"), ("66.5 per cent", "0.665"), ("0.8", "0.8"), ("£0.8", "")] {
            assert_eq!(shown(&Unit::named("Needed", &[], &kind).readings(written, &[])), expected, "{written}");
        }
    }

    #[test]
    fn every_number_of_the_shipped_forms_takes_its_own_unit_alone() {
        for framework in builtin::all() {
            let fields = framework.fields.iter().map(|field| (&field.label, &field.also, &field.kind));
            let columns = framework.registers.iter().flat_map(|register| &register.columns);
            let columns = columns.map(|column| (&column.heading, &column.also, &column.kind));
            let beside = framework.tables.iter().flat_map(|table| &table.columns);
            let beside = beside.filter_map(|column| match &column.holds {
                Holds::Entry(kind) => Some((&column.heading, &column.also, kind)),
                Holds::Code
                | Holds::Text
                | Holds::CodeAndText
                | Holds::Form
                | Holds::Score(_)
                | Holds::Opinions
                | Holds::Result => None,
            });
            let all = fields.chain(columns).chain(beside);
            for (label, also, kind) in all.filter(|(.., kind)| matches!(kind, EntryKind::Number { .. })) {
                let unit = Unit::named(label, also, kind);
                let is_money = label.contains('£') || label.contains("rate");
                let is_share = label.starts_with("Share");
                for (written, is_read) in [
                    ("1", true),
                    ("1.0", true),
                    ("£1", is_money),
                    ("1 GBP", is_money),
                    ("€1", false),
                    ("1 USD", false),
                    ("100%", is_share),
                    ("100 per cent", is_share),
                    ("1 furlong", false),
                    ("1?", false),
                    ("about 1", false),
                ] {
                    let expected = if is_read { "1" } else { "" };
                    assert_eq!(
                        shown(&unit.readings(written, &[])),
                        expected,
                        "{written} at “{label}” of {}",
                        framework.id
                    );
                }
            }
        }
    }
}
