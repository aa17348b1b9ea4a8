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
    VALUE_FIELD { vi: "TRƯỜNG=GIÁ_TRỊ", en: "FIELD=VALUE" }
    VALUE_ID { vi: "MÃ_MỤC", en: "ID" }
    VALUE_SPAN { vi: "THỜI_GIAN", en: "TIME" }
    VALUE_QUERY { vi: "CÂU_HỎI", en: "QUERY" }
    VALUE_DAY { vi: "NGÀY", en: "DAY" }
    VALUE_TEXT { vi: "CHỮ", en: "TEXT" }
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
    CAREFUL {
        vi: "Đọc lại phần đầu, phần cuối trang và những dòng đọc kém: đúng hơn, chậm hơn khoảng một \
             nửa",
        en: "Read header, footer and weak lines a second time: more right, slower by about half",
    }
    AS_READ {
        vi: "Giữ nguyên từng từ như bộ nhận dạng đọc được: không sửa dấu, không bỏ nhiễu",
        en: "Leave every word as the recogniser read it: no diacritics mended, no noise put aside",
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
    VALUE_PATH { vi: "ĐƯỜNG_DẪN", en: "PATH" }
    VALUE_TIME { vi: "THỜI_ĐIỂM", en: "TIME" }
    VALUE_ROLES { vi: "VAI_TRÒ", en: "ROLES" }
    VALUE_LEVEL { vi: "MỨC", en: "LEVEL" }
    JUDGING { vi: "Căn cứ kết luận", en: "What to judge by" }
    DEMANDS { vi: "Yêu cầu thêm", en: "Demands" }
    REPORTING { vi: "Báo cáo", en: "Reports" }
    VERIFY_ABOUT {
        vi: "Kiểm tra chữ ký số của tệp PDF, kèm lý do",
        en: "Check the signatures of PDF files, with reasons",
    }
    VERIFY_LONG {
        vi: "Kiểm tra chữ ký số của tệp PDF, kèm lý do.\n\n\
             Mỗi tệp được kết luận HỢP LỆ, CHƯA ĐỦ CĂN CỨ KẾT LUẬN hoặc KHÔNG HỢP LỆ, theo ETSI EN 319 \
             102-1: phạm vi ký, tính toàn vẹn, mọi thay đổi sau khi ký, chứng thư, thu hồi và thời gian. \
             Không dùng mạng: cùng tệp, cùng dữ liệu tin cậy và cùng thời điểm cho cùng một báo cáo. \
             Không có chứng thư gốc tin cậy thì không bao giờ kết luận HỢP LỆ.",
        en: "Check the signatures of PDF files, with reasons.\n\n\
             Each file is found VALID, UNDECIDED or NOT VALID by the rules of ETSI EN 319 102-1: what \
             is covered, integrity, every change made after signing, certificates, revocation and time. \
             Nothing is fetched: the same files, trust and moment give the same report. Without a \
             trusted root certificate nothing is ever found VALID.",
    }
    VERIFY_USAGE {
        vi: "sohoa verify [TÙY CHỌN] <ĐƯỜNG_DẪN>...",
        en: "sohoa verify [OPTIONS] <PATH>...",
    }
    VERIFY_EXAMPLES {
        vi: "  Kiểm tra một văn bản với chứng thư gốc trong thư mục tin-cay:\n    \
             sohoa verify quyet-dinh.pdf --trust tin-cay\n\n  \
             Kiểm tra cả thư mục, xuất JSON cho phần mềm khác:\n    \
             sohoa verify van-ban/ --trust tin-cay --json",
        en: "  Check a document against the root certificates in the folder trusted:\n    \
             sohoa verify decision.pdf --trust trusted\n\n  \
             Check a whole folder and answer other programs in JSON:\n    \
             sohoa verify documents/ --trust trusted --json",
    }
    VERIFY_PATHS {
        vi: "Tệp PDF, thư mục hoặc kho hồ sơ",
        en: "PDF files, folders or archives",
    }
    VERIFY_TRUST {
        vi: "Thư mục chứng thư gốc, chứng thư trung gian, CRL và OCSP (PEM hoặc DER); dùng được nhiều lần \
             [mặc định: thư mục trust của kho hồ sơ]",
        en: "Folder of root and intermediate certificates, CRLs and OCSP answers (PEM or DER); may be \
             repeated [default: the folder trust of the archive]",
    }
    VERIFY_AT {
        vi: "Kết luận tại thời điểm này [mặc định: bây giờ]",
        en: "Judge as of this moment [default: now]",
    }
    VERIFY_POLICY {
        vi: "Yêu cầu thuật toán: usual (thông lệ) hoặc tt15 (Thông tư 15/2025/TT-BKHCN) [mặc định: usual]",
        en: "Demands on algorithms: usual, or tt15 (Thông tư 15/2025/TT-BKHCN) [default: usual]",
    }
    VERIFY_PASSWORD {
        vi: "Đọc mật khẩu của tệp PDF từ dòng đầu của tệp này (- là đầu vào chuẩn)",
        en: "Read the password of the PDF files from the first line of this file (- is standard input)",
    }
    VERIFY_REQUIRE_SIGNED {
        vi: "Không đạt nếu tệp không có chữ ký",
        en: "Fail files that bear no signature",
    }
    VERIFY_REQUIRE_SIGNER {
        vi: "Không đạt nếu thiếu chữ ký của người có tên này",
        en: "Fail files that this person or agency has not signed",
    }
    VERIFY_REQUIRE_ROLES {
        vi: "Không đạt nếu thiếu các vai trò này, theo thứ tự ký: leader, agency, sao-y",
        en: "Fail files without these roles, in the order of signing: leader, agency, sao-y",
    }
    VERIFY_AT_LEAST {
        vi: "Không đạt nếu có chữ ký dưới mức này: b, t, lt, lta",
        en: "Fail files with a signature below this level: b, t, lt, lta",
    }
    VERIFY_VERBOSE {
        vi: "Nêu mọi lý do và mọi thay đổi sau khi ký",
        en: "Tell every reason and every later change",
    }
    VERIFY_CSV { vi: "Xuất CSV, mỗi chữ ký một dòng", en: "Answer in CSV, a row a signature" }
    VERIFY_HTML { vi: "Xuất một trang HTML", en: "Answer with a page of HTML" }
    VERIFY_XML {
        vi: "Xuất báo cáo XML theo ETSI TS 119 102-2",
        en: "Answer with XML reports of ETSI TS 119 102-2",
    }
    VERIFY_EXPORT {
        vi: "Ghi mọi chứng thư và dữ liệu thu hồi đã xét vào thư mục này",
        en: "Write all certificates and revocation data considered into this folder",
    }
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

    WHICH_ARCHIVE {
        vi: "Kho hồ sơ [mặc định: thư mục hiện tại]",
        en: "The archive [default: the current folder]",
    }

    // sohoa archive list
    LIST_ABOUT {
        vi: "Liệt kê hồ sơ, mới nhất trước",
        en: "List the dossiers, the newest first",
    }
    LIST_LONG {
        vi: "Liệt kê hồ sơ, mới nhất trước, theo ngày trong mã hồ sơ.",
        en: "List the dossiers, the newest first, by the day in their codes.",
    }
    LIST_USAGE {
        vi: "sohoa archive list [TÙY CHỌN]",
        en: "sohoa archive list [OPTIONS]",
    }
    LIST_EXAMPLES {
        vi: "  sohoa archive list --archive kho --from 01/07/2026 --limit 100",
        en: "  sohoa archive list --archive ward --from 2026-07-01 --limit 100",
    }
    LIST_FROM {
        vi: "Chỉ hồ sơ nhận từ ngày này",
        en: "Only dossiers received from this day on",
    }
    LIST_TO {
        vi: "Chỉ hồ sơ nhận đến hết ngày này",
        en: "Only dossiers received up to this day",
    }
    LIST_LIMIT {
        vi: "Số hồ sơ nhiều nhất [mặc định: 20]",
        en: "Most dossiers to list [default: 20]",
    }

    // sohoa archive show
    SHOW_ABOUT {
        vi: "Xem một hồ sơ: thông tin, tài liệu, lịch sử",
        en: "Show a dossier: its fields, documents and history",
    }
    SHOW_LONG {
        vi: "Xem một hồ sơ: thông tin, tài liệu, lịch sử.\n\n\
             Giá trị do người nhập được ghi rõ ai nhập. Với --json, in nguyên văn dossier.json.",
        en: "Show a dossier: its fields, documents and history.\n\n\
             Values that a person gave are marked with who gave them. With --json, print \
             dossier.json as it is.",
    }
    SHOW_USAGE {
        vi: "sohoa archive show [TÙY CHỌN] <MÃ>",
        en: "sohoa archive show [OPTIONS] <CODE>",
    }
    SHOW_EXAMPLES {
        vi: "  sohoa archive show H32.18-260716-0001 --archive kho",
        en: "  sohoa archive show H32.18-260716-0001 --archive ward",
    }
    SHOW_CODE {
        vi: "Mã hồ sơ, cách viết mới hoặc cũ",
        en: "The dossier's code, in the newer or the older form",
    }

    // sohoa archive set
    SET_ABOUT {
        vi: "Ghi thông tin của một hồ sơ hoặc tài liệu",
        en: "Set fields of a dossier or document",
    }
    SET_LONG {
        vi: "Ghi thông tin của một hồ sơ hoặc tài liệu.\n\n\
             Tên trường theo Nghị định 30/2020/NĐ-CP, Phụ lục VI (Title, Maintenance, Subject, \
             CodeNumber, ...) và một cửa (MaTTHC, NgayTiepNhan, KenhThucHien, ...); kiểu và độ dài được \
             kiểm tra. Giá trị trống xóa trường. Giá trị cũ được giữ trong lịch sử của hồ sơ. Ghi tất cả \
             hoặc không ghi gì.",
        en: "Set fields of a dossier or document.\n\n\
             Fields have their names in Decree 30/2020/NĐ-CP, Annex VI (Title, Maintenance, Subject, \
             CodeNumber, ...) and at the one-stop shop (MaTTHC, NgayTiepNhan, KenhThucHien, ...); type \
             and length are checked. An empty value removes the field. What was there stays in the \
             dossier's history. All fields are set or none is.",
    }
    SET_USAGE {
        vi: "sohoa archive set [TÙY CHỌN] <MÃ> <TRƯỜNG=GIÁ_TRỊ>...",
        en: "sohoa archive set [OPTIONS] <CODE> <FIELD=VALUE>...",
    }
    SET_EXAMPLES {
        vi: "  Tiêu đề và thời hạn lưu trữ của hồ sơ:\n    \
             sohoa archive set H32.18-260716-0001 Title='Cấp giấy phép' Maintenance='20 năm' --archive kho\n  \
             Trích yếu của tài liệu thứ hai:\n    \
             sohoa archive set H32.18-260716-0001 --document 2 Subject='V/v họp' --archive kho",
        en: "  Title and retention of a dossier:\n    \
             sohoa archive set H32.18-260716-0001 Title='Cấp giấy phép' Maintenance='20 năm' --archive ward\n  \
             Subject of its second document:\n    \
             sohoa archive set H32.18-260716-0001 --document 2 Subject='V/v họp' --archive ward",
    }
    SET_FIELD {
        vi: "Tên trường và giá trị; giá trị trống xóa trường",
        en: "A field's name and value; an empty value removes it",
    }
    SET_DOCUMENT {
        vi: "Ghi cho tài liệu có số thứ tự này, không phải cho hồ sơ",
        en: "Set on the document with this ordinal instead of the dossier",
    }
    SET_BY {
        vi: "Người đưa ra giá trị này, lưu cùng giá trị",
        en: "Who gives these values, kept with them",
    }

    // sohoa archive check
    CHECK_ABOUT {
        vi: "Kiểm tra mọi tệp của kho còn nguyên như lúc lưu",
        en: "Check that every file is still what was filed",
    }
    CHECK_LONG {
        vi: "Kiểm tra mọi tệp của kho còn nguyên như lúc lưu.\n\n\
             Mỗi byte được đọc một lần và đối chiếu với bảng kê BagIt. Tệp bị đổi, thiếu, thừa, đổi tên, \
             dossier.json hỏng, mã hồ sơ trùng hoặc ngoài cách đánh số đều được nêu tên và mã kết thúc là \
             1. Hồ sơ lâu chưa kiểm tra được xem trước; lần cuối mỗi hồ sơ được xác nhận còn tốt nằm trong \
             thư mục checks của kho.",
        en: "Check that every file is still what was filed.\n\n\
             Each byte is read once and held against the BagIt manifests. Files that were changed, \
             removed, added or renamed, a broken dossier.json, and dossier codes that are double or out \
             of scheme are named, and the exit code is 1. What was not looked at for longest comes first; \
             when each dossier was last proved good is kept in the archive's folder checks.",
    }
    CHECK_USAGE {
        vi: "sohoa archive check [TÙY CHỌN]",
        en: "sohoa archive check [OPTIONS]",
    }
    CHECK_EXAMPLES {
        vi: "  Kiểm tra toàn bộ:\n    \
             sohoa archive check --archive kho\n  \
             Mỗi đêm hai giờ, mỗi hồ sơ một lần trong 30 ngày:\n    \
             sohoa archive check --archive kho --since-last 30d --budget 2h",
        en: "  Check everything:\n    \
             sohoa archive check --archive ward\n  \
             Two hours every night, each dossier once in 30 days:\n    \
             sohoa archive check --archive ward --since-last 30d --budget 2h",
    }
    CHECK_SINCE_LAST {
        vi: "Bỏ qua hồ sơ đã được xác nhận tốt trong khoảng này, ví dụ 30d (ngày), 12h (giờ)",
        en: "Pass over dossiers proved good within this time, such as 30d (days) or 12h (hours)",
    }
    CHECK_BUDGET {
        vi: "Dừng sau khoảng này, ví dụ 2h, 90m (phút)",
        en: "End after this time, such as 2h or 90m (minutes)",
    }

    // sohoa archive quarantine
    QUARANTINE_ABOUT {
        vi: "Xem và xử lý những tệp không nhận được vào kho",
        en: "See and settle what could not be taken into the archive",
    }
    QUARANTINE_LONG {
        vi: "Xem và xử lý những tệp không nhận được vào kho.\n\n\
             Tệp hỏng hay không đọc được nằm trong khu cách ly cùng lý do, không bao giờ mất. Lý do và \
             cách xử lý được giữ lại trong quarantine/closed của kho.",
        en: "See and settle what could not be taken into the archive.\n\n\
             Files that are damaged or cannot be read lie in quarantine with the reason; they are never \
             lost. The reason and what became of them stay in the archive's quarantine/closed.",
    }
    QUARANTINE_USAGE {
        vi: "sohoa archive quarantine [TÙY CHỌN] <LỆNH>",
        en: "sohoa archive quarantine [OPTIONS] <COMMAND>",
    }
    QUARANTINE_EXAMPLES {
        vi: "  sohoa archive quarantine list --archive kho",
        en: "  sohoa archive quarantine list --archive ward",
    }
    QUARANTINE_LIST_ABOUT {
        vi: "Liệt kê các tệp đang bị cách ly và lý do",
        en: "List what is in quarantine, and why",
    }
    QUARANTINE_LIST_LONG {
        vi: "Liệt kê các tệp đang bị cách ly và lý do, lâu nhất trước.",
        en: "List what is in quarantine, and why, the oldest first.",
    }
    QUARANTINE_LIST_USAGE {
        vi: "sohoa archive quarantine list [TÙY CHỌN]",
        en: "sohoa archive quarantine list [OPTIONS]",
    }
    QUARANTINE_LIST_EXAMPLES {
        vi: "  sohoa archive quarantine list --archive kho --json",
        en: "  sohoa archive quarantine list --archive ward --json",
    }
    RELEASE_ABOUT {
        vi: "Trả một tệp ra khỏi khu cách ly",
        en: "Give a file back from quarantine",
    }
    RELEASE_LONG {
        vi: "Trả một tệp ra khỏi khu cách ly, thành tệp mới, để sửa rồi nhận lại.",
        en: "Give a file back from quarantine, as a new file, to be mended and ingested again.",
    }
    RELEASE_USAGE {
        vi: "sohoa archive quarantine release [TÙY CHỌN] --to <TỆP> <MÃ_MỤC>",
        en: "sohoa archive quarantine release [OPTIONS] --to <FILE> <ID>",
    }
    RELEASE_EXAMPLES {
        vi: "  sohoa archive quarantine release 3f9a --to can-sua.tif --archive kho",
        en: "  sohoa archive quarantine release 3f9a --to mend.tif --archive ward",
    }
    RELEASE_TO {
        vi: "Tệp sẽ ghi; không ghi đè tệp đã có",
        en: "The file to write; a file that exists is not overwritten",
    }
    DISCARD_ABOUT {
        vi: "Bỏ hẳn một tệp bị cách ly, có ghi lý do",
        en: "Discard a file in quarantine, for a reason that is kept",
    }
    DISCARD_LONG {
        vi: "Bỏ hẳn một tệp bị cách ly. Lý do được giữ lại cùng thông tin của tệp.",
        en: "Discard a file in quarantine. The reason is kept with what is known of the file.",
    }
    DISCARD_USAGE {
        vi: "sohoa archive quarantine discard [TÙY CHỌN] --why <CHỮ> <MÃ_MỤC>",
        en: "sohoa archive quarantine discard [OPTIONS] --why <TEXT> <ID>",
    }
    DISCARD_EXAMPLES {
        vi: "  sohoa archive quarantine discard 3f9a --why 'tệp rỗng, đã quét lại' --archive kho",
        en: "  sohoa archive quarantine discard 3f9a --why 'empty file, scanned again' --archive ward",
    }
    DISCARD_WHY { vi: "Lý do bỏ", en: "Why it is not wanted" }
    QUARANTINE_ID {
        vi: "Mã của mục, hoặc phần đầu của mã",
        en: "The entry's id, or the beginning of it",
    }

    // sohoa archive log
    LOG_ABOUT {
        vi: "Xem sổ nhật ký của kho, mới nhất trước",
        en: "Show the ledger of the archive, the newest first",
    }
    LOG_LONG {
        vi: "Xem sổ nhật ký của kho, mới nhất trước.\n\n\
             Mỗi việc (lưu, sửa thông tin, kiểm tra, xử lý tệp cách ly) là một mục trong một cây Merkle chỉ \
             thêm vào, ký bằng khóa Ed25519 của kho; archive check kiểm tra lại toàn bộ. Sổ không ghi tên \
             người hay nội dung.",
        en: "Show the ledger of the archive, the newest first.\n\n\
             Each event (filed, altered, checked, released from quarantine) is an entry of an \
             append-only Merkle tree, signed with the archive's Ed25519 key; archive check checks all of \
             it. The ledger has no names of persons and no content.",
    }
    LOG_USAGE {
        vi: "sohoa archive log [TÙY CHỌN]",
        en: "sohoa archive log [OPTIONS]",
    }
    LOG_EXAMPLES {
        vi: "  sohoa archive log --archive kho --limit 50",
        en: "  sohoa archive log --archive ward --limit 50",
    }
    LOG_LIMIT {
        vi: "Số mục nhiều nhất [mặc định: 20]",
        en: "Most events to show [default: 20]",
    }

    // sohoa archive prove
    PROVE_ABOUT {
        vi: "Ghi hoặc kiểm tra chứng thực một hồ sơ có trong sổ nhật ký",
        en: "Write or check a proof that a dossier is in the ledger",
    }
    PROVE_LONG {
        vi: "Ghi hoặc kiểm tra chứng thực một hồ sơ có trong sổ nhật ký.\n\n\
             Chứng thực là một tệp chữ (C2SP tlog-proof), kiểm tra được trên máy khác không cần kho và \
             không cần mạng, chỉ cần tệp khóa công khai ledger/key của kho. Không có khóa thì chưa đủ căn \
             cứ kết luận và mã kết thúc là 3.",
        en: "Write or check a proof that a dossier is in the ledger.\n\n\
             A proof is a text file (C2SP tlog-proof) that another machine can check without the \
             archive and without a network; it needs the archive's public key, the file ledger/key. \
             Without a key nothing is concluded, and the exit code is 3.",
    }
    PROVE_USAGE {
        vi: "sohoa archive prove [TÙY CHỌN] <MÃ>\n  sohoa archive prove --check <TỆP> [--key <TỆP>]",
        en: "sohoa archive prove [OPTIONS] <CODE>\n  sohoa archive prove --check <FILE> [--key <FILE>]",
    }
    PROVE_EXAMPLES {
        vi: "  sohoa archive prove H32.18-260716-0001 --archive kho -o 0001.tlog-proof\n  \
             sohoa archive prove --check 0001.tlog-proof --key khoa-cua-kho",
        en: "  sohoa archive prove H32.18-260716-0001 --archive ward -o 0001.tlog-proof\n  \
             sohoa archive prove --check 0001.tlog-proof --key ward-key",
    }
    PROVE_OUTPUT {
        vi: "Ghi chứng thực ra tệp mới này [mặc định: đầu ra chuẩn]",
        en: "Write the proof to this new file [default: standard output]",
    }
    PROVE_CHECK { vi: "Kiểm tra chứng thực trong tệp này", en: "Check the proof in this file" }
    PROVE_KEY {
        vi: "Khóa công khai của kho (tệp ledger/key)",
        en: "The archive's public key (its file ledger/key)",
    }

    // sohoa archive reindex
    REINDEX_ABOUT {
        vi: "Lập lại mục lục tra cứu từ các hồ sơ",
        en: "Make the catalogue anew from the dossiers",
    }
    REINDEX_LONG {
        vi: "Lập lại mục lục tra cứu từ các hồ sơ.\n\n\
             Mục lục nằm trong thư mục .catalogue của kho và chỉ chứa những gì hồ sơ đã có; xóa đi \
             cũng không mất dữ liệu. Hồ sơ không đọc được thì được nêu tên và mã kết thúc là 1.",
        en: "Make the catalogue anew from the dossiers.\n\n\
             The catalogue lies in the archive's folder .catalogue and holds only what the dossiers \
             hold; deleting it loses nothing. Dossiers that cannot be read are named, and the exit \
             code is 1.",
    }
    REINDEX_USAGE {
        vi: "sohoa archive reindex [TÙY CHỌN]",
        en: "sohoa archive reindex [OPTIONS]",
    }
    REINDEX_EXAMPLES {
        vi: "  sohoa archive reindex --archive kho",
        en: "  sohoa archive reindex --archive ward",
    }

    // sohoa find
    FIND_ABOUT {
        vi: "Tìm trong toàn bộ chữ của kho hồ sơ",
        en: "Search the full text of an archive",
    }
    FIND_LONG {
        vi: "Tìm trong toàn bộ chữ của kho hồ sơ: nội dung từng trang và thông tin của hồ sơ.\n\n\
             Chỗ viết đúng dấu như câu hỏi đứng trước, chỗ khác thanh (đường, đương) đứng sau, chỗ \
             chỉ giống khi bỏ hết dấu (đường, Dương, duong) đứng cuối. Kiểu đặt dấu cũ và mới (HÒA, \
             HOÀ) là một. Mọi từ phải có trên cùng một trang; \"Trần Phú\" trong ngoặc kép phải đứng liền \
             nhau; quyết* tìm phần đầu của từ. Mã hồ sơ và số ký hiệu (123/QĐ-UBND) viết như trên giấy. \
             Không thấy gì thì mã kết thúc là 1.",
        en: "Search the full text of an archive: every page, and what is recorded about it.\n\n\
             What is spelt as in the query comes first, what differs in tones (đường, đương) next, what \
             is alike only without diacritics (đường, Dương, duong) last. The older and the newer way \
             of placing tones (HÒA, HOÀ) are one. All words must be on one page; \"Trần Phú\" in quotes \
             must stand together; quyết* is the beginning of a word. Dossier codes and document \
             numbers (123/QĐ-UBND) are typed as they stand on paper. The exit code is 1 where \
             nothing is found.",
    }
    FIND_USAGE {
        vi: "sohoa find [TÙY CHỌN] <CÂU_HỎI>...",
        en: "sohoa find [OPTIONS] <QUERY>...",
    }
    FIND_EXAMPLES {
        vi: "  Tìm trong kho:\n    \
             sohoa find --archive kho 'đường Trần Phú'\n  \
             Các quyết định có số này, ban hành từ đầu năm 2026:\n    \
             sohoa find --archive kho 123/QĐ-UBND --type 'quyết định' --from 01/01/2026",
        en: "  Search an archive:\n    \
             sohoa find --archive ward 'đường Trần Phú'\n  \
             Decisions with this number, issued from 2026 on:\n    \
             sohoa find --archive ward 123/QĐ-UBND --type 'quyết định' --from 2026-01-01",
    }
    FIND_QUERY {
        vi: "Các từ cần tìm; \"cụm từ\" trong ngoặc kép; phần đầu của từ có dấu * theo sau",
        en: "Words to find; a \"phrase\" in quotes; the beginning of a word with * after it",
    }
    FIND_FROM {
        vi: "Chỉ tài liệu từ ngày này: ngày ban hành, hoặc ngày trong mã hồ sơ nếu chưa rõ",
        en: "Only documents from this day on: the day of issue, or of the dossier code if unknown",
    }
    FIND_TO {
        vi: "Chỉ tài liệu đến hết ngày này",
        en: "Only documents up to this day",
    }
    FIND_TYPE {
        vi: "Chỉ loại văn bản này, ví dụ 'quyết định'",
        en: "Only this type of document, such as 'quyết định'",
    }
    FIND_ISSUER {
        vi: "Chỉ văn bản của cơ quan có tên chứa chữ này",
        en: "Only documents whose issuer's name has this text",
    }
    FIND_LIMIT {
        vi: "Số chỗ tìm thấy nhiều nhất [mặc định: 20]",
        en: "Most places to show [default: 20]",
    }

    // sohoa archive import
    IMPORT_ABOUT {
        vi: "Nhập sổ theo dõi hồ sơ của bộ phận một cửa",
        en: "Import a register of the one-stop shop",
    }
    IMPORT_LONG {
        vi: "Nhập sổ theo dõi hồ sơ của bộ phận một cửa.\n\n\
             Sổ là tệp CSV, XLSX hoặc JSON với tên trường của Cổng Dịch vụ công quốc gia (MaHoSo, \
             NgayTiepNhan, NgayHenTra, NgayKetThucXuLy, KenhThucHien, TrangThai, \
             DuongDanTepTinKetQua, TaiLieuNop…) hoặc tên cột thường gặp. Mỗi hồ sơ là một dòng trong \
             thư mục registers của kho, theo tháng tiếp nhận; nhập lại cùng một sổ không thay đổi gì. \
             Giá trị sai được báo theo dòng và cột, các dòng khác vẫn được nhập và mã kết thúc là 1. \
             Cột về họ tên, địa chỉ, số điện thoại không được lấy. Hồ sơ mật (MienTru = MAT) chỉ được đếm.",
        en: "Import a register of the one-stop shop.\n\n\
             The register is a CSV, XLSX or JSON file under the field names of the national public \
             service portal (MaHoSo, NgayTiepNhan, NgayHenTra, NgayKetThucXuLy, KenhThucHien, \
             TrangThai, DuongDanTepTinKetQua, TaiLieuNop, …) or common headings. Each dossier is a \
             line in the archive's folder registers, by month of receipt; the same register again \
             changes nothing. Wrong values are told by row and column, the other rows are taken, and \
             the exit code is 1. Columns with names, addresses and telephone numbers are left out. \
             Secret dossiers (MienTru = MAT) are only counted.",
    }
    IMPORT_USAGE {
        vi: "sohoa archive import [TÙY CHỌN] <TỆP>",
        en: "sohoa archive import [OPTIONS] <FILE>",
    }
    IMPORT_EXAMPLES {
        vi: "  Xem trước, rồi nhập:\n    \
             sohoa archive import so-thang-7.xlsx --archive kho --dry-run\n    \
             sohoa archive import so-thang-7.xlsx --archive kho",
        en: "  Look first, then import:\n    \
             sohoa archive import july.xlsx --archive ward --dry-run\n    \
             sohoa archive import july.xlsx --archive ward",
    }
    IMPORT_FILE { vi: "Sổ: tệp .csv, .xlsx hoặc .json", en: "The register: .csv, .xlsx or .json" }
    IMPORT_MAPPING {
        vi: "Tệp JSON cho biết cột nào là trường nào: {\"Số biên nhận\": \"MaHoSo\"}",
        en: "JSON file that says which column is which field: {\"Receipt\": \"MaHoSo\"}",
    }
    IMPORT_DRY_RUN {
        vi: "Chỉ kiểm tra và báo, không ghi gì",
        en: "Check and tell, write nothing",
    }

    // sohoa report
    VALUE_KIND { vi: "LOẠI", en: "KIND" }
    VALUE_WORD { vi: "TÊN", en: "NAME" }
    VALUE_DEMAND { vi: "YÊU_CẦU", en: "DEMAND" }
    SCOPE { vi: "Phạm vi", en: "Scope" }
    REPORT_ABOUT {
        vi: "Lập báo cáo từ kho hồ sơ: không giấy tờ, QĐ 766, KPI, chữ ký, sổ sách",
        en: "Report what the archive proves: paperless figures, Decision 766, KPIs, registers",
    }
    REPORT_LONG {
        vi: "Lập báo cáo từ kho hồ sơ và các sổ đã nhập.\n\n\
             Các loại:\n  \
             paperless   tỷ lệ xử lý, số hóa, ký số, kết quả điện tử\n  \
             qd766       Quyết định 766/QĐ-TTg: điểm nhóm số hóa, tiến độ, bảng theo dõi\n  \
             campaign    phong trào: theo ngày, theo tuần, ngày không in\n  \
             kpi         cán bộ và đơn vị\n  \
             signatures  kết luận về chữ ký, mức, thời hạn chứng thư, ai chưa ký\n  \
             registers   sổ văn bản đi, đến, sổ hồ sơ, số thiếu và số trùng\n  \
             integrity   kiểm tra kho, cách ly, vi phạm theo điều khoản\n  \
             exemptions  văn bản, hồ sơ được miễn trừ\n  \
             savings     ước tính giấy và tiền tiết kiệm\n  \
             leakage     văn bản còn ban hành giấy hoặc in sau khi ký\n\n\
             Mỗi tỷ lệ ghi đủ tử số, mẫu số, phần miễn trừ và phần chưa xác minh. Văn bản có chữ ký \
             không hợp lệ tính là chưa ký. Mục tiêu, đơn vị, cán bộ, phong trào khai trong sohoa.toml. \
             Mã kết thúc là 1 khi một yêu cầu không đạt, kho còn trống, hoặc số liệu có điểm cần kiểm tra.",
        en: "Report what the archive and the imported registers prove.\n\n\
             Kinds:\n  \
             paperless   what is handled online, digitised, signed, issued as files\n  \
             qd766       Decision 766/QĐ-TTg: points of digitisation, time limits, by unit\n  \
             campaign    a campaign by day and week, days without printing\n  \
             kpi         officers and units\n  \
             signatures  verdicts, levels, when certificates end, who has never signed\n  \
             registers   incoming, outgoing, dossiers; missing and double numbers\n  \
             integrity   proofs, quarantine, violations by article\n  \
             exemptions  what need not be electronic\n  \
             savings     paper and money saved, estimated\n  \
             leakage     what is still issued on paper or printed after signing\n\n\
             Each share states numerator, denominator, what is exempted and what is unverified. A \
             document whose signature is not valid counts as unsigned. Targets, units, officers and \
             campaigns stand in sohoa.toml. The exit code is 1 where a demand is not met, the archive \
             is empty, or something in the data must be looked at.",
    }
    REPORT_USAGE {
        vi: "sohoa report [TÙY CHỌN] <LOẠI> [THƯ_MỤC]...",
        en: "sohoa report [OPTIONS] <KIND> [DIR]...",
    }
    REPORT_EXAMPLES {
        vi: "  Tình hình tháng này, so với tháng trước:\n    \
             sohoa report paperless kho --period month --compare\n  \
             Báo cáo phong trào để ký và gửi:\n    \
             sohoa report campaign kho --format pdf --place 'Khánh Hòa' --output bao-cao.pdf\n  \
             Việc hằng đêm: báo khi chưa đạt, kèm danh sách cần sửa:\n    \
             sohoa report paperless kho --require 'ky_so>=100' --list-missing --quiet\n  \
             Gộp các xã:\n    \
             sohoa report qd766 xa-1 xa-2 xa-3 --roll-up --format xlsx --output tinh.xlsx",
        en: "  This month, compared with the last:\n    \
             sohoa report paperless ward --period month --compare\n  \
             The report of a campaign, to be signed and sent:\n    \
             sohoa report campaign ward --format pdf --place 'Khánh Hòa' --output report.pdf\n  \
             Every night: speak up where a target is missed, with what to mend:\n    \
             sohoa report paperless ward --require 'ky_so>=100' --list-missing --quiet\n  \
             Several communes together:\n    \
             sohoa report qd766 ward-1 ward-2 ward-3 --roll-up --format xlsx --output all.xlsx",
    }
    REPORT_KIND {
        vi: "Loại báo cáo: paperless, qd766, campaign, kpi, signatures, registers, integrity, exemptions, savings, leakage",
        en: "Kind of report: paperless, qd766, campaign, kpi, signatures, registers, integrity, exemptions, savings, leakage",
    }
    REPORT_DIRS { vi: "Kho hồ sơ [mặc định: thư mục hiện tại]", en: "Archives [default: the current folder]" }
    REPORT_FROM { vi: "Từ ngày này", en: "From this day on" }
    REPORT_TO { vi: "Đến hết ngày này", en: "Up to this day" }
    REPORT_PERIOD {
        vi: "Tuần, tháng, quý hoặc năm có ngày --from [mặc định: hôm nay]",
        en: "The week, month, quarter or year around --from [default: today]",
    }
    REPORT_CAMPAIGN {
        vi: "Phong trào trong sohoa.toml [mặc định: phong trào bắt đầu gần nhất]",
        en: "A campaign of sohoa.toml [default: the one that began last]",
    }
    REPORT_UNIT {
        vi: "Chỉ đơn vị này và các đơn vị đã hợp nhất vào nó",
        en: "Only this unit and those that merged into it",
    }
    REPORT_OFFICER { vi: "Chỉ hồ sơ cán bộ này nhận hoặc xử lý", en: "Only dossiers this officer received or handled" }
    REPORT_PROCEDURE { vi: "Chỉ thủ tục có mã này", en: "Only the procedure with this code" }
    REPORT_COMPARE { vi: "So với kỳ liền trước", en: "Compare with the period before" }
    REPORT_ROLL_UP { vi: "Gộp nhiều kho vào một báo cáo", en: "Count several archives together" }
    REPORT_REQUIRE {
        vi: "Yêu cầu một chỉ tiêu, ví dụ 'ky_so>=100'; không đạt thì mã kết thúc là 1; dùng được nhiều lần",
        en: "Demand a figure, such as 'ky_so>=100'; where it is missed the exit code is 1; may be repeated",
    }
    REPORT_LIST_MISSING {
        vi: "Kèm danh sách hồ sơ, tài liệu làm cho yêu cầu không đạt",
        en: "With the dossiers and documents because of which a demand is missed",
    }
    REPORT_FREEZE {
        vi: "Giữ báo cáo trong kho cùng mã băm của số liệu đầu vào, ghi vào sổ nhật ký",
        en: "Keep the report in the archive with the hashes of its inputs, noted in the ledger",
    }
    REPORT_FORMAT {
        vi: "Dạng báo cáo: text, json, csv, xlsx, html, pdf [mặc định: text]",
        en: "Form of the answer: text, json, csv, xlsx, html, pdf [default: text]",
    }
    REPORT_OUTPUT { vi: "Ghi vào tệp này [mặc định: đầu ra chuẩn]", en: "Write into this file [default: standard output]" }
    REPORT_FORCE { vi: "Ghi đè tệp đã có", en: "Replace a file that exists" }
    REPORT_TABLE {
        vi: "Với csv: chỉ bảng có tên này, không có dòng tiêu đề; figures là bảng chỉ tiêu",
        en: "With csv: only the table of this name, without titles; figures are the figures",
    }
    REPORT_PLACE { vi: "Với pdf: địa danh", en: "With pdf: the place" }
    REPORT_POSITION {
        vi: "Với pdf: quyền hạn, chức vụ người ký, mỗi lần một dòng",
        en: "With pdf: authority and position of who signs, a line each time",
    }
    REPORT_SIGNER { vi: "Với pdf: họ tên người ký", en: "With pdf: the name of who signs" }

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
        vi: "Mọi việc đã xong, câu trả lời là có: mọi đầu vào đã lưu, mọi chữ ký hợp lệ, hoặc máy có \
             đủ những gì cần.",
        en: "All is done and the answer is yes: every input is filed, every signature is valid, or \
             nothing needed is missing.",
    }
    EXIT_1 {
        vi: "Câu trả lời là không: có đầu vào cần người xem, bị cách ly hoặc mang dấu chỉ độ mật, \
             có chữ ký không hợp lệ, hoặc máy còn thiếu thứ cần có.",
        en: "The answer is no: an input needs a person, went to quarantine or bears a secrecy \
             marking, a signature is not valid, or something needed is missing.",
    }
    EXIT_2 {
        vi: "Có lỗi: lệnh viết sai, có đầu vào không đọc được, đĩa đầy.",
        en: "Trouble: a usage error, an input that could not be read, a full disk.",
    }
    EXIT_3 {
        vi: "Chưa đủ căn cứ kết luận về chữ ký, hoặc tệp không có chữ ký.",
        en: "Undecided: a signature is neither shown to be valid nor broken, or there is none.",
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
