//! Weights that an organisation gives parts of a scheme itself, as shares of the whole.

use crate::exact::Exact;
use crate::framework::expression::Quantity;

/// The weights that an organisation gives some parts itself.
pub(super) enum Own {
    /// It gives none.
    None,
    /// As shares of one, the scheme's where it gives none.
    Whole(Vec<Option<Exact>>),
    /// They can't be used together.
    Open {
        /// What they come to, in percent; `None` where one can't be read.
        sum: Option<Exact>,
        /// The places of those that have none of their own, and so the scheme's.
        lent: Vec<usize>,
    },
}

/// Returns what own weights come to beside the scheme's: they are written in percent or as shares, and must come to the whole.
pub(super) fn own_shares(own: &[Quantity], scheme: &[Option<Exact>]) -> Own {
    let is_unreadable = own.iter().any(|weight| weight.is_open() || weight.number().is_some_and(Exact::is_negative));
    let given: Vec<&Exact> = own.iter().filter_map(Quantity::number).collect();
    if given.is_empty() && !is_unreadable {
        return Own::None;
    }
    let is_percent = given.iter().copied().sum::<Exact>() > Exact::ratio(3, 2).unwrap_or_else(Exact::one);
    let hundred = Exact::from(100);
    let share = |weight: &Exact| if is_percent { weight.divided_by(&hundred) } else { Some(weight.clone()) };
    let one = |(own, scheme): (&Quantity, &Option<Exact>)| own.number().and_then(share).or_else(|| scheme.clone());
    let each: Vec<Option<Exact>> = own.iter().zip(scheme).map(one).collect();
    let sum: Exact = each.iter().flatten().sum();
    if sum == Exact::one() && !is_unreadable {
        return Own::Whole(each);
    }
    let is_lent = |place: &usize| own[*place].number().is_none() && each[*place].is_some();
    Own::Open { sum: (!is_unreadable).then(|| sum * hundred), lent: (0..each.len()).filter(is_lent).collect() }
}
