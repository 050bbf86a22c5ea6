package org.skerry.subset;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.skerry.document.Body;
import org.skerry.scope.ScopeRules;

/** Rules of which a story changes from one to the other, and what they mean, told once more. */
enum RulesModel {
  NONE("") {
    @Override
    void say(Written document, Said all) {}
  },
  BY_PLACE("{\"type\":\"patient\",\"site\":\"/at\"},{\"type\":\"note\",\"follow\":\"/of\"}") {
    @Override
    void say(Written document, Said all) {
      if (document.isPatient()) {
        all.places.add(document.at);
      } else {
        all.follows.add(document.of);
      }
    }
  },
  BY_PLACES(
      "{\"type\":\"patient\",\"site\":[\"/at\",\"/also\"]},{\"type\":\"note\",\"follow\":\"/of\"},"
          + "{\"type\":\"note\",\"site\":\"/to\"}") {
    @Override
    void say(Written document, Said all) {
      if (document.isPatient()) {
        all.places.add(document.at);
        all.places.add(document.also);
      } else {
        all.places.add(document.to);
        all.follows.add(document.of);
      }
    }
  },
  OVER_NOTES(
      "{\"type\":\"patient\",\"site\":\"/also\"},{\"type\":\"note\",\"follow\":[\"/of\",\"/over\"]},"
          + "{\"selector\":{\"type\":\"patient\",\"vip\":true},\"everyone\":true}") {
    @Override
    void say(Written document, Said all) {
      if (document.isPatient()) {
        all.places.add(document.also);
        all.everyones |= document.vip;
      } else {
        all.follows.add(document.of);
        all.follows.add(document.over);
      }
    }
  },
  NOTES_TO_ALL("{\"type\":\"patient\",\"site\":\"/at\"},{\"type\":\"note\",\"everyone\":true}") {
    @Override
    void say(Written document, Said all) {
      if (document.isPatient()) {
        all.places.add(document.at);
      } else {
        all.everyones = true;
      }
    }
  };

  private final String json;

  RulesModel(String json) {
    this.json = json;
  }

  Optional<ScopeRules> parsed() {
    return json.isEmpty()
        ? Optional.empty()
        : Optional.of(ScopeRules.parse(SubsetCase.json("{\"rules\":[" + json + "]}")));
  }

  /** Adds where a document goes. */
  abstract void say(Written document, Said all);

  /** Where something goes. */
  static final class Said {
    private final Set<String> places = new HashSet<>();
    private final Set<String> follows = new HashSet<>();
    private boolean everyones;

    Set<String> places() {
      return places;
    }

    Set<String> follows() {
      return follows;
    }

    boolean isEveryones() {
      return everyones;
    }
  }

  /** What a revision says. What does not fit its type is empty. */
  record Written(long n, String at, String also, boolean vip, String of, String over, String to) {
    static Written patient(long n, String at, String also, boolean vip) {
      return new Written(n, at, also, vip, "", "", "");
    }

    static Written note(long n, String of, String over, String to) {
      return new Written(n, "", "", false, of, over, to);
    }

    boolean isPatient() {
      return !at.isEmpty();
    }

    Body body() {
      return Body.parse(
          isPatient()
              ? String.format(
                  "{\"type\":\"patient\",\"n\":%d,\"at\":\"%s\",\"also\":\"%s\",\"vip\":%b}",
                  n, at, also, vip)
              : String.format(
                  "{\"type\":\"note\",\"n\":%d,\"of\":\"%s\",\"over\":\"%s\",\"to\":\"%s\"}",
                  n, of, over, to));
    }
  }
}
