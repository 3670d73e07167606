//! What a figure is about and which of its measures it is: an id that is written as text and read in one place.
//!
//! `seqf/section/1.1/median` is the median of section 1.1, `seqf/group/region/North/outcome/good` how many returns of the North
//! are good. The beginning of an id, without a measure, stands for all figures that begin so.

use std::fmt;

use super::measure::Measure;

/// A figure's id.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FigureId {
    /// The framework.
    pub framework: String,
    /// What the figure is about.
    pub of: FigureOf,
    /// Which side of it.
    pub facet: Facet,
    /// Which measure; `None` where the facet says it all, or the id is a beginning.
    pub measure: Option<Measure>,
}

/// What a figure is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FigureOf {
    /// The returns with this band.
    Outcome(String),
    /// The totals of returns of this kind; `None` is all kinds.
    Total(Option<String>),
    /// A section.
    Section(String),
    /// A criterion.
    Criterion(String),
    /// A part of the scheme by a grade of its own.
    Graded {
        /// The grade.
        grade: String,
        /// The section, group or tag.
        of: String,
    },
    /// A measure that registers give.
    Measure(String),
    /// The returns of one group; `None` gathers those of which it isn't known.
    Group {
        /// The column that they are grouped by.
        by: String,
        /// The group.
        group: Option<String>,
    },
    /// All groups of a column, beside one another.
    Grouping(String),
    /// A return beside what is to be expected of one.
    Range(String),
    /// Self beside external.
    Agreement(Part),
    /// Whether criteria go together.
    Consistency(Part),
    /// This season beside the last.
    Change,
    /// The trend over several seasons.
    Trend,
    /// What moderators found.
    Moderation,
    /// What an assessor gives, beside what organisations give themselves.
    Assessor(String),
    /// The rows of a register that come to a result, or in which an action is wanting.
    Register {
        /// The register.
        register: String,
        /// The result or action.
        name: String,
    },
    /// A finding: its rule, with the subject after a stroke.
    Finding(String),
    /// One return.
    Return {
        /// Its file.
        file: String,
        /// What of it, and which; the total where nothing is named.
        part: Option<(ReturnPart, String)>,
    },
}

impl FigureOf {
    /// Whether it is about people, such as the learners of a register, rather than about organisations.
    pub const fn is_of_people(&self) -> bool {
        matches!(self, Self::Measure(_) | Self::Register { .. })
    }
}

/// What of a return a figure is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ReturnPart {
    /// A section.
    Section,
    /// A criterion.
    Criterion,
    /// A measure.
    Measure,
    /// A finding.
    Finding,
}

impl ReturnPart {
    /// All of them.
    const ALL: [Self; 4] = [Self::Section, Self::Criterion, Self::Measure, Self::Finding];

    /// Returns the word for it.
    const fn as_str(self) -> &'static str {
        match self {
            Self::Section => "section",
            Self::Criterion => "criterion",
            Self::Measure => "measure",
            Self::Finding => "finding",
        }
    }
}

/// Which criteria figures are worked out over.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// All of them, one by one.
    All,
    /// All of them, as totals.
    Totals,
    /// Those of a section.
    Section(String),
    /// A single one.
    Criterion(String),
}

impl Part {
    /// Returns the name of the section or criterion; `None` where it is all.
    pub fn name(&self) -> Option<String> {
        match self {
            Self::Section(id) | Self::Criterion(id) => Some(id.clone()),
            Self::All | Self::Totals => None,
        }
    }
}

/// Which side of a thing a figure is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Facet {
    /// The thing itself.
    Whole,
    /// The best answers.
    Best,
    /// The place among all, the strongest being the first.
    Strongest,
    /// The place among all, the weakest being the first.
    Weakest,
    /// The answers of this grade.
    Grade(String),
    /// The returns' own values.
    Value,
    /// The totals.
    Total,
    /// A section of it.
    Section(String),
    /// A criterion of it.
    Criterion(String),
    /// The season before.
    Before,
    /// The season at hand, of those that the season before is compared with.
    Now,
    /// An outcome, or several that are counted together.
    Outcome(String),
    /// The differences of totals.
    Difference,
    /// Who met the lowest band, or no longer.
    Met,
    /// Those that nobody looked at.
    Unseen,
    /// One season; `None` is the one at hand.
    Season(Option<String>),
}

