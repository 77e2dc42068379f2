import Foundation
import TestSupport
import Testing
import VectorFiles

@Suite("Moving in and out")
struct MovingTests {
    private static let bibliography = """
        @string{acl = "Transactions of the ACL"}
        @article{okafor2021slow,
          author = {Okafor, Ada and van der Berg, Jan}, title = {Slow {W}alks on {\\"U}ber-Graphs},
          journal = acl, year = 2021, volume = 9, pages = {1--12}, doi = {10.1000/slow.1},
          keywords = {graphs, walks}, note = {Read twice.}, abstract = {We walk slowly.}
        }
        @inproceedings{reader2022, author = {Ada Reader}, title = {Songs of Memory}, booktitle = {Proc. of Songs},
          year = {2022}, mycode = {x-17}}

        """

    private func withFiles(
        _ body: (_ folder: String, _ akin: ([String]) throws -> AkinProcess.Outcome) throws -> Void
    )
        throws
    {
        try TemporaryFolder.with { (folder: String) throws in
            try Self.bibliography.write(toFile: folder + "/refs.bib", atomically: true, encoding: .utf8)
            try body(folder) { arguments in
                try AkinProcess.run(
                    arguments, environment: ["HOME": folder, "AKIN_LIBRARY": folder + "/library"], in: folder)
            }
        }
    }

