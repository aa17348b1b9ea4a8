//! What others read in a file we wrote. `tests/judges/setup.sh` installs
//! them; one that is absent is named and left out.
#![expect(
    clippy::unwrap_in_result,
    reason = "`None` is an absent judge; one that misbehaves fails the test"
)]

use std::path::{Path, PathBuf};
use std::process::Command;

use sohoa::units::Rect;

/// What one judge reads: a text for each page.
pub(crate) struct Reading {
    pub(crate) judge: &'static str,
    pub(crate) pages: Vec<String>,
}

/// All that judges read in `pdf`.
pub(crate) fn readings(pdf: &Path) -> Vec<Reading> {
    let file = pdf.to_str().unwrap();
    let modules = target("judges/node/node_modules");
    let modules = modules.to_str().unwrap();
    let python = python();
    let poppler: [(&str, &[&str]); 3] = [
        ("pdftotext", &[file, "-"]),
        ("pdftotext -raw", &["-raw", file, "-"]),
        ("pdftotext -layout", &["-layout", file, "-"]),
    ];
    let mut readings: Vec<_> = poppler
        .into_iter()
        .map(|(judge, args)| (judge, ask("pdftotext", args).map(|t| sheets(&t))))
        .collect();
    let mupdf = ask("mutool", &["draw", "-q", "-F", "txt", file]);
    readings.push(("mutool", mupdf.map(|text| sheets(&text))));
    let pdfium = ask(&python, &["tests/judges/extract.py", file]);
    readings.push(("pdfium", pdfium.map(|text| objects(&text))));
    let node = Path::new(modules).exists();
    let pdfjs = node.then(|| ask("node", &["tests/judges/extract.mjs", modules, file]));
    readings.push(("pdf.js", pdfjs.flatten().map(|text| objects(&text))));
    let present = readings.into_iter().filter_map(|(judge, pages)| {
        let Some(pages) = pages else {
            absent(judge);
            return None;
        };
        Some(Reading { judge, pages })
    });
    present.collect()
}

/// The words of a page with their boxes in points from the top left corner,
/// as Poppler sees them; `None` without Poppler.
pub(crate) fn boxes(pdf: &Path, page: usize) -> Option<Vec<(String, Rect)>> {
    let number = page.to_string();
    let args = ["-bbox", "-f", &number, "-l", &number, pdf.to_str().unwrap(), "-"];
    let Some(html) = ask("pdftotext", &args) else {
        absent("pdftotext");
        return None;
    };
    let word = |line: &str| {
        let rest = line.trim().strip_prefix("<word ")?;
        let (attributes, text) = rest.split_once('>')?;
        let side = |name: &str| {
            let from = attributes.split_once(&format!("{name}=\""))?.1;
            from.split_once('"')?.0.parse().ok()
        };
        let text =
            text.strip_suffix("</word>")?.replace("&lt;", "<").replace("&gt;", ">");
        let text = text.replace("&quot;", "\"").replace("&amp;", "&");
        let (left, top) = (side("xMin")?, side("yMin")?);
        Some((text, Rect { left, top, right: side("xMax")?, bottom: side("yMax")? }))
    };
    Some(html.lines().filter_map(word).collect())
}

/// The words of the first page and where `MuPDF` sees their middle, in points
/// from the top left corner; `None` without it.
pub(crate) fn middles(pdf: &Path) -> Option<Vec<(String, f64, f64)>> {
    let Some(xml) = ask("mutool", &["draw", "-q", "-F", "stext", pdf.to_str().unwrap()])
    else {
        absent("mutool");
        return None;
    };
    let mut words = Vec::new();
    let (mut text, mut corners) = (String::new(), Vec::new());
    for line in xml.lines().map(str::trim) {
        let attribute = |name: &str| {
            let from = line.split_once(&format!(" {name}=\""))?.1;
            Some(from.split_once('"')?.0)
        };
        let letter = attribute("c").filter(|_| line.starts_with("<char")).map(plain);
        match letter {
            Some(letter) if letter != " " => {
                text += &letter;
                let quad = attribute("quad").unwrap().split(' ');
                corners.extend(quad.map(|side| side.parse::<f64>().unwrap()));
            }
            _ if line.starts_with("<font") || text.is_empty() => {}
            _ => {
                let middle = |axis: usize| {
                    let sides = corners.iter().skip(axis).step_by(2);
                    let (least, most) = sides
                        .fold((f64::MAX, f64::MIN), |(l, m), v| (v.min(l), v.max(m)));
                    f64::midpoint(least, most)
                };
                words.push((std::mem::take(&mut text), middle(0), middle(1)));
                corners.clear();
            }
        }
    }
    Some(words)
}

