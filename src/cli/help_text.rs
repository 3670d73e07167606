//! Help as it fits the screen: an example's remark stands beside it where there is room, else below it.

use clap::Command;
use textwrap::core::display_width;

use super::console::Screen;

/// What stands between an example and its remark, at least.
const GAP: &str = "  ";

/// Returns a command whose help, and that of its commands, fits a screen.
pub(super) fn fitted(command: Command, screen: Screen) -> Command {
    let examples = command.get_after_help().map(|help| examples(&help.to_string(), screen));
    let command = command.term_width(screen.width).mut_subcommands(|inner| fitted(inner, screen));
    match examples {
        Some(examples) => command.after_help(examples),
        None => command,
    }
}

/// Returns examples as they fit; where one doesn't, all have their remarks below them.
fn examples(text: &str, screen: Screen) -> String {
    if text.lines().all(|line| display_width(line) <= screen.width) {
        return text.to_owned();
    }
    let lines: Vec<String> = text.lines().map(|line| example(line, screen)).collect();
    lines.join("\n")
}

/// Returns an example with its remark below it.
fn example(line: &str, screen: Screen) -> String {
    let words = line.trim_start();
    let indent = " ".repeat(line.len() - words.len());
    let (example, remark) = words.split_once(GAP).unwrap_or((words, ""));
    let below = format!("{indent}{GAP}{GAP}");
    let example = screen.fitted(&format!("{indent}{example}"), &below);
    match remark.trim() {
        "" => example,
        remark => format!("{example}\n{}", screen.fitted(&format!("{below}{remark}"), &below)),
    }
}

#[cfg(test)]
mod tests {
    use super::super::console::Paint;
    use super::*;

    #[test]
    fn a_remark_stands_beside_its_example_where_there_is_room() {
        let text = "Examples:\n  scrutineer run in --out out    all of it\n  scrutineer check in";
        let on = |width| examples(text, Screen { paint: Paint::None, width });
        assert_eq!(on(80), text);
        let below = "Examples:\n  scrutineer run in --out out\n      all of it\n  scrutineer check in";
        assert_eq!(on(30), below);
    }
}
