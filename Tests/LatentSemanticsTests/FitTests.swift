import LatentSemantics
import LinearAlgebra
import TestSupport
import Testing
import TextAnalysis

@Suite("Fitting a model")
struct FitTests {
    /// Worked with NumPy's exact decomposition; the cosines are those of "human computer" with each memorandum.
    private static let worked: [(weighting: TermWeighting, singularValues: [Float], cosines: [Double])] = [
        (
            .rawTFIDF, [1.608196, 1.490767],
            [0.999951, 0.994739, 0.999945, 0.999900, 0.999545, -0.080043, -0.044908, -0.016827, 0.208468]
        ),
        (
            .logTFIDF, [1.608153, 1.489833],
            [0.999956, 0.994435, 0.999956, 0.999896, 0.999476, -0.080594, -0.045658, -0.017740, 0.205865]
        ),
        (
            .logEntropy, [1.596891, 1.481452],
            [0.999951, 0.993351, 0.999940, 0.999864, 0.999245, -0.085531, -0.050191, -0.017553, 0.213978]
        ),
    ]

    @Test(arguments: worked.indices)
    func `a fit gives the singular values and cosines of a known example`(index: Int) throws {
        let (weighting, singularValues, cosines) = Self.worked[index]
        let counts = TermCounts(documents: memoranda)
        let model = try fit(counts, .init(rank: 2, weighting: weighting, minimumDocumentFrequency: 1))
        #expect(model.rank == 2)
        for (value, expected) in zip(model.singularValues, singularValues) { #expect(abs(value - expected) < 1e-5) }
        let documents = try model.embed(counts)
        let query = model.embed([("human", 1), ("computer", 1)])
        for (document, expected) in cosines.enumerated() {
            #expect(abs(innerProduct(query, documents.row(document)) - expected) < 1e-5)
        }
    }

    @Test(arguments: TermWeighting.allCases)
    func `a fit decomposes the weighted rows`(weighting: TermWeighting) throws {
        let counts = TermCounts(documents: randomDocuments(700, words: 900, seed: 2))
        let parameters = LatentSemanticModel.Parameters(rank: 20, weighting: weighting, minimumDocumentFrequency: 3)
        let rows = try LatentSemanticModel.weightedRows(of: counts, parameters: parameters, threads: 2)
        let model = try fit(counts, parameters)
        #expect(rows.rowCount == 700)
        #expect(rows.columnCount == model.termCount)
        #expect(try truncatedSVD(of: rows, rank: 20, seed: parameters.seed).singularValues == model.singularValues)
        for (row, start) in rows.rowPointers.dropLast().enumerated() {
            let squares = rows.values[start..<rows.rowPointers[row + 1]].reduce(0) { $0 + $1 * $1 }
            #expect(squares == 0 || abs(squares - 1) < 1e-5)
        }
        #expect(throws: LatentSemanticsError.self) {
            try LatentSemanticModel.weightedRows(of: TermCounts(documents: []))
        }
    }

    @Test
    func `a fit is the same for any number of threads and every time`() throws {
        let counts = TermCounts(documents: randomDocuments(700, words: 900, seed: 1))
        let parameters = LatentSemanticModel.Parameters(rank: 20)
        let first = try fit(counts, parameters)
        for threads in [1, 2, 5] {
            let other = try fit(
                counts, parameters, threads: threads
            )
            #expect(other.singularValues == first.singularValues)
            #expect(try other.embed(counts, threads: threads).values == first.embed(counts, threads: 1).values)
        }
    }

    @Test(arguments: TermWeighting.allCases)
    func `a model is fitted on one paper`(weighting: TermWeighting) throws {
        let counts = TermCounts(documents: [["memory", "context", "context"]])
        let model = try fit(
            counts, .init(weighting: weighting, minimumDocumentFrequency: 1), threads: 2
        )
        #expect(model.rank == 1)
        let documents = try model.embed(counts, threads: 2)
        #expect(abs(innerProduct(documents.row(0), model.embed([("memory", 1)])) - 1) < 1e-6)
        #expect(model.embed([("graph", 1)]) == [0])
    }

    @Test(arguments: TermWeighting.allCases)
    func `a model is fitted on two papers`(weighting: TermWeighting) throws {
        let counts = TermCounts(documents: [["memory", "context"], ["memory", "graph"]])
        let model = try fit(
            counts, .init(weighting: weighting, minimumDocumentFrequency: 1), threads: 2
        )
        #expect(model.rank == 2)
        let documents = try model.embed(counts, threads: 2)
        let query = model.embed([("graph", 1)])
        #expect(innerProduct(query, documents.row(1)) > innerProduct(query, documents.row(0)))
    }

    @Test(arguments: TermWeighting.allCases)
    func `equal papers get equal vectors in a space of rank 1`(weighting: TermWeighting) throws {
        let counts = TermCounts(documents: [["memory", "graph"], ["memory", "graph"], ["graph", "memory"]])
        let model = try fit(counts, .init(weighting: weighting))
        #expect(model.rank == 1)
        for value in try model.embed(counts).values { #expect(abs(value - 1) < 1e-6) }
    }

    @Test
    func `a fit caps the rank by documents, terms and the dimensions of the matrix`() throws {
        func rank(_ documents: [[String]], asked: Int = 256) throws -> Int {
            try fit(TermCounts(documents: documents), .init(rank: asked, minimumDocumentFrequency: 1)).rank
        }
        #expect(try rank(memoranda) == 9)
        #expect(try rank(memoranda, asked: 3) == 3)
        #expect(try rank(memoranda + memoranda) == 9)
        #expect(try rank([["a", "b"], ["a"], ["b"], ["a", "a", "b"]]) == 2)
        #expect(try rank([[], ["a"], [], ["b", "c"], []]) == 2)
    }

    @Test
    func `a fit that fails says why`() throws {
        func code(
            _ documents: [[String]], _ parameters: LatentSemanticModel.Parameters = .init()
        ) -> LatentSemanticsError.Code? {
            do throws(LatentSemanticsError) {
                _ = try fit(TermCounts(documents: documents), parameters)
                return nil
            } catch {
                return error.code
            }
        }
        #expect(code([]) == .noDocuments)
        #expect(code([[]]) == .noTerms)
        #expect(code([["a", "b"]]) == .noTerms)
        #expect(code([["a"], ["a"]], .init(maximumDocumentFraction: 0.5)) == .noTerms)
        #expect(code([["a"], ["a"]], .init(rank: 0)) == .invalidParameter)
        #expect(code([["a"], ["a"]], .init(minimumDocumentFrequency: 0)) == .invalidParameter)
        #expect(code([["a"], ["a"]], .init(maximumDocumentFraction: 0)) == .invalidParameter)
        #expect(code([["a"], ["a"]], .init(maximumDocumentFraction: .nan)) == .invalidParameter)
        #expect(code([["a"], ["a"]]) == nil)
    }
}
