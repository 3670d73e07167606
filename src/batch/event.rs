//! What happens during a run, for whoever shows it.

use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::time::Duration;

use crate::artifact::ArtifactKind;
use crate::finding::Severity;
use crate::review::Status;

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// The files are known, and so many of them will be reviewed.
    Planned {
        /// How many.
        files: usize,
    },
    /// A file was reviewed.
    Reviewed {
        /// Its name.
        file: String,
        /// What became of it.
        status: Status,
        /// The worst of what was found; `None` where nothing was.
        worst: Option<Severity>,
    },
    /// Outputs of a kind are being made.
    Making {
        /// Which.
        kind: ArtifactKind,
    },
    /// Work goes on, and nothing else has happened for a while.
    GoesOn,
    /// The outputs are made and will be written.
    Writing {
        /// How many.
        files: usize,
    },
}

/// How often it is told that work goes on.
const PULSE: Duration = Duration::from_millis(100);

/// Does some work, and tells meanwhile that it goes on.
pub(super) fn while_telling<T>(tell: &(dyn Fn(Event) + Sync), work: impl FnOnce() -> T) -> T {
    let (working, ended) = sync_channel::<()>(0);
    std::thread::scope(|scope| {
        scope.spawn(move || {
            while ended.recv_timeout(PULSE) == Err(RecvTimeoutError::Timeout) {
                tell(Event::GoesOn);
            }
        });
        // It is dropped when the work ends, however it ends.
        let _working = working;
        work()
    })
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[test]
    fn long_work_is_told_to_go_on_before_anything_else_happens() {
        let told = AtomicUsize::new(0);
        let tell = |event: Event| {
            assert_eq!(event, Event::GoesOn);
            told.fetch_add(1, Ordering::SeqCst);
        };
        let done = while_telling(&tell, || {
            std::thread::sleep(PULSE * 5);
            7
        });
        assert!(done == 7 && told.load(Ordering::SeqCst) > 0);
    }

    #[test]
    fn work_that_fails_ends_the_telling() {
        let failed = std::panic::catch_unwind(|| while_telling(&|_| {}, || panic!("it fails")));
        assert!(failed.is_err());
    }
}
