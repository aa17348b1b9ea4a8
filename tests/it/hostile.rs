//! Bad input from outside: what a scanner, a mail or an enemy may leave in the
//! folder. Each of it ends in one clear answer, the others go on, and what it
//! costs in memory is bounded.
//!
//! `make hostile` takes the large pages of every format; the usual tests take
//! a few of them.
#![expect(
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::cast_possible_truncation,
    reason = "a test that panics is a test that fails, and it may say what it measured"
)]

use std::env;
use std::ffi::OsStr;
use std::fs;
use std::io::{Cursor, Write as _};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use flate2::Compression;
use flate2::write::ZlibEncoder;
use rustix::fs::{CWD, Mode, mkfifoat};
use rustix::process::geteuid;

use crate::office::{Desk, Kept, Run, blank, tiff, typed_pdf};

/// Sides of the picture that is refused from its header.
const VAST: u32 = 35_000;
/// What refusing it may take: most of it is the program, which is larger where it is
/// not optimised.
const VAST_MEGABYTES: f64 = if cfg!(debug_assertions) { 64.0 } else { 50.0 };
/// Sides of a large page: 81 million pixels.
const LARGE: u32 = 9_000;
/// What taking it may take.
const LARGE_MEGABYTES: f64 = 300.0;
/// Whose files an unprivileged user cannot read: `nobody`.
const NOBODY: u32 = 65_534;

// ------------------------------------------------------------------------- size

#[test]
fn a_vast_picture_is_refused_from_its_header_and_the_remedy_is_named() {
    let desk = Desk::new("vast");
    desk.archive();
    for (name, bytes) in [
        ("a.png", png(VAST, VAST, 0, &[0; 64])),
        ("b.tif", tiff_header(VAST, VAST, 4, &[0; 64])),
        ("c.bmp", bmp_header(VAST, VAST)),
        ("d.jpg", jpeg_header(VAST as u16, VAST as u16)),
        ("e.pdf", picture_pdf(VAST, VAST, "/CCITTFaxDecode", &[0; 64])),
    ] {
        assert!(bytes.len() < 11_000, "{name}");
        desk.put(name, &bytes);
        let (run, megabytes) = measured(&desk, &["ingest", name, "--archive", "kho"]);
        assert_eq!(run.code, Some(1), "{name}: {}{}", run.stdout, run.stderr);
        let told = run.stdout.clone() + &run.stderr;
        assert!(told.contains(name), "{told}");
        assert!(told.contains("35.000") || told.contains("35000"), "{name}: {told}");
        assert!(told.contains("--max-pixels"), "{name}: {told}");
        if let Some(megabytes) = megabytes {
            println!("{name}: refused with {megabytes:.0} MB");
            assert!(megabytes <= VAST_MEGABYTES, "{name}: {megabytes:.0} MB");
        }
    }
}

#[test]
fn a_large_page_is_taken_within_bounds() {
    let everything = env::var_os("SOHOA_HOSTILE").is_some();
    let grey = vec![0xFF; LARGE as usize];
    let colour = vec![0xFF; LARGE as usize * 3];
    let pages: [(&str, &dyn Fn() -> Vec<u8>); 9] = [
        ("fax.tif", &|| tiff_header(LARGE, LARGE, 4, &white_fax(LARGE))),
        ("grey.png", &|| png(LARGE, LARGE, 0, &grey)),
        ("colour.png", &|| png(LARGE, LARGE, 2, &colour)),
        ("colour.jpg", &|| jpeg(LARGE as usize, false)),
        ("progressive.jpg", &|| jpeg(LARGE as usize, true)),
        ("colour.webp", &|| webp(LARGE)),
        ("plain.tif", &|| plain_tiff(LARGE)),
        ("plain.bmp", &|| plain_bmp(LARGE)),
        ("colour.pdf", &|| jpeg_pdf(LARGE, &jpeg(LARGE as usize, false))),
    ];
    for (name, page) in pages.into_iter().take(if everything { 9 } else { 1 }) {
        let desk = Desk::new("large");
        desk.archive();
        desk.put(name, &page());
        let line = ["ingest", name, "--archive", "kho", "--jobs", "1"];
        let (run, megabytes) = measured(&desk, &line);
        // An empty page is for a person to look at; only of WebP, which is
        // decoded whole, so much is refused.
        assert_eq!(run.code, Some(1), "{name}: {}{}", run.stdout, run.stderr);
        let is_refused = run.stdout.contains("--max-pixels");
        assert_eq!(is_refused, name == "colour.webp", "{name}: {}", run.stdout);
        if let Some(megabytes) = megabytes {
            println!("{name}: 81 million pixels with {megabytes:.0} MB");
            assert!(megabytes <= LARGE_MEGABYTES, "{name}: {megabytes:.0} MB");
        }
    }
}

