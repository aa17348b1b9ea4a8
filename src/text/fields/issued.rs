//! The place and the day: `Khánh Hòa, ngày 05 tháng 01 năm 2026`.
//!
//! Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần I, II.4. Citizens write it above their
//! signature; minutes and contracts begin with it (`Hôm nay, ngày …`); laws say at
//! their end when they were passed.

use crate::text::Word;
use crate::text::fields::sheet::{Heading, Piece, Sheet, around, is_date, label_end};
use crate::text::fields::{Field, Name, least};
use crate::text::fold::bare;
use crate::text::numbers::{self, Doubt};
use crate::time::Day;
use crate::units::Rect;

/// Lines of the body that are looked at for a day at the beginning.
const FIRST_LINES: usize = 14;
/// A place has at most so many words.
const MOST_PLACE_WORDS: usize = 8;

/// Place and day on a first page.
pub(crate) fn fields(sheet: &Sheet, today: Day, is_intake: bool) -> Vec<Field> {
    if matches!(sheet.heading, Heading::State | Heading::Party) {
        // The day of an official paper stands in its head or, on minutes, in
        // the opening sentence; every other day on the page is another's.
        return in_the_head(sheet, today)
            .unwrap_or_else(|| in_the_opening(sheet, today).into_iter().collect());
    }
    let foot = at_the_foot(sheet, today);
    if !foot.is_empty() {
        return foot;
    }
    if is_intake && sheet.heading != Heading::Middle {
        return Vec::new();
    }
    in_the_opening(sheet, today).into_iter().collect()
}

/// Place and day in the right column of the head, on one line or two.
fn in_the_head(sheet: &Sheet, today: Day) -> Option<Vec<Field>> {
    let found = |column: &[Piece]| column.iter().position(|piece| is_date(&piece.bare));
    // A long place may reach into the left column.
    let (column, at) = match found(&sheet.right) {
        Some(at) => (&sheet.right, at),
        None => (&sheet.left, found(&sheet.left)?),
    };
    let piece = column.get(at)?;
    let piece = &without_number(piece);
    // `Bình An, ngày` may stand above `05 tháng 01 năm 2026`.
    let before = at.checked_sub(1).and_then(|before| column.get(before));
    let before = before.filter(|before| before.bare.contains("ngay"));
    let joined = before.and_then(|before| of_piece(&before.followed_by(piece)?, today));
    let one = joined.or_else(|| of_piece(piece, today));
    let is_whole = one.iter().flatten().any(|field| field.value.is_some());
    let next = column.get(at + 1).filter(|_| !is_whole);
    let both = next.and_then(|next| {
        let both = piece.followed_by(next)?;
        of_piece(&both, today)
            .filter(|both| both.iter().any(|field| field.value.is_some()))
    });
    both.or(one)
}

/// A line without the document number at its beginning.
fn without_number(piece: &Piece) -> Piece {
    if label_end(&piece.bare).is_none() {
        return piece.clone();
    }
    let code = piece.words.iter().position(|word| word.text.contains(['/', '-']));
    let rest = code.and_then(|code| piece.from(code + 1));
    rest.unwrap_or_else(|| piece.clone())
}

/// Place and day on a line of their own, above a signature.
pub(crate) fn at_the_foot(sheet: &Sheet, today: Day) -> Vec<Field> {
    let cut = sheet.cut(&sheet.body);
    // `Bình An, ngày` may stand above `05 tháng 01 năm 2026`, `Bình An, ngày 05` above
    // `tháng 01 năm 2026`.
    let broken = cut.windows(2).filter_map(|pair| match pair {
        [first, second] if breaks_off(first) && goes_on(second) => {
            first.followed_by(second)
        }
        _ => None,
    });
    let pieces: Vec<Piece> = cut.iter().cloned().chain(broken).collect();
    let own = pieces.iter().rev().filter(|piece| {
        is_date(&piece.bare)
            && !is_labelled(piece)
            && piece.words.len() <= MOST_PLACE_WORDS + 7
            && ends_as_day(piece)
            && begins_as_place(piece)
    });
    let found = own.filter_map(|piece| of_piece(piece, today));
    let mut found =
        found.filter(|fields| fields.iter().any(|field| field.value.is_some()));
    found.next().unwrap_or_default()
}

