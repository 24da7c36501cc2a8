package org.vaescape.cli;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;

/// What content is wrapped in, so that a change reaches the reader of the content.
enum Wrapping {
  NONE,
  GZIP,
  ZSTANDARD,
  BZIP2,
  ZIP;

  static Wrapping of(String name) {
    return switch (name.substring(name.lastIndexOf('.') + 1)) {
      case "gz" -> GZIP;
      case "zst" -> ZSTANDARD;
      case "bz2" -> BZIP2;
      case "npz" -> ZIP;
      default -> NONE;
    };
  }

  /// The file with its content changed, and wrapped again; one that is damaged already is changed
  /// as it is.
  byte[] changed(byte[] file, SplittableRandom random) {
    try {
      return inside(file, random);
    } catch (IOException | ZstdException | IllegalArgumentException _) {
      return Mutation.some(file, random);
    }
  }

  private byte[] inside(byte[] file, SplittableRandom random) throws IOException {
    return switch (this) {
      case NONE -> Mutation.some(file, random);
      case GZIP -> {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(file));
            OutputStream zipped = new GZIPOutputStream(out)) {
          zipped.write(Mutation.some(in.readAllBytes(), random));
        }
        yield out.toByteArray();
      }
      case ZSTANDARD -> Zstd.compress(Mutation.some(Zstd.decompress(file, 1 << 20), random));
      case BZIP2 -> {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (InputStream in = new BZip2CompressorInputStream(new ByteArrayInputStream(file), true);
            OutputStream zipped = new BZip2CompressorOutputStream(out)) {
          zipped.write(Mutation.some(in.readAllBytes(), random));
        }
        yield out.toByteArray();
      }
      case ZIP -> zip(file, random);
    };
  }

  private static byte[] zip(byte[] file, SplittableRandom random) throws IOException {
    List<String> names = new ArrayList<>();
    List<byte[]> contents = new ArrayList<>();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(file))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        names.add(entry.getName());
        contents.add(in.readAllBytes());
      }
    }
    if (contents.isEmpty()) {
      throw new ZipException("holds nothing");
    }
    int chosen = random.nextInt(contents.size());
    contents.set(chosen, Mutation.some(contents.get(chosen), random));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zipped = new ZipOutputStream(out)) {
      for (int i = 0; i < names.size(); i++) {
        zipped.putNextEntry(new ZipEntry(names.get(i)));
        zipped.write(contents.get(i));
        zipped.closeEntry();
      }
    }
    return out.toByteArray();
  }
}