// ----------------------------------------------------------------------- damage

#[test]
fn cut_and_flipped_files_end_each_in_one_account_line() {
    let desk = Desk::new("damaged");
    let archive = desk.archive();
    let sound = sound_files();
    let mut dice = 0x2545_F491_4F6C_DD1D_u64;
    let mut throw = |below: usize| {
        dice ^= dice << 13;
        dice ^= dice >> 7;
        dice ^= dice << 17;
        (dice % below as u64) as usize
    };
    let mut count = 0;
    for (name, bytes) in &sound {
        for part in 1..4 {
            let cut = bytes.len() * part / 4 + throw(7);
            desk.put(&format!("quet/cut{part}{name}"), &bytes[..cut]);
            let mut flipped = bytes.clone();
            for _ in 0..part {
                let place = throw(flipped.len());
                flipped[place] ^= 1 << throw(8);
            }
            desk.put(&format!("quet/flip{part}{name}"), &flipped);
            count += 2;
        }
    }
    desk.put("quet/zz-tot.tif", &tiff(&[&blank(0)]));
    let run = desk.ingest(&["quet"]);
    assert!(matches!(run.code, Some(0..=2)), "{:?}: {}", run.code, run.stderr);
    let summary = run.summary();
    assert_eq!(summary["inputs"], count + 1);
    assert_eq!(summary["failed"], 0, "{}", run.stdout);
    let last = run.statuses().pop();
    assert_eq!(last.as_deref(), Some("needs_person"), "an empty page behind them");
    // What is not in a dossier is in quarantine.
    let kept = archive.quarantine().len() as u64 + archive.sources().len() as u64;
    let twins = summary["already_filed"].as_u64().unwrap();
    assert_eq!(kept + twins, count + 1, "{}", run.stdout);
    archive.is_tidy("after damaged files");
}

#[test]
fn a_file_is_what_its_bytes_say_and_not_what_its_name_says() {
    let desk = Desk::new("ending");
    desk.archive();
    for (name, bytes) in sound_files() {
        desk.put(&format!("quet/that-ra{name}.doc"), &bytes);
    }
    let run = desk.ingest(&["quet", "--blank", "keep"]);
    assert_eq!(run.summary()["inputs"], 6);
    assert!(matches!(run.code, Some(0 | 1)), "{}", run.stderr);
    assert_eq!(run.summary()["quarantined"], 0, "{}", run.stdout);
}

#[test]
fn a_sound_file_of_a_rare_coding_is_not_called_damaged() {
    let desk = Desk::new("rare");
    desk.archive();
    // Compression 50000 is Zstandard in TIFF files.
    desk.put("zstd.tif", &tiff_header(100, 100, 50_000, &[0; 64]));
    let run = desk.ingest(&["zstd.tif"]);
    assert_eq!(run.statuses(), ["quarantined"]);
    assert_eq!(run.documents()[0]["findings"][0]["code"], "input.unsupported");
    let told = Run::of(desk.sohoa().args(["ingest", "zstd.tif", "--archive", "kho"]));
    assert!(told.stdout.contains("hiếm gặp"), "{}", told.stdout);
    assert!(!told.stdout.contains("bị cắt cụt"), "{}", told.stdout);
}

