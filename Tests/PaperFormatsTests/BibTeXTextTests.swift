import Foundation
import PaperFormats
import Papers
import TestSupport
import Testing

/// The papers of a BibTeX source.
func papers(inBibTeX source: String) throws -> [Paper] {
    try readAll(Array(source.utf8), named: "a.bib").papers
}

@Suite("TeX in a BibTeX field")
struct BibTeXTextTests {
    private func title(_ source: String) throws -> String? {
        try papers(inBibTeX: "@misc{k,\n title = {\(source)}\n}\n").first?.title
    }

    @Test(arguments: [
        (#"M\"uller, {\"O}sterreich, {\'{E}}cole, \'el\`eve, na\"{\i}ve"#, "Müller, Österreich, École, élève, naïve"),
        (
            #"Ko\v{c}{\'\i}, Erd\H{o}s, {\AA}ngstr\"om, Gar\c{c}\~ao, {\L}\'od\'z"#,
            "Kočí, Erdős, Ångström, Garção, Łódź"
        ),
        (#"Stra{\ss}e, Stra\ss e, \o re, {\ae}ther, \i{} alone, sm\o{}r"#, "Straße, Straße, øre, æther, ı alone, smør"),
        (#"\u{g}, \k{a}, \d{s}, \={a}, \.z, \r u, \ocirc{u}, \.{I}stanbul"#, "ğ, ą, ṣ, ā, ż, ů, ů, İstanbul"),
        (#"don\'t and 5\'"#, "don't and 5'"),
        (#"\~{} and \^{}"#, "~ and ^"),
    ])
    func `has its accents as letters`(source: String, text: String) throws {
        #expect(try title(source) == text)
    }

    @Test(arguments: [
        ("pages 3--5 --- and ``so'' called ?`que!", "pages 3–5 — and “so” called ¿que!"),
        (##"100\% of A\&B, \$5, C\#, a\_b, \{x\}"##, "100% of A&B, $5, C#, a_b, {x}"),
        (#"\textquoteright, \textendash, \ldots, \copyright, \textbackslash n"#, "’, –, …, ©, \\n"),
        (#"a~b\,c\ d\;e"#, "a b c d e"),
        (#"\LaTeX{} and \TeX"#, "LaTeX and TeX"),
        (#"x\symbol{233}y\char"E9z"#, "xéyéz"),
    ])
    func `has its signs as characters`(source: String, text: String) throws {
        #expect(try title(source) == text)
    }

    @Test(arguments: [
        (
            #"{BERT} for {{DNA}} {\em in} \emph{vivo} and \textbf{\textit{in silico}}"#,
            "BERT for DNA in vivo and in silico"
        ),
        (#"CO\textsubscript{2}, 10\textsuperscript{6}, 21\textsuperscript{st}"#, "CO₂, 10⁶, 21st"),
        (#"\url{http://x.org/~a_b--c} \href{http://y.org}{home}"#, "http://x.org/~a_b--c home (http://y.org)"),
        (#"\unknown{kept} and \GeV stays"#, "kept and \\GeV stays"),
        (#"\noopsort{1973b}The 2nd"#, "The 2nd"),
        (#"50% in 2020, a^b, x_1"#, "50% in 2020, a^b, x_1"),
    ])
    func `loses commands and keeps words`(source: String, text: String) throws {
        #expect(try title(source) == text)
    }

    @Test(arguments: [
        (#"An $O(n^2)$ bound, $x_1 \leq \alpha$, \(\beta\)-decay"#, "An O(n²) bound, x₁ ≤ α, β-decay"),
        (#"$\mathbb{R}^n$, $\frac{1}{2}$, $\sqrt{x}$, $\hat{y}$, 5$^\circ$, $n^{th}$"#, "ℝⁿ, 1/2, √x, ŷ, 5°, nth"),
        (#"$\alpha$-helix and $\gamma$ rays, \textmu m, $\pm$0.1"#, "α-helix and γ rays, µm, ±0.1"),
        (
            #"$\mathcal{L}_{max}$ and $\begin{array}x\end{array}$"#,
            #"$\mathcal{L}_{max}$ and $\begin{array}x\end{array}$"#
        ),
        ("from $5 to $6 and US$ alone", "from $5 to $6 and US$ alone"),
        (#"$\log n$, $a \not= b$, $10\,{\rm m}$"#, "log n, a ≠ b, 10 m"),
    ])
    func `has simple formulas as text, and others as they stand`(source: String, text: String) throws {
        #expect(try title(source) == text)
    }

    @Test
    func `of any content is read without harm`() throws {
        let pieces = [
            "\\", "{", "}", "$", "\\'", "\\v", "\\frac", "^", "_", "\\(", "\\]", "\\symbol{", "é", "中", " ", "\n", "%",
            "a",
            "\\url{", "\\textsuperscript{2}", "--", "`", "'", "\\char\"110000", "&lt;", "\\left.", "\\href{",
        ]
        for seed in UInt64(0)..<400 {
            var random = SeededGenerator(seed: seed)
            var source = (0..<Int.random(in: 0...30, using: &random)).map { _ in
                pieces.randomElement(using: &random) ?? ""
            }
            .joined()
            // Braces that balance, so that the entry is whole.
            source = source.filter { !"{}".contains($0) }
            let nested = String(repeating: "{\\'", count: 40) + source + String(repeating: "}", count: 40)
            #expect(
                try papers(inBibTeX: "@misc{k, title = {t\(source)}, note = {\(nested)}}").count == 1, "seed \(seed)")
        }
    }
}
