//! What became of files, in words: a line a file, and the counts; the most important line last.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use textwrap::core::display_width;

use super::console::{Paint, Screen, in_a_line, shortened};
use super::work::Volume;
use crate::batch::plan::Ignored;
use crate::finding::{Finding, Severity};
use crate::framework::{BandId, Framework, GradeSpec, Graded, OutcomeSpec};
use crate::review::{OutcomeRecord, Review, Status};
use crate::season::Season;
use crate::words::{list, list_of_at_most, number_of};

/// So many letters of a name stand before where it differs, where that alone doesn't tell it apart.
const FIRST_LETTERS: usize = 8;
/// The least room for a file's name in its line; where there isn't so much, it has a line of its own.
const LEAST_NAME: usize = 24;
/// The least room for an outcome beside it.
const LEAST_OUTCOME: usize = 16;
/// The most files that are named as what may be returns in another shape.
const MOST_NAMED: usize = 8;

/// Returns what was found, by severity, the worst first; "no findings" where nothing was.
pub(super) fn tally(review: &Review) -> String {
    tallied(&Severity::WORST_FIRST, &|severity| review.graded(severity))
}

/// Returns what was found of some severities, of as many as `graded` says.
fn tallied(severities: &[Severity], graded: &dyn Fn(Severity) -> usize) -> String {
    let counts = severities.iter().map(|severity| (graded(*severity), severity.as_str()));
    let some = counts.filter(|(count, _)| *count > 0);
    let parts: Vec<String> = some.map(|(count, noun)| number_of(count, noun, &format!("{noun}s"))).collect();
    if parts.is_empty() { "no findings".to_owned() } else { parts.join(", ") }
}

/// Returns what became of a file, as people say it.
const fn status(status: Status) -> &'static str {
    match status {
        Status::Scored => "complete",
        Status::Provisional => "with answers missing",
        Status::Unreadable => "can\u{2019}t be read",
        Status::Unrecognised => "of no known framework",
        Status::Duplicate => "duplicate",
        Status::Superseded => "superseded",
    }
}

/// Returns the outcome of a return in the framework's words; the interval while answers are missing.
pub(super) fn outcome(season: &Season, review: &Review) -> String {
    let known = review.outcome.as_ref().zip(season.framework(review));
    let Some(said) = known.and_then(|(outcome, framework)| of_framework(outcome, framework)) else {
        return status(review.status).to_owned();
    };
    if review.status.counts() { said } else { format!("{said}, {}", status(review.status)) }
}

/// Returns what the parts of a return come to that have a grade, a line a grade; nothing where none has.
pub(super) fn grades(season: &Season, review: &Review, screen: Screen) -> String {
    let Some(framework) = season.framework(review) else { return String::new() };
    let of_part = |grade: &GradeSpec, of: &Graded| {
        let record = &review.grade(&grade.id, &of.id)?.outcome;
        let band = record.settled().map(|band| of.spec.band_title(band).to_owned());
        let range = || interval(record, &of.spec).map(|range| format!("open: {range}"));
        let none = if record.does_not_apply { "doesn\u{2019}t apply" } else { "none" };
        Some(format!("{} {}", of.title, band.or_else(range).unwrap_or_else(|| none.to_owned())))
    };
    let lines = framework.grades.iter().map(|grade| {
        let parts: Vec<String> = grade.over.iter().filter_map(|of| of_part(grade, of)).collect();
        screen.fitted(&format!("  {}: {}", grade.title, parts.join("; ")), "    ") + "\n"
    });
    lines.collect()
}

/// Returns an outcome in its framework's words; `None` where the framework gives none.
pub(super) fn of_framework(outcome: &OutcomeRecord, framework: &Framework) -> Option<String> {
    let title = |band: &BandId| framework.band_title(band).to_owned();
    match (&outcome.band, &outcome.display) {
        (Some(band), Some(display)) => Some(format!("{} ({display})", title(band))),
        (Some(band), None) => Some(title(band)),
        (None, Some(display)) => Some(
            interval(outcome, &framework.outcome)
                .filter(|_| outcome.settled().is_none())
                .map_or_else(|| display.clone(), |range| format!("open: {range} ({display})")),
        ),
        // What is missing can't change it.
        (None, None) if outcome.settled().is_some() => outcome.settled().map(title),
        (None, None) => interval(outcome, &framework.outcome).map(|range| format!("open: {range}")),
    }
}

