//! From the flags of `sohoa ingest` to a plan without contradictions.

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::ArgMatches;

use crate::cli::failure::Failure;
use crate::cli::ingest::choice::{
    Blank, Collate, Damaged, Done, Existing, Picture, Profile, Reuse, Text, Work,
};
use crate::cli::ingest::paths::{self, Lies, Source, Target};
use crate::cli::ingest::values;
use crate::cli::{crew, layout};
use crate::page::words::Care;
use crate::raster::Limits;
use crate::say::{self, Lang};
use crate::text::export::Format;
use crate::units::Dpi;

/// What is to be done, without contradictions.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Plan {
    /// What is read, in this order; at least one.
    pub(crate) sources: Vec<Source>,
    /// Where it goes.
    pub(crate) target: Target,
    /// Where the text of the one document goes, and in which form.
    pub(crate) text_out: Option<(PathBuf, Format)>,
    /// Whether the file of [`Target::File`] may be replaced.
    pub(crate) existing: Existing,
    /// Whether anything is written.
    pub(crate) work: Work,
    /// The dossier everything goes into, unchecked; `None` for the next codes.
    pub(crate) dossier: Option<String>,
    /// The rule set; `None` for the archive's own.
    pub(crate) profile: Option<Profile>,
    /// What to do with text that is there.
    pub(crate) text: Text,
    /// Languages to recognise, `vie` or `vie+eng`, letters and underscores only.
    pub(crate) languages: String,
    /// The resolution to believe instead of the file's.
    pub(crate) dpi: Option<Dpi>,
    /// What to do with blank pages.
    pub(crate) blank: Blank,
    /// What becomes of skewed pictures.
    pub(crate) picture: Picture,
    /// What is done with the words that were recognised.
    pub(crate) care: Care,
    /// The file whose first line opens encrypted PDF files.
    pub(crate) password_file: Option<PathBuf>,
    /// What becomes of documents with damaged pages.
    pub(crate) damaged: Damaged,
    /// What a header may ask for.
    pub(crate) limits: Limits,
    /// The time a page may take.
    pub(crate) page_timeout: Duration,
    /// Payloads that are the office's own separator sheets.
    pub(crate) separators: Vec<String>,
    /// Whether the sources are two stacks of one paper, and how the backs lie.
    pub(crate) collate: Option<Collate>,
    /// The person who confirms that the papers are not secret.
    pub(crate) not_secret: Option<String>,
    /// Whether copies that are held are recorded instead of filed again.
    pub(crate) reuse: Reuse,
    /// How long papers must keep still, where a folder is watched.
    pub(crate) watch: Option<Duration>,
    /// What becomes of them once they are filed.
    pub(crate) done: Done,
    /// Pages worked on at a time.
    pub(crate) jobs: NonZeroUsize,
}

/// Checks the flags against each other. `look` tells what lies at a path.
pub(super) fn plan(
    matches: &ArgMatches,
    look: impl Fn(&Path) -> Lies,
    lang: Lang,
) -> Result<Plan, Failure> {
    let collate = layout::value(matches, "collate");
    let sources = paths::sources(matches, lang)?;
    let sources = match collate {
        Some(_) => paths::stacks(sources, &look, lang)?,
        None => sources,
    };
    let target = paths::target(matches, lang)?;
    let existing = choose(matches, "force", Existing::Replaced, Existing::Stays);
    match &target {
        Target::Archive(dir) => {
            paths::check_archive(dir, &sources, existing, &look, lang)
        }
        Target::File(file) => paths::check_file(file, &sources, existing, &look, lang),
    }?;
    let dossier = layout::value::<String>(matches, "dossier");
    if dossier.is_some() && matches!(target, Target::File(_)) {
        return Err(Failure::new(say::cli::needs_archive(lang, "--dossier"))
            .hint(say::cli::hint_archive(lang)));
    }
    Ok(Plan {
        text_out: paths::text_out(matches, &target, lang)?,
        existing,
        work: choose(matches, "dry-run", Work::Rehearse, Work::Real),
        dossier,
        profile: layout::value(matches, "profile"),
        text: layout::value(matches, "text").unwrap_or_default(),
        languages: values::languages(matches, lang)?,
        dpi: values::dpi(matches, lang)?,
        blank: layout::value(matches, "blank").unwrap_or_default(),
        picture: choose(matches, "deskew", Picture::Straightened, Picture::AsScanned),
        care: match (matches.get_flag("as-read"), matches.get_flag("careful")) {
            (true, _) => Care::AsRead,
            (false, true) => Care::Careful,
            (false, false) => Care::Usual,
        },
        password_file: paths::password_file(matches, &sources, lang)?,
        damaged: choose(matches, "skip-damaged", Damaged::LeftOut, Damaged::Refused),
        limits: values::limits(matches, lang)?,
        page_timeout: values::page_timeout(matches, lang)?,
        separators: matches.get_many("separator").unwrap_or_default().cloned().collect(),
        collate,
        not_secret: values::person(matches, lang)?,
        reuse: choose(matches, "reuse", Reuse::Accepted, Reuse::Offered),
        watch: values::watch_settle(matches, &sources, &look, lang)?,
        done: layout::value(matches, "done").unwrap_or_default(),
        jobs: crew::jobs(matches, lang)?,
        sources,
        target,
    })
}