#[test]
fn a_pdf_without_pages_or_with_a_page_tree_in_a_circle_is_quarantined() {
    let desk = Desk::new("pages");
    let archive = desk.archive();
    desk.put("quet/1-khong-trang.pdf", &pages_pdf("<</Type/Pages/Kids[]/Count 0>>"));
    desk.put("quet/2-vong.pdf", &pages_pdf("<</Type/Pages/Kids[2 0 R]/Count 1>>"));
    let begun = Instant::now();
    let run = desk.ingest(&["quet"]);
    assert_eq!(run.code, Some(1), "{}", run.stderr);
    assert_eq!(run.statuses(), ["quarantined"; 2]);
    assert!(begun.elapsed() < Duration::from_secs(10));
    assert_eq!(archive.quarantine().len(), 2);
}

// ----------------------------------------------------------------- what is there

#[test]
fn a_pipe_is_refused_by_name_and_nobody_waits_for_it() {
    let desk = Desk::new("pipe");
    desk.archive();
    desk.put("quet/2-tot.tif", &tiff(&[&blank(0)]));
    let pipe = desk.path("quet/1-ong.tif");
    mkfifoat(CWD, &pipe, Mode::RUSR | Mode::WUSR).unwrap();
    let run = desk.ingest(&["quet", "--blank", "keep"]);
    assert_eq!(run.code, Some(2), "{}", run.stderr);
    assert_eq!(run.statuses(), ["failed", "filed"]);
    let findings = &run.documents()[0]["findings"];
    assert_eq!(findings[0]["code"], "input.not-a-file", "{findings}");
}

#[test]
fn a_file_without_permission_is_named_and_the_others_go_on() {
    let desk = Desk::new("closed");
    desk.archive();
    let closed = desk.put("quet/1-kin.tif", &tiff(&[&blank(1)]));
    desk.put("quet/2-tot.tif", &tiff(&[&blank(0)]));
    let Some(mut program) = as_nobody(&desk, &closed) else { return };
    program.args(["ingest", "quet", "--archive", "kho", "--json", "--blank", "keep"]);
    let run = Run::of(&mut program);
    assert_eq!(run.code, Some(2), "{}", run.stderr);
    assert_eq!(run.statuses(), ["failed", "filed"]);
    let finding = &run.documents()[0]["findings"][0];
    assert_eq!(finding["code"], "input.unreadable");
    assert!(finding["vi"].as_str().unwrap().contains("không có quyền"), "{finding}");
}

#[test]
fn a_full_disk_is_said_and_what_was_filed_stays() {
    let desk = Desk::new("full");
    let small = desk.path("nho");
    fs::create_dir(&small).unwrap();
    let Some(_mounted) = Mounted::small(&small) else {
        println!("skipped: no right to mount a small disk");
        return;
    };
    // A picture that hardly shrinks, as large as half of the disk.
    let photo = jpeg_of_noise(700);
    for number in 1..=4 {
        let mut bytes = photo.clone();
        bytes.extend([0xFF, 0xD9, number]);
        desk.put(&format!("quet/{number}.jpg"), &bytes);
    }
    let sohoa = |line: &[&str]| Run::of(desk.sohoa().args(line));
    let made =
        sohoa(&["archive", "init", "nho/kho", "--agency", "H32.18", "--name", "UBND"]);
    assert_eq!(made.code, Some(0), "{}", made.stderr);
    let run = sohoa(&["ingest", "quet", "--archive", "nho/kho", "--dpi", "200"]);
    assert_eq!(run.code, Some(2), "{}{}", run.stdout, run.stderr);
    let told = run.stdout.clone() + &run.stderr;
    assert!(told.contains("đầy"), "{told}");
    let archive = Kept(small.join("kho"));
    archive.is_consistent("on a full disk");
    let before = archive.sources().len();
    assert!((1..4).contains(&before), "{before} filed: {told}");
    // Room is made, and the same command goes on.
    Mounted::grow(&small);
    let run = sohoa(&["ingest", "quet", "--archive", "nho/kho", "--dpi", "200"]);
    assert!(matches!(run.code, Some(0 | 1)), "{}{}", run.stdout, run.stderr);
    assert_eq!(archive.sources().len(), 4);
    archive.is_tidy("after room was made");
}

// -------------------------------------------------------------------- quarantine

