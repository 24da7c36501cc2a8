package org.vaescape.study;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.vaescape.UserError;
import org.vaescape.model.WeightsFile;

/// Whether the files of kept weights are those that the trials of the store handed over.
///
/// @param files that were looked at
/// @param findings what is wrong, a sentence each
/// @param unknown files of trials whose digest of their weights no version kept then
public record WeightsAudit(int files, List<String> findings, int unknown) {
  /// Looks at every file of the folder, which need not exist.
  public static WeightsAudit of(Path models, List<FinishedTrial> trials) {
    Map<String, FinishedTrial> byId = new HashMap<>();
    trials.forEach(trial -> byId.put(trial.id(), trial));
    List<String> findings = new ArrayList<>();
    int unknown = 0;
    List<Path> files = files(models);
    for (Path file : files) {
      FinishedTrial trial = byId.get(KeptWeights.id(file));
      if (trial == null) {
        findings.add(file + " belongs to no trial of the store");
        continue;
      }
      complaint(file, trial).ifPresent(findings::add);
      unknown += trial.provenance().containsKey(FinishedTrial.WEIGHTS) ? 0 : 1;
    }
    return new WeightsAudit(files.size(), findings, unknown);
  }

  private static List<Path> files(Path models) {
    if (!Files.isDirectory(models)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(models)) {
      return all.filter(KeptWeights::isWhole).sorted().toList();
    } catch (IOException e) {
      throw new UserError("%s cannot be read: %s".formatted(models, UserError.reason(e)), e);
    }
  }

  private static Optional<String> complaint(Path file, FinishedTrial trial) {
    WeightsFile found;
    try {
      found = WeightsFile.read(file);
    } catch (UserError e) {
      return Optional.ofNullable(e.getMessage()); // what is wrong with it is what was asked for
    }
    for (Map.Entry<String, String> said : facts(trial).entrySet()) {
      String header = found.metadata().getOrDefault(said.getKey(), "");
      if (!header.equals(said.getValue())) {
        return Optional.of(
            "%s says that %s is %s, but its trial in the store has %s"
                .formatted(file, said.getKey(), header, said.getValue()));
      }
    }
    for (Map.Entry<String, String> said : found.metadata().entrySet()) {
      String name = said.getKey().replace(WeightsHeader.PROVENANCE, "");
      String fact = trial.provenance().get(name); // there are empty ones
      if (said.getKey().startsWith(WeightsHeader.PROVENANCE) && !said.getValue().equals(fact)) {
        return Optional.of(
            "%s says that it was made with %s %s, but its trial in the store says %s"
                .formatted(
                    file,
                    name,
                    said.getValue(),
                    Objects.requireNonNullElse(fact, "nothing of it")));
      }
    }
    String digest = trial.provenance().get(FinishedTrial.WEIGHTS);
    return digest == null || digest.equals(WeightsDigest.of(found))
        ? Optional.empty()
        : Optional.of(
            "%s was changed: weights and header have another digest than its trial in the store says"
                .formatted(file));
  }

  private static SequencedMap<String, String> facts(FinishedTrial trial) {
    SequencedMap<String, String> facts = new LinkedHashMap<>();
    facts.put("trial", trial.id());
    facts.put("repeat", Integer.toString(trial.repeat()));
    trial.settings().forEach((key, value) -> facts.put(WeightsHeader.SETTING + key, value));
    facts.put("data_hash", trial.dataHash());
    return facts;
  }
}
