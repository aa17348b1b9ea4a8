//! The text of a document for other programs: plain, hOCR 1.2, ALTO 4, JSON.
//!
//! All four have the same words in the same reading order. Places are those of
//! the pages as they are shown: tenths of a millimetre in ALTO (`mm10`), pixels
//! at the page's own resolution in hOCR, millimetres in JSON.

use std::fmt::Write as _;

use serde_json::{Map, Value, json};

use crate::text::{Line, TextLayer, score};
use crate::units::{Mm, Rect};

/// A page to export.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    /// Its number in the source, from 1.
    pub number: u32,
    /// Its width.
    pub width: Mm,
    /// Its height.
    pub height: Mm,
    /// Dots an inch of its picture.
    pub dpi: f64,
    /// Its words, places in millimetres from the top left.
    pub text: TextLayer,
}

/// A form of export.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A line of text a line of print, a form feed after each page.
    Plain,
    /// hOCR 1.2 in XHTML.
    Hocr,
    /// ALTO 4, the schema of the Library of Congress.
    Alto,
    /// Our own, with the fields found.
    Json,
}

impl Format {
    /// The endings of file names, and the form each means.
    pub const ENDINGS: [(&str, Self); 5] = [
        (".alto.xml", Self::Alto),
        (".hocr", Self::Hocr),
        (".hocr.html", Self::Hocr),
        (".json", Self::Json),
        (".txt", Self::Plain),
    ];

    /// The form that the ending of `name` means.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        let name = name.to_lowercase();
        Self::ENDINGS
            .iter()
            .find(|(ending, _)| name.ends_with(ending))
            .map(|(_, form)| *form)
    }
}

/// The document in this form. `software` is who read it, `about` what else is
/// known, for JSON.
#[must_use]
pub fn write(
    pages: &[Page],
    form: Format,
    software: &str,
    about: &Map<String, Value>,
) -> String {
    match form {
        Format::Plain => pages.iter().map(|page| page.text.text() + "\u{c}").collect(),
        Format::Hocr => hocr(pages, software),
        Format::Alto => alto(pages, software),
        Format::Json => json(pages, about),
    }
}

/// hOCR 1.2: `ocr_page`, `ocr_par`, `ocr_line`, `ocrx_word`.
fn hocr(pages: &[Page], software: &str) -> String {
    let mut out = hocr_head(software);
    for (page, ordinal) in pages.iter().zip(0_usize..) {
        let pixels = |mm: f64| mm / 25.4 * page.dpi;
        let bbox = |at: Rect| {
            let sides = [at.left, at.top, at.right, at.bottom]
                .map(|mm| pixels(mm).round().max(0.0));
            let [left, top, right, bottom] = sides;
            format!("bbox {left:.0} {top:.0} {right:.0} {bottom:.0}")
        };
        let whole =
            Rect { left: 0.0, top: 0.0, right: page.width.0, bottom: page.height.0 };
        let resolution = page.dpi.round();
        line(
            &mut out,
            format_args!(
                "<div class=\"ocr_page\" id=\"page_{}\" title=\"{}; ppageno {ordinal}; scan_res {resolution} {resolution}\">",
                ordinal + 1,
                bbox(whole),
            ),
        );
        let mut is_open = false;
        for (text, number) in page.text.lines.iter().zip(1..) {
            if text.begins_paragraph || !is_open {
                if is_open {
                    out.push_str("</p>\n");
                }
                out.push_str("<p class=\"ocr_par\">\n");
                is_open = true;
            }
            line(
                &mut out,
                format_args!(
                    "<span class=\"ocr_line\" id=\"line_{}_{number}\" title=\"{}\">",
                    ordinal + 1,
                    bbox(text.place()),
                ),
            );
            for (word, count) in text.words.iter().zip(1..) {
                line(
                    &mut out,
                    format_args!(
                        "<span class=\"ocrx_word\" id=\"word_{}_{number}_{count}\" title=\"{}; x_wconf {:.0}\">{}</span>",
                        ordinal + 1,
                        bbox(word.place),
                        word.confidence.clamp(0.0, 100.0),
                        escaped(&word.text),
                    ),
                );
            }
            out.push_str("</span>\n");
        }
        out.push_str(if is_open { "</p>\n</div>\n" } else { "</div>\n" });
    }
    out.push_str("</body>\n</html>\n");
    out
}

