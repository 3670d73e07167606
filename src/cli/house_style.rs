//! How a season's reports look, as `[reports]` in `season.toml` says it: as written, then with its files read and checked.

use std::path::{Path, PathBuf};

use serde::Deserialize;
use toml::Spanned;

use super::place::{ConfigError, Place, plain};
use crate::batch::store;
use crate::document::Part;
use crate::document::branding::{Branding, Logo, PictureKind};
use crate::document::colour::Colour;
use crate::document::prose::parts;
use crate::render::typst::Templates;

/// A larger picture would be in each report, and make all of them slow to send.
const LARGEST_LOGO: usize = 4 << 20;

/// `[reports]` as it is written.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct ReportsTable {
    /// Who sends out the reports.
    organisation: String,
    /// A picture, from where the file is.
    logo: Option<Spanned<PathBuf>>,
    /// What the picture shows.
    logo_alt: String,
    /// The colour of headings and rules.
    accent: Option<Spanned<String>>,
    /// The ground of the panel with the outcome.
    panel: Option<Spanned<String>>,
    /// Paragraphs before a return's results.
    return_introduction: String,
    /// Paragraphs before the season's results.
    season_introduction: String,
    /// The editor's words before the season's results, as Markdown, from where the file is.
    foreword: Option<Spanned<PathBuf>>,
    /// The editor's words behind them.
    conclusions: Option<Spanned<PathBuf>>,
    /// Whom to ask.
    contact: String,
    /// A folder whose files take the place of templates, from where the file is.
    templates: Option<Spanned<PathBuf>>,
}

/// How a season's reports look, checked as far as that needs no other files.
#[derive(Clone, Debug, Default)]
pub(super) struct HouseStyle {
    branding: Branding,
    logo: Option<(Place, PathBuf)>,
    logo_alt: String,
    templates: Option<(Place, PathBuf)>,
    foreword: Option<(Place, PathBuf)>,
    conclusions: Option<(Place, PathBuf)>,
    /// What is said otherwise than by default, in the words of the file.
    pub(super) settings: Vec<&'static str>,
}

/// How a season's reports look, ready to be used.
#[derive(Clone, Debug, Default)]
pub(super) struct Loaded {
    /// Whose reports these are.
    pub(super) branding: Branding,
    /// The templates.
    pub(super) templates: Templates,
}

impl HouseStyle {
    /// Checks what is written; `at` gives the place of a byte.
    pub(super) fn checked(
        written: ReportsTable,
        title: &str,
        at: &dyn Fn(usize) -> Place,
    ) -> Result<Self, ConfigError> {
        let usual = Branding::default();
        let colour = |written: Option<&Spanned<String>>, usual: Colour| match written {
            None => Ok(usual),
            Some(colour) => {
                let parsed = colour.get_ref().parse::<Colour>();
                parsed.map_err(|error| at(colour.span().start).wrong(error.to_string()))
            }
        };
        let said = [
            ("organisation", !written.organisation.is_empty()),
            ("logo", written.logo.is_some()),
            ("accent", written.accent.is_some()),
            ("panel", written.panel.is_some()),
            ("return_introduction", !written.return_introduction.is_empty()),
            ("season_introduction", !written.season_introduction.is_empty()),
            ("foreword", written.foreword.is_some()),
            ("conclusions", written.conclusions.is_some()),
            ("contact", !written.contact.is_empty()),
        ];
        let placed = |path: &Spanned<PathBuf>| plain(path, at);
        let branding = Branding {
            accent: colour(written.accent.as_ref(), usual.accent)?,
            panel: colour(written.panel.as_ref(), usual.panel)?,
            title: title.to_owned(),
            organisation: written.organisation,
            logo: None,
            return_introduction: written.return_introduction,
            season_introduction: written.season_introduction,
            foreword: Vec::new(),
            conclusions: Vec::new(),
            contact: written.contact,
        };
        Ok(Self {
            branding,
            logo: written.logo.as_ref().map(placed).transpose()?,
            logo_alt: written.logo_alt,
            templates: written.templates.as_ref().map(placed).transpose()?,
            foreword: written.foreword.as_ref().map(placed).transpose()?,
            conclusions: written.conclusions.as_ref().map(placed).transpose()?,
            settings: said.into_iter().filter(|(_, said)| *said).map(|(name, _)| name).collect(),
        })
    }

