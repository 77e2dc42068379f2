public import Foundation

/// The folder of the programs that were built together with the tests.
///
/// They lie beside the bundle of the tests. On Apple's systems a program of the toolchain loads that bundle; elsewhere the
/// bundle is the program that runs.
public let builtPrograms: URL = {
    #if canImport(Darwin)
    if let bundle = Bundle.allBundles.first(where: { $0.bundlePath.hasSuffix(".xctest") }) {
        return bundle.bundleURL.deletingLastPathComponent()
    }
    #endif
    return (Bundle.main.executableURL ?? Bundle.main.bundleURL).deletingLastPathComponent()
}()