/// Whether a day is not the paper's own: `Ngày 21/5/2026` of a stamp, `Ngày sinh`, `Ngày
/// cấp`, `Sinh ngày`, `Cấp ngày` of a form. Papers spell their own day out (Nghị định
/// 30/2020/NĐ-CP, Phụ lục I, Phần II, I.4).
fn is_labelled(piece: &Piece) -> bool {
    let said = piece.bare.trim_start_matches(|c: char| !c.is_alphanumeric());
    // Behind the word stand the digits, or the dots they are to be written on.
    let names_it = said.strip_prefix("ngay").is_some_and(|rest| {
        let next = rest.trim_start_matches(|c: char| !c.is_alphanumeric());
        next.starts_with(char::is_alphabetic) && !next.starts_with("thang ")
            || next.starts_with("thang nam")
    });
    let is_entry = said.starts_with("ngay") && !said.contains("thang");
    // `Từ Sơn, ngày` is a place: a comma stands behind it.
    let before = said.split("ngay").next().unwrap_or_default();
    let before = before.trim_end_matches([' ', ':']);
    let last = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    names_it || is_entry || OTHER_DAYS.contains(&last)
}

/// What a day is that is not the paper's own: of birth, of issue of a card, of its end.
const OTHER_DAYS: [&str; 5] = ["sinh", "cap", "den", "han", "tu"];

/// `Hôm nay, … ngày 15 tháng 01 năm 2026`, `Thời gian: …`, `thông qua ngày …`.
fn in_the_opening(sheet: &Sheet, today: Day) -> Option<Field> {
    let opens = |piece: &&Piece| {
        let bare = piece.bare.trim_start_matches(|c: char| !c.is_alphanumeric());
        ["hom nay", "thoi gian bat dau", "thoi gian:", "vao hoi", "vao luc"]
            .iter()
            .any(|opening| bare.starts_with(opening))
    };
    let at = sheet.body.iter().take(FIRST_LINES).position(|piece| opens(&piece))?;
    // The day may stand on the next line.
    let words: Vec<Word> = sheet
        .body
        .iter()
        .skip(at)
        .take(2)
        .flat_map(|piece| piece.words.clone())
        .collect();
    let day = day_in(&words, today)?;
    day.value.is_some().then_some(day)
}

/// The day that words say, with the confidence of its least sure digit.
pub(crate) fn heard(words: &[Word], today: Day) -> Option<(String, f32, Vec<Word>)> {
    let field = day_in(words, today)?;
    let value = field.value.filter(|_| field.doubts.is_empty())?;
    let from = words.iter().position(|word| says_day(&word.text))?;
    let said = words.get(from..)?.to_vec();
    let digits =
        said.iter().filter(|word| word.text.contains(|c: char| c.is_ascii_digit()));
    let sure = digits.map(surest_digits).fold(100.0, f32::min);
    Some((value, sure, said))
}

/// The confidence of the least sure digit of a word.
fn surest_digits(word: &Word) -> f32 {
    let digits =
        word.symbols.iter().filter(|s| s.text.contains(|c: char| c.is_ascii_digit()));
    digits.map(|symbol| symbol.confidence).reduce(f32::min).unwrap_or(word.confidence)
}

/// Whether a line breaks off within a day: behind `ngày`, its digits, `tháng` or theirs.
fn breaks_off(piece: &Piece) -> bool {
    let said = piece.words.iter().map(|word| bare(&word.text));
    let said: Vec<String> = said
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned())
        .collect();
    let is_digits = |word: &str| {
        (1..=2).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_digit())
    };
    let is_part = |word: &&String| is_digits(word) || *word == "thang";
    let tail = said.iter().rev().take_while(is_part).count();
    let day = said.len().checked_sub(tail + 1).and_then(|at| said.get(at));
    tail <= 3 && day.is_some_and(|day| day == "ngay")
}

/// Whether a line goes on with a day that breaks off.
fn goes_on(piece: &Piece) -> bool {
    let first = piece.words.first().map(|word| bare(&word.text)).unwrap_or_default();
    let first = first.trim_matches(|c: char| !c.is_alphanumeric());
    matches!(first, "thang" | "nam") || first.starts_with(|c: char| c.is_ascii_digit())
}

/// Whether a line ends with the year: nothing goes on behind it.
fn ends_as_day(piece: &Piece) -> bool {
    let last = piece.words.last().map(|word| word.text.as_str()).unwrap_or_default();
    let ends_open = last.ends_with([';', ',', ':']);
    let digits = last.chars().filter(char::is_ascii_digit).count();
    !ends_open && (digits >= 2 || bare(last).starts_with("nam"))
}