#[test]
fn what_lay_in_quarantine_leaves_it_when_it_is_filed() {
    let desk = Desk::new("release");
    let archive = desk.archive();
    let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/pdf");
    let locked = fs::read(fixture.join("aes-256.pdf")).unwrap();
    desk.put("quet/1.pdf", &locked);
    desk.put("quet/2.tif", b"");
    assert_eq!(desk.ingest(&["quet"]).statuses(), ["quarantined"; 2]);
    let again = desk.ingest(&["quet"]);
    assert_eq!(again.statuses(), ["quarantined"; 2]);
    let before = again.documents()[1]["findings"][1]["vi"].clone();
    assert!(before.as_str().unwrap().contains("từ lần trước"), "{before}");
    assert_eq!(archive.quarantine().len(), 2);
    desk.put("mat-khau", b"matkhau\n");
    let run = desk.ingest(&["quet", "--password-file", "mat-khau"]);
    assert_eq!(run.summary()["quarantined"], 1, "{}", run.stdout);
    let findings = run.documents()[0]["findings"].to_string();
    assert!(findings.contains("input.released"), "{findings}");
    assert_eq!(archive.quarantine().len(), 1, "the empty one stays");
    archive.is_tidy("after a release");
}

// ----------------------------------------------------------------------- helpers

/// Runs `sohoa` at a desk, and tells the most memory it had in MB where GNU
/// time is there.
fn measured(desk: &Desk, line: &[&str]) -> (Run, Option<f64>) {
    let time = Path::new("/usr/bin/time");
    let mut plain = desk.sohoa();
    if !time.exists() {
        println!("skipped: memory is not measured without GNU time");
        return (Run::of(plain.args(line)), None);
    }
    let about = desk.path("memory");
    let mut program = Command::new(time);
    program.args(["-f", "%M", "-o"]).arg(&about).arg(plain.get_program()).args(line);
    program.current_dir(&desk.0);
    for (name, value) in plain.get_envs() {
        match value {
            Some(value) => program.env(name, value),
            None => program.env_remove(name),
        };
    }
    let run = Run::of(&mut program);
    let told = fs::read_to_string(about).unwrap();
    let kilobytes: f64 = told.lines().last().unwrap().trim().parse().unwrap();
    (run, Some(kilobytes / 1024.0))
}

/// The program as somebody who may not read `closed`; `None`, which is said,
/// where that cannot be had.
fn as_nobody(desk: &Desk, closed: &Path) -> Option<Command> {
    let chmod = |mode: &str, path: &Path| {
        assert!(Command::new("chmod").arg(mode).arg(path).status().unwrap().success());
    };
    chmod("000", closed);
    if !geteuid().is_root() {
        return Some(desk.sohoa());
    }
    // The built program may lie where only root comes.
    let copy = desk.path("sohoa");
    fs::copy(env!("CARGO_BIN_EXE_sohoa"), &copy).unwrap();
    chmod("755", &copy);
    let owner = format!("{NOBODY}:{NOBODY}");
    let given = Command::new("chown").args(["-R", &owner]).arg(&desk.0).status();
    let root = Command::new("chown").arg("0:0").arg(closed).status();
    let mut program = Command::new(&copy);
    for (name, value) in desk.sohoa().get_envs() {
        program.env(name, value.unwrap_or(OsStr::new("")));
    }
    program.env_remove("TESSDATA_PREFIX").current_dir(&desk.0);
    program.uid(NOBODY).gid(NOBODY);
    let starts = Command::new(&copy).arg("--version").uid(NOBODY).output();
    if ![given, root].into_iter().all(|done| done.is_ok_and(|code| code.success()))
        || !starts.is_ok_and(|output| output.status.success())
    {
        println!("skipped: cannot become another user");
        return None;
    }
    Some(program)
}

/// A small disk in memory, gone with this.
struct Mounted(PathBuf);

impl Mounted {
    fn small(place: &Path) -> Option<Self> {
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", "size=2m", "tmpfs"])
            .arg(place)
            .output();
        mounted
            .is_ok_and(|output| output.status.success())
            .then(|| Self(place.to_owned()))
    }

    fn grow(place: &Path) {
        let grown =
            Command::new("mount").args(["-o", "remount,size=64m"]).arg(place).status();
        assert!(grown.unwrap().success());
    }
}

impl Drop for Mounted {
    fn drop(&mut self) {
        drop(Command::new("umount").arg(&self.0).output());
    }
}

