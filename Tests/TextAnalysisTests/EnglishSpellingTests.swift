import Testing
import TextAnalysis

@Suite("British and American spelling")
struct EnglishSpellingTests {
    @Test
    func `British and American twins are one term`() throws {
        let analyzer = try Analyzer()
        let twins = Self.twins.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
        #expect(twins.count >= 250)
        for twin in twins {
            let terms = twin.map { analyzer.terms(of: $0).map(\.text) }
            #expect(terms.count == 2 && terms[0] == terms[1], "\(twin): \(terms)")
        }
    }

    @Test
    func `words that only look British stay as they are`() {
        let words = Self.others.split(whereSeparator: \.isWhitespace).map(String.init)
        #expect(words.count >= 250)
        for word in words { #expect(folded(word) == word) }
    }

    /// Each pair has two meanings, or would bring a third word along.
    @Test(arguments: [
        ("prologue", "prolog"), ("analogue", "analogy"), ("homologue", "homology"), ("tyre", "tire"),
        ("cheque", "check"), ("storey", "story"), ("kerb", "curb"), ("prise", "prize"), ("miser", "mizer"),
        ("four", "for"), ("contour", "contor"), ("genre", "gener"), ("poem", "pem"), ("does", "des"),
        ("daemon", "demon"), ("reflexion", "reflection"), ("draught", "draft"), ("barbour", "barbor"),
        ("cypher", "cipher"), ("insure", "ensure"), ("analysis", "analyze"), ("advice", "advise"),
        ("rise", "rize"), ("disc", "disk"), ("aether", "ether"), ("chancellor", "chancelor"),
        ("concentrability", "concenterability"), ("adaptor", "adapter"), ("haem", "hem"),
    ])
    func `words of different meaning stay two terms`(pair: (String, String)) throws {
        let analyzer = try Analyzer(AnalyzerSettings(removesStopwords: false))
        #expect(analyzer.terms(of: pair.0).map(\.text) != analyzer.terms(of: pair.1).map(\.text))
    }

    @Test
    func `British spelling in a compound and before an apostrophe is folded`() throws {
        let analyzer = try Analyzer()
        #expect(
            analyzer.terms(of: "colour-optimised behaviour’s").map(\.text)
                == analyzer.terms(of: "color-optimized behavior's").map(\.text))
        #expect(analyzer.terms(of: "Colour").map(\.surfaceForm) == ["colour"])
    }

    @Test(arguments: [Language.french, .german, .none])
    func `only English has its spelling folded`(language: Language) throws {
        let analyzer = try Analyzer(AnalyzerSettings(language: language))
        #expect(analyzer.terms(of: "colour").map(\.text) != analyzer.terms(of: "color").map(\.text))
    }

    @Test
    func `folding a spelling twice changes nothing more`() {
        for twin in Self.twins.split(whereSeparator: \.isWhitespace).map(String.init) {
            let once = folded(twin)
            #expect(folded(once) == once)
        }
    }

