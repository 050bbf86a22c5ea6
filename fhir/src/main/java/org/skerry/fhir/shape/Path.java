package org.skerry.fhir.shape;

import java.util.ArrayList;
import java.util.List;

/** Where a walk stands, as FHIRPath; spelled only when somebody asks. */
final class Path {
  private final List<String> names = new ArrayList<>();
  private int[] indexes = new int[16];

  void push(String name) {
    names.add(name);
    if (names.size() > indexes.length) {
      indexes = java.util.Arrays.copyOf(indexes, 2 * indexes.length);
    }
    indexes[names.size() - 1] = -1;
  }

  void pop() {
    names.removeLast();
  }

  /** Which element of the current array; -1 for none. */
  void index(int index) {
    if (!names.isEmpty()) {
      indexes[names.size() - 1] = index;
    }
  }

  /** A resource within another is spelled by the element in which it stands. */
  void enterResource(String type) {
    push(names.isEmpty() ? type : "");
  }

  void leaveResource() {
    pop();
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < names.size(); i++) {
      if (!names.get(i).isEmpty()) {
        text.append(text.isEmpty() ? "" : ".").append(names.get(i));
      }
      if (indexes[i] >= 0) {
        text.append('[').append(indexes[i]).append(']');
      }
    }
    return text.toString();
  }
}
