//! One file of scans, from its sheets to its bytes and its answers.

use anyhow::Result;
use serde_json::{Value, json};

use crate::degrade::{Scanner, Tone};
use crate::dice::Dice;
use crate::encode::{self, Packing, Scanned};
use crate::ink::Sheet;

/// How a scanner saves its pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    /// TIFF, all pages in one file.
    Tiff(Packing),
    /// JPEG of this quality, one page.
    Jpeg(u8),
    /// PNG, one page.
    Png,
    /// PDF, all pages in one file, those not bilevel as JPEG of this quality.
    Pdf(u8),
}

/// A sheet, its scanner, and what a reader should find on it.
pub(crate) struct Page {
    /// The sheet.
    pub(crate) sheet: Sheet,
    /// The scanner.
    pub(crate) scanner: Scanner,
    /// What it is, such as `quyết định` or `trang trắng`.
    pub(crate) kind: String,
    /// What a register records, on the first page of a paper.
    pub(crate) fields: Value,
    /// Family and size of its body.
    pub(crate) letters: Value,
}

/// A file to be made.
pub(crate) struct Job {
    /// Its name, with `/` between folders.
    pub(crate) name: String,
    /// Its format.
    pub(crate) format: Format,
    /// Its pages.
    pub(crate) pages: Vec<Page>,
    /// Decides dirt and noise.
    pub(crate) seed: u64,
}

impl Job {
    /// Scans and encodes the pages. Returns the file and an answer a page.
    pub(crate) fn run(&self) -> Result<(Vec<u8>, Vec<Value>)> {
        let mut dice = Dice::new(self.seed);
        let scan = |page: &Page| Scanned {
            raster: page.scanner.scan(&page.sheet, &mut dice),
            dpi: page.scanner.dpi,
        };
        let scans: Vec<Scanned> = self.pages.iter().map(scan).collect();
        let numbered = self.pages.iter().zip(&scans).zip(1_u32..);
        let answers = numbered
            .map(|((page, scan), number)| self.answer(page, scan, number))
            .collect();
        let only = scans.first();
        let bytes = match self.format {
            Format::Tiff(packing) => encode::tiff(&scans, packing)?,
            Format::Pdf(quality) => encode::pdf(&scans, quality)?,
            Format::Jpeg(quality) => only
                .map(|page| encode::jpeg(page, quality))
                .transpose()?
                .unwrap_or_default(),
            Format::Png => only.map(encode::png).transpose()?.unwrap_or_default(),
        };
        Ok((bytes, answers))
    }

    /// What a page holds and what was done to it.
    fn answer(&self, page: &Page, scan: &Scanned, number: u32) -> Value {
        let tone = match page.scanner.tone {
            Tone::Bilevel(_) => "bilevel",
            Tone::Grey => "grey",
            Tone::Colour => "colour",
        };
        json!({
            "file": self.name,
            "page": number,
            "kind": page.kind,
            "text": page.sheet.lines.join("\n"),
            "optional": page.sheet.optional.join(" "),
            "blank": page.sheet.lines.is_empty() && page.sheet.optional.is_empty(),
            "fields": page.fields,
            "dpi": page.scanner.dpi,
            "width": scan.raster.width,
            "height": scan.raster.height,
            "tone": tone,
            "skew": page.scanner.skew,
            "turn": page.scanner.turn.degrees(),
            "marks": page.sheet.marks,
            "letters": page.letters,
        })
    }
}
