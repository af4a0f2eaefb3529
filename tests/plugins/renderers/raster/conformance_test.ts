import { raster } from "../../../../plugins/renderers/raster/raster.ts";
import { rendererConformance } from "../conformance.ts";

rendererConformance(raster);
