/// Loads the native libraries, which unpacks them; the launcher runs it as a part of the build.
void main() {
  org.vaescape.engine.NativeLibrary.load();
  String failure = org.vaescape.engine.WideLayers.failure(); // loads oneDNN, or says why not
  if (!failure.isEmpty()) {
    System.out.println("The fused path is not open here: " + failure);
  }
}
