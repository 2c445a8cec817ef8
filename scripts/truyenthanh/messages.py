"""Every word the program says to its user, in one place.

A message is a key and a template; ``say`` fills the template in. Vietnamese is complete; another
language is another dict with the same keys. A test holds every key used in the code to this table,
and every key of this table to the code.
"""

from typing import Final

VIETNAMESE: Final[dict[str, str]] = {
    # ---------------------------------------------------------------- content
    "content.line": ", dòng {line}",
    "content.field": ", mục “{field}”",
    "content.not_mapping": "ở đây cần các mục con: {known}.",
    "content.unknown_key": "không có mục nào tên “{key}”. Có phải: {hint}?",
    "content.missing_key": "thiếu mục “{key}”. Hãy thêm vào.",
    "content.empty": "mục này để trống. Hãy điền nội dung.",
    "content.not_text": "ở đây cần một dòng chữ, không phải danh sách hay mục con.",
    "content.not_list": "ở đây cần một danh sách (mỗi dòng bắt đầu bằng “- ”).",
    "content.too_few": "danh sách cần ít nhất {least} dòng.",
    "content.not_integer": "“{value}” không phải số nguyên từ {low} đến {high}.",
    "content.not_flag": "ở đây chỉ viết yes hoặc no.",
    "content.bad_id": "“{id}” không dùng làm tên được. Chỉ dùng a-z, 0-9 và dấu gạch nối, dài không quá {limit}.",
    "content.bad_moment": "“{value}” không phải thời điểm. Hãy viết như 2023-04-03T05:00+07:00.",
    "content.bad_day": "“{value}” không phải ngày. Hãy viết như 2023-05-02.",
    "content.no_episode": "không có tập nào tên “{name}”. Hiện có: {known}.",
    "content.bad_license": "“{value}” không phải tên giấy phép. Hãy viết như cc-by-4.0, hoặc {{text: …, url: …}}.",
    "content.bad_interval": "“{value}” không phải khoảng thời gian. Hãy viết như: 1 day, 2 weeks, 12 hours.",
    "content.bad_address": "“{value}” không phải địa chỉ web. Hãy viết như https://xa.example.org.",
    "content.bad_guid": "“{value}” không phải mã UUID. Mã cho đài này: {guid}. Đặt một lần rồi giữ mãi.",
    "content.no_folder": "không có thư mục này. Hãy tạo thư mục; nếu đang ở chỗ khác, hãy vào thư mục gốc của dự án.",
    "content.no_file": "không có tệp “{name}” trong {folder}. Hãy chép tệp vào đó, chỉ ghi tên tệp.",
    "content.no_station": "không có đài nào tên “{name}”. Hiện có: {known}.",
    "content.no_document": "không có văn bản nào tên “{name}”. Hiện có: {known}.",
    "content.no_series": "không có chuyên mục nào tên “{name}”. Hiện có: {known}.",
    "content.not_in_series": "chuyên mục này không theo văn bản “{name}”. Chỉ theo: {known}.",
    "content.no_accent": "không có giọng vùng nào tên “{name}”. Hãy chọn: {known}.",
    "content.repeated_point": "điểm “{id}” được liệt kê hai lần. Hãy giữ một, bỏ một.",
    "content.missing_point": "thiếu tệp của điểm “{id}” trong {folder}. Hãy thêm tệp, hoặc bỏ điểm khỏi danh sách.",
    "content.unlisted_point": "có tệp của điểm “{id}” nhưng danh sách không nhắc đến. Hãy thêm vào, hoặc xóa tệp.",
    # ---------------------------------------------------------------- yaml
    "yaml.missing": "không có tệp này. Hãy tạo tệp, hoặc sửa chỗ nhắc đến nó.",
    "yaml.unreadable": "không đọc được tệp ({reason}). Hãy kiểm tra quyền đọc tệp.",
    "yaml.too_large": "tệp lớn hơn {limit} byte. Hãy chia thành nhiều tệp.",
    "yaml.not_utf8": "tệp không phải UTF-8. Hãy lưu lại tệp bằng bảng mã UTF-8.",
    "yaml.control": "có ký tự điều khiển {code}. Hãy xóa ký tự ấy (thường lẫn vào khi chép từ nơi khác).",
    "yaml.not_nfc": "chữ viết ở dạng Unicode tổ hợp (NFD): “{text}”. Hãy lưu lại ở dạng dựng sẵn (NFC).",
    "yaml.empty": "tệp trống. Hãy điền nội dung, hoặc xóa tệp.",
    "yaml.second_document": "tệp có hơn một văn bản YAML (dòng “---”). Hãy để mỗi văn bản một tệp.",
    "yaml.alias": "không dùng được bí danh YAML (& và *). Hãy viết đầy đủ giá trị.",
    "yaml.tag": "không dùng được nhãn YAML “{tag}”. Hãy bỏ nhãn ấy.",
    "yaml.too_deep": "lồng nhau quá {limit} tầng. Hãy kiểm tra các dấu ngoặc và cách thụt dòng.",
    "yaml.key_not_text": "tên mục phải là một dòng chữ.",
    "yaml.repeated_key": "mục này đã có ở dòng {first}. Hãy giữ một, bỏ một.",
    "yaml.tab": "dòng có dấu tab. YAML chỉ nhận dấu cách: hãy thay tab bằng dấu cách.",
    "yaml.not_a_file": "đây không phải tệp thường. Hãy thay bằng một tệp văn bản.",
    "yaml.problem.colon": 'dấu hai chấm ở chỗ YAML không hiểu. Hãy đặt cả câu trong ngoặc kép, ví dụ: title: "Một: hai".',
    "yaml.problem.indent": "dòng thụt vào chưa đúng, hoặc thiếu dấu hai chấm sau tên mục. Hãy so với dòng ngay trước.",
    "yaml.problem.sign": "có ký hiệu mà YAML không cho đứng đầu (như % @ `). Hãy đặt cả câu trong ngoặc kép.",
    "yaml.problem.quote": "ngoặc kép mở ở đây mà không đóng. Hãy thêm dấu ngoặc đóng ở cuối câu.",
    "yaml.problem.bracket": "ngoặc [ hoặc {{ mở mà không đóng, hoặc thiếu dấu phẩy. Hãy xem lại dòng này và dòng ngay trước.",
    "yaml.problem.escape": "dấu \\ trong ngoặc kép có nghĩa riêng. Hãy dùng ngoặc đơn, hoặc viết \\\\.",
    "yaml.problem.other": "sai cú pháp YAML. Hãy xem lại dòng này và dòng ngay trước.",
    "content.comment": "phần sau dấu # bị coi là ghi chú và sẽ mất: “{comment}”. Hãy đặt cả câu trong ngoặc kép.",
    "content.repeated_item": "“{value}” được ghi hai lần. Hãy giữ một, bỏ một.",
    "content.repeated_guid": "mã này đã là của {other}. Mỗi đài cần mã riêng; mã cho đài này: {guid}.",
    "content.bad_language": "“{value}” không phải mã ngôn ngữ. Hãy viết vi.",
    "content.bad_email": "“{value}” không phải địa chỉ thư. Hãy viết như dai@xa.example.org.",
    "content.bad_category": "“{name}” không phải thể loại podcast. Hãy chọn: {known}.",
    "content.too_long": "dài quá {limit} chữ. Hãy rút ngắn.",
    "content.reserved_part": "tên “{key}” đã dùng cho mục khác. Hãy đặt tên khác.",
    # ---------------------------------------------------------------- script
    "script.not_once": "“{text}” có {found} lần trong điểm này, cần đúng một lần. Hãy chép lại đúng nguyên văn.",
    "script.blank_field": "văn bản để trống {{{name}}}. Hãy đặt phần có {{{name}}} trong ngoặc vuông [ ] để bỏ khi trống.",
    "script.lone_brace": "có dấu ngoặc nhọn lẻ. Hãy viết đủ cặp, hoặc bỏ đi.",
    "script.nothing_to_say": "“{text}” không có chữ nào để đọc. Hãy viết thành lời, hoặc bỏ đi.",
    "script.no_field": "không điền được {{{name}}}. Chỉ dùng: {known}.",
    "script.estimated": "Giờ có dấu ~ là ước tính: tập chưa được làm hết. Chạy truyenthanh build để có giờ thật.",
    "rundown.no_episode": "không có tập nào tên “{id}”. Hiện có: {known}.",
    "read.unknown": "dòng {line}: chưa biết đọc “{token}”. Hãy viết thành chữ, hoặc thêm vào content/lexicon.yaml.",
    "check.unknown": "chưa biết đọc “{written}”, sẽ đọc là “{said}”. Hãy viết thành chữ, hoặc thêm vào "
    "content/lexicon.yaml.",
    "check.syllable": "“{written}” không phải tiếng Việt. Hãy sửa nếu gõ sai, hoặc thêm cách đọc vào content/lexicon.yaml.",
    "check.uncorrected": "“{written}” đã được coi là lỗi gõ ở điểm khác mà ở đây chưa sửa. Hãy thêm vào corrections.",
    "check.long": "câu quá dài, khó theo dõi bằng tai: “{written}”. Nếu là lời của đài, hãy tách câu.",
    "check.suggestion": " Có phải: {word}?",
    "check.summary": "Soát xong: {errors} chỗ sẽ đọc sai, {warnings} chỗ nên xem lại.",
    "check.nothing": "Soát xong: không thấy chỗ nào đọc sai.",
    # ---------------------------------------------------------------- recordings
    "recordings.heading": "# Do truyenthanh ghi: bản thu cùng tên đọc những câu này. Thu bản mới thì chỉ cần thay tệp âm thanh.",
    "recordings.two": "chỗ này đã có bản thu {other}. Hãy giữ một tệp, bỏ tệp kia.",
    "recordings.outdated": "bản thu không còn khớp với lời: {why} Hãy thu lại, bỏ tệp này đi, hoặc ghi vào tệp của đài: "
    "recordings: {{outdated: synthetic}} để giọng máy đọc thay.",
    "recordings.replaced": "{file}: bản thu không còn khớp với lời nên giọng máy đọc thay. {why} Hãy thu lại.",
    "recordings.differs": "bản thu đọc “{old}”, lời bây giờ là “{new}”.",
    "recordings.count": "bản thu có {old} câu, lời bây giờ có {new} câu.",
    "recordings.nowhere": "không có câu hay đoạn nào ở chỗ “{place}”; xem tên chỗ bằng truyenthanh script.",
    "recordings.no_choice": "“{name}” không dùng được ở đây. Hãy chọn: {known}.",
    "recordings.bound": "Bản thu {file} từ nay gắn với lời hiện tại: lời đổi thì chương trình sẽ báo.",
    # ---------------------------------------------------------------- remaster
    "remaster.reading": "Đang đọc {file}.",
    "remaster.shaping": "Đang chỉnh tiếng.",
    "remaster.levelling": "Đang đưa về đúng mức.",
    "remaster.writing": "Đang ghi và đo lại.",
    "remaster.same_file": "tệp vào và tệp ra là một. Hãy đặt tên khác cho tệp ra.",
    "remaster.done": "{file}: {seconds}, {level} {unit}, khoảng độ to {range} LU, đỉnh {peak} dBTP.",
    # ---------------------------------------------------------------- audition
    "audition.no_text": "không có chữ nào để đọc. Hãy viết lời sau tên lệnh, hoặc đưa vào đầu vào chuẩn.",
    "audition.done": "{file}: {seconds} giây, {level} {unit}, đỉnh {peak} dBTP; giọng {voice} ({engine}).",
    "audition.unsure": "Chưa chắc đọc đúng: {tokens}.",
    # ---------------------------------------------------------------- plan
    "plan.no_engine": "không có giọng máy nào tên “{name}”. Hiện có: {known}.",
    "plan.no_master": "không có bản âm nào tên “{name}”. Hiện có: {known}.",
    "plan.no_podcast": "thiếu bản “podcast”: nguồn tin podcast cần bản này. Hãy thêm vào masters.",
    # ---------------------------------------------------------------- make, store, publication
    "makers.sound_changed": "{file}: tệp vừa bị thay trong lúc làm. Hãy chạy lại lệnh.",
    "make.voice_failed": "{what} Đang đọc dở câu “{sentence}”. Đã có {done} trên {total} câu, vẫn giữ trong kho: "
    "lần chạy sau đọc tiếp từ câu ấy. Chưa phát hành gì mới.",
    "make.worker_died": "một tiến trình làm việc bị tắt đột ngột. Phần đã xong vẫn còn: hãy chạy lại lệnh.",
    "store.damaged": "mục {name} trong kho .cache bị hỏng, đã bỏ đi để làm lại.",
    "publication.in_use": "không thay được {file}: tệp đang được chương trình khác mở. Hãy đóng rồi chạy lại lệnh.",
    "publication.half_way": "đang thay tệp thì vướng ở {file} (đang mở ở chương trình khác, hoặc không có quyền ghi). "
    "Các tệp mới đã sẵn: hãy đóng chương trình ấy rồi chạy lại lệnh để làm tiếp.",
    "publication.waiting": "Đang có lần build khác của đài {station}: chờ lần ấy xong.",
    "publication.orphan": "Thư mục {folder} không còn thuộc đài nào. Nếu đã bỏ đài ấy, hãy xóa thư mục.",
    "publication.refused": "máy từ chối đọc hoặc ghi {file}: {reason}. Hãy kiểm tra chỗ trống trên ổ đĩa và quyền với thư mục.",
    # ---------------------------------------------------------------- serve
    "serve.nothing_built": "ở {folder} chưa có gì để nghe. Hãy chạy truyenthanh build, hoặc chỉ đúng thư mục bằng --root.",
    "serve.not_built": "đài “{station}” chưa phát hành gì. Hãy chạy truyenthanh build --station {station}. Đã có: {known}.",
    "serve.port_taken": "cổng {port} đang có chương trình khác dùng (có thể là một lần serve khác). Hãy đóng chương trình ấy, "
    "hoặc chọn cổng khác: --port {other}.",
    "serve.port_refused": "máy không cho dùng cổng {port}. Hãy chọn cổng từ 1024 trở lên, ví dụ: --port {other}.",
    "serve.bad_host": "máy này không có địa chỉ “{host}”. Hãy dùng 127.0.0.1 (chỉ máy này) hoặc 0.0.0.0 (cả mạng cơ quan).",
    "serve.bad_feed": "không đọc được nguồn podcast của đài “{station}” (feed.xml hỏng). Hãy chạy truyenthanh build --station {station}.",
    "serve.unfinished": "bản phát hành của đài “{station}” đang thay dở hoặc thiếu tệp: {file}. Hãy đợi lần build xong; "
    "nếu không có lần build nào đang chạy, hãy chạy truyenthanh build --station {station}.",
    "serve.open": "Mở bằng trình duyệt: {address}",
    "serve.feed": "  {title}\n    trang nghe: {page}\n    podcast:    {feed}",
    "serve.network": "Trong mạng cơ quan: {address} (điện thoại quét mã dưới đây)",
    "serve.no_network": "Không thấy địa chỉ nào của máy này trong mạng. Hãy kiểm tra dây mạng hoặc Wi-Fi.",
    "serve.only_here": "Chỉ máy này xem được. Để điện thoại và máy khác trong mạng xem được: --host 0.0.0.0",
    "serve.stop": "Bấm Ctrl-C để dừng.",
    "serve.stopped": "Đã dừng.",
    # ---------------------------------------------------------------- command line
    "cli.help": "Biến văn bản hành chính tiếng Việt thành chương trình phát thanh: tệp cho loa truyền thanh, "
    "cho đài FM, và một nguồn podcast.",
    "cli.epilog": "Bắt đầu: truyenthanh build. Nội dung ở content/, kết quả ở audio/ và feed/.",
    "cli.version_option": "In số phiên bản rồi thôi.",
    "cli.help_option": "In hướng dẫn này rồi thôi.",
    "cli.usage_prefix": "Cách dùng: ",
    "cli.options_metavar": "[TÙY CHỌN]...",
    "cli.subcommand_metavar": "LỆNH [THAM SỐ]...",
    "cli.options": "Tùy chọn",
    "cli.commands": "Các lệnh",
    "cli.station": "Đài cần làm (tên tệp trong content/stations). Dùng được nhiều lần. "
    "Không ghi: đài mặc định của dự án.",
    "cli.all": "Làm cho mọi đài.",
    "cli.engine": "Giọng máy: espeak (có sẵn, không cần mạng), gtts (qua mạng) hoặc piper (cài thêm, không cần mạng). "
    "Không ghi: giọng mặc định của dự án.",
    "cli.root": "Thư mục gốc của dự án (nơi có content/). Không ghi: tìm từ thư mục hiện tại trở lên.",
    "cli.as_of": "Nguồn podcast và trang web chỉ nêu các tập ghi ngày phát hành đến hết ngày này; âm thanh vẫn làm đủ. "
    "Không ghi: nêu mọi tập.",
    "cli.day_metavar": "NGÀY",
    "cli.bad_day": "hãy viết như 2023-05-02",
    "cli.jobs": "Số việc làm cùng lúc. Không ghi: bằng số lõi của máy.",
    "cli.json": "In ở dạng JSON cho chương trình khác đọc.",
    "cli.build_short": "Làm các tập, nguồn podcast và trang web.",
    "cli.build_help": "Làm các tập, nguồn podcast và trang web của một hay nhiều đài. Chỉ làm lại phần đã đổi; "
    "nếu có lỗi thì bản đang phát hành vẫn nguyên vẹn.",
    "cli.status_short": "Xem nhiều nhất sẽ phải làm lại những gì, và vì sao.",
    "cli.status_help": "Xem lần build tới nhiều nhất sẽ phải làm lại những gì, và vì sao. Không làm gì cả.",
    "cli.read_short": "Đọc văn bản: mỗi dòng viết vào, một dòng đọc ra.",
    "cli.read_help": "Đọc văn bản ở đầu vào chuẩn: mỗi dòng viết cho một dòng lời đọc. "
    "Chỗ nào chưa chắc được báo ra luồng lỗi.",
    "cli.read_station": "Đọc theo từ điển và giọng vùng của đài này. Không ghi: đài mặc định.",
    "cli.check_short": "Soát toàn bộ nội dung trước khi phát.",
    "cli.check_help": "Đọc thử toàn bộ nội dung và báo những chỗ sẽ đọc sai: chữ tắt lạ, ký hiệu, tiếng không phải "
    "tiếng Việt, lỗi gõ sửa chỗ này mà sót chỗ khác, câu quá dài. Mã thoát 1 nếu có chỗ sẽ đọc sai.",
    "cli.script_short": "Xem lời phát của một tập, kèm giờ.",
    "cli.script_help": "Xem lời phát của một tập: giờ, vai đọc, chữ viết, và lời đọc ở những câu đọc khác chữ viết.",
    "cli.script_station": "Đài của tập. Không ghi: đài mặc định của dự án.",
    "cli.episode_metavar": "TẬP",
    "cli.master_short": "Hoàn thiện một tệp âm thanh bất kỳ cho podcast, đài FM hay loa.",
    "cli.master_help": "Hoàn thiện một tệp âm thanh bất kỳ (bản thu của người, chương trình của đài khác; WAV, MP3, M4A…) "
    "thành bản podcast, radio hoặc loudspeaker, ghi ra WAV hoặc MP3 theo đuôi tên tệp. Tệp gốc giữ nguyên.",
    "cli.master_name": "BẢN",
    "cli.master_in": "TỆP_VÀO",
    "cli.master_out": "TỆP_RA",
    "cli.say_short": "Nghe thử một lời bất kỳ bằng một giọng bất kỳ.",
    "cli.say_help": "Đọc một lời bất kỳ và ghi ra tệp MP3 hoặc WAV, qua đúng các bước của một lần build: đọc chữ, "
    "nói, ghép, hoàn thiện. Không ghi lời (hoặc ghi dấu -) thì lấy từ đầu vào chuẩn; mỗi dòng là một đoạn.",
    "cli.say_text": "LỜI",
    "cli.say_output": "Tệp ghi ra, tên kết thúc bằng .mp3 hoặc .wav.",
    "cli.say_station": "Đọc theo từ điển, giọng và khoảng nghỉ của đài này. Không ghi: đài mặc định.",
    "cli.say_role": "Vai đọc (như announcer), để lấy giọng của vai ấy ở đài.",
    "cli.say_voice": "Tên giọng của bộ đọc. Không ghi: giọng của đài. Xem các giọng: truyenthanh voices.",
    "cli.say_rate": "Tốc độ đọc, theo cách tính của bộ đọc.",
    "cli.say_pitch": "Độ cao của giọng (chỉ espeak).",
    "cli.say_slow": "Đọc chậm (chỉ gtts).",
    "cli.say_master": "Bản âm: podcast, radio, loudspeaker hoặc lowdata.",
    "cli.voices_short": "Xem các giọng đọc, thử giọng, cài thêm giọng.",
    "cli.voices_help": "Xem mọi giọng đọc: giọng nào đã có, giọng nào cần mạng, giọng nào cài thêm được, "
    "giấy phép và điều cần lưu ý của từng giọng.",
    "cli.voices_engine": "Chỉ xem các giọng của bộ đọc này.",
    "cli.voices_test": "Cho mỗi giọng đọc thử một câu: mất bao lâu, dài bao nhiêu, to bao nhiêu. "
    "Mã thoát 1 nếu có giọng không đọc được.",
    "cli.install_short": "Cài thêm giọng của bộ đọc piper.",
    "cli.install_help": "Tải và cài một hay nhiều giọng của bộ đọc piper. Tệp nào cũng được kiểm tra trước khi dùng; "
    "nếu bị ngắt, lần sau tải tiếp phần còn thiếu.",
    "cli.install_from": "Nơi lấy giọng: một địa chỉ web, hoặc một thư mục (như ổ USB) có tệp voices.json và các tệp của giọng. "
    "Không ghi: kho giọng công cộng của Piper.",
    "cli.voice_metavar": "GIỌNG...",
    "voice.engine": "Bộ đọc",
    "voice.name": "Giọng",
    "voice.state": "Tình trạng",
    "voice.region": "Miền",
    "voice.licence": "Giấy phép",
    "voice.size": "Cỡ",
    "voice.caution": "Lưu ý",
    "voice.installed": "có sẵn",
    "voice.online": "cần mạng",
    "voice.available": "cài thêm được",
    "voice.north": "Bắc",
    "voice.central": "Trung",
    "voice.south": "Nam",
    "voice.no_licence": "không rõ",
    "voice.see_below": "xem dưới",
    "voice.how_to_install": "Cài thêm một giọng: truyenthanh voices install GIỌNG.",
    "voice.took": "Mất (s)",
    "voice.length": "Dài (s)",
    "voice.raw_lufs": "LUFS gốc",
    "voice.clip_lufs": "LUFS đã chỉnh",
    "voice.result": "Kết quả",
    "voice.good": "đọc được",
    "voice.nothing_to_try": "Không có giọng nào để thử. Cài thêm một giọng: truyenthanh voices install GIỌNG.",
    "voice.licence_of": "Giấy phép của giọng {voice}: {licence}.",
    "voice.now_installed": "Đã cài giọng {voice} ({mib} MiB) vào {folder}.",
    "voice.was_installed": "Giọng {voice} ({mib} MiB) đã có sẵn và còn nguyên vẹn ở {folder}.",
    "voice.arriving": "{file}: {percent}% của {mib} MiB",
    "voice.fetching": "Đang lấy {file} ({mib} MiB)",
    "cli.qc_short": "Đo và soát tệp âm thanh, của đài mình hay của nơi khác.",
    "cli.qc_help": "Đo tệp âm thanh (độ to, đỉnh, khoảng lặng, tiếng vỡ, tệp cụt…) và nói rõ chỗ nào chưa đạt. "
    "Tệp theo tên hay thư mục của đài được soát theo bản của nó; tệp khác chỉ soát những lỗi chung. "
    "Không ghi tệp nào: mọi tệp âm thanh đã phát hành của đài. Mã thoát 1 nếu có tệp lỗi.",
    "cli.qc_files": "[TỆP]…",
    "cli.qc_master": "Soát mọi tệp theo bản này, dù tên tệp là gì.",
    "cli.qc_picture": "Vẽ sóng âm, độ to, mục lục và chỗ lỗi: một tệp thì ghi tên .png hoặc .svg, "
    "nhiều tệp thì ghi một thư mục.",
    "cli.one_picture": "có nhiều tệp mà chỉ một ảnh {picture}: hãy ghi tên một thư mục",
    "cli.picture_kind": "ảnh {picture} phải có đuôi .png hoặc .svg, hoặc là tên một thư mục",
    "cli.files_or_station": "ghi tên tệp hoặc chọn đài (--station, --all), không dùng cả hai",
    "cli.not_among": "{name} chỉ nhận một trong: {known}.",
    "cli.serve_short": "Mở trang và podcast đã làm để nghe thử ngay trên máy hay trong mạng cơ quan.",
    "cli.serve_help": "Mở những gì đã phát hành (trang, podcast, tệp âm thanh) ở một địa chỉ trên máy này, để nghe thử bằng "
    "trình duyệt hay ứng dụng podcast. Lần build mới thấy được ngay, không phải chạy lại lệnh. Chỉ cho xem các tệp đã phát hành. "
    "Bấm Ctrl-C để dừng (mã thoát 0).",
    "cli.serve_station": "Đài cần mở. Dùng được nhiều lần. Không ghi: đài mặc định của dự án; "
    "thư mục không có content/ thì mọi đài.",
    "cli.serve_all": "Mở mọi đài đã phát hành.",
    "cli.serve_port": "Cổng. Không ghi: {port}. Ghi 0: cổng nào còn trống.",
    "cli.serve_host": "Địa chỉ để nghe. Không ghi: 127.0.0.1, chỉ máy này. 0.0.0.0: cả mạng cơ quan, "
    "kèm mã QR cho điện thoại.",
    "cli.serve_root": "Thư mục có audio/ và feed/ (của dự án, hay bản chép ra USB). "
    "Không ghi: dự án tìm từ thư mục hiện tại trở lên.",
    "cli.see_help": "Xem hướng dẫn: {command} --help",
    "cli.no_option": "Không có tùy chọn {name}.",
    "cli.near": " Có phải: {names}?",
    "cli.missing": "Thiếu {name}.",
    "cli.bad_value": "Giá trị của {name} không hợp lệ ({reason}).",
    "cli.bad_option": "Tùy chọn {name} dùng chưa đúng: thiếu hoặc thừa giá trị.",
    "cli.no_command": "Không có lệnh này. Các lệnh: {known}.",
    "cli.extra_argument": "Lệnh viết chưa đúng: {extra}.",
    "cli.not_in_range": "{name} cần một số nguyên từ {low} đến {high}.",
    "cli.station_or_all": "chọn --station hoặc --all, không chọn cả hai",
    "cli.no_project": "không thấy content/project.yaml ở {folder} hay thư mục nào bên trên. "
    "Hãy vào thư mục của dự án, hoặc dùng --root.",
    "cli.interrupted": "Đã dừng theo yêu cầu. Phần đã xong vẫn còn, bản đang phát hành vẫn nguyên vẹn.",
    "cli.system": "máy từ chối: {file} {reason}. Hãy kiểm tra chỗ trống trên ổ đĩa và quyền với thư mục.",
    "cli.bug": "Chương trình gặp lỗi của chính nó. Chi tiết đã ghi vào {log}: hãy gửi tệp ấy cho người phát triển.",
    "build.planned": "Cần làm nhiều nhất {total} bước.",
    "build.progress": "Đã làm {done}/{total} bước: {kind}",
    "build.station": "{name} ({id}), giọng {engine}",
    "build.episode": "Tập",
    "build.length": "Dài",
    "build.peak": "Đỉnh dBTP",
    "build.made": "mới làm",
    "build.kept": "giữ nguyên",
    "build.count": "{kind}: {made} làm mới, {kept} dùng lại",
    "build.nothing": "Không có gì phải làm: mọi tệp còn đủ.",
    "build.published": "Đã phát hành {changed} tệp mới, bỏ {removed} tệp cũ. Mở {page} để xem và nghe.",
    "build.doubtful": "Nên nghe lại {count} tệp trước khi phát: {files}. Chạy truyenthanh qc để xem vì sao.",
    "build.unsure": "Chưa chắc đọc đúng {count} chỗ: {tokens}. Chạy truyenthanh check để xem ở đâu.",
    "master.podcast": "podcast",
    "master.radio": "phát thanh",
    "master.loudspeaker": "loa",
    "master.lowdata": "nhẹ",
    "kind.sound": "nhạc hiệu",
    "kind.clip": "câu đọc",
    "kind.recording": "bản thu",
    "kind.section": "đoạn ghép",
    "kind.master": "đoạn hoàn thiện",
    "kind.audio": "tệp âm thanh",
    "kind.cover": "ảnh bìa",
    "kind.captions": "phụ đề",
    "kind.text": "lời văn",
    "kind.chapters": "mục lục",
    "kind.feed": "nguồn podcast",
    "kind.page": "trang chung",
    "status.corrected": "  Đã phát hành, nay khác đi, và ngày sửa đã được ghi để báo người nghe: {names}.",
    "status.untold_text": "  Đã phát hành, nay lời khác đi: {names}. Nên ghi một mục revisions trong series.yaml để báo người nghe.",
    "status.untold_sound": "  Đã phát hành, nay âm thanh khác đi: {names}. Nếu cần báo người nghe, hãy ghi một mục revisions trong series.yaml.",
    "corrected.text": "Tập đã phát hành nay đổi lời: {names}. Nên ghi một mục revisions trong content/series/{series}/series.yaml để báo người nghe.",
    "corrected.sound": "Tập đã phát hành nay đổi âm thanh: {names}. Nếu cần báo người nghe, hãy ghi một mục revisions trong content/series/{series}/series.yaml.",
    "build.later": "{station}: {count} tập ghi ngày phát hành ở tương lai, sớm nhất {first}: {names}. Ứng dụng podcast có thể giấu các tập ấy; "
    "muốn chưa nêu trong nguồn podcast, dùng --as-of với ngày hôm nay.",
    "kind.episode_page": "trang của tập",
    "kind.asset": "tệp dùng chung của trang",
    "kind.thumbnail": "ảnh bìa nhỏ",
    "status.nothing": "{station}: không có gì phải làm.",
    "status.pending": "{station}: nhiều nhất {total} bước phải làm ({parts}), vì:",
    "status.new": "mới, chưa làm lần nào",
    "status.unpublished": "làm rồi nhưng tệp không còn đúng ở chỗ của nó, sẽ đặt lại",
    "status.obsolete": "không còn dùng, sẽ bỏ",
    "kind.file": "tệp cũ",
    "status.lost": "kết quả không còn ở chỗ của nó",
    "status.inputs": "những thứ tạo nên nó đã khác",
    "status.change": "{setting}: “{old}” → “{new}”",
    "status.changed": "{setting} đã đổi",
    "status.more": "  … và {count} bước khác",
    "status.follow": "  {count} bước còn lại nối theo các bước trên.",
    "setting.clauses": "lời đọc",
    "setting.voice": "giọng",
    "setting.recipe": "cách đọc của giọng máy",
    "setting.engine": "giọng máy",
    "setting.code": "mã chương trình",
    "setting.libraries": "phiên bản thư viện",
    "setting.sound": "tệp nhạc hiệu",
    "setting.syllables": "số tiếng của các câu",
    "setting.items": "số câu trong mỗi mảnh",
    "setting.synthetic": "có giọng máy hay không",
    "setting.pauses_ms": "khoảng nghỉ (ms)",
    "setting.master": "thông số bản âm",
    "setting.form": "dạng lời văn",
    "setting.language": "ngôn ngữ",
    "setting.episode": "nội dung tập",
    "setting.episodes": "nội dung các tập",
    "setting.artist": "tên đài",
    "setting.album": "tên chuyên mục",
    "setting.track_count": "số tập",
    "setting.series": "chuyên mục",
    "setting.station": "đài",
    "setting.title": "tên chuyên mục",
    "setting.document": "văn bản",
    "setting.audio": "các tệp âm thanh",
    "setting.cover": "ảnh bìa",
    "setting.picture": "ảnh bìa của đài",
    "setting.ending": "loại ảnh",
    "setting.asset": "tệp dùng chung",
    "setting.assets": "các tệp dùng chung của trang",
    "setting.name": "tên tệp",
    "setting.around": "số trước và số sau",
    "setting.notes": "ghi chú của trang",
    # ---------------------------------------------------------------- engines
    "engines.unknown_voice": "giọng “{voice}” không có trong bộ đọc {engine}. Hiện có: {known}.",
    "engines.toneless_voice": (
        "Cẩn thận: giọng “{voice}” đọc lẫn thanh sắc, hỏi và nặng, người nghe dễ hiểu sai. Nên chọn: {known}."
    ),
    "engines.slow_by_rate": (
        "giọng “{voice}” của bộ đọc espeak không có mục slow. Hãy đặt rate nhỏ hơn (từ {least})."
    ),
    "engines.out_of_range": (
        "giọng “{voice}” của bộ đọc {engine}: {setting} {value} nằm ngoài khoảng {least} đến {most}. "
        "Hãy sửa lại."
    ),
    "engines.nothing_said": (
        "bộ đọc {engine} không đọc ra tiếng nào từ câu “{sentence}”. Hãy sửa hoặc bỏ câu ấy."
    ),
    "engines.espeak_missing": (
        "không mở được thư viện espeak-ng ({reason}). "
        "Hãy cài lại: pip install --force-reinstall espeakng-loader."
    ),
    "engines.espeak_data": (
        "espeak-ng không đọc được dữ liệu tiếng Việt trong {folder}. "
        "Hãy cài lại: pip install --force-reinstall espeakng-loader."
    ),
    "engines.path_too_long": (
        "espeak-ng không mở được dữ liệu trong {folder}, chép sang {short} cũng không được: "
        "đường dẫn quá dài hoặc có ký tự lạ. Hãy cài chương trình vào thư mục có đường dẫn ngắn, "
        "hoặc đặt biến TMPDIR (Windows: TEMP) là thư mục như thế."
    ),
    "engines.data_copy": (
        "không chép được dữ liệu của espeak-ng sang {folder} ({reason}). "
        "Hãy kiểm tra ổ đĩa còn chỗ và thư mục ấy ghi được."
    ),
    "engines.gtts_fixed_voice": (
        "giọng “{voice}” của bộ đọc gtts không chỉnh được rate và pitch. "
        "Hãy bỏ hai mục ấy, hoặc dùng --engine espeak."
    ),
    "engines.gtts_unsendable": (
        "không gửi được “{clause}” đến Google: đoạn này dài quá 100 ký tự hoặc không có chữ nào. "
        "Hãy sửa câu ấy."
    ),
    "engines.gtts_busy": (
        "Google trả lời mã {status} khi đọc “{clause}”: dịch vụ đang bận hoặc chặn vì hỏi quá nhiều. "
        "Hãy chờ rồi chạy lại, hoặc dùng --engine espeak."
    ),
    "engines.gtts_asks_to_wait": (
        "Google trả lời mã {status} khi đọc “{clause}” và bảo chờ {minutes} phút. "
        "Hãy chạy lại sau chừng ấy, hoặc dùng --engine espeak."
    ),
    "engines.gtts_refused": (
        "Google trả lời mã {status} khi đọc “{clause}”: dịch vụ từ chối, có thể đã thay đổi. "
        "Hãy chờ rồi chạy lại, cài bản gTTS mới hơn, hoặc dùng --engine espeak."
    ),
    "engines.gtts_unreachable": (
        "không nối được đến Google để đọc “{clause}” ({reason}). "
        "Hãy kiểm tra mạng rồi chạy lại, hoặc dùng --engine espeak."
    ),
    "engines.gtts_proxy": (
        "máy chủ proxy không cho nối đến Google để đọc “{clause}” ({reason}). "
        "Hãy xem lại biến HTTPS_PROXY và NO_PROXY rồi chạy lại, hoặc dùng --engine espeak."
    ),
    "engines.gtts_certificate": (
        "không tin được máy chủ trả lời khi đọc “{clause}”: chứng thư TLS không hợp lệ ({reason}). "
        "Nếu cơ quan có proxy kiểm tra TLS, hãy đặt biến REQUESTS_CA_BUNDLE; "
        "nếu không, hãy dùng --engine espeak."
    ),
    "engines.gtts_overdue": (
        "Google không trả lời xong trong {seconds} giây khi đọc “{clause}”. "
        "Hãy chờ rồi chạy lại, hoặc dùng --engine espeak."
    ),
    "engines.gtts_no_sound": (
        "Google trả lời “{clause}” nhưng không kèm âm thanh (có thể là trang hỏi captcha). "
        "Hãy chờ rồi chạy lại, hoặc dùng --engine espeak."
    ),
    "engines.gtts_cut": (
        "âm thanh Google gửi cho “{clause}” bị cắt ngang hoặc sai định dạng. "
        "Hãy chờ rồi chạy lại, hoặc dùng --engine espeak."
    ),
    "engines.gtts_length": (
        "âm thanh Google gửi cho “{clause}” dài {seconds} giây, không hợp với {syllables} tiếng. "
        "Hãy chờ rồi chạy lại, hoặc dùng --engine espeak."
    ),
    "engines.piper_missing": (
        "bộ đọc piper chưa được cài ({reason}). Hãy chạy make piper trong thư mục của dự án, "
        'hoặc: pip install "truyenthanh[piper]".'
    ),
    "engines.piper_not_installed": (
        "giọng “{voice}” của bộ đọc piper chưa có trên máy này. Hãy chạy: truyenthanh voices install {voice}."
    ),
    "engines.piper_damaged": (
        "giọng “{voice}” của bộ đọc piper bị hỏng (tệp {file} thiếu hoặc đã khác lúc cài). "
        "Hãy cài lại: truyenthanh voices install {voice}."
    ),
    "engines.piper_broken": (
        "bộ đọc piper không dùng được giọng “{voice}” ({reason}). "
        "Hãy cài lại: truyenthanh voices install {voice}, hoặc chọn giọng khác."
    ),
    "engines.piper_other_language": (
        "giọng “{voice}” nói ngôn ngữ “{language}”, không phải tiếng Việt. Hãy chọn: {known}."
    ),
    "engines.piper_only_rate": (
        "giọng “{voice}” của bộ đọc piper không có mục pitch và slow. Hãy bỏ hai mục ấy; "
        "muốn nhanh chậm thì đặt rate từ {least} đến {most} (phần trăm nhịp của giọng)."
    ),
    "engines.piper_unknown_sound": (
        "giọng piper chưa học âm {sounds} trong câu “{sentence}” và sẽ bỏ sót. "
        "Hãy viết từ nước ngoài theo âm Việt, hoặc thêm cách đọc vào content/lexicon.yaml."
    ),
    "engines.piper_data": (
        "bộ đọc piper không mở được dữ liệu tiếng Việt trong {folder}. Hãy cài lại: "
        "pip install --force-reinstall piper-tts; trên Windows, cài vào thư mục có tên không dấu."
    ),
    "engines.piper_noncommercial": (
        "Lưu ý: giấy phép của giọng “{voice}” không cho dùng vào mục đích thương mại. "
        "Hãy hỏi cơ quan quản lý trước khi phát. Giọng được dùng tự do: {known}."
    ),
    "engines.piper_no_licence": (
        "Lưu ý: không rõ giấy phép của giọng “{voice}”. "
        "Hãy hỏi cơ quan quản lý trước khi phát. Giọng được dùng tự do: {known}."
    ),
    # ---------------------------------------------------------------- voices to install
    "install.no_list": "không thấy tệp voices.json trong {place}. Hãy chép cả tệp ấy cùng giọng đọc, hoặc sửa lại đường dẫn.",
    "install.bad_list": "danh sách voices.json không dùng được ({reason}). Hãy chép lại tệp ấy, hoặc dùng nguồn khác với --from.",
    "install.not_in_list": "giọng “{voice}” không có trong danh sách voices.json của nguồn. Hãy xem lại tên giọng.",
    "install.no_file": "không thấy {file} trong {place}. Hãy chép đủ các tệp của giọng đọc.",
    "install.unreadable": "không đọc được {file} ({reason}). Hãy kiểm tra ổ USB hoặc thư mục rồi chạy lại lệnh.",
    "install.plain_http": "không tải qua địa chỉ http không mã hóa: {address}. Hãy dùng https, một thư mục, hoặc máy chủ trong mạng nội bộ ghi bằng số (như http://192.168.1.10).",
    "install.certificate": "không tin được máy chủ của {address}: chứng thư TLS không hợp lệ ({reason}). Nếu cơ quan có proxy kiểm tra TLS, hãy đặt biến REQUESTS_CA_BUNDLE; nếu không, hãy dùng --from với một thư mục.",
    "install.unreachable": "không tải được {address} ({reason}). Hãy kiểm tra mạng rồi chạy lại lệnh: phần đã tải được dùng tiếp. Nơi không có mạng: chép giọng vào USB rồi dùng --from.",
    "install.stalled": "{address} không gửi tiếp trong {seconds} giây, hoặc gửi quá chậm. Hãy chạy lại lệnh: phần đã tải được dùng tiếp.",
    "install.refused": "máy chủ trả lời mã {status} cho {address}. Hãy thử lại sau, hoặc dùng nguồn khác với --from.",
    "install.cut": "{file} mới đến {arrived} trên {bytes} byte thì dừng. Hãy chạy lại lệnh: phần đã tải được dùng tiếp.",
    "install.wrong_file": "{file} không đúng như danh sách voices.json (sai kích thước hoặc mã md5), đã bỏ đi. Hãy chạy lại lệnh; nếu vẫn sai, hãy dùng nguồn khác với --from.",
    "install.bad_config": "tệp cấu hình của giọng “{voice}” không dùng được ({reason}). Hãy chọn giọng khác.",
    "install.in_use": "giọng “{voice}” đang được cài ở một cửa sổ khác. Hãy chờ xong rồi chạy lại lệnh.",
    "install.no_room": "ổ đĩa của {folder} không đủ chỗ: cần {needed_mib} MiB. Hãy dọn bớt rồi chạy lại lệnh.",
    "install.disk": "máy từ chối ghi vào {folder} ({reason}). Hãy kiểm tra chỗ trống trên ổ đĩa và quyền với thư mục rồi chạy lại lệnh: phần đã tải được dùng tiếp.",
    # ---------------------------------------------------------------- mixing
    "mixing.episode_level": "tập {episode}, bản {master}: mức âm là {level} {unit}, cần {target}. Hãy xem tập này có quá nhiều khoảng lặng hay nhạc không.",
    "mixing.episode_peak": "tập {episode}, bản {master}: đỉnh thực {peak} dBTP vượt {limit}. Hãy báo cho người phát triển.",
    "mixing.clip_without_sound": (
        "giọng đọc trả về âm thanh rỗng hoặc toàn im lặng. Hãy xem câu đó có chữ để đọc không rồi chạy lại."
    ),
    "mixing.not_a_sound": (
        "{file}: không đọc được tệp âm thanh này ({reason}). Hãy dùng tệp WAV, MP3, M4A, FLAC hoặc OGG."
    ),
    "mixing.no_decoder": (
        "{file}: chưa đọc được loại tệp này. Hãy chuyển sang WAV hoặc MP3,"
        ' hoặc cài thêm bộ giải mã: pip install "truyenthanh[m4a]".'
    ),
    "mixing.no_sound_file": "{file}: không có tệp âm thanh này. Hãy chép tệp vào đúng chỗ, hoặc sửa lại tên.",
    "mixing.sound_too_long": "{file}: tệp dài hơn {most} giây. Hãy cắt ngắn tệp này.",
    "mixing.no_ending": "tên tệp “{name}” phải kết thúc bằng một trong: {known}.",
    "mixing.nobody_speaks": "{file}: không nghe thấy tiếng nói trong bản thu. Hãy nghe lại, rồi thu bản khác.",
    "mixing.silent_sound": "{file}: tệp âm thanh này rỗng hoặc toàn im lặng. Hãy thay bằng tệp khác.",
    "mixing.silent_section": (
        "bản “{master}”: có một đoạn toàn im lặng, không có gì để phát."
        " Hãy kiểm tra lời và nhạc hiệu của đoạn đó."
    ),
    "mixing.level_missed": (
        "bản “{master}”: một đoạn ra mức {level} dB trong khi cần {aim} dB."
        " Đoạn này có thể quá ngắn so với khoảng lặng của nó: hãy bớt khoảng lặng hoặc thêm lời."
    ),
    "mixing.peak_missed": (
        "bản “{master}”: sau nhiều lần hạ, đỉnh của một đoạn vẫn ở {peak} dBTP, cao hơn mức {most} dBTP."
        " Hãy xem đoạn đó có tiếng nổ, tiếng gõ hay nhạc hiệu bị méo không."
    ),
    "mixing.wav_too_long": (
        "tệp WAV dài {hours} giờ sẽ vượt 4 GiB, máy phát không đọc được."
        " Hãy chia chương trình thành nhiều tập ngắn hơn."
    ),
    # ---------------------------------------------------------------- qc
    "qc.nothing_published": "đài “{station}” chưa có tệp âm thanh nào. Hãy chạy truyenthanh build trước, hoặc ghi tên tệp.",
    "qc.begun": "Đang đo {total} tệp.",
    "qc.progress": "Đang đo {done}/{total}: {name}, đến {at}",
    "column.file": "Tệp",
    "column.master": "Bản",
    "column.length": "Dài",
    "column.lufs": "LUFS",
    "column.lra": "LRA",
    "column.peak": "Đỉnh dBTP",
    "column.rms": "RMS dBFS",
    "verdict.pass": "đạt",
    "verdict.warn": "nên nghe lại",
    "verdict.fail": "có lỗi",
    "qc.error": "Lỗi:",
    "qc.warning": "Nên nghe lại:",
    "qc.places": " ở {places}",
    "qc.summary": "{count} tệp: {good} đạt, {warned} nên nghe lại, {bad} có lỗi.",
    "qc.no_master": "soát chung",
    "qc.loudness_axis": "Độ to (LUFS): nét đậm đo trong 3 giây, nét nhạt đo trong 0.4 giây",
    "qc.target": "mức cần: {level} LUFS",
    "qc.caption_file": "{master} · {format} · {rate} Hz · {channels} kênh · {kbps} kb/s · dài {length}",
    "qc.caption_levels": "Độ to {integrated_lufs} LUFS, khoảng biến thiên {loudness_range_lu} LU, lớn nhất trong 3 giây {max_short_term_lufs} LUFS · đỉnh thực {true_peak_dbtp} dBTP · RMS {rms_dbfs} dBFS",
    "qc.caption_rest": "Lặng ở đầu {start} giây, ở cuối {end} giây; khoảng lặng dài nhất ở giữa {gap} giây",
    "qc.missing": "{value}",
    "qc.unreadable": "{value}",
    "qc.empty": "tệp không có âm thanh nào (dài 0 giây). Hãy xuất lại tệp từ bản gốc.",
    "qc.silent": "tệp toàn im lặng: chỗ to nhất chỉ {value} dBFS. Hãy xem lại dây nối và đường thu, rồi thu lại.",
    "qc.truncated": "tệp bị cụt ở cuối: còn {value} giây, lẽ ra ít nhất {limit} giây. Hãy chép hoặc tải lại tệp từ bản gốc.",
    "qc.header_length": "phần đầu tệp ghi dài {value} giây nhưng âm thanh dài {limit} giây: máy phát sẽ hiện sai giờ hoặc dừng sớm. Hãy xuất lại tệp.",
    "qc.junk": "có {value} byte lạ chen giữa hoặc nằm sau âm thanh. Hãy xuất lại tệp từ bản gốc.",
    "qc.broken_samples": "có {value} mẫu âm thanh hỏng, không phải là số. Hãy xuất lại tệp từ bản gốc.",
    "qc.format": "tệp là {value}, bản này cần {limit}. Hãy xuất lại đúng loại, đừng chỉ đổi tên tệp.",
    "qc.sample_rate": "tần số lấy mẫu là {value} Hz, bản này cần {limit} Hz. Hãy xuất lại ở {limit} Hz.",
    "qc.channels": "tệp có {value} kênh, bản này cần {limit} kênh. Hãy xuất lại với số kênh ấy.",
    "qc.bit_rate": "tốc độ bit là {value} kb/s, bản này cần {limit} kb/s. Hãy nén lại từ bản gốc, đừng nén lại từ tệp này.",
    "qc.not_constant": "tốc độ bit thay đổi ({value} kb/s), bản này cần cố định {limit} kb/s (CBR): nhiều máy phát sẽ hiện sai giờ. Hãy nén lại từ bản gốc.",
    "qc.no_bext": "tệp WAV không có phần bext nên máy phát sóng không biết tên và mức âm. Vẫn phát được; nếu đài cần, hãy xuất lại dạng Broadcast WAV.",
    "qc.too_quiet": "tiếng nhỏ quá: {value} LUFS, so với mức {limit} LUFS. Hãy tăng mức âm rồi xuất lại.",
    "qc.too_loud": "tiếng to quá: {value} LUFS, so với mức {limit} LUFS. Hãy giảm mức âm rồi xuất lại.",
    "qc.too_quiet_rms": "tiếng nói nhỏ quá cho loa: {value} dBFS RMS, so với mức {limit} dBFS. Hãy tăng mức âm rồi xuất lại.",
    "qc.too_loud_rms": "tiếng to quá cho loa: {value} dBFS RMS, so với mức {limit} dBFS, dễ rè và cháy loa. Hãy giảm mức âm rồi xuất lại.",
    "qc.peaky": "đỉnh âm cao hơn tiếng nói {value} dB (nhiều nhất {limit} dB): loa nghe nhỏ, mà tăng lên thì rè. Hãy nén bớt chỗ to rồi tăng mức âm.",
    "qc.squeezed": "đỉnh âm chỉ cao hơn tiếng nói {value} dB (ít nhất {limit} dB): âm thanh bị nén quá mức, nghe gắt. Hãy xuất lại từ bản gốc, nén nhẹ hơn.",
    "qc.true_peak": "đỉnh thực {value} dBTP vượt mức {limit} dBTP{places}, khi phát có thể rè. Hãy hạ mức âm hoặc dùng bộ hạn đỉnh rồi xuất lại.",
    "qc.gap": "có khoảng lặng dài {value} giây{places} (nhiều nhất {limit} giây), người nghe tưởng đài hỏng. Hãy cắt ngắn chỗ ấy.",
    "qc.long_start": "đầu tệp lặng {value} giây (nhiều nhất {limit} giây). Hãy cắt bớt khoảng lặng ở đầu.",
    "qc.long_end": "cuối tệp lặng {value} giây (nhiều nhất {limit} giây). Hãy cắt bớt khoảng lặng ở cuối.",
    "qc.clipped": "tiếng bị vỡ vì quá mức tối đa, {value} chỗ{places}. Hãy thu lại hoặc xuất lại từ bản gốc với mức âm thấp hơn.",
    "qc.flat_tops": "đỉnh âm bị xén phẳng {value} chỗ{places} dù mức đã hạ: tiếng vỡ từ trước. Hãy tìm bản gốc chưa vỡ, hoặc thu lại.",
    "qc.dc_offset": "sóng âm lệch về một phía {value}% (nhiều nhất {limit}%), gây tiếng bụp và làm nóng loa. Hãy lọc bỏ thành phần một chiều rồi xuất lại.",
    "qc.click": "nghe như có {value} tiếng lách tách{places}. Hãy nghe lại chỗ ấy; nếu đúng thì cắt bỏ hoặc thu lại.",
    "qc.abrupt_start": "tiếng bắt đầu ngay từ đầu tệp ({value} dBFS), không có khoảng lặng: có thể đã cắt mất chữ. Hãy nghe lại và cắt lại từ bản gốc.",
    "qc.abrupt_end": "tiếng dừng đột ngột ở cuối tệp ({value} dBFS), không có khoảng lặng: có thể đã cắt mất chữ. Hãy nghe lại và cắt lại từ bản gốc.",
    "qc.dead_channel": "một kênh câm, nhỏ hơn kênh kia {value} dB: người nghe một bên không nghe thấy gì. Hãy chép kênh có tiếng sang kênh kia, hoặc chuyển thành một kênh.",
    "qc.out_of_phase": "hai kênh ngược pha (tương quan {value}): phát qua một loa sẽ mất {limit} dB. Hãy đảo pha một kênh, hoặc chỉ dùng một kênh.",
    "qc.hum": "có tiếng ù 50 Hz của điện lưới ở mức {value} dBFS (nhiều nhất {limit} dBFS). Hãy xem lại dây nối đất rồi thu lại, hoặc lọc bỏ tần số này.",
    "qc.below_band": "{value}% năng lượng nằm dưới 250 Hz (nhiều nhất {limit}%): loa nén không phát được mà chỉ nóng lên. Hãy lọc bỏ tiếng trầm.",
    "qc.outside_band": "chỉ {value}% năng lượng nằm trong dải 300–6000 Hz của loa nén (ít nhất {limit}%). Hãy lọc theo dải ấy rồi chỉnh lại mức âm.",
    # ---------------------------------------------------------------- feed
    "cover.too_large": "ảnh nặng {size} KB, quá {limit} KB. Hãy lưu lại ảnh JPEG với chất lượng thấp hơn.",
    "cover.unreadable": "không đọc được ảnh này. Ảnh bìa phải là tệp JPEG (.jpg) hoặc PNG (.png) còn nguyên vẹn: hãy lưu lại ảnh.",
    "cover.misnamed": "tên tệp nói một loại ảnh nhưng nội dung là {format}. Hãy đổi đuôi tên tệp cho đúng (.jpg cho JPEG, .png cho PNG).",
    "cover.not_square": "ảnh rộng {width}, cao {height} điểm ảnh. Ảnh bìa phải vuông: hãy cắt lại.",
    "cover.bad_side": "ảnh có cạnh {side} điểm ảnh. Cạnh phải từ {least} đến {most}: hãy lưu lại cho vừa.",
    "cover.bad_colours": "ảnh có hệ màu {mode}. Ảnh bìa phải là RGB, không trong suốt: hãy lưu lại thành JPEG thường.",
    "feed.no_podcast": (
        "đài “{station}”: tập {episode} không có bản “podcast”, nên không lập được nguồn cấp podcast."
        " Hãy thêm podcast vào mục masters của đài."
    ),
}


def say(key: str, /, **facts: object) -> str:
    """Return the message ``key`` with ``facts`` filled in."""
    return VIETNAMESE[key].format(**facts)
