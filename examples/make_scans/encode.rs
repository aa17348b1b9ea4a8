//! The files a scanner leaves behind: TIFF, JPEG, PNG and PDF, each with its
//! resolution.
//!
//! TIFF and PNG are written out by hand, because a scanner's TIFF holds Group 4
//! pages and a scanner's PNG states its resolution, and the libraries at hand
//! write neither.

use std::io::Write as _;

use anyhow::{Context as _, Result};
use fax::{Color, VecWriter, encoder::Encoder};
use flate2::{Compression, Crc, write::ZlibEncoder};
use lopdf::{Dictionary, Document, Object, Stream, dictionary};
use mozjpeg::{ColorSpace, Compress, PixelDensity, PixelDensityUnit};
use sohoa::raster::{Depth, Raster};
use weezl::{BitOrder, encode::Encoder as Lzw};

use crate::canvas::single;

/// A scanned page with its resolution in dots per inch.
pub(crate) struct Scanned {
    /// The pixels.
    pub(crate) raster: Raster,
    /// Dots per inch on both axes.
    pub(crate) dpi: u32,
}

/// How the pages of a TIFF file are compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Packing {
    /// Group 4 of ITU-T T.6, bilevel pages only.
    G4,
    /// LZW (TIFF 6.0, section 13).
    Lzw,
}

/// A TIFF file (TIFF 6.0), little-endian, a strip a page.
pub(crate) fn tiff(pages: &[Scanned], packing: Packing) -> Result<Vec<u8>> {
    let mut file = b"II*\0\0\0\0\0".to_vec();
    let mut pointer = 4;
    for page in pages {
        let strip = match packing {
            Packing::G4 => g4(&page.raster),
            Packing::Lzw => lzw(&page.raster)?,
        };
        let at = [strip_at(&mut file, &strip)?, offset(&file)?];
        // What does not fit in a directory is kept before it: the resolution, a
        // fraction, and the three depths of a colour page.
        file.extend([page.dpi.to_le_bytes(), 1_u32.to_le_bytes()].concat());
        file.extend([8, 0, 8, 0, 8, 0]);
        let here = offset(&file)?.to_le_bytes();
        if let Some(place) = file.get_mut(pointer..pointer + 4) {
            place.copy_from_slice(&here);
        }
        let entries = entries(page, packing, (at, offset(&strip)?));
        file.extend(u16::try_from(entries.len())?.to_le_bytes());
        for (tag, kind, count, value) in entries {
            file.extend(tag.to_le_bytes());
            file.extend(kind.to_le_bytes());
            file.extend(count.to_le_bytes());
            file.extend(value.to_le_bytes());
        }
        pointer = file.len();
        file.extend([0; 4]);
    }
    Ok(file)
}

/// Appends a strip at an even offset, which is returned.
fn strip_at(file: &mut Vec<u8>, strip: &[u8]) -> Result<u32> {
    let at = offset(file)?;
    file.extend(strip);
    if file.len() % 2 == 1 {
        file.push(0);
    }
    Ok(at)
}

/// The entries of a page's directory: tag, type, count, value.
fn entries(
    page: &Scanned,
    packing: Packing,
    ([strip, dpi], length): ([u32; 2], u32),
) -> Vec<(u16, u16, u32, u32)> {
    const SHORT: u16 = 3;
    const LONG: u16 = 4;
    const RATIONAL: u16 = 5;
    let (bits, samples) = match page.raster.depth {
        Depth::Bilevel => (1, 1),
        Depth::Grey => (8, 1),
        Depth::Rgb => (dpi + 8, 3),
    };
    let photometric = match page.raster.depth {
        Depth::Bilevel => 0, // white is zero
        Depth::Grey => 1,    // black is zero
        Depth::Rgb => 2,
    };
    let compression = match packing {
        Packing::G4 => 4,
        Packing::Lzw => 5,
    };
    vec![
        (254, LONG, 1, 2), // a page of several
        (256, LONG, 1, page.raster.width),
        (257, LONG, 1, page.raster.height),
        (258, SHORT, samples, bits),
        (259, SHORT, 1, compression),
        (262, SHORT, 1, photometric),
        (273, LONG, 1, strip),
        (277, SHORT, 1, samples),
        (278, LONG, 1, page.raster.height),
        (279, LONG, 1, length),
        (282, RATIONAL, 1, dpi),
        (283, RATIONAL, 1, dpi),
        (296, SHORT, 1, 2), // inches
    ]
}

