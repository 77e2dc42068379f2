import Foundation
import Papers
import Testing

@Suite("A paper")
struct PaperTests {
    @Test
    func `is tidied when it is made`() {
        let paper = Paper(
            id: " a\t1 ", title: "  Large \r\n Language\u{0}Models\u{A0}", abstract: "One\n\ntwo\u{2009}\u{3000}three.",
            authors: [" Ada  Lovelace", " ", "Bob"], venue: " \n", categories: ["", "cs.CL"], url: " https://a.b ",
            alternateIDs: ["x", "a 1", "x", " y "])
        #expect(paper.id == "a 1")
        #expect(paper.title == "Large Language Models")
        #expect(paper.abstract == "One two three.")
        #expect(paper.authors == ["Ada Lovelace", "Bob"])
        #expect(paper.venue == nil)
        #expect(paper.categories == ["cs.CL"])
        #expect(paper.url == "https://a.b")
        #expect(paper.alternateIDs == ["x", "y"])
    }

    @Test(arguments: [
        "", "a", "é", "a b", "naïve – “quoted” … 中文 текст", "\u{FEFF}x", "e\u{301}", "\u{200B}", "🧠 models", "Â", "ࢠ",
    ])
    func `is left alone where it is tidy`(text: String) {
        #expect(Paper(title: text, abstract: "").title == text)
    }

    @Test
    func `loses every kind of white space and control there is`() {
        for value in UInt32(0)...0x10FFFF {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let isSpace = scalar.properties.isWhitespace || scalar.properties.generalCategory == .control
            let title = Paper(id: "1", title: "a\(scalar)b", abstract: "").title
            if isSpace != (title == "a b") { Issue.record("U+\(String(value, radix: 16))") }
        }
    }

