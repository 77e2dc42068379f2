import Foundation
import TestSupport
import Testing

@Suite("Trouble with files")
struct FileTroubleTests {
    private static let paper = #"{"id": "1", "title": "Hello world paper", "abstract": "about attention"}"#

    private func withFolder(_ body: (_ folder: String) throws -> Void) throws {
        try TemporaryFolder.with { folder in
            try Self.paper.write(toFile: folder + "/ok.jsonl", atomically: true, encoding: .utf8)
            try body(folder)
        }
    }

    /// Runs a line that must end by itself.
    private func run(_ line: String, in folder: String) throws -> AkinProcess.Outcome {
        let outcome = try AkinProcess.shell("timeout 20 " + line, in: folder)
        #expect(outcome.status != 124, "\(line) hangs")
        #expect(!outcome.errors.contains("Domain="), "\(outcome.errors)")
        return outcome
    }

    @Test
    func `a failed add leaves no empty library behind`() throws {
        try withFolder { folder in
            try "not json\n".write(toFile: folder + "/bad.jsonl", atomically: true, encoding: .utf8)
            for arguments in ["absent", "bad.jsonl", "--format page ok.jsonl", "ok.jsonl --model absent.lsa"] {
                #expect(try run("akin add \(arguments) --library new/library", in: folder).status == 2)
                #expect(!FileManager.default.fileExists(atPath: folder + "/new"), "after \(arguments)")
            }
            try FileManager.default.createDirectory(atPath: folder + "/own", withIntermediateDirectories: false)
            _ = try run("akin add ok.jsonl --model absent.lsa --library own", in: folder)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder + "/own").isEmpty)
        }
    }

    @Test
    func `a failed demo leaves no empty library behind, and a full one stays`() throws {
        try withFolder { folder in
            // No file may be larger than a few blocks, so that the library cannot be written.
            let failed = try AkinProcess.shell(
                "trap '' XFSZ; ulimit -f 120; akin demo --library new/library", in: folder)
            #expect(failed.status == 2, "\(failed.errors)")
            #expect(!FileManager.default.fileExists(atPath: folder + "/new"))
            #expect(try run("akin demo --library new/library", in: folder).status == 0)
            _ = try AkinProcess.shell("trap '' XFSZ; ulimit -f 120; akin demo --library new/library", in: folder)
            #expect(try run("akin doctor --library new/library", in: folder).status == 0)
            #expect(try run("akin demo --library new/library", in: folder).status == 0)
            #expect(try run("akin add ok.jsonl --library other", in: folder).status == 0)
            let refused = try run("akin demo --library other", in: folder)
            #expect(refused.status == 2 && refused.errors.contains("holds other papers"))
        }
    }

    @Test
    func `a pipe or a device in place of a file of a library is told and does not hang`() throws {
        try withFolder { folder in
            #expect(try run("akin add ok.jsonl --library kept", in: folder).status == 0)
            let files = try FileManager.default.subpathsOfDirectory(atPath: folder + "/kept").filter { $0 != "lock" }
            let journals = ["-wal", "-shm", "-journal"].map { "papers.sqlite" + $0 }
            for file in files + journals where !file.hasSuffix("generation-000001") {
                for making in ["mkfifo", "ln -s /dev/zero"] {
                    _ = try AkinProcess.shell(
                        "rm -rf lib; cp -a kept lib; rm -f lib/\(file); \(making) lib/\(file)", in: folder)
                    let search = try run("akin search attention --library lib", in: folder)
                    #expect(search.status == 2, "\(making) \(file)")
                    #expect(search.errors.contains("lib/\(file)"), "\(search.errors)")
                    for command in ["add ok.jsonl", "doctor", "doctor --repair"] {
                        _ = try run("akin \(command) --library lib", in: folder)
                    }
                }
            }
        }
    }

    @Test
    func `a pipe in place of a journal is to be moved away, and one in place of the store calls for a backup`() throws {
        try withFolder { folder in
            #expect(try run("akin add ok.jsonl --library lib", in: folder).status == 0)
            for command in ["search attention", "list", "add ok.jsonl", "doctor", "doctor --repair"] {
                for suffix in ["-wal", "-shm", "-journal"] {
                    let file = "lib/papers.sqlite\(suffix)"
                    _ = try AkinProcess.shell("mkfifo \(file)", in: folder)
                    let told = try run("akin \(command) --library lib", in: folder)
                    #expect(told.status == 2)
                    let advice = "'\(file)' is a pipe and not a file. Move it away, and run the command again."
                    #expect(told.errors.contains(advice), "\(told.errors)")
                    #expect(!told.errors.contains("backup"))
                    _ = try AkinProcess.shell("rm \(file)", in: folder)
                }
            }
            #expect(try run("akin doctor --library lib", in: folder).status == 0)
            _ = try AkinProcess.shell("rm lib/papers.sqlite; mkfifo lib/papers.sqlite", in: folder)
            let told = try run("akin search attention --library lib", in: folder)
            #expect(told.status == 2 && told.errors.contains("is a pipe and not a file. Restore it from a backup"))
        }
    }

    @Test
    func `a library is not called damaged for want of descriptors, and no repair touches it then`() throws {
        try withFolder { folder in
            #expect(try run("akin add ok.jsonl --library lib", in: folder).status == 0)
            for limit in 4...18 {
                for command in ["search attention", "doctor", "doctor --repair"] {
                    let line = "ulimit -n \(limit); exec timeout 20 akin \(command) --library lib"
                    let told = try AkinProcess.shell(line, in: folder)
                    #expect(told.status != 124, "\(line) hangs")
                    let text = told.output + told.errors
                    for word in ["--repair", "damaged", "Rebuilt", "lost:"] {
                        #expect(!text.contains(word), "\(line): \(text)")
                    }
                }
            }
            #expect(!FileManager.default.fileExists(atPath: folder + "/lib/papers.sqlite.damaged"))
            #expect(try run("akin doctor --library lib", in: folder).status == 0)
        }
    }

    @Test
    func `a pipe is no model and no file of judgments, and gives papers`() throws {
        try withFolder { folder in
            _ = try AkinProcess.shell("mkfifo pipe; mkdir -p set/qrels; mkfifo set/qrels/test.tsv", in: folder)
            _ = try AkinProcess.shell("echo '{\"_id\": \"1\", \"text\": \"a\"}' > set/queries.jsonl", in: folder)
            let model = try run("akin add ok.jsonl --model pipe --library l", in: folder)
            #expect(model.status == 2 && model.errors.contains("pipe"))
            let judgments = try run("akin evaluate set --library l", in: folder)
            #expect(judgments.status == 2 && judgments.errors.contains("it is a pipe and not a file"))
            let piped = try run("sh -c 'cat ok.jsonl | akin add /dev/stdin --library l'", in: folder)
            #expect(piped.status == 0)
        }
    }

    @Test
    func `a change of a library succeeds though nobody gets the report`() throws {
        try withFolder { folder in
            for (number, output) in [">&-", ">/dev/full", ">&- 2>&- <&-"].enumerated() {
                let library = "--library l\(number)"
                let added = try run("sh -c 'akin add ok.jsonl \(library) \(output)'", in: folder)
                let checked = try run("akin doctor \(library)", in: folder)
                let listed = try run("sh -c 'akin list \(library) \(output)'", in: folder)
                #expect([added, checked, listed].map(\.status) == [0, 0, 2])
            }
        }
    }

    @Test
    func `a folder that may not be read is not taken for one without a library`() throws {
        // Nothing is forbidden to the superuser.
        guard getuid() != 0 else { return }
        try withFolder { folder in
            #expect(try run("akin add ok.jsonl --library l", in: folder).status == 0)
            defer { _ = try? AkinProcess.shell("chmod 755 l", in: folder) }
            _ = try AkinProcess.shell("chmod 000 l", in: folder)
            for command in ["list", "add ok.jsonl", "doctor", "doctor --repair"] {
                let outcome = try run("akin \(command) --library l", in: folder)
                #expect(outcome.status == 2)
                #expect(outcome.errors.contains("permission denied"))
                #expect(!outcome.errors.contains("no library"))
            }
        }
    }

    @Test
    func `a page of a file that the disk cannot read ends a command with a message`() throws {
        try withFolder { folder in
            // Signals that come before the program is ready for them are ignored.
            try """
            mkfifo pipe; trap '' BUS; shell=$$
            (for i in $(seq 200); do kill -BUS $shell || exit; sleep 0.05; done) >/dev/null 2>&1 &
            exec akin add --library library pipe 3<>pipe
            """.write(toFile: folder + "/script", atomically: true, encoding: .utf8)
            let outcome = try run("sh script", in: folder)
            #expect(outcome.status == 2)
            #expect(outcome.errors.contains("Run 'akin doctor'"), "\(outcome.errors)")
        }
    }

    @Test
    func `a wait of some seconds ends, and a value that is none is refused`() throws {
        try withFolder { folder in
            _ = try run("akin add --library library ok.jsonl", in: folder)
            let waited = try run("flock library/lock akin add --wait=1 --library library ok.jsonl", in: folder)
            #expect(waited.status == 2 && waited.errors.contains("was not done after 1 s"), "\(waited.errors)")
            for value in ["abc", "-1", "1e9", "nan"] {
                let outcome = try run("akin add --wait=\(value) --library library ok.jsonl", in: folder)
                #expect(outcome.status == 2, "--wait=\(value)")
            }
            for flag in ["--wait", "--wait=0.5"] {
                #expect(try run("akin add \(flag) --library library ok.jsonl", in: folder).status == 0, "\(flag)")
            }
        }
    }

    @Test
    func `a limit of the size of files is an error and no signal`() throws {
        try withFolder { folder in
            let outcome = try run("sh -c 'ulimit -f 8; akin add --library library ok.jsonl'", in: folder)
            #expect(outcome.status == 2 && outcome.errors.contains("akin:"), "\(outcome.status) \(outcome.errors)")
        }
    }

    @Test
    func `a text that only begins like a value is told with its line and column`() throws {
        try withFolder { folder in
            try "\nnot json\nté true\n".write(toFile: folder + "/bad.jsonl", atomically: true, encoding: .utf8)
            let outcome = try run("akin add bad.jsonl --library l", in: folder)
            #expect(outcome.errors.contains("not JSON at 2:2: 'null' is expected"), "\(outcome.errors)")
        }
    }
}
