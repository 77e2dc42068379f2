// A search box for notes: it keeps them in a library, finds them by what they are about, and follows changes.

// Step 1. A note becomes what a library keeps: an id, a title and a text.
import Akin
import Foundation
import Papers

struct Note {
    var id: String
    var title: String
    var text: String

    var paper: Paper { Paper(id: id, title: title, abstract: text) }
}

// Step 2. A library is a folder. The search box opens it, or makes it.
struct SearchBox {
    let library: Library

    init(folder: String) async throws {
        library = try await Library.open(creatingAt: folder, waiting: .always())
    }

    func keep(_ notes: [Note]) async throws {
        try await library.add(notes.map(\.paper))
    }
}

// Step 3. What a person types is a question. Words need not be the ones of the note.
extension SearchBox {
    func titles(for text: String) async throws -> [String] {
        try await library.search(asking: text, options: SearchOptions(k: 3)).hits.map(\.paper.title)
    }
}

// Step 4. A hit tells where the words of the question stand, so that a list can mark them.
extension SearchBox {
    func marks(for text: String) async throws -> [(title: String, marked: [String])] {
        var options = SearchOptions(k: 3)
        options.findsSnippets = true
        return try await library.search(asking: text, options: options).hits.map { hit in
            let bytes = Array(hit.paper.abstract.utf8)
            return (hit.paper.title, hit.abstractMatches.map { String(decoding: bytes[$0], as: UTF8.self) })
        }
    }
}

// Step 5. A note that changed is kept again under its id; one that was thrown away is removed.
extension SearchBox {
    func throwAway(_ id: String) async throws {
        try await library.remove(ids: [id])
    }
}

// Step 6. The box tells a person when nothing fits.
extension SearchBox {
    func advice(for text: String) async throws -> String? {
        let answer = try await library.search(asking: text)
        return answer.hits.isEmpty ? "No note is about that. Unknown: \(answer.unknownWords)" : nil
    }
}

// Step 7. The box at work.
let folder = FileManager.default.temporaryDirectory.appending(path: "notes-\(UUID().uuidString)").path
defer { try? FileManager.default.removeItem(atPath: folder) }

let box = try await SearchBox(folder: folder)
try await box.keep([
    Note(id: "tomatoes", title: "Tomatoes", text: "Sow indoors in March. Plant out after the last frost, in full sun."),
    Note(id: "bread", title: "Sourdough", text: "Feed the starter the evening before. Bake at 240 degrees with steam."),
    Note(id: "frost", title: "Late frost", text: "Cover young plants in the garden when the night is clear and cold."),
    Note(id: "bicycle", title: "Bicycle", text: "The chain was oiled in May. New brake pads are in the drawer."),
])
print(try await box.titles(for: "gardening when it is cold"))
print(try await box.marks(for: "brake"))
try await box.keep([Note(id: "bicycle", title: "Bicycle", text: "Sold in June.")])
try await box.throwAway("bread")
print(try await box.titles(for: "sold"))
print(try await box.advice(for: "zeppelin") ?? "")
