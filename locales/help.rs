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
    WATCHING { vi: "Theo dõi thư mục", en: "Watching a folder" }
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
    VALUE_ORDER { vi: "THỨ_TỰ", en: "ORDER" }
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
             sohoa ingest [TÙY CHỌN] --archive <THƯ_MỤC> --watch <THƯ_MỤC_QUÉT>\n  \
             sohoa ingest [TÙY CHỌN] -o <TỆP_PDF> <NGUỒN>",
        en: "sohoa ingest [OPTIONS] --archive <DIR> <SOURCE>...\n  \
             sohoa ingest [OPTIONS] --archive <DIR> --watch <INBOX>\n  \
             sohoa ingest [OPTIONS] -o <PDF> <SOURCE>",
    }
    INGEST_EXAMPLES {
        vi: "  Xem trước mọi quyết định, chưa ghi gì:\n    \
             sohoa ingest may-quet/ --archive kho --dry-run\n\n  \
             Lưu cả thư mục vào kho:\n    \
             sohoa ingest may-quet/ --archive kho\n\n  \
             Thêm giấy tờ bổ sung vào một hồ sơ đã có:\n    \
             sohoa ingest bo-sung.pdf --archive kho --dossier H32.18-260716-0001\n\n  \
             Nhận mọi thứ máy quét để vào thư mục, cho đến khi bị dừng:\n    \
             sohoa ingest --watch may-quet/ --archive kho\n\n  \
             Máy quét một mặt: tập mặt trước, rồi lật cả tập quét mặt sau:\n    \
             sohoa ingest mat-truoc.pdf mat-sau.pdf --collate auto --archive kho\n\n  \
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
             Take whatever the scanner puts into a folder, until stopped:\n    \
             sohoa ingest --watch scanner/ --archive ward\n\n  \
             A scanner that sees one side: the fronts, then the stack turned over:\n    \
             sohoa ingest fronts.pdf backs.pdf --collate auto --archive ward\n\n  \
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
    REUSE {
        vi: "Giấy tờ kho đã có (đúng từng byte, cùng số và cơ quan ban hành, hoặc gần trùng nội dung): ghi tái \
             sử dụng kèm nguồn thay vì lưu bản mới",
        en: "Record papers the archive holds already (same bytes, same number and issuer, or nearly the \
             same text) as reused, with their source, instead of filing another copy",
    }
    FORCE {
        vi: "Ghi đè tệp của -o nếu đã có",
        en: "Overwrite the file of -o if it exists",
    }
    DRY_RUN {
        vi: "Chạy thử: làm và báo mọi quyết định nhưng không ghi gì",
        en: "Rehearse: make and tell every decision but write nothing",
    }
    WATCH {
        vi: "Theo dõi thư mục nguồn: nhận từng tệp, từng thư mục con (một hồ sơ) khi đã ghi xong; \
             chạy đến khi bị dừng",
        en: "Watch the source folder: take each file and each subfolder (one dossier) once it is \
             whole; goes on until stopped",
    }
    SETTLE {
        vi: "Tệp đứng yên bấy nhiêu giây thì được nhận; TÊN.ready hoặc việc đổi tên vào thư mục thì nhận \
             ngay [mặc định: 5]",
        en: "Take a file once it has been still for so long; NAME.ready or a rename into the folder \
             takes it at once [default: 5]",
    }
    DONE {
        vi: "Giấy tờ đã lưu xong thì sao: keep (để nguyên), move (chuyển vào THƯ_MỤC/.xong/NGÀY, không \
             bao giờ đè tệp khác); giấy bị cách ly, lỗi hoặc mật luôn nằm nguyên chỗ [mặc định: keep]",
        en: "What becomes of papers that are filed: keep (they stay), move (to INBOX/.xong/DAY, never \
             over another file); what is quarantined, failed or secret always stays [default: keep]",
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
    SEPARATOR {
        vi: "Mã QR nói đúng CHỮ này cũng là tờ phân cách tài liệu; dùng được nhiều lần",
        en: "Take a QR code that says exactly TEXT for a sheet between documents; may be repeated",
    }
    COLLATE {
        vi: "Nguồn là hai tập của máy quét một mặt: một tệp gồm mặt trước rồi mặt sau, hoặc hai tệp; xếp lại theo thứ \
             tự tờ giấy. reversed: mặt sau quét từ trang cuối; forward: quét xuôi; auto: theo tờ phân cách hai mặt \
             và số trang, nếu không có thì như reversed. Hai tập không khớp thì vào khu cách ly",
        en: "Take the source for the two stacks of a scanner that sees one side, in one file (fronts, then backs) or \
             two, and put them in the order of the paper. reversed: the backs begin with the last page; forward: they \
             lie like the fronts; auto: by separator sheets of two sides and by page numbers, else as reversed. Stacks \
             that do not match are quarantined",
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
    VALUE_POLICY { vi: "usual|tt15|TỆP", en: "usual|tt15|FILE" }
    VALUE_LEVEL { vi: "MỨC", en: "LEVEL" }
    PROOFS { vi: "Chứng thực của kho", en: "Proofs of an archive" }
    JUDGING { vi: "Căn cứ kết luận", en: "What to judge by" }
    DEMANDS { vi: "Yêu cầu thêm", en: "Demands" }
    REPORTING { vi: "Báo cáo", en: "Reports" }
    VERIFY_ABOUT {
        vi: "Kiểm tra chữ ký số của tệp PDF và tệp .p7s, kèm lý do",
        en: "Check the signatures of PDF files and .p7s, with reasons",
    }
    VERIFY_LONG {
        vi: "Kiểm tra chữ ký số của tệp PDF và tệp .p7s, kèm lý do.\n\n\
             Mỗi tệp được kết luận HỢP LỆ, CHƯA ĐỦ CĂN CỨ KẾT LUẬN hoặc KHÔNG HỢP LỆ, theo ETSI EN 319 \
             102-1: phạm vi ký, tính toàn vẹn, mọi thay đổi sau khi ký, chứng thư, thu hồi và thời gian. \
             Không dùng mạng: cùng tệp, cùng dữ liệu tin cậy và cùng thời điểm cho cùng một báo cáo. \
             Không có chứng thư gốc tin cậy thì không bao giờ kết luận HỢP LỆ. Chữ ký .p7s (CAdES, CMS) \
             được kiểm tra với tệp bên cạnh, cùng tên bỏ .p7s, hoặc với nội dung nó mang bên trong; thiếu tệp \
             được ký thì báo lỗi, không kết luận.",
        en: "Check the signatures of PDF files and .p7s, with reasons.\n\n\
             Each file is found VALID, UNDECIDED or NOT VALID by the rules of ETSI EN 319 102-1: what \
             is covered, integrity, every change made after signing, certificates, revocation and time. \
             Nothing is fetched: the same files, trust and moment give the same report. Without a \
             trusted root certificate nothing is ever found VALID. A .p7s signature (CAdES, CMS) is held \
             against the file beside it, of its name without .p7s, or against what it has within; where the \
             signed file is missing that is an error and no verdict.",
    }
    VERIFY_USAGE {
        vi: "sohoa verify [TÙY CHỌN] <ĐƯỜNG_DẪN>...\n  \
             sohoa verify --proof <TỆP> --key <TỆP>",
        en: "sohoa verify [OPTIONS] <PATH>...\n  \
             sohoa verify --proof <FILE> --key <FILE>",
    }
    VERIFY_EXAMPLES {
        vi: "  Kiểm tra một văn bản với chứng thư gốc trong thư mục tin-cay:\n    \
             sohoa verify quyet-dinh.pdf --trust tin-cay\n\n  \
             Kiểm tra cả thư mục, xuất JSON cho phần mềm khác:\n    \
             sohoa verify van-ban/ --trust tin-cay --json\n\n  \
             Kiểm tra chữ ký bên cạnh một tệp XML:\n    \
             sohoa verify to-khai.xml.p7s --trust tin-cay",
        en: "  Check a document against the root certificates in the folder trusted:\n    \
             sohoa verify decision.pdf --trust trusted\n\n  \
             Check a whole folder and answer other programs in JSON:\n    \
             sohoa verify documents/ --trust trusted --json\n\n  \
             Check the signature beside an XML file:\n    \
             sohoa verify return.xml.p7s --trust trusted",
    }
    VERIFY_PATHS {
        vi: "Tệp PDF, chữ ký .p7s, thư mục hoặc kho hồ sơ",
        en: "PDF files, .p7s signatures, folders or archives",
    }
    VERIFY_PROOF {
        vi: "Kiểm tra chứng thực trong tệp này (từ sohoa archive prove), không cần kho hay mạng",
        en: "Check the proof in this file (from sohoa archive prove); needs no archive and no network",
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
    VERIFY_ONLINE {
        vi: "Được hỏi các địa chỉ ghi trong chứng thư (chứng thư cấp trên, OCSP, CRL); những gì tải về được ghi trong báo cáo theo mã băm",
        en: "May ask the addresses in certificates (issuers, OCSP, revocation lists); what is fetched is named in the report by its hash",
    }
    VERIFY_RESUME {
        vi: "Ghi kết luận đã xong vào tệp này; lần chạy sau với cùng tệp này làm tiếp chỗ dở dang",
        en: "Note finished verdicts in this file; a later run with the same file goes on where it was cut off",
    }
    VERIFY_ALL {
        vi: "Kho hồ sơ: kiểm tra lại mọi văn bản, cả văn bản có kết luận còn hiệu lực",
        en: "In an archive judge every document anew, those too whose verdict still holds",
    }
    VERIFY_POLICY {
        vi: "Chính sách kiểm tra: usual (thông lệ), tt15 (Thông tư 15/2025/TT-BKHCN) hoặc tệp chính sách của cơ quan [mặc định: usual]",
        en: "What to demand: usual, tt15 (Thông tư 15/2025/TT-BKHCN), or the office's own policy in a file [default: usual]",
    }
    VERIFY_PASSWORD {
        vi: "Đọc mật khẩu của tệp PDF từ dòng đầu của tệp này (- là đầu vào chuẩn)",
        en: "Read the password of the PDF files from the first line of this file (- is standard input)",
    }
    VERIFY_CONTENT {
        vi: "Tệp mà chữ ký .p7s ký lên, hoặc thư mục chứa các tệp ấy [mặc định: cùng tên, bên cạnh]",
        en: "The file that a .p7s signs, or the folder where such files lie [default: of its name, beside it]",
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
             về sau. Thông tin nào không có trên dòng lệnh thì được hỏi, nếu lệnh chạy trên màn hình.",
        en: "Create a new archive in a folder that does not exist yet or is empty.\n\n\
             The agency's identifier starts every dossier code: H32.18 gives H32.18-260716-0001. \
             Both are kept in the archive's sohoa.toml and can be changed later. What the line does \
             not give is asked for on a terminal.",
    }
    ARCHIVE_INIT_USAGE {
        vi: "sohoa archive init [TÙY CHỌN] <THƯ_MỤC>",
        en: "sohoa archive init [OPTIONS] <DIR>",
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
        vi: "Liệt kê văn bản cần người xem: số, ký hiệu hoặc ngày đọc không chắc chắn, số định danh hoặc số tiền \
             không khớp, trang không đọc được.\n\n\
             --html ghi một trang xem được không cần mạng, mỗi chỗ còn ngờ kèm ảnh cắt từ bản quét. \
             Trường đã có người ghi thì không hỏi lại. Mã thoát: 0 không còn gì, 1 còn văn bản cần xem.",
        en: "List documents a person must check: number, notation or date read without certainty, identity \
             numbers or amounts that do not fit, pages that could not be read.\n\n\
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
        vi: "Kho hồ sơ [mặc định: thư mục hiện tại]",
        en: "The archive [default: the current folder]",
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

    INIT_SCHEME {
        vi: "Cách viết mã hồ sơ: new (H32.18-260716-0001) hoặc old (000.00.18.H32-260716-0001) [mặc định: new]",
        en: "How codes are written: new (H32.18-260716-0001) or old (000.00.18.H32-260716-0001) [default: new]",
    }

    WHICH_ARCHIVE {
        vi: "Kho hồ sơ [mặc định: thư mục hiện tại]",
        en: "The archive [default: the current folder]",
    }

    // sohoa archive add
    ADD_ABOUT {
        vi: "Lưu tệp điện tử nguyên dạng (PDF, DOCX, XLSX, XML, ...)",
        en: "File born-digital files as they are (PDF, DOCX, XLSX, XML, ...)",
    }
    ADD_LONG {
        vi: "Lưu tệp điện tử nguyên dạng (PDF, DOCX, XLSX, XML, ...).\n\n\
             Từng byte được giữ nguyên. Nội dung phải đúng với đuôi tên tệp; tệp hỏng, tệp có mật khẩu và \
             chương trình bị từ chối; tài liệu mang dấu chỉ độ mật bị dừng lại. Chữ trong tệp được đưa \
             vào mục lục để tìm; số, ký hiệu, ngày của PDF được đọc như khi số hóa. Mỗi tệp một hồ sơ mới, \
             trừ khi có --dossier. Ảnh quét thì dùng sohoa ingest.",
        en: "File born-digital files as they are (PDF, DOCX, XLSX, XML, ...).\n\n\
             Every byte stays. The content must be what the name's ending says; damaged files, files with \
             a password and programs are refused, and a paper with a secrecy marking is stopped. The text \
             goes into the catalogue; number, notation and date of a PDF are read as they are of a scan. \
             Each file becomes a dossier, unless --dossier is given. Scans are for sohoa ingest.",
    }
    ADD_USAGE {
        vi: "sohoa archive add [TÙY CHỌN] <TỆP>...",
        en: "sohoa archive add [OPTIONS] <FILE>...",
    }
    ADD_EXAMPLES {
        vi: "  Thêm bản Word của một tờ trình vào hồ sơ đã có:\n    \
             sohoa archive add to-trinh.docx --dossier H32.18-260716-0001 --set TypeName='Tờ trình' --archive kho\n  \
             Lưu hóa đơn điện tử thành hồ sơ mới:\n    \
             sohoa archive add hoa-don.xml --title 'Hóa đơn tháng 7' --archive kho",
        en: "  Add the Word file of a proposal to an existing dossier:\n    \
             sohoa archive add proposal.docx --dossier H32.18-260716-0001 --set TypeName='Tờ trình' --archive ward\n  \
             File an electronic invoice as a new dossier:\n    \
             sohoa archive add invoice.xml --title 'Hóa đơn tháng 7' --archive ward",
    }
    ADD_FILES { vi: "Các tệp cần lưu", en: "The files" }
    ADD_DOSSIER {
        vi: "Lưu tất cả vào hồ sơ này [mặc định: mỗi tệp một hồ sơ mới]",
        en: "File all of them into this dossier [default: a new one for each file]",
    }
    ADD_TITLE { vi: "Tiêu đề hồ sơ", en: "The title of the dossier" }
    ADD_SET {
        vi: "Thông tin của tài liệu, như với archive set; dùng được nhiều lần",
        en: "A field of the document, as with archive set; may be repeated",
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

    // sohoa archive export
    EXPORT_ABOUT {
        vi: "Xuất hồ sơ thành gói BagIt (thư mục, ZIP) hoặc một tệp PDF",
        en: "Export dossiers as BagIt bags (folder, ZIP) or as one PDF",
    }
    EXPORT_LONG {
        vi: "Xuất hồ sơ thành gói BagIt (thư mục, ZIP) hoặc một tệp PDF.\n\n\
             Dạng xuất theo tên tệp: .zip là một tệp nén chứa mỗi hồ sơ một gói BagIt, .pdf là mọi tài liệu \
             ghép theo thứ tự thời gian có dấu trang, còn lại là thư mục. Mỗi tệp được đối chiếu với bảng \
             kê khi chép; hồ sơ không còn nguyên thì không xuất và mã kết thúc là 1. Tài liệu \
             không ghép được vào PDF, như tệp Word, được nêu tên và mã kết thúc cũng là 1. Chữ ký số không giữ \
             được trong PDF ghép. Việc xuất được ghi vào sổ nhật ký.",
        en: "Export dossiers as BagIt bags (folder, ZIP) or as one PDF.\n\n\
             The name says the form: .zip is a container with a bag for each dossier, .pdf is all papers \
             joined in order of time with bookmarks, anything else is a folder. Every file is held against \
             its manifest while it is copied; a dossier that is not as it was filed does not leave, and the \
             exit code is 1. A paper that cannot be joined into a PDF, such as a Word file, is named, and the exit \
             code is 1 as well. Digital signatures do not survive in a joined PDF. The export is an event of \
             the ledger.",
    }
    EXPORT_USAGE {
        vi: "sohoa archive export [TÙY CHỌN] -o <ĐƯỜNG_DẪN> <MÃ>...\n  \
             sohoa archive export [TÙY CHỌN] -o <ĐƯỜNG_DẪN> --from <NGÀY> --to <NGÀY>",
        en: "sohoa archive export [OPTIONS] -o <PATH> <CODE>...\n  \
             sohoa archive export [OPTIONS] -o <PATH> --from <DAY> --to <DAY>",
    }
    EXPORT_EXAMPLES {
        vi: "  Một hồ sơ thành tệp nén:\n    \
             sohoa archive export H32.18-260716-0001 -o ho-so.zip --archive kho\n  \
             Mọi hồ sơ nhận trong tháng 7 ra một thư mục:\n    \
             sohoa archive export --from 1/7/2026 --to 31/7/2026 -o ban-giao --archive kho\n  \
             Một hồ sơ thành một PDF để in:\n    \
             sohoa archive export H32.18-260716-0001 -o ho-so.pdf --archive kho",
        en: "  A dossier as a container:\n    \
             sohoa archive export H32.18-260716-0001 -o dossier.zip --archive ward\n  \
             Every dossier received in July into a folder:\n    \
             sohoa archive export --from 2026-07-01 --to 2026-07-31 -o handover --archive ward\n  \
             A dossier as one PDF, to be printed:\n    \
             sohoa archive export H32.18-260716-0001 -o dossier.pdf --archive ward",
    }
    EXPORT_CODE { vi: "Mã các hồ sơ cần xuất", en: "The codes of the dossiers" }
    EXPORT_OUTPUT {
        vi: "Nơi ghi: thư mục mới, hoặc tệp mới .zip hay .pdf",
        en: "Where to: a new folder, or a new file ending in .zip or .pdf",
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

    // sohoa archive runs
    RUNS_ABOUT {
        vi: "Xem các lượt số hóa đã chạy và kết quả",
        en: "Show past runs of ingest and what became of their inputs",
    }
    RUNS_LONG {
        vi: "Xem các lượt số hóa đã chạy và kết quả, mới nhất trước.\n\n\
             Mỗi lượt: số đầu vào = đã lưu + đã có + cần người xem + cách ly + lỗi + mật. Lượt bị ngắt đột \
             ngột được đếm đến chỗ đã làm; chạy lại cùng lệnh sẽ làm tiếp mà không đọc lại những gì đã lưu.",
        en: "Show past runs of ingest and what became of their inputs, the newest first.\n\n\
             Of each run: inputs = filed + already filed + needs a person + quarantined + failed + secret. \
             A run that was killed is counted as far as it came; the same command goes on without \
             reading again what was filed.",
    }
    RUNS_USAGE {
        vi: "sohoa archive runs [TÙY CHỌN]",
        en: "sohoa archive runs [OPTIONS]",
    }
    RUNS_EXAMPLES {
        vi: "  sohoa archive runs --archive kho --limit 50",
        en: "  sohoa archive runs --archive ward --limit 50",
    }
    RUNS_LIMIT {
        vi: "Số lượt nhiều nhất [mặc định: 20]",
        en: "Most runs to show [default: 20]",
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
             cứ kết luận và mã kết thúc là 3. Sổ đã được archive attest xác nhận thì --trust xét cả chữ ký của \
             cơ quan (khi đó không cần khóa của kho) và thời điểm; thời điểm chưa chứng minh được thì cũng là 3.",
        en: "Write or check a proof that a dossier is in the ledger.\n\n\
             A proof is a text file (C2SP tlog-proof) that another machine can check without the \
             archive and without a network; it needs the archive's public key, the file ledger/key. \
             Without a key nothing is concluded, and the exit code is 3. Where archive attest had others \
             vouch for the ledger, --trust judges the office's signature too (no key of the ledger is \
             needed then) and the time; a time that is not proved leaves with 3 as well.",
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
    PROVE_TRUST {
        vi: "Thư mục chứng thư tin cậy, để xét chữ ký của cơ quan và dấu thời gian; dùng được nhiều lần",
        en: "Folder of what is trusted, to judge the office's signature and the time-stamp; may be repeated",
    }
    PROVE_CHECK { vi: "Kiểm tra chứng thực trong tệp này", en: "Check the proof in this file" }
    PROVE_KEY {
        vi: "Khóa công khai của kho (tệp ledger/key)",
        en: "The archive's public key (its file ledger/key)",
    }

    // sohoa archive attest
    ATTEST_ABOUT {
        vi: "Ký xác nhận và đóng dấu thời gian cho sổ nhật ký",
        en: "Sign and time-stamp the ledger",
    }
    ATTEST_LONG {
        vi: "Ký xác nhận và đóng dấu thời gian (RFC 3161) cho sổ nhật ký như hiện có.\n\n\
             Ai ghi được vào kho thì cũng đọc được khóa riêng của sổ nhật ký và có thể lập lại sổ; chữ ký của \
             cơ quan và dấu thời gian thì không lập lại được. Bản đã xác nhận nằm ở ledger/attested, việc xác \
             nhận là một mục của sổ, và archive prove đưa kèm bản đó vào chứng thực. Nên chạy mỗi đêm.",
        en: "Sign the ledger as it is now, and have it time-stamped (RFC 3161).\n\n\
             Whoever can write the archive can also read the ledger's own key and could begin it anew; \
             the office's signature and a time-stamp cannot be made anew. What was attested lies in \
             ledger/attested, that it was is an entry of the ledger, and archive prove carries it in \
             its proofs. Best run every night.",
    }
    ATTEST_USAGE {
        vi: "sohoa archive attest [--tsa <ĐỊA_CHỈ>…] [--key <TỆP> | --token-lib <TỆP>] [TÙY CHỌN]",
        en: "sohoa archive attest [--tsa <URL>…] [--key <FILE> | --token-lib <FILE>] [OPTIONS]",
    }
    ATTEST_EXAMPLES {
        vi: "  sohoa archive attest --archive kho --tsa http://tsa.ca.gov.vn\n  \
             sohoa archive attest --archive kho --key coquan.p12 --pin-file pin --tsa http://tsa.ca.gov.vn",
        en: "  sohoa archive attest --archive ward --tsa http://tsa.ca.gov.vn\n  \
             sohoa archive attest --archive ward --key office.p12 --pin-file pin --tsa http://tsa.ca.gov.vn",
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
    QR_ABOUT {
        vi: "Mã QR theo dõi hồ sơ: cấp mã, đóng mã, in tờ, đọc lại",
        en: "Tracking codes: give them out, put them on paper, read them back",
    }
    QR_LONG {
        vi: "\
Mã QR theo dõi hồ sơ: cấp mã, đóng mã, in tờ, đọc lại

Hồ sơ có mã ngay tại quầy; giấy hẹn, tờ phân cách và dấu trên giấy mang mã ấy qua máy quét,
và `sohoa ingest` tự đưa bản quét về đúng hồ sơ (Thông tư 01/2018/TT-VPCP, Điều 19). Trong mã
QR không bao giờ có dữ liệu cá nhân.",
        en: "\
Tracking codes: give them out, put them on paper, read them back

A dossier gets its code at the counter; slips, separator sheets and stamps carry it through
the scanner, and `sohoa ingest` files the scan where it belongs (Thông tư 01/2018/TT-VPCP,
Điều 19). No QR code ever holds personal data.",
    }
    QR_USAGE { vi: "sohoa qr <LỆNH> [TÙY CHỌN]", en: "sohoa qr <COMMAND> [OPTIONS]" }
    QR_EXAMPLES {
        vi: "  Đọc mọi mã QR trong một bản quét:\n    sohoa qr read quet.pdf",
        en: "  Read every QR code of a scan:\n    sohoa qr read scan.pdf",
    }
    QR_CODE_ABOUT {
        vi: "Cấp mã hồ sơ tiếp theo, hoặc kiểm tra mã đã có",
        en: "Give out the next dossier code, or check codes",
    }
    QR_CODE_LONG {
        vi: "\
Cấp mã hồ sơ tiếp theo, hoặc kiểm tra mã đã có

Không ghi MÃ thì cấp mã kế tiếp trong ngày tiếp nhận; mỗi số chỉ cấp một lần, kể cả khi nhiều
máy cùng cấp. Với --procedure hoặc --days, hồ sơ được ghi vào kho với ngày hẹn trả tính theo
ngày làm việc: tệp `ngay-nghi.txt` trong kho ghi ngày nghỉ (mỗi dòng một ngày, dấu + là ngày
làm bù), tệp `thu-tuc.toml` ghi thời hạn từng thủ tục. Chứng thực nhận sau 15 giờ thì hẹn ngày
làm việc tiếp theo (Nghị định 23/2015/NĐ-CP, Điều 7). Một mục của `thu-tuc.toml`:
    ['1.004873']
    name = 'Xác nhận tình trạng hôn nhân'
    days = 3              # hoặc same_day = true

Có MÃ thì kiểm tra từng mã và in cách viết mới và cũ; kết thúc 1 nếu có mã không đúng hoặc
kho (--archive) chưa từng cấp.",
        en: "\
Give out the next dossier code, or check codes

Without CODE the next number of the day of receipt is given out; no number is given twice,
however many machines ask at once. With --procedure or --days the dossier is recorded with the
day its result is owed, counted in working days: `ngay-nghi.txt` in the archive lists days off
(one a line, + for a day worked instead), `thu-tuc.toml` how long each procedure takes.
Certifications received after 15:00 are owed the next working day (Nghị định 23/2015/NĐ-CP,
Điều 7). An entry of `thu-tuc.toml`:
    ['1.004873']
    name = 'Certificate of marital status'
    days = 3              # or same_day = true

With CODE each code is checked and both its spellings are printed; exits 1 if one is no code,
or if the archive (--archive) never gave it out.",
    }
    QR_CODE_USAGE {
        vi: "sohoa qr code [TÙY CHỌN] [MÃ]...",
        en: "sohoa qr code [OPTIONS] [CODE]...",
    }
    QR_CODE_EXAMPLES {
        vi: "  Cấp mã cho hồ sơ chứng thực vừa nhận:\n    sohoa qr code --archive kho --procedure 2.000815\n  Kiểm tra một mã:\n    sohoa qr code 000.00.18.H32-260716-0001",
        en: "  Give a code to papers to be certified:\n    sohoa qr code --archive archive --procedure 2.000815\n  Check a code:\n    sohoa qr code 000.00.18.H32-260716-0001",
    }
    QR_CODE_CODES { vi: "Mã hồ sơ cần kiểm tra", en: "Dossier codes to check" }
    VALUE_PROCEDURE { vi: "MÃ_TTHC", en: "PROCEDURE" }
    QR_PROCEDURE {
        vi: "Mã thủ tục hành chính, như `2.000815`; ngày hẹn trả tính theo thời hạn của thủ tục",
        en: "Code of the procedure, such as `2.000815`; the result is owed within its term",
    }
    QR_RECEIVED {
        vi: "Lúc tiếp nhận, như `16/07/2026 09:30` [mặc định: bây giờ]",
        en: "When it was received, such as `16/07/2026 09:30` [default: now]",
    }
    QR_DAYS {
        vi: "Thời hạn giải quyết, số ngày làm việc, thay cho thời hạn của thủ tục",
        en: "Working days it takes, instead of the term of the procedure",
    }
    QR_COUNT { vi: "Cấp liền một lúc SỐ mã", en: "Give out N codes at once" }
    QR_SLIP_ABOUT {
        vi: "In Giấy tiếp nhận hồ sơ và hẹn trả kết quả, hai liên, có mã QR",
        en: "Print the receipt and appointment slip, two copies, with a QR code",
    }
    QR_SLIP_LONG {
        vi: "\
In Giấy tiếp nhận hồ sơ và hẹn trả kết quả, hai liên, có mã QR

Ngày nhận và ngày hẹn trả lấy từ hồ sơ (đã cấp mã bằng `sohoa qr code`) hoặc từ các tùy chọn.
Họ tên, địa chỉ… lấy từ tệp JSON (--data): chỉ in ra giấy, không lưu vào kho, không vào mã QR,
tên tệp hay nhật ký. Cạnh mã QR có mã tra cứu 4 chữ. Kho ghi lại thời gian từ lúc nhận đến lúc
in phiếu; quá 5 phút thì nhắc.

Các trường của tệp JSON: nguoi_nop, dia_chi, dien_thoai, email, noi_dung, thanh_phan (danh
sách có ten, loai, so_luong), so_bo, noi_nhan_ket_qua, dia_danh, nguoi_tiep_nhan, so, quyen_so,
so_thu_tu. Trường nào không có thì để dòng chấm.",
        en: "\
Print the receipt and appointment slip, two copies, with a QR code

When it was received and is owed comes from the dossier (its code given by `sohoa qr code`) or
from the flags. Names and addresses come from a JSON file (--data): they are printed and not
kept, and enter no QR code, file name or log. A look-up secret of four letters stands beside
the code. The archive notes the time from receipt to slip and says so when it is over five
minutes.

Fields of the JSON file: nguoi_nop, dia_chi, dien_thoai, email, noi_dung, thanh_phan (a list
of ten, loai, so_luong), so_bo, noi_nhan_ket_qua, dia_danh, nguoi_tiep_nhan, so, quyen_so,
so_thu_tu. What is missing becomes a dotted line.",
    }
    QR_SLIP_USAGE {
        vi: "sohoa qr slip [TÙY CHỌN] <MÃ> -o <TỆP_PDF>",
        en: "sohoa qr slip [OPTIONS] <CODE> -o <PDF>",
    }
    QR_SLIP_EXAMPLES {
        vi: "  In phiếu hai liên trên A5:\n    sohoa qr slip H32.18-260716-0001 --archive kho --data phieu.json --paper a5 -o phieu.pdf",
        en: "  Print a slip on A5:\n    sohoa qr slip H32.18-260716-0001 --archive archive --data slip.json --paper a5 -o slip.pdf",
    }
    QR_SLIP_DATA {
        vi: "Tệp JSON ghi họ tên, địa chỉ, thành phần hồ sơ…; `-` là đầu vào chuẩn",
        en: "JSON file with names, addresses and papers; `-` is standard input",
    }
    QR_SLIP_PAPER { vi: "Khổ giấy [mặc định: a4]", en: "Paper [default: a4]" }
    QR_PRINT_OUT { vi: "Tệp PDF được ghi", en: "The PDF written" }
    QR_STAMP_ABOUT {
        vi: "Đóng mã QR lên chỗ giấy trắng của tệp PDF",
        en: "Stamp a QR code on clear paper of PDFs",
    }
    QR_STAMP_LONG {
        vi: "\
Đóng mã QR lên chỗ giấy trắng của tệp PDF

Tìm chỗ trắng gần góc được chọn nhất, không bao giờ che chữ hay hình; không còn chỗ thì nói
và không đóng. Nội dung cũ của tệp giữ nguyên từng byte, mã được ghi nối vào cuối. Kết quả được
mở lại và đọc thử mã trước khi ghi ra. Tệp đã ký số chỉ được đóng mã (bằng một chú thích) khi chữ
ký chứng thực cho phép thêm chú thích (DocMDP 3); nếu không thì chữ ký sẽ không còn đúng, nên nói
rõ lý do và không đóng.

Kết thúc 0 khi mọi tệp được đóng, 1 khi có tệp đã ký hoặc hết chỗ trắng, 2 khi có lỗi khác.",
        en: "\
Stamp a QR code on clear paper of PDFs

The clear place nearest to the chosen corner is taken, and nothing is ever covered; where no
paper is clear, that is said and nothing is stamped. The file keeps its bytes, and the stamp is
appended. The result is opened again and the code read before it is written. A signed file is
stamped (by an annotation) only where its certification permits annotations (DocMDP 3); elsewhere
the signature would break, so the reason is told and nothing is stamped.

Exits 0 when all files were stamped, 1 when one is signed or has no clear paper, 2 on other
trouble.",
    }
    QR_STAMP_USAGE {
        vi: "sohoa qr stamp [TÙY CHỌN] <TỆP_PDF>... (-o <TỆP_PDF> | --into <THƯ_MỤC>)",
        en: "sohoa qr stamp [OPTIONS] <PDF>... (-o <PDF> | --into <DIR>)",
    }
    QR_STAMP_EXAMPLES {
        vi: "  Đóng mã hồ sơ lên trang đầu:\n    sohoa qr stamp don.pdf -o don-ma.pdf --code H32.18-260716-0001\n  Đóng lên mọi trang của nhiều tệp:\n    sohoa qr stamp *.pdf --into da-dong --code H32.18-260716-0001 --page all",
        en: "  Stamp a dossier code on the first page:\n    sohoa qr stamp form.pdf -o stamped.pdf --code H32.18-260716-0001\n  Stamp every page of many files:\n    sohoa qr stamp *.pdf --into stamped --code H32.18-260716-0001 --page all",
    }
    QR_STAMP_FILES { vi: "Tệp PDF cần đóng mã", en: "PDFs to stamp" }
    QR_STAMP_OUT { vi: "Tệp PDF được ghi, khi chỉ có một tệp", en: "The PDF written, of one file" }
    QR_STAMP_INTO {
        vi: "Thư mục nhận các tệp đã đóng, giữ nguyên tên",
        en: "Folder that stamped files go into, under their names",
    }
    QR_STAMP_CODE { vi: "Đóng mã của hồ sơ này", en: "Stamp the code of this dossier" }
    QR_STAMP_CODES {
        vi: "Mỗi tệp một mã theo bảng CSV này: tên tệp, mã hồ sơ; thiếu hoặc thừa dòng thì không đóng tệp nào",
        en: "A code for each file by this CSV table: the file's name, the code; where a line is missing or \
             left over nothing is stamped",
    }
    QR_STAMP_PAYLOAD {
        vi: "Đóng đúng nội dung này; không được là dữ liệu cá nhân",
        en: "Stamp exactly this; personal data is refused",
    }
    QR_ADDRESS {
        vi: "Địa chỉ trang tra cứu có chỗ `{ma_ho_so}`, thay cho cấu hình của kho",
        en: "Address of the look-up page with a place `{ma_ho_so}`, instead of the archive's",
    }
    VALUE_ADDRESS { vi: "ĐỊA_CHỈ", en: "ADDRESS" }
    VALUE_PAGES { vi: "first|all|SỐ", en: "first|all|N" }
    VALUE_MM { vi: "CỠ", en: "SIZE" }
    VALUE_GRID { vi: "NGANGxDỌC", en: "ACROSSxDOWN" }
    QR_STAMP_PAGE { vi: "Trang được đóng [mặc định: first]", en: "Pages stamped [default: first]" }
    QR_STAMP_AT {
        vi: "Góc mong muốn [mặc định: top-right]",
        en: "The corner wanted [default: top-right]",
    }
    QR_STAMP_SIZE {
        vi: "Cạnh của mã, không kể viền trắng [mặc định: 20mm]",
        en: "Side of the code without its white border [default: 20mm]",
    }
    QR_SHEET_ABOUT {
        vi: "In tờ phân cách, nhãn dán và tờ kiểm tra máy quét",
        en: "Print separator sheets, labels and the calibration sheet",
    }
    QR_SHEET_LONG {
        vi: "\
In tờ phân cách, nhãn dán và tờ kiểm tra máy quét

Tờ phân cách đặt trước giấy tờ của mỗi hồ sơ (hoặc mỗi tài liệu, --document) khi quét cả tập;
`sohoa ingest` tách tập giấy ở đó. Số tài liệu, số trang ghi trên tờ được đối chiếu với số quét
được. Có MÃ thì in tờ cho từng mã, không thì in tờ trống dùng chung.",
        en: "\
Print separator sheets, labels and the calibration sheet

A separator sheet is laid before the papers of each dossier (or each document, --document) of a
stack; `sohoa ingest` splits the stack there. The documents and pages it announces are held
against what was scanned. With CODE a sheet is printed for each, otherwise blank ones for any.",
    }
    QR_SHEET_USAGE {
        vi: "sohoa qr sheet [TÙY CHỌN] [MÃ]... -o <TỆP_PDF>",
        en: "sohoa qr sheet [OPTIONS] [CODE]... -o <PDF>",
    }
    QR_SHEET_EXAMPLES {
        vi: "  Tờ phân cách báo trước 3 tài liệu, 14 trang:\n    sohoa qr sheet H32.18-260716-0001 --documents 3 --pages 14 -o to.pdf\n  20 tờ trống, in hai mặt:\n    sohoa qr sheet --blank 20 --duplex -o to-trong.pdf\n  Tờ kiểm tra máy in và máy quét:\n    sohoa qr sheet --calibration -o kiem-tra.pdf",
        en: "  A sheet that announces 3 documents, 14 pages:\n    sohoa qr sheet H32.18-260716-0001 --documents 3 --pages 14 -o sheet.pdf\n  20 blank sheets, both sides:\n    sohoa qr sheet --blank 20 --duplex -o blank.pdf\n  The calibration sheet:\n    sohoa qr sheet --calibration -o test.pdf",
    }
    QR_SHEET_CODES { vi: "Mã hồ sơ được in", en: "Dossier codes to print" }
    QR_SHEET_DOCUMENT {
        vi: "Tờ bắt đầu một tài liệu của cùng hồ sơ, không phải hồ sơ mới",
        en: "The sheet begins a document of the same dossier, not a dossier",
    }
    QR_SHEET_DOCUMENTS { vi: "Báo trước SỐ tài liệu", en: "Announce N documents" }
    QR_SHEET_PAGES { vi: "Báo trước SỐ trang", en: "Announce N pages" }
    QR_SHEET_DUPLEX { vi: "In cả mặt sau", en: "Print the backs too" }
    QR_SHEET_BLANK { vi: "In SỐ tờ trống có đánh số", en: "Print N numbered blank sheets" }
    QR_SHEET_LABELS {
        vi: "In nhãn dán trên giấy A4 chia ô, như `3x8` hay `4x10`",
        en: "Print labels on A4 stock, such as `3x8` or `4x10`",
    }
    QR_SHEET_CALIBRATION {
        vi: "In tờ kiểm tra máy in và máy quét, đọc lại bằng `sohoa qr selftest`",
        en: "Print the sheet that `sohoa qr selftest` reads",
    }
    QR_TRUST {
        vi: "Khóa công khai hoặc chứng thư PEM của cơ quan (tin ngay), hoặc thư mục tin cậy mà chứng thư của cơ quan \
             phải dẫn tới gốc trong đó, để kiểm tra mã có chữ ký; dùng được nhiều lần",
        en: "Public key or certificate of an office in PEM (believed as it is), or a folder of trust to whose anchors the \
             office's certificate must chain, to check sealed codes; may be repeated",
    }
    QR_AGAINST {
        vi: "Tệp gốc để đối chiếu với mã có chữ ký trên bản in",
        en: "The original that a sealed code on a copy is held against",
    }
    QR_STAMP_SEAL {
        vi: "Đóng mã có chữ ký bằng khóa ECDSA P-256 hoặc RSA 2048 này (PEM, PKCS#12): cơ quan, mã, số trang, mã băm của \
             tệp; có chứng thư đi kèm thì người đọc kiểm tra được theo chuỗi",
        en: "Stamp a code sealed with this key, ECDSA P-256 or RSA of 2048 bits (PEM, PKCS#12): agency, code, pages, hash of \
             the file; with its certificate in the file, readers can check it by its chain",
    }
    QR_STAMP_TOKEN {
        vi: "Mã có chữ ký bằng khóa trong thiết bị (token)",
        en: "Codes sealed with a key in a token",
    }
    QR_STAMP_SEAL_PASSWORD {
        vi: "Đọc mật khẩu của khóa ký mã từ dòng đầu của tệp này",
        en: "Read the password of the sealing key from the first line of this file",
    }
    QR_STATUS_ABOUT {
        vi: "Cho biết hồ sơ đang ở đâu: trạng thái, ngày nhận, ngày hẹn trả",
        en: "Tell how far a dossier has come: state, received, owed",
    }
    QR_STATUS_LONG {
        vi: "\
Cho biết hồ sơ đang ở đâu: trạng thái, ngày nhận, ngày hẹn trả

Có mã tra cứu in trên phiếu (--secret) thì biết thêm số giấy tờ, các lần chuyển trạng thái và
điều còn thiếu; sai mã tra cứu thì kết thúc 1. Chuyển trạng thái bằng
`sohoa archive set MÃ TrangThai=…`.",
        en: "\
Tell how far a dossier has come: state, received, owed

With the look-up secret of the slip (--secret) also its papers, its moves from state to state
and what is missing; a wrong secret exits 1. Move a dossier with
`sohoa archive set CODE TrangThai=…`.",
    }
    QR_STATUS_USAGE {
        vi: "sohoa qr status [TÙY CHỌN] <MÃ>",
        en: "sohoa qr status [OPTIONS] <CODE>",
    }
    QR_STATUS_EXAMPLES {
        vi: "  Tra cứu:\n    sohoa qr status H32.18-260716-0001 --archive kho",
        en: "  Look up:\n    sohoa qr status H32.18-260716-0001 --archive archive",
    }
    QR_STATUS_SECRET { vi: "Mã tra cứu in trên phiếu hẹn", en: "The look-up secret of the slip" }
    QR_PUBLISH_ABOUT {
        vi: "Ghi trang tra cứu của từng hồ sơ cho máy chủ web",
        en: "Write a status page of each dossier for a web server",
    }
    QR_PUBLISH_LONG {
        vi: "\
Ghi trang tra cứu của từng hồ sơ cho máy chủ web

Mỗi hồ sơ một tệp HTML, tên là mã băm có khóa nên không ai dò được; trong trang chỉ có mã, trạng
thái và ngày, không có dữ liệu cá nhân, không có mã lệnh. Đặt `look_up` trong `sohoa.toml` thành
`https://…/{khoa}.html#{ma_ho_so}` thì mã QR trên phiếu hẹn mở đúng trang. Trang không đổi thì
không ghi lại; trang của hồ sơ không còn trong kho thì gỡ đi, tệp khác trong thư mục không đụng đến.",
        en: "\
Write a status page of each dossier for a web server

One HTML file a dossier, named by a keyed hash nobody can guess; it holds the code, the state
and the dates, no personal data and no script. Set `look_up` in `sohoa.toml` to
`https://…/{khoa}.html#{ma_ho_so}` and the codes on slips open it. A page that would say the
same is not written again; the page of a dossier that is gone is removed, and no other file.",
    }
    QR_PUBLISH_USAGE {
        vi: "sohoa qr publish [TÙY CHỌN] <THƯ_MỤC>",
        en: "sohoa qr publish [OPTIONS] <DIR>",
    }
    QR_PUBLISH_EXAMPLES {
        vi: "  Ghi trang tra cứu:\n    sohoa qr publish /srv/www/ho-so --archive kho",
        en: "  Publish:\n    sohoa qr publish /srv/www/dossiers --archive archive",
    }
    QR_PUBLISH_DIR { vi: "Thư mục nhận các trang, ngoài kho", en: "Folder for the pages, outside the archive" }
    QR_PUBLISH_FROM { vi: "Chỉ hồ sơ từ ngày này", en: "Only dossiers from this day on" }
    QR_PUBLISH_TO { vi: "Chỉ hồ sơ đến ngày này", en: "Only dossiers up to this day" }
    QR_SELFTEST_ABOUT {
        vi: "Đo máy in và máy quét bằng bản quét tờ kiểm tra",
        en: "Measure printer and scanner by a scan of the calibration sheet",
    }
    QR_SELFTEST_LONG {
        vi: "\
Đo máy in và máy quét bằng bản quét tờ kiểm tra

Cho biết dpi thật, sai số tỷ lệ, độ nghiêng, ám màu và ô mã nhỏ nhất đọc được. Kết thúc 0 khi
tốt, 1 khi mã in ra khó đọc, sai tỷ lệ quá 2 % hoặc không phải tờ kiểm tra.",
        en: "\
Measure printer and scanner by a scan of the calibration sheet

Tells the true dpi, the error of scale, the skew, the tint and the smallest module that can be
read. Exits 0 when all is well, 1 when codes will be hard to read, the scale is off by more
than 2 %, or it is no calibration sheet.",
    }
    QR_SELFTEST_USAGE {
        vi: "sohoa qr selftest [TÙY CHỌN] <TỆP>",
        en: "sohoa qr selftest [OPTIONS] <FILE>",
    }
    QR_SELFTEST_EXAMPLES {
        vi: "  Đo:\n    sohoa qr selftest quet-kiem-tra.tif",
        en: "  Measure:\n    sohoa qr selftest test-scan.tif",
    }
    QR_SELFTEST_SCAN { vi: "Bản quét tờ kiểm tra", en: "Scan of the calibration sheet" }
    QR_READ_ABOUT {
        vi: "Đọc mọi mã QR trên mọi trang của PDF và ảnh",
        en: "Read every QR code on every page of PDFs and images",
    }
    QR_READ_LONG {
        vi: "\
Đọc mọi mã QR trên mọi trang của PDF và ảnh

Với mỗi mã: trang, loại, nội dung, vị trí các góc trên giấy (mm, gốc ở góc trên bên trái),
kích thước. Mã trên thẻ căn cước là dữ liệu cá nhân: chỉ hiện số đã che, trừ khi có
--personal.

Kết thúc 0 khi có mã, 1 khi không có mã nào, 2 khi có tệp hay trang không đọc được.",
        en: "\
Read every QR code on every page of PDFs and images

For each code: page, kind, payload, where its corners are on the paper (mm, origin top
left), and its size. The code on a citizen's card is personal data: only its masked number
is shown unless --personal is given.

Exits 0 when there are codes, 1 when there is none, 2 when a file or page cannot be read.",
    }
    QR_READ_USAGE {
        vi: "sohoa qr read [TÙY CHỌN] <TỆP>...",
        en: "sohoa qr read [OPTIONS] <FILE>...",
    }
    QR_READ_EXAMPLES {
        vi: "  Đọc các mã, ra JSON:\n    sohoa qr read quet.tif --json\n  Kho lưu trữ cho biết địa chỉ trang tra cứu:\n    sohoa qr read quet.tif --archive kho",
        en: "  Read the codes as JSON:\n    sohoa qr read scan.tif --json\n  The archive knows the address of the look-up page:\n    sohoa qr read scan.tif --archive archive",
    }
    QR_FILES { vi: "Tệp PDF, TIFF, JPEG, PNG… để đọc", en: "PDF, TIFF, JPEG, PNG, … to read" }
    QR_PERSONAL {
        vi: "Hiện cả nội dung mã trên thẻ căn cước",
        en: "Show what the codes on citizens' cards say",
    }
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
        vi: "sohoa find [TÙY CHỌN] <CÂU_HỎI>...\n  \
             sohoa find [TÙY CHỌN] --same <TỆP>",
        en: "sohoa find [OPTIONS] <QUERY>...\n  \
             sohoa find [OPTIONS] --same <FILE>",
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
    FIND_SAME {
        vi: "Tìm xem kho đã có giấy tờ trong tệp này chưa: đúng từng byte, cùng số và cơ quan ban hành, hoặc \
             gần trùng nội dung",
        en: "Say whether the archive holds the paper in this file: same bytes, same number and issuer, or \
             nearly the same text",
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
             leakage     văn bản còn ban hành giấy hoặc in sau khi ký\n  \
             sums        tổng trong bảng của nơi khác (CSV, XLSX, JSON) có khớp không; nêu tệp thay vì kho\n\n\
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
             leakage     what is still issued on paper or printed after signing\n  \
             sums        whether the totals of others' tables (CSV, XLSX, JSON) are right; name files, not archives\n\n\
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
        vi: "Loại báo cáo: paperless, qd766, campaign, kpi, signatures, registers, integrity, exemptions, savings, leakage, sums",
        en: "Kind of report: paperless, qd766, campaign, kpi, signatures, registers, integrity, exemptions, savings, leakage, sums",
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
        vi: "Dạng báo cáo: text, json, csv, xlsx, html, pdf [mặc định: theo đuôi tên tệp của -o, nếu không thì text]",
        en: "Form of the answer: text, json, csv, xlsx, html, pdf [default: as the name of the file of -o ends, else text]",
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

    // sohoa sign, sohoa extend
    VALUE_URL { vi: "ĐỊA_CHỈ", en: "URL" }
    SIGN_PLACES { vi: "Kết quả", en: "Outputs" }
    SIGN_KEYS { vi: "Khóa và chứng thư số", en: "Keys and certificates" }
    SIGN_HOW { vi: "Cách ký", en: "The signature" }
    SIGN_LASTING { vi: "Giá trị lâu dài", en: "Lasting" }
    SIGN_ABOUT {
        vi: "Ký số tệp PDF theo chuẩn PAdES, một tệp hay hàng nghìn tệp",
        en: "Sign PDF files as PAdES asks, one or thousands",
    }
    SIGN_LONG {
        vi: "Ký số tệp PDF theo chuẩn PAdES, một tệp hay hàng nghìn tệp.\n\n\
             Chữ ký được ghi thêm vào cuối tệp; các byte đã có không bao giờ bị sửa, nên chữ ký có trước vẫn giữ \
             nguyên giá trị. Trước khi ký, chương trình kiểm tra chứng thư số, quyền mà các chữ ký trước để lại, và \
             nội dung có thể đổi nghĩa sau khi ký. Tệp hỏng thì từ chối, không sửa rồi ký. Khóa RSA ký theo \
             RSASSA-PSS với SHA-256 (Thông tư 15/2025/TT-BKHCN); `--compat` ký theo kiểu cũ cho phần mềm cũ. Dấu \
             thời gian lấy qua http hoặc https theo RFC 3161; dữ liệu thu hồi lấy từ tệp của cơ quan hoặc từ địa chỉ ghi trong \
             chứng thư số. Lệnh bị ngắt giữa chừng thì gõ lại y như cũ: tệp đã ký không bị ký hai lần.",
        en: "Sign PDF files as PAdES asks, one or thousands.\n\n\
             A signature is added at the end of a file; the bytes that were there are never changed, so that earlier \
             signatures keep their value. Before signing, the certificate, what earlier signatures permit and \
             content that could change its meaning are looked at. A damaged file is refused, never repaired and \
             signed. RSA keys sign with RSASSA-PSS and SHA-256 (Thông tư 15/2025/TT-BKHCN); `--compat` serves older \
             readers. Time-stamps come over http or https as RFC 3161 says; revocation data from files of the office or from \
             the addresses in the certificates. A run that was cut off is typed again as it was: no file is signed \
             twice.",
    }
    SIGN_USAGE {
        vi: "sohoa sign [TÙY CHỌN] <ĐƯỜNG_DẪN>... --key <TỆP>",
        en: "sohoa sign [OPTIONS] <PATH>... --key <FILE>",
    }
    SIGN_EXAMPLES {
        vi: "  Ký một văn bản bằng tệp khóa PKCS#12, hỏi mật khẩu trên màn hình:\n    \
             sohoa sign quyet-dinh.pdf -o quyet-dinh.da-ky.pdf --key lanh-dao.p12\n\n  \
             Ký cả thư mục, có dấu thời gian và dữ liệu thu hồi, lưu lâu dài:\n    \
             sohoa sign van-ban/ --out-dir da-ky --key co-quan.p12 --pin-file pin.txt --level lta --tsa \
             http://tsa.ca.gov.vn --validation-data thu-hoi/\n\n  \
             Ký một bảng tính, chữ ký để bên cạnh (.p7s):\n    \
             sohoa sign bang-luong.xlsx --detached --key ke-toan.p12",
        en: "  Sign a document with a PKCS#12 file, asking for its password:\n    \
             sohoa sign decision.pdf -o decision.signed.pdf --key leader.p12\n\n  \
             Sign a folder with time-stamps and revocation data, to last:\n    \
             sohoa sign papers/ --out-dir signed --key agency.p12 --pin-file pin.txt --level lta --tsa \
             http://tsa.ca.gov.vn --validation-data lists/\n\n  \
             Sign a spreadsheet, with the signature beside it (.p7s):\n    \
             sohoa sign wages.xlsx --detached --key accountant.p12",
    }
    SIGN_PATHS {
        vi: "Tệp PDF, thư mục chứa tệp PDF, hoặc một kho hồ sơ; với `--detached` là tệp bất kỳ",
        en: "PDF files, folders of PDF files, or an archive; any file with `--detached`",
    }
    SIGN_OUTPUT { vi: "Ghi kết quả vào tệp này", en: "Write the result to this file" }
    SIGN_OUT_DIR {
        vi: "Ghi kết quả vào thư mục này, giữ tên và thư mục con",
        en: "Write results into this folder, keeping names and subfolders",
    }
    SIGN_IN_PLACE {
        vi: "Thay tệp gốc bằng bản đã ký, khi bản ấy đã xong trọn vẹn",
        en: "Put the signed file in the place of the original, once it is whole",
    }
    SIGN_FORCE { vi: "Ghi đè kết quả đã có", en: "Overwrite results that exist" }
    SIGN_UNSIGNED {
        vi: "Chỉ ký tệp chưa có chữ ký nào",
        en: "Sign only files that bear no signature",
    }
    SIGN_TYPE {
        vi: "Trong kho, chỉ ký văn bản có tên loại này",
        en: "In an archive, sign only documents of this type",
    }
    SIGN_AGAIN {
        vi: "Ký thêm cả tệp mà người này đã ký",
        en: "Sign once more what this signer has signed",
    }
    SIGN_KEY {
        vi: "Tệp khóa: PKCS#12 (.p12, .pfx), PEM hoặc PKCS#8",
        en: "The key file: PKCS#12 (.p12, .pfx), PEM or PKCS#8",
    }
    SIGN_TOKEN_LIB {
        vi: "Thư viện PKCS#11 của thiết bị (token) thay cho tệp khóa",
        en: "The PKCS#11 library of a token, instead of a key file",
    }
    SIGN_TOKEN_LABEL {
        vi: "Chọn thiết bị theo nhãn hoặc số hiệu",
        en: "Pick the token by its label or serial number",
    }
    SIGN_CERT {
        vi: "Chứng thư số của người ký hoặc nơi cấp, khi không nằm trong tệp khóa",
        en: "Certificates of the signer or issuers that are not in the key file",
    }
    SIGN_SIGNER {
        vi: "Chọn chứng thư số theo tên, số hiệu hoặc đầu SHA-256",
        en: "Pick the certificate by name, serial number or start of its SHA-256",
    }
    SIGN_PIN_FILE {
        vi: "Lấy mật khẩu của khóa hoặc mã PIN từ dòng đầu của tệp; `-` là đầu vào chuẩn",
        en: "Take the key's password or PIN from the first line of a file; `-` is standard input",
    }
    SIGN_PIN_ENV {
        vi: "Lấy mật khẩu của khóa hoặc mã PIN từ biến môi trường này",
        en: "Take the key's password or PIN from this environment variable",
    }
    SIGN_PIN_FD {
        vi: "Lấy mật khẩu của khóa hoặc mã PIN từ số hiệu tệp đang mở này",
        en: "Take the key's password or PIN from this open file descriptor",
    }
    SIGN_LIST_KEYS {
        vi: "Liệt kê chứng thư số ký được rồi dừng",
        en: "List the certificates that can sign, and stop",
    }
    SIGN_COMPAT {
        vi: "Ký RSA theo PKCS#1 v1.5 cho phần mềm cũ",
        en: "Sign with RSA PKCS#1 v1.5, for older readers",
    }
    SIGN_FIELD {
        vi: "Ký vào trường chữ ký trống có tên này",
        en: "Sign the empty signature field of this name",
    }
    SIGN_CERTIFY {
        vi: "Chứng nhận văn bản: về sau không cho đổi gì (1), cho điền biểu mẫu và ký (2), cho cả ghi chú (3)",
        en: "Certify: permit no change (1), forms and signatures (2), annotations too (3)",
    }
    SIGN_REASON { vi: "Lý do ký", en: "Why it is signed" }
    SIGN_LOCATION { vi: "Nơi ký", en: "Where it is signed" }
    SIGN_CONTACT { vi: "Cách liên hệ người ký", en: "How to reach the signer" }
    SIGN_NAME { vi: "Tên người ký ghi trong chữ ký", en: "The signer's name as the signature states it" }
    SIGN_STRICT {
        vi: "Từ chối tệp có nội dung có thể đổi nghĩa sau khi ký",
        en: "Refuse content that can change its meaning after signing",
    }
    SIGN_DETACHED {
        vi: "Ghi chữ ký CAdES ra tệp .p7s bên cạnh, cho tệp bất kỳ",
        en: "Write a CAdES signature beside the file (.p7s), for any file",
    }
    SIGN_PASSWORD {
        vi: "Lấy mật khẩu của tệp PDF từ dòng đầu của tệp",
        en: "Take the password of the PDF from the first line of a file",
    }
    SIGN_SEEN { vi: "Hình thức hiển thị", en: "What is seen" }
    VALUE_AS { vi: "LOẠI", en: "KIND" }
    SIGN_AS {
        vi: "Cách hiển thị theo Nghị định 30/2020/NĐ-CP: sao-y, sao-luc, trich-sao, annex (phụ lục), leader (lãnh đạo), agency (cơ quan), officer (cán bộ) hoặc invisible (không hiện) [mặc định: invisible]",
        en: "Look, as Nghị định 30/2020/NĐ-CP has it: sao-y, sao-luc, trich-sao (copies), annex, leader, agency, officer, or invisible [default: invisible]",
    }
    SIGN_AGENCY_NAME {
        vi: "Tên cơ quan ghi trên dấu chữ, khi khác tên trong chứng thư số",
        en: "The agency's name on the stamp, where it is not that of the certificate",
    }
    SIGN_NUMBER {
        vi: "Số và ký hiệu của văn bản mà phụ lục kèm theo",
        en: "Number and notation of the document an annex belongs to",
    }
    SIGN_IMAGE {
        vi: "Ảnh PNG nền trong suốt của chữ ký (leader) hoặc con dấu (agency)",
        en: "A PNG with a transparent ground of the signature (leader) or seal (agency)",
    }
    SIGN_IMAGE_WIDTH {
        vi: "Chiều rộng thật của ảnh, mm [mặc định: 40 cho chữ ký, 36 cho con dấu]",
        en: "Real width of the picture in mm [default: 40 for a signature, 36 for a seal]",
    }
    SIGN_LEVEL {
        vi: "Mức chữ ký: b, t (có dấu thời gian), lt (thêm dữ liệu thu hồi), lta (thêm dấu thời gian lưu trữ) [mặc định: b]",
        en: "Level: b, t (with a time-stamp), lt (with revocation data) or lta (with an archive time-stamp) [default: b]",
    }
    SIGN_TSA {
        vi: "Địa chỉ http hoặc https của máy chủ dấu thời gian; nhiều địa chỉ thì hỏi lần lượt",
        en: "Address (http or https) of a time-stamping authority; several are asked in turn",
    }
    SIGN_TRUST {
        vi: "Thư mục chứng thư số tin cậy của cơ quan",
        en: "A folder of certificates that the office trusts",
    }
    SIGN_DATA {
        vi: "Thư mục danh sách thu hồi, trả lời OCSP và chứng thư số trung gian",
        en: "A folder of revocation lists, OCSP answers and intermediate certificates",
    }
    SIGN_OFFLINE {
        vi: "Không hỏi địa chỉ nào ngoài máy chủ dấu thời gian",
        en: "Ask no address but those of time-stamping authorities",
    }
    SIGN_STAMP_LATER {
        vi: "Ký ngay ở mức B và ghi lại để lên mức đã nêu sau, khi có máy chủ dấu thời gian",
        en: "Sign at level B now and note the files, which get their level later, when an authority can be reached",
    }
    SIGN_TLS_CA {
        vi: "Chứng thư số của cơ quan cấp chứng thư cho máy chủ https nội bộ, tin thêm ngoài danh sách của máy này",
        en: "Certificates of authorities of the office's own https servers, believed besides those of this machine",
    }
    EXTEND_ABOUT {
        vi: "Kéo dài giá trị của chữ ký đã có, và báo chữ ký nào sắp hết hạn",
        en: "Make signatures last, and tell which of them end when",
    }
    EXTEND_LONG {
        vi: "Kéo dài giá trị của chữ ký đã có, và báo chữ ký nào sắp hết hạn.\n\n\
             Chữ ký không bị đụng đến: dấu thời gian, dữ liệu thu hồi và dấu thời gian lưu trữ được ghi thêm sau nó. \
             Tệp đã đủ mức và còn hạn lâu thì để nguyên. Chữ ký không toàn vẹn thì không kéo dài. Chữ ký .p7s được \
             bổ sung ngay trong nó; tệp được ký phải nằm bên cạnh hoặc được chỉ ra bằng `--content`.\n\n\
             Với `--queue`, văn bản nào không được thì vẫn chờ, lần sau thử lại muộn hơn; còn văn bản chờ thì mã kết thúc là 1.",
        en: "Make signatures last, and tell which of them end when.\n\n\
             The signatures are not touched: time-stamps, revocation data and archive time-stamps are added after \
             them. A file that has the level and ends late is left as it is. A signature that does not hold is not \
             extended. A .p7s is added to within; what it signs must lie beside it or be named with `--content`.\n\n\
             With `--queue` what fails goes on waiting and is tried again later; while something waits, the exit code is 1.",
    }
    EXTEND_USAGE {
        vi: "sohoa extend [TÙY CHỌN] <ĐƯỜNG_DẪN>...",
        en: "sohoa extend [OPTIONS] <PATH>...",
    }
    EXTEND_EXAMPLES {
        vi: "  Nâng mọi văn bản trong thư mục lên mức lưu trữ:\n    \
             sohoa extend da-ky/ --in-place --tsa http://tsa.ca.gov.vn --validation-data thu-hoi/\n\n  \
             Đóng dấu thời gian cho văn bản đã ký khi không có mạng:\n    \
             sohoa extend --queue da-ky/ --tsa http://tsa.ca.gov.vn\n\n  \
             Xem chữ ký nào trong kho hết hạn trước:\n    \
             sohoa extend --radar kho",
        en: "  Raise all papers of a folder to the archive level:\n    \
             sohoa extend signed/ --in-place --tsa http://tsa.ca.gov.vn --validation-data lists/\n\n  \
             Stamp what was signed without a network:\n    \
             sohoa extend --queue signed/ --tsa http://tsa.ca.gov.vn\n\n  \
             See which signatures of an archive end first:\n    \
             sohoa extend --radar archive",
    }
    EXTEND_PATHS {
        vi: "Tệp PDF đã ký, chữ ký .p7s, thư mục chứa chúng, hoặc một kho",
        en: "Signed PDF files, .p7s signatures, folders of them, or one archive",
    }
    EXTEND_QUEUE {
        vi: "Đóng dấu thời gian cho văn bản mà `sign --stamp-later` đã ghi lại trong tệp, thư mục hoặc kho này",
        en: "Stamp the documents that `sign --stamp-later` noted in this file, folder or archive",
    }
    EXTEND_RADAR {
        vi: "Chỉ liệt kê chữ ký nào hết hạn khi nào",
        en: "Only list which signatures end when",
    }
    EXTEND_LEVEL {
        vi: "Mức cần đạt: t, lt hoặc lta [mặc định: lta]",
        en: "The level to reach: t, lt or lta [default: lta]",
    }
    EXTEND_WITHIN {
        vi: "Gia hạn khi còn ít hơn số ngày này [mặc định: 180]",
        en: "Renew when fewer days than this are left [default: 180]",
    }
}