/// A JPEG file that states its resolution.
pub(crate) fn jpeg(page: &Scanned, quality: u8) -> Result<Vec<u8>> {
    let space = match page.raster.depth {
        Depth::Bilevel | Depth::Grey => ColorSpace::JCS_GRAYSCALE,
        Depth::Rgb => ColorSpace::JCS_RGB,
    };
    let mut compress = Compress::new(space);
    compress.set_fastest_defaults();
    compress.set_optimize_coding(true);
    compress.set_size(page.raster.width as usize, page.raster.height as usize);
    compress.set_quality(f32::from(quality));
    let dpi = u16::try_from(page.dpi)?;
    let unit = PixelDensityUnit::Inches;
    compress.set_pixel_density(PixelDensity { unit, x: dpi, y: dpi });
    let mut started = compress.start_compress(Vec::new())?;
    started.write_scanlines(&page.raster.samples)?;
    Ok(started.finish()?)
}

/// A PNG file (ISO/IEC 15948) of 16 greys or of black and white, which states
/// its resolution.
pub(crate) fn png(page: &Scanned) -> Result<Vec<u8>> {
    let raster = &page.raster;
    let (bits, rows): (u8, Vec<Vec<u8>>) = match raster.depth {
        // Here 0 is black.
        Depth::Bilevel => (
            1,
            raster.rows().map(|row| row.iter().map(|&byte| !byte).collect()).collect(),
        ),
        Depth::Grey | Depth::Rgb => (4, raster.rows().map(sixteen).collect()),
    };
    let mut zlib = ZlibEncoder::new(Vec::new(), Compression::best());
    for row in &rows {
        zlib.write_all(&[0])?; // the filter "none"
        zlib.write_all(row)?;
    }
    let size = [raster.width.to_be_bytes(), raster.height.to_be_bytes()].concat();
    let header = [size, vec![bits, 0, 0, 0, 0]].concat();
    // 11.3.4.3: dots per metre.
    let dots = (page.dpi * 5000).div_ceil(127).to_be_bytes();
    let resolution = [&dots[..], &dots[..], &[1]].concat();
    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    chunk(&mut file, *b"IHDR", &header)?;
    chunk(&mut file, *b"pHYs", &resolution)?;
    chunk(&mut file, *b"IDAT", &zlib.finish()?)?;
    chunk(&mut file, *b"IEND", &[])?;
    Ok(file)
}

/// A PDF file of images: bilevel pages in Group 4, the others as JPEG of this
/// quality.
pub(crate) fn pdf(pages: &[Scanned], quality: u8) -> Result<Vec<u8>> {
    let mut document = Document::with_version("1.4");
    let tree = document.new_object_id();
    let mut kids: Vec<Object> = Vec::new();
    for page in pages {
        let image = document.add_object(image(page, quality)?);
        let points = |pixels: u32| f64::from(pixels) * 72.0 / f64::from(page.dpi);
        let (width, height) = (points(page.raster.width), points(page.raster.height));
        let paint = format!("q {width:.3} 0 0 {height:.3} 0 0 cm /Im0 Do Q");
        let content = Stream::new(Dictionary::new(), paint.into_bytes());
        let content = document.add_object(content);
        let real = |length: f64| Object::Real(single((length * 1000.0).round() / 1000.0));
        kids.push(
            document
                .add_object(dictionary! {
                    "Type" => "Page",
                    "Parent" => tree,
                    "MediaBox" => vec![0.into(), 0.into(), real(width), real(height)],
                    "Resources" => dictionary! { "XObject" => dictionary! { "Im0" => image } },
                    "Contents" => content,
                })
                .into(),
        );
    }
    let count = i64::try_from(kids.len())?;
    let pages = dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => count };
    document.objects.insert(tree, pages.into());
    let catalog =
        document.add_object(dictionary! { "Type" => "Catalog", "Pages" => tree });
    document.trailer.set("Root", catalog);
    let mut file = Vec::new();
    document.save_to(&mut file).context("cannot write the PDF")?;
    Ok(file)
}

