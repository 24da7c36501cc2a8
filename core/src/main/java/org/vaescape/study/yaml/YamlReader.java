package org.vaescape.study.yaml;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.comments.CommentLine;
import org.snakeyaml.engine.v2.comments.CommentType;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.CoreSchema;
import org.vaescape.UserError;
import org.vaescape.study.yaml.Yaml.Entry;
import org.vaescape.study.yaml.Yaml.Items;
import org.vaescape.study.yaml.Yaml.Scalar;
import org.vaescape.study.yaml.Yaml.Section;

/// Reads YAML 1.2 (core schema) strictly: `no` is a word, `010` and `.nan` are errors, and so is a
/// key that stands twice.
public final class YamlReader {
  /// Deeper than any study file, and far from the end of the stack.
  private static final int DEEPEST = 20;

  private static final Pattern WHOLE = Pattern.compile("[-+]?(0|[1-9][0-9]*)");
  private static final Pattern REAL =
      Pattern.compile("[-+]?(\\.[0-9]+|(0|[1-9][0-9]*)(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");

  private final String source;
  private final int firstLine;
  private final Path folder;

  private YamlReader(String source, int firstLine, Path folder) {
    this.source = source;
    this.firstLine = firstLine;
    this.folder = folder;
  }

  /// Reads a file whose outermost value is a mapping.
  ///
  /// @param source how messages name the file
  /// @param folder what relative paths in it are relative to
  /// @throws UserError with file and line if it is not YAML, or not a mapping
  public static Section file(String text, String source, Path folder) {
    YamlReader reader = new YamlReader(source, 1, folder);
    Yaml tree = reader.compose(text);
    if (tree instanceof Section section) {
      return section;
    }
    throw tree.place().error("a study file is keys with values, such as name: mine");
  }

  /// Reads the value of an option, where commas at the top level make a list.
  ///
  /// @param source how messages name the option
  /// @throws UserError if it is not a YAML flow value
  public static Yaml option(String value, String source, Path folder) {
    YamlReader reader = new YamlReader(source, 0, folder);
    Yaml tree = reader.compose("[" + value + "]");
    if (tree instanceof Items list && !list.items().isEmpty()) {
      return list.items().size() == 1 ? list.items().getFirst() : list;
    }
    throw tree.place().error("the key has no value");
  }

  private Yaml compose(String text) {
    LoadSettings settings =
        LoadSettings.builder()
            .setSchema(new CoreSchema())
            .setLabel(source)
            .setParseComments(firstLine > 0)
            .build();
    try {
      requirePlain(new Parse(settings).parseString(text));
      Optional<Node> root = new Compose(settings).composeString(text);
      if (root.isEmpty()) {
        throw new UserError(source + ": the file is empty");
      }
      return tree(root.get());
    } catch (MarkedYamlEngineException e) {
      Optional<Mark> mark = e.getProblemMark().or(e::getContextMark);
      throw place(mark)
          .error(
              "not YAML: %s; look at indentation, brackets and quotes there and just before"
                  .formatted(e.getProblem()),
              e);
    } catch (ReaderException e) {
      throw place(text.substring(0, Math.min(e.getPosition(), text.length())))
          .error(
              "not YAML: has the character U+%04X, which no text has; save the study as text in UTF-8"
                  .formatted(e.getCodePoint()),
              e);
    } catch (YamlEngineException e) {
      throw new UserError(source + ": not YAML: " + e.getMessage(), e);
    }
  }

  /// Refuses what would make a small file a large tree, or one too deep for the stack, before a
  /// tree is made of it.
  private void requirePlain(Iterable<Event> events) {
    int depth = 0;
    for (Event event : events) {
      switch (event) {
        case AliasEvent alias ->
            throw place(alias.getStartMark()).error("aliases are not used in study files");
        case ScalarEvent scalar -> {
          refuseTag(scalar.getTag(), scalar);
          if (scalar.isPlain() && scalar.getValue().equals("<<")) {
            throw place(scalar.getStartMark())
                .error("merge keys (<<) are not used in study files; write out what they bring in");
          }
        }
        case CollectionStartEvent start -> {
          refuseTag(start.getTag(), start);
          if (++depth > DEEPEST) {
            throw place(start.getStartMark()).error("nested more than " + DEEPEST + " deep");
          }
        }
        case CollectionEndEvent _ -> depth--;
        default -> {}
      }
    }
  }

