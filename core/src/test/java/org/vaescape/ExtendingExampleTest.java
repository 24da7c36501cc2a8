package org.vaescape;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.lang.reflect.Field;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vaescape.engine.DType;
import org.vaescape.engine.Device;
import org.vaescape.engine.Precision;
import org.vaescape.engine.Scope;
import org.vaescape.engine.Tensor;
import org.vaescape.model.Batch;
import org.vaescape.model.Initialization;
import org.vaescape.model.NetworkParts;
import org.vaescape.model.NetworkShape;
import org.vaescape.model.Networks;
import org.vaescape.model.Objective;
import org.vaescape.model.SquaredError;
import org.vaescape.model.Terms;
import org.vaescape.model.VaeModel;
import org.vaescape.search.Member;
import org.vaescape.train.LabelMetric;
import org.vaescape.train.LabelledPlaces;
import org.vaescape.train.Optimizer;
import org.vaescape.train.Pace;
import org.vaescape.train.Points;

/// The worked examples of docs/EXTENDING.md compile as they stand there, and work.
class ExtendingExampleTest {
  private static final Pattern EXAMPLE =
      Pattern.compile("(?m)^ *```java\\n(?s:(.*?))^ *```$", Pattern.MULTILINE);
  private static final Pattern NAME =
      Pattern.compile("package ([\\w.]+);.*?public record (\\w+)", Pattern.DOTALL);

  @TempDir Path folder = Path.of("");

  @Test
  void examplesOfTheGuideCompileAndWork() throws Exception {
    Map<String, Path> sources = sources();
    assertEquals(
        List.of(
            "org.vaescape.model.RootKlVae",
            "org.vaescape.train.SignSgd",
            "org.vaescape.train.VarianceBetween"),
        List.copyOf(sources.keySet()));
    compile(List.copyOf(sources.values()));
    try (URLClassLoader loader =
        new URLClassLoader(
            new URL[] {folder.toUri().toURL()}, ExtendingExampleTest.class.getClassLoader())) {
      VaeModel model = (VaeModel) member(loader, "org.vaescape.model.RootKlVae").create(Map.of());
      Optimizer optimizer =
          (Optimizer) member(loader, "org.vaescape.train.SignSgd").create(Map.of());
      try (Scope _ = Scope.open()) {
        double[] losses = train(model, optimizer, 30);
        assertTrue(losses[1] < 0.9 * losses[0], losses[0] + " went to " + losses[1]);
      }
      LabelMetric metric =
          (LabelMetric) member(loader, "org.vaescape.train.VarianceBetween").create(Map.of());
      // Means 1 and 4 about 2.5: 4 x 1.5² of a sum of squares of 4 x 1.5² + 4 x 1².
      Points points =
          new Points(
              new float[] {0, 2, 3, 5},
              1,
              List.of("a", "a", "b", "b"),
              List.of("p", "q", "r", "s"));
      assertEquals(9.0 / 13, metric.of(new LabelledPlaces(points, points)), 1e-12);
    }
  }

  private Map<String, Path> sources() throws IOException {
    Path guide = Path.of(System.getProperty("vaescape.home", "."), "docs", "EXTENDING.md");
    Map<String, Path> sources = new LinkedHashMap<>();
    for (MatchResult example : EXAMPLE.matcher(Files.readString(guide)).results().toList()) {
      String text = example.group(1);
      MatchResult named = NAME.matcher(text).results().findFirst().orElseThrow();
      Path file = folder.resolve(named.group(2) + ".java");
      Files.writeString(file, text);
      sources.put(named.group(1) + "." + named.group(2), file);
    }
    return sources;
  }

  private void compile(List<Path> sources) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    List<String> options =
        List.of(
            "-Xlint:all",
            "-Werror",
            "-proc:none",
            "-d",
            folder.toString(),
            "-classpath",
            String.join(
                File.pathSeparator,
                home(Tensor.class),
                home(org.jspecify.annotations.NullMarked.class),
                home(org.bytedeco.pytorch.Tensor.class),
                home(org.bytedeco.javacpp.Pointer.class)));
    boolean compiled =
        compiler
            .getTask(
                messages,
                null,
                null,
                options,
                null,
                compiler
                    .getStandardFileManager(null, null, null)
                    .getJavaFileObjectsFromPaths(sources))
            .call();
    assertTrue(compiled, messages.toString());
  }

  /// The folder or archive that a class was loaded from.
  private static String home(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Member<?> member(ClassLoader loader, String name)
      throws ReflectiveOperationException {
    Field member = loader.loadClass(name).getDeclaredField("MEMBER");
    member.setAccessible(true);
    return (Member<?>) member.get(null);
  }

  /// Loss before and after some steps on one batch.
  private static double[] train(VaeModel model, Optimizer optimizer, int steps) {
    NetworkShape shape = new NetworkShape(8, List.of(6), 2, true);
    Networks networks =
        new Networks(
            shape,
            NetworkParts.of(model, new SquaredError(), shape),
            Initialization.PYTORCH.seeded(String::hashCode),
            Precision.FP32,
            Device.CPU);
    float[] values = new float[20 * 8];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (0.5 + 0.4 * Math.sin(i * i));
    }
    Tensor x = Tensor.of(DType.FLOAT32, values, 20, 8);
    List<Tensor> parameters = new ArrayList<>(networks.trained().values());
    List<Optimizer.Update<Tensor>> updates = parameters.stream().map(optimizer::start).toList();
    double[] losses = new double[2];
    for (int step = 0; step <= steps; step++) {
      try (Scope _ = Scope.open()) {
        Batch batch =
            new Batch(x, (_, lengths) -> Tensor.zeros(DType.FLOAT32, lengths), step, true);
        Terms terms = model.loss(batch, networks, new Objective(1e-3, 0, false, 20));
        losses[step == 0 ? 0 : 1] = terms.loss().item();
        terms.loss().backward();
        try (Scope _ = Scope.withoutGradients()) {
          for (int i = 0; i < parameters.size(); i++) {
            Tensor gradient = parameters.get(i).gradient();
            if (gradient != null) {
              updates.get(i).apply(gradient, Pace.of(0.01));
              parameters.get(i).clearGradient();
            }
          }
        }
      }
    }
    return losses;
  }
}
