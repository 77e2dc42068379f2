import AkinReports
import Foundation
import RetrievalEvaluation
import Testing

@Suite("The report of akin benchmark embeddings")
struct EmbeddingBenchmarkReportTests {
    private func result(
        _ task: String, _ score: Double?, texts: Int, seconds: Double
    ) -> EmbeddingBenchmarkReport.TaskResult {
        EmbeddingBenchmarkReport.TaskResult(
            task: task, kind: "STS",
            figures: [.init(measure: "cosine_spearman", value: score), .init(measure: "cosine_pearson", value: 0.5)],
            problem: score == nil ? "All are equal." : nil, texts: texts, unknownTexts: 0, seconds: seconds)
    }

    private func space(
        _ name: String, _ results: [EmbeddingBenchmarkReport.TaskResult], _ dimensions: Int = 64
    )
        -> EmbeddingBenchmarkReport.Space
    {
        EmbeddingBenchmarkReport.Space(
            name: name, results: results, dimensions: dimensions, preparation: .seconds(2))
    }

    @Test
    func `sums tasks up: the mean of the scores, all texts over all seconds, bytes of floats`() {
        let space = space("a", [result("x", 0.5, texts: 30, seconds: 1), result("y", 0.25, texts: 10, seconds: 3)])
        #expect(space.mean == 0.375)
        #expect(space.textsPerSecond == 10)
        #expect(space.bytesPerText == 256)
        #expect(space.preparationSeconds == 2)
    }

    @Test
    func `gives no mean where a task has no score, and no speed where no time passed`() {
        let missing = space("a", [result("x", nil, texts: 3, seconds: 0), result("y", 1, texts: 1, seconds: 0)])
        #expect(missing.mean == nil && missing.textsPerSecond == nil)
        let report = EmbeddingBenchmarkReport(spaces: [missing])
        #expect(!EmbeddingBenchmarkPlot.svg(report).contains("<circle"))
    }

    @Test
    func `has these keys`() throws {
        let report = EmbeddingBenchmarkReport(
            spaces: [space("a", [result("x", 0.5, texts: 30, seconds: 1), result("y", nil, texts: 1, seconds: 1)])])
        #expect(
            try keys(of: report) == [
                "spaces", "name", "dimensions", "bytesPerText", "textsPerSecond", "preparationSeconds", "results",
                "task", "kind", "figures", "measure", "value", "problem", "texts", "unknownTexts", "seconds",
            ])
    }

    @Test
    func `is drawn with a circle for each space, faster ones farther right and better ones higher`() throws {
        let slow = space("slow <b>", [result("x", 0.8, texts: 10, seconds: 1)], 256)
        let fast = space("fast", [result("x", 0.4, texts: 10_000, seconds: 1)], 64)
        let svg = EmbeddingBenchmarkPlot.svg(EmbeddingBenchmarkReport(spaces: [slow, fast]))
        let circles = svg.matches(of: /<circle cx="([0-9.]+)" cy="([0-9.]+)" r="([0-9.]+)"/).compactMap { match in
            Double(match.1).flatMap { x in Double(match.2).flatMap { y in Double(match.3).map { (x, y, $0) } } }
        }
        try #require(circles.count == 2)
        #expect(circles[0].0 < circles[1].0)
        #expect(circles[0].1 < circles[1].1)
        #expect(circles[0].2 > circles[1].2)
        #expect(svg.contains("slow &lt;b&gt;") && !svg.contains("<b>"))
        #expect(svg.contains(EmbeddingBenchmarkPlot.mark))
    }
}
