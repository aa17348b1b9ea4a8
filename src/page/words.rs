//! From what was recognised to what is written.
//!
//! Arrival stamps go first, for they lie across the lines; then print that the
//! recogniser passed over is read; then comes order, for noise and sense are told
//! by neighbours; then words are joined and parted where spaces are wrong and
//! marks settled; then what is no word goes aside; then words are weighed against
//! what else they could be; then slips that a rule knows are undone; last, number,
//! day and signer are looked at again where they are in doubt. With
//! [`Care::AsRead`] only the order changes.

use crate::ocr::Reader;
use crate::page::again::Picture;
use crate::page::ink::Ink;
use crate::page::missed;
use crate::raster::Raster;
use crate::text::join::rejoin;
use crate::text::marks;
use crate::text::noise;
use crate::text::order::{self, reading_order};
use crate::text::repair::repair;
use crate::text::rescore::rescore;
use crate::text::stamp;
use crate::text::{Correction, TextLayer};

/// What is done with the words of a page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Care {
    /// Nothing: they are written as they were read.
    AsRead,
    /// They are weighed against what else they could be.
    #[default]
    Usual,
    /// Zones and weak lines are read again besides.
    Careful,
}

/// What the words of a page are made of.
pub(crate) struct Page<'a> {
    /// The picture they were read in.
    pub(crate) picture: Picture<'a>,
    /// Makes the plane of that picture in which coloured ink is brightest;
    /// there is none without colour. It is asked for only where words are
    /// doubtful.
    pub(crate) plane: &'a dyn Fn() -> Option<Raster>,
    /// What is done with the words.
    pub(crate) care: Care,
    /// Whether reading it took too long, so that it is not whole.
    pub(crate) is_slow: bool,
}

impl Page<'_> {
    /// The words of `text` as they are written, and what was changed.
    pub(crate) fn written(
        &self,
        text: TextLayer,
        reader: &mut dyn Reader,
    ) -> (TextLayer, Vec<Correction>) {
        let grey = self.picture.grey;
        let (width, height) = (f64::from(grey.width), f64::from(grey.height));
        let mut text = text;
        if text.words().any(|word| word.confidence < DOUBTFUL)
            && let Some(plane) = (self.plane)()
        {
            self.picture.stamped_lines(&mut text, &plane, reader);
        }
        stamp::put_aside(&mut text, height);
        if !self.is_slow {
            let missed = missed::blocks(&Ink::of(grey, self.picture.dpi), &text);
            self.picture.zones(&mut text, &missed, reader);
        }
        let zones = match self.care {
            Care::Careful => order::zones(&text, width, height),
            Care::Usual => order::unsigned(&text, width, height).into_iter().collect(),
            Care::AsRead => Vec::new(),
        };
        self.picture.zones(&mut text, &zones, reader);
        self.picture.head(&mut text, reader);
        let mut text = reading_order(text, width, height);
        self.picture.subject(&mut text, reader);
        let mut corrections = rejoin(&mut text);
        corrections.extend(marks::settle(&mut text));
        noise::filter(&mut text);
        if self.care == Care::Careful {
            self.picture.weak_lines(&mut text, reader);
        }
        corrections.extend(rescore(&mut text));
        corrections.extend(repair(&mut text));
        corrections.extend(self.picture.key_lines(&mut text, self.plane, reader));
        (text, corrections)
    }
}

/// A page without a word below this confidence has nothing under a stamp.
const DOUBTFUL: f32 = 70.0;
