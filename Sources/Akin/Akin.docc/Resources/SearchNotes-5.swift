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
