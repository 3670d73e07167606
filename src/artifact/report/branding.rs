//! Whose reports these are, and how they look.

use serde::{Deserialize, Serialize};

/// What a season says about its reports; all of it may be left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Branding {
    /// Who sends out the reports; printed at the head of each page. Empty where nobody is named.
    pub organisation: String,
    /// The season's title: "Network review 2025–26". Empty for the framework's own title.
    pub title: String,
    /// A picture (PNG, JPEG, SVG or GIF) for the title block, beside the season file; `None` where there is none.
    pub logo: Option<String>,
    /// The colour of headings and rules, as `#rrggbb`.
    pub accent: String,
    /// A paragraph before a return's results; empty where there is none.
    pub return_introduction: String,
    /// A paragraph before the season's results; empty where there is none.
    pub season_introduction: String,
    /// Whom to ask, printed at the end; empty where nobody is named.
    pub contact: String,
}

/// Why a colour can't be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a colour; write it as `#` and six digits of 0-9 and a-f, such as `#1f4e79`")]
pub struct NotAColour(pub String);

impl Default for Branding {
    fn default() -> Self {
        Self {
            organisation: String::new(),
            title: String::new(),
            logo: None,
            accent: "#17415f".to_owned(),
            return_introduction: String::new(),
            season_introduction: String::new(),
            contact: String::new(),
        }
    }
}

impl Branding {
    /// Checks that the colour is one.
    pub fn check(&self) -> Result<(), NotAColour> {
        let digits = self.accent.strip_prefix('#').filter(|digits| digits.len() == 6);
        let sound = digits.is_some_and(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()));
        if sound { Ok(()) } else { Err(NotAColour(self.accent.clone())) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_colours_are_colours() {
        for (written, sound) in
            [("#17415f", true), ("#FFAA00", true), ("red", false), ("#12345", false), ("#12345g", false)]
        {
            let branding = Branding { accent: written.to_owned(), ..Branding::default() };
            assert_eq!(branding.check().is_ok(), sound, "{written}");
        }
    }
}
