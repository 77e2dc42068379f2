import PaperFormats
import Papers
import Testing

@Suite("What sources write in several ways")
struct SourceValuesTests {
    /// The authors of a table's cell.
    private func authors(_ cell: String) throws -> [String] {
        let quoted = "\"" + cell.replacing("\"", with: "\"\"") + "\""
        return try readAll(Array("title,authors\nT,\(quoted)\n".utf8), named: "a.csv").papers[0].authors
    }

    @Test(arguments: [
        ("Vaswani, Ashish", ["Ashish Vaswani"]), ("Ashish Vaswani", ["Ashish Vaswani"]),
        ("Vaswani, Ashish; Shazeer, Noam", ["Ashish Vaswani", "Noam Shazeer"]),
        ("Ashish Vaswani, Noam Shazeer", ["Ashish Vaswani", "Noam Shazeer"]),
        ("Ashish Vaswani, Noam Shazeer, Niki Parmar", ["Ashish Vaswani", "Noam Shazeer", "Niki Parmar"]),
        ("Ashish Vaswani, Noam Shazeer and Niki Parmar", ["Ashish Vaswani", "Noam Shazeer", "Niki Parmar"]),
        ("Vaswani, Ashish and Shazeer, Noam", ["Ashish Vaswani", "Noam Shazeer"]),
        ("Vaswani A., Shazeer N.M.", ["A. Vaswani", "N.M. Shazeer"]),
        ("Vaswani A, Shazeer NM", ["A Vaswani", "NM Shazeer"]),
        ("Vaswani, A., Shazeer, N. M.", ["A. Vaswani", "N. M. Shazeer"]),
        ("Vaswani, Ashish, Shazeer, Noam", ["Ashish Vaswani", "Noam Shazeer"]),
        ("van den Berg, Jan Pieter", ["Jan Pieter van den Berg"]),
        ("King, Jr., Martin Luther", ["Martin Luther King Jr."]),
        ("A. Vaswani|N. Shazeer", ["A. Vaswani", "N. Shazeer"]),
        ("A. Vaswani & N. Shazeer", ["A. Vaswani", "N. Shazeer"]),
        ("['Vaswani, Ashish', \"O'Neil, Eve\"]", ["Ashish Vaswani", "Eve O'Neil"]),
        ("[\"Vaswani, Ashish\"]", ["Ashish Vaswani"]), ("[]", []), ("[broken", ["[broken"]), (";;", []), (",", [","]),
        ("Okafor, Ada (57193); Berg, Jan (57194)", ["Ada Okafor", "Jan Berg"]),
        ("The Graph Consortium", ["The Graph Consortium"]), ("Malcolm X", ["Malcolm X"]),
    ])
    func `names stand in reading order, and lists of names are split`(cell: String, names: [String]) throws {
        #expect(try authors(cell) == names)
    }

    @Test(arguments: [
        ("2021-05-03", 2021, "2021-05-03"), ("2021/05", 2021, "2021-05"), ("3 May 2021", 2021, "2021-05-03"),
        ("2020.0", 2020, nil), ("07 2006", 2006, "2006-07"), ("15/04/2021", 2021, "2021-04-15"),
        ("04/15/2021", 2021, "2021-04-15"), ("03/04/2021", 2021, nil), ("2021-05-03T10:00:00Z", 2021, "2021-05-03"),
        ("Mon, 2 Apr 2007 19:18:42 GMT", 2007, "2007-04-02"), ("2019 Mar-Apr", 2019, "2019-03"), ("no date", nil, nil),
    ])
    func `dates are read as far as they are known`(cell: String, year: Int?, date: String?) throws {
        let paper = try readAll(Array("title,date\nT,\"\(cell)\"\n".utf8), named: "a.csv").papers[0]
        #expect(paper.year == year)
        #expect(paper.date == date)
    }

    @Test(arguments: [
        ("eng", "en"), ("English", "en"), ("en_us", "en-US"), ("pt-BR", "pt-BR"), ("Klingon", "Klingon"), ("ger", "de"),
    ])
    func `languages have their tags`(cell: String, language: String) throws {
        #expect(
            try readAll(Array("title,language\nT,\(cell)\n".utf8), named: "a.csv").papers[0].language == language)
    }

    @Test(arguments: [
        ("1234-567X", ["issn": ["1234-567X"]]), ("12345678; 87654321", ["issn": ["1234-5678", "8765-4321"]]),
        ("978-3-16-148410-0 (print)", ["isbn": ["978-3-16-148410-0"]]), ("none", ["issn": ["none"]]),
    ])
    func `serial numbers are told apart`(cell: String, attributes: [String: [String]]) throws {
        #expect(
            try readAll(Array("title,ISSN\nT,\(cell)\n".utf8), named: "a.csv").papers[0].attributes == attributes)
    }
}
