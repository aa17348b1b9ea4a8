// Sentences of reports; `raster.rs` says how the table works.

messages! {
    /// Work without paper.
    title_paperless() {
        vi: "Báo cáo tình hình xử lý công việc không giấy tờ",
        en: "Work without paper",
    }
    /// Digitisation under Decision 766/QĐ-TTg.
    title_qd766() {
        vi: "Báo cáo mức độ số hóa theo Quyết định 766/QĐ-TTg",
        en: "Digitisation under Decision 766/QĐ-TTg",
    }
    /// Campaign.
    title_campaign() {
        vi: "Báo cáo phong trào",
        en: "Campaign",
    }
    /// Campaign “`name`”.
    title_of_campaign(name) {
        vi: "Báo cáo phong trào “{name}”",
        en: "Campaign “{name}”",
    }
    /// Work of officers.
    title_kpi() {
        vi: "Báo cáo kết quả công việc của cán bộ",
        en: "Work of officers",
    }
    /// Digital signatures.
    title_signatures() {
        vi: "Báo cáo chữ ký số",
        en: "Digital signatures",
    }
    /// Registers of documents and dossiers.
    title_registers() {
        vi: "Sổ đăng ký văn bản và hồ sơ",
        en: "Registers of documents and dossiers",
    }
    /// State of the archive.
    title_integrity() {
        vi: "Báo cáo tình trạng kho hồ sơ",
        en: "State of the archive",
    }
    /// Exemptions.
    title_exemptions() {
        vi: "Báo cáo văn bản, hồ sơ được miễn trừ",
        en: "Exemptions",
    }
    /// Estimated savings of paper.
    title_savings() {
        vi: "Ước tính giấy và chi phí tiết kiệm",
        en: "Estimated savings of paper",
    }
    /// Where paper is still used.
    title_leakage() {
        vi: "Báo cáo văn bản còn dùng giấy",
        en: "Where paper is still used",
    }
    /// `name` and `others` others.
    and_others(name, others) {
        vi: "{name} và {others} cơ quan khác",
        en: "{name} and {others} other{others:#}",
    }
    /// from `from` to `to`.
    period(from, to) {
        vi: "từ {from} đến {to}",
        en: "from {from} to {to}",
    }
    /// from `from`.
    period_from(from) {
        vi: "từ {from}",
        en: "from {from}",
    }
    /// up to `to`.
    period_to(to) {
        vi: "đến hết {to}",
        en: "up to {to}",
    }
    /// all time.
    period_all() {
        vi: "toàn bộ thời gian",
        en: "all time",
    }
    /// unit `unit`.
    of_unit(unit) {
        vi: "đơn vị {unit}",
        en: "unit {unit}",
    }
    /// officer `officer`.
    of_officer(officer) {
        vi: "cán bộ {officer}",
        en: "officer {officer}",
    }
    /// procedure `procedure`.
    of_procedure(procedure) {
        vi: "thủ tục {procedure}",
        en: "procedure {procedure}",
    }
    /// Figures.
    block_figures() {
        vi: "Chỉ tiêu",
        en: "Figures",
    }
    /// Group 4: digitisation.
    block_766_4() {
        vi: "Nhóm 4: Số hóa hồ sơ, giấy tờ",
        en: "Group 4: digitisation",
    }
    /// Groups 2 and 3: time limits, online services.
    block_766_2() {
        vi: "Nhóm 2 và 3: Tiến độ, dịch vụ công trực tuyến",
        en: "Groups 2 and 3: time limits, online services",
    }
    /// Total.
    total() {
        vi: "Tổng cộng",
        en: "Total",
    }
    /// Yes.
    yes() {
        vi: "Có",
        en: "Yes",
    }
    /// No.
    no() {
        vi: "Không",
        en: "No",
    }
    /// `count` days.
    days(count) {
        vi: "{count} ngày",
        en: "{count} day{count:#}",
    }
    /// A denominator of 0.
    no_whole() {
        vi: "mẫu số bằng 0",
        en: "nothing to count",
    }
    /// exempted `count`.
    exempted(count) {
        vi: "miễn trừ {count}",
        en: "exempted {count}",
    }
    /// unverified `count`.
    unverified(count) {
        vi: "chưa xác minh {count}",
        en: "unverified {count}",
    }
    /// target `target` reached.
    target_reached(target) {
        vi: "đạt mục tiêu {target}",
        en: "target {target} reached",
    }
    /// target `target` missed.
    target_missed(target) {
        vi: "chưa đạt mục tiêu {target}",
        en: "target {target} missed",
    }
    /// target `target`, nothing to count.
    target_open(target) {
        vi: "mục tiêu {target}, chưa có số liệu",
        en: "target {target}, nothing to count",
    }
    /// `got`/`most` points.
    points(got, most) {
        vi: "{got}/{most} điểm",
        en: "{got}/{most} points",
    }
    /// before `before`, `points` points.
    changed(before, points) {
        vi: "kỳ trước {before}, {points} điểm %",
        en: "before: {before}, {points} point{points:#}",
    }
    /// before `before`.
    before(before) {
        vi: "kỳ trước {before}",
        en: "before: {before}",
    }
    /// Documents handled online.
    fig_online_work() {
        vi: "Văn bản xử lý trên môi trường mạng",
        en: "Documents handled online",
    }
    /// Issued documents validly signed (leader and agency).
    fig_signed() {
        vi: "Văn bản ban hành có chữ ký số hợp lệ (lãnh đạo và cơ quan)",
        en: "Issued documents validly signed (leader and agency)",
    }
    /// Issued documents validly signed by a leader.
    fig_leader() {
        vi: "Văn bản ban hành có chữ ký số hợp lệ của lãnh đạo",
        en: "Issued documents validly signed by a leader",
    }
    /// Paper dossiers digitised to the standard on receipt.
    fig_digitised() {
        vi: "Hồ sơ giấy được số hóa đạt chuẩn khi tiếp nhận",
        en: "Paper dossiers digitised to the standard on receipt",
    }
    /// 4.1 Dossiers with an electronic result.
    fig_766_41() {
        vi: "4.1. Hồ sơ có cấp kết quả giải quyết điện tử",
        en: "4.1 Dossiers with an electronic result",
    }
    /// 4.2 Digitised dossiers.
    fig_766_42() {
        vi: "4.2. Hồ sơ thực hiện số hóa",
        en: "4.2 Digitised dossiers",
    }
    /// 4.3 Dossiers that reuse digitised data.
    fig_766_43() {
        vi: "4.3. Khai thác, sử dụng lại dữ liệu số hóa",
        en: "4.3 Dossiers that reuse digitised data",
    }
    /// 4.4 Dossiers with shared data.
    fig_766_44() {
        vi: "4.4. Số hóa có kết nối, chia sẻ dữ liệu",
        en: "4.4 Dossiers with shared data",
    }
    /// 4.5a Procedures that use population data.
    fig_766_45a() {
        vi: "4.5a. Thủ tục kết nối dữ liệu dân cư",
        en: "4.5a Procedures that use population data",
    }
    /// 4.5b Dossiers that use population data.
    fig_766_45b() {
        vi: "4.5b. Hồ sơ dùng dữ liệu dân cư",
        en: "4.5b Dossiers that use population data",
    }
    /// 4.6 Units that certify electronic copies.
    fig_766_46() {
        vi: "4.6. Đơn vị chứng thực bản sao điện tử",
        en: "4.6 Units that certify electronic copies",
    }
    /// 2.1 Dossiers on time.
    fig_766_21() {
        vi: "2.1. Hồ sơ giải quyết đúng hạn",
        en: "2.1 Dossiers on time",
    }
    /// 3.3 Dossiers handled online.
    fig_766_33() {
        vi: "3.3. Hồ sơ nộp và giải quyết trực tuyến",
        en: "3.3 Dossiers handled online",
    }
    /// 3.6 Dossiers paid online.
    fig_766_36() {
        vi: "3.6. Hồ sơ thanh toán trực tuyến",
        en: "3.6 Dossiers paid online",
    }
    /// Officers with data.
    fig_kpi() {
        vi: "Cán bộ có số liệu đánh giá",
        en: "Officers with data",
    }
    /// Officers who have signed validly at least once.
    fig_has_signed() {
        vi: "Cán bộ đã ký số hợp lệ ít nhất một lần",
        en: "Officers who have signed validly at least once",
    }
    /// Dossiers with a slip within 5 minutes.
    fig_slip() {
        vi: "Hồ sơ có phiếu hẹn trong 5 phút",
        en: "Dossiers with a slip within 5 minutes",
    }
    /// plan of the paperless campaign; Decision 766/QĐ-TTg.
    rule_campaign() {
        vi: "Kế hoạch phong trào không giấy; QĐ 766/QĐ-TTg",
        en: "plan of the paperless campaign; Decision 766/QĐ-TTg",
    }
    /// Decree 30/2020/NĐ-CP, Articles 5 and 25.
    rule_signed() {
        vi: "NĐ 30/2020/NĐ-CP, Điều 5 và Điều 25",
        en: "Decree 30/2020/NĐ-CP, Articles 5 and 25",
    }
    /// Decree 30/2020/NĐ-CP, Articles 5 and 13.
    rule_leader() {
        vi: "NĐ 30/2020/NĐ-CP, Điều 5 và Điều 13",
        en: "Decree 30/2020/NĐ-CP, Articles 5 and 13",
    }
    /// Circular 01/2023/TT-VPCP, Article 4; Decree 30/2020/NĐ-CP, Annex I, Part II.
    rule_digitised() {
        vi: "TT 01/2023/TT-VPCP, Điều 4; NĐ 30/2020/NĐ-CP, Phụ lục I, Phần II",
        en: "Circular 01/2023/TT-VPCP, Article 4; Decree 30/2020/NĐ-CP, Annex I, Part II",
    }
    /// Decision 766/QĐ-TTg, 4.1.
    rule_766_41() {
        vi: "QĐ 766/QĐ-TTg, 4.1: hồ sơ có tệp kết quả / hồ sơ đã có kết quả bằng giấy tờ",
        en: "Decision 766/QĐ-TTg, 4.1: dossiers with a file of the result / dossiers that ended with a paper result",
    }
    /// Decision 766/QĐ-TTg, 4.2: a file of a component and of the result / all received.
    rule_766_42() {
        vi: "QĐ 766/QĐ-TTg, 4.2: có tệp thành phần và tệp kết quả / hồ sơ tiếp nhận",
        en: "Decision 766/QĐ-TTg, 4.2: a file of a component and of the result / all received",
    }
    /// Decision 766/QĐ-TTg, 4.3: a component reused / all received.
    rule_766_43() {
        vi: "QĐ 766/QĐ-TTg, 4.3: có thành phần tái sử dụng / hồ sơ tiếp nhận",
        en: "Decision 766/QĐ-TTg, 4.3: a component reused / all received",
    }
    /// Decision 766/QĐ-TTg, 4.4: a component from the store or the result shared / all received.
    rule_766_44() {
        vi: "QĐ 766/QĐ-TTg, 4.4: có thành phần từ kho hoặc kết quả đã đồng bộ / hồ sơ tiếp nhận",
        en: "Decision 766/QĐ-TTg, 4.4: a component from the store or the result shared / all received",
    }
    /// Decision 766/QĐ-TTg, 4.5: procedures with connected dossiers / procedures for citizens.
    rule_766_45a() {
        vi: "QĐ 766/QĐ-TTg, 4.5: thủ tục có hồ sơ kết nối / thủ tục của công dân",
        en: "Decision 766/QĐ-TTg, 4.5: procedures with connected dossiers / procedures for citizens",
    }
    /// Decision 766/QĐ-TTg, 4.5: dossiers that use `VNeID`, a database or the store / all received.
    rule_766_45b() {
        vi: "QĐ 766/QĐ-TTg, 4.5: hồ sơ dùng VNeID, CSDL hoặc kho / hồ sơ tiếp nhận",
        en: "Decision 766/QĐ-TTg, 4.5: dossiers that use VNeID, a database or the store / all received",
    }
    /// Decision 766/QĐ-TTg, 4.6: units that do / units that must (`sohoa.toml`).
    rule_766_46() {
        vi: "QĐ 766/QĐ-TTg, 4.6: đơn vị đã thực hiện / đơn vị có trách nhiệm (sohoa.toml)",
        en: "Decision 766/QĐ-TTg, 4.6: units that do / units that must (sohoa.toml)",
    }
    /// Decision 766/QĐ-TTg, 2.1.
    rule_766_21() {
        vi: "QĐ 766/QĐ-TTg, 2.1: NgayKetThucXuLy ≤ NgayHenTra, trừ thời gian bổ sung; bổ sung quá 1 lần là quá hạn",
        en: "Decision 766/QĐ-TTg, 2.1: NgayKetThucXuLy ≤ NgayHenTra less the applicant’s time; asked for more than once is late",
    }
    /// Decision 766/QĐ-TTg, 3.3.
    rule_766_33() {
        vi: "QĐ 766/QĐ-TTg, 3.3: KenhThucHien = 2 và có kết quả điện tử khi kết quả là giấy tờ",
        en: "Decision 766/QĐ-TTg, 3.3: KenhThucHien = 2, with an electronic result where the result is a paper",
    }
    /// Decision 766/QĐ-TTg, 3.6: paid online / dossiers with a fee.
    rule_766_36() {
        vi: "QĐ 766/QĐ-TTg, 3.6: thanh toán trực tuyến / hồ sơ có phí, lệ phí",
        en: "Decision 766/QĐ-TTg, 3.6: paid online / dossiers with a fee",
    }
    /// officers who received or handled a dossier / officers of the list (`sohoa.toml`).
    rule_kpi() {
        vi: "Cán bộ có hồ sơ tiếp nhận hoặc xử lý trong kỳ / cán bộ trong danh sách (sohoa.toml)",
        en: "officers who received or handled a dossier / officers of the list (sohoa.toml)",
    }
    /// officers with a valid signature / officers of the list (`sohoa.toml`).
    rule_has_signed() {
        vi: "Cán bộ có chữ ký số hợp lệ trong kỳ / cán bộ trong danh sách (sohoa.toml)",
        en: "officers with a valid signature / officers of the list (sohoa.toml)",
    }
    /// from the first paper to the slip ≤ 5 minutes / dossiers measured.
    rule_slip() {
        vi: "Từ lúc nhận giấy tờ đầu tiên đến lúc in phiếu hẹn ≤ 5 phút / hồ sơ có đo",
        en: "from the first paper to the slip ≤ 5 minutes / dossiers measured",
    }
    /// Unit.
    col_unit() {
        vi: "Đơn vị",
        en: "Unit",
    }
    /// Received.
    col_received() {
        vi: "Tiếp nhận",
        en: "Received",
    }
    /// No.
    col_number() {
        vi: "STT",
        en: "No.",
    }
    /// Group.
    col_group() {
        vi: "Nhóm",
        en: "Group",
    }
    /// Digitised on receipt.
    group_received() {
        vi: "Số hóa khi tiếp nhận",
        en: "Digitised on receipt",
    }
    /// Digitised results.
    group_result() {
        vi: "Số hóa kết quả",
        en: "Digitised results",
    }
    /// Not digitised.
    col_not_digitised() {
        vi: "Chưa số hóa TPHS",
        en: "Not digitised",
    }
    /// Digitised.
    col_digitised() {
        vi: "Có số hóa TPHS",
        en: "Digitised",
    }
    /// Component reused.
    col_reused() {
        vi: "Có tái sử dụng thành phần",
        en: "Component reused",
    }
    /// From the national portal.
    col_from_store() {
        vi: "Có tái sử dụng từ Cổng DVCQG",
        en: "From the national portal",
    }
    /// Ended.
    col_ended() {
        vi: "Đã giải quyết",
        en: "Ended",
    }
    /// Results not digitised.
    col_result_missing() {
        vi: "KQ chưa số hóa",
        en: "Results not digitised",
    }
    /// Results digitised.
    col_result_there() {
        vi: "KQ đã số hóa",
        en: "Results digitised",
    }
    /// Figure.
    col_figure() {
        vi: "Chỉ tiêu",
        en: "Figure",
    }
    /// Points.
    col_points() {
        vi: "Điểm",
        en: "Points",
    }
    /// Most.
    col_most() {
        vi: "Tối đa",
        en: "Most",
    }
    /// Share.
    col_share() {
        vi: "Tỷ lệ",
        en: "Share",
    }
    /// Threshold.
    col_threshold() {
        vi: "Ngưỡng",
        en: "Threshold",
    }
    /// On time.
    col_on_time() {
        vi: "Đúng hạn",
        en: "On time",
    }
    /// Late.
    col_late() {
        vi: "Quá hạn",
        en: "Late",
    }
    /// Open.
    col_open() {
        vi: "Đang giải quyết",
        en: "Open",
    }
    /// Not known.
    col_unknown() {
        vi: "Không xác định",
        en: "Not known",
    }
    /// Day.
    col_day() {
        vi: "Ngày",
        en: "Day",
    }
    /// Week.
    col_week() {
        vi: "Tuần",
        en: "Week",
    }
    /// At the counter.
    col_counter() {
        vi: "Trực tiếp",
        en: "At the counter",
    }
    /// Online.
    col_online() {
        vi: "Trực tuyến",
        en: "Online",
    }
    /// By post.
    col_post() {
        vi: "Bưu chính",
        en: "By post",
    }
    /// Issued.
    col_issued() {
        vi: "VB ban hành",
        en: "Issued",
    }
    /// Validly signed.
    col_signed() {
        vi: "Ký số hợp lệ",
        en: "Validly signed",
    }
    /// Printed.
    col_printed() {
        vi: "In giấy",
        en: "Printed",
    }
    /// No printing.
    col_no_printing() {
        vi: "Ngày không in",
        en: "No printing",
    }
    /// Change.
    col_change() {
        vi: "So với tuần trước",
        en: "Change",
    }
    /// Officer.
    col_officer() {
        vi: "Mã cán bộ",
        en: "Officer",
    }
    /// Name.
    col_name() {
        vi: "Họ và tên",
        en: "Name",
    }
    /// Papers digitised.
    col_digitised_papers() {
        vi: "Giấy tờ số hóa",
        en: "Papers digitised",
    }
    /// Handled.
    col_handled() {
        vi: "Xử lý",
        en: "Handled",
    }
    /// Signed.
    col_signed_documents() {
        vi: "VB đã ký số",
        en: "Signed",
    }
    /// Pages.
    col_pages() {
        vi: "Số trang",
        en: "Pages",
    }
    /// Slip: median (min).
    col_median() {
        vi: "Phiếu hẹn: trung vị (phút)",
        en: "Slip: median (min)",
    }
    /// Slip: p95 (min).
    col_p95() {
        vi: "Phiếu hẹn: p95 (phút)",
        en: "Slip: p95 (min)",
    }
    /// Quality of scans (0–100).
    col_quality() {
        vi: "Độ rõ của bản quét (0–100)",
        en: "Quality of scans (0–100)",
    }
    /// Verdict.
    col_verdict() {
        vi: "Kết luận",
        en: "Verdict",
    }
    /// Outgoing.
    col_outgoing() {
        vi: "Văn bản đi",
        en: "Outgoing",
    }
    /// Incoming.
    col_incoming() {
        vi: "Văn bản đến",
        en: "Incoming",
    }
    /// Components.
    col_components() {
        vi: "Thành phần hồ sơ",
        en: "Components",
    }
    /// All.
    col_all() {
        vi: "Tất cả",
        en: "All",
    }
    /// Level.
    col_level() {
        vi: "Mức chữ ký",
        en: "Level",
    }
    /// Signer.
    col_signer() {
        vi: "Người ký",
        en: "Signer",
    }
    /// Role.
    col_role() {
        vi: "Vai trò",
        en: "Role",
    }
    /// Certificate ends.
    col_ends() {
        vi: "Chứng thư hết hạn",
        en: "Certificate ends",
    }
    /// State.
    col_state() {
        vi: "Tình trạng",
        en: "State",
    }
    /// Signatures.
    col_signatures() {
        vi: "Số chữ ký",
        en: "Signatures",
    }
    /// Leader.
    col_leader() {
        vi: "Lãnh đạo",
        en: "Leader",
    }
    /// What.
    col_what() {
        vi: "Nội dung",
        en: "What",
    }
    /// Value.
    col_value() {
        vi: "Số liệu",
        en: "Value",
    }
    /// Rule.
    col_rule() {
        vi: "Quy tắc",
        en: "Rule",
    }
    /// Article.
    col_article() {
        vi: "Căn cứ",
        en: "Article",
    }
    /// Documents.
    col_documents() {
        vi: "Số tài liệu",
        en: "Documents",
    }
    /// Dossier.
    col_dossier() {
        vi: "Mã hồ sơ",
        en: "Dossier",
    }
    /// Dossiers.
    col_dossiers() {
        vi: "Số hồ sơ",
        en: "Dossiers",
    }
    /// Document.
    col_ordinal() {
        vi: "Tài liệu số",
        en: "Document",
    }
    /// Code.
    col_code() {
        vi: "Mã",
        en: "Code",
    }
    /// Reason.
    col_reason() {
        vi: "Lý do",
        en: "Reason",
    }
    /// By.
    col_by() {
        vi: "Người quyết định",
        en: "By",
    }
    /// Sheets.
    col_sheets() {
        vi: "Số tờ",
        en: "Sheets",
    }
    /// Money.
    col_money() {
        vi: "Số tiền",
        en: "Money",
    }
    /// Issued on paper.
    col_on_paper() {
        vi: "Ban hành bản giấy",
        en: "Issued on paper",
    }
    /// Printed after signing.
    col_printed_after() {
        vi: "In sau khi ký",
        en: "Printed after signing",
    }
    /// Not validly signed.
    col_unsigned() {
        vi: "Chưa ký số hợp lệ",
        en: "Not validly signed",
    }
    /// Number.
    col_symbol() {
        vi: "Số, ký hiệu",
        en: "Number",
    }
    /// Date.
    col_issued_on() {
        vi: "Ngày, tháng",
        en: "Date",
    }
    /// Arrived.
    col_arrived() {
        vi: "Ngày đến",
        en: "Arrived",
    }
    /// Arrival number.
    col_arrival_number() {
        vi: "Số đến",
        en: "Arrival number",
    }
    /// Issuer.
    col_author() {
        vi: "Tác giả",
        en: "Issuer",
    }
    /// Kind and subject.
    col_subject() {
        vi: "Tên loại và trích yếu",
        en: "Kind and subject",
    }
    /// Received by.
    col_receiver() {
        vi: "Đơn vị hoặc người nhận",
        en: "Received by",
    }
    /// Passed on.
    col_passed_on() {
        vi: "Ngày chuyển",
        en: "Passed on",
    }
    /// Signed for.
    col_signed_for() {
        vi: "Ký nhận",
        en: "Signed for",
    }
    /// Note.
    col_note() {
        vi: "Ghi chú",
        en: "Note",
    }
    /// Recipients.
    col_recipients() {
        vi: "Nơi nhận",
        en: "Recipients",
    }
    /// Kept by.
    col_keeper() {
        vi: "Đơn vị nhận bản lưu",
        en: "Kept by",
    }
    /// Copies.
    col_copies() {
        vi: "Số lượng bản",
        en: "Copies",
    }
    /// Title.
    col_title() {
        vi: "Tên hồ sơ",
        en: "Title",
    }
    /// Procedure.
    col_procedure() {
        vi: "Mã thủ tục",
        en: "Procedure",
    }
    /// Received.
    col_received_on() {
        vi: "Ngày nhận",
        en: "Received",
    }
    /// Due.
    col_due_on() {
        vi: "Ngày hẹn trả",
        en: "Due",
    }
    /// Ended.
    col_ended_on() {
        vi: "Ngày kết thúc",
        en: "Ended",
    }
    /// Channel.
    col_channel() {
        vi: "Kênh",
        en: "Channel",
    }
    /// Year.
    col_year() {
        vi: "Năm",
        en: "Year",
    }
    /// Series.
    col_series() {
        vi: "Ký hiệu",
        en: "Series",
    }
    /// Last number.
    col_last_number() {
        vi: "Số cuối",
        en: "Last number",
    }
    /// How many missing.
    col_missing_count() {
        vi: "Số lượng thiếu",
        en: "How many missing",
    }
    /// Missing numbers.
    col_missing() {
        vi: "Số còn thiếu",
        en: "Missing numbers",
    }
    /// Duplicates.
    col_twice() {
        vi: "Số bị trùng",
        en: "Duplicates",
    }
    /// Digitised.
    short_digitised() {
        vi: "Số hóa đạt chuẩn",
        en: "Digitised",
    }
    /// Signed.
    short_signed() {
        vi: "Ký số hợp lệ",
        en: "Signed",
    }
    /// Results.
    short_result() {
        vi: "KQ điện tử",
        en: "Results",
    }
    /// Reused.
    short_reused() {
        vi: "Tái sử dụng",
        en: "Reused",
    }
    /// Slip ≤ 5 min.
    short_slip() {
        vi: "Phiếu hẹn ≤ 5 phút",
        en: "Slip ≤ 5 min",
    }
    /// By unit.
    table_units() {
        vi: "Theo đơn vị",
        en: "By unit",
    }
    /// Points of group 4.
    table_points() {
        vi: "Điểm nhóm 4",
        en: "Points of group 4",
    }
    /// Digitisation by unit – Decision 766.
    table_dashboard() {
        vi: "Theo dõi mức độ số hóa – QĐ 766",
        en: "Digitisation by unit – Decision 766",
    }
    /// Time limits by unit.
    table_punctuality() {
        vi: "Tiến độ giải quyết theo đơn vị",
        en: "Time limits by unit",
    }
    /// By day.
    table_days() {
        vi: "Theo ngày",
        en: "By day",
    }
    /// By week (ISO 8601).
    table_weeks() {
        vi: "Theo tuần (ISO 8601)",
        en: "By week (ISO 8601)",
    }
    /// By officer.
    table_officers() {
        vi: "Theo cán bộ",
        en: "By officer",
    }
    /// Verdicts.
    table_verdicts() {
        vi: "Kết luận về chữ ký",
        en: "Verdicts",
    }
    /// Signatures by level.
    table_levels() {
        vi: "Chữ ký theo mức",
        en: "Signatures by level",
    }
    /// Signers and when their certificates end.
    table_certificates() {
        vi: "Người ký và thời hạn chứng thư",
        en: "Signers and when their certificates end",
    }
    /// Officers without a valid signature.
    table_never() {
        vi: "Cán bộ chưa ký số hợp lệ trong kỳ",
        en: "Officers without a valid signature",
    }
    /// State.
    table_state() {
        vi: "Tình trạng chung",
        en: "State",
    }
    /// Violations by rule.
    table_violations() {
        vi: "Vi phạm theo quy tắc",
        en: "Violations by rule",
    }
    /// Where.
    table_places() {
        vi: "Nơi có vi phạm",
        en: "Where",
    }
    /// Dossiers never proved good.
    table_never_proved() {
        vi: "Hồ sơ chưa được kiểm tra",
        en: "Dossiers never proved good",
    }
    /// By code.
    table_exemptions() {
        vi: "Miễn trừ theo mã",
        en: "By code",
    }
    /// What is exempt.
    table_exempted() {
        vi: "Danh sách miễn trừ",
        en: "What is exempt",
    }
    /// Estimate by unit.
    table_savings() {
        vi: "Ước tính theo đơn vị",
        en: "Estimate by unit",
    }
    /// By unit.
    table_leakage() {
        vi: "Theo đơn vị",
        en: "By unit",
    }
    /// Documents.
    table_leaks() {
        vi: "Danh sách văn bản",
        en: "Documents",
    }
    /// Register of incoming documents.
    table_incoming() {
        vi: "Sổ đăng ký văn bản đến",
        en: "Register of incoming documents",
    }
    /// Register of outgoing documents.
    table_outgoing() {
        vi: "Sổ đăng ký văn bản đi",
        en: "Register of outgoing documents",
    }
    /// Register of dossiers.
    table_dossiers() {
        vi: "Sổ theo dõi hồ sơ",
        en: "Register of dossiers",
    }
    /// Numbering.
    table_numbering() {
        vi: "Kiểm tra đánh số",
        en: "Numbering",
    }
    /// Valid.
    valid() {
        vi: "Hợp lệ",
        en: "Valid",
    }
    /// Not valid.
    invalid() {
        vi: "Không hợp lệ",
        en: "Not valid",
    }
    /// Undecided.
    undecided() {
        vi: "Chưa đủ căn cứ kết luận",
        en: "Undecided",
    }
    /// Not signed.
    unsigned() {
        vi: "Không có chữ ký số",
        en: "Not signed",
    }
    /// File could not be judged.
    unjudged() {
        vi: "Chưa kiểm tra được tệp",
        en: "File could not be judged",
    }
    /// Person.
    role_leader() {
        vi: "Người có thẩm quyền",
        en: "Person",
    }
    /// Agency.
    role_agency() {
        vi: "Cơ quan",
        en: "Agency",
    }
    /// Certified copy.
    role_copy() {
        vi: "Sao y",
        en: "Certified copy",
    }
    /// Time-stamp.
    role_stamp() {
        vi: "Dấu thời gian",
        en: "Time-stamp",
    }
    /// has ended.
    has_ended() {
        vi: "đã hết hạn",
        en: "has ended",
    }
    /// `days` days left.
    ends_soon(days) {
        vi: "còn {days} ngày",
        en: "{days} day{days:#} left",
    }
    /// valid.
    holds() {
        vi: "còn hạn",
        en: "valid",
    }
    /// State secrets (only counted).
    exempt_secret() {
        vi: "Văn bản mật (chỉ đếm)",
        en: "State secrets (only counted)",
    }
    /// Awards of the State.
    exempt_award() {
        vi: "Khen thưởng cấp Nhà nước",
        en: "Awards of the State",
    }
    /// Certificates of land use.
    exempt_land() {
        vi: "Giấy chứng nhận quyền sử dụng đất",
        en: "Certificates of land use",
    }
    /// Maps.
    exempt_map() {
        vi: "Tài liệu bản đồ",
        en: "Maps",
    }
    /// Plans.
    exempt_plan() {
        vi: "Quy hoạch",
        en: "Plans",
    }
    /// Other.
    exempt_other() {
        vi: "Lý do khác",
        en: "Other",
    }
    /// issued on paper.
    leak_paper() {
        vi: "ban hành bản giấy",
        en: "issued on paper",
    }
    /// `copies` copies printed after signing.
    leak_printed(copies) {
        vi: "in {copies} bản sau khi ký",
        en: "printed {copies} time{copies:#} after signing",
    }
    /// not validly signed by leader and agency.
    leak_unsigned() {
        vi: "chưa có chữ ký số hợp lệ của lãnh đạo và cơ quan",
        en: "not validly signed by leader and agency",
    }
    /// Incoming.
    series_incoming() {
        vi: "Văn bản đến",
        en: "Incoming",
    }
    /// Received.
    state_received() {
        vi: "Tiếp nhận",
        en: "Received",
    }
    /// In hand.
    state_open() {
        vi: "Đang xử lý",
        en: "In hand",
    }
    /// More was asked for.
    state_supplement() {
        vi: "Yêu cầu bổ sung hồ sơ",
        en: "More was asked for",
    }
    /// Done.
    state_done() {
        vi: "Đã xử lý xong",
        en: "Done",
    }
    /// Result given.
    state_returned() {
        vi: "Đã trả kết quả",
        en: "Result given",
    }
    /// Refused.
    state_refused() {
        vi: "Từ chối",
        en: "Refused",
    }
    /// Stopped.
    state_stopped() {
        vi: "Dừng xử lý",
        en: "Stopped",
    }
    /// Withdrawn.
    state_withdrawn() {
        vi: "Công dân rút hồ sơ",
        en: "Withdrawn",
    }
    /// Dossiers.
    is_dossiers() {
        vi: "Hồ sơ",
        en: "Dossiers",
    }
    /// Documents.
    is_documents() {
        vi: "Tài liệu",
        en: "Documents",
    }
    /// Pages.
    is_pages() {
        vi: "Trang",
        en: "Pages",
    }
    /// Pages with print and no text.
    is_textless() {
        vi: "Trang có chữ nhưng chưa đọc được",
        en: "Pages with print and no text",
    }
    /// PDF/A-2u files made by sohoa.
    is_pdfa() {
        vi: "Tệp PDF/A-2u do sohoa lập",
        en: "PDF/A-2u files made by sohoa",
    }
    /// Files kept as they came.
    is_as_it_came() {
        vi: "Tệp giữ nguyên như khi nhận",
        en: "Files kept as they came",
    }
    /// Documents that need a person.
    is_needing() {
        vi: "Tài liệu cần người xem lại",
        en: "Documents that need a person",
    }
    /// Files whose signatures could not be judged.
    is_unjudged() {
        vi: "Tệp chưa kiểm tra được chữ ký",
        en: "Files whose signatures could not be judged",
    }
    /// Dossiers proved good as they are.
    is_proved() {
        vi: "Hồ sơ đã kiểm tra nguyên vẹn",
        en: "Dossiers proved good as they are",
    }
    /// Dossiers never proved good as they are.
    is_never_proved() {
        vi: "Hồ sơ chưa được kiểm tra",
        en: "Dossiers never proved good as they are",
    }
    /// Oldest proof.
    is_oldest_proof() {
        vi: "Lần kiểm tra cũ nhất",
        en: "Oldest proof",
    }
    /// Newest proof.
    is_newest_proof() {
        vi: "Lần kiểm tra mới nhất",
        en: "Newest proof",
    }
    /// Files in quarantine.
    is_quarantined() {
        vi: "Tệp trong khu cách ly",
        en: "Files in quarantine",
    }
    /// Scan not in colour.
    rule_s02() {
        vi: "Bản quét không phải ảnh màu",
        en: "Scan not in colour",
    }
    /// Fewer than 200 dpi.
    rule_s03() {
        vi: "Độ phân giải dưới 200 dpi",
        en: "Fewer than 200 dpi",
    }
    /// Pages without text.
    rule_s05() {
        vi: "Có trang chưa đọc được chữ",
        en: "Pages without text",
    }
    /// Pages dark or hard to read.
    rule_s06() {
        vi: "Trang tối, lệch hoặc chữ khó đọc",
        en: "Pages dark, skewed or hard to read",
    }
    /// A dossier whose papers are not all digitised.
    rule_s08() {
        vi: "Hồ sơ chưa số hóa đủ thành phần (đếm hồ sơ)",
        en: "Papers of the dossier not all digitised (counts dossiers)",
    }
    /// File not written as PDF/A-2u by sohoa.
    rule_s10() {
        vi: "Tệp không do sohoa ghi theo PDF/A-2u",
        en: "File not written as PDF/A-2u by sohoa",
    }
    /// Issued without both valid signatures.
    rule_k12() {
        vi: "Văn bản ban hành chưa đủ hai chữ ký hợp lệ",
        en: "Issued without both valid signatures",
    }
    /// Issued without kind or date.
    rule_m01() {
        vi: "Văn bản ban hành thiếu tên loại hoặc ngày",
        en: "Issued without kind or date",
    }
    /// Decree 30/2020/NĐ-CP, Annex I, Part II, I.2.
    article_copies() {
        vi: "NĐ 30/2020/NĐ-CP, Phụ lục I, Phần II, Mục I.2",
        en: "Decree 30/2020/NĐ-CP, Annex I, Part II, I.2",
    }
    /// Circular 01/2023/TT-VPCP, Article 4.
    article_text() {
        vi: "TT 01/2023/TT-VPCP, Điều 4",
        en: "Circular 01/2023/TT-VPCP, Article 4",
    }
    /// TCVN 14159-1:2024.
    article_pdfa() {
        vi: "TCVN 14159-1:2024",
        en: "TCVN 14159-1:2024",
    }
    /// Decree 30/2020/NĐ-CP, Article 5.
    article_signed() {
        vi: "NĐ 30/2020/NĐ-CP, Điều 5",
        en: "Decree 30/2020/NĐ-CP, Article 5",
    }
    /// Decree 30/2020/NĐ-CP, Annex VI, Part II.
    article_metadata() {
        vi: "NĐ 30/2020/NĐ-CP, Phụ lục VI, Phần II",
        en: "Decree 30/2020/NĐ-CP, Annex VI, Part II",
    }
    /// `count` dossiers have no day of receipt and are not counted (Decision 766/QĐ-TTg).
    note_undated(count) {
        vi: "{count} hồ sơ không có ngày tiếp nhận nên không được tính (QĐ 766/QĐ-TTg).",
        en: "Not counted because no day of receipt is known: {count} dossier{count:#} (Decision 766/QĐ-TTg).",
    }
    /// Each share states numerator/denominator; what is exempt is in neither; what is ….
    note_parts() {
        vi: "Mỗi tỷ lệ ghi tử số/mẫu số; phần miễn trừ không nằm trong mẫu số; phần chưa xác minh nằm trong mẫu số, không nằm trong tử số.",
        en: "Each share states numerator/denominator; what is exempt is in neither; what is unverified is in the denominator alone.",
    }
    /// A document whose signature is not valid counts as unsigned. The verdicts are those of ….
    note_signed() {
        vi: "Văn bản có chữ ký không hợp lệ được tính là chưa ký. Kết luận do sohoa verify đưa ra tại thời điểm lập báo cáo.",
        en: "A document whose signature is not valid counts as unsigned. The verdicts are those of sohoa verify at the time of this report.",
    }
    /// The archive trusts no root certificate (folder trust), so that no signature can be ….
    note_no_trust() {
        vi: "Kho chưa có chứng thư gốc tin cậy (thư mục trust) nên không chữ ký nào được kết luận là hợp lệ.",
        en: "The archive trusts no root certificate (folder trust), so that no signature can be found valid.",
    }
    /// Points = min(most, share × most / threshold). A figure whose denominator is 0 has no ….
    note_766() {
        vi: "Điểm = min(điểm tối đa, tỷ lệ × điểm tối đa / ngưỡng). Chỉ tiêu có mẫu số bằng 0 không có điểm.",
        en: "Points = min(most, share × most / threshold). A figure whose denominator is 0 has no points.",
    }
    /// Report due: `day` (`left` days left).
    note_due(day, left) {
        vi: "Hạn gửi báo cáo: {day} (còn {left} ngày).",
        en: "Report due: {day} ({left} day{left:#} left).",
    }
    /// Report due: `day` (`days` days ago).
    note_overdue(day, days) {
        vi: "Hạn gửi báo cáo: {day} (đã quá {days} ngày).",
        en: "Report due: {day} ({days} day{days:#} ago).",
    }
    /// A day without printing is a working day (Monday to Friday) on which nothing was issued ….
    note_day_off_paper() {
        vi: "Ngày không in: ngày làm việc (thứ Hai đến thứ Sáu) không có văn bản ban hành bằng giấy hoặc in sau khi ký. Không tính ngày nghỉ lễ.",
        en: "A day without printing is a working day (Monday to Friday) on which nothing was issued on paper or printed after signing. Public holidays are not known.",
    }
    /// Minutes are from `ThoiDiemTiepNhan` to `ThoiDiemInPhieu`; papers, pages and quality count ….
    note_kpi() {
        vi: "Phút phiếu hẹn tính từ ThoiDiemTiepNhan đến ThoiDiemInPhieu; số giấy tờ, số trang và độ rõ tính cho người tiếp nhận; đúng hạn tính cho người xử lý.",
        en: "Minutes are from ThoiDiemTiepNhan to ThoiDiemInPhieu; papers, pages and quality count for who received a dossier, time limits for who handled it.",
    }
    /// Numbers begin again at 01 on 1 January; secret papers have a series of their own, so ….
    note_registers() {
        vi: "Số văn bản bắt đầu lại từ 01 vào ngày 01 tháng 01; văn bản mật có sổ riêng nên số thiếu không phải là dấu vết của văn bản mật.",
        en: "Numbers begin again at 01 on 1 January; secret papers have a series of their own, so that a missing number is no trace of one.",
    }
    /// “Proved good” means that sohoa archive check has read every byte of the dossier as it ….
    note_integrity() {
        vi: "“Đã kiểm tra nguyên vẹn” nghĩa là sohoa archive check đã đọc mọi byte của hồ sơ như hiện có. Tình trạng PDF/A của tệp giữ nguyên chưa được kiểm tra.",
        en: "“Proved good” means that sohoa archive check has read every byte of the dossier as it is now. Whether a file kept as it came is PDF/A has not been examined.",
    }
    /// State secrets are counted and not listed.
    note_exemptions() {
        vi: "Văn bản mật chỉ được đếm, không liệt kê.",
        en: "State secrets are counted and not listed.",
    }
    /// `count` papers marked secret were stopped when they were scanned; nothing but this ….
    note_stopped(count) {
        vi: "{count} giấy tờ có dấu mật đã bị dừng khi quét trong kỳ; không lưu gì ngoài con số này.",
        en: "Papers marked secret that were stopped when they were scanned: {count}; nothing but this number was kept.",
    }
    /// An estimate.
    note_savings() {
        vi: "Ước tính: số tờ nếu in ra các văn bản đi, đến được giữ dưới dạng điện tử, trừ số bản đã in.",
        en: "An estimate: the sheets that incoming and outgoing documents kept as files would have taken, less the copies that were printed.",
    }
    /// Assumed for `agency`.
    note_costs(agency, price, sides, copies) {
        vi: "Giả định của {agency}: {price} đồng/tờ, in {sides} mặt, {copies} bản mỗi văn bản.",
        en: "Assumed for {agency}: {price} đồng a sheet, {sides} side{sides:#} a sheet, each document printed {copies} time{copies:#}.",
    }
    /// Weight in A4 of 80 g/m² (4.99 g a sheet): about `kilograms` kg.
    note_weight(kilograms) {
        vi: "Khối lượng giấy A4 80 g/m² (4,99 g/tờ): khoảng {kilograms} kg.",
        en: "Weight in A4 of 80 g/m² (4.99 g a sheet): about {kilograms} kg.",
    }
    /// Documents issued on paper (`PhatHanhGiay`), printed after signing (`SoBanIn`), or without ….
    note_leakage() {
        vi: "Văn bản ban hành bản giấy (PhatHanhGiay), in sau khi ký (SoBanIn), hoặc chưa có đủ chữ ký số hợp lệ.",
        en: "Documents issued on paper (PhatHanhGiay), printed after signing (SoBanIn), or without the valid signatures.",
    }
    /// Period: `scope`.
    scope_line(scope) {
        vi: "Kỳ báo cáo: {scope}",
        en: "Period: {scope}",
    }
    /// Made on `day` by sohoa from the archive.
    made_line(day) {
        vi: "Lập ngày {day} bằng sohoa từ kho hồ sơ",
        en: "Made on {day} by sohoa from the archive",
    }
    /// Notes.
    notes() {
        vi: "Ghi chú",
        en: "Notes",
    }
    /// None.
    nothing() {
        vi: "Không có",
        en: "None",
    }
    /// `count` more rows; CSV and XLSX have them all.
    more_rows(count) {
        vi: "Còn {count} dòng; xem đủ trong bản CSV hoặc XLSX.",
        en: "{count} more row{count:#}; CSV and XLSX have them all.",
    }
    /// `count` things to look at in the data.
    oddities(count) {
        vi: "{count} điểm cần kiểm tra lại trong số liệu",
        en: "{count} thing{count:#} to look at in the data",
    }
    /// Figures.
    sheet_figures() {
        vi: "Chỉ tiêu",
        en: "Figures",
    }
    /// Numerator.
    col_numerator() {
        vi: "Tử số",
        en: "Numerator",
    }
    /// Denominator.
    col_denominator() {
        vi: "Mẫu số",
        en: "Denominator",
    }
    /// Exempted.
    col_exempted() {
        vi: "Miễn trừ",
        en: "Exempted",
    }
    /// Unverified.
    col_unverified() {
        vi: "Chưa xác minh",
        en: "Unverified",
    }
    /// Percent.
    col_percent() {
        vi: "Tỷ lệ (%)",
        en: "Percent",
    }
    /// Target.
    col_target() {
        vi: "Mục tiêu",
        en: "Target",
    }
    /// `place`, ngày `day` tháng `month` năm `year`.
    place_and_date(place, day, month, year) {
        vi: "{place}, ngày {day} tháng {month} năm {year}",
        en: "{place}, ngày {day} tháng {month} năm {year}",
    }
    /// REPORT.
    kind_of_paper() {
        vi: "BÁO CÁO",
        en: "REPORT",
    }
    /// Head of the agency.
    head_of_agency() {
        vi: "Thủ trưởng cơ quan",
        en: "Head of the agency",
    }
    /// `text` is no demand; write it like `ky_so>=100`.
    demand_shape(text) {
        vi: "`{text}` không phải yêu cầu; viết như `ky_so>=100`",
        en: "`{text}` is no demand; write it like `ky_so>=100`",
    }
    /// there is no figure `name`; the figures are: `all`.
    demand_unknown(name, all) {
        vi: "không có chỉ tiêu `{name}`; các chỉ tiêu: {all}",
        en: "there is no figure `{name}`; the figures are: {all}",
    }
    /// `name`: `wanted` demanded, but there is nothing to count.
    demand_nothing(name, wanted) {
        vi: "{name}: cần {wanted}, nhưng mẫu số bằng 0",
        en: "{name}: {wanted} demanded, but there is nothing to count",
    }
    /// `name`: `wanted` demanded, `found` found, `by` points off.
    demand_missed(name, wanted, found, by) {
        vi: "{name}: cần {wanted}, hiện là {found}, lệch {by} điểm %",
        en: "{name}: {wanted} demanded, {found} found, {by} point{by:#} off",
    }
    /// the file cannot be read: `detail`.
    import_file(detail) {
        vi: "không đọc được tệp: {detail}",
        en: "the file cannot be read: {detail}",
    }
    /// no column `MaHoSo` found; use --mapping where the register calls it otherwise.
    import_no_headings() {
        vi: "không tìm thấy cột MaHoSo (Mã hồ sơ); dùng --mapping nếu sổ đặt tên cột khác",
        en: "no column MaHoSo found; use --mapping where the register calls it otherwise",
    }
    /// two columns mean `field`.
    import_two_columns(field) {
        vi: "hai cột cùng có nghĩa là {field}",
        en: "two columns mean {field}",
    }
    /// the mapping names the field `field`, which there is not.
    import_no_field(field) {
        vi: "tệp ánh xạ nêu trường `{field}` không có",
        en: "the mapping names the field `{field}`, which there is not",
    }
    /// has no `MaHoSo`.
    import_no_code() {
        vi: "không có MaHoSo",
        en: "has no MaHoSo",
    }
    /// has the dossier code of row `row`.
    import_twice(row) {
        vi: "trùng mã hồ sơ với dòng {row}",
        en: "has the dossier code of row {row}",
    }
    /// the value `found` is not one of `expected`.
    import_value(found, expected) {
        vi: "giá trị `{found}` không đúng; cần {expected}",
        en: "the value `{found}` is not one of {expected}",
    }
    /// the day is still to come; the row was taken, check the day.
    import_future() {
        vi: "ngày ở tương lai; dòng vẫn được nhận, cần kiểm tra lại ngày",
        en: "the day is still to come; the row is taken, check the day",
    }
    /// the day is before `NgayTiepNhan`; the row was taken, check the days.
    import_order() {
        vi: "ngày này trước NgayTiepNhan; dòng vẫn được nhận, cần kiểm tra lại ngày",
        en: "the day is before NgayTiepNhan; the row is taken, check the days",
    }
    /// the register has more than `most` rows; the rest was not read.
    import_too_many(most) {
        vi: "sổ có quá {most} dòng; phần sau không được đọc",
        en: "the register has more than {most} rows; the rest was not read",
    }
    /// row `row`: `what`.
    import_row(row, what) {
        vi: "dòng {row}: {what}",
        en: "row {row}: {what}",
    }
    /// row `row`, column `column`: `what`.
    import_cell(row, column, what) {
        vi: "dòng {row}, cột {column}: {what}",
        en: "row {row}, column {column}: {what}",
    }
    /// no register of this month, though there are some before and after it.
    odd_no_register() {
        vi: "không có sổ của tháng này, dù tháng trước và tháng sau đều có",
        en: "there is no register of this month, though there are some before and after it",
    }
    /// there is no register from here to `last`, though there are some before and after.
    odd_no_registers(last) {
        vi: "không có sổ từ tháng này đến {last}, dù trước và sau đó đều có",
        en: "there is no register from here to {last}, though there are some before and after",
    }
    /// the file is gone, unreadable or not the one that was filed; `sohoa archive check` says which.
    odd_unjudged() {
        vi: "tệp đã mất, không đọc được hoặc không còn là tệp đã lưu; chạy `sohoa archive check` để biết rõ",
        en: "the file is gone, unreadable or not the one that was filed; `sohoa archive check` says which",
    }
    /// the parts come to `sum`, the total says `total` (`parts`).
    sums_wrong(sum, total, parts) {
        vi: "các phần cộng lại được {sum}, tổng ghi {total} ({parts})",
        en: "the parts come to {sum}, the total says {total} ({parts})",
    }
    /// `path`: `totals` totals, each what its parts come to.
    sums_right(path, totals) {
        vi: "{path}: {totals} ô tổng, ô nào cũng khớp",
        en: "{path}: {totals} total{totals:#}, each is what its parts come to",
    }
    /// `path`: `wrong` of `totals` totals are not what their parts come to.
    sums_counted(path, wrong, totals) {
        vi: "{path}: {wrong} trên {totals} ô tổng không khớp",
        en: "{path}: totals that are not what their parts come to: {wrong} of {totals}",
    }
    /// `path`: no total was found; a row or a heading names itself Total.
    sums_none(path) {
        vi: "{path}: không thấy ô tổng nào (dòng hoặc cột ghi “Tổng”, “Cộng”)",
        en: "{path}: no total was found (a row or a heading that calls itself Tổng, Cộng, Total)",
    }
    /// name the tables to check: `sohoa report sums FILE…`.
    sums_no_file() {
        vi: "hãy nêu tệp bảng cần kiểm: `sohoa report sums BANG.xlsx`",
        en: "name the tables to check: `sohoa report sums TABLE.xlsx`",
    }
    /// the flag `flag` is for reports on an archive; `sums` takes files alone.
    sums_flag(flag) {
        vi: "tùy chọn {flag} dành cho báo cáo về kho; `sums` chỉ nhận tệp",
        en: "{flag} is for reports on an archive; `sums` takes files alone",
    }
    /// Parts.
    col_parts() {
        vi: "Tử/Mẫu",
        en: "Parts",
    }
    /// several archives make one report only with --roll-up.
    many_archives() {
        vi: "nhiều kho chỉ gộp được vào một báo cáo khi có --roll-up",
        en: "several archives make one report only with --roll-up",
    }
    /// add --roll-up to count the archives together.
    hint_roll_up() {
        vi: "thêm --roll-up để gộp các kho",
        en: "add --roll-up to count the archives together",
    }
    /// --campaign goes with `sohoa report campaign` alone.
    campaign_elsewhere() {
        vi: "--campaign chỉ dùng với `sohoa report campaign`",
        en: "--campaign goes with `sohoa report campaign` alone",
    }
    /// only the report of one archive can be frozen.
    freeze_many() {
        vi: "chỉ chốt được báo cáo của một kho",
        en: "only the report of one archive can be frozen",
    }
    /// XLSX and PDF are not written to a terminal.
    binary_to_terminal() {
        vi: "không in tệp XLSX hoặc PDF ra màn hình",
        en: "XLSX and PDF are not written to a terminal",
    }
    /// add `--output FILE`.
    hint_output() {
        vi: "thêm `--output TỆP`",
        en: "add `--output FILE`",
    }
    /// `path` exists.
    output_exists(path) {
        vi: "`{path}` đã có",
        en: "`{path}` exists",
    }
    /// the last day is before the first.
    ends_before() {
        vi: "ngày cuối trước ngày đầu",
        en: "the last day is before the first",
    }
    /// written to `path`.
    written(path) {
        vi: "đã ghi `{path}`",
        en: "written to `{path}`",
    }
    /// there is no campaign `name` in `sohoa.toml`; there are: `all`.
    no_campaign(name, all) {
        vi: "không có phong trào `{name}` trong sohoa.toml; có: {all}",
        en: "there is no campaign `{name}` in sohoa.toml; there are: {all}",
    }
    /// judging signatures.
    judging() {
        vi: "kiểm tra chữ ký",
        en: "judging signatures",
    }
    /// the archive has no dossier, and no register was imported.
    empty() {
        vi: "kho chưa có hồ sơ nào và chưa nhập sổ nào",
        en: "the archive has no dossier, and no register was imported",
    }
    /// no report: `place` does not add up: the rows make `sum`, the total says `total` (`rows`).
    no_sum(place, sum, total, rows) {
        vi: "từ chối lập báo cáo: {place} không khớp: tổng các dòng là {sum}, dòng tổng ghi {total} ({rows})",
        en: "no report: {place} does not add up: the rows make {sum}, the total says {total} ({rows})",
    }
    /// the report has no table `name`; it has: `all`.
    no_table(name, all) {
        vi: "báo cáo không có bảng `{name}`; có: {all}",
        en: "the report has no table `{name}`; it has: {all}",
    }
    /// cannot make the workbook: `detail`.
    no_book(detail) {
        vi: "không lập được tệp XLSX: {detail}",
        en: "cannot make the workbook: {detail}",
    }
    /// frozen in `path` and noted in the ledger.
    frozen(path) {
        vi: "đã chốt báo cáo tại `{path}` và ghi vào sổ nhật ký",
        en: "frozen in `{path}` and noted in the ledger",
    }
    /// the mapping `path` cannot be read: `detail`.
    bad_mapping(path, detail) {
        vi: "tệp ánh xạ `{path}` không đọc được: {detail}",
        en: "the mapping `{path}` cannot be read: {detail}",
    }
    /// it is not clear what `path` is; expected .csv, .xlsx or .json.
    unknown_form(path) {
        vi: "không rõ `{path}` là loại sổ gì; cần tệp .csv, .xlsx hoặc .json",
        en: "it is not clear what `{path}` is; expected .csv, .xlsx or .json",
    }
    /// … and `count` more; --json has them all.
    more_faults(count) {
        vi: "… và {count} lỗi khác; xem đủ với --json",
        en: "… and {count} more; --json has them all",
    }
    /// columns about persons were left out: `columns`.
    left_personal(columns) {
        vi: "không lấy các cột về người: {columns}",
        en: "columns about persons were left out: {columns}",
    }
    /// columns that are no field were left out: `columns`.
    left_unknown(columns) {
        vi: "không lấy các cột không có trong danh mục trường: {columns}",
        en: "columns that are no field were left out: {columns}",
    }
    /// rehearsed, nothing written; rows.
    would_import(new, changed, same, wrong) {
        vi: "chạy thử, không ghi gì; số dòng: {new} mới + {changed} thay đổi + {same} đã có + {wrong} sai",
        en: "rehearsed, nothing written; rows: {new} new + {changed} changed + {same} as they were + {wrong} wrong",
    }
    /// imported; rows: `new` new + `changed` changed + `same` as they were + `wrong` wrong.
    imported(new, changed, same, wrong) {
        vi: "đã nhập; số dòng: {new} mới + {changed} thay đổi + {same} đã có + {wrong} sai",
        en: "imported; rows: {new} new + {changed} changed + {same} as they were + {wrong} wrong",
    }
    /// `field` is in the future.
    odd_future(field) {
        vi: "{field} ở tương lai",
        en: "{field} is in the future",
    }
    /// `field` is before `NgayTiepNhan`.
    odd_order(field) {
        vi: "{field} trước NgayTiepNhan",
        en: "{field} is before NgayTiepNhan",
    }
    /// `field` has a value that cannot be read.
    odd_value(field) {
        vi: "{field} có giá trị không đọc được",
        en: "{field} has a value that cannot be read",
    }
    /// has no `NgayTiepNhan` and is not counted.
    odd_undated() {
        vi: "không có NgayTiepNhan nên không được tính",
        en: "has no NgayTiepNhan and is not counted",
    }
    /// the exemption `code` is not one there is.
    odd_exemption(code) {
        vi: "mã miễn trừ `{code}` không có trong danh mục",
        en: "the exemption `{code}` is not one there is",
    }
    /// the unit `unit` is not in `sohoa.toml`.
    odd_unit(unit) {
        vi: "đơn vị `{unit}` không có trong sohoa.toml",
        en: "the unit `{unit}` is not in sohoa.toml",
    }
    /// the officer `officer` is not in `sohoa.toml`.
    odd_officer(officer) {
        vi: "cán bộ `{officer}` không có trong sohoa.toml",
        en: "the officer `{officer}` is not in sohoa.toml",
    }
    /// `field` differs from the dossier `dossier` in the archive.
    odd_differs(field, dossier) {
        vi: "{field} khác với hồ sơ {dossier} trong kho",
        en: "{field} differs from the dossier {dossier} in the archive",
    }
    /// the line cannot be read: `detail`.
    odd_line(detail) {
        vi: "dòng không đọc được: {detail}",
        en: "the line cannot be read: {detail}",
    }
    /// the line has no `MaHoSo`.
    odd_no_code() {
        vi: "dòng không có MaHoSo",
        en: "the line has no MaHoSo",
    }
    /// the dossier code `code` is already at `other`.
    odd_twice(code, other) {
        vi: "mã hồ sơ {code} đã có ở {other}",
        en: "the dossier code {code} is already at {other}",
    }
}