    /// Reads the logo and the templates.
    pub(super) fn load(&self) -> Result<Loaded, ConfigError> {
        let mut loaded = Loaded { branding: self.branding.clone(), ..Loaded::default() };
        loaded.branding.logo = self.logo.as_ref().map(|(place, path)| self.picture(place, path)).transpose()?;
        loaded.branding.foreword = prose(self.foreword.as_ref(), "Foreword")?;
        loaded.branding.conclusions = prose(self.conclusions.as_ref(), "Conclusions")?;
        if let Some((place, path)) = &self.templates {
            loaded.templates = templates(place, path)?;
        }
        Ok(loaded)
    }

    /// Reads the logo.
    fn picture(&self, place: &Place, path: &Path) -> Result<Logo, ConfigError> {
        let named = path.display();
        let alt = match (&self.logo_alt[..], &self.branding.organisation[..]) {
            ("", "") => return Err(place.wrong(format!("say in `logo_alt` what the logo `{named}` shows"))),
            ("", organisation) => format!("Logo of {organisation}"),
            (alt, _) => alt.to_owned(),
        };
        let file = place.beside(path);
        if !file.exists() {
            return Err(place.wrong(store::missing("logo", path, &file)));
        }
        let bytes =
            store::bytes(&file).map_err(|error| place.wrong(format!("the logo can\u{2019}t be used: {error}")))?;
        if bytes.len() > LARGEST_LOGO {
            let most = LARGEST_LOGO >> 20;
            return Err(
                place.wrong(format!("the logo `{named}` is larger than {most} MB, and would be in each report"))
            );
        }
        Logo::of(bytes, alt).map_err(|error| place.wrong(format!("the logo `{named}` can\u{2019}t be used: {error}")))
    }
}

/// Reads what the editor says; nothing where no text is named.
fn prose(named: Option<&(Place, PathBuf)>, usual: &str) -> Result<Vec<Part>, ConfigError> {
    let Some((place, path)) = named else { return Ok(Vec::new()) };
    let (file, shown) = (place.beside(path), path.display());
    if !file.exists() {
        return Err(place.wrong(store::missing("text", path, &file)));
    }
    let refused = |why: String| place.wrong(format!("the text `{shown}` can\u{2019}t be used: {why}"));
    let text = store::text(&file).map_err(|error| refused(error.to_string()))?;
    parts(&text, usual).map_err(|error| refused(error.to_string()))
}

/// Whether the season workbook can show a logo; it takes no vector graphics.
pub(super) fn is_for_workbooks(logo: &Logo) -> bool {
    logo.kind != PictureKind::Svg
}

/// Reads the templates of a folder.
fn templates(place: &Place, path: &Path) -> Result<Templates, ConfigError> {
    let folder = place.beside(path);
    if !store::is_folder(&folder) {
        return Err(place.wrong(store::missing("folder of templates", path, &folder)));
    }
    let files =
        store::files(&folder).map_err(|error| place.wrong(format!("the templates can\u{2019}t be used: {error}")))?;
    let refused =
        |message: String| place.wrong(format!("the templates in `{}` can\u{2019}t be used: {message}", path.display()));
    let templates =
        Templates::with_folder(&path.to_string_lossy(), files).map_err(|error| refused(error.to_string()))?;
    if templates.replaced().is_empty() {
        let names = crate::render::typst::own_names().join(", ");
        return Err(refused(format!("none of its files takes the place of one of {names}")));
    }
    Ok(templates)
}
