//! Our fax codes and JBIG2 in the eyes of other programs: each picture goes
//! into a minimal PDF and comes out of poppler and `MuPDF` again.
#![expect(
    clippy::indexing_slicing,
    clippy::print_stderr,
    reason = "a test that panics is a test that fails, and one that is skipped says so"
)]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use sohoa::raster::bilevel::{Encoded, encode_smallest};
use sohoa::raster::{Depth, Filter, Raster};

/// Pixels by a rule, 1 black.
fn drawn(width: u32, height: u32, black: impl Fn(u32, u32) -> bool) -> Raster {
    let stride = Depth::Bilevel.row_bytes(width);
    let mut samples = vec![0; stride * height as usize];
    for (y, row) in (0..height).zip(samples.chunks_exact_mut(stride)) {
        for x in (0..width).filter(|&x| black(x, y)) {
            row[x as usize / 8] |= 0x80 >> (x % 8);
        }
    }
    Raster { width, height, depth: Depth::Bilevel, samples }
}

/// Awkward sizes and patterns; the small ones become Group 4, the others JBIG2.
fn pictures() -> Vec<Raster> {
    let strokes = |x: u32, y: u32| {
        let blot = (x.wrapping_mul(2_654_435_761) ^ y.wrapping_mul(40_503)) >> 7;
        (x / 7 + y / 11).is_multiple_of(5) && x % 7 < 3 || blot.is_multiple_of(977)
    };
    let noise = |x: u32, y: u32| {
        let n = x.wrapping_mul(0x9E37_79B9) ^ y.wrapping_mul(0x85EB_CA6B);
        (n ^ n >> 15).wrapping_mul(0x2C1B_3C6D) >> 31 == 1
    };
    vec![
        drawn(1, 1, |_, _| true),
        drawn(3, 5, |x, y| x == y),
        drawn(9, 40, |x, _| x == 8),
        drawn(700, 300, strokes),
        drawn(701, 301, noise),
        drawn(333, 200, |x, y| (x + y) % 2 == 0),
        drawn(2480, 3508, |x, y| strokes(x, y) && x > 300 && y > 300),
    ]
}

/// A PDF of one page as large as its picture, a point a pixel.
fn pdf(raster: &Raster, encoded: &Encoded) -> Vec<u8> {
    let (width, height) = (raster.width, raster.height);
    let filter = match &encoded.filter {
        Filter::Jbig2 { .. } => "/JBIG2Decode".to_owned(),
        Filter::G4 { black_is_1 } => format!(
            "/CCITTFaxDecode /DecodeParms << /K -1 /Columns {width} /Rows {height} \
             /BlackIs1 {black_is_1} >>"
        ),
        Filter::Jpeg | Filter::Jpx => {
            unreachable!("bilevel pictures are not photographs")
        }
    };
    let draw = format!("{width} 0 0 {height} 0 0 cm /I Do");
    let picture = [
        format!(
            "<< /Type /XObject /Subtype /Image /Width {width} /Height {height} \
             /ColorSpace /DeviceGray /BitsPerComponent 1 /Filter {filter} \
             /Length {} >>\nstream\n",
            encoded.bytes.len()
        )
        .as_bytes(),
        &encoded.bytes,
        b"\nendstream",
    ]
    .concat();
    let objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec(),
        format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {width} {height}] \
             /Resources << /XObject << /I 5 0 R >> >> /Contents 4 0 R >>"
        )
        .into_bytes(),
        format!("<< /Length {} >>\nstream\n{draw}\nendstream", draw.len()).into_bytes(),
        picture,
    ];
    let mut file = b"%PDF-1.7\n".to_vec();
    let mut table = "0000000000 65535 f \n".to_owned();
    for (number, object) in (1..).zip(&objects) {
        writeln!(table, "{:010} 00000 n ", file.len()).unwrap();
        file.extend(format!("{number} 0 obj\n").bytes());
        file.extend(object);
        file.extend(b"\nendobj\n");
    }
    let start = file.len();
    file.extend(
        format!(
            "xref\n0 6\n{table}trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"
        )
        .bytes(),
    );
    file
}

/// Runs a program; `None`, with a word on stderr, where it is not installed.
fn ran(program: &str, arguments: &[&Path]) -> Option<()> {
    let Ok(output) = Command::new(program).args(arguments).output() else {
        eprintln!("skipped: `{program}` is not installed");
        return None;
    };
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    // Debian builds MuPDF without it, and bilevel pictures do not need it.
    let expected = |line: &str| line.is_empty() || line.contains("ICC support");
    let quiet = told.lines().all(expected);
    assert!(output.status.success() && quiet, "{program}: {told}");
    Some(())
}

/// The samples of a raw PBM file, the padding of its rows made white.
fn pbm(path: &Path, raster: &Raster) -> Vec<u8> {
    let file = fs::read(path).unwrap();
    assert!(file.starts_with(b"P4"), "{}", path.display());
    let stride = Depth::Bilevel.row_bytes(raster.width);
    let mut samples = file[file.len() - stride * raster.height as usize..].to_vec();
    for row in samples.chunks_exact_mut(stride) {
        row[stride - 1] &= 0xFF << ((8 - raster.width % 8) % 8);
    }
    samples
}

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::create_dir_all(&folder).unwrap();
    folder
}

#[test]
fn poppler_sees_the_pixels_we_encoded() {
    let folder = folder("poppler");
    for raster in pictures() {
        let encoded = encode_smallest(&raster);
        let file = folder.join("page.pdf");
        fs::write(&file, pdf(&raster, &encoded)).unwrap();
        if ran("pdfimages", &[&file, &folder.join("page")]).is_none() {
            return;
        }
        let seen = pbm(&folder.join("page-000.pbm"), &raster);
        assert!(seen == raster.samples, "{:?} {}", encoded.filter, raster.width);
    }
}

#[test]
fn mupdf_sees_the_pixels_we_encoded() {
    let folder = folder("mupdf");
    for raster in pictures() {
        let encoded = encode_smallest(&raster);
        let (file, seen) = (folder.join("page.pdf"), folder.join("page.pbm"));
        fs::write(&file, pdf(&raster, &encoded)).unwrap();
        let quiet = Path::new("-q");
        let to = [Path::new("-r"), Path::new("72"), Path::new("-A"), Path::new("0")];
        let arguments =
            [&[Path::new("draw"), quiet], &to[..], &[Path::new("-o"), &seen, &file]]
                .concat();
        if ran("mutool", &arguments).is_none() {
            return;
        }
        let seen = pbm(&seen, &raster);
        assert!(seen == raster.samples, "{:?} {}", encoded.filter, raster.width);
    }
}
