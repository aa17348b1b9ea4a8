//! Tesseract 5 in this process, through the few C functions that are needed.
//!
//! This is the only file of the crate with unsafe code. Its rules come from
//! `tesseract/capi.h`: strings the engine returns are freed with
//! `TessDeleteText`; a page iterator got from a result iterator is a borrowed
//! view of it. The bindings are written by hand because the published crates
//! lack the result iterator, or download and build the engine.
#![expect(unsafe_code, reason = "the door to a C library")]

use std::ffi::{CStr, CString, c_char, c_int, c_void};
use std::fs;
use std::path::{Path, PathBuf};
use std::ptr;
use std::sync::Arc;
use std::time::Duration;

use unicode_normalization::UnicodeNormalization as _;

use crate::ocr::{Engine, Layout, ReadError, Reader};
use crate::raster::{Depth, Raster};
use crate::text::{Choice, Line, Symbol, TextLayer, Word};
use crate::units::{Dpi, Rect};

/// Where Debian, Ubuntu and a build from source keep the language data.
pub const USUAL_FOLDERS: [&str; 4] = [
    "/usr/share/tesseract-ocr/5/tessdata",
    "/usr/share/tesseract-ocr/4.00/tessdata",
    "/usr/share/tessdata",
    "/usr/local/share/tessdata",
];

/// Tesseract with the data of one or more languages.
#[derive(Clone, Debug)]
pub struct Tesseract {
    language: CString,
    source: Source,
}

/// How the engine gets its data.
#[derive(Clone, Debug)]
enum Source {
    /// One language: read once, shared by all readers.
    Memory(Arc<[u8]>),
    /// Several languages: the interface takes only one from memory.
    Folder(CString),
}

impl Tesseract {
    /// Loads the data of `language`, such as `vie` or `vie+eng`, from the
    /// first of `folders` that has all of it.
    ///
    /// # Errors
    ///
    /// [`ReadError::NoData`] when no folder has it.
    pub fn load(language: &str, folders: &[PathBuf]) -> Result<Self, ReadError> {
        let parts: Vec<&str> = language.split('+').collect();
        let has_all = |folder: &&PathBuf| {
            parts.iter().all(|part| data_file(folder, part).is_file())
        };
        let no_data = || ReadError::NoData {
            language: language.to_owned(),
            searched: folders
                .iter()
                .map(|folder| folder.display().to_string())
                .collect::<Vec<_>>()
                .join(", "),
        };
        let plain = parts.iter().all(|part| {
            !part.is_empty()
                && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
        });
        let folder =
            folders.iter().filter(|_| plain).find(has_all).ok_or_else(no_data)?;
        let source = match parts.as_slice() {
            [one] => {
                let bytes =
                    fs::read(data_file(folder, one)).map_err(|_unreadable| no_data())?;
                Source::Memory(bytes.into())
            }
            _several => {
                let folder = folder.to_str().and_then(|folder| CString::new(folder).ok());
                Source::Folder(folder.ok_or_else(no_data)?)
            }
        };
        let language = CString::new(language).map_err(|_nul| no_data())?;
        Ok(Self { language, source })
    }
}

/// The file that holds the data of `language`.
fn data_file(folder: &Path, language: &str) -> PathBuf {
    folder.join(format!("{language}.traineddata"))
}

impl Engine for Tesseract {
    fn name(&self) -> String {
        // SAFETY: returns a static string that is never freed.
        let version = unsafe { CStr::from_ptr(TessVersion()) };
        format!(
            "tesseract {} {}",
            version.to_string_lossy(),
            self.language.to_string_lossy()
        )
    }

    fn reader(&self) -> Result<Box<dyn Reader>, ReadError> {
        Handle::new(self).map(|handle| Box::new(handle) as Box<dyn Reader>)
    }
}

/// `OEM_LSTM_ONLY`.
const LSTM_ONLY: c_int = 1;
/// `PSM_AUTO`: full page segmentation without orientation detection.
const AUTOMATIC: c_int = 3;
/// `PSM_SINGLE_BLOCK`.
const BLOCK: c_int = 6;
/// `PSM_SINGLE_LINE`.
const SINGLE_LINE: c_int = 7;
/// `RIL_TEXTLINE`.
const LINE: c_int = 2;
/// `RIL_WORD`.
const WORD: c_int = 3;
/// `RIL_PARA`.
const PARAGRAPH: c_int = 1;
/// `RIL_SYMBOL`.
const SYMBOL: c_int = 4;
/// The most other readings of a symbol that are kept.
const MOST_CHOICES: usize = 8;

