import { ClampToEdgeWrapping, type Material, type Mesh, MirroredRepeatWrapping, type Texture, Vector2 } from "three";
import { InputError } from "../../core/errors.ts";
import { WRAP } from "../../core/mesh.ts";
import { cornerCount, visitCorners } from "./three_meshes.ts";

/** An image that triangles name, not read yet. */
export interface ImageSource {
  /** What a loader calls it: it stands in the `userData.image` of a texture of three.js. Empty: there is none, and all of it is opaque white. */
  readonly key: string;
  /** Triangles are not seen where it is less opaque than this; 0: they are seen everywhere. */
  readonly cutoff: number;
  /** How it goes on along u and v, as {@linkcode WRAP} says. */
  readonly wraps: readonly [number, number];
}

/** Which images the triangles of a mesh show, and where. */
export interface ImageUse {
  readonly sources: readonly ImageSource[];
  /** [triangles x 3 x 2], v downwards. */
  readonly coordinates: Float32Array;
  /** By triangle, counted from 1; 0 where it shows none. */
  readonly images: Uint16Array;
}

/** The base-color image of a material. */
export function imageOf(material: Material | undefined): Texture | undefined {
  const { map } = (material ?? {}) as { map?: Texture | null };
  return typeof map?.userData.image === "string" ? map : undefined;
}

/** A material that lets light through is seen where it is at least that opaque, and not at all where it is less. */
const HALF = 0.5;

/** How opaque the image of a material must be where it is seen. Above 1 nothing is. */
export function cutoffOf(material: Material | undefined): number {
  if (material === undefined) return 0;
  const least = material.alphaTest > 0 ? material.alphaTest : material.transparent ? HALF : 0;
  const cutoff = least === 0 ? 0 : least / material.opacity;
  return cutoff > 0 ? cutoff : 0;
}

/** More images are no object to look at, but a short file that names one of them in many ways. */
const MOST_IMAGES = 4096;

/**
 * The images that meshes of three.js show, in the order of their triangles; undefined where they show none.
 *
 * @param name What to call the mesh in messages.
 * @throws InputError where there are more images than an object has.
 */
export function imagesOf(name: string, meshes: readonly Mesh[]): ImageUse | undefined {
  const total = meshes.reduce((sum, { geometry }) => sum + cornerCount(geometry), 0);
  const coordinates = new Float32Array(2 * total);
  const images = new Uint16Array(total / 3);
  const sources: ImageSource[] = [];
  const place = new Vector2();
  let start = 0;
  for (const mesh of meshes) {
    visitCorners(mesh, (corner, vertex, material) => {
      const image = imageOf(material);
      const attribute = image === undefined ? undefined : coordinateAttribute(mesh, image);
      const cutoff = cutoffOf(material);
      if (image === undefined || attribute === undefined) {
        if (cutoff > 1) {
          images[Math.floor((start + corner) / 3)] = numberOf(sources, { key: "", cutoff, wraps: [WRAP.repeat, WRAP.repeat] });
        }
        return;
      }
      if (image.matrixAutoUpdate) image.updateMatrix();
      place.set(attribute.getX(vertex), attribute.getY(vertex)).applyMatrix3(image.matrix);
      coordinates[2 * (start + corner)] = place.x;
      coordinates[2 * (start + corner) + 1] = image.flipY ? 1 - place.y : place.y;
      images[Math.floor((start + corner) / 3)] = numberOf(sources, {
        key: image.userData.image,
        cutoff,
        wraps: [wrapOf(image.wrapS), wrapOf(image.wrapT)],
      });
    });
    start += cornerCount(mesh.geometry);
    if (sources.length > MOST_IMAGES) throw new InputError(`Mesh "${name}" must have at most ${MOST_IMAGES} images: it has more`);
  }
  return sources.length === 0 ? undefined : { sources, coordinates, images };
}

/** The attribute that says where on an image the vertices are: a mesh may have several. */
function coordinateAttribute({ geometry }: Mesh, { channel }: Texture) {
  const name = channel === 0 ? "uv" : `uv${channel}`;
  return geometry.hasAttribute(name) ? geometry.getAttribute(name) : undefined;
}

/** The number of an image among those that have been seen, counted from 1. */
function numberOf(sources: ImageSource[], source: ImageSource): number {
  const known = sources.findIndex(({ key, cutoff, wraps }) =>
    key === source.key && cutoff === source.cutoff && wraps.join() === source.wraps.join()
  );
  return known >= 0 ? known + 1 : sources.push(source);
}

function wrapOf(wrapping: number): number {
  if (wrapping === ClampToEdgeWrapping) return WRAP.clamp;
  return wrapping === MirroredRepeatWrapping ? WRAP.mirror : WRAP.repeat;
}
