import { assertEquals } from "@std/assert";
import { captionOf } from "../../commands/point_pictures.ts";
import { AMBIENT, AZIMUTH, ELEVATION, LIGHT } from "../plugins/reporters/record_parts.ts";

Deno.test("captionOf() names the parameters of a place and gives its score as the table does", () => {
  assertEquals(
    captionOf({ point: [328.61, 49.06, -10, 0.25], score: 0.2419 }, { space: [AZIMUTH, ELEVATION, LIGHT, AMBIENT] }),
    "score 0.242 at azimuth 328.6°, elevation 49.06°, light azimuth −10°, ambient 0.25",
  );
});
