package org.vaescape.analysis.runs;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import org.vaescape.analysis.korkic2021.StudyClaim;
import org.vaescape.analysis.korkic2021.StudyClaims;

/// Made-up runs of the study's grid, in which a claim is true or false by construction.
public final class PlantedStudy {
  static final List<String> RATES = List.of("1e-5", "0.0001", "0.001", "0.01", "0.1");
  static final List<String> LATENTS = List.of("10", "20", "30", "50", "100", "200");
  public static final List<String> OPTIMIZERS = List.of("adam", "sgd", "rmsprop");

  private PlantedStudy() {}

  /// One run of it.
  ///
  /// @param rate place among the rates, from 0
  /// @param latent place among the latents, from 0
  public record Setting(int rate, int latent, String optimizer, int repeat) {
    public boolean is(String one) {
      return optimizer.equals(one);
    }

    /// Standard normal, for each run another.
    public double noise() {
      return new SplittableRandom(
              31L * (31L * (31L * rate + latent) + repeat) + optimizer.hashCode())
          .nextGaussian();
    }
  }

  /// What a run comes to.
  public record End(double loss, double epochs, Fate fate, String ending) {
    public static End learned(double loss) {
      return new End(loss, 20, Fate.LEARNED, "learned");
    }

    public static End untrained(double loss) {
      return new End(loss, 20, Fate.UNLEARNED, "untrained");
    }

    public static End failed(String ending) {
      return new End(Double.NaN, Double.NaN, Fate.FAILED, ending);
    }

    public End in(double epochs) {
      return new End(loss, epochs, fate, ending);
    }
  }

  public interface Ends {
    End of(Setting setting);
  }

  public static Landscape landscape(String model, int repeats, Ends ends) {
    return landscape(new Scope(model, new LinkedHashMap<>()), OPTIMIZERS, repeats, ends);
  }

  public static Landscape landscape(Scope scope, List<String> optimizers, int repeats, Ends ends) {
    SequencedMap<String, List<String>> space = new LinkedHashMap<>();
    space.put("latent", LATENTS);
    space.put("learning-rate", RATES);
    space.put("optimizer", optimizers);
    List<Run> made = Runs.grid(space, repeats, (_, _) -> 1);
    return Landscape.of(scope, made.stream().map(run -> run(run, ends)).toList(), List.of(), true);
  }

  private static Run run(Run made, Ends ends) {
    End end =
        ends.of(
            new Setting(
                RATES.indexOf(made.setting("learning-rate")),
                LATENTS.indexOf(made.setting("latent")),
                made.setting("optimizer"),
                made.repeat()));
    Map<String, Double> outcomes =
        Map.of(
            "val_reconstruction",
            end.loss(),
            "val_mse",
            end.loss(),
            "epochs",
            end.epochs(),
            Run.CONVERGED,
            end.epochs() < 100 ? 1.0 : 0.0);
    return new Run(
        made.id(),
        made.settings(),
        made.repeat(),
        end.fate(),
        end.ending(),
        Map.of(StopPoint.STOP, outcomes));
  }

  /// The claim of this name, without `korkic2021/`.
  public static StudyClaim claim(Landscape landscape, String name) {
    return StudyClaims.scored(landscape, 1).stream()
        .filter(claim -> claim.name().equals("korkic2021/" + name))
        .findFirst()
        .orElseThrow();
  }

  /// A study much like the published one: SGD learns nothing, rates below 0.001 are too low, and
  /// RMSprop diverges at 0.1 with low latents.
  public static End typical(Setting setting) {
    double noise = Math.exp(0.02 * setting.noise());
    if (setting.is("sgd")) {
      return End.untrained(0.0777 * Math.exp(0.002 * setting.noise()));
    }
    if (setting.is("rmsprop") && setting.rate() == 4 && setting.latent() < 3) {
      return End.failed("diverged");
    }
    double[] byRate = {0.040, 0.020, 0.0095, 0.0110, 0.019};
    double latent = 1 + 0.01 * setting.latent();
    double optimizer = setting.is("rmsprop") ? 0.94 : 1;
    return End.learned(byRate[setting.rate()] * latent * optimizer * noise)
        .in(14 + 2 * setting.latent() + (setting.repeat() + setting.rate()) % 3);
  }
}
