package org.skerry.http.couch.stats;

import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.util.concurrent.TimeUnit;
import org.skerry.http.Endpoint;
import org.skerry.http.Exchange;
import org.skerry.http.couch.JsonAnswer;
import tools.jackson.core.JsonGenerator;

/**
 * {@code GET /_node/{node}/_system}: the process, in those of CouchDB's members that mean something
 * in a JVM.
 */
final class ReadSystem implements Endpoint {
  @Override
  public void handle(Exchange exchange) throws IOException {
    exchange.answer(JsonAnswer.of(200, ReadSystem::write));
  }

  private static void write(JsonGenerator out) {
    MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    long buffers =
        ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
            .mapToLong(BufferPoolMXBean::getMemoryUsed)
            .sum();
    out.writeStartObject();
    out.writeNumberProperty(
        "uptime",
        TimeUnit.MILLISECONDS.toSeconds(ManagementFactory.getRuntimeMXBean().getUptime()));
    out.writeObjectPropertyStart("memory");
    out.writeNumberProperty("processes", memory.getHeapMemoryUsage().getCommitted());
    out.writeNumberProperty("processes_used", memory.getHeapMemoryUsage().getUsed());
    out.writeNumberProperty("other", memory.getNonHeapMemoryUsage().getUsed());
    out.writeNumberProperty("binary", buffers);
    out.writeEndObject();
    out.writeNumberProperty("run_queue", 0);
    out.writeNumberProperty("garbage_collection_count", collections());
    out.writeNumberProperty("process_count", ManagementFactory.getThreadMXBean().getThreadCount());
    out.writeNumberProperty("os_proc_count", 0);
    out.writeNumberProperty("stale_proc_count", 0);
    out.writeObjectPropertyStart("message_queues");
    out.writeEndObject();
    out.writeNumberProperty("internal_replication_jobs", 0);
    out.writeObjectPropertyStart("distribution");
    out.writeEndObject();
    out.writeEndObject();
  }

  private static long collections() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .mapToLong(GarbageCollectorMXBean::getCollectionCount)
        .sum();
  }
}