/// What stands before the pages.
fn hocr_head(software: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE html>\n\
         <html xmlns=\"http://www.w3.org/1999/xhtml\" xml:lang=\"vi\" lang=\"vi\">\n<head>\n\
         <title></title>\n<meta charset=\"utf-8\" />\n\
         <meta name=\"ocr-system\" content=\"{}\" />\n\
         <meta name=\"ocr-capabilities\" content=\"ocr_page ocr_par ocr_line ocrx_word\" />\n\
         </head>\n<body>\n",
        escaped(software)
    )
}

/// ALTO 4: `Page`, `PrintSpace`, `TextBlock`, `TextLine`, `String`, `SP`.
fn alto(pages: &[Page], software: &str) -> String {
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <alto xmlns=\"http://www.loc.gov/standards/alto/ns-v4#\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" \
         xsi:schemaLocation=\"http://www.loc.gov/standards/alto/ns-v4# \
         http://www.loc.gov/standards/alto/v4/alto-4-4.xsd\">\n\
         <Description>\n<MeasurementUnit>mm10</MeasurementUnit>\n\
         <Processing ID=\"reading\">\n<processingSoftware>\n\
         <softwareName>{}</softwareName>\n</processingSoftware>\n</Processing>\n\
         </Description>\n<Layout>\n",
        escaped(software)
    );
    for (page, number) in pages.iter().zip(1..) {
        let whole =
            Rect { left: 0.0, top: 0.0, right: page.width.0, bottom: page.height.0 };
        let [_, _, width, height] = tenths(whole);
        line(
            &mut out,
            format_args!(
                "<Page ID=\"page_{number}\" PHYSICAL_IMG_NR=\"{}\" WIDTH=\"{width}\" HEIGHT=\"{height}\">",
                page.number,
            ),
        );
        line(&mut out, format_args!("<PrintSpace {}>", sides(whole)));
        let blocks = page.text.lines.chunk_by(|_, next| !next.begins_paragraph);
        for (block, at) in blocks.zip(1..) {
            let place =
                block.iter().map(Line::place).reduce(Rect::union).unwrap_or_default();
            line(
                &mut out,
                format_args!("<TextBlock ID=\"block_{number}_{at}\" {}>", sides(place)),
            );
            for (text, row) in block.iter().zip(1..) {
                line(
                    &mut out,
                    format_args!(
                        "<TextLine ID=\"line_{number}_{at}_{row}\" {}>",
                        sides(text.place()),
                    ),
                );
                words(&mut out, text, &format!("{number}_{at}_{row}"));
                out.push_str("</TextLine>\n");
            }
            out.push_str("</TextBlock>\n");
        }
        out.push_str("</PrintSpace>\n</Page>\n");
    }
    out.push_str("</Layout>\n</alto>\n");
    out
}

/// The words of a line of ALTO, a space between two.
fn words(out: &mut String, text: &Line, id: &str) {
    for (word, count) in text.words.iter().zip(1..) {
        let sure = f64::from(word.confidence.clamp(0.0, 100.0)) / 100.0;
        line(
            out,
            format_args!(
                "<String ID=\"word_{id}_{count}\" {} WC=\"{sure:.3}\" CONTENT=\"{}\"/>",
                sides(word.place),
                escaped(&word.text),
            ),
        );
        if count < text.words.len() {
            out.push_str("<SP/>\n");
        }
    }
}

/// Place as ALTO writes it.
fn sides(place: Rect) -> String {
    let [left, top, width, height] = tenths(place);
    format!("HPOS=\"{left}\" VPOS=\"{top}\" WIDTH=\"{width}\" HEIGHT=\"{height}\"")
}

