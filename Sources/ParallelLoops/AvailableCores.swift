#if os(Windows)
#error("Akin does not build for Windows: its threads are those of POSIX.")
#elseif os(WASI)
#error("Akin does not build for WASI, which has no threads.")
#endif

#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#elseif canImport(Android)
import Android
#elseif canImport(Bionic)
import Bionic
#else
import Glibc
#endif

/// The number of cores that the operating system has online, at least 1.
///
/// It is the default number of threads wherever a function of this package takes one.
package let availableCores = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
