//! From what was recognised to what is written.
//!
//! Order first, for noise and sense are told by neighbours; then what is no
//! word goes aside; then words are weighed against what else they could be;
//! then slips that a rule knows are undone. With [`Care::AsRead`] only the
//! order changes.

use crate::text::join::rejoin;
use crate::text::noise;
use crate::text::order::reading_order;
use crate::text::repair::repair;
use crate::text::rescore::rescore;
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

/// The words as they are written, of a picture `width` × `height`, and what
/// was changed.
pub(crate) fn written(
    text: TextLayer,
    (width, height): (f64, f64),
    care: Care,
) -> (TextLayer, Vec<Correction>) {
    let mut text = reading_order(text, width, height);
    if care == Care::AsRead {
        return (text, Vec::new());
    }
    let mut corrections = rejoin(&mut text);
    noise::filter(&mut text);
    corrections.extend(rescore(&mut text));
    corrections.extend(repair(&mut text));
    (text, corrections)
}
