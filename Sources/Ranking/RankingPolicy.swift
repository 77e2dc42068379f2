package import Papers

/// The constants of queries, fusion, feedback, calibration and starting models, in one place.
///
/// Rankings and calibration take them as a value, so that a trial can vary one and leave the rest. Where a measurement
/// chose a constant, its comment gives it; the figures are in `Benchmarks/Results/2026-11-25-ranking.md` unless a line
/// says otherwise. The constants of BM25 stand in `BM25Parameters`, those of term weights in `TermWeighting`, and those
/// of the rank in the engine's `ModelParameters`.
package struct RankingPolicy: Hashable, Sendable {
    /// The constants that libraries rank by.
    package static let standard = RankingPolicy()

    /// Creates the standard constants.
    package init() {}

    // MARK: - Texts

    /// How often a word of the title counts, against once for a word of the abstract.
    ///
    /// 3 gives BM25 .019, .005 and .018 nDCG@10 on CACM, Cranfield and the literature questions; 2 gives two thirds of
    /// that, 4 no more.
    package var titleWeight = 3

    /// How often a word of a text field counts.
    package func count(of weight: Paper.Field.Weight) -> Int {
        switch weight {
        case .text: 1
        case .heading: 2
        case .title: titleWeight
        }
    }

    // MARK: - Queries

    /// How much two neighboring words count where a paper has them side by side, against 1 for a word.
    ///
    /// .1, .2 and .3 give BM25 .016, .024 and .030 nDCG@10 on the literature questions; .3 costs NPL .003.
    package var pairWeight: Float = 0.2

    /// The terms of a paper that BM25 looks for when a query is made of papers: the strongest by weight times idf.
    package var strongestTermCount = 64

    /// How much a paper to stay away from counts, against 1 for one to be near: γ / β of Rocchio's .15 / .75.
    package var awayWeight: Float = 0.2

    /// The share of BM25's score of words that depends on how much of the question a paper covers, for a question of up
    /// to ``coveredWordCount`` words. That of a longer one is less, in proportion.
    package var coverageShare: Float = 0.3

    /// The words of a question whose coverage counts in full.
    package var coveredWordCount: Float = 5

    /// The relatives of a word, at most.
    package var relativeCount = 4

    /// How much a relative counts in place of a word.
    package var relativeWeight: Float = 0.8

    /// The cosine of the terms' vectors that a relative exceeds.
    package var relativeSimilarity: Float = 0.2

    /// The letters that a word shares with a relative that enters the vector.
    package var vectorRelativePrefix = 5

    /// The cosine that such a relative exceeds.
    package var vectorRelativeSimilarity: Float = 0.3

    /// How often such a relative counts as asked, against 1 for its word.
    package var vectorRelativeFrequency: Float = 0.5

    /// How much another spelling of a word counts, joined or parted.
    package var spellingWeight: Float = 1

    /// A stop word and the word after it are asked as a compound if this share of the papers with the word have it:
    /// `off policy`, and not `of policy`.
    package var compoundShare = 0.005

    /// A word in more papers is not looked for in two parts.
    package var frequentWord = 1_000

    /// How much the word counts that a mistake likely stands for.
    package var correctionWeight: Float = 0.9

    /// A word in more papers is no mistake, unless nearly all write another one: ``knownWordFactor``.
    package var rarestCertainWord = 2

    /// The letters of an unknown word that is corrected at one place, at least.
    package var shortestCorrectedWord = 4

    /// The letters of a word that is corrected, at most.
    package var longestCorrectedWord = 30

    /// The letters of a rare word that may be a mistake, at least.
    package var shortestDoubtedWord = 5

    /// How many times more papers have the word that a rare one may be a mistake for.
    package var doubtFactor = 20

    /// How many times more papers have the word that a common one may be a mistake for, of the collection and of the
    /// reference model.
    ///
    /// `langauge` is in 12 of its papers and `language` in 62,015; `plate`, which means no `place`, in 31 of 2,050.
    package var knownWordFactor = 1_000

    /// The words of a question that are corrected, and those that suggestions are made for, at most. A text with more
    /// unknown words is of another field.
    package var correctedWordLimit = 8

    /// How well a correction fits the rest of a question at least, as a cosine: the space may not know the word.
    package var leastFit = 0.05

    /// The share of units with a term that are taken to write it as a correction does, if the model shows another word.
    package var otherFormShare = 0.05

    /// The same for a term that the model does not know.
    package var unknownFormShare = 0.3

    // MARK: - Candidates

    /// The candidates that each side names, at least.
    package var candidateCount = 200

    /// The recall that a search asks of the vector index, of all its candidates.
    package var recall = 0.99

    // MARK: - Fusion

    /// The semantic weight of a library that is too small to choose its own.
    package var defaultSemanticWeight = 0.35

    /// What is added to the semantic weight where a query is made of papers: an abstract says better what it means than
    /// a few words do.
    ///
    /// .15 gives .01 to .03 nDCG@10 in libraries of 50 to 5,000 papers, by co-citation. .3 gives .003 more than .15 in
    /// one of 157,000 (`Benchmarks/Results/2026-11-28-words.md`).
    package var likeBonus = 0.3

    /// The semantic weight that ``likeBonus`` does not exceed: beyond it, shared words hardly count.
    package var largestLikeWeight = 0.7

    /// The semantic weight of a library whose vector space started from another model.
    ///
    /// In libraries of 50 to 2,000 papers .5 to .7 serve questions best (`Models/README.md`).
    package var startedSpaceWeight = 0.6

    /// The semantic weight where a space ranks that another's encoder made: half words, half meaning. No judged
    /// collection comes with such vectors, so nothing was measured.
    package var givenSpaceWeight = 0.5

    /// The share of the semantic side that depends on how much of the question a paper covers, for a question of up to
    /// ``fewWordCount`` words. That of a longer one falls with the square of their number.
    ///
    /// .3 costs no collection more than .002 nDCG@10, and gives .03 on judged questions in which two subjects cross
    /// (`Benchmarks/Results/2026-11-28-words.md`).
    package var semanticCoverageShare = 0.3

    /// The words of a question whose coverage counts in full on the semantic side.
    package var fewWordCount = 4.0

    /// ``semanticCoverageShare`` for a question of some words.
    package func semanticCoverageShare(wordCount: Int) -> Double {
        let part = min(1, fewWordCount / Double(max(1, wordCount)))
        return semanticCoverageShare * part * part
    }

    // MARK: - Feedback

    /// The feedback documents of a query. 3, 5 and 8 differ by less than .003 nDCG@10 in the mean.
    package var feedbackCount = 5

    /// How much the cosine with their centroid counts, against 1 for the cosine with the query: Rocchio's β for his α
    /// of 1.
    ///
    /// .5 to 1 differ by less than .003. Feedback gives .004 to .009 on Cranfield, MED, CACM and NPL.
    package var feedbackWeight = 0.75

    // MARK: - Notes

    /// The part of its distance to the best score that a paper makes up for, if a person's note on it has all words of
    /// the question. Nobody judged answers in a library with notes, so nothing was measured.
    package var noteWeight = 0.5

    /// The papers with notes on a question that are candidates, at most.
    package var notedCount = 200

    // MARK: - Whether an answer is close

    /// The z-score that a paper covering all of a question counts as, beside its own.
    package var coverageZScore = 10.0

    /// The sum of a paper's z-score and of the one for its coverage from which on it is close to a text.
    ///
    /// 8.2 takes .95 of the questions that a collection answers as close, and .33 of those of other fields
    /// (`Benchmarks/Results/2026-11-28-words.md`).
    package var leastCloseness = 8.2

    /// The z-score from which on a paper is close to other papers.
    package var leastZScore = 4.0

    /// The papers at the top of an answer that are checked.
    package var checkedCount = 10

    /// In a library of fewer papers the background of random pairs has no shape yet, and every answer counts as close.
    package var fewestPapersToCheck = 200

    // MARK: - The choice of the semantic weight

    /// The weights that are tried. Beyond .5 the papers' own questions no longer tell what serves a person: in 19 kinds
    /// of library weights up to .9 lost .041 nDCG@10 in the mean against the best fixed one, weights up to .5 lose
    /// .011.
    package var triedWeights = (2...10).map { Double($0) / 20 }

    /// How far below the best average the average of the weight that the questions speak for may lie, as a part of it.
    package var tolerance = 0.03

    /// The weight that is chosen where the papers' questions speak for `weight`, in hundredths.
    ///
    /// The smallest tolerable weight lies .1 below the one that judgments favor in the mean. Drawing it towards .3
    /// besides loses on the collections (`Benchmarks/Results/2026-11-29-semantic-weight.md`).
    package func chosenWeight(reaching weight: Double) -> Double {
        (min(weight + 0.1, triedWeights.last ?? weight) * 100).rounded() / 100
    }

    /// The papers that ask, at most.
    package var askingPaperLimit = 800

    /// The answers to a question, at most; and no more than a tenth of the papers.
    package var judgedAnswerLimit = 100

    /// How many of the rarest remaining terms of a paper BM25 looks for to find the answers. More of them find the
    /// same.
    package var restTermLimit = 32

    /// The ranks at the top of an answer that earn a gain.
    package var gainDepth = 10

    /// A library of fewer papers has too few answers to choose by.
    package var fewestPapersToAsk = 200

    /// The least number of papers that must ask a kind of question; otherwise the kind does not count.
    package var fewestQuestionsOfKind = 20

    // MARK: - Starting from a model

    /// The most papers of a library that starts from the released model (`Models/README.md`).
    package var startPaperLimit = 2_000

    /// The largest drift of such a library's papers: 0 to .06 where they are of the model's field.
    package var startDriftLimit = 0.2

    /// The most papers of a library that starts from it although it is of a neighboring field.
    package var neighborStartPaperLimit = 200

    /// The largest drift of those: .43 to .50 for papers on computing in general, .84 for papers on aircraft.
    package var neighborStartDriftLimit = 0.6
}
