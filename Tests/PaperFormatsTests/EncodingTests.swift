import Foundation
import PaperFormats
import Papers
import TestSupport
import Testing

@Suite("Files in other encodings than UTF-8")
struct EncodingTests {
    private static let lines = "{\"title\": \"Größe und Gefühl\"}\n{\"title\": \"Γλώσσα\", \"abstract\": \"语言\"}\n"

    private static func utf16(_ text: String, isLittleEndian: Bool) -> [UInt8] {
        text.utf16.flatMap { unit in
            let (low, high) = (UInt8(truncatingIfNeeded: unit), UInt8(truncatingIfNeeded: unit >> 8))
            return isLittleEndian ? [low, high] : [high, low]
        }
    }

    private static func utf32(_ text: String, isLittleEndian: Bool) -> [UInt8] {
        text.unicodeScalars.flatMap { scalar in
            let bytes = (0..<4).map { UInt8(truncatingIfNeeded: scalar.value >> (8 * $0)) }
            return isLittleEndian ? bytes : bytes.reversed()
        }
    }

    /// A line of JSON whose title has some bytes.
    private static func record(_ title: [UInt8]) -> [UInt8] {
        Array("{\"title\": \"".utf8) + title + Array("\"}\n".utf8)
    }

    @Test(arguments: [true, false])
    func `with a mark are read, and a note says the encoding`(isLittleEndian: Bool) throws {
        for (name, content) in [
            ("UTF-16", Self.utf16("\u{FEFF}" + Self.lines, isLittleEndian: isLittleEndian)),
            ("UTF-32", Self.utf32("\u{FEFF}" + Self.lines, isLittleEndian: isLittleEndian)),
        ] {
            let read = try readAll(content, named: "a.jsonl")
            #expect(read.papers.map(\.title) == ["Größe und Gefühl", "Γλώσσα"])
            #expect(read.papers.last?.abstract == "语言")
            #expect(read.notes.map(\.code) == [.otherEncoding])
            #expect(read.notes.map(\.message) == ["read as \(name)"])
        }
    }

    @Test(arguments: [true, false])
    func `in UTF-16 need no mark`(isLittleEndian: Bool) throws {
        let read = try readAll(Self.utf16(Self.lines, isLittleEndian: isLittleEndian), named: "a.jsonl")
        #expect(read.papers.map(\.title) == ["Größe und Gefühl", "Γλώσσα"])
        #expect(read.notes.map(\.message) == ["read as UTF-16"])
    }

    @Test
    func `in Windows-1252 are read with their quotation marks`() throws {
        let title =
            Array("Gr".utf8) + [0xF6, 0xDF] + Array("e, c".utf8) + [0x9C] + Array("ur and it".utf8) + [0x92, 0x73]
        let read = try readAll(Self.record(title), named: "a.jsonl")
        #expect(read.papers.map(\.title) == ["Größe, cœur and it’s"])
        #expect(read.notes.map(\.message) == ["read as Windows-1252"])
    }

    @Test(
        arguments: [
            (
                "GBK", "基于深度学习的文本检索方法研究综述",
                [
                    187, 249, 211, 218, 201, 238, 182, 200, 209, 167, 207, 176, 181, 196, 206, 196, 177, 190, 188, 236,
                    203,
                    247, 183, 189, 183, 168, 209, 208, 190, 191, 215, 219, 202, 246,
                ]
            ),
            (
                "EUC-KR", "한국어 문서 검색을 위한 신경망 모델 연구",
                [
                    199, 209, 177, 185, 190, 238, 32, 185, 174, 188, 173, 32, 176, 203, 187, 246, 192, 187, 32, 192,
                    167, 199,
                    209, 32, 189, 197, 176, 230, 184, 193, 32, 184, 240, 181, 168, 32, 191, 172, 177, 184,
                ]
            ),
            (
                "Big5", "基於深度學習的文件檢索方法研究綜述，我們提出一種新的方法",
                [
                    176, 242, 169, 243, 178, 96, 171, 215, 190, 199, 178, 223, 170, 186, 164, 229, 165, 243, 192, 203,
                    175,
                    193, 164, 232, 170, 107, 172, 227, 168, 115, 186, 238, 173, 122, 161, 65, 167, 218, 173, 204, 180,
                    163,
                    165, 88, 164, 64, 186, 216, 183, 115, 170, 186, 164, 232, 170, 107,
                ]
            ),
            (
                "Shift-JIS", "深層学習による文書検索の研究についての調査です",
                [
                    144, 91, 145, 119, 138, 119, 143, 75, 130, 201, 130, 230, 130, 233, 149, 182, 143, 145, 140, 159,
                    141,
                    245, 130, 204, 140, 164, 139, 134, 130, 201, 130, 194, 130, 162, 130, 196, 130, 204, 146, 178, 141,
                    184,
                    130, 197, 130, 183,
                ]
            ),
            (
                "EUC-JP", "深層学習による文書検索の研究についての調査です",
                [
                    191, 188, 193, 216, 179, 216, 189, 172, 164, 203, 164, 232, 164, 235, 202, 184, 189, 241, 184, 161,
                    186,
                    247, 164, 206, 184, 166, 181, 230, 164, 203, 164, 196, 164, 164, 164, 198, 164, 206, 196, 180, 186,
                    186,
                    164, 199, 164, 185,
                ]
            ),
        ] as [(String, String, [UInt8])])
    func `of East Asia are told by their frequent characters`(name: String, title: String, bytes: [UInt8]) throws {
        let read = try readAll(Self.record(bytes), named: "a.jsonl")
        #expect(read.papers.map(\.title) == [title])
        #expect(read.notes.map(\.message) == ["read as \(name)"])
    }

