/// Loads the native libraries, which unpacks them; the launcher runs it as a part of the build.
void main() {
  org.vaescape.engine.NativeLibrary.load();
}
