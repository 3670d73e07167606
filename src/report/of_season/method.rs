//! How the figures came about and what they can't show, for what a report has; and how the ids of its figures begin.

use super::{FrameworkSeason, Sections, criterion, hidden, outcome};
use crate::document::{Cell, Column, Fact, Part, Table};
use crate::figure::Figured;
use crate::statistics::Compared;
use crate::words::sentence;

/// What is told of where figures come from: of a scheme with totals, and of one without.
const TYPED: [&str; 2] = [
    "Scores are those typed in the ¤returns. ¤Totals and bands are worked out exactly; figures are rounded only where they are printed.",
    "Answers are those typed in the ¤returns. Outcomes are worked out exactly; figures are rounded only where they are printed.",
];

/// What holds besides of rows of registers in what is passed on.
const ROUNDED: &str =
    " Numbers of people and of rows of registers are rounded further, as \u{201c}What is not shown\u{201d} says.";

/// Over whom figures are.
const OVER: &str = "Figures are over ¤organisations, one ¤return each: one about the whole before its parts, then the kind that the framework puts first, then the later one. ¤Organisations that sent ¤returns about their parts alone count with each. Figures by kind, of agreement and of findings are over all ¤returns that count.";

/// What an interval of a share is.
const INTERVAL: &str = "A share has an interval only where it is an estimate: where some who were expected didn\u{2019}t come. Between its ends (Wilson\u{2019}s at 95%, for a finite population) lies the share among all who were expected, if those who didn\u{2019}t come are like those who did.";

/// What holds of every report.
const DIFFERENCE: &str =
    "¤Returns differ in size, clients and place. A difference between two ¤returns is a reason to ask, not an answer.";

/// Returns how the figures came about, where each comes from, and what is not shown.
pub(super) fn part(season: &FrameworkSeason, sections: &Sections) -> Part {
    let typed = TYPED[usize::from(!season.framework.outcome.has_total())];
    let rounded = !season.is_named() && !season.statistics.registers.is_empty();
    let typed = format!("{typed}{}", if rounded { ROUNDED } else { "" });
    let first = [typed, missing(season), over(season)].into_iter().chain(interval(season));
    let answers = criterion::over_fewer(season).filter(|_| sections.of("criterion").next().is_some());
    let first = first.chain(answers).chain([DIFFERENCE.to_owned()]);
    Part::new("Methods and caveats")
        .points(first.chain(notes(season, sections)))
        .part(sources(season, sections))
        .part(hidden::part(season))
}

/// Says over whom figures are.
fn over(season: &FrameworkSeason) -> String {
    let each = season.framework.one_for_each_in_words();
    let each = each.map(|each| format!(" ¤Organisations that sent one for each {each} count with one for each."));
    format!("{OVER}{}", each.unwrap_or_default())
}

/// Says what a missing answer does, of the outcomes and criteria that the framework has.
fn missing(season: &FrameworkSeason) -> String {
    let bands =
        "A ¤return with missing answers has a range of outcomes and counts in a band where no answer can change it";
    let criteria = "its given answers count for the ¤criteria";
    let has_bands = outcome::sums_up(&season.statistics.outcomes);
    let has_criteria = season.framework.criteria().next().is_some();
    let further = match (has_bands, has_criteria) {
        (true, true) => format!(" {bands}; {criteria}."),
        (true, false) => format!(" {bands}."),
        (false, true) => " Of a ¤return with missing answers those that are given count for the ¤criteria.".to_owned(),
        (false, false) => String::new(),
    };
    format!("A missing answer is never counted as nought.{further}")
}

/// Says what the intervals of shares are; `None` where no share of an outcome or a result has one.
fn interval(season: &FrameworkSeason) -> Option<String> {
    let outcomes = &season.statistics.outcomes;
    let results = season.statistics.registers.iter().flat_map(|register| &register.results).map(|row| &row.share);
    let mut shares = outcomes.iter().map(|row| &row.share).chain(results);
    let is_open = outcomes.iter().any(|row| row.share.count.value != row.at_most.value);
    let open = if is_open { " Where outcomes are open the interval holds whatever they become." } else { "" };
    shares.any(|share| share.low.is_shown()).then(|| format!("{INTERVAL}{open}"))
}