/// Returns between which bands the outcome lies.
fn interval(outcome: &OutcomeRecord, spec: &OutcomeSpec) -> Option<String> {
    let title = |band: &BandId| spec.band_title(band).to_owned();
    let place = |band: &BandId| spec.bands.iter().position(|one| one.id == *band);
    match (&outcome.band_lowest, &outcome.band_highest) {
        (Some(lowest), Some(highest)) => {
            let are_neighbours = place(lowest).zip(place(highest)).is_some_and(|(low, high)| low.abs_diff(high) == 1);
            let both = [highest.clone(), lowest.clone()];
            let some = if are_neighbours { &both[..] } else { &outcome.can_be };
            Some(spec.bands_in_words(lowest, highest, some))
        }
        (None, Some(highest)) => Some(format!("at best {}", title(highest))),
        (Some(lowest), None) => Some(format!("at least {}", title(lowest))),
        (None, None) => None,
    }
}

/// Whether a return needs nobody's attention.
fn is_fine(review: &Review) -> bool {
    review.status == Status::Scored && review.asked().all(|finding| finding.severity == Severity::Note)
}

/// What the line of a file says.
struct FileLine {
    worst: Option<Severity>,
    grades: String,
    counts: String,
    outcome: String,
    file: String,
}

/// Returns a line for each file that isn't fine, or for all.
pub(super) fn files(season: &Season, volume: Volume, screen: Screen) -> String {
    let (severities, all) = match volume {
        Volume::Verdict => return String::new(),
        // Notes are shown where they are asked for.
        Volume::Usual => (&Severity::WORST_FIRST[..2], false),
        Volume::Full => (&Severity::WORST_FIRST[..], true),
    };
    let line = |review: &Review| FileLine {
        worst: review.asked().map(|finding| finding.severity).max(),
        grades: grades(season, review, screen),
        counts: tallied(severities, &|severity| review.graded(severity)),
        outcome: outcome(season, review),
        file: review.file.clone(),
    };
    let shown: Vec<FileLine> = season.reviews().filter(|review| all || !is_fine(review)).map(line).collect();
    lined_up(&shown, screen)
}

/// Returns lines whose columns stand below each other and that fit; where the screen is too narrow, files have lines of their own.
fn lined_up(lines: &[FileLine], screen: Screen) -> String {
    let counts = lines.iter().map(|line| display_width(&line.counts)).max().unwrap_or_default();
    let outcomes = lines.iter().map(|line| display_width(&line.outcome)).max().unwrap_or_default();
    let room = screen.width.saturating_sub(counts + 4);
    let outcomes = outcomes.min(room.saturating_sub(LEAST_NAME));
    let mut text = String::new();
    let names: Vec<&str> = lines.iter().map(|line| line.file.as_str()).collect();
    for (line, name) in lines.iter().zip(shortened_names(&names, room - outcomes)) {
        let painted =
            |words: &str| line.worst.map_or_else(|| words.to_owned(), |worst| screen.paint.severity(worst, words));
        if outcomes < LEAST_OUTCOME && display_width(&line.outcome) > outcomes {
            let name = shortened_name(&line.file, screen.width);
            let outcome = within_words(&line.outcome, screen.width.saturating_sub(4));
            let said = screen.fitted(&format!("  {}: {outcome}", line.counts), "    ");
            let _infallible = writeln!(text, "{name}\n{}", painted(&said));
        } else {
            let counted = painted(&padded(&line.counts, counts));
            let said = padded(&shortened(&line.outcome, outcomes), outcomes);
            let _infallible = writeln!(text, "{counted}  {said}  {name}");
        }
        text.push_str(&line.grades);
    }
    text
}

