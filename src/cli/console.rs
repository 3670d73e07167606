//! The only printing: results on standard output, messages on standard error, progress where someone watches.
//!
//! Colour and moving bars are for terminals alone, and `NO_COLOR`, `TERM=dumb` and `--no-color` switch colour off.

use std::borrow::Cow;
use std::error::Error;
use std::io::{self, BufRead, IsTerminal, Write};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use textwrap::core::display_width;
use textwrap::{Options, WordSeparator, WordSplitter};

use crate::artifact::ArtifactKind;
use crate::batch::Event;
use crate::export::without_commands;
use crate::finding::Severity;
use crate::wording::{is_moving, is_turning};

/// Work that is shorter than this shows no bar.
const PATIENCE: Duration = Duration::from_millis(500);

/// How wide lines are where neither a terminal nor `COLUMNS` says it.
const USUAL_WIDTH: usize = 80;
/// However narrow a screen says that it is, lines are as wide as this.
const LEAST_WIDTH: usize = 20;
/// From this width on, progress has a bar.
const WIDTH_OF_BAR: usize = 80;
/// From this width on, progress says what is counted and which file it is at.
const WIDTH_OF_WORDS: usize = 50;

/// What a person sees results on.
#[derive(Clone, Copy, Debug)]
pub(super) struct Screen {
    /// Whether it is coloured.
    pub(super) paint: Paint,
    /// How many letters a line holds.
    pub(super) width: usize,
}

impl Screen {
    /// Returns a text in lines that fit, those after the first indented. A word stands whole, on however long a line.
    pub(super) fn fitted(self, text: &str, indent: &str) -> String {
        let text = harmless(text);
        let options = Options::new(self.width)
            .subsequent_indent(indent)
            .break_words(false)
            .word_separator(WordSeparator::AsciiSpace)
            .word_splitter(WordSplitter::NoHyphenation);
        textwrap::fill(&text, options)
    }

    /// Returns lines as they fit, each of which goes on a little further in than it begins. What stands between backquotes, as a person is
    /// to write it, stays in one line where it can.
    pub(super) fn fitted_lines(self, text: &str) -> String {
        let indent = |line: &str| " ".repeat(line.len() - line.trim_start_matches(' ').len() + 2);
        let lines = text.lines().map(|line| self.fitted(&glued(line, self.width / 2), &indent(line)));
        let lines: Vec<String> = lines.map(|line| line.replace(GLUE, " ")).collect();
        lines.join("\n")
    }
}

/// Returns a text of a return in one line.
pub(super) fn in_a_line(text: &str) -> String {
    text.replace("\r\n", " ").replace(['\r', '\n'], " ")
}

/// What begins the codes that paint; a text that is painted can't begin one, since the mark is no character of any text.
const BRUSH: &str = "\x1b[\u{10ffff}";

/// Returns a text without what would move or turn what is seen after it; its ends of lines stay, and so do the codes that paint.
pub(super) fn harmless(text: &str) -> Cow<'_, str> {
    let stays = |c: char| c == '\n' || !(is_moving(c) || is_turning(c));
    if text.chars().all(stays) {
        return Cow::Borrowed(text);
    }
    let shown = |c: char| match c {
        _ if stays(c) => Some(c),
        '\t' => Some(' '),
        _ if is_turning(c) || c == '\r' => None,
        _ => Some(char::REPLACEMENT_CHARACTER),
    };
    let parts: Vec<String> = text.split(BRUSH).map(|part| part.chars().filter_map(shown).collect()).collect();
    Cow::Owned(parts.join(BRUSH))
}

/// What stands for a blank at which no line ends, while lines are fitted; it is no character of any text.
const GLUE: char = '\u{10fffe}';

/// Returns a line in which what stands between backquotes has no blanks, where it is no longer than `most`.
fn glued(line: &str, most: usize) -> String {
    let parts = line.split('`').enumerate().map(|(at, part)| {
        let is_quoted = at % 2 == 1 && display_width(part) <= most;
        if is_quoted { part.replace(' ', &GLUE.to_string()) } else { part.to_owned() }
    });
    parts.collect::<Vec<String>>().join("`")
}