/// The image of a PDF page (ISO 32000-2, 8.9.5).
fn image(page: &Scanned, quality: u8) -> Result<Stream> {
    let raster = &page.raster;
    let (width, height) = (i64::from(raster.width), i64::from(raster.height));
    let mut entries = dictionary! {
        "Type" => "XObject",
        "Subtype" => "Image",
        "Width" => width,
        "Height" => height,
    };
    let (space, bits, bytes) = match raster.depth {
        Depth::Bilevel => {
            // 7.4.6: a negative K is Group 4; 0 is black unless told otherwise.
            let parameters =
                dictionary! { "K" => -1, "Columns" => width, "Rows" => height };
            entries.set("Filter", "CCITTFaxDecode");
            entries.set("DecodeParms", parameters);
            ("DeviceGray", 1, g4(raster))
        }
        Depth::Grey => ("DeviceGray", 8, jpeg(page, quality)?),
        Depth::Rgb => ("DeviceRGB", 8, jpeg(page, quality)?),
    };
    if bits == 8 {
        entries.set("Filter", "DCTDecode");
    }
    entries.set("ColorSpace", space);
    entries.set("BitsPerComponent", bits);
    let mut stream = Stream::new(entries, bytes);
    stream.allows_compression = false;
    Ok(stream)
}

/// Group 4 data (ITU-T T.6).
fn g4(raster: &Raster) -> Vec<u8> {
    let mut encoder = Encoder::new(VecWriter::new());
    for row in raster.rows() {
        let bits =
            row.iter().flat_map(|byte| (0..8).rev().map(move |bit| byte >> bit & 1));
        let pixels = bits
            .take(raster.width as usize)
            .map(|bit| if bit == 1 { Color::Black } else { Color::White });
        let Ok(()) = encoder.encode_line(pixels, raster.width);
    }
    let Ok(writer) = encoder.finish();
    writer.finish()
}

/// LZW data as TIFF has it: the code length grows one code early.
fn lzw(raster: &Raster) -> Result<Vec<u8>> {
    Ok(Lzw::with_tiff_size_switch(BitOrder::Msb, 8).encode(&raster.samples)?)
}

/// Two pixels a byte, 16 greys.
fn sixteen(row: &[u8]) -> Vec<u8> {
    let level =
        |value: u8| u8::try_from((u16::from(value) * 15 + 127) / 255).unwrap_or(15);
    let pair = |two: &[u8]| match *two {
        [left, right] => level(left) << 4 | level(right),
        [left] => level(left) << 4,
        _ => 0,
    };
    row.chunks(2).map(pair).collect()
}

/// Appends a chunk of a PNG file (ISO/IEC 15948, 5.3).
fn chunk(file: &mut Vec<u8>, name: [u8; 4], content: &[u8]) -> Result<()> {
    let mut sum = Crc::new();
    sum.update(&name);
    sum.update(content);
    file.extend(u32::try_from(content.len())?.to_be_bytes());
    file.extend(name);
    file.extend(content);
    file.extend(sum.sum().to_be_bytes());
    Ok(())
}

/// The length of some bytes, as TIFF counts.
fn offset(bytes: &[u8]) -> Result<u32> {
    u32::try_from(bytes.len()).context("the file is too large for TIFF")
}
