package org.skerry.postgres.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

class RpcValuesTest {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private static String rpc(String type, String json) {
    return RpcValues.of(new RpcField("f", type), MAPPER.readTree(json)).toString();
  }

  @Test
  void numbersKeepEveryDigit() {
    assertThat(rpc("numeric", "1.2300"))
        .isEqualTo("{\"__class__\":\"Decimal\",\"decimal\":\"1.2300\"}");
    assertThat(rpc("numeric", "\"12345678901234567890.000000001\""))
        .isEqualTo("{\"__class__\":\"Decimal\",\"decimal\":\"12345678901234567890.000000001\"}");
    assertThat(rpc("numeric", "1e3")).isEqualTo("{\"__class__\":\"Decimal\",\"decimal\":\"1000\"}");
    assertThat(rpc("integer", "12")).isEqualTo("12");
  }

  @Test
  void daysAndTimesAreWhatTrytonTakes() {
    assertThat(rpc("date", "\"2026-03-01\""))
        .isEqualTo("{\"__class__\":\"date\",\"year\":2026,\"month\":3,\"day\":1}");
    String moment =
        "{\"__class__\":\"datetime\",\"year\":2026,\"month\":3,\"day\":1,"
            + "\"hour\":23,\"minute\":5,\"second\":0,\"microsecond\":250000}";
    assertThat(rpc("datetime", "\"2026-03-01T23:05:00.25\"")).isEqualTo(moment);
    assertThat(rpc("timestamp", "\"2026-03-01 23:05:00.25\"")).isEqualTo(moment);
    assertThat(rpc("timestamp", "\"2026-03-02T00:05:00.25+01:00\"")).isEqualTo(moment);
    assertThat(rpc("timestamp", "\"2026-03-01T23:05:00.25Z\"")).isEqualTo(moment);
    assertThat(rpc("time", "\"07:30:15\""))
        .isEqualTo(
            "{\"__class__\":\"time\",\"hour\":7,\"minute\":30,\"second\":15,\"microsecond\":0}");
  }

  @Test
  void durationsAreSeconds() {
    String start = "{\"__class__\":\"timedelta\",\"seconds\":";
    assertThat(rpc("timedelta", "\"01:30:00\"")).isEqualTo(start + "5400}");
    assertThat(rpc("timedelta", "\"-01:30:00.5\"")).isEqualTo(start + "-5400.5}");
    assertThat(rpc("timedelta", "\"2 days 00:00:01\"")).isEqualTo(start + "172801}");
    assertThat(rpc("timedelta", "\"1 day\"")).isEqualTo(start + "86400}");
    assertThat(rpc("timedelta", "90")).isEqualTo(start + "90}");
  }

  @Test
  void whatIsNotThereIsNull() {
    assertThat(rpc("date", "null")).isEqualTo("null");
    assertThat(rpc("many2one", "null")).isEqualTo("null");
  }

  @Test
  void textsStayTexts() {
    assertThat(rpc("char", "\"Ñúñez\"")).isEqualTo("\"Ñúñez\"");
    assertThat(rpc("char", "12")).isEqualTo("\"12\"");
    assertThat(rpc("reference", "\"party.party,7\"")).isEqualTo("\"party.party,7\"");
    assertThat(rpc("binary", "\"AAE=\""))
        .isEqualTo("{\"__class__\":\"bytes\",\"base64\":\"AAE=\"}");
  }

  @Test
  void aValueThatAFieldCannotHaveIsRefusedWithItsName() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> rpc("date", "\"tomorrow\""))
        .withMessage("field f (date) cannot be \"tomorrow\"");
    assertThatIllegalArgumentException().isThrownBy(() -> rpc("numeric", "\"many\""));
    assertThatIllegalArgumentException().isThrownBy(() -> rpc("timedelta", "\"a while\""));
  }
}
