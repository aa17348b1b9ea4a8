//! The ways to read a page, each with the processor time it takes.

use std::env;
use std::fs;
use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use image::{GrayImage, ImageFormat};
use sohoa::digest::Digest;
use sohoa::ingest::source::{self, Opened};
use sohoa::ocr::tesseract::{Tesseract, USUAL_FOLDERS};
use sohoa::ocr::{Engine as _, Layout, ReadError, Reader};
use sohoa::page::read::{self, Rules};
use sohoa::page::resolution;
use sohoa::page::words::Care;
use sohoa::raster::{Depth, Limits, Raster, Scan};
use sohoa::text::{Correction, TextLayer};
use sohoa::units::Dpi;

use crate::kept;

/// A way to read a page.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    /// The recogniser's own program.
    Alone,
    /// Ours, the words as read.
    AsRead,
    /// Ours.
    Usual,
    /// Ours, of the page without its colours: what coloured ink hides stays hidden.
    Grey,
    /// Ours, with care.
    Careful,
    /// What `pdftotext -raw` finds in our PDF.
    Pdf,
}

impl Mode {
    pub(crate) fn named(name: &str) -> Self {
        let all = [
            Self::Alone,
            Self::AsRead,
            Self::Usual,
            Self::Grey,
            Self::Careful,
            Self::Pdf,
        ];
        all.into_iter().find(|mode| mode.name() == name).unwrap()
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Alone => "alone",
            Self::AsRead => "read",
            Self::Usual => "usual",
            Self::Grey => "grey",
            Self::Careful => "careful",
            Self::Pdf => "pdf",
        }
    }
}

/// What a way to read gave.
pub(crate) struct Read {
    pub(crate) text: String,
    /// What the recogniser said of the page as a whole, if we asked it.
    pub(crate) layer: TextLayer,
    /// Processor seconds.
    pub(crate) cpu: f64,
    pub(crate) corrections: Vec<Correction>,
    /// What was put aside, a line each.
    pub(crate) aside: Vec<String>,
}

impl Read {
    /// A text that others read.
    fn others(text: String, cpu: f64) -> Self {
        Self {
            text,
            layer: TextLayer::default(),
            cpu,
            corrections: Vec::new(),
            aside: Vec::new(),
        }
    }
}

/// Reads pages.
pub(crate) struct Bench {
    work: PathBuf,
    reader: Memo,
}

impl Bench {
    /// `work` is a folder of its own; readings are kept in `keep`.
    pub(crate) fn new(work: PathBuf, keep: Option<PathBuf>) -> Self {
        let engine = Tesseract::load("vie", &USUAL_FOLDERS.map(PathBuf::from)).unwrap();
        let keep = keep.unwrap_or_else(|| work.join("kept"));
        fs::create_dir_all(&keep).unwrap();
        let reader = Memo {
            inner: engine.reader().unwrap(),
            keep,
            page: TextLayer::default(),
            cpu: 0.0,
            own: 0.0,
        };
        Self { work, reader }
    }

    pub(crate) fn read(&mut self, page: &Path, mode: Mode) -> Read {
        let care = match mode {
            Mode::Alone => return self.alone(page),
            Mode::Pdf => return self.pdf(page),
            Mode::AsRead => Care::AsRead,
            Mode::Usual | Mode::Grey => Care::Usual,
            Mode::Careful => Care::Careful,
        };
        let bytes = source::read(page).unwrap();
        let digest = Digest::of(&bytes);
        let opened = Opened::of(bytes, digest, None, Limits::default()).unwrap();
        (self.reader.cpu, self.reader.own) = (0.0, 0.0);
        let before = thread_cpu();
        let scan = opened.page(0).unwrap();
        let mut rules = Rules { care, ..Rules::default() };
        let uncoloured;
        let uncoloured_page;
        let mut scan = scan.scan();
        if mode == Mode::Grey && scan.header.depth == Depth::Rgb {
            rules.dpi = Some(resolution::of(&scan.header, None).0);
            uncoloured = grey(scan);
            uncoloured_page = uncoloured.page(0).unwrap();
            scan = uncoloured_page.scan();
        }
        let read = read::read(scan, 1, &rules, &mut self.reader).unwrap();
        let around = thread_cpu() - before - self.reader.own;
        Read {
            text: read.text.text(),
            layer: std::mem::take(&mut self.reader.page),
            cpu: around + self.reader.cpu,
            corrections: read.record.corrections,
            aside: read.record.aside,
        }
    }

