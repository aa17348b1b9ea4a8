//! Things of which there are fewer than workers who want one: sessions with a token.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// What is shared out: one is handed to one worker at a time.
pub(super) struct Pool<T> {
    state: Mutex<State<T>>,
    freed: Condvar,
}

struct State<T> {
    /// Those that nobody uses at the moment.
    free: Vec<T>,
    /// Those there are, in use or not.
    open: usize,
    /// How many there may be.
    most: usize,
}

/// What came of the wish for one more.
pub(super) enum More<T, E> {
    /// It is there.
    One(T),
    /// There are as many as there can be; why, for when there is none at all.
    Enough(E),
    /// It cannot be had.
    Failed(E),
}

impl<T> Pool<T> {
    /// A pool of one, of which there may be `most`; one where that is nought.
    pub(super) fn new(first: T, most: usize) -> Self {
        let state = State { free: vec![first], open: 1, most: most.max(1) };
        Self { state: Mutex::new(state), freed: Condvar::new() }
    }

    /// Works with one that is free or can be opened, or waits for one. What work
    /// failed with is not used again.
    pub(super) fn with<R, E>(
        &self,
        open: impl Fn() -> More<T, E>,
        work: impl FnOnce(&T) -> Result<R, E>,
    ) -> Result<R, E> {
        let one = self.take(open)?;
        let made = work(&one);
        let mut state = self.lock();
        if made.is_ok() {
            state.free.push(one);
        } else {
            state.open -= 1;
        }
        drop(state);
        self.freed.notify_one();
        made
    }

    fn take<E>(&self, open: impl Fn() -> More<T, E>) -> Result<T, E> {
        let mut state = self.lock();
        loop {
            if let Some(one) = state.free.pop() {
                return Ok(one);
            }
            if state.open >= state.most {
                state = self.freed.wait(state).unwrap_or_else(PoisonError::into_inner);
                continue;
            }
            state.open += 1;
            drop(state);
            let (is_enough, error) = match open() {
                More::One(one) => return Ok(one),
                More::Enough(error) => (true, error),
                More::Failed(error) => (false, error),
            };
            state = self.lock();
            state.open -= 1;
            if !is_enough || state.open == 0 {
                drop(state);
                self.freed.notify_one();
                return Err(error);
            }
            state.most = state.open;
        }
    }

    fn lock(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::thread;
    use std::time::Duration;

    use super::*;

    #[test]
    fn many_workers_share_the_few_there_can_be() {
        // The other side allows three and does not say so beforehand.
        let (pool, open, in_use) =
            (Pool::new((), 99), AtomicUsize::new(1), AtomicUsize::new(0));
        let more = || match open.fetch_add(1, Ordering::SeqCst) {
            before if before < 3 => More::One(()),
            _ => {
                open.fetch_sub(1, Ordering::SeqCst);
                More::Enough("too many")
            }
        };
        let done = AtomicUsize::new(0);
        thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    for _ in 0..20 {
                        let worked = pool.with(more, |()| {
                            assert!(in_use.fetch_add(1, Ordering::SeqCst) < 3);
                            thread::sleep(Duration::from_micros(200));
                            in_use.fetch_sub(1, Ordering::SeqCst);
                            Ok(())
                        });
                        worked.unwrap();
                        done.fetch_add(1, Ordering::SeqCst);
                    }
                });
            }
        });
        assert_eq!(done.load(Ordering::SeqCst), 160);
    }

    #[test]
    fn what_failed_is_replaced_and_what_cannot_be_had_is_said() {
        let pool = Pool::new(1, 1);
        assert_eq!(
            pool.with(|| More::Failed("gone"), |_| Err::<(), _>("broke")),
            Err("broke")
        );
        assert_eq!(pool.with(|| More::Failed("gone"), |one| Ok(*one)), Err("gone"));
        assert_eq!(pool.with(|| More::Enough("full"), |one| Ok(*one)), Err("full"));
        assert_eq!(pool.with(|| More::One::<_, &str>(2), |one| Ok(*one)), Ok(2));
        assert_eq!(pool.with(|| More::Failed("gone"), |one| Ok(*one)), Ok(2));
    }
}
