import { serve } from "../../workers/serve.ts";
import { fakePlugins } from "./fake_plugins.ts";

serve(fakePlugins());
