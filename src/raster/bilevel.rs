//! Bilevel pictures in a PDF: the smaller of JBIG2 and Group 4, both lossless.
//!
//! JBIG2 wins on every page of text by a quarter; Group 4 wins where JBIG2's
//! headers weigh more than the picture, and is there when JBIG2 is not.

use crate::raster::{Depth, Filter, Raster};

pub(crate) use crate::raster::ccitt::invert;
pub use crate::raster::ccitt::{Ccitt, decode as decode_ccitt};
pub use crate::raster::jbig2::decode as decode_jbig2;

/// Image data for a PDF stream, and the filter that decodes it.
#[derive(Clone, Debug, PartialEq)]
pub struct Encoded {
    /// The filter to name, for an image in `DeviceGray` without `Decode`.
    pub filter: Filter,
    /// The bytes of the stream.
    pub bytes: Vec<u8>,
}

/// Encodes a bilevel picture as small as it gets without loss.
///
/// A JBIG2 stream is returned only after it has been decoded again, by
/// another program's decoder, to the same pixels.
#[must_use]
pub fn encode_smallest(raster: &Raster) -> Encoded {
    debug_assert_eq!(
        raster.depth,
        Depth::Bilevel,
        "grey and colour are not for fax codes"
    );
    let g4 = crate::raster::ccitt::encode_g4(raster);
    match crate::raster::jbig2::encode(raster) {
        Some(bytes) if bytes.len() < g4.len() => {
            Encoded { filter: Filter::Jbig2 { globals: None }, bytes }
        }
        Some(_) | None => Encoded { filter: Filter::G4 { black_is_1: false }, bytes: g4 },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::raster::samples::{assorted, decoded, flat, noise, text_like};

    #[test]
    fn a_page_of_text_is_jbig2() {
        let page = text_like(1240, 1754, 1);
        let encoded = encode_smallest(&page);
        assert_eq!(encoded.filter, Filter::Jbig2 { globals: None });
        assert!(encoded.bytes.len() < crate::raster::ccitt::encode_g4(&page).len());
    }

    #[test]
    fn a_picture_smaller_than_headers_is_group_4() {
        let filter = encode_smallest(&flat(8, 8, false)).filter;
        assert_eq!(filter, Filter::G4 { black_is_1: false });
    }

    #[test]
    fn a_side_beyond_jbig2_is_group_4() {
        let filter = encode_smallest(&noise(65_536, 2, 3, 1)).filter;
        assert_eq!(filter, Filter::G4 { black_is_1: false });
    }

    #[test]
    fn whatever_the_filter_the_pixels_come_back() {
        for raster in assorted() {
            assert_eq!(decoded(&encode_smallest(&raster), &raster), raster);
        }
    }

    #[test]
    fn a_vast_empty_page_stays_small() {
        let mut page = flat(14_000, 20_000, false);
        page.samples[9_999_999] = 0x3C;
        let encoded = encode_smallest(&page);
        assert!(encoded.bytes.len() < 2000, "{}", encoded.bytes.len());
        assert_eq!(decoded(&encoded, &page), page);
    }
}
