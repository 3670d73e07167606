//! New text for given spans of a part; every other byte untouched.
//!
//! A [`Patch`] is made against the original bytes and applied once. [`Patch::undo`] tells how to get the original back
//! from the patched bytes alone.

use super::Span;

/// Changes to the bytes of one part.
#[derive(Clone, Debug, Default)]
pub struct Patch {
    edits: Vec<Edit>,
}

#[derive(Clone, Debug)]
struct Edit {
    span: Span,
    text: String,
}

/// How to get a part's original bytes back from the patched ones.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Undo {
    /// The steps, in the order of the patched bytes.
    pub steps: Vec<Step>,
}

/// One span of the patched bytes, and what stood there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Where the new text begins in the patched bytes.
    pub at: usize,
    /// How many bytes it has.
    pub length: usize,
    /// The bytes that stood there originally; none for an insertion.
    pub original: Vec<u8>,
}

/// Why the original can't be got back.
#[derive(Clone, Copy, Debug, thiserror::Error, PartialEq, Eq)]
#[error("the part isn't as long as it was when it was changed")]
pub struct UndoError;

impl Patch {
    /// Puts text at a place; what is put at the same place later stands behind it.
    pub fn insert(&mut self, at: usize, text: impl Into<String>) {
        self.replace(at..at, text);
    }

    /// Puts text in the place of a span.
    pub fn replace(&mut self, span: Span, text: impl Into<String>) {
        self.edits.push(Edit { span, text: text.into() });
    }

    /// Takes a span out.
    pub fn remove(&mut self, span: Span) {
        self.replace(span, "");
    }

    /// Whether nothing would change.
    pub fn is_empty(&self) -> bool {
        self.edits.is_empty()
    }

    /// Whether two edits would change the same bytes: the part isn't what it was taken for, and can't be patched.
    pub fn overlaps(&self) -> bool {
        self.ordered().windows(2).any(|two| two[0].span.end > two[1].span.start)
    }

    /// Returns the edits in the order of the original bytes.
    fn ordered(&self) -> Vec<&Edit> {
        let mut edits: Vec<&Edit> = self.edits.iter().collect();
        edits.sort_by_key(|edit| edit.span.start);
        edits
    }

    /// Returns the patched bytes, of a patch whose edits don't overlap.
    pub fn apply(&self, original: &[u8]) -> Vec<u8> {
        let mut patched =
            Vec::with_capacity(original.len() + self.edits.iter().map(|edit| edit.text.len()).sum::<usize>());
        let mut done = 0;
        for edit in self.ordered() {
            patched.extend_from_slice(&original[done..edit.span.start]);
            patched.extend_from_slice(edit.text.as_bytes());
            done = edit.span.end;
        }
        patched.extend_from_slice(&original[done..]);
        patched
    }

    /// Returns how to get `original` back from what [`Patch::apply`] makes of it.
    pub fn undo(&self, original: &[u8]) -> Undo {
        let (mut shift_in, mut shift_out) = (0, 0);
        let steps = self.ordered().into_iter().map(|edit| {
            let at = edit.span.start + shift_in - shift_out;
            shift_in += edit.text.len();
            shift_out += edit.span.len();
            Step { at, length: edit.text.len(), original: original[edit.span.clone()].to_vec() }
        });
        Undo { steps: steps.collect() }
    }
}

impl Undo {
    /// Returns how to get back a part that was written anew.
    pub(super) fn whole(patched: &[u8], original: Vec<u8>) -> Self {
        Self { steps: vec![Step { at: 0, length: patched.len(), original }] }
    }

    /// Returns the original bytes.
    pub fn apply(&self, patched: &[u8]) -> Result<Vec<u8>, UndoError> {
        let mut original = Vec::with_capacity(patched.len());
        let mut done = 0;
        for step in &self.steps {
            original.extend_from_slice(patched.get(done..step.at).ok_or(UndoError)?);
            original.extend_from_slice(&step.original);
            done = step.at.checked_add(step.length).ok_or(UndoError)?;
        }
        original.extend_from_slice(patched.get(done..).ok_or(UndoError)?);
        Ok(original)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_patch_is_applied_in_order_and_undone() {
        let original = b"<a><b/></a>";
        let mut patch = Patch::default();
        patch.insert(7, "<c/>");
        patch.replace(3..7, "<b>1</b>");
        patch.insert(7, "<d/>");
        let patched = patch.apply(original);
        assert_eq!(String::from_utf8_lossy(&patched), "<a><b>1</b><c/><d/></a>");
        assert_eq!(patch.undo(original).apply(&patched).unwrap(), original);
        assert_eq!(patch.undo(original).apply(b"<a>"), Err(UndoError));
    }

    proptest::proptest! {
        #[test]
        fn the_undo_of_any_patch_gives_the_original(
            original in proptest::collection::vec(0_u8.., 0..60),
            cuts in proptest::collection::vec((0_usize..8, 0_usize..4, "[a-z]{0,5}"), 0..8),
        ) {
            let (mut patch, mut at) = (Patch::default(), 0);
            for (gap, length, text) in cuts {
                let start = (at + gap).min(original.len());
                at = (start + length).min(original.len());
                patch.replace(start..at, text);
            }
            let patched = patch.apply(&original);
            proptest::prop_assert_eq!(patch.undo(&original).apply(&patched).unwrap(), original);
        }
    }
}
