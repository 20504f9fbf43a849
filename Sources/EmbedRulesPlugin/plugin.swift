import Foundation
import PackagePlugin

/// Embeds the packs of `rules/`, and the templates of documents, into the target that uses the plugin.
@main
struct EmbedRulesPlugin: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
    let rules = context.package.directoryURL.appending(path: "rules")
    let output = context.pluginWorkDirectoryURL.appending(path: "EmbeddedRules.swift")
    let files = try FileManager.default.subpathsOfDirectory(atPath: rules.path())
      .filter { name in [".wz", ".html", ".xml", ".rels"].contains { name.hasSuffix($0) } }
      .sorted()
      .map { rules.appending(path: $0) }
    return [
      .buildCommand(
        displayName: "Embed rules", executable: try context.tool(named: "EmbedRules").url,
        arguments: [rules.path(), output.path()], inputFiles: files, outputFiles: [output])
    ]
  }
}