    /// What Tesseract alone reads in the page's own pixels.
    fn alone(&self, page: &Path) -> Read {
        let is_pdf = page.extension().is_some_and(|ending| ending == "pdf");
        let image = if is_pdf {
            let stem = self.work.join("alone");
            run(Command::new("pdfimages")
                .args(["-png", "-f", "1", "-l", "1"])
                .arg(page)
                .arg(&stem));
            PathBuf::from(format!("{}-000.png", stem.display()))
        } else {
            page.to_owned()
        };
        let kept = self.reader.keep.join(format!("{}.alone", stamp(&image)));
        if let Some((cpu, text)) = fs::read_to_string(&kept).ok().and_then(|kept| {
            kept.split_once('\n').map(|(a, b)| (a.to_owned(), b.to_owned()))
        }) {
            return Read::others(text, cpu.parse().unwrap());
        }
        let mut tesseract = Command::new("tesseract");
        tesseract.env("OMP_THREAD_LIMIT", "1").arg(&image).args(["-", "-l", "vie"]);
        if is_pdf {
            // The picture taken out of a PDF has lost its resolution.
            tesseract.args(["--dpi", "200"]);
        }
        let (text, cpu) = run(&mut tesseract);
        fs::write(kept, format!("{cpu}\n{text}")).unwrap();
        Read::others(text, cpu)
    }

    /// What others find in the PDF we make of the page.
    fn pdf(&self, page: &Path) -> Read {
        let pdf = self.work.join("ours.pdf");
        let mut sohoa = Command::new(sohoa());
        let (_, cpu) =
            run(sohoa.args(["ingest", "--quiet", "--force", "-o"]).arg(&pdf).arg(page));
        let (text, _) = run(Command::new("pdftotext").arg("-raw").arg(&pdf).arg("-"));
        fs::remove_file(&pdf).ok();
        Read::others(text, cpu)
    }
}

/// A reader that remembers: ways to read share their first reading, and so
/// do runs that keep it. The time it took counts every time.
struct Memo {
    inner: Box<dyn Reader>,
    keep: PathBuf,
    /// The last reading of a page as a whole.
    page: TextLayer,
    /// What the readings asked for took.
    cpu: f64,
    /// What asking took here and now.
    own: f64,
}

impl Reader for Memo {
    fn look(
        &mut self,
        picture: &Raster,
        dpi: Dpi,
        layout: Layout,
        budget: Duration,
    ) -> Result<TextLayer, ReadError> {
        let before = thread_cpu();
        let size = format!("{}x{}-{layout:?}-{}", picture.width, picture.height, dpi.y());
        let name = format!("{size}-{}.json", Digest::of(&picture.samples));
        let path = self.keep.join(name);
        let (layer, cpu) = match kept::load(&path) {
            Some(kept) => kept,
            None => {
                let start = thread_cpu();
                let layer = self.inner.look(picture, dpi, layout, budget)?;
                let cpu = thread_cpu() - start;
                kept::save(&path, &layer, cpu);
                (layer, cpu)
            }
        };
        if layout == Layout::Page {
            self.page = layer.clone();
        }
        self.cpu += cpu;
        self.own += thread_cpu() - before;
        Ok(layer)
    }
}

/// The program measured: the one built with this, or the one `SOHOA_BIN` names.
fn sohoa() -> String {
    env::var("SOHOA_BIN").unwrap_or_else(|_| env!("CARGO_BIN_EXE_sohoa").to_owned())
}

/// What a program prints, and its processor seconds.
fn run(command: &mut Command) -> (String, f64) {
    let time = Command::new("/usr/bin/time")
        .args(["-f", "%U %S"])
        .arg(command.get_program())
        .args(command.get_args())
        .envs(command.get_envs().filter_map(|(name, value)| Some((name, value?))))
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&time.stderr).into_owned();
    let last = told.lines().last().unwrap_or_default();
    let cpu = last.split(' ').filter_map(|part| part.parse::<f64>().ok()).sum();
    (String::from_utf8_lossy(&time.stdout).into_owned(), cpu)
}

/// The picture of a page in grey.
fn grey(scan: &Scan) -> Opened {
    let Raster { width, height, samples, .. } = scan.load_grey_reduced(1).unwrap();
    let picture = GrayImage::from_raw(width, height, samples).unwrap();
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, ImageFormat::Png).unwrap();
    let bytes = bytes.into_inner();
    let digest = Digest::of(&bytes);
    Opened::of(bytes.into(), digest, None, Limits::default()).unwrap()
}

/// What tells one picture from another.
fn stamp(image: &Path) -> String {
    Digest::of(&fs::read(image).unwrap()).to_string()
}

/// Processor seconds of this thread.
fn thread_cpu() -> f64 {
    let stat = fs::read_to_string("/proc/thread-self/schedstat").unwrap();
    let nanoseconds = stat.split(' ').next().unwrap();
    nanoseconds.parse::<f64>().unwrap() / 1e9
}
