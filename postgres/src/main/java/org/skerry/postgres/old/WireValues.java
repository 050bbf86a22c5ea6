package org.skerry.postgres.old;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * PostgreSQL's texts as the old engine's values, and back. Dates, exact numbers and the like are
 * structures with a class ({@code trytond/protocols/xmlrpc.py}, and the engine's own for UUIDs and
 * bits).
 */
final class WireValues {
  private static final HexFormat HEX = HexFormat.of();
  private static final String URN = "urn:uuid:";

  private WireValues() {}

  /**
   * A column's text as a value.
   *
   * @param type the column's, by PostgreSQL's short name
   */
  static Wire of(String type, Optional<String> text) {
    return text.map(
            value -> {
              try {
                return of(type, value);
              } catch (DateTimeException | NumberFormatException e) {
                // "infinity" and the like: the old engine has no such value.
                return new Wire.Text(value);
              }
            })
        .orElse(Wire.NIL);
  }

  private static Wire of(String type, String text) {
    return switch (type) {
      case "int2", "int4", "int8", "oid" -> new Wire.Whole(Long.parseLong(text));
      case "float4", "float8" -> new Wire.Real(Double.toString(Double.parseDouble(text)));
      case "numeric" -> tagged("Decimal", Map.of("decimal", new Wire.Text(text)));
      case "bool" -> new Wire.Flag(text.startsWith("t"));
      case "date" -> date(LocalDate.parse(text));
      case "timestamp", "timestamptz" ->
          new Wire.Moment(time(text).truncatedTo(ChronoUnit.SECONDS));
      case "time" -> time(LocalTime.parse(text));
      case "interval" ->
          tagged("timedelta", Map.of("seconds", new Wire.Real(seconds(Duration.parse(text)))));
      case "bytea" -> Wire.Bytes.of(HEX.parseHex(text.substring(2)));
      case "uuid" -> uuid(text);
      default -> new Wire.Text(text);
    };
  }

  /** A UUID, as the old engine writes it. */
  static Wire uuid(String text) {
    return tagged("uuid", Map.of("urn", new Wire.Text(URN + text)));
  }

  private static LocalDateTime time(String text) {
    return LocalDateTime.parse(text.replace(' ', 'T').replaceFirst("(Z|\\+00(:00)?)$", ""));
  }

  private static String seconds(Duration duration) {
    return BigDecimal.valueOf(duration.getSeconds())
        .add(BigDecimal.valueOf(duration.getNano(), 9))
        .stripTrailingZeros()
        .toPlainString();
  }

  private static Wire tagged(String kind, Map<String, Wire> members) {
    Map<String, Wire> all = new LinkedHashMap<>();
    all.put("__class__", new Wire.Text(kind));
    all.putAll(members);
    return new Wire.Struct(all);
  }

  private static Wire date(LocalDate date) {
    return tagged(
        "date",
        Map.of(
            "year", new Wire.Whole(date.getYear()),
            "month", new Wire.Whole(date.getMonthValue()),
            "day", new Wire.Whole(date.getDayOfMonth())));
  }

  private static Wire time(LocalTime time) {
    return tagged(
        "time",
        Map.of(
            "hour", new Wire.Whole(time.getHour()),
            "minute", new Wire.Whole(time.getMinute()),
            "second", new Wire.Whole(time.getSecond()),
            "microsecond", new Wire.Whole(time.getNano() / 1000)));
  }

  /**
   * A value as PostgreSQL writes it; nothing for NULL.
   *
   * @throws BadCallException when it is no value of a column
   */
  static Optional<String> text(String type, Wire value) {
    return switch (value) {
      case Wire.Nil nil -> Optional.empty();
      case Wire.Text(String text) -> Optional.of(text);
      case Wire.Whole(long number) -> Optional.of(Long.toString(number));
      case Wire.Real(String text) -> Optional.of(real(type, text));
      case Wire.Flag(boolean flag) -> Optional.of(flag ? "t" : "f");
      case Wire.Moment(LocalDateTime time) -> Optional.of(moment(time));
      case Wire.Bytes(String base64) -> Optional.of(bytes(type, base64));
      case Wire.Struct struct -> Optional.of(tagged(struct));
      case Wire.Items items -> throw new BadCallException("a list is no value of a column");
    };
  }

  private static String real(String type, String text) {
    return type.startsWith("int")
        ? new BigDecimal(text).toBigInteger().toString()
        : Double.toString(Double.parseDouble(text)).replaceFirst("\\.0$", "");
  }

  private static String moment(LocalDateTime time) {
    String text = time.toString().replace('T', ' ');
    return text.length() == "2026-03-01 12:00".length() ? text + ":00" : text;
  }

  private static String bytes(String type, String base64) {
    try {
      byte[] bytes = Base64.getDecoder().decode(base64);
      return type.equals("bytea")
          ? "\\x" + HEX.formatHex(bytes)
          : new String(bytes, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new BadCallException("bytes that are none");
    }
  }

  private static String tagged(Wire.Struct struct) {
    try {
      return switch (struct.kind()) {
        case "uuid" -> uuidText(struct);
        case "Decimal" -> new BigDecimal(text(struct, "decimal")).toPlainString();
        case "bitstring" -> text(struct, "bin");
        case "date" ->
            LocalDate.of(number(struct, "year"), number(struct, "month"), number(struct, "day"))
                .toString();
        case "time" -> timeText(struct);
        case "timedelta" -> interval(struct);
        default -> throw new BadCallException("there is no value of class " + struct.kind());
      };
    } catch (DateTimeException | NumberFormatException e) {
      throw new BadCallException("no " + struct.kind() + ": " + e.getMessage());
    }
  }

  private static String uuidText(Wire.Struct struct) {
    String urn = text(struct, "urn");
    return java.util
        .UUID
        .fromString(urn.startsWith(URN) ? urn.substring(URN.length()) : urn)
        .toString();
  }

  private static String timeText(Wire.Struct struct) {
    LocalTime time =
        LocalTime.of(
            number(struct, "hour"),
            number(struct, "minute"),
            number(struct, "second"),
            number(struct, "microsecond") * 1000);
    String text = time.toString();
    return text.length() == "12:00".length()
        ? text + ":00"
        : text.replaceFirst("(\\.[0-9]*?)0+$", "$1");
  }

  /** As PostgreSQL writes it in the style of ISO 8601. */
  private static String interval(Wire.Struct struct) {
    BigDecimal seconds = new BigDecimal(text("", struct.get("seconds")).orElse("0"));
    BigInteger whole = seconds.toBigInteger();
    long nanos = seconds.subtract(new BigDecimal(whole)).movePointRight(9).longValue();
    return Duration.ofSeconds(whole.longValueExact(), nanos).toString();
  }

  private static String text(Wire.Struct struct, String name) {
    return struct.get(name) instanceof Wire.Text(String text) ? text : "";
  }

  private static int number(Wire.Struct struct, String name) {
    return struct.get(name) instanceof Wire.Whole(long number) ? Math.toIntExact(number) : 0;
  }
}
