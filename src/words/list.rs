//! Lists as a person writes them.

use super::agree;

/// Returns "a", "a and b" or "a, b and c".
pub(crate) fn list<T: AsRef<str>>(items: &[T]) -> String {
    match items {
        [] => String::new(),
        [only] => only.as_ref().to_owned(),
        [first @ .., last] => {
            let first: Vec<&str> = first.iter().map(AsRef::as_ref).collect();
            format!("{} and {}", first.join(", "), last.as_ref())
        }
    }
}

/// Returns "a", "a or b" or "a, b or c".
pub(crate) fn either<T: AsRef<str>>(items: &[T]) -> String {
    let items: Vec<&str> = items.iter().map(AsRef::as_ref).collect();
    match &items[..] {
        [first @ .., last] if !first.is_empty() => format!("{} or {last}", first.join(", ")),
        items => items.concat(),
    }
}

/// Returns a list that names at most `most` and counts the others: "a, b and 3 more".
pub(crate) fn list_of_at_most<T: AsRef<str>>(items: &[T], most: usize) -> String {
    beyond(items, most, |rest| format!("{rest} more"))
}

/// Returns a list that names at most `most` things, each with a name of its own, and counts the others: "a, b and 3 others".
pub(crate) fn list_and_others<T: AsRef<str>>(items: &[T], most: usize) -> String {
    beyond(items, most, |rest| format!("{rest} {}", agree(rest, "other", "others")))
}

/// Returns a list that names at most `most`, and says by `others` how many there are beyond.
fn beyond<T: AsRef<str>>(items: &[T], most: usize, others: impl Fn(usize) -> String) -> String {
    let rest = items.len().saturating_sub(most);
    let named = items.iter().take(most).map(|item| item.as_ref().to_owned());
    let named: Vec<String> = named.chain((rest > 0).then(|| others(rest))).collect();
    list(&named)
}

/// Returns names in the marks of code, with commas between: "`a`, `b`".
pub(crate) fn quoted<T: AsRef<str>>(names: impl IntoIterator<Item = T>) -> String {
    names.into_iter().map(|name| format!("`{}`", name.as_ref())).collect::<Vec<String>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_read_aloud() {
        let cases: [(&[&str], usize, &str); 5] = [
            (&[], 3, ""),
            (&["a"], 3, "a"),
            (&["a", "b"], 3, "a and b"),
            (&["a", "b", "c"], 3, "a, b and c"),
            (&["a", "b", "c", "d"], 2, "a, b and 2 more"),
        ];
        for (items, most, expected) in cases {
            assert_eq!(list_of_at_most(items, most), expected);
        }
    }

    #[test]
    fn others_are_counted_where_things_have_names() {
        for (items, expected) in [(&["A", "B", "C"][..], "A, B and C"), (&["A", "B", "C", "D"], "A, B, C and 1 other")]
        {
            assert_eq!(list_and_others(items, 3), expected);
        }
        assert_eq!(list_and_others(&["A", "B", "C", "D"], 2), "A, B and 2 others");
    }

    #[test]
    fn names_of_code_stand_in_its_marks() {
        assert_eq!(quoted(["a", "b"]), "`a`, `b`");
    }
}
