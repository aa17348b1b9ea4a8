//! The command line as a person meets it: transcripts, and the promise that
//! each language is spoken throughout.

use clap::Command;
use sohoa::cli::command;
use sohoa::say::{Lang, help};
use unicode_normalization::is_nfc;

use crate::office::{Desk, Run};

#[test]
fn transcripts() {
    trycmd::TestCases::new()
        .case("tests/cmd/*.md")
        .case("tests/cmd/*.toml")
        .env("LC_ALL", "vi_VN.UTF-8")
        .env("SOURCE_DATE_EPOCH", "1784171625");
}

#[test]
fn every_text_of_the_help_exists_in_both_languages() {
    for text in help::ALL {
        assert!(!text.vi.trim().is_empty() && !text.en.trim().is_empty());
        assert!(is_nfc(text.vi), "not in NFC: {}", text.vi);
        let is_a_line_to_type =
            text.vi.trim().starts_with("sohoa ") && !text.vi.contains('<');
        if !is_a_line_to_type {
            assert_ne!(text.vi, text.en);
        }
    }
}

#[test]
fn every_command_and_flag_is_explained_in_both_languages() {
    let built = |lang| {
        let mut whole = command(lang);
        whole.build();
        whole
    };
    explained(&built(Lang::Vi), &built(Lang::En));
}

/// Walks both command lines side by side.
fn explained(vi: &Command, en: &Command) {
    let name = vi.get_name();
    let told = |text: Option<&clap::builder::StyledStr>| text.map(ToString::to_string);
    assert!(vi.get_about().is_some(), "{name} is not explained");
    assert_ne!(told(vi.get_about()), told(en.get_about()), "{name}");
    assert_ne!(told(vi.get_long_about()), told(en.get_long_about()), "{name}");
    for (vi_arg, en_arg) in vi.get_arguments().zip(en.get_arguments()) {
        let id = format!("{name} {}", vi_arg.get_id());
        assert_eq!(vi_arg.get_id(), en_arg.get_id());
        assert!(vi_arg.get_help().is_some(), "{id} is not explained");
        assert_ne!(told(vi_arg.get_help()), told(en_arg.get_help()), "{id}");
        assert_ne!(vi_arg.get_help_heading(), en_arg.get_help_heading(), "{id}");
        assert!(vi_arg.get_help_heading().is_some(), "{id} stands under no heading");
        let hides = vi_arg.is_hide_possible_values_set()
            || !vi_arg.get_action().takes_values()
            || vi_arg.get_possible_values().is_empty();
        assert!(hides, "clap would list the values of {id} in English");
    }
    let below = |command: &Command| command.get_subcommands().count();
    assert_eq!(below(vi), below(en));
    for (vi_below, en_below) in vi.get_subcommands().zip(en.get_subcommands()) {
        explained(vi_below, en_below);
    }
}

#[test]
fn no_english_leaks_into_vietnamese_help() {
    let mut whole = command(Lang::Vi);
    whole.build();
    let mut pages = vec![whole.render_help(), whole.render_long_help()];
    for below in whole.get_subcommands_mut() {
        pages.extend([below.render_help(), below.render_long_help()]);
        for below in below.get_subcommands_mut() {
            pages.extend([below.render_help(), below.render_long_help()]);
        }
    }
    // What clap says of its own, and words no Vietnamese sentence has.
    let english = [
        "Usage",
        "Options",
        "Commands",
        "Arguments",
        "Print",
        "possible",
        "Possible",
        "default",
        "[OPTIONS]",
        "[COMMAND]",
        " the ",
        " of ",
        " and ",
        " for ",
        " with ",
    ];
    for page in pages {
        let page = page.to_string();
        for word in english {
            assert!(!page.contains(word), "`{word}` leaks into:\n{page}");
        }
    }
}

#[test]
fn jobs_are_held_against_their_range_by_every_command() {
    let desk = Desk::new("cli-jobs");
    for line in [&["doctor"][..], &["archive", "list"], &["completions", "bash"]] {
        for jobs in ["0", "257", "x"] {
            let run = Run::of(desk.sohoa().args(line).args(["--jobs", jobs]));
            assert_eq!(run.code, Some(2), "{line:?} {jobs}: {}", run.stdout);
            assert!(run.stderr.contains("từ 1 đến 256"), "{line:?}: {}", run.stderr);
        }
    }
}

#[test]
fn an_option_before_the_name_of_its_command_is_told_where_it_belongs() {
    let desk = Desk::new("cli-early");
    let run = Run::of(desk.sohoa().args(["archive", "--archive", "kho", "list"]));
    assert_eq!(run.code, Some(2), "{}", run.stdout);
    assert!(
        run.stderr.contains("viết `--archive` sau `sohoa archive list`"),
        "{}",
        run.stderr
    );
    let run = Run::of(desk.sohoa().args(["archive", "--nothing", "list"]));
    assert!(!run.stderr.contains("sau `sohoa"), "{}", run.stderr);
}

#[test]
fn clap_finds_no_fault_with_the_command_line() {
    command(Lang::Vi).debug_assert();
    command(Lang::En).debug_assert();
}
