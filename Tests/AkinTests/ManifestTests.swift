import Akin
import Foundation
import MappedFiles
import Papers
import TestSupport
import Testing

@Suite("The manifest of a generation")
struct ManifestTests {
    /// Calls `body` with the folder of a library and of its generation in force.
    private func withLibrary(_ body: (_ library: String, _ generation: GenerationFolder) throws -> Void) throws {
        try TemporaryFolder.with { folder in
            let path = folder + "/library"
            try Library(creatingAt: path).add(SyntheticPapers.make(80))
            let generation = try #require(LibraryFolder(path: path).generations().last)
            try body(path, generation)
        }
    }

    private func altered(_ generation: GenerationFolder, _ entry: String, _ other: String) throws -> String {
        let text = try ManifestFile.text(in: generation)
        let altered = text.replacing(entry, with: other)
        try #require(altered != text, "the manifest has no entry \(entry)")
        return altered
    }

    private func search(_ path: String) throws(AkinError) -> [String] {
        try Library(at: path).search(for: "study", options: SearchOptions(k: 80)).hits.map(\.paper.id)
    }

    @Test
    func `a manifest is read as it was written, and names every file of its folder`() throws {
        try withLibrary { library, generation in
            let manifest = try Manifest(in: generation)
            #expect(manifest.generation == 1 && manifest.livePaperCount == 80 && manifest.fittedPaperCount == 80)
            #expect(manifest.spaces.map(\.name) == ["lsa"] && manifest.lsa?.kind == .latentSemantics)
            #expect(try manifest.lsa?.dimensions == Library(at: library).info().rank)
            #expect(manifest.segments.map(\.units) == [["papers": 80]])
            #expect(manifest.segments.map { Set($0.vectors.keys) } == [["lsa"]])
            let names = try FileManager.default.contentsOfDirectory(atPath: generation.path)
            #expect(Set(manifest.files.map(\.name)) == Set(names).subtracting(["manifest"]))
        }
    }

    @Test
    func `a manifest can be read by a person`() throws {
        try withLibrary { _, generation in
            let bytes = try Data(contentsOf: URL(filePath: generation.manifest))
            #expect(bytes.contains(Data("\"fittedPaperCount\" : 80,\n".utf8)))
        }
    }

    @Test
    func `the checksum is of the bytes and not of what they mean`() throws {
        try withLibrary { library, generation in
            // The same JSON, formatted otherwise: sound with checksums of its own, damaged with those of the old bytes.
            let compact = try ManifestFile.text(in: generation).replacing(" : ", with: ":")
            let whole = try Data(contentsOf: URL(filePath: generation.manifest))
            let place = try #require(whole.firstRange(of: Data(" : ".utf8)))
            var spaced = whole
            spaced.replaceSubrange(place, with: Data(":  ".utf8))
            try spaced.write(to: URL(filePath: generation.manifest))
            #expect(throws: AkinError.self) { try search(library) }
            try ManifestFile.write(compact, to: generation)
            #expect(try search(library).count == 80)
            #expect(try Library.checkIntegrity(at: library).isHealthy)
        }
    }

    @Test
    func `an entry that this version does not know is named by the integrity check`() throws {
        try withLibrary { library, generation in
            for (entry, other, name) in [
                ("\"generation\" : 1", "\"color\" : 3,\n  \"generation\" : 1", "'color'"),
                ("\"removedKeys\" :", "\"shape\" : [],\n \"removedKeys\" :", "'segments.shape'"),
            ] {
                let text = try ManifestFile.text(in: generation)
                try ManifestFile.write(altered(generation, entry, other), to: generation)
                let report = try Library.checkIntegrity(at: library)
                #expect(report.findings.contains { $0.contains(name) && $0.contains("manifest") }, "\(name)")
                #expect(report.hasUnknownParts)
                try ManifestFile.write(text, to: generation)
                #expect(try Library.checkIntegrity(at: library).isHealthy)
            }
        }
    }

