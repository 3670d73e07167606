//! Findings as `JUnit` XML, for programs that show results of tests: a suite a workbook, a case a finding.
//!
//! What is at or above the threshold that makes a run fail is a failure; what is below it passes and is kept as output. A
//! workbook that can't be read is an error, and one without findings is a case that passes, so that every file is there.

use std::fmt::Write;

use crate::finding::{Finding, Severity};
use crate::review::{Review, Status};
use crate::season::Season;
use crate::wording::{is_moving, is_turning};

/// The name of the suite for what only several returns show.
const ACROSS: &str = "across returns";

/// How a case ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ended {
    Passed,
    Failed,
    /// The workbook couldn't be read.
    Broken,
}

/// A case as it is written.
struct Case {
    name: String,
    ended: Ended,
    kind: String,
    message: String,
    body: String,
}

/// Returns the findings of a season as `JUnit` XML.
pub fn junit(season: &Season, threshold: Severity) -> Vec<u8> {
    let mut suites: Vec<(&str, Vec<Case>)> =
        season.reviews().map(|review| (review.file.as_str(), cases(review, threshold))).collect();
    if !season.findings.is_empty() {
        suites.push((ACROSS, season.findings.iter().map(|finding| case(finding, ended(finding, threshold))).collect()));
    }
    let mut text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned();
    let all = || suites.iter().flat_map(|(_, cases)| cases);
    let _infallible = writeln!(text, "<testsuites name=\"scrutineer\" {}>", counts(all()));
    for (name, cases) in &suites {
        let _infallible = writeln!(text, "  <testsuite name=\"{}\" {}>", escaped(name), counts(cases));
        for case in cases {
            write(&mut text, name, case);
        }
        text.push_str("  </testsuite>\n");
    }
    text.push_str("</testsuites>\n");
    text.into_bytes()
}

/// Returns the cases of one workbook.
fn cases(review: &Review, threshold: Severity) -> Vec<Case> {
    let ended = |finding| if review.status == Status::Unreadable { Ended::Broken } else { ended(finding, threshold) };
    let cases: Vec<Case> = review.findings.iter().map(|finding| case(finding, ended(finding))).collect();
    if !cases.is_empty() {
        return cases;
    }
    let nothing = String::new;
    vec![Case {
        name: "no findings".to_owned(),
        ended: Ended::Passed,
        kind: nothing(),
        message: nothing(),
        body: nothing(),
    }]
}

/// Returns the case of one finding.
fn case(finding: &Finding, ended: Ended) -> Case {
    let place: Vec<String> = [finding.sheet().map(ToOwned::to_owned), finding.cell(), finding.subject.clone()]
        .into_iter()
        .flatten()
        .collect();
    let place = if place.is_empty() { String::new() } else { format!(" ({})", place.join(", ")) };
    let files = finding.files().iter().map(|file| ("file", file));
    let parts = [("found", &finding.found), ("expected", &finding.expected)];
    let told = files.chain(parts.into_iter().filter_map(|(word, value)| Some((word, value.as_ref()?))));
    let told: Vec<String> = told.map(|(word, value)| format!("{word}: {value}\n")).collect();
    Case {
        name: format!("{}{place}", finding.rule),
        ended,
        kind: finding.severity.to_string(),
        message: finding.message.clone(),
        body: format!("{}what to do: {}", told.concat(), finding.help),
    }
}

fn ended(finding: &Finding, threshold: Severity) -> Ended {
    if finding.severity >= threshold { Ended::Failed } else { Ended::Passed }
}

/// Returns how many cases there are and how many didn't pass, as attributes.
fn counts<'a>(cases: impl IntoIterator<Item = &'a Case>) -> String {
    let (mut all, mut failed, mut broken) = (0, 0, 0);
    for case in cases {
        all += 1;
        failed += usize::from(case.ended == Ended::Failed);
        broken += usize::from(case.ended == Ended::Broken);
    }
    format!("tests=\"{all}\" failures=\"{failed}\" errors=\"{broken}\"")
}

/// Writes one case.
fn write(text: &mut String, suite: &str, case: &Case) {
    let head = format!("    <testcase classname=\"{}\" name=\"{}\"", escaped(suite), escaped(&case.name));
    let (kind, message, body) = (escaped(&case.kind), escaped(&case.message), escaped(&case.body));
    let fault = |element: &str| format!("<{element} type=\"{kind}\" message=\"{message}\">{body}</{element}>");
    let inner = match case.ended {
        Ended::Passed if case.message.is_empty() => String::new(),
        Ended::Passed => format!("<system-out>{kind}: {message}\n{body}</system-out>"),
        Ended::Failed => fault("failure"),
        Ended::Broken => fault("error"),
    };
    let _infallible =
        if inner.is_empty() { writeln!(text, "{head}/>") } else { writeln!(text, "{head}>{inner}</testcase>") };
}

/// Returns a text that is the same text within XML; what XML can't hold is shown by its place in Unicode. What would move what is seen
/// after it on a terminal, or command something in a runner's log, is written by its number.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut before = ['\n'; 2];
    for c in text.chars() {
        let is_command = matches!((before, c), (['#', '#'], '[') | ([_, '\n'], ':'));
        before = [before[1], if c.is_whitespace() { '\n' } else { c }];
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\r' | '\t' => drop(write!(out, "&#{};", u32::from(c))),
            _ if is_command => drop(write!(out, "&#{};", u32::from(c))),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => drop(write!(out, "[U+{:04X}]", u32::from(c))),
            _ if is_moving(c) || is_turning(c) => drop(write!(out, "&#{};", u32::from(c))),
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::{Place, Rule};
    use crate::workbook::rule::{EXTENSION_MISMATCH, WORKBOOK_UNREADABLE};

    fn text(status: Status, rules: &[&'static Rule], threshold: Severity) -> String {
        let findings = rules.iter().map(|rule| Finding::new(rule, Place::Workbook, "a <b> & \u{7}c").with_help("do"));
        let review = Review::unread("in/a&b.xlsx", String::new(), status, findings.collect());
        String::from_utf8(junit(&Season::of_files(&[], None, vec![review]), threshold)).unwrap()
    }

    #[test]
    fn the_threshold_tells_failures_from_what_passes() {
        let warning = [&EXTENSION_MISMATCH];
        let failed = text(Status::Scored, &warning, Severity::Warning);
        assert!(failed.contains("tests=\"1\" failures=\"1\" errors=\"0\""), "{failed}");
        assert!(failed.contains("message=\"a &lt;b&gt; &amp; [U+0007]c\""), "{failed}");
        let passed = text(Status::Scored, &warning, Severity::Error);
        assert!(passed.contains("failures=\"0\"") && passed.contains("<system-out>warning: a &lt;b"), "{passed}");
    }

    #[test]
    fn no_text_moves_or_commands_anything() {
        assert_eq!(escaped("::a b::c ::d ##[e"), "&#58;:a b::c &#58;:d ##&#91;e");
        assert_eq!(escaped("a\u{9b}b\u{202e}c\u{1b}"), "a&#155;b&#8238;c[U+001B]");
    }

    #[test]
    fn every_workbook_is_there() {
        let broken = text(Status::Unreadable, &[&WORKBOOK_UNREADABLE], Severity::Error);
        assert!(broken.contains("errors=\"1\"") && broken.contains("<error type=\"error\""), "{broken}");
        let sound = text(Status::Scored, &[], Severity::Error);
        assert!(sound.contains("<testcase classname=\"in/a&amp;b.xlsx\" name=\"no findings\"/>"), "{sound}");
    }
}
