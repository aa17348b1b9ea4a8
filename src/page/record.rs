//! What is kept about each page, so that every decision can be checked and
//! undone years later. This is the `pages` part of `dossier.json`.

use serde::{Deserialize, Serialize};

use crate::finding::Finding;
use crate::text::Correction;

/// Where a page of the source went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// In the document.
    Kept,
    /// Blank: in the companion file of set-aside pages, same order.
    SetAside,
    /// A separator sheet: in the companion file of sheets, same order.
    Sheet,
    /// Damaged and left out because the user asked (`--skip-damaged`).
    LeftOut,
}

/// Where the text of a page comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TextSource {
    /// Recognised from the picture.
    Read,
    /// Already in the PDF, kept.
    Kept,
    /// None: the page is blank.
    Blank,
    /// None: reading failed or ran out of time. A finding says why.
    Unread,
}

/// Which side of the sheets a stack shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stack {
    /// The fronts.
    Fronts,
    /// The backs.
    Backs,
}

/// Where a page lay before it was collated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scanned {
    /// In which stack.
    pub stack: Stack,
    /// Its page in the file that it was scanned to, from 1.
    pub page: u32,
}

/// One page of a source.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PageRecord {
    /// Its number in the source, from 1; in the order of the paper, where two
    /// stacks were collated.
    pub number: u32,
    /// Where it lay in its stack, where two were collated.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub scanned: Option<Scanned>,
    /// Where it went.
    pub place: Place,
    /// Paper width in millimetres, after turning.
    pub width_mm: f64,
    /// Paper height in millimetres, after turning.
    pub height_mm: f64,
    /// Dots per inch used, across and down the stored image.
    pub dpi: [f64; 2],
    /// Degrees clockwise the stored image was turned to stand upright.
    pub turned: u16,
    /// Degrees the lines slope, positive clockwise, as measured.
    pub skew_degrees: f64,
    /// What the stored image was: `TIFF G4`, `JPEG`, ….
    pub encoding: String,
    /// What the PDF holds: `JBIG2`, `JPEG (untouched)`, ….
    pub kept_as: String,
    /// Where the text comes from.
    pub text: TextSource,
    /// Words recognised or kept.
    pub words: u32,
    /// Mean confidence of the words, 0 to 100; 0 where nothing was read.
    pub confidence: f64,
    /// Words that are not written as they were read.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub corrections: Vec<Correction>,
    /// Lines that were read but are no words: what seals, signatures and specks
    /// were taken for. They are not in the text.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub aside: Vec<String>,
    /// The words of those that can be searched for: what stamps say. They stand
    /// at the end of the page in the hidden layer of the PDF, marked as no part of
    /// its text, and in the index of the archive.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub findable: Vec<String>,
    /// Every decision with its measure.
    pub findings: Vec<Finding>,
}

/// One decimal, for the record.
pub(crate) fn tenths(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}