  private void refuseTag(Optional<String> tag, Event event) {
    if (tag.isPresent()) {
      throw place(event.getStartMark())
          .error("tags such as %s are not used in study files".formatted(tag.get()));
    }
  }

  private Place place(Optional<Mark> mark) {
    int line = firstLine == 0 ? 0 : mark.map(Mark::getLine).orElse(0) + firstLine;
    return new Place(source, line, folder);
  }

  /// Where a file goes on after this text.
  private Place place(String before) {
    int line = (int) before.chars().filter(character -> character == '\n').count();
    return new Place(source, firstLine == 0 ? 0 : line + firstLine, folder);
  }

  private Yaml tree(Node node) {
    Place place = place(node.getStartMark());
    return switch (node) {
      case ScalarNode scalar -> new Scalar(value(scalar, place), place);
      case SequenceNode sequence ->
          new Items(sequence.getValue().stream().map(this::tree).toList(), place);
      case MappingNode mapping -> section(mapping, place);
      default -> throw new IllegalStateException("a node of a kind that YAML does not have");
    };
  }

  private Section section(MappingNode mapping, Place place) {
    SequencedMap<String, Entry> entries = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      Place at = place(tuple.getKeyNode().getStartMark());
      if (!(tuple.getKeyNode() instanceof ScalarNode scalar)) {
        throw at.error("a key is one word");
      }
      String key = scalar.getValue();
      Entry first = entries.get(key);
      if (first != null) {
        throw at.error(
            "%s stands twice, first in line %d; keep one"
                .formatted(key, Math.max(1, first.place().line())));
      }
      List<String> comments = new ArrayList<>();
      comments.addAll(lines(scalar.getBlockComments()));
      comments.addAll(lines(scalar.getInLineComments()));
      if (!(tuple.getValueNode() instanceof MappingNode)) {
        comments.addAll(lines(tuple.getValueNode().getInLineComments()));
      }
      entries.put(key, new Entry(tree(tuple.getValueNode()), at, comments));
    }
    return new Section(entries, place);
  }

  private static List<String> lines(@Nullable List<CommentLine> comments) {
    return comments == null
        ? List.of()
        : comments.stream()
            .filter(comment -> comment.getCommentType() != CommentType.BLANK_LINE)
            .map(comment -> comment.getValue().strip())
            .toList();
  }

  private static Object value(ScalarNode node, Place place) {
    String text = node.getValue();
    Tag tag = node.getTag();
    if (tag.equals(Tag.STR)) {
      return text;
    }
    if (tag.equals(Tag.BOOL)) {
      return Boolean.parseBoolean(text);
    }
    if (tag.equals(Tag.INT)) {
      return whole(text, place);
    }
    if (tag.equals(Tag.FLOAT)) {
      return real(text, place);
    }
    if (tag.equals(Tag.NULL)) {
      throw place.error("the key has no value; give it one or take the key away");
    }
    throw new IllegalStateException("a tag that YAML's core schema does not have: " + tag);
  }

  private static Long whole(String text, Place place) {
    if (!WHOLE.matcher(text).matches()) {
      throw place.error(
          text + " looks like an octal or hexadecimal number; write it in decimal digits");
    }
    try {
      return Long.valueOf(text);
    } catch (NumberFormatException e) {
      throw place.error(text + " is too large for a whole number", e);
    }
  }

  private static Double real(String text, Place place) {
    if (!REAL.matcher(text).matches()) {
      throw place.error(
          text
              + (text.matches("[-+]?0[0-9].*")
                  ? " looks like an octal number; write it without leading zeros"
                  : " is not a finite number"));
    }
    double value = Double.parseDouble(text);
    if (!Double.isFinite(value)) {
      throw place.error(text + " is too large for a number");
    }
    return value;
  }
}
