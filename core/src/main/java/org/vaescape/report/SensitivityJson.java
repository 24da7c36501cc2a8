package org.vaescape.report;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.vaescape.analysis.Interval;

/// Statistics as JSON: every component of a record is a field, `overturnedBy` as `overturned_by`,
/// always there. Null stands where there is no finite number; an interval is `[low, high]`, a word
/// out of a few is the constant's name in lower case. Free of times and places, so that equal
/// records give equal bytes.
public final class SensitivityJson {
  private static final ObjectWriter WRITER =
      mapper()
          .writer(new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n")));

  private SensitivityJson() {}

  /// The text of a record, which ends in a line break.
  public static String text(Record statistics) {
    try {
      return WRITER.writeValueAsString(statistics) + "\n";
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("numbers and words can be written", impossible);
    }
  }

  private static ObjectMapper mapper() {
    SimpleModule module = new SimpleModule();
    add(module, Double.class, (number, out, _) -> write(number, out));
    add(module, double.class, (number, out, _) -> write(number, out));
    add(module, OptionalDouble.class, (number, out, _) -> write(number.orElse(Double.NaN), out));
    add(
        module,
        OptionalInt.class,
        (number, out, _) -> {
          if (number.isPresent()) {
            out.writeNumber(number.getAsInt());
          } else {
            out.writeNull();
          }
        });
    add(
        module,
        double[].class,
        (numbers, out, _) -> {
          out.writeStartArray();
          for (double number : numbers) {
            write(number, out);
          }
          out.writeEndArray();
        });
    module.addSerializer(
        new StdSerializer<Optional<?>>(Optional.class, false) {
          @Override
          public void serialize(Optional<?> value, JsonGenerator out, SerializerProvider all)
              throws IOException {
            all.defaultSerializeValue(value.orElse(null), out);
          }
        });
    add(
        module,
        Interval.class,
        (interval, out, _) -> out.writeArray(new double[] {interval.low(), interval.high()}, 0, 2));
    module.addSerializer(
        new StdSerializer<Enum<?>>(Enum.class, false) {
          @Override
          public void serialize(Enum<?> word, JsonGenerator out, SerializerProvider all)
              throws IOException {
            out.writeString(word.name().toLowerCase(Locale.ROOT).replace('_', ' '));
          }
        });
    return JsonMapper.builder()
        .addModule(module)
        .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
        .visibility(PropertyAccessor.ALL, Visibility.NONE)
        .visibility(PropertyAccessor.FIELD, Visibility.ANY)
        .build();
  }

  private static void write(double number, JsonGenerator out) throws IOException {
    if (Double.isFinite(number)) {
      out.writeNumber(number);
    } else {
      out.writeNull();
    }
  }

  private interface Writing<T> {
    void write(T value, JsonGenerator out, SerializerProvider all) throws IOException;
  }

  private static <T> void add(SimpleModule module, Class<T> type, Writing<T> writing) {
    module.addSerializer(
        type,
        new JsonSerializer<T>() {
          @Override
          public void serialize(T value, JsonGenerator out, SerializerProvider all)
              throws IOException {
            writing.write(value, out, all);
          }
        });
  }
}
