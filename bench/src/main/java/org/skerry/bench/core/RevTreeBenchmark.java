package org.skerry.bench.core;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
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
import org.skerry.revision.RevId;
import org.skerry.revision.RevPath;
import org.skerry.revision.RevTree;
import org.skerry.revision.RevTreeCodec;

/** What one edit costs in the tree: an engine decodes, merges, stems and encodes. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class RevTreeBenchmark {
  @Param({"1", "64", "1000"})
  public int revisions;

  private RevTree tree = RevTree.empty();
  private RevTree fork = RevTree.empty();
  private byte[] encoded = new byte[0];
  private RevPath edit = RevPath.of(RevId.parse("1-a"));
  private RevPath replicated = edit;

  @Setup
  public void grow() {
    SplittableRandom random = new SplittableRandom(7);
    List<RevId> revs = new ArrayList<>();
    for (int generation = revisions; generation >= 1; generation--) {
      revs.add(rev(generation, random));
    }
    tree = RevTree.of(new RevPath(revs), false);
    encoded = RevTreeCodec.encode(tree);
    RevId newest = rev(revisions + 1, random);
    edit = RevPath.of(newest, revs.getFirst());
    revs.addFirst(newest);
    replicated = new RevPath(revs);
    fork = RevTree.of(RevPath.of(rev(revisions + 1, random), revs.get(1)), false);
  }

  private static RevId rev(int generation, SplittableRandom random) {
    byte[] hash = new byte[16];
    random.nextBytes(hash);
    return RevId.of(generation, hash);
  }

  @Benchmark
  public byte[] encode() {
    return RevTreeCodec.encode(tree);
  }

  @Benchmark
  public RevTree decode() {
    return RevTreeCodec.decode(encoded);
  }

  @Benchmark
  public RevTree mergeEdit() {
    return tree.merge(edit, false).tree();
  }

  @Benchmark
  public byte[] mergeAndEncode() {
    return RevTreeCodec.encode(tree.merge(edit, false).tree());
  }

  /** The whole of an edit when the branch is as long as it may get. */
  @Benchmark
  public byte[] decodeMergeStemEncode() {
    RevTree merged = RevTreeCodec.decode(encoded).merge(edit, false).tree();
    return RevTreeCodec.encode(merged.stem(revisions));
  }

  @Benchmark
  public RevTree mergeReplicated() {
    return tree.merge(replicated, false).tree();
  }

  @Benchmark
  public RevTree union() {
    return tree.union(fork);
  }
}
