// A door of its own: every page registers a transport, and few use the hooks that share the other one.
export { type ExperimentTransport, registerExperimentTransport, transport } from "../lib/client/transport";
