import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;

/** The same endpoints on Helidon SE. Argument: port. */
final class HelidonSpike {
  private static final Header JSON =
      HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "application/json");
  private static final Header CACHE =
      HeaderValues.createCached(HeaderNames.CACHE_CONTROL, "must-revalidate");

  public static void main(String[] args) {
    WebServer.builder()
        .address(InetAddress.getLoopbackAddress())
        .port(Integer.parseInt(args[0]))
        .backlog(8192)
        .routing(
            HttpRouting.builder()
                .get("/small", (request, response) -> answer(response, 200, Gate.KILOBYTE))
                .put("/doc", HelidonSpike::put)
                .get("/wait", HelidonSpike::await)
                .get("/open", HelidonSpike::open)
                .get("/report", (request, response) -> answer(response, 200, Gate.report()))
                .put("/upload", HelidonSpike::upload)
                .get("/download", HelidonSpike::download)
                .get("/live", HelidonSpike::live))
        .build()
        .start();
    System.out.println("up");
  }

  private static void put(ServerRequest request, ServerResponse response) throws Exception {
    try (InputStream in = request.content().inputStream()) {
      in.readAllBytes();
    }
    answer(response, 201, Gate.OK);
  }

  private static void await(ServerRequest request, ServerResponse response) throws Exception {
    Gate.await();
    answer(response, 200, Gate.OK);
  }

  private static void open(ServerRequest request, ServerResponse response) {
    Gate.open();
    answer(response, 200, Gate.OK);
  }

  private static void upload(ServerRequest request, ServerResponse response) throws Exception {
    try (InputStream in = request.content().inputStream()) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    answer(response, 201, Gate.OK);
  }

  private static void download(ServerRequest request, ServerResponse response) throws Exception {
    response.headers().contentLength(Gate.LARGE);
    byte[] block = new byte[65536];
    try (OutputStream out = response.outputStream()) {
      for (long left = Gate.LARGE; left > 0; left -= block.length) {
        out.write(block);
      }
    }
  }

  private static void live(ServerRequest request, ServerResponse response) throws Exception {
    try (OutputStream out = response.outputStream()) {
      for (int i = 0; i < 100; i++) {
        out.write(Gate.line(i));
        out.flush();
        Thread.sleep(100);
      }
    }
  }

  private static void answer(ServerResponse response, int status, byte[] body) {
    response.status(status);
    response.header(JSON);
    response.header(CACHE);
    response.send(body);
  }
}
