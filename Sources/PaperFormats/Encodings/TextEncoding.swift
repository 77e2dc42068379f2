/// An encoding of text other than UTF-8.
struct TextEncoding: Hashable, Sendable {
    /// The name, for people: `Windows-1252`.
    let name: String

    /// The name that iconv knows.
    let iconvName: String

    static let utf16LittleEndian = TextEncoding(name: "UTF-16", iconvName: "UTF-16LE")
    static let utf16BigEndian = TextEncoding(name: "UTF-16", iconvName: "UTF-16BE")
    static let utf32LittleEndian = TextEncoding(name: "UTF-32", iconvName: "UTF-32LE")
    static let utf32BigEndian = TextEncoding(name: "UTF-32", iconvName: "UTF-32BE")
    static let windows1252 = TextEncoding(name: "Windows-1252", iconvName: "CP1252")
    static let gb18030 = TextEncoding(name: "GBK", iconvName: "GB18030")
    static let big5 = TextEncoding(name: "Big5", iconvName: "BIG5")
    static let shiftJIS = TextEncoding(name: "Shift-JIS", iconvName: "CP932")
    static let eucJP = TextEncoding(name: "EUC-JP", iconvName: "EUC-JP")
    static let eucKR = TextEncoding(name: "EUC-KR", iconvName: "CP949")

    /// The encoding of a name that a file gives its own: `ISO-8859-1`, `cp1252`, `latin-9-unix`.
    ///
    /// Returns `nil` for UTF-8, for an unknown name, and for an encoding whose first 128 characters are not those of
    /// ASCII: such a file could not have said so in ASCII.
    init?(declared name: String) {
        var key = name.lowercased()
        for ending in ["-unix", "-dos", "-mac"] where key.hasSuffix(ending) { key.removeLast(ending.count) }
        guard (2...30).contains(key.utf8.count), key.utf8.allSatisfy(Self.isNameByte), !key.hasPrefix("utf") else {
            return nil
        }
        if let known = Self.aliases[key.filter { $0 != "-" && $0 != "_" }] {
            self = known
            return
        }
        guard let converter = TextConverter(from: key), converter.keepsASCII() else { return nil }
        self.init(name: name, iconvName: key)
    }

    private init(name: String, iconvName: String) {
        self.name = name
        self.iconvName = iconvName
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte) || byte == 0x2D || byte == 0x5F
    }

    /// Names without their hyphens. Latin-1 is read as Windows-1252, which has the same letters and more marks.
    private static let aliases: [String: TextEncoding] = [
        "latin1": windows1252, "iso88591": windows1252, "cp1252": windows1252, "windows1252": windows1252,
        "ansi": windows1252, "ascii": windows1252, "usascii": windows1252, "ansinew": windows1252,
        "latin2": TextEncoding(name: "ISO-8859-2", iconvName: "ISO-8859-2"),
        "latin9": TextEncoding(name: "ISO-8859-15", iconvName: "ISO-8859-15"),
        "macroman": TextEncoding(name: "Mac Roman", iconvName: "MACINTOSH"),
        "xmacroman": TextEncoding(name: "Mac Roman", iconvName: "MACINTOSH"),
        "applemac": TextEncoding(name: "Mac Roman", iconvName: "MACINTOSH"),
        "gb2312": gb18030, "gbk": gb18030, "gb18030": gb18030, "euccn": gb18030, "cp936": gb18030,
        "big5": big5, "cp950": big5, "shiftjis": shiftJIS, "sjis": shiftJIS, "cp932": shiftJIS,
        "windows31j": shiftJIS, "eucjp": eucJP, "euckr": eucKR, "cp949": eucKR, "ksc56011987": eucKR,
    ]
}
