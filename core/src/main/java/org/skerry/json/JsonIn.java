package org.skerry.json;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonFactoryBuilder;
import tools.jackson.databind.json.JsonMapper;

/** What reads JSON. All that is given here may be used by any thread. */
public final class JsonIn {
  /**
   * Values, names and brackets in one text. A tree of them needs up to fifty bytes for each, though
   * they may be two bytes long: 64 MB of empty lists would need a gigabyte.
   */
  private static final long MOST_TOKENS = 2_000_000;

  private static final JsonMapper MAPPER = builder().build();

  private JsonIn() {}

  /** Reads JSON as Jackson does when nobody tells it otherwise. */
  public static JsonMapper mapper() {
    return MAPPER;
  }

  /** The beginning of one that reads it in another way. */
  public static JsonMapper.Builder builder() {
    return builder(JsonFactory.builder());
  }

  /** The same over a factory of one's own making. */
  public static JsonMapper.Builder builder(JsonFactoryBuilder factory) {
    return JsonMapper.builder(factory(factory));
  }

  /** A factory as it is when nobody tells it otherwise. */
  public static JsonFactory factory() {
    return factory(JsonFactory.builder());
  }

  /** A factory of one's own making. */
  public static JsonFactory factory(JsonFactoryBuilder builder) {
    return new ForgettingFactory(builder);
  }

  /** The beginning of a factory for trees of what anybody may have sent. */
  public static JsonFactoryBuilder limited() {
    return JsonFactory.builder()
        .streamReadConstraints(StreamReadConstraints.builder().maxTokenCount(MOST_TOKENS).build());
  }

  /** Whether text was refused because it has more values than {@link #limited} allows. */
  public static boolean isTooLong(JacksonException refusal) {
    return refusal instanceof StreamConstraintsException
        && refusal.getOriginalMessage().startsWith("Token count");
  }

  /** The beginning of a factory for what was measured when it came in: it refuses no size. */
  public static JsonFactoryBuilder unlimited() {
    return JsonFactory.builder()
        .streamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(Integer.MAX_VALUE)
                .maxStringLength(Integer.MAX_VALUE)
                .maxNameLength(Integer.MAX_VALUE)
                .maxNumberLength(Integer.MAX_VALUE)
                .build());
  }
}
