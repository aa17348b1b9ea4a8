//! The threads that do pages, and the desk between them and the coordinator.

use std::collections::VecDeque;
use std::panic::{self, AssertUnwindSafe};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::archive::settings::Profile;
use crate::ingest::job::Work;
use crate::ingest::source::{Fault, Opened};
use crate::ingest::work::{self, Done};
use crate::ocr::{Engine, Layout, ReadError, Reader};
use crate::raster::Raster;
use crate::text::TextLayer;
use crate::units::Dpi;

/// A page to be done.
#[derive(Debug)]
pub(crate) struct Task {
    /// The input.
    pub(crate) opened: Arc<Opened>,
    /// Set when its document needs no more pages.
    pub(crate) dropped: Arc<AtomicBool>,
    /// Which input it is.
    pub(crate) input: usize,
    /// Which of its pages, from 0.
    pub(crate) page: usize,
}

/// A page that was done, or passed over because its document was dropped.
#[derive(Debug)]
pub(crate) struct Finished {
    /// Which input.
    pub(crate) input: usize,
    /// Which of its pages, from 0.
    pub(crate) page: usize,
    /// The page.
    pub(crate) done: Option<Result<Done, Fault>>,
}

/// Where tasks lie until a worker takes them.
#[derive(Debug, Default)]
pub(crate) struct Desk {
    lying: Mutex<Lying>,
    arrived: Condvar,
}

#[derive(Debug, Default)]
struct Lying {
    tasks: VecDeque<Task>,
    is_closed: bool,
}

impl Desk {
    /// Puts a task at the end.
    pub(crate) fn put(&self, task: Task) {
        self.lying().tasks.push_back(task);
        self.arrived.notify_one();
    }

    /// The next task; waits for one, and is `None` when there will be none.
    fn take(&self) -> Option<Task> {
        let mut lying = self.lying();
        loop {
            if lying.is_closed {
                return None;
            }
            if let Some(task) = lying.tasks.pop_front() {
                return Some(task);
            }
            lying = self.arrived.wait(lying).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// No task is taken any more; those still lying there are forgotten.
    pub(crate) fn close(&self) {
        self.lying().is_closed = true;
        self.arrived.notify_all();
    }

    fn lying(&self) -> MutexGuard<'_, Lying> {
        self.lying.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A worker: does pages until there are none.
pub(crate) fn serve(
    desk: &Desk,
    work: &Work,
    profile: Profile,
    engine: &dyn Engine,
    results: &Sender<Finished>,
) {
    let mut reader = Late { engine, reader: None };
    while let Some(task) = desk.take() {
        let wanted = !task.dropped.load(Ordering::Relaxed);
        let done = wanted.then(|| {
            let page = || work::page(&task.opened, task.page, work, profile, &mut reader);
            // One page on which a decoder panics must not end the run.
            panic::catch_unwind(AssertUnwindSafe(page)).unwrap_or(Err(Fault::Internal))
        });
        let finished = Finished { input: task.input, page: task.page, done };
        drop(task);
        if results.send(finished).is_err() {
            return;
        }
    }
}

/// A reader made when the first page asks for it: a run that files nothing
/// new starts no recogniser.
struct Late<'a> {
    engine: &'a dyn Engine,
    reader: Option<Box<dyn Reader>>,
}

impl Reader for Late<'_> {
    fn look(
        &mut self,
        picture: &Raster,
        dpi: Dpi,
        layout: Layout,
        budget: Duration,
    ) -> Result<TextLayer, ReadError> {
        let reader = match &mut self.reader {
            Some(reader) => reader,
            empty @ None => empty.insert(self.engine.reader()?),
        };
        reader.look(picture, dpi, layout, budget)
    }
}