/// Returns a text whose words fit a width each; of a longer word, its first letters.
fn within_words(text: &str, most: usize) -> String {
    text.split(' ').map(|word| shortened(word, most)).collect::<Vec<_>>().join(" ")
}

/// Returns a text with blanks after it, up to a width.
fn padded(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(display_width(text))))
}

/// Returns a file's name so that it fits: without its folders where that is enough, else without its middle, since names differ at
/// either end.
fn shortened_name(file: &str, most: usize) -> String {
    if display_width(file) <= most {
        return file.to_owned();
    }
    let name = file.rsplit('/').next().unwrap_or(file);
    let name = if name.len() < file.len() { format!("\u{2026}/{name}") } else { name.to_owned() };
    if display_width(&name) <= most {
        return name;
    }
    let half = most.saturating_sub(1) / 2;
    let letters: Vec<char> = name.chars().collect();
    let first = within(letters.iter().copied(), most.saturating_sub(1) - half);
    let last = within(letters.iter().rev().copied(), half);
    format!("{first}\u{2026}{}", last.chars().rev().collect::<String>())
}

/// Returns names so that they fit; of those that would come to the same, where they begin to differ, and where that is the same too, with
/// their first letters before it.
fn shortened_names(files: &[&str], most: usize) -> Vec<String> {
    let plain: Vec<String> = files.iter().map(|file| shortened_name(file, most)).collect();
    let differing = apart(&plain, files, |_, file, like| from_difference(file, like, most));
    apart(&differing, files, |name, file, _| {
        let first = within(file.chars(), FIRST_LETTERS);
        let (body, ending) = name.rsplit_once('.').unwrap_or((name, ""));
        let room = most.saturating_sub(display_width(&first) + display_width(ending) + 2);
        format!("{first}{}\u{2026}.{ending}", within(body.trim_end_matches('\u{2026}').chars(), room))
    })
}

/// Returns names of which those that are the same are told apart by their files, without folders where that is enough.
fn apart(names: &[String], files: &[&str], told: impl Fn(&str, &str, &[&str]) -> String) -> Vec<String> {
    let bare = |file: &&'_ str| file.rsplit('/').next().unwrap_or_default().to_owned();
    let of = |(name, file): (&String, &&str)| {
        let like: Vec<&str> =
            names.iter().zip(files).filter(|(other, _)| *other == name).map(|(_, file)| *file).collect();
        let without_folders: Vec<String> = like.iter().map(bare).collect();
        let are_enough = without_folders.iter().collect::<BTreeSet<_>>().len() == like.len();
        let without_folders: Vec<&str> = without_folders.iter().map(String::as_str).collect();
        match (like.len(), are_enough) {
            (0 | 1, _) => name.clone(),
            (_, true) => told(name, &bare(file), &without_folders),
            (_, false) => told(name, file, &like),
        }
    };
    names.iter().zip(files).map(of).collect()
}

/// Returns as much of a name as fits, from the word on in which it differs from the one that is most like it.
fn from_difference(file: &str, like: &[&str], most: usize) -> String {
    let letters: Vec<char> = file.chars().collect();
    let shared = |other: &str| letters.iter().zip(other.chars()).take_while(|(one, other)| **one == *other).count();
    let first = like.iter().filter(|other| **other != file).map(|other| shared(other)).max().unwrap_or_default();
    let is_between = |letter: &char| [' ', '/'].contains(letter);
    let start = letters[..first].iter().rposition(is_between).map_or(0, |at| at + 1);
    let rest: String = letters[start..].iter().collect();
    let before = if start == 0 { "" } else { "\u{2026}" };
    if display_width(&rest) < most {
        return format!("{before}{rest}");
    }
    let ending = file.rsplit_once('.').map_or("", |(_, ending)| ending);
    let room = most.saturating_sub(display_width(ending) + 3);
    format!("{before}{}\u{2026}.{ending}", within(rest.chars(), room))
}

