//! A figure: how many of how many, and which.
//!
//! Every thing in scope falls into exactly one [`Class`] of a figure, so that the
//! parts make up the whole by construction, and who doubts a figure can list
//! the things behind each part again.

use serde::Serialize;

use crate::report::class::{Class, Points};
use crate::report::indicators::{Indicator, Things};
use crate::report::scope::View;
use crate::report::value::{Share, in_hundredths};
use crate::say::Lang;

/// A figure.
#[derive(Clone, Debug, Serialize)]
pub struct Figure {
    /// Its name for programs and targets.
    pub code: &'static str,
    /// Its name.
    pub name: String,
    /// The rule it is computed by.
    pub rule: String,
    /// Of what: `dossiers`, `documents`, ….
    pub of: &'static str,
    /// The numerator.
    pub numerator: u64,
    /// The denominator.
    pub denominator: u64,
    /// What need not.
    pub exempted: u64,
    /// What nothing here can tell; part of the denominator.
    pub unverified: u64,
    /// In percent; nothing where the denominator is 0.
    pub percent: Option<f64>,
    /// What it should be, in percent.
    pub target: Option<f64>,
    /// Whether it is.
    pub reached: Option<bool>,
    /// Points reached and most points.
    pub points: Option<[f64; 2]>,
    /// The same in the period before.
    pub previous: Option<Share>,
    #[serde(skip)]
    /// The target in hundredths of a percent.
    pub demanded: Option<u32>,
    #[serde(skip)]
    /// The points.
    pub scored: Option<Points>,
}

impl Figure {
    /// Computes it.
    #[must_use]
    pub fn of(indicator: &Indicator, view: &View<'_>, lang: Lang) -> Self {
        let mut figure = Self {
            code: indicator.code,
            name: (indicator.name)(lang),
            rule: (indicator.rule)(lang),
            of: indicator.things.name(),
            numerator: 0,
            denominator: 0,
            exempted: 0,
            unverified: 0,
            percent: None,
            target: None,
            reached: None,
            points: None,
            previous: None,
            demanded: None,
            scored: indicator.points,
        };
        each(indicator, view, &mut |_, class| match class {
            Class::Counts => {
                figure.numerator += 1;
                figure.denominator += 1;
            }
            Class::Misses => figure.denominator += 1,
            Class::Unverified => {
                figure.unverified += 1;
                figure.denominator += 1;
            }
            Class::Exempt => figure.exempted += 1,
            Class::Outside => {}
        });
        let share = figure.share();
        figure.percent = share.hundredths().map(in_hundredths);
        figure.points = indicator.points.and_then(|points| {
            Some([in_hundredths(points.of(share)?), f64::from(points.most)])
        });
        figure
    }

    /// Held against a target in hundredths of a percent.
    #[must_use]
    pub fn held_against(mut self, target: Option<u32>) -> Self {
        self.demanded = target;
        self.target = target.map(|target| in_hundredths(target.into()));
        let share = self.share();
        self.reached =
            target.filter(|_| share.whole > 0).map(|target| share.reaches(target));
        self
    }

    /// The share.
    #[must_use]
    pub fn share(&self) -> Share {
        Share { part: self.numerator, whole: self.denominator }
    }
}

/// The things behind a part of a figure, by code and, for a document, ordinal.
#[must_use]
pub fn behind(indicator: &Indicator, view: &View<'_>, of: Class) -> Vec<String> {
    let mut all = Vec::new();
    each(indicator, view, &mut |thing, class| {
        if class == of {
            all.push(thing());
        }
    });
    all
}

/// Every thing and what it is to the figure.
fn each(
    indicator: &Indicator,
    view: &View<'_>,
    each: &mut dyn FnMut(&dyn Fn() -> String, Class),
) {
    match indicator.things {
        Things::Dossiers(class) => {
            for row in view.dossiers() {
                each(&|| row.code.to_string(), class(view, row));
            }
        }
        Things::Documents(class) => {
            for (row, document) in view.documents() {
                let name = || format!("{}#{}", row.code, document.ordinal);
                each(&name, class(view, row, document));
            }
        }
        Things::Others(_, list) => {
            for (name, class) in list(view) {
                each(&|| name.clone(), class);
            }
        }
    }
}
