import Foundation
import TestSupport
import Testing

@Suite("Text made to harm a terminal")
struct HostileTextTests {
    private static let controls =
        "\u{202A}\u{202B}\u{202C}\u{202D}\u{202E}\u{2066}\u{2067}\u{2068}\u{2069}\u{200E}\u{200F}\u{1B}[31m\u{7}\u{8}\u{7F}"
        + "\u{85}\u{9B}31m"

    private static func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x0A: true
        case ..<0x20, 0x7F...0x9F, 0x200E...0x200F, 0x202A...0x202E, 0x2066...0x2069: false
        default: true
        }
    }

    @Test
    func `no command prints a control character of papers, names, arguments or files`() throws {
        try TemporaryFolder.with { folder in
            let bad = Self.controls
            let lines = try (0..<25).map { number -> String in
                let text = "attention \(number) \(bad)\nreversed\t"
                let record: [String: Any] = [
                    "id": "id\(number)\(bad)", "title": text, "abstract": "On \(text). A sentence \(bad) of it.",
                    "authors": ["Ann \(bad)"], "year": number == 7 ? bad : "20\(10 + number)", "venue": text,
                    "categories": [text], "keywords": [text], "url": text, "altIds": ["alt\(number)\(bad)"],
                ]
                return String(decoding: try JSONSerialization.data(withJSONObject: record), as: UTF8.self)
            }
            let file = "papers\(bad)\n.jsonl"
            let library = "library\(bad)"
            try (lines + ["{\"title\": \(bad)}", "{\"title\": 1}", #"{"id": "h", "title": "שלום attention"}"#])
                .joined(separator: "\n").write(toFile: folder + "/" + file, atomically: true, encoding: .utf8)
            let commands = [
                ["add", file, "absent\(bad)"], ["list"], ["info"], ["doctor"], ["doctor", "--repair"], ["refit"],
                ["search", "attention", "foo\(bad)", "--explain"], ["search", "attention", "--author", "Nn\(bad)"],
                ["like", "id1"], ["like", "attention 3"], ["show", "attention 2"], ["show", "attention"],
                ["why", "attention 3", "attention 4"], ["remove", "attention 5"], ["show", "none\(bad)"],
                ["list", "--year", bad], ["frob\(bad)"], ["train", file, "--output", "m\(bad)/m"],
                ["evaluate", "none\(bad)"], ["list", "--json"], ["search", "attention", "--json"],
                ["add", bad, "--json"],
            ]
            for command in commands {
                let outcome = try AkinProcess.run(command + ["--library", library], in: folder)
                let printed = outcome.output + outcome.errors
                #expect(!printed.isEmpty)
                #expect(
                    printed.unicodeScalars.allSatisfy(Self.isHarmless), "\(command[0]): \(printed.debugDescription)")
            }
            let list = try AkinProcess.run(["list", "--library", library], in: folder)
            #expect(list.output.contains("שלום attention"))
            // JSON escapes what text leaves out, so it stays exact.
            let report = try AkinProcess.run(["list", "--json", "--library", library], in: folder).json()
            let papers = try #require(report["papers"] as? [[String: Any]])
            #expect((papers[0]["title"] as? String)?.contains("\u{202E}") == true)
        }
    }
}
