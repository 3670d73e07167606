//! JSON whose texts are the same, move nothing on a terminal that shows it, and command nothing in the log of a runner that reads it.

use std::fmt::Write;

use crate::wording::{is_moving, is_turning};

/// What begins a command of GitHub's runner within a line.
const COMMAND: &str = "##[";

/// Returns the same JSON, in which what moves or turns what is seen after it, and what begins a command, is written by its number.
pub(super) fn quiet(json: Vec<u8>) -> Vec<u8> {
    let Ok(text) = std::str::from_utf8(&json) else { return json };
    if !text.contains(is_loud) && !text.contains(COMMAND) {
        return json;
    }
    let mut quiet = String::with_capacity(text.len());
    for c in text.replace(COMMAND, "#\\u0023[").chars() {
        if is_loud(c) {
            let _infallible = write!(quiet, "\\u{:04x}", u32::from(c));
        } else {
            quiet.push(c);
        }
    }
    quiet.into_bytes()
}

/// Whether a character moves or turns what is seen after it; those before the letters are written by their numbers in any JSON.
fn is_loud(c: char) -> bool {
    c > '~' && (is_moving(c) || is_turning(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_stays_what_it_is_and_nothing_moves() {
        let all: String = ('\0'..='\u{ffff}').filter(|c| is_moving(*c) || is_turning(*c)).collect();
        let said = vec![all, "é 日本 “a” \\ ##[error]b ##\\[c".to_owned()];
        let json = quiet(serde_json::to_vec(&said).unwrap());
        let text = String::from_utf8(json.clone()).unwrap();
        assert!(!text.contains(|c| is_moving(c) || is_turning(c)) && !text.contains(COMMAND), "{text}");
        assert_eq!(serde_json::from_slice::<Vec<String>>(&json).unwrap(), said);
    }
}
