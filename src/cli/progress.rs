//! How far the work has come, while it goes on.
//!
//! On a terminal one line is redrawn: a bar, pages, speed, time left and the
//! file in hand. In a log a line is written now and then. Pages are counted as
//! files are opened, so their total is an estimate until the last one is.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use console::{Term, truncate_str};
use indicatif::{ProgressBar, ProgressState, ProgressStyle};

use crate::cli::number;
use crate::cli::ui::{Stopwatch, Ui, harmless};
use crate::ingest::outcome::{Event, Outcome, Status, Watch};
use crate::say::{self, Lang};

/// How often the line on a terminal is redrawn when nothing happens.
const TICK: Duration = Duration::from_millis(250);
/// A log gets a line at most after this time …
const LOG_TIME: Duration = Duration::from_secs(30);
/// … or after this many pages.
const LOG_PAGES: usize = 500;
/// Columns of the bar.
const BAR: usize = 10;

/// Watches a run and tells a person about it.
pub(crate) struct Progress<'a> {
    ui: &'a Ui,
    pace: Arc<Mutex<Pace>>,
    clock: Stopwatch,
    face: Face,
    /// Gets every finished input, in the order they finish.
    each: &'a (dyn Fn(&Outcome) + Sync),
}

/// Where progress is shown.
enum Face {
    /// One line of a terminal.
    Line(ProgressBar),
    /// Lines of a log; when the last one was written, and at which page.
    Log(Mutex<(Duration, usize)>),
    /// Nowhere.
    None,
}

/// What has been done and what is known of the rest.
#[derive(Clone, Debug, Default)]
struct Pace {
    inputs: usize,
    opened: usize,
    ended: usize,
    /// Inputs that ended in a way a person has to see.
    troubled: usize,
    /// Pages of the files opened so far.
    known: usize,
    done: usize,
    current: String,
}

impl<'a> Progress<'a> {
    /// Starts to watch. `stop` is the flag that Ctrl-C raises.
    pub(crate) fn new(
        ui: &'a Ui,
        stop: &Arc<AtomicBool>,
        each: &'a (dyn Fn(&Outcome) + Sync),
    ) -> Self {
        let pace = Arc::new(Mutex::new(Pace::default()));
        let face = if ui.quiet {
            Face::None
        } else if ui.converses() {
            Face::Line(line(Arc::clone(&pace), Arc::clone(stop), ui.lang))
        } else {
            Face::Log(Mutex::default())
        };
        Self { ui, pace, clock: Stopwatch::start(), face, each }
    }

    /// Takes the line away and gives the time the run took.
    pub(crate) fn finish(self) -> Duration {
        if let Face::Line(bar) = &self.face {
            bar.finish_and_clear();
        }
        self.clock.elapsed()
    }

    /// Shows the state after an event.
    fn show(&self, pace: &Pace) {
        match &self.face {
            Face::Line(bar) => {
                bar.set_length(u64::try_from(pace.expected()).unwrap_or(u64::MAX));
                bar.set_position(u64::try_from(pace.done).unwrap_or(u64::MAX));
            }
            Face::Log(last) => {
                let mut last = last.lock().unwrap_or_else(PoisonError::into_inner);
                let now = self.clock.elapsed();
                if now >= last.0 + LOG_TIME || pace.done >= last.1 + LOG_PAGES {
                    *last = (now, pace.done);
                    self.ui.remark(&pace.tell(now, self.ui.lang));
                }
            }
            Face::None => {}
        }
    }
}

impl Watch for Progress<'_> {
    fn event(&self, event: Event<'_>) {
        if let Event::Done(outcome) = event {
            match &self.face {
                Face::Line(bar) => bar.suspend(|| (self.each)(outcome)),
                Face::Log(_) | Face::None => (self.each)(outcome),
            }
        }
        let pace = {
            let mut pace = self.pace.lock().unwrap_or_else(PoisonError::into_inner);
            pace.take(&event);
            pace.clone()
        };
        self.show(&pace);
    }
}

impl Pace {
    /// Counts an event.
    fn take(&mut self, event: &Event<'_>) {
        match event {
            Event::Started { inputs } => self.inputs = *inputs,
            Event::Opened { input, pages } => {
                self.opened += 1;
                self.known += pages;
                self.current = harmless(input.rsplit('/').next().unwrap_or(input));
            }
            Event::Page => self.done += 1,
            Event::Done(outcome) => {
                self.ended += 1;
                self.current.clear();
                match outcome.status {
                    Status::Filed | Status::AlreadyFiled => {}
                    Status::NeedsPerson
                    | Status::Quarantined
                    | Status::Failed
                    | Status::Secret => self.troubled += 1,
                }
            }
        }
    }