    @Test
    func `are told by the first bytes that are no ASCII, however late they come`() throws {
        let plain = String(repeating: "{\"title\": \"plain\"}\n", count: 20_000)
        let content = Array(plain.utf8) + Self.record(Array("Caf".utf8) + [0xE9])
        let read = try readAll(content, named: "a.jsonl", ImportOptions(threads: 1))
        #expect(read.papers.count == 20_001)
        #expect(read.papers.last?.title == "Café")
        #expect(read.skipped.isEmpty)
    }

    @Test
    func `stay as they are where nothing is certain`() throws {
        // Polish in ISO 8859-2, one letter alone, and UTF-8 with a bad byte in one record.
        // Czech and Hungarian in Windows-1250.
        let czech = Array("P".utf8) + [0xF8, 0xED] + Array("li".utf8) + [0x9A, 0x20, 0x9E] + Array("lu".utf8) + [0x9D]
        let hungarian =
            Array("sz".utf8) + [0xF3] + Array("l".utf8) + [0xF5] + Array(" k".utf8) + [0xF6] + Array("z".utf8)
        let polish = Array("ksi".utf8) + [0xB1] + Array("ka, d".utf8) + [0xB1] + Array("b".utf8)
        for title in [polish, czech, hungarian + [0xE1], [0xE9]] {
            let read = try readAll(Self.record(title), named: "a.jsonl")
            #expect(read.papers.isEmpty)
            #expect(read.skipped.map(\.code) == [.notUTF8])
            #expect(read.notes.map(\.code) == [.otherEncoding])
            #expect(read.notes.allSatisfy { $0.message.contains("could not be read: they are not UTF-8") })
        }
    }

