package import Akin
import Foundation
import Papers
import Ranking

/// A digest as an Atom feed, RFC 4287. The ids of papers are made `tag:` addresses, RFC 4151.
package struct DigestFeed: Sendable {
    /// The feed.
    package let text: String

    /// Writes a digest.
    ///
    /// - Parameters:
    ///   - digest: The digest.
    ///   - title: The title of the feed.
    package init(_ digest: Digest, title: String = "New papers") {
        // An unchanged digest is an unchanged feed.
        let moment = Self.moment(digest.times.values.max() ?? digest.since)
        let head = [
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>", "<feed xmlns=\"http://www.w3.org/2005/Atom\">",
            "<title>\(escapedXML(title))</title>", "<id>tag:akin.invalid,2026:digest/\(Self.word(title))</id>",
            "<updated>\(moment)</updated>", "<author><name>Akin</name></author>",
        ]
        let entries = digest.sections.flatMap { section in
            section.hits.map { hit in
                let time = digest.times[hit.paper.id] ?? digest.since
                return Self.entry(hit, of: section.question?.name ?? "perhaps", Self.moment(time))
            }
        }
        text = (head + entries + ["</feed>"]).joined(separator: "\n") + "\n"
    }

    private static func entry(_ hit: SearchAnswer.Hit, of question: String, _ moment: String) -> String {
        let link = hit.paper.link.map { "<link href=\"\(escapedXML($0))\"/>" } ?? ""
        let summary = [hit.paper.detailsLine, hit.snippet?.text].compactMap(\.self)
        return """
            <entry><title>\(escapedXML(hit.paper.headline))</title>\
            <id>tag:akin.invalid,2026:paper/\(word(hit.paper.id))</id><updated>\(moment)</updated>\(link)\
            <category term="\(escapedXML(question))"/>\
            <content type="text">\(escapedXML(summary.joined(separator: " — ")))</content></entry>
            """
    }

    /// A text as a part of an address.
    private static func word(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics.union([".", "-", "_", ":"])) ?? ""
    }

    private static func moment(_ time: Int) -> String {
        Date(timeIntervalSince1970: Double(time)).formatted(.iso8601.dateSeparator(.dash).timeSeparator(.colon))
    }
}
