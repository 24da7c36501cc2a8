import org.sqlite.util.LibraryLoaderUtil;

/// Unpacks the native libraries, most of which do so as they are loaded; the launcher runs it as a
/// part of the build.
void main() throws IOException {
  unpackSqlite(Path.of(System.getProperty("org.bytedeco.javacpp.cachedir")));
  org.vaescape.engine.NativeLibrary.load();
  String failure = org.vaescape.engine.WideLayers.failure(); // loads oneDNN, or says why not
  if (!failure.isEmpty()) {
    System.out.println("The fused path is not open here: " + failure);
  }
}

/// SQLite's driver would unpack its library at each start into the folder for temporary files, leave
/// it there when it is killed, and fail where nothing may be executed there.
void unpackSqlite(Path folder) throws IOException {
  String name = LibraryLoaderUtil.getNativeLibName();
  String resource = LibraryLoaderUtil.getNativeLibResourcePath() + "/" + name;
  try (InputStream library = LibraryLoaderUtil.class.getResourceAsStream(resource)) {
    if (library != null) { // else the driver says that there is none for this platform
      Files.copy(library, folder.resolve(name));
    }
  }
}
