package org.vaescape.data;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.apache.commons.compress.compressors.lz4.BlockLZ4CompressorInputStream;
import org.apache.commons.compress.compressors.snappy.SnappyCompressorInputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.vaescape.UserError;

/// How pages of Parquet are unpacked: by the libraries that unpack other files, where Parquet's own
/// way asks for Hadoop.
///
/// @param source the file, for messages
record ParquetCodecs(String source) implements CompressionCodecFactory {
  @Override
  public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
    return new Decompressor(source, codec);
  }

  /// Of writing, which nobody here does; the library's interface has both ways.
  @Override
  public BytesInputCompressor getCompressor(CompressionCodecName codec) {
    throw new UnsupportedOperationException("nothing is written as Parquet");
  }

  @Override
  public void release() {}

  private record Decompressor(String source, CompressionCodecName codec)
      implements BytesInputDecompressor {
    @Override
    public BytesInput decompress(BytesInput packed, int size) throws IOException {
      try (InputStream in = stream(packed.toInputStream())) {
        // Grows with what is there: the size is the file's claim.
        byte[] content = in.readNBytes(size);
        if (content.length < size) {
          throw new ZipException(
              "a page holds %s bytes and should hold %s".formatted(content.length, size));
        }
        return BytesInput.from(content);
      }
    }

    private InputStream stream(InputStream packed) throws IOException {
      return switch (codec) {
        case UNCOMPRESSED -> packed;
        case SNAPPY -> new SnappyCompressorInputStream(packed);
        case GZIP -> new GZIPInputStream(packed);
        case ZSTD -> new ZstdInputStreamNoFinalizer(packed);
        case LZ4_RAW -> new BlockLZ4CompressorInputStream(packed);
        default ->
            throw new UserError(
                "%s: is Parquet compressed by %s, which is not read; write it with snappy, gzip, zstd or lz4"
                    .formatted(source, codec));
      };
    }

    /// Of buffers outside of the heap, which nobody here gives to the library.
    @Override
    public void decompress(ByteBuffer packed, int packedSize, ByteBuffer content, int contentSize) {
      throw new UnsupportedOperationException("Parquet is unpacked on the heap alone");
    }

    @Override
    public void release() {}
  }
}
