//! Status pages that any web server can show, and the codes on slips open.
//!
//! One file a dossier, named by a keyed hash of its code, so that nobody can
//! walk from one to the next; in it the code, the state and the dates and
//! nothing about any person. No script, nothing from elsewhere, made for a
//! telephone held in one hand.

use std::fmt::Write as _;

use crate::archive::Code;
use crate::say::{self, Lang};
use crate::text::markup::escaped;
use crate::time::{Day, Timestamp};
use crate::track::status::Status;

/// The look of the page.
const LOOK: &str = "body{font-family:system-ui,sans-serif;margin:0;background:#f4f4f2;color:#1a1a1a}\
main{max-width:32rem;margin:0 auto;padding:1rem;background:#fff;min-height:100vh;box-sizing:border-box}\
header{font-size:.95rem;color:#444}h1{font-size:1.15rem;margin:.6rem 0;overflow-wrap:anywhere}\
.state{font-size:1.6rem;font-weight:700;padding:.8rem 1rem;border-left:.5rem solid #1d5fa8;background:#eef4fb;margin:1rem 0}\
.late .state{border-color:#b3261e;background:#fdeeed}dl{display:grid;grid-template-columns:auto 1fr;gap:.5rem 1rem}\
dt{color:#555}dd{margin:0;font-weight:600}footer{margin-top:2rem;font-size:.85rem;color:#555}\
@media(prefers-color-scheme:dark){body{background:#111;color:#eee}main{background:#1b1b1b}header,dt,footer{color:#bbb}\
.state{background:#16283c}.late .state{background:#3a1716}}";

/// The page of a dossier.
#[must_use]
pub fn page(status: &Status, agency: &str, now: Timestamp) -> String {
    let lang = Lang::Vi;
    let mut rows = String::new();
    let mut row = |label: String, value: &Option<String>| {
        if let Some(value) = value {
            let (label, value) = (escaped(&label), escaped(&when(value)));
            // Writing to a `String` cannot fail.
            write!(rows, "<dt>{label}</dt><dd>{value}</dd>").ok();
        }
    };
    row(say::track::page_received(lang), &status.received);
    row(say::track::page_due(lang), &status.due);
    row(say::track::page_finished(lang), &status.finished);
    let unknown = say::track::page_no_state(lang);
    let state = escaped(status.state.as_deref().unwrap_or(&unknown));
    let late = if status.late {
        format!("<p>{}</p>", escaped(&say::track::page_late(lang)))
    } else {
        String::new()
    };
    let class = if status.late { " class=\"late\"" } else { "" };
    let code = escaped(&status.code.to_string());
    let (title, agency) = (escaped(&say::track::page_title(lang)), escaped(agency));
    let as_of = escaped(&say::track::page_as_of(lang, moment(now)));
    format!(
        "<!doctype html>\n<html lang=\"vi\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\
         <meta name=\"robots\" content=\"noindex\">\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\
         <title>{title}</title><style>{LOOK}</style></head>\n\
         <body{class}><main><header>{agency}</header><h1>{title}<br>{code}</h1>\
         <p class=\"state\">{state}</p>{late}<dl>{rows}</dl>\
         <footer>{as_of}</footer></main></body></html>\n"
    )
}

/// The code a page that [`page`] made is about.
#[must_use]
pub fn code_on(page: &str) -> Option<Code> {
    let heading = page.split_once("<h1>")?.1.split_once("</h1>")?.0;
    heading.rsplit_once("<br>")?.1.parse().ok()
}

/// A moment or a day of a record as people read it.
fn when(text: &str) -> String {
    match (Timestamp::read(text), Day::typed(text)) {
        (Some(at), _) => moment(at),
        (None, Some(day)) => day.vietnamese(),
        (None, None) => text.to_owned(),
    }
}

/// `09:30 16/07/2026`
fn moment(at: Timestamp) -> String {
    let (hour, minute) = at.hour_and_minute();
    format!("{hour:02}:{minute:02} {}", at.day().vietnamese())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive::Dossier;

    #[test]
    fn a_page_tells_state_and_dates_and_no_person() {
        let now = Timestamp::from_unix(1_784_171_625).unwrap();
        let mut dossier = Dossier::new("H32.18-260716-0001".parse().unwrap(), now);
        dossier.title = Some("Hồ sơ của Trần Thị Bưởi".to_owned());
        let mut set = |name: &str, value: &str| dossier.set(now, name, value.into());
        set("TrangThai", "Đang xử lý");
        set("NgayTiepNhan", "2026-07-10");
        set("NgayHenTra", "2026-07-15");
        set("Description", "Trần Thị Bưởi");
        let status = Status::of(&dossier, now.day());
        assert!(status.late, "owed yesterday");
        let page = page(&status, "UBND <phường> \"X\"", now);
        for part in ["H32.18-260716-0001", "Đang xử lý", "15/07/2026", "&lt;phường&gt;"]
        {
            assert!(page.contains(part), "{part}");
        }
        assert!(!page.contains("Bưởi") && !page.contains("<phường>"));
        assert_eq!(code_on(&page), Some(status.code));
        assert_eq!(code_on("<h1>Trang khác</h1>"), None);
        assert!(!page.contains("<script") && !page.contains("http://"));
    }
}
