//! Pages before and after a change, as pictures for a report.

use std::collections::BTreeSet;

use crate::cos::{Document, Source};
use crate::pdf::{Layers, Opened};
use crate::raster::Raster;
use crate::raster::write_jpeg::JpegWriter;
use crate::verify::cover::{MOST_BYTES, open, places};
use crate::verify::examine::Report;
use crate::verify::rights::Effect;
use crate::verify::spots::{Spot, spots};
use crate::verify::widget::{MOST_BELOW, with_kids};

/// Changed pages that are shown of one file.
const MOST_SHOWN: usize = 6;
/// Resolution: a page can be read, and a report of a hundred can be opened.
const DPI: f64 = 80.0;
/// JPEG quality.
const QUALITY: u8 = 70;

/// Changed pages of a file.
#[derive(Clone, Debug, Default)]
pub struct Pictures {
    /// Those that are shown.
    pub pairs: Vec<Pair>,
    /// How many more there are.
    pub left_out: usize,
}

/// A page before and after a revision, as JPEG.
#[derive(Clone, Debug)]
pub struct Pair {
    /// The page, counted from 1.
    pub page: usize,
    /// The revision that changed it, counted from 1.
    pub revision: usize,
    /// Before.
    pub before: Vec<u8>,
    /// After.
    pub after: Vec<u8>,
    /// Where the two differ.
    pub spots: Vec<Spot>,
}

/// Pages that were changed after a signature in a way that shows. What cannot be
/// painted is left out: the changes are told in words as well.
#[must_use]
pub fn of(source: Source, password: Option<&str>, report: &Report) -> Pictures {
    let mut wanted = BTreeSet::new();
    let changes = report.signatures.iter().flat_map(|judged| &judged.changes);
    let shown: Vec<_> = changes
        .filter(|weighed| weighed.effect != Effect::Fine)
        .map(|weighed| &weighed.change)
        .filter(|change| change.kind.is_visible())
        .collect();
    if shown.is_empty() {
        return Pictures::default();
    }
    let Ok(opening) = Document::open(source, password) else {
        return Pictures::default();
    };
    let document = opening.document;
    for change in shown {
        let view = document.at(change.revision);
        let page = change.page.map(|page| page - 1).or_else(|| {
            let ids = with_kids(view, change.object?, MOST_BELOW).into_iter().collect();
            places(view, &ids).first().map(|(page, _)| *page)
        });
        wanted.extend(page.map(|page| (change.revision, page)));
    }
    let left_out = wanted.len().saturating_sub(MOST_SHOWN);
    let pairs = wanted.into_iter().take(MOST_SHOWN).filter_map(|(revision, page)| {
        let open = |revision| open(&document, revision, (password, MOST_BYTES));
        let (before, after) = (open(revision.checked_sub(1)?)?, open(revision)?);
        let (before, after) = (painted(&before, page)?, painted(&after, page)?);
        Some(Pair {
            page: page + 1,
            revision: revision + 1,
            spots: spots(&before, &after),
            before: jpeg(&before)?,
            after: jpeg(&after)?,
        })
    });
    Pictures { pairs: pairs.collect(), left_out }
}

fn painted(file: &Opened, page: usize) -> Option<Raster> {
    Some(file.sight(page, Layers::All, DPI).ok()?.grey)
}

fn jpeg(grey: &Raster) -> Option<Vec<u8>> {
    let mut writer =
        JpegWriter::new(grey.width, grey.height, grey.depth, QUALITY, None).ok()?;
    for row in grey.rows() {
        writer.row(row).ok()?;
    }
    writer.finish().ok()
}
