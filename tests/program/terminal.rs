//! A terminal of a width on which the program runs, and what is seen on it.

use std::fs::File;
use std::io::Read;
use std::os::fd::OwnedFd;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use nix::pty::{OpenptyResult, Winsize, openpty};

use super::Scene;

/// What was seen of a run on a terminal.
pub(super) struct Seen {
    /// The exit code.
    pub(super) code: i32,
    /// All that was sent to the terminal, with its controls.
    pub(super) sent: String,
    /// How long it took until the first of it came; `None` where nothing did.
    pub(super) first_after: Option<Duration>,
    /// What went to standard output, where that was no terminal.
    pub(super) piped: String,
}

/// Which outputs of the program go to the terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Goes {
    /// Both.
    Both,
    /// Messages alone; results go elsewhere.
    Messages,
}

impl Seen {
    /// Returns the lines that stand on the terminal in the end, without colours.
    pub(super) fn screen(&self) -> String {
        shown(&self.sent)
    }

    /// Whether some of it is coloured.
    pub(super) fn is_coloured(&self) -> bool {
        self.sent.match_indices("\u{1b}[").any(|(at, _)| control(&self.sent[at..]).ends_with('m'))
    }
}

impl Scene {
    /// Runs the program on a terminal of a width, with variables set.
    #[track_caller]
    pub(super) fn on_terminal(&self, arguments: &[&str], width: u16, goes: Goes, variables: &[(&str, &str)]) -> Seen {
        let size = Winsize { ws_row: 24, ws_col: width, ws_xpixel: 0, ws_ypixel: 0 };
        let OpenptyResult { master, slave } = openpty(&size, None).unwrap();
        let mut command = self.command(arguments);
        command.envs(variables.iter().copied()).stdin(Stdio::null()).stderr(slave.try_clone().unwrap());
        command.stdout(match goes {
            Goes::Both => Stdio::from(slave),
            Goes::Messages => {
                // The terminal is closed once nobody holds it any more.
                drop(slave);
                Stdio::piped()
            }
        });
        seen(command, master)
    }
}

/// Runs a program until it ends, and reads what it sends to a terminal meanwhile.
#[track_caller]
fn seen(mut command: Command, master: OwnedFd) -> Seen {
    let start = Instant::now();
    let mut child = command.spawn().unwrap();
    drop(command);
    let piped = child.stdout.take().map(|mut out| {
        std::thread::spawn(move || {
            let mut text = String::new();
            out.read_to_string(&mut text).unwrap();
            text
        })
    });
    let (mut terminal, mut bytes, mut first_after) = (File::from(master), Vec::new(), None);
    let mut some = [0; 4096];
    // A terminal that is closed is told as an error.
    while let Ok(count @ 1..) = terminal.read(&mut some) {
        first_after.get_or_insert_with(|| start.elapsed());
        bytes.extend_from_slice(&some[..count]);
    }
    Seen {
        code: child.wait().unwrap().code().unwrap_or(-1),
        sent: String::from_utf8(bytes).unwrap(),
        first_after,
        piped: piped.map(|piped| piped.join().unwrap()).unwrap_or_default(),
    }
}

/// Returns the control at the beginning of a text.
fn control(text: &str) -> &str {
    let end = text.char_indices().skip(2).find(|(_, sign)| sign.is_ascii_alphabetic());
    &text[..end.map_or(text.len(), |(at, _)| at + 1)]
}

/// Returns what a terminal shows in the end of what was sent to it: it knows the ends of lines, and how lines are cleared and left.
fn shown(sent: &str) -> String {
    let (mut lines, mut row, mut column, mut rest) = (vec![Vec::new()], 0, 0, sent);
    while let Some(sign) = rest.chars().next() {
        let mut length = sign.len_utf8();
        match sign {
            '\r' => column = 0,
            '\n' => {
                row += 1;
                lines.resize(lines.len().max(row + 1), Vec::new());
            }
            '\u{1b}' => {
                let control = control(rest);
                length = control.len();
                let number = || control[2..length - 1].parse().unwrap_or(1);
                match &control[length - 1..] {
                    "K" => lines[row].clear(),
                    "A" => row = row.saturating_sub(number()),
                    "B" => row += number(),
                    "m" | "h" | "l" => {}
                    other => panic!("a terminal of tests doesn't know {other}: {control:?}"),
                }
            }
            _ => {
                let line = &mut lines[row];
                line.resize(line.len().max(column + 1), ' ');
                line[column] = sign;
                column += 1;
            }
        }
        rest = &rest[length..];
    }
    let lines: Vec<String> = lines.iter().map(|line| line.iter().collect::<String>().trim_end().to_owned()).collect();
    lines.join("\n").trim_end().to_owned()
}

#[test]
fn a_terminal_shows_what_is_left_in_the_end() {
    for (sent, expected) in [
        ("one\r\ntwo\r\n", "one\ntwo"),
        ("50 %\r\u{1b}[2Kdone", "done"),
        ("a\r\nb\r\n\u{1b}[1A\u{1b}[2Kc", "a\nc"),
        ("\u{1b}[1;31mred\u{1b}[0m", "red"),
    ] {
        assert_eq!(shown(sent), expected, "{sent:?}");
    }
}
