package org.skerry.http;

import java.io.IOException;
import java.net.BindException;
import java.time.Duration;
import java.util.List;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.VirtualThreadPool;

/**
 * A node's ear: listens, and gives each request a virtual thread.
 *
 * <p>Why Jetty, and why with an unbounded pool of virtual threads alone, stands in
 * docs/decisions/002-http-server.md.
 */
public final class HttpServer implements AutoCloseable {
  private static final Duration GRACE = Duration.ofSeconds(2);
  private static final Duration CHECK = Duration.ofMillis(10);
  private static final int ACCEPT_QUEUE = 1024;

  private final Server server;
  private final ServerConnector connector;
  private final Kernel kernel;
  private final NetworkConnectionLimit limit;
  private final Unclaimed unclaimed;
  private final HttpSettings settings;
  private final SslContextFactory.Server ssl;

  private HttpServer(
      Server server,
      ServerConnector connector,
      Kernel kernel,
      NetworkConnectionLimit limit,
      Unclaimed unclaimed,
      HttpSettings settings,
      SslContextFactory.Server ssl) {
    this.server = server;
    this.connector = connector;
    this.kernel = kernel;
    this.limit = limit;
    this.unclaimed = unclaimed;
    this.settings = settings;
    this.ssl = ssl;
  }

  /**
   * Begins to listen, under a policy that never changes.
   *
   * @throws IOException when the address or the port cannot be had, or the key store not be read
   */
  public static HttpServer start(HttpSettings settings, Router router, Authenticator authenticator)
      throws IOException {
    return start(settings, HttpPolicy.fixed(settings), router, authenticator);
  }

  /**
   * Begins to listen.
   *
   * @throws IOException when the address or the port cannot be had, or the key store not be read
   */
  public static HttpServer start(
      HttpSettings settings, HttpPolicy policy, Router router, Authenticator authenticator)
      throws IOException {
    VirtualThreadPool threads = new VirtualThreadPool();
    threads.setMaxConcurrentTasks(0); // no bound: a bound would be used up by waiting feeds
    Server server = new Server(threads);
    SslContextFactory.Server ssl = new SslContextFactory.Server();
    if (settings.tls().isPresent()) {
      use(TlsKeys.load(settings.tls().get()), ssl);
    }
    Unclaimed unclaimed = Unclaimed.inHeap(settings.limits().headerBytes());
    ServerConnector connector = new ServerConnector(server, connections(settings, ssl, unclaimed));
    connector.setHost(settings.bindAddress());
    connector.setPort(settings.port());
    connector.setAcceptQueueSize(ACCEPT_QUEUE);
    connector.setIdleTimeout(settings.limits().idle().toMillis());
    server.addConnector(connector);
    server.setErrorHandler(new JsonErrors());
    connector.addBean(unclaimed);
    Kernel kernel = new Kernel(settings, policy, router, authenticator, unclaimed);
    server.setHandler(kernel);
    NetworkConnectionLimit limit = new NetworkConnectionLimit(Integer.MAX_VALUE, connector);
    server.addBean(limit);
    HttpServer started = new HttpServer(server, connector, kernel, limit, unclaimed, settings, ssl);
    started.startJetty();
    return started;
  }

  private void startJetty() throws IOException {
    try {
      server.start();
    } catch (Exception e) {
      close();
      String where = settings.bindAddress() + " port " + settings.port();
      boolean taken = e instanceof BindException || e.getCause() instanceof BindException;
      throw new IOException(
          taken
              ? "cannot listen on " + where + ": it is in use, or not an address of this machine"
              : "cannot listen on " + where + ": " + e.getMessage(),
          e);
    }
  }

  private static void use(TlsKeys keys, SslContextFactory ssl) {
    ssl.setKeyStore(keys.store());
    ssl.setKeyStorePassword(keys.password());
  }

  /**
   * Reads the key and the certificates again: connections that begin from now on use them, others
   * go on as they began. Without TLS this does nothing.
   *
   * @throws IOException when they cannot be used; those there were stay
   */
  public void reloadCertificates() throws IOException {
    if (settings.tls().isEmpty()) {
      return;
    }
    TlsKeys keys = TlsKeys.load(settings.tls().get());
    try {
      ssl.reload(factory -> use(keys, factory));
    } catch (Exception e) {
      throw new IOException("the certificates were not taken: " + e.getMessage(), e);
    }
  }

  private static ConnectionFactory[] connections(
      HttpSettings settings, SslContextFactory.Server ssl, Unclaimed unclaimed) {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setRequestHeaderSize(settings.limits().headerBytes());
    // Jetty remembers headers in a table of 100 KB for each connection: to walk through it costs
    // more than to read a header anew does, and thousands of connections may wait.
    http.setHeaderCacheSize(0);
    // The kernel takes paths apart itself: ids may hold %2F, .., and anything else.
    http.setUriCompliance(UriCompliance.UNSAFE);
    HttpConnectionFactory clear = new PathsAsSent(http, unclaimed);
    if (settings.tls().isEmpty()) {
      return new ConnectionFactory[] {clear};
    }
    http.addCustomizer(new SecureRequestCustomizer(false));
    return new ConnectionFactory[] {new SslConnectionFactory(ssl, clear.getProtocol()), clear};
  }

  /** From now on tells of requests that ended. */
  public void tell(RequestListener listener) {
    kernel.watch().listener(listener);
  }

  /**
   * Takes at most so many connections at once; others wait until one is closed. So the process
   * keeps file handles for its store, whatever clients do; {@link Unclaimed} says which are closed
   * before it comes to that.
   */
  public void limitConnections(int most) {
    limit.setMaxNetworkConnectionCount(most);
    unclaimed.limit(most);
  }

  /** How many connections are open. */
  public int connections() {
    return connector.getConnectedEndPoints().size();
  }

  /** The port it listens on. */
  public int port() {
    return connector.getLocalPort();
  }

  /** Under which clients on this machine reach it, without a slash at the end. */
  public String baseUrl() {
    String host = settings.bindAddress();
    String reachable = List.of("0.0.0.0", "::", "").contains(host) ? "127.0.0.1" : host;
    String bracketed = reachable.contains(":") ? "[" + reachable + "]" : reachable;
    return (settings.tls().isPresent() ? "https://" : "http://") + bracketed + ":" + port();
  }

  /**
   * Stops: no new connection at once; requests under way may end within two seconds; those that
   * wait longer, as feeds do, are interrupted.
   */
  @Override
  public void close() {
    connector.close();
    awaitIdle();
    kernel.interruptAll();
    awaitIdle(); // what they are told now would be cut off
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the HTTP server did not stop", e);
    }
  }

  private void awaitIdle() {
    try {
      long deadline = System.nanoTime() + GRACE.toNanos();
      while (!kernel.isIdle() && System.nanoTime() < deadline) {
        Thread.sleep(CHECK);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
