//! How a wish to end reaches the program: a key of the person who started it, or what a system or a cluster sends.

use std::sync::{Arc, LazyLock, Once};
use std::thread;
use std::time::Duration;

use super::console;
use super::exit::ExitStatus;
use crate::batch::{Stop, leaving};

/// How long what is in flight may take where a system wishes for the end: it waits little longer itself.
const PATIENCE: Duration = Duration::from_secs(1);

/// Who wishes for the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum From {
    /// A person at the keyboard, who can wish again.
    Key,
    /// The system, or whoever runs the computer.
    #[cfg(unix)]
    System,
}

/// Returns the wish to stop, which a key or the system sets; a second one ends the program at once.
pub(super) fn stop() -> Arc<Stop> {
    static STOP: LazyLock<Arc<Stop>> = LazyLock::new(|| {
        let stop = Arc::new(Stop::default());
        let wished = Arc::clone(&stop);
        listen(move |from| on_wish(&wished, from));
        stop
    });
    Arc::clone(&STOP)
}

/// Has a wish end the program at once, with nothing left behind: what it does takes no longer than a person would wait.
pub(super) fn end_at_once() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| listen(|_| leave()));
}

/// Ends early: at a second wish, or where the system wishes and what is in flight takes too long, at once.
fn on_wish(stop: &Arc<Stop>, from: From) {
    if stop.wish() {
        leave();
    }
    match from {
        From::Key => {
            console::tell("Stopping: the workbooks in flight are finished. Press Ctrl-C again to stop at once.");
        }
        #[cfg(unix)]
        From::System => {
            console::tell("Stopping: what isn\u{2019}t finished within a second is left.");
            let stop = Arc::clone(stop);
            thread::spawn(move || {
                thread::sleep(PATIENCE);
                if !stop.is_closing() {
                    leave();
                }
            });
        }
    }
}

/// Ends the program at once, with nothing left behind.
#[expect(clippy::exit, reason = "the end is wished for now")]
fn leave() {
    leaving::leave_nothing();
    std::process::exit(i32::from(ExitStatus::Interrupted.code()));
}

/// Hears wishes in a thread of its own. Where none can be heard they end the program at once, which is no worse than a second one.
#[cfg(unix)]
fn listen(heard: impl Fn(From) + Send + 'static) {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    use signal_hook::iterator::Signals;
    let Ok(mut signals) = Signals::new([SIGINT, SIGTERM, SIGHUP]) else { return };
    thread::spawn(move || {
        for signal in signals.forever() {
            heard(if signal == SIGINT { From::Key } else { From::System });
        }
    });
}

/// Hears wishes in a thread of its own. Where none can be heard they end the program at once, which is no worse than a second one.
#[cfg(not(unix))]
fn listen(heard: impl Fn(From) + Send + 'static) {
    let _set = ctrlc::set_handler(move || heard(From::Key));
}
