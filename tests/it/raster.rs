//! Scans of every kind, decoded and compared with what Pillow and libtiff make
//! of them, and then cut, bent and swollen in every way a file can be.
#![expect(
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    reason = "a test that panics is a test that fails"
)]

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::sync::Arc;

use sohoa::raster::open::{Kind, OpenError, open, sniff};
use sohoa::raster::{DecodeError, Depth, Filter, Limits, Raster, Scan};
use sohoa::units::Quarter;

fn fixture(name: &str) -> Vec<u8> {
    fs::read(Path::new("tests/fixtures/raster").join(name)).unwrap()
}

fn opened(bytes: &[u8]) -> Vec<Result<Scan, DecodeError>> {
    open(bytes.into(), Limits::default()).unwrap()
}

fn only(bytes: &[u8]) -> Scan {
    let mut pages = opened(bytes);
    assert_eq!(pages.len(), 1);
    pages.remove(0).unwrap()
}

/// Red, green and blue of each pixel.
fn colours(raster: &Raster) -> Vec<Vec<[u8; 3]>> {
    let width = raster.width as usize;
    let row =
        |row: &[u8]| -> Vec<[u8; 3]> {
            match raster.depth {
                Depth::Rgb => row.as_chunks().0.to_vec(),
                Depth::Grey => row.iter().map(|&grey| [grey; 3]).collect(),
                Depth::Bilevel => (0..width)
                    .map(|x| {
                        if row[x / 8] & (0x80 >> (x % 8)) == 0 {
                            [255; 3]
                        } else {
                            [0; 3]
                        }
                    })
                    .collect(),
            }
        };
    raster.rows().map(row).collect()
}

fn turned(rows: Vec<Vec<[u8; 3]>>, turn: Quarter) -> Vec<Vec<[u8; 3]>> {
    let right = |rows: Vec<Vec<[u8; 3]>>| -> Vec<Vec<[u8; 3]>> {
        (0..rows[0].len())
            .map(|x| rows.iter().rev().map(|row| row[x]).collect())
            .collect()
    };
    (0..turn.degrees() / 90).fold(rows, |rows, _| right(rows))
}

/// What Pillow saw, read by the `png` crate on its own.
fn as_seen_by_pillow(name: &str) -> (Depth, Vec<Vec<[u8; 3]>>) {
    let bytes = fixture(name);
    let mut reader = png::Decoder::new(std::io::Cursor::new(&bytes)).read_info().unwrap();
    let depth = match (reader.info().color_type, reader.info().bit_depth) {
        (png::ColorType::Grayscale, png::BitDepth::One) => Depth::Bilevel,
        (png::ColorType::Grayscale, _) => Depth::Grey,
        _ => Depth::Rgb,
    };
    let width = reader.info().width as usize;
    let mut rows = Vec::new();
    while let Some(row) = reader.next_row().unwrap() {
        let row = row.data();
        rows.push(match depth {
            Depth::Rgb => row.as_chunks().0.to_vec(),
            Depth::Grey => row.iter().map(|&grey| [grey; 3]).collect(),
            Depth::Bilevel => {
                let white = |x: usize| row[x / 8] & (0x80 >> (x % 8)) != 0;
                (0..width).map(|x| [if white(x) { 255 } else { 0 }; 3]).collect()
            }
        });
    }
    (depth, rows)
}

