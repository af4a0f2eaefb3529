import type { Reporter } from "../../core/reporter.ts";
import { csv } from "./csv.ts";
import { html } from "./html/html.ts";
import { json } from "./json.ts";
import { npz } from "./npz/npz.ts";
import { png } from "./png.ts";
import { svg } from "./svg.ts";

/** The built-in reporters. None loads what it draws or packs with before it is used. */
export const reporters: readonly Reporter[] = [json, csv, npz, png, svg, html];
