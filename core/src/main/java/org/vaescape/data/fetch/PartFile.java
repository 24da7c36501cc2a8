package org.vaescape.data.fetch;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Properties;
import org.vaescape.UserError;

/// What there is of a file that is being downloaded: `NAME.part`, and `NAME.part.from` that says
/// what it is a part of. Belongs to one process at a time.
final class PartFile implements AutoCloseable {
  private final Path target;
  private final Path path;
  private final FileChannel channel;
  private Origin origin;

  /// What a server said of the whole file.
  ///
  /// @param validator entity tag or date that changes with the content; empty where there is none,
  ///   and then no part of it can be gone on with
  /// @param length in bytes, or -1 where the server does not say
  /// @param md5 of the whole, or empty where the server does not say
  record Origin(String url, String validator, long length, String md5) {
    static final Origin NONE = new Origin("", "", -1, "");
  }

  private PartFile(Path target, Path path, FileChannel channel, Origin origin) {
    this.target = target;
    this.path = path;
    this.channel = channel;
    this.origin = origin;
  }

  static Path of(Path target) {
    return target.resolveSibling(target.getFileName() + ".part");
  }

  private static Path origin(Path target) {
    return target.resolveSibling(target.getFileName() + ".part.from");
  }

  /// Takes hold of what an earlier download left, if that was of the same address.
  ///
  /// @throws UserError if something is there that no download left
  static PartFile open(Path target, URI url) throws IOException {
    Path path = of(target);
    FileChannel channel =
        FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (!lock(channel)) {
        throw new UserError(
            "%s is being downloaded by another process; wait for it, or end it first"
                .formatted(path));
      }
      PartFile part = new PartFile(target, path, channel, known(target));
      if (part.origin.url.isEmpty() && channel.size() > 0) {
        throw new UserError(
            "%s is there and is no part of an earlier download; move it away, or give --out another folder"
                .formatted(path));
      }
      if (!part.origin.url.equals(url.toString()) || part.origin.validator.isEmpty()) {
        part.beginAnew(Origin.NONE);
      }
      channel.position(channel.size());
      return part;
    } catch (IOException | UserError e) {
      channel.close();
      throw e;
    }
  }

  /// Whether it is ours now.
  private static boolean lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException _) {
      return false; // another thread of this process
    }
  }

  private static Origin known(Path target) throws IOException {
    Path path = origin(target);
    if (!Files.exists(path)) {
      return Origin.NONE;
    }
    Properties lines = new Properties();
    try (Reader in = Files.newBufferedReader(path)) {
      lines.load(in);
      return new Origin(
          lines.getProperty("url", ""),
          lines.getProperty("validator", ""),
          Long.parseLong(lines.getProperty("length", "-1")),
          lines.getProperty("md5", ""));
    } catch (IllegalArgumentException _) {
      return Origin.NONE; // written to by somebody else
    }
  }

  /// Forgets what is there.
  void beginAnew(Origin of) throws IOException {
    channel.truncate(0);
    channel.position(0);
    origin = of;
    Properties lines = new Properties();
    lines.setProperty("url", of.url);
    lines.setProperty("validator", of.validator);
    lines.setProperty("length", Long.toString(of.length));
    lines.setProperty("md5", of.md5);
    try (Writer out = Files.newBufferedWriter(origin(target))) {
      lines.store(out, null);
    }
  }

  Origin origin() {
    return origin;
  }

  long size() throws IOException {
    return channel.position();
  }

  Path path() {
    return path;
  }

  void append(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /// Has it on the disk before it gets its name.
  void force() throws IOException {
    channel.force(true);
  }

  /// Gives it its name, under which there must be nothing.
  void rename() throws IOException {
    Files.move(path, target);
    Files.deleteIfExists(origin(target));
  }

  void remove() throws IOException {
    Files.deleteIfExists(path);
    Files.deleteIfExists(origin(target));
  }

  /// Leaves nothing behind where nothing came.
  @Override
  public void close() throws IOException {
    boolean nothing = channel.isOpen() && channel.size() == 0;
    channel.close();
    if (nothing) {
      remove();
    }
  }
}