/// The character of an XML attribute.
fn plain(escaped: &str) -> String {
    let code = escaped.strip_prefix("&#x").and_then(|rest| rest.strip_suffix(';'));
    match (code, escaped) {
        (Some(hex), _) => {
            let code = u32::from_str_radix(hex, 16).unwrap();
            char::from_u32(code).unwrap().to_string()
        }
        (None, "&lt;") => "<".to_owned(),
        (None, "&gt;") => ">".to_owned(),
        (None, "&amp;") => "&".to_owned(),
        (None, "&quot;") => "\"".to_owned(),
        (None, "&apos;") => "'".to_owned(),
        (None, plain) => plain.to_owned(),
    }
}

/// The verdict of `qpdf --check`, which says nothing when all is well.
pub(crate) fn structure(pdf: &Path) -> Option<String> {
    let output = Command::new("qpdf").arg("--check").arg(pdf).output();
    let Ok(output) = output else {
        absent("qpdf");
        return None;
    };
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    Some(if output.status.success() { said } else { format!("failed: {said}") })
}

/// The verdict of pikepdf on PDF/A-2u: `PDF/A-2u: pass` or the findings.
pub(crate) fn conformance(pdf: &Path) -> Option<String> {
    let said =
        ask(&python(), &["tests/judges/extract.py", "--pdfa", pdf.to_str().unwrap()]);
    if said.is_none() {
        absent("pikepdf");
    }
    said
}

/// A page drawn by `pdftoppm` or `mutool` as grey samples with its width;
/// `None` where the judge is absent.
pub(crate) fn drawn(judge: &str, pdf: &Path, dpi: f64) -> Option<(usize, Vec<u8>)> {
    let out = pdf.with_extension(judge);
    let (file, out_name) = (pdf.to_str().unwrap(), out.to_str().unwrap());
    let dpi = dpi.to_string();
    let pgm = format!("{out_name}.pgm");
    let done = match judge {
        "pdftoppm" => ask(
            judge,
            &[
                "-r",
                &dpi,
                "-gray",
                "-aa",
                "no",
                "-aaVector",
                "no",
                "-singlefile",
                file,
                out_name,
            ],
        ),
        _ => ask("mutool", &["draw", "-q", "-r", &dpi, "-A", "0", "-o", &pgm, file, "1"]),
    };
    if done.is_none() {
        absent(judge);
        return None;
    }
    let bytes = std::fs::read(pgm).unwrap();
    // P5, width, height, 255: three lines, or four with a comment.
    let mut fields = Vec::new();
    let mut rest = bytes.as_slice();
    while fields.len() < 4 {
        let end = rest.iter().position(u8::is_ascii_whitespace).unwrap();
        let field = String::from_utf8_lossy(&rest[..end]).into_owned();
        rest = &rest[end + 1..];
        if !field.is_empty() {
            fields.push(field);
        }
    }
    Some((fields[1].parse().unwrap(), rest.to_vec()))
}

/// A file for a judge to look at, under the build directory.
pub(crate) fn file(name: &str, bytes: &[u8]) -> PathBuf {
    let folder = target("judges/files");
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join(name).with_extension("pdf");
    std::fs::write(&path, bytes).unwrap();
    path
}

/// What a program prints, or `None` if it is absent or fails to start its
/// work.
fn ask(program: &str, args: &[&str]) -> Option<String> {
    let output = Command::new(program).args(args).output().ok()?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(said.contains("ModuleNotFoundError"), "`{program}` {args:?}: {said}");
        return None;
    }
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// The Python that has the judges, or else any.
pub(crate) fn python() -> String {
    let own = target("judges/venv/bin/python");
    if own.exists() { own.to_str().unwrap().to_owned() } else { "python3".to_owned() }
}

fn target(name: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap().join(name)
}

fn absent(judge: &str) {
    eprintln!("skipped: `{judge}` is not installed; `tests/judges/setup.sh` installs it");
}

/// Pages of a text, which form feeds end.
fn sheets(text: &str) -> Vec<String> {
    let mut pages: Vec<_> = text.split('\u{c}').map(str::to_owned).collect();
    pages.pop_if(|rest| rest.trim().is_empty());
    pages
}

/// The texts of lines of JSON.
fn objects(lines: &str) -> Vec<String> {
    let text = |line: &str| {
        let object: serde_json::Value = serde_json::from_str(line).unwrap();
        object["text"].as_str().unwrap().to_owned()
    };
    lines.lines().map(text).collect()
}
