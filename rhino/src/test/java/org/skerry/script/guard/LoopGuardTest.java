package org.skerry.script.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.RegExpLoader;

class LoopGuardTest {
  private static final String LOOPING = "org/mozilla/javascript/NativeArray.class";
  private static final String COMPILER = "org/mozilla/javascript/Parser.class";

  /** How many jumps back there are in a class, and how many of them ask. */
  private record Jumps(int back, int asking) {
    static Jumps of(byte[] bytes) {
      ClassModel parsed = ClassFile.of().parse(bytes);
      return parsed.methods().stream()
          .map(Jumps::ofMethod)
          .reduce(new Jumps(0, 0), (a, b) -> new Jumps(a.back + b.back, a.asking + b.asking));
    }

    private static Jumps ofMethod(MethodModel method) {
      Set<Label> passed = new HashSet<>();
      int back = 0;
      int asking = 0;
      boolean asked = false;
      for (CodeElement element : method.code().map(code -> code.elementList()).orElse(List.of())) {
        if (element instanceof LabelTarget target) {
          passed.add(target.label());
        }
        if (element instanceof BranchInstruction branch && passed.contains(branch.target())) {
          back++;
          asking += asked ? 1 : 0;
        }
        asked =
            element instanceof InvokeInstruction call
                && call.owner().asInternalName().equals("org/skerry/script/guard/ScriptThread")
                && call.name().equalsString("turn");
      }
      return new Jumps(back, asking);
    }
  }

  private static byte[] seen(String name) throws IOException {
    try (InputStream in = LoopGuardTest.class.getResourceAsStream("/" + name)) {
      return Optional.ofNullable(in).orElseThrow().readAllBytes();
    }
  }

  /** A jar with one class of the engine as it is seen here, and with something else. */
  private static Path jar(Path folder, String name) throws IOException {
    Path jar = folder.resolve(name);
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      for (String entry : List.of(COMPILER, "org/elsewhere/Parser.class")) {
        out.putNextEntry(new JarEntry(entry));
        out.write(seen(COMPILER));
        out.closeEntry();
      }
    }
    return jar;
  }

  private static void guard(Path jar, Path folder) throws IOException {
    LoopGuard.main(new String[] {jar.toString(), folder.toString()});
  }

  @Test
  void allLoopsOfTheLibraryAsk() throws IOException, URISyntaxException {
    Path classes =
        Path.of(Context.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Path library = classes.resolve("org/mozilla/javascript");
    int back = 0;
    try (Stream<Path> files = Files.list(library)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
        Jumps jumps = Jumps.of(Files.readAllBytes(file));
        boolean compiles =
            Stream.of("CodeGenerator", "IRFactory", "NodeTransformer", "Parser", "Token")
                .anyMatch(file.getFileName().toString()::startsWith);
        if (!compiles) {
          assertThat(jumps.asking()).as("%s", file.getFileName()).isEqualTo(jumps.back());
          back += jumps.back();
        }
      }
    }
    assertThat(back).isGreaterThan(500);
  }

  @Test
  void theEngineThatIsSeenIsTheGuardedOne() throws IOException {
    assertThat(Jumps.of(seen(LOOPING)).asking()).isPositive();
    assertThat(new String(seen(LoopGuard.DONE))).startsWith("rhino-");
  }

  @Test
  void whatCompilesIsLeftAsItIs() throws IOException {
    Jumps jumps = Jumps.of(seen(COMPILER));
    assertThat(jumps.back()).isPositive();
    assertThat(jumps.asking()).isZero();
  }

  @Test
  void theEnginesServicesAreFound() {
    assertThat(ServiceLoader.load(RegExpLoader.class)).isNotEmpty();
  }

  @Test
  void onlyTheEngineIsWritten(@TempDir Path folder) throws IOException {
    Path classes = folder.resolve("classes");
    guard(jar(folder, "rhino-1.jar"), classes);
    assertThat(classes.resolve(COMPILER)).isRegularFile();
    assertThat(classes.resolve("org/elsewhere")).doesNotExist();
  }

  @Test
  void whatIsThereIsNotWrittenAgainUntilTheEngineIsAnother(@TempDir Path folder)
      throws IOException {
    Path classes = folder.resolve("classes");
    guard(jar(folder, "rhino-1.jar"), classes);
    Files.writeString(classes.resolve(COMPILER), "kept");
    guard(jar(folder, "rhino-1.jar"), classes);
    assertThat(classes.resolve(COMPILER)).hasContent("kept");
    guard(jar(folder, "rhino-2.jar"), classes);
    assertThat(classes.resolve(COMPILER)).hasBinaryContent(seen(COMPILER));
  }

  @Test
  void whatIsThereIsWrittenAgainWhenTheGuardIsAnother(@TempDir Path folder) throws IOException {
    Path classes = folder.resolve("classes");
    guard(jar(folder, "rhino-1.jar"), classes);
    Files.writeString(classes.resolve(COMPILER), "kept");
    Path guard = classes.resolve("org/skerry/script/guard/SizeGuard.class");
    Files.createDirectories(guard.resolveSibling("."));
    Files.writeString(guard, "another");
    FileTime written = Files.getLastModifiedTime(classes.resolve(LoopGuard.DONE));
    Files.setLastModifiedTime(guard, FileTime.from(written.toInstant().plusSeconds(1)));
    guard(jar(folder, "rhino-1.jar"), classes);
    assertThat(classes.resolve(COMPILER)).hasBinaryContent(seen(COMPILER));
  }
}
