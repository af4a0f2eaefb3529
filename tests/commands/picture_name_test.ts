import { assertEquals } from "@std/assert";
import { pictureName, type PictureSubject } from "../../commands/picture_name.ts";
import { SceneSpace } from "../../core/scene_space.ts";
import { builtInPlugins } from "../../plugins/mod.ts";

const registry = builtInPlugins();

/** The name of a picture over azimuth, at a value of it or from end to end. */
function name(azimuth: number, held: Record<string, number> = {}, given: PictureSubject = {}, mesh = "teapot"): string {
  const scenes = new SceneSpace(
    [{ parameter: registry.get("parameter", "azimuth") }],
    Object.entries(held).map(([name, value]) => [registry.get("parameter", name), value]),
  );
  return pictureName(mesh, { scenes, points: Float64Array.of(azimuth) }, given);
}

Deno.test("pictureName() tells the mesh, the network and the point", () => {
  const classifier = "resnet-biased";
  assertEquals(name(130, { elevation: 30 }, { classifier }), "render-teapot-resnet-biased-azimuth=130-elevation=30.png");
  assertEquals(
    name(0, { elevation: -5 }, { classifier: "a/my net.onnx", sheet: { columns: 4, rows: 3 } }, "chair:7"),
    "render-chair_7-my_net-azimuth=0..360-elevation=-5-4x3.png",
  );
});

Deno.test("pictureName() differs where the picture does, and not where a default is written out", () => {
  const looks: PictureSubject[] = [
    ...[{}, { classifier: "vgg-biased" }, { derivative: "azimuth" }, { sheet: { columns: 4, rows: 3 } }, {
      sheet: { columns: 3, rows: 4 },
    }],
    ...[{ colors: "mesh" }, { shading: "smooth" }, { renderer: "exact" }, { normalization: "imagenet" }, { size: 64 }, {
      option: ["fog.density=3"],
    }],
  ];
  const names = [...looks.map((given) => name(10, {}, given)), name(20), name(10, { distance: 3 }), name(10, { roll: 3 })];
  assertEquals(new Set(names).size, names.length);
  assertEquals(name(10, {}, { colors: "white", shading: "flat", renderer: "raster" }), name(10));
  assertEquals(name(10, { roll: 3, distance: 2 }), name(10, { distance: 2, roll: 3 }));
});