/// Returns the first letters that fit a width.
fn within(letters: impl Iterator<Item = char>, most: usize) -> String {
    let mut text = String::new();
    for letter in letters {
        text.push(letter);
        if display_width(&text) > most {
            text.pop();
            break;
        }
    }
    text
}

/// Returns what a finding says, after its severity and its rule.
pub(super) fn headline(finding: &Finding, paint: Paint) -> String {
    let name = format!("{}[{}]", finding.severity, finding.rule);
    format!("{}: {}", paint.severity(finding.severity, &name), in_a_line(&finding.message))
}

/// Returns the findings of the season as a whole.
pub(super) fn across(season: &Season, screen: Screen) -> String {
    let mut text = String::new();
    for finding in &season.findings {
        let headline = screen.fitted(&headline(finding, screen.paint), "  ");
        let _infallible = writeln!(text, "{headline}\n{}", screen.fitted(&format!("  {}", finding.help), "  "));
    }
    text
}

/// Returns how often each rule found something, the commonest first.
pub(super) fn statistics(season: &Season, screen: Screen) -> String {
    let mut counts: BTreeMap<(&str, Severity), (usize, usize)> = BTreeMap::new();
    for review in season.reviews() {
        let mut here: BTreeMap<(&str, Severity), usize> = BTreeMap::new();
        for finding in &review.findings {
            *here.entry((finding.rule.as_str(), finding.severity)).or_default() += 1;
        }
        for (key, count) in here {
            let entry = counts.entry(key).or_default();
            *entry = (entry.0 + count, entry.1 + 1);
        }
    }
    let mut sorted: Vec<_> = counts.into_iter().collect();
    sorted.sort_by_key(|(key, (count, _))| (std::cmp::Reverse(*count), *key));
    let lines = sorted.iter().map(|((rule, severity), (count, returns))| {
        let line = format!("{count:7}  {severity:7}  {rule}  in {}", number_of(*returns, "¤return", "¤returns"));
        screen.fitted(&season.nouns().spelled(&line), "                  ") + "\n"
    });
    lines.collect()
}

/// Returns how many files there are of each kind.
pub(super) fn counts(season: &Season, ignored: &[Ignored], unprocessed: usize, screen: Screen) -> String {
    let mut by_status: BTreeMap<Status, usize> = BTreeMap::new();
    for review in season.reviews() {
        *by_status.entry(review.status).or_default() += 1;
    }
    let parts: Vec<String> = by_status.iter().map(|(of, count)| format!("{count} {}", status(*of))).collect();
    let mut shapes: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for shape in ignored.iter().filter_map(|file| file.reason.other_shape()) {
        *shapes.entry(shape).or_default() += 1;
    }
    let rest = ignored.len() - shapes.values().sum::<usize>();
    let others = [(rest, "left out (-v says why)"), (unprocessed, "not come to")];
    let others = others.iter().filter(|(count, _)| *count > 0).map(|(count, words)| format!("{count} {words}"));
    let shapes = shapes.iter().map(|((one, many), count)| number_of(*count, one, many));
    let others: Vec<String> = shapes.chain(others).collect();
    let beside = if others.is_empty() { String::new() } else { format!("; beside them {}", list(&others)) };
    let files = number_of(season.returns.len(), "file", "files");
    line_of(&format!("{files}: {}{beside}", parts.join(", ")), screen)
}

/// Names what isn't read and may be a return in another shape; nothing where there is none.
pub(super) fn other_shapes(ignored: &[Ignored], screen: Screen) -> String {
    let told = ignored.iter().filter(|file| file.reason.other_shape().is_some());
    let told: Vec<String> = told.map(|file| format!("{} ({})", file.file, file.reason.words())).collect();
    if told.is_empty() {
        return String::new();
    }
    let named = list_of_at_most(&told, MOST_NAMED);
    line_of(&format!("Not read, though a return may be among them: {named}"), screen)
}

