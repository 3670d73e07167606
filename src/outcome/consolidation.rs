//! How judgements on the units of an organisation make one on the whole, exactly.
//!
//! A [`Declared`] rule asks for a share of the units, or of their weight. A unit whose judgement is open could still fall
//! either way: where the rule comes to the same in both cases it is decided, else it stays open. Without a single unit, or
//! without a weight that decides, nothing is known.

use crate::exact::Exact;
use crate::framework::{ConsolidationSpec, Framework, ShareRule};
use crate::returns::{Entry, EntryValue, Return};

/// What one unit says of a criterion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Voice {
    /// Whether the grade that decides holds there; `None` while that is open.
    pub holds: Option<bool>,
    /// What the unit weighs; `None` where that isn't known.
    pub weight: Option<Exact>,
}

/// A rule with the share that it asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Declared {
    /// The rule.
    pub rule: ShareRule,
    /// The share that is needed, from nought to one; `None` where the rule asks for none or none can be used.
    pub share: Option<Exact>,
}

impl Declared {
    /// Returns the rule that a framework has where no return names one.
    pub fn by_framework(spec: &ConsolidationSpec) -> Self {
        Self::new(spec.rule, spec.share.as_ref())
    }

    /// Returns the rule that a return about the whole names, by the words of its fields; `None` where it names none.
    pub fn by_words(spec: &ConsolidationSpec, chosen: Option<&str>, share: Option<&Exact>) -> Option<Self> {
        Some(Self::new(*spec.choices.get(chosen?)?, share))
    }

    /// Returns the rule that a return names; `None` where it names none, or isn't about the whole.
    pub fn by_return(framework: &Framework, sent: &Return) -> Option<Self> {
        use crate::framework::FieldRole::Kind;
        let spec = framework.consolidation.as_ref()?;
        let kind = sent.role(framework, Kind)?.to_string();
        let said = |field: &Option<_>| sent.fields.get(field.as_ref()?).and_then(Entry::given);
        let chosen = said(&spec.chosen_in).map(ToString::to_string);
        let share = match said(&spec.share_in) {
            Some(EntryValue::Number(share)) => Some(share),
            Some(EntryValue::Text(_) | EntryValue::Date(_)) | None => None,
        };
        Self::by_words(spec, chosen.as_deref(), share).filter(|_| kind == spec.whole_kind)
    }

    /// Makes a rule; a share beyond nought and one is none.
    pub fn new(rule: ShareRule, share: Option<&Exact>) -> Self {
        let asks = matches!(rule, ShareRule::Share | ShareRule::WeightedShare);
        let share = share.filter(|share| asks && !share.is_negative() && **share <= Exact::one());
        Self { rule, share: share.cloned() }
    }

    /// Returns whether the grade holds for the whole; `None` while that is open.
    pub fn decide(&self, voices: &[Voice]) -> Option<bool> {
        if voices.is_empty() {
            return None;
        }
        let (least, most) = self.shares(voices)?;
        let reached = |share: &Exact| match self.rule {
            ShareRule::All => Some(*share == Exact::one()),
            ShareRule::Any => Some(!share.is_zero()),
            ShareRule::Majority => Some(share + share > Exact::one()),
            ShareRule::Share | ShareRule::WeightedShare => Some(share >= self.share.as_ref()?),
        };
        match (reached(&least)?, reached(&most)?) {
            (true, _) => Some(true),
            (false, true) => None,
            (false, false) => Some(false),
        }
    }

