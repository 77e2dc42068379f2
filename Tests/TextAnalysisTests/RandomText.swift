/// Bytes that are often words, marks, TeX and scripts of many kinds, and now and then no UTF-8 at all.
func randomBytes(count: Int, using generator: inout some RandomNumberGenerator) -> [UInt8] {
    var bytes: [UInt8] = []
    while bytes.count < count {
        switch Int.random(in: 0..<20, using: &generator) {
        case 0: bytes.append(UInt8.random(in: 0...255, using: &generator))
        case 1...4: bytes.append(UInt8(ascii: " "))
        case 5...7: bytes.append(contentsOf: (marks.randomElement(using: &generator) ?? "").utf8)
        default: bytes.append(contentsOf: (words.randomElement(using: &generator) ?? "").utf8)
        }
    }
    return Array(bytes.prefix(count))
}

private let marks = [
    "-", ".", ",", ":", ";", "'", "\"", "_", "@", "&", "/", "+", "++", "*", "#", "(", ")", "$", "$$", "\\", "{", "}",
    "\n", "–",
    "’", "\u{308}", "\u{200D}", "\u{AD}", "\\(", "\\)", "\\'", "^",
]

private let words = [
    "a", "O", "GPT", "4", "1.3B", "networks", "running", "the", "kNN", "LM", "10,000", "C", "β", "VAE", "naïve",
    "cafe\u{301}",
    "eﬃcient", "𝒪", "STRASSE", "straße", "日本", "語", "ビデオ", "ｶﾞ", "연구", "ภาษา", "CO₂", "x²", "\\log", "\\textbf",
    "\\beta",
    "\\cite", "n", "İ", "אב", "Ⓜ", "👩‍👩‍👧", "🇩🇪", "\u{1100}\u{1161}\u{11A8}", "internationalization", "don't", "Ω",
]
