//! What words cover of the ink of a page, and what is left of it.

use crate::page::ink::whole;
use crate::text::{TextLayer, Word};

/// A word covers so much around itself, in letter heights.
const AROUND: f64 = 0.35;
/// What is read higher than this is no word and covers nothing.
const TALL: f64 = 2.4;

/// The places of words among the points of the ink.
pub(crate) struct Cover {
    width: usize,
    /// Top, bottom, left and right of each, in points of the ink.
    places: Vec<[usize; 4]>,
}

impl Cover {
    /// What the words of `layer` cover, those put aside too; letters are `letter` points
    /// high, a point `scale` pixels.
    pub(crate) fn of(layer: &TextLayer, letter: f64, scale: f64) -> Self {
        let mut places = Vec::new();
        let aside = layer.aside.iter().flat_map(|line| &line.words);
        for Word { place, .. } in layer.words().chain(aside) {
            if place.height() > TALL * letter * scale {
                continue;
            }
            let more = AROUND * letter;
            places.push([
                whole(place.top / scale - more),
                whole(place.bottom / scale + more),
                whole(place.left / scale - more),
                whole(place.right / scale + more),
            ]);
        }
        let width = places.iter().map(|[.., right]| right + 1).max().unwrap_or(0);
        Self { width, places }
    }

    /// The columns of row `y` with print that no word covers.
    pub(crate) fn open<'a>(
        &self,
        row: &'a [u8],
        y: usize,
    ) -> impl Iterator<Item = usize> + use<'a> {
        let covered = self.at(y);
        let print = row.iter().zip(0_usize..).filter(|(mark, _)| **mark >= 2);
        print.map(|(_, x)| x).filter(move |x| covered.get(*x).is_none_or(|c| !c))
    }

    /// Which points of row `y` are covered.
    fn at(&self, y: usize) -> Vec<bool> {
        let mut covered = vec![false; self.width];
        for [_, _, left, right] in
            self.places.iter().filter(|[top, bottom, ..]| (*top..=*bottom).contains(&y))
        {
            covered
                .iter_mut()
                .skip(*left)
                .take(right + 1 - left)
                .for_each(|point| *point = true);
        }
        covered
    }
}
