//! Looks at every page below a folder without reading it.
//!
//! ```sh
//! cargo run --release --example inspect_scans -- examples/scans
//! ```
//!
//! `turn` should bring the page upright, but only reading makes sure; `skew` is
//! how far its lines fall then. `?`: assumed from A4, or left open by the lines.
#![expect(clippy::print_stdout, reason = "it prints")]
use std::error::Error;
use std::path::{Path, PathBuf};

use sohoa::digest::Digest;
use sohoa::ingest::inputs::{self, Source};
use sohoa::ingest::source::{self, Opened};
use sohoa::page::{
    blank::Marks, direction::SURE, ink::Ink, lie::Lie, resolution, slope::Slope,
};
use sohoa::raster::{DecodeError, Limits, Scan, change};

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args_os().nth(1).ok_or("usage: inspect_scans FOLDER")?;
    println!("     pixels  dpi   turn   skew  stored as");
    for group in inputs::groups(vec![Source::File(PathBuf::from(folder))], false) {
        for input in group.sources {
            let Source::File(path) = &input else { continue };
            println!("{}", path.display());
            inspect(path).unwrap_or_else(|error| println!("  {error}"));
        }
    }
    Ok(())
}

fn inspect(path: &Path) -> Result<(), Box<dyn Error>> {
    let bytes = source::read(path)?;
    let digest = Digest::of(&bytes);
    let opened = Opened::of(bytes, digest, None, Limits::default())?;
    for index in 0..opened.page_count() {
        println!("{}", line(opened.page(index)?.scan())?);
    }
    Ok(())
}

fn line(scan: &Scan) -> Result<String, DecodeError> {
    let (dpi, assumed) = resolution::of(&scan.header, None);
    let lie = Lie::of(scan, dpi);
    let seen = change::turn(&scan.load_grey_reduced(1)?, lie.turn);
    let ink = Ink::of(&seen, dpi.after(lie.turn));
    let lies = match Slope::of(&ink) {
        _ if Marks::on(&ink).is_blank() => "blank".to_owned(),
        None => "few marks".to_owned(),
        Some(Slope { turned, skew, axis_evidence: axis, upright_evidence: feet }) => {
            let doubt = if axis >= SURE.0 && feet >= SURE.1 { ' ' } else { '?' };
            format!("{}°{doubt} {skew:5.1}°", turned.undone().degrees())
        }
    };
    let size = format!("{}×{}", scan.header.width, scan.header.height);
    let guess = assumed.map_or(' ', |_| '?');
    Ok(format!("{size:>11}  {dpi}{guess} {lies:>12}  {}", scan.header.encoding))
}
