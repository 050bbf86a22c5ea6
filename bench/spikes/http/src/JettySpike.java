import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.Executors;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ThreadPool;
import org.eclipse.jetty.util.thread.VirtualThreadPool;

/** Jetty core handlers. Arguments: port, and virtual, mixed or platform threads. */
final class JettySpike extends Handler.Abstract {
  public static void main(String[] args) throws Exception {
    Server server = new Server(threads(args[1]));
    HttpConfiguration http = new HttpConfiguration();
    ServerConnector connector =
        new ServerConnector(
            server, new HttpConnectionFactory(http), new HTTP2CServerConnectionFactory(http));
    connector.setHost("127.0.0.1");
    connector.setPort(Integer.parseInt(args[0]));
    connector.setAcceptQueueSize(8192);
    connector.setIdleTimeout(120_000);
    server.addConnector(connector);
    server.setHandler(new JettySpike());
    server.start();
    System.out.println("up");
  }

  private static ThreadPool threads(String kind) {
    if (kind.equals("virtual")) {
      VirtualThreadPool pool = new VirtualThreadPool();
      pool.setMaxConcurrentTasks(0);
      return pool;
    }
    QueuedThreadPool pool = new QueuedThreadPool(kind.equals("platform") ? 6000 : 16, 4);
    if (kind.equals("mixed")) {
      pool.setVirtualThreadsExecutor(Executors.newVirtualThreadPerTaskExecutor());
    }
    return pool;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    switch (request.getHttpURI().getPath()) {
      case "/small" -> answer(response, 200, Gate.KILOBYTE, callback);
      case "/doc" -> {
        try (InputStream in = Content.Source.asInputStream(request)) {
          in.readAllBytes();
        }
        answer(response, 201, Gate.OK, callback);
      }
      case "/wait" -> {
        Gate.await();
        answer(response, 200, Gate.OK, callback);
      }
      case "/open" -> {
        Gate.open();
        answer(response, 200, Gate.OK, callback);
      }
      case "/report" -> answer(response, 200, Gate.report(), callback);
      case "/upload" -> {
        try (InputStream in = Content.Source.asInputStream(request)) {
          in.transferTo(OutputStream.nullOutputStream());
        }
        answer(response, 201, Gate.OK, callback);
      }
      case "/download" -> download(response, callback);
      case "/live" -> live(request, response, callback);
      default -> {
        return false;
      }
    }
    return true;
  }

  private static void download(Response response, Callback callback) throws Exception {
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, Gate.LARGE);
    byte[] block = new byte[65536];
    try (OutputStream out = Content.Sink.asOutputStream(response)) {
      for (long left = Gate.LARGE; left > 0; left -= block.length) {
        out.write(block);
      }
    }
    callback.succeeded();
  }

  private static void live(Request request, Response response, Callback callback) throws Exception {
    try (OutputStream out = Response.asBufferedOutputStream(request, response)) {
      for (int i = 0; i < 100; i++) {
        out.write(Gate.line(i));
        out.flush();
        Thread.sleep(100);
      }
    }
    callback.succeeded();
  }

  private static void answer(Response response, int status, byte[] body, Callback callback) {
    response.setStatus(status);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "must-revalidate");
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
    response.write(true, ByteBuffer.wrap(body), callback);
  }
}
