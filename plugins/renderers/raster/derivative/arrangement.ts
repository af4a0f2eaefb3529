import type { DepthBuffer } from "../depth_buffer.ts";
import type { Pose } from "../pose.ts";
import type { Surface } from "../surface.ts";
import {
  type Candidates,
  EDGE,
  END,
  ENDS,
  enlarged,
  FACTS,
  FOLLOWS,
  JUMPS,
  LINE,
  NEXT,
  PIXEL,
  START,
  STATE,
  TOUCHES,
  WHAT,
} from "./candidates.ts";
import { Cuts } from "./cuts.ts";
import { FacePlanes } from "./face_planes.ts";
import type { Faces } from "./faces.ts";
import type { FeatureEdges } from "./feature_edges.ts";
import { LargeFaces } from "./large_faces.ts";
import { APART, NearFaces, TOUCH } from "./near_faces.ts";
import type { Pieces } from "./pieces.ts";
import { SAMPLES } from "./samples.ts";
import { Sight } from "./sight.ts";

/** What is known of a candidate: it has been looked at, or what is seen of it is told by those before and after it. */
const SETTLED = 1, WAITS = 2;
/** Numbers kept of one candidate while its pixel is looked at. */
const MEMBER = 4;

/**
 * Tells what is seen of the pieces of edges in pixels where a surface ends or parts hide each other. There every piece is cut where others cross
 * it, and each part is asked about by the planes of all faces nearby: those at the samples in and around the pixel and those of its edges. So the
 * answer is about the part, even among faces that no sample has hit.
 *
 * What is seen of an edge changes only where another meets it. So pieces that none meets are not looked at if those before and after them agree.
 */
export class Arrangement {
  readonly #edges: FeatureEdges;
  readonly #planes: FacePlanes;
  readonly #large: LargeFaces;
  readonly #near: NearFaces;
  readonly #sight: Sight;
  readonly #cuts = new Cuts();
  #buffer!: DepthBuffer;
  #shades?: Float32Array;
  #width = 0;
  /** The candidates in the pixel that may be seen: each with what it is and the two vertices of its edge. */
  #members = new Uint32Array(64 * MEMBER);

  constructor(surface: Surface, edges: FeatureEdges) {
    this.#edges = edges;
    this.#planes = new FacePlanes(surface);
    this.#large = new LargeFaces(surface);
    this.#near = new NearFaces(edges, this.#planes, this.#large, surface.triangles.length / 3);
    this.#sight = new Sight(edges, this.#planes, this.#near);
  }

  /**
   * Adds the visible parts of candidates, which must be all the edges in the pixels that want a close look.
   *
   * @param shades Brightness of the faces where edges between equally bright ones are of no interest.
   */
  resolve(
    buffer: DepthBuffer,
    pose: Pose,
    { faces, shades, candidates, pieces }: { faces: Faces; shades?: Float32Array; candidates: Candidates; pieces: Pieces },
  ): void {
    this.#buffer = buffer;
    this.#shades = shades;
    this.#width = buffer.width / SAMPLES;
    this.#planes.begin(buffer, pose, faces.facing);
    this.#large.find(buffer, faces);
    const { facts, count, closePixels, closeCount } = candidates;
    facts[FACTS * (count + 1) + WHAT] = 0;
    for (let k = 0; k < closeCount; k++) this.#resolvePixel(candidates, closePixels[k], pieces);
    for (let i = 1; i <= count; i++) {
      if (facts[FACTS * i + STATE] !== WAITS) continue;
      const first = i;
      while (facts[FACTS * i + STATE] === WAITS) i++;
      this.#settle(candidates, first, i, pieces);
    }
  }

