//! The picture of a page as its PDF will hold it.
//!
//! What can be carried untouched is. Otherwise bilevel pages become the
//! smaller of JBIG2 and G4, without loss; grey and colour become what the
//! profile says. Every choice is in the page's record.

use crate::archive::settings::Profile;
use crate::finding::{Finding, Weight};
use crate::page::read::ReadPage;
use crate::page::record::PageRecord;
use crate::pdfa::{self, Picture, PictureFilter};
use crate::raster::bilevel;
use crate::raster::deflate::DeflateWriter;
use crate::raster::tones::{ToneCounter, Tones};
use crate::raster::write_jpeg::JpegWriter;
use crate::raster::{DecodeError, Depth, Filter, Header, Passthrough, Raster, Scan};
use crate::say;

/// JPEG quality of copies (profile `nd30`).
const COPY_QUALITY: u8 = 85;
/// JPEG quality of compact copies (profile `gon`).
const COMPACT_QUALITY: u8 = 60;
/// Pages of no more levels than this were drawn, not scanned.
const FEW_LEVELS: usize = 64;
/// The lowest resolution a copy may have (Nghị định 30/2020/NĐ-CP, Phụ lục I,
/// Phần II), in dpi, less what rounding in headers takes.
const LEAST_DPI: f64 = 199.0;
/// The resolution preservation aims at, in dpi.
const PRESERVATION_DPI: f64 = 299.0;

/// Compresses the picture of a page and says in its record how.
///
/// # Errors
///
/// When the picture cannot be decoded.
pub fn of(
    scan: &Scan,
    profile: Profile,
    record: &mut PageRecord,
) -> Result<Picture, DecodeError> {
    let (picture, kept_as) = choose(scan, profile, record)?;
    kept_as.clone_into(&mut record.kept_as);
    let number = record.number;
    record
        .findings
        .extend(standards(&scan.header, profile, record).map(|f| f.on_page(number)));
    Ok(picture)
}

/// The page of a PDF on which `picture` lies with the text that was read on it.
#[must_use]
pub fn on_page(read: &ReadPage, picture: &Picture) -> pdfa::Page {
    pdfa::Page {
        width: read.page.width,
        height: read.page.height,
        image: Some(picture.clone()),
        image_map: read.page.image,
        text: read.text.clone(),
        text_map: read.text_map,
    }
}

/// The picture, and the name of how it is kept.
fn choose(
    scan: &Scan,
    profile: Profile,
    record: &mut PageRecord,
) -> Result<(Picture, &'static str), DecodeError> {
    let header = &scan.header;
    match (header.depth, &header.passthrough) {
        (Depth::Bilevel, untouched) => bilevel_picture(scan, untouched.as_ref()),
        (Depth::Grey | Depth::Rgb, Some(untouched)) => {
            let name = match untouched.filter {
                Filter::Jpeg => "JPEG (untouched)",
                Filter::Jpx => "JPX (untouched)",
                Filter::G4 { .. } | Filter::Jbig2 { .. } => "fax (untouched)",
            };
            Ok((carried(header, untouched), name))
        }
        (Depth::Grey | Depth::Rgb, None) => match profile {
            Profile::LuuTru => Ok((flate(scan)?, "Flate")),
            Profile::Nd30 => smaller_of_two(scan, COPY_QUALITY, record),
            Profile::Gon => compact(scan, record),
        },
    }
}

/// The stored data as they are.
fn carried(header: &Header, untouched: &Passthrough) -> Picture {
    let filter = PictureFilter::from(untouched.filter.clone());
    picture(header, header.depth, filter, untouched.bytes.clone())
}

/// A picture of a page.
fn picture(
    header: &Header,
    depth: Depth,
    filter: PictureFilter,
    bytes: crate::raster::Slice,
) -> Picture {
    let icc = header
        .icc
        .clone()
        .filter(|icc| depth == header.depth && pdfa::admits(icc, depth));
    Picture { width: header.width, height: header.height, depth, filter, bytes, icc }
}

/// The smallest of JBIG2, G4 and what was stored.
fn bilevel_picture(
    scan: &Scan,
    untouched: Option<&Passthrough>,
) -> Result<(Picture, &'static str), DecodeError> {
    let coded = bilevel::encode_smallest(&scan.load()?);
    if let Some(untouched) = untouched
        && untouched.bytes.as_bytes().len() <= coded.bytes.len()
    {
        let name = match untouched.filter {
            Filter::Jbig2 { .. } => "JBIG2 (untouched)",
            Filter::G4 { .. } => "G4 (untouched)",
            Filter::Jpeg | Filter::Jpx => "image (untouched)",
        };
        return Ok((carried(&scan.header, untouched), name));
    }
    let name = if matches!(coded.filter, Filter::Jbig2 { .. }) { "JBIG2" } else { "G4" };
    let filter = PictureFilter::from(coded.filter);
    Ok((picture(&scan.header, Depth::Bilevel, filter, coded.bytes.into()), name))
}

