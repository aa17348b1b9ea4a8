//! What is told of a page beside its text: that it is blank, skewed, hard to read.

use crate::finding::{Finding, Weight};
use crate::page::blank::Marks;
use crate::page::ink::Ink;
use crate::say::{self, Lang};
use crate::text::TextLayer;

/// Skew below this many degrees is not worth a word in the record.
pub(crate) const SAID_SKEW: f64 = 0.5;
/// Below this confidence the text is called doubtful.
pub(crate) const DOUBTFUL: f32 = 50.0;

/// What to say of a blank page.
pub(crate) fn blank(marks: &Marks, kept: bool) -> Finding {
    let finding = if kept {
        Finding::new("blank.kept", Weight::Note, say::page::blank_kept)
    } else {
        Finding::new("blank.set-aside", Weight::Note, say::page::blank_set_aside)
    };
    finding.measured("dust_share", marks.dust, Some(Marks::DUST_LIMIT))
}

/// What to say of a skewed page.
pub(crate) fn skewed(skew: f64, straightened: bool) -> Finding {
    let told = |lang: Lang| {
        let degrees = format!("{:.1}", skew.abs());
        let degrees = degrees.replace('.', &lang.decimal_mark().to_string());
        if skew > 0.0 {
            say::page::clockwise(lang, degrees)
        } else {
            say::page::counter_clockwise(lang, degrees)
        }
    };
    let finding = if straightened {
        let say = |lang| say::page::page_straightened(lang, told(lang));
        Finding::new("page.straightened", Weight::Note, say)
    } else {
        let say = |lang| say::page::page_skewed(lang, told(lang));
        Finding::new("page.skewed", Weight::Note, say)
    };
    finding.measured("skew_degrees", skew, Some(SAID_SKEW))
}

/// What to say of text that is missing or doubtful on a page with ink.
pub(crate) fn legibility(
    text: &TextLayer,
    confidence: f32,
    ink: &Ink,
) -> Option<Finding> {
    /// With less print than this a page may well have no words.
    const FEW_MARKS: f64 = 0.001;
    if text.lines.is_empty() && ink.is_dark() {
        let finding =
            Finding::new("page.dark", Weight::NeedsPerson, say::page::page_dark);
        return Some(finding.measured("brightest", f64::from(ink.paper), None));
    }
    if text.lines.is_empty() {
        let print = ink.share(2);
        let weight =
            if print < FEW_MARKS { Weight::Warning } else { Weight::NeedsPerson };
        let finding = Finding::new("text.none", weight, say::page::text_none);
        return Some(finding.measured("print_share", print, Some(FEW_MARKS)));
    }
    (confidence < DOUBTFUL).then(|| {
        Finding::new("text.doubtful", Weight::Warning, |lang| {
            say::page::text_doubtful(lang, confidence.round())
        })
        .measured("confidence", confidence.into(), Some(DOUBTFUL.into()))
    })
}
