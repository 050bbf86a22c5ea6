package org.skerry.view;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Function;
import org.skerry.collation.ValueReader;
import org.skerry.collation.ValueWriter;
import org.skerry.index.Reduction;
import org.skerry.index.Row;
import org.skerry.script.ReduceScript;
import org.skerry.script.ScriptException;
import org.skerry.script.Scripts;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.StringNode;

/**
 * A reduction in JavaScript. What it throws makes null, as in CouchDB; a result that does not
 * shrink is told in its place. When it used more than it may, whoever asks is told.
 *
 * <pre>
 *   state = 'V' JSON | 'E' error 00 reason
 * </pre>
 */
final class ScriptReduction implements Reduction {
  private static final byte VALUE = 'V';
  private static final byte ERROR = 'E';
  private static final String OVERFLOW = "reduce_overflow_error";

  /** CouchDB's bounds: a result larger than this has to be at most half of what it is made of. */
  private static final int ALLOWED_BYTES = 4906;

  private final Scripts scripts;
  private final String source;

  /** Compiled functions that nobody uses at the moment. */
  private final ConcurrentLinkedDeque<ReduceScript> idle = new ConcurrentLinkedDeque<>();

  ScriptReduction(Scripts scripts, String source) {
    this.scripts = scripts;
    this.source = source;
  }

  @Override
  public byte[] reduce(List<Row> rows) {
    List<JsonNode> keys = new ArrayList<>(rows.size());
    List<JsonNode> values = new ArrayList<>(rows.size());
    long bytes = 0;
    for (Row row : rows) {
      byte[] key = row.key();
      byte[] value = row.value();
      bytes += key.length + value.length + row.id().utf8().length;
      keys.add(
          JsonNodeFactory.instance
              .arrayNode()
              .add(ValueReader.read(key))
              .add(StringNode.valueOf(row.id().text())));
      values.add(ValueReader.read(value));
    }
    return state(script -> script.reduce(keys, values), bytes);
  }

  @Override
  public byte[] rereduce(List<byte[]> states) {
    List<JsonNode> values = new ArrayList<>(states.size());
    long bytes = 0;
    for (byte[] state : states) {
      if (state[0] == ERROR) {
        return state;
      }
      JsonNode value = ValueReader.read(Arrays.copyOfRange(state, 1, state.length));
      if (value.isObject() && value.size() == 1 && value.has(OVERFLOW)) {
        return state;
      }
      bytes += state.length;
      values.add(value);
    }
    return state(script -> script.rereduce(values), bytes);
  }

  private byte[] state(Function<ReduceScript, JsonNode> call, long bytes) {
    try {
      byte[] json = new ValueWriter().of(call(call));
      if (json.length > ALLOWED_BYTES && 2L * json.length > bytes) {
        json =
            new ValueWriter()
                .of(
                    JsonNodeFactory.instance
                        .objectNode()
                        .put(
                            OVERFLOW,
                            "Reduce output must shrink more rapidly: input size: "
                                + bytes
                                + " output size: "
                                + json.length));
      }
      return tagged(VALUE, json);
    } catch (ScriptException e) {
      return e.kind() == ScriptException.Kind.THROWN
          ? tagged(VALUE, "null".getBytes(StandardCharsets.US_ASCII))
          : tagged(ERROR, (error(e) + '\0' + e.getMessage()).getBytes(StandardCharsets.UTF_8));
    }
  }

  private static String error(ScriptException e) {
    return switch (e.kind()) {
      case COMPILE -> "compilation_error";
      case TIMEOUT -> "timeout";
      case MISSING, THROWN, MEMORY, STACK, OUTPUT -> "reduce_error";
    };
  }

  private JsonNode call(Function<ReduceScript, JsonNode> call) {
    ReduceScript known = idle.pollFirst();
    ReduceScript script = known == null ? scripts.reduce(source) : known;
    JsonNode result = call.apply(script);
    // One that failed is not used again.
    idle.addFirst(script);
    return result;
  }

  private static byte[] tagged(byte tag, byte[] bytes) {
    byte[] state = new byte[1 + bytes.length];
    state[0] = tag;
    System.arraycopy(bytes, 0, state, 1, bytes.length);
    return state;
  }

  @Override
  public Reduced result(byte[] state) {
    byte[] bytes = Arrays.copyOfRange(state, 1, state.length);
    if (state[0] == VALUE) {
      return new Reduced.Value(bytes);
    }
    String text = new String(bytes, StandardCharsets.UTF_8);
    int end = text.indexOf('\0');
    return new Reduced.Failed(text.substring(0, end), text.substring(end + 1));
  }
}
