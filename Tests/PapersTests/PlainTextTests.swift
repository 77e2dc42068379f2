import Foundation
import Papers
import TestSupport
import Testing

@Suite("Markup in the texts of a paper")
struct PlainTextTests {
    private func text(_ written: String) -> String {
        Paper(id: "1", title: written, abstract: "").title
    }

    @Test(arguments: [
        ("H<sub>2</sub>O", "H2O"), ("<i>E. coli</i> and <b>more</b>", "E. coli and more"), ("AT&amp;T", "AT&T"),
        ("AT&amp;amp;amp;T", "AT&T"), ("1990&#x2013;2000", "1990–2000"), ("1990&#8211;2000 &#150; x", "1990–2000 – x"),
        ("a&nbsp;b", "a b"), ("p &lt; 0.05", "p < 0.05"),
        ("&alpha;-helix, Erd&odblac;s, caf&eacute;", "α-helix, Erd&odblac;s, café"),
        ("<jats:p>One.</jats:p><jats:p>Two.</jats:p>", "One. Two."), ("one<br/>two<BR >three", "one two three"),
        ("&lt;p&gt;escaped&lt;/p&gt;", "escaped"), ("&amp;lt;i&amp;gt;twice&amp;lt;/i&amp;gt;", "twice"),
        ("<jats:title>Abstract</jats:title><jats:p>We</jats:p>", "We"), ("<title> ABSTRACT: </title>We", "We"),
        ("<jats:title>Background</jats:title><jats:p>We</jats:p>", "Background We"),
        ("<title>Deep Nets</title>", "Deep Nets"), ("<a href=\"http://x.org/?a=1&amp;b=2\">here</a>", "here"),
        ("see <jats:ext-link xmlns:xlink='http://www.w3.org' ext-link-type=uri>x</jats:ext-link>.", "see x."),
        ("a <!-- note --> b", "a b"), ("&am<b></b>p;", "&"), ("<<b>i>x", "x"), ("x<sup>2</sup>", "x2"),
        (
            "for <mml:math xmlns:mml=\"http://www.w3.org/1998/Math/MathML\"><mml:msub><mml:mi>x</mml:mi>"
                + "<mml:mn>1</mml:mn></mml:msub><mml:mo>=</mml:mo><mml:mn>0</mml:mn></mml:math> alone", "for x1=0 alone"
        ),
        (
            "<math><semantics><mi>y</mi><annotation encoding=\"application/x-tex\">\\psi</annotation></semantics></math>!",
            "y!"
        ),
    ])
    func `is taken out`(written: String, plain: String) {
        #expect(text(written) == plain)
    }

    @Test(arguments: [
        "x < y", "p<0.05", "a<b and c>d", "a<b and c=d>e", "R&D", "AT&T", "Q&A; more", "List<int>",
        "Map<String, List<int>>",
        "<unk>", "[MASK]", "the tokens <s> and </s>", "<|endoftext|>", "<a>", "<think>x</think>", "<table>",
        "$a<b$ \\& \\le",
        "$\\alpha_{i} < \\beta$", "a <- b -> c", "<>", "</>", "< b >", "&", "&;", "&#;", "&#x;", "&#0;", "&#55296;",
        "&#x110000;", "&#+65;", "&nosuch;", "&amp", "x&lty", "<p", "p>", "<p <q> x>", "<3", "=>", "<b=1>", "<b c>",
        "<b c=>",
        "<b c=\"d>", "<i<j>",
    ])
    func `that only looks like it stays`(plain: String) {
        #expect(text(plain) == plain)
    }

    @Test func `is taken out of every text and of no id and url`() {
        let paper = Paper(
            id: "10.1000/a&amp;b", title: "R&amp;D", abstract: "<p>x</p>", authors: ["M&uuml;ller", "<b></b>"],
            year: 2020,
            venue: "Science &amp; Society", categories: ["a&amp;b"], keywords: ["<i>in vivo</i>"],
            url: "https://example.org/?a=1&amp;b=2", alternateIDs: ["c&amp;d"])
        #expect(paper.title == "R&D" && paper.abstract == "x" && paper.authors == ["Müller"])
        #expect(paper.venue == "Science & Society" && paper.categories == ["a&b"] && paper.keywords == ["in vivo"])
        #expect(paper.id == "10.1000/a&amp;b" && paper.alternateIDs == ["c&amp;d"])
        #expect(paper.url == "https://example.org/?a=1&amp;b=2")
        #expect(Paper(title: "AT&amp;T", abstract: "").id == Paper(title: "AT&T", abstract: "").id)
        #expect(Paper(id: "1", title: "<p></p>", abstract: " <br/> ").isEmpty)
    }

    @Test func `taken out once stays out, whatever comes together`() {
        let pieces = [
            "<", ">", "&", ";", "/", "b", "p", "title", "Abstract", "amp", "lt", "gt", "#60", "#x3e", " ", "=", "\"",
            "annotation",
            "<annotation>", "</annotation>", "<b>", "</b>", "<p>", "<title>", "</title>", "&amp;", "&lt;", "mml:",
            "!--", "--",
            "é", "<i x=\"", "&#59;", "\n",
        ]
        for seed in 0..<3_000 as Range<UInt64> {
            var generator = SeededGenerator(seed: seed)
            let count = Int.random(in: 1...40, using: &generator)
            let written = (0..<count).map { _ in pieces[Int.random(in: 0..<pieces.count, using: &generator)] }.joined()
            let once = text(written)
            #expect(text(once) == once, "seed \(seed): \(written)")
        }
    }

    @Test func `of a hostile megabyte is read in linear time`() {
        let unit = 1 << 20
        let hostile = [
            String(repeating: "<", count: unit),
            String(repeating: "<", count: unit) + String(repeating: ">", count: unit),
            String(repeating: "<b ", count: unit / 3) + String(repeating: ">", count: unit / 3),
            "&" + String(repeating: "amp;", count: unit / 4), String(repeating: "&", count: unit),
            String(repeating: "<b x=\"", count: unit / 6), String(repeating: "<annotation>", count: unit / 12),
            String(repeating: "<title><annotation>", count: unit / 19)
                + String(repeating: "</title></annotation>", count: unit / 19),
            String(repeating: "&<annotation>amp;", count: unit / 17) + "</annotation>",
        ]
        let clock = ContinuousClock()
        for written in hostile {
            var result = ""
            let elapsed = clock.measure { result = text(written) }
            #expect(result.utf8.count <= written.utf8.count)
            #expect(elapsed < .seconds(20), "\(written.prefix(40))")
        }
        #expect(text("&" + String(repeating: "amp;", count: unit / 4)) == "&")
    }
}
