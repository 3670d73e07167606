//! An organisation's own figures beside the network's, as far as it may know those.
//!
//! What is told of the network is what may be passed on to everybody, and rests on at least k others: whoever takes the own figure out of
//! it is left with as many. It is the same for all, so that what several know together is no more than that and what is their own.

use crate::disclosure::several;
use crate::document::Format;
use crate::exact::Exact;
use crate::figure::{Disclosure, Figure, FigureOf, Spread};
use crate::framework::{Better, Framework};
use crate::report::of_season::outcome::sums_up;
use crate::report::peers::{self, Peers};
use crate::report::subject::Subjects;
use crate::season::{RecordedReturn, Season, SeasonReturn};
use crate::statistics::{
    BandRow, CriterionRow, FrameworkStatistics, GroupRow, MeasureRow, RegisterRow, ResultRow, SectionRow,
};
use crate::words::{INCOMPLETE, capital, titled};

/// What a figure is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum About {
    /// An outcome: how many of the network have it.
    Outcome,
    /// The total.
    Total,
    /// The total beside those of organisations that have something in common.
    Group,
    /// A section, in per cent of the most.
    Section,
    /// A criterion, in points.
    Criterion,
    /// A measure that registers give.
    Measure,
    /// A result of a register's rows, as a share.
    Register,
}

/// One own figure beside the network's.
#[derive(Clone, Debug, PartialEq)]
pub struct Beside {
    /// What it is of.
    pub about: About,
    /// Its name.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// How it is written.
    pub format: Format,
    /// The own figure; `None` while answers are missing. Of an outcome, whether it is the own one.
    pub own: Option<Exact>,
    /// The own figure of last season; `None` where there is none like it.
    pub last: Option<Exact>,
    /// The network's.
    pub network: Network,
}

/// The network's figures; each is `None` where too few others stand behind it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Network {
    /// How many organisations they rest on; of an outcome, how many have it. `None` where nothing is told.
    pub count: Option<usize>,
    /// The mean; of all people or rows together, where it is about those.
    pub mean: Option<Exact>,
    /// The lower quartile.
    pub lower: Option<Exact>,
    /// The median.
    pub median: Option<Exact>,
    /// The upper quartile.
    pub upper: Option<Exact>,
}

/// A return that stands for its organisation, with what it is compared with.
#[derive(Clone, Copy, Debug)]
pub struct Pack<'a> {
    /// Its framework.
    pub framework: &'a Framework,
    /// The return.
    pub sent: &'a SeasonReturn,
    /// The like return of last season; `None` where there is none.
    pub last: Option<&'a RecordedReturn>,
    /// What may be passed on of the network.
    pub published: &'a FrameworkStatistics,
    limits: Disclosure,
    /// How many others must stand behind what is told.
    others: usize,
}

impl<'a> Pack<'a> {
    /// Returns the pack of a return; `None` where it doesn't stand for its organisation, or where fewer others than may be told of
    /// have sent one.
    pub fn of(
        season: &'a Season<'a>,
        sent: &'a SeasonReturn,
        published: Option<&'a FrameworkStatistics>,
    ) -> Option<Self> {
        let framework = season.framework(&sent.review)?;
        let published = published?;
        let others = season.settings.disclosure.k;
        let limits = Disclosure { k: several::besides(&published.coverage, others), ..season.settings.disclosure };
        let told = sent.is_headline && sent.organisation.is_some() && published.coverage.headline > limits.k;
        let last = season.previous.as_ref().and_then(|previous| previous.stood(framework, sent));
        told.then_some(Self { framework, sent, last, published, limits, others })
    }

    /// Returns how many others must stand behind what is told.
    pub(super) fn others_needed(&self) -> usize {
        self.others
    }

    /// Returns what is known of the network, as the comparison of criteria takes it.
    pub(super) fn peers(&self) -> Peers {
        Peers::of(self.published, None, "", self.limits)
    }

