import { assertEquals } from "@std/assert";
import { browserModules } from "../../../../plugins/reporters/html/page_modules.ts";
import { needsChromium } from "./browser.ts";
import { FIRST, GROWTH, pageOf } from "./pages.ts";

Deno.test({
  ...needsChromium("the page works in Chromium: pointing, the slider, comparing, saving, the keyboard, a phone, the dark"),
  async fn() {
    // The browser's driver looks into /proc, which only a process with all permissions may do: it gets a process of its own.
    const command = new Deno.Command(Deno.execPath(), {
      args: ["test", "--allow-all", "--no-check", "--quiet", "tests/plugins/reporters/html/in_browser.ts"],
      cwd: new URL("../../../../", import.meta.url),
      env: { NO_COLOR: "1" },
    });
    const { success, stdout, stderr } = await command.output();
    const decoder = new TextDecoder();
    assertEquals(success, true, decoder.decode(stdout) + decoder.decode(stderr));
  },
});

Deno.test("createPage() gives the same bytes for the same data, and names no other address", async () => {
  const content = await pageOf(FIRST, GROWTH);
  assertEquals(await pageOf(FIRST, GROWTH), content);
  const text = new TextDecoder().decode(content);
  assertEquals([...text.matchAll(/\b(?:src|href)="([^"]*)"/g)].map(([, address]) => address), ["data:,"]);
});

Deno.test("browserModules() gives every module that another one names, and no package", async () => {
  const modules = await browserModules("plugins/reporters/html/page/main.ts");
  assertEquals(modules.has("plugins/renderers/raster/raster_renderer.ts"), true);
  for (const [path, script] of modules) {
    for (const [, specifier] of script.matchAll(/^(?:import|export)\b[^"';]*?\bfrom\s*"([^"]+)"/gm)) {
      assertEquals(modules.has(specifier), true, `${path} names ${specifier}`);
    }
  }
});