#[test]
fn every_fixture_decodes_to_what_pillow_sees() {
    let table = String::from_utf8(fixture("expected.tsv")).unwrap();
    let mut wrong = Vec::new();
    for line in table.lines().skip(1) {
        let cells: Vec<&str> = line.split('\t').collect();
        let [name, page, expected, encoding, tolerance] = cells[..] else {
            panic!("{line}")
        };
        let mut pages = open(fixture(name).into(), Limits::default())
            .unwrap_or_else(|error| panic!("{name}: {error:?}"));
        let page: usize = page.parse().unwrap();
        let scan = pages.swap_remove(page - 1).unwrap();
        if scan.header.encoding != encoding {
            wrong.push(format!("{name}: encoding {}", scan.header.encoding));
        }
        let raster = match scan.load() {
            Ok(raster) => raster,
            Err(error) => {
                wrong.push(format!("{name}: {error}"));
                continue;
            }
        };
        assert_eq!(scan.load().as_ref(), Ok(&raster), "{name} decodes twice alike");
        let (depth, rows) = as_seen_by_pillow(expected);
        let ours = turned(colours(&raster), scan.header.turn);
        if raster.depth != depth && !(depth == Depth::Rgb && raster.depth == Depth::Grey)
        {
            wrong.push(format!("{name}: {:?}, not {depth:?}", raster.depth));
        }
        if (ours.len(), ours[0].len()) != (rows.len(), rows[0].len()) {
            wrong.push(format!("{name}: {} × {}", ours[0].len(), ours.len()));
            continue;
        }
        let pairs = ours.iter().flatten().flatten().zip(rows.iter().flatten().flatten());
        let most = pairs.map(|(a, b)| a.abs_diff(*b)).max().unwrap();
        if most > tolerance.parse().unwrap() {
            wrong.push(format!("{name}: pixels differ by up to {most}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Opens and decodes all pages: the number of pages, or the first error.
fn outcome(bytes: &[u8]) -> Result<Vec<Raster>, String> {
    let pages =
        open(bytes.into(), Limits::default()).map_err(|error| format!("{error:?}"))?;
    pages
        .into_iter()
        .map(|page| page.and_then(|scan| scan.load()).map_err(|error| error.to_string()))
        .collect()
}

fn names() -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir("tests/fixtures/raster")
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| !name.starts_with("as-") && !name.ends_with(".tsv"))
        .filter(|name| !name.ends_with(".py") && !name.ends_with(".icc"))
        .collect();
    names.sort();
    names
}

#[test]
fn a_file_cut_anywhere_is_an_error_or_complete() {
    let mut wrong = Vec::new();
    for name in names() {
        let whole = fixture(&name);
        let expected = outcome(&whole).unwrap();
        for cut in (0..100).map(|part| whole.len() * part / 100).chain([whole.len() - 1])
        {
            match outcome(&whole[..cut]) {
                Ok(pages) if pages == expected => {}
                Ok(_) => {
                    wrong.push(format!("{name} cut to {cut} decodes to something else"));
                }
                Err(_) => {}
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_file_with_any_byte_changed_does_not_panic() {
    for name in names() {
        let whole = fixture(&name);
        // Preparing a profile of inks takes longer than decoding the page.
        let tries = if name.contains("profile") { 20 } else { 150 };
        let header = 0..whole.len().min(tries / 3);
        for at in (0..whole.len()).step_by((whole.len() / tries).max(1)).chain(header) {
            for value in [0x00, 0xff, whole[at] ^ 0x01, whole[at] ^ 0x80] {
                let mut bent = whole.clone();
                bent[at] = value;
                drop(outcome(&bent));
            }
        }
    }
}

#[test]
fn a_jpeg_whose_data_stops_before_its_end_mark_is_damaged() {
    for name in ["grey.jpg", "420.jpg", "progressive.jpg", "cmyk.jpg"] {
        let whole = fixture(name);
        let scan = whole.windows(2).rposition(|two| two == [0xff, 0xda]).unwrap();
        for part in 1..20 {
            let cut = scan + 14 + (whole.len() - scan - 14) * part / 21;
            let mut short = whole[..cut].to_vec();
            short.extend([0xff, 0xd9]);
            assert!(outcome(&short).is_err(), "{name} cut to {cut} of {}", whole.len());
        }
    }
}

#[test]
fn the_format_is_told_from_the_bytes() {
    assert_eq!(sniff(&fixture("grey.jpg")), Some(Kind::Jpeg));
    assert_eq!(sniff(&fixture("big-mm.tif")), Some(Kind::Tiff));
    assert_eq!(sniff(&fixture("lossy.webp")), Some(Kind::WebP));
    assert_eq!(sniff(&fixture("rle8.bmp")), Some(Kind::Bmp));
    assert_eq!(sniff(&fixture("bits.png")), Some(Kind::Png));
    assert_eq!(sniff(b"junk\n%PDF-1.4\n"), Some(Kind::Pdf));
    assert_eq!(sniff(b"BM is how this letter begins"), None);
    assert_eq!(open(Arc::from(*b""), Limits::default()).unwrap_err(), OpenError::Empty);
    let text = open(Arc::from(*b"hello"), Limits::default()).unwrap_err();
    assert_eq!(text, OpenError::NotAnImage);
}

#[test]
fn headers_state_resolution_turn_and_profile() {
    let stated = |name: &str| {
        let header = only(&fixture(name)).header;
        (header.dpi.map(|dpi| dpi.x().round()), header.turn, header.icc.is_some())
    };
    assert_eq!(stated("grey.jpg"), (Some(300.0), Quarter::None, false));
    assert_eq!(stated("420.jpg"), (None, Quarter::None, false));
    assert_eq!(stated("444.jpg"), (None, Quarter::None, true));
    assert_eq!(stated("exif-3.jpg"), (Some(240.0), Quarter::Half, false));
    assert_eq!(stated("exif-6.jpg"), (Some(240.0), Quarter::Right, false));
    assert_eq!(stated("bits.png"), (Some(300.0), Quarter::None, false));
    assert_eq!(stated("rgb.png"), (None, Quarter::None, true));
    assert_eq!(stated("bits.bmp"), (Some(300.0), Quarter::None, false));
    assert_eq!(stated("grey8.tif"), (Some(200.0), Quarter::None, false));
    assert_eq!(stated("turned.webp"), (None, Quarter::Left, false));
    // 118 dots a centimetre.
    let field = |tag, kind, values: &[u32]| (tag, kind, values.to_vec());
    let metric = grey_tiff(&[
        field(282, 5, &[118, 1]),
        field(283, 5, &[118, 1]),
        field(296, 3, &[3]),
    ]);
    assert_eq!(only(&metric).header.dpi.map(|dpi| dpi.x().round()), Some(300.0));
    let absurd = grey_tiff(&[field(282, 5, &[1, 0]), field(283, 5, &[0, 0])]);
    assert_eq!(only(&absurd).header.dpi, None);
}

/// A TIFF of 4 × 2 grey pixels with some fields changed or added: tag, type
/// and values.
fn grey_tiff(fields: &[(u16, u16, Vec<u32>)]) -> Vec<u8> {
    tiff_of(&[fields])
}

/// A TIFF of such pages.
fn tiff_of(pages: &[&[(u16, u16, Vec<u32>)]]) -> Vec<u8> {
    let mut file = b"II\x2a\0\x10\0\0\0".to_vec();
    file.extend([0, 32, 64, 96, 128, 160, 192, 224]);
    for (number, fields) in pages.iter().enumerate() {
        let mut all = std::collections::BTreeMap::from([
            (256, (4, vec![4])),
            (257, (4, vec![2])),
            (258, (3, vec![8])),
            (262, (3, vec![1])),
            (273, (4, vec![8])),
            (279, (4, vec![8])),
        ]);
        all.extend(
            fields.iter().map(|(tag, kind, values)| (*tag, (*kind, values.clone()))),
        );
        let mut extra_at = (file.len() + 2 + 12 * all.len() + 4) as u32;
        let mut extra = Vec::new();
        file.extend((all.len() as u16).to_le_bytes());
        for (tag, (kind, values)) in all {
            let packed: Vec<u8> = match kind {
                1 | 7 => values.iter().map(|&value| value as u8).collect(),
                3 => values
                    .iter()
                    .flat_map(|&value| (value as u16).to_le_bytes())
                    .collect(),
                _ => values.iter().flat_map(|value| value.to_le_bytes()).collect(),
            };
            let count = values.len() as u32 / if kind == 5 { 2 } else { 1 };
            file.extend(tag.to_le_bytes());
            file.extend(kind.to_le_bytes());
            file.extend(count.to_le_bytes());
            if packed.len() <= 4 {
                file.extend(packed.iter().copied().chain([0; 4]).take(4));
            } else {
                file.extend(extra_at.to_le_bytes());
                extra_at += packed.len() as u32;
                extra.extend(packed);
            }
        }
        let next = if number + 1 < pages.len() { extra_at } else { 0 };
        file.extend(next.to_le_bytes());
        file.extend(extra);
    }
    file
}

fn grey_of(bytes: &[u8]) -> Result<Vec<u8>, DecodeError> {
    only(bytes).load().map(|raster| raster.samples)
}

#[test]
fn the_small_tiff_of_these_tests_is_sound() {
    assert_eq!(grey_of(&grey_tiff(&[])), Ok(vec![0, 32, 64, 96, 128, 160, 192, 224]));
}

#[test]
fn a_bad_page_hides_no_other() {
    let bad: &[(u16, u16, Vec<u32>)] = &[(256, 4, vec![0])];
    let pages = opened(&tiff_of(&[&[], bad, &[]]));
    assert_eq!(pages.len(), 3);
    assert!(pages[0].is_ok() && pages[2].is_ok());
    let error = pages[1].as_ref().unwrap_err();
    assert_eq!(*error, DecodeError::NoPixels { width: 0, height: 2 });
}

#[test]
fn a_broken_chain_says_after_which_page() {
    let file = tiff_of(&[&[], &[]]);
    let next = file.len() - 4;
    let chained = |to: u32| {
        let mut file = file.clone();
        file[next..].copy_from_slice(&to.to_le_bytes());
        opened(&file).pop().unwrap().unwrap_err()
    };
    assert_eq!(chained(16), DecodeError::ChainCycle { after: 2 });
    let offset = 1_000_000;
    let broken = DecodeError::ChainBroken { after: 2, offset: offset.into() };
    assert_eq!(chained(offset), broken);
    let mut nowhere = file.clone();
    nowhere[4..8].copy_from_slice(&offset.to_le_bytes());
    let error = open(nowhere.into(), Limits::default()).unwrap_err();
    let source = DecodeError::ChainBroken { after: 0, offset: offset.into() };
    assert_eq!(error, OpenError::Page { page: 1, source });
}

#[test]
fn more_pages_than_allowed_are_refused() {
    let none: &[(u16, u16, Vec<u32>)] = &[];
    let many = tiff_of(&vec![none; 10_001]);
    let error = open(many.into(), Limits::default()).unwrap_err();
    assert_eq!(error, OpenError::TooManyPages { limit: 10_000 });
    assert_eq!(opened(&tiff_of(&vec![none; 10_000])).len(), 10_000);
}

#[test]
fn previews_are_not_pages_but_flagged_pages_are() {
    let preview: &[(u16, u16, Vec<u32>)] =
        &[(254, 4, vec![1]), (256, 4, vec![2]), (257, 4, vec![1])];
    let flagged: &[(u16, u16, Vec<u32>)] = &[(254, 4, vec![1])];
    assert_eq!(opened(&tiff_of(&[&[], preview, flagged])).len(), 2);
}

#[test]
fn strips_outside_the_file_are_an_error_of_their_page() {
    let outside = grey_tiff(&[(273, 4, vec![5000])]);
    let size = outside.len() as u64;
    let error = DecodeError::Outside { field: "StripOffsets", offset: 5000, size };
    assert_eq!(grey_of(&outside), Err(error));
    let long = grey_tiff(&[(279, 4, vec![5000])]);
    let found = long.len() as u64;
    assert_eq!(grey_of(&long), Err(DecodeError::EndsEarly { found, expected: 5008 }));
    let short = grey_tiff(&[(279, 4, vec![7])]);
    assert_eq!(grey_of(&short), Err(DecodeError::EndsEarly { found: 7, expected: 8 }));
    // Two strips are needed, one is listed.
    let few = grey_tiff(&[(278, 4, vec![1])]);
    assert!(matches!(
        open(few.into(), Limits::default()),
        Err(OpenError::Page {
            source: DecodeError::Invalid { field: "StripOffsets", .. },
            ..
        })
    ));
}

#[test]
fn compressed_rows_that_are_missing_are_counted() {
    // PackBits: one row of four, then nothing.
    let mut file = grey_tiff(&[(259, 3, vec![32773]), (279, 4, vec![5])]);
    file[8..13].copy_from_slice(&[3, 1, 2, 3, 4]);
    assert_eq!(grey_of(&file), Err(DecodeError::RowsMissing { found: 1, expected: 2 }));
}

#[test]
fn fields_with_absurd_counts_cost_nothing() {
    for tag in [258, 273, 279, 320, 330, 338, 34675] {
        let mut file = grey_tiff(&[(tag, 4, vec![1, 2])]);
        let at = file
            .windows(4)
            .position(|four| four == [(tag & 255) as u8, (tag >> 8) as u8, 4, 0]);
        let at = at.unwrap();
        file[at + 4..at + 8].copy_from_slice(&u32::MAX.to_le_bytes());
        drop(outcome(&file));
    }
}

#[test]
fn a_picture_too_large_is_refused_from_its_header() {
    let (side, limit) = (35_000_u32, Limits::default().pixels);
    let too_large = DecodeError::TooLarge { width: side, height: side, limit };
    let refused = |bytes: Vec<u8>| match open(bytes.into(), Limits::default()) {
        Err(OpenError::Page { source, .. }) => source,
        other => panic!("{other:?}"),
    };
    let fields = [(256, 4, vec![side]), (257, 4, vec![side])];
    assert_eq!(refused(grey_tiff(&fields)), too_large);
    let mut png = fixture("bits.png");
    png[16..20].copy_from_slice(&side.to_be_bytes());
    png[20..24].copy_from_slice(&side.to_be_bytes());
    assert_eq!(refused(png), too_large);
    let mut bmp = fixture("bits.bmp");
    bmp[18..22].copy_from_slice(&side.to_le_bytes());
    bmp[22..26].copy_from_slice(&side.to_le_bytes());
    assert_eq!(refused(bmp), too_large);
    let mut jpeg = fixture("grey.jpg");
    let frame = jpeg.windows(2).position(|two| two == [0xff, 0xc0]).unwrap();
    let short = u16::try_from(side).unwrap().to_be_bytes();
    jpeg[frame + 5..frame + 7].copy_from_slice(&short);
    jpeg[frame + 7..frame + 9].copy_from_slice(&short);
    assert_eq!(refused(jpeg), too_large);
    let mut webp = fixture("lossless.webp");
    let chunk = webp.windows(4).position(|four| four == b"VP8L").unwrap();
    webp[chunk + 9..chunk + 13].copy_from_slice(&[0xff, 0xff, 0xff, 0x0f]);
    // Decoded whole, it may have a third of the pixels.
    let (side, limit) = (16_384, limit / 3);
    assert_eq!(refused(webp), DecodeError::TooLarge { width: side, height: side, limit });
}

#[test]
fn what_a_pdf_can_carry_is_handed_through() {
    let filter =
        |name: &str| only(&fixture(name)).header.passthrough.map(|data| data.filter);
    assert_eq!(filter("g4-white0-31.tif"), Some(Filter::G4 { black_is_1: false }));
    assert_eq!(filter("g4-plain-31.tif"), Some(Filter::G4 { black_is_1: true }));
    for name in ["g4-plain-8.tif", "g4-lsb.tif", "g4-tiles.tif", "g3-white0-31.tif"] {
        assert_eq!(filter(name), None, "{name}");
    }
    for name in ["grey.jpg", "420.jpg", "progressive.jpg", "exif-6.jpg"] {
        assert_eq!(filter(name), Some(Filter::Jpeg), "{name}");
    }
    // Inks, and a mirrored picture.
    for name in ["cmyk.jpg", "ycck.jpg", "exif-5.jpg", "rgb.png", "rgb-jpeg.tif"] {
        assert_eq!(filter(name), None, "{name}");
    }
}

#[test]
fn what_follows_a_jpeg_is_not_handed_through() {
    let jpeg = fixture("420.jpg");
    let mut followed = jpeg.clone();
    followed.extend(b"a second picture, or worse");
    let header = only(&followed).header;
    assert_eq!(header.passthrough.unwrap().bytes.as_bytes(), jpeg);
}

#[test]
fn a_jpeg_in_one_strip_is_handed_through() {
    let jpeg = fixture("420.jpg");
    let mut file = grey_tiff(&[
        (256, 4, vec![45]),
        (257, 4, vec![31]),
        (258, 3, vec![8, 8, 8]),
        (259, 3, vec![7]),
        (262, 3, vec![6]),
        (277, 3, vec![3]),
        (279, 4, vec![jpeg.len() as u32]),
        (273, 4, vec![1000]),
    ]);
    file.resize(1000, 0);
    file.extend(&jpeg);
    let scan = only(&file);
    assert_eq!(scan.header.passthrough.as_ref().unwrap().bytes.as_bytes(), jpeg);
    assert_eq!(scan.load().unwrap(), only(&jpeg).load().unwrap());
    // The page says red, green and blue; a PDF reader would not.
    let photometric = file.windows(4).position(|four| four == [6, 1, 3, 0]).unwrap();
    file[photometric + 8] = 2;
    assert_eq!(only(&file).header.passthrough, None);
}

/// A JPEG of red, green and blue stored as they are.
fn rgb_jpeg() -> Vec<u8> {
    let mut encoder = mozjpeg::Compress::new(mozjpeg::ColorSpace::JCS_RGB);
    encoder.set_size(8, 8);
    encoder.set_color_space(mozjpeg::ColorSpace::JCS_RGB);
    encoder.set_quality(100.0);
    let mut started = encoder.start_compress(Vec::new()).unwrap();
    started.write_scanlines(&[250, 20, 30].repeat(64)).unwrap();
    started.finish().unwrap()
}

#[test]
fn a_jpeg_of_rgb_is_handed_through_only_if_it_says_so() {
    let near = |bytes: &[u8]| {
        let raster = only(bytes).load().unwrap();
        raster.samples.iter().zip([250_u8, 20, 30]).all(|(a, b)| a.abs_diff(b) < 4)
    };
    let jpeg = rgb_jpeg();
    let adobe = jpeg.windows(5).position(|five| five == b"Adobe");
    if adobe.is_some() {
        assert!(near(&jpeg));
        assert_eq!(only(&jpeg).header.passthrough.unwrap().filter, Filter::Jpeg);
    }
    // Without the marker only the names of the components tell.
    let mut unsaid = jpeg.clone();
    if let Some(at) = adobe {
        unsaid.drain(at - 4..at + 12);
    }
    assert!(near(&unsaid));
    assert_eq!(only(&unsaid).header.passthrough, None);
}

#[test]
fn bombs_in_a_png_are_not_unpacked() {
    let bomb = |kind: &[u8; 4]| {
        let mut packer =
            flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
        packer.write_all(&vec![0; 64 << 20]).unwrap();
        let mut body = kind.to_vec();
        body.extend(b"x\0\0");
        body.extend(packer.finish().unwrap());
        let mut crc = flate2::Crc::new();
        crc.update(&body);
        let mut chunk = ((body.len() - 4) as u32).to_be_bytes().to_vec();
        chunk.extend(body);
        chunk.extend(crc.sum().to_be_bytes());
        chunk
    };
    let plain = fixture("bits.png");
    let mut bombs = plain.clone();
    bombs.splice(33..33, [bomb(b"iCCP"), bomb(b"zTXt")].concat());
    let scan = only(&bombs);
    assert_eq!(scan.header.icc, None);
    assert_eq!(scan.load().unwrap(), only(&plain).load().unwrap());
}

#[test]
fn reduced_pages_hold_the_mean_of_each_box() {
    let scan = only(&grey_tiff(&[]));
    let reduced = |factor| scan.load_grey_reduced(factor).unwrap();
    assert_eq!(reduced(1).samples, [0, 32, 64, 96, 128, 160, 192, 224]);
    assert_eq!(reduced(2).samples, [80, 144]);
    assert_eq!((reduced(3).width, reduced(3).height), (2, 1));
    // Columns 0–2 of both rows, and column 3 of both.
    assert_eq!(reduced(3).samples, [96, 160]);
    let bilevel = only(&fixture("plain.tif"));
    let grey = bilevel.load_grey_reduced(1).unwrap();
    let same: Vec<[u8; 3]> = colours(&bilevel.load().unwrap()).concat();
    assert!(grey.samples.iter().zip(same).all(|(&grey, colour)| colour == [grey; 3]));
}

#[test]
fn a_bitmap_whose_runs_stop_early_is_an_error() {
    let whole = fixture("rle8.bmp");
    let mut short = whole.clone();
    let half = short.len() / 2;
    let ends: Vec<usize> = (half..short.len() - 1)
        .filter(|&at| short[at..].starts_with(&[0, 0]) && (at - 118) % 2 == 0)
        .collect();
    short.truncate(ends[0] + 2);
    short.extend([0, 1]);
    assert!(outcome(&short).is_err());
}

#[test]
fn errors_are_told_in_both_languages() {
    use sohoa::say::{Lang, Tell as _};
    let error = DecodeError::RowsMissing { found: 3, expected: 9 };
    assert_eq!(error.to_string(), "image data ends after `3` of `9` rows");
    assert_eq!(error.tell(Lang::Vi), "dữ liệu ảnh hết sau `3` trên `9` dòng");
    let error = OpenError::Page { page: 1, source: error };
    assert_eq!(error.tell(Lang::Vi), "không đọc được trang `1`");
    assert!(error.cause().is_some());
}
