import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { InputError, unknownName } from "../../core/errors.ts";
import { type Plugin, PluginRegistry } from "../../core/registry.ts";
import { azimuth, elevation } from "../../plugins/parameters/camera.ts";

Deno.test("PluginRegistry finds plugins by kind and name, in the order of registration", () => {
  const registry = new PluginRegistry().register(elevation, azimuth);
  assertEquals(registry.get("parameter", "azimuth"), azimuth);
  assertEquals(registry.all("parameter").map(({ name }) => name), ["elevation", "azimuth"]);
  assertEquals(registry.all("method"), []);
});

Deno.test("PluginRegistry refuses a taken name, a badly formed one and an unknown kind", () => {
  const registry = new PluginRegistry().register(azimuth);
  assertThrows(() => registry.register(azimuth), InputError, 'There is a parameter named "azimuth" already');
  assertThrows(() => registry.register({ ...azimuth, name: "My Fog" }), InputError, 'current name is "My Fog"');
  assertThrows(() => registry.register({ ...azimuth, kind: "shader" } as unknown as Plugin), InputError, 'Unknown plugin kind "shader"');
});

Deno.test("PluginRegistry.get() suggests the nearest name", () => {
  const registry = new PluginRegistry().register(azimuth, elevation);
  assertThrows(() => registry.get("parameter", "azimut"), InputError, 'did you mean "azimuth"');
});

Deno.test("unknownName() lists what is known and suggests nothing far off", () => {
  const { message } = unknownName("command", "xyzzy", ["grow", "map"]);
  assertStringIncludes(message, "known are grow, map");
  assertEquals(message.includes("did you mean"), false);
});
