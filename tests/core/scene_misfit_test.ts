import { assertEquals } from "@std/assert";
import { DEFAULT_SCENE } from "../../core/scene.ts";
import { sceneMisfit } from "../../core/scene_misfit.ts";

Deno.test("sceneMisfit() says what keeps a value from being a scene", () => {
  const scene = DEFAULT_SCENE;
  assertEquals(sceneMisfit(scene), undefined);
  assertEquals(sceneMisfit({ ...scene, background: new Float64Array(3) }), undefined);
  for (
    const [given, says] of [
      [undefined, "it is undefined"],
      [null, "it is null"],
      ["scene", "it is of type string"],
      [Promise.resolve(scene), "its camera is undefined"],
      [{ ...scene, light: 3 }, "its light is 3"],
      [{ ...scene, post: { blur: 0 } }, "its post.contrast is undefined"],
      [{ ...scene, camera: { ...scene.camera, roll: "3" } }, "its camera.roll is of type string"],
      [{ ...scene, camera: { ...scene.camera, roll: -Infinity } }, "its camera.roll is -Infinity"],
      [{ ...scene, object: { ...scene.object, color: [1, NaN, 1] } }, "its object.color.1 is NaN"],
      [{ ...scene, background: [0, 0] }, "its background.2 is undefined"],
    ] as const
  ) assertEquals(sceneMisfit(given), `a scene must be given, as { ...scene, ... }: ${says}`);
});

Deno.test("sceneMisfit() names a part that no scene has, and those that there are", () => {
  const scene = DEFAULT_SCENE;
  assertEquals(sceneMisfit({ ...scene, fog: 1 }), "a scene has no fog: it has camera, light, object, background, post");
  const stretched = { ...scene, object: { ...scene.object, scale: 2 } };
  assertEquals(sceneMisfit(stretched), "a scene has no object.scale: its object has rotation, shift, color");
  assertEquals(sceneMisfit({ ...scene, background: [0, 0, 0, 1] }), "a scene has no background.3: its background has 0, 1, 2");
});
