package org.skerry.http.couch.stats;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;
import org.skerry.http.FinishedRequest;
import org.skerry.http.RequestListener;

/** Every figure of one node. Any thread. */
public final class Stats implements RequestListener {
  private static final List<String> METHODS =
      List.of("COPY", "DELETE", "GET", "HEAD", "OPTIONS", "POST", "PUT");
  private static final List<Integer> CODES =
      List.of(
          200, 201, 202, 204, 206, 301, 302, 304, 400, 401, 403, 404, 405, 406, 409, 412, 413, 414,
          415, 416, 417, 429, 500, 501, 503, 507);
  private static final int HIGHEST = 600;

  /** Of which time quantiles speak: the last one or two of its parts. */
  private static final Duration WINDOW = Duration.ofMinutes(2);

  /** Each request is recorded in each of them. */
  private static final int PARTS = 2;

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final List<Figure> figures = new CopyOnWriteArrayList<>();
  private final LongAdder requests = new LongAdder();
  private final LongAdder[] byMethod = adders(METHODS.size());
  private final LongAdder[] byCode = adders(HIGHEST);
  private final Timer times;

  /** The figures of a node that was just started. */
  public Stats() {
    times =
        Timer.builder("couchdb.request.time")
            .description("length of a request")
            .publishPercentiles(RequestTime.QUANTILES)
            .distributionStatisticExpiry(WINDOW)
            .distributionStatisticBufferLength(PARTS)
            .register(registry);
    counter("couchdb/httpd/requests", "number of HTTP requests", requests::sum);
    for (int i = 0; i < METHODS.size(); i++) {
      String method = METHODS.get(i);
      LongAdder adder = byMethod[i];
      add(
          Figure.counter(
              "couchdb/httpd_request_methods/" + method,
              "number of HTTP " + method + " requests",
              adder::sum));
    }
    for (int code : CODES) {
      LongAdder adder = byCode[code];
      add(
          Figure.counter(
              "couchdb/httpd_status_codes/" + code,
              "number of HTTP " + code + " responses",
              adder::sum));
    }
    new UptimeMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ClassLoaderMetrics().bindTo(registry);
  }

  private static LongAdder[] adders(int count) {
    LongAdder[] adders = new LongAdder[count];
    Arrays.setAll(adders, i -> new LongAdder());
    return adders;
  }

  /** Adds a figure that only grows. */
  public void counter(String path, String meaning, DoubleSupplier value) {
    add(Figure.counter(path, meaning, value));
  }

  /** Adds a figure that comes and goes. */
  public void gauge(String path, String meaning, DoubleSupplier value) {
    add(Figure.gauge(path, meaning, value));
  }

  private void add(Figure figure) {
    figures.add(figure);
    List<String> path = figure.path();
    String parent = path.size() < 2 ? "" : path.get(path.size() - 2);
    boolean tagged = parent.equals("httpd_request_methods") || parent.equals("httpd_status_codes");
    Tags tags =
        tagged
            ? Tags.of(Tag.of(parent.endsWith("s_codes") ? "code" : "method", path.getLast()))
            : Tags.empty();
    String name = String.join(".", tagged ? path.subList(0, path.size() - 1) : path);
    switch (figure.kind()) {
      case COUNTER ->
          FunctionCounter.builder(name, figure, each -> each.value().getAsDouble())
              .tags(tags)
              .description(tagged ? "requests" : figure.meaning())
              .register(registry);
      case GAUGE ->
          Gauge.builder(name, figure, each -> each.value().getAsDouble())
              .tags(tags)
              .description(figure.meaning())
              .strongReference(true)
              .register(registry);
    }
  }

  @Override
  public void finished(FinishedRequest request) {
    requests.increment();
    int method = METHODS.indexOf(request.method());
    if (method >= 0) {
      byMethod[method].increment();
    }
    if (request.status() > 0 && request.status() < HIGHEST) {
      byCode[request.status()].increment();
    }
    times.record(request.nanos(), TimeUnit.NANOSECONDS);
  }

  List<Figure> figures() {
    return new ArrayList<>(figures);
  }

  RequestTime requestTime() {
    return RequestTime.of(times.takeSnapshot());
  }

  /** Everything in Prometheus' text format. */
  String scrape() {
    return registry.scrape();
  }
}