/// Grey or colour without loss.
fn flate(scan: &Scan) -> Result<Picture, DecodeError> {
    let header = &scan.header;
    let mut writer = DeflateWriter::new(header.width, header.depth);
    let mut fault = None;
    scan.each_row(&mut |row| fault = fault.take().or_else(|| writer.row(row).err()))?;
    let deflated = match fault {
        Some(fault) => Err(fault),
        None => writer.finish(),
    };
    let deflated =
        deflated.map_err(|_memory| DecodeError::Undecodable { codec: "Flate" })?;
    let filter = PictureFilter::Flate { predicted: true };
    Ok(picture(header, header.depth, filter, deflated.bytes.into()))
}

/// Grey or colour as JPEG; without loss where JPEG cannot be, beyond its
/// longest side. Counts the tones on the way: to decode a large page once
/// more would cost seconds.
fn jpeg(
    scan: &Scan,
    quality: u8,
    tones: &mut ToneCounter,
) -> Result<Picture, DecodeError> {
    let header = &scan.header;
    let (width, height) = (header.width, header.height);
    let Ok(mut writer) =
        JpegWriter::new(width, height, header.depth, quality, header.dpi)
    else {
        scan.each_row(&mut |row| tones.row(header.depth, row))?;
        return flate(scan);
    };
    let mut fault = None;
    scan.each_row(&mut |row| {
        tones.row(header.depth, row);
        fault = fault.take().or_else(|| writer.row(row).err());
    })?;
    let coded = match fault {
        Some(fault) => Err(fault),
        None => writer.finish(),
    };
    let coded = coded.map_err(|_refused| DecodeError::Undecodable { codec: "JPEG" })?;
    Ok(picture(header, header.depth, PictureFilter::Jpeg, coded.into()))
}

/// A copy: JPEG, or without loss where that is smaller, as on drawn pages.
fn smaller_of_two(
    scan: &Scan,
    quality: u8,
    record: &mut PageRecord,
) -> Result<(Picture, &'static str), DecodeError> {
    let mut tones = ToneCounter::default();
    let lossy = jpeg(scan, quality, &mut tones)?;
    if tones.finish().levels() <= FEW_LEVELS {
        let lossless = flate(scan)?;
        if lossless.bytes.as_bytes().len() <= lossy.bytes.as_bytes().len() {
            return Ok((lossless, "Flate"));
        }
    }
    record.findings.push(recoded(quality, record.number));
    Ok((lossy, "JPEG"))
}

/// A compact copy: bilevel where the paper is black and white.
fn compact(
    scan: &Scan,
    record: &mut PageRecord,
) -> Result<(Picture, &'static str), DecodeError> {
    let tones = tones(scan)?;
    if tones.is_bilevel() {
        let level = tones.otsu();
        let coded = bilevel::encode_smallest(&threshold(scan, level)?);
        let filter = PictureFilter::from(coded.filter);
        let finding =
            Finding::new("picture.bilevel", Weight::Note, say::ingest::made_bilevel);
        let finding = finding.measured("level", f64::from(level), None);
        record.findings.push(finding.on_page(record.number));
        let bytes = coded.bytes.into();
        return Ok((picture(&scan.header, Depth::Bilevel, filter, bytes), "bilevel"));
    }
    smaller_of_two(scan, COMPACT_QUALITY, record)
}

/// The tones of a page.
fn tones(scan: &Scan) -> Result<Tones, DecodeError> {
    let mut counter = ToneCounter::default();
    scan.each_row(&mut |row| counter.row(scan.header.depth, row))?;
    Ok(counter.finish())
}

/// The page in black and white, black below `level`.
fn threshold(scan: &Scan, level: u8) -> Result<Raster, DecodeError> {
    let grey = scan.load_grey_reduced(1)?;
    Ok(crate::raster::change::threshold(&grey, level))
}

/// A picture compressed with loss.
fn recoded(quality: u8, page: u32) -> Finding {
    Finding::new("picture.jpeg", Weight::Note, |lang| {
        say::ingest::made_jpeg(lang, quality)
    })
    .measured("quality", f64::from(quality), None)
    .on_page(page)
}

/// What the law or the profile misses in a scan.
fn standards(
    header: &Header,
    profile: Profile,
    record: &PageRecord,
) -> impl Iterator<Item = Finding> + use<> {
    let least = match profile {
        Profile::Nd30 | Profile::Gon => LEAST_DPI,
        Profile::LuuTru => PRESERVATION_DPI,
    };
    let [across, down] = record.dpi;
    let dpi = across.min(down);
    let coarse = (dpi > 0.0 && dpi < least).then(|| {
        let wanted = least.ceil();
        Finding::new("standard.dpi", Weight::Warning, |lang| {
            say::ingest::too_coarse(lang, dpi.round(), wanted + 1.0)
        })
        .measured("dpi", dpi, Some(wanted + 1.0))
    });
    let colourless = profile == Profile::Nd30 && header.depth != Depth::Rgb;
    let colourless = colourless.then(|| {
        Finding::new("standard.colour", Weight::Note, say::ingest::not_in_colour)
    });
    coarse.into_iter().chain(colourless)
}
