package org.vaescape.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.vaescape.analysis.Interval;
import org.vaescape.analysis.compare.ComparedStudy;
import org.vaescape.analysis.compare.StudyAgreement;
import org.vaescape.analysis.runs.Fate;
import org.vaescape.analysis.runs.Run;
import org.vaescape.analysis.runs.RunSet;
import org.vaescape.analysis.runs.StopPoint;
import org.vaescape.analysis.sensitivity.Sensitivity;
import org.vaescape.cli.Main;
import org.vaescape.study.Metric;

/// Holds `docs/method.md` to what is printed: every field, word and claim has an entry there, and
/// what has an entry in its tables is printed.
///
/// Over 400 lines because the runs that everything is printed of are planted here.
class MethodDocumentTest {
  private static final String DOCUMENT =
      read(Path.of(System.getProperty("basedir", "."), "../docs/method.md"));

  /// A row of the table of fields: "| costs[] (`TuningCost`) | `cells` settings; `learned` |",
  /// where code font stands for fields only.
  private static final Pattern RECORD =
      Pattern.compile("^\\| [^|`]*\\(`([A-Za-z.]+)`\\) \\| (.*) \\|$", Pattern.MULTILINE);

  private static final Pattern NAME = Pattern.compile("`([^`]+)`");

  /// A row of any table that begins with names: "| `name` |", "| `one`, `other` |".
  private static final Pattern ROW =
      Pattern.compile("^\\| (`[^|`]+`(?:, `[^|`]+`)*) \\|", Pattern.MULTILINE);

  private static final PropertyNamingStrategies.NamingBase SNAKE_CASE =
      new PropertyNamingStrategies.SnakeCaseStrategy();

  private static final String READING = "output-norm";

  private static final List<String> SETTINGS =
      List.of("model", "optimizer", "learning-rate", "latent", READING);

  private static final List<String> RATES = List.of("0.0001", "0.001", "0.01", "0.1");
  private static final List<String> LATENTS = List.of("10", "50", "200");
  private static final List<String> OPTIMIZERS = List.of("adam", "sgd", "rmsprop");

  /// A study with repeats and failures; others with further models, readings, a single repeat, no
  /// grid.
  private static final RunSet REPEATED = set("repeated", grid(List.of("vae", "iwae"), "", 3));

  private static final List<Sensitivity> PLANTED =
      Stream.of(
              REPEATED,
              set("once", grid(List.of("infovae", "logcosh-vae"), "", 1)),
              set(
                  "readings",
                  both(grid(List.of("vae"), "batch", 1), grid(List.of("vae"), "none", 1))),
              set("random", random()))
          .map(Sensitivity::of)
          .toList();

  /// What is written of these studies, and of tables of anybody's runs by the command that takes
  /// them: some is said of tables alone.
  private static final List<JsonNode> FILES =
      Stream.concat(
              PLANTED.stream().map(SensitivityJson::text),
              Stream.of(
                  ofTable(lines(3, ",split"), "--repeat", "split"),
                  ofTable(lines(1, "")),
                  ofTable(randomLines(), "--log", "learning-rate", "--state", "state")))
          .map(MethodDocumentTest::json)
          .toList();

  @Test
  void everyRecordThatIsWrittenHasARowOfItsFieldsAndOfNoOthers() {
    Set<String> written = new TreeSet<>();
    for (Class<?> type : written()) {
      fields(type).forEach(field -> written.add(name(type) + " " + field));
    }
    Set<String> entries = new TreeSet<>();
    RECORD
        .matcher(DOCUMENT)
        .results()
        .forEach(
            row -> names(row.group(2)).forEach(field -> entries.add(row.group(1) + " " + field)));
    assertSame(written, entries);
  }

  @Test
  void everyWordOutOfAFewHasAnEntry() {
    for (Class<?> type : written()) {
      if (type.isEnum()) {
        for (Object word : type.getEnumConstants()) {
          assertNamed(((Enum<?>) word).name().toLowerCase(Locale.ROOT).replace('_', ' '));
        }
      }
    }
  }

