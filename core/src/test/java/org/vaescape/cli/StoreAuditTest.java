package org.vaescape.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StoreAuditTest {
  @Test
  void countsWhatItDoesNotName() {
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text, true);
    List<String> six = List.of("a", "b", "c", "d", "e", "f");
    List<String> seven = List.of("a", "b", "c", "d", "e", "f", "g");
    new StoreAudit(9, six, seven, List.of(), 0, "").print(out, new Findings(out));
    List<String> said = text.toString().lines().toList();
    assertEquals(
        "DIFFERS:  trial e in the store is not as it was saved: its digest is another, or was removed",
        said.get(4));
    assertEquals("DIFFERS:  and 1 more trial like that", said.get(5));
    assertEquals("DIFFERS:  and 2 more trials like that", said.getLast());
  }
}
