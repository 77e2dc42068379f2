import ArraySpans

/// The English names of Greek letters, so that `β-VAE`, `$\beta$-VAE` and `beta-VAE` are one.
enum GreekLetters {
    /// Replaces Greek letters that stand alone by their names in case-folded UTF-8; returns false if there are none.
    ///
    /// A letter stands alone if no other Greek letter is beside it: `α`, `β1`, `κB`. A Greek word stays Greek. So does
    /// `μ` before a Latin letter, which is a unit: `μm`.
    static func name(_ text: inout [UInt8]) -> Bool {
        var result: [UInt8] = []
        var wasGreek = false
        var hasChanged = false
        var offset = 0
        while offset < text.count {
            let codePoint = CodePoint(in: text.span, at: offset)
            let next = offset + codePoint.width
            if !wasGreek, !startsWithGreek(text, at: next), let name = name(of: codePoint.value),
                codePoint.value != mu || next == text.count || !ASCII.isLetter(text[next])
            {
                result += name.utf8
                hasChanged = true
            } else {
                result += text[offset..<next]
            }
            wasGreek = isGreek(codePoint.value)
            offset = next
        }
        if hasChanged { text = result }
        return hasChanged
    }

    private static let mu: UInt32 = 0x3BC

    private static func startsWithGreek(_ text: [UInt8], at offset: Int) -> Bool {
        offset < text.count && text[offset] >= 0x80 && isGreek(CodePoint(in: text.span, at: offset).value)
    }

    private static func isGreek(_ codePoint: UInt32) -> Bool {
        (0x370...0x3FF).contains(codePoint) || (0x1F00...0x1FFF).contains(codePoint)
    }

    private static func name(of codePoint: UInt32) -> String? {
        let index = Int(codePoint) - 0x3B1
        return names.indices.contains(index) ? names[index] : nil
    }

    /// The names of `α` to `ω`. Case folding has made `ς` a `σ`.
    private static let names = [
        "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda", "mu", "nu",
        "xi", "omicron", "pi", "rho", "sigma", "sigma", "tau", "upsilon", "phi", "chi", "psi", "omega",
    ]
}