/// Left, top, width and height in tenths of a millimetre.
fn tenths(place: Rect) -> [f64; 4] {
    let sides = [place.left, place.top, place.width(), place.height()];
    sides.map(|mm| (mm * 10.0).round().max(0.0))
}

/// Everything, for scripts.
fn json(pages: &[Page], about: &Map<String, Value>) -> String {
    let place = |at: Rect| {
        [at.left, at.top, at.right, at.bottom].map(|mm| (mm * 10.0).round() / 10.0)
    };
    let line = |line: &Line| {
        let words = line.words.iter().map(|word| {
            let confidence = (f64::from(word.confidence) * 10.0).round() / 10.0;
            json!({ "text": word.text, "place_mm": place(word.place), "confidence": confidence })
        });
        json!({ "text": line.text(), "place_mm": place(line.place()), "words": words.collect::<Vec<_>>() })
    };
    let page = |page: &Page| {
        json!({
            "number": page.number,
            "width_mm": page.width.0,
            "height_mm": page.height.0,
            "score": score::of(&page.text),
            "lines": page.text.lines.iter().map(line).collect::<Vec<_>>(),
        })
    };
    let mut whole = Map::new();
    whole.insert("schema".to_owned(), "sohoa.text/1".into());
    whole.extend(about.clone());
    whole.insert("pages".to_owned(), pages.iter().map(page).collect());
    Value::Object(whole).to_string() + "\n"
}

/// A line of markup.
fn line(out: &mut String, text: std::fmt::Arguments<'_>) {
    // Writing to a `String` cannot fail.
    writeln!(out, "{text}").ok();
}

/// Text as XML 1.0 has it (2.2 and 2.4): what is no character of XML is left out.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\t' | '\n' | '\r' => safe.push(' '),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
            other => safe.push(other),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Word;

    fn page() -> Page {
        let word = |text: &str, left: f64| Word {
            text: text.to_owned(),
            place: Rect { left, top: 20.0, right: left + 10.0, bottom: 24.0 },
            confidence: 91.4,
            ..Word::default()
        };
        let words = vec![word("Số:", 25.4), word("<05>&\u{1}\"", 40.0)];
        let line = Line { words, begins_paragraph: true, ..Line::default() };
        Page {
            number: 1,
            width: Mm(210.0),
            height: Mm(297.0),
            dpi: 200.0,
            text: TextLayer { lines: vec![line.clone(), line], ..TextLayer::default() },
        }
    }

    #[test]
    fn names_say_the_form() {
        assert_eq!(Format::of_name("a.ALTO.xml"), Some(Format::Alto));
        assert_eq!(Format::of_name("a.hocr"), Some(Format::Hocr));
        assert_eq!(Format::of_name("a.xml"), None);
    }

    #[test]
    fn markup_keeps_text_harmless_and_places_exact() {
        let alto = write(&[page()], Format::Alto, "sohoa & co", &Map::new());
        assert!(alto.contains("CONTENT=\"&lt;05&gt;&amp;&quot;\""), "{alto}");
        assert!(alto.contains(
            "HPOS=\"254\" VPOS=\"200\" WIDTH=\"100\" HEIGHT=\"40\" WC=\"0.914\""
        ));
        assert!(alto.contains("<softwareName>sohoa &amp; co</softwareName>"));
        let hocr = write(&[page()], Format::Hocr, "x", &Map::new());
        assert!(hocr.contains("bbox 200 157 279 189; x_wconf 91"), "{hocr}");
        assert_eq!(hocr.matches("<p class").count(), hocr.matches("</p>").count());
    }

    #[test]
    fn json_and_plain_text_say_the_same() {
        let plain = write(&[page()], Format::Plain, "x", &Map::new());
        let json = write(&[page()], Format::Json, "x", &Map::new());
        let json: Value = serde_json::from_str(&json).unwrap();
        let lines = json["pages"][0]["lines"].as_array().unwrap();
        let joined: String = lines
            .iter()
            .map(|line| format!("{}\n", line["text"].as_str().unwrap()))
            .collect();
        assert_eq!(plain, joined + "\u{c}");
    }
}
