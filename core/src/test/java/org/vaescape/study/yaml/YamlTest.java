package org.vaescape.study.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vaescape.UserError;

class YamlTest {
  private static final Path HERE = Path.of(".");

  private static Object plain(String text) {
    return YamlReader.file(text, "s.yaml", HERE).plain();
  }

  private static String refusal(String text) {
    return String.valueOf(assertThrows(UserError.class, () -> plain(text)).getMessage());
  }

  @Test
  void readsNumbersAndWordsAsYaml12Does() {
    assertEquals(
        Map.of("a", 1e-5, "b", 10L, "c", "no", "d", true, "e", List.of(-1L, 0.5, "0x"), "f", "012"),
        plain("a: 1e-5\nb: 10\nc: no\nd: true\ne: [-1, .5, 0x]\nf: '012'"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "010|010 looks like an octal or hexadecimal number; write it in decimal digits",
        "0o17|0o17 looks like an octal or hexadecimal number; write it in decimal digits",
        "00.5|00.5 looks like an octal number; write it without leading zeros",
        ".nan|.nan is not a finite number",
        "-.inf|-.inf is not a finite number",
        "1e999|1e999 is too large for a number",
        "99999999999999999999|99999999999999999999 is too large for a whole number",
        "!!str 1|tags such as tag:yaml.org,2002:str are not used in study files",
        "{<<: {a: 1}}|merge keys (<<) are not used in study files; write out what they bring in",
        "!!python 1|tags such as tag:yaml.org,2002:python are not used in study files",
      })
  void refusesWhatIsNotWhatItSeems(String value, String message) {
    assertEquals("s.yaml, line 2: " + message, refusal("ok: 1\nlatent: " + value));
  }

  @Test
  void refusesAKeyThatStandsTwice() {
    assertEquals(
        "s.yaml, line 4: latent stands twice, first in line 2; keep one",
        refusal("space:\n  latent: 1\n  model: vae\n  latent: 2\n"));
  }

  @Test
  void refusesAKeyWithoutAValueAndWhatIsNotYaml() {
    assertEquals(
        "s.yaml, line 1: the key has no value; give it one or take the key away",
        refusal("latent:\n"));
    assertEquals("s.yaml: the file is empty", refusal(""));
    assertEquals(
        "s.yaml, line 1: a study file is keys with values, such as name: mine", refusal("- 1"));
    assertEquals(
        "s.yaml, line 2: not YAML: expected <block end>, but found '<block mapping start>';"
            + " look at indentation, brackets and quotes there and just before",
        refusal("a: 1\n b: 2"));
  }

  @Test
  void takesCommasOfAnOptionForAList() {
    assertEquals(10L, YamlReader.option("10", "--set", HERE).plain());
    assertEquals(List.of(10L, 50L), YamlReader.option("10,50", "--set", HERE).plain());
    assertEquals(
        List.of(List.of(256L), List.of(512L, 256L)),
        YamlReader.option("[256],[512,256]", "--set", HERE).plain());
    assertEquals(
        "--set a=: the key has no value",
        assertThrows(UserError.class, () -> YamlReader.option("", "--set a=", HERE)).getMessage());
  }

  @Test
  void writesWhatItReads() {
    SequencedMap<String, Object> values = new LinkedHashMap<>();
    values.put("name", "a: b # \"c\" \\ é\n");
    values.put("words", List.of("batch/n", "yes", "012", "1e3", "", "/a b", "x:y"));
    values.put("numbers", List.of(1e-5, 0.001, 1e300, -0.5, 7L));
    values.put("space", Map.of("hidden", List.of(List.of(512L, 256L)), "on", false));
    values.put("readings", Map.of());
    String text = YamlWriter.write(values, Map.of("space.on", List.of("why", "", "because")));
    assertEquals(values, plain(text));
  }

  @Test
  void keepsCommentsWithTheirKeys() {
    Yaml.Section file =
        YamlReader.file(
            "# top\nname: x   # behind\nspace:   # of space\n  # above\n  latent: [1, 2] # here\n",
            "s.yaml",
            HERE);
    assertEquals(List.of("top", "behind"), file.entry("name").comments());
    Yaml.Section space = (Yaml.Section) file.entry("space").value();
    assertEquals(List.of("above", "here"), space.entry("latent").comments());
  }
}
