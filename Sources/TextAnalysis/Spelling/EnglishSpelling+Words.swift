extension EnglishSpelling {
    /// Beginnings of words: the British one, and the one that stands for both. A star says that anything may follow.
    static let beginnings = Beginnings(
        """
        abridgement* abridgment
        accoutrement* accouterment
        acknowledgement* acknowledgment
        ageing aging
        aluminium* aluminum
        artefact* artifact
        benefitt* benefit
        biassed biased
        biassing biasing
        burnt burned
        caesarean* cesarean
        caesarian* cesarean
        calliper* caliper
        carburettor* carburetor
        caecal cecal
        caecum cecum
        caesium cesium
        centreb* centerb
        centref* centerf
        centrel* centerl
        centrep* centerp
        coeliac* celiac
        coelom* celom
        cognisan* cognizan
        cognise* cognize
        defence* defense
        despatch* dispatch
        diaeres* dieres
        disorientated disoriented
        dreamt dreamed
        enquir* inquir
        enrolment* enrollment
        faecal fecal
        faeces feces
        fibreb* fiberb
        fibreg* fiberg
        fibreo* fibero
        fibrer* fiberr
        focussed focused
        focusses focuses
        focussing focusing
        foet* fet
        fulfilment* fulfillment
        gramme gram
        grey gray
        greyed grayed
        greying graying
        greyish* grayish
        greylevel* graylevel
        greyness grayness
        greyscal* grayscal
        haem heme
        haemag* hemag
        haemat* hemat
        haemi* hemi
        haemo* hemo
        homoeo* homeo
        hyaen* hyen
        instalment* installment
        jewellery* jewelry
        judgement* judgment
        kilogramme kilogram
        learnt learned
        leucocyt* leukocyt
        licenc* licens
        likeable likable
        manoeuvrab* maneuverab
        marvellous* marvelous
        milligramme milligram
        misjudgement* misjudgment
        mollusc mollusk
        mould* mold
        moustache* mustache
        moveable* movable
        naev* nev
        neurone neuron
        oesophag* esophag
        oestr* estr
        offence* offense
        orientated oriented
        phaeochrom* pheochrom
        plough* plow
        practis* practic
        pretence* pretense
        primaev* primev
        programme program
        pyjama* pajama
        refocussed refocused
        refocussing refocusing
        recognisan* recognizan
        reorientated reoriented
        routeing routing
        sceptic* skeptic
        sizeable sizable
        skilful* skillful
        smoulder* smolder
        spoilt spoiled
        subprogramme subprogram
        theatreg* theaterg
        tranquilli* tranquili
        unbiassed unbiased
        unlearnt unlearned
        unskilful* unskillful
        wilful* willful
        woollen* woolen
        worshipp* worship
        yoghurt* yogurt
        """
    )

    /// What stands before -our in words that Americans write with -or.
    static let ourHeads = Heads(
        anywhere: "behavi col demean endeav flav harb neighb splend tum vap",
        whole: """
            antifav arb ard arm belab cand clam disfav dishon enam fav ferv fullfav hon hum illhum lab malod od parl ranc
            rig rum sav savi succ unarm unfav unlab unsav val vig
            """)

    /// What stands before -re in words that Americans write with -er.
    static let reHeads = Heads(
        anywhere: "cent met theat fib lit calib manoeuv maneuv sepulch saltpet lacklust reconnoit accout",
        whole: "lust spect somb meag sab scept och goit tit")

    /// What the endings of verbs follow: the l is doubled by the British.
    static let doubledHeads = Heads(
        anywhere: """
            model label signal travel cancel channel tunnel level panel total initial equal rival counsel marvel jewel
            grovel gravel shovel pencil parcel funnel spiral unravel swivel shrivel bevel chisel quarrel towel enamel
            apparel barrel dishevel drivel imperil medal pedal pummel revel snivel stencil symbol trammel victual weasel
            yodel cudgel kernel pixel council fuel bedevil libel tinsel tassel
            """,
        whole: "dial duel vial trial retrial metal carol peril cavil devil laurel gambol cruel redial ravel tranquil")

    /// Endings before which the British double an l.
    static let doubledEndings = bytes("ed ing ings er ers est or ors ist ists able ability ization isation ous ously")

    /// Endings of words in -re, and what stands for them.
    static let reEndings = [
        ("re", "er"), ("res", "ers"), ("red", "ered"), ("ring", "ering"), ("rings", "erings"),
    ].map { (british: Array($0.0.utf8), american: Array($0.1.utf8)) }

    /// Words in -og that have a longer twin in -ogue. `prolog` is a language.
    static let ogHeads = Heads(
        anywhere: "catalog dialog", whole: "analog homolog monolog epilog travelog pedagog demagog")

    /// Endings that words in -og take, and what stands for them.
    static let ogEndings = [
        ("", "ue"), ("s", "ues"), ("ed", "ued"), ("ing", "uing"), ("ings", "uings"), ("er", "uer"), ("ers", "uers"),
    ].map { (american: Array($0.0.utf8), british: Array($0.1.utf8)) }

    /// Endings of verbs in -ise and -yse, behind the s.
    static let iseEndings = bytes(
        """
        e ed er ers es ing ings able ability ation ations ational ationally ingly edly ement ements
        """)

    /// What stands before -ise in words that Americans write so as well.
    static let iseExceptions = Heads(
        anywhere: """
            adv rev dev superv telev improv comprom prom surpr enterpr entrepr compr appr repr erc prec conc circumc
            franch merchand expert treat parad desp prem surm advert chast inc exc
            """,
        whole: """
            val cer den pen mant trell metropol epiderm mort dem pelv clitor coul ass chem rem upr sunr moonr ven
            """)

    /// Letters with a ligature, and what stands for them wherever they stand.
    static let ligatures = [
        ("haemoglobin", "hemoglobin"), ("paed", "ped"), ("aesth", "esth"), ("gynaec", "gynec"), ("archaeol", "archeol"),
        ("palaeo", "paleo"), ("aetiolog", "etiolog"), ("oedema", "edema"), ("amoeb", "ameb"), ("rhoea", "rhea"),
        ("pnoea", "pnea"), ("manoeuv", "maneuv"), ("mediaev", "mediev"), ("chimaer", "chimer"),
    ].map { (british: Array($0.0.utf8), american: Array($0.1.utf8)) }

    // Letters that the rules look for.
    static let our = Array("our".utf8)
    static let og = Array("og".utf8)
    static let aemi = Array("aemi".utf8)
    static let sulph = Array("sulph".utf8)
    static let doubledL = Array("ll".utf8)
    static let analyses = Array("analyses".utf8)

    private static func bytes(_ words: String) -> [[UInt8]] {
        words.split(whereSeparator: \.isWhitespace).map { Array($0.utf8) }
    }

    /// Beginnings of words up to an ending.
    struct Heads {
        private let anywhere: [[UInt8]]
        private let whole: [[UInt8]]

        /// Creates a list.
        ///
        /// - Parameters:
        ///   - anywhere: Letters that may follow others: `col` in `multicolour`.
        ///   - whole: Letters that stand at the beginning of the word.
        init(anywhere: String, whole: String) {
            self.anywhere = bytes(anywhere)
            self.whole = bytes(whole)
        }

        /// Whether a beginning is in the list.
        func matches(_ head: ArraySlice<UInt8>) -> Bool {
            anywhere.contains { head.count >= $0.count && head.suffix($0.count).elementsEqual($0) }
                || whole.contains { head.elementsEqual($0) }
        }
    }
}
