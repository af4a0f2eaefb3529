// @ts-types="@types/d3"
export { area, contours, interpolateRgbBasis, interpolateViridis, line, rgb, scaleLinear } from "d3";
