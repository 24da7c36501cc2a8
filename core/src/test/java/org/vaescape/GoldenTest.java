package org.vaescape;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class GoldenTest {
  @Test
  @Tag("golden")
  void readsEveryFileOfTheFolder() {
    for (String name : Golden.names("")) {
      assertTrue(Golden.read(name).isObject(), name);
    }
    assertTrue(Golden.names("").size() > 0, "the folder is empty: " + Golden.folder());
  }

  @Test
  @Tag("golden")
  void readsShapesAndNumbers() {
    JsonNode adam = Golden.read("optimizers/adam");
    Golden.Array gradients = Golden.array(adam, "weight_gradients");
    assertEquals(3, gradients.shape().length);
    int[] shape = Golden.array(adam, "weight").shape();
    assertArrayEquals(shape, gradients.slice(9).shape());
    assertEquals(gradients.data()[shape[0] * shape[1]], gradients.slice(1).data()[0]);
  }

  @Test
  void readsTheTextsThatStandForNonFiniteNumbers() {
    assertEquals(Double.NaN, Golden.number(TextNode.valueOf("NaN")));
    assertEquals(Double.NEGATIVE_INFINITY, Golden.number(TextNode.valueOf("-Infinity")));
  }

  @Test
  void namesTheWorstEntry() {
    double[] expected = {1, 2, Double.NaN, 0};
    Golden.assertClose(expected, new double[] {1.001, 2, Double.NaN, 0}, 1e-2, 0, "fits");
    AssertionError error =
        assertThrows(
            AssertionError.class,
            () ->
                Golden.assertClose(
                    expected, new double[] {1.02, 2.5, Double.NaN, 0}, 1e-2, 0, "loss"));
    String begin = "loss: 2 of 4 entries are off; worst [1]: expected 2.0 but was 2.5";
    assertTrue(String.valueOf(error.getMessage()).startsWith(begin), error.getMessage());
  }

  @Test
  void acceptsNoNonFiniteNumberInPlaceOfAnother() {
    double[] actual = {Double.NaN};
    assertThrows(
        AssertionError.class, () -> Golden.assertClose(new double[] {1}, actual, 1, 1e9, "NaN"));
    assertThrows(
        AssertionError.class,
        () -> Golden.assertClose(new double[] {Double.POSITIVE_INFINITY}, actual, 1, 1e9, "NaN"));
  }
}
