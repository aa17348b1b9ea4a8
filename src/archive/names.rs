//! Names of kept files: `001-don-de-nghi.pdf`.
//!
//! A name says what kind of paper it is and never whose: personal data has no
//! place in file names (Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15). The words
//! come from the caller; here they only become plain ASCII, which every file
//! system, every normalisation and every bag validator treats alike.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// The name of a paper about which nothing is known: "document" (tài liệu).
const UNNAMED: &str = "tai-lieu";
/// Highest ordinal that is taken for one; a longer number is part of a name.
pub const LAST: u32 = 9_999_999;
/// Longest slug in bytes.
const SLUG_LENGTH: usize = 48;
/// Longest suffix of a companion in bytes, its dots included.
const SUFFIX_LENGTH: usize = 24;

/// `title` in ASCII: lower case, accents folded, words joined by hyphens, at
/// most 48 bytes and cut between words; [`UNNAMED`] where nothing is left.
#[must_use]
pub fn slug(title: &str) -> String {
    let mut slug = String::new();
    for word in folded(title).split(|c: char| !c.is_ascii_alphanumeric()) {
        let joined = slug.len() + usize::from(!slug.is_empty()) + word.len();
        if joined > SLUG_LENGTH {
            if slug.is_empty() {
                slug.extend(word.chars().take(SLUG_LENGTH));
            }
            break;
        }
        if !word.is_empty() {
            if !slug.is_empty() {
                slug.push('-');
            }
            slug.push_str(word);
        }
    }
    if slug.is_empty() { UNNAMED.to_owned() } else { slug }
}

/// The stem of the file of document `ordinal`: `001-don-de-nghi`.
#[must_use]
pub fn stem(ordinal: u32, title: &str) -> String {
    format!("{ordinal:03}-{}", slug(title))
}

/// The ordinal a kept file's name begins with, if it does; from 1 to [`LAST`].
#[must_use]
pub fn ordinal(name: &str) -> Option<u32> {
    name.split_once('-')?.0.parse().ok().filter(|ordinal| (1..=LAST).contains(ordinal))
}

/// `suffix` as it may stand after a stem: a dot, then ASCII letters, digits,
/// dots and hyphens; anything else falls away.
#[must_use]
pub fn suffix(suffix: &str) -> String {
    let plain: String = folded(suffix)
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-'))
        .collect();
    let mut clean = String::new();
    for part in plain.split('.').filter(|part| !part.is_empty()) {
        if clean.len() + 1 + part.len() <= SUFFIX_LENGTH {
            clean.push('.');
            clean.push_str(part);
        }
    }
    clean
}

/// Lower case without Vietnamese accents: `Đơn` is `don`.
fn folded(text: &str) -> String {
    text.nfd()
        .filter(|c| !is_combining_mark(*c))
        .map(|c| match c {
            'đ' | 'Đ' => 'd',
            other => other.to_ascii_lowercase(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vietnamese_is_folded() {
        assert_eq!(slug("Đơn đề nghị"), "don-de-nghi");
        assert_eq!(
            slug("GIẤY CHỨNG NHẬN quyền sử dụng đất"),
            "giay-chung-nhan-quyen-su-dung-dat"
        );
        assert_eq!(slug("To\u{302}\u{300}n"), "ton");
    }

    #[test]
    fn nothing_usable_is_a_document() {
        for title in ["", "…", "../..", "文件", "\0"] {
            assert_eq!(slug(title), UNNAMED);
        }
    }

    #[test]
    fn long_titles_are_cut_between_words() {
        let cut = slug(&"biên bản ".repeat(20));
        assert!(cut.len() <= SLUG_LENGTH && cut.ends_with("ban"), "{cut}");
        assert_eq!(slug(&"x".repeat(300)).len(), SLUG_LENGTH);
    }

    #[test]
    fn a_suffix_cannot_leave_the_folder() {
        assert_eq!(suffix(".trang-trong.pdf"), ".trang-trong.pdf");
        assert_eq!(suffix("/../../x\n.TIF"), ".x.tif");
        assert_eq!(suffix("tif"), ".tif");
        assert_eq!(suffix(""), "");
    }

    #[test]
    fn the_ordinal_is_read_back() {
        assert_eq!(ordinal(&stem(12, "Tờ trình")), Some(12));
        for none in ["ghi-chu.txt", "0-x.pdf", "4294967295-x.pdf"] {
            assert_eq!(ordinal(none), None);
        }
    }
}
