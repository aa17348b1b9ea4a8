//! `sohoa archive attest`: others vouch for the ledger as it is now.

use clap::{ArgMatches, Command};
use serde::Serialize;

use crate::archive::ledger::attested::Kept;
use crate::cli::archive::place;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::layout::{self, Words};
use crate::cli::number;
use crate::cli::signing::{self, Keys};
use crate::cli::surroundings::Surroundings;
use crate::cli::ui::{Ui, harmless};
use crate::say::help;
use crate::say::{self, Lang};
use crate::sign::attest::Vouching;
use crate::time::Timestamp;

/// The words of `sohoa archive attest`.
pub(crate) const WORDS: Words = Words {
    path: "archive attest",
    about: help::ATTEST_ABOUT,
    long: help::ATTEST_LONG,
    usage: help::ATTEST_USAGE,
    examples: help::ATTEST_EXAMPLES,
};

/// `sohoa archive attest (--key FILE | --token-lib LIB | --tsa URL)…`.
pub(crate) fn command(lang: Lang) -> Command {
    let tsa = signing::tsa(lang).required_unless_present_any(["key", "token-lib"]);
    layout::command(&WORDS, lang)
        .arg(place::flag(lang))
        .next_help_heading(help::SIGN_LASTING.in_lang(lang))
        .args([tsa, signing::tls_ca(lang).requires("tsa")])
        .next_help_heading(help::SIGN_KEYS.in_lang(lang))
        .args(signing::keys_if_any(lang))
        .arg(layout::flag("compat", help::SIGN_COMPAT, lang))
}

/// Has the checkpoint vouched for, and keeps it.
pub(crate) fn run(
    matches: &ArgMatches,
    around: &Surroundings,
    ui: &Ui,
) -> Result<Exit, Failure> {
    let lang = ui.lang;
    let now = around.now(lang)?;
    let archive = place::open(matches, ui)?;
    let told = |error| place::told(&error, &archive, lang);
    let has_key = matches.contains_id("key") || matches.contains_id("token-lib");
    let identity = if has_key {
        let wanted = layout::value::<String>(matches, "signer");
        let keys = Keys::open(matches, around, ui)?;
        Some(keys.identity(wanted.as_deref(), now, lang)?)
    } else {
        None
    };
    let authorities = signing::authorities(matches, around, lang)?;
    // No other writer waits for the network: the checkpoint is vouched for as it was
    // when it was read, whatever happens meanwhile.
    let whole = archive.checkpoint(now).map_err(told)?;
    let vouching = Vouching {
        identity: identity.as_ref(),
        compat: matches.get_flag("compat"),
        authorities: authorities.as_ref(),
        now,
    };
    let whole = vouching.of(&whole).map_err(|error| signing::failed(&error, lang))?;
    let kept = archive.attest(&whole, now).map_err(told)?;
    tell(&kept, ui)?;
    Ok(Exit::Yes)
}

/// Says who vouches for how much.
fn tell(kept: &Kept, ui: &Ui) -> Result<(), Failure> {
    #[derive(Serialize)]
    struct Answer {
        schema: &'static str,
        size: u64,
        file: String,
        agency: Option<String>,
        time: Option<Timestamp>,
        authority: Option<String>,
    }
    let agency = kept.attested.agency.as_ref();
    let agency = agency.map(|agency| agency.certificate.display_name());
    let stamp = kept.attested.stamp.as_ref();
    let time = stamp.map(|stamp| stamp.time);
    let authority = stamp.map(|stamp| stamp.certificate.display_name());
    let file = kept.path.display().to_string();
    let (size, lang) = (kept.size, ui.lang);
    if ui.json {
        let schema = "sohoa.archive-attest/1";
        let answer = Answer { schema, size, file, agency, time, authority };
        return ui.answer(&serde_json::to_string(&answer).map_err(Failure::new)?);
    }
    if let Some(agency) = agency {
        let count = number::count(size, lang);
        ui.remark(&say::cli::attested_by(lang, count, harmless(&agency)));
    }
    if let (Some(time), Some(authority)) = (time, authority) {
        let count = number::count(size, lang);
        ui.remark(&say::cli::attested_at(lang, count, time, harmless(&authority)));
    }
    ui.remark(&say::cli::attested_kept(lang, harmless(&file)));
    Ok(())
}
