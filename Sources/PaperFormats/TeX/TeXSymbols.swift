/// The commands of TeX that stand for characters.
enum TeXSymbols {
    /// Commands of text.
    static let text: [String: String] = table(
        """
        ss ß SS ẞ ae æ AE Æ oe œ OE Œ o ø O Ø l ł L Ł i ı j ȷ aa å AA Å th þ TH Þ dh ð DH Ð dj đ DJ Đ ng ŋ NG Ŋ
        S § P ¶ copyright © pounds £ textsterling £ euro € EUR € texteuro € textyen ¥ textcent ¢ textcurrency ¤
        textregistered ® texttrademark ™ textservicemark ℠ textcopyright © textsection § textparagraph ¶ textdegree °
        degree ° textcelsius ℃ celsius ℃ textmu µ micro µ textohm Ω textmho ℧ ohm Ω textpm ± texttimes × textdiv ÷
        textonehalf ½ textonequarter ¼ textthreequarters ¾ textonesuperior ¹ texttwosuperior ² textthreesuperior ³
        textordfeminine ª textordmasculine º textminus − textfractionsolidus ⁄ textsurd √ textlnot ¬
        textquoteleft ‘ textquoteright ’ textquotedblleft “ textquotedblright ” quotesinglbase ‚ quotedblbase „
        guillemotleft « guillemotright » guillemetleft « guillemetright » guilsinglleft ‹ guilsinglright ›
        flqq « frqq » flq ‹ frq › glqq „ grqq “ glq ‚ grq ‘ textquotesingle ' textquotedbl " textasciigrave ` lq ‘ rq ’
        textendash – textemdash — textellipsis … dots … ldots … textbullet • textperiodcentered · textdagger †
        textdaggerdbl ‡ dag † ddag ‡ textexclamdown ¡ textquestiondown ¿ textvisiblespace ␣ textasteriskcentered ∗
        textbar | textbardbl ‖ textbrokenbar ¦ textless < textgreater > textbackslash \\ textbraceleft { textbraceright }
        textasciitilde ~ textasciicircum ^ textasciiacute ´ textasciidieresis ¨ textasciimacron ¯ textasciicaron ˇ
        textasciibreve ˘ textunderscore _ textdollar $ textleftarrow ← textrightarrow → textuparrow ↑ textdownarrow ↓
        textnumero № textpertenthousand ‱ textperthousand ‰ textestimated ℮ textreferencemark ※ textinterrobang ‽
        textlangle ⟨ textrangle ⟩ textlquill ⁅ textrquill ⁆ textmusicalnote ♪ textopenbullet ◦ textbigcircle ◯
        textschwa ə textesh ʃ textgamma γ textepsilon ε textphi φ textbeta β textalpha α textdelta δ textlambda λ
        textomega ω textsigma σ texttheta θ textpi π textrho ρ texttau τ textmugreek μ textkappa κ textchi χ textpsi ψ
        TeX TeX LaTeX LaTeX LaTeXe LaTeX2ε BibTeX BibTeX slash / textcompwordmark \u{200C} cprime ʹ cdprime ʺ
        lbrack [ rbrack ] lbrace { rbrace } ldquo “ rdquo ” lasp ʽ rasp ʼ nobreakdash - hyphen - dj đ hbar ℏ
        """)