/// What stands for the group of which nothing is known.
const NOT_KNOWN: &str = "not-known";

/// What stands for the season at hand.
const THIS: &str = "this";

impl fmt::Display for FigureId {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "{}/{}{}", self.framework, self.of, self.facet)?;
        self.measure.map_or(Ok(()), |measure| write!(to, "/{}", measure.as_str()))
    }
}

impl fmt::Display for FigureOf {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Outcome(band) => write!(to, "outcome/{band}"),
            Self::Total(None) => write!(to, "total"),
            Self::Total(Some(kind)) => write!(to, "total/{kind}"),
            Self::Section(id) => write!(to, "section/{id}"),
            Self::Criterion(id) => write!(to, "criterion/{id}"),
            Self::Graded { grade, of } => write!(to, "graded/{grade}/{of}"),
            Self::Measure(id) => write!(to, "measure/{id}"),
            Self::Group { by, group } => write!(to, "group/{by}/{}", group.as_deref().unwrap_or(NOT_KNOWN)),
            Self::Grouping(by) => write!(to, "group/{by}"),
            Self::Range(file) => write!(to, "range/{file}"),
            Self::Agreement(part) => write!(to, "agreement/{part}"),
            Self::Consistency(part) => write!(to, "consistency/{part}"),
            Self::Change => write!(to, "change"),
            Self::Trend => write!(to, "trend"),
            Self::Moderation => write!(to, "moderation"),
            Self::Assessor(name) => write!(to, "assessor/{name}"),
            Self::Register { register, name } => write!(to, "register/{register}/{name}"),
            Self::Finding(finding) => write!(to, "finding/{finding}"),
            Self::Return { file, part: None } => write!(to, "return/{file}/total"),
            Self::Return { file, part: Some((part, name)) } => write!(to, "return/{file}/{}/{name}", part.as_str()),
        }
    }
}

impl fmt::Display for Part {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::All => write!(to, "all"),
            Self::Totals => write!(to, "totals"),
            Self::Section(id) => write!(to, "section/{id}"),
            Self::Criterion(id) => write!(to, "criterion/{id}"),
        }
    }
}

impl fmt::Display for Facet {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Whole => Ok(()),
            Self::Best => write!(to, "/best"),
            Self::Strongest => write!(to, "/strongest"),
            Self::Weakest => write!(to, "/weakest"),
            Self::Grade(grade) => write!(to, "/grade/{grade}"),
            Self::Value => write!(to, "/value"),
            Self::Total => write!(to, "/total"),
            Self::Section(id) => write!(to, "/section/{id}"),
            Self::Criterion(id) => write!(to, "/criterion/{id}"),
            Self::Before => write!(to, "/before"),
            Self::Now => write!(to, "/now"),
            Self::Outcome(band) => write!(to, "/outcome/{band}"),
            Self::Difference => write!(to, "/difference"),
            Self::Met => write!(to, "/met"),
            Self::Unseen => write!(to, "/unseen"),
            Self::Season(season) => write!(to, "/{}", season.as_deref().unwrap_or(THIS)),
        }
    }
}

/// What an id says below its framework.
type Named = (FigureOf, Facet, Option<Measure>);

