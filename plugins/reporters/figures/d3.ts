// @ts-types="@types/d3"
export {
  area,
  contours,
  curveLinear,
  extent,
  interpolateRgbBasis,
  interpolateViridis,
  line,
  path,
  rgb,
  scaleLinear,
  scaleSymlog,
  ticks,
} from "d3";