/// Whether a line begins with a name and then says `ngày`.
fn begins_as_place(piece: &Piece) -> bool {
    let before: Vec<&Word> =
        piece.words.iter().take_while(|word| !says_day(&word.text)).collect();
    let begins =
        before.first().and_then(|word| word.text.chars().find(|c| c.is_alphabetic()));
    match begins {
        Some(first) => first.is_uppercase() && before.len() <= MOST_PLACE_WORDS,
        // `Ngày 05 tháng 01 năm 2026` without a place.
        None => piece.words.first().is_some_and(|word| word.text.starts_with(['N', 'n'])),
    }
}

/// Whether a word is `ngày`, perhaps with its digits glued on.
fn says_day(word: &str) -> bool {
    let bare = bare(word);
    bare.starts_with("ngay") || bare == "nga" || bare == "ngiy" || bare == "gay"
}

/// The place and the day of one line.
fn of_piece(piece: &Piece, today: Day) -> Option<Vec<Field>> {
    let day = day_in(&piece.words, today)?;
    let words = unglued(&piece.words);
    let before: Vec<Word> =
        words.iter().take_while(|word| !says_day(&word.text)).cloned().collect();
    let place =
        before.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ");
    let place = place.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    let is_place = place.chars().filter(|c| c.is_alphabetic()).count() >= 2
        && place.chars().next().is_some_and(char::is_uppercase);
    let place = is_place.then(|| Field::read(Name::Place, place, &before));
    Some([day].into_iter().chain(place).collect())
}

/// A run of one kind of sign in a line, and the word it belongs to.
#[derive(Debug)]
struct Token {
    text: String,
    word: usize,
}

/// The day among words; `None` if they do not speak of one.
fn day_in(words: &[Word], today: Day) -> Option<Field> {
    let words = unglued(words);
    let words = words.as_slice();
    let tokens = tokens(words);
    let texts: Vec<String> = tokens.iter().map(|token| bare(&token.text)).collect();
    let find = |names: &[&str], from: usize| {
        (from..texts.len())
            .find(|&at| texts.get(at).is_some_and(|text| names.contains(&text.as_str())))
    };
    let named = |from: usize| -> Option<[usize; 3]> {
        let day = find(&["ngay", "nga", "ngiy", "gay"], from)?;
        let month = find(&["thang", "thane", "thing", "hang"], day + 1)?;
        let year = find(&["nam", "nim", "nar"], month + 1)?;
        (year - day <= 8).then_some([day, month, year])
    };
    // The last one named, in a line that may speak of others before.
    let mut at = None;
    let mut from = 0;
    while let Some(found) = named(from) {
        at = Some(found);
        from = found.iter().max().map_or(texts.len(), |last| last + 1);
    }
    match at {
        Some([day, month, year]) => {
            Some(spelt(words, &tokens, [day, month, year], today))
        }
        None => with_slashes(words, today),
    }
}

/// A day spelt out: the digits behind each of the three words.
fn spelt(words: &[Word], tokens: &[Token], at: [usize; 3], today: Day) -> Field {
    let [day, month, year] = at;
    let between = |from: usize, to: usize| -> String {
        tokens.iter().take(to).skip(from + 1).map(|token| token.text.as_str()).collect()
    };
    let end = tokens.len().min(year + 3);
    let parts = [between(day, month), between(month, year), year_of(tokens, year, end)];
    let first = tokens.get(day).map_or(0, |token| token.word);
    let last = tokens.get(year + 1).or(tokens.get(year)).map_or(0, |token| token.word);
    let words = words.get(first..=last).unwrap_or(words);
    let read = words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ");
    let confidence = least(words);
    let field =
        Field { read, place: around(words), confidence, ..Field::of(Name::IssuedDate) };
    let bare_parts: Vec<String> = parts
        .iter()
        .map(|part| part.chars().filter(|c| !is_filler(*c)).collect())
        .collect();
    let is_blank = bare_parts.iter().any(String::is_empty);
    if is_blank {
        return field.doubted(Some(Doubt::Blank));
    }
    let digits: Option<Vec<numbers::Digits>> =
        bare_parts.iter().map(|part| numbers::digits(part)).collect();
    let Some(digits) = digits else { return field.doubted(Some(Doubt::Malformed)) };
    let repaired = digits.iter().any(|digits| digits.repaired);
    let has_form = |at: usize, most: usize| {
        digits.get(at).is_some_and(|digits| digits.digits.len() <= most)
    };
    let [d, m, y] = [0, 1, 2].map(|at| digits.get(at).map_or("", |d| d.digits.as_str()));
    if !has_form(0, 2) || !has_form(1, 2) || y.len() != 4 {
        return field.doubted(Some(Doubt::Malformed));
    }
    dated(field, [d, m, y], today).doubted(repaired.then_some(Doubt::LettersForDigits))
}

