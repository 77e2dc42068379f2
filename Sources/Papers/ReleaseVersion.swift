/// The version of Akin: that of its library and of its programs.
package let releaseVersion = "0.1.0"
