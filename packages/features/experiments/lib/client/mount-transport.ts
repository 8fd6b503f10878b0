import { createTransport } from "./own-transport";
import { type ExperimentTransport, registerExperimentTransport, transport } from "./transport";

/** Where an application mounts the route unless it says otherwise. */
const USUAL_PATH = "/api/experiments";

/** Has the hooks speak to a route, unless the application has registered a transport of its own. */
export function mountTransport(path = USUAL_PATH): ExperimentTransport {
  const own = transport();
  if (own !== undefined) return own;
  const mounted = createTransport({ path });
  registerExperimentTransport(mounted);
  return transport() ?? mounted;
}