/// One small sound file of each format, by its ending.
fn sound_files() -> Vec<(&'static str, Vec<u8>)> {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/raster");
    let fixture = |name: &str| fs::read(fixtures.join(name)).unwrap();
    vec![
        (".tif", fixture("rgb-lzw2.tif")),
        (".jpg", fixture("444.jpg")),
        (".png", fixture("rgb.png")),
        (".bmp", fixture("rgb.bmp")),
        (".webp", fixture("lossless.webp")),
        (".pdf", typed_pdf("Xin chao")),
    ]
}

/// A PNG whose every row has these samples, 8 bits each.
fn png(width: u32, height: u32, colour: u8, row: &[u8]) -> Vec<u8> {
    let mut header = width.to_be_bytes().to_vec();
    header.extend(height.to_be_bytes());
    header.extend([8, colour, 0, 0, 0]);
    let mut pixels = ZlibEncoder::new(Vec::new(), Compression::fast());
    // A row that is too short stands for a file that only has a header.
    let whole = row.len() >= width as usize;
    for _ in 0..if whole { height } else { 1 } {
        pixels.write_all(&[0]).unwrap();
        pixels.write_all(row).unwrap();
    }
    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    for (kind, content) in
        [(b"IHDR", header), (b"IDAT", pixels.finish().unwrap()), (b"IEND", Vec::new())]
    {
        file.extend((content.len() as u32).to_be_bytes());
        let mut checked = flate2::Crc::new();
        checked.update(kind);
        checked.update(&content);
        file.extend(kind);
        file.extend(content);
        file.extend(checked.sum().to_be_bytes());
    }
    file
}

/// A bilevel TIFF of one strip at 600 dpi.
fn tiff_header(width: u32, height: u32, compression: u32, strip: &[u8]) -> Vec<u8> {
    let entries = [
        (256_u16, 4_u16, width),
        (257, 4, height),
        (258, 3, 1),
        (259, 3, compression),
        (262, 3, 0),
        (273, 4, 150),
        (278, 4, height),
        (279, 4, strip.len() as u32),
        (282, 5, 138),
        (283, 5, 138),
    ];
    let mut file = b"II*\0\x08\0\0\0".to_vec();
    file.extend((entries.len() as u16).to_le_bytes());
    for (tag, kind, value) in entries {
        file.extend(tag.to_le_bytes());
        file.extend(kind.to_le_bytes());
        file.extend(1_u32.to_le_bytes());
        file.extend(value.to_le_bytes());
    }
    file.resize(138, 0);
    file.extend(600_u32.to_le_bytes());
    file.extend(1_u32.to_le_bytes());
    file.resize(150, 0);
    file.extend(strip);
    file
}

/// A colour TIFF without compression.
fn plain_tiff(side: u32) -> Vec<u8> {
    let mut file = tiff_header(side, side, 1, &[]);
    let pixels = side * side * 3;
    // Photometric, bits a sample, samples a pixel, bytes of the strip.
    for (entry, value) in [(2, 8), (4, 2), (7, pixels)] {
        let at = 10 + entry * 12 + 8;
        file[at..at + 4].copy_from_slice(&u32::to_le_bytes(value));
    }
    // The rows a strip has give way to samples a pixel: one strip is all there is.
    let rows = 10 + 6 * 12;
    file[rows..rows + 2].copy_from_slice(&277_u16.to_le_bytes());
    file[rows + 2..rows + 4].copy_from_slice(&3_u16.to_le_bytes());
    file[rows + 8..rows + 12].copy_from_slice(&3_u32.to_le_bytes());
    file.resize(file.len() + pixels as usize, 0xFF);
    file
}

/// A BMP of 24 bits, all of it.
fn plain_bmp(side: u32) -> Vec<u8> {
    let mut file = bmp_header(side, side);
    file.truncate(54);
    file.resize(54 + (side * side * 3) as usize, 0xFF);
    file
}

/// A lossless WebP in colour.
fn webp(side: u32) -> Vec<u8> {
    let picture = image::RgbImage::from_pixel(side, side, image::Rgb([0xFF; 3]));
    let mut file = Cursor::new(Vec::new());
    picture.write_to(&mut file, image::ImageFormat::WebP).unwrap();
    file.into_inner()
}