    /// Commands of formulas. Most of them are used in text as well.
    static let math: [String: String] = table(
        """
        alpha α beta β gamma γ delta δ epsilon ϵ varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι kappa κ
        varkappa ϰ lambda λ mu μ nu ν xi ξ omicron ο pi π varpi ϖ rho ρ varrho ϱ sigma σ varsigma ς tau τ upsilon υ
        phi ϕ varphi φ chi χ psi ψ omega ω Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ
        Omega Ω digamma ϝ upalpha α upbeta β upgamma γ updelta δ upepsilon ε upmu μ upnu ν uppi π uptau τ upsigma σ
        uplambda λ upkappa κ upomega ω uptheta θ upeta η upchi χ uppsi ψ upphi φ uprho ρ upxi ξ Alpha Α Beta Β
        pm ± mp ∓ times × div ÷ cdot · cdotp · ast ∗ star ⋆ circ ∘ bullet • oplus ⊕ ominus ⊖ otimes ⊗ oslash ⊘ odot ⊙
        wedge ∧ land ∧ vee ∨ lor ∨ cap ∩ cup ∪ uplus ⊎ sqcap ⊓ sqcup ⊔ setminus ∖ wr ≀ amalg ⨿ dagger † ddagger ‡
        diamond ⋄ Diamond ◇ triangle △ Box □ square □ blacksquare ■ bigcirc ◯ bigstar ★ lozenge ◊
        leq ≤ le ≤ leqslant ⩽ geq ≥ ge ≥ geqslant ⩾ neq ≠ ne ≠ ll ≪ gg ≫ lll ⋘ ggg ⋙ approx ≈ sim ∼ simeq ≃ cong ≅
        equiv ≡ propto ∝ asymp ≍ doteq ≐ prec ≺ succ ≻ preceq ⪯ succeq ⪰ lesssim ≲ gtrsim ≳ lessapprox ⪅ gtrapprox ⪆
        lt < gt > models ⊨ vdash ⊢ dashv ⊣ vDash ⊨ Vdash ⊩ perp ⊥ mid | parallel ∥ nmid ∤ nparallel ∦ bowtie ⋈ smile ⌣
        subset ⊂ supset ⊃ subseteq ⊆ supseteq ⊇ subsetneq ⊊ supsetneq ⊋ sqsubseteq ⊑ sqsupseteq ⊒ in ∈ notin ∉ ni ∋
        emptyset ∅ varnothing ∅ forall ∀ exists ∃ nexists ∄ neg ¬ lnot ¬ top ⊤ bot ⊥ therefore ∴ because ∵
        infty ∞ partial ∂ nabla ∇ ell ℓ hslash ℏ Re ℜ Im ℑ wp ℘ aleph ℵ beth ℶ imath ı jmath ȷ prime ′ backprime ‵
        angle ∠ measuredangle ∡ surd √ complement ∁ eth ð mho ℧ flat ♭ sharp ♯ natural ♮ clubsuit ♣ diamondsuit ♢
        heartsuit ♡ spadesuit ♠ checkmark ✓ maltese ✠ yen ¥ circledR ® circledS Ⓢ
        sum ∑ prod ∏ coprod ∐ int ∫ iint ∬ iiint ∭ oint ∮ bigcup ⋃ bigcap ⋂ bigvee ⋁ bigwedge ⋀ bigoplus ⨁ bigotimes ⨂
        leftarrow ← gets ← rightarrow → to → uparrow ↑ downarrow ↓ leftrightarrow ↔ updownarrow ↕ Leftarrow ⇐
        Rightarrow ⇒ implies ⇒ Uparrow ⇑ Downarrow ⇓ Leftrightarrow ⇔ iff ⇔ longrightarrow ⟶ longleftarrow ⟵
        longleftrightarrow ⟷ Longrightarrow ⟹ Longleftarrow ⟸ Longleftrightarrow ⟺ mapsto ↦ longmapsto ⟼
        hookrightarrow ↪ hookleftarrow ↩ nearrow ↗ searrow ↘ swarrow ↙ nwarrow ↖ rightharpoonup ⇀ rightharpoondown ⇁
        leftharpoonup ↼ leftharpoondown ↽ rightleftharpoons ⇌ leftrightharpoons ⇋ rightleftarrows ⇄ leadsto ⇝
        rightsquigarrow ⇝ twoheadrightarrow ↠ upharpoonright ↾ circlearrowleft ↺ circlearrowright ↻
        langle ⟨ rangle ⟩ lceil ⌈ rceil ⌉ lfloor ⌊ rfloor ⌋ lVert ‖ rVert ‖ lvert | rvert | vert | Vert ‖ backslash \\
        cdots ⋯ vdots ⋮ ddots ⋱ dotsc … dotsb ⋯ colon : triangleq ≜ coloneqq ≔ eqqcolon ≕ lhd ⊲ rhd ⊳ unlhd ⊴ unrhd ⊵
        ltimes ⋉ rtimes ⋊ boxplus ⊞ boxminus ⊟ boxtimes ⊠ trianglelefteq ⊴ trianglerighteq ⊵ vartriangle △
        blacktriangle ▲ blacktriangledown ▼ triangledown ▽ triangleleft ◁ triangleright ▷ Subset ⋐ Supset ⋑
        sqrtsign √ intercal ⊺ thickapprox ≈ thicksim ∼ varpropto ∝ pitchfork ⋔ between ≬ smallsetminus ∖ upuparrows ⇈
        lbrace { rbrace } gtrless ≷ lessgtr ≶ curlyvee ⋎ curlywedge ⋏ dotplus ∔ ulcorner ⌜ urcorner ⌝ llcorner ⌞
        """
    ).merging(spaces) { symbol, _ in symbol }

    /// Commands that divide words or lines.
    private static let spaces = [
        "quad": " ", "qquad": " ", "enspace": " ", "thinspace": " ", "space": " ", "nobreakspace": " ", "newblock": " ",
        "newline": "\n", "linebreak": "\n", "break": "\n", "pagebreak": "\n", "par": "\n", "item": "\n• ", "hfill": " ",
        "tab": "\t",
    ]

    /// Names of functions, which stand as they are.
    static let functions = names(
        """
        arccos arcsin arctan arg cos cosh cot coth csc deg det dim exp gcd hom inf ker lg lim liminf limsup ln log max
        min mod bmod Pr sec sin sinh sup tan tanh argmax argmin
        """)

    /// Letters with double strokes.
    static let blackboard = ["C": "ℂ", "H": "ℍ", "N": "ℕ", "P": "ℙ", "Q": "ℚ", "R": "ℝ", "Z": "ℤ"]

    /// Commands without arguments that change how text looks, and not what it says.
    static let silent = names(
        """
        em it bf rm sc sl tt sf cal normalfont itshape bfseries mdseries rmfamily sffamily ttfamily scshape slshape
        upshape tiny scriptsize footnotesize small normalsize large Large LARGE huge Huge protect relax xspace
        ignorespaces noindent indent sloppy fussy raggedright centering allowbreak nobreak null strut
        bgroup egroup begingroup endgroup displaystyle textstyle unskip leavevmode boldmath unboldmath frenchspacing
        nolinebreak hss makeatletter makeatother
        """)

    /// Commands whose argument is no text.
    static let dropped = names(
        """
        hspace vspace hskip vskip kern noopsort SortNoop nosort begin end color label vphantom hphantom phantom
        selectlanguage fontsize fontfamily fontencoding index
        """)

    private static func table(_ pairs: String) -> [String: String] {
        let words = pairs.split { $0 == " " || $0 == "\n" }.map(String.init)
        return stride(from: 0, to: words.count - 1, by: 2).reduce(into: [:]) { table, place in
            table[words[place]] = words[place + 1]
        }
    }

    private static func names(_ text: String) -> Set<String> {
        Set(text.split { $0 == " " || $0 == "\n" }.map(String.init))
    }
}
