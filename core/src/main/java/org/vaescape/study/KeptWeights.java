package org.vaescape.study;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.vaescape.UserError;
import org.vaescape.model.WeightsFile;
import org.vaescape.study.Study.KeepWeights;

/// The folder `models`: `ID.safetensors` of each trial whose weights are kept.
///
/// What is kept depends on the trials that are stored, not on their order, nor on a run that was
/// killed. Weights that an earlier run did not keep are gone for good.
final class KeptWeights {
  private static final Pattern ID = Pattern.compile("[0-9a-f]{16}");
  private static final Pattern FILE = Pattern.compile("([0-9a-f]{16})\\.safetensors(\\.part)?");

  private final Path folder;
  private final KeepWeights policy;

  KeptWeights(Path folder, KeepWeights policy) {
    this.folder = folder;
    this.policy = policy;
  }

  /// Whose weights are kept, of these trials.
  ChosenTrials chosen(Collection<FinishedTrial> trials) {
    ChosenTrials chosen = new ChosenTrials(policy);
    trials.forEach(chosen::add);
    return chosen;
  }

  /// Writes the weights of a trial, whole or not at all.
  void write(String id, WeightsFile weights) {
    try {
      // Not the study's folder with it, should somebody have removed that: what is written there
      // would be nobody's.
      if (!Files.isDirectory(folder)) {
        Files.createDirectory(folder);
      }
    } catch (IOException e) {
      throw broken(e);
    }
    weights.write(file(id));
  }

  /// Held while weights are written or deleted and the store is asked or told whose they are, since
  /// another process may do so.
  FileMutex lock() {
    return FileMutex.take(folder.resolveSibling(".weights.lock"));
  }

  /// How many of these trials have no weights in the folder.
  int missing(Set<String> ids) {
    return (int) ids.stream().filter(id -> !isKept(folder, id)).count();
  }

  private Path file(String id) {
    return file(folder, id);
  }

  /// Whether the weights of a trial are in the folder.
  static boolean isKept(Path folder, String id) {
    return ID.matcher(id).matches() && Files.exists(file(folder, id));
  }

  /// Where the weights of a trial are, if they are kept.
  ///
  /// @throws IllegalArgumentException if no trial has this id: that of somebody else's store may be
  ///   a path out of the folder
  static Path file(Path folder, String id) {
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException("no trial has the id " + id);
    }
    return folder.resolve(id + ".safetensors");
  }

  /// Whether this is a file of weights, and not what a killed run has left of one.
  static boolean isWhole(Path file) {
    Matcher name = FILE.matcher(file.getFileName().toString());
    return name.matches() && name.group(2) == null;
  }

  /// The trial whose weights a file has.
  static String id(Path file) {
    return file.getFileName().toString().replaceFirst("\\..*", "");
  }

  /// Deletes the weights of all other trials, and what a killed run has left.
  void keepOnly(Set<String> ids) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Matcher name = FILE.matcher(file.getFileName().toString());
        if (name.matches() && (name.group(2) != null || !ids.contains(name.group(1)))) {
          Files.deleteIfExists(file);
        }
      }
    } catch (IOException e) {
      throw broken(e);
    }
  }

  private UserError broken(IOException cause) {
    return new UserError(
        "%s cannot be written (%s); free some space or make it writable, and run the same command again, it goes on where it stopped"
            .formatted(folder, UserError.reason(cause)),
        cause);
  }

  /// Only what decides which weights are kept, so that a long study does not hold all curves.
  static FinishedTrial outline(FinishedTrial trial) {
    return new FinishedTrial(
        trial.id(),
        trial.settings(),
        trial.repeat(),
        trial.status(),
        trial.verdict(),
        trial.epochs(),
        trial.metrics(),
        List.of(),
        List.of(),
        trial.seconds(),
        trial.epochSeconds(),
        trial.path(),
        trial.precision(),
        trial.dataHash(),
        trial.message(),
        new LinkedHashMap<>());
  }
}
