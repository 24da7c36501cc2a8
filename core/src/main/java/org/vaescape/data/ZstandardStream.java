package org.vaescape.data;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.zip.ZipException;

/// The content of all frames of a Zstandard file.
///
/// The library's own stream takes a later frame that is cut short for the end.
final class ZstandardStream extends InputStream {
  private static final int BUFFER = 1 << 17;

  private final InputStream in;
  private final ZstdDecompressCtx context = new ZstdDecompressCtx();
  private final byte[] read = new byte[BUFFER];
  private final ByteBuffer packed = ByteBuffer.allocateDirect(BUFFER).limit(0);
  private final ByteBuffer content = ByteBuffer.allocateDirect(BUFFER).limit(0);

  /// Whether everything so far was whole frames.
  private boolean whole = true;

  /// Whether the buffer was too small for what could be unpacked.
  private boolean more;

  ZstandardStream(InputStream in) {
    this.in = in;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    while (length > 0 && !content.hasRemaining()) {
      if (!unpack()) {
        return -1;
      }
    }
    int count = Math.min(length, content.remaining());
    content.get(into, offset, count);
    return count;
  }

  /// Some content, maybe none; false at the end.
  private boolean unpack() throws IOException {
    content.clear();
    try {
      if (more || packed.hasRemaining() || refill()) {
        whole = context.decompressDirectByteBufferStream(content, packed);
        more = !whole && !content.hasRemaining();
        return true;
      }
    } catch (ZstdException e) {
      throw told(e);
    } finally {
      content.flip();
    }
    if (!whole) {
      throw new EOFException("it ends within a frame");
    }
    return false;
  }

  private boolean refill() throws IOException {
    int count = in.read(read);
    packed.clear();
    packed.put(read, 0, Math.max(count, 0)).flip();
    return count >= 0;
  }

  private static IOException told(ZstdException cause) {
    if (cause.getErrorCode() == Zstd.errFrameParameterWindowTooLarge()) {
      return new IOException(
          "it needs more than 128 MiB to be unpacked; compress it without --long", cause);
    }
    // The exception itself has the name of another number.
    ZipException told = new ZipException(Zstd.getErrorName(-cause.getErrorCode()));
    told.initCause(cause);
    return told;
  }

  @Override
  public void close() throws IOException {
    context.close();
    in.close();
  }
}