/// The field with its day, or the doubt that keeps it from being one.
fn dated(field: Field, [day, month, year]: [&str; 3], today: Day) -> Field {
    match numbers::day(day, month, year, today) {
        Ok(day) => Field { value: Some(day.to_string()), ..field },
        Err(doubt) => field.doubted(Some(doubt)),
    }
}

/// Dots, dashes and lines that mark where something is to be written.
fn is_filler(sign: char) -> bool {
    matches!(
        sign,
        '.' | '…'
            | '_'
            | '-'
            | '–'
            | ','
            | ':'
            | ';'
            | '\''
            | '`'
            | '’'
            | '‘'
            | '"'
            | '“'
            | '”'
    )
}

/// The year behind `năm`: four digits, nothing more.
fn year_of(tokens: &[Token], at: usize, end: usize) -> String {
    let behind = tokens.iter().take(end).skip(at + 1);
    let mut year = String::new();
    for token in behind {
        let piece: String = token.text.chars().filter(|c| !is_filler(*c)).collect();
        if piece.is_empty() {
            continue;
        }
        if year.is_empty() || year.chars().count() + piece.chars().count() <= 4 {
            year.push_str(&piece);
        }
        if year.chars().count() >= 4 {
            break;
        }
    }
    year
}

/// `16/7/2025`, `16-7-2025` or `16.7.2025` behind `ngày`.
fn with_slashes(words: &[Word], today: Day) -> Option<Field> {
    let from = words.iter().position(|word| says_day(&word.text))?;
    for word in words.iter().skip(from) {
        let text = word.text.trim_matches(|c: char| !c.is_alphanumeric());
        let text = text.trim_start_matches(char::is_alphabetic);
        let parts: Vec<&str> = text.split(['/', '-', '.']).collect();
        let [day, month, year] = parts.as_slice() else { continue };
        let is_number =
            |part: &&str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        if [day, month, year].into_iter().all(is_number) && year.len() == 4 {
            let field = Field {
                read: word.text.clone(),
                place: Some(word.place),
                confidence: word.confidence,
                ..Field::of(Name::IssuedDate)
            };
            return Some(dated(field, [day, month, year], today));
        }
    }
    None
}

/// Words of which `Trang,ngày` is two.
fn unglued(words: &[Word]) -> Vec<Word> {
    let mut all = Vec::new();
    for word in words {
        // A comma, and what it is read as.
        let is_comma = |c: char| !c.is_alphanumeric();
        let parts: Vec<&str> = word.text.splitn(2, is_comma).collect();
        // `01.-năm`: specks between a number and the next word.
        let tail = word.text.trim_start_matches(|c: char| c.is_ascii_digit());
        let glued = tail.trim_start_matches(is_filler);
        let digits = word.text.strip_suffix(tail).unwrap_or_default();
        let is_glued = !digits.is_empty() && glued.len() < tail.len();
        if is_glued && matches!(bare(glued).as_str(), "thang" | "nam") {
            all.push(Word { text: digits.to_owned(), ..word.clone() });
            all.push(Word { text: glued.to_owned(), ..word.clone() });
            continue;
        }
        match parts.as_slice() {
            [place, day] if bare(day).starts_with("ngay") => {
                let (left, right) = (word.place.left, word.place.right);
                let cut = f64::midpoint(left, right);
                let first = Rect { right: cut, ..word.place };
                let second = Rect { left: cut, ..word.place };
                all.push(Word {
                    text: format!("{place},"),
                    place: first,
                    ..word.clone()
                });
                all.push(Word { text: (*day).to_owned(), place: second, ..word.clone() });
            }
            _ => all.push(word.clone()),
        }
    }
    all
}

