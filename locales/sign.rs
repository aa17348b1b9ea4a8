// Sentences about making signatures; `raster.rs` says how the table works.

messages! {
    // Why a file is not signed.

    /// A damaged file.
    damaged(what) {
        vi: "tệp PDF bị hỏng nên không ký: {what}; chữ ký trên bản được sửa sẽ là chữ ký trên một tệp chưa ai xem",
        en: "the PDF is damaged and is not signed: {what}; a signature over a repaired copy would be about a file nobody has seen",
    }
    /// Encrypted, no password.
    sealed() {
        vi: "tệp có mật khẩu và chưa được cho mật khẩu",
        en: "the file is encrypted and no password was given",
    }
    /// Encrypted in another way.
    foreign_cipher() {
        vi: "tệp được mã hóa theo cách chương trình không biết",
        en: "the file is encrypted in a way not known here",
    }
    /// No changes allowed.
    forbidden(field) {
        vi: "chữ ký `{field}` không cho phép thay đổi gì thêm; ký nữa sẽ làm chữ ký ấy mất hiệu lực",
        en: "the signature `{field}` permits no further change; signing would break it",
    }
    /// A locked field.
    field_locked(field, by) {
        vi: "trường `{field}` đã bị chữ ký `{by}` khóa; ký nữa sẽ làm chữ ký ấy mất hiệu lực",
        en: "the field `{field}` is locked by the signature `{by}`; signing would break that one",
    }
    /// No page.
    no_page() {
        vi: "không tìm thấy trang để đặt trường chữ ký",
        en: "there is no page to put a signature field on",
    }
    /// No such field.
    no_field(name) {
        vi: "không có trường chữ ký nào tên `{name}`",
        en: "there is no signature field named `{name}`",
    }
    /// Signed already.
    field_signed(name) {
        vi: "trường `{name}` đã có chữ ký",
        en: "the field `{name}` is signed already",
    }
    /// A read-only field.
    field_read_only(name) {
        vi: "trường `{name}` chỉ đọc; không được ký vào",
        en: "the field `{name}` is read-only; it is not to be signed",
    }
    /// A look.
    look_no_widget() {
        vi: "trường ký không có chỗ hiển thị trên trang, hoặc có nhiều chỗ; bỏ `--as` hoặc bỏ `--field`",
        en: "the field has no place on a page where it can be seen, or several; leave out `--as` or `--field`",
    }
    /// A look.
    look_field_small() {
        vi: "trường ký nhỏ hơn kích thước thật của dấu; bỏ `--field`, hoặc dùng trường rộng hơn",
        en: "the field is smaller than the stamp in its real size; leave out `--field`, or take a larger field",
    }
    /// Seed value.
    seed_value(name, what) {
        vi: "trường `{name}` bắt buộc (`/SV`): {what}",
        en: "the field `{name}` demands (`/SV`): {what}",
    }
    /// A demand.
    seed_format() {
        vi: "một định dạng chữ ký khác, không phải ETSI.CAdES.detached",
        en: "another format of signature than ETSI.CAdES.detached",
    }
    /// A demand.
    seed_digest(names) { vi: "thuật toán băm {names}", en: "the digest {names}" }
    /// A demand.
    seed_reasons(reasons) {
        vi: "một trong các lý do ký: {reasons}; ghi bằng `--reason`",
        en: "one of these reasons: {reasons}; state it with `--reason`",
    }
    /// A demand.
    seed_no_reason() { vi: "không ghi lý do ký", en: "that no reason is stated" }
    /// A demand.
    seed_certify(level) {
        vi: "chữ ký chứng nhận; thêm `--certify {level}`",
        en: "a certification; add `--certify {level}`",
    }
    /// A demand.
    seed_approve() {
        vi: "chữ ký phê duyệt; bỏ `--certify`",
        en: "an approval; leave `--certify` out",
    }
    /// A demand.
    seed_stamp() {
        vi: "dấu thời gian; thêm `--level t` và `--tsa`",
        en: "a time-stamp; add `--level t` and `--tsa`",
    }
    /// A demand.
    seed_certificate() { vi: "chứng thư số khác", en: "another certificate" }
    /// A demand.
    seed_other(key) {
        vi: "`/{key}`, điều chương trình không đáp ứng được",
        en: "`/{key}`, which is not supported",
    }
    /// Certify too late.
    certify_too_late() {
        vi: "văn bản đã có chữ ký nên không thể chứng nhận nữa; chữ ký chứng nhận phải là chữ ký đầu tiên",
        en: "the document bears signatures; a certification must be the first of them",
    }
    /// Nothing signed.
    nothing_signed() {
        vi: "tệp không có chữ ký nào",
        en: "the file bears no signature",
    }
    /// Broken signature.
    not_intact(field) {
        vi: "chữ ký `{field}` không toàn vẹn nên không thể kéo dài",
        en: "the signature `{field}` does not hold and cannot be extended",
    }
    /// Not holding.
    not_holding() {
        vi: "chữ ký vừa tạo không kiểm tra lại được; khóa hoặc thiết bị có lỗi",
        en: "the signature just made does not check; the key or the token is at fault",
    }
    /// Too large.
    too_large() {
        vi: "tệp lớn hơn mức định dạng cho phép",
        en: "the file is larger than the format allows",
    }
    /// Strict.
    concerns(list) {
        vi: "nội dung có thể đổi nghĩa sau khi ký: {list}",
        en: "content that can change its meaning after signing: {list}",
    }

    // What could change its meaning.

    /// Script.
    concern_script() { vi: "có mã kịch bản (JavaScript)", en: "a script (JavaScript)" }
    /// Action.
    concern_action() {
        vi: "có lệnh mở chương trình, gửi hoặc lấy dữ liệu bên ngoài",
        en: "an action that starts a program, sends or fetches something",
    }
    /// External.
    concern_external() {
        vi: "một phần nội dung nằm ở tệp khác",
        en: "a part of the content lies in another file",
    }
    /// Layers.
    concern_layers() {
        vi: "có các lớp có thể bật hoặc tắt",
        en: "layers that can be shown or hidden",
    }
    /// Need appearances.
    concern_need_appearances() {
        vi: "biểu mẫu để cho phần mềm đọc tự vẽ (`NeedAppearances`)",
        en: "the form leaves its looks to the reader (`NeedAppearances`)",
    }
    /// Shown otherwise.
    concern_differs() {
        vi: "có trường hiển thị khác với giá trị đã điền",
        en: "a field shows something else than its value",
    }
    /// Unshown.
    concern_unshown() {
        vi: "có trường đã điền nhưng không có hình hiển thị",
        en: "a field has a value and nothing that shows it",
    }
    /// Alternates.
    concern_alternates() {
        vi: "có ảnh kèm ảnh thay thế khi in hoặc xem",
        en: "a picture has alternatives for print or screen",
    }
    /// Media.
    concern_media() {
        vi: "có phim, âm thanh hoặc mô hình",
        en: "film, sound or models",
    }
    /// A concern.
    concern_xfa() {
        vi: "biểu mẫu XFA: có phần mềm hiển thị biểu mẫu ấy thay cho các trang được ký",
        en: "an XFA form, which some readers show in place of the pages that are signed",
    }

    // Keys and certificates.

    /// Malformed.
    key_malformed(what) {
        vi: "tệp khóa không đọc được: {what}",
        en: "the key file cannot be read: {what}",
    }
    /// Password needed.
    password_needed() {
        vi: "khóa có mật khẩu và chưa được cho mật khẩu",
        en: "the key is under a password and none was given",
    }
    /// Wrong password.
    wrong_password() {
        vi: "sai mật khẩu của khóa",
        en: "the password of the key is wrong",
    }
    /// Unknown cipher.
    key_cipher(name) {
        vi: "khóa được mã hóa bằng thuật toán chương trình không biết (`{name}`)",
        en: "the key is encrypted with an algorithm not known here (`{name}`)",
    }
    /// Unknown kind.
    key_kind(name) {
        vi: "loại khóa không dùng để ký được ở đây (`{name}`); cần RSA, P-256 hoặc P-384",
        en: "this kind of key cannot sign here (`{name}`); RSA, P-256 or P-384 is needed",
    }
    /// Old PEM.
    old_pem() {
        vi: "khóa PEM được mã hóa theo kiểu cũ của OpenSSL",
        en: "the PEM key is encrypted in the old way of OpenSSL",
    }
    /// No key.
    no_key() { vi: "tệp không có khóa bí mật", en: "there is no private key in the file" }
    /// No certificate.
    no_certificate() {
        vi: "không có chứng thư số nào khớp với khóa",
        en: "no certificate goes with the key",
    }
    /// Several.
    several_keys(names) {
        vi: "có nhiều chứng thư số ký được, phải chọn một: {names}",
        en: "several certificates could sign, one must be named: {names}",
    }
    /// None named.
    none_named(name) {
        vi: "không có chứng thư số nào là `{name}`",
        en: "no certificate is `{name}`",
    }
    /// Short.
    key_short(bits, least) {
        vi: "khóa RSA chỉ dài {bits} bit; Thông tư 15/2025/TT-BKHCN đòi hỏi ít nhất {least}",
        en: "the RSA key has {bits} bits; Thông tư 15/2025/TT-BKHCN asks for at least {least}",
    }
    /// Damaged.
    key_damaged() { vi: "khóa bị hỏng", en: "the key is damaged" }
    /// Failed.
    key_failed(why) { vi: "khóa không ký được: {why}", en: "the key would not sign: {why}" }
    /// No token.
    no_token(name) {
        vi: "không thấy thiết bị (token) nào tên `{name}` đang cắm",
        en: "no token `{name}` is there",
    }
    /// Several tokens.
    several_tokens(names) {
        vi: "có nhiều thiết bị đang cắm, phải chọn một: {names}",
        en: "several tokens are there, one must be named: {names}",
    }
    /// Wrong PIN.
    wrong_pin() {
        vi: "sai mã PIN; chương trình không thử lại để thiết bị khỏi bị khóa",
        en: "the PIN is wrong; it is not tried again, so that the token does not lock itself",
    }
    /// Locked.
    pin_locked() {
        vi: "thiết bị đã bị khóa vì sai mã PIN nhiều lần; liên hệ nơi cấp để mở khóa",
        en: "the token has locked itself after wrong PINs; whoever issued it can unlock it",
    }
    /// Final try.
    final_try() {
        vi: "thiết bị báo chỉ còn một lần thử mã PIN; hãy mở bằng phần mềm của nơi cấp trước, chương trình không thử",
        en: "the token says that one more wrong PIN locks it; open it with its own program first, it is not tried here",
    }
    /// Gone.
    token_gone() {
        vi: "thiết bị không còn cắm hoặc không trả lời",
        en: "the token is not there any more, or does not answer",
    }
    /// No PSS.
    no_pss() {
        vi: "thiết bị không ký được theo RSASSA-PSS",
        en: "the token cannot sign with RSASSA-PSS",
    }
    /// What else.
    token_said(said) { vi: "thiết bị báo lỗi: {said}", en: "the token said: {said}" }
    /// Not yet valid.
    not_yet_valid(from) {
        vi: "chứng thư số chưa có hiệu lực, bắt đầu từ {from}",
        en: "the certificate is not valid yet, only from {from}",
    }
    /// Expired.
    expired(until) {
        vi: "chứng thư số đã hết hạn từ {until}",
        en: "the certificate expired at {until}",
    }
    /// The owner forbids it.
    not_permitted() {
        vi: "tệp được mã hóa và chủ sở hữu không cho phép ký hoặc điền thêm",
        en: "the file is encrypted, and its owner permits neither signing nor filling in",
    }
    /// Unfit.
    unfit() {
        vi: "chứng thư số không được cấp để ký văn bản",
        en: "the certificate was not issued for signing documents",
    }
    /// Revoked.
    revoked(at) {
        vi: "chứng thư số đã bị thu hồi từ {at}",
        en: "the certificate was revoked at {at}",
    }
    /// Issuer missing.
    issuer_missing(name) {
        vi: "thiếu chứng thư số của nơi cấp `{name}`",
        en: "the certificate of the issuer `{name}` is missing",
    }
    /// Not vouched.
    not_vouched(name) {
        vi: "không có danh sách thu hồi hoặc trả lời OCSP còn hạn nào nói về `{name}`",
        en: "no revocation list or OCSP answer in force speaks of `{name}`",
    }

    /// A line of the queue.
    queue_line(path, line) {
        vi: "dòng {line} của `{path}` không phải là một văn bản chờ dấu thời gian",
        en: "line {line} of `{path}` is no paper that waits for a time-stamp",
    }

    // Time-stamps and the network.

    /// No stamp.
    no_stamp(tried) {
        vi: "không lấy được dấu thời gian: {tried}",
        en: "no time-stamp was to be had: {tried}",
    }
    /// Refused.
    stamp_refused(status, why) {
        vi: "bị từ chối (mã {status}) {why}",
        en: "it refused (status {status}) {why}",
    }
    /// Nonsense.
    stamp_nonsense() {
        vi: "trả lời không phải là dấu thời gian",
        en: "what it answered is no time-stamp",
    }
    /// About something else.
    stamp_other() {
        vi: "dấu thời gian trả về không phải cho yêu cầu này",
        en: "its time-stamp answers another request",
    }
    /// Unfit.
    stamp_unfit() {
        vi: "dấu thời gian hoặc chứng thư số của nó không đúng quy định",
        en: "its time-stamp or its certificate is not as it should be",
    }
    /// Clock.
    stamp_clock(seconds) {
        vi: "đồng hồ của máy này và của máy chủ dấu thời gian lệch nhau {seconds} giây",
        en: "this machine's clock and the authority's differ by {seconds} second{seconds:#}",
    }
    /// Bad address.
    net_address(url) { vi: "địa chỉ `{url}` không đúng", en: "`{url}` is no address that can be asked" }
    /// No such machine.
    net_host(name) { vi: "không tìm thấy máy chủ `{name}`", en: "there is no server `{name}` to be found" }
    /// Proxy.
    net_proxy(said) {
        vi: "máy chủ trung gian (proxy) từ chối hoặc không dùng được: {said}",
        en: "the proxy refused or cannot be used: {said}",
    }
    /// Nobody vouches for it.
    tls_untrusted() {
        vi: "máy này không tin cơ quan cấp chứng thư số của máy chủ; nêu chứng thư số đó bằng `--tls-ca TỆP` nếu cơ quan tin",
        en: "this machine does not trust whoever issued the server's certificate; name that authority with `--tls-ca FILE` if you do",
    }
    /// Not valid now.
    tls_expired() {
        vi: "chứng thư số của máy chủ đã hết hạn hoặc chưa có hiệu lực theo đồng hồ của máy này",
        en: "the server's certificate is not valid now by this machine's clock",
    }
    /// Another name.
    tls_other_name() {
        vi: "chứng thư số của máy chủ không cấp cho tên này",
        en: "the server's certificate is not for this name",
    }
    /// No roots.
    tls_no_roots() {
        vi: "máy này không có danh sách cơ quan cấp chứng thư số nào để kiểm tra https; cài gói `ca-certificates` hoặc dùng `--tls-ca TỆP`",
        en: "this machine has no list of authorities to check https with; install `ca-certificates` or use `--tls-ca FILE`",
    }
    /// Sent away from a safe line.
    tls_downgrade() {
        vi: "địa chỉ https chuyển sang địa chỉ không an toàn; không đi theo",
        en: "the https address leads to one that is not safe; it is not followed",
    }
    /// Anything else.
    tls_other(why) { vi: "không lập được đường truyền an toàn: {why}", en: "no safe line could be made: {why}" }
    /// Slow.
    net_slow() { vi: "không trả lời kịp", en: "it did not answer in time" }
    /// Nonsense.
    net_nonsense() { vi: "trả lời không đúng HTTP", en: "what it answered is no HTTP" }
    /// Too long.
    net_too_long(most) {
        vi: "trả lời dài hơn {most} byte",
        en: "its answer is longer than {most} bytes",
    }
    /// Status.
    net_status(status) { vi: "trả lời mã {status}", en: "it answered with status {status}" }

    // How a signature looks.

    /// Page unreadable.
    look_page(why) {
        vi: "không xem được trang để tìm chỗ đặt chữ ký: {why}",
        en: "the page cannot be looked at to find a place: {why}",
    }
    /// No room.
    look_no_room() {
        vi: "lề trên bên phải trang đầu không còn chỗ trống; chữ ký không được che chữ",
        en: "there is no free place in the top right margin of the first page, and a stamp covers no text",
    }
    /// No block.
    look_no_block() {
        vi: "không tìm thấy chức vụ và họ tên của người ký có khoảng trống ở giữa",
        en: "no position with a name below it and room between them was found",
    }
    /// No leader.
    look_no_leader() {
        vi: "không có hình chữ ký nào của người có thẩm quyền để đặt dấu lên",
        en: "there is no leader's signature to be seen that a seal could be put on",
    }
    /// Leader first.
    look_leader_first() {
        vi: "cơ quan chỉ ký sau người có thẩm quyền (Nghị định 30/2020/NĐ-CP, Điều 32)",
        en: "the agency signs after the leader (Nghị định 30/2020/NĐ-CP, Điều 32)",
    }
    /// Not the agency.
    look_not_agency() {
        vi: "bản sao điện tử phải ký bằng chứng thư số của cơ quan, không phải của cá nhân (Nghị định 30/2020/NĐ-CP, Điều 25)",
        en: "an electronic copy is signed with the agency's certificate, not a person's (Nghị định 30/2020/NĐ-CP, Điều 25)",
    }
    /// No number.
    look_no_number() {
        vi: "phụ lục cần số và ký hiệu của văn bản",
        en: "an annex needs number and notation of its document",
    }
    /// No picture.
    look_no_picture() {
        vi: "chưa có ảnh chữ ký hoặc ảnh dấu",
        en: "no picture of the signature or seal was given",
    }
    /// Bad picture.
    look_bad_picture() { vi: "ảnh không phải là PNG đọc được", en: "the picture is no PNG that can be read" }
    /// Opaque.
    look_opaque() {
        vi: "ảnh PNG không có nền trong suốt nên sẽ che chữ",
        en: "the PNG has no transparent ground and would cover text",
    }
    /// Width.
    look_width() {
        vi: "chiều rộng ảnh phải từ 5 đến 100 mm",
        en: "a picture is 5 to 100 mm wide",
    }
    /// Letters.
    look_letters(letters) {
        vi: "phông chữ thiếu các chữ: {letters}",
        en: "the font lacks these letters: {letters}",
    }
}
