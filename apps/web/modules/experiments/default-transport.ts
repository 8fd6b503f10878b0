import {
  type ExperimentTransport,
  registerExperimentTransport,
  transport,
} from "@calcom/features/experiments/context/transport";

const load = async (): Promise<ExperimentTransport> => (await import("./transport")).transport;

// For pages without a provider, whose components ask all the same: a few bytes, until the first of them does. The
// module that is loaded then takes its place; where a page has brought it already, it stays.
if (transport() === undefined)
  registerExperimentTransport({
    fetchMisses: async (misses) => (await load()).fetchMisses(misses),
    sendExposures: async (seen, isLeaving) => (await load()).sendExposures(seen, isLeaving),
    sendConversion: (conversion) =>
      void load().then(
        (loaded) => loaded.sendConversion(conversion),
        // As a report that fails twice: lost.
        () => {},
      ),
  });
