// The table of help texts: commands and flags, imperative, no full stop.
//
// Values that a person types (`keep`, `nd30`, `--archive`) stay the same in
// both languages; everything else differs, and a test holds it to that.

texts! {
    // Headings of help and manual pages.
    USAGE { vi: "Cách dùng", en: "Usage" }
    COMMANDS { vi: "Lệnh", en: "Commands" }
    ARGUMENTS { vi: "Tham số", en: "Arguments" }
    OPTIONS { vi: "Tùy chọn", en: "Options" }
    COMMON_OPTIONS { vi: "Tùy chọn chung", en: "Common options" }
    WHERE_TO { vi: "Nơi lưu", en: "Where it goes" }
    READING { vi: "Đọc trang", en: "Reading pages" }
    DIFFICULT { vi: "Tệp khó", en: "Difficult files" }
    EXAMPLES { vi: "Ví dụ", en: "Examples" }
    NAME { vi: "Tên", en: "Name" }
    SYNOPSIS { vi: "Cú pháp", en: "Synopsis" }
    DESCRIPTION { vi: "Mô tả", en: "Description" }
    EXIT_STATUS { vi: "Mã kết thúc", en: "Exit status" }
    ENVIRONMENT { vi: "Biến môi trường", en: "Environment" }
    FILES { vi: "Tệp và thư mục", en: "Files" }
    SEE_ALSO { vi: "Xem thêm", en: "See also" }
    MANUAL { vi: "Sổ tay sohoa", en: "sohoa manual" }

    // What stands for a value.
    VALUE_SOURCE { vi: "NGUỒN", en: "SOURCE" }
    VALUE_DIR { vi: "THƯ_MỤC", en: "DIR" }
    VALUE_FILE { vi: "TỆP", en: "FILE" }
    VALUE_PDF { vi: "TỆP_PDF", en: "PDF" }
    VALUE_CODE { vi: "MÃ", en: "CODE" }
    VALUE_NUMBER { vi: "SỐ", en: "N" }
    VALUE_SECONDS { vi: "GIÂY", en: "SECONDS" }
    VALUE_PERSON { vi: "HỌ_TÊN", en: "NAME" }
    VALUE_AGENCY { vi: "MÃ_CƠ_QUAN", en: "AGENCY" }
    VALUE_AGENCY_NAME { vi: "TÊN_CƠ_QUAN", en: "AGENCY_NAME" }
    VALUE_LANGUAGES { vi: "NGÔN_NGỮ", en: "LANGUAGES" }
    VALUE_COMMAND { vi: "LỆNH", en: "COMMAND" }

    // sohoa
    ABOUT {
        vi: "Số hóa hồ sơ giấy thành PDF/A tìm kiếm được và lưu vào kho hồ sơ",
        en: "Turn paper dossiers into searchable PDF/A and file them in an archive",
    }
    ABOUT_LONG {
        vi: "Số hóa hồ sơ giấy thành PDF/A tìm kiếm được và lưu vào kho hồ sơ.\n\n\
             Đưa cho sohoa những gì máy quét để lại: tệp ảnh, PDF hay cả thư mục. Mỗi tài liệu \
             được nhận dạng chữ tiếng Việt, ghi thành PDF/A và lưu vào kho hồ sơ, là một thư \
             mục thường mở được không cần sohoa. Mọi việc làm trên máy này, không cần mạng. Không \
             trang nào bị mất: cuối mỗi lần chạy, số đầu vào được đối chiếu với kết quả.",
        en: "Turn paper dossiers into searchable PDF/A and file them in an archive.\n\n\
             Give sohoa what the scanner left behind: images, PDF files or whole folders. The \
             Vietnamese text of each document is recognised, the document is written as PDF/A and \
             filed in the archive, a plain folder that can be opened without sohoa. All work is \
             done on this machine, without a network. No page is lost: every run ends by \
             balancing its inputs against its results.",
    }
    ROOT_USAGE {
        vi: "sohoa [TÙY CHỌN] <LỆNH>",
        en: "sohoa [OPTIONS] <COMMAND>",
    }
    ROOT_EXAMPLES {
        vi: "  Tạo kho hồ sơ cho cơ quan, một lần:\n    \
             sohoa archive init kho --agency H32.18 --name 'UBND phường Nam Nha Trang'\n\n  \
             Số hóa mọi bản quét trong thư mục máy quét:\n    \
             sohoa ingest may-quet/ --archive kho\n\n  \
             Kiểm tra máy còn thiếu gì:\n    \
             sohoa doctor",
        en: "  Create the archive of an agency, once:\n    \
             sohoa archive init ward --agency H32.18 --name 'UBND phường Nam Nha Trang'\n\n  \
             Digitise every scan in the scanner's folder:\n    \
             sohoa ingest scanner/ --archive ward\n\n  \
             See what this machine lacks:\n    \
             sohoa doctor",
    }

    // Flags of every command.
    LANG {
        vi: "Ngôn ngữ thông báo: vi (tiếng Việt) hoặc en (tiếng Anh) [mặc định: theo máy]",
        en: "Language of messages: vi (Vietnamese) or en (English) [default: the locale's]",
    }
    JSON {
        vi: "Trả lời bằng JSON cho chương trình khác đọc",
        en: "Answer in JSON for other programs",
    }
    QUIET {
        vi: "Không hiện tiến độ; chỉ nói khi có việc cần người xử lý",
        en: "Show no progress; speak only when a person is needed",
    }
    COLOR {
        vi: "Tô màu: auto (khi là màn hình), always (luôn luôn) hoặc never (không) \
             [mặc định: auto]",
        en: "Use colour: auto (on a terminal), always or never [default: auto]",
    }
    JOBS {
        vi: "Số trang xử lý cùng lúc, 1 đến 256 [mặc định: số nhân của máy]",
        en: "Pages worked on at a time, 1 to 256 [default: the machine's cores]",
    }
    HELP {
        vi: "Hiện trợ giúp: -h vắn tắt, --help đầy đủ, có ví dụ",
        en: "Show help: -h in short, --help in full, with examples",
    }
    VERSION {
        vi: "Hiện phiên bản",
        en: "Show the version",
    }

    // sohoa ingest
    INGEST_ABOUT {
        vi: "Số hóa bản quét: nhận dạng chữ, ghi PDF/A, lưu vào hồ sơ",
        en: "Digitise scans: recognise text, write PDF/A, file into dossiers",
    }
    INGEST_LONG {
        vi: "Số hóa bản quét: nhận dạng chữ, ghi PDF/A, lưu vào hồ sơ.\n\n\
             Nhận TIFF nhiều trang, JPEG, PNG, WebP, BMP và PDF. PDF đã ký số được giữ nguyên từng \
             byte, kèm một bản tìm kiếm được. Trang trắng được để riêng, không bao giờ bỏ đi. Tài \
             liệu mang dấu chỉ độ mật (MẬT, TỐI MẬT, TUYỆT MẬT) bị dừng lại trước khi ghi bất cứ \
             thứ gì, và chỉ được đếm.\n\n\
             Mỗi thư mục con hoặc tệp thành một hồ sơ với mã kế tiếp của cơ quan, trừ khi có \
             --dossier. Chạy lại trên cùng đầu vào không lưu gì hai lần, nên việc dở dang cứ chạy \
             lại cùng một lệnh.",
        en: "Digitise scans: recognise text, write PDF/A, file into dossiers.\n\n\
             Takes multi-page TIFF, JPEG, PNG, WebP, BMP and PDF. A signed PDF is kept byte for \
             byte and gets a searchable companion. Blank pages are set aside, never dropped. A \
             paper that bears a secrecy marking (MẬT, TỐI MẬT, TUYỆT MẬT) is stopped before \
             anything is written, and only counted.\n\n\
             Each folder or file becomes a dossier with the agency's next code, unless --dossier \
             is given. Running again on the same inputs files nothing twice, so unfinished work is \
             resumed by the same command.",
    }
    INGEST_USAGE {
        vi: "sohoa ingest [TÙY CHỌN] --archive <THƯ_MỤC> <NGUỒN>...\n  \
             sohoa ingest [TÙY CHỌN] -o <TỆP_PDF> <NGUỒN>",
        en: "sohoa ingest [OPTIONS] --archive <DIR> <SOURCE>...\n  \
             sohoa ingest [OPTIONS] -o <PDF> <SOURCE>",
    }
    INGEST_EXAMPLES {
        vi: "  Xem trước mọi quyết định, chưa ghi gì:\n    \
             sohoa ingest may-quet/ --archive kho --dry-run\n\n  \
             Lưu cả thư mục vào kho:\n    \
             sohoa ingest may-quet/ --archive kho\n\n  \
             Thêm giấy tờ bổ sung vào một hồ sơ đã có:\n    \
             sohoa ingest bo-sung.pdf --archive kho --dossier H32.18-260716-0001\n\n  \
             Chỉ cần một PDF tìm kiếm được, không dùng kho:\n    \
             sohoa ingest to-trinh.tif -o to-trinh.pdf\n\n  \
             Việc ban đêm, kết quả cho chương trình khác đọc:\n    \
             sohoa ingest /srv/quet --archive /srv/kho --json --quiet > ket-qua.jsonl",
        en: "  See every decision first, write nothing:\n    \
             sohoa ingest scanner/ --archive ward --dry-run\n\n  \
             File a whole folder:\n    \
             sohoa ingest scanner/ --archive ward\n\n  \
             Add papers to an existing dossier:\n    \
             sohoa ingest more.pdf --archive ward --dossier H32.18-260716-0001\n\n  \
             Just a searchable PDF, no archive:\n    \
             sohoa ingest report.tif -o report.pdf\n\n  \
             A nightly job with results for another program:\n    \
             sohoa ingest /srv/scans --archive /srv/archive --json --quiet > result.jsonl",
    }
    SOURCES {
        vi: "Tệp hoặc thư mục quét (kể cả thư mục con); - là đầu vào chuẩn",
        en: "Scans: files or folders (with subfolders); - is standard input",
    }
    ARCHIVE {
        vi: "Lưu vào kho hồ sơ này",
        en: "File into this archive",
    }
    OUTPUT {
        vi: "Ghi một PDF/A ra tệp này, không dùng kho",
        en: "Write one PDF/A to this file, without an archive",
    }
    TEXT_OUT {
        vi: "Ghi cả phần chữ ra tệp này: .txt, .hocr, .alto.xml hoặc .json; cần có -o",
        en: "Write the text to this file as well: .txt, .hocr, .alto.xml or .json; with -o",
    }
    DOSSIER {
        vi: "Lưu tất cả vào hồ sơ mang mã này [mặc định: mã kế tiếp cho mỗi thư mục hoặc tệp]",
        en: "File everything into this dossier [default: the next code for each folder or file]",
    }
    FORCE {
        vi: "Ghi đè tệp của -o nếu đã có",
        en: "Overwrite the file of -o if it exists",
    }
    DRY_RUN {
        vi: "Chạy thử: làm và báo mọi quyết định nhưng không ghi gì",
        en: "Rehearse: make and tell every decision but write nothing",
    }
    PROFILE {
        vi: "Quy cách: nd30 (bản sao theo NĐ 30/2020/NĐ-CP), luutru (lưu trữ lâu dài, đích 300 \
             dpi), gon (gọn nhẹ) [mặc định: quy cách của kho, nếu không thì nd30]",
        en: "Rule set: nd30 (copies under Decree 30/2020), luutru (preservation, 300 dpi wanted), \
             gon (compact) [default: the archive's, else nd30]",
    }
    TEXT {
        vi: "PDF đã có chữ: keep (giữ chữ sẵn có), redo (nhận dạng lại lớp chữ ẩn), force (nhận \
             dạng mọi trang như ảnh) [mặc định: keep]",
        en: "PDF that has text: keep (keep that text), redo (recognise the hidden layer again), \
             force (treat every page as an image) [default: keep]",
    }
    LANGUAGE {
        vi: "Ngôn ngữ nhận dạng, nối bằng dấu +, ví dụ vie+eng [mặc định: vie]",
        en: "Languages to recognise, joined by +, such as vie+eng [default: vie]",
    }
    DPI {
        vi: "Độ phân giải của bản quét, thay cho số ghi trong tệp, 50 đến 4800",
        en: "Resolution of the scan instead of the one the file states, 50 to 4800",
    }
    BLANK {
        vi: "Trang trắng: set-aside (để riêng, lấy lại được) hoặc keep (giữ tại chỗ) [mặc định: \
             set-aside]",
        en: "Blank pages: set-aside (kept apart, can be put back) or keep (leave in place) \
             [default: set-aside]",
    }
    DESKEW {
        vi: "Chỉnh thẳng cả hình trang nhìn thấy, không chỉ lớp chữ",
        en: "Straighten the visible picture too, not only the text layer",
    }
    PASSWORD_FILE {
        vi: "Đọc mật khẩu mở PDF từ dòng đầu của tệp này",
        en: "Read the password of PDF files from the first line of this file",
    }
    SKIP_DAMAGED {
        vi: "Bỏ qua trang hỏng, lưu các trang còn lại; trang bỏ qua được ghi vào hồ sơ",
        en: "Leave damaged pages out and file the others; the record names what was left out",
    }
    MAX_PIXELS {
        vi: "Nhận ảnh lớn đến số điểm ảnh này; 200M là 200 triệu [mặc định: 128M]",
        en: "Take images of up to this many pixels; 200M is 200 million [default: 128M]",
    }
    PAGE_TIMEOUT {
        vi: "Ngừng nhận dạng một trang sau số giây này, 1 đến 3600 [mặc định: 120]",
        en: "Give up reading a page after this many seconds, 1 to 3600 [default: 120]",
    }
    NOT_SECRET {
        vi: "Họ tên người xác nhận tài liệu không mật; được ghi vào hồ sơ",
        en: "The person who confirms that the papers are not secret; kept in the record",
    }

    // sohoa archive
    ARCHIVE_ABOUT {
        vi: "Làm việc với kho hồ sơ",
        en: "Work with an archive",
    }
    ARCHIVE_LONG {
        vi: "Làm việc với kho hồ sơ.\n\n\
             Kho hồ sơ là một thư mục thường: mỗi hồ sơ một thư mục con theo chuẩn BagIt (RFC 8493), \
             mở và kiểm tra được không cần sohoa.",
        en: "Work with an archive.\n\n\
             An archive is a plain folder: each dossier is a subfolder in the BagIt standard (RFC \
             8493), which can be opened and checked without sohoa.",
    }
    ARCHIVE_USAGE {
        vi: "sohoa archive [TÙY CHỌN] <LỆNH>",
        en: "sohoa archive [OPTIONS] <COMMAND>",
    }
    ARCHIVE_EXAMPLES {
        vi: "  Tạo kho hồ sơ của một phường:\n    \
             sohoa archive init kho --agency H32.18 --name 'UBND phường Nam Nha Trang'",
        en: "  Create the archive of a ward:\n    \
             sohoa archive init ward --agency H32.18 --name 'UBND phường Nam Nha Trang'",
    }
    ARCHIVE_INIT_ABOUT {
        vi: "Tạo kho hồ sơ mới",
        en: "Create a new archive",
    }
    ARCHIVE_INIT_LONG {
        vi: "Tạo kho hồ sơ mới trong một thư mục chưa có hoặc còn trống.\n\n\
             Mã định danh cơ quan là phần đầu của mọi mã hồ sơ: H32.18 cho ra \
             H32.18-260716-0001. Các thông tin này nằm trong tệp sohoa.toml của kho và sửa được \
             về sau.",
        en: "Create a new archive in a folder that does not exist yet or is empty.\n\n\
             The agency's identifier starts every dossier code: H32.18 gives H32.18-260716-0001. \
             Both are kept in the archive's sohoa.toml and can be changed later.",
    }
    ARCHIVE_INIT_USAGE {
        vi: "sohoa archive init [TÙY CHỌN] --agency <MÃ_CƠ_QUAN> --name <TÊN_CƠ_QUAN> <THƯ_MỤC>",
        en: "sohoa archive init [OPTIONS] --agency <AGENCY> --name <AGENCY_NAME> <DIR>",
    }
    ARCHIVE_INIT_EXAMPLES {
        vi: "  sohoa archive init kho --agency H32.18 --name 'UBND phường Nam Nha Trang'",
        en: "  sohoa archive init ward --agency H32.18 --name 'UBND phường Nam Nha Trang'",
    }
    REVIEW_ABOUT {
        vi: "Liệt kê văn bản cần người xem",
        en: "List documents a person must check",
    }
    REVIEW_LONG {
        vi: "Liệt kê văn bản cần người xem: số, ký hiệu hoặc ngày đọc không chắc chắn, trang không đọc được.\n\n\
             --html ghi một trang xem được không cần mạng, mỗi chỗ còn ngờ kèm ảnh cắt từ bản quét. \
             Trường đã có người ghi thì không hỏi lại. Mã thoát: 0 không còn gì, 1 còn văn bản cần xem.",
        en: "List documents a person must check: number, notation or date read without certainty, pages that \
             could not be read.\n\n\
             --html writes a page that needs no network, with a picture cut from the scan for each doubtful \
             place. A field set by a person is asked no more. Exit codes: 0 nothing left, 1 documents to check.",
    }
    REVIEW_USAGE {
        vi: "sohoa archive review [TÙY CHỌN] --archive <THƯ_MỤC>",
        en: "sohoa archive review [OPTIONS] --archive <DIR>",
    }
    REVIEW_EXAMPLES {
        vi: "  sohoa archive review --archive kho --html can-xem.html",
        en: "  sohoa archive review --archive ward --html to-check.html",
    }
    REVIEW_ARCHIVE {
        vi: "Kho hồ sơ; mặc định là thư mục hiện tại",
        en: "The archive; the current folder by default",
    }
    REVIEW_HTML {
        vi: "Ghi trang có ảnh cắt vào tệp này",
        en: "Write a page with the pictures to this file",
    }
    REVIEW_FORCE {
        vi: "Ghi đè tệp HTML đã có",
        en: "Replace the HTML file if it exists",
    }
    INIT_DIR {
        vi: "Thư mục sẽ thành kho hồ sơ",
        en: "The folder that becomes the archive",
    }
    INIT_AGENCY {
        vi: "Mã định danh cơ quan (QĐ 20/2020/QĐ-TTg), ví dụ H32.18",
        en: "Identifier of the agency (Decision 20/2020/QĐ-TTg), such as H32.18",
    }
    INIT_NAME {
        vi: "Tên cơ quan, ví dụ 'UBND phường Nam Nha Trang'",
        en: "Name of the agency, such as 'UBND phường Nam Nha Trang'",
    }

    // sohoa doctor
    DOCTOR_ABOUT {
        vi: "Kiểm tra máy này còn thiếu gì và chỉ lệnh để bổ sung",
        en: "See what this machine lacks and the command that mends it",
    }
    DOCTOR_LONG {
        vi: "Kiểm tra máy này còn thiếu gì và chỉ lệnh để bổ sung.\n\n\
             Xem dữ liệu nhận dạng chữ, phông chữ, thư viện thiết bị ký số, bảng mã của máy và, với \
             --archive, quyền ghi và chỗ trống của kho hồ sơ. Không thay đổi gì trên máy.",
        en: "See what this machine lacks and the command that mends it.\n\n\
             Looks at recognition data, fonts, libraries of signing tokens, the character set and, \
             with --archive, whether the archive can be written and has room. Changes nothing.",
    }
    DOCTOR_USAGE {
        vi: "sohoa doctor [TÙY CHỌN]",
        en: "sohoa doctor [OPTIONS]",
    }
    DOCTOR_EXAMPLES {
        vi: "  sohoa doctor --archive kho",
        en: "  sohoa doctor --archive ward",
    }
    DOCTOR_ARCHIVE {
        vi: "Xem thêm quyền ghi và chỗ trống của kho hồ sơ này",
        en: "Also see whether this archive can be written and has room",
    }

    // sohoa completions
    COMPLETIONS_ABOUT {
        vi: "In đoạn mã tự hoàn thành lệnh cho shell",
        en: "Print command completions for a shell",
    }
    COMPLETIONS_LONG {
        vi: "In đoạn mã tự hoàn thành lệnh cho shell ra đầu ra chuẩn; lưu vào nơi shell tìm đến.",
        en: "Print command completions for a shell to standard output; save them where the shell \
             looks.",
    }
    COMPLETIONS_USAGE {
        vi: "sohoa completions [TÙY CHỌN] <bash|zsh|fish|elvish|powershell>",
        en: "sohoa completions [OPTIONS] <bash|zsh|fish|elvish|powershell>",
    }
    COMPLETIONS_EXAMPLES {
        vi: "  Cho bash, chỉ người dùng hiện tại:\n    \
             mkdir -p ~/.local/share/bash-completion/completions\n    \
             sohoa completions bash > ~/.local/share/bash-completion/completions/sohoa",
        en: "  For bash, this user only:\n    \
             mkdir -p ~/.local/share/bash-completion/completions\n    \
             sohoa completions bash > ~/.local/share/bash-completion/completions/sohoa",
    }
    SHELL {
        vi: "Shell cần dùng: bash, zsh, fish, elvish hoặc powershell",
        en: "The shell: bash, zsh, fish, elvish or powershell",
    }

    // sohoa help
    HELP_ABOUT {
        vi: "Hiện trợ giúp đầy đủ của một lệnh",
        en: "Show the full help of a command",
    }
    HELP_USAGE {
        vi: "sohoa help [LỆNH]...",
        en: "sohoa help [COMMAND]...",
    }
    HELP_EXAMPLES {
        vi: "  Xem mọi tùy chọn của việc số hóa:\n    sohoa help ingest",
        en: "  See every option of digitising:\n    sohoa help ingest",
    }
    HELP_COMMAND {
        vi: "Lệnh cần xem, ví dụ ingest hoặc archive init",
        en: "The command to explain, such as ingest or archive init",
    }

    // What the manual promises.
    EXIT_0 {
        vi: "Mọi việc đã xong, câu trả lời là có: mọi đầu vào đã lưu, hoặc máy có đủ những gì cần.",
        en: "All is done and the answer is yes: every input is filed, or nothing needed is \
             missing.",
    }
    EXIT_1 {
        vi: "Câu trả lời là không: có đầu vào cần người xem, bị cách ly hoặc mang dấu chỉ độ mật, \
             hoặc máy còn thiếu thứ cần có.",
        en: "The answer is no: an input needs a person, went to quarantine or bears a secrecy \
             marking, or something needed is missing.",
    }
    EXIT_2 {
        vi: "Có lỗi: lệnh viết sai, có đầu vào không đọc được, đĩa đầy.",
        en: "Trouble: a usage error, an input that could not be read, a full disk.",
    }
    EXIT_3 {
        vi: "Chưa đủ căn cứ kết luận. Dành cho việc kiểm tra chữ ký; các lệnh hiện có không dùng.",
        en: "Undecided. Kept for checking signatures; no present command uses it.",
    }
    EXIT_130 {
        vi: "Bị dừng bằng Ctrl-C hoặc SIGTERM. Phần đã lưu còn nguyên; chạy lại cùng lệnh để làm \
             tiếp.",
        en: "Stopped by Ctrl-C or SIGTERM. What was filed stays; the same command goes on with \
             the rest.",
    }
    EXIT_WORST {
        vi: "Khi nhiều đầu vào kết thúc khác nhau, tin xấu nhất quyết định: 2, 1, 3 rồi 0.",
        en: "When inputs end differently, the worst news wins: 2, 1, 3, then 0.",
    }
    ENV_LOCALE {
        vi: "Chọn ngôn ngữ khi không có --lang, biến đứng trước được ưu tiên: giá trị bắt đầu bằng \
             en cho tiếng Anh, còn lại là tiếng Việt.",
        en: "Choose the language when --lang is absent, the first one set wins: a value that \
             starts with en gives English, any other Vietnamese.",
    }
    ENV_NO_COLOR {
        vi: "Nếu có giá trị thì không tô màu, trừ khi có --color.",
        en: "If it has a value, no colour is used unless --color says so.",
    }
    ENV_SOURCE_DATE_EPOCH {
        vi: "Thời điểm dùng thay đồng hồ, tính bằng giây từ 1970-01-01 UTC: cùng đầu vào cho ra \
             cùng từng byte.",
        en: "The moment used instead of the clock, in seconds since 1970-01-01 UTC: same input, \
             same bytes.",
    }
    ENV_TESSDATA_PREFIX {
        vi: "Thư mục chứa dữ liệu nhận dạng (vie.traineddata).",
        en: "The folder of the recognition data (vie.traineddata).",
    }
    FILE_SETTINGS {
        vi: "Cơ quan, cách đánh mã hồ sơ và các quy cách của kho.",
        en: "Agency, code scheme and rule sets of the archive.",
    }
    FILE_DOSSIERS {
        vi: "Các hồ sơ, mỗi hồ sơ một gói BagIt với dossier.json và thư mục data/.",
        en: "The dossiers, each a BagIt bag with dossier.json and a folder data/.",
    }
    FILE_QUARANTINE {
        vi: "Đầu vào chưa nhận được, kèm lý do trong reason.json.",
        en: "Inputs that could not be taken, with the reason in reason.json.",
    }
    FILE_CODES {
        vi: "Sổ mã hồ sơ đã cấp, mỗi ngày một tệp; mã đã cấp không cấp lại.",
        en: "The dossier codes given out, a file a day; none is given twice.",
    }
    FILE_CATALOGUE {
        vi: "Mục lục để tìm nhanh; xóa đi vẫn dựng lại được.",
        en: "The index for quick answers; it can be deleted and rebuilt.",
    }
}
