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
        ("H<sub>2</sub>O", "H₂O"), ("<i>E. coli</i> and <b>more</b>", "E. coli and more"), ("AT&amp;T", "AT&T"),
        ("AT&amp;amp;amp;T", "AT&T"), ("1990&#x2013;2000", "1990–2000"), ("1990&#8211;2000 &#150; x", "1990–2000 – x"),
        ("a&nbsp;b", "a b"), ("p &lt; 0.05", "p < 0.05"),
        ("&alpha;-helix, Erd&odblac;s, caf&eacute;", "α-helix, Erd&odblac;s, café"),
        ("<jats:p>One.</jats:p><jats:p>Two.</jats:p>", "One. Two."), ("one<br/>two<BR >three", "one two three"),
        ("&lt;p&gt;escaped&lt;/p&gt;", "escaped"), ("&amp;lt;i&amp;gt;twice&amp;lt;/i&amp;gt;", "twice"),
        ("<jats:title>Abstract</jats:title><jats:p>We</jats:p>", "We"), ("<title> ABSTRACT: </title>We", "We"),
        ("<jats:title>Background</jats:title><jats:p>We</jats:p>", "Background We"),
        ("<title>Deep Nets</title>", "Deep Nets"), ("<a href=\"http://x.org/?a=1&amp;b=2\">here</a>", "here"),
        ("see <jats:ext-link xmlns:xlink='http://www.w3.org' ext-link-type=uri>x</jats:ext-link>.", "see x."),
        ("a <!-- note --> b", "a b"), ("&am<b></b>p;", "&"), ("<<b></b>i>x</i>", "x"), ("x<sup>2</sup>", "x²"),
        (
            "for <mml:math xmlns:mml=\"http://www.w3.org/1998/Math/MathML\"><mml:msub><mml:mi>x</mml:mi>"
                + "<mml:mn>1</mml:mn></mml:msub><mml:mo>=</mml:mo><mml:mn>0</mml:mn></mml:math> alone", "for x₁=0 alone"
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
        "<b c=\"d>", "<i<j>", "<<b>i>x",
    ])
    func `that only looks like it stays`(plain: String) {
        #expect(text(plain) == plain)
    }

    @Test(arguments: [
        "write `<annotation>` first and `</annotation>` last", "write <annotation> first and </annotation> last",
        "The `<title>` element and the `<p>` element matter", "The <title> element and the <p> element matter",
        "between `<p>` and `</p>`", "a '<b>' and a '</b>'", "</p>", "<semantics>", "<p>cut off", "the end</p>", "<sub>",
        "<mfrac>", "<annotation/>", "<a>x</a>",
    ])
    func `that a text is about is not lost`(plain: String) {
        #expect(text(plain) == plain)
    }

    @Test(arguments: [
        ("<jats:p>cut off", "cut off"), ("the end</jats:p>", "the end"), ("one<br>two<hr/>three</br>", "one two three"),
        ("a<mspace width=\"1em\"/>b<span/>c", "abc"), ("<p>one <p>two</p>", "<p>one two"),
        ("<i>a <b>b</i> c</b>", "a b c"), ("<jats:annotation>x</jats:annotation>", "x"),
        ("<a href=http://x.org/>here</a>", "here"),
        (
            "<mml:math><mml:semantics><mml:mi>y</mml:mi><mml:annotation-xml><mml:ci>y</mml:ci></mml:annotation-xml>"
                + "</mml:semantics></mml:math>!", "y!"
        ),
    ])
    func `is taken out with its partner, or alone if it needs none`(written: String, plain: String) {
        #expect(text(written) == plain)
    }

    @Test(arguments: [
        ("10<sup>6</sup> papers", "10⁶ papers"), ("10<sup>-6</sup>", "10^-6"), ("10<sup>−6</sup>", "10^−6"),
        ("Ca<sup>2+</sup>", "Ca2+"), ("in <sup>13</sup>C and (<sup>2</sup>H)", "in 13C and (2H)"),
        ("CO<sub>2</sub>", "CO₂"),
        ("10<jats:sup><jats:italic>12</jats:italic></jats:sup>", "10¹²"), ("2<sup>10k</sup>", "2^10k"),
        ("2<sup>-10k</sup>", "2^-10k"), ("A1<sub>2b</sub>", "A1 2b"), ("x<sup>a1</sup>2", "xa1 2"),
        ("1<sup>st</sup> and n<sup>th</sup>", "1st and nth"), ("Na<sup>+</sup>", "Na+"), ("x<sub>i</sub>", "xi"),
        ("shown<sup>2 </sup>before", "shown² before"),
        ("<mml:msup><mml:mn>10</mml:mn><mml:mn>6</mml:mn></mml:msup>", "10⁶"),
        ("<msup> <mn>2</mn> <mrow><mn>10</mn><mi>k</mi></mrow> </msup>", "2^10k"),
        ("<msup><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mn>2</mn></msup>", "(a+b)²"),
        ("<msubsup><mi>x</mi><mn>1</mn><mn>2</mn></msubsup>", "x₁²"),
    ])
    func `of a script keeps its digits above or below the line`(written: String, plain: String) {
        #expect(text(written) == plain)
    }

    @Test(arguments: [
        ("<mfrac><mn>1</mn><mn>2</mn></mfrac>", "1/2"), ("3<mfrac><mn>1</mn><mn>2</mn></mfrac>", "3 1/2"),
        (
            "<mml:mfrac><mml:mrow><mml:mi>a</mml:mi><mml:mo>+</mml:mo><mml:mi>b</mml:mi></mml:mrow><mml:mn>2</mml:mn>"
                + "</mml:mfrac>", "(a+b)/2"
        ),
        (
            "<mfrac><mn>1</mn><mrow><mo>(</mo><mi>a</mi><mo>+</mo><mi>b</mi><mo>)</mo></mrow></mfrac>", "1/(a+b)"
        ),
        ("<msqrt><mn>2</mn></msqrt>", "√2"), ("<msqrt><mi>x</mi><mo>+</mo><mn>1</mn></msqrt>", "√(x+1)"),
        ("<mn>1</mn><mn>2</mn>", "1 2"), ("<mtr><mtd><mn>1</mn></mtd><mtd><mn>0</mn></mtd></mtr>", "1 0"),
    ])
    func `of a formula keeps fractions, roots and numbers apart`(written: String, plain: String) {
        #expect(text(written) == plain)
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
            "!--", "--", "<math>", "</math>", "<sup>", "</sup>", "<msup>", "</msup>", "<mn>", "</mn>", "2", "`", "+",
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
            String(repeating: "<", count: unit / 8) + String(repeating: "<b></b>b></b>", count: unit / 13),
            String(repeating: "<msup><mi>a</mi>", count: unit / 23) + String(repeating: "</msup>", count: unit / 23),
            String(repeating: "<msup>", count: unit / 23) + String(repeating: "<mi>a</mi></msup>", count: unit / 23),
            String(repeating: "<math><annotation>", count: unit / 38)
                + String(repeating: "</annotation></math>", count: unit / 38),
            String(repeating: "<mn>1</mn>", count: unit / 10),
        ]
        let clock = ContinuousClock()
        for written in hostile {
            var result = ""
            let elapsed = clock.measure { result = text(written) }
            #expect(result.utf8.count <= written.utf8.count)
            #expect(elapsed < .seconds(20), "\(written.prefix(40))")
        }
        let nested = String(repeating: "<", count: 20) + String(repeating: "<b></b>b></b>", count: 20)
        #expect(text(text(nested)) == text(nested))
        #expect(text("&" + String(repeating: "amp;", count: unit / 4)) == "&")
    }
}
