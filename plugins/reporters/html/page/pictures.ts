/// <reference lib="dom" />
import type { PageMesh } from "../page_data.ts";
import { Painter, scenesOf } from "./painter.ts";
import type { Subject } from "./subjects.ts";
import { unpackMesh } from "./unpack_mesh.ts";

/** That a picture was painted, or why not. */
export type PaintResult = "painted" | `No picture: ${string}`;

/** Pictures of the subject that is open, where its mesh and its parameters are known. */
export class Pictures {
  readonly #meshes: readonly PageMesh[];
  #painter: Painter | null = null;
  #missing: PaintResult = "No picture: no subject is open";

  constructor(meshes: readonly PageMesh[]) {
    this.#meshes = meshes;
  }

  /** Opens a subject, with one of its meshes. */
  open(subject: Subject, index = 0): void {
    const wanted = subject.meshes[index];
    const mesh = this.#meshes.find(({ sha256, colors, shading }) =>
      sha256 === wanted?.sha256 && colors === subject.colors && shading === subject.shading
    );
    const scenes = scenesOf(subject.space, subject.fixed);
    this.#painter = null;
    if (mesh === undefined) {
      this.#missing = `No picture: this report was made without the mesh ${wanted?.name ?? ""}; make it again with --mesh FILE`;
    } else if (scenes === null) this.#missing = "No picture: a parameter of this space is a plugin that the page does not have";
    else this.#painter = new Painter(unpackMesh(mesh), scenes, subject);
  }

  /** Whether pictures can be painted. */
  get available(): boolean {
    return this.#painter !== null;
  }

  /** Paints what is seen at a point. */
  async paint(canvas: HTMLCanvasElement, point: readonly number[]): Promise<PaintResult> {
    if (this.#painter === null) return this.#missing;
    await this.#painter.paint(canvas, point);
    return "painted";
  }
}
