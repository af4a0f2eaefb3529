/** Samples along a side of a pixel in the depth buffer that tells what is seen. */
export const SAMPLES = 2;
