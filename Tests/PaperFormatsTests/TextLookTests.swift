import Foundation
import PaperFormats
import Papers
import TestSupport
import Testing

@Suite("Texts that are no page of papers")
struct TextLookTests {
    /// Where no importer of these formats is asked, their files are not taken for pages either.
    private static let options = ImportOptions(formats: [.jsonLines, .json, .page, .text])
    private static let paragraph = String(repeating: "We show how words follow words in a paragraph. ", count: 8)

    @Test(arguments: [
        ("@article{key,\n  title = {A Title},\n}\n\nA heading\n\n\(paragraph)\n", "BibTeX"),
        ("TY  - JOUR\nTI  - A Title\nAB  - Words\nER  - \n", "tagged"),
        ("title,abstract,year\n\"A\",\"\(paragraph)\",2020\nB,words,2021\n", "table"),
        ("# Notes\n\nA heading\n\n\(paragraph)\n", "Markdown"),
        ("<?xml version=\"1.0\"?>\n<a>\n\nA heading\n\n\(paragraph)\n</a>", "XML"),
        ("<!DOCTYPE html>\n<p>A heading\n\n\(paragraph)", "HTML"),
        ("{\"a\": 1}\n\nA heading\n\n\(paragraph)", "JSON"),
        ("---\ntitle: A\n\n\(paragraph)\n", "YAML"),
        ("#!/bin/sh\n\nA heading\n\n\(paragraph)", "source code"),
        ("import os\n\ndef read():\n    return 1;\n\nA heading\n\n\(paragraph)", "source code"),
        ("2024-03-14 10:00:00 start\n2024-03-14 10:00:01 \(paragraph)\n", "log"),
        ("\\documentclass{article}\n\nA heading\n\n\(paragraph)", "LaTeX"),
        ("From: a\nTo: b\nSubject: c\n\n\(paragraph)", "e-mail"),
        ("Title\n=====\n\n\(paragraph)", "headings"),
        ("Chapter 1\n\n\(paragraph)\n\n\(paragraph)\n\n\(paragraph)\n\n\(paragraph)\n", "prose"),
        ("1 Introduction\n\n\(paragraph)\n\n2 Results\n\n\(paragraph)\n", "prose"),
    ])
    func `are refused, and the error says what they look like`(text: String, look: String) throws {
        for name in ["a.txt", "a"] {
            let error = try #require(try formatsError { try readAll(Array(text.utf8), named: name, Self.options) })
            #expect(error.code == .unknownFormat)
            #expect(error.message.contains(look), "\(error)")
            // What XML, HTML and Markdown lack is said by their own words.
            #expect(["XML", "HTML", "Markdown"].contains(look) || error.message.contains("'jsonl'"))
        }
    }

    @Test
    func `are refused by a name of another format`() throws {
        let page = "A Title\n\n\(Self.paragraph)\n"
        for ending in ["bib", "ris", "csv", "yaml", "py", "log"] {
            let error = try formatsError { try readAll(Array(page.utf8), named: "a.\(ending)", Self.options) }
            #expect(error?.code == .unknownFormat)
        }
        #expect(try readAll(Array(page.utf8), named: "a.txt").papers.count == 1)
    }

    @Test
    func `are one paper where the format is named`() throws {
        let prose = "\nOn Words\nand More\n\n\(Self.paragraph)\n\n\(Self.paragraph)\n"
        let read = try readAll(Array(prose.utf8), named: "a.txt", ImportOptions(format: .text))
        #expect(read.papers.map(\.title) == ["On Words and More"])
        let words = Self.paragraph.dropLast()
        #expect(read.papers.map(\.abstract) == ["\(words) \(words)"])
        let long = try readAll(
            Array("Title\n\(Self.paragraph)\n".utf8), named: "a.txt", ImportOptions(format: .text))
        #expect(long.papers.map(\.title) == ["Title"])
        #expect(long.papers.map(\.abstract) == [String(words)])
    }

    @Test(.enabled(if: RealFiles.isPresent, "\(SharedData.skipNote)"))
    func `and real files of any kind are safe where they are cut off`() throws {
        for (seed, path) in try RealFiles.paths().enumerated() where !path.hasSuffix(".pdf") {
            var random = SeededGenerator(seed: UInt64(seed))
            let whole = try Data(contentsOf: URL(filePath: path))
            for _ in 0..<4 {
                let cut = whole.prefix(Int.random(in: 1..<max(2, min(whole.count, 300_000)), using: &random))
                let name = URL(filePath: path).lastPathComponent
                _ = try formatsError { try readAll(cut, named: name, ImportOptions(threads: 1)) }
            }
        }
    }

    @Test(.enabled(if: RealFiles.isPresent, "\(SharedData.skipNote)"))
    func `are none of the real files for other programs`() throws {
        for path in try RealFiles.paths() {
            let reader = try? PaperReader(path: path)
            #expect(reader?.format != .page, "\(path)")
        }
    }
}
