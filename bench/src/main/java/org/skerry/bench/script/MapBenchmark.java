package org.skerry.bench.script;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.skerry.script.EmitSink;
import org.skerry.script.MapScript;
import org.skerry.script.ScriptException;
import org.skerry.script.ScriptLimits;
import org.skerry.script.Scripts;
import tools.jackson.databind.JsonNode;

/** One map function on one document of about 1 KB, its rows as trees; on a thread for scripts. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 4, time = 2)
public class MapBenchmark {
  private static final int DOCUMENTS = 1_000;

  @Param({
    "function (doc) { if (doc.resourceType === 'Observation') emit(doc.effectiveDateTime, null) }",
    "function (doc) { if (doc.resourceType === 'Observation') doc.component.forEach(function (c) {"
        + " emit([c.code.coding[0].code, doc.subject.reference], c.valueQuantity.value) }) }",
    "doc => { for (const c of doc.component) emit([doc._id, `${c.code.coding[0].code}`], 1) }"
  })
  public String map;

  private Scripts scripts;
  private MapScript script;
  private byte[] document;
  private int rows;

  private final EmitSink sink =
      new EmitSink() {
        @Override
        public void emit(int function, List<JsonNode> arguments) {
          rows += arguments.size();
        }

        @Override
        public void failed(int function, ScriptException why) {
          throw why;
        }
      };

  @Setup
  public void prepare() {
    scripts = new Scripts(ScriptLimits.DEFAULT);
    script = scripts.maps(List.of(map), Optional.empty());
    document = observation().getBytes(StandardCharsets.UTF_8);
  }

  @TearDown
  public void close() {
    script.close();
    scripts.close();
  }

  private static String observation() {
    StringBuilder components = new StringBuilder();
    for (int i = 0; i < 4; i++) {
      components
          .append(i == 0 ? "" : ",")
          .append("{\"code\":{\"coding\":[{\"system\":\"http://loinc.org\",\"code\":\"8480-")
          .append(i)
          .append("\"}]},\"valueQuantity\":{\"value\":")
          .append(98.5 + i)
          .append(",\"unit\":\"mm[Hg]\"}}");
    }
    return "{\"_id\":\"Observation/41f1d0f7\",\"_rev\":\"1-0123456789abcdef0123456789abcdef\","
        + "\"resourceType\":\"Observation\",\"meta\":{\"profile\":[\"http://hl7.org/fhir/bp\"]},"
        + "\"status\":\"final\",\"category\":[{\"coding\":[{\"code\":\"vital-signs\"}]}],"
        + "\"code\":{\"text\":\"Blood pressure\"},\"component\":["
        + components
        + "],\"effectiveDateTime\":\"2020-02-03T04:05:06+01:00\",\"issued\":\"2020-02-03\","
        + "\"note\":\"measured at home near the new z\u00e9al and sea\",\"extension\":["
        + "\"0123456789\",".repeat(12)
        + "0],\"subject\":{\"reference\":\"Patient/7\"}}";
  }

  /** As an index is built: by a worker that stays on its thread. */
  @Benchmark
  @OperationsPerInvocation(DOCUMENTS)
  public int onItsThread() throws InterruptedException {
    CountDownLatch done = new CountDownLatch(1);
    scripts
        .threads()
        .newThread(
            () -> {
              for (int i = 0; i < DOCUMENTS; i++) {
                script.run(document, sink);
              }
              done.countDown();
            })
        .start();
    done.await();
    return rows;
  }

  /** As a filter is asked: from another thread, one by one. */
  @Benchmark
  public int handedOver() {
    script.run(document, sink);
    return rows;
  }
}
