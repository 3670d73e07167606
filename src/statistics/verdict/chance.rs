//! Whether chance alone could give what was found.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::exact::Exact;
use crate::figure::Figure;
use crate::statistics::significance::UNLIKELY;

/// What a likelihood says of chance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Chance {
    /// Chance is an unlikely cause.
    Unlikely,
    /// Chance alone could give it.
    Possible,
}

impl Chance {
    /// Returns what a likelihood says; `None` where it isn't shown. Where several things are looked at, it is the likelihood that
    /// allows for how many.
    pub fn of(likelihood: &Figure) -> Option<Self> {
        likelihood.value.map(|likelihood| if likelihood < UNLIKELY { Self::Unlikely } else { Self::Possible })
    }

    /// Whether a likelihood is shown, and so small that chance is an unlikely cause.
    pub fn is_unlikely(likelihood: &Figure) -> bool {
        Self::of(likelihood) == Some(Self::Unlikely)
    }

    /// Returns it in words, to stand beside a difference.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Unlikely => "more than chance is likely to give",
            Self::Possible => "chance alone could give it",
        }
    }

    /// Returns what a likelihood means, to stand at the end of a sentence; nothing where it isn't shown.
    pub fn beside(likelihood: &Figure) -> String {
        let words = match Self::of(likelihood) {
            None => return String::new(),
            Some(Self::Unlikely) => Self::Unlikely.words(),
            Some(Self::Possible) => "which chance alone could give",
        };
        let shown = likelihood.value.and_then(Exact::from_float);
        let shown = shown.filter(|likelihood| likelihood.to_float() >= 0.001);
        let shown =
            shown.map_or_else(|| "under 0.001".to_owned(), |likelihood| format!("= {}", likelihood.to_fixed(3)));
        format!(", {words} (p {shown})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::sample::{hidden, shown};

    #[test]
    fn chance_is_told_with_its_likelihood() {
        for (likelihood, expected) in [
            (shown(0.012, 9), ", more than chance is likely to give (p = 0.012)"),
            (shown(0.0004, 9), ", more than chance is likely to give (p under 0.001)"),
            (shown(0.05, 9), ", which chance alone could give (p = 0.050)"),
            (hidden(), ""),
        ] {
            assert_eq!(Chance::beside(&likelihood), expected);
        }
    }
}