impl FigureId {
    /// Reads an id or the beginning of one; `None` where no figure begins so.
    ///
    /// Names of files, groups, kinds and seasons may have strokes in them, so that they are what the known words leave over.
    pub fn parse(text: &str) -> Option<Self> {
        let (framework, rest) = cut(text);
        let (word, rest) = cut(rest);
        let (name, after) = cut(rest);
        let (body, measure) = ended(rest);
        let named = Some(body.to_owned()).filter(|name| !name.is_empty());
        let (of, facet, measure) = match word {
            "outcome" => faceted(FigureOf::Outcome(name.to_owned()), after)?,
            "total" => (FigureOf::Total(named), Facet::Whole, measure),
            "section" => faceted(FigureOf::Section(name.to_owned()), after)?,
            "criterion" => faceted(FigureOf::Criterion(name.to_owned()), after)?,
            "graded" => {
                let (of, after) = cut(after);
                faceted(FigureOf::Graded { grade: name.to_owned(), of: of.to_owned() }, after)?
            }
            "measure" => faceted(FigureOf::Measure(name.to_owned()), after)?,
            "group" if after.is_empty() => (FigureOf::Grouping(name.to_owned()), Facet::Whole, None),
            "group" => group(name, after),
            "range" => (FigureOf::Range(body.to_owned()), Facet::Whole, measure),
            "agreement" => part(rest, FigureOf::Agreement)?,
            "consistency" => part(rest, FigureOf::Consistency)?,
            "change" => faceted(FigureOf::Change, rest)?,
            "assessor" => (FigureOf::Assessor(body.to_owned()), Facet::Whole, measure),
            "moderation" => faceted(FigureOf::Moderation, rest)?,
            "trend" => (FigureOf::Trend, named.map_or(Facet::Whole, season), measure),
            "register" => {
                let (result, after) = cut(after);
                faceted(FigureOf::Register { register: name.to_owned(), name: result.to_owned() }, after)?
            }
            "finding" => (FigureOf::Finding(rest.to_owned()), Facet::Whole, None),
            "return" => (of_return(rest), Facet::Whole, None),
            _ => return None,
        };
        Some(Self { framework: framework.to_owned(), of, facet, measure })
    }
}

/// Cuts the first part from the rest.
fn cut(text: &str) -> (&str, &str) {
    text.split_once('/').unwrap_or((text, ""))
}

/// Cuts the measure from the end, where there is one.
fn ended(text: &str) -> (&str, Option<Measure>) {
    let (body, last) = text.rsplit_once('/').unwrap_or(("", text));
    Measure::of(last).map_or((text, None), |measure| (body, Some(measure)))
}

/// Reads the facet and measure of a thing.
fn faceted(of: FigureOf, rest: &str) -> Option<Named> {
    if let Some(grade) = rest.strip_prefix("grade/") {
        return Some((of, Facet::Grade(grade.to_owned()), None));
    }
    let (body, measure) = ended(rest);
    let facet = match cut(body) {
        ("", _) => Facet::Whole,
        ("best", _) => Facet::Best,
        ("strongest", _) => Facet::Strongest,
        ("weakest", _) => Facet::Weakest,
        ("value", _) => Facet::Value,
        ("total", _) => Facet::Total,
        ("difference", _) => Facet::Difference,
        ("met", _) => Facet::Met,
        ("unseen", _) => Facet::Unseen,
        ("before", _) => Facet::Before,
        ("now", _) => Facet::Now,
        ("outcome", band) if !band.is_empty() => Facet::Outcome(band.to_owned()),
        ("criterion", id) => Facet::Criterion(id.to_owned()),
        ("section", id) => Facet::Section(id.to_owned()),
        _ => return None,
    };
    Some((of, facet, measure))
}

/// Reads which criteria a figure is worked out over, and what it is of them.
fn part(rest: &str, of: fn(Part) -> FigureOf) -> Option<Named> {
    let (word, after) = cut(rest);
    let (id, below) = cut(after);
    match word {
        "all" => faceted(of(Part::All), after),
        "totals" => faceted(of(Part::Totals), after),
        "section" => faceted(of(Part::Section(id.to_owned())), below),
        "criterion" => faceted(of(Part::Criterion(id.to_owned())), below),
        _ => None,
    }
}

