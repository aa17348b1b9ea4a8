//! Papers without end: templates (`papers/templates/`) filled from lists of
//! words and sentences (`papers/words.txt`).
//!
//! In a template or a list, `{name}` stands for a line of the list `name`,
//! `{name#1}` for the same line throughout the paper. `{Name}` begins with a
//! capital, `{NAME}` is all capitals. `{n:3-9}` is a number, `{nn:3-9}` one that
//! has a leading zero below ten, `{tat:name}` the initials of a name; money, dates and measures have names of their
//! own. A line `@prefix@name 2-5` becomes two to five different lines of the
//! list, each after the prefix, in which `#` is the number of the line.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result, ensure};
use sohoa::time::Day;

use crate::dice::Dice;
use crate::paper::long_date;

/// The lists.
const WORDS: &str = include_str!("papers/words.txt");

/// The months in which papers are signed, counted from the year 0: July 2025,
/// when communes took over, to October 2026.
const MONTHS: (u32, u32) = (2025 * 12 + 6, 2026 * 12 + 9);

/// Slots within slots, at most.
const DEPTH: u8 = 8;

/// Fills templates.
pub(crate) struct Writer<'a> {
    words: BTreeMap<&'static str, Vec<&'static str>>,
    kept: BTreeMap<String, String>,
    dice: &'a mut Dice,
    signed: (u32, Day),
    row: u32,
}

impl<'a> Writer<'a> {
    /// A writer of one paper.
    pub(crate) fn new(dice: &'a mut Dice) -> Result<Self> {
        let mut words: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        let mut name = "";
        for line in
            WORDS.lines().filter(|line| !line.is_empty() && !line.starts_with('#'))
        {
            let heading = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
            match heading {
                Some(heading) => name = heading,
                None => words.entry(name).or_default().push(line),
            }
        }
        let month = dice.whole(MONTHS.0, MONTHS.1);
        let signed = (month, day_in(dice, month)?);
        Ok(Self { words, kept: BTreeMap::new(), dice, signed, row: 0 })
    }

    /// The text of a paper, for [`crate::paper::Paper::parse`].
    pub(crate) fn fill(&mut self, template: &str) -> Result<String> {
        let mut text = String::new();
        for line in template.lines() {
            match line.strip_prefix('@') {
                Some(order) => text.push_str(&self.lines(order)?),
                None => {
                    text.push_str(&self.expand(line, DEPTH)?);
                    text.push('\n');
                }
            }
        }
        Ok(text)
    }

    /// Some lines of a list: `#. @nhiem-vu 2-4`.
    fn lines(&mut self, order: &str) -> Result<String> {
        let (prefix, rest) = order.split_once('@').context("`@` without a list")?;
        let (name, range) = rest.split_once(' ').context("a list without a range")?;
        let count = self.number(range)?;
        let list = self.words.get(name).with_context(|| format!("no list `{name}`"))?;
        let mut left = list.clone();
        let all = left.clone();
        let mut text = String::new();
        for number in 1..=count {
            if left.is_empty() {
                left.clone_from(&all);
            }
            let index = self.dice.whole(0, u32::try_from(left.len())? - 1) as usize;
            self.row = number;
            let line = self.expand(left.remove(index), DEPTH)?;
            text.push_str(&prefix.replace('#', &number.to_string()));
            text.push_str(&line);
            text.push('\n');
        }
        Ok(text)
    }

    /// Fills the slots of a line.
    fn expand(&mut self, line: &str, depth: u8) -> Result<String> {
        let mut text = String::new();
        let mut rest = line;
        while let Some((before, after)) = rest.split_once('{') {
            let (slot, after) = after.split_once('}').context("a slot without an end")?;
            text.push_str(before);
            text.push_str(&self.slot(slot, depth)?);
            rest = after;
        }
        Ok(text + rest)
    }

