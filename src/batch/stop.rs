//! A wish to end early.

use std::sync::atomic::{AtomicBool, Ordering};

/// A wish to end a run early: files in flight are finished, no others are begun.
#[derive(Debug, Default)]
pub struct Stop {
    wished: AtomicBool,
    closing: AtomicBool,
}

impl Stop {
    /// Wishes for the end; returns whether that was wished for before.
    pub fn wish(&self) -> bool {
        self.wished.swap(true, Ordering::SeqCst)
    }

    /// Whether the end is wished for.
    pub fn is_wished(&self) -> bool {
        self.wished.load(Ordering::SeqCst)
    }

    /// Says that what is there is being put in its place, which is soon done.
    pub(super) fn close(&self) {
        self.closing.store(true, Ordering::SeqCst);
    }

    /// Whether what is there is being put in its place.
    pub fn is_closing(&self) -> bool {
        self.closing.load(Ordering::SeqCst)
    }
}
