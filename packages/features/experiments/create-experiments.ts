import "server-only";
import { outsideRequest } from "@calcom/lib/outside-request";
import type { ComponentType } from "react";
import type { ExperimentProviderProps } from "./context/ExperimentProvider";
import { createHandingOver, type HandingOver } from "./create-handing-over";
import { createExperimentsHandler } from "./create-handler";
import type { ExperimentsModule } from "./create-module";
import { createPageProvider } from "./create-page-provider";
import { renewVisitor } from "./lib/visitor-cookie";
import {
  type BackgroundWork,
  type BesideExperiments,
  type ExperimentsSettings,
  type OpenedExperiments,
  openExperiments,
  secretsOf,
} from "./open-experiments";
import { type IdentitySource, identify } from "./serve/identify";
import type { Identity } from "./serve/identity";
import { createTrackConversion, type TrackConversion } from "./serve/track-conversion";

export interface Experiments extends HandingOver {
  /** The module: deciding, administration, results and jobs. The first call opens the connections. */
  module(): ExperimentsModule;
  /** The handlers that the one route exports. */
  handler: { GET(request: Request): Promise<Response>; POST(request: Request): Promise<Response> };
  /** Decides in the request that renders the page, and passes the answers to the hooks. */
  ExperimentProvider: ComponentType<ExperimentProviderProps>;
  /** Reports a conversion from server code, by itself or in your own transaction. */
  trackConversion: TrackConversion;
  /**
   * Says who a request comes from, for routes and actions of your own. Hand it on as it is: the browser may be somebody
   * else's, which is found out where something is decided or recorded.
   */
  identify(request: { headers: Headers }): Promise<Identity>;
  /** Opens the connections now, where your server starts. Rejects with an Error that says what your views lack. */
  start(): Promise<void>;
  /** Finishes what is under way and closes the connections; the next use opens them again. */
  close(): Promise<void>;
}

// Next keeps several instances of a file in one process, but there must be one cache, one listener and one outbox.
const shared = globalThis as typeof globalThis & {
  experimentsOfProcess?: OpenedExperiments<BackgroundWork> | undefined;
};

/** Makes everything that an application mounts from one configuration. Opens no connection before the first use. */
export function createExperiments(settings: ExperimentsSettings): Experiments {
  return createExperimentsBeside(settings, null);
}

/** The same with what stands beside experiments: `part` is that of the process. */
export function createExperimentsBeside<Part extends BackgroundWork>(
  settings: ExperimentsSettings,
  beside: BesideExperiments<Part> | null,
): Experiments & { part(): Part } {
  const open = () => {
    // The first call may come from a request, and what it opens outlives that request.
    shared.experimentsOfProcess ??= outsideRequest(() => openExperiments(settings, beside));
    return shared.experimentsOfProcess as OpenedExperiments<Part>;
  };
  const module = () => open().module;
  const part = () => {
    const { part: opened } = open();
    if (opened === null) throw new Error("Nothing stands beside the experiments of this process.");
    return opened;
  };
  const hasConsent = async (headers: Pick<Headers, "get">) => (await settings.hasConsent?.(headers)) ?? true;
  const whoAsks = async (headers: Headers, isRender = false): Promise<Identity> => {
    const source: IdentitySource = {
      headers,
      userId: await settings.userOf(headers),
      secrets: secretsOf(settings),
      hasConsent: await hasConsent(headers),
      isRender,
      address: settings.addressOf?.(headers) ?? null,
    };
    return identify(source);
  };
  return {
    module,
    part,
    handler: createExperimentsHandler({
      experiments: {
        decide: (...asked) => module().experiments.decide(...asked),
        recordExposures: (...reported) => module().experiments.recordExposures(...reported),
        recordConversions: (...reported) => module().experiments.recordConversions(...reported),
        isOthersVisitor: (...asked) => module().experiments.isOthersVisitor(...asked),
        stamp: () => module().experiments.stamp(),
      },
      identify: ({ headers }) => whoAsks(headers),
      replaceVisitor: async ({ headers }) =>
        (await renewVisitor(headers.get("cookie") ?? "", secretsOf(settings)))?.setCookie ?? null,
      administration: module,
      ...(beside === null ? {} : { flags: beside.procedures(part) }),
      findFaults: () => open().findFaults(),
    }),
    ExperimentProvider: createPageProvider({
      apiPath: settings.apiPath ?? "/api/experiments",
      identify: (headers) => whoAsks(headers, true),
      experiments: () => module().experiments,
    }),
    trackConversion: createTrackConversion(() => module().experiments),
    identify: ({ headers }) => whoAsks(headers),
    ...createHandingOver({
      secrets: () => secretsOf(settings),
      hasConsent,
      experiments: () => module().experiments,
    }),
    async start() {
      const { module: opened, findFaults } = open();
      const faults = await findFaults();
      if (faults.length > 0) throw new Error(faults.join("\n"));
      await opened.load();
    },
    async close() {
      const opened = shared.experimentsOfProcess;
      shared.experimentsOfProcess = undefined;
      await opened?.close();
    },
  };
}