/// Returns how many returns can be compared with last season; nothing where its results aren't at hand.
pub(super) fn compared(season: &Season, screen: Screen) -> String {
    let Some(last) = &season.previous else { return String::new() };
    let like = season.counted().filter(|of_return| last.like(of_return).is_some()).count();
    let nouns = season.nouns();
    let all = number_of(season.counted().count(), "¤return", "¤returns");
    let verb = if season.counted().count() == 1 { "counts" } else { "count" };
    let without = if like == 0 { ": none is of an ¤organisation, kind, framework and version as then" } else { "" };
    let (all, without) = (nouns.spelled(&all), nouns.spelled(without));
    line_of(&format!("Compared with {}: {like} of {all} that {verb}{without}", last.season), screen)
}

/// Returns what the season's grading of rules leaves out; nothing where that is nothing.
pub(super) fn silenced(season: &Season, screen: Screen) -> String {
    let silenced = &season.decisions.silenced;
    let mut rules: BTreeMap<&str, usize> = BTreeMap::new();
    for one in silenced {
        *rules.entry(one.finding.rule.as_str()).or_default() += 1;
    }
    let told: Vec<String> = rules.iter().map(|(rule, many)| format!("{many} {rule}")).collect();
    let findings = number_of(silenced.len(), "finding", "findings");
    if told.is_empty() {
        String::new()
    } else {
        line_of(&format!("Left out by [rule_status]: {findings} ({})", told.join(", ")), screen)
    }
}

/// Returns a sentence of the summary as it fits.
fn line_of(text: &str, screen: Screen) -> String {
    screen.fitted(text, "  ") + "\n"
}

