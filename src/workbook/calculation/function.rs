//! The functions that forms use, as spreadsheets work them out.

use crate::exact::Exact;

use super::Calculation;
use super::condition::Condition;
use super::term::Term;
use super::worth::{DIVIDED_BY_NOUGHT, NO_VALUE, Worth};

/// Works out a function; `None` for one that isn't known, or of which programs differ.
pub(super) fn call(calculation: &Calculation<'_>, name: &str, arguments: &[Term], own: usize) -> Option<Worth> {
    let call = Call { calculation, arguments, own };
    match name {
        "SUM" => call.over_numbers(|numbers| Worth::Number(numbers.iter().sum())),
        "AVERAGE" => call.over_numbers(average),
        "MIN" => call.over_numbers(|numbers| or_nought(numbers.iter().min())),
        "MAX" => call.over_numbers(|numbers| or_nought(numbers.iter().max())),
        "COUNT" => call.counted(|worth| matches!(worth, Worth::Number(_))),
        "COUNTA" => call.counted(|worth| !matches!(worth, Worth::Blank)),
        "COUNTBLANK" => call.blanks(),
        "COUNTIF" | "COUNTIFS" => call.counted_where(),
        "SUMIF" => call.summed_where(arguments.get(2).or(arguments.first())?, &arguments[..2.min(arguments.len())]),
        "SUMIFS" => call.summed_where(arguments.first()?, &arguments[1..]),
        "IF" => call.chosen(),
        "IFERROR" => call.unless_error(),
        "AND" => call.all_hold(true),
        "OR" => call.all_hold(false),
        "NOT" => negated(&call.single(0)?),
        "ROUND" => call.rounded(),
        "ABS" => magnitude(call.single(0)?),
        "N" => Some(as_number(call.single(0)?)),
        "LEFT" => call.first_letters(),
        _ => None,
    }
}

/// A function with what it is of.
struct Call<'a> {
    calculation: &'a Calculation<'a>,
    arguments: &'a [Term],
    own: usize,
}

