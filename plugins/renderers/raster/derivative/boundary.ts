import { type DepthBuffer, FAR, NEAR } from "../depth_buffer.ts";
import { applyTransposed, type Pose } from "../pose.ts";
import type { Surface } from "../surface.ts";
import { Arrangement } from "./arrangement.ts";
import { Candidates, EDGE, ENDS, FOLLOWS, JUMPS, MANY, TOUCHES } from "./candidates.ts";
import { EdgeSides } from "./edge_sides.ts";
import type { Faces } from "./faces.ts";
import type { FeatureEdges } from "./feature_edges.ts";
import { isCovered, isHidden } from "./first_look.ts";
import type { Pieces } from "./pieces.ts";
import { PixelSplit } from "./pixel_split.ts";
import { SAMPLES } from "./samples.ts";

/** Edges shorter than this, in pixels, are looked at once. */
const SHORT = 2;

/**
 * Finds what is seen of the edges of a surface, in pieces of one pixel each.
 *
 * First come the edges where the surface ends for the eye, or touches something: the pixels that they pass through want a close look. All other
 * edges lie within a surface, and outside of those pixels one sample tells whether they are seen.
 */
export class Boundary {
  readonly #surface: Surface;
  readonly #edges: FeatureEdges;
  readonly #sides: EdgeSides;
  readonly #arrangement: Arrangement;
  readonly #candidates = new Candidates();
  readonly #split = new PixelSplit();
  /** Which edges touch other faces, and where more than two meet. */
  readonly #kinds: Uint8Array;

  /** 1 where nothing that is shown jumps across an edge between two faces. */
  readonly #soft?: Uint8Array;

