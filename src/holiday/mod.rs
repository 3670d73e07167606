//! Working days: the bank holidays of the United Kingdom's nations, and counting from one day to another without them.
//!
//! [`Nation::of_region`] says whose bank holidays hold in a region, [`Holidays::working_days_after`] counts. Both rest on
//! tables beside this file, which name their sources. Bank holidays are proclaimed year by year, so the table has an end;
//! a count that leaves it is [`Uncounted`], never a guess.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use crate::day::long_date;
use crate::wording::Wording;

/// The bank holidays, by day.
const DAYS: &str = include_str!("bank-holidays.tsv");
/// The nations of regions.
const REGIONS: &str = include_str!("regions.tsv");

/// A part of the United Kingdom with bank holidays of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Nation {
    /// England and Wales.
    EnglandAndWales,
    /// Scotland.
    Scotland,
    /// Northern Ireland.
    NorthernIreland,
}

/// Days on which nobody works, beside Saturdays and Sundays.
#[derive(Clone, Debug, Hash)]
pub struct Holidays {
    bank: BTreeMap<Nation, BTreeSet<Date>>,
    own: BTreeSet<Date>,
    first: Date,
    last: Date,
}

/// Why working days weren't counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("bank holidays are known from {} to {} only", long_date(*.first), long_date(*.last))]
pub struct Uncounted {
    /// The first day of which it is known whether it is a bank holiday.
    pub first: Date,
    /// The last such day.
    pub last: Date,
}

impl Nation {
    /// Returns the nation whose bank holidays hold in a region; `None` where the region isn't known or spans several.
    ///
    /// ```
    /// # use scrutineer::holiday::Nation;
    /// assert_eq!(Nation::of_region("East Midlands"), Some(Nation::EnglandAndWales));
    /// assert_eq!(Nation::of_region("UK-wide"), None);
    /// ```
    pub fn of_region(region: &str) -> Option<Self> {
        static NATIONS: LazyLock<BTreeMap<Wording, Nation>> = LazyLock::new(|| {
            let rows = rows(REGIONS).filter_map(|row| row.split_once('\t'));
            rows.filter_map(|(region, nation)| Some((Wording::of(region), Nation::named(nation)?))).collect()
        });
        NATIONS.get(&Wording::of(region)).copied()
    }

    /// Returns the nation of a name in the tables.
    fn named(name: &str) -> Option<Self> {
        match name {
            "england-and-wales" => Some(Self::EnglandAndWales),
            "scotland" => Some(Self::Scotland),
            "northern-ireland" => Some(Self::NorthernIreland),
            _ => None,
        }
    }
}

impl Default for Holidays {
    /// Returns the bank holidays alone.
    fn default() -> Self {
        static BANK: LazyLock<Holidays> = LazyLock::new(|| read(DAYS));
        BANK.clone()
    }
}

impl Holidays {
    /// Returns these days and others on which nobody works in any nation.
    #[must_use]
    pub fn and(mut self, others: impl IntoIterator<Item = Date>) -> Self {
        self.own.extend(others);
        self
    }

    /// Returns the days beside bank holidays, in order.
    pub fn own(&self) -> impl Iterator<Item = Date> {
        self.own.iter().copied()
    }

    /// Whether a day is neither on a weekend nor a holiday.
    pub fn is_working_day(&self, day: Date, nation: Nation) -> bool {
        let weekend = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
        let holiday = self.bank.get(&nation).is_some_and(|days| days.contains(&day)) || self.own.contains(&day);
        !weekend && !holiday
    }

    /// Returns the day that is so many working days after another, which isn't counted itself; before it where the count is
    /// negative, and itself where it is nought.
    pub fn working_days_after(&self, day: Date, count: i64, nation: Nation) -> Result<Date, Uncounted> {
        let uncounted = Uncounted { first: self.first, last: self.last };
        let step = if count < 0 { -1 } else { 1 };
        let (mut day, mut left) = (day, count.unsigned_abs());
        loop {
            if day < self.first || day > self.last {
                return Err(uncounted);
            }
            if left == 0 {
                return Ok(day);
            }
            day = day.checked_add(step.days()).map_err(|_| uncounted)?;
            left -= u64::from(self.is_working_day(day, nation));
        }
    }
}

