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