    @Test
    func `is equal to what its JSON says`() throws {
        let paper = Paper(
            id: "a:1", title: "T \"q\" \\ 中", abstract: "A", authors: ["X", "Y"], year: 2024, venue: "V",
            categories: ["c"], keywords: ["k"], url: "u", alternateIDs: ["b"])
        let json = try JSONEncoder().encode(paper)
        #expect(try JSONDecoder().decode(Paper.self, from: json) == paper)
        let keys = try #require(try JSONSerialization.jsonObject(with: json) as? [String: Any]).keys
        #expect(
            Set(keys) == [
                "id", "title", "abstract", "authors", "year", "venue", "categories", "keywords", "url", "altIds",
            ])
    }

    @Test(arguments: [
        (#"{"title": "T", "altIds": ["a"]}"#, ["a"]), (#"{"title": "T", "alt_ids": ["b"]}"#, ["b"]),
        (#"{"title": "T", "altIds": ["a"], "alt_ids": ["b"]}"#, ["a"]),
        (#"{"title": "T", "altIds": null, "alt_ids": ["b"]}"#, ["b"]),
    ])
    func `is decoded with either spelling of its alternate ids`(json: String, ids: [String]) throws {
        #expect(try JSONDecoder().decode(Paper.self, from: Data(json.utf8)).alternateIDs == ids)
    }

    @Test
    func `is decoded from what is there`() throws {
        let paper = try JSONDecoder().decode(Paper.self, from: Data(#"{"id": 17, "title": "T"}"#.utf8))
        #expect(paper == Paper(id: "17", title: "T", abstract: ""))
    }
}

@Suite("Titles and names as they are compared")
struct NormalizationTests {
    @Test(arguments: [
        ("InfLLM-V2:  Dense–Sparse", "infllm v2 dense sparse"),
        ("Let’s Verify Let's", "lets verify lets"),
        ("{D}eep $k$NN: C++ and C#", "deep knn c++ and c#"),
        ("ﬁne-tuning ＬＬＭ①", "fine tuning llm1"),
        ("STRASSE Straße ΣΊΣΥΦΟΣ", "strasse strasse σίσυφοσ"),
        ("Café Cafe\u{301}", "café café"),
        ("co\u{AD}operation", "cooperation"),
        ("∞Bench ¿Qué?", "∞bench qué"),
        ("??? …", ""),
        ("", ""),
    ])
    func `titles lose what sources differ in`(title: String, normalized: String) {
        #expect(Paper.matchingForm(of: title) == normalized)
    }

    @Test
    func `a normalised title is its own`() {
        for value in UInt32(0)...0x2FFFF {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let once = Paper.matchingForm(of: "a\(scalar)b")
            if Paper.matchingForm(of: once) != once { Issue.record("U+\(String(value, radix: 16))") }
        }
    }

    @Test
    func `plain texts have the form that the slow way gives them`() {
        // A letter outside ASCII forces the slow way.
        func slow(_ text: String) -> String {
            Paper.matchingForm(of: "é " + text).replacing(/^é ?/, with: "")
        }
        for value in Array(UInt32(1)...0x7F) + Array(UInt32(0x2000)...0x206F) {
            guard let scalar = Unicode.Scalar(value) else { continue }
            for text in ["a\(scalar)b", "\(scalar)A", "C \(scalar)"] {
                guard let plain = Paper.plainMatchingForm(of: text) else { continue }
                #expect(String(decoding: plain, as: UTF8.self) == slow(text), "U+\(String(value, radix: 16))")
            }
        }
        #expect(
            Paper.plainMatchingForm(of: "Don’t “stop” – it’s C++…").map { String(decoding: $0, as: UTF8.self) }
                == "dont stop its c++")
        #expect(Paper.plainMatchingForm(of: "é") == nil && Paper.plainMatchingForm(of: "\u{2017}") == nil)
    }

    @Test(
        arguments: [
            ("InfLLM: Training-Free", "infllm"), ("No colon", nil), (": nothing before", nil), ("A：B", "a"),
            ("K: V: W", "k"),
        ] as [(String, String?)])
    func `the short title stands before the first colon`(title: String, short: String?) {
        #expect(Paper.normalizedShortTitle(of: title) == short)
    }

    @Test(arguments: [
        ["Ashish Vaswani", "A. Vaswani", "Vaswani, Ashish", "Vaswani, A.", "Vaswani A", "ashish VASWANI"],
        ["Ludwig van Beethoven", "van Beethoven, Ludwig", "L. van Beethoven"],
        ["Martin Luther King Jr.", "King, Martin Luther, Jr.", "M. L. King, Jr."],
        ["Jörg Müller", "Jorg Muller", "Mu\u{308}ller, J."],
        ["Flann O'Brien", "O’Brien, Flann"],
    ])
    func `one author has one name`(spellings: [String]) {
        #expect(Set(spellings.map(Paper.normalizedAuthor(of:))).count == 1)
    }

    @Test(arguments: [
        ("OpenAI", "openai"), ("", ""), ("王伟", "王伟"), (",", ""), ("Jr.", "jr"), ("Smith JA", "smith j"),
        ("JIANFENG LI", "li j"),
    ])
    func `names are the family name and an initial`(name: String, normalized: String) {
        #expect(Paper.normalizedAuthor(of: name) == normalized)
    }
}

@Suite("When two records are one paper")
struct PaperIdentityTests {
    @Test
    func `they have the same title, and the same first author or abstract`() {
        let paper = Paper(id: "1", title: "On Mixtures", abstract: "", authors: ["Ada Lovelace", "Bob"])
        #expect(paper.isSamePaper(as: Paper(id: "2", title: "on mixtures.", abstract: "x", authors: ["Lovelace, A."])))
        #expect(!paper.isSamePaper(as: Paper(id: "2", title: "On Mixtures", abstract: "", authors: ["Bob"])))
        #expect(!paper.isSamePaper(as: Paper(id: "2", title: "On Mixtures", abstract: "")))
        #expect(
            !paper.isSamePaper(as: Paper(id: "2", title: "On Mixtures II", abstract: "", authors: ["Ada Lovelace"])))
        #expect(!Paper(id: "1", title: "T", abstract: "").isSamePaper(as: Paper(id: "2", title: "t", abstract: "")))
        #expect(
            Paper(id: "1", title: "T", abstract: "A b.").isSamePaper(as: Paper(id: "2", title: "t", abstract: "a B")))
        #expect(!Paper(id: "1", title: "?", abstract: "").isSamePaper(as: Paper(id: "2", title: "?", abstract: "")))
    }

    @Test
    func `ids are derived from title and first author`() {
        // FNV-1a of "a" is a published value.
        #expect(Paper(title: "A", abstract: "").id == "title:af63dc4c8601ec8c")
        let one = Paper(title: "On Mixtures", abstract: "x", authors: ["Ada Lovelace"])
        #expect(one.id == Paper(title: "ON MIXTURES!", abstract: "y", authors: ["Lovelace, Ada", "Bob"]).id)
        #expect(one.id != Paper(title: "On Mixtures", abstract: "x").id)
        #expect(one.hasDerivedID)
        #expect(!Paper(id: "title:x", title: "A", abstract: "").hasDerivedID)
        let untitled = Paper(title: "", abstract: "Some words.")
        #expect(untitled.id.hasPrefix("abstract:") && untitled.hasDerivedID)
        #expect(untitled.id != Paper(title: "", abstract: "Other words.").id)
        #expect(Paper(title: "?", abstract: "").id != Paper(title: "!", abstract: "").id)
    }

    @Test
    func `an update replaces what the record says and keeps the rest`() {
        let old = Paper(
            id: "a", title: "Old", abstract: "Old text", authors: ["X"], year: 2020, venue: "V", keywords: ["k"],
            alternateIDs: ["b"])
        let record = Paper(id: "c", title: "New", abstract: "", year: 2021, url: "u", alternateIDs: ["b", "d"])
        #expect(
            old.updated(by: record)
                == Paper(
                    id: "a", title: "New", abstract: "Old text", authors: ["X"], year: 2021, venue: "V",
                    keywords: ["k"], url: "u", alternateIDs: ["b", "c", "d"]))
    }

    @Test
    func `a derived id gives way to a source's`() {
        let old = Paper(title: "T", abstract: "")
        let updated = old.updated(by: Paper(id: "arxiv:1", title: "T", abstract: "x"))
        #expect(updated.id == "arxiv:1")
        #expect(updated.alternateIDs == [old.id])
        #expect(updated.updated(by: old).id == "arxiv:1")
    }
}

@Suite("Ranges of years")
struct YearRangeTests {
    @Test(
        arguments: [
            ("2023", 2023, 2023), ("2023..", 2023, nil), ("..2020", nil, 2020), ("2020..2023", 2020, 2023),
            ("2020..2020", 2020, 2020),
        ] as [(String, Int?, Int?)])
    func `are read`(text: String, first: Int?, last: Int?) throws {
        let range = try #require(YearRange(text))
        #expect(range.first == first && range.last == last)
        #expect(YearRange("\(range)") == range)
    }

    @Test(arguments: ["", "..", "23", "20230", "2023...", "2023..2020", "abcd", "2023-2024", " 2023", "２０２３", "0999"])
    func `are refused where they are none`(text: String) {
        #expect(YearRange(text) == nil)
    }

    @Test
    func `contain their ends and no missing year`() {
        let range = YearRange(from: 2020, through: 2021)
        #expect([2019, 2020, 2021, 2022].map { range.contains($0) } == [false, true, true, false])
        #expect(!range.contains(nil))
        #expect(YearRange(from: 2020).contains(9999))
    }
}
