//! Lines on the screen that belong together, each beside its mark, and all as they fit.

use textwrap::core::display_width;

use super::console::Screen;

/// Lines that belong together, each with its mark before it; below a heading where they have one.
pub(super) struct Part {
    /// The heading.
    pub(super) heading: Option<String>,
    /// Each line after its mark.
    pub(super) lines: Vec<(String, String)>,
}

impl Part {
    /// Returns the lines as they fit, the marks above each other and what is marked beside them.
    pub(super) fn on(&self, screen: Screen) -> String {
        let widest = self.lines.iter().map(|(mark, _)| display_width(mark)).max().unwrap_or_default();
        let before = if self.heading.is_some() { "  " } else { "" };
        let beside = if widest == 0 { String::new() } else { " ".repeat(widest + 2) };
        let mut text = self.heading.as_ref().map_or_else(String::new, |heading| screen.fitted(heading, "  ") + "\n");
        for (mark, words) in &self.lines {
            let gap = beside.len().saturating_sub(display_width(mark));
            let mut start = format!("{before}{mark}{}", " ".repeat(gap));
            for line in words.lines() {
                let under = format!("{before}{beside}{}", if widest == 0 { "  " } else { "" });
                text.push_str(&(screen.fitted(&format!("{start}{line}"), &under) + "\n"));
                start = format!("{before}{beside}");
            }
        }
        text
    }
}

/// Returns lines without marks.
pub(super) fn plain(heading: Option<String>, lines: impl IntoIterator<Item = String>) -> Part {
    Part { heading, lines: lines.into_iter().map(|line| (String::new(), line)).collect() }
}