/// Returns the last line: how bad it is.
pub(super) fn verdict(season: &Season, screen: Screen) -> String {
    let findings = &season.findings;
    let all = number_of(season.returns.len(), "workbook", "workbooks");
    let concerned = season.reviews().filter(|review| review.asked().next().is_some()).count();
    let within = |severity| season.reviews().map(|review| review.graded(severity)).sum();
    let within = match concerned {
        0 => format!("No findings in {all}"),
        concerned => format!("{} in {concerned} of {all}", tallied(&Severity::WORST_FIRST, &within)),
    };
    let graded = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
    let across = if findings.is_empty() {
        String::new()
    } else {
        format!("; {} across ¤returns", tallied(&Severity::WORST_FIRST, &graded))
    };
    let line = screen.fitted(&format!("{within}{}.", season.nouns().spelled(&across)), "  ");
    let paint = screen.paint;
    format!("{}\n", season.worst().map_or_else(|| paint.strong(&line), |worst| paint.severity(worst, &line)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn line(counts: &str, outcome: &str, file: &str) -> FileLine {
        let [counts, outcome, file] = [counts, outcome, file].map(str::to_owned);
        FileLine { worst: None, grades: String::new(), counts, outcome, file }
    }

    proptest! {
        #[test]
        fn lines_of_files_fit_and_stand_below_each_other(
            lines in proptest::collection::vec(("[1-9]{1,3} errors(, [1-9]{1,3} warnings)?", "[A-Za-zé日 ]{1,40}", "([A-Za-zé日 ]{1,30}/){0,3}[A-Za-zé日 ]{1,60}\\.xlsx"), 1..9),
            width in 40_usize..200,
        ) {
            let lines: Vec<FileLine> = lines.iter().map(|(counts, outcome, file)| line(counts, outcome.trim(), file)).collect();
            let drawn = lined_up(&lines, Screen { paint: Paint::None, width });
            for text in drawn.lines() {
                prop_assert!(display_width(text) <= width, "{width}:\n{drawn}");
            }
            let counts = lines.iter().map(|line| display_width(&line.counts)).max().unwrap_or_default();
            if drawn.lines().count() == lines.len() {
                for (text, line) in drawn.lines().zip(&lines) {
                    let rest = text.strip_prefix(&padded(&line.counts, counts)).and_then(|rest| rest.strip_prefix("  "));
                    let first = line.outcome.chars().next();
                    prop_assert!(rest.is_some_and(|rest| first.is_none_or(|first| rest.starts_with([first, '\u{2026}']))), "{drawn}");
                }
            }
        }

        #[test]
        fn names_are_cut_so_that_they_fit(file in "([a-zé日 ]{1,30}/){0,3}[a-zé日 ]{1,60}\\.xlsx", most in 12_usize..90) {
            let shown = shortened_name(&file, most);
            prop_assert!(display_width(&shown) <= most, "{shown}");
            prop_assert!(shown == file || shown.contains('\u{2026}'), "{shown}");
            prop_assert_eq!(std::path::Path::new(&shown).extension(), Some("xlsx".as_ref()), "{}", shown);
        }
    }

    #[test]
    fn an_outcome_of_one_long_word_fits() {
        let long = line("1 error", &"日".repeat(19), "a.xlsx");
        let drawn = lined_up(&[long], Screen { paint: Paint::None, width: 40 });
        assert!(drawn.lines().all(|text| display_width(text) <= 40), "{drawn}");
    }

    #[test]
    fn names_that_would_be_cut_to_the_same_begin_where_they_differ() {
        let files = [
            "North/Evidence requirements - Walsall District Council.xlsx",
            "South/Evidence requirements - Whitby District Council.xlsx",
            "South/Evidence requirements - Wigan District Council.xlsx",
            "South/Copy of Evidence requirements - Wigan District Council.xlsx",
            "South/Copy of Evidence requirements - Wells District Council.xlsx",
        ];
        let expected = [
            "\u{2026}Walsall District \u{2026}.xlsx",
            "\u{2026}Whitby District C\u{2026}.xlsx",
            "Evidence\u{2026}Wigan Dis\u{2026}.xlsx",
            "Copy of \u{2026}Wigan Dis\u{2026}.xlsx",
            "\u{2026}Wells District Co\u{2026}.xlsx",
        ];
        assert_eq!(shortened_names(&files, 24), expected);
        assert_eq!(shortened_names(&["a.xlsx", "b.xlsx"], 24), ["a.xlsx", "b.xlsx"]);
    }

    #[test]
    fn names_lose_their_folders_first_and_their_middle_then() {
        let file = "North East/from SharePoint/Return of the Health Alliance.xlsx";
        assert_eq!(shortened_name(file, 80), file);
        assert_eq!(shortened_name(file, 40), "\u{2026}/Return of the Health Alliance.xlsx");
        assert_eq!(shortened_name(file, 24), "\u{2026}/Return of \u{2026}liance.xlsx");
    }

    #[test]
    fn outcomes_are_told_in_the_frameworks_words() {
        let framework =
            crate::framework::builtin::load("investors-in-people").expect("the shipped packs load").framework;
        let bands: Vec<&BandId> = framework.outcome.bands.iter().map(|band| &band.id).collect();
        let record = |band: Option<&BandId>, lowest: Option<&BandId>, highest: Option<&BandId>| OutcomeRecord {
            band: band.cloned(),
            band_lowest: lowest.cloned(),
            band_highest: highest.cloned(),
            ..OutcomeRecord::default()
        };
        let titles: Vec<&str> = framework.outcome.bands.iter().map(|band| band.title.as_str()).collect();
        let last = bands.len() - 1;
        let cases = [
            (record(Some(bands[0]), None, None), Some(titles[0].to_owned())),
            (record(None, Some(bands[1]), Some(bands[1])), Some(titles[1].to_owned())),
            (record(None, Some(bands[1]), Some(bands[0])), Some(format!("open: {} or {}", titles[1], titles[0]))),
            (record(None, Some(bands[last]), Some(bands[0])), Some(format!("open: {} to {}", titles[last], titles[0]))),
            (record(None, None, Some(bands[0])), Some(format!("open: at best {}", titles[0]))),
            (record(None, None, None), None),
        ];
        for (outcome, expected) in cases {
            assert_eq!(of_framework(&outcome, &framework), expected);
        }
    }
}
