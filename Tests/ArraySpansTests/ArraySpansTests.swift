import ArraySpans
import Testing

@Suite("Spans of arrays")
struct ArraySpansTests {
    @Test("a span holds the elements of its array", arguments: [0, 1, 7, 8, 13, 31, 207, 1025])
    func elements(count: Int) {
        let array = (0..<count).map { Float($0) }
        let span = array.span
        #expect(span.count == count)
        #expect(span.indices.map { span[$0] } == array)
    }

    @Test("a span lies where the array does")
    func place() {
        let array: [UInt32] = [3, 1, 2]
        // SAFETY: the addresses are compared and nothing is read through them.
        let isSame = unsafe array.withUnsafeBufferPointer { elements in
            unsafe array.span.withUnsafeBufferPointer { unsafe $0.baseAddress == elements.baseAddress }
        }
        #expect(isSame)
    }

    @Test("changes through a span reach the array and none of its copies")
    func changes() {
        var array: [UInt8] = [1, 2, 3]
        let copy = array
        var span = array.mutableSpan
        span[1] = 9
        #expect(array == [1, 9, 3])
        #expect(copy == [1, 2, 3])
    }
}
