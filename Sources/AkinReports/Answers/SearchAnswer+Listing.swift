package import Akin

extension SearchAnswer {
    /// The answer as a person or a program should see it: without papers if none of them is close to the question.
    ///
    /// Every question has a nearest paper, even when the library holds nothing on the subject. Listing it would suggest
    /// an answer that is not there.
    ///
    /// - Parameter includesFar: Whether to list the nearest papers even if none is close.
    /// - Returns: The answer, with all of its papers or with none.
    package func listed(includingFar includesFar: Bool) -> SearchAnswer {
        guard !isClose, !includesFar else { return self }
        var answer = self
        answer.hits = []
        return answer
    }
}
