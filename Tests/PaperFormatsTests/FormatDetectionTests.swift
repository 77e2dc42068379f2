import Foundation
import PaperFormats
import Papers
import TestSupport
import Testing

@Suite("Files of papers")
struct FormatDetectionTests {
    private static let page =
        "Title of a paper\n\nIts abstract is a paragraph " + String(repeating: "of words ", count: 40) + ".\n"

    private func error(_ content: [UInt8], named name: String) throws -> PaperFormatsError? {
        try formatsError { try readAll(content, named: name) }
    }

    @Test(arguments: [
        (#"{"title": "a"}"#, "x.jsonl", "jsonl"), (#"{"title": "a"}"#, "x", "jsonl"),
        (#"{"title": "a"}"#, "x.txt", "jsonl"),
        ("broken\n{\"title\": \"a\"}", "x.ndjson", "jsonl"), (page, "x.txt", "page"), (page, "x", "page"),
        (page, "x.md", "page"), ("\u{FEFF}" + page, "x.TXT", "page"), ("  \n {\n\"title\": \"a\"}", "x.json", "json"),
        ("{\n\"title\": \"a\"}", "x", "json"), ("{\n\"title\": \"a\"}", "x.jsonl", "json"),
        ("[{\"title\": \"a\"}]", "x.json", "json"), ("[ ]", "x.json", "json"),
        ("[\n{\"abstract\": \"a\"}", "x", "json"),
        ("{\"papers\": [{\"title\": \"a\"}]}", "x", "json"), ("{\"n\": 1, \"papers\": [", "x.jsonl", "json"),
        ("{\"title\": \"a\",\n\"id\": \"b\"}", "x", "json"), ("{\"title\": \"a\",\n{\"title\": \"b\"}", "x", "jsonl"),
        ("{\"title\": \"a\",\n\"id\": \"b\"}", "x.jsonl", "jsonl"),
        ("{\"title\": \"a\"}\n{\"title\": \"b\"}", "x.json", "jsonl"),
        ("{\"title\": \"papers\", \"tags\": [1]}", "x.json", "jsonl"),
    ])
    func `have the format that their bytes and names say`(content: String, name: String, format: String) throws {
        try TemporaryFolder.with { (folder: String) throws in
            let path = "\(folder)/\(name)"
            try Data(content.utf8).write(to: URL(filePath: path))
            #expect(try PaperReader(path: path).format.name == format)
        }
    }

    @Test(
        arguments: [
            ([], "a.jsonl", .empty, "empty"), (Array(" \n\r\n\t".utf8), "a.txt", .empty, "empty"),
            ([0x1F, 0x8B, 8, 0], "a.jsonl", .unreadable, "gunzip"),
            (Array("{\\rtf1 x}".utf8), "a.txt", .notText, "RTF"),
            ([0xFF, 0xFE, 0x41, 0], "a.txt", .unknownFormat, "blank lines"),
            (Array("PK\u{3}\u{4} x".utf8), "a.zip", .notText, "zip"),
            (Array("BZh9 x".utf8), "a.jsonl.bz2", .notText, "bunzip2"),
            ([UInt8](repeating: 0, count: 5000), "a.jsonl", .notText, "binary"),
            (Array("just one line".utf8), "a.txt", .unknownFormat, "blank lines"),
            (Array("[1, 2]".utf8), "a.json", .unknownFormat, "JSON"),
            (Array("{\"name\": \"settings\"}".utf8), "a.json", .unknownFormat, "JSON"),
            (Array("{\n\"name\": \"settings\"}".utf8), "a.json", .unknownFormat, "JSON"),
            (Array("id,value\n1,2\n3,4\n".utf8), "a.csv", .unknownFormat, "known formats"),
        ] as [([UInt8], String, PaperFormatsError.Code, String)])
    func `are refused with what they are and what to do`(
        content: [UInt8], name: String, code: PaperFormatsError.Code, hint: String
    ) throws {
        let error = try #require(try error(content, named: name))
        #expect(error.code == code)
        #expect(error.description.contains(hint), "\(error)")
        #expect(error.message.contains(name))
    }

    @Test(
        arguments: [
            (#"{"title": "Site", "theme": "dark", "plugins": []}"#, "settings.json"),
            ("{\n\"title\": \"A\",\n\"window.zoomLevel\": 1}", "settings.json"),
            (#"{"name": "a", "version": "1.0", "title": "A", "author": "B", "keywords": ["c"]}"#, "package.json"),
            (#"{"title": "A", "cells": [], "nbformat": 4, "author": "B"}"#, "a.ipynb"),
            (#"{"title": "A", "short_name": "a", "start_url": "/", "icons": []}"#, "site.webmanifest"),
            (#"{"type": "FeatureCollection", "title": "A", "year": 2000, "features": [{"title": "B"}]}"#, "a.geojson"),
            (#"[{"title": "A", "year": 1999, "director": "B"}, {"title": "C", "director": "D"}]"#, "films.json"),
            (#"{"title": "A", "year": 1999, "director": "B"}"#, "films.jsonl"),
            ("title,year,director\nA,1999,B\nC,2000,D\n", "films.csv"),
            ("Date;Title;Amount\n2024-01-01;Rent;-900\n2024-01-02;Books;-20\n", "bank.csv"),
            ("title\tartist\tyear\nA\tB\t1999\nC\tD\t2000\n", "songs.tsv"),
        ])
    func `are told from settings and other things that have titles`(content: String, name: String) throws {
        let error = try #require(try error(Array(content.utf8), named: name))
        #expect(error.code == .unknownFormat, "\(error)")
    }

    @Test(arguments: [
        (#"{"title": "A"}"#, "a.json"), (#"{"title": "A", "abstract": "B", "mood": "good"}"#, "a.json"),
        (#"{"title": "A", "year": 2000}"#, "a.json"), (#"[{"title": "A", "url": "https://x.org"}]"#, "a.json"),
        (#"[{"title": "A", "doi": "10.1000/1", "shelf": 3}]"#, "a.json"), ("title\nA\n", "a.csv"),
        ("title,url\nA,https://x.org\n", "a.csv"), ("Title;Year;Tags\nA;2000;b\n", "a.csv"),
        ("title,authors,shelf\nA,B C,3\n", "a.csv"), (",title,year\n0,A,2000\n", "a.csv"),
    ])
    func `may have a title and little more`(content: String, name: String) throws {
        #expect(try readAll(Array(content.utf8), named: name).papers.map(\.title) == ["A"])
    }

    @Test
    func `are what the caller says of their columns`() throws {
        let films = Array("title,year,director\nA,1999,B\nC,2000,D\n".utf8)
        let options = ImportOptions(columns: ["title": "title"])
        #expect(try readAll(films, named: "films.csv", options).papers.map(\.title) == ["A", "C"])
        #expect(try readAll(films, named: "films.csv", ImportOptions(format: .csv)).papers.count == 2)
    }

    @Test
    func `are not told by the last record of many that is cut off`() throws {
        let films = (0..<4000).map { "{\"title\": \"Film \($0)\", \"director\": \"B\"}" }.joined(separator: ",\n")
        #expect(try error(Array("[\(films)]".utf8), named: "films.json")?.code == .unknownFormat)
    }

    @Test
    func `are refused where they are garbage`() throws {
        for seed in UInt64(0)..<20 {
            var random = SeededGenerator(seed: seed)
            let garbage = (0..<Int.random(in: 100...100_000, using: &random)).map { _ in
                UInt8.random(in: 0...255, using: &random)
            }
            #expect(try error(garbage, named: "garbage.jsonl")?.code == .notText, "seed \(seed)")
        }
    }

    @Test
    func `are not refused for a stray byte`() throws {
        let page =
            Array("Titel einer Arbeit\n\n".utf8)
            + Array(repeating: Array("Zusammenfassung für ".utf8), count: 30).joined() + [0xFC]
        let read = try readAll(page, named: "a.txt")
        #expect(read.papers.isEmpty)
        #expect(read.skipped.map(\.code) == [.notUTF8])
        let nul = try readAll(Array("{\"title\": \"a\"}\n\u{0}\n{\"title\": \"b\"}".utf8), named: "a.jsonl")
        #expect(nul.papers.map(\.title) == ["a", "b"])
    }

    @Test
    func `are named where they are missing, folders or forbidden`() throws {
        try TemporaryFolder.with { (folder: String) throws in
            #expect(try formatsError { try PaperReader(path: "\(folder)/none.jsonl") }?.code == .notFound)
            #expect(try formatsError { try PaperReader(path: folder) }?.code == .notAFile)
            #expect(try formatsError { try PaperReader(path: "/dev/zero") }?.code == .notAFile)
        }
    }

    @Test
    func `may be pipes`() throws {
        try TemporaryFolder.with { (folder: String) throws in
            let path = "\(folder)/pipe"
            #expect(unsafe mkfifo(path, 0o600) == 0)
            let writer = Thread {
                let handle = FileHandle(forWritingAtPath: path)
                for number in 0..<3 {
                    try? handle?.write(contentsOf: Data("{\"id\": \(number), \"title\": \"t\"}\n".utf8))
                }
                try? handle?.close()
            }
            writer.start()
            let read = try readAll(path)
            #expect(read.papers.map(\.id) == ["0", "1", "2"])
        }
    }
}

@Suite("Folders of papers")
struct PaperFoldersTests {
    private func write(_ text: String, to path: String) throws {
        let folder = URL(filePath: path).deletingLastPathComponent()
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data(text.utf8).write(to: URL(filePath: path))
    }

    @Test
    func `give the files in them and their folders that can be read, in the order of their names`() throws {
        try TemporaryFolder.with { (folder: String) throws in
            #expect(try formatsError { try PaperFiles.paths(in: folder) }?.code == .nothingToImport)
            try write(#"{"title": "b"}"#, to: folder + "/b.jsonl")
            try write(#"{"title": "a"}"#, to: folder + "/a.ndjson")
            try write("words", to: folder + "/notes.md")
            try write("", to: folder + "/d-empty.jsonl")
            try write(#"{"title": "in"}"#, to: folder + "/c/deep/in.jsonl")
            try write("no page", to: folder + "/page.txt")
            for name in ["binary.txt", "d-binary.jsonl"] { try write("\u{0}\u{1}\u{2}\u{0}", to: "\(folder)/\(name)") }
            for junk in [".hidden.jsonl", ".git/x.jsonl", "node_modules/x.jsonl", "c/__pycache__/x.jsonl"] {
                try write(#"{"title": "h"}"#, to: "\(folder)/\(junk)")
            }
            let names = ["a.ndjson", "b.jsonl", "c/deep/in.jsonl", "d-binary.jsonl", "d-empty.jsonl"]
            #expect(try PaperFiles.paths(in: folder) == names.map { "\(folder)/\($0)" })
            #expect(try PaperFiles.paths(in: folder + "/") == names.map { "\(folder)/\($0)" })
            #expect(try PaperFiles.paths(in: "\(folder)/notes.md") == ["\(folder)/notes.md"])
            let files = PaperFiles([folder])
            var notes: [ImportNote] = []
            while let batch = files.nextBatch() { notes += batch.notes }
            #expect(notes.map(\.code) == [.filesPassedOver])
            #expect(notes.first.map { "\($0)" } == "\(folder): passed over 3 files that hold no papers")
            try write(#"{"_id": "1", "text": "t"}"#, to: folder + "/c/corpus.jsonl")
            #expect(
                try PaperFiles.paths(in: folder)
                    == ["a.ndjson", "b.jsonl", "c/corpus.jsonl", "d-binary.jsonl", "d-empty.jsonl"].map {
                        "\(folder)/\($0)"
                    })
            try write(#"{"_id": "1", "text": "t"}"#, to: folder + "/corpus.jsonl")
            #expect(try PaperFiles.paths(in: folder) == ["\(folder)/corpus.jsonl"])
            #expect(try formatsError { try PaperFiles.paths(in: folder + "/none") }?.code == .notFound)
        }
    }

    @Test
    func `that links lead round in a circle are read once`() throws {
        try TemporaryFolder.with { (folder: String) throws in
            try write(#"{"title": "a"}"#, to: folder + "/sub/a.jsonl")
            let manager = FileManager.default
            try manager.createSymbolicLink(atPath: folder + "/sub/up", withDestinationPath: folder)
            try manager.createSymbolicLink(atPath: folder + "/twin", withDestinationPath: folder + "/sub")
            try manager.createSymbolicLink(atPath: folder + "/nowhere.jsonl", withDestinationPath: folder + "/gone")
            #expect(try PaperFiles.paths(in: folder) == ["\(folder)/sub/a.jsonl"])
        }
    }

    @Test
    func `may hold archives`() throws {
        try TemporaryFolder.with { (folder: String) throws in
            var zip = ZipBytes()
            zip.add("x.jsonl", Array(#"{"title": "x"}"#.utf8))
            try Data(zip.archive()).write(to: URL(filePath: folder + "/b.zip"))
            try Data(zip.archive().dropLast(9)).write(to: URL(filePath: folder + "/damaged.zip"))
            try write(#"{"title": "c"}"#, to: folder + "/c.jsonl")
            let files = PaperFiles([folder])
            #expect(files.paths == ["\(folder)/b.zip/x.jsonl", "\(folder)/c.jsonl"])
            #expect(files.nextBatch()?.failedFiles.map(\.file) == ["\(folder)/damaged.zip"])
        }
    }
}