  /// The walk over types finds all that is written: no field of the file is missing from it.
  @Test
  void theFileOfAStudyWithEverythingInItHasKnownFieldsOnly() {
    Set<String> known = new TreeSet<>();
    written().forEach(type -> known.addAll(fields(type)));
    Set<String> found = new TreeSet<>();
    FILES.forEach(file -> collect(file, found));
    assertTrue(found.containsAll(List.of("spectrum", "several", "robustness", "deciding")));
    found.removeAll(known);
    assertEquals(
        new TreeSet<>(List.of("crashed", "diverged", "out-of-memory")), without(found, SETTINGS));
  }

  @Test
  void everyClaimThatIsMadeHasAnEntryAndEveryEntryIsMade() {
    Set<String> made = new TreeSet<>();
    FILES.forEach(
        file -> file.get("claims").forEach(claim -> made.add(kind(claim.get("id").textValue()))));
    StudyAgreement compared = compared();
    compared.settings().forEach(one -> made.add(kind(one.claim().id())));
    compared.effects().forEach(one -> made.add(kind(one.claim().id())));
    compared.models().forEach(one -> made.add(kind(one.claim().id())));
    Set<String> entries = new TreeSet<>();
    ROW.matcher(DOCUMENT)
        .results()
        .flatMap(row -> names(row.group(1)))
        .filter(name -> name.contains("/"))
        .forEach(name -> entries.add(kind(name)));
    assertSame(made, entries);
  }

  @Test
  void everyEstimatorOfSharesAndEveryEffectThatIsNoSettingHasAnEntry() {
    Set<String> words = new TreeSet<>();
    for (JsonNode file : FILES) {
      for (JsonNode effect : file.get("effects")) {
        words.add(effect.get("method").textValue());
        effect.get("factors").forEach(factor -> words.add(factor.textValue()));
      }
    }
    assertTrue(
        words.containsAll(
            List.of(
                "components",
                "components of one repeat",
                "components of one run",
                "forest",
                "noise",
                "repeat")),
        words.toString());
    without(words, SETTINGS).forEach(MethodDocumentTest::assertNamed);
  }

  private static void assertNamed(String word) {
    assertTrue(
        DOCUMENT.contains("`" + word + "`"), "docs/method.md has no entry for `" + word + "`");
  }

  // What is written.

  /// Records and words that the files of a study and of a comparison are made of.
  private static Set<Class<?>> written() {
    SequencedSet<Class<?>> found = new LinkedHashSet<>();
    walk(Sensitivity.class, found);
    walk(StudyAgreement.class, found);
    return found;
  }

  private static void walk(Type type, SequencedSet<Class<?>> found) {
    switch (type) {
      case ParameterizedType generic -> {
        for (Type argument : generic.getActualTypeArguments()) {
          walk(argument, found);
        }
      }
      case Class<?> own when own.isArray() -> walk(own.getComponentType(), found);
      case Class<?> own when own.isInterface() && own.isSealed() -> {
        for (Class<?> member : own.getPermittedSubclasses()) {
          walk(member, found);
        }
      }
      // Written as [low, high].
      case Class<?> own when own == Interval.class -> {}
      case Class<?> own when own.isEnum() -> found.add(own);
      case Class<?> own when own.isRecord() && found.add(own) -> {
        for (RecordComponent component : own.getRecordComponents()) {
          walk(component.getGenericType(), found);
        }
      }
      default -> {}
    }
  }

  private static List<String> fields(Class<?> type) {
    return type.isRecord()
        ? Arrays.stream(type.getRecordComponents())
            .map(component -> SNAKE_CASE.translate(component.getName()))
            .sorted()
            .toList()
        : List.of();
  }

  /// `TuningCost.Close`.
  private static String name(Class<?> type) {
    return type.getName().substring(type.getPackageName().length() + 1).replace('$', '.');
  }

  private static void collect(JsonNode node, Set<String> fields) {
    node.fieldNames().forEachRemaining(fields::add);
    node.forEach(child -> collect(child, fields));
  }

  // What has an entry.

  private static void assertSame(Set<String> printed, Set<String> entries) {
    assertEquals(Set.of(), without(printed, entries), "without an entry in docs/method.md");
    assertEquals(Set.of(), without(entries, printed), "in docs/method.md but never printed");
  }

