package org.skerry.postgres.task;

import java.time.Instant;
import java.util.Optional;
import org.skerry.postgres.Satellite;
import org.skerry.postgres.apply.NumberNotes;
import org.skerry.postgres.apply.Tally;
import org.skerry.postgres.capture.Capture;
import org.skerry.postgres.capture.Figures;
import org.skerry.postgres.capture.SlotState;
import org.skerry.postgres.task.Runner.Direction;
import tools.jackson.core.JsonGenerator;

/** How a satellite stands, as JSON: without its login. */
final class SatelliteJson {
  private SatelliteJson() {}

  static void write(JsonGenerator out, Runner runner) {
    Satellite satellite = runner.satellite();
    out.writeStartObject();
    out.writeStringProperty("satellite", satellite.name());
    out.writeStringProperty("url", satellite.access().url());
    out.writeStringProperty("database", satellite.database());
    out.writeStringProperty("capture", satellite.capture().toString());
    runner.watch().alarm().ifPresent(text -> out.writeStringProperty("alarm", text));
    out.writeName("push");
    push(out, runner);
    out.writeName("pull");
    pull(out, runner);
    runner.watch().state().ifPresent(slot -> slot(out, slot));
    out.writeEndObject();
  }

  private static void push(JsonGenerator out, Runner runner) {
    Figures.Shown figures = runner.capture().figures().shown();
    out.writeStartObject();
    phase(out, runner.capture().phase());
    task(out, runner, Direction.PUSH, runner.keeper().error());
    out.writeNumberProperty("transactions", figures.units());
    out.writeNumberProperty("rows", figures.rows());
    out.writeNumberProperty("documents", figures.documents());
    out.writeNumberProperty("unchanged", figures.unchanged());
    out.writeNumberProperty("refused", figures.refused());
    out.writeNumberProperty("unkeyed", figures.unkeyed());
    out.writeNumberProperty("full_readings", figures.loads());
    out.writeNumberProperty("lag_milliseconds", figures.lagMillis());
    time(out, "last_transaction", figures.lastUnit());
    out.writeName("schema");
    out.writeStartArray();
    runner.capture().figures().notes().list().forEach(out::writeString);
    out.writeEndArray();
    out.writeEndObject();
  }

  private static void phase(JsonGenerator out, Capture.Phase phase) {
    switch (phase) {
      case Capture.Phase.Stopped stopped -> out.writeStringProperty("phase", "stopped");
      case Capture.Phase.Starting starting -> out.writeStringProperty("phase", "starting");
      case Capture.Phase.FirstPass(String table, long rows) -> {
        out.writeStringProperty("phase", "reading all rows");
        out.writeStringProperty("table", table);
        out.writeNumberProperty("rows_read", rows);
      }
      case Capture.Phase.Following following -> out.writeStringProperty("phase", "following");
    }
  }

  private static void pull(JsonGenerator out, Runner runner) {
    Tally total = runner.pull().total();
    out.writeStartObject();
    task(out, runner, Direction.PULL, Optional.empty());
    out.writeNumberProperty("inserted", total.inserted());
    out.writeNumberProperty("updated", total.updated());
    out.writeNumberProperty("deleted", total.deleted());
    out.writeNumberProperty("unchanged", total.same());
    out.writeNumberProperty("waiting", runner.pull().waiting());
    out.writeNumberProperty(
        "pending", runner.database().changes().pending(runner.pull().apply().position()));
    NumberNotes numbers = runner.pull().apply().numbers();
    out.writeNumberProperty("sequences_moved", numbers.moved());
    out.writeNumberProperty("codes_too_far", numbers.tooFar());
    out.writeName("sequences");
    out.writeStartArray();
    numbers.list().forEach(out::writeString);
    out.writeEndArray();
    out.writeEndObject();
  }

  private static void task(
      JsonGenerator out, Runner runner, Direction direction, Optional<String> more) {
    Satellite.Flow flow =
        direction == Direction.PUSH ? runner.satellite().push() : runner.satellite().pull();
    TaskState state = runner.state(direction);
    out.writeBooleanProperty("enabled", flow.enabled());
    flow.seconds().ifPresent(seconds -> out.writeNumberProperty("seconds", seconds));
    out.writeBooleanProperty("running", state.running());
    out.writeNumberProperty("runs", state.runs());
    time(out, "last_success", state.lastSuccess());
    more.or(state::error).ifPresent(text -> out.writeStringProperty("error", text));
    out.writeNumberProperty("failures", state.failures());
    time(out, "next", state.next());
  }

  private static void slot(JsonGenerator out, SlotState slot) {
    out.writeName("log");
    out.writeStartObject();
    out.writeBooleanProperty("active", slot.active());
    out.writeStringProperty("status", slot.status());
    slot.retained().ifPresent(bytes -> out.writeNumberProperty("retained_bytes", bytes));
    out.writeNumberProperty("behind_bytes", slot.behind());
    slot.safe().ifPresent(bytes -> out.writeNumberProperty("safe_bytes", bytes));
    out.writeEndObject();
  }

  private static void time(JsonGenerator out, String name, Optional<Instant> time) {
    time.ifPresent(moment -> out.writeStringProperty(name, moment.toString()));
  }
}