    /// Fills one slot.
    fn slot(&mut self, slot: &str, depth: u8) -> Result<String> {
        if let Some(name) = slot.strip_prefix("tat:") {
            return Ok(initials(&self.slot(name, depth)?).to_uppercase());
        }
        let name = slot.to_lowercase();
        let text = match self.kept.get(&name) {
            Some(kept) => kept.clone(),
            None => self.fresh(name.split('#').next().unwrap_or(&name), depth)?,
        };
        if name.contains('#') {
            self.kept.insert(name, text.clone());
        }
        let mut letters = slot.chars().filter(|c| c.is_alphabetic());
        Ok(match letters.next() {
            Some(first) if first.is_lowercase() => text,
            _ if letters.all(char::is_uppercase) => text.to_uppercase(),
            _ => capital(&text),
        })
    }

    /// A new filling.
    fn fresh(&mut self, name: &str, depth: u8) -> Result<String> {
        ensure!(depth > 0, "`{name}` calls itself");
        if let Some(text) = self.figure(name)? {
            return Ok(text);
        }
        let list = self.words.get(name).with_context(|| format!("no list `{name}`"))?;
        let line = *self.dice.pick(list).with_context(|| format!("`{name}` is empty"))?;
        self.expand(line, depth - 1)
    }

    /// Numbers, money, measures and dates, as Vietnamese offices write them.
    fn figure(&mut self, name: &str) -> Result<Option<String>> {
        if let Some(range) = name.strip_prefix("nn:") {
            return Ok(Some(format!("{:02}", self.number(range)?)));
        }
        if let Some(range) = name.strip_prefix("n:") {
            return Ok(Some(self.number(range)?.to_string()));
        }
        let (month, signed) = self.signed;
        let dice = &mut *self.dice;
        Ok(Some(match name {
            "stt" => format!("{:02}", self.row),
            "nghin" => dotted(dice.whole(1_012, 48_900)),
            "tien" if dice.one_in(3) => dotted(dice.whole(22, 1_960) * 500_000),
            "tien" => dotted(dice.whole(24, 990) * 50_000),
            "pt" => format!("{},{} %", dice.whole(11, 99), dice.whole(1, 9)),
            "dt" => format!("{},{} m²", dice.whole(31, 890), dice.whole(1, 9)),
            "so-dt" => format!("{},{}", dice.whole(31, 890), dice.whole(1, 9)),
            "gio" => format!("{} giờ {}0 phút", dice.whole(7, 16), dice.whole(0, 5)),
            "iso" => signed.to_string(),
            "ngay-ky" => long_date(signed),
            "ngay" => {
                let before = month - dice.whole(1, 6);
                long_date(day_in(dice, before)?)
            }
            "han" => {
                let after = month + dice.whole(1, 5);
                long_date(day_in(dice, after)?)
            }
            "ngan" => {
                let month = dice.whole(1955 * 12, 2009 * 12 - 1);
                day_in(dice, month)?.vietnamese()
            }
            _ => return Ok(None),
        }))
    }

    /// A number in a range `3-9`.
    fn number(&mut self, range: &str) -> Result<u32> {
        let (low, high) = range.split_once('-').context("a range without an end")?;
        Ok(self.dice.whole(low.parse()?, high.parse()?))
    }
}

/// A day in a month, counted from the year 0.
fn day_in(dice: &mut Dice, month: u32) -> Result<Day> {
    let (year, month) = (i16::try_from(month / 12)?, i8::try_from(month % 12 + 1)?);
    Day::new(year, month, i8::try_from(dice.whole(1, 28))?).context("no such day")
}

/// The initials of a name, as in the notation of a paper: `Sở Khoa học và Công
/// nghệ` is `SKHCN`, `Phòng Văn hóa - Xã hội` is `VHXH`.
fn initials(name: &str) -> String {
    let words = name.split_whitespace().filter(|&word| word != "và" && word != "Phòng");
    words.filter_map(|word| word.chars().find(|c| c.is_alphabetic())).collect()
}

/// Thousands parted by dots: `12.450.000`.
fn dotted(number: u32) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push('.');
        }
        text.push(digit);
    }
    text
}

/// The text with a capital first.
fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
