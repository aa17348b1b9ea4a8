//! Text within markup.

/// Text as it may stand anywhere in HTML and XML, within quotes of either kind
/// (HTML Living Standard, 13.1.2.4 and 13.1.4; XML 1.0, 2.4).
#[must_use]
pub fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_is_taken_for_markup() {
        assert_eq!(escaped("<b a=\"1\">&'ứ"), "&lt;b a=&quot;1&quot;&gt;&amp;&#39;ứ");
    }
}
