//! What is printed above and below pages, as Excel writes it.

/// Returns the words of a header or footer; `None` where it is but marks, such as that of the page's number.
pub(super) fn of(written: &str) -> Option<String> {
    let words = without_marks(written);
    words.chars().any(char::is_alphanumeric).then_some(words)
}

/// Returns the words of a header or footer: `&` begins a mark of a place, a font, its size or colour, or of what the program puts in.
fn without_marks(written: &str) -> String {
    const COLOUR: usize = 6;
    let (mut words, mut letters) = (String::new(), written.chars().peekable());
    while let Some(letter) = letters.next() {
        if letter != '&' {
            words.push(letter);
            continue;
        }
        match letters.next() {
            Some('&') => words.push('&'),
            Some('"') => drop(letters.by_ref().find(|letter| *letter == '"')),
            Some('K') => drop(letters.by_ref().nth(COLOUR - 1)),
            Some(digit) if digit.is_ascii_digit() => while letters.next_if(char::is_ascii_digit).is_some() {},
            Some(_) | None => words.push('\n'),
        }
    }
    words.trim().to_owned()
}