    @Test func `a bibliography goes in, is filtered and shown, and comes out as it was`() throws {
        try withFiles { folder, akin in
            #expect(try akin(["add", "refs.bib"]).status == 0)
            let paper = try akin(["show", "okafor2021slow", "--json"]).json()
            #expect(paper["title"] as? String == "Slow Walks on Über-Graphs")
            #expect(paper["authors"] as? [String] == ["Ada Okafor", "Jan van der Berg"])
            #expect(
                paper["id"] as? String == "doi:10.1000/slow.1"
                    && (paper["attributes"] as? [String: [String]])?["note"] == ["Read twice."])
            #expect(try akin(["list", "--where", "mycode=X-17"]).output.contains("Songs of Memory"))
            #expect(try akin(["list", "--where", "volume=10"]).errors.contains("No paper has the field 'volume=10'"))

            for format in ["bibtex", "biblatex", "jsonl"] {
                #expect(try akin(["export", "--format", format, "-o", "out.\(format)"]).status == 0)
                #expect(try akin(["export", "--format", format, "-o", "out.\(format)"]).status == 2)
                let other = folder + "/other-" + format
                #expect(try akin(["add", "out.\(format)", "--library", other]).status == 0)
                let (first, second) = (try akin(["list", "--json"]), try akin(["list", "--json", "--library", other]))
                #expect(first.output == second.output, "\(format)")
            }
            #expect(try akin(["export", "okafor2021slow", "--format", "ris"]).output.hasPrefix("TY  - JOUR"))
        }
    }

    @Test func `a file that changes is read again, and what is gone from it is told and removed when asked`() throws {
        try withFiles { folder, akin in
            #expect(try akin(["add", "refs.bib"]).status == 0)
            #expect(try akin(["sync"]).output.contains("unchanged"))
            let changed =
                Self.bibliography.components(separatedBy: "@inproceedings")[0]
                + "@misc{new1, title = {A new paper}, author = {Nia New}}\n"
            try changed.write(toFile: folder + "/refs.bib", atomically: true, encoding: .utf8)
            let report = try akin(["sync", "--json"]).json()
            let source = try #require((report["sources"] as? [[String: Any]])?.first)
            #expect(source["status"] as? String == "read" && source["added"] as? Int == 1)
            #expect((source["missing"] as? [Any])?.count == 1)
            #expect(try akin(["list"]).output.contains("Songs of Memory"))
            #expect((try akin(["sync", "--remove-missing", "--json"]).json()["removed"] as? [String])?.count == 1)
            #expect(try !akin(["list"]).output.contains("Songs of Memory"))
            try FileManager.default.removeItem(atPath: folder + "/refs.bib")
            #expect(try akin(["sync"]).output.contains("not there any more"))
            #expect(try akin(["sync", "--forget", "refs.bib"]).status == 0)
            #expect(try akin(["sync", "--forget", "refs.bib"]).status == 2)
        }
    }

    @Test func `a dry run and a strict addition change nothing`() throws {
        try withFiles { folder, akin in
            #expect(
                try akin(["add", "--dry-run", "refs.bib"]).output.contains(
                    "nothing was changed. It would be: 2 papers added."))
            #expect(try akin(["info"]).status == 2)
            try "@article{a, title = {One}}\n@article{b, title = {Unclosed\n@article{c, title = {Two}}\n"
                .write(toFile: folder + "/broken.bib", atomically: true, encoding: .utf8)
            let strict = try akin(["add", "--strict", "broken.bib"])
            #expect(strict.status == 2 && strict.errors.contains("broken.bib:2"))
            #expect(try akin(["info"]).status == 2)
            #expect(try akin(["add", "broken.bib"]).errors.contains("skipped broken.bib:2"))
            #expect(try akin(["list"]).output.contains("Two"))
        }
    }

    @Test func `vectors go out with their ids, and vectors of other files are made by the library's model`() throws {
        try TemporaryFolder.with { (folder: String) throws in
            let library = folder + "/library"
            #expect(try AkinProcess.run("demo", "-q", "--library", library).status == 0)
            func akin(_ arguments: String...) throws -> AkinProcess.Outcome {
                try AkinProcess.run(arguments + ["--library", library], in: folder)
            }
            #expect(try akin("export", "--vectors", "out.npy").status == 0)
            #expect(try akin("export", "--format", "jsonl", "-o", "out.jsonl").status == 0)
            #expect(try akin("embed", "out.jsonl", "-o", "again.npy").status == 0)
            let ids = try String(contentsOfFile: folder + "/out.ids", encoding: .utf8)
            #expect(
                try ids.split(separator: "\n").count == 74
                    && ids == String(contentsOfFile: folder + "/again.ids", encoding: .utf8))
            let sizes = try ["out.npy", "again.npy"].map {
                try Data(contentsOf: URL(filePath: folder + "/" + $0)).count
            }
            #expect(sizes[0] == sizes[1] && sizes[0] > 74 * 4)
            #expect(try akin("embed", "out.jsonl", "-o", "again.npy").errors.contains("--force"))
            #expect(try akin("embed", "out.jsonl", "-o", "out.jsonl", "--force").status == 2)

            // The ending of the name is the format.
            let report = try akin("export", "--vectors", "rows.fvecs", "--json").json()
            #expect(report["format"] as? String == "fvecs" && report["papers"] as? Int == 74)
            let npy = try VectorFile(path: folder + "/out.npy")
            let fvecs = try VectorFile(path: folder + "/rows.fvecs")
            let rows = (try npy.vectors(), try fvecs.vectors())
            #expect(npy.format == .npy && fvecs.format == .fvecs && rows.0 == rows.1 && fvecs.count == 74)
            for name in ["new.bvecs", "new.ivecs"] {
                let refused = try akin("export", "--vectors", name)
                #expect(refused.status == 2 && refused.errors.contains(".fvecs"), "\(refused.errors)")
            }
        }
    }

    @Test func `vectors of every format go in with papers and with a question`() throws {
        try TemporaryFolder.with { (folder: String) throws in
            let records = (0..<4).map {
                #"{"id": "p\#($0)", "title": "Paper \#($0)", "abstract": "On things."}"# + "\n"
            }
            try records.joined().write(toFile: folder + "/papers.jsonl", atomically: true, encoding: .utf8)
            func akin(_ arguments: String...) throws -> AkinProcess.Outcome {
                try AkinProcess.run(arguments, in: folder)
            }
            // Rows on the axes, so that paper 2 is the nearest of a vector on axis 2.
            let rows = (0..<16).map { $0.isMultiple(of: 5) ? 1 : 0 }
            let floats = rows.map(Float.init)
            try write(floats, to: folder + "/v.npy")
            try write(floats, to: folder + "/v.fvecs")
            let integers = try VectorFileWriter(path: folder + "/v.ivecs", dimensions: 4)
            try integers.append(integers: rows.map(Int32.init))
            try integers.finish()
            var bytes: [UInt8] = []
            for row in 0..<4 { bytes += [4, 0, 0, 0] + rows[4 * row..<4 * row + 4].map { UInt8($0) } }
            try Data(bytes).write(to: URL(filePath: folder + "/v.bvecs"))
            try write([0, 0, 1, 0], to: folder + "/q.fvecs")
            // numpy.save of one vector has one axis.
            let header = "{'descr': '<f8', 'fortran_order': False, 'shape': (4,), }\n"
            var array: [UInt8] =
                [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(header.utf8.count), 0] + Array(header.utf8)
            for axis in 0..<4 { array += [0, 0, 0, 0, 0, 0] + (axis == 2 ? [0xF0, 0x3F] : [0, 0]) }
            try Data(array).write(to: URL(filePath: folder + "/q.npy"))

            for format in ["npy", "fvecs", "bvecs", "ivecs"] {
                let added = try akin(
                    "add", "papers.jsonl", "--vectors", "v." + format, "--space", "axes", "--library", format)
                #expect(added.status == 0, "\(added.errors)")
                for question in ["q.fvecs", "q.npy"] {
                    let answer = try akin(
                        "search", "things", "--vector", question, "--space", "axes", "--mode", "semantic", "--library",
                        format, "--json"
                    ).json()
                    let first = (answer["results"] as? [[String: Any]])?.first
                    #expect(first?["id"] as? String == "p2", "\(format) \(question)")
                }
            }
            let refused = try akin("search", "x", "--vector", "v.npy", "--space", "axes", "--library", "npy")
            #expect(refused.status == 2 && refused.errors.contains("4 vectors"), "\(refused.errors)")
            let flat = try akin("add", "papers.jsonl", "--vectors", "q.npy", "--space", "b", "--library", "npy")
            #expect(flat.status == 2 && flat.errors.contains(".reshape(1, -1)"), "\(flat.errors)")
            try write([1, 0, 0, 0], to: folder + "/few.fvecs")
            let few = try akin("add", "papers.jsonl", "--vectors", "few.fvecs", "--space", "b", "--library", "npy")
            #expect(few.status == 2 && few.errors.contains("1 vectors of 'few.fvecs' to 4 papers"), "\(few.errors)")
        }
    }

    private func write(_ vectors: [Float], to path: String) throws {
        let writer = try VectorFileWriter(path: path, dimensions: 4)
        try writer.append(vectors)
        try writer.finish()
    }
}
