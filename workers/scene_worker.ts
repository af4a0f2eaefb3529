import { builtInPlugins } from "../plugins/mod.ts";
import { serve } from "./serve.ts";

serve(builtInPlugins());