/// Returns how the figures of some sections came about, and what they can't show.
fn notes(season: &FrameworkSeason, sections: &Sections) -> Vec<String> {
    let has = |names: &[&str]| names.iter().any(|name| sections.of(name).next().is_some());
    let compares = |what| season.statistics.groupings.iter().any(|row| row.compared == what);
    let notes = [
        (
            has(&["section", "measure", "outcome"]),
            "Medians and quartiles are of type 7, as a spreadsheet\u{2019}s QUARTILE.INC.",
        ),
        (
            has(&["criterion"]),
            "¤Criteria are ranked on a scale from 0% (worst grade) to 100% (best grade). Ties share a rank.",
        ),
        (
            season.statistics.criteria.iter().any(|row| row.mean.is_shown() && row.strongest.low.is_shown()),
            "The place of a ¤criterion is the range of ranks that it has in 95 of 100 draws when ¤organisations are drawn again 2,000 times; one that has the first rank in some of them is among the strongest or the weakest.",
        ),
        (
            !season.statistics.outliers.is_empty(),
            "A ¤total lies far from the median when it is more than 3.5 times as far as the median distance gives for ordinary spread (MAD, after Iglewicz and Hoaglin).",
        ),
        (
            has(&["consistency"]),
            "Whether ¤criteria go together is judged by the mean correlation of each two, since Cronbach\u{2019}s alpha grows with how many ¤criteria there are, and as far as its interval allows: from 0.15 on they do, and how closely isn\u{2019}t sure where it reaches below that; from 0.5 on they ask nearly the same (after Clark and Watson). The interval is Feldt\u{2019}s, of the standardised alpha that the mean comes to. Both are shown from 30 complete ¤returns on.",
        ),
        (
            has(&["agreement"]),
            "Agreement of grades is told by quadratic weighted kappa over the whole scale, its interval by drawing ¤organisations again 2,000 times; agreement of ¤totals by the intraclass correlation for absolute agreement of single judgements, ICC(A,1).",
        ),
        (
            has(&["agreement", "change"]),
            "A likelihood p says how often chance alone would give differences like these or larger ones; below 0.05 they are called more than chance. It comes from Wilcoxon\u{2019}s signed ranks, and from McNemar\u{2019}s exact test for the lowest band; it allows for how many are looked at together (Benjamini and Hochberg): all ¤criteria; or the ¤total, the lowest band and all ¤sections.",
        ),
        (
            compares(Compared::Totals),
            "Groups of five complete ¤returns and more are compared by Kruskal and Wallis\u{2019}s test of ranks, which allows for how many groupings are looked at. The interval of a group\u{2019}s mean is Student\u{2019}s: where the mean of such ¤returns would lie if they were drawn again.",
        ),
        (
            compares(Compared::Outcomes),
            "Groups of five settled outcomes and more are compared by the places of those outcomes among the bands by which ¤returns like them are judged: how often such places, dealt anew among the groups 9,999 times, part their means so far or farther. It allows for how many groupings are looked at.",
        ),
        (
            has(&["assessor"]),
            "What an assessor gives is compared with what the same ¤organisations give themselves, so that it allows for how hard their cases are. It is drawn towards the average assessor, of those who aren\u{2019}t called so, by a random-effects model (Henderson\u{2019}s estimates of variance), the further the fewer assessments there are; how much assessors vary is told from those who aren\u{2019}t called so. What an average assessor would have given is told ¤criterion by ¤criterion: the place of an answer among those that the assessor gave where ¤organisations gave themselves the same is the place, among what the others gave there, of what an average one gives (equipercentile linking), which passes no end of the scale; measures stay as they are. Who is called harsher or more lenient is decided by drawing the assessments anew among assessors 2,000 times, allowing for how many assessors there are (Holm).",
        ),
        (
            season.statistics.moderation.as_ref().is_some_and(|moderation| moderation.results.is_some()),
            "What moderation says of ¤returns that nobody looked at goes by those drawn by chance alone: each stands for as many as it was drawn from. Where all had the same chance the interval is exact (hypergeometric); else it is Clopper and Pearson\u{2019}s, with Kish\u{2019}s number of ¤returns drawn alike. Where fewer than five of them were looked at nothing is said.",
        ),
        (
            has(&["trend"]),
            "The trend is the Theil\u{2013}Sen slope of the medians of those who sent a ¤return of the same kind and version in every season; how steady it is, is Kendall\u{2019}s tau.",
        ),
    ];
    let provenance = &season.framework.provenance;
    let about = (!provenance.is_empty()).then(|| format!("About the framework: {}", sentence(provenance)));
    let notes = notes.into_iter().filter(|(applies, _)| *applies).map(|(_, note)| note.to_owned());
    notes.chain(about).collect()
}

/// Returns how a figure is followed to what it rests on; `None` where there are no figures, or where whoever reads it hasn't the folder
/// that they are followed in.
fn sources(season: &FrameworkSeason, sections: &Sections) -> Option<Part> {
    if !season.is_named() {
        return None;
    }
    let beginning = |name: &str| format!("{}/{name}/", season.framework.id);
    let ids: Vec<String> = season.statistics.figures().into_iter().map(|figure| figure.id.to_string()).collect();
    let has_figures = |name: &str| name == "finding" || ids.iter().any(|id| id.starts_with(&beginning(name)));
    let with_figures = sections.parts.iter().filter(|(name, _)| !sections.plain.contains(name) && has_figures(name));
    let rows = with_figures.filter_map(|(name, part)| Some(Fact::new(part.heading.as_ref()?, beginning(name))));
    let rows: Vec<Fact> = rows.collect();
    let sentence = format!(
        "Each figure has an id. \u{201c}scrutineer explain --figure {} OUT\u{201d} lists those that begin so, and says for \
         one of them which ¤returns and cells it rests on.",
        rows.first()?.value
    );
    let columns = vec![
        Column::new("Part of this report").share(1.0).cell(|row: &Fact| (&row.label).into()),
        Column::new("Its figures\u{2019} ids begin with").share(1.4).cell(|row: &Fact| Cell::Code(row.value.clone())),
    ];
    let table = Table::of(&rows, columns).caption("How the ids of figures begin");
    Some(Part::new("Where figures come from").lead([sentence]).block(table))
}
