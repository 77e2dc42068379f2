import COpenBLAS
import Synchronization

/// Makes OpenBLAS run each call on the thread that made it. Calling it again does nothing.
///
/// This package divides its own loops among the cores. If OpenBLAS started threads as well, both would compete for the
/// cores, and results would depend on the number of its threads. Call this once, before the first factorization.
///
/// It changes OpenBLAS **for the whole process**, so no function of this library calls it. A program that needs the
/// threads of OpenBLAS leaves the call out. It then loses some speed, and results may depend on the number of threads.
public func useOneBLASThread() {
    let isFirst = blasWasTold.exchange(true, ordering: .acquiringAndReleasing) == false
    if isFirst { openblas_set_num_threads(1) }
}

private let blasWasTold = Atomic(false)

/// Sets `result = scale * left * right + keep * result` on the calling thread.
///
/// The result does not overlap the factors.
func multiply(
    _ left: PanelSlice, _ right: PanelSlice, into result: PanelSlice, scale: Float = 1, keep: Float = 0
) {
    precondition(
        left.columnCount == right.rowCount && left.rowCount == result.rowCount
            && right.columnCount == result.columnCount,
        "cannot multiply \(left.shape) with \(right.shape) into \(result.shape)"
    )
    guard result.rowCount > 0, result.columnCount > 0 else { return }
    guard left.columnCount > 0 else { return result.scale(by: keep) }
    // SAFETY: the shapes fit, and every slice holds `rowCount` rows of `columnCount` floats, `stride` apart.
    unsafe cblas_sgemm(
        CblasRowMajor, CblasNoTrans, CblasNoTrans, akin_blas_int(left.rowCount), akin_blas_int(right.columnCount),
        akin_blas_int(left.columnCount), scale, left.base, akin_blas_int(left.stride), right.base,
        akin_blas_int(right.stride), keep,
        result.base, akin_blas_int(result.stride))
}

/// Sets `result` to the product of the transpose of a slice and another slice, on the calling thread.
///
/// The result does not overlap the factors.
func multiply(transposed left: PanelSlice, _ right: PanelSlice, into result: PanelSlice) {
    precondition(
        left.rowCount == right.rowCount && left.columnCount == result.rowCount
            && right.columnCount == result.columnCount,
        "cannot multiply \(left.shape), transposed, with \(right.shape) into \(result.shape)"
    )
    guard result.rowCount > 0, result.columnCount > 0 else { return }
    guard left.rowCount > 0 else { return result.clear() }
    // SAFETY: the shapes fit, and every slice holds `rowCount` rows of `columnCount` floats, `stride` apart.
    unsafe cblas_sgemm(
        CblasRowMajor, CblasTrans, CblasNoTrans, akin_blas_int(left.columnCount), akin_blas_int(right.columnCount),
        akin_blas_int(left.rowCount), 1, left.base, akin_blas_int(left.stride), right.base, akin_blas_int(right.stride),
        0,
        result.base, akin_blas_int(result.stride))
}

/// Multiplies a slice, in place, with an upper triangle from the right, on the calling thread.
func multiplyInPlace(_ slice: PanelSlice, byUpper triangle: PanelSlice) {
    precondition(
        triangle.rowCount == slice.columnCount && triangle.columnCount == slice.columnCount,
        "cannot multiply \(slice.columnCount) columns with a triangle of \(triangle.rowCount) x \(triangle.columnCount)"
    )
    guard slice.rowCount > 0, slice.columnCount > 0 else { return }
    // SAFETY: the shapes fit, and every slice holds `rowCount` rows of `columnCount` floats, `stride` apart.
    unsafe cblas_strmm(
        CblasRowMajor, CblasRight, CblasUpper, CblasNoTrans, CblasNonUnit, akin_blas_int(slice.rowCount),
        akin_blas_int(slice.columnCount), 1, triangle.base, akin_blas_int(triangle.stride), slice.base,
        akin_blas_int(slice.stride))
}