/// White rows in Group 4: each is the code `1`, the row as above it.
fn white_fax(rows: u32) -> Vec<u8> {
    vec![0xFF; rows.div_ceil(8) as usize]
}

/// The headers of a BMP of 24 bits.
fn bmp_header(width: u32, height: u32) -> Vec<u8> {
    let mut file = b"BM".to_vec();
    file.extend([0; 8]);
    file.extend(54_u32.to_le_bytes());
    file.extend(40_u32.to_le_bytes());
    file.extend(width.to_le_bytes());
    file.extend(height.to_le_bytes());
    file.extend([1, 0, 24, 0]);
    file.extend([0; 24]);
    file.extend([0; 64]);
    file
}

/// The headers of a grey JPEG.
fn jpeg_header(width: u16, height: u16) -> Vec<u8> {
    let mut file = jpeg(16, false);
    let frame = file.windows(2).position(|mark| mark == [0xFF, 0xC0]).unwrap();
    file[frame + 5..frame + 7].copy_from_slice(&height.to_be_bytes());
    file[frame + 7..frame + 9].copy_from_slice(&width.to_be_bytes());
    file
}

/// A square JPEG in colour, white with a black bar.
fn jpeg(side: usize, progressive: bool) -> Vec<u8> {
    let mut coder = mozjpeg::Compress::new(mozjpeg::ColorSpace::JCS_RGB);
    coder.set_size(side, side);
    coder.set_fastest_defaults();
    if progressive {
        coder.set_progressive_mode();
    }
    let mut started = coder.start_compress(Vec::new()).unwrap();
    let mut row = vec![0xFF; side * 3];
    row[side..side + side / 4].fill(0);
    for _ in 0..side {
        started.write_scanlines(&row).unwrap();
    }
    started.finish().unwrap()
}

/// A square JPEG of grey noise.
fn jpeg_of_noise(side: usize) -> Vec<u8> {
    let mut coder = mozjpeg::Compress::new(mozjpeg::ColorSpace::JCS_GRAYSCALE);
    coder.set_size(side, side);
    coder.set_fastest_defaults();
    coder.set_quality(98.0);
    let mut started = coder.start_compress(Vec::new()).unwrap();
    let mut state = 1_u32;
    for _ in 0..side {
        let row: Vec<u8> = (0..side)
            .map(|_| {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                (state >> 24) as u8
            })
            .collect();
        started.write_scanlines(&row).unwrap();
    }
    started.finish().unwrap()
}

/// A PDF of one page with one picture.
fn picture_pdf(width: u32, height: u32, filter: &str, data: &[u8]) -> Vec<u8> {
    let mut file = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n\
        2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n\
        3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R\
        /Resources<</XObject<</I 5 0 R>>>>>>endobj\n\
        4 0 obj<</Length 24>>stream\n595 0 0 842 0 0 cm /I Do\nendstream endobj\n"
        .to_vec();
    writeln!(
        file,
        "5 0 obj<</Type/XObject/Subtype/Image/Width {width}/Height {height}\
         /BitsPerComponent 1/ColorSpace/DeviceGray/Filter{filter}\
         /DecodeParms<</K -1/Columns {width}/Rows {height}>>/Length {}>>stream",
        data.len()
    )
    .unwrap();
    file.extend(data);
    file.extend(b"\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n");
    file
}

/// A PDF of one page with one JPEG.
fn jpeg_pdf(side: u32, data: &[u8]) -> Vec<u8> {
    let file = picture_pdf(side, side, "/DCTDecode", data);
    let text = b"/BitsPerComponent 1/ColorSpace/DeviceGray";
    let colour = b"/BitsPerComponent 8/ColorSpace/DeviceRGB ";
    let at = file.windows(text.len()).position(|here| here == text).unwrap();
    let mut file = file;
    file[at..at + text.len()].copy_from_slice(colour);
    file
}

/// A PDF whose page tree is `pages`.
fn pages_pdf(pages: &str) -> Vec<u8> {
    format!(
        "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj{pages}endobj\n\
         trailer<</Root 1 0 R>>\n%%EOF\n"
    )
    .into_bytes()
}
