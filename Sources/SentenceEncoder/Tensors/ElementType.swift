/// The types of elements that a file of tensors may hold, by the names that they have there.
enum ElementType: String {
    case float64 = "F64"
    case float32 = "F32"
    case float16 = "F16"
    case bfloat16 = "BF16"
    case integer64 = "I64"
    case integer32 = "I32"
    case integer16 = "I16"
    case integer8 = "I8"
    case unsigned64 = "U64"
    case unsigned32 = "U32"
    case unsigned16 = "U16"
    case unsigned8 = "U8"
    case boolean = "BOOL"

    /// The bytes of one element.
    var byteCount: Int {
        switch self {
        case .float64, .integer64, .unsigned64: 8
        case .float32, .integer32, .unsigned32: 4
        case .float16, .bfloat16, .integer16, .unsigned16: 2
        case .integer8, .unsigned8, .boolean: 1
        }
    }
}