    /// Returns all own figures beside the network's: outcomes, total, groups, sections, criteria, measures, registers.
    pub fn rows(&self) -> Vec<Beside> {
        let of = self.published;
        let mut rows = self.outcomes();
        rows.extend(self.total());
        rows.extend(of.groups.iter().filter_map(|row| self.group(row)));
        rows.extend(of.sections.iter().map(|row| self.section(row)));
        let subjects = Subjects::of(self.framework, &self.sent.review);
        rows.extend(of.criteria.iter().map(|row| self.criterion(row, &subjects)));
        rows.extend(of.measures.iter().map(|row| self.measure(row)));
        rows.extend(of.registers.iter().flat_map(|row| row.results.iter().map(|result| self.result(row, result))));
        rows
    }

    /// Returns how many have each outcome that a return of this kind can have; nothing where the framework sums no return up.
    fn outcomes(&self) -> Vec<Beside> {
        if !sums_up(&self.published.outcomes) {
            return Vec::new();
        }
        let review = &self.sent.review;
        let own = review.settled().map_or(INCOMPLETE, |band| band.as_str());
        let last = self.last.map(|last| last.band.as_ref().map_or(INCOMPLETE, |band| band.as_str()));
        let is = |band: &str, one: &str| Exact::from(usize::from(band == one));
        let kind = review.kind.as_deref().unwrap_or_default();
        let mine =
            self.published.outcomes.iter().filter(|row| row.kinds.is_empty() || row.kinds.iter().any(|of| of == kind));
        let row = |row: &BandRow| Beside {
            own: Some(is(&row.band, own)),
            last: last.map(|last| is(&row.band, last)),
            network: Network {
                count: self.others(&row.share.share).then(|| row.share.count.counted()),
                ..Network::default()
            },
            ..beside(About::Outcome, &row.band, row.title.clone(), Format::Whole)
        };
        mine.map(row).collect()
    }

    /// Returns the total; `None` where the framework has none.
    fn total(&self) -> Option<Beside> {
        let own = self.sent.review.outcome.as_ref().filter(|_| self.framework.outcome.has_total())?.total.clone();
        let format = Format::of_totals(self.framework.outcome.decimals, &self.framework.outcome.unit);
        let title =
            self.framework.nouns.spelled("¤Total").into_owned() + direction(Some(self.framework.outcome.better));
        let last = self.last.and_then(|last| last.total.clone());
        let network = self.published.total().map(|row| self.spread(&row.spread)).unwrap_or_default();
        Some(Beside { own, last, network, ..beside(About::Total, "total", title, format) })
    }

    /// Returns the total beside those of one of the organisation's groups; `None` where it isn't of that, or too few others are.
    fn group(&self, row: &GroupRow) -> Option<Beside> {
        let group = row.group.as_ref().filter(|group| self.sent.groups.get(&row.by) == Some(*group))?;
        let network = self.spread(&row.totals);
        network.count?;
        let own = self.sent.review.outcome.as_ref()?.total.clone();
        let title = format!("{}: {group}", capital(&row.by.replace('_', " ")));
        let format = Format::of_totals(self.framework.outcome.decimals, &self.framework.outcome.unit);
        Some(Beside { own, network, ..beside(About::Group, &row.by, title, format) })
    }

    fn section(&self, row: &SectionRow) -> Beside {
        let own = self.sent.review.section(&row.section).and_then(|section| section.percent.clone());
        let last = self.last.and_then(|last| last.sections.get(row.section.as_str()).cloned());
        let network = self.spread(&row.percent);
        let title = titled(&row.section, &row.title);
        Beside { own, last, network, ..beside(About::Section, &row.section, title, Format::Unit(1, "%".to_owned())) }
    }

