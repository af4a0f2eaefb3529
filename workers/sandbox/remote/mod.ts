import type { Plugin } from "../../../core/registry.ts";
import type { PluginFacts } from "../outside_module.ts";
import type { Sandbox } from "../sandbox.ts";
import { remoteClassifier } from "./remote_classifier.ts";
import { remoteMethod } from "./remote_method.ts";
import { remoteParameter } from "./remote_parameter.ts";
import { Remote } from "./remote_plugin.ts";
import { remoteRenderer } from "./remote_renderer.ts";
import { remoteReporter } from "./remote_reporter.ts";

/** The plugins of a sandbox as the program uses any other. Whatever comes from them is looked at on arrival. */
export function remotePlugins(facts: readonly PluginFacts[], sandbox: Sandbox): Plugin[] {
  return facts.map((plugin, index) => {
    const remote = new Remote(sandbox, index);
    switch (plugin.kind) {
      case "parameter":
        return remoteParameter(plugin, remote);
      case "method":
        return remoteMethod(plugin, remote);
      case "classifier":
        return remoteClassifier(plugin, remote);
      case "renderer":
        return remoteRenderer(plugin, remote);
      case "reporter":
        return remoteReporter(plugin, remote);
    }
  });
}
