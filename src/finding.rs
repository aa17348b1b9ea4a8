//! Something a run found out, with the measure behind it.
//!
//! A finding states a fact and how sure it is; it never decides an exit code.
//! It carries its sentence in both languages, so that a record written by a
//! Vietnamese clerk can be read by an English script and the other way round.

use serde::{Deserialize, Serialize};

use crate::say::Lang;

/// How much a finding matters to the person at the counter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Weight {
    /// For the record: what was done and why.
    Note,
    /// Worth a look, but nothing is missing.
    Warning,
    /// A person must act: something could not be read or decided.
    NeedsPerson,
}

/// A number that led to a finding, beside the limit it was held against.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Measure {
    /// What was measured, with its unit: `ink_share`, `skew_degrees`, ….
    pub what: String,
    /// The value found.
    pub value: f64,
    /// The limit it was compared with, where there is one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub limit: Option<f64>,
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    /// A stable code for scripts, in dotted lower case: `blank.set-aside`.
    pub code: String,
    /// How much it matters.
    pub weight: Weight,
    /// The page it is about, counted from 1 in the source.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub page: Option<u32>,
    /// The sentence in Vietnamese.
    pub vi: String,
    /// The sentence in English.
    pub en: String,
    /// The measures behind it.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub measures: Vec<Measure>,
}

impl Finding {
    /// A finding whose sentence `say` gives in either language.
    #[must_use]
    pub fn new(code: &str, weight: Weight, say: impl Fn(Lang) -> String) -> Self {
        Self {
            code: code.to_owned(),
            weight,
            page: None,
            vi: say(Lang::Vi),
            en: say(Lang::En),
            measures: Vec::new(),
        }
    }

    /// About this page, counted from 1.
    #[must_use]
    pub fn on_page(mut self, page: u32) -> Self {
        self.page = Some(page);
        self
    }

    /// With the number behind it.
    #[must_use]
    pub fn measured(mut self, what: &str, value: f64, limit: Option<f64>) -> Self {
        self.measures.push(Measure { what: what.to_owned(), value, limit });
        self
    }

    /// The sentence in `lang`.
    #[must_use]
    pub fn tell(&self, lang: Lang) -> &str {
        match lang {
            Lang::Vi => &self.vi,
            Lang::En => &self.en,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finding_survives_its_record() {
        let found = Finding::new("x.y", Weight::Note, |_| "z".to_owned())
            .on_page(2)
            .measured("ink_share", 0.001, Some(0.002));
        let json = serde_json::to_string(&found).unwrap();
        assert_eq!(serde_json::from_str::<Finding>(&json).unwrap(), found);
    }
}