/// One of two things, as a flag says.
fn choose<T>(matches: &ArgMatches, flag: &str, given: T, otherwise: T) -> T {
    if matches.get_flag(flag) { given } else { otherwise }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A machine with a folder of scans, one scan and one PDF.
    fn look(path: &Path) -> Lies {
        match path.to_str().unwrap_or_default().trim_end_matches('/') {
            "quet" => Lies::Folder("/srv/quet".into()),
            "kho" => Lies::Folder("/srv/kho".into()),
            "quet/kho" => Lies::Folder("/srv/quet/kho".into()),
            "a.tif" => Lies::File("/srv/a.tif".into()),
            "a.pdf" | "../srv/a.pdf" => Lies::File("/srv/a.pdf".into()),
            _ => Lies::Nowhere,
        }
    }

    fn parsed(line: &[&str]) -> ArgMatches {
        let line = ["sohoa", "ingest"].iter().chain(line);
        let matches = crate::cli::command(Lang::Vi).try_get_matches_from(line).unwrap();
        matches.subcommand_matches("ingest").unwrap().clone()
    }

    fn planned(line: &str) -> Result<Plan, Failure> {
        let words: Vec<_> = line.split(' ').collect();
        plan(&parsed(&words), look, Lang::Vi)
    }

    fn refusal(line: &str) -> String {
        planned(line).unwrap_err().lines(Lang::Vi, |text, _| text.to_owned()).join("\n")
    }

    #[test]
    fn a_bare_line_gets_the_defaults() {
        let plan = planned("quet --archive kho").unwrap();
        assert_eq!(plan.sources, [Source::Path("quet".into())]);
        assert_eq!(plan.target, Target::Archive("kho".into()));
        assert_eq!((plan.profile, plan.text, plan.blank), Default::default());
        assert_eq!(plan.page_timeout, Duration::from_secs(120));
        assert_eq!(plan.limits, Limits::default());
        assert_eq!(plan.languages, "vie");
        assert_eq!(plan.care, Care::Usual);
        assert_eq!(plan.work, Work::Real);
    }

    #[test]
    fn every_flag_reaches_the_plan() {
        let plan = planned(
            "- a.tif --archive kho --dossier H32.18-260716-0001 --profile gon --text redo \
             --language vie+eng --dpi 300 --blank keep --deskew --skip-damaged --max-pixels 200M \
             --page-timeout 60 --careful --not-secret An --jobs 3 --password-file p --dry-run",
        )
        .unwrap();
        assert_eq!(plan.sources, [Source::Stdin, Source::Path("a.tif".into())]);
        assert_eq!(plan.dossier.as_deref(), Some("H32.18-260716-0001"));
        assert_eq!(plan.limits.pixels, 200_000_000);
        assert_eq!(plan.dpi, Dpi::square(300.0));
        assert_eq!((plan.profile, plan.text), (Some(Profile::Compact), Text::Redo));
        assert_eq!((plan.blank, plan.picture), (Blank::Keep, Picture::Straightened));
        assert_eq!(plan.care, Care::Careful);
        assert_eq!((plan.work, plan.damaged), (Work::Rehearse, Damaged::LeftOut));
        assert_eq!(plan.jobs.get(), 3);
        assert_eq!(plan.not_secret.as_deref(), Some("An"));
        assert_eq!(plan.password_file.as_deref(), Some(Path::new("p")));
    }

    #[test]
    fn there_is_exactly_one_place_to_go() {
        assert!(refusal("a.tif").contains("--archive"));
        assert!(refusal("a.tif --archive kho -o b.pdf").contains("-o"));
        assert!(planned("a.tif -o b.pdf").is_ok());
    }

    #[test]
    fn one_file_comes_from_one_file() {
        assert!(refusal("a.tif b.tif -o c.pdf").contains("đúng một tệp"));
        assert!(refusal("quet -o c.pdf").contains("đúng một tệp"));
        assert!(refusal("a.tif -o quet").contains("thư mục"));
    }

    #[test]
    fn nothing_is_replaced_unasked() {
        assert!(refusal("a.tif -o a.pdf").contains("đã có tệp"));
        assert!(refusal("a.pdf -o ../srv/a.pdf").contains("chính là đầu vào"));
        assert!(planned("a.pdf -o a.pdf --force").is_ok());
    }

    #[test]
    fn an_archive_does_not_swallow_itself() {
        assert!(refusal("quet --archive quet/kho").contains("`quet/kho`"));
        assert!(refusal("quet --archive quet").contains("`quet`"));
        assert!(
            planned("quet/kho --archive quet").is_ok(),
            "a quarantine can be taken again"
        );
    }

    #[test]
    fn flags_without_effect_are_refused() {
        assert!(refusal("a.tif --archive kho --force").contains("--force"));
        assert!(refusal("a.tif -o b.pdf --dossier H1-260716-0001").contains("--dossier"));
    }

    #[test]
    fn words_are_left_as_they_were_read_on_request() {
        let plan = planned("quet --archive kho --as-read").unwrap();
        assert_eq!(plan.care, Care::AsRead);
    }

    #[test]
    fn two_stacks_are_one_input_and_three_are_none() {
        let plan = planned("b.tif a.tif --archive kho --collate auto").unwrap();
        assert_eq!(plan.sources, [Source::Stacks("b.tif".into(), "a.tif".into())]);
        assert_eq!(plan.collate, Some(Collate::Auto));
        let one = planned("a.tif -o x.pdf --collate forward").unwrap();
        assert_eq!(one.sources, [Source::Path("a.tif".into())]);
        assert!(planned("a.tif b.tif -o x.pdf --collate reversed").is_ok());
        for line in ["a.tif b.tif c.tif", "quet a.tif"] {
            let told = refusal(&format!("{line} --archive kho --collate auto"));
            assert!(told.contains("--collate"), "{told}");
        }
    }

    #[test]
    fn standard_input_is_read_once() {
        assert!(refusal("- - --archive kho").contains('-'));
        assert!(refusal("- --archive kho --password-file -").contains("đầu vào chuẩn"));
    }

    #[test]
    fn numbers_out_of_range_are_refused_with_the_range() {
        for (flag, range) in [
            ("--dpi 10", "từ 50 đến 4.800"),
            ("--dpi ba", "từ 50 đến 4.800"),
            ("--dpi nan", "từ 50 đến 4.800"),
            ("--page-timeout 0", "từ 1 đến 3.600"),
            ("--jobs 0", "từ 1 đến 256"),
            ("--max-pixels 0", "từ 1 đến 4.000.000.000"),
            ("--max-pixels 99999999999999999999M", "từ 1 đến 4.000.000.000"),
        ] {
            let told = refusal(&format!("a.tif --archive kho {flag}"));
            assert!(told.contains(range), "{flag}: {told}");
        }
    }

    #[test]
    fn a_language_is_a_name_and_not_a_path() {
        for named in ["../vie", "vie+", "", "vie eng"] {
            let matches = parsed(&["a.tif", "--archive", "kho", "--language", named]);
            assert!(plan(&matches, look, Lang::Vi).is_err(), "{named}");
        }
    }

    #[test]
    fn somebody_must_answer_for_secrecy_by_name() {
        assert!(refusal("a.tif --archive kho --not-secret 1").contains("--not-secret"));
    }
}
