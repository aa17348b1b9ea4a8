//! Makes a searchable PDF/A of an image file, all its pages.
//!
//! ```sh
//! cargo run --release --example searchable_pdf -- examples/scans/ho-so-nhieu-trang.tif ho-so.pdf
//! ```
//!
//! Blank pages stay in their place here; nothing is filed.
use std::error::Error;
use std::fs;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::UNIX_EPOCH;

use sohoa::archive::settings::Profile;
use sohoa::archive::store::{self, Existing};
use sohoa::digest::Digest;
use sohoa::ingest::picture;
use sohoa::ocr::Engine as _;
use sohoa::ocr::tesseract::{Tesseract, USUAL_FOLDERS};
use sohoa::page::read::{self, Rules};
use sohoa::pdfa::{self, About, Document, check};
use sohoa::raster::{Limits, open};
use sohoa::time::Timestamp;

fn main() -> Result<(), Box<dyn Error>> {
    let mut paths = std::env::args_os().skip(1).map(PathBuf::from);
    let (Some(from), Some(to)) = (paths.next(), paths.next()) else {
        return Err("usage: searchable_pdf IMAGE PDF".into());
    };
    let bytes: Arc<[u8]> = fs::read(&from)?.into();
    let digest = Digest::of(&bytes);
    let engine = Tesseract::load("vie", &USUAL_FOLDERS.map(PathBuf::from))?;
    let mut reader = engine.reader()?;
    let rules = Rules { keep_blank: true, ..Rules::default() };

    let mut pages = Vec::new();
    for (number, scan) in (1..).zip(open::open(bytes, Limits::default())?) {
        let scan = scan?;
        let mut page = read::read(&scan, number, &rules, reader.as_mut())?;
        // Carried untouched where it can be; else the profile decides.
        let picture = picture::of(&scan, Profile::Nd30, &mut page.record)?;
        pages.push(picture::on_page(&page, &picture));
    }

    // The same image gives the same file: the time is the image's own.
    let made = fs::metadata(&from)?.modified()?.duration_since(UNIX_EPOCH)?;
    let made = Timestamp::from_unix(made.as_secs().try_into()?).ok_or("no such year")?;
    let title = from.file_stem().unwrap_or_default().to_string_lossy();
    let document = Document { about: About::new(&title, made, digest), pages };
    let pdf = pdfa::write(&document)?;
    check::check(&pdf, &(&document).into())?;
    store::write_whole(&to, &pdf, Existing::Keep)?;
    Ok(())
}
