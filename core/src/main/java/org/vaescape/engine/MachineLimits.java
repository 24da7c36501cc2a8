package org.vaescape.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/// What this machine can do at most.
///
/// @param products rates of the products of the wide layers on one core
/// @param memory rates of one core, and of all at once
public record MachineLimits(List<Product> products, List<Memory> memory) {
  /// For each figure; what else the machine does makes short ones uncertain.
  private static final double LONGEST = 0.3;

  public MachineLimits {
    products = List.copyOf(products);
    memory = List.copyOf(memory);
  }

  /// A rate of products.
  ///
  /// @param name which product of a step it is
  /// @param reason why there is no rate; empty if there is
  /// @param rate operations a second
  public record Product(
      String name,
      ProductRate.Shape shape,
      ProductRate.Library library,
      Precision precision,
      String reason,
      OptionalDouble rate) {}

  /// A rate of moving bytes.
  ///
  /// @param rate bytes a second
  public record Memory(MemoryRate.Kind kind, int cores, double rate) {}

  /// Measures this machine by the products of the wide layers of a network.
  ///
  /// @param batch rows
  /// @param hidden units of the layers beside the genes
  /// @param longest seconds for each figure
  public static MachineLimits measure(int batch, int genes, int hidden, double longest) {
    double seconds = Math.min(LONGEST, longest);
    List<Product> products = new ArrayList<>();
    List<Named> shapes =
        List.of(
            new Named("encoder", new ProductRate.Shape(batch, genes, hidden, true)),
            new Named("decoder", new ProductRate.Shape(batch, hidden, genes, true)),
            new Named("gradient", new ProductRate.Shape(hidden, batch, genes, false)));
    for (Named named : shapes) {
      for (ProductRate.Library library : ProductRate.Library.values()) {
        for (Precision precision : List.of(Precision.FP32, Precision.BF16)) {
          products.add(product(named, library, precision, seconds));
        }
      }
    }
    int cores = Runtime.getRuntime().availableProcessors();
    List<Memory> memory = new ArrayList<>();
    for (MemoryRate.Kind kind : MemoryRate.Kind.values()) {
      IntStream.of(1, cores)
          .distinct()
          .forEach(count ->
              memory.add(new Memory(kind, count, MemoryRate.measure(kind, count, seconds))));
    }
    return new MachineLimits(products, memory);
  }

  private record Named(String name, ProductRate.Shape shape) {}

  private static Product product(
      Named named, ProductRate.Library library, Precision precision, double seconds) {
    String reason = ProductRate.failure(library, precision);
    OptionalDouble rate =
        reason.isEmpty()
            ? OptionalDouble.of(ProductRate.measure(library, precision, named.shape, seconds))
            : OptionalDouble.empty();
    return new Product(named.name, named.shape, library, precision, reason, rate);
  }

  /// Operations a second of the fastest product in a precision.
  public double fastest(Precision precision) {
    return products.stream()
        .filter(product -> product.precision() == precision)
        .flatMapToDouble(product -> product.rate().stream())
        .max()
        .orElse(Double.NaN);
  }

  /// Bytes a second that one core reads and writes.
  public double ofOneCore() {
    return memory.stream()
        .filter(rate -> rate.cores() == 1 && rate.kind() == MemoryRate.Kind.COPY)
        .mapToDouble(Memory::rate)
        .findFirst()
        .orElse(Double.NaN);
  }
}