  private static Stream<String> names(String text) {
    return NAME.matcher(text).results().map(name -> name.group(1));
  }

  /// What tells one claim from another apart from scope and outcome: `importance`, `user/budget`,
  /// `korkic2021/epochs-12-to-28`.
  private static String kind(String id) {
    List<String> parts = Arrays.asList(id.split("/", -1));
    return switch (parts.getFirst()) {
      case "user" -> "user/" + parts.getLast();
      case "korkic2021" -> "korkic2021/" + parts.get(1);
      default -> parts.getFirst();
    };
  }

  private static Set<String> without(Set<String> words, Collection<String> others) {
    Set<String> rest = new TreeSet<>(words);
    others.forEach(rest::remove);
    return rest;
  }

  private static String read(Path document) {
    try {
      return Files.readString(document);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  // Made-up runs, in which every statistic finds something to say.

  /// @param norm value of a reading; empty for none
  private static List<Run> grid(List<String> models, String norm, int repeats) {
    List<Run> runs = new ArrayList<>();
    for (String model : models) {
      for (String optimizer : OPTIMIZERS) {
        for (String rate : RATES) {
          for (String latent : LATENTS) {
            SequencedMap<String, String> settings = new LinkedHashMap<>();
            settings.put("model", model);
            settings.put("optimizer", optimizer);
            settings.put("learning-rate", rate);
            settings.put("latent", latent);
            if (!norm.isEmpty()) {
              settings.put(READING, norm);
            }
            for (int repeat = 0; repeat < repeats; repeat++) {
              runs.add(run(settings, repeat));
            }
          }
        }
      }
    }
    return runs;
  }

  private static List<Run> both(List<Run> some, List<Run> others) {
    return Stream.concat(some.stream(), others.stream()).toList();
  }

  /// As many settings as a random search tries, no two alike.
  private static List<Run> random() {
    SplittableRandom random = new SplittableRandom(3);
    List<Run> runs = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      SequencedMap<String, String> settings = new LinkedHashMap<>();
      settings.put("model", "vae");
      settings.put("optimizer", OPTIMIZERS.get(random.nextInt(2) * 2));
      settings.put("learning-rate", Double.toString(Math.pow(10, -1 - 3 * random.nextDouble())));
      settings.put("latent", Integer.toString(10 + random.nextInt(190)));
      runs.add(run(settings, 0));
    }
    return runs;
  }

  /// SGD learns nothing, RMSprop diverges at the highest rate with a small latent, and one setting
  /// runs out of memory.
  private static Run run(SequencedMap<String, String> settings, int repeat) {
    String optimizer = settings.getOrDefault("optimizer", "");
    double rate = Double.parseDouble(settings.getOrDefault("learning-rate", ""));
    int latent = Integer.parseInt(settings.getOrDefault("latent", ""));
    String id = settings + " " + repeat;
    double noise = new SplittableRandom(id.hashCode()).nextGaussian();
    boolean sgd = optimizer.equals("sgd");
    if (optimizer.equals("rmsprop") && rate == 0.1 && latent == 10) {
      return new Run(id, settings, repeat, Fate.FAILED, "diverged", Map.of());
    }
    if (sgd && rate == 0.1 && latent == 200) {
      return new Run(id, settings, repeat, Fate.FAILED, "out-of-memory", Map.of());
    }
    double off = Math.log10(rate) - Math.log10(0.003);
    double norm = settings.getOrDefault(READING, "none").equals("batch") ? off * 0.2 : 0;
    double loss =
        sgd ? 0.08 : 0.009 * Math.exp(0.3 * off * off + norm + 0.001 * latent + 0.02 * noise);
    Map<String, Double> outcomes = new LinkedHashMap<>();
    outcomes.put("val_reconstruction", loss);
    outcomes.put("val_mse", 1.1 * loss);
    outcomes.put("knn_accuracy", 0.9 - loss + 0.01 * noise);
    outcomes.put("epochs", 12 + latent / 20.0 + repeat);
    outcomes.put("converged", 1.0);
    outcomes.put("mean_mse", 0.0217);
    outcomes.put("pca_mse", 0.015);
    outcomes.put("val_kl_unit_1", 3.0);
    outcomes.put("val_kl_unit_2", 1.0);
    return new Run(
        id,
        settings,
        repeat,
        sgd ? Fate.UNLEARNED : Fate.LEARNED,
        sgd ? "untrained" : "learned",
        Map.of(StopPoint.STOP, outcomes));
  }

  private static RunSet set(String name, List<Run> runs) {
    return new RunSet(
        name,
        1,
        runs,
        List.of(READING),
        true,
        List.of("learning-rate"),
        OptionalInt.empty(),
        List.of(
            new RunSet.Outcome("val_reconstruction", Metric.Better.LOWER, false),
            new RunSet.Outcome("val_mse", Metric.Better.LOWER, true),
            new RunSet.Outcome("knn_accuracy", Metric.Better.HIGHER, true)),
        RunSet.Origin.PRESET);
  }

  /// A complete grid, a row a run; the last repeat of one setting failed.
  ///
  /// @param label name of the column of repeats with a comma before it; empty for none
  private static List<String> lines(int repeats, String label) {
    SplittableRandom random = new SplittableRandom(5);
    List<String> lines = new ArrayList<>();
    lines.add("optimizer,learning-rate,latent,output-norm" + label + ",loss");
    for (String optimizer : OPTIMIZERS) {
      for (String rate : RATES) {
        for (String latent : LATENTS) {
          for (String norm : List.of("batch", "none")) {
            for (int repeat = 0; repeat < repeats; repeat++) {
              double off = Math.log10(Double.parseDouble(rate)) + 2;
              boolean failed = repeat == 2 && lines.size() == 3;
              double loss = Math.exp(0.3 * off * off + 0.02 * random.nextGaussian());
              lines.add(
                  String.join(",", optimizer, rate, latent, norm)
                      + (label.isEmpty() ? "" : ",s" + repeat)
                      + ","
                      + (failed ? "" : loss * (optimizer.equals("sgd") ? 4 : 1)));
            }
          }
        }
      }
    }
    return lines;
  }

  /// Settings that are drawn, of which every tenth crashed.
  private static List<String> randomLines() {
    SplittableRandom random = new SplittableRandom(7);
    List<String> lines = new ArrayList<>(List.of("optimizer,learning-rate,latent,state,loss"));
    for (int i = 0; i < 60; i++) {
      double decades = -4 + 3 * random.nextDouble();
      lines.add(
          "%s,%s,%s,%s,%s"
              .formatted(
                  OPTIMIZERS.get(random.nextInt(3)),
                  Math.pow(10, decades),
                  10 + random.nextInt(190),
                  i % 10 == 0 ? "crashed" : "finished",
                  Math.exp((decades + 2) * (decades + 2) + 0.02 * random.nextGaussian())));
    }
    return lines;
  }

  /// What `analyze --json` prints of a table of these columns.
  private static String ofTable(List<String> lines, String... options) {
    try {
      Path table = Files.write(Files.createTempFile("runs", ".csv"), lines);
      List<String> factors = new ArrayList<>(List.of(lines.getFirst().split(",")));
      factors.removeAll(List.of("split", "state", "loss"));
      List<String> words = new ArrayList<>(List.of("analyze", table.toString(), "--json"));
      words.addAll(List.of("--outcome", "loss", "--factors", String.join(",", factors)));
      words.addAll(List.of(options));
      StringWriter out = new StringWriter();
      StringWriter err = new StringWriter();
      int code = Main.run(words.toArray(String[]::new), new PrintWriter(out), new PrintWriter(err));
      Files.delete(table);
      assertEquals(0, code, err.toString());
      return out.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode json(String text) {
    try {
      return JsonMapper.builder().build().readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A study beside itself under another name.
  private static StudyAgreement compared() {
    Sensitivity known = PLANTED.getFirst();
    return StudyAgreement.of(
        List.of(
            new ComparedStudy("one", "data of one", REPEATED, REPEATED.landscapes(), known),
            new ComparedStudy("other", "data of another", REPEATED, REPEATED.landscapes(), known)));
  }
}
