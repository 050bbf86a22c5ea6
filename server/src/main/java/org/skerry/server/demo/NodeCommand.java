package org.skerry.server.demo;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.skerry.server.Main;

/** How to start a node: this program again, with the same Java and its flags. */
final class NodeCommand {
  private NodeCommand() {}

  /**
   * The process of a node.
   *
   * @param data its folder
   * @param passwordFile whose first line is its administrator's password
   * @param log what it says on standard error
   * @param more options
   */
  static ProcessBuilder of(Path data, Path passwordFile, Path log, List<String> more) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of("serve", "--port", "0", "--data", data.toString()));
    command.addAll(List.of("--admin-password-file", passwordFile.toString()));
    command.addAll(more);
    ProcessBuilder process = new ProcessBuilder(command).redirectError(log.toFile());
    // What configures the operator's own node is not meant for these.
    process.environment().keySet().removeIf(name -> name.startsWith("SKERRY_"));
    return process;
  }

  /** This Java's flags. */
  private static List<String> flags() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(flag -> flag.startsWith("-X") || flag.startsWith("--"))
        .toList();
  }
}