/// An initialised engine, owned by one thread.
struct Handle(*mut c_void);

impl Handle {
    fn new(engine: &Tesseract) -> Result<Self, ReadError> {
        let refused = || ReadError::Refused { step: "init" };
        // The engine's remarks about blurred lines would spoil the terminal.
        let names = [c"debug_file".as_ptr()];
        let values = [c"/dev/null".as_ptr()];
        // Inside a worker the engine must not start threads of its own: with
        // OpenMP on, a page costs three times the processor time. Setting the
        // environment variable this late has no effect; this has.
        // SAFETY: affects the calling thread's OpenMP state only.
        unsafe { omp_set_max_active_levels(0) };
        // SAFETY: creates an object that `Drop` deletes.
        let handle = Self(unsafe { TessBaseAPICreate() });
        if handle.0.is_null() {
            return Err(refused());
        }
        let (data, length) = match &engine.source {
            Source::Memory(bytes) => (
                bytes.as_ptr().cast(),
                c_int::try_from(bytes.len()).map_err(|_long| refused())?,
            ),
            Source::Folder(folder) => (folder.as_ptr(), 0),
        };
        // SAFETY: all pointers outlive the call, which copies what it keeps;
        // the two arrays have the length given.
        let state = unsafe {
            TessBaseAPIInit5(
                handle.0,
                data,
                length,
                engine.language.as_ptr(),
                LSTM_ONLY,
                ptr::null(),
                0,
                names.as_ptr(),
                values.as_ptr(),
                names.len(),
                0,
            )
        };
        // Mode 2 keeps what else each symbol could be; the reading itself and
        // its time stay the same.
        // SAFETY: both strings are static; the handle is live.
        let known = unsafe {
            TessBaseAPISetVariable(handle.0, c"lstm_choice_mode".as_ptr(), c"2".as_ptr())
        };
        if state == 0 && known != 0 { Ok(handle) } else { Err(refused()) }
    }

    /// Hands over the picture. The engine copies it.
    fn show(
        &mut self,
        picture: &Raster,
        dpi: Dpi,
        layout: Layout,
    ) -> Result<(), ReadError> {
        let segmentation = match layout {
            Layout::Page => AUTOMATIC,
            Layout::Block => BLOCK,
            Layout::Line => SINGLE_LINE,
        };
        let refused = |_| ReadError::Refused { step: "picture" };
        let width = c_int::try_from(picture.width).map_err(refused)?;
        let height = c_int::try_from(picture.height).map_err(refused)?;
        let whole = Depth::Grey.row_bytes(picture.width) * picture.height as usize;
        if picture.depth != Depth::Grey || picture.samples.len() < whole {
            return Err(ReadError::Refused { step: "picture" });
        }
        #[expect(clippy::cast_possible_truncation, reason = "`Dpi` is at most 4 800")]
        let dpi = dpi.y().round() as c_int;
        // SAFETY: the buffer holds `height` rows of `width` bytes, checked
        // above; the handle is live.
        unsafe {
            TessBaseAPISetPageSegMode(self.0, segmentation);
            TessBaseAPISetImage(
                self.0,
                picture.samples.as_ptr(),
                width,
                height,
                1,
                width,
            );
            TessBaseAPISetSourceResolution(self.0, dpi);
        }
        Ok(())
    }
}

impl Reader for Handle {
    fn look(
        &mut self,
        picture: &Raster,
        dpi: Dpi,
        layout: Layout,
        budget: Duration,
    ) -> Result<TextLayer, ReadError> {
        self.show(picture, dpi, layout)?;
        let milliseconds = c_int::try_from(budget.as_millis()).unwrap_or(c_int::MAX);
        // SAFETY: the monitor lives through the call and is deleted after it.
        let state = unsafe {
            let monitor = TessMonitorCreate();
            TessMonitorSetDeadlineMSecs(monitor, milliseconds);
            let state = TessBaseAPIRecognize(self.0, monitor);
            TessMonitorDelete(monitor);
            state
        };
        let layer = self.collect();
        // SAFETY: forgets the picture and its results; no iterator is left.
        unsafe { TessBaseAPIClear(self.0) };
        if state == 0 {
            Ok(layer)
        } else {
            Err(ReadError::TimedOut { budget, partial: layer })
        }
    }
}

