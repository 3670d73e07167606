//! The ways in which the returns of a bundle's members can come out that are looked at.
//!
//! Each band that an open return can have is tried with each of the others', and with the total that goes with it where the bundle asks for that
//! too; where the bundle asks for totals alone, each end of each total
//! is. Where there are more ways than [`MOST`](super::MOST), all is left open at once. Of the bands in between it isn't known whether
//! they can come out, so only ways of ends that can are [`real`](Way::is_real).

use super::MOST;
use super::known::{Known, Members};
use super::piece::Piece;
use crate::framework::Framework;
use crate::framework::expression::{Expression, Mention, Quantity};
use crate::framework::language::{Takes, function};

/// One way in which returns can come out.
pub(super) struct Way {
    /// The returns.
    pub(super) members: Members,
    /// Whether it really can come out.
    pub(super) is_real: bool,
}

/// A return that can come out in several ways: its member, its place there, and each way with whether it really can.
type Open<'a> = (&'a str, usize, Vec<(Known, bool)>);

/// What a bundle asks of returns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Asks {
    /// Their bands alone.
    Bands,
    /// Their totals alone.
    Totals,
    /// Both, or values and grades of parts.
    More,
}

/// Returns the ways, the one that holds all others last where those before are some of all.
pub(super) fn all(bundle: &Framework, members: &Members) -> Vec<Way> {
    let asks = asks(bundle);
    let open: Vec<Open<'_>> = open(members, asks);
    let number = open.iter().map(|(.., ways)| ways.len()).try_fold(1_usize, usize::checked_mul);
    let whole = |is_real| Way { members: members.clone(), is_real };
    if open.is_empty() {
        return vec![whole(true)];
    }
    if number.is_none_or(|number| number > MOST) {
        return vec![whole(false)];
    }
    let mut ways = vec![whole(true)];
    for (member, at, tried) in open {
        ways = ways.iter().flat_map(|way| tried.iter().map(move |known| way.with(member, at, known))).collect();
    }
    // The ends of totals are some of what they can be.
    ways.extend((asks == Asks::Totals).then(|| whole(false)));
    ways
}

impl Way {
    /// Returns the way with one return as it may come out.
    fn with(&self, member: &str, at: usize, (known, is_real): &(Known, bool)) -> Self {
        let mut members = self.members.clone();
        if let Some(own) = members.0.get_mut(member).and_then(|all| all.get_mut(at)) {
            own.clone_from(known);
        }
        Self { members, is_real: self.is_real && *is_real }
    }
}

/// Returns the returns that can come out in several ways, by member and place, each with the ways.
fn open(members: &Members, asks: Asks) -> Vec<Open<'_>> {
    let all = members.0.iter().flat_map(|(member, all)| all.iter().enumerate().map(move |(at, of)| (member, at, of)));
    let tried = all.map(|(member, at, known)| (member.as_str(), at, ways_of(known, asks)));
    tried.filter(|(.., ways)| ways.len() > 1).collect()
}

/// Returns the ways in which one return can come out, each with whether it really can.
fn ways_of(known: &Known, asks: Asks) -> Vec<(Known, bool)> {
    let is_reached = known.ends.are_reached();
    match asks {
        Asks::Totals => {
            let (least, most) = (known.total.least().clone(), known.total.most().clone());
            let ends: Vec<Quantity> = if known.total.is_open() && least.is_known() && most.is_known() {
                vec![least, most]
            } else {
                vec![known.total.clone()]
            };
            ends.into_iter().map(|total| (Known { total, ..known.clone() }, is_reached)).collect()
        }
        Asks::More if !known.pieces.is_empty() => {
            let of = |piece: &Piece| {
                let (band, total) = (piece.band.clone(), piece.total.clone());
                (Known { band, total, ..known.clone() }, piece.is_end && is_reached)
            };
            known.pieces.iter().map(of).collect()
        }
        Asks::Bands | Asks::More => {
            let bands: Vec<Quantity> = known.band.all().cloned().collect();
            let last = bands.len().saturating_sub(1);
            let bands_are_known = bands.iter().all(Quantity::is_known);
            let is_real = |at: usize| (at == 0 || at == last) && is_reached && bands_are_known;
            let ways = bands.into_iter().enumerate();
            ways.map(|(at, band)| (Known { band, ..known.clone() }, is_real(at))).collect()
        }
    }
}

/// Returns what a bundle asks of returns.
fn asks(bundle: &Framework) -> Asks {
    let gates = bundle.outcome.gates.iter().map(|gate| &gate.holds);
    let all = bundle.values.iter().map(|value| &value.value).chain([&bundle.outcome.total]).chain(gates);
    let (mut bands, mut totals, mut more) = (false, false, false);
    for mention in all.flat_map(Expression::names) {
        let Mention::Call(name, arguments) = mention else { continue };
        match function(&name).map(|function| function.takes) {
            Some(Takes::MemberBands) => bands = true,
            Some(Takes::Member) if name == "outcome_of" => bands = true,
            Some(Takes::Member) if name == "total_of" => totals = true,
            Some(Takes::MemberTotals) if arguments.len() == 1 => totals = true,
            Some(Takes::MemberTotals | Takes::MemberValue | Takes::MemberGrade | Takes::MemberGradeBands) => {
                more = true;
            }
            Some(_) | None => {}
        }
    }
    match (bands, totals, more) {
        (_, false, false) => Asks::Bands,
        (false, true, false) => Asks::Totals,
        _ => Asks::More,
    }
}