  constructor(surface: Surface, edges: FeatureEdges, soft?: Uint8Array) {
    this.#surface = surface;
    this.#edges = edges;
    this.#soft = soft;
    this.#sides = new EdgeSides(surface, edges);
    this.#arrangement = new Arrangement(surface, edges);
    this.#kinds = edges.touching.map((touches, edge) =>
      (touches ? TOUCHES : 0) + (edges.starts[edge + 1] - edges.starts[edge] > 2 ? MANY : 0)
    );
  }

  /**
   * Finds the visible pieces.
   *
   * @param lit Whether brightness changes: then edges between faces that are equally bright are wanted too.
   */
  find(buffer: DepthBuffer, faces: Faces, pose: Pose, { pieces, lit }: { pieces: Pieces; lit: boolean }): void {
    const width = buffer.width / SAMPLES, height = buffer.height / SAMPLES;
    this.#candidates.clear(width * height);
    pieces.clear(width);
    this.#split.resize(width, height);
    this.#sides.find(faces, buffer.culled, applyTransposed(pose.rotation, pose.offset).map((value) => -value));
    const { ahead, behind, open, openCount, inner, innerCount } = this.#sides;
    for (let i = 0; i < openCount; i++) {
      if (this.#place(open[i], buffer, pose)) this.#openEdge(open[i], buffer);
    }
    const soft = this.#soft;
    if (soft !== undefined) {
      // Few edges jump then, but far: they get a close look, lest they are seen through others.
      for (let i = 0; i < innerCount; i++) {
        if (soft[inner[i]] === 0 && this.#place(inner[i], buffer, pose)) this.#openEdge(inner[i], buffer);
      }
    }
    for (let i = 0; i < innerCount; i++) {
      const edge = inner[i];
      if (soft?.[edge] === 0) continue;
      const jumps = lit || faces.shades[ahead[edge]] !== faces.shades[behind[edge]];
      if (this.#place(edge, buffer, pose) && !this.#tinyEdge(edge, buffer, jumps, pieces)) this.#innerEdge(edge, buffer, jumps, pieces);
    }
    if (soft !== undefined) pieces.soft = pieces.count;
    const shades = lit ? undefined : faces.shades;
    this.#arrangement.resolve(buffer, pose, { faces, shades, candidates: this.#candidates, pieces });
  }

  /** Takes an edge where a surface ends, or touches another. */
  #openEdge(edge: number, buffer: DepthBuffer): void {
    const split = this.#split, candidates = this.#candidates;
    const { shares, line, columns, rows } = split;
    const ahead = this.#sides.ahead[edge], behind = this.#sides.behind[edge];
    const count = split.cut();
    const width = buffer.width / SAMPLES;
    const what = (edge << EDGE) + this.#kinds[edge] + (ahead === 0 || behind === 0 ? ENDS : JUMPS);
    candidates.reserve(count);
    for (let k = 0; k < count; k++) {
      const pixel = rows[k] * width + columns[k];
      const middle = 0.5 * (shares[k] + shares[k + 1]);
      const x = SAMPLES * (line[0] + middle * line[3]), y = SAMPLES * (line[1] + middle * line[4]);
      if (
        candidates.close[pixel] === 0 && !isCovered(buffer, this.#surface.triangles, ahead, behind, x, y, line[2] + middle * line[5])
      ) {
        candidates.lookClosely(pixel);
      }
      candidates.add(k === 0 ? what : what + FOLLOWS, pixel, ahead, behind, line, shares[k], shares[k + 1]);
    }
  }

  /** Takes an edge within a surface if it lies in one pixel that wants no close look, as most edges of fine meshes do. */
  #tinyEdge(edge: number, buffer: DepthBuffer, jumps: boolean, pieces: Pieces): boolean {
    const { line } = this.#split;
    const { width: samples, faces } = buffer;
    const width = samples / SAMPLES, height = buffer.height / SAMPLES;
    const x = line[0], y = line[1], endX = x + line[3], endY = y + line[4];
    if (!(x >= 0 && y >= 0 && endX >= 0 && endY >= 0 && x < width && y < height)) return false;
    const column = x | 0, row = y | 0;
    if (column !== (endX | 0) || row !== (endY | 0) || this.#candidates.close[row * width + column] === 1) return false;
    if (!jumps) return true;
    const ahead = this.#sides.ahead[edge], behind = this.#sides.behind[edge];
    const seen = faces[((0.5 * SAMPLES * (y + endY)) | 0) * samples + ((0.5 * SAMPLES * (x + endX)) | 0)];
    if (seen !== ahead && seen !== behind && seen !== 0 && this.#hides(buffer, edge, 0.5)) return true;
    pieces.reserve(1);
    pieces.add(column, row, ahead, behind, line, 0, 0, 1, 0);
    return true;
  }

  /** Takes an edge within a surface. */
  #innerEdge(edge: number, buffer: DepthBuffer, jumps: boolean, pieces: Pieces): void {
    const split = this.#split, candidates = this.#candidates, { close } = candidates;
    const { shares, line, columns, rows } = split;
    const ahead = this.#sides.ahead[edge], behind = this.#sides.behind[edge];
    const width = buffer.width / SAMPLES;
    const count = split.cut();
    if (count === 0) return;
    candidates.reserve(count);
    pieces.reserve(count);
    const what = (edge << EDGE) + this.#kinds[edge] + (jumps ? JUMPS : 0);
    const short = line[3] * line[3] + line[4] * line[4] < SHORT * SHORT;
    let hidden = short && jumps && this.#hides(buffer, edge, 0.5 * (shares[0] + shares[count]));
    let follows = 0;
    for (let k = 0; k < count; k++) {
      const pixel = rows[k] * width + columns[k];
      if (close[pixel] === 1) {
        candidates.add(what + follows, pixel, ahead, behind, line, shares[k], shares[k + 1]);
        follows = FOLLOWS;
        continue;
      }
      follows = 0;
      if (!jumps) continue;
      if (!short) hidden = this.#hides(buffer, edge, 0.5 * (shares[k] + shares[k + 1]));
      if (!hidden) pieces.add(columns[k], rows[k], ahead, behind, line, 0, shares[k], shares[k + 1], 0);
    }
  }

  #hides(buffer: DepthBuffer, edge: number, share: number): boolean {
    const { line } = this.#split;
    const x = SAMPLES * (line[0] + share * line[3]), y = SAMPLES * (line[1] + share * line[4]), w = line[2] + share * line[5];
    const { ends, across } = this.#edges;
    return isHidden(
      buffer,
      this.#surface.triangles,
      across,
      this.#sides.ahead[edge],
      this.#sides.behind[edge],
      x,
      y,
      w,
      ends[2 * edge],
      ends[2 * edge + 1],
    );
  }

  /** Finds where an edge lies in the picture, cut at the near plane. Whether anything is left, and not all of it too far away to be drawn. */
  #place(edge: number, buffer: DepthBuffer, pose: Pose): boolean {
    const { screen } = buffer;
    const { ends } = this.#edges;
    const { line } = this.#split;
    const from = 3 * ends[2 * edge], to = 3 * ends[2 * edge + 1];
    if (screen[from + 2] === 0 || screen[to + 2] === 0) return this.#cutNear(edge, buffer, pose);
    if (screen[from + 2] <= 1 / FAR && screen[to + 2] <= 1 / FAR) return false;
    const share = 1 / SAMPLES;
    line[0] = share * screen[from];
    line[1] = share * screen[from + 1];
    line[2] = screen[from + 2];
    line[3] = share * (screen[to] - screen[from]);
    line[4] = share * (screen[to + 1] - screen[from + 1]);
    line[5] = screen[to + 2] - screen[from + 2];
    return true;
  }

  #cutNear(edge: number, { width, height }: DepthBuffer, { rotation: r, offset, zoom }: Pose): boolean {
    const { positions } = this.#surface;
    const places = [0, 1].map((k) => {
      const i = 3 * this.#edges.ends[2 * edge + k];
      return [0, 3, 6].map((row) =>
        r[row] * positions[i] + r[row + 1] * positions[i + 1] + r[row + 2] * positions[i + 2] + offset[row / 3]
      );
    });
    if (places[0][2] < NEAR && places[1][2] < NEAR) return false;
    const scale = zoom * height / SAMPLES / 2;
    const ends = places.map((place, k) => {
      const other = places[1 - k];
      const share = place[2] < NEAR ? (NEAR - place[2]) / (other[2] - place[2]) : 0;
      const [x, y, z] = place.map((value, axis) => value + share * (other[axis] - value));
      return [width / SAMPLES / 2 + scale * x / z, height / SAMPLES / 2 - scale * y / z, 1 / z];
    });
    this.#split.line.set([...ends[0], ...ends[1].map((value, axis) => value - ends[0][axis])]);
    return true;
  }
}
