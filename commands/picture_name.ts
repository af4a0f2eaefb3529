import { DEFAULTS } from "../core/defaults.ts";
import type { SceneSpace } from "../core/scene_space.ts";
import { baseName } from "../workers/input_files.ts";

/** What a rendered picture shows, as the options say it. */
export interface PictureSubject {
  readonly classifier?: string;
  readonly derivative?: string;
  readonly sheet?: { readonly columns: number; readonly rows: number };
  readonly colors?: string;
  readonly shading?: string;
  readonly renderer?: string;
  readonly normalization?: string;
  readonly size?: number;
  /** Of plugins from outside, as `fog.density=3`. */
  readonly option?: readonly string[];
}

/** The name of a picture's file: what is seen where, so that pictures of other points, or made in other ways, have other names. */
export function pictureName(
  mesh: string,
  { scenes: { space: { axes: [axis] }, fixed }, points }: { readonly scenes: SceneSpace; readonly points: Float64Array },
  given: PictureSubject,
): string {
  const { classifier, derivative, sheet } = given;
  const standard: PictureSubject = DEFAULTS;
  const made = (["colors", "shading", "renderer", "normalization", "size"] as const)
    .filter((name) => given[name] !== undefined && given[name] !== standard[name]);
  const parts = [
    ...["render", mesh, ...(classifier === undefined ? [] : [baseName(classifier)])],
    sheet === undefined ? `${axis.name}=${points[0]}` : `${axis.name}=${axis.low}..${axis.high}`,
    ...Object.keys(fixed).sort().map((name) => `${name}=${fixed[name]}`),
    ...(sheet === undefined ? [] : [`${sheet.columns}x${sheet.rows}`]),
    ...(derivative === undefined ? [] : ["derivative", derivative]),
    ...made.map((name) => `${name}=${given[name]}`),
    ...(given.option ?? []),
  ];
  return `${parts.join("-").replaceAll(/[^A-Za-z0-9._=-]/g, "_")}.png`;
}
