import Foundation
import Testing
import TextAnalysis

@Suite("Analyzer settings")
struct AnalyzerSettingsTests {
    @Test
    func `analyzer settings are the same after saving and loading`() throws {
        for settings in [
            AnalyzerSettings(), AnalyzerSettings(language: .german, removesStopwords: false),
            AnalyzerSettings(detectsLanguages: false),
        ] {
            let data = try JSONEncoder().encode(settings)
            #expect(try JSONDecoder().decode(AnalyzerSettings.self, from: data) == settings)
        }
    }

    @Test(arguments: Language.allCases)
    func `analyzer settings know every language of libstemmer`(language: Language) throws {
        let settings = AnalyzerSettings(language: language)
        #expect(settings.stemmerVersion != "absent")
        #expect(try Analyzer(settings).terms(of: "x1").map(\.text) == ["x1"])
    }

    @Test
    func `settings without a word on languages detect none`() throws {
        var object = try #require(
            JSONSerialization.jsonObject(with: JSONEncoder().encode(AnalyzerSettings())) as? [String: Any]
        )
        object["detectsLanguages"] = nil
        let data = try JSONSerialization.data(withJSONObject: object)
        #expect(try !JSONDecoder().decode(AnalyzerSettings.self, from: data).detectsLanguages)
    }

    @Test
    func `only English settings detect languages`() {
        #expect(AnalyzerSettings().detectsLanguages)
        #expect(!AnalyzerSettings(language: .french).detectsLanguages)
        #expect(AnalyzerSettings().stemmerVersion != AnalyzerSettings(detectsLanguages: false).stemmerVersion)
    }

    @Test
    func `analyzer settings tell stemmers apart`() {
        let versions = Set(Language.allCases.map { AnalyzerSettings(language: $0).stemmerVersion })
        #expect(versions.count == Language.allCases.count)
    }

    @Test(arguments: [("stemmerVersion", "\"0123456789abcdef\""), ("rulesRevision", "99")])
    func `analyzer settings are refused when made with other rules`(key: String, value: String) throws {
        var object = try #require(
            JSONSerialization.jsonObject(with: JSONEncoder().encode(AnalyzerSettings())) as? [String: Any]
        )
        object[key] = try JSONSerialization.jsonObject(with: Data(value.utf8), options: .fragmentsAllowed)
        let settings = try JSONDecoder().decode(
            AnalyzerSettings.self,
            from: JSONSerialization.data(withJSONObject: object)
        )
        let error = #expect(throws: TextAnalysisError.self) { try Analyzer(settings) }
        #expect(error?.code == .settingsDiffer)
    }

    @Test(arguments: [
        (Language.german, "häusern", "haus"), (.french, "continuellement", "continuel"),
        (.spanish, "corriendo", "corr"),
        (.russian, "красивая", "красив"), (.porter, "generally", "gener"), (.none, "Running", "running"),
    ])
    func `analyzer settings choose the stemmer`(language: Language, word: String, stem: String) throws {
        #expect(try Analyzer(AnalyzerSettings(language: language)).terms(of: word).map(\.text) == [stem])
    }
}
