//! Why a page cannot be decoded, in both languages.

use crate::say::{self, Lang, Tell};

/// Why a page cannot be decoded.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum DecodeError {
    /// No format we know.
    NotAnImage,
    /// Fewer bytes than the header promises.
    EndsEarly {
        /// Bytes there.
        found: u64,
        /// Bytes promised.
        expected: u64,
    },
    /// Data that are all there and make no sense to their decoder.
    Undecodable {
        /// The coding, as PDF users know it: `JBIG2`, `JPX`, ….
        codec: &'static str,
    },
    /// A row that makes no sense to its decoder.
    DamagedRow {
        /// The coding.
        codec: &'static str,
        /// The row, counted from 1.
        row: u32,
    },
    /// A picture of another size than its container says.
    SizeDiffers {
        /// Columns and rows of the picture.
        found: (u32, u32),
        /// Columns and rows its container states.
        expected: (u32, u32),
    },
    /// Colours that cannot be shown in grey or RGB.
    UnknownColours {
        /// The coding.
        codec: &'static str,
        /// Components of a pixel.
        components: u8,
    },
    /// Fewer rows than the header promises.
    RowsMissing {
        /// Rows there.
        found: u32,
        /// Rows promised.
        expected: u32,
    },
    /// The data stops before the mark that ends it.
    NoEndMark {
        /// The format.
        format: &'static str,
        /// Bytes there.
        found: u64,
    },
    /// More pixels than [`Limits::pixels`](crate::raster::Limits::pixels) allows.
    TooLarge {
        /// Columns the header claims.
        width: u32,
        /// Rows the header claims.
        height: u32,
        /// Pixels allowed.
        limit: u64,
    },
    /// A side longer than [`Limits::SIDE`](crate::raster::Limits::SIDE).
    TooLong {
        /// Columns the header claims.
        width: u32,
        /// Rows the header claims.
        height: u32,
        /// Longest side allowed, in pixels.
        limit: u32,
    },
    /// No columns or no rows.
    NoPixels {
        /// Columns the header claims.
        width: u32,
        /// Rows the header claims.
        height: u32,
    },
    /// A header without a field it must have.
    Lacks {
        /// The field's name in the format's specification.
        field: &'static str,
    },
    /// A header field with a value that cannot be.
    Invalid {
        /// The field's name in the format's specification.
        field: &'static str,
        /// What stands there.
        value: String,
    },
    /// A header field that points out of the file.
    Outside {
        /// The field's name in the format's specification.
        field: &'static str,
        /// The byte it points to, from the start of the file.
        offset: u64,
        /// Bytes in the file.
        size: u64,
    },
    /// A header that its decoder refuses.
    BadHeader {
        /// The format.
        format: &'static str,
    },
    /// A kind of picture that exists but is not read here.
    Unsupported {
        /// What it is called.
        kind: String,
    },
    /// Image data that its decoder refuses.
    Damaged {
        /// The coding.
        coding: &'static str,
        /// Rows decoded before.
        row: u32,
    },
    /// The list of pages leads nowhere, so what follows is unknown.
    ChainBroken {
        /// Pages before the break.
        after: usize,
        /// The byte it leads to, from the start of the file.
        offset: u64,
    },
    /// The list of pages leads back to a page already seen.
    ChainCycle {
        /// Pages before it turns back.
        after: usize,
    },
}

impl Tell for DecodeError {
    fn tell(&self, lang: Lang) -> String {
        match self {
            Self::NotAnImage => say::raster::not_an_image(lang),
            Self::EndsEarly { found, expected } => {
                say::raster::image_ends_early(lang, found, expected)
            }
            Self::Undecodable { codec } => say::raster::image_unreadable(lang, codec),
            Self::DamagedRow { codec, row } => {
                say::raster::image_row_damaged(lang, codec, row)
            }
            Self::SizeDiffers { found: (w, h), expected: (width, height) } => {
                say::raster::image_size_differs(lang, w, h, width, height)
            }
            Self::UnknownColours { codec, components } => {
                say::raster::image_unknown_colours(lang, codec, components)
            }
            Self::RowsMissing { found, expected } => {
                say::raster::rows_missing(lang, found, expected)
            }
            Self::NoEndMark { format, found } => {
                say::raster::no_end_mark(lang, format, found)
            }
            Self::TooLarge { width, height, limit } => {
                told_too_large(lang, (*width, *height), *limit)
            }
            Self::TooLong { width, height, limit } => {
                say::raster::image_too_long(lang, width, height, limit)
            }
            Self::NoPixels { width, height } => {
                say::raster::no_pixels(lang, width, height)
            }
            Self::Lacks { field } => say::raster::header_lacks(lang, field),
            Self::Invalid { field, value } => {
                say::raster::header_invalid(lang, field, value)
            }
            Self::Outside { field, offset, size } => {
                say::raster::outside_file(lang, field, offset, size)
            }
            Self::BadHeader { format } => say::raster::bad_header(lang, format),
            Self::Unsupported { kind } => say::raster::image_unsupported(lang, kind),
            Self::Damaged { coding, row: 0 } => {
                say::raster::image_damaged_at_once(lang, coding)
            }
            Self::Damaged { coding, row } => {
                say::raster::image_damaged(lang, coding, row)
            }
            Self::ChainBroken { after: 0, offset } => {
                say::raster::chain_missing(lang, offset)
            }
            Self::ChainBroken { after, offset } => {
                say::raster::chain_broken(lang, after, offset)
            }
            Self::ChainCycle { after } => say::raster::chain_cycle(lang, after),
        }
    }
}

/// That a picture has too many pixels, in millions, as cameras count them.
pub(crate) fn told_too_large(
    lang: Lang,
    (width, height): (u32, u32),
    limit: u64,
) -> String {
    // Whole millions, and parts of one only where somebody set the limit so low.
    let millions = |pixels: u64| match (pixels / 1_000_000, pixels % 1_000_000) {
        (0, rest) => format!("0.{rest:06}").trim_end_matches('0').to_owned(),
        (whole, _) => whole.to_string(),
    };
    let area = u64::from(width) * u64::from(height);
    say::raster::image_too_large(lang, width, height, millions(area), millions(limit))
}

impl std::error::Error for DecodeError {}

impl std::fmt::Display for DecodeError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.tell(Lang::En))
    }
}
