package org.skerry.replication.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.CloseableHttpResponse;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.CloseMode;
import org.junit.jupiter.api.Test;
import org.skerry.replication.peer.Proxy;

class PoolsTest {
  private final List<String> made = new ArrayList<>();
  private final List<String> closed = new ArrayList<>();
  private final Pools pools = new Pools(Noting::new);

  /** Notes that it was made, and closed. */
  private final class Noting extends CloseableHttpClient {
    private final String name;

    Noting(Optional<Proxy> proxy) {
      this.name = proxy.map(Proxy::host).orElse("direct");
      made.add(name);
    }

    @Override
    protected CloseableHttpResponse doExecute(
        HttpHost target, ClassicHttpRequest request, HttpContext context) {
      throw new UnsupportedOperationException(String.valueOf(request));
    }

    @Override
    public void close() {
      closed.add(name);
    }

    @Override
    public void close(CloseMode mode) {
      close();
    }
  }

  private static Optional<Proxy> proxy(int number) {
    return Optional.of(new Proxy(Proxy.Protocol.HTTP, "gate" + number, 3128, Optional.empty()));
  }

  private void useOnce(int number) {
    pools.lease(proxy(number)).close();
  }

  @Test
  void whoeverComesNextGetsTheSameClient() {
    Pools.Lease first = pools.lease(Optional.empty());
    first.close();
    assertThat(pools.lease(Optional.empty()).client()).isSameAs(first.client());
    useOnce(1);
    useOnce(1);
    assertThat(made).containsExactly("direct", "gate1");
    assertThat(closed).isEmpty();
  }

  @Test
  void ofClientsThatNobodyUsesTheOldestAreClosed() {
    IntStream.range(0, Pools.MOST_UNUSED).forEach(this::useOnce);
    useOnce(0);
    assertThat(closed).isEmpty();
    useOnce(100);
    useOnce(101);
    assertThat(closed).containsExactly("gate1", "gate2");
    useOnce(1);
    assertThat(made).hasSize(Pools.MOST_UNUSED + 3);
  }

  @Test
  void aClientThatIsInUseIsKept() {
    Pools.Lease direct = pools.lease(Optional.empty());
    Pools.Lease lease = pools.lease(proxy(0));
    IntStream.range(1, 50).forEach(this::useOnce);
    assertThat(closed).hasSize(49 - Pools.MOST_UNUSED).doesNotContain("direct", "gate0");
    assertThat(pools.lease(proxy(0)).client()).isSameAs(lease.client());
    lease.close();
    lease.close();
    IntStream.range(50, 100).forEach(this::useOnce);
    assertThat(closed).as("somebody else uses it still").doesNotContain("gate0");
    direct.close();
  }

  @Test
  void atTheEndAllAreClosedAndNoneTwice() {
    Pools.Lease direct = pools.lease(Optional.empty());
    useOnce(1);
    pools.close();
    assertThat(closed).containsExactly("direct", "gate1");
    direct.close();
    assertThat(closed).hasSize(2);
  }
}