/// Returns the first words of a text that fit; of a word that is longer than that, its first letters.
pub(super) fn shortened(text: &str, most: usize) -> String {
    if display_width(text) <= most {
        return text.to_owned();
    }
    let fits = |end: &usize| display_width(&text[..*end]) < most;
    let words = text.match_indices(' ').map(|(at, _)| at).take_while(fits).last();
    let letters = || text.char_indices().map(|(at, _)| at).take_while(fits).last();
    let end = words.filter(|end| *end > 0).or_else(letters).unwrap_or_default();
    format!("{}…", &text[..end])
}

/// Whether text is coloured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Paint {
    /// It is.
    Colour,
    /// It isn't.
    None,
}

impl Paint {
    fn wrap(self, code: &str, text: &str) -> String {
        match self {
            Self::Colour => format!("{BRUSH}{code}m{text}{BRUSH}0m"),
            Self::None => text.to_owned(),
        }
    }

    /// Paints what belongs to a severity.
    pub(super) fn severity(self, severity: Severity, text: &str) -> String {
        match severity {
            Severity::Error => self.wrap("1;31", text),
            Severity::Warning => self.wrap("1;33", text),
            Severity::Note => self.wrap("1;36", text),
        }
    }

    /// Paints what stands out.
    pub(super) fn strong(self, text: &str) -> String {
        self.wrap("1", text)
    }

    /// Paints what stands back.
    pub(super) fn faint(self, text: &str) -> String {
        self.wrap("2", text)
    }
}

/// Returns whether standard output is painted.
pub(super) fn paint(no_color: bool) -> Paint {
    let plain = no_color || is_set("NO_COLOR") || is_dumb() || !io::stdout().is_terminal();
    if plain { Paint::None } else { Paint::Colour }
}

/// Returns what a person sees results on.
pub(super) fn screen(no_color: bool) -> Screen {
    Screen { paint: paint(no_color), width: width(is_watched()) }
}

/// Returns how many letters a line holds: as many as the terminal has, else as `COLUMNS` says, else the usual.
fn width(is_terminal: bool) -> usize {
    let said = || variable("COLUMNS")?.parse().ok().filter(|width| *width > 0);
    let width = if is_terminal { textwrap::termwidth() } else { said().unwrap_or(USUAL_WIDTH) };
    width.max(LEAST_WIDTH)
}

/// Whether the environment asks for narrated text.
pub(super) fn wants_plain() -> bool {
    is_set("NO_GRAPHICS") || is_dumb()
}

/// Whether somebody reads standard output on a terminal.
pub(super) fn is_watched() -> bool {
    io::stdout().is_terminal()
}

/// Returns what a variable is set to; `None` where that is nothing.
#[expect(clippy::disallowed_methods, reason = "the command line reads the environment")]
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// Whether a variable is set and not empty.
fn is_set(name: &str) -> bool {
    variable(name).is_some()
}

fn is_dumb() -> bool {
    variable("TERM").is_some_and(|term| term == "dumb")
}

/// Writes what a person reads to standard output.
pub(super) fn show(text: &str) -> io::Result<()> {
    write(without_commands(&harmless(text), ASIDE).replace(BRUSH, "\x1b[").as_bytes())
}

/// Writes findings as other programs read them; on a terminal, as people do.
pub(super) fn hand_over(bytes: &[u8]) -> io::Result<()> {
    match std::str::from_utf8(bytes) {
        Ok(text) if is_watched() => write(harmless(text).as_bytes()),
        Ok(_) | Err(_) => write(bytes),
    }
}

/// What stands before a text that GitHub's runner would take for a command in its log.
const ASIDE: &str = "'";

/// Writes results for programs to standard output. A reader that has seen enough and closes it is no fault.
pub(super) fn write(bytes: &[u8]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        done => done,
    }
}

/// Tells something on standard error, in lines that fit.
pub(super) fn tell(message: &str) {
    let screen = Screen { paint: Paint::None, width: width(io::stderr().is_terminal()) };
    // Nobody is left to be told that nobody can be told.
    let text = screen.fitted_lines(message);
    let _told = writeln!(io::stderr().lock(), "{}", without_commands(&harmless(&text), ASIDE));
}

