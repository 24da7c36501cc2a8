package org.vaescape.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.vaescape.UserError;
import org.vaescape.data.DataCache;
import org.vaescape.data.Labels;
import org.vaescape.data.LabelsFile;
import org.vaescape.data.Matrix;
import org.vaescape.data.Orientation;
import org.vaescape.data.simulation.ExpressionModel;
import org.vaescape.data.simulation.ModelFit;
import org.vaescape.data.simulation.Planted;
import org.vaescape.data.simulation.SimulatedFile;
import org.vaescape.data.simulation.Simulation;
import org.vaescape.data.simulation.SimulationSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Writes a matrix that looks like a real one.
@Command(
    name = "simulate",
    description =
        "Draw a matrix of any size that looks like a real one: means, deviations, classes and factors fitted to it, or planted so that the truth is known.",
    mixinStandardHelpOptions = true)
final class SimulateCommand implements Callable<Integer> {
  /// 2,147,483,647 bytes hold so many samples of a block.
  private static final int MOST_GENES = 1_000_000;

  @Option(
      names = "--like",
      paramLabel = "MATRIX",
      required = true,
      description = "The matrix to imitate, on a log scale, in any format that 'run' reads.")
  private Path like = Path.of("");

  @Option(names = "--samples", paramLabel = "N", required = true, description = "Samples to draw.")
  private int samples;

  @Option(
      names = "--genes",
      paramLabel = "G",
      required = true,
      description = "How many of its most variable genes to draw.")
  private int genes;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      required = true,
      description =
          "NAME.npy (samples x genes), NAME.tsv or NAME.tsv.gz (genes in rows). Labels, names of genes and the truth are written beside it.")
  private Path out = Path.of("");

  @Option(
      names = "--labels",
      paramLabel = "FILE",
      description = "Classes of the samples of MATRIX; without it all are one class.")
  private @Nullable Path labels;

  @Option(
      names = "--label-column",
      paramLabel = "NAME",
      description = "Column of FILE with the classes; default: label.")
  private @Nullable String labelColumn;

  @Option(
      names = "--orientation",
      paramLabel = "WORD",
      description = "Of MATRIX: auto, genes-in-rows or genes-in-columns.")
  private String orientation = "auto";

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "Another seed draws other samples; default: ${DEFAULT-VALUE}.")
  private long seed = 1;

  @Option(
      names = "--rank",
      paramLabel = "K",
      description = "Factors fitted within classes; default: 100, fewer where samples tell fewer.")
  private @Nullable Integer rank;

  @Option(
      names = "--kappa",
      paramLabel = "X",
      description =
          "A class of n samples has its own mean by n / (n + X), and the common one by the rest; default: ${DEFAULT-VALUE}.")
  private double kappa = SimulationSettings.defaults().kappa();

  @Option(
      names = "--share",
      paramLabel = "X",
      description =
          "Share of each gene's variance that classes and factors carry together; default: ${DEFAULT-VALUE}.")
  private double share = SimulationSettings.defaults().share();

  @Option(
      names = "--plant-factors",
      paramLabel = "K",
      description =
          "Exactly K latent factors, in place of those fitted: the right latent size is K.")
  private @Nullable Integer plantFactors;

  @Option(
      names = "--plant-share",
      paramLabel = "X",
      description =
          "Share of each gene's variance within classes that planted factors carry; default: 0.5.")
  private @Nullable Double plantShare;

  @Option(
      names = "--plant-classes",
      paramLabel = "C",
      description = "C equally frequent classes; their labels are written too.")
  private @Nullable Integer plantClasses;

  @Option(
      names = "--plant-separation",
      paramLabel = "D",
      description =
          "How far the means of two planted classes lie apart, in standard deviations of a gene within a class (root mean square over genes); default: 0.5.")
  private @Nullable Double plantSeparation;

  @Option(names = "--quiet", description = "Prints no warnings and no files.")
  private boolean quiet;

  private final PrintWriter stdout;
  private final PrintWriter stderr;

  SimulateCommand(PrintWriter out, PrintWriter err) {
    stdout = out;
    stderr = err;
  }

  @Override
  public Integer call() {
    between("--samples", samples, Integer.MAX_VALUE / 8);
    between("--genes", genes, MOST_GENES);
    Planted planted = planted();
    SimulationSettings settings =
        new SimulationSettings(
            planted.factors() > 0
                ? 0 // none is fitted that is then thrown away
                : rank == null ? SimulationSettings.defaults().rank() : rank,
            kappa,
            share);
    SimulatedFile file = new SimulatedFile(out);
    // Before a large matrix is read.
    SimulatedFile.refuseExisting(file.files(labels != null || planted.classes() > 0, planted));
    ExpressionModel model = fit(settings, planted);
    if (!quiet) {
      model.notes().forEach(note -> stderr.println("Warning: " + note));
    }
    List<Path> files = file.write(new Simulation(model, samples, seed), planted);
    if (!quiet) {
      files.forEach(stdout::println);
    }
    return Main.DONE;
  }

  private Planted planted() {
    if (rank != null && plantFactors != null) {
      throw new UserError(
          "--rank is of fitted factors, which --plant-factors replaces; leave one of them out");
    }
    if (labelColumn != null && labels == null) {
      throw new UserError("--label-column is of a file of labels; give --labels too");
    }
    if (plantShare != null && plantFactors == null) {
      throw new UserError("--plant-share is of planted factors; give --plant-factors too");
    }
    if (plantSeparation != null && plantClasses == null) {
      throw new UserError("--plant-separation is of planted classes; give --plant-classes too");
    }
    return new Planted(
        plantFactors == null ? 0 : least("--plant-factors", plantFactors, 1),
        plantShare == null ? Planted.DEFAULT_SHARE : plantShare,
        plantClasses == null ? 0 : least("--plant-classes", plantClasses, 2),
        plantSeparation == null ? Planted.DEFAULT_SEPARATION : plantSeparation);
  }

  private ExpressionModel fit(SimulationSettings settings, Planted planted) {
    String column = labelColumn == null ? LabelsFile.AUTO : labelColumn;
    Optional<Labels> classes =
        Optional.ofNullable(labels).map(file -> LabelsFile.read(file, column));
    try (DataCache cache = DataCache.of(System.getenv())) {
      Matrix matrix = cache.read(like, orientation());
      return ModelFit.fit(matrix, classes, genes, settings, planted, seed);
    }
  }

  private Orientation orientation() {
    try {
      return Orientation.of(orientation);
    } catch (IllegalArgumentException e) {
      throw new UserError("--orientation " + e.getMessage(), e);
    }
  }

  private static void between(String option, int value, int most) {
    least(option, value, 1);
    if (value > most) {
      throw new UserError("%s must be at most %s but was %s".formatted(option, most, value));
    }
  }

  private static int least(String option, int value, int least) {
    if (value < least) {
      throw new UserError("%s must be at least %s but was %s".formatted(option, least, value));
    }
    return value;
  }
}