/// Reads a group of a column, and what is told of it.
fn group(by: &str, rest: &str) -> Named {
    let (body, measure) = ended(rest);
    if body.is_empty() && matches!(measure, Some(Measure::Chance | Measure::ChanceAdjusted)) {
        return (FigureOf::Grouping(by.to_owned()), Facet::Whole, measure);
    }
    let section = || body.rsplit_once("/section/").filter(|(_, id)| measure.is_some() && !id.contains('/'));
    let (group, facet, measure) = if let Some((group, band)) = rest.rsplit_once("/outcome/") {
        (group, Facet::Outcome(band.to_owned()), None)
    } else if let Some(group) = body.strip_suffix("/total").filter(|_| measure.is_some()) {
        (group, Facet::Total, measure)
    } else if let Some((group, id)) = section() {
        (group, Facet::Section(id.to_owned()), measure)
    } else {
        (body, Facet::Whole, measure)
    };
    let group = Some(group.to_owned()).filter(|group| group != NOT_KNOWN);
    (FigureOf::Group { by: by.to_owned(), group }, facet, measure)
}

/// Reads a season of a trend.
fn season(name: String) -> Facet {
    Facet::Season(Some(name).filter(|name| name != THIS))
}

/// Reads a return, and what of it is meant.
fn of_return(rest: &str) -> FigureOf {
    let named = |part: ReturnPart| {
        let (file, name) = rest.rsplit_once(&format!("/{}/", part.as_str()))?;
        (part == ReturnPart::Finding || !name.contains('/')).then(|| (file.to_owned(), (part, name.to_owned())))
    };
    match ReturnPart::ALL.into_iter().find_map(named) {
        Some((file, part)) => FigureOf::Return { file, part: Some(part) },
        None => FigureOf::Return { file: rest.strip_suffix("/total").unwrap_or(rest).to_owned(), part: None },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_read_as_it_is_written() {
        let cases = [
            "s/outcome/good/share",
            "s/total/median",
            "s/total/First/second assessment/lower_quartile",
            "s/section/1.1/mean",
            "s/criterion/1.1.3/alpha-without",
            "s/criterion/1.1.3/best/low",
            "s/criterion/1.1.3/strongest/low",
            "s/criterion/1.1.3/weakest/high",
            "s/criterion/1.1.3/out-of-step",
            "s/criterion/1.1.3/grade/mean",
            "s/graded/rating/safe/grade/mean",
            "s/measure/A/mean-of-returns",
            "s/measure/A/value/deviation",
            "s/group/region/North/South/returns",
            "s/group/region/not-known/total/mean",
            "s/group/region/North/section/1.1/mean",
            "s/group/region/North/outcome/good+fair",
            "s/group/region",
            "s/range/a/b.xlsx/low-95",
            "s/range/a/b.xlsx/between",
            "s/consistency/section/1.1/between-criteria-low",
            "s/agreement/all/kappa",
            "s/agreement/section/1.1/exact",
            "s/agreement/criterion/1.1.3/chance-adjusted",
            "s/agreement/totals/correlation",
            "s/agreement/totals/difference/mean",
            "s/consistency/section/1.1/alpha",
            "s/change/better",
            "s/change/total/chance",
            "s/change/met/gained",
            "s/change/section/1.1/highest",
            "s/change/criterion/1.1.3/chance-adjusted",
            "s/change/before/median",
            "s/change/now/mean",
            "s/change/outcome/good/before",
            "s/change/outcome/good/now",
            "s/moderation/same",
            "s/assessor/A. Assessor/B. Assessor/shrunken",
            "s/moderation/unseen/count",
            "s/trend/2024/25/median",
            "s/trend/this/median",
            "s/trend/slope",
            "s/register/learners/refer/count",
            "s/finding/s/own-rule/1.1.3",
            "s/return/a/b.xlsx/total",
            "s/return/a/section/b.xlsx/criterion/1.1.3",
            "s/return/a/b.xlsx/finding/s/own-rule",
        ];
        for written in cases {
            assert_eq!(FigureId::parse(written).map(|id| id.to_string()).as_deref(), Some(written));
        }
        let range = FigureId::parse("s/range/a/b.xlsx/low-95").unwrap();
        assert_eq!((range.of, range.measure), (FigureOf::Range("a/b.xlsx".to_owned()), Some(Measure::Low95)));
    }

    #[test]
    fn no_figure_begins_otherwise() {
        assert_eq!(FigureId::parse("s/nothing/at-all"), None);
        assert_eq!(FigureId::parse(""), None);
    }
}
