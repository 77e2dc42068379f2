import BenchmarkVectors
import Foundation
import LatentSemantics
import LinearAlgebra
import Measuring
import PaperFormats
import Papers
import TextAnalysis

/// Stages of Akin in a process of their own, asked as the rivals are.
struct AkinWorker {
    /// Answers requests until there are no more.
    func run() throws {
        useOneBLASThread()
        try answerRequests { command, data in
            let request = try JSONDecoder().decode(StageRequest.self, from: data)
            switch command {
            case "text": return try text(request)
            case "decompose": return try decompose(request)
            case "judge": return try judge(request)
            case "add": return try add(request)
            case "store": return try store(request)
            case "embed": return try embed(request)
            case "query": return try query(request)
            default: throw BenchmarkError("it does not know the command '\(command)'")
            }
        }
    }

    // MARK: - Text

    /// Reads the papers, counts and weights their terms, and writes the matrix.
    private func text(_ request: StageRequest) throws -> StageAnswer {
        var answer = StageAnswer()
        var papers: [Paper] = []
        let reading = try measure { papers = try Self.papers(in: request) }
        func note(_ stage: Stage, _ time: Stopwatch.Time) {
            answer.rows.append(Measurement(stage, "akin", time, papers: papers.count, threads: request.threads))
        }
        note(.read, reading)
        let every = max(1, papers.count / 400)
        answer.titles = stride(from: 0, to: papers.count, by: every).map { papers[$0].title }.filter { !$0.isEmpty }

        let analyzer = try Analyzer()
        var counts = TermCounts(documents: [])
        note(.tokenize, measure { counts = Self.counts(of: papers, analyzer, request.threads) })
        papers = []

        let parameters = Self.parameters(request, documentCount: counts.documentCount)
        var found: CSRMatrix?
        let weighing = try measure {
            found = try LatentSemanticModel.weightedRows(of: counts, parameters: parameters, threads: request.threads)
        }
        guard let matrix = found else { throw BenchmarkError("there is no matrix") }
        answer.rows.append(
            Measurement(.weigh, "akin", weighing, papers: counts.documentCount, threads: request.threads))
        try MatrixFiles(folder: URL(filePath: request.folder)).write(matrix)
        answer.rowCount = matrix.rowCount
        answer.columnCount = matrix.columnCount
        answer.nnz = matrix.nnz
        return answer
    }

    // MARK: - The space

    /// Decomposes the matrix, writes the vectors, and times the products of a decomposition.
    private func decompose(_ request: StageRequest) throws -> StageAnswer {
        let matrix = try Self.matrix(request)
        var found: TruncatedSVD?
        let solving = try measure {
            found = try truncatedSVD(of: matrix, rank: request.rank, threads: request.threads)
        }
        guard let found else { throw BenchmarkError("there is no decomposition") }
        var row = Measurement(.svd, "akin", solving, papers: matrix.rowCount, threads: request.threads)
        row.rank = found.rank
        try Data(elements: found.rightVectors.values).write(to: URL(filePath: request.vectors))

        var product: DenseMatrix?
        let multiplying = try measure {
            product = try matrix.multiplied(by: found.rightVectors, threads: request.threads)
        }
        var embedding = Measurement(
            .embed, "akin-product", multiplying, papers: matrix.rowCount, threads: request.threads)
        embedding.rank = found.rank
        // Two operations an entry and column.
        embedding.gflops = 2e-9 * Double(matrix.nnz) * Double(found.rank) / multiplying.cpuSeconds
        guard product?.rowCount == matrix.rowCount else { throw BenchmarkError("the product has too few rows") }
        return StageAnswer(rows: [row, embedding])
    }

    /// The energy that vectors of any system capture.
    private func judge(_ request: StageRequest) throws -> StageAnswer {
        let matrix = try Self.matrix(request)
        let values = try Data(contentsOf: URL(filePath: request.vectors), options: .alwaysMapped).elements(Float.self)
        let rank = values.count / matrix.columnCount
        let vectors = try DenseMatrix(rowCount: matrix.columnCount, columnCount: rank, values: values)
        let captured = try matrix.multiplied(by: vectors, threads: request.threads).values
            .reduce(0.0) { $0 + Double($1) * Double($1) }
        let total = matrix.values.reduce(0.0) { $0 + Double($1) * Double($1) }
        var answer = StageAnswer()
        answer.energy = captured / total
        answer.deviation = Self.deviation(of: vectors)
        return answer
    }

    /// How far VᵀV moves some unit vectors: the largest of a few lengths. It is 0 if the columns are orthonormal.
    private static func deviation(of vectors: DenseMatrix) -> Double {
        let rank = vectors.columnCount
        let probes = 4
        // Sign patterns of different periods, each of length 1.
        let starts = (0..<probes).map { probe in
            (0..<rank).map { ($0 >> probe) & 1 == 0 ? 1 / Double(rank).squareRoot() : -1 / Double(rank).squareRoot() }
        }
        var ends = [[Double]](repeating: [Double](repeating: 0, count: rank), count: probes)
        for row in 0..<vectors.rowCount {
            let values = vectors.row(row).map(Double.init)
            for probe in 0..<probes {
                let product = zip(values, starts[probe]).reduce(0) { $0 + $1.0 * $1.1 }
                for axis in 0..<rank { ends[probe][axis] += product * values[axis] }
            }
        }
        return zip(starts, ends).map { start, end in
            zip(start, end).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
        }.max() ?? 0
    }

    // MARK: - Input

    /// The texts of a paper that Akin indexes.
    static func texts(of paper: Paper) -> [String] { [paper.title, paper.abstract] }

    static func papers(in request: StageRequest) throws -> [Paper] {
        let reader = try PaperReader(
            path: request.file, options: ImportOptions(format: .jsonLines, threads: request.threads))
        var papers: [Paper] = []
        while let batch = try reader.nextBatch() { papers += batch.papers }
        return papers
    }

    static func counts(of papers: [Paper], _ analyzer: Analyzer, _ threads: Int) -> TermCounts {
        analyzer.countTerms(documentCount: papers.count, threads: threads) { texts(of: papers[$0]) }
    }

    /// The parameters of a model of `akin add`.
    private static func parameters(
        _ request: StageRequest, documentCount: Int
    ) -> LatentSemanticModel.Parameters {
        LatentSemanticModel.Parameters(
            rank: request.rank, minimumDocumentFrequency: documentCount < 1_000 ? 1 : 2)
    }

    private static func matrix(_ request: StageRequest) throws -> CSRMatrix {
        try MatrixFiles(folder: URL(filePath: request.folder))
            .read(rowCount: request.rowCount, columnCount: request.columnCount)
    }
}

/// Times a piece of work, and restarts the peak of memory before it.
func measure<Failure>(_ work: () throws(Failure) -> Void) throws(Failure) -> Stopwatch.Time {
    ProcessMemory.forgetPeak()
    return try Stopwatch.time(work)
}
