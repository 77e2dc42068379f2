/// The optimal string alignment distance, by its whole table: the slow twin of `EditDistance`.
public func alignmentDistance(_ a: [UInt32], _ b: [UInt32]) -> Int {
    var table = [[Int]](repeating: [Int](repeating: 0, count: b.count + 1), count: a.count + 1)
    for i in 0...a.count { table[i][0] = i }
    for j in 0...b.count { table[0][j] = j }
    for i in 0..<a.count {
        for j in 0..<b.count {
            var distance = min(table[i][j] + (a[i] == b[j] ? 0 : 1), table[i][j + 1] + 1, table[i + 1][j] + 1)
            if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
                distance = min(distance, table[i - 1][j - 1] + 1)
            }
            table[i + 1][j + 1] = distance
        }
    }
    return table[a.count][b.count]
}
