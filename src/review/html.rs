//! The list of open questions as one HTML file that needs nothing else: no
//! network, no script. It is read on the screen of a telephone as well as on
//! the desk, so each question is a card, its picture as wide as the card.

use crate::review::{Asked, COMPARED, Case, Question};
use crate::say::{self, Lang};
use crate::text::base64;
use crate::text::markup::escaped;
use crate::time::Timestamp;

/// How it looks. Measures are chosen for a screen 360 pixels wide.
const STYLE: &str = "\
:root{color-scheme:light dark;--ink:#1b1f24;--paper:#fff;--card:#f6f7f9;--line:#d5dae1;--care:#9a3b00}\
@media(prefers-color-scheme:dark){:root{--ink:#e8eaed;--paper:#15181c;--card:#1e2228;--line:#363c45;--care:#ffb27d}}\
*{box-sizing:border-box}\
body{margin:0 auto;max-width:46rem;padding:1rem;background:var(--paper);color:var(--ink);\
font:1rem/1.5 system-ui,'Noto Sans','Segoe UI',Roboto,sans-serif}\
h1{font-size:1.35rem;line-height:1.3;margin:.5rem 0}\
h2{font-size:1.05rem;margin:0;overflow-wrap:anywhere}\
article{background:var(--card);border:1px solid var(--line);border-radius:.6rem;padding:1rem;margin:1rem 0}\
section{border-top:1px solid var(--line);margin-top:.8rem;padding-top:.8rem}\
h3{font-size:1rem;margin:0 0 .4rem}\
img{display:block;width:100%;height:auto;background:#fff;border:1px solid var(--line);border-radius:.3rem}\
p{margin:.4rem 0;overflow-wrap:anywhere}\
.file{font-size:.85rem;opacity:.8}\
.doubt{color:var(--care);font-weight:600}\
.read{font-size:1.1rem}\
code{display:block;font:.85rem/1.5 ui-monospace,'DejaVu Sans Mono',monospace;white-space:pre-wrap;\
overflow-wrap:anywhere;background:var(--paper);border:1px solid var(--line);border-radius:.3rem;padding:.5rem}\
";

/// A case with the pictures of its questions, in their order.
#[derive(Clone, Debug, PartialEq)]
pub struct Shown {
    /// The case.
    pub case: Case,
    /// A JPEG for each question; `None` where the page cannot be shown.
    pub pictures: Vec<Option<Vec<u8>>>,
}

/// The page.
#[must_use]
pub fn page(all: &[Shown], agency: &str, now: Timestamp, lang: Lang) -> String {
    let code = match lang {
        Lang::Vi => "vi",
        Lang::En => "en",
    };
    let title = escaped(&say::review::title(lang));
    let day = now.day().vietnamese();
    let head = escaped(&say::review::head(lang, agency, &day, all.len()));
    let advice = escaped(&say::review::advice(lang));
    let cards: String = all.iter().map(|shown| card(shown, lang)).collect();
    format!(
        "<!DOCTYPE html>\n<html lang=\"{code}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n\
         <h1>{title}</h1>\n<p>{head}</p>\n<p>{advice}</p>\n{cards}</body>\n</html>\n"
    )
}

/// One document.
fn card(shown: &Shown, lang: Lang) -> String {
    let case = &shown.case;
    let kind = case.kind.clone().unwrap_or_else(|| say::review::unknown_kind(lang));
    let heading = escaped(&say::review::heading(lang, kind, case.ordinal, &case.dossier));
    let file = escaped(&case.file);
    let findings: String = case
        .findings
        .iter()
        .map(|finding| {
            let told = match finding.page {
                Some(page) => say::review::on_page(lang, page, finding.tell(lang)),
                None => finding.tell(lang).to_owned(),
            };
            format!("<p class=\"doubt\">{}</p>\n", escaped(&told))
        })
        .collect();
    let pictures =
        shown.pictures.iter().map(Option::as_deref).chain(std::iter::repeat(None));
    let questions: String = case
        .questions
        .iter()
        .zip(pictures)
        .map(|(question, picture)| section(case, question, picture, lang))
        .collect();
    format!(
        "<article>\n<h2>{heading}</h2>\n<p class=\"file\">{file}</p>\n{findings}{questions}</article>\n"
    )
}

/// One question.
fn section(
    case: &Case,
    question: &Question,
    picture: Option<&[u8]>,
    lang: Lang,
) -> String {
    let name = escaped(&name(question, lang));
    let image = picture.map_or_else(String::new, |bytes| {
        let alt = escaped(&say::review::picture_of(lang, &name));
        format!(
            "<img alt=\"{alt}\" src=\"data:image/jpeg;base64,{}\">\n",
            base64::encode(bytes)
        )
    });
    let read = if question.read.chars().any(char::is_alphanumeric) {
        say::review::was_read(lang, question.read.trim().trim_start_matches(':').trim())
    } else {
        say::review::nothing_read(lang)
    };
    let doubts: Vec<String> =
        question.doubts.iter().map(|doubt| doubt.tell(lang)).collect();
    let set = question.asked.settable().map_or_else(String::new, |field| {
        let value = if field == COMPARED { "1" } else { "…" };
        let line = format!(
            "sohoa archive set {} --document {} '{field}={value}'",
            case.dossier, case.ordinal
        );
        format!("<code>{}</code>\n", escaped(&line))
    });
    format!(
        "<section>\n<h3>{name}</h3>\n{image}<p class=\"read\">{}</p>\n\
         <p class=\"doubt\">{}</p>\n{set}</section>\n",
        escaped(&read),
        escaped(&doubts.join("; ")),
    )
}

/// What a field is called.
#[must_use]
pub fn name(question: &Question, lang: Lang) -> String {
    use crate::text::fields::Name;
    use crate::text::numbers::Identifier;
    let field = match question.asked {
        Asked::Field(name) => name,
        Asked::Person(Identifier::Citizen) => return say::review::citizen(lang),
        Asked::Person(Identifier::OldCard) => return say::review::old_card(lang),
        Asked::Person(Identifier::Telephone) => return say::review::telephone(lang),
        Asked::Amount => return say::review::amount(lang),
    };
    let say: fn(Lang) -> String = match field {
        Name::TypeName => say::review::type_name,
        Name::CodeNumber => say::review::code_number,
        Name::CodeNotation => say::review::code_notation,
        Name::IssuedDate => say::review::issued_date,
        Name::Place => say::review::place,
        Name::OrganName => say::review::organ_name,
        Name::Superior => say::review::superior,
        Name::Subject => say::review::subject,
        Name::Authority => say::review::authority,
        Name::Position => say::review::position,
        Name::FullName => say::review::full_name,
        Name::Recipients => say::review::recipients,
        Name::Priority => say::review::priority,
    };
    say(lang)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_cannot_become_markup() {
        assert_eq!(escaped("<b a=\"1\">&"), "&lt;b a=&quot;1&quot;&gt;&amp;");
    }
}
