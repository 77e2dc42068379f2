import Foundation
import TestSupport
import Testing
import TextAnalysis

@Suite("Languages")
struct LanguageTests {
    let analyzer: Analyzer

    init() throws { analyzer = try Analyzer() }

    @Test(arguments: [
        (Language.english, "We present a method for the translation of words that are rare in the training data."),
        (.german, "Wir zeigen, dass die Übersetzung von seltenen Wörtern mit einem neuen Verfahren besser wird."),
        (.french, "Nous présentons une méthode pour la traduction des mots qui sont rares dans les corpus."),
        (.spanish, "Se presenta un método para la traducción de las palabras que son raras en los datos."),
        (.portuguese, "Apresentamos um método para a tradução de palavras que não são frequentes nos dados da rede."),
        (.italian, "Presentiamo un metodo per la traduzione delle parole che sono rare nei dati della rete."),
        (.dutch, "Wij tonen een methode voor het vertalen van woorden die niet in de data zijn te vinden."),
        (.swedish, "Vi visar att en metod för översättning av ord som inte är vanliga kan bli bättre och snabbare."),
        (.danish, "Det er en metode til oversættelse af ord, som ikke er hyppige, og den bliver bedre med tiden."),
        (.norwegian, "Det er en metode for å oversette ord som ikke er vanlige, og den blir bedre av seg selv."),
        (
            .finnish,
            "Tämä on menetelmä, jota voidaan käyttää, kun sanat ovat harvinaisia tai niitä ei ole, mutta se oli."
        ),
        (.hungarian, "Ez egy módszer, amely az adatok között is meg tudja találni a ritka szavakat, és nem csak azt."),
        (.romanian, "Este o metodă pentru traducerea cuvintelor care nu sunt frecvente în date și este mai bună."),
        (.turkish, "Bu bir yöntem olarak daha iyi ve veriler için çok önemli olan kelimeler ile ilgili bir çalışma."),
        (.indonesian, "Metode ini dapat digunakan untuk kata yang tidak ada dalam data dan juga pada bahasa itu."),
        (.catalan, "Aquest és un mètode per als mots que no són freqüents amb les dades i també amb els textos."),
    ])
    func `a sentence tells its language`(language: Language, text: String) {
        #expect(Language.detected(in: text) == language)
        #expect(analyzer.analyze(text).fields.map(\.language) == [language])
    }

    @Test(arguments: [
        "", "machine translation", "de la", "moteurs de recherche", "BERT", "модель языка", "日本語", "Die Hard",
        "El Niño in the Pacific", "UdS-DFKI at WMT: (en-gu) and (en-de) systems", "x y z",
    ])
    func `a text of few words does not tell another language than English`(text: String) {
        #expect([nil, .english].contains(Language.detected(in: text)))
        #expect(analyzer.analyze(text).fields.map(\.language) == [.english])
    }

    @Test(arguments: [
        ("модель", "моделей"), ("языковые модели", "языковых моделей"), ("ёлка", "елки"), ("δυνατότητα", "δυνατότητες"),
        ("किताब", "किताबों"), ("المستخدم", "المستخدمون"),
    ])
    func `a word of another script meets its inflected forms in any text`(question: String, text: String) {
        let asked = analyzer.terms(of: question).map(\.text)
        let english = "We present the method of \(text) and the data for it"
        #expect(Set(asked).isSubset(of: analyzer.terms(of: english).map(\.text)))
        #expect(Set(asked).isSubset(of: analyzer.terms(of: text).map(\.text)))
    }

    @Test(arguments: [
        (
            Language.german, "Übersetzung",
            "Die Übersetzungen sind nicht gut, aber wir haben sie mit einem Modell gelernt"
        ),
        (.french, "traduction automatique", "Les traductions automatiques ne sont pas dans la liste des corpus"),
        (.spanish, "traducción", "Las traducciones de los textos son más largas que en la lista"),
    ])
    func `a short question meets inflected forms by its alternatives`(
        language: Language, question: String, text: String
    ) {
        let terms = Set(analyzer.terms(of: text).map(\.text))
        let asked = analyzer.analyze(question: question, languages: [language])
        #expect(!asked.words.isEmpty)
        for word in asked.words {
            #expect(!terms.isDisjoint(with: word.alternatives + [word.term.text]), "\(word)")
        }
    }

    @Test
    func `a question has the term of its language first, and those of others as alternatives`() {
        let english = analyzer.analyze(question: "traductions automatiques of GPT-4", languages: [.french, .german])
        #expect(english.words.map(\.term.text) == ["traduct", "automatiqu", "gpt-4", "gpt", "4"])
        #expect(english.words.map(\.alternatives)[1].contains("automat"))
        #expect(english.words.suffix(3).allSatisfy { $0.alternatives.isEmpty })
        #expect(english.text.fields.map(\.language) == [.english])
        let french = analyzer.analyze(
            question: "quelles sont les traductions des mots qui ne sont pas dans la liste", languages: [.french])
        #expect(french.text.fields.map(\.language) == [.french])
        #expect(french.words.map(\.term.text).contains("traduct"))
        #expect(!french.words.map(\.term.text).contains("les"))
        #expect(analyzer.analyze(question: "networks").words.map(\.alternatives) == [[]])
    }

