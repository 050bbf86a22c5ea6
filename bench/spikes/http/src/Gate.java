import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** What both spikes share: the bodies they answer, and the gate at which long polls wait. */
final class Gate {
  static final byte[] KILOBYTE = "x".repeat(1000).getBytes(StandardCharsets.US_ASCII);
  static final byte[] OK = "{\"ok\":true}".getBytes(StandardCharsets.US_ASCII);
  static final long LARGE = 2L << 30;

  private static final AtomicInteger WAITING = new AtomicInteger();
  private static volatile CountDownLatch closed = new CountDownLatch(1);

  private Gate() {}

  static void await() throws InterruptedException {
    CountDownLatch latch = closed;
    WAITING.incrementAndGet();
    latch.await();
  }

  static void open() {
    WAITING.set(0);
    CountDownLatch latch = closed;
    closed = new CountDownLatch(1);
    latch.countDown();
  }

  /** How many wait, and the heap they need. */
  static byte[] report() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    long kilobytes = (runtime.totalMemory() - runtime.freeMemory()) / 1024;
    return (WAITING + " waiting, heap KB " + kilobytes + "\n").getBytes(StandardCharsets.US_ASCII);
  }

  static byte[] line(int n) {
    return ("{\"seq\":" + n + "}\n").getBytes(StandardCharsets.US_ASCII);
  }
}
