//! Text laid over a page of an existing PDF is found there, and nothing else
//! of the file changes.

use sohoa::digest::Digest;
use sohoa::pdf::graft::{self, Laid};
use sohoa::pdf::{self, Opened};
use sohoa::pdfa::{self, About, Document, Page};
use sohoa::raster::Limits;
use sohoa::text::{Line, TextLayer, Word};
use sohoa::time::Timestamp;
use sohoa::units::{Affine, Rect};

fn page(text: Option<&str>) -> Page {
    let word = |text: &str| Word {
        text: text.to_owned(),
        place: Rect { left: 100.0, top: 200.0, right: 300.0, bottom: 240.0 },
        confidence: 95.0,
        ..Word::default()
    };
    let line = |text: &str| Line {
        words: vec![word(text)],
        baseline: (100.0, 232.0, 300.0, 232.0),
        begins_paragraph: true,
    };
    let map = Affine::new([0.36, 0.0, 0.0, -0.36, 0.0, 842.0]);
    Page {
        width: 595.0,
        height: 842.0,
        image: None,
        image_map: map,
        text: TextLayer {
            lines: text.map(line).into_iter().collect(),
            ..TextLayer::default()
        },
        text_map: map,
    }
}

fn file(pages: Vec<Page>) -> Vec<u8> {
    let now = Timestamp::from_unix(1_784_171_625).unwrap();
    let about = About::new("", now, Digest::of(b"graft"));
    pdfa::write(&Document { about, pages }).unwrap()
}

fn open(bytes: Vec<u8>) -> Opened {
    pdf::open(bytes.into(), None, Limits::default()).unwrap()
}

fn said(opened: &Opened, index: usize) -> String {
    opened.page(index).unwrap().text.map(|text| text.text()).unwrap_or_default()
}

#[test]
fn text_laid_over_one_page_is_on_that_page_only() {
    let original = file(vec![page(Some("đường")), page(None), page(Some("phố"))]);
    let text = file(vec![page(Some("Thủy"))]);
    let laid = [Laid { onto: 1, map: Affine::IDENTITY }];
    let grafted = open(graft::lay(&original, "", &text, &laid).unwrap());
    assert_eq!(grafted.page_count(), 3);
    let pages = [0, 1, 2].map(|index| said(&grafted, index).trim().to_owned());
    assert_eq!(pages, ["đường", "Thủy", "phố"]);
}

#[test]
fn text_for_a_page_that_is_not_there_is_refused() {
    let original = file(vec![page(None)]);
    let text = file(vec![page(Some("a"))]);
    let laid = [Laid { onto: 7, map: Affine::IDENTITY }];
    assert_eq!(graft::lay(&original, "", &text, &laid), None);
    assert_eq!(graft::lay(b"%PDF-1.7", "", &text, &laid), None);
}
