// Proxy, routes and instrumentation each have an instance of this module, and one process.
const shared = globalThis as typeof globalThis & {
  calcomServing?: { isLeaving: boolean; isStampingPeers: boolean };
};
shared.calcomServing ??= { isLeaving: false, isStampingPeers: false };

/** What all parts of this server know of it. */
export const serving = shared.calcomServing;
