//! Reads the first page of a scan and prints what it says.
//!
//! ```sh
//! cargo run --release --example read_page -- examples/scans/thong-bao.pdf
//! ```
//!
//! The text goes to standard output; what was found and decided, each with
//! its measures, to standard error.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "it prints")]

use std::error::Error;
use std::path::PathBuf;

use sohoa::digest::Digest;
use sohoa::ingest::source::{self, Opened};
use sohoa::ocr::Engine as _;
use sohoa::ocr::tesseract::{Tesseract, USUAL_FOLDERS};
use sohoa::page::read::{self, Rules};
use sohoa::raster::Limits;
use sohoa::say::Lang;

fn main() -> Result<(), Box<dyn Error>> {
    let path: PathBuf = std::env::args_os().nth(1).ok_or("usage: read_page SCAN")?.into();

    // An image file or a PDF: both give pages, and pages give pictures.
    let bytes = source::read(&path)?;
    let digest = Digest::of(&bytes);
    let scan = Opened::of(bytes, digest, None, Limits::default())?;
    eprintln!("{}, pages: {}, SHA-256 {digest}", scan.kind, scan.page_count());

    // The engine is loaded once; each thread has a reader of its own.
    let engine = Tesseract::load("vie", &USUAL_FOLDERS.map(PathBuf::from))?;
    let mut reader = engine.reader()?;

    let first = scan.page(0)?;
    let page = read::read(first.scan(), 1, &Rules::default(), reader.as_mut())?;
    print!("{}", page.text.text());

    let record = page.record;
    eprintln!("{} words, confidence {}", record.words, record.confidence);
    for finding in &record.findings {
        eprintln!("{}: {}", finding.code, finding.tell(Lang::En));
        for measure in &finding.measures {
            let limit = measure.limit.map(|limit| format!(", limit {limit}"));
            let limit = limit.unwrap_or_default();
            eprintln!("  {} {}{limit}", measure.what, measure.value);
        }
    }
    Ok(())
}
