import PaperStore
import Papers
import Testing

@Suite("Filters")
struct FilterTests {
    private static let papers = [
        Paper(
            id: "1", title: "a", abstract: "", authors: ["Ashish Vaswani", "Noam Shazeer"], year: 2017,
            venue: "NeurIPS 2017",
            categories: ["cs.CL", "cs.LG"]),
        Paper(
            id: "2", title: "b", abstract: "", authors: ["Jörg Müller"], year: 2020, venue: "ACL", categories: ["cs.CL"]
        ),
        Paper(id: "3", title: "c", abstract: "", authors: ["Noam Vaswani"], year: 2023, categories: ["stat.ML", "cs"]),
        Paper(id: "4", title: "d", abstract: "", venue: "TACL", categories: ["math*"]),
    ]

    private func keys(_ filter: PaperFilter) throws -> [PaperKey] {
        try withStore { (store: PaperStore) throws in
            try store.write { _ = try $0.upsert(Self.papers) }
            return try store.read { try $0.keys(matching: filter) }
        }
    }

    @Test(
        arguments: [
            ("2017", [1]), ("2017..2020", [1, 2]), ("2018..", [2, 3]), ("..2019", [1]), ("2024..", []),
        ] as [(String, [PaperKey])])
    func `a filter of years finds the papers of these years`(years: String, keys: [PaperKey]) throws {
        #expect(try self.keys(PaperFilter(years: YearRange(years))) == keys)
    }

    @Test(
        arguments: [
            (["acl"], [2]), (["neurips"], [1]), (["NeurIPS 2017"], [1]), (["acl", "TACL"], [2, 4]), (["CL"], []),
            (["?"], []),
        ] as [([String], [PaperKey])])
    func `a filter of venues compares whole words`(venues: [String], keys: [PaperKey]) throws {
        #expect(try self.keys(PaperFilter(venues: venues)) == keys)
    }

    @Test(
        arguments: [
            (["cs.CL"], [1, 2]), (["CS.lg"], [1]), (["cs"], [1, 2, 3]), (["stat", "math*"], [3, 4]), (["c"], []),
            (["*"], []),
            ([""], []),
        ] as [([String], [PaperKey])])
    func `a filter of a category finds its subcategories too`(categories: [String], keys: [PaperKey]) throws {
        #expect(try self.keys(PaperFilter(categories: categories)) == keys)
    }

    @Test(
        arguments: [
            (["vaswani"], [1, 3]), (["Ashish Vaswani"], [1]), (["Vaswani, Ashish"], [1]), (["MULLER"], [2]),
            (["Jorg"], [2]),
            (["noam", "müller"], [1, 2, 3]), (["shish"], []), (["Vaswani Noam"], []), (["*"], []), ([" "], []),
            (["A. Vaswani"], [1]), (["Vaswani, N."], [3]), (["J Müller", "N. Shazeer"], [1, 2]), (["N. Vaswan"], []),
            (["S. Vaswani"], []), (["A"], []),
        ] as [([String], [PaperKey])])
    func `a filter of authors compares whole words of names, and initials with what they begin`(
        authors: [String], keys: [PaperKey]
    ) throws {
        #expect(try self.keys(PaperFilter(authors: authors)) == keys)
    }

    @Test(
        arguments: [
            ("Soren", [1]), ("Søren Kierkegaard", [1]), ("S. Kierkegaard", [1]), ("Lukasz", [2]),
            ("kaiser, Łukasz", [2]),
            ("Weiss", [3]), ("Weiß", [3]), ("Aethelred", [4]), ("Dordevic", [5]), ("Đorđević", [5]),
            ("N. Dordevic", [5]),
        ] as [(String, [PaperKey])])
    func `a letter without a mark finds the one that questions fold to it`(author: String, keys: [PaperKey]) throws {
        let names = ["Søren Kierkegaard", "Łukasz Kaiser", "Peter Weiß", "Æthelred Unready", "Novak Đorđević"]
        try withStore { (store: PaperStore) throws in
            let papers = names.enumerated().map { number, name in
                Paper(id: "\(number)", title: "Title \(number)", abstract: "", authors: [name])
            }
            try store.write { _ = try $0.upsert(papers) }
            try store.read { (papers: PaperStore.Reader) throws in
                #expect(try papers.keys(matching: PaperFilter(authors: [author])) == keys)
            }
        }
    }

    @Test
    func `a name or category that no paper has suggests those that are spelled like it`() throws {
        try withStore { (store: PaperStore) throws in
            try store.write { _ = try $0.upsert(Self.papers) }
            try store.read { (papers: PaperStore.Reader) throws in
                #expect(try papers.authors(spelledLike: "Vasvani", limit: 3) == ["Ashish Vaswani", "Noam Vaswani"])
                #expect(try papers.authors(spelledLike: "Jörg Müler", limit: 3) == ["Jörg Müller"])
                #expect(try papers.authors(spelledLike: "Zzyzx", limit: 3) == [])
                #expect(try papers.authors(spelledLike: "?", limit: 3) == [])
                #expect(try papers.categories(spelledLike: "cs.LC", limit: 1) == ["cs.CL"])
                #expect(try papers.categories(spelledLike: "STAT.LM", limit: 3).contains("stat.ML"))
            }
        }
    }

    @Test
    func `a long name suggests no name that differs at more than two places`() throws {
        try withStore { (store: PaperStore) throws in
            let name = "Maximiliane Hohenwartenberger"
            try store.add(paper("1", "a", by: [name, "Li Wu"]))
            try store.read { (papers: PaperStore.Reader) throws in
                #expect(try papers.authors(spelledLike: "Maximilian Hohenwartenbergen", limit: 3) == [name])
                #expect(try papers.authors(spelledLike: "Maximilian Hohenwarthenbergen", limit: 3) == [])
                #expect(try papers.authors(spelledLike: "Alexandria Hohenwartenberger", limit: 3) == [])
                #expect(try papers.authors(spelledLike: "Wi", limit: 3) == [])
            }
        }
    }

    @Test
    func `a filter with several parts finds the papers that match all of them`() throws {
        #expect(try keys(PaperFilter()) == [1, 2, 3, 4])
        #expect(try keys(PaperFilter(years: YearRange("2017.."), categories: ["cs.CL"], authors: ["vaswani"])) == [1])
        #expect(try keys(PaperFilter(years: YearRange("2020"), authors: ["vaswani"])) == [])
    }
}
