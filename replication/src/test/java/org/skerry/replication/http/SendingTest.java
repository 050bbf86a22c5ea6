package org.skerry.replication.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class SendingTest {
  /** Whoever sends it writes the end of its last chunk when the body is written. */
  @Test
  void somebodyLooksUntilItIsAnswered() throws IOException, InterruptedException {
    CountDownLatch broken = new CountDownLatch(1);
    Duration time = Duration.ofMillis(500);
    Sending sending = new Sending(new StringEntity("{}"), time, time.negated(), broken::countDown);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    sending.writeTo(out);
    assertThat(out.toString()).isEqualTo("{}");
    broken.await();
    sending.over();
  }
}
