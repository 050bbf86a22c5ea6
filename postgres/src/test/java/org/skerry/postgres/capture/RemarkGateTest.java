package org.skerry.postgres.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.skerry.postgres.access.Access;
import org.skerry.postgres.testing.PostgresServer;

/** Who passes the gate, and who is told that nobody captures. */
class RemarkGateTest {
  private final List<String> remarks = new ArrayList<>();
  private Access access;
  private RemarkGate gate;

  /** What happens once the remark is written. */
  private Runnable then = () -> {};

  @BeforeEach
  void make() {
    access =
        new Access(
            PostgresServer.shared().database().url(), PostgresServer.USER, PostgresServer.PASSWORD);
    gate =
        new RemarkGate(
            access,
            (connection, text) -> {
              remarks.add(text);
              then.run();
            });
  }

  @Test
  void whoeverMeetsCapturePasses() throws Exception {
    gate.open();
    then = () -> gate.met(remarks);
    gate.pass();
    assertThat(remarks).hasSize(1);
    gate.close("the end");
  }

  @Test
  void nobodyPassesWhileNobodyCaptures() {
    assertThatThrownBy(gate::pass)
        .isInstanceOf(CaptureStoppedException.class)
        .hasMessage("capture has not begun");
    assertThat(remarks).isEmpty();
  }

  @Test
  void whoeverWaitsWhenCaptureEndsIsToldWhy() {
    gate.open();
    then = () -> gate.close("PostgreSQL went away");
    assertThatThrownBy(gate::pass)
        .isInstanceOf(CaptureStoppedException.class)
        .hasMessage("PostgreSQL went away");
  }

  @Test
  void captureThatBeganAnewHasNotMetWhatWasWrittenBefore() {
    gate.open();
    then =
        () -> {
          gate.close("PostgreSQL went away");
          gate.open();
        };
    assertThatThrownBy(gate::pass).isInstanceOf(CaptureStoppedException.class);
    gate.close("the end");
  }

  @Test
  void whatWasMetIsMetThoughCaptureEndsThen() throws Exception {
    gate.open();
    then =
        () -> {
          gate.met(remarks);
          gate.close("PostgreSQL went away");
        };
    gate.pass();
    assertThat(remarks).hasSize(1);
  }
}
