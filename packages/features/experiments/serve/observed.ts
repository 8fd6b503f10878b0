import { count, observe } from "@calcom/lib/telemetry";
import type { ExperimentsService } from "./experiments.service";

/** The same service, whose calls are measured for the host's OpenTelemetry. */
export function observeExperiments(experiments: ExperimentsService): ExperimentsService {
  return {
    ...experiments,
    decide: (...call) =>
      observe("experiments.decide", async () => countReasons(await experiments.decide(...call))),
    decideFor: (...call) =>
      observe("experiments.decide", async () => countReasons(await experiments.decideFor(...call))),
    foresee: (...call) => observe("experiments.foresee", () => experiments.foresee(...call)),
    recordExposures: (...call) =>
      observe("experiments.expose", async () =>
        countRecorded("exposure", await experiments.recordExposures(...call)),
      ),
    exposeFor: (...call) =>
      observe("experiments.expose", async () =>
        countRecorded("exposure", await experiments.exposeFor(...call)),
      ),
    recordConversions: (...call) =>
      observe("experiments.convert", async () =>
        countRecorded("conversion", await experiments.recordConversions(...call)),
      ),
    trackConversion: (...call) =>
      observe("experiments.credit", async () =>
        countRecorded("conversion", await experiments.trackConversion(...call)),
      ),
    trackConversionWithin: (...call) =>
      observe("experiments.credit", async () =>
        countRecorded("conversion", await experiments.trackConversionWithin(...call)),
      ),
  };
}

function countReasons<Answers extends { reason: string }[]>(answers: Answers): Answers {
  for (const { reason } of answers) count("experiments.decisions", { reason });
  return answers;
}

function countRecorded<Outcome extends { recorded: number }>(
  kind: "exposure" | "conversion",
  outcome: Outcome,
): Outcome {
  if (outcome.recorded > 0) count("experiments.recorded", { kind }, outcome.recorded);
  return outcome;
}