    @Test
    func `the language of a field can be given`() {
        let text = "traductions automatiques"
        let told = analyzer.analyze([TextField(text)])
        let given = analyzer.analyze([TextField(text, language: .french)])
        #expect(told.fields[0].terms.map(\.text) != given.fields[0].terms.map(\.text))
        #expect(given.fields[0].language == .french)
        #expect(analyzer.terms(of: text, language: .french) == given.fields[0].terms)
        // A script with two languages.
        let serbian = analyzer.analyze([TextField("могућностима", language: .serbian)]).fields[0].terms
        #expect(serbian.map(\.text) != analyzer.terms(of: "могућностима").map(\.text))
    }

    @Test
    func `a short title has the language of its abstract`() {
        let abstract = "Nous présentons une méthode pour la traduction des mots qui sont rares dans les corpus."
        let text = analyzer.analyze([TextField("Traductions automatiques"), TextField(abstract)])
        #expect(text.fields.map(\.language) == [.french, .french])
        let english = analyzer.analyze([
            TextField("Nous présentons une méthode pour la traduction des mots rares"),
            TextField("We present a method for the translation of words that are rare."),
        ])
        #expect(english.fields.map(\.language) == [.french, .english])
    }

    @Test(arguments: [1, 2, 3])
    func `counting tells the languages of texts as the analyzer does`(threads: Int) {
        let documents = (0..<300).map { index in
            [
                TextField("Machine translations \(index)", weight: 2),
                TextField(
                    [
                        "We present a method for the translation of words that are rare, the traductions.",
                        "Nous présentons une méthode pour les traductions des mots qui sont rares dans les corpus.",
                        "Wir zeigen, dass die Übersetzungen von Wörtern mit einem Verfahren besser werden.",
                        "модели языковых моделей",
                    ][index % 4]),
            ]
        }
        let counts = analyzer.countTerms(documentCount: documents.count, threads: threads, keepsOrder: true) {
            documents[$0]
        }
        for index in documents.indices {
            let range = counts.documentOffsets[index]..<counts.documentOffsets[index + 1]
            let found = range.map { (counts.terms[counts.termIDs[$0]], Int(counts.frequencies[$0])) }
            let expected = analyzer.analyze(documents[index]).frequencies
            #expect(Dictionary(uniqueKeysWithValues: found) == expected, "document \(index)")
        }
        // The title has the language of its document.
        #expect(counts.languages == [.english: 150, .french: 75, .german: 75])
    }

    @Test
    func `settings that detect no language take all texts for one`() throws {
        let analyzer = try Analyzer(AnalyzerSettings(detectsLanguages: false))
        let text = "Nous présentons une méthode pour la traduction des mots qui sont rares dans les corpus."
        #expect(analyzer.analyze(text).fields.map(\.language) == [.english])
        #expect(analyzer.terms(of: text).map(\.text).contains("une"))
        #expect(analyzer.terms(of: "моделей").map(\.text) == ["моделей"])
        let counts = analyzer.countTerms(documentCount: 1, threads: 1) { _ in [text] }
        #expect(counts.languages == [.english: 1])
    }

    @Test(.enabled(if: SharedData.isPresent, "\(SharedData.skipNote)"))
    func `English papers are told as English`() throws {
        struct Record: Decodable {
            var title: String
            var abstract: String
        }
        let records = try String(contentsOfFile: SharedData.path("papers/core-5k.jsonl"), encoding: .utf8)
            .split(separator: "\n").map { try JSONDecoder().decode(Record.self, from: Data($0.utf8)) }
        let counts = analyzer.countTerms(documentCount: records.count, threads: 2) {
            [records[$0].title, records[$0].abstract]
        }
        let others = counts.languages.filter { $0.key != .english }.values.reduce(0, +)
        #expect(counts.languages[.english, default: 0] > records.count - 50)
        #expect(others <= 50)
    }

    @Test(arguments: [
        (Language.french, "l'analyse d'apprentissage", "analyse apprentissage"),
        (.italian, "dell'analisi", "analisi"), (.catalan, "l’anàlisi", "anàlisi"),
    ])
    func `an elided article is no part of a word`(language: Language, text: String, plain: String) throws {
        let analyzer = try Analyzer(AnalyzerSettings(language: language))
        #expect(analyzer.terms(of: text).map(\.text) == analyzer.terms(of: plain).map(\.text))
    }

    @Test(arguments: [
        "η μάθηση των γλωσσών και οι λέξεις τους", "ως προς της και τους μας",
    ])
    func `Greek stop words with a final sigma are left out`(text: String) throws {
        let greek = try Analyzer(AnalyzerSettings(language: .greek, detectsLanguages: false))
        let stopwords: Set = ["η", "των", "και", "οι", "τουσ", "τησ", "ωσ", "μασ"]
        #expect(Set(greek.terms(of: text).map(\.surfaceForm)).isDisjoint(with: stopwords))
    }
}
