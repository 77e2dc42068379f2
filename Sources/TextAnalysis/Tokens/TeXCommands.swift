/// The commands of TeX that ``TeXDecoder`` knows.
enum TeXCommands {
    /// Commands that print a character, by name.
    static let characters: [String: String] = [
        // Letters of Greek.
        "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "varepsilon": "ε", "zeta": "ζ",
        "eta": "η", "theta": "θ", "vartheta": "θ", "iota": "ι", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν",
        "xi": "ξ", "pi": "π", "varpi": "π", "rho": "ρ", "varrho": "ρ", "sigma": "σ", "varsigma": "σ", "tau": "τ",
        "upsilon": "υ", "phi": "φ", "varphi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω", "Gamma": "Γ", "Delta": "Δ",
        "Theta": "Θ", "Lambda": "Λ", "Xi": "Ξ", "Pi": "Π", "Sigma": "Σ", "Upsilon": "Υ", "Phi": "Φ", "Psi": "Ψ",
        "Omega": "Ω", "ell": "ℓ", "hbar": "ℏ",
        // Letters of Latin.
        "ss": "ß", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "aa": "å",
        "AA": "Å", "i": "i", "j": "j", "dh": "ð", "th": "þ", "dj": "đ", "DJ": "Đ",
        // Signs.
        "times": "×", "cdot": "·", "pm": "±", "leq": "≤", "le": "≤", "geq": "≥", "ge": "≥", "neq": "≠", "ne": "≠",
        "ll": "≪", "gg": "≫", "sim": "∼", "approx": "≈", "equiv": "≡", "propto": "∝", "infty": "∞", "in": "∈",
        "notin": "∉", "subset": "⊂", "subseteq": "⊆", "cup": "∪", "cap": "∩", "to": "→", "rightarrow": "→",
        "leftarrow": "←", "Rightarrow": "⇒", "leftrightarrow": "↔", "uparrow": "↑", "downarrow": "↓", "mapsto": "→",
        "sum": "∑", "prod": "∏", "int": "∫", "nabla": "∇", "partial": "∂", "sqrt": "√", "forall": "∀", "exists": "∃",
        "wedge": "∧", "vee": "∨", "oplus": "⊕", "otimes": "⊗", "mid": "|", "vert": "|", "Vert": "‖", "star": "⋆",
        "ast": "*", "circ": "∘", "ldots": "…", "dots": "…", "cdots": "…", "colon": ":", "textbackslash": "\\",
        "lfloor": "⌊", "rfloor": "⌋", "lceil": "⌈", "rceil": "⌉", "gtrsim": "≳", "lesssim": "≲", "degree": "°",
        "quad": " ", "qquad": " ", "newline": " ", "par": " ", "item": " ",
    ]

    /// Accents that are commands of one mark: the combining character of each.
    static let accents: [UInt8: UInt32] = [
        UInt8(ascii: "`"): 0x300, UInt8(ascii: "'"): 0x301, UInt8(ascii: "^"): 0x302, UInt8(ascii: "~"): 0x303,
        UInt8(ascii: "="): 0x304, UInt8(ascii: "."): 0x307, UInt8(ascii: "\""): 0x308,
    ]

    /// Accents that are commands of one letter, with their letter in braces: the combining character of each.
    static let accentLetters: [String: UInt32] = [
        "u": 0x306, "r": 0x30A, "H": 0x30B, "v": 0x30C, "d": 0x323, "c": 0x327, "k": 0x328, "b": 0x331,
    ]

    /// Commands that change the look of a text and not its meaning.
    static let looks: Set<String> = [
        "textbf", "textit", "textsl", "textsc", "textsf", "texttt", "textrm", "textup", "textnormal", "text", "emph",
        "underline", "uline", "mbox", "hbox", "mathcal", "mathbb", "mathbf", "mathrm", "mathit", "mathsf", "mathtt",
        "mathfrak", "mathscr", "mathds", "boldsymbol", "bm", "pmb", "operatorname", "bf", "it", "em", "rm", "sc", "sf",
        "sl", "tt", "cal", "bfseries", "itshape", "tiny", "small", "large", "Large", "footnotesize", "scriptsize",
        "normalsize", "left", "right", "middle", "big", "Big", "bigg", "Bigg", "bigl", "bigr", "Bigl", "Bigr",
        "displaystyle", "textstyle", "limits", "tilde", "widetilde", "hat", "widehat", "bar", "overline", "vec", "dot",
        "ddot", "check", "frac", "tfrac", "dfrac", "over", "footnote", "xspace", "textcolor", "textsuperscript",
        "textsubscript", "ensuremath", "nolimits", "displaylimits", "protect", "noindent", "centering",
    ]

    /// Commands whose argument is not read as text.
    static let withoutText: Set<String> = [
        "cite", "citep", "citet", "citealp", "citeauthor", "citeyear", "ref", "eqref", "cref", "Cref", "autoref",
        "label", "url", "href", "includegraphics", "vspace", "hspace", "begin", "end", "bibliography", "unicode",
        "color", "footnotemark",
    ]
}
