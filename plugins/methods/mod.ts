import type { RegionMethod } from "../../core/region_method.ts";
import { naive } from "./naive.ts";
import { oirB } from "./oir_b.ts";
import { oirW } from "./oir_w.ts";
import { slab } from "./slab/slab.ts";
import { trapezoid } from "./trapezoid.ts";

/** The built-in region methods. */
export const methods: readonly RegionMethod[] = [slab, naive, oirB, oirW, trapezoid];
