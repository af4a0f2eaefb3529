import type { Reporter, RunRecord } from "../../../core/reporter.ts";
import { type Arrays, biasArrays, globalRegionArrays, growArrays, mapArrays, studyArrays, studyMapArrays } from "./record_arrays.ts";

/** Arrays for NumPy: for a map those that the paper names, for regions one entry a region. */
export const npz: Reporter = {
  kind: "reporter",
  name: "npz",
  description: "Arrays for NumPy: xx, yy, z of a map; bounds, volumes and checks of regions",
  async report(record) {
    const { encodeNpz } = await import("./npz_file.ts");
    return filesOf(record).map(([name, arrays]) => ({ name: `${name}.npz`, bytes: encodeNpz(arrays) }));
  },
};

function filesOf(record: RunRecord): [name: string, arrays: Arrays][] {
  switch (record.command) {
    case "map":
      return [["map", mapArrays(record)]];
    case "grow":
      return [["regions", growArrays(record)]];
    case "study": {
      const maps = studyMapArrays(record);
      return [["regions", studyArrays(record)], ...(maps === null ? [] : [["maps", maps] as [string, Arrays]])];
    }
    case "bias":
      return [["data_maps", biasArrays(record)], ["regions", globalRegionArrays(record)]];
  }
}
