import Foundation
import LexicalIndex
import MappedFiles
import TestSupport
import Testing
import TextAnalysis

@Suite("A damaged lexical index")
struct DamagedLexicalIndexTests {
    /// The checksums are right, so a damaged index may open and give wrong answers. They still name documents of the
    /// index, at most as many as asked for, with the highest score first. An undamaged index answers as before.
    @Test
    func `a damaged lexical index is refused or answers, whatever its sections hold`() throws {
        let seed: UInt64 = 40
        var generator = SeededGenerator(seed: seed)
        try TemporaryFolder.with { folder in
            let collection = SmallCollection(count: 60, longest: 12, vocabulary: 30, seed: seed)
            let undamaged = try collection.index(in: folder, name: "sound", pairLimit: 9)
            let query = undamaged.query(SmallCollection.terms(&generator, vocabulary: 30))
            let expected = undamaged.search(query, k: 60)
            let sound = try Sections(folder + "/sound")
            for round in 0..<500 {
                var sections = sound
                sections.damage(&generator)
                try sections.write(to: folder + "/damaged")
                do {
                    askEverything(try LexicalIndex(mapping: folder + "/damaged"), &generator)
                } catch let error as LexicalIndexError {
                    #expect(error.code == .damaged, "seed \(seed), round \(round)")
                    #expect(error.message.contains(folder + "/damaged"), "seed \(seed), round \(round)")
                }
                if round % 50 == 0 { #expect(undamaged.search(query, k: 60) == expected, "round \(round)") }
            }
        }
    }

    @Test
    func `a damaged lexical index is refused if a section is missing, too long or too short`() throws {
        try TemporaryFolder.with { folder in
            _ = try SmallCollection(count: 60, seed: 41).index(in: folder, name: "sound", pairLimit: 9)
            let sound = try Sections(folder + "/sound")
            for name in sound.names {
                var missing = sound
                missing.remove(name)
                try missing.write(to: folder + "/missing")
                let error = try lexicalError { _ = try LexicalIndex(mapping: folder + "/missing") }
                #expect(error.code == .damaged)
                #expect(error.cause?.section == name)
                // The text of the terms and the pairs may have any length.
                guard name != "term-text", name != "pairs" else { continue }
                for change in [-1, 1] {
                    var resized = sound
                    resized.resize(name, by: change)
                    try resized.write(to: folder + "/resized")
                    let error = try lexicalError { _ = try LexicalIndex(mapping: folder + "/resized") }
                    #expect(error.code == .damaged, "\(name)")
                }
            }
        }
    }

    /// The engine adds up what its segments say.
    @Test
    func `a damaged lexical index is refused if its documents have more terms than can be added up`() throws {
        try TemporaryFolder.with { folder in
            _ = try SmallCollection(count: 60, seed: 44).index(in: folder, name: "sound")
            for total: UInt64 in [.max, UInt64(Int.max), (1 << 48) + 1] {
                var sections = try Sections(folder + "/sound")
                sections.replace("summary", at: 1, with: total)
                try sections.write(to: folder + "/damaged")
                let error = try lexicalError { _ = try LexicalIndex(mapping: folder + "/damaged") }
                #expect(error.code == .damaged)
                #expect(error.cause?.section == "summary")
            }
        }
    }

    @Test
    func `a flipped bit of a lexical index is refused or found by verifying`() throws {
        let seed: UInt64 = 42
        var generator = SeededGenerator(seed: seed)
        try TemporaryFolder.with { folder in
            try SmallCollection(count: 60, seed: seed).index(in: folder, name: "a").verify()
            let bytes = try Data(contentsOf: URL(filePath: folder + "/a"))
            for _ in 0..<500 {
                var damaged = bytes
                let place = Int.random(in: 0..<bytes.count, using: &generator)
                damaged[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
                try damaged.write(to: URL(filePath: folder + "/b"))
                let error = try lexicalError {
                    let index = try LexicalIndex(mapping: folder + "/b")
                    askEverything(index, &generator)
                    try index.verify()
                }
                #expect(error.message.contains(folder + "/b"), "byte \(place)")
            }
        }
    }

    /// Postings outside the last block must not show up in the answers to later queries.
    @Test
    func `a damaged lexical index carries no scores from one search to the next`() throws {
        let seed: UInt64 = 43
        var generator = SeededGenerator(seed: seed)
        try TemporaryFolder.with { folder in
            let collection = SmallCollection(count: 300, longest: 30, vocabulary: 20, seed: seed)
            _ = try collection.index(in: folder, name: "sound")
            var sections = try Sections(folder + "/sound")
            for _ in 0..<200 { sections.damage("postings", &generator) }
            try sections.write(to: folder + "/damaged")
            let index = try LexicalIndex(mapping: folder + "/damaged")
            for _ in 0..<100 {
                let query = index.query(SmallCollection.terms(&generator, vocabulary: 20))
                let first = index.search(query, k: 300)
                askEverything(index, &generator)
                #expect(index.search(query, k: 300) == first, "seed \(seed)")
            }
        }
    }

    /// Asks an index, damaged or not, what it can be asked, and expects what holds for any.
    private func askEverything(_ index: LexicalIndex, _ generator: inout SeededGenerator) {
        let keys: [UInt64] = [0, 5, 60, 100, .max]
        for _ in 0..<4 {
            let terms = SmallCollection.terms(&generator, vocabulary: 30)
            let query = index.query(terms)
            let hits = index.search(query, k: 10)
            #expect(hits.count <= 10 && hits.allSatisfy { index.keys.contains($0.key) && $0.score > 0 })
            #expect(zip(hits, hits.dropFirst()).allSatisfy { $0.score >= $1.score })
            #expect(index.search(query, k: 100) { $0 % 2 == 0 }.allSatisfy { $0.key % 2 == 0 })
            let pairs = zip(terms, terms.dropFirst()).map { TermPair(first: $0.0, second: $1.0) }
            let features = terms.map { LexicalFeature.term($0.0) } + pairs.map(LexicalFeature.pair)
            #expect(index.factors(of: features, keys: keys).joined().allSatisfy { $0 >= 0 && $0.isFinite })
            #expect(pairs.allSatisfy { index.documentFrequency(of: $0, sampleSize: 50) >= 0 })
            #expect(index.keys(containing: terms[0].0).allSatisfy(index.keys.contains))
        }
    }
}

/// The sections of a file, to be changed and written anew with checksums that are right.
struct Sections {
    private var sections: [(name: String, elementSize: Int, bytes: [UInt8])] = []

    /// The element sizes of the sections, as the format has them.
    private static let elementSizes = [
        "summary": 8, "keys": 8, "lengths": 4, "term-text": 1, "term-ends": 4, "term-runs": 4, "run-blocks": 2,
        "run-starts": 4, "postings": 4, "pairs": 8, "rare-postings": 4, "rare-frequencies": 4,
        "sequences": 4, "sequence-starts": 8,
    ]

    init(_ path: String) throws {
        let file = try SectionedFile(path: path, kind: LexicalIndex.fileKind, versions: LexicalIndex.fileVersions)
        for name in file.sectionNames {
            let size = try #require(Self.elementSizes[name])
            let bytes: [UInt8] =
                switch size {
                case 1: Array(try file.array(name, of: UInt8.self))
                case 2: try file.array(name, of: UInt16.self).flatMap(bytes(of:))
                case 4: try file.array(name, of: UInt32.self).flatMap(bytes(of:))
                default: try file.array(name, of: UInt64.self).flatMap(bytes(of:))
                }
            sections.append((name, size, bytes))
        }
    }

    var names: [String] { sections.map(\.name) }

    /// Changes one number somewhere, or a few.
    mutating func damage(_ generator: inout SeededGenerator) {
        for _ in 0..<[1, 1, 1, 5, 50][Int.random(in: 0..<5, using: &generator)] {
            damage(sections[Int.random(in: 0..<sections.count, using: &generator)].name, &generator)
        }
    }

    /// Changes one number of a section: to a small one, a large one, its neighbor's, or by a bit.
    mutating func damage(_ name: String, _ generator: inout SeededGenerator) {
        guard let section = sections.firstIndex(where: { $0.name == name }), !sections[section].bytes.isEmpty else {
            return
        }
        let size = sections[section].elementSize
        let count = sections[section].bytes.count / size
        let place = Int.random(in: 0..<count, using: &generator) * size
        let other = Int.random(in: 0..<count, using: &generator) * size
        let way = Int.random(in: 0..<7, using: &generator)
        for offset in 0..<size {
            switch way {
            case 0: sections[section].bytes[place + offset] = 0
            case 1: sections[section].bytes[place + offset] = 0xFF
            case 2: sections[section].bytes[place + offset] = offset == size - 1 ? 0x7F : 0xFF
            case 3, 4: sections[section].bytes[place + offset] = sections[section].bytes[other + offset]
            case 5: sections[section].bytes[place + offset] = .random(in: 0...255, using: &generator)
            default:
                if offset == 0 { sections[section].bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator) }
            }
        }
    }

    mutating func replace(_ name: String, at index: Int, with number: UInt64) {
        guard let section = sections.firstIndex(where: { $0.name == name }) else { return }
        sections[section].bytes.replaceSubrange(index * 8..<index * 8 + 8, with: bytes(of: number))
    }

    mutating func remove(_ name: String) { sections.removeAll { $0.name == name } }

    mutating func resize(_ name: String, by elements: Int) {
        guard let section = sections.firstIndex(where: { $0.name == name }) else { return }
        let bytes = sections[section].elementSize * abs(elements)
        if elements > 0 {
            sections[section].bytes += [UInt8](repeating: 0, count: bytes)
        } else {
            sections[section].bytes.removeLast(bytes)
        }
    }

    func write(to path: String) throws {
        var writer = try SectionedFileWriter(
            path: path, kind: LexicalIndex.fileKind, version: LexicalIndex.fileVersions.upperBound
        )
        for section in sections {
            writer.begin(section.name, elementSize: section.elementSize)
            try unsafe section.bytes.withUnsafeBytes { try unsafe writer.append($0.bytes) }
            writer.end()
        }
        try writer.commit()
    }
}

/// The bytes of a number, little-endian.
private func bytes<Number: FixedWidthInteger>(of number: Number) -> [UInt8] {
    (0..<Number.bitWidth / 8).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
}
