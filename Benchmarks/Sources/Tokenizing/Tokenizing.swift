import Foundation
import SentenceEncoder

/// Prints the tokens of texts, for `Rivals/tokenizing.py` to compare.
///
///     Tokenizing FOLDER TEXTS LIMIT
///
/// FOLDER holds a model's tokenizer, and TEXTS a list of JSON per line: a text, or two that belong together. Each line
/// of the output has the tokens of a line, and the types of a pair behind them. The last line has the seconds that
/// tokenizing took, without reading and printing.
@main
struct Tokenizing {
    static func main() throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 4, let limit = Int(arguments[3]), limit >= 3 else {
            print("usage: Tokenizing FOLDER TEXTS LIMIT")
            exit(2)
        }
        let tokenizer = try WordPieceTokenizer(contentsOf: URL(filePath: arguments[1]))
        let lines = try Data(contentsOf: URL(filePath: arguments[2])).split(separator: UInt8(ascii: "\n"))
        let texts = try lines.map { try JSONDecoder().decode([String].self, from: $0) }
        var sequences: [[Int32]] = []
        let start = ContinuousClock.now
        for text in texts {
            if text.count == 2 {
                let pair = tokenizer.tokens(of: text[0], and: text[1], limit: limit)
                sequences.append(pair.tokens + pair.types.map(Int32.init))
            } else {
                sequences.append(tokenizer.tokens(of: text[0], limit: limit))
            }
        }
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        var output = ""
        for sequence in sequences { output += sequence.map(String.init).joined(separator: " ") + "\n" }
        output += "\(seconds)\n"
        FileHandle.standardOutput.write(Data(output.utf8))
    }
}
