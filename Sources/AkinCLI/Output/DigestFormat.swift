import Akin
import AkinReports
import ArgumentParser
import Foundation
import Papers
import Ranking

/// How a digest is written.
enum DigestFormat: String, ExpressibleByArgument, CaseIterable {
    case text, markdown, html, atom, eml

    /// The lines of a digest.
    ///
    /// - Parameters:
    ///   - digest: The digest.
    ///   - now: The present second since 1970.
    /// - Returns: The lines, without line feeds.
    func lines(_ digest: Digest, now: Int) -> [String] {
        switch self {
        case .text:
            digest.sections.flatMap { section in
                [TextStyle.bold(oneLine(name(of: section)))] + PaperListing.lines(section.hits) + [""]
            }.dropLast()
        case .markdown: markdown(digest)
        case .html: html(digest)
        case .atom: DigestFeed(digest).text.split(separator: "\n").map(String.init)
        case .eml: mail(digest, now: now)
        }
    }

    private func name(of section: Digest.Section) -> String { section.question?.name ?? "perhaps" }

    // MARK: - Formats

    private func markdown(_ digest: Digest) -> [String] {
        func escaped(_ text: String) -> String {
            oneLine(text).map { "\\`*_[]<>#".contains($0) ? "\\\($0)" : String($0) }.joined()
        }
        return digest.sections.flatMap { section in
            ["## \(escaped(name(of: section)))", ""]
                + section.hits.map { hit in
                    let title = escaped(PaperListing.headline(of: hit.paper))
                    let head = hit.paper.link.map { "[\(title)](<\($0)>)" } ?? title
                    let about = escaped(PaperListing.details(of: hit.paper))
                    return "- \(head)  \n  \(about)" + (hit.snippet.map { "  \n  > \(escaped($0.text))" } ?? "")
                } + [""]
        }
    }

    private func html(_ digest: Digest) -> [String] {
        let style =
            "body{font:16px/1.5 system-ui,sans-serif;max-width:44em;margin:2em auto;padding:0 1em}p{margin:.2em 0}"
        return ["<!doctype html>", "<meta charset=\"utf-8\">", "<title>New papers</title>", "<style>\(style)</style>"]
            + digest.sections.flatMap { section in
                ["<h2>\(markup(name(of: section)))</h2>"] + section.hits.flatMap(paragraphs)
            }
    }

    private func paragraphs(of hit: SearchAnswer.Hit) -> [String] {
        let title = markup(PaperListing.headline(of: hit.paper))
        let head = hit.paper.link.map { "<a href=\"\(markup($0))\">\(title)</a>" } ?? title
        return ["<h3>\(head)</h3>", "<p>\(markup(PaperListing.details(of: hit.paper)))</p>"]
            + (hit.snippet.map { ["<p>\(markup($0.text))</p>"] } ?? [])
    }

    /// A message: RFC 5322, with the page as its body, encoded so that no line is too long.
    private func mail(_ digest: Digest, now: Int) -> [String] {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = TimeZone(secondsFromGMT: 0)
        formatter.dateFormat = "EEE, dd MMM yyyy HH:mm:ss Z"
        let body = Data(html(digest).joined(separator: "\n").utf8)
        let encoded = body.base64EncodedString(options: [.lineLength76Characters, .endLineWithLineFeed])
        return [
            "Date: \(formatter.string(from: Date(timeIntervalSince1970: Double(now))))",
            "From: Akin <akin@akin.invalid>",
            "Subject: New papers", "MIME-Version: 1.0", "Content-Type: text/html; charset=utf-8",
            "Content-Transfer-Encoding: base64", "",
        ] + encoded.split(separator: "\n").map(String.init)
    }

    // MARK: - Parts

    private func markup(_ text: String) -> String {
        oneLine(text).replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
            .replacing("\"", with: "&quot;")
    }
}