    @Test(arguments: [
        ("\"fittedPaperCount\" : 80", "\"fittedPaperCount\" : 0"),
        ("\"fittedPaperCount\" : 80", "\"fittedPaperCount\" : -1"),
        ("\"nextSegment\" : 1", "\"nextSegment\" : 0"),
        ("\"generation\" : 1", "\"generation\" : 2"),
        ("\"papers\" : 80", "\"papers\" : 81"),
        ("\"removesStopwords\" : true", "\"removesStopwords\" : false"),
        ("\"dimensions\" : 64", "\"dimensions\" : 63"),
        ("\"policy\" : \"automatic\"", "\"policy\" : \"file\""),
        ("\"name\" : \"model.lsa\"", "\"name\" : \"../../model.lsa\""),
        ("\"name\" : \"segment-000000.bm25\"", "\"name\" : \"model.lsa\""),
        ("\"nextSegment\" : 1", "\"next\" : 1"),
        ("{", "["),
    ])
    func `a manifest that contradicts itself or its files is refused as damaged`(entry: String, other: String) throws {
        try withLibrary { library, generation in
            try ManifestFile.write(altered(generation, entry, other), to: generation)
            let error = #expect(throws: AkinError.self) { try search(library) }
            #expect(error?.code == .damaged)
            #expect(try !Library.checkIntegrity(at: library).isHealthy)
            #expect(try Library.repair(at: library).isRepaired)
            #expect(try search(library).count == 80)
        }
    }

    @Test
    func `a newer format is refused with both versions named, and a repair does not touch it`() throws {
        try withLibrary { library, generation in
            try ManifestFile.write(ManifestFile.text(in: generation), version: 7, to: generation)
            let before = try Data(contentsOf: URL(filePath: generation.manifest))
            let error = #expect(throws: AkinError.self) { try search(library) }
            #expect(error?.code == .newerVersion)
            #expect(error?.message.contains("7") == true && error?.message.contains("4") == true)
            #expect(throws: AkinError.self) { try Library.repair(at: library) }
            #expect(try Data(contentsOf: URL(filePath: generation.manifest)) == before)
        }
    }

    @Test(arguments: [
        ("\"kind\" : \"latentSemantics\"", "\"kind\" : \"encoder\"", "encoder"),
        ("\"papers\" : 80", "\"papers\" : 80, \"passages\" : 9", "passages"),
    ])
    func `a vector space or a unit of a kind that a newer version writes is refused as newer`(
        entry: String, other: String, name: String
    ) throws {
        try withLibrary { library, generation in
            try ManifestFile.write(altered(generation, entry, other), to: generation)
            let error = #expect(throws: AkinError.self) { try search(library) }
            #expect(error?.code == .newerVersion)
            #expect(error?.message.contains(name) == true)
            #expect(throws: AkinError.self) { try Library.repair(at: library) }
        }
    }

    @Test(arguments: [1, 3])
    func `an older format is refused with both versions and the remedy named, and the remedy works`(
        format: Int
    ) throws {
        try withLibrary { library, generation in
            try FileManager.default.removeItem(atPath: generation.manifest)
            try Data("{ \"format\" : \(format), \"rank\" : 12 }".utf8)
                .write(to: URL(filePath: generation.olderManifest))
            let error = #expect(throws: AkinError.self) { try search(library) }
            #expect(error?.code == .olderVersion)
            let message = try #require(error?.message)
            #expect(message.contains("format \(format)") && message.contains("reads 4"))
            #expect(error?.remedy == .repair)
            #expect(throws: AkinError.self) { try Library(at: library).add(SyntheticPapers.make(1, firstNumber: 90)) }
            #expect(try Library.repair(at: library).isRepaired)
            #expect(try search(library).count == 80)
        }
    }
}

@Suite("The identity of a file")
struct FileIdentityTests {
    @Test
    func `files of equal size and other content have other identities`() throws {
        try TemporaryFolder.with { folder in
            var identities: Set<UInt32> = []
            for number in UInt64(0)..<20 {
                let path = folder + "/file"
                var writer = try SectionedFileWriter(path: path, kind: FileKind("test"), version: 1)
                try writer.add("numbers", [UInt64](repeating: 7, count: 100) + [number])
                try writer.commit()
                identities.insert(try FileIdentity(ofFileAt: path).checksum)
            }
            #expect(identities.count == 20)
        }
    }

    @Test
    func `an identity has the name and the size of its file, whatever the file is`() throws {
        try TemporaryFolder.with { folder in
            for count in [0, 1, 59, 60, 61, 207] {
                let path = folder + "/file-\(count)"
                try Data(repeating: 7, count: count).write(to: URL(filePath: path))
                let identity = try FileIdentity(ofFileAt: path)
                #expect(identity.name == "file-\(count)" && identity.byteCount == count)
            }
        }
    }
}
