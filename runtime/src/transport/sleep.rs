//! A timer that needs no runtime: a thread that sleeps and wakes the task.

use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, Waker};
use std::thread;
use std::time::Duration;

/// Waits, from its first poll on.
pub(super) struct Sleep {
    duration: Duration,
    state: Option<Arc<Mutex<State>>>,
}

#[derive(Default)]
struct State {
    over: bool,
    waker: Option<Waker>,
}

impl Sleep {
    pub(super) fn new(duration: Duration) -> Self {
        Self { duration, state: None }
    }
}

impl Future for Sleep {
    type Output = ();
    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        if let Some(state) = &self.state {
            let mut state = state.lock().unwrap_or_else(PoisonError::into_inner);
            if state.over {
                return Poll::Ready(());
            }
            state.waker = Some(context.waker().clone());
            return Poll::Pending;
        }
        let state = Arc::new(Mutex::new(State { over: false, waker: Some(context.waker().clone()) }));
        let (duration, sleeper) = (self.duration, Arc::clone(&state));
        let thread = thread::Builder::new().name("edmark-sleep".to_owned()).spawn(move || {
            thread::sleep(duration);
            let mut state = sleeper.lock().unwrap_or_else(PoisonError::into_inner);
            state.over = true;
            if let Some(waker) = state.waker.take() {
                waker.wake();
            }
        });
        if thread.is_err() {
            thread::sleep(duration); // no thread to be had: better late than never
            return Poll::Ready(());
        }
        self.state = Some(state);
        Poll::Pending
    }
}
