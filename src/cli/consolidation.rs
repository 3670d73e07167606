//! `[consolidation]` in `season.toml`: how returns about the parts of an organisation make one on the whole, where its own
//! return names no rule or there is none.

use serde::Deserialize;
use toml::Spanned;

use super::place::{ConfigError, Place};
use crate::exact::Exact;
use crate::framework::ShareRule;
use crate::framework::schema::Number;
use crate::outcome::consolidation::Declared;

/// The rules by the words of packs, which are also those of a season.
const RULES: [(&str, ShareRule); 5] = [
    ("all", ShareRule::All),
    ("any", ShareRule::Any),
    ("majority", ShareRule::Majority),
    ("share", ShareRule::Share),
    ("weighted-share", ShareRule::WeightedShare),
];

/// The rule as it is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ConsolidationTable {
    /// `all`, `any`, `majority`, `share` or `weighted-share`.
    rule: Spanned<String>,
    /// The share that is needed, where the rule asks for one: 0.75 or "75%".
    share: Option<Spanned<Number>>,
}

impl ConsolidationTable {
    /// Checks the rule; `at` gives the place of a byte.
    pub(super) fn checked(&self, at: &dyn Fn(usize) -> Place) -> Result<Declared, ConfigError> {
        let (start, word) = (self.rule.span().start, self.rule.get_ref().as_str());
        let Some((_, rule)) = RULES.into_iter().find(|(name, _)| *name == word) else {
            let names = RULES.map(|(name, _)| name);
            let names = names.join(", ");
            let message = format!("there is no rule `{word}`; the rules are {names}");
            return Err(at(start).wrong(message));
        };
        let asks = matches!(rule, ShareRule::Share | ShareRule::WeightedShare);
        match &self.share {
            None if asks => {
                let message = format!("`{word}` asks for a share: add `share`, such as 0.75 or \"75%\"");
                Err(at(start).wrong(message))
            }
            Some(share) if !asks => {
                Err(at(share.span().start).wrong(format!("`{word}` asks for no share; take `share` out")))
            }
            Some(share) if share.get_ref().0.is_negative() || share.get_ref().0 > Exact::one() => {
                let message = format!("`{}` is no share; write one from 0 to 1, such as 0.75", share.get_ref().0);
                Err(at(share.span().start).wrong(message))
            }
            share => Ok(Declared::new(rule, share.as_ref().map(|share| &share.get_ref().0))),
        }
    }
}

/// Returns a rule as it is written, in one line.
pub(super) fn written(declared: &Declared) -> String {
    let word = RULES.into_iter().find(|(_, rule)| *rule == declared.rule).map_or("", |(word, _)| word);
    declared.share.as_ref().map_or_else(|| word.to_owned(), |share| format!("{word} {share}"))
}
