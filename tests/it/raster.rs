//! Scans of every kind, decoded and compared with what Pillow and libtiff make
//! of them, and then cut, bent and swollen in every way a file can be.

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
        .filter(|name| !name.ends_with(".py"))
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
                    wrong.push(format!("{name} cut to {cut} decodes to something else"))
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
        let step = (whole.len() / 150).max(1);
        for at in (0..whole.len()).step_by(step).chain(0..whole.len().min(64)) {
            for value in [0x00, 0xff, whole[at] ^ 0x01, whole[at] ^ 0x80] {
                let mut bent = whole.clone();
                bent[at] = value;
                drop(outcome(&bent));
            }
        }
    }
}
