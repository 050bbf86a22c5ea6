package org.skerry.bench.selector;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.skerry.collation.ValueReader;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.revision.RevId;
import org.skerry.selector.Candidate;
import org.skerry.selector.Selector;

/** Asks one selector of one stored document of about 1 KB. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class SelectorBenchmark {
  @Param({
    "{\"_id\":{\"$beginsWith\":\"Patient/\"}}",
    "{\"resourceType\":\"Observation\"}",
    "{\"subject.reference\":\"Patient/7\",\"status\":{\"$in\":[\"final\",\"amended\"]}}",
    "{\"missing\":{\"$exists\":false}}",
    "{\"component\":{\"$elemMatch\":{\"valueQuantity.value\":{\"$gt\":100}}}}",
    "{\"note\":{\"$gt\":\"m\u00fcller\"}}",
    "{\"note\":{\"$regex\":\"(?i)ZEAL.*SEA$\"}}"
  })
  public String selector;

  private Selector subject;
  private Candidate candidate;

  @Setup
  public void prepare() {
    subject = Selector.parse(ValueReader.read(selector.getBytes(StandardCharsets.UTF_8)));
    candidate =
        new Candidate(
            DocId.of("Observation/41f1d0f7"),
            RevId.parse("1-0123456789abcdef0123456789abcdef"),
            false,
            List.of(),
            Body.parse(observation()));
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
    return "{\"resourceType\":\"Observation\",\"meta\":{\"profile\":[\"http://hl7.org/fhir/bp\"]},"
        + "\"status\":\"final\",\"category\":[{\"coding\":[{\"code\":\"vital-signs\"}]}],"
        + "\"code\":{\"text\":\"Blood pressure\"},\"component\":["
        + components
        + "],\"effectiveDateTime\":\"2020-02-03T04:05:06+01:00\",\"issued\":\"2020-02-03\","
        + "\"note\":\"measured at home near the new z\u00e9al and sea\",\"extension\":["
        + "\"0123456789\",".repeat(12)
        + "0],\"subject\":{\"reference\":\"Patient/7\"}}";
  }

  @Benchmark
  public boolean matches() {
    return subject.matches(candidate);
  }
}
