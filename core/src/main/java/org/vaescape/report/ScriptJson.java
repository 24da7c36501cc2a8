package org.vaescape.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;

/// JSON that pages carry for their scripts.
final class ScriptJson {
  private static final JsonFactory FACTORY = new JsonFactory();

  private ScriptJson() {}

  interface Writing {
    void to(JsonGenerator out) throws IOException;
  }

  /// What is written, so that it can stand in a script element.
  static String of(Writing writing) {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = FACTORY.createGenerator(text)) {
      writing.to(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString().replace("<", "\\u003c");
  }

  static void texts(JsonGenerator out, String name, List<String> texts) throws IOException {
    out.writeFieldName(name);
    texts(out, texts);
  }

  static void texts(JsonGenerator out, List<String> texts) throws IOException {
    out.writeStartArray();
    for (String text : texts) {
      out.writeString(text);
    }
    out.writeEndArray();
  }

  /// A number to so many significant digits; `null` if it is not finite.
  static void number(JsonGenerator out, double value, int digits) throws IOException {
    if (Double.isFinite(value)) {
      out.writeRawValue(Numbers.value(value, digits).replace('−', '-'));
    } else {
      out.writeNull();
    }
  }
}
