//! What people are called.
//!
//! A name stands under a signature, often under a seal, and is said nowhere else on the
//! page: nothing but what people are called tells whether it was read right. A name of
//! other words may be right all the same and is doubted, never changed.

use crate::text::fold::bare;
use crate::text::syllable::fold_tone;

/// Family names of nine in ten Vietnamese, without diacritics.
const FAMILIES: &str = "\
nguyen tran le pham hoang huynh phan vu vo dang bui do ho ngo duong ly dao doan
trinh mai luong cao ta thai quach nghiem khong trieu hua la tu dinh lam phung truong
ha to tang kieu luu chu chau tong vuong quang au ung thach danh son kim bach lo lu
vi ma hau giang giap diep ninh nong lai mac phi than thieu y h ksor rmah siu nay kpa
ro hoa tieu dam dong han khuat ong on sam tan ton ngan ngac ngu can cu dau thi thanh
trang";

/// How family names are spelt where marks are easily lost: `Hồ`, never `Hô`.
const SPELT: &str = "\
nguyễn trần lê phạm hoàng huỳnh phan vũ vừ võ đặng đăng bùi đỗ hồ ngô ngọ dương
đường lý lí ly đào đoàn doãn trịnh trình mai lương lường cao tạ thái quách nghiêm
khổng triệu hứa từ đinh lâm phùng trương hà hạ tô tăng kiều lưu chu châu tống tòng
vương";

/// Middle and given names.
const GIVEN: &str = "\
an anh ánh ân ba bá bách bạch bảo bằng bắc bích bình bính bội bửu ca cao cát cẩm cần
cẩn cảnh chánh chân chất châu chi chí chiến chiêu chinh chính chung chương chuyên
công cơ cúc cung cừ cự cường cương danh dân dần dậu diên diễm diễn diện diệp diệu
doan doanh du dung dũng duy duyên duyệt dư dự dương dưỡng đa đài đại đạm đàn đan
đang đào đạo đạt đăng đằng đắc đễ đích điềm điển điện điền điệp định đình đoan đoàn
đồng đông đô độ đôn đức gấm gia giang giao giáp giới hà hạ hai hải hàn hân hạnh hành
hào hảo hạo hằng hậu hiên hiến hiền hiển hiện hiệp hiếu hiệu hinh hoa hòa hóa hoài
hoan hoàn hoạn hoàng hoành hoạt học hội hồng hợi hợp hùng huân huấn huế huệ hương
hường hướng hưng hữu huy huyên huyền huynh huỳnh ích kha khả khai khải khang kháng
khanh khánh khắc khiêm khiết khoa khoan khoát khôi khuê khương kiêm kiểm kiên kiến
kiệm kiệt kiều kim kính kỳ kỷ lạc lai lam lan lãm lành lâm lân lập lăng lê lệ liêm
liên liễu liệu linh lĩnh loan long lộc lợi luân luận luật lục lũy lụa lương lượng
lựu lưu ly lý mạc mai mẫn mạnh mão mận mậu mây mến mi miên miền minh mơ mùi mỹ na
nam nga ngà ngạn ngân nghi nghị nghĩa nghiêm nghiệp ngoan ngoạn ngọc ngôn ngọ nguyên
nguyễn nguyện nguyệt nhã nhài nhàn nhân nhẫn nhạn nhật nhi nhị nhiên nho nhơn nhu
nhung như nhựt ninh nữ nương oanh pha phan phát phấn phi phong phòng phú phúc phục
phụng phước phương phượng quân quang quảng quế quốc quý quyên quyền quyết quyến
quỳnh sa sách sang sáng sao sâm sen sinh soạn sơn sung sử sự sửu sương sỹ sĩ tá tài
tam tám tâm tân tấn tần tấu tạo tăng thạch thái thám thạnh thanh thành thao thảo
thăng thắng thẩm thân thập thất thế thể thêm thi thị thích thiên thiện thiệp thiết
thiệu thiều thìn thịnh thoa thoại thoan thọ thơ thơm thông thống thời thu thủ thuần
thuận thuật thục thúy thùy thủy thụy thuyên thuyết thư thực thương thường thưởng
thượng tiên tiến tiền tiệp tiếp tiết tín tình tính tịnh toàn toản toại toán tôn tố
trà trạch trâm trân trấn trang tráng trí trị triết triều triển triệu trinh trình
trọng trúc trụ trung trực trường trưởng trương tú tuân tuấn tuất túc tuế tuệ tùng
tuy tuyên tuyến tuyển tuyền tuyết tư tự từ tứ tường tưởng tý tỵ uy uyên út ứng ước
vạn văn vân vận vấn vi vĩ vị viên viễn việt viết vinh vĩnh vịnh võ vọng vũ vui vương
vượng vy xuân xuyên xuyến yên yến ý vỹ hỷ phớc";

/// Family names that are middle names as often: what a seal leaves of `Tạ Hoàng Chiến`
/// looks whole.
const MIDDLE_TOO: [&str; 8] =
    ["hoàng", "mai", "hà", "thái", "lâm", "châu", "kim", "quang"];

/// Whether a word, whatever its marks, is a family name.
pub(crate) fn is_family(word: &str) -> bool {
    let word = bare(word);
    FAMILIES.split_whitespace().any(|family| family == word)
}

/// Whether a family name has other marks than those that are known.
pub(crate) fn is_misspelt_family(word: &str) -> bool {
    let word = word.to_lowercase();
    let folded = bare(&word);
    let mut known =
        SPELT.split_whitespace().filter(|name| bare(name) == folded).peekable();
    known.peek().is_some() && !known.any(|name| name == word)
}

/// Whether a name of two words may lack the first of three.
pub(crate) fn may_lack_family(first: &str) -> bool {
    let word = first.to_lowercase();
    let is_family = SPELT.split_whitespace().any(|name| bare(name) == bare(&word));
    !is_family || MIDDLE_TOO.contains(&word.as_str())
}

/// Whether people are called so, family names aside.
pub(crate) fn is_given(word: &str) -> bool {
    let word = fold_tone(&word.to_lowercase());
    let names = || GIVEN.split_whitespace().chain(SPELT.split_whitespace());
    names().any(|name| fold_tone(name) == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_from_what_their_marks_make_of_them() {
        assert!(is_family("Nguyên") && is_misspelt_family("Nguyên"));
        assert!(is_family("Hồ") && !is_misspelt_family("Hồ") && is_misspelt_family("Hô"));
        for name in ["Chi", "Vân", "Ngân", "Toàn", "Hoà", "Thúy", "Thuý"] {
            assert!(is_given(name), "{name}");
        }
        for name in ["Chỉ", "Vần", "Ngần", "Mới"] {
            assert!(!is_given(name), "{name}");
        }
        assert!(may_lack_family("Hoàng") && may_lack_family("Quỳnh"));
        assert!(!may_lack_family("Nguyễn"));
    }
}
