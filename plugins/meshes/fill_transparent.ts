/**
 * Gives texels that are wholly transparent, of whose color a decoded image knows nothing, the color of what is nearest to them: where an image is read
 * between texels, or an opaque material shows it, they would be black.
 *
 * @param texels Red, green, blue and opacity, [side x side x 4]; is changed. `side` is a power of two.
 */
export function fillTransparent(texels: Uint8ClampedArray, side: number): void {
  let isWhole = true;
  for (let i = 3; i < texels.length && isWhole; i += 4) isWhole = texels[i] > 0;
  if (isWhole || side === 1) return;
  const half = side / 2;
  // Means of what is there, in blocks of two by two; blocks without anything are filled first.
  const blocks = new Uint8ClampedArray(4 * half * half);
  for (let i = 0; i < half * half; i++) {
    const column = i % half, row = (i - column) / half;
    const corner = 4 * (2 * side * row + 2 * column);
    let weight = 0, red = 0, green = 0, blue = 0;
    for (const at of [corner, corner + 4, corner + 4 * side, corner + 4 * side + 4]) {
      const opacity = texels[at + 3];
      weight += opacity;
      red += opacity * texels[at];
      green += opacity * texels[at + 1];
      blue += opacity * texels[at + 2];
    }
    if (weight === 0) continue;
    blocks.set([red / weight, green / weight, blue / weight, 255], 4 * i);
  }
  fillTransparent(blocks, half);
  for (let i = 0; i < side * side; i++) {
    if (texels[4 * i + 3] > 0) continue;
    const column = i % side, row = (i - column) / side;
    const block = 4 * (half * (row >> 1) + (column >> 1));
    for (let channel = 0; channel < 3; channel++) texels[4 * i + channel] = blocks[block + channel];
  }
}
