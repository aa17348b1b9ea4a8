//! From what was recognised to what is written.
//!
//! Arrival stamps go first, for they lie across the lines; then print that the
//! recogniser passed over is read; then comes order, for noise and sense are told
//! by neighbours; then words are joined and parted where spaces are wrong and
//! marks settled; then what is no word goes aside; then tables are read cell by cell,
//! for their lines told noise by what stands beside it; then words are weighed against
//! what else they could be; then slips that a rule knows are undone; last, number,
//! day and signer are looked at again where they are in doubt. With
//! [`Care::AsRead`] only the order changes.

use std::cell::OnceCell;

use crate::ocr::Reader;
use crate::page::again::Picture;
use crate::page::ink::Ink;
use crate::page::missed;
use crate::page::ruled;
use crate::page::strokes;
use crate::raster::Raster;
use crate::text::join::rejoin;
use crate::text::marks;
use crate::text::noise;
use crate::text::order::{self, reading_order};
use crate::text::repair::repair;
use crate::text::rescore::rescore;
use crate::text::stamp;
use crate::text::table;
use crate::text::unruled;
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
    /// Its ink.
    pub(crate) ink: &'a Ink,
    /// It without coloured ink.
    pub(crate) plane: Plane<'a>,
    /// What is done with the words.
    pub(crate) care: Care,
}

/// The plane of a picture in which coloured ink is brightest; there is none without
/// colour. It is made when it is first asked for: only where words are doubtful.
pub(crate) struct Plane<'a> {
    make: &'a dyn Fn() -> Option<Raster>,
    made: OnceCell<Option<Raster>>,
}

impl<'a> Plane<'a> {
    /// What `make` makes.
    pub(crate) fn of(make: &'a dyn Fn() -> Option<Raster>) -> Self {
        Self { make, made: OnceCell::new() }
    }

    /// The plane.
    pub(crate) fn get(&self) -> Option<&Raster> {
        self.made.get_or_init(self.make).as_ref()
    }
}

impl Page<'_> {
    /// The words of `text` as they are written, and what was changed. Without a
    /// `reader` nothing is looked at again.
    pub(crate) fn written(
        &self,
        text: TextLayer,
        mut reader: Option<&mut dyn Reader>,
    ) -> (TextLayer, Vec<Correction>) {
        let (width, height) = self.picture.size();
        let mut text = text;
        if let Some(reader) = reader.as_deref_mut() {
            self.uncover(&mut text, reader);
        }
        stamp::put_aside(&mut text, height);
        if let Some(reader) = reader.as_deref_mut() {
            self.complete(&mut text, reader);
        }
        let mut text = reading_order(text, width, height);
        if let Some(reader) = reader.as_deref_mut() {
            self.picture.subject(&mut text, reader);
        }
        let mut corrections = rejoin(&mut text);
        corrections.extend(marks::settle(&mut text));
        noise::filter(&mut text);
        tabulate(&mut text, self.ink);
        if let Some(reader) = reader.as_deref_mut().filter(|_| self.care == Care::Careful)
        {
            self.picture.weak_lines(&mut text, reader);
        }
        corrections.extend(rescore(&mut text));
        corrections.extend(repair(&mut text));
        corrections.extend(strokes::count(&mut text, &self.picture));
        if let Some(reader) = reader {
            corrections.extend(self.picture.key_lines(&mut text, &self.plane, reader));
        }
        (text, corrections)
    }

    /// Reads what lies under coloured ink.
    fn uncover(&self, text: &mut TextLayer, reader: &mut dyn Reader) {
        if text.words().any(|word| word.confidence < DOUBTFUL)
            && let Some(plane) = self.plane.get()
        {
            self.picture.stamped_lines(text, plane, reader);
        }
    }

    /// Reads what the page's reading passed over.
    fn complete(&self, text: &mut TextLayer, reader: &mut dyn Reader) {
        let (width, height) = self.picture.size();
        self.picture.zones(text, &missed::blocks(self.ink, text), reader);
        self.picture.lone_numbers(text, self.ink, reader);
        let zones = match self.care {
            Care::Careful => order::zones(text, width, height),
            Care::Usual => order::unsigned(text, width, height).into_iter().collect(),
            Care::AsRead => Vec::new(),
        };
        self.picture.zones(text, &zones, reader);
        self.picture.head(text, reader);
    }
}

/// Puts the tables of a page in the order of their cells, ruled ones and such as have
/// no rules.
pub(crate) fn tabulate(text: &mut TextLayer, ink: &Ink) {
    let ruled = ruled::tables(ink);
    table::arrange(text, &ruled);
    let unruled = unruled::tables(text, &ruled);
    table::arrange(text, &unruled);
}

/// A page without a word below this confidence has nothing under a stamp.
const DOUBTFUL: f32 = 70.0;
