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
