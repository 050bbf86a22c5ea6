package org.skerry.fhir.export;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.skerry.fhir.export.ExportJob.Kind;
import org.skerry.fhir.export.ExportJob.Output;

/** The files of an export while they are written: of each kind the last one is open. One thread. */
final class ExportFiles implements AutoCloseable {
  private static final int BUFFER = 64 * 1024;

  private final Path folder;
  private final long most;
  private final List<Output> outputs;
  private final Map<Kind, Open> open = new EnumMap<>(Kind.class);

  /** A file that is being written; its place among the outputs. */
  private record Open(int place, OutputStream out, FileChannel channel) {}

  /**
   * Goes on behind what was written.
   *
   * @param most how many resources a file has at most
   */
  ExportFiles(Path folder, List<Output> written, long most) throws IOException {
    this.folder = folder;
    this.most = most;
    this.outputs = new ArrayList<>(written);
    for (Output output : written) {
      // What was written behind the last note of progress is written again.
      try (FileChannel channel =
          FileChannel.open(folder.resolve(output.name()), StandardOpenOption.WRITE)) {
        channel.truncate(output.bytes());
      }
    }
  }

  /** Writes a line. */
  void add(Kind kind, String type, byte[] json) throws IOException {
    Open file = open.get(kind);
    if (file == null || !fits(outputs.get(file.place), type)) {
      file = begin(kind, type);
    }
    int length = 1;
    for (byte c : json) {
      // Outside of texts line breaks mean nothing, and within them there are none.
      if (c != '\n' && c != '\r') {
        file.out.write(c);
        length++;
      }
    }
    file.out.write('\n');
    Output before = outputs.get(file.place);
    outputs.set(
        file.place,
        new Output(
            kind, before.type(), before.name(), before.bytes() + length, before.count() + 1));
  }

  private boolean fits(Output output, String type) {
    return output.type().equals(type) && output.count() < most;
  }

  private Open begin(Kind kind, String type) throws IOException {
    Open last = open.remove(kind);
    if (last != null) {
      last.out.flush();
      last.channel.force(false);
      last.channel.close();
    }
    int place = last(kind, type);
    if (place < 0) {
      long number = outputs.stream().filter(one -> of(one, kind, type)).count() + 1;
      String prefix = kind == Kind.OUTPUT ? "" : kind == Kind.DELETED ? "deleted-" : "error-";
      outputs.add(new Output(kind, type, prefix + type + "-" + number + ".ndjson", 0, 0));
      place = outputs.size() - 1;
    }
    Output output = outputs.get(place);
    FileChannel channel =
        FileChannel.open(
            folder.resolve(output.name()), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    // It may be there from before a crash, and not be noted.
    channel.truncate(output.bytes());
    channel.position(output.bytes());
    Open begun =
        new Open(
            place, new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER), channel);
    open.put(kind, begun);
    return begun;
  }

  /** The file with which to go on. */
  private int last(Kind kind, String type) {
    for (int i = outputs.size() - 1; i >= 0; i--) {
      if (of(outputs.get(i), kind, type) && outputs.get(i).count() < most) {
        return i;
      }
    }
    return -1;
  }

  private static boolean of(Output output, Kind kind, String type) {
    return output.kind() == kind && output.type().equals(type);
  }

  /** Everything that was written, which is on disk now. */
  List<Output> flush() throws IOException {
    for (Open file : open.values()) {
      file.out.flush();
      file.channel.force(false);
    }
    return List.copyOf(outputs);
  }

  @Override
  public void close() throws IOException {
    for (Open file : open.values()) {
      file.channel.close();
    }
    open.clear();
  }
}