/// Keeps a window open that Windows has opened for this run alone, and that would take the results with it.
pub(super) fn stay_open() {
    // A command prompt sets this for what it starts; the desktop doesn't.
    let is_alone = cfg!(windows) && !is_set("PROMPT");
    if is_alone && io::stdin().is_terminal() && io::stdout().is_terminal() {
        tell("Press Enter to close this window.");
        // Whatever comes, the wait is over.
        let _key = io::stdin().lock().read_line(&mut String::new());
    }
}

/// Tells why the program stops, with the causes.
pub(super) fn tell_failure(failure: &dyn Error) {
    let mut text = format!("error: {failure}");
    let mut cause = failure.source();
    while let Some(error) = cause {
        let words = error.to_string();
        if !text.ends_with(&words) {
            text = format!("{text}: {words}");
        }
        cause = error.source();
    }
    tell(&text);
}

/// Says what is being made.
fn making(kind: ArtifactKind) -> &'static str {
    match kind {
        ArtifactKind::Data => "making the tables",
        ArtifactKind::Annotated => "making the annotated copies",
        ArtifactKind::Season => "making the season workbook",
        ArtifactKind::Reports => "making the reports",
        ArtifactKind::Benchmarks => "making the benchmark packs",
    }
}

/// Returns how progress looks in lines of a width.
fn style(width: usize) -> ProgressStyle {
    let template = if width >= WIDTH_OF_BAR {
        "{bar:30} {pos} of {len} workbooks, {eta} left  {wide_msg}"
    } else if width >= WIDTH_OF_WORDS {
        "{pos} of {len} workbooks, {eta} left  {wide_msg}"
    } else {
        "{pos} of {len}, {eta} left"
    };
    ProgressStyle::with_template(template).expect("all three are sound")
}

/// The progress of a run.
#[derive(Debug)]
pub(super) struct Progress(ProgressBar);

impl Progress {
    /// Returns progress that shows itself once the work takes long, if someone watches.
    pub(super) fn new() -> Self {
        let bar = ProgressBar::with_draw_target(Some(0), ProgressDrawTarget::hidden());
        bar.set_style(style(width(io::stderr().is_terminal())));
        Self(bar)
    }

    /// Shows what happened.
    pub(super) fn show(&self, event: Event) {
        match event {
            Event::Planned { files } => self.0.set_length(files as u64),
            Event::Reviewed { file, .. } => {
                self.appear();
                self.0.set_message(harmless(&file).into_owned());
                self.0.inc(1);
            }
            Event::Making { kind } => self.0.set_message(making(kind)),
            Event::GoesOn => {
                self.appear();
                self.0.tick();
            }
            Event::Writing { .. } => self.0.set_message("writing"),
        }
    }

    /// Shows the bar if the work takes long and someone watches.
    fn appear(&self) {
        if self.0.is_hidden() && self.0.elapsed() > PATIENCE && io::stderr().is_terminal() && !is_dumb() {
            self.0.set_draw_target(ProgressDrawTarget::stderr());
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_is_shown_moves_what_comes_after_it() {
        let all = '\0'..='\u{ffff}';
        for c in all.filter(|c| *c != '\n' && (is_moving(*c) || is_turning(*c))) {
            let text = format!("a{c}[31mb{c}");
            let shown = harmless(&text);
            assert!(
                !shown.contains([c, '\x1b']) && shown.starts_with('a') && shown.contains("[31mb"),
                "{c:?}: {shown:?}"
            );
            for paint in [Paint::None, Paint::Colour] {
                let painted = paint.strong(&text);
                assert_eq!(harmless(&painted), paint.strong(&shown), "{c:?}");
                assert_eq!(display_width(&harmless(&painted)), display_width(&shown), "{c:?}");
            }
        }
        assert_eq!(harmless("a\r\nb\tc é 日本 👩\u{200d}🔬"), "a\nb c é 日本 👩\u{200d}🔬");
    }
}
