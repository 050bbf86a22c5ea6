package org.skerry.postgres.old;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WireValuesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "int4;12",
        "int8;9007199254740993",
        "numeric;12345678901234567890.1200",
        "float8;0.1",
        "bool;t",
        "bool;f",
        "date;2026-03-01",
        "timestamp;2026-03-01 12:00:00",
        "time;12:30:00",
        "time;12:30:00.25",
        "interval;PT1H30M",
        "bytea;\\x0001ff",
        "varchar;Ñúñez",
        "uuid;6f0c6b7e-0000-4000-8000-000000000001"
      })
  void eachValueComesBackAsItWas(String type, String text) {
    Wire wire = WireValues.of(type, Optional.of(text));
    assertThat(WireValues.text(type, wire)).contains(text);
  }

  @Test
  void nothingIsNil() {
    assertThat(WireValues.of("date", Optional.empty())).isEqualTo(Wire.NIL);
    assertThat(WireValues.text("date", Wire.NIL)).isEmpty();
  }

  @Test
  void whatTheOldEngineHasNoValueForIsAText() {
    assertThat(WireValues.of("timestamp", Optional.of("infinity")))
        .isEqualTo(new Wire.Text("infinity"));
    assertThat(WireValues.of("float8", Optional.of("NaN"))).isEqualTo(new Wire.Real("NaN"));
  }

  @Test
  void wholeSecondsAreAllThatATimeHasOnTheWire() {
    assertThat(WireValues.of("timestamp", Optional.of("2026-03-01 12:00:00.123456")))
        .isEqualTo(WireValues.of("timestamp", Optional.of("2026-03-01 12:00:00")));
  }

  @Test
  void unknownClassesAreRefused() {
    Wire odd = new Wire.Struct(Map.of("__class__", new Wire.Text("os.system")));
    assertThatExceptionOfType(BadCallException.class)
        .isThrownBy(() -> WireValues.text("varchar", odd))
        .withMessageContaining("os.system");
    Wire noDate = new Wire.Struct(Map.of("__class__", new Wire.Text("date")));
    assertThatExceptionOfType(BadCallException.class)
        .isThrownBy(() -> WireValues.text("date", noDate));
  }
}
