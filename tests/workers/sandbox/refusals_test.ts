import { assertEquals, assertRejects } from "@std/assert";
import { InputError, PluginFailure } from "../../../core/errors.ts";
import type { RendererPlugin, Shading } from "../../../core/renderer.ts";
import { DEFAULT_SCENE } from "../../../core/scene.ts";
import { card } from "../../../plugins/conformance/meshes.ts";
import { withPlugins } from "./plugin_folder.ts";

/** A renderer of gray pictures; `refusal` is what it throws where faces are to be smooth, `failure` what it throws when it draws. */
function rendererSource(refusal: string, failure = ""): string {
  return `
export default {
  kind: "renderer", name: "gray", version: "1.0.0", description: "a renderer of a test",
  create(mesh, { shading }) {
    if (shading === "smooth") throw ${refusal};
    return { render(scenes, pictures) { ${failure} pictures.fill(0.5); return Promise.resolve(); }, dispose() {} };
  },
};`;
}

const REFUSAL = 'Object.assign(new Error("no smooth faces"), { name: "InputError" })';

async function draw(plugin: RendererPlugin, shading: Shading): Promise<Float32Array> {
  const renderer = await plugin.create(card(2, 2, 0), { width: 2, height: 2, colors: "white", shading });
  const picture = new Float32Array(12);
  await renderer.render([DEFAULT_SCENE], picture);
  return picture;
}

Deno.test("a renderer that refuses what the user gave has not failed: it goes on with what it is given next", () =>
  withPlugins({ "gray.ts": rendererSource(REFUSAL) }, async ({ plugins: [plugin] }, folder) => {
    for (let i = 0; i < 2; i++) {
      const error = await assertRejects(() => draw(plugin as RendererPlugin, "smooth"), InputError);
      assertEquals(error instanceof PluginFailure, false);
      assertEquals(error.message, `Plugin "${folder}/gray.ts" refuses: no smooth faces`);
      assertEquals(await draw(plugin as RendererPlugin, "flat"), new Float32Array(12).fill(0.5));
    }
  }));

Deno.test("a renderer that throws anything else, or refuses while it draws, has failed", async () => {
  await withPlugins({ "gray.ts": rendererSource('new Error("no")') }, async ({ plugins: [plugin] }) => {
    await assertRejects(() => draw(plugin as RendererPlugin, "smooth"), PluginFailure, "threw in create(): Error: no");
    await assertRejects(() => draw(plugin as RendererPlugin, "flat"), PluginFailure, "threw in create()");
  });
  await withPlugins({ "gray.ts": rendererSource(REFUSAL, `throw ${REFUSAL};`) }, async ({ plugins: [plugin] }) => {
    await assertRejects(() => draw(plugin as RendererPlugin, "flat"), PluginFailure, "threw in render(): InputError: no smooth faces");
  });
});