/// Returns the rows of a table, without its remarks.
fn rows(table: &'static str) -> impl Iterator<Item = &'static str> {
    table.lines().filter(|line| !line.starts_with('#'))
}

/// Reads the table of bank holidays.
fn read(table: &'static str) -> Holidays {
    let day = |text: &str| text.parse::<Date>().expect("the table's days are days");
    let covers = table.lines().find_map(|line| line.strip_prefix("# covers\t")?.split_once('\t'));
    let (first, last) = covers.expect("the table says which days it covers");
    let mut bank: BTreeMap<Nation, BTreeSet<Date>> = BTreeMap::new();
    for row in rows(table) {
        let (on, rest) = row.split_once('\t').expect("a row has a day, nations and a name");
        let nations = rest.split('\t').next().unwrap_or_default();
        for nation in nations.split(' ').filter_map(Nation::named) {
            bank.entry(nation).or_default().insert(day(on));
        }
    }
    Holidays { bank, own: BTreeSet::new(), first: day(first), last: day(last) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const NATIONS: [Nation; 3] = [Nation::EnglandAndWales, Nation::Scotland, Nation::NorthernIreland];

    #[test]
    fn working_days_leave_out_weekends_and_the_nations_holidays() {
        use Nation::{EnglandAndWales, NorthernIreland, Scotland};
        let cases = [
            (date(2026, 3, 25), 5, EnglandAndWales, date(2026, 4, 1)),
            (date(2026, 3, 27), 5, EnglandAndWales, date(2026, 4, 7)),
            (date(2026, 3, 27), 5, NorthernIreland, date(2026, 4, 7)),
            (date(2026, 3, 27), 5, Scotland, date(2026, 4, 6)),
            (date(2022, 6, 1), 1, EnglandAndWales, date(2022, 6, 6)),
            (date(2022, 9, 16), 1, Scotland, date(2022, 9, 20)),
            (date(2023, 5, 5), 1, NorthernIreland, date(2023, 5, 9)),
            (date(2021, 12, 24), 1, EnglandAndWales, date(2021, 12, 29)),
            (date(2021, 12, 31), 1, Scotland, date(2022, 1, 5)),
            (date(2021, 12, 31), 1, EnglandAndWales, date(2022, 1, 4)),
            (date(2025, 7, 11), 1, NorthernIreland, date(2025, 7, 15)),
            (date(2025, 3, 14), 1, NorthernIreland, date(2025, 3, 18)),
            (date(2026, 4, 7), -5, EnglandAndWales, date(2026, 3, 27)),
            (date(2026, 4, 4), 0, EnglandAndWales, date(2026, 4, 4)),
        ];
        for (day, count, nation, expected) in cases {
            let counted = Holidays::default().working_days_after(day, count, nation);
            assert_eq!(counted, Ok(expected), "{count} after {day} in {nation:?}");
        }
    }

    #[test]
    fn beyond_the_table_nothing_is_counted() {
        let holidays = Holidays::default();
        for (day, count) in
            [(date(2030, 12, 30), 5), (date(2031, 1, 6), 1), (date(2012, 1, 3), -2), (date(2011, 6, 1), 0)]
        {
            let counted = holidays.working_days_after(day, count, Nation::Scotland).unwrap_err();
            let words = "bank holidays are known from 1 January 2012 to 31 December 2030 only";
            assert_eq!(counted.to_string(), words, "{count} after {day}");
        }
    }

    #[test]
    fn a_seasons_own_holidays_count_in_every_nation() {
        let holidays = Holidays::default().and([date(2026, 3, 30)]);
        for nation in NATIONS {
            assert_eq!(holidays.working_days_after(date(2026, 3, 27), 1, nation), Ok(date(2026, 3, 31)), "{nation:?}");
        }
    }

    #[test]
    fn every_row_of_the_tables_is_understood() {
        for row in rows(DAYS) {
            let columns: Vec<&str> = row.split('\t').collect();
            assert_eq!(columns.len(), 3, "{row}");
            assert!(columns[1].split(' ').all(|name| Nation::named(name).is_some()), "{row}");
            let weekday = columns[0].parse::<Date>().unwrap().weekday();
            assert!(!matches!(weekday, Weekday::Saturday | Weekday::Sunday), "{row} is on a weekend");
        }
        for row in rows(REGIONS) {
            assert!(row.split_once('\t').is_some_and(|(_, name)| Nation::named(name).is_some()), "{row}");
        }
    }

    #[test]
    fn every_year_has_its_holidays() {
        let holidays = Holidays::default();
        for year in 2012..=2030 {
            let added = match year {
                2012 | 2023 => [1, 1, 1],
                2022 => [2, 2, 2],
                2026 => [0, 1, 0],
                _ => [0, 0, 0],
            };
            let counts = NATIONS.map(|nation| holidays.bank[&nation].iter().filter(|day| day.year() == year).count());
            let expected = [8 + added[0], 9 + added[1], 10 + added[2]];
            assert_eq!(counts, expected, "{year}");
        }
    }
}
