package org.vaescape.report;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.Deflater;

/// Numbered objects and where each begins, as PDF 1.4 has them.
final class PdfFile {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final List<Integer> starts = new ArrayList<>();

  PdfFile() {
    // Bytes above 127 tell programs that move files that this is no text.
    write("%PDF-1.4\n%");
    out.writeBytes(new byte[] {(byte) 0xE2, (byte) 0xE3, (byte) 0xCF, (byte) 0xD3, '\n'});
  }

  /// Adds an object and returns its number; the first is the catalog, and has 1.
  int object(String content) {
    begin();
    write(content);
    write("\nendobj\n");
    return starts.size();
  }

  /// Adds drawing operators, deflated.
  void stream(byte[] content) {
    Deflater deflater = new Deflater();
    deflater.setInput(content);
    deflater.finish();
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    byte[] part = new byte[1 << 16];
    while (!deflater.finished()) {
      packed.write(part, 0, deflater.deflate(part));
    }
    deflater.end();
    begin();
    write("<< /Filter /FlateDecode /Length " + packed.size() + " >>\nstream\n");
    out.writeBytes(packed.toByteArray());
    write("\nendstream\nendobj\n");
  }

  /// The bytes of the whole. To be called once.
  ///
  /// @param about number of the object that names title and author
  byte[] finish(int about) {
    int table = out.size();
    int count = starts.size() + 1;
    write("xref\n0 " + count + "\n0000000000 65535 f \n");
    for (int start : starts) {
      write(String.format(Locale.ROOT, "%010d 00000 n \n", start));
    }
    write("trailer\n<< /Size " + count + " /Root 1 0 R /Info " + about + " 0 R >>\n");
    write("startxref\n" + table + "\n%%EOF\n");
    return out.toByteArray();
  }

  /// A text of any characters: hexadecimal UTF-16, so that none ends it.
  static String text(String text) {
    StringBuilder hex = new StringBuilder("<FEFF");
    text.chars().forEach(unit -> hex.append("%04X".formatted(unit)));
    return hex.append('>').toString();
  }

  private void begin() {
    starts.add(out.size());
    write(starts.size() + " 0 obj\n");
  }

  private void write(String ascii) {
    out.writeBytes(ascii.getBytes(StandardCharsets.US_ASCII));
  }
}