    private func folded(_ word: String) -> String {
        var bytes = Array(word.utf8)
        EnglishSpelling.fold(&bytes)
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension EnglishSpellingTests {
    fileprivate static let twins = """
        optimise optimize
        optimised optimized
        optimiser optimizer
        optimisers optimizers
        optimising optimizing
        optimisation optimization
        tokenise tokenize
        tokeniser tokenizer
        tokenisation tokenization
        summarise summarize
        summarisation summarization
        summariser summarizer
        visualise visualize
        visualisation visualization
        visualisations visualizations
        anonymise anonymize
        anonymisation anonymization
        personalise personalize
        personalised personalized
        personalisation personalization
        quantise quantize
        quantised quantized
        quantisation quantization
        localise localize
        localisation localization
        generalise generalize
        generalisation generalization
        generalisability generalizability
        generalisable generalizable
        normalise normalize
        normalisation normalization
        regularise regularize
        regularisation regularization
        regulariser regularizer
        categorise categorize
        categorisation categorization
        characterise characterize
        characterisation characterization
        synthesise synthesize
        synthesiser synthesizer
        recognise recognize
        recognised recognized
        recogniser recognizer
        recognisable recognizable
        minimise minimize
        maximise maximize
        emphasise emphasize
        hypothesise hypothesize
        organise organize
        organisation organization
        organisational organizational
        realise realize
        realisation realization
        utilise utilize
        utilisation utilization
        specialise specialize
        specialisation specialization
        standardise standardize
        standardisation standardization
        parameterise parameterize
        parameterisation parameterization
        initialise initialize
        initialisation initialization
        vectorise vectorize
        factorise factorize
        linearise linearize
        linearisation linearization
        discretise discretize
        discretisation discretization
        digitise digitize
        randomise randomize
        randomised randomized
        prioritise prioritize
        penalise penalize
        memorise memorize
        memorisation memorization
        contextualise contextualize
        contextualised contextualized
        lemmatise lemmatize
        lemmatisation lemmatization
        binarise binarize
        parallelise parallelize
        serialise serialize
        synchronise synchronize
        polarised polarized
        ionise ionize
        oxidise oxidize
        ionisation ionization
        fertiliser fertilizer
        stabilise stabilize
        mobilise mobilize
        criticise criticize
        publicise publicize
        italicise italicize
        apologise apologize
        colonise colonize
        civilisation civilization
        colourise colorize
        colourisation colorization
        incentivise incentivize
        amortised amortized
        equalise equalize
        tranquilliser tranquilizer
        crystallise crystallize
        analyse analyze
        analysed analyzed
        analyser analyzer
        analysing analyzing
        analysable analyzable
        paralyse paralyze
        paralysing paralyzing
        catalyse catalyze
        catalysed catalyzed
        hydrolyse hydrolyze
        dialyse dialyze
        electrolyse electrolyze
        psychoanalyse psychoanalyze
        analyses analysis
        behaviour behavior
        behaviours behaviors
        behavioural behavioral
        colour color
        colours colors
        coloured colored
        colouring coloring
        colourful colorful
        multicolour multicolor
        discolour discolor
        favour favor
        favoured favored
        favourite favorite
        favourable favorable
        unfavourable unfavorable
        neighbour neighbor
        neighbours neighbors
        neighbouring neighboring
        neighbourhood neighborhood
        labour labor
        labourer laborer
        honour honor
        honourable honorable
        dishonour dishonor
        flavour flavor
        flavoured flavored
        humour humor
        rumour rumor
        rumours rumors
        tumour tumor
        tumours tumors
        antitumour antitumor
        vapour vapor
        harbour harbor
        armour armor
        candour candor
        clamour clamor
        endeavour endeavor
        fervour fervor
        odour odor
        parlour parlor
        rancour rancor
        rigour rigor
        saviour savior
        savoury savory
        splendour splendor
        valour valor
        vigour vigor
        ardour ardor
        demeanour demeanor
        misdemeanour misdemeanor
        succour succor
        centre center
        centres centers
        centred centered
        centring centering
        epicentre epicenter
        barycentre barycenter
        centreline centerline
        metre meter
        metres meters
        kilometre kilometer
        kilometres kilometers
        millimetre millimeter
        nanometre nanometer
        theatre theater
        theatres theaters
        amphitheatre amphitheater
        fibre fiber
        fibres fibers
        microfibre microfiber
        fibreglass fiberglass
        litre liter
        litres liters
        millilitre milliliter
        calibre caliber
        spectre specter
        lustre luster
        lacklustre lackluster
        sombre somber
        meagre meager
        sabre saber
        sceptre scepter
        ochre ocher
        goitre goiter
        titre titer
        sepulchre sepulcher
        reconnoitre reconnoiter
        catalogue catalog
        catalogues catalogs
        catalogued cataloged
        cataloguing cataloging
        dialogue dialog
        dialogues dialogs
        analogue analog
        analogues analogs
        monologue monolog
        epilogue epilog
        homologue homolog
        homologues homologs
        travelogue travelog
        defence defense
        defences defenses
        defenceless defenseless
        offence offense
        offences offenses
        licence license
        licences licenses
        licenced licensed
        pretence pretense
        practise practice
        practised practiced
        practising practicing
        anaemia anemia
        anaemic anemic
        leukaemia leukemia
        ischaemia ischemia
        ischaemic ischemic
        hypoglycaemia hypoglycemia
        septicaemia septicemia
        bacteraemia bacteremia
        foetus fetus
        foetal fetal
        oestrogen estrogen
        oestrus estrus
        oesophagus esophagus
        oesophageal esophageal
        oedema edema
        paediatric pediatric
        paediatrician pediatrician
        orthopaedic orthopedic
        encyclopaedia encyclopedia
        encyclopaedic encyclopedic
        haem heme
        haemoglobin hemoglobin
        haemorrhage hemorrhage
        haematology hematology
        haemophilia hemophilia
        anaesthesia anesthesia
        anaesthetic anesthetic
        aesthetic esthetic
        synaesthesia synesthesia
        gynaecology gynecology
        diarrhoea diarrhea
        dyspnoea dyspnea
        apnoea apnea
        aetiology etiology
        archaeology archeology
        archaeological archeological
        palaeontology paleontology
        caesium cesium
        coeliac celiac
        faeces feces
        faecal fecal
        amoeba ameba
        homoeostasis homeostasis
        mediaeval medieval
        caesarean cesarean
        manoeuvre maneuver
        manoeuvres maneuvers
        manoeuvred maneuvered
        manoeuvring maneuvering
        manoeuvrable maneuverable
        modelling modeling
        modelled modeled
        modeller modeler
        remodelling remodeling
        labelling labeling
        labelled labeled
        unlabelled unlabeled
        mislabelled mislabeled
        labeller labeler
        signalling signaling
        signalled signaled
        travelling traveling
        traveller traveler
        cancelled canceled
        cancelling canceling
        fuelled fueled
        fuelling fueling
        channelled channeled
        tunnelling tunneling
        levelled leveled
        totalling totaling
        dialling dialing
        dialled dialed
        duelling dueling
        trialled trialed
        counselling counseling
        counsellor counselor
        councillor councilor
        marvelled marveled
        marvellous marvelous
        jeweller jeweler
        jewellery jewelry
        panellist panelist
        unravelling unraveling
        unrivalled unrivaled
        pencilled penciled
        pedalling pedaling
        quarrelling quarreling
        stencilled stenciled
        spiralling spiraling
        grey gray
        greyscale grayscale
        greyish grayish
        programme program
        programmes programs
        sceptic skeptic
        sceptical skeptical
        scepticism skepticism
        artefact artifact
        artefacts artifacts
        aluminium aluminum
        mould mold
        moulding molding
        plough plow
        ploughing plowing
        sulphur sulfur
        sulphate sulfate
        sulphide sulfide
        judgement judgment
        judgements judgments
        acknowledgement acknowledgment
        ageing aging
        learnt learned
        burnt burned
        dreamt dreamed
        enrol enroll
        enrols enrolls
        enrolment enrollment
        fulfil fulfill
        fulfilment fulfillment
        skilful skillful
        skilfully skillfully
        wilful willful
        instalment installment
        focussed focused
        focusses focuses
        biassed biased
        benefitted benefited
        neurone neuron
        neurones neurons
        kilogramme kilogram
        enquiry inquiry
        despatch dispatch
        orientated oriented
        sizeable sizable
        moveable movable
        woollen woolen
        yoghurt yogurt
        moustache mustache
        mollusc mollusk
        smoulder smolder
        leucocyte leukocyte
        cognisant cognizant
        analysers analyzers
        """

    fileprivate static let others = """
        advise advised adviser advisers advising advisable revise revised revises revising reviser revision devise
        devised devising supervise supervised unsupervised supervises supervising supervision televise televised
        improvise improvised improvising improvisation exercise exercised exercises exercising precise imprecise
        precisely noise noises noisy noised denoise denoised denoising denoiser noiseless otherwise likewise clockwise
        pairwise stepwise pointwise elementwise rise rises rising riser arise arises arising sunrise promise promised
        promises promising compromise compromised compromising expertise enterprise enterprises surprise surprised
        surprising surprisingly raise raised raises raising praise praised praising appraise appraisal appraised
        concise concisely disguise disguised comprise comprised comprises comprising franchise franchised franchises
        treatise treatises paradise premise premises merchandise excise excised incise incised circumcise wise wiser
        vise miser misery demise despise despised surmise advertise advertised advertiser advertisement chastise
        apprise reprise disenfranchise enfranchise mortise anise valise denise cruise cruiser bruise poise poised
        porpoise tortoise turquoise malaise mayonnaise braise chaise ising crises basis bases oases emphasis
        synthesis hypothesis hypotheses disability disabled miscellaneous this disease increase decrease release
        please phase phrase phrasing paraphrase case browse horse nurse course four hour hours our tour tours pour
        poured pouring contour contours detour troubadour glamour paramour velour sour flour scour devour your amour
        tambour dour barbour balfour seymour source resource court journey journal tourism tournament courage
        acre genre genres ogre macabre mediocre massacre cadre timbre lucre louvre here there where were more before
        store score core square compare share figure measure future string strings ring rings bring spring filtering
        entering altering hundred sacred hatred red tired vogue rogue league colleague plague tongue intrigue fatigue
        argue blog log logs backlog prolog prologue frog program programs fog analogy analogies analogous biology
        sentence sentences inference inferences difference reference sequence evidence confidence influence science
        presence absence essence silence audience experience existence fence hence pence aerosol aerial aerospace
        michael israel poem poems poet poetry coexist coexistence does goes shoe shoes toe phoenix noel joel poetic
        aerobic anaerobic aegis maelstrom caesar coefficient coefficients coerce coercion heroes echoes vetoes larvae
        algae archaea antennae controlling controlled controller rolling filling filled selling seller calling called
        spelling telling billing compelling excelling propelling expelled rebelled patrolling installing installed
        enrolled fulfilled distilled distilling pulling pulled skilled killed drilling polling pollen fallen swollen
        collection million billion allow allowed intelligence parallel parallelism excellent cellular chancellor
        metallic crystalline tallest smaller taller program greyhound greenhouse disc discs discrete discuss
        script tyre tyres cheque kerb storey draught practical licensee license defensive offensive
        expensive intensive response responses dense tense sense immense incense recompense
        """
}