/// Words cut where letters end and digits begin: `ngày05` is two tokens. What
/// stands for a digit stays with digits.
fn tokens(words: &[Word]) -> Vec<Token> {
    let mut tokens = Vec::new();
    for (word, text) in
        words.iter().enumerate().map(|(at, word)| (at, word.text.as_str()))
    {
        let folded = bare(text);
        let cut = ["ngay", "thang", "nam"].into_iter().find_map(|name| {
            let rest = folded.strip_prefix(name)?;
            let is_glued = rest.starts_with(|c: char| c.is_ascii_digit() || is_filler(c));
            is_glued.then_some(name.chars().count())
        });
        let cut = cut.unwrap_or(usize::MAX);
        let head: String = text.chars().take(cut).collect();
        let tail: String = text.chars().skip(cut).collect();
        let head = head.trim_matches(|c: char| is_filler(c) && c != '…').to_owned();
        for text in [head, tail] {
            if !text.is_empty() {
                tokens.push(Token { text, word });
            }
        }
    }
    tokens
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fields::tests::words;

    fn found(text: &str) -> (Option<String>, Vec<Doubt>) {
        let field = day_in(&words(text), Day::new(2026, 7, 16).unwrap()).unwrap();
        (field.value, field.doubts)
    }

    #[test]
    fn days_are_read_as_offices_write_them() {
        for text in [
            "Khánh Hòa, ngày 05 tháng 01 năm 2026",
            "Khánh Hòa,ngày 05 tháng 01 năm 2026.",
            "Khánh Hòa+ngày 05 tháng 01 năm 2026",
            "Khánh Hoà, ngày05 tháng01 năm2026",
            "Khánh Hòa, ngày 05 thảng 01 nãm 2026",
            "Hôm nay, vào hồi 8 giờ 30 phút ngày 05 tháng 01 năm 2026, tại",
            "Hôm nay, ngày 05/01/2026, tại trụ sở",
        ] {
            assert_eq!(found(text), (Some("2026-01-05".to_owned()), vec![]), "{text}");
        }
    }

    #[test]
    fn a_day_may_go_on_in_the_next_line() {
        let piece = |text: &str| Piece::of(words(text)).unwrap();
        for (first, second) in [
            ("Bình An, ngày", "05 tháng 01 năm 2026"),
            ("Bình An, ngày 05", "tháng 01 năm 2026"),
            ("Bình An, ngày 05 tháng", "01 năm 2026."),
            ("Bình An, ngày 05 tháng 01", "năm 2026"),
        ] {
            assert!(breaks_off(&piece(first)) && goes_on(&piece(second)), "{first}");
        }
        for text in ["Bình An, ngày 05 tháng 01 năm 2026", "trong 30", "từ ngày mai"]
        {
            assert!(!breaks_off(&piece(text)), "{text}");
        }
        assert!(!goes_on(&piece("NGƯỜI LÀM ĐƠN")));
    }

    #[test]
    fn days_of_birth_and_of_cards_are_not_the_papers() {
        let is_labelled = |text: &str| is_labelled(&Piece::of(words(text)).unwrap());
        for text in [
            "Ngày sinh: 06/01/1999",
            "Ngày, tháng, năm sinh: 06/01/1999",
            "Ngày sinh / Date of birth: 06/01/1999",
            "Sinh ngày 06 tháng 01 năm 1999",
            "Cấp ngày: 28/08/2022",
            "Ngày cấp: 28/08/2022",
            "Có giá trị đến ngày 28/08/2032",
            "Ngày: 21/5/2026",
            "Ngày 21/5/2026",
        ] {
            assert!(is_labelled(text), "{text}");
        }
        for text in [
            "Từ Sơn, ngày 05 tháng 01 năm 2026",
            "Hà Nội. ngày 20/03/2026.",
            "ngày 20 tháng 3 năm 2026",
            "Bình An, ngày tháng năm 2026",
        ] {
            assert!(!is_labelled(text), "{text}");
        }
    }

    #[test]
    fn an_empty_day_is_blank_and_a_wrong_one_doubted() {
        let blank = (None, vec![Doubt::Blank]);
        assert_eq!(found("Hà Nội, ngày tháng năm 2026"), blank);
        assert_eq!(found("Hà Nội, ngày ..... tháng 4 năm 2026"), blank);
        assert_eq!(
            found("Hà Nội, ngày 31 tháng 4 năm 2026"),
            (None, vec![Doubt::NoSuchDay])
        );
        assert_eq!(found("Hà Nội, ngày 1 tháng 4 năm 2027"), (None, vec![Doubt::Future]));
        assert_eq!(
            found("Hà Nội, ngày #8 tháng 4 năm 2026"),
            (None, vec![Doubt::Malformed])
        );
    }

    #[test]
    fn letters_among_the_digits_are_told() {
        let (value, doubts) = found("Hà Nội, ngày l5 tháng 4 năm 2O26");
        assert_eq!(value.as_deref(), Some("2026-04-15"));
        assert_eq!(doubts, [Doubt::LettersForDigits]);
    }
}
