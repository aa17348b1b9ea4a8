//! Folding Vietnamese for comparison, never for what is written.

use unicode_normalization::UnicodeNormalization as _;

/// Lower case without any diacritic, `đ` as `d`: `ĐƯỜNG` becomes `duong`.
#[must_use]
pub fn bare(text: &str) -> String {
    text.nfd().filter_map(bare_letter).flat_map(char::to_lowercase).collect()
}

/// The base of a decomposed letter; `None` for a combining mark.
fn bare_letter(letter: char) -> Option<char> {
    match letter {
        '\u{300}'..='\u{36f}' => None,
        // U+00D0 is what recognisers write for the Vietnamese letter.
        'đ' => Some('d'),
        'Đ' | '\u{d0}' => Some('D'),
        other => Some(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_diacritics_go_and_nothing_else() {
        assert_eq!(bare("Độc lập – Tự do, 12 m²"), "doc lap – tu do, 12 m²");
        assert_eq!(bare("HÒA HOÀ"), "hoa hoa");
    }
}
