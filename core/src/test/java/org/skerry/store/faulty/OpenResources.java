package org.skerry.store.faulty;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What was opened and not yet closed, each with the stack that opened it. */
final class OpenResources {
  private final Set<Resource> open = new LinkedHashSet<>();

  /** One opened thing; its stack trace is where. */
  final class Resource extends Throwable {
    private static final long serialVersionUID = 1L;

    private final transient Runnable release;

    private Resource(String kind, Runnable release) {
      super(kind + " opened here and not closed");
      this.release = release;
    }

    /** Closing twice is harmless. */
    void close() {
      synchronized (open) {
        if (!open.remove(this)) {
          return;
        }
      }
      release.run();
    }
  }

  Resource add(String kind, Runnable release) {
    Resource resource = new Resource(kind, release);
    synchronized (open) {
      open.add(resource);
    }
    return resource;
  }

  List<Throwable> unclosed() {
    synchronized (open) {
      return List.copyOf(open);
    }
  }

  /** Releases everything, as the end of a process does. */
  void abandon() {
    List<Resource> left;
    synchronized (open) {
      left = new ArrayList<>(open);
    }
    left.forEach(Resource::close);
  }
}
