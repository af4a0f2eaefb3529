/**
 * The edges of a mesh. A half-edge `3 f + k` runs along face `f` from its corner `k` to the next one; the half-edges between the same two vertices
 * make one edge, however many faces meet there.
 */
export interface Edges {
  /** The two vertices of each edge, the lower index first, [edges x 2]. */
  readonly vertices: Uint32Array;
  /** Where the half-edges of each edge begin in `halfEdges`, with the end of the last one behind, [edges + 1]. */
  readonly starts: Uint32Array;
  /** Half-edges by edge, [faces x 3]. */
  readonly halfEdges: Uint32Array;
}

/** Finds the edges of triangles [faces x 3], in the order of their vertices. */
export function edgesOf(triangles: Uint32Array, vertexCount: number): Edges {
  const count = triangles.length;
  const low = new Uint32Array(count), high = new Uint32Array(count);
  const bucket = new Uint32Array(vertexCount + 1);
  for (let h = 0; h < count; h++) {
    const from = triangles[h], to = triangles[next(h)];
    low[h] = Math.min(from, to);
    high[h] = Math.max(from, to);
    bucket[low[h] + 1]++;
  }
  for (let v = 0; v < vertexCount; v++) bucket[v + 1] += bucket[v];
  const fill = bucket.slice();
  const halfEdges = new Uint32Array(count);
  for (let h = 0; h < count; h++) {
    // Few half-edges begin at one vertex: each is put in its place among them.
    let at = fill[low[h]]++;
    for (; at > bucket[low[h]] && high[halfEdges[at - 1]] > high[h]; at--) halfEdges[at] = halfEdges[at - 1];
    halfEdges[at] = h;
  }
  const vertices = new Uint32Array(2 * count), starts = new Uint32Array(count + 1);
  let edges = 0;
  for (let i = 0; i < count; i++) {
    const h = halfEdges[i];
    if (i > 0 && low[h] === low[halfEdges[i - 1]] && high[h] === high[halfEdges[i - 1]]) continue;
    vertices[2 * edges] = low[h];
    vertices[2 * edges + 1] = high[h];
    starts[edges++] = i;
  }
  starts[edges] = count;
  return { vertices: vertices.slice(0, 2 * edges), starts: starts.slice(0, edges + 1), halfEdges };
}

/** The half-edge after this one on its face. */
export function next(halfEdge: number): number {
  return halfEdge % 3 === 2 ? halfEdge - 2 : halfEdge + 1;
}