impl Handle {
    /// Everything recognised, line by line.
    fn collect(&mut self) -> TextLayer {
        let mut layer = TextLayer::default();
        // SAFETY: null when nothing was recognised, which `Results` bears.
        let mut results = Results(unsafe { TessBaseAPIGetIterator(self.0) });
        if results.0.is_null() {
            return layer;
        }
        loop {
            if results.begins(LINE) || layer.lines.is_empty() {
                layer.lines.push(Line {
                    words: Vec::new(),
                    baseline: results.baseline().unwrap_or_default(),
                    begins_paragraph: results.begins(PARAGRAPH),
                });
            }
            let word = results.word();
            let (symbols, more) = results.symbols();
            if let (Some(word), Some(line)) = (word, layer.lines.last_mut()) {
                // Symbols that do not spell the word are no evidence for it.
                let spelt: String = symbols.iter().map(|s| s.text.as_str()).collect();
                let symbols = if spelt == word.text { symbols } else { Vec::new() };
                line.words.push(Word { symbols, ..word });
            }
            if !more {
                break;
            }
        }
        layer.lines.retain(|line| !line.words.is_empty());
        layer
    }
}

impl Drop for Handle {
    fn drop(&mut self) {
        // SAFETY: created by `TessBaseAPICreate`, deleted once; null is allowed.
        unsafe {
            if !self.0.is_null() {
                TessBaseAPIEnd(self.0);
                TessBaseAPIDelete(self.0);
            }
        }
    }
}

/// An iterator over the results, deleted on drop. Not null when used.
struct Results(*mut c_void);

impl Results {
    /// The same position seen as a page iterator: a borrowed view.
    fn page(&self) -> *mut c_void {
        // SAFETY: a view into a live result iterator, not owned.
        unsafe { TessResultIteratorGetPageIterator(self.0) }
    }

    fn begins(&self, level: c_int) -> bool {
        // SAFETY: the view is live.
        unsafe { TessPageIteratorIsAtBeginningOf(self.page(), level) != 0 }
    }

    /// The symbols of the current word; goes to the next word and says
    /// whether there is one.
    fn symbols(&mut self) -> (Vec<Symbol>, bool) {
        let mut symbols = Vec::new();
        loop {
            if let Some(text) = self.text(SYMBOL) {
                // SAFETY: the iterator is live.
                let confidence = unsafe { TessResultIteratorConfidence(self.0, SYMBOL) };
                let choices = self.choices(&text);
                symbols.push(Symbol { text, confidence, choices });
            }
            // SAFETY: the iterator is live.
            if unsafe { TessResultIteratorNext(self.0, SYMBOL) } == 0 {
                return (symbols, false);
            }
            if self.begins(WORD) {
                return (symbols, true);
            }
        }
    }

    /// What else the current symbol could be than `taken`, likeliest first.
    fn choices(&self, taken: &str) -> Vec<Choice> {
        let mut choices = Vec::new();
        // SAFETY: an iterator of its own over the results, deleted below,
        // while they live; its strings belong to it.
        unsafe {
            let iterator = TessResultIteratorGetChoiceIterator(self.0);
            if iterator.is_null() {
                return choices;
            }
            loop {
                let raw = TessChoiceIteratorGetUTF8Text(iterator);
                if !raw.is_null() {
                    let text: String =
                        CStr::from_ptr(raw).to_string_lossy().trim().nfc().collect();
                    let confidence = TessChoiceIteratorConfidence(iterator);
                    if !text.is_empty() && text != taken {
                        choices.push(Choice { text, confidence });
                    }
                }
                let more = TessChoiceIteratorNext(iterator) != 0;
                if !more || choices.len() >= MOST_CHOICES {
                    break;
                }
            }
            TessChoiceIteratorDelete(iterator);
        }
        choices
    }

    /// The text at `level`, NFC, without spaces.
    fn text(&self, level: c_int) -> Option<String> {
        // SAFETY: a string the engine allocated, or null; freed here once.
        let text: String = unsafe {
            let raw = TessResultIteratorGetUTF8Text(self.0, level);
            if raw.is_null() {
                return None;
            }
            let text = CStr::from_ptr(raw).to_string_lossy().nfc().collect();
            TessDeleteText(raw);
            text
        };
        let text: String = text.split_whitespace().collect();
        (!text.is_empty()).then_some(text)
    }

    /// The baseline of the current line: left end, right end.
    fn baseline(&self) -> Option<(f64, f64, f64, f64)> {
        let (mut x1, mut y1, mut x2, mut y2) = (0, 0, 0, 0);
        // SAFETY: four writable integers and a live view.
        let known = unsafe {
            TessPageIteratorBaseline(
                self.page(),
                LINE,
                &mut x1,
                &mut y1,
                &mut x2,
                &mut y2,
            )
        };
        (known != 0).then(|| (f64::from(x1), f64::from(y1), f64::from(x2), f64::from(y2)))
    }