    /// Returns a criterion in points: of the network the middle half alone, so that the own answer taken out tells no other's.
    fn criterion(&self, row: &CriterionRow, subjects: &Subjects) -> Beside {
        let spread = peers::spread(row, self.limits);
        let told = |value: f64| Exact::from_float(value);
        let network = spread.map(|spread| Network {
            count: Some(spread.count),
            mean: None,
            lower: told(spread.lower),
            median: told(spread.median),
            upper: told(spread.upper),
        });
        let title = format!("{} {}", row.criterion, row.short);
        let last = self.last.and_then(|last| last.criteria.get(row.criterion.as_str()));
        let scale = self.framework.criterion(&row.criterion).map(|criterion| self.framework.scale(criterion));
        Beside {
            own: subjects.points(&row.criterion),
            last: scale.zip(last).map(|(scale, share)| scale.at(share)),
            network: network.unwrap_or_default(),
            ..beside(About::Criterion, &row.criterion, title, Format::Unit(1, "points".to_owned()))
        }
    }

    fn measure(&self, row: &MeasureRow) -> Beside {
        let record = self.sent.review.measures.iter().find(|record| record.id.as_str() == row.measure);
        let network = Network {
            count: self.others(&row.pooled).then_some(row.pooled.n),
            mean: self.told(&row.pooled),
            ..self.spread(&row.spread)
        };
        let title = format!("{} {}{}", row.measure, row.short, direction(row.better));
        let own = record.and_then(|record| record.from_register.clone());
        Beside { own, network, ..beside(About::Measure, &row.measure, title, Format::Measured(1, row.unit.clone())) }
    }

    fn result(&self, register: &RegisterRow, row: &ResultRow) -> Beside {
        let share = &row.share.share;
        let name = if let FigureOf::Register { name, .. } = &share.id.of { name.as_str() } else { "" };
        let mine = || self.sent.review.rows.iter().filter(|row| row.register == register.register.as_str());
        let settled = mine().filter(|row| row.outcome.is_some()).count();
        let with = mine().filter(|row| row.outcome.as_deref() == Some(name)).count();
        let told = self.told(share).filter(|_| register.returns > self.limits.k);
        Beside {
            own: Exact::ratio(with, settled),
            network: Network { count: told.as_ref().map(|_| register.returns), mean: told, ..Network::default() },
            ..beside(About::Register, name, format!("{}: {}", register.title, row.title), Format::Share)
        }
    }

    /// Returns how the network's figures spread, as far as they may be told.
    fn spread(&self, spread: &Spread) -> Network {
        let [mean, lower, median, upper] =
            [&spread.mean, &spread.lower_quartile, &spread.median, &spread.upper_quartile]
                .map(|figure| self.told(figure));
        let count = mean.as_ref().or(median.as_ref()).map(|_| spread.n);
        Network { count, mean, lower, median, upper }
    }

    /// Returns a figure of the network with one decimal, of shares with three; `None` where too few others stand behind it.
    pub(super) fn told(&self, figure: &Figure) -> Option<Exact> {
        let value = figure.value.filter(|_| self.others(figure))?;
        Exact::from_float(value).map(|value| value.rounded(3))
    }

    /// Whether enough others stand behind a figure that is shown.
    fn others(&self, figure: &Figure) -> bool {
        figure.is_shown() && figure.n > self.limits.k
    }
}

/// Says which way is better, where that isn't upward.
const fn direction(better: Option<Better>) -> &'static str {
    match better {
        Some(Better::Lower) => " (less is better)",
        Some(Better::Higher) | None => "",
    }
}

/// Returns a row without figures.
fn beside(about: About, id: &str, title: String, format: Format) -> Beside {
    Beside { about, id: id.to_owned(), title, format, own: None, last: None, network: Network::default() }
}

impl About {
    /// Returns its name in tables.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Outcome => "outcome",
            Self::Total => "total",
            Self::Group => "group",
            Self::Section => "section",
            Self::Criterion => "criterion",
            Self::Measure => "measure",
            Self::Register => "register",
        }
    }
}
