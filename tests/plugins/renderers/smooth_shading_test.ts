import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { BufferAttribute, BufferGeometry } from "three";
import type { Mesh } from "../../../core/mesh.ts";
import { differentiatePicture } from "../../../core/picture.ts";
import { readScene, type Scene, SCENE_SIZE, writeScene } from "../../../core/scene.ts";
import { sphere } from "../../../plugins/conformance/meshes.ts";
import { sceneWith } from "../../../plugins/conformance/renderer.ts";
import { shapeMesh } from "../../../plugins/meshes/shapes/catalog.ts";
import { cornerNormals } from "../../../plugins/renderers/raster/corner_normals.ts";
import { raster } from "../../../plugins/renderers/raster/raster.ts";
import { faceNormals } from "../../../plugins/renderers/raster/surface.ts";

const SIZE = 64;

Deno.test("cornerNormals() averages the normals of faces as three does, by area", () => {
  for (const mesh of [sphere(7), shapeMesh("airliner"), shapeMesh("vase", 3)]) {
    const geometry = new BufferGeometry();
    geometry.setAttribute("position", new BufferAttribute(mesh.positions, 3));
    geometry.setIndex(new BufferAttribute(mesh.triangles, 1));
    geometry.computeVertexNormals();
    const expected = geometry.getAttribute("normal").array;
    const faces = faceNormals(mesh.positions, mesh.triangles);
    cornerNormals(mesh).forEach((value, i) => {
      const corner = Math.floor(i / 3), vertex = mesh.triangles[corner], face = Math.floor(corner / 3);
      const sum = [0, 1, 2].reduce((total, k) => {
        const at = 3 * mesh.triangles[3 * face + k];
        return total + [0, 1, 2].reduce((dot, axis) => dot + expected[at + axis] * faces[3 * face + axis], 0);
      }, 0);
      assertAlmostEquals(value, Math.sign(sum) * expected[3 * vertex + i % 3], 1e-4, `number ${i}`);
    });
  }
});

Deno.test("cornerNormals() takes what the mesh says, on the side of the face, and a face's own where neighbors cancel out", () => {
  const mesh: Mesh = {
    positions: Float32Array.of(0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1),
    triangles: Uint32Array.of(0, 1, 2, 0, 3, 1),
  };
  const given = new Float32Array(18);
  given.set([0.6, 0, 0.8, 0, 0, 1], 0);
  given.set([0, -0.6, -0.8, 0, -1, 0, 0, -1, 0], 9);
  const normals = cornerNormals({ ...mesh, given });
  assertEquals(normals.subarray(0, 9), Float32Array.of(0.6, 0, 0.8, 0, 0, 1, 0, 0, 1));
  // This face looks along +y.
  assertEquals(normals.subarray(9), Float32Array.of(0, 0.6, 0.8, 0, 1, 0, 0, 1, 0));
  const back = cornerNormals({ positions: mesh.positions, triangles: Uint32Array.of(0, 1, 2, 0, 2, 1) });
  assertEquals(back.map(Math.abs), Float32Array.from({ length: 18 }, (_, i) => i % 3 === 2 ? 1 : 0));
});

Deno.test("renderer raster has a derivative of smooth faces, and differences of pictures give what closer pictures give", async () => {
  const options = { width: SIZE, height: SIZE, colors: "white", shading: "smooth" } as const;
  const renderer = await raster.create(shapeMesh("teapot"), options);
  const scene = sceneWith({ camera: { azimuth: 40, elevation: 20 }, light: { direction: [1, 2, -1], ambient: 0.3, directional: 0.6 } });
  const length = 3 * SIZE * SIZE;
  // Ambient light, the light's direction along x, and its directional part: nothing moves in the picture.
  const numbers = [9, 5, 8];
  const tangents = numbers.map((number) => readScene(Float64Array.from({ length: SCENE_SIZE }, (_, i) => i === number ? 1 : 0)));
  const picture = new Float32Array(length), derivatives = new Float32Array(3 * length);
  const size = { width: SIZE, height: SIZE };
  const exact = new Float32Array(3 * length);
  assertEquals(await differentiatePicture(renderer, scene, { ...size, tangents, picture, derivatives: exact }), "exact");
  await differentiatePicture(renderer, scene, { ...size, tangents, picture, derivatives, gradient: "picture" });
  const moved = (number: number, step: number): Scene => {
    const row = new Float64Array(SCENE_SIZE);
    writeScene(scene, row);
    row[number] += step;
    return readScene(row);
  };
  for (const [k, number] of numbers.entries()) {
    const step = 1e-3;
    const closer = new Float32Array(2 * length);
    await renderer.render([moved(number, -step), moved(number, step)], closer);
    let squares = 0, errors = 0, exactErrors = 0;
    for (let i = 0; i < length; i++) {
      const expected = (closer[length + i] - closer[i]) / (2 * step);
      squares += expected ** 2;
      errors += (derivatives[k * length + i] - expected) ** 2;
      exactErrors += (exact[k * length + i] - expected) ** 2;
    }
    assert(Math.sqrt(errors / squares) < 0.02 && squares > 1, `number ${number}: ${Math.sqrt(errors / squares)}`);
    // Of another picture, which differs at the outline.
    assert(Math.sqrt(exactErrors / squares) < 0.15, `number ${number}: ${Math.sqrt(exactErrors / squares)}`);
  }
});