  /** Adds what is seen of the candidates from `first` to before `end`, which wait for those around them. */
  #settle(candidates: Candidates, first: number, end: number, pieces: Pieces): void {
    const { facts } = candidates;
    const before = FACTS * (first - 1) + END, after = FACTS * end + START;
    const ahead = facts[before], behind = facts[before + 1];
    const agree = !this.#jumps(ahead, facts[after]) && !this.#jumps(behind, facts[after + 1]);
    for (let i = first; i < end; i++) {
      if (agree) {
        this.#addPart(candidates, i, ahead, behind, 0, 1, pieces);
        continue;
      }
      this.#gather(candidates, facts[FACTS * i + PIXEL]);
      this.#cuts.count = 0;
      this.#addParts(candidates, i, pieces);
    }
  }

  /** Looks at the candidates in a pixel that are met by others, and where edges begin and end. */
  #resolvePixel(candidates: Candidates, pixel: number, pieces: Pieces): void {
    const { lines, facts, heads } = candidates;
    const { ends } = this.#edges;
    const cuts = this.#cuts, follows = this.#buffer.culled;
    let count = 0;
    for (let i = heads[pixel]; i > 0; i = facts[FACTS * i + NEXT]) {
      const what = facts[FACTS * i + WHAT];
      if ((what & (ENDS | TOUCHES | JUMPS)) === 0) continue;
      if (MEMBER * count === this.#members.length) this.#members = enlarged(this.#members, new Uint32Array(2 * MEMBER * count));
      const at = MEMBER * count++, members = this.#members;
      members[at] = i;
      members[at + 1] = what;
      members[at + 2] = ends[2 * (what >>> EDGE)];
      members[at + 3] = ends[2 * (what >>> EDGE) + 1];
    }
    const members = this.#members;
    cuts.clear(count);
    for (let a = 1; a < count; a++) {
      const at = MEMBER * a, i = members[at], what = members[at + 1], from = members[at + 2], to = members[at + 3];
      for (let b = 0, other = 0; b < a; b++, other += MEMBER) {
        const j = members[other], otherWhat = members[other + 1];
        // What hides a piece ends in another piece, or comes out of what touches it; where the surface itself ends, what lies behind may change at any.
        if ((what | otherWhat) & ENDS || what & otherWhat & TOUCHES) {
          const otherFrom = members[other + 2], otherTo = members[other + 3];
          if (from !== otherFrom && from !== otherTo && to !== otherFrom && to !== otherTo) {
            cuts.crossing(lines, a, LINE * i, (what & ENDS) !== 0, b, LINE * j, (otherWhat & ENDS) !== 0);
          }
        }
        if (what & TOUCHES) cuts.landing(lines, b, LINE * j, LINE * i, APART);
        if (otherWhat & TOUCHES) cuts.landing(lines, a, LINE * i, LINE * j, APART);
      }
    }
    let gathered = false;
    for (let a = 0; a < count; a++) {
      const i = members[MEMBER * a];
      if (cuts.met[a] === 0 && follows && this.#goesOn(candidates, i) && this.#goesOn(candidates, i + 1)) {
        facts[FACTS * i + STATE] = WAITS;
        continue;
      }
      if (!gathered) this.#gather(candidates, pixel);
      gathered = true;
      cuts.collect(a);
      this.#addParts(candidates, i, pieces);
    }
  }

  /** Whether a candidate goes on where one ends that is looked at, and is looked at itself. */
  #goesOn({ facts, close }: Candidates, i: number): boolean {
    const at = FACTS * i;
    return (facts[at + WHAT] & FOLLOWS) !== 0 && close[facts[at + PIXEL]] === 1 && close[facts[at - FACTS + PIXEL]] === 1;
  }

  #gather(candidates: Candidates, pixel: number): void {
    const column = pixel % this.#width;
    this.#near.gather(this.#buffer, column, ((pixel - column) / this.#width) | 0, candidates, candidates.heads[pixel]);
  }

  /** Adds the parts of a candidate that are seen, cut as it is. */
  #addParts(candidates: Candidates, i: number, pieces: Pieces): void {
    const { lines, facts } = candidates;
    const cuts = this.#cuts, sight = this.#sight, { cover } = this.#near;
    const at = LINE * i, fact = FACTS * i;
    facts[fact + STATE] = SETTLED;
    facts[fact + START] =
      facts[fact + START + 1] =
      facts[fact + END] =
      facts[fact + END + 1] =
        0;
    if (lines[at + 2] < cover && lines[at + 2] + lines[at + 5] < cover) return;
    let from = 0;
    for (let k = 0; k <= cuts.count; k++) {
      const to = k < cuts.count ? cuts.shares[k] : 1;
      const seen = sight.look(candidates, this.#buffer, i, 0.5 * (from + to));
      if (seen) this.#addPart(candidates, i, sight.ahead, sight.behind, from, to, pieces);
      else if (k === 0 && sight.hidesAll(candidates, i)) return;
      if (k === 0) {
        facts[fact + START] = seen ? sight.ahead : 0;
        facts[fact + START + 1] = seen ? sight.behind : 0;
      }
      if (k === cuts.count) {
        facts[fact + END] = seen ? sight.ahead : 0;
        facts[fact + END + 1] = seen ? sight.behind : 0;
      }
      from = to;
    }
  }

  #addPart(candidates: Candidates, i: number, ahead: number, behind: number, from: number, to: number, pieces: Pieces): void {
    if (!this.#jumps(ahead, behind)) return;
    pieces.reserve(1);
    const { facts, lines } = candidates;
    const pixel = facts[FACTS * i + PIXEL], column = pixel % this.#width;
    const weight = facts[FACTS * i + WHAT] & TOUCHES ? 1 / (1 + this.#coincident(candidates, i, 0.5 * (from + to))) : 1;
    pieces.add(column, ((pixel - column) / this.#width) | 0, ahead, behind, lines, LINE * i, from, to, weight);
  }

  #jumps(ahead: number, behind: number): boolean {
    if (ahead === behind) return false;
    return this.#shades === undefined || ahead === 0 || behind === 0 || this.#shades[ahead] !== this.#shades[behind];
  }

  /** How many other candidates that touch run along the same line at a share of a candidate: together they make one edge. */
  #coincident({ lines, facts, heads }: Candidates, i: number, share: number): number {
    const alongX = lines[LINE * i + 3], alongY = lines[LINE * i + 4], along = alongX * alongX + alongY * alongY;
    const x = lines[LINE * i] + share * alongX, y = lines[LINE * i + 1] + share * alongY;
    const w = lines[LINE * i + 2] + share * lines[LINE * i + 5];
    let found = 0;
    for (let j = heads[facts[FACTS * i + PIXEL]]; j > 0; j = facts[FACTS * j + NEXT]) {
      if (j === i || (facts[FACTS * j + WHAT] & TOUCHES) === 0) continue;
      const at = LINE * j;
      const lengthX = lines[at + 3], lengthY = lines[at + 4], length = lengthX * lengthX + lengthY * lengthY;
      const offX = x - lines[at], offY = y - lines[at + 1];
      const share = (offX * lengthX + offY * lengthY) / length, aside = offX * lengthY - offY * lengthX;
      if (share < 0 || share > 1 || aside * aside > APART * APART * length) continue;
      if (Math.abs(lines[at + 2] + share * lines[at + 5] - w) > TOUCH * w) continue;
      const turn = lengthX * alongY - lengthY * alongX;
      if (turn * turn < 1e-2 * length * along) found++;
    }
    return found;
  }
}
