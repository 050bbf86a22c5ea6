package org.skerry.replication.http;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.skerry.replication.peer.Proxy;

/**
 * HTTP clients by the proxy through which they go. A client is kept for whoever comes next; of
 * those that nobody uses only the last few are. Any thread may call.
 */
final class Pools implements AutoCloseable {
  /** As many proxies as a node may have in turn without connecting anew each time. */
  static final int MOST_UNUSED = 16;

  private final Function<Optional<Proxy>, CloseableHttpClient> clients;

  /** Those that were used last come last. Guarded by this. */
  private final Map<Optional<Proxy>, Pool> pools = new LinkedHashMap<>();

  Pools(Function<Optional<Proxy>, CloseableHttpClient> clients) {
    this.clients = clients;
  }

  /** A client, and how many use it. Guarded by the pools. */
  private static final class Pool {
    private final CloseableHttpClient client;
    private int users;

    Pool(CloseableHttpClient client) {
      this.client = client;
    }
  }

  /** The use of a client. Ended twice is ended. */
  final class Lease implements AutoCloseable {
    private final Optional<Proxy> proxy;
    private final Pool pool;
    private final AtomicBoolean ended = new AtomicBoolean();

    private Lease(Optional<Proxy> proxy, Pool pool) {
      this.proxy = proxy;
      this.pool = pool;
    }

    CloseableHttpClient client() {
      return pool.client;
    }

    @Override
    public void close() {
      if (!ended.getAndSet(true)) {
        release(proxy, pool).forEach(Pools::close);
      }
    }
  }

  /** Lends the client that goes through a proxy, or to peers themselves. */
  synchronized Lease lease(Optional<Proxy> proxy) {
    Pool pool = pools.remove(proxy);
    if (pool == null) {
      pool = new Pool(clients.apply(proxy));
    }
    pool.users++;
    pools.put(proxy, pool);
    return new Lease(proxy, pool);
  }

  /** Returns those that are not kept any more. */
  private synchronized List<CloseableHttpClient> release(Optional<Proxy> proxy, Pool pool) {
    pool.users--;
    if (pools.remove(proxy, pool)) {
      pools.put(proxy, pool);
    }
    long unused = pools.values().stream().filter(one -> one.users == 0).count();
    List<CloseableHttpClient> surplus = new ArrayList<>();
    Iterator<Pool> oldest = pools.values().iterator();
    while (unused > MOST_UNUSED) {
      Pool one = oldest.next();
      if (one.users == 0) {
        oldest.remove();
        surplus.add(one.client);
        unused--;
      }
    }
    return surplus;
  }

  @Override
  public void close() {
    List<CloseableHttpClient> all;
    synchronized (this) {
      all = pools.values().stream().map(pool -> pool.client).toList();
      pools.clear();
    }
    all.forEach(Pools::close);
  }

  private static void close(CloseableHttpClient client) {
    try {
      client.close();
    } catch (IOException e) {
      // What cannot be closed any more is closed.
      return;
    }
  }
}
