import Papers

/// The papers that spoke for a question, as an explanation names them.
struct FeedbackDocuments {
    var feedback: Feedback
    /// The papers of the feedback's sources, in their order.
    var papers: [Paper]

    /// What each paper adds to the cosine of their middle with a vector; the sum of all is that cosine.
    func shares(of vector: [Float]) -> [Explanation.FeedbackDocument] {
        zip(papers, feedback.sources).map { paper, source in
            let cosine = zip(source.vector, vector).reduce(0) { $0 + Double($1.0) * Double($1.1) }
            return Explanation.FeedbackDocument(id: paper.id, title: paper.title, share: Double(source.share) * cosine)
        }
    }
}