    /// Returns the least and the most that the share of units in which the grade holds can become.
    pub fn shares(&self, voices: &[Voice]) -> Option<(Exact, Exact)> {
        // Where all say the same the share is known whatever each weighs.
        let first = voices.first()?.holds;
        if let Some(all) = first.filter(|_| voices.iter().all(|voice| voice.holds == first)) {
            let share = if all { Exact::one() } else { Exact::zero() };
            return Some((share.clone(), share));
        }
        let weigh = |voice: &Voice| match self.rule {
            ShareRule::WeightedShare => voice.weight.clone().filter(|weight| !weight.is_negative()),
            ShareRule::All | ShareRule::Any | ShareRule::Majority | ShareRule::Share => Some(Exact::one()),
        };
        let (mut all, mut sure, mut open) = (Exact::zero(), Exact::zero(), Exact::zero());
        for voice in voices {
            let weight = weigh(voice)?;
            all = all + weight.clone();
            match voice.holds {
                Some(true) => sure = sure + weight,
                Some(false) => {}
                None => open = open + weight,
            }
        }
        Some((sure.divided_by(&all)?, (sure + open).divided_by(&all)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn declared(rule: ShareRule, share: &str) -> Declared {
        Declared::new(rule, share.parse::<Exact>().ok().as_ref())
    }

    /// Returns voices as `100+` (holds), `50-` (doesn't) and `400?` (open), each after its weight; `+` alone has none.
    fn voices(written: &str) -> Vec<Voice> {
        let voice = |one: &str| {
            let (weight, holds) = one.split_at(one.len() - 1);
            let holds = match holds {
                "+" => Some(true),
                "-" => Some(false),
                _ => None,
            };
            Voice { holds, weight: weight.parse().ok() }
        };
        written.split_whitespace().map(voice).collect()
    }

    #[test]
    fn each_rule_asks_for_its_share() {
        // Met where 100, 50 and 450 work and unmet where 400 do: three of four units, 600 of 1,000 people.
        let cases = [
            (ShareRule::All, "", Some(false)),
            (ShareRule::Any, "", Some(true)),
            (ShareRule::Majority, "", Some(true)),
            (ShareRule::Share, "0.75", Some(true)),
            (ShareRule::Share, "0.76", Some(false)),
            (ShareRule::Share, "", None),
            (ShareRule::Share, "75", None),
            (ShareRule::WeightedShare, "0.6", Some(true)),
            (ShareRule::WeightedShare, "0.61", Some(false)),
        ];
        for (rule, share, expected) in cases {
            let declared = declared(rule, share);
            assert_eq!(declared.decide(&voices("100+ 50+ 450+ 400-")), expected, "{rule:?} {share}");
        }
        let (least, most) = declared(ShareRule::Share, "1").shares(&voices("+ + + -")).unwrap();
        assert_eq!((least.to_string(), most.to_string()), ("0.75".to_owned(), "0.75".to_owned()));
        let (least, _) = declared(ShareRule::WeightedShare, "1").shares(&voices("100+ 50+ 450+ 400-")).unwrap();
        assert_eq!(least.to_string(), "0.6");
    }

    #[test]
    fn half_is_no_majority() {
        for (written, expected) in [("+ -", false), ("+ + -", true), ("+", true), ("-", false)] {
            assert_eq!(declared(ShareRule::Majority, "").decide(&voices(written)), Some(expected), "{written}");
        }
    }

    #[test]
    fn what_is_open_decides_only_where_it_does_not_matter() {
        let cases = [
            (ShareRule::All, "", "+ ?", None),
            (ShareRule::All, "", "- ?", Some(false)),
            (ShareRule::Any, "", "+ ?", Some(true)),
            (ShareRule::Any, "", "- ?", None),
            (ShareRule::Majority, "", "+ + ?", Some(true)),
            (ShareRule::Majority, "", "+ - ?", None),
            (ShareRule::WeightedShare, "0.5", "60+ 40?", Some(true)),
            (ShareRule::WeightedShare, "0.5", "40+ 60?", None),
            (ShareRule::WeightedShare, "0.5", "+ 60-", None),
            (ShareRule::WeightedShare, "0.5", "+ +", Some(true)),
            (ShareRule::WeightedShare, "0.5", "0+ 0-", None),
            (ShareRule::All, "", "", None),
        ];
        for (rule, share, written, expected) in cases {
            assert_eq!(declared(rule, share).decide(&voices(written)), expected, "{rule:?} {share}: {written}");
        }
    }
}
