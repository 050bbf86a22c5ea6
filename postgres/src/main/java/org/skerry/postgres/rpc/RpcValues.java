package org.skerry.postgres.rpc;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A document's values as Tryton's JSON-RPC has them: what JSON has no type for is an object with
 * {@code __class__} ({@code trytond/protocols/jsonrpc.py}).
 */
final class RpcValues {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private RpcValues() {}

  /**
   * A value for a field.
   *
   * @throws IllegalArgumentException when the field's type has no such value; it says which
   */
  static JsonNode of(RpcField field, JsonNode value) {
    if (value.isNull() || value.isMissingNode()) {
      return JSON.nullNode();
    }
    try {
      return switch (field.type()) {
        case "numeric" -> tagged("Decimal").put("decimal", decimal(value).toPlainString());
        case "date" -> date(LocalDate.parse(value.asString()));
        case "datetime", "timestamp" -> dateTime(utc(value.asString()));
        case "time" -> time(tagged("time"), LocalTime.parse(value.asString()));
        case "timedelta" -> tagged("timedelta").put("seconds", seconds(value));
        case "binary" -> tagged("bytes").put("base64", value.asString());
        case "many2one", "one2one", "integer", "biginteger" -> JSON.numberNode(value.asLong());
        case "float" -> JSON.numberNode(decimal(value).doubleValue());
        case "char", "text", "fullText", "selection", "reference" ->
            value.isString() ? value : JSON.stringNode(value.toString());
        default -> value;
      };
    } catch (DateTimeException | NumberFormatException e) {
      throw new IllegalArgumentException(
          "field " + field.name() + " (" + field.type() + ") cannot be " + value, e);
    }
  }

  private static ObjectNode tagged(String type) {
    return JSON.objectNode().put("__class__", type);
  }

  private static BigDecimal decimal(JsonNode value) {
    return value.isNumber() ? value.decimalValue() : new BigDecimal(value.asString());
  }

  private static ObjectNode date(LocalDate date) {
    return day(tagged("date"), date);
  }

  private static ObjectNode day(ObjectNode node, LocalDate date) {
    return node.put("year", date.getYear())
        .put("month", date.getMonthValue())
        .put("day", date.getDayOfMonth());
  }

  private static ObjectNode dateTime(LocalDateTime time) {
    return time(day(tagged("datetime"), time.toLocalDate()), time.toLocalTime());
  }

  private static ObjectNode time(ObjectNode node, LocalTime time) {
    return node.put("hour", time.getHour())
        .put("minute", time.getMinute())
        .put("second", time.getSecond())
        .put("microsecond", time.getNano() / 1000);
  }

  /** Tryton's times have no zone, and mean UTC. */
  private static LocalDateTime utc(String text) {
    String iso = text.replace(' ', 'T');
    boolean zoned = iso.endsWith("Z") || iso.indexOf('+') > 0 || iso.lastIndexOf('-') > 10;
    return zoned
        ? OffsetDateTime.parse(iso).withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime()
        : LocalDateTime.parse(iso);
  }

  /** ISO 8601's duration, or PostgreSQL's own {@code [-]H:MM:SS[.f]}, perhaps behind days. */
  private static BigDecimal seconds(JsonNode value) {
    if (value.isNumber()) {
      return value.decimalValue();
    }
    String text = value.asString().strip();
    if (text.startsWith("P") || text.startsWith("-P")) {
      Duration duration = Duration.parse(text);
      return BigDecimal.valueOf(duration.getSeconds())
          .add(BigDecimal.valueOf(duration.getNano(), 9));
    }
    BigDecimal days = BigDecimal.ZERO;
    int space = text.lastIndexOf(' ');
    if (text.contains("day")) {
      days = new BigDecimal(text.substring(0, text.indexOf(' ')));
      text = text.indexOf(':') > 0 ? text.substring(space + 1) : "00:00:00";
    }
    boolean negative = text.startsWith("-");
    String[] parts = text.replaceFirst("^[-+]", "").split(":");
    if (parts.length != 3) {
      throw new NumberFormatException("no duration: " + text);
    }
    BigDecimal clock =
        new BigDecimal(parts[0])
            .multiply(BigDecimal.valueOf(3600))
            .add(new BigDecimal(parts[1]).multiply(BigDecimal.valueOf(60)))
            .add(new BigDecimal(parts[2]));
    return days.multiply(BigDecimal.valueOf(86_400)).add(negative ? clock.negate() : clock);
  }
}