    @Test
    func `are read as Windows-1252 in single lines of a text in UTF-8, and a note says so`() throws {
        let good = Self.record(Array("Größe".utf8))
        let stray = Self.record(Array("Gr".utf8) + [0xF6, 0xDF] + Array("e".utf8))
        let one = try readAll(good + stray, named: "a.jsonl")
        #expect(one.papers.map(\.title) == ["Größe", "Größe"] && one.skipped.isEmpty)
        #expect(one.notes.map(\.message) == ["line 2 is not UTF-8 and was read as Windows-1252"])
        // Far behind the first bytes, and before any other line end.
        let many = Array(repeating: good, count: 9_000).joined() + stray + good + stray.dropLast()
        let late = try readAll(Array(many), named: "a.jsonl", ImportOptions(threads: 1))
        #expect(late.papers.count == 9_003 && Set(late.papers.map(\.title)) == ["Größe"])
        #expect(
            late.notes.map(\.message)
                == ["2 lines, the first of them line 9001, are not UTF-8 and were read as Windows-1252"])
    }

    @Test
    func `have the characters counted that no encoding explains`() throws {
        // A text in code page 850, one in that of old Macs, and a line with characters of UTF-8 and others.
        let dos = Array("@misc{k, title = {Gr".utf8) + [0x94, 0xE1] + Array("e}, author = {M".utf8) + [0x81]
        let mac = Array("@misc{k, title = {Gr".utf8) + [0x9A, 0xA7] + Array("e}, author = {M".utf8) + [0x9F]
        let both = Array("@misc{k, title = {Größe}, author = {M".utf8) + [0xFC]
        for (bytes, count) in [(dos, 3), (mac, 3), (both, 1)] {
            let read = try readAll(bytes + Array("ller, A}}\n".utf8), named: "a.bib")
            #expect(read.papers.count == 1)
            #expect(read.papers.first?.authors.first?.contains("\u{FFFD}") == true)
            let words = count == 1 ? "1 character, on line 1," : "\(count) characters, the first of them on line 1,"
            #expect(read.notes.map(\.message).first?.hasPrefix(words + " could not be read") == true, "\(read.notes)")
        }
    }

    @Test
    func `are read as they declare for editors`() throws {
        let text =
            Array("% -*- coding: latin-2-unix -*-\nTytu".utf8) + [0xB3] + Array(" pracy\n\n".utf8)
            + Array(repeating: Array("S".utf8) + [0xB3] + Array("owa i zdania po polsku ".utf8), count: 20).joined()
        let read = try readAll(text, named: "a.txt", ImportOptions(format: .page))
        #expect(read.papers.map(\.title) == ["% -*- coding: latin-2-unix -*- Tytuł pracy"])
        #expect(read.papers.first?.abstract.hasPrefix("Słowa i zdania") == true)
    }

    @Test
    func `lose an encoding that their XML declares and that is not true any more`() throws {
        let content =
            Array("<?xml version=\"1.0\" encoding='ISO-8859-1' standalone=\"yes\"?>\n<a>Caf".utf8) + [0xE9]
            + Array("</a>".utf8)
        try TemporaryFolder.with { (folder: String) throws in
            let path = folder + "/a.xml"
            for bytes in [
                content,
                Self.utf16("\u{FEFF}" + String(decoding: content.prefix(64), as: UTF8.self), isLittleEndian: true),
            ] {
                try Data(bytes).write(to: URL(filePath: path))
                let head = String(decoding: try PaperFile(path: path).head(count: 1000), as: UTF8.self)
                #expect(head.hasPrefix("<?xml version=\"1.0\" standalone=\"yes\"?>\n<a>"), "\(head)")
            }
        }
        let text = "<?xml version=\"1.0\"?>\n<a>Café</a>"
        try TemporaryFolder.with { (folder: String) throws in
            let path = folder + "/a.xml"
            try Data(text.utf8).write(to: URL(filePath: path))
            #expect(String(decoding: try PaperFile(path: path).head(count: 1000), as: UTF8.self) == text)
        }
    }

    @Test
    func `keep their lines where these end with carriage returns alone`() throws {
        let read = try readAll(Array("{\"title\": \"a\"}\rbroken\r{\"title\": \"b\"}\r".utf8), named: "a.jsonl")
        #expect(read.papers.map(\.title) == ["a", "b"])
        #expect(read.skipped.map(\.line) == [2])
    }

    @Test
    func `have their damaged characters counted`() throws {
        var bytes = Self.utf16("\u{FEFF}" + String(repeating: Self.lines, count: 20), isLittleEndian: true)
        bytes[24...25] = [0x00, 0xD8]
        let read = try readAll(bytes, named: "a.jsonl")
        #expect(read.papers.count == 40)
        #expect(read.papers.first?.title.contains("\u{FFFD}") == true)
        #expect(read.notes.map(\.message) == ["read as UTF-16; 1 of its characters is none and became '\u{FFFD}'"])
    }

    @Test
    func `of any bytes are safe`() throws {
        for seed in UInt64(0)..<300 {
            var random = SeededGenerator(seed: seed)
            var bytes = Self.utf16("\u{FEFF}" + Self.lines, isLittleEndian: Bool.random(using: &random))
            if Bool.random(using: &random) { bytes = Array(Self.lines.utf8) }
            for _ in 0..<Int.random(in: 1...20, using: &random) {
                bytes[Int.random(in: bytes.indices, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            bytes = Array(bytes.prefix(Int.random(in: 0...bytes.count, using: &random)))
            _ = try formatsError { try readAll(bytes, named: "a.jsonl", ImportOptions(threads: 1)) }
        }
    }
}
