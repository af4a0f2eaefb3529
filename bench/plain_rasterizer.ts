import type { Mesh } from "../core/mesh.ts";

/**
 * The rasterizer that anyone would write first, as a yardstick: white, a half-plane test at every sample of every triangle's bounding box, no
 * clipping, no colors. 2 x 2 samples a pixel, planar picture [3 x size x size].
 */
export function plainRasterizer(
  { positions, triangles }: Mesh,
  size: number,
): (azimuth: number, distance: number, picture: Float32Array) => void {
  const side = 2 * size;
  const depth = new Float32Array(side * side), shades = new Float32Array(side * side);
  const screen = new Float64Array(positions.length);
  return (azimuth, distance, picture) => {
    depth.fill(0);
    shades.fill(0);
    const c = Math.cos(azimuth * Math.PI / 180), s = Math.sin(azimuth * Math.PI / 180), scale = side / 2 / Math.tan(Math.PI / 6);
    for (let i = 0; i < positions.length; i += 3) {
      const w = 1 / (positions[i + 2] * c - positions[i] * s + distance);
      screen[i] = side / 2 + scale * w * (positions[i] * c + positions[i + 2] * s);
      screen[i + 1] = side / 2 - scale * w * positions[i + 1];
      screen[i + 2] = w;
    }
    for (let t = 0; t < triangles.length; t += 3) {
      const i = 3 * triangles[t], j = 3 * triangles[t + 1], k = 3 * triangles[t + 2];
      const ax = screen[i], ay = screen[i + 1], bx = screen[j], by = screen[j + 1], cx = screen[k], cy = screen[k + 1];
      const area = (bx - ax) * (cy - ay) - (cx - ax) * (by - ay);
      if (area === 0) continue;
      const left = Math.max(0, Math.ceil(Math.min(ax, bx, cx) - 0.5)), right = Math.min(side, Math.ceil(Math.max(ax, bx, cx) - 0.5));
      const top = Math.max(0, Math.ceil(Math.min(ay, by, cy) - 0.5)), bottom = Math.min(side, Math.ceil(Math.max(ay, by, cy) - 0.5));
      const ux = positions[j] - positions[i], uy = positions[j + 1] - positions[i + 1], uz = positions[j + 2] - positions[i + 2];
      const vx = positions[k] - positions[i], vy = positions[k + 1] - positions[i + 1], vz = positions[k + 2] - positions[i + 2];
      const nx = uy * vz - uz * vy, ny = uz * vx - ux * vz, nz = ux * vy - uy * vx;
      const shade = 0.5 + 0.5 * Math.max(0, Math.sign(area) * ny / Math.hypot(nx, ny, nz));
      for (let y = top; y < bottom; y++) {
        for (let x = left; x < right; x++) {
          const px = x + 0.5, py = y + 0.5;
          const p = ((bx - px) * (cy - py) - (cx - px) * (by - py)) / area;
          const q = ((cx - px) * (ay - py) - (ax - px) * (cy - py)) / area;
          if (p < 0 || q < 0 || p + q > 1) continue;
          const w = p * screen[i + 2] + q * screen[j + 2] + (1 - p - q) * screen[k + 2];
          if (w <= depth[y * side + x]) continue;
          depth[y * side + x] = w;
          shades[y * side + x] = shade;
        }
      }
    }
    for (let y = 0; y < size; y++) {
      for (let x = 0; x < size; x++) {
        const at = 2 * y * side + 2 * x;
        const mean = (shades[at] + shades[at + 1] + shades[at + side] + shades[at + side + 1]) / 4;
        for (let channel = 0; channel < 3; channel++) picture[(channel * size + y) * size + x] = mean;
      }
    }
  };
}