    /// Pages of the whole run: known, or as many a file as the files so far had.
    fn expected(&self) -> usize {
        let unopened = self.inputs.saturating_sub(self.opened.max(self.ended));
        let average = self.known.checked_div(self.opened).unwrap_or(0).max(1);
        (self.known + unopened * average).max(self.done)
    }

    /// Whether every input has been opened, so that `expected` is a count.
    fn is_known(&self) -> bool {
        self.opened.max(self.ended) >= self.inputs
    }

    /// The state in words: pages, speed, time left, what needs a person, the file.
    fn tell(&self, elapsed: Duration, lang: Lang) -> String {
        let done = number::many(self.done, lang);
        let expected = number::many(self.expected(), lang);
        let mut parts = vec![if self.is_known() {
            say::cli::pages_of(lang, done, expected)
        } else {
            say::cli::pages_of_about(lang, done, expected)
        }];
        if self.done > 0 && elapsed >= Duration::from_secs(1) {
            let speed = per_second(self.done, elapsed);
            parts.push(say::cli::speed(lang, number::decimal(speed, 1, lang)));
            let left = self.expected() - self.done;
            if let Some(left) = time_for(left, speed) {
                parts.push(say::cli::time_left(lang, number::duration(left, lang)));
            }
        }
        if self.troubled > 0 {
            parts.push(say::cli::troubled(lang, number::many(self.troubled, lang)));
        }
        if !self.current.is_empty() {
            parts.push(self.current.clone());
        }
        parts.join(" · ")
    }
}

/// Pages a second so far.
#[expect(clippy::cast_precision_loss, reason = "a speed is shown with one digit")]
fn per_second(pages: usize, elapsed: Duration) -> f64 {
    pages as f64 / elapsed.as_secs_f64()
}

/// The time for `pages` at this speed in whole seconds; `None` when nothing is left.
#[expect(clippy::cast_precision_loss, reason = "a guess in seconds")]
fn time_for(pages: usize, speed: f64) -> Option<Duration> {
    if pages == 0 {
        return None;
    }
    let left = Duration::try_from_secs_f64(pages as f64 / speed).ok()?;
    Some(Duration::from_secs(left.as_secs().max(1)))
}

/// The line on a terminal, redrawn by indicatif's clock.
fn line(pace: Arc<Mutex<Pace>>, stop: Arc<AtomicBool>, lang: Lang) -> ProgressBar {
    let tell = move |state: &ProgressState, to: &mut dyn std::fmt::Write| {
        let words = if stop.load(Ordering::Relaxed) {
            say::cli::stopping(lang)
        } else {
            let pace = pace.lock().unwrap_or_else(PoisonError::into_inner);
            pace.tell(state.elapsed(), lang)
        };
        let columns = usize::from(Term::stderr().size().1);
        let room = columns.saturating_sub(BAR + 4);
        // A formatter of indicatif's own, which cannot fail.
        to.write_str(&truncate_str(&words, room, "…")).ok();
    };
    let template = format!(" {{bar:{BAR}.green/dim}}  {{words}}");
    let style = ProgressStyle::with_template(&template)
        .unwrap_or_else(|_| ProgressStyle::default_bar())
        .with_key("words", tell)
        .progress_chars("━╸─");
    let bar = ProgressBar::new(1).with_style(style);
    bar.enable_steady_tick(TICK);
    bar
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pace(inputs: usize, files: &[usize], done: usize) -> Pace {
        let mut pace = Pace::default();
        pace.take(&Event::Started { inputs });
        for pages in files {
            pace.take(&Event::Opened { input: "quet/to-trinh.tif", pages: *pages });
        }
        (0..done).for_each(|_| pace.take(&Event::Page));
        pace
    }

    #[test]
    fn the_total_is_called_an_estimate_until_every_file_is_open() {
        let told = pace(10, &[4, 6], 5).tell(Duration::from_secs(2), Lang::Vi);
        assert_eq!(told, "5/~50 trang · 2,5 trang/giây · còn ~18 giây · to-trinh.tif");
        let told = pace(2, &[4, 6], 5).tell(Duration::from_secs(2), Lang::En);
        assert_eq!(told, "page 5 of 10 · 2.5 pages/s · ~2 s left · to-trinh.tif");
    }

    #[test]
    fn no_speed_is_claimed_before_there_is_one() {
        let told = pace(1, &[1200], 0).tell(Duration::from_secs(9), Lang::Vi);
        assert_eq!(told, "0/1.200 trang · to-trinh.tif");
    }
}
