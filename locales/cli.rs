// Sentences about the command line itself; `raster.rs` says how the table works.

messages! {
    // The words before a failure, its causes and its advice.

    /// Before what went wrong.
    label_error() {
        vi: "lỗi:",
        en: "error:",
    }
    /// Before each cause.
    label_because() {
        vi: "vì:",
        en: "because:",
    }
    /// Before each piece of advice.
    label_hint() {
        vi: "gợi ý:",
        en: "hint:",
    }

    // Why the system refused.

    /// `ENOENT`.
    io_not_found() {
        vi: "không có tệp hay thư mục này",
        en: "no such file or folder",
    }
    /// `EACCES`, `EPERM`.
    io_permission() {
        vi: "không có quyền",
        en: "permission denied",
    }
    /// The system refused: a device, a pipe or a socket.
    io_device() {
        vi: "không phải tệp thường mà là đường ống hay thiết bị",
        en: "it is no ordinary file but a pipe or a device",
    }
    /// `EEXIST`.
    io_exists() {
        vi: "đã có tệp hay thư mục cùng tên",
        en: "a file or folder of this name exists",
    }
    /// `ENOTDIR`.
    io_not_a_folder() {
        vi: "đường dẫn đi qua một tệp không phải thư mục",
        en: "the path leads through something that is not a folder",
    }
    /// `EISDIR`.
    io_is_a_folder() {
        vi: "đó là thư mục, không phải tệp",
        en: "it is a folder, not a file",
    }
    /// `ENOTEMPTY`.
    io_not_empty() {
        vi: "thư mục không trống",
        en: "the folder is not empty",
    }
    /// `EROFS`.
    io_read_only() {
        vi: "ổ đĩa chỉ cho đọc",
        en: "the disk is read-only",
    }
    /// `ENOSPC`.
    io_full() {
        vi: "đĩa đã đầy",
        en: "the disk is full",
    }
    /// `EDQUOT`.
    io_quota() {
        vi: "đã dùng hết dung lượng được cấp",
        en: "the disk quota is used up",
    }
    /// `EFBIG`.
    io_too_large() {
        vi: "tệp lớn quá mức hệ thống cho phép",
        en: "the file is larger than the system allows",
    }
    /// `EINVAL` or `ENAMETOOLONG` about a name.
    io_bad_name() {
        vi: "tên tệp không hợp lệ hoặc quá dài",
        en: "the file name is invalid or too long",
    }
    /// `EPIPE`.
    io_pipe() {
        vi: "bên nhận đã đóng",
        en: "the reader has gone away",
    }
    /// Fewer bytes than expected.
    io_ends_early() {
        vi: "dữ liệu hết sớm hơn dự kiến",
        en: "the data ends earlier than expected",
    }
    /// A share that does not answer.
    io_network() {
        vi: "ổ mạng không phản hồi",
        en: "the network share does not answer",
    }
    /// `EBUSY`.
    io_busy() {
        vi: "thiết bị hoặc tệp đang bận",
        en: "the device or file is busy",
    }
    /// `ENOMEM`.
    io_memory() {
        vi: "máy không đủ bộ nhớ",
        en: "the machine is out of memory",
    }
    /// Anything else, as the system says it.
    io_other(error) {
        vi: "hệ thống báo: {error}",
        en: "the system says: {error}",
    }

    // The line as it was typed.

    /// A flag nobody declared.
    unknown_option(option) {
        vi: "không có tùy chọn `{option}`",
        en: "there is no option `{option}`",
    }
    /// A word where none was expected.
    unknown_argument(argument) {
        vi: "thừa `{argument}`",
        en: "unexpected `{argument}`",
    }
    /// A command nobody declared.
    unknown_command(command) {
        vi: "không có lệnh `{command}`",
        en: "there is no command `{command}`",
    }
    /// No command at all.
    command_missing() {
        vi: "chưa cho biết lệnh cần làm",
        en: "no command given",
    }
    /// A flag without its value.
    value_missing(argument) {
        vi: "`{argument}` còn thiếu giá trị",
        en: "`{argument}` needs a value",
    }
    /// A value that is not among those known.
    value_unknown(value, argument) {
        vi: "`{argument}` không nhận giá trị `{value}`",
        en: "`{argument}` does not take `{value}`",
    }
    /// A number too small, too large or no number.
    out_of_range(value, argument, least, most) {
        vi: "`{argument}` cần một số từ {least} đến {most}, không phải `{value}`",
        en: "`{argument}` takes a number from {least} to {most}, not `{value}`",
    }
    /// A required word that is not there.
    required_missing(argument) {
        vi: "còn thiếu `{argument}`",
        en: "`{argument}` is missing",
    }
    /// Two flags that exclude each other.
    conflict(argument, other) {
        vi: "`{argument}` không dùng cùng `{other}`",
        en: "`{argument}` cannot be used with `{other}`",
    }
    /// A flag given twice.
    repeated(argument) {
        vi: "`{argument}` được ghi nhiều lần",
        en: "`{argument}` is given more than once",
    }
    /// A value whose bytes are no text.
    not_utf8() {
        vi: "có giá trị không phải văn bản UTF-8",
        en: "a value is not UTF-8 text",
    }
    /// Anything else wrong with the line.
    cannot_parse() {
        vi: "không hiểu dòng lệnh này",
        en: "cannot understand this command line",
    }
    /// The likely word.
    hint_meant(word) {
        vi: "có phải bạn muốn gõ `{word}`?",
        en: "did you mean `{word}`?",
    }
    /// All possible words.
    hint_one_of(words) {
        vi: "các giá trị dùng được: {words}",
        en: "possible values: {words}",
    }
    /// Where the command is explained.
    hint_see_help(command) {
        vi: "xem cách dùng bằng `{command} --help`",
        en: "see `{command} --help`",
    }

    // Flags that contradict each other.

    /// The same source named twice.
    source_twice(source) {
        vi: "nguồn `{source}` được ghi hai lần",
        en: "source `{source}` is named twice",
    }
    /// Neither an archive nor a file.
    no_target() {
        vi: "chưa cho biết lưu vào đâu: cần `--archive` hoặc `-o`",
        en: "nowhere to put the result: give `--archive` or `-o`",
    }
    /// An archive and a file.
    two_targets() {
        vi: "chỉ dùng một trong hai: `--archive` hoặc `-o`",
        en: "give only one of `--archive` and `-o`",
    }
    /// A file named for what goes to standard output.
    form_is_streamed(form) {
        vi: "`--{form}` ghi ra đầu ra chuẩn, không nhận tên tệp",
        en: "`--{form}` writes to standard output and takes no file name",
    }
    /// Advice: a redirection.
    hint_stream_to(file) {
        vi: "viết `> {file}` ở cuối dòng lệnh",
        en: "write `> {file}` at the end of the line",
    }
    /// `-o -`.
    not_on_stdout(option) {
        vi: "`--{option}` cần một tên, không phải `-`: không ghi tệp ra đầu ra chuẩn",
        en: "`--{option}` takes a name, not `-`: no file is written to standard output",
    }
    /// `-o` with several sources or a folder.
    output_of_many(file) {
        vi: "`-o {file}` chỉ nhận đúng một tệp quét, không nhận nhiều nguồn hay thư mục",
        en: "`-o {file}` takes exactly one scan, not several sources or a folder",
    }
    /// `-o` names a folder.
    output_is_folder(file) {
        vi: "`-o {file}` là thư mục, cần tên một tệp PDF",
        en: "`-o {file}` is a folder, not the name of a PDF file",
    }
    /// `-o` names the scan itself.
    output_is_input(file) {
        vi: "`-o {file}` chính là đầu vào, bản quét gốc sẽ mất",
        en: "`-o {file}` is the input itself, the original scan would be lost",
    }
    /// A flag that means nothing without `-o`.
    needs_output(flag) {
        vi: "`{flag}` chỉ dùng được cùng với `-o`",
        en: "`{flag}` works only together with `-o`",
    }
    /// `--text-out` names a file whose form cannot be told.
    text_ending(file, endings) {
        vi: "không rõ ghi chữ vào `{file}` theo dạng nào; tên tệp phải kết thúc bằng một trong: {endings}",
        en: "cannot tell the form of the text in `{file}`; its name must end in one of: {endings}",
    }
    /// `-o` names a file that exists.
    output_exists(file) {
        vi: "đã có tệp `{file}`",
        en: "the file `{file}` exists",
    }
    /// `--collate` with more than two sources, or with folders among several.
    collate_sources() {
        vi: "`--collate` nhận một tệp (mặt trước rồi mặt sau), một thư mục gồm những tệp như thế, hoặc đúng hai tệp (mặt trước, mặt sau)",
        en: "`--collate` takes one file (fronts, then backs), a folder of such files, or exactly two files (fronts, backs)",
    }
    /// An archive inside a folder of scans.
    archive_in_source(archive, source) {
        vi: "kho hồ sơ `{archive}` nằm trong thư mục nguồn `{source}`",
        en: "the archive `{archive}` lies inside the source folder `{source}`",
    }
    /// `--force` with `--archive`.
    force_without_output() {
        vi: "`--force` chỉ dùng cùng `-o`; kho hồ sơ không bao giờ bị ghi đè",
        en: "`--force` goes with `-o` only; an archive is never overwritten",
    }
    /// A flag that means nothing without an archive.
    needs_archive(flag) {
        vi: "`{flag}` chỉ dùng cùng `--archive`",
        en: "`{flag}` goes with `--archive` only",
    }
    /// Standard input for both the scan and the password.
    stdin_twice() {
        vi: "đầu vào chuẩn không thể vừa là bản quét vừa là mật khẩu",
        en: "standard input cannot be both the scan and the password",
    }
    /// `-` at a keyboard.
    stdin_is_terminal() {
        vi: "`-` chờ một bản quét ở đầu vào chuẩn, nhưng đó đang là bàn phím",
        en: "`-` expects a scan on standard input, which is the keyboard",
    }
    /// `--not-secret` without a name.
    no_person() {
        vi: "`--not-secret` cần họ tên người chịu trách nhiệm xác nhận",
        en: "`--not-secret` takes the name of the person who confirms it",
    }
    /// Advice: an archive.
    hint_archive() {
        vi: "lưu vào kho hồ sơ bằng `--archive THƯ_MỤC`",
        en: "file into an archive with `--archive DIR`",
    }
    /// Advice: one file.
    hint_output() {
        vi: "hoặc ghi một tệp PDF bằng `-o TỆP.pdf`",
        en: "or write one PDF file with `-o FILE.pdf`",
    }
    /// Files that were no inputs.
    passed_over(count, names) {
        vi: "bỏ qua {count} tệp ẩn hoặc mang tên tệp đang ghi dở, không tính là đầu vào: {names}; đổi tên rồi chạy lại nếu đó là bản quét",
        en: "passed over {count} file{count:#} hidden or named as unfinished: {names}; rename and run again what is a scan",
    }
    /// Advice: another name.
    hint_other_name() {
        vi: "chọn tên khác; tệp đã có không bao giờ bị ghi đè ở đây",
        en: "choose another name; what exists is never overwritten here",
    }
    /// Advice: the place of an option.
    hint_after(option, command) {
        vi: "viết `{option}` sau `{command}`",
        en: "write `{option}` after `{command}`",
    }
    /// Advice: replace.
    hint_force() {
        vi: "chọn tên khác, hoặc ghi đè bằng `--force`",
        en: "choose another name, or overwrite with `--force`",
    }
    /// Advice: keep apart.
    hint_separate_folders() {
        vi: "để kho hồ sơ và bản quét ở hai thư mục tách rời",
        en: "keep the archive and the scans in separate folders",
    }
    /// Advice: languages.
    hint_language() {
        vi: "ghi tên bộ dữ liệu nhận dạng, nối bằng dấu +, ví dụ `vie+eng`",
        en: "give names of recognition data joined by +, such as `vie+eng`",
    }
    /// Advice: a name.
    hint_person() {
        vi: "ví dụ `--not-secret 'Nguyễn Văn An'`",
        en: "for example `--not-secret 'Nguyễn Văn An'`",
    }
    /// Advice: redirect.
    hint_redirect() {
        vi: "đưa tệp vào bằng `< ban-quet.tif`, hoặc ghi tên tệp thay cho `-`",
        en: "redirect a file with `< scan.tif`, or name the file instead of `-`",
    }

    // The surroundings.

    /// `SOURCE_DATE_EPOCH` that is no number.
    bad_epoch(value) {
        vi: "biến `SOURCE_DATE_EPOCH` có giá trị `{value}`, cần số giây tính từ 1970-01-01 UTC",
        en: "`SOURCE_DATE_EPOCH` is `{value}`, not a number of seconds since 1970-01-01 UTC",
    }
    /// Advice: unset it.
    hint_epoch() {
        vi: "bỏ biến này bằng `unset SOURCE_DATE_EPOCH` để dùng đồng hồ của máy",
        en: "use the machine's clock with `unset SOURCE_DATE_EPOCH`",
    }
    /// A clock beyond the year 9999.
    bad_clock() {
        vi: "đồng hồ của máy chỉ một thời điểm không thể có",
        en: "the machine's clock shows an impossible moment",
    }
    /// stdout that cannot be written.
    cannot_answer() {
        vi: "không ghi được ra đầu ra chuẩn",
        en: "cannot write to standard output",
    }
    /// Handlers of Ctrl-C refused.
    cannot_listen() {
        vi: "không đặt được cách dừng bằng Ctrl-C",
        en: "cannot prepare to be stopped by Ctrl-C",
    }
    /// Standard input fails.
    cannot_read_stdin() {
        vi: "không đọc được đầu vào chuẩn",
        en: "cannot read standard input",
    }
    /// A file fails.
    cannot_read(path) {
        vi: "không đọc được `{path}`",
        en: "cannot read `{path}`",
    }
    /// The program itself is at fault.
    apology(version, panic) {
        vi: "xin lỗi, sohoa {version} gặp lỗi bên trong và phải dừng (`{panic}`)",
        en: "sorry, sohoa {version} hit a fault of its own and had to stop (`{panic}`)",
    }
    /// Advice: report it.
    hint_report() {
        vi: "gửi dòng trên cho người phụ trách, kèm lệnh đã gõ và tên tệp đang làm",
        en: "report the line above with the command and the file it was working on",
    }
    /// Advice: run again.
    hint_run_again() {
        vi: "phần đã lưu còn nguyên; chạy lại cùng lệnh để làm tiếp",
        en: "what was filed is safe; the same command goes on with the rest",
    }

    // Time.

    /// Hours and minutes.
    hours_minutes(hours, minutes) {
        vi: "{hours} giờ {minutes} phút",
        en: "{hours} h {minutes} min",
    }
    /// Minutes and seconds.
    minutes_seconds(minutes, seconds) {
        vi: "{minutes} phút {seconds} giây",
        en: "{minutes} min {seconds} s",
    }
    /// Seconds.
    seconds(seconds) {
        vi: "{seconds} giây",
        en: "{seconds} s",
    }

    // Progress.

    /// Pages done of all.
    pages_of(done, all) {
        vi: "{done}/{all} trang",
        en: "page {done} of {all}",
    }
    /// Pages done of an estimate.
    pages_of_about(done, all) {
        vi: "{done}/~{all} trang",
        en: "page {done} of ~{all}",
    }
    /// Pages a second.
    speed(speed) {
        vi: "{speed} trang/giây",
        en: "{speed} pages/s",
    }
    /// Time left.
    time_left(time) {
        vi: "còn ~{time}",
        en: "~{time} left",
    }
    /// Inputs a person must see so far.
    troubled(number) {
        vi: "{number} cần xem",
        en: "{number} to look at",
    }
    /// After the first Ctrl-C.
    stopping() {
        vi: "đang dừng sau trang này; Ctrl-C lần nữa để dừng ngay",
        en: "stopping after this page; Ctrl-C again to stop at once",
    }

    // How an input ended.

    /// Filed.
    status_filed() {
        vi: "đã lưu",
        en: "filed",
    }
    /// Would be filed.
    status_would_file() {
        vi: "sẽ lưu",
        en: "would be filed",
    }
    /// Filed, but look.
    status_needs_person() {
        vi: "cần người xem",
        en: "needs a person",
    }
    /// There before.
    status_already_filed() {
        vi: "đã có",
        en: "already filed",
    }
    /// Set aside with a reason.
    status_quarantined() {
        vi: "cách ly",
        en: "quarantined",
    }
    /// Not taken.
    status_failed() {
        vi: "lỗi",
        en: "failed",
    }
    /// Bears a secrecy marking.
    status_secret() {
        vi: "mật",
        en: "secret",
    }
    /// Not begun.
    status_not_reached() {
        vi: "chưa làm",
        en: "not reached",
    }

    // The closing account.

    /// Column: how it ended.
    heading_result() {
        vi: "Kết quả",
        en: "Result",
    }
    /// Column: the dossier.
    heading_dossier() {
        vi: "Hồ sơ",
        en: "Dossier",
    }
    /// Column: pages.
    heading_pages() {
        vi: "Trang",
        en: "Pages",
    }
    /// Column: words.
    heading_words() {
        vi: "Từ",
        en: "Words",
    }
    /// Column: the input.
    heading_input() {
        vi: "Đầu vào",
        en: "Input",
    }
    /// Column: the input, its folder said once.
    heading_input_in(folder) {
        vi: "Đầu vào trong {folder}",
        en: "Input in {folder}",
    }
    /// In place of the name of a secret paper.
    name_not_said() {
        vi: "(không nêu tên)",
        en: "(not named)",
    }
    /// A sentence about a page.
    on_page(page, sentence) {
        vi: "trang {page}: {sentence}",
        en: "page {page}: {sentence}",
    }
    /// Reasons not shown.
    more_reasons(number) {
        vi: "và {number} điều khác, xem bằng --json",
        en: "and {number} more, see --json",
    }
    /// Rows not shown.
    rows_left_out(number) {
        vi: "… và {number} dòng nữa; xem tất cả bằng --json",
        en: "… and {number} more; see them all with --json",
    }
    /// The left side of the conservation line.
    inputs(number) {
        vi: "{number} đầu vào",
        en: "Inputs: {number}",
    }
    /// All filed.
    closing_filed(pages, time, archive) {
        vi: "Xong {pages} trang sau {time}. Mọi đầu vào đã nằm trong kho hồ sơ `{archive}`.",
        en: "Done after {time}, pages: {pages}. Every input is filed in the archive `{archive}`.",
    }
    /// There was nothing to do.
    closing_nothing() {
        vi: "Không thấy tệp nào để số hóa ở nơi đã chỉ.",
        en: "Nothing to digitise was found there.",
    }
    /// The file is written.
    closing_written(pages, time, file) {
        vi: "Xong {pages} trang sau {time}. Bản PDF/A tìm kiếm được: `{file}`.",
        en: "Done after {time}, pages: {pages}. The searchable PDF/A is `{file}`.",
    }
    /// A rehearsal in which all went well.
    closing_rehearsed(pages, time) {
        vi: "Chạy thử xong {pages} trang sau {time}; chưa ghi gì. Bỏ --dry-run để làm thật.",
        en: "Rehearsed in {time}, pages: {pages}; nothing was written. Leave out --dry-run to do it.",
    }
    /// Something needs a person.
    closing_with_care(pages, time) {
        vi: "Xong {pages} trang sau {time}, còn việc cho người xử lý:",
        en: "Done after {time}, pages: {pages}. This needs a person:",
    }
    /// Stopped before the end.
    closing_interrupted(time) {
        vi: "Đã dừng theo yêu cầu sau {time}. Phần đã lưu còn nguyên; chạy lại cùng lệnh để làm tiếp.",
        en: "Stopped on request after {time}. What was filed stays; the same command goes on.",
    }
    /// Ended early by the disk or the archive; the error follows.
    closing_broken_off(time) {
        vi: "Phải dừng sau {time} vì không ghi tiếp được. Phần đã lưu còn nguyên; khắc phục rồi \
             chạy lại cùng lệnh để làm tiếp.",
        en: "Had to stop after {time}: nothing more could be written. What was filed stays; mend \
             the cause and the same command goes on.",
    }
    /// Advice: the sums do not agree.
    not_conserved() {
        vi: "Số đầu vào không khớp với kết quả: đây là lỗi của sohoa. Giữ nguyên bản quét gốc và \
             báo cho người phụ trách.",
        en: "The inputs do not balance with the results: a fault of sohoa. Keep the original scans \
             and report it.",
    }
    /// Advice: secret papers.
    advice_secret(number, positions) {
        vi: "Mật: {number} đầu vào mang dấu chỉ độ mật (thứ tự: {positions}); sohoa không ghi gì \
             về chúng. Báo người phụ trách bảo vệ bí mật nhà nước của cơ quan.",
        en: "Secret: {number} with a secrecy marking (position: {positions}); nothing about them \
             was written. Tell the person in charge of state secrets at the agency.",
    }
    /// Advice: not secret after all.
    advice_not_secret() {
        vi: "Nếu chắc chắn không phải tài liệu mật, chạy lại riêng tệp đó với --not-secret 'HỌ TÊN' \
             của người xác nhận.",
        en: "If a paper is certainly not secret, run that file again with --not-secret 'NAME' of \
             the person who confirms it.",
    }
    /// Advice: failures.
    advice_failed(number) {
        vi: "Lỗi: {number} đầu vào chưa được lưu và còn nguyên ở chỗ cũ. Khắc phục rồi chạy lại \
             cùng lệnh; không gì bị lưu hai lần.",
        en: "Failed: {number}, not filed and untouched where they were. Mend the cause and run the \
             same command; nothing is filed twice.",
    }
    /// Advice: quarantine.
    advice_quarantined(number, place) {
        vi: "Cách ly: {number} đầu vào chưa nhận được, nằm trong `{place}` kèm lý do.",
        en: "Quarantined: {number}, kept with the reason in `{place}`.",
    }
    /// Advice: would go to quarantine.
    advice_would_quarantine(number) {
        vi: "Cách ly: {number} đầu vào sẽ không nhận được; lý do ở trên.",
        en: "Quarantined: {number} would not be taken; the reason is above.",
    }
    /// Advice: look at it.
    advice_needs_person(number) {
        vi: "Cần người xem: {number} đầu vào có chỗ máy không chắc; đối chiếu với bản giấy theo lý \
             do ở trên.",
        en: "Needs a person: {number}, where the machine is not sure; compare with the paper as \
             told above.",
    }
    /// Advice: it was a rehearsal.
    advice_rehearsed() {
        vi: "Đây là chạy thử: chưa ghi gì.",
        en: "This was a rehearsal: nothing was written.",
    }
    /// Advice: the size limit.
    hint_max_pixels() {
        vi: "Ảnh lớn quá mức: nếu bản quét đúng là lớn như vậy, nâng giới hạn trên số điểm ảnh của \
             nó, ví dụ --max-pixels 400M.",
        en: "Image too large: if the paper really is that large, raise the limit above its pixels, \
             such as --max-pixels 400M.",
    }
    /// Advice: what can be taken.
    hint_formats() {
        vi: "Không phải bản quét (TIFF, JPEG, PNG, WebP, BMP, PDF): tệp Word, Excel, văn bản thì lưu nguyên \
             dạng bằng `sohoa archive add`; ảnh điện thoại (HEIC) xuất ra JPEG, tệp ZIP giải nén, rồi đưa vào lại.",
        en: "Not a scan (TIFF, JPEG, PNG, WebP, BMP, PDF): keep Word, Excel and text files as they are with \
             `sohoa archive add`; export phone pictures (HEIC) as JPEG, unpack ZIP files, and bring them again.",
    }
    /// Advice: a folder that is no archive.
    hint_no_archive() {
        vi: "nếu kho nằm trên ổ mạng, xem ổ đã được nối chưa; nếu chưa có kho, tạo bằng `sohoa archive \
             init THƯ_MỤC`",
        en: "if the archive is on a network share, see that it is mounted; if there is none yet, make it \
             with `sohoa archive init DIR`",
    }
    /// Advice: an archive that may not be written.
    hint_rights() {
        vi: "xem ai được ghi vào đó bằng `ls -ld`, rồi chạy lại bằng tài khoản có quyền",
        en: "see who may write there with `ls -ld`, and run again as a user who may",
    }
    /// Advice: no room left.
    hint_disk_full() {
        vi: "xem chỗ trống bằng `df -h`, dọn đĩa rồi chạy lại cùng lệnh: phần đã lưu còn nguyên",
        en: "see what is free with `df -h`, make room and run the same command: what was filed is safe",
    }
    /// Advice: a damaged file.
    hint_scan_again() {
        vi: "Tệp hỏng, rỗng hoặc bị cắt cụt: chép lại từ máy quét, hoặc quét lại giấy.",
        en: "File damaged, empty or cut short: copy it from the scanner again, or scan the paper again.",
    }
    /// Advice: a sound file in a coding that is not taken.
    hint_unsupported() {
        vi: "Tệp không hỏng nhưng mã hóa theo kiểu hiếm gặp: trong phần mềm máy quét hãy chọn TIFF nén G4 \
             hoặc LZW, JPEG hay PDF, hoặc chuyển tệp sang một trong các kiểu đó.",
        en: "File sound but of a rare coding: choose TIFF with G4 or LZW compression, JPEG or PDF in the \
             scanner's software, or convert the file to one of these.",
    }
    /// Advice: something at a path that is no file.
    hint_not_a_file() {
        vi: "Không phải tệp thường: ghi thẳng tên thư mục sau `sohoa ingest`, hoặc đưa dữ liệu của \
             chương trình khác vào bằng `-`.",
        en: "Not an ordinary file: name the folder itself after `sohoa ingest`, or pass what another \
             program writes with `-`.",
    }
    /// Advice: a file somebody still writes to.
    hint_changing() {
        vi: "Tệp còn đang được ghi: chờ máy quét ghi xong rồi chạy lại cùng lệnh.",
        en: "File still being written: wait for the scanner to finish and run the same command.",
    }
    /// Advice: a file or folder the system does not give.
    hint_unreadable() {
        vi: "Không đọc được: xem tệp còn ở đó không và quyền đọc bằng `ls -l`, mở quyền rồi chạy lại.",
        en: "Unreadable: see with `ls -l` whether it is there and who may read it, and run again.",
    }
    /// Advice: a file of more pages than are taken.
    hint_too_many_pages() {
        vi: "Tệp quá nhiều trang: tách thành nhiều tệp nhỏ hơn rồi đưa vào lại.",
        en: "Too many pages: split the file into smaller ones and bring them again.",
    }
    /// Advice: a password.
    hint_password_file() {
        vi: "PDF có mật khẩu: ghi mật khẩu vào một tệp và thêm --password-file TỆP.",
        en: "Encrypted PDF: put the password into a file and add --password-file FILE.",
    }
    /// Advice: leave pages out.
    hint_skip_damaged() {
        vi: "Trang hỏng: quét lại, hoặc lưu các trang còn lại bằng --skip-damaged.",
        en: "Damaged page: scan it again, or file the other pages with --skip-damaged.",
    }
    /// Advice: more time.
    hint_page_timeout() {
        vi: "Trang đọc quá lâu: cho thêm thời gian, ví dụ --page-timeout 600.",
        en: "Page took too long: give it more time, such as --page-timeout 600.",
    }
    /// Advice: a resolution.
    hint_dpi() {
        vi: "Độ phân giải thiếu hoặc vô lý: cho biết số đúng bằng --dpi, ví dụ --dpi 300.",
        en: "Resolution missing or absurd: give the right one with --dpi, such as --dpi 300.",
    }
    /// Advice: the doctor.
    hint_doctor() {
        vi: "xem máy còn thiếu gì và lệnh để cài bằng `sohoa doctor`",
        en: "see what is missing and the command that installs it with `sohoa doctor`",
    }

    // sohoa archive init

    /// An empty name.
    no_agency_name() {
        vi: "`--name` cần tên cơ quan",
        en: "`--name` takes the name of the agency",
    }
    /// What `init` must be told.
    init_needs(flag) {
        vi: "cần `{flag}` để lập kho hồ sơ",
        en: "`{flag}` is needed to create an archive",
    }
    /// How it is told.
    hint_init_needs() {
        vi: "gõ `--agency H32.18 --name 'UBND phường Nam Nha Trang'`, hoặc chạy lệnh trên màn hình để được hỏi",
        en: "type `--agency H32.18 --name 'UBND phường Nam Nha Trang'`, or run the command on a terminal to be asked",
    }
    /// Asks for the identifier.
    ask_agency() {
        vi: "Mã định danh cơ quan (QĐ 20/2020/QĐ-TTg), ví dụ H32.18:",
        en: "Identifier of the agency (Decision 20/2020/QĐ-TTg), such as H32.18:",
    }
    /// Asks for the name.
    ask_agency_name() {
        vi: "Tên cơ quan như ghi trên văn bản:",
        en: "Name of the agency as on its documents:",
    }
    /// Asks for the scheme of codes.
    ask_scheme() {
        vi: "Cách viết mã hồ sơ, new (H32.18-...) hoặc old (000.00.18.H32-...) [new]:",
        en: "How codes are written, new (H32.18-...) or old (000.00.18.H32-...) [new]:",
    }
    /// The archive is there.
    archive_created(archive, agency) {
        vi: "Đã tạo kho hồ sơ `{archive}` cho {agency}.",
        en: "Created the archive `{archive}` for {agency}.",
    }
    /// What to do next.
    archive_next(archive) {
        vi: "Lưu bản quét vào kho: sohoa ingest BẢN_QUÉT --archive {archive}",
        en: "File scans into it: sohoa ingest SCANS --archive {archive}",
    }

    // sohoa doctor

    /// Heading.
    doctor_heading(version) {
        vi: "sohoa {version} kiểm tra máy này",
        en: "sohoa {version} looks at this machine",
    }
    /// State: there.
    state_ready() {
        vi: "đủ",
        en: "ok",
    }
    /// State: needed and missing.
    state_missing() {
        vi: "THIẾU",
        en: "MISSING",
    }
    /// State: useful and missing.
    state_advised() {
        vi: "nên có",
        en: "advised",
    }
    /// State: for information.
    state_note() {
        vi: "ghi nhận",
        en: "note",
    }
    /// Check: recognition of Vietnamese.
    check_vietnamese() {
        vi: "Dữ liệu nhận dạng tiếng Việt",
        en: "Vietnamese recognition data",
    }
    /// Check: recognition of English.
    check_english() {
        vi: "Dữ liệu nhận dạng tiếng Anh",
        en: "English recognition data",
    }
    /// Check: a font.
    check_font() {
        vi: "Phông chữ kiểu Times có tiếng Việt",
        en: "A Times-like font with Vietnamese letters",
    }
    /// Check: token libraries.
    check_tokens() {
        vi: "Thư viện thiết bị ký số (PKCS#11)",
        en: "Libraries of signing tokens (PKCS#11)",
    }
    /// Check: the character set.
    check_characters() {
        vi: "Bảng mã của máy là UTF-8",
        en: "The character set is UTF-8",
    }
    /// Check: the archive.
    check_archive() {
        vi: "Kho hồ sơ ghi được",
        en: "The archive can be written",
    }
    /// Check: free space.
    check_space() {
        vi: "Chỗ trống cho kho hồ sơ",
        en: "Room for the archive",
    }
    /// A file not found in a folder.
    not_found_in(file, folders) {
        vi: "không thấy `{file}` trong {folders}",
        en: "no `{file}` in {folders}",
    }
    /// No token library.
    no_tokens() {
        vi: "không thấy; chỉ cần khi ký số bằng USB token hoặc thẻ",
        en: "none; only needed to sign with a USB token or card",
    }
    /// A locale without UTF-8.
    not_utf8_locale(locale) {
        vi: "máy đang dùng `{locale}`, chữ Việt có thể hiện sai",
        en: "the locale is `{locale}`, Vietnamese letters may be garbled",
    }
    /// No locale at all.
    no_locale() {
        vi: "máy chưa đặt bảng mã, chữ Việt có thể hiện sai",
        en: "no locale is set, Vietnamese letters may be garbled",
    }
    /// No such archive.
    no_archive(dir) {
        vi: "`{dir}` chưa phải kho hồ sơ (không có `sohoa.toml`)",
        en: "`{dir}` is no archive (no `sohoa.toml`)",
    }
    /// An archive that may not be written.
    archive_not_writable(dir) {
        vi: "không có quyền ghi vào `{dir}`",
        en: "no permission to write to `{dir}`",
    }
    /// Free space.
    space_free(bytes) {
        vi: "còn trống {bytes}",
        en: "{bytes} free",
    }
    /// Too little space.
    space_low(bytes, least) {
        vi: "chỉ còn trống {bytes}, nên có ít nhất {least}",
        en: "only {bytes} free, at least {least} is advised",
    }
    /// Space that cannot be told.
    space_unknown() {
        vi: "không đo được chỗ trống",
        en: "the free space cannot be told",
    }
    /// All needed things are there.
    doctor_ready() {
        vi: "Máy này có đủ những gì cần để số hóa.",
        en: "This machine has all that digitising needs.",
    }
    /// Something needed is missing.
    doctor_missing(number) {
        vi: "Máy này còn thiếu {number} thứ cần có; chạy các lệnh sau dấu → ở dòng THIẾU.",
        en: "Needed and missing here: {number}; run the commands after → of the lines MISSING.",
    }

    /// A page of a file, for a hit.
    find_page(path, page) { vi: "{path}, trang {page}", en: "{path}, page {page}" }
    /// A hit that differs in tones.
    find_toneless() { vi: "khác thanh", en: "other tones" }
    /// A hit that differs in diacritics.
    find_bare() { vi: "khác dấu", en: "other accents" }
    /// There are more hits.
    find_more(limit) {
        vi: "còn nữa; đã hiện {limit} chỗ đầu, thêm `--limit` để xem nhiều hơn",
        en: "there are more; the first {limit} are shown, add `--limit` to see more",
    }
    /// A dossier with a hit that cannot be read.
    find_unread(code) {
        vi: "hồ sơ `{code}` có chỗ khớp nhưng không đọc được; xem `sohoa archive check`",
        en: "the dossier `{code}` has a hit and cannot be read; see `sohoa archive check`",
    }
    /// There is no hit.
    find_nothing(query) { vi: "không tìm thấy `{query}`", en: "`{query}` was not found" }
    /// How a day is typed.
    hint_day() {
        vi: "viết ngày như `16/07/2026` hoặc `2026-07-16`",
        en: "type a day as `2026-07-16` or `16/07/2026`",
    }
    /// How many hits there may be.
    hint_limit(most) { vi: "cho một số từ 1 đến {most}", en: "give a number from 1 to {most}" }
    /// The current folder is no archive.
    hint_name_archive() {
        vi: "cho biết kho hồ sơ bằng `--archive <THƯ_MỤC>`, hoặc chạy lệnh trong thư mục của kho",
        en: "name the archive with `--archive <DIR>`, or run the command in the archive's folder",
    }
    /// What to do about a catalogue.
    hint_catalogue(dir) {
        vi: "mục lục chỉ là bản chỉ dẫn: cập nhật sohoa, hoặc xóa thư mục `{dir}/.catalogue` rồi chạy `sohoa archive reindex --archive {dir}`",
        en: "the catalogue is only an index: update sohoa, or delete the folder `{dir}/.catalogue` and run `sohoa archive reindex --archive {dir}`",
    }
    /// A dossier that cannot be read, and why.
    unreadable_dossier(path, reason) {
        vi: "không đọc được `{path}`: {reason}",
        en: "cannot read `{path}`: {reason}",
    }

    /// A column of dossiers.
    head_dossier() { vi: "Hồ sơ", en: "Dossier" }
    /// A column of counts of documents.
    head_documents() { vi: "Tài liệu", en: "Documents" }
    /// A column of counts of pages.
    head_pages() { vi: "Trang", en: "Pages" }
    /// A column of titles.
    head_title() { vi: "Tiêu đề", en: "Title" }
    /// An empty list.
    no_dossiers() { vi: "không có hồ sơ nào", en: "there are no dossiers" }
    /// A number of pages.
    pages(count) { vi: "{count} trang", en: "pages: {count}" }
    /// A value a person gave.
    by_hand() { vi: "người nhập", en: "given by a person" }
    /// A value a known person gave.
    by_person(person) { vi: "{person} nhập", en: "given by {person}" }
    /// A dossier was created.
    event_created() { vi: "lập hồ sơ", en: "created" }
    /// Documents were added.
    event_documents_added(files) { vi: "thêm {files}", en: "added {files}" }
    /// Signatures of a document were made to last.
    event_extended(document, level) {
        vi: "kéo dài chữ ký của văn bản {document} lên mức {level}",
        en: "signatures of document {document} extended to level {level}",
    }
    /// A document was signed.
    event_signed(document, by) {
        vi: "ký văn bản {document}: {by}",
        en: "document {document} signed: {by}",
    }
    /// An event.
    event_field(field, was, is) {
        vi: "{field}: từ `{was}` thành `{is}`",
        en: "{field}: from `{was}` to `{is}`",
    }
    /// A paper was recorded as reused.
    event_reused(from, file) {
        vi: "tái sử dụng {file} của hồ sơ {from}",
        en: "reused {file} of the dossier {from}",
    }
    /// A paper that lies in another dossier.
    shown_reused(dossier, file, day) {
        vi: "tái sử dụng: {dossier}, {file} ({day})",
        en: "reused: {dossier}, {file} ({day})",
    }
    /// Fields were set.
    set_done(code) { vi: "đã ghi vào hồ sơ `{code}`", en: "the dossier `{code}` was updated" }
    /// Fields were so already.
    set_nothing(code) {
        vi: "hồ sơ `{code}` đã ghi như vậy; không có gì thay đổi",
        en: "the dossier `{code}` says so already; nothing changed",
    }
    /// A field without a value.
    no_equals(typed) {
        vi: "`{typed}` không có dạng `TRƯỜNG=GIÁ_TRỊ`",
        en: "`{typed}` is not `FIELD=VALUE`",
    }
    /// How a field is set.
    hint_equals() {
        vi: "viết như `Title='Cấp giấy phép xây dựng'`",
        en: "type it like `Title='Cấp giấy phép xây dựng'`",
    }
    /// The fields there are.
    hint_fields(names) {
        vi: "các trường (và độ dài): {names}",
        en: "the fields (and their lengths): {names}",
    }
    /// Dossier or document.
    hint_set_on() {
        vi: "trường của tài liệu được ghi cùng `--document <SỐ>`",
        en: "fields of documents are set with `--document <N>`",
    }

    /// How a stretch of time is typed.
    hint_time() {
        vi: "viết một số và đơn vị: `30d` (ngày), `2h` (giờ), `90m` (phút)",
        en: "type a number and a unit: `30d` (days), `2h` (hours), `90m` (minutes)",
    }
    /// How far a check is.
    check_so_far(files, bytes) {
        vi: "đã kiểm tra {files} tệp, {bytes}",
        en: "checked so far: {files} file{files:#}, {bytes}",
    }
    /// A check is over.
    check_done(dossiers, files, bytes, time) {
        vi: "đã kiểm tra {dossiers} hồ sơ, {files} tệp, {bytes} trong {time}",
        en: "dossiers checked: {dossiers}; files: {files}, {bytes}, in {time}",
    }
    /// Dossiers checked not long ago.
    check_passed_over(count) {
        vi: "bỏ qua {count} hồ sơ đã kiểm tra chưa lâu",
        en: "dossiers passed over because they were checked not long ago: {count}",
    }
    /// Dossiers the check did not get to.
    check_not_reached(count) {
        vi: "chưa tới lượt {count} hồ sơ; lần sau sẽ kiểm tra trước",
        en: "dossiers not reached: {count}; they come first next time",
    }
    /// Entries of the quarantine the check did not get to.
    check_quarantine_not_reached(count) {
        vi: "chưa tới lượt {count} mục trong khu cách ly; lần sau sẽ kiểm tra trước",
        en: "entries of the quarantine not reached: {count}; they come first next time",
    }
    /// How far the ledger is time-stamped.
    check_stamped(count, time) {
        vi: "dấu thời gian mới nhất của sổ nhật ký: {time}, cho {count} mục",
        en: "the ledger was last time-stamped at {time}, with {count} event{count:#}",
    }
    /// The same, not proved.
    check_stamped_unproved(count, time) {
        vi: "dấu thời gian mới nhất của sổ nhật ký: {time}, cho {count} mục; chưa đủ căn cứ vì chưa có chứng thư tin cậy chứng minh",
        en: "the ledger was last time-stamped at {time}, with {count} event{count:#}; undecided, as nothing that is trusted proves it",
    }
    /// The oldest proof.
    check_oldest(day) {
        vi: "lần xác nhận tốt xa nhất: {day}",
        en: "the longest time ago that a dossier was proved good: {day}",
    }
    /// Nothing is wrong.
    check_good() { vi: "không có gì sai lệch", en: "nothing is wrong" }
    /// Nothing can be written.
    only_looking() {
        vi: "kho này không ghi được: chỉ xem, không ghi lại kết quả kiểm tra",
        en: "this archive cannot be written: it is only looked at, and no proof is kept",
    }
    /// An empty quarantine.
    quarantine_empty() { vi: "khu cách ly trống", en: "the quarantine is empty" }
    /// A column of ids.
    head_id() { vi: "Mã mục", en: "Id" }
    /// A column of days.
    head_since() { vi: "Từ ngày", en: "Since" }
    /// A column of sizes.
    head_size() { vi: "Cỡ", en: "Size" }
    /// A column of names.
    head_name() { vi: "Tên tệp", en: "Name" }
    /// An entry was released.
    quarantine_released(id, to) {
        vi: "đã trả mục `{id}` thành `{to}`",
        en: "the entry `{id}` was given back as `{to}`",
    }
    /// An entry was discarded.
    quarantine_discarded(id) {
        vi: "đã bỏ mục `{id}`; lý do được giữ lại",
        en: "the entry `{id}` was discarded; the reason is kept",
    }
    /// A discard without a reason.
    no_why() { vi: "`--why` cần một lý do", en: "`--why` needs a reason" }

    /// A file that cannot be compared.
    cannot_compare(file, reason) {
        vi: "không so sánh được `{file}`: {reason}",
        en: "cannot compare `{file}`: {reason}",
    }
    /// A paper that is not held.
    not_held(file) {
        vi: "kho chưa có giấy tờ trong `{file}`",
        en: "the archive does not hold the paper in `{file}`",
    }
    /// A folder that is watched.
    watching(folder) {
        vi: "đang theo dõi `{folder}`; dừng bằng Ctrl-C hoặc SIGTERM",
        en: "watching `{folder}`; Ctrl-C or SIGTERM stops it",
    }
    /// What can be watched.
    watch_one_folder() {
        vi: "`--watch` cần đúng một thư mục đang có",
        en: "`--watch` takes exactly one folder that exists",
    }
    /// Another process watches the folder.
    watched_already(folder) {
        vi: "một lượt chạy khác đang theo dõi `{folder}`",
        en: "another run is watching `{folder}`",
    }
    /// What to do about it.
    hint_watched() {
        vi: "mỗi thư mục chỉ một lượt theo dõi: dừng lượt kia trước, hoặc chọn thư mục khác",
        en: "a folder is watched by one run: stop the other first, or choose another folder",
    }
    /// A folder that cannot be locked.
    cannot_watch(folder) {
        vi: "không khóa được `{folder}` để theo dõi",
        en: "cannot lock `{folder}` to watch it",
    }
    /// The documents of an input that was split.
    parts(count, list) {
        vi: "tách thành {count} văn bản: {list}",
        en: "split into {count} document{count:#}: {list}",
    }
    /// One of them.
    part(dossier, first, last) {
        vi: "{dossier} (trang {first}–{last})",
        en: "{dossier} (pages {first}–{last})",
    }
    /// A paper that is filed and cannot be moved aside.
    cannot_move_away(path) {
        vi: "`{path}` đã lưu nhưng không chuyển sang `.xong` được, vẫn nằm nguyên chỗ",
        en: "`{path}` is filed but cannot be moved to `.xong`; it stays where it is",
    }
    /// A folder that cannot be listed now.
    cannot_look(folder) {
        vi: "không xem được `{folder}`; sẽ thử lại cho đến khi được",
        en: "cannot look into `{folder}`; trying again until it can be",
    }

    /// No run yet.
    no_runs() { vi: "chưa có lượt số hóa nào", en: "there have been no runs" }
    /// A column of moments.
    head_begun() { vi: "Bắt đầu", en: "Begun" }
    /// A column of counts of inputs.
    head_in() { vi: "Đầu vào", en: "In" }
    /// A column of how runs ended.
    head_end() { vi: "Kết thúc", en: "End" }
    /// A run that reached all inputs.
    run_done() { vi: "xong", en: "done" }
    /// A run that was asked to stop.
    run_interrupted() { vi: "dừng theo yêu cầu", en: "stopped on request" }
    /// A run that the disk or the archive ended.
    run_broken_off() { vi: "dừng vì lỗi", en: "broken off" }
    /// A run that was killed.
    run_cut_short() { vi: "bị ngắt đột ngột", en: "cut short" }
    /// A run at work.
    run_running() { vi: "đang chạy", en: "running" }

    /// Dossiers that left.
    exported(dossiers, files, bytes, to) {
        vi: "đã xuất {dossiers} hồ sơ ({files} tệp, {bytes}) ra `{to}`",
        en: "dossiers exported: {dossiers} ({files} file{files:#}, {bytes}), to `{to}`",
    }
    /// A paper that a PDF does not hold.
    export_left_out(file) {
        vi: "thiếu trong PDF, vì không ghép được: `{file}`",
        en: "missing from the PDF, as it cannot be joined: `{file}`",
    }
    /// A paper that makes the joined file no PDF/A.
    export_unfit(file, reason) {
        vi: "`{file}`: {reason}",
        en: "`{file}`: {reason}",
    }
    /// The joined file is PDF/A.
    export_pdfa() {
        vi: "tệp ghép là PDF/A-2b, như mọi văn bản trong đó",
        en: "the joined file is PDF/A-2b, as all the papers in it are",
    }
    /// The joined file is no PDF/A.
    export_not_pdfa() {
        vi: "tệp ghép không phải PDF/A, vì các lý do trên",
        en: "the joined file is not PDF/A, for the reasons above",
    }
    /// An export the ledger does not know.
    export_not_noted() {
        vi: "kho này không ghi được: việc xuất không được ghi vào sổ nhật ký",
        en: "this archive cannot be written: the export is not in its ledger",
    }
    /// An export that was stopped.
    export_interrupted() {
        vi: "đã dừng theo yêu cầu; không có gì được xuất ra",
        en: "stopped on request; nothing was exported",
    }

    /// Something was filed.
    log_filed() { vi: "lưu hồ sơ", en: "filed" }
    /// Fields were set.
    log_altered() { vi: "sửa thông tin", en: "altered" }
    /// A document was signed.
    log_signed() { vi: "ký văn bản", en: "signed" }
    /// It was there before the ledger.
    log_found() { vi: "có sẵn", en: "found" }
    /// The archive was checked.
    log_checked() { vi: "kiểm tra kho", en: "checked" }
    /// A file left the quarantine.
    log_released() { vi: "trả khỏi khu cách ly", en: "released" }
    /// A file in quarantine was discarded.
    log_discarded() { vi: "bỏ khỏi khu cách ly", en: "discarded" }
    /// An input was put into quarantine.
    log_quarantined() { vi: "đưa vào khu cách ly", en: "quarantined" }
    /// A copy left the archive.
    log_exported() { vi: "xuất hồ sơ", en: "exported" }
    /// The settings changed.
    log_settings() { vi: "ghi nhận cấu hình sohoa.toml", en: "noted sohoa.toml" }
    /// A register was imported.
    log_imported() { vi: "nhập sổ", en: "imported" }
    /// A report was frozen.
    log_reported() { vi: "chốt báo cáo", en: "reported" }
    /// Others vouched for a checkpoint.
    log_verified() { vi: "kiểm tra chữ ký", en: "verified signatures" }
    /// The same.
    log_attested() { vi: "xác nhận sổ nhật ký", en: "attested" }
    /// What a check found.
    log_faults(faults) { vi: "sai lệch: {faults}", en: "faults: {faults}" }
    /// How many events there are.
    log_size(size) { vi: "sổ nhật ký có {size} mục", en: "events in the ledger: {size}" }
    /// A proof was written.
    proof_written(path) {
        vi: "đã ghi chứng thực ra `{path}`",
        en: "the proof was written to `{path}`",
    }
    /// A proof that holds.
    proof_good(origin) {
        vi: "ĐÚNG: có trong sổ nhật ký `{origin}`, đúng chữ ký",
        en: "GOOD: it is in the ledger `{origin}`, signed with its key",
    }
    /// A proof that holds by the office's signature alone.
    proof_good_by_agency(origin) {
        vi: "ĐÚNG: có trong sổ nhật ký `{origin}`, do cơ quan ký xác nhận",
        en: "GOOD: it is in the ledger `{origin}`, signed by the office",
    }
    /// A time that is proved.
    proof_time(time, name) {
        vi: "dấu thời gian: đã có chậm nhất lúc {time}, theo {name}",
        en: "time-stamp: it was there at {time} at the latest, by {name}",
    }
    /// A time that is not proved.
    proof_time_undecided(time, name, why) {
        vi: "dấu thời gian {time} của {name}: chưa đủ căn cứ – {why}",
        en: "time-stamp {time} by {name}: undecided – {why}",
    }
    /// No time.
    proof_no_time() {
        vi: "không có dấu thời gian: thời điểm ở trên là do kho tự ghi",
        en: "no time-stamp: the time above is what the archive says itself",
    }
    /// The office signed.
    proof_agency(name) {
        vi: "cơ quan ký xác nhận: {name}",
        en: "signed by the office: {name}",
    }
    /// Whether the office signed is not known.
    proof_agency_undecided(name, why) {
        vi: "chữ ký của {name}: chưa đủ căn cứ – {why}",
        en: "signature of {name}: undecided – {why}",
    }
    /// Whose key it is.
    proof_certificate(serial, sha256) {
        vi: "chứng thư số {serial}, SHA-256 {sha256}",
        en: "certificate {serial}, SHA-256 {sha256}",
    }
    /// The office vouches.
    attested_by(count, name) {
        vi: "{name} đã ký xác nhận {count} mục của sổ nhật ký",
        en: "{name} signed for the ledger with {count} event{count:#}",
    }
    /// An authority vouches for the time.
    attested_at(count, time, name) {
        vi: "đã đóng dấu thời gian {time} của {name} cho {count} mục của sổ nhật ký",
        en: "the ledger with {count} event{count:#} was time-stamped at {time} by {name}",
    }
    /// Where it is kept.
    attested_kept(path) {
        vi: "giữ tại `{path}`; hãy chép thêm một bản ra nơi khác",
        en: "kept in `{path}`; keep a copy elsewhere as well",
    }
    /// A proof without a key.
    proof_undecided(origin) {
        vi: "CHƯA ĐỦ CĂN CỨ: khớp với sổ nhật ký `{origin}`, nhưng chưa có khóa để kiểm tra chữ ký (`--key`)",
        en: "UNDECIDED: it agrees with the ledger `{origin}`, but there is no key to check the signature with (`--key`)",
    }
    /// A proof that does not hold.
    proof_bad(reason) { vi: "KHÔNG ĐÚNG: {reason}", en: "BAD: {reason}" }
    /// A file that is no key.
    no_key(path) {
        vi: "`{path}` không phải khóa công khai của sổ nhật ký",
        en: "`{path}` is no public key of a ledger",
    }

    /// What to do about a damaged record.
    hint_dossier(dir) {
        vi: "lấy lại tệp đó từ bản sao lưu của kho; `sohoa archive check --archive {dir}` kể mọi chỗ sai khác",
        en: "take that file back from the backup of the archive; `sohoa archive check --archive {dir}` tells all that differs",
    }
    /// What to do about a ledger.
    hint_ledger(dir) {
        vi: "giữ lại thư mục `{dir}/ledger` để người có trách nhiệm xem xét; đổi tên nó thì sổ nhật ký mới sẽ bắt đầu, ghi lại mọi hồ sơ hiện có",
        en: "keep the folder `{dir}/ledger` for whoever must look into it; once it is renamed, a new ledger begins with every dossier there is",
    }

    // sohoa sign, sohoa extend

    /// Signed.
    signed(path) { vi: "đã ký: {path}", en: "signed: {path}" }
    /// Signed before.
    signed_before(path) {
        vi: "đã có chữ ký này từ trước: {path}",
        en: "bears this signature already: {path}",
    }
    /// Left out.
    signed_left_out(path) {
        vi: "bỏ qua vì đã có chữ ký: {path}",
        en: "left out, it bears a signature: {path}",
    }
    /// Failed.
    cannot_sign(path) { vi: "không ký được `{path}`", en: "cannot sign `{path}`" }
    /// Failed, and why, in one line of many.
    sign_failed(path, why) { vi: "không ký được `{path}`: {why}", en: "cannot sign `{path}`: {why}" }
    /// Something that could change.
    sign_concern(path, what) { vi: "lưu ý: `{path}`: {what}", en: "note: `{path}`: {what}" }
    /// What adds up.
    sign_tally(inputs, signed, before, undone) {
        vi: "{inputs} tệp = {signed} đã ký + {before} + {undone}",
        en: "{inputs} file{inputs:#} = {signed} signed + {before} + {undone}",
    }
    /// A part of it.
    sign_done_before(before, left_out) {
        vi: "{before} đã ký từ trước + {left_out} bỏ qua",
        en: "{before} signed before + {left_out} left out",
    }
    /// The rest of it.
    sign_undone(failed, not_reached) {
        vi: "{failed} không ký được + {not_reached} chưa đến lượt",
        en: "{failed} failed + {not_reached} not reached",
    }
    /// Revocation not known.
    sign_revocation_unknown() {
        vi: "lưu ý: không có dữ liệu nào cho biết chứng thư số của người ký còn hiệu lực hay đã bị thu hồi",
        en: "note: nothing tells whether the signer's certificate was revoked",
    }
    /// An archive named among files.
    sign_archive(path) {
        vi: "`{path}` là kho hồ sơ",
        en: "`{path}` is an archive",
    }
    /// Advice: archives.
    hint_archive_in_place() {
        vi: "ký từng kho một, với `--in-place`: văn bản đã ký thay chỗ văn bản trong kho",
        en: "sign one archive at a time, with `--in-place`: signed documents take the place of those in it",
    }
    /// Advice: extending in archives.
    hint_extend_archive() {
        vi: "kéo dài từng kho một, với `--in-place`: văn bản thay chỗ văn bản trong kho và sổ nhật ký có ghi",
        en: "extend one archive at a time, with `--in-place`: documents take the place of those in it, and the ledger knows",
    }
    /// How many wait.
    sign_waits(count, level, path) {
        vi: "{count} văn bản mới ở mức B, chờ lên mức {level}: chạy `sohoa extend --queue {path} --tsa ĐỊA_CHỈ`",
        en: "documents of level B that wait for {level}: {count}; run `sohoa extend --queue {path} --tsa URL`",
    }
    /// Somebody else works the queue off.
    queue_busy(path) {
        vi: "một tiến trình khác đang đóng dấu thời gian cho `{path}`",
        en: "another run is working off `{path}`",
    }
    /// A file of the queue that waits for its next try.
    queue_later(path, next, why) {
        vi: "chưa đến lượt thử lại `{path}` (lúc {next}): {why}",
        en: "`{path}` is tried again at {next}: {why}",
    }
    /// Nothing waits.
    queue_empty(path) {
        vi: "không có văn bản nào chờ dấu thời gian trong `{path}`",
        en: "nothing waits for a time-stamp in `{path}`",
    }
    /// What adds up.
    queue_tally(inputs, done, left) {
        vi: "{inputs} văn bản chờ = {done} + {left}",
        en: "{inputs} document{inputs:#} waiting = {done} + {left}",
    }
    /// A part of it.
    queue_done(extended, lasting) {
        vi: "{extended} đã kéo dài + {lasting} đã đủ mức",
        en: "{extended} extended + {lasting} have the level",
    }
    /// The rest of it.
    queue_left(failed, later) {
        vi: "{failed} không được, vẫn chờ + {later} chưa đến lượt",
        en: "{failed} failed and still wait + {later} not tried yet",
    }
    /// Several files, one output.
    sign_one_output(){
        vi: "`-o` chỉ dùng cho một tệp; nhiều tệp thì dùng `--out-dir`",
        en: "`-o` is for one file; several go into `--out-dir`",
    }
    /// Same file.
    sign_same() {
        vi: "đầu vào và đầu ra là cùng một tệp",
        en: "input and output are the same file",
    }
    /// Advice: the owner's password.
    hint_owner_password() {
        vi: "chủ sở hữu tệp nêu mật khẩu chủ sở hữu bằng `--password-file TỆP`, hoặc bỏ mã hóa trước khi ký",
        en: "give the owner's password with `--password-file FILE`, or remove the encryption before signing",
    }
    /// Advice: in place.
    hint_in_place() {
        vi: "thay tệp gốc bằng bản đã ký thì dùng `--in-place`",
        en: "to put the signed file in its place, use `--in-place`",
    }
    /// No output.
    sign_no_output() {
        vi: "chưa nói ghi kết quả vào đâu",
        en: "it was not said where results go",
    }
    /// Advice: an output.
    hint_sign_output() {
        vi: "thêm `-o TỆP`, `--out-dir THƯ_MỤC` hoặc `--in-place`",
        en: "add `-o FILE`, `--out-dir DIR` or `--in-place`",
    }
    /// Two into one.
    sign_two_into_one(path) {
        vi: "hai tệp sẽ cùng ghi vào `{path}`",
        en: "two files would go into `{path}`",
    }
    /// No folder.
    sign_no_folder(path) {
        vi: "không tạo được thư mục `{path}`",
        en: "cannot make the folder `{path}`",
    }
    /// No TSA.
    sign_needs_tsa() {
        vi: "mức này cần dấu thời gian",
        en: "this level needs a time-stamp",
    }
    /// Advice: font.
    hint_font() {
        vi: "cài phông chữ: `sudo apt-get install fonts-croscore`",
        en: "install a font: `sudo apt-get install fonts-croscore`",
    }
    /// Advice: TSA.
    hint_tsa() {
        vi: "thêm `--tsa ĐỊA_CHỈ` của máy chủ dấu thời gian",
        en: "add `--tsa URL` of a time-stamping authority",
    }
    /// Question for a password.
    ask_key_password(path) { vi: "Mật khẩu của `{path}`: ", en: "Password of `{path}`: " }
    /// Question for a PIN.
    ask_pin(token) { vi: "Mã PIN của thiết bị `{token}`: ", en: "PIN of the token `{token}`: " }
    /// Advice: compat.
    hint_compat() {
        vi: "ký theo kiểu cũ bằng `--compat`",
        en: "sign in the older way with `--compat`",
    }
    /// Advice: token label.
    hint_token_label() {
        vi: "chọn thiết bị bằng `--token-label`",
        en: "name the token with `--token-label`",
    }
    /// Cannot ask.
    cannot_ask() { vi: "không hỏi được mật khẩu", en: "cannot ask for the password" }
    /// No such variable.
    no_variable(name) {
        vi: "biến môi trường `{name}` chưa được đặt",
        en: "the environment variable `{name}` is not set",
    }
    /// No certificate in a file.
    no_certificate_in(path) {
        vi: "`{path}` không có chứng thư số nào",
        en: "there is no certificate in `{path}`",
    }
    /// Advice: PDF password.
    hint_sign_password() {
        vi: "thêm `--password-file TỆP` chứa mật khẩu của tệp PDF",
        en: "add `--password-file FILE` with the password of the PDF",
    }
    /// Advice: PIN.
    hint_pin() {
        vi: "thêm `--pin-file`, `--pin-env` hoặc `--pin-fd`",
        en: "add `--pin-file`, `--pin-env` or `--pin-fd`",
    }
    /// Advice: old PEM.
    hint_old_pem() {
        vi: "chuyển sang PKCS#8: `openssl pkcs8 -topk8 -in CŨ.pem -out MỚI.pem`",
        en: "turn it into PKCS#8: `openssl pkcs8 -topk8 -in OLD.pem -out NEW.pem`",
    }
    /// Advice: certificate.
    hint_cert() {
        vi: "thêm `--cert TỆP` chứa chứng thư số của người ký",
        en: "add `--cert FILE` with the signer's certificate",
    }
    /// Advice: signer.
    hint_signer() {
        vi: "xem `--list-keys`, rồi chọn bằng `--signer`",
        en: "see `--list-keys`, then name one with `--signer`",
    }
    /// Advice: data.
    hint_data() {
        vi: "đặt danh sách thu hồi và chứng thư số nơi cấp vào thư mục của `--validation-data`, hoặc ký ở mức `--level t`",
        en: "put lists and issuers' certificates into the folder of `--validation-data`, or sign at `--level t`",
    }
    /// Advice: forbidden.
    hint_forbidden() {
        vi: "xem chữ ký đã có: `sohoa verify TỆP -v`",
        en: "look at the signatures there: `sohoa verify FILE -v`",
    }
    /// Usable.
    key_usable() { vi: "ký được", en: "can sign" }
    /// Not usable.
    key_unusable() { vi: "không ký được", en: "cannot sign" }
    /// A key.
    key_line(name, kind, span, usable) {
        vi: "{name} · {kind} · hiệu lực {span} · {usable}",
        en: "{name} · {kind} · valid {span} · {usable}",
    }
    /// Extended.
    extended(path, before, after, ends) {
        vi: "{path}: từ mức {before} lên mức {after}, có giá trị đến {ends}",
        en: "{path}: from level {before} to {after}, lasting until {ends}",
    }
    /// Nothing to do.
    extend_nothing(path, level, ends) {
        vi: "{path}: đã ở mức {level}, có giá trị đến {ends}",
        en: "{path}: has level {level}, lasting until {ends}",
    }
    /// Failed.
    cannot_extend(path) { vi: "không kéo dài được `{path}`", en: "cannot extend `{path}`" }
    /// No signature could be looked at.
    radar_failed(path, why) {
        vi: "không xem được chữ ký của `{path}`: {why}",
        en: "cannot look at the signatures of `{path}`: {why}",
    }
    /// Failed, and why, in one line of many.
    extend_failed(path, why) {
        vi: "không kéo dài được `{path}`: {why}",
        en: "cannot extend `{path}`: {why}",
    }
    /// What adds up.
    extend_tally(inputs, done, left) {
        vi: "{inputs} tệp = {done} + {left}",
        en: "{inputs} file{inputs:#} = {done} + {left}",
    }
    /// A part of it.
    extend_done(extended, lasting, unsigned) {
        vi: "{extended} đã kéo dài + {lasting} để nguyên + {unsigned} không có chữ ký",
        en: "{extended} extended + {lasting} left as they are + {unsigned} without signatures",
    }
    /// The rest of it.
    extend_left(failed, not_reached) {
        vi: "{failed} không được + {not_reached} chưa đến lượt",
        en: "{failed} failed + {not_reached} not reached",
    }
    /// A line of the radar.
    radar_line(day, left, level, path) {
        vi: "{day} (còn {left} ngày) · mức {level} · {path}",
        en: "{day} ({left} day{left:#} left) · level {level} · {path}",
    }
    /// Below the radar.
    radar_tally(signed, unsigned, failed) {
        vi: "{signed} tệp có chữ ký; {unsigned} tệp chưa ký; {failed} tệp có chữ ký không toàn vẹn hoặc không đọc được",
        en: "{signed} file{signed:#} with signatures; {unsigned} without; {failed} with signatures that do not hold, or unreadable",
    }
}
