import Akin
import Papers
import Ranking
import TestSupport
import Testing

@Suite("Words as people write them")
struct QuestionWordsTests {
    /// Papers of one subject each. The fillers are there so that no word is in every paper.
    private static let papers: [Paper] = [
        Paper(id: "shop", title: "Product search in e-commerce", abstract: "Customers of a shop look for goods."),
        Paper(id: "smooth", title: "Over-smoothing in deep networks", abstract: "Deep stacks blur their nodes."),
        Paper(id: "set", title: "A dataset of birdsong", abstract: "Recordings of larks and finches."),
        Paper(id: "parts", title: "A data set of whales", abstract: "Recordings of humpbacks."),
        Paper(id: "gpt", title: "Asking GPT-4 about chess", abstract: "Openings and endgames."),
        Paper(id: "few", title: "Few-shot naming of plants", abstract: "Five pictures of a leaf suffice."),
        Paper(id: "zero", title: "Zero-shot naming of rocks", abstract: "No picture of a rock is needed."),
        Paper(id: "city", title: "Street noise in Düsseldorf", abstract: "Trams are louder than cars."),
        Paper(id: "beta", title: "Learning with a β-VAE", abstract: "Factors come apart."),
        Paper(id: "colour", title: "Behaviour of colour in tumours", abstract: "Stains are analysed and visualised."),
        Paper(id: "language", title: "A language of gestures", abstract: "Hands speak a language of their own."),
        Paper(id: "russian", title: "Модели языка", abstract: "Мы изучаем модели и их свойства."),
        Paper(id: "hamlet", title: "To be or not to be", abstract: "A prince cannot decide."),
        Paper(id: "plain", title: "Gardening by moonlight", abstract: "Slugs come out at night."),
    ]

    private func first(_ question: String, in library: Library) throws -> String? {
        try library.search(for: question).hits.first?.paper.id
    }

    private func withLibrary(_ body: (Library) throws -> Void) throws {
        try TemporaryFolder.with { folder in
            let library = try Library(creatingAt: folder)
            try library.add(Self.papers, threads: 1)
            try body(library)
        }
    }

    @Test(arguments: [
        ("ecommerce", "shop"), ("e-commerce", "shop"), ("oversmoothing", "smooth"), ("over smoothing", "smooth"),
        ("GPT4", "gpt"), ("gpt 4", "gpt"), ("few-shot", "few"), ("zero-shot", "zero"),
        ("Dusseldorf", "city"), ("beta-VAE", "beta"), ("$\\beta$-VAE", "beta"),
        ("behavior of color", "colour"), ("tumor", "colour"), ("visualized", "colour"),
        ("модель", "russian"), ("to be or not to be", "hamlet"),
    ])
    func `a question finds the paper that writes it otherwise`(question: String, id: String) throws {
        try withLibrary { (library: Library) throws in #expect(try first(question, in: library) == id) }
    }

    @Test
    func `joined and parted spellings of a word find each other`() throws {
        try withLibrary { (library: Library) throws in
            for question in ["dataset", "data set", "data-set"] {
                let found = try library.search(for: question, options: SearchOptions(mode: .lexical)).hits
                #expect(Set(found.map(\.paper.id)) == ["set", "parts"], "\(question)")
            }
        }
    }

    @Test(arguments: ["langauge of gestures", "languge gestures", "language gestrues", "langguage gestures"])
    func `a misspelled word is searched beside the word that it stands for`(question: String) throws {
        try withLibrary { (library: Library) throws in
            let answer = try library.search(for: question)
            #expect(answer.hits.first?.paper.id == "language" && answer.corrections.count == 1)
        }
    }

    @Test
    func `a word that splits into words of other papers is corrected all the same`() throws {
        let more = [
            Paper(id: "lang", title: "Lang and others", abstract: "A note on Lang."),
            Paper(id: "auge", title: "Auge and others", abstract: "A note on Auge."),
        ]
        try withLibrary { (library: Library) throws in
            try library.add(more, threads: 1)
            let answer = try library.search(for: "langauge gestures")
            #expect(answer.corrections == [Correction(written: "langauge", searched: "language")])
        }
    }

    @Test
    func `an unknown word is named and does not hide the answer to the others`() throws {
        try withLibrary { (library: Library) throws in
            let answer = try library.search(for: "birdsong zzzzzz")
            #expect(answer.hits.first?.paper.id == "set" && answer.unknownWords == ["zzzzzz"])
        }
    }

    @Test
    func `an explanation of a word written otherwise sums up to the score`() throws {
        try withLibrary { (library: Library) throws in
            for question in ["ecommerce goods", "data set recordings", "langauge of gestures"] {
                for hit in try library.search(for: question, options: SearchOptions(explains: true)).hits {
                    let explanation = try #require(hit.explanation)
                    #expect(abs(explanation.lexicalScore - hit.parts.lexical) < 1e-4, "\(question)")
                    guard let parts = explanation.scoreParts else { continue }
                    #expect(abs(parts.lexical + parts.semantic + parts.feedback - hit.score) < 1e-3, "\(question)")
                }
            }
        }
    }

    @Test
    func `a paper with both subjects comes before papers that repeat one`() throws {
        let papers = (0..<6).map { number in
            Paper(
                id: "one\(number)", title: "Diffusion diffusion diffusion",
                abstract: "Diffusion of diffusion by diffusion, number \(number).")
        }
        let both = Paper(
            id: "both", title: "Summaries of notes",
            abstract: "Notes in hospitals are long, and diffusion is one of many ways to summaries that nurses read.")
        try TemporaryFolder.with { folder in
            let library = try Library(creatingAt: folder)
            try library.add(Self.papers + papers + [both])
            let found = try library.search(for: "diffusion summaries", options: SearchOptions(mode: .lexical)).hits
            #expect(found.first?.paper.id == "both")
        }
    }

    @Test
    func `a paper and its preprint take one place`() throws {
        let abstract = """
            We study how swifts sleep on the wing, by small recorders that twelve birds carried from May to August \
            over two summers, and find that they glide upwards at dusk, rest for seconds and wake before they sink.
            """
        let preprint = Paper(id: "preprint", title: "Sleep on the wing", abstract: abstract)
        let final = Paper(id: "final", title: "How swifts sleep", abstract: abstract + " We thank the observers.")
        try withLibrary { (library: Library) throws in
            try library.add([preprint, final])
            let answer = try library.search(for: "swifts sleep", options: SearchOptions(k: 3))
            #expect(answer.hits[0].duplicates.count == 1 && answer.hits.count <= 3)
            #expect(Set([answer.hits[0].paper.id, answer.hits[0].duplicates[0].id]) == ["preprint", "final"])
            #expect(answer.hits.map(\.rank) == Array(1...answer.hits.count))
        }
    }
}
