import { DoubleSide, LessDepth, NoBlending, type Node, NodeMaterial, type UniformNode, type Vector2 } from "three/webgpu";
import { attribute, frontFacing, screenCoordinate, varying, wgslFn } from "three/tsl";
import type { Shading } from "../../../core/renderer.ts";
import { FAR, NEAR } from "./scene_instances.ts";

/** Sizes in samples. */
export interface SampleSizes {
  readonly tile: UniformNode<"vec2", Vector2>;
  readonly texture: UniformNode<"vec2", Vector2>;
}

/**
 * Corners are brought to a grid of 1/256 of a sample, as the rasterizer of a GPU does itself, but before they are shifted to their tile: a scene
 * then gives the same picture in any tile. Depth is reversed (1 at the near plane), so that floating point resolves it evenly in 1/z.
 */
const placeCorner = wgslFn<Record<string, Node>>(`
fn placeCorner(corner: vec3<f32>, right: vec4<f32>, up: vec4<f32>, ahead: vec4<f32>, shift: vec2<f32>, tile: vec2<f32>, size: vec2<f32>) -> vec4<f32> {
  let point = vec4<f32>(corner, 1.0);
  let depth = dot(ahead, point);
  // y runs down the picture.
  let slopes = vec2<f32>(dot(right, point), -dot(up, point));
  let z = (${FAR * NEAR} - ${NEAR} * depth) / ${FAR - NEAR};
  var xy: vec2<f32>;
  if (depth > ${NEAR}) {
    let inTile = round((slopes / depth + 1.0) * 0.5 * tile * 256.0) / 256.0;
    xy = ((inTile + shift) / size * 2.0 - 1.0) * depth;
  } else {
    xy = ((slopes + depth) * 0.5 * tile + shift * depth) / size * 2.0 - depth;
  }
  return vec4<f32>(xy.x, -xy.y, z, depth);
}`);

/**
 * A sample of an object in one color: the bits of its brightness as an integer, as not every adapter draws floats. The lowest bit, which no picture
 * shows, says that there is something.
 */
const shadeSample = wgslFn<Record<string, Node>>(`
fn shadeSample(at: vec2<f32>, light: vec4<f32>, tile: vec2<f32>, cosine: f32, hidden: f32, front: bool) -> vec4<u32> {
  let inTile = at - light.zw;
  if (any(inTile < vec2<f32>(0.0)) || any(inTile > tile)) { discard; }
  // The picture is mirrored, so the corners of a face run the other way round.
  if (hidden > 0.5 && front) { discard; }
  let facing = select(cosine, -cosine, front);
  return vec4<u32>(bitcast<u32>(light.x + light.y * max(facing, 0.0)) | 1u);
}`);

/** A sample of an object in several colors: the bits of red, green and blue, and 1 for presence. */
const paintSample = wgslFn<Record<string, Node>>(`
fn paintSample(brightness: vec4<u32>, color: vec4<f32>) -> vec4<u32> {
  if (color.w == 0.0) { discard; }
  return vec4<u32>(bitcast<vec3<u32>>(bitcast<f32>(brightness.x) * color.xyz), 1u);
}`);

/** How a surface looks at a fragment. */
export interface SampleLook {
  readonly shading: Shading;
  /** Its color, and 0 where it has a hole, 1 elsewhere. Absent where the surface has one color only. */
  readonly color?: Node<"vec4">;
}

/** Draws the instances of a surface: two-sided, lit by ambient and directional light. */
export function sampleMaterial({ tile, texture }: SampleSizes, { shading, color }: SampleLook): NodeMaterial {
  const material = new NodeMaterial();
  material.side = DoubleSide;
  // Of faces in one plane the first is seen.
  material.depthFunc = LessDepth;
  material.blending = NoBlending;
  const light = attribute("light", "vec4");
  const toLight = attribute("toLight", "vec4");
  const face = attribute("face", "vec4");
  material.vertexNode = placeCorner({
    corner: attribute("position", "vec3"),
    right: attribute("right", "vec4"),
    up: attribute("up", "vec4"),
    ahead: attribute("ahead", "vec4"),
    shift: light.zw,
    tile,
    size: texture,
  });
  const brightness = shadeSample({
    at: screenCoordinate,
    light: varying(light).setInterpolation("flat"),
    tile,
    cosine: shading === "flat"
      ? varying(face.xyz.dot(toLight.xyz)).setInterpolation("flat")
      : varying(attribute("cornerNormal", "vec3")).normalize().dot(varying(toLight.xyz).setInterpolation("flat")),
    hidden: varying(face.w.mul(toLight.w)).setInterpolation("flat"),
    front: frontFacing,
  });
  material.fragmentNode = color === undefined ? brightness : paintSample({ brightness, color });
  return material;
}