impl Call<'_> {
    /// Returns what an argument comes to.
    fn single(&self, number: usize) -> Option<Worth> {
        self.calculation.of_term(self.arguments.get(number)?, self.own)
    }

    /// Returns what the arguments come to: the filled cells of ranges, and single values.
    fn filled(&self) -> Option<Vec<(bool, Worth)>> {
        let mut all = Vec::new();
        for argument in self.arguments {
            if let Term::Cells(sheet, range) = argument {
                let filled = self.calculation.filled(sheet.as_ref(), *range, self.own)?;
                all.extend(filled.into_iter().map(|worth| (true, worth)));
            } else {
                all.push((false, self.calculation.of_term(argument, self.own)?));
            }
        }
        Some(all)
    }

    /// Works something out over the numbers among the arguments; texts and truths in cells are passed over, errors passed on.
    fn over_numbers(&self, work: impl Fn(&[Exact]) -> Worth) -> Option<Worth> {
        let mut numbers = Vec::new();
        for (is_in_cell, worth) in self.filled()? {
            match worth {
                Worth::Number(number) => numbers.push(number),
                Worth::Error(_) => return Some(worth),
                Worth::Blank => {}
                Worth::Text(_) | Worth::Truth(_) if is_in_cell => {}
                Worth::Text(_) | Worth::Truth(_) => return None,
            }
        }
        Some(work(&numbers))
    }

    /// Counts the arguments that are of a kind.
    fn counted(&self, is_one: impl Fn(&Worth) -> bool) -> Option<Worth> {
        Some(count(self.filled()?.iter().filter(|(_, worth)| is_one(worth)).count()))
    }

    /// Counts the cells of a range that nobody sees anything in.
    fn blanks(&self) -> Option<Worth> {
        let is_blank =
            |worth: &&Worth| matches!(worth, Worth::Blank) || matches!(worth, Worth::Text(text) if text.is_empty());
        Some(count(self.each(self.arguments.first()?)?.iter().filter(is_blank).count()))
    }

    /// Returns what stands in each cell of a range.
    fn each(&self, range: &Term) -> Option<Vec<Worth>> {
        let Term::Cells(sheet, range) = range else { return None };
        self.calculation.each(sheet.as_ref(), *range, self.own)
    }

    /// Returns whether the cells of ranges, one beside the other, fulfil all of their conditions.
    fn fulfilled(&self, pairs: &[Term]) -> Option<Vec<bool>> {
        let mut fulfilled: Option<Vec<bool>> = None;
        for pair in pairs.chunks(2) {
            let [range, condition] = pair else { return None };
            let condition = Condition::of(&self.calculation.of_term(condition, self.own)?)?;
            let met: Vec<bool> =
                self.each(range)?.iter().map(|worth| condition.is_met(worth)).collect::<Option<_>>()?;
            fulfilled = Some(match fulfilled {
                Some(before) if before.len() == met.len() => before.iter().zip(&met).map(|(a, b)| *a && *b).collect(),
                Some(_) => return None,
                None => met,
            });
        }
        fulfilled
    }

    /// Counts the cells that fulfil all conditions.
    fn counted_where(&self) -> Option<Worth> {
        Some(count(self.fulfilled(self.arguments)?.into_iter().filter(|met| *met).count()))
    }

    /// Sums up the cells beside which all conditions are fulfilled.
    fn summed_where(&self, range: &Term, pairs: &[Term]) -> Option<Worth> {
        let (summed, met) = (self.each(range)?, self.fulfilled(pairs)?);
        if summed.len() != met.len() {
            return None;
        }
        let mut sum = Exact::zero();
        for worth in summed.into_iter().zip(met).filter(|(_, met)| *met).map(|(worth, _)| worth) {
            match worth {
                Worth::Number(number) => sum = sum + number,
                Worth::Error(_) => return Some(worth),
                Worth::Blank | Worth::Text(_) | Worth::Truth(_) => {}
            }
        }
        Some(Worth::Number(sum))
    }

    /// Works out the one of two that a condition chooses.
    fn chosen(&self) -> Option<Worth> {
        match self.single(0)?.holds()? {
            Err(error) => Some(error),
            Ok(true) => self.single(1).map(of_cell),
            Ok(false) if self.arguments.len() < 3 => Some(Worth::Truth(false)),
            Ok(false) => self.single(2).map(of_cell),
        }
    }

    /// Works out the first unless that is an error, and then the second.
    fn unless_error(&self) -> Option<Worth> {
        let first = self.single(0)?;
        if matches!(first, Worth::Error(_)) { self.single(1).map(of_cell) } else { Some(of_cell(first)) }
    }

    /// Whether all conditions hold, or any does.
    fn all_hold(&self, all: bool) -> Option<Worth> {
        let mut holds = all;
        for (is_in_cell, worth) in self.filled()? {
            match worth.holds() {
                Some(Err(error)) => return Some(error),
                Some(Ok(one)) => holds = if all { holds && one } else { holds || one },
                None if is_in_cell => {}
                None => return None,
            }
        }
        Some(Worth::Truth(holds))
    }

    /// Rounds to so many decimals, none or more.
    fn rounded(&self) -> Option<Worth> {
        let places = match self.single(1)? {
            Worth::Number(places) => u32::try_from(places.to_whole()?).ok().filter(|places| *places <= 15)?,
            Worth::Blank | Worth::Text(_) | Worth::Truth(_) | Worth::Error(_) => return None,
        };
        match self.single(0)? {
            Worth::Number(number) => Some(Worth::Number(number.rounded(places))),
            Worth::Blank => Some(Worth::Number(Exact::zero())),
            error @ Worth::Error(_) => Some(error),
            Worth::Text(_) | Worth::Truth(_) => None,
        }
    }

    /// Returns the first letters of a text.
    fn first_letters(&self) -> Option<Worth> {
        let many = match self.single(1) {
            None if self.arguments.len() == 1 => 1,
            Some(Worth::Number(many)) => usize::try_from(many.to_whole()?).ok()?,
            None | Some(Worth::Blank | Worth::Text(_) | Worth::Truth(_) | Worth::Error(_)) => return None,
        };
        match self.single(0)? {
            error @ Worth::Error(_) => Some(error),
            Worth::Text(text) => Some(Worth::Text(text.chars().take(many).collect())),
            Worth::Blank => Some(Worth::Text(String::new())),
            Worth::Number(_) | Worth::Truth(_) => None,
        }
    }
}

/// Returns a count.
fn count(many: usize) -> Worth {
    Worth::Number(Exact::from(many))
}

/// Returns what a formula shows of a cell that it hands on: nought, where nothing stands there.
fn of_cell(worth: Worth) -> Worth {
    if worth == Worth::Blank { Worth::Number(Exact::zero()) } else { worth }
}

/// Returns a number, and nought where there is none.
fn or_nought(number: Option<&Exact>) -> Worth {
    Worth::Number(number.cloned().unwrap_or_else(Exact::zero))
}

/// Returns the mean of numbers.
fn average(numbers: &[Exact]) -> Worth {
    let sum: Exact = numbers.iter().sum();
    let mean = sum.divided_by(&Exact::from(numbers.len()));
    mean.map_or_else(|| Worth::Error(DIVIDED_BY_NOUGHT.to_owned()), Worth::Number)
}

/// Returns the contrary of a condition.
fn negated(worth: &Worth) -> Option<Worth> {
    Some(match worth.holds()? {
        Ok(holds) => Worth::Truth(!holds),
        Err(error) => error,
    })
}

/// Returns a number without its sign.
fn magnitude(worth: Worth) -> Option<Worth> {
    match worth {
        Worth::Number(number) => Some(Worth::Number(number.abs())),
        Worth::Blank => Some(Worth::Number(Exact::zero())),
        Worth::Error(_) => Some(worth),
        Worth::Text(text) => (!text.chars().any(|c| c.is_ascii_digit())).then(|| Worth::Error(NO_VALUE.to_owned())),
        Worth::Truth(_) => None,
    }
}

/// Returns what the function `N` makes of something.
fn as_number(worth: Worth) -> Worth {
    match worth {
        Worth::Number(_) | Worth::Error(_) => worth,
        Worth::Truth(truth) => Worth::Number(Exact::from(i64::from(truth))),
        Worth::Blank | Worth::Text(_) => Worth::Number(Exact::zero()),
    }
}