    /// The current word, unless it is empty or has no place.
    fn word(&self) -> Option<Word> {
        let (mut left, mut top, mut right, mut bottom) = (0, 0, 0, 0);
        // SAFETY: four writable integers and a live view.
        let placed = unsafe {
            TessPageIteratorBoundingBox(
                self.page(),
                WORD,
                &mut left,
                &mut top,
                &mut right,
                &mut bottom,
            )
        };
        let text = self.text(WORD)?;
        // SAFETY: the iterator is live.
        let confidence = unsafe { TessResultIteratorConfidence(self.0, WORD) };
        let place = Rect {
            left: f64::from(left),
            top: f64::from(top),
            right: f64::from(right),
            bottom: f64::from(bottom),
        };
        (placed != 0).then(|| Word::new(text, place, confidence))
    }
}

impl Drop for Results {
    fn drop(&mut self) {
        // SAFETY: owned, deleted once, before the engine forgets its results.
        unsafe {
            if !self.0.is_null() {
                TessResultIteratorDelete(self.0);
            }
        }
    }
}

unsafe extern "C" {
    fn omp_set_max_active_levels(levels: c_int);
    fn TessVersion() -> *const c_char;
    fn TessBaseAPICreate() -> *mut c_void;
    fn TessBaseAPIDelete(handle: *mut c_void);
    fn TessBaseAPIEnd(handle: *mut c_void);
    fn TessBaseAPIClear(handle: *mut c_void);
    fn TessBaseAPIInit5(
        handle: *mut c_void,
        data: *const c_char,
        data_size: c_int,
        language: *const c_char,
        mode: c_int,
        configs: *const *const c_char,
        configs_size: c_int,
        names: *const *const c_char,
        values: *const *const c_char,
        count: usize,
        only_non_debug: c_int,
    ) -> c_int;
    fn TessBaseAPISetVariable(
        handle: *mut c_void,
        name: *const c_char,
        value: *const c_char,
    ) -> c_int;
    fn TessBaseAPISetPageSegMode(handle: *mut c_void, mode: c_int);
    fn TessBaseAPISetImage(
        handle: *mut c_void,
        data: *const u8,
        width: c_int,
        height: c_int,
        bytes_per_pixel: c_int,
        bytes_per_line: c_int,
    );
    fn TessBaseAPISetSourceResolution(handle: *mut c_void, ppi: c_int);
    fn TessBaseAPIRecognize(handle: *mut c_void, monitor: *mut c_void) -> c_int;
    fn TessBaseAPIGetIterator(handle: *mut c_void) -> *mut c_void;
    fn TessResultIteratorDelete(results: *mut c_void);
    fn TessResultIteratorNext(results: *mut c_void, level: c_int) -> c_int;
    fn TessResultIteratorGetUTF8Text(results: *const c_void, level: c_int)
    -> *mut c_char;
    fn TessResultIteratorConfidence(results: *const c_void, level: c_int) -> f32;
    fn TessResultIteratorGetChoiceIterator(results: *const c_void) -> *mut c_void;
    fn TessChoiceIteratorDelete(choices: *mut c_void);
    fn TessChoiceIteratorNext(choices: *mut c_void) -> c_int;
    fn TessChoiceIteratorGetUTF8Text(choices: *const c_void) -> *const c_char;
    fn TessChoiceIteratorConfidence(choices: *const c_void) -> f32;
    fn TessResultIteratorGetPageIterator(results: *mut c_void) -> *mut c_void;
    fn TessPageIteratorIsAtBeginningOf(page: *const c_void, level: c_int) -> c_int;
    fn TessPageIteratorBoundingBox(
        page: *const c_void,
        level: c_int,
        left: &mut c_int,
        top: &mut c_int,
        right: &mut c_int,
        bottom: &mut c_int,
    ) -> c_int;
    fn TessPageIteratorBaseline(
        page: *const c_void,
        level: c_int,
        x1: &mut c_int,
        y1: &mut c_int,
        x2: &mut c_int,
        y2: &mut c_int,
    ) -> c_int;
    fn TessMonitorCreate() -> *mut c_void;
    fn TessMonitorDelete(monitor: *mut c_void);
    fn TessMonitorSetDeadlineMSecs(monitor: *mut c_void, milliseconds: c_int);
    fn TessDeleteText(text: *mut c_char);
}
