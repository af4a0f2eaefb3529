import { PluginRegistry } from "../../core/registry.ts";
import { parseProvider } from "../../plugins/classifiers/provider.ts";
import { serve } from "../../workers/serve.ts";
import { fakePlugins } from "./fake_plugins.ts";

/** Where the fake classifier below counts loads: by device, for a provider without one, and for `auto`. */
export const WITHOUT_DEVICE = 8, TO_CHOOSE = 9;

/** The fake renderer, and a classifier that counts in its file, which is shared memory, where it was loaded. */
function countingPlugins(): PluginRegistry {
  return new PluginRegistry().register(fakePlugins().get("renderer", "fake"), {
    kind: "classifier",
    name: "fake",
    description: "counts where it is loaded",
    load({ bytes, provider }) {
      const { name, device = WITHOUT_DEVICE } = parseProvider(provider);
      Atomics.add(bytes, name === "auto" ? TO_CHOOSE : device, 1);
      return Promise.resolve({
        info: { width: 1, height: 1, classes: 1, facts: { provider: "cuda" } },
        classify: (_pictures, count) => Promise.resolve(new Float64Array(count)),
        dispose: () => Promise.resolve(),
      });
    },
  });
}

if (typeof WorkerGlobalScope !== "undefined") serve(countingPlugins());
